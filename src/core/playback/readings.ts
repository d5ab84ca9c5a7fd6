/**
 * A run's readings over a span of its windows: how many, how much on average. The windows are whole also where single
 * requests were left out of a trace, so what is counted here is exact. It knows columns by their names and no parts.
 */
import type { Run } from '../../../simulations/index.ts';

/** Windows from `from` up to, but without, `to`. */
export interface Span {
  from: number;
  to: number;
}

const columnOf = (run: Run, name: string): Float64Array | undefined => run.trace?.windows.columns[name];

/** Whether a run has such a reading at all. */
export const hasReading = (run: Run, name: string): boolean => columnOf(run, name) !== undefined;

/** The sum of a counted reading; 0 where there is none. */
export function countIn(run: Run, name: string, { from, to }: Span): number {
  const column = columnOf(run, name);
  let sum = 0;
  if (column !== undefined)
    for (let window = Math.max(0, from); window < Math.min(to, column.length); window += 1) sum += column[window]!;
  return sum;
}

/** The mean of a level, such as a queue's length, or of a mean per window; windows without a value are left out. Null of none. */
export function meanIn(run: Run, name: string, { from, to }: Span): number | null {
  const column = columnOf(run, name);
  let sum = 0;
  let count = 0;
  if (column !== undefined) {
    for (let window = Math.max(0, from); window < Math.min(to, column.length); window += 1) {
      if (Number.isNaN(column[window]!)) continue;
      sum += column[window]!;
      count += 1;
    }
  }
  return count === 0 ? null : sum / count;
}

/** The largest value of a reading; 0 where there is none. */
export function mostIn(run: Run, name: string, { from, to }: Span): number {
  const column = columnOf(run, name);
  let most = 0;
  if (column !== undefined)
    for (let window = Math.max(0, from); window < Math.min(to, column.length); window += 1)
      if (column[window]! > most) most = column[window]!;
  return most;
}

/** The window that a time in ticks falls in. */
export const windowAt = (run: Run, at: number): number => {
  const { ticks, count } = run.trace!.windows;
  return Math.min(Math.max(count - 1, 0), Math.max(0, Math.floor(at / ticks)));
};

/** When a window begins, in ticks, within the run. */
export const beginOf = (run: Run, window: number): number => Math.min(run.endedAt, window * run.trace!.windows.ticks);

/** How long a span is, in units of time; never 0. */
export const lengthOf = (run: Run, span: Span): number =>
  Math.max(1, beginOf(run, span.to) - beginOf(run, span.from)) / run.time.ticks;

/** A sixtieth of the run, at least one window: how far one looks at once when asking what is going on. */
export const STRETCHES = 60;
export const stretchOf = (run: Run): number => Math.max(1, Math.round(run.trace!.windows.count / STRETCHES));

/** The last sixtieth of the run before a time, as far as the run had begun. */
export function spanBefore(run: Run, at: number): Span {
  const to = windowAt(run, at) + 1;
  return { from: Math.max(0, to - stretchOf(run)), to };
}

const names = (run: Run, pattern: RegExp): string[] =>
  Object.keys(run.trace?.windows.columns ?? {}).flatMap((name) => pattern.exec(name)?.[1] ?? []);

/** The parts that make requests. */
export const sourcesOf = (run: Run): string[] => names(run, /^([^.>@]+)\.made$/);

/** The links whose caller has a policy, as `caller>callee`: those whose tries are counted. */
export const policiesOf = (run: Run): string[] => names(run, /^([^.>@]+>[^.@]+)\.tries$/);
