/** The post-mortem of the run on the stage, made once for each run and shared by all who tell it. */
import type { Run } from '../../../../simulations/index.ts';
import { beginOf } from '../../../core/playback/readings.ts';
import { postMortemOf, type PostMortem } from '../../../core/playback/postmortem.ts';
import { useMoment, useStage } from '../context.ts';
import type { Player } from '../player.ts';
import type { Reading } from '../prepared.ts';
import type { Speech } from '../speech.ts';
import { tell } from './telling.ts';

const known = new WeakMap<Run, PostMortem | null>();

/** The post-mortem of the run that a player has; null before there is a run, and of a run that went well. */
export function postMortemIn(player: Player): PostMortem | null {
  const run = player.reader()?.run;
  if (run === undefined) return null;
  if (!known.has(run)) known.set(run, postMortemOf(run));
  return known.get(run) ?? null;
}

/** The post-mortem, once the reader is past the moment at which it can be told; null before. */
export function usePostMortem(reading: Reading): PostMortem | null {
  const { player } = useStage();
  const story = postMortemIn(player);
  const isTold = useMoment(() => {
    const run = player.reader()?.run;
    const made = postMortemIn(player);
    return run !== undefined && made !== null && run.digest === reading.run.digest
      ? player.clock().at >= beginOf(run, made.episode.to)
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
