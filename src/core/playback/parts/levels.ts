/**
 * The numbers that a kind of part shows beside its line and its slots, read off the columns of a run's windows. They hold
 * for a whole window: what is read at a moment is the last window that was over by then, never one that is still going on.
 */
import type { Run } from '../../../../simulations/index.ts';

/** By kind: the columns that its drawing shows. Those that one run does not have are left out. */
export const levelsOf: Record<string, readonly string[]> = {
  traffic: ['made'],
  cache: ['entries', 'hits', 'misses', 'fetching'],
  store: ['poolUse', 'poolSize', 'poolQueue', 'locks', 'lockQueue', 'behind'],
  broker: ['lag', 'partitionLag', 'stored', 'consumers'],
  function: ['instances', 'starting', 'idle'],
  autoscaler: ['desired', 'metric'],
  deployer: ['newInstances', 'deployments'],
  registry: ['registered'],
  bus: ['held'],
  transaction: ['open', 'halfDone', 'outbox'],
  participant: ['locks', 'prepared', 'queue'],
  prober: ['restarts'],
  bill: ['cost', 'used'],
  workers: ['busy', 'lockQueue', 'exchanging', 'idle', 'lock'],
  accelerator: ['batch.mean', 'busy'],
  organisation: ['index', 'p', 'tight', 'tightWithin', 'loose', 'copies', 'queue'],
  landscape: ['worth', 'unlike', 'links', 'queue'],
  team: ['queue', 'busy', 'handedOver', 'inMeeting', 'capacity'],
  changes: ['crossings', 'largest', 'handedOver'],
  release: ['queue', 'inPipeline', 'broken', 'deployments'],
};

/** Columns of things that are counted: what is read is how many there were so far. */
const counted = new Set(['deployments', 'restarts', 'copies', 'crossings']);

/** Columns that exist once for each of something with a name: `lag.workers`. */
const listed: Record<string, string> = { broker: 'lag' };

/** What is read at a moment: `levels` by column, `lists` by what each is called. */
export interface Levels {
  levels: Record<string, number>;
  list: [string, number][];
}

const none: Levels = { levels: {}, list: [] };

/** Prepares the columns of one part; what is read then costs a look-up for each. */
export function readLevels(run: Run, part: string, kind: string): (time: number) => Levels {
  const { columns, ticks, count } = run.trace!.windows;
  const shown = (levelsOf[kind] ?? []).flatMap((name): [string, Float64Array][] => {
    const column = columns[`${part}.${name}`];
    return column === undefined ? [] : [[name, counted.has(name) ? runningSum(column) : column]];
  });
  const prefix = listed[kind] === undefined ? null : `${part}.${listed[kind]}.`;
  const each =
    prefix === null
      ? []
      : Object.entries(columns)
          .filter(([name]) => name.startsWith(prefix) && !name.includes('@'))
          .map(([name, column]): [string, Float64Array] => [name.slice(prefix.length), column]);
  if (shown.length === 0) return () => none;
  let kept: { window: number; levels: Levels } | null = null;
  return (time) => {
    // The end of the run ends its last window, however short it was cut.
    const window = time >= run.endedAt ? count - 1 : Math.floor(time / ticks) - 1;
    if (window < 0) return none;
    if (kept?.window !== window) {
      const read = (column: Float64Array): number => column[Math.min(window, column.length - 1)] ?? 0;
      kept = {
        window,
        levels: {
          levels: Object.fromEntries(
            shown
              .map(([name, column]): [string, number] => [name, read(column)])
              .filter(([, value]) => Number.isFinite(value)),
          ),
          list: each.map(([name, column]) => [name, read(column)]),
        },
      };
    }
    return kept.levels;
  };
}

/** How many wait and how many are served, on average over a window. */
export interface Counts {
  waiting: number;
  busy: number;
}

/**
 * The counts of a part where a trace keeps only some of its requests, so that those kept cannot be counted; undefined where
 * the trace is whole, before the first window is over, and for a part without such readings.
 */
export function readCounts(run: Run, part: string): (time: number) => Counts | undefined {
  const { windows, sampled } = run.trace!;
  const [queue, busy] = [windows.columns[`${part}.queue`], windows.columns[`${part}.busy`]];
  if (!sampled || queue === undefined || busy === undefined) return () => undefined;
  return (time) => {
    const window = time >= run.endedAt ? windows.count - 1 : Math.floor(time / windows.ticks) - 1;
    return window < 0 ? undefined : { waiting: Math.round(queue[window]!), busy: Math.round(busy[window]!) };
  };
}

function runningSum(column: Float64Array): Float64Array {
  let sum = 0;
  return column.map((value) => (sum += value));
}
