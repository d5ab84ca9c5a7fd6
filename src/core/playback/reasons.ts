/**
 * Why requests failed, and where they were dropped, counted up to a moment and over the whole run. What a customer was told
 * and what a part or a caller dropped are two things: a call that was dropped and tried again may still be answered.
 * It reads the windows, which are whole also where a trace is sampled, and so counts by whole windows.
 */
import type { Run } from '../../../simulations/index.ts';
import { beginOf, countIn, sourcesOf, windowAt } from './readings.ts';

/** How often something failed for one reason. */
export interface ReasonCount {
  reason: string;
  /** Up to the moment asked for, and in the whole run. */
  soFar: number;
  whole: number;
}

/** How often a part, or the caller on a link (then `by` reads like `caller>callee`), dropped calls for one reason. */
export interface DropCount extends ReasonCount {
  by: string;
}

export interface Reasons {
  /** Up to when the counts so far go, in ticks: the end of the last whole window before the moment. */
  until: number;
  /** What customers were told when their request failed. */
  failed: ReasonCount[];
  /** Who dropped calls; each try counts, also when it was tried again. */
  dropped: DropCount[];
}

const FAILURES = /^([^.@]+)\.failures\.([a-z-]+)$/;
const TIMEOUTS = /^([^.>@]+>[^.@]+)\.timeouts$/;

/** Why requests failed, up to a time in ticks and in the whole run; the most frequent first. */
export function reasonsOf(run: Run, at: number): Reasons {
  const { windows } = run.trace!;
  const isOver = at >= run.endedAt;
  const now = isOver ? windows.count : windowAt(run, at);
  const sources = new Set(sourcesOf(run));
  const failed = new Map<string, ReasonCount>();
  const dropped: DropCount[] = [];
  for (const name of Object.keys(windows.columns)) {
    const found = FAILURES.exec(name) ?? TIMEOUTS.exec(name);
    if (found === null) continue;
    const whole = countIn(run, name, { from: 0, to: windows.count });
    if (whole === 0) continue;
    const soFar = countIn(run, name, { from: 0, to: now });
    const by = found[1]!;
    const reason = found[2] ?? 'timeout';
    if (!sources.has(by)) {
      dropped.push({ by, reason, soFar, whole });
      continue;
    }
    const row = failed.get(reason) ?? { reason, soFar: 0, whole: 0 };
    row.soFar += soFar;
    row.whole += whole;
    failed.set(reason, row);
  }
  const byCount = (a: ReasonCount, b: ReasonCount): number => b.whole - a.whole;
  return {
    until: isOver ? run.endedAt : beginOf(run, now),
    failed: [...failed.values()].toSorted(byCount),
    dropped: dropped.toSorted(byCount),
  };
}

/** Whether a part has to do with a drop: it dropped, or it was called, or it called. */
export const concerns = (drop: DropCount, part: string): boolean => drop.by.split('>').includes(part);
