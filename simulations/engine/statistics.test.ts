import { describe, expect, it } from 'vitest';
import { stream, uniform } from './draws.ts';
import { normalQuantile } from './elementary.ts';
import {
  BATCHES,
  comparePairs,
  estimateFromBatches,
  estimateOfQuantile,
  halfWidth95,
  LONGEST_MEMORY,
  mean,
  memory,
  pool,
  student95,
  suggestWarmUp,
  type JudgedEstimate,
} from './statistics.ts';

/** Independent normal values, the i-th of a stream of its own. */
function normals(purpose: string): (i: number) => number {
  const s = stream(1, 0, 'test', purpose);
  return (i) => normalQuantile(uniform(s, i, 0));
}

/** The share of so many trials of which something is true. */
function share(trials: number, holds: (trial: number) => boolean): number {
  let held = 0;
  for (let trial = 0; trial < trials; trial++) if (holds(trial)) held++;
  return held / trials;
}

/** Runs that differ in nothing but their values. */
const judged = (values: readonly (number | null)[], alike = 0): JudgedEstimate[] =>
  values.map((value) => ({ value, halfWidth: null, enough: true, samples: 1, memory: alike }));

describe('intervals', () => {
  it("Student's factor leaves 95 percent between its ends, by the distribution's finite series", () => {
    // Abramowitz & Stegun 26.7.3 and 26.7.4: the probability of −t … t for a whole number of degrees of freedom
    const between = (t: number, degrees: number) => {
      const angle = Math.atan(t / Math.sqrt(degrees));
      const isOdd = degrees % 2 === 1;
      let term = isOdd ? Math.cos(angle) : 1;
      let sum = degrees === 1 ? 0 : term;
      for (let n = isOdd ? 3 : 2; n < degrees; n += 2) {
        term *= ((n - 1) / n) * Math.cos(angle) ** 2;
        sum += term;
      }
      return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
    };
    for (let degrees = 1; degrees <= 300; degrees++)
      expect(Math.abs(between(student95(degrees), degrees) - 0.95), `${degrees} degrees`).toBeLessThan(5e-7);
  });

  it("Student's factor is that of printed tables", () => {
    expect(student95(1)).toBeCloseTo(12.706, 3);
    expect(student95(9)).toBeCloseTo(2.2622, 4);
    expect(student95(19)).toBeCloseTo(2.093, 4);
    expect(student95(60)).toBeCloseTo(2.0003, 4);
    expect(student95(1_000_000)).toBeCloseTo(1.96, 4);
    expect(student95(0)).toBe(Infinity);
  });

  it('hold the true mean of normal values in about 95 of 100 cases', () => {
    const draw = normals('normal');
    const held = share(4000, (trial) => {
      const values = Array.from({ length: 10 }, (_, i) => draw(trial * 10 + i));
      return Math.abs(mean(values)) <= halfWidth95(values)!;
    });
    expect(held).toBeGreaterThan(0.94);
    expect(held).toBeLessThan(0.96);
  });

  it('one value has no interval', () => {
    expect(halfWidth95([3])).toBeNull();
  });
});

describe('the interval of one run (M1)', () => {
  it('counts a batch by its weight: the ratio estimator, by hand', () => {
    // 2 by one request and 4 by three, five times: 3.5 over all, from which each batch departs by 0.75 when weighed
    const batches = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 2 : 4));
    const weights = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 1 : 3));
    const { halfWidth } = estimateFromBatches(3.5, batches, 20, weights);
    expect(halfWidth).toBeCloseTo(student95(9) * Math.sqrt((10 * 0.75 ** 2) / 9 / 10), 12);
  });

  it('is the same for equal weights and for none', () => {
    const batches = Array.from({ length: BATCHES }, (_, i) => 10 + ((i * 7) % 5));
    expect(
      estimateFromBatches(
        12,
        batches,
        100,
        batches.map(() => 5),
      ).halfWidth,
    ).toBeCloseTo(estimateFromBatches(12, batches, 100).halfWidth!, 12);
  });

  it('an empty batch is no zero', () => {
    const batches = Array.from({ length: BATCHES }, (_, i) => (i === 4 ? 0 : 10));
    const weights = batches.map((batch) => (batch === 0 ? 0 : 1));
    expect(estimateFromBatches(10, batches, 19, weights)).toMatchObject({ halfWidth: 0, enough: true });
    expect(
      estimateFromBatches(
        null,
        batches,
        0,
        batches.map(() => 0),
      ),
    ).toMatchObject({ halfWidth: null, enough: false });
  });

  it('is wider where neighbours are alike, by √((1 + r) / (1 − r))', () => {
    // ++−−++−− …: ten pairs of neighbours agree and nine do not, so r = 1/20
    const batches = Array.from({ length: 20 }, (_, i) => (i % 4 < 2 ? 11 : 9));
    const { halfWidth, memory: alike } = estimateFromBatches(10, batches, 20);
    expect(alike).toBeCloseTo(0.05, 12);
    expect(halfWidth).toBeCloseTo(halfWidth95(batches)! * Math.sqrt(1.05 / 0.95), 12);
  });

  it('holds the true mean in 95 to 96.5 of 100 cases, and in more than unwidened where batches remember', () => {
    const draw = normals('batches');
    const series = (trial: number, carried: number) => {
      let last = draw(trial * 100) / Math.sqrt(1 - carried * carried);
      return Array.from({ length: BATCHES }, (_, i) => (last = carried * last + draw(trial * 100 + i + 1)));
    };
    const holds = (carried: number) =>
      share(4000, (trial) => {
        const batches = series(trial, carried);
        return Math.abs(mean(batches)) <= estimateFromBatches(0, batches, 20).halfWidth!;
      });
    const holdsUnwidened = (carried: number) =>
      share(4000, (trial) => Math.abs(mean(series(trial, carried))) <= halfWidth95(series(trial, carried))!);
    expect(holds(0)).toBeGreaterThan(0.95);
    expect(holds(0)).toBeLessThan(0.965);
    expect(holdsUnwidened(0.25)).toBeLessThan(0.89);
    expect(holds(0.25)).toBeGreaterThan(0.91);
  });
});

describe('whether there is enough data (M3)', () => {
  const independent = Array.from({ length: BATCHES }, (_, i) => 10 + ((i * 7) % 5));
  const drifting = Array.from({ length: BATCHES }, (_, i) => i);

  it('independent batch means round a value are enough', () => {
    expect(memory(independent)).toBeLessThan(LONGEST_MEMORY);
    expect(estimateFromBatches(12, independent, 100).enough).toBe(true);
  });

  it('a drift shows as memory, and is not enough', () => {
    expect(memory(drifting)).toBeGreaterThan(LONGEST_MEMORY);
    expect(estimateFromBatches(9.5, drifting, 100).enough).toBe(false);
  });

  it('of independent batch means about one set in a hundred seems to remember', () => {
    const draw = normals('memory');
    const seems = share(4000, (trial) => {
      const batches = Array.from({ length: BATCHES }, (_, i) => draw(trial * BATCHES + i));
      return memory(batches) > LONGEST_MEMORY;
    });
    expect(seems).toBeGreaterThan(0.004);
    expect(seems).toBeLessThan(0.02);
  });

  it('an interval wider than half the value to either side is not enough', () => {
    // ± 4.75
    const wide = independent.map((value) => (value - 12) * 7);
    expect(estimateFromBatches(10, wide, 100)).toMatchObject({ enough: true });
    expect(estimateFromBatches(5, wide, 100)).toMatchObject({ enough: false });
  });

  it('nothing observed is not enough', () => {
    expect(estimateFromBatches(null, [], 0)).toMatchObject({ value: null, enough: false });
  });

  it('many short runs that agree are not enough when each has more memory than length', () => {
    const runs = Array.from({ length: 30 }, (_, i) => estimateFromBatches(9.5 + (i % 3) / 10, drifting, 100));
    const pooled = pool(runs);
    expect(pooled.halfWidth! / pooled.value!).toBeLessThan(0.02);
    expect(pooled.enough).toBe(false);
  });

  it('a quantile has no interval of its own, and is enough with ten observations beyond it (M4)', () => {
    expect(estimateOfQuantile(3, 0.99, 1000, 0)).toMatchObject({ value: 3, halfWidth: null, enough: true });
    expect(estimateOfQuantile(3, 0.9, 100, 0).enough).toBe(true);
    expect(estimateOfQuantile(3, 0.99, 999, 0).enough).toBe(false);
    expect(estimateOfQuantile(3, 0.99, 1000, 0.6).enough).toBe(false);
    expect(estimateOfQuantile(null, 0.5, 0, 0).enough).toBe(false);
  });

  it('over replications a quantile has an interval (M2), but runs with too little beyond it stay not enough together', () => {
    const runs = (samples: number) => [3, 3.1, 3.2, 3.1].map((value) => estimateOfQuantile(value, 0.99, samples, 0));
    const [many, few] = [pool(runs(1000)), pool(runs(500))];
    expect(many.value).toBeCloseTo(3.1, 12);
    expect(many.halfWidth).toBeCloseTo(halfWidth95([3, 3.1, 3.2, 3.1])!, 12);
    expect(many.enough).toBe(true);
    expect(few.halfWidth).toBe(many.halfWidth);
    expect(few.enough).toBe(false);
  });
});

describe('a comparison in pairs', () => {
  it('gives differences, variances and correlation as by hand', () => {
    const compared = comparePairs(judged([1, 2, 3]), judged([3, 4, 8]));
    expect(compared).toMatchObject({ pairs: 3, a: 2, b: 5, difference: 3, isSure: false, enough: true });
    expect(compared.halfWidth).toBeCloseTo(4.3026527, 6);
    expect(compared.variance!.paired).toBeCloseTo(3, 12);
    expect(compared.variance!.independent).toBeCloseTo(8, 12);
    expect(compared.saved).toBeCloseTo(8 / 3, 12);
    expect(compared.correlation).toBeCloseTo(2.5 / Math.sqrt(7), 12);
    // a itself may be 0: 2 ± 2.48
    expect(compared.ratio).toEqual({ value: 2.5, low: null, high: null });
  });

  it('is sure where the interval does not hold 0', () => {
    expect(comparePairs(judged([1, 2, 3]), judged([2.9, 4, 5.1]))).toMatchObject({ isSure: true });
  });

  it("ends the ratio's interval where b − r a begins to differ surely from 0 (Fieller 1954)", () => {
    const a = [10, 12, 11, 9, 13];
    const b = [21, 25, 20, 19, 24];
    const { ratio } = comparePairs(judged(a), judged(b));
    expect(ratio!.value).toBeCloseTo(109 / 55, 12);
    for (const end of [ratio!.low!, ratio!.high!]) {
      const departures = a.map((x, i) => b[i]! - end * x);
      expect(Math.abs(mean(departures))).toBeCloseTo(halfWidth95(departures)!, 9);
    }
    expect(ratio!.low).toBeLessThan(ratio!.value);
    expect(ratio!.high).toBeGreaterThan(ratio!.value);
  });

  it('holds true difference and true ratio of correlated normal pairs in 94 to 96 of 100 cases', () => {
    const draw = normals('pairs');
    const pairs = (trial: number) => {
      const luck = Array.from({ length: 24 }, (_, i) => draw(trial * 24 + i));
      return comparePairs(
        judged(Array.from({ length: 8 }, (_, i) => 10 + luck[3 * i]! + luck[3 * i + 1]!)),
        judged(Array.from({ length: 8 }, (_, i) => 15 + 2 * luck[3 * i]! + luck[3 * i + 2]!)),
      );
    };
    const compared = Array.from({ length: 4000 }, (_, trial) => pairs(trial));
    const difference = share(4000, (i) => Math.abs(compared[i]!.difference! - 5) <= compared[i]!.halfWidth!);
    const ratio = share(4000, (i) => compared[i]!.ratio!.low! <= 1.5 && 1.5 <= compared[i]!.ratio!.high!);
    for (const held of [difference, ratio]) {
      expect(held).toBeGreaterThan(0.94);
      expect(held).toBeLessThan(0.96);
    }
    // var a + var b = 2 + 5, var (b − a) = 1 + 1 + 1
    expect(mean(compared.map(({ variance }) => variance!.independent / 7))).toBeCloseTo(1, 1);
    expect(mean(compared.map(({ variance }) => variance!.paired / 3))).toBeCloseTo(1, 1);
  });

  it('of a setting with itself is 0, not sure, and leaves no variance', () => {
    const same = comparePairs(judged([10, 11, 13]), judged([10, 11, 13]));
    expect(same).toMatchObject({ difference: 0, halfWidth: 0, isSure: false, saved: null });
    expect(same.correlation).toBeCloseTo(1, 12);
    expect(same.ratio!.value).toBe(1);
    expect(same.ratio!.high! - same.ratio!.low!).toBeLessThan(1e-6);
  });

  it('leaves out pairs of which one had nothing to measure, and says what few pairs can say', () => {
    const nothing = { halfWidth: null, isSure: false, enough: false, variance: null, saved: null, correlation: null };
    expect(comparePairs(judged([1, null, 3]), judged([3, 4, null]))).toEqual({
      pairs: 1,
      a: 1,
      b: 3,
      difference: 2,
      ratio: { value: 3, low: null, high: null },
      ...nothing,
    });
    expect(comparePairs([], [])).toEqual({ pairs: 0, a: null, b: null, difference: null, ratio: null, ...nothing });
  });

  it('is not enough where the runs of either are shorter than its memory, however sure (M3)', () => {
    const short = comparePairs(judged([1, 2, 3]), judged([5, 6, 7], 0.7));
    expect(short).toMatchObject({ isSure: true, enough: false });
  });
});

describe('the warm-up that MSER-5 suggests', () => {
  const hum = (i: number) => (i % 2 === 0 ? 0.1 : -0.1);

  it('is what comes before a step, in fives', () => {
    for (const [step, cut] of [
      [100, 100],
      [103, 105],
      [0, 0],
    ] as const)
      expect(suggestWarmUp(Array.from({ length: 500 }, (_, i) => (i < step ? 10 : 0) + hum(i)))).toBe(cut);
  });

  it('is nothing for a series that stays as it is', () => {
    expect(suggestWarmUp(Array.from({ length: 100 }, () => 7))).toBe(0);
  });

  it('leaves out most of a start that dies away in noise, and little where there is none', () => {
    const draw = normals('warm-up');
    const series = (trial: number, start: number) =>
      Array.from({ length: 1000 }, (_, i) => 10 + start * Math.exp(-i / 40) + draw(trial * 1000 + i));
    const trials = Array.from({ length: 200 }, (_, trial) => trial);
    // the start weighs as much as the noise of one reading after 40 ln 8 = 83 readings, and as a tenth of it after 175
    const cuts = trials.map((trial) => suggestWarmUp(series(trial, -8)));
    expect(cuts.filter((cut) => cut !== null && cut >= 60 && cut <= 300).length).toBeGreaterThan(190);
    const left = trials.map((trial, i) => mean(series(trial, -8).slice(cuts[i]!)));
    // 10 is true; with its start the series would give 9.68
    expect(Math.abs(mean(left) - 10)).toBeLessThan(0.03);
    const idle = trials.map((trial) => suggestWarmUp(series(trial, 0)) ?? 500).toSorted((a, b) => a - b);
    expect(idle[100]).toBeLessThan(100);
  });

  it('is not to be had where the series never settles, or is short', () => {
    expect(suggestWarmUp(Array.from({ length: 500 }, (_, i) => i))).toBeNull();
    expect(suggestWarmUp(Array.from({ length: 49 }, () => 7))).toBeNull();
  });

  it('passes over readings in which nothing was observed', () => {
    const series = Array.from(
      { length: 500 },
      (_, i) => (i < 100 ? 10 : 0) + (Math.floor(i / 5) % 2 === 0 ? 0.1 : -0.1),
    );
    const gappy = series.map((reading, i) => (i % 3 === 0 || (i >= 50 && i < 60) ? NaN : reading));
    expect(suggestWarmUp(gappy)).toBe(100);
  });
});
