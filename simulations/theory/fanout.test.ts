import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

describe('waiting for the slowest', () => {
  it('has the published means and quantiles', () => {
    expect(theory.slowestMean(1, 2)).toBe(1.5);
    expect(theory.slowestQuantile(1, 2, 0.5)).toBeCloseTo(1.2279471773, 9);
    expect(theory.slowestQuantile(1, 2, 0.99)).toBeCloseTo(5.2958079391, 9);
    expect(theory.slowestMean(1, 100)).toBeCloseTo(5.1873775176, 9);
    expect(theory.slowestQuantile(1, 100, 0.5)).toBeCloseTo(4.9751468406, 9);
    expect(theory.slowestQuantile(1, 100, 0.99)).toBeCloseTo(9.205369664, 9);
  });

  it('asks of one branch the 99.99th percentile for a 99th over a hundred', () => {
    expect(theory.branchQuantile(0.99, 100)).toBeCloseTo(0.9998995, 8);
    expect(-Math.log(1 - theory.branchQuantile(0.5, 2))).toBeCloseTo(theory.slowestQuantile(1, 2, 0.5), 12);
  });

  it('a quorum waits for fewer: all is the slowest, one is the fastest', () => {
    expect(theory.quorumMean(2, 5, 5)).toBeCloseTo(theory.slowestMean(2, 5), 14);
    expect(theory.quorumMean(2, 5, 1)).toBeCloseTo(0.4, 14);
    expect(theory.quorumMean(1, 3, 2)).toBeCloseTo(1 / 3 + 1 / 2, 14);
  });

  it('1 slow in 100 makes 63 in 100 slow when a request needs a hundred (Dean and Barroso)', () => {
    expect(theory.slowShare(0.01, 100)).toBeCloseTo(0.6339676587, 9);
    expect(theory.slowShare(0.0001, 2000)).toBeCloseTo(0.1812774347, 9);
    expect(theory.slowShare(0.01, 1)).toBeCloseTo(0.01, 15);
    expect(theory.hedgedSlowShare(0.01, 100)).toBeCloseTo(1 - 0.9999 ** 100, 12);
  });
});

describe('two queues in parallel', () => {
  it('respond as Flatto and Hahn say', () => {
    expect(theory.responseForkJoin2(0.7, 1)).toBeCloseTo(4.7083333333, 9);
    expect(theory.responseForkJoin2(1, 1)).toBe(Infinity);
    expect(theory.responseForkJoin(13, 1, 4)).toBe(Infinity);
  });

  it('and n of them, nearly, between the slowest of n alone and that with every response independent', () => {
    expect(theory.responseForkJoin(0.7, 1, 2)).toBeCloseTo(theory.responseForkJoin2(0.7, 1), 12);
    expect(theory.responseForkJoin(0.7, 1, 1)).toBeCloseTo(1 / 0.3, 12);
    for (const n of [3, 8, 32]) {
      expect(theory.responseForkJoin(1e-9, 1, n)).toBeCloseTo(theory.slowestMean(1, n), 6);
      expect(theory.responseForkJoin(0.7, 1, n)).toBeLessThan(theory.slowestMean(1 / 0.3, n));
      expect(theory.responseForkJoin(0.7, 1, n)).toBeGreaterThan(1 / 0.3);
    }
  });
});

describe('hedged calls', () => {
  it('sent at once halve an exponential call, and sent never change nothing', () => {
    expect(theory.hedged(4, 0)).toEqual({ mean: 2, extra: 1 });
    expect(theory.hedged(4, 1e9)).toEqual({ mean: 4, extra: 0 });
  });

  it('at the 95th percentile cost 5 percent more calls', () => {
    const late = -4 * Math.log(0.05);
    expect(theory.hedged(4, late).extra).toBeCloseTo(0.05, 14);
    expect(theory.hedged(4, late).mean).toBeCloseTo(4 * 0.975, 13);
    expect(theory.hedgedQuantile(4, late, 0.5)).toBeCloseTo(4 * Math.LN2, 13);
    // beyond the delay two copies race: what is left falls twice as fast
    expect(theory.hedgedQuantile(4, late, 0.95)).toBeCloseTo(late, 12);
    expect(theory.hedgedQuantile(4, late, 0.9995)).toBeCloseTo(late + (4 * Math.log(100)) / 2, 10);
  });
});

describe('links that lose', () => {
  it('add a timer for each loss, by hand', () => {
    expect(theory.sendsUntilArrival(0.2)).toBeCloseTo(1.25, 14);
    expect(theory.resendDelay(0.1, 3)).toBeCloseTo(1 / 3, 14);
    expect(theory.resendDelayDoubling(0.1, 3)).toBeCloseTo(0.375, 14);
    expect(theory.resendDelayDoubling(0.5, 3)).toBe(Infinity);
    // 3 once with p(1 − p), 3 + 6 with p²(1 − p), 3 + 6 + 12 …
    let sum = 0;
    for (let n = 1; n < 60; n++) sum += 0.9 * 0.1 ** n * 3 * (2 ** n - 1);
    expect(theory.resendDelayDoubling(0.1, 3)).toBeCloseTo(sum, 13);
  });

  it('make some of many calls wait', () => {
    expect(theory.resendShare(0.02, 20)).toBeCloseTo(1 - 0.98 ** 20, 13);
    expect(theory.roundTripLoss(0.1)).toBeCloseTo(0.19, 14);
  });
});
