/**
 * What state each instance of a part is in at a moment, read off the marks of a run. Exact: every change of an instance is a
 * mark. It knows nothing of the kind of part, nor how a state is drawn.
 */
import type { Mark, PartState } from '../../../../simulations/index.ts';

/**
 * What an instance can be seen to be. `sick` works, but a fault of its own keeps it from doing so well; `out` works, but a health
 * check or an outlier detector gives it nothing to do; `stopped` is held by a fault and comes back with all that it has; `dead` fell down and lost it; `absent` is not there.
 */
export const instanceStates = ['ready', 'sick', 'out', 'starting', 'stopping', 'stopped', 'dead', 'absent'] as const;
export type InstanceState = (typeof instanceStates)[number];

/** Ticks from which something holds, in order, and what. */
interface Turns<Value> {
  at: number[];
  value: Value[];
}

/** A span of ticks. An end that did not come is Infinity. */
interface Span {
  from: number;
  to: number;
  instance: number | undefined;
  /** Whether it takes down whatever it strikes. */
  kills: boolean;
}

const taken = new Set(['ejected', 'unhealthy', 'struck off']);
const lifecycle: Record<string, InstanceState> = {
  starting: 'starting',
  ready: 'ready',
  stopping: 'stopping',
  absent: 'absent',
  dead: 'dead',
};

function valueAt<Value>(turns: Turns<Value> | undefined, time: number): Value | undefined {
  if (turns === undefined) return undefined;
  let place = turns.at.length - 1;
  while (place >= 0 && turns.at[place]! > time) place -= 1;
  return place < 0 ? undefined : turns.value[place];
}

/**
 * What an instance was before anything was marked of it, by the first thing that was. Of a part that marks nothing, only its
 * end is known: at any other moment nothing says that an instance does not work.
 */
function beforeFirst(first: string | undefined): InstanceState {
  if (first === 'starting') return 'absent';
  return first === 'ready' ? 'starting' : 'ready';
}

/** Reads the states of the instances of a part at a time in ticks; `stopped` says whether a fault holds an instance then. */
export type InstanceReader = (time: number, stopped: (instance: number) => boolean) => InstanceState[];

/**
 * Prepares the marks of one part for being read at any moment.
 * @param faults spans in which something was wrong with the part or one of its instances, by faults that do not hold it.
 */
export function readInstances(
  part: string,
  last: PartState | undefined,
  marks: readonly Mark[],
  faults: readonly Span[],
): InstanceReader {
  const count = last?.instances.length ?? 0;
  const lives = new Map<number, Turns<InstanceState>>();
  const health = new Map<number, Turns<boolean>>();
  const put = <Value>(into: Map<number, Turns<Value>>, instance: number, at: number, value: Value): void => {
    const turns = into.get(instance) ?? { at: [], value: [] };
    into.set(instance, turns);
    turns.at.push(at);
    turns.value.push(value);
  };
  for (const { at, part: its, kind, detail, instance } of marks) {
    if (its !== part) continue;
    if (kind === 'instance' && instance !== undefined && lifecycle[detail] !== undefined)
      put(lives, instance, at, lifecycle[detail]);
    // A part that is checked as a whole is one target: what is said of it holds for all of its instances.
    if (kind === 'health' && detail !== 'restarted') put(health, instance ?? -1, at, taken.has(detail));
  }
  const first = Array.from({ length: count }, (_, instance) => beforeFirst(lives.get(instance)?.value[0]));
  // A part that is one whole and marks no instances is down while a fault that takes it down is on.
  const isWhole = count === 1 && lives.size === 0;
  const isStruck = (instance: number, time: number): boolean =>
    faults.some(
      (span) => (span.instance === undefined || span.instance === instance) && span.from <= time && time < span.to,
    );
  /** Whether an instance died of a fault that is still on: it is not just gone. */
  const liesDead = (instance: number, time: number): boolean => {
    const turns = lives.get(instance);
    if (turns === undefined) return false;
    let place = turns.at.length - 1;
    while (place >= 0 && turns.at[place]! > time) place -= 1;
    for (; place >= 0 && (turns.value[place] === 'absent' || turns.value[place] === 'dead'); place -= 1)
      if (turns.value[place] === 'dead') return true;
    return false;
  };

  return (time, stopped) =>
    Array.from({ length: count }, (_, instance): InstanceState => {
      const state = valueAt(lives.get(instance), time) ?? first[instance]!;
      if (state === 'absent' || state === 'dead')
        return isStruck(instance, time) && liesDead(instance, time) ? 'dead' : 'absent';
      if (isWhole && faults.some((span) => span.kills && span.from <= time && time < span.to)) return 'dead';
      if (stopped(instance)) return 'stopped';
      if (state !== 'ready') return state;
      const isOut = valueAt(health.get(instance), time) ?? valueAt(health.get(-1), time) ?? false;
      if (isOut) return 'out';
      return faults.some((span) => !span.kills && span.instance === instance && span.from <= time && time < span.to)
        ? 'sick'
        : 'ready';
    });
}
