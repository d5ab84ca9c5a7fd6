/** What a run and a moment are told as, and what the log says aloud, in both languages, word for word: of real runs. */
import { describe, expect, it } from 'vitest';
import { applySetting, connectionsOf, parseScenario, simulate } from '../../../../simulations/index.ts';
import { readFrames } from '../../../core/playback/frame.ts';
import { markSentence } from '../../../core/playback/marks.ts';
import { isChanged, momentInWords, runInWords } from '../../../core/playback/sentences.ts';
import { messagesOf } from '../../../interface.ts';
import { sourceOf } from '../catalogue.ts';
import { knowledgeOf } from '../reading.ts';
import { wordsOf } from '../scenario-words.ts';
import { makeSpeech } from '../speech.ts';
import { tell } from '../why/telling.ts';
import { besidesInWords } from './parts.ts';

/** A run of each, and moments at which something is to be said of it. */
const told: [id: string, design: string, moments: number[]][] = [
  ['one-server', 'one', [120]],
  ['service-discovery', 'dns', [0, 110, 240, 600]],
  ['tokens', 'breaker', [90, 230]],
  ['integration-bus', 'one-way', [120, 149]],
  ['bad-release', 'canary', [61, 75]],
  ['cold-starts', 'kept-30-s', [300]],
  ['queue-workers', 'partitions-4', [200]],
  ['autoscaling-spike', 'kubernetes', [330]],
  ['cache-database', 'plain', [100]],
  ['distributed-transaction', 'two-phase-commit', [66]],
];

const runs = told.map(([id, design, moments]) => {
  const scenario = parseScenario(sourceOf(id)!);
  return { id, design, moments, scenario, run: simulate(scenario, { design, record: 'trace' }) };
});

describe.each(['en', 'ko'] as const)('in %s', (language) => {
  it.each(runs)('$id is summed up, moment by moment, with what the log says of what happens', (each) => {
    const { id, design, moments, scenario, run } = each;
    const { ticks, unit } = scenario.time;
    const speech = makeSpeech(language, messagesOf(language, 'stage'), wordsOf(id, language), unit);
    const frames = readFrames(run, knowledgeOf(scenario));
    const around = {
      parts: scenario.parts as Record<string, { kind: string }>,
      connections: connectionsOf(applySetting(scenario, { design }).scenario),
      ticks,
      window: run.trace!.windows.ticks,
      surges: [],
    };
    const marks = run.trace!.marks;
    expect(runInWords(run, [], isChanged(run, marks)).map(speech.sentence)).toMatchSnapshot('the run');
    for (const at of moments) {
      const frame = frames.at(at * ticks);
      const said = [...momentInWords(run, frame).map(speech.sentence), ...besidesInWords(frame, around, speech)];
      expect(said).toMatchSnapshot(`at ${at}`);
      expect(said.join(' ')).not.toMatch(/\b(part|sign|moment|run|why)\.[a-z]+/i);
    }
    // one of each kind is enough: the log says the same of every one
    const kinds = new Map(marks.map((mark) => [`${mark.kind} ${mark.detail.replaceAll(/\d+/g, '#')}`, mark]));
    expect([...kinds.values()].slice(0, 24).map((mark) => tell(speech, markSentence(run, mark)))).toMatchSnapshot(
      'log',
    );
  });
});
