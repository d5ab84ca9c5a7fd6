import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

describe('retries', () => {
  it('make 1 + p + p² + … calls, and fail only if all do', () => {
    expect(theory.attemptsPerRequest(0.1, 3)).toBeCloseTo(1.111, 12);
    expect(theory.successShare(0.1, 3)).toBeCloseTo(0.9999, 12);
    expect(theory.attemptsPerRequest(0.5, 3)).toBe(1.875);
    expect(theory.successShare(0.5, 3)).toBe(0.9375);
    expect(theory.attemptsPerRequest(1, 3)).toBe(4);
    expect(theory.successShare(1, 3)).toBe(0);
    expect(theory.attemptsPerRequest(0.3, 0)).toBe(1);
  });

  it('multiply from layer to layer', () => {
    expect(theory.layeredAttempts(4, 3)).toBe(64);
    expect(theory.layeredAttempts(3, 5)).toBe(243);
  });

  it('are held by a budget of tokens below 1 / (1 − deposit)', () => {
    const budget = { deposit: 0.1, cost: 1, retries: 3 };
    expect(theory.budgetedAttempts(0.02, budget)).toBeCloseTo(1.020408, 12);
    expect(theory.budgetedAttempts(0.5, budget)).toBeCloseTo(1.0526315789, 9);
    expect(theory.budgetedAttempts(1, budget)).toBe(1);
    let most = 0;
    for (let p = 0; p <= 1; p += 0.001) most = Math.max(most, theory.budgetedAttempts(p, budget));
    expect(most).toBeLessThan(1 / 0.9);
    // who gets a token for every success may always retry once
    expect(theory.budgetedAttempts(0.3, { deposit: 1, cost: 0.5, retries: 1 })).toBeCloseTo(1.3, 14);
  });

  it('hold a system down whose load with all retries exceeds its capacity', () => {
    expect([1, 2, 3].map(theory.vulnerableAbove)).toEqual([0.5, expect.closeTo(0.3333333333, 9), 0.25]);
    expect(theory.staysDown(0.51, 1, 1)).toBe(true);
    expect(theory.staysDown(0.49, 1, 1)).toBe(false);
    // at 280 of 300 a budget of 10 percent does not end it, one of 5 does
    expect(theory.staysDown(280, 300, 0.1)).toBe(true);
    expect(theory.staysDown(280, 300, 0.05)).toBe(false);
  });

  it('wait twice as long each time up to the cap, and jitter shortens that', () => {
    expect([0, 1, 2, 9, 5000].map((n) => theory.backoffCeiling(5, 2000, n))).toEqual([5, 10, 20, 2000, 2000]);
    expect(theory.backoffTotal(5, 2000, 3, 'none')).toBe(35);
    expect(theory.backoffTotal(5, 2000, 3, 'equal')).toBe(26.25);
    expect(theory.backoffTotal(5, 2000, 3, 'full')).toBe(17.5);
  });
});

describe('a circuit breaker', () => {
  it('before a dead dependency lets one call pass each time it has been open', () => {
    const { passed, failed, rejected } = theory.breakerCycle({ rate: 10, failure: 1, openFor: 30, trip: 5, probes: 1 });
    expect(passed).toBeCloseTo(0.0332225914, 9);
    expect(failed).toBeCloseTo(passed, 15);
    expect(rejected).toBeCloseTo(0.9966777409, 9);
  });

  it('before a sound dependency never opens', () => {
    const { passed, failed, rejected } = theory.breakerCycle({ rate: 10, failure: 0, openFor: 30, trip: 5, probes: 1 });
    expect([passed, failed, rejected]).toEqual([10, 0, 0]);
  });

  it('that opens at the first failure passes 1/p calls a time, by hand', () => {
    // half open: the probe; closed with 1 − p: then 1/p more. Together 1 + (1 − p)/p = 1/p
    const { rejected } = theory.breakerCycle({ rate: 2, failure: 0.25, openFor: 3, trip: 1, probes: 1 });
    expect(rejected).toBeCloseTo(6 / (6 + 4), 14);
    // two probes: 1 + ¾ of them, and closed with 9/16
    const two = theory.breakerCycle({ rate: 2, failure: 0.25, openFor: 3, trip: 2, probes: 2 });
    expect(two.rejected).toBeCloseTo(6 / (6 + 1.75 + (9 / 16) * (4 + 16)), 14);
  });
});

describe('a token bucket', () => {
  it('lets a burst and what was refilled pass', () => {
    const crowds = [
      { at: 0, calls: 100 },
      { at: 2, calls: 100 },
    ];
    expect(theory.admittedCrowds(5, 10, crowds)).toEqual([10, 10]);
    expect(theory.mostAdmitted(5, 10, 2)).toBe(20);
    expect(theory.admittedCrowds(5, 10, [{ at: 100, calls: 30 }])).toEqual([10]);
    // three times a third is one token, whatever doubles make of it
    const thirds = [1, 2, 3].map((n) => ({ at: n / 3, calls: n === 3 ? 5 : 0 }));
    expect(theory.admittedCrowds(1, 1, [{ at: 0, calls: 1 }, ...thirds])).toEqual([1, 0, 0, 1]);
  });

  it('lets a share of Poisson calls pass, by hand for a burst of one, two and three', () => {
    const a = 0.8;
    const admits = (unit: number) => unit / (1 + a * unit);
    expect(theory.tokenBucketAdmits(a, 1, 1)).toBeCloseTo(admits(1), 13);
    expect(theory.tokenBucketAdmits(a, 1, 2)).toBeCloseTo(admits(Math.exp(a)), 13);
    expect(theory.tokenBucketAdmits(a, 1, 3)).toBeCloseTo(admits(Math.exp(2 * a) - a * Math.exp(a)), 13);
  });

  it('never lets more pass than it is refilled, and nearly all below that', () => {
    expect(theory.tokenBucketAdmits(3, 1, 1000)).toBeCloseTo(1 / 3, 12);
    expect(theory.tokenBucketAdmits(0.5, 1, 200)).toBeCloseTo(1, 12);
    expect(theory.tokenBucketAdmits(30, 10, 4)).toBe(theory.tokenBucketAdmits(3, 1, 4));
  });
});

describe('backlogs', () => {
  it('drain at what capacity is left: 140 s after 10 s down at 280 of 300', () => {
    expect(theory.drainAfterOutage(280, 300, 10)).toBe(140);
    expect(theory.drainAfterOutage(300, 300, 10)).toBe(Infinity);
    expect(theory.drainTime(0, 5, 1)).toBe(0);
  });

  it('of a topic grow by what consumers cannot take, and drain when there are more', () => {
    expect(theory.lagGrowth(1000, 12, 4, 200)).toBeCloseTo(200, 10);
    expect(theory.backlogAfter(1000, 800, 60)).toBe(12_000);
    expect(theory.drainTime(12_000, 1000, 1200)).toBe(60);
    expect(theory.lagGrowth(1000, 12, 6, 200)).toBe(0);
  });

  it('grow although there is room, where partitions do not divide evenly', () => {
    expect(theory.partitionsPerConsumer(8, 6)).toEqual([2, 2, 1, 1, 1, 1]);
    expect(theory.partitionsPerConsumer(2, 3)).toEqual([1, 1, 0]);
    // two consumers get 250 a second each and handle 200
    expect(theory.lagGrowth(1000, 8, 6, 200)).toBeCloseTo(100, 10);
  });
});
