import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../../simulations/index.ts';
import { comparedMeasures, latencyNamed } from './compared-measures.ts';

const run = (...names: string[]) => ({
  measures: Object.fromEntries(names.map((name): [string, Estimate] => [name, {} as Estimate])),
});

describe('the measures that designs are compared by', () => {
  const made = run(
    ...['mean', 'p50', 'p95', 'p99'].flatMap((each) => [`c.roundTrip.${each}`, `c.roundTrip.${each}@vip`]),
    's.utilisation',
  );

  it('are those that the scenario shows until a statistic is chosen', () => {
    const shown = ['c.roundTrip.mean', 'c.roundTrip.p99', 's.utilisation'];
    expect(comparedMeasures(shown, made, null)).toEqual(shown);
  });

  it('have the chosen statistic in place of each response time, once, and of the same class', () => {
    const shown = ['c.roundTrip.mean', 'c.roundTrip.p99', 'c.roundTrip.p99@vip', 's.utilisation'];
    expect(comparedMeasures(shown, made, 'p95')).toEqual(['c.roundTrip.p95', 'c.roundTrip.p95@vip', 's.utilisation']);
  });

  it('keep what has no such statistic, and begin with the round trips where no response time is shown', () => {
    expect(comparedMeasures(['x.response.max', 's.utilisation'], made, 'p95')).toEqual([
      'x.response.max',
      's.utilisation',
    ]);
    expect(comparedMeasures(['s.utilisation'], made, 'p50')).toEqual(['c.roundTrip.p50', 's.utilisation']);
  });

  it('are read by their names', () => {
    expect(latencyNamed('web.response.p95@pay')).toEqual({ part: 'web', cls: 'pay', statistic: 'p95' });
    expect(latencyNamed('web.utilisation')).toBeNull();
  });
});
