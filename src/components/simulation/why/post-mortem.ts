/** The post-mortem of the run on the stage, made once for each run and shared by all who tell it. */
import { useSyncExternalStore } from 'react';
import type { Run } from '../../../../simulations/index.ts';
import type { PostMortem, postMortemOf } from '../../../core/playback/postmortem.ts';
import { beginOf } from '../../../core/playback/readings.ts';
import { useMoment, useStage } from '../context.ts';
import type { Player } from '../player.ts';
import type { Reading } from '../prepared.ts';
import type { Speech } from '../speech.ts';
import { tell } from './telling.ts';

type Judge = typeof postMortemOf;

/** The rules are fetched for the first run that something happened to. */
let judge: Judge | null = null;
let isAsked = false;
const waiting = new Set<() => void>();

async function fetchJudge(): Promise<void> {
  try {
    judge = (await import('../../../core/playback/postmortem.ts')).postMortemOf;
    for (const tellThem of waiting) tellThem();
  } catch {
    // without the network nothing is told now; the next run asks again
    isAsked = false;
  }
}

const listen = (change: () => void): (() => void) => {
  waiting.add(change);
  return () => waiting.delete(change);
};

/** Lets a view be drawn again when the rules have come. */
const useJudge = (): Judge | null =>
  useSyncExternalStore(
    listen,
    () => judge,
    () => null,
  );

/** Where fewer are made, a sixtieth of a run has so few that by chance alone it may look badly answered. */
const FEW = 1500;

/** Whether a run may have gone badly: something was done to it, somebody failed, or many were never done with. */
const mayBeTold = ({ inputs, failures, ledger }: Run): boolean =>
  failures.length > 0 ||
  ledger.inside > ledger.made / (ledger.made < FEW ? 20 : 50) ||
  (inputs.length > 0 && ledger.made >= FEW);

const known = new WeakMap<Run, PostMortem | null>();

/** The post-mortem of the run that a player has; null before there is a run, of a run that went well, and until the rules are here. */
export function postMortemIn(player: Player): PostMortem | null {
  const run = player.reader()?.run;
  if (run === undefined || !mayBeTold(run)) return null;
  if (judge === null) {
    if (!isAsked) {
      isAsked = true;
      void fetchJudge();
    }
    return null;
  }
  if (!known.has(run)) known.set(run, judge(run));
  return known.get(run) ?? null;
}

/** The post-mortem of the run that a player has, for a view. */
export function usePostMortemOf(player: Player): PostMortem | null {
  useJudge();
  return postMortemIn(player);
}

/** The post-mortem, once the reader is past the moment at which it can be told; null before. */
export function usePostMortem(reading: Reading): PostMortem | null {
  const { player } = useStage();
  const story = usePostMortemOf(player);
  const isTold = useMoment(() => {
    const run = player.reader()?.run;
    return run !== undefined && story !== null && run.digest === reading.run.digest
      ? player.clock().at >= beginOf(run, story.episode.to)
      : false;
  });
  return isTold ? story : null;
}

/** How long the run was badly answered, in one sentence. */
export function verdictOf(speech: Speech, run: Run, { outcome, episode }: PostMortem): string {
  const [at, until] = [episode.from, episode.to].map((window) => beginOf(run, window) / run.time.ticks);
  return tell(speech, { id: `why.verdict.${outcome}`, values: { at: at!, until: until! } });
}

/** The whole post-mortem as one text. */
export const storyInWords = (speech: Speech, { outcome, timeline }: PostMortem): string =>
  [`${speech.say(`why.outcome.${outcome}`)}.`, ...timeline.map((sentence) => tell(speech, sentence))].join(' ');
