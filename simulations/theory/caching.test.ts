import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

describe('caches', () => {
  it("Zipf's law falls as the rank grows", () => {
    const popularity = theory.zipf(3, 1);
    for (const [k, share] of [6 / 11, 3 / 11, 2 / 11].entries()) expect(popularity[k]).toBeCloseTo(share, 14);
    expect(theory.zipf(4, 0)).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it("Che's approximation has the published hit ratio", () => {
    expect(theory.hitRatioLRU(theory.zipf(1000, 0.8), 100).hitRatio).toBeCloseTo(0.3777902213, 9);
  });

  it('of keys that are all alike hits as often as it is large', () => {
    const alike = theory.zipf(50, 0);
    expect(theory.hitRatioLRU(alike, 20).hitRatio).toBeCloseTo(0.4, 12);
    expect(theory.hitRatioFIFO(alike, 20).hitRatio).toBeCloseTo(0.4, 12);
    expect(theory.hitRatioLRU(alike, 50)).toEqual({ time: Infinity, hitRatio: 1 });
    expect(theory.hitRatioLRU(alike, 0)).toEqual({ time: 0, hitRatio: 0 });
  });

  it('that drops the oldest key hits less than one that drops the least recently used', () => {
    const popularity = theory.zipf(1000, 0.8);
    const fifo = theory.hitRatioFIFO(popularity, 100).hitRatio;
    expect(fifo).toBeLessThan(theory.hitRatioLRU(popularity, 100).hitRatio);
    // the share of requests for the hundred keys that are asked for most is the best that any cache can do
    const best = popularity.slice(0, 100).reduce((sum, share) => sum + share, 0);
    expect(theory.hitRatioLRU(popularity, 100).hitRatio).toBeLessThan(best);
  });

  it('with expiry hits l T / (1 + l T) after a fill, and more when each request prolongs it', () => {
    expect(theory.hitRatioFixedLife(2, 3)).toBeCloseTo(6 / 7, 14);
    expect(theory.hitRatioSlidingLife(2, 3)).toBeCloseTo(1 - Math.exp(-6), 14);
    const overTwo = theory.hitRatioOverKeys([0.75, 0.25], 4, (rate) => theory.hitRatioFixedLife(rate, 1));
    expect(overTwo).toBeCloseTo(0.75 * (3 / 4) + 0.25 * (1 / 2), 14);
  });

  it('that hits nine of ten leaves ten times the load when it is flushed', () => {
    expect(theory.flushedLoad(0.9)).toBeCloseTo(10, 12);
  });
});

describe('shards', () => {
  it('one more moves 1/(n + 1) of the keys on a ring, and n/(n + 1) by remainder', () => {
    expect(theory.movedConsistent(9, 10)).toBeCloseTo(0.1, 14);
    expect(theory.movedModulo(9, 10)).toBeCloseTo(0.9, 14);
    expect(theory.movedConsistent(4, 3)).toBe(0.25);
  });

  it('by remainder as many move as counting says; doubling moves half', () => {
    for (const [from, to] of [
      [4, 8],
      [6, 4],
      [10, 15],
      [7, 7],
    ] as const) {
      let moved = 0;
      for (let hash = 0; hash < from * to; hash++) if (hash % from !== hash % to) moved++;
      expect(theory.movedModulo(from, to)).toBeCloseTo(moved / (from * to), 14);
    }
    expect(theory.movedConsistent(4, 8)).toBe(0.5);
  });

  it('share the ring more evenly the more points each has', () => {
    // two shards, one point each: the share is uniform between 0 and 1, deviation √(1/12) of a mean of ½
    expect(theory.shardUnevenness(2, 1)).toBeCloseTo(Math.sqrt(1 / 12) / 0.5, 14);
    expect(theory.shardUnevenness(1, 5)).toBe(0);
    expect(theory.shardUnevenness(10, 400)).toBeLessThan(0.05);
  });

  it('help no more than the hot key lets them', () => {
    expect(theory.hotKeySpeedUp(0, 8)).toBe(8);
    expect(theory.hotKeySpeedUp(0.5, 1e12)).toBeCloseTo(2, 9);
    expect(theory.hotKeySpeedUp(0.05, 16)).toBeCloseTo(9.1428571429, 9);
  });
});
