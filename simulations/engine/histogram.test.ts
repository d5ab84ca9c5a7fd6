import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram } from './histogram.ts';

const of = (values: readonly number[]): Histogram => {
  const histogram = new Histogram();
  for (const value of values) histogram.add(value);
  return histogram;
};
const spread = Array.from({ length: 5000 }, (_, i) => Math.round(((i * 7919) % 5003) ** 2 / 3));

describe('the histogram', () => {
  it('gives a value back within 0.4 percent, whatever its size (M4)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 52 }), fc.double({ min: 1, max: 2, noNaN: true }), (power, mantissa) => {
        const value = Math.floor(2 ** power * mantissa);
        expect(Math.abs(of([value]).quantile(0.5)! - value)).toBeLessThanOrEqual(value / 256);
      }),
      { seed: 11 },
    );
  });

  it('is exact below 256, and at the ends of what it takes within 0.4 percent', () => {
    for (let value = 0; value < 256; value++) expect(of([value]).quantile(0.5)).toBe(value);
    for (const value of [256, 257, 511, 512, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 52, 2 ** 53])
      expect(Math.abs(of([value]).quantile(0.5)! - value)).toBeLessThanOrEqual(value / 256);
  });

  it('finds the quantiles of many values as sorting them does, within 0.4 percent', () => {
    const sorted = spread.toSorted((a, b) => a - b);
    for (const q of [0, 0.1, 0.5, 0.9, 0.99, 0.999, 1]) {
      const exact = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;
      expect(Math.abs(of(spread).quantile(q)! - exact)).toBeLessThanOrEqual(exact / 256);
    }
  });

  it('gives several quantiles at once, in any order, as one by one', () => {
    const histogram = of(spread);
    for (const qs of [
      [0.5, 0.9, 0.95, 0.99, 0.999],
      [1, 0.5, 0.5, 0, 0.75],
    ])
      expect(histogram.quantiles(qs)).toEqual(qs.map((q) => histogram.quantile(q)));
  });

  it('merged, two are what one would be that had heard both', () => {
    for (const [mine, theirs] of [
      [spread, [3, 2 ** 40]],
      [[3, 2 ** 40], spread],
      [[], spread],
      [spread, []],
    ] as const) {
      const merged = of(mine);
      merged.merge(of(theirs));
      const whole = of([...mine, ...theirs]);
      expect(merged.count).toBe(whole.count);
      const qs = [0, 0.25, 0.5, 0.75, 1];
      expect(merged.quantiles(qs)).toEqual(whole.quantiles(qs));
    }
  });

  it('tells the share above a limit: exactly below 256, else as if the values of its cell lay evenly in it', () => {
    expect(of([10, 20, 30, 40]).shareAbove(20)).toBe(0.5);
    expect(of([10, 20, 30, 40]).shareAbove(0)).toBe(1);
    expect(of([10, 20, 30, 40]).shareAbove(1e18)).toBe(0);
    // 1024 to 1031 share a cell of eight, of which four are above 1027
    expect(of([1024, 1024, 1031, 5000]).shareAbove(1027)).toBe((3 * (4 / 8) + 1) / 4);
    const histogram = of(spread);
    for (const limit of [300, 1e4, 1e6, 8e6]) {
      const exact = spread.filter((value) => value > limit).length / spread.length;
      const nearby = spread.filter((value) => Math.abs(value - limit) <= limit / 128).length / spread.length;
      expect(Math.abs(histogram.shareAbove(limit)! - exact)).toBeLessThanOrEqual(nearby);
    }
  });

  it('says nothing when it is empty', () => {
    const empty = new Histogram();
    expect(empty.quantile(0.5)).toBeNull();
    expect(empty.quantiles([0.1, 0.9])).toEqual([null, null]);
    expect(empty.shareAbove(10)).toBeNull();
    expect(empty.count).toBe(0);
  });

  it('refuses what is no time', () => {
    expect(() => new Histogram().add(NaN)).toThrow(RangeError);
    expect(() => new Histogram().add(2 ** 60)).toThrow(RangeError);
  });
});
