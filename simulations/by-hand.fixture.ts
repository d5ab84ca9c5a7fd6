/** Small systems that can be followed by hand, for the tests of parts. Times are in seconds, a tick is a millisecond. */
import { simulate, type Run, type ScenarioSource } from './index.ts';

export type Parts = ScenarioSource['parts'];
export type Faults = NonNullable<ScenarioSource['faults']>;

/** Runs a system with a trace. */
export const run = (parts: Parts, horizon: number, more: Partial<ScenarioSource> = {}): Run =>
  simulate({ id: 'by-hand', time: { unit: 's', ticks: 1000 }, horizon, parts, ...more }, { record: 'trace' });

/** Of each hop: when it was sent, started and ended, in seconds. */
export function times({ trace }: Run): (number | null)[][] {
  const { hops } = trace!;
  const second = (ticks: number) => (ticks < 0 ? null : ticks / 1000);
  return Array.from({ length: hops.count }, (_, hop) => [
    second(hops.sentAt[hop]!),
    second(hops.startedAt[hop]!),
    second(hops.endedAt[hop]!),
  ]);
}

/** Clients who come at equal distances. */
export const every = (gap: number, calls = ['server']): Parts[string] => ({
  kind: 'traffic',
  arrivals: { pattern: 'constant', rate: 1 / gap },
  calls,
});
/** A service that always takes equally long. */
export const takes = (mean: number, more: object = {}): Parts[string] => ({
  kind: 'service',
  service: { law: 'constant', mean },
  ...more,
});
