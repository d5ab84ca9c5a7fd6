/** What is said about why, in both languages, word for word: of real runs. */
import { describe, expect, it } from 'vitest';
import { parseScenario, simulate } from '../../../../simulations/index.ts';
import retryStorm from '../../../../simulations/examples/retry-storm.json' with { type: 'json' };
import slowDependency from '../../../../simulations/examples/slow-dependency.json' with { type: 'json' };
import type { Language } from '../../../../languages.ts';
import { beforeAt } from '../../../core/playback/before.ts';
import { bottleneckAt } from '../../../core/playback/bottleneck.ts';
import { familyOf, fateInWords } from '../../../core/playback/family.ts';
import { fateNames } from '../../../core/playback/fates.ts';
import { postMortemOf } from '../../../core/playback/postmortem.ts';
import { messagesOf } from '../../../interface.ts';
import type { ScenarioWords } from '../scenario-words.ts';
import { makeSpeech } from '../speech.ts';
import { storyInWords, verdictOf } from './post-mortem.ts';
import { tell } from './telling.ts';

const named: Record<Language, { parts: Record<string, string>; faults: Record<string, string> }> = {
  en: {
    parts: { clients: 'Customers', front: 'Front', middle: 'Middle', back: 'Back', web: 'Web', payments: 'Payments' },
    faults: { outage: 'the back is down', 'slow-payments': 'slow payments' },
  },
  ko: {
    parts: {
      clients: '손님',
      front: '앞 계층',
      middle: '가운데 계층',
      back: '뒤 계층',
      web: '웹 서버',
      payments: '결제',
    },
    faults: { outage: '뒤 계층이 멈춤', 'slow-payments': '결제가 느려짐' },
  },
};
const speechOf = (language: Language) => {
  const { parts, faults } = named[language];
  const words: ScenarioWords = {
    title: '',
    summary: '',
    designs: {},
    parts,
    dials: {},
    faults: Object.fromEntries(Object.entries(faults).map(([id, name]) => [id, { name, help: '' }])),
    measures: {},
  };
  return makeSpeech(language, messagesOf(language, 'stage'), words, 's');
};
const storm = simulate(parseScenario(retryStorm), { design: 'retry', record: 'trace' });
const calmed = simulate(parseScenario(retryStorm), { design: 'none', record: 'trace' });
const slow = simulate(parseScenario(slowDependency), { design: 'bare', record: 'trace' });

describe.each(['en', 'ko'] as const)('in %s', (language) => {
  it('the post-mortem of a retry storm is told from its trace', () => {
    const speech = speechOf(language);
    const story = postMortemOf(storm)!;
    expect(story.timeline.map((told) => tell(speech, told)).join('\n')).toMatchSnapshot('story');
    expect(verdictOf(speech, storm, story)).toMatchSnapshot('verdict');
    expect(storyInWords(speech, story)).toContain(tell(speech, story.timeline[0]!));
  });

  it('the post-mortem of a run that recovered says when', () => {
    const speech = speechOf(language);
    expect(storyInWords(speech, postMortemOf(calmed)!)).toMatchSnapshot();
  });

  it('a slow dependency is told as what holds the shop up', () => {
    const speech = speechOf(language);
    const at = 100 * slow.time.ticks;
    const { happened, changed } = beforeAt(slow, at);
    const sentences = [...bottleneckAt(slow, at).clues, ...happened, ...changed];
    expect(sentences.map((sentence) => tell(speech, sentence)).join('\n')).toMatchSnapshot();
  });

  it('each call of a request says what became of it', () => {
    const speech = speechOf(language);
    const { members } = familyOf(storm, 3100)!;
    const said = new Set(members.map((member) => tell(speech, fateInWords(member))));
    expect([...said].join('\n')).toMatchSnapshot();
  });

  it('every reason of the machine has words, and no sentence is left without any', () => {
    const speech = speechOf(language);
    for (const reason of fateNames.slice(2)) expect(speech.say(`why.reasons.${reason}`)).not.toContain('why.');
    for (const run of [storm, calmed])
      for (const told of postMortemOf(run)!.timeline) expect(tell(speech, told)).not.toMatch(/why\.|undefined|NaN/);
  });
});
