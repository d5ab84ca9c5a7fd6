/**
 * Where two runs part because of what the reader did: before that moment they are the same run. The future that was left
 * is kept as a ghost to compare with. It knows settings, and nothing of how a run is read or drawn.
 */
import type { Input } from '../../../simulations/index.ts';
import type { StageSetting } from './setting.ts';

/** What a stage showed for a setting. */
export interface Shown<Reading> {
  setting: StageSetting;
  reading: Reading;
}

/** The future that was left: what was shown, and from when on (in the scenario's unit of time) it is no longer so. */
export interface Ghost<Reading> extends Shown<Reading> {
  from: number;
}

/** All of a setting that holds from the beginning of its run. */
const wholeRun = ({ design, dials, seed, texts = {} }: StageSetting): string =>
  JSON.stringify([design, Object.entries(dials).sort(), seed, texts]);

const keyOf = (input: Input): string => JSON.stringify(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The inputs of one list that the other does not have; an input that stands twice in one has to stand twice in the other. */
function without(inputs: readonly Input[], others: readonly Input[]): Input[] {
  const left = others.map(keyOf);
  return inputs.filter((input) => {
    const place = left.indexOf(keyOf(input));
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

/**
 * When the runs of two settings part, in the scenario's unit of time; null when they are the same question, or when they
 * differ from their beginning on because of a design, a dial or luck.
 */
export function forkedAt(before: StageSetting, after: StageSetting): number | null {
  if (wholeRun(before) !== wholeRun(after)) return null;
  const taken = without(before.inputs, after.inputs);
  const given = without(after.inputs, before.inputs);
  const all = [...taken, ...given];
  if (all.length === 0) return null;
  const [was] = taken;
  const [is] = given;
  // A fault that only lasts longer or shorter is the same fault until the shorter of the two is over.
  if (
    all.length === 2 &&
    was !== undefined &&
    is !== undefined &&
    'fault' in was &&
    'fault' in is &&
    was.fault === is.fault &&
    was.at === is.at &&
    was.duration !== undefined &&
    is.duration !== undefined
  )
    return was.at + Math.min(was.duration, is.duration);
  return Math.min(...all.map((input) => input.at));
}

/** Whether two lists differ in one input only, and there only in its value: a dial that is still being turned. */
export function isStillTurning(before: readonly Input[], after: readonly Input[]): boolean {
  if (before.length !== after.length) return false;
  const changed = before.flatMap((input, place) => (keyOf(input) === keyOf(after[place]!) ? [] : [place]));
  const [place] = changed;
  if (changed.length !== 1 || place === undefined) return false;
  const was = before[place]!;
  const is = after[place]!;
  return 'dial' in was && 'dial' in is && was.dial === is.dial && was.at === is.at;
}

/**
 * The ghost once another setting is shown. Acting forks, and what was shown becomes the ghost; while a dial is being turned
 * the ghost stays what was shown before the hand was laid on it; a change of the whole run leaves no ghost.
 */
export function ghostAfter<Reading>(
  ghost: Ghost<Reading> | null,
  shown: Shown<Reading>,
  next: StageSetting,
): Ghost<Reading> | null {
  const from = forkedAt(shown.setting, next);
  if (from === null) return wholeRun(shown.setting) === wholeRun(next) ? ghost : null;
  if (ghost !== null && isStillTurning(shown.setting.inputs, next.inputs)) {
    const since = forkedAt(ghost.setting, next);
    return since === null ? null : { ...ghost, from: since };
  }
  return { ...shown, from };
}
