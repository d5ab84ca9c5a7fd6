/** What the tests of doors share: customers at given times, constant times, and the books that must hold in every run. */
import { expect } from 'vitest';
import type { Run } from '../../index.ts';
import type { Parts } from '../../by-hand.fixture.ts';

export const constant = (mean: number) => ({ law: 'constant' as const, mean });

/** Customers who come at these times. */
export const at = (
  times: (number | { at: number; count: number })[],
  calls: string[],
  more: object = {},
): Parts[string] => ({
  kind: 'traffic',
  arrivals: { pattern: 'trace', times },
  calls,
  ...more,
});

/** The run, once its books have been found to hold. */
export function sound(run: Run): Run {
  expect(run.ledger.conserves).toBe(true);
  for (const [id, { holds }] of Object.entries(run.ledger.little)) expect([id, holds]).toEqual([id, true]);
  return run;
}

/** The value of a measure. */
export const of = (run: Run, measure: string): number | null => run.measures[measure]!.value;

/** Of each hop to a part: when it arrived, started and ended, in seconds of 1000 ticks, and how. */
export function visits({ trace }: Run, part: string): (number | null)[][] {
  const { hops, parts } = trace!;
  const second = (ticks: number) => (ticks < 0 ? null : ticks / 1000);
  return Array.from({ length: hops.count }, (_, hop) => hop)
    .filter((hop) => parts[hops.to[hop]!] === part)
    .map((hop) => [second(hops.arrivedAt[hop]!), second(hops.startedAt[hop]!), second(hops.endedAt[hop]!)]);
}
