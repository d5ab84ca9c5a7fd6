import { describe, expect, it } from 'vitest';
import { stream, uniform } from '../engine/draws.ts';
import { normalQuantile } from '../engine/elementary.ts';
import {
  cv2Of,
  distribution,
  durationSampler,
  exponential,
  isConstant,
  isExponential,
  meanOf,
  sampler,
  type Distribution,
} from './index.ts';

const N = 200_000;

const laws: [string, Distribution][] = [
  ['constant', { law: 'constant', mean: 3 }],
  ['exponential', { law: 'exponential', mean: 0.2 }],
  ['Erlang, few phases', { law: 'erlang', mean: 2, phases: 3 }],
  ['Erlang, many phases', { law: 'erlang', mean: 2, phases: 40 }],
  ['gamma, nearly constant', { law: 'gamma', mean: 2, cv2: 0.1 }],
  ['gamma, very variable', { law: 'gamma', mean: 2, cv2: 4 }],
  ['lognormal', { law: 'lognormal', mean: 1, cv2: 2.25 }],
  ['normal, folded in half', { law: 'normal', mean: 0, deviation: 2 }],
  ['normal, folded a little', { law: 'normal', mean: 3, deviation: 2 }],
  ['normal, not folded', { law: 'normal', mean: 50, deviation: 2 }],
  ['hyperexponential', { law: 'hyperexponential', mean: 1, cv2: 10 }],
  ['Weibull, failing early', { law: 'weibull', shape: 0.7, scale: 3 }],
  ['Weibull, wearing out', { law: 'weibull', shape: 3, scale: 3 }],
  ['Pareto', { law: 'pareto', shape: 6, min: 2 }],
  ['Pareto, cut off', { law: 'pareto', shape: 1.5, min: 2, max: 50 }],
  ['Pareto, cut off, with shape 1', { law: 'pareto', shape: 1, min: 2, max: 50 }],
  ['uniform', { law: 'uniform', min: 1, max: 5 }],
  ['empirical', { law: 'empirical', values: [4, { value: 1, weight: 3 }, 2.5, { value: 9, weight: 0.25 }] }],
  ['varied below 1', { law: 'varied', mean: 1, cv2: 0.5 }],
  ['varied above 1', { law: 'varied', mean: 1, cv2: 6 }],
];

function moments(d: Distribution, purpose = 'demand') {
  const draw = sampler(d, stream(5, 0, 'server', purpose));
  let sum = 0;
  let squares = 0;
  let fourth = 0;
  const mean = meanOf(d);
  let least = Infinity;
  for (let request = 0; request < N; request++) {
    const value = draw(request, 0);
    least = Math.min(least, value);
    sum += value;
    squares += (value - mean) * (value - mean);
    fourth += (value - mean) ** 4;
  }
  return { mean: sum / N, variance: squares / N, fourth: fourth / N, least };
}

describe('every distribution has the mean and the variation that it says', () => {
  it.each(laws)('%s', (_, d) => {
    const { mean, variance, fourth, least } = moments(d);
    const expectedVariance = cv2Of(d) * meanOf(d) ** 2;
    expect(least).toBeGreaterThanOrEqual(0);
    // within four standard errors
    expect(Math.abs(mean - meanOf(d))).toBeLessThanOrEqual(4 * Math.sqrt(expectedVariance / N) + 1e-12);
    expect(Math.abs(variance - expectedVariance)).toBeLessThanOrEqual(
      4 * Math.sqrt(Math.max(0, fourth - variance ** 2) / N) + 1e-12,
    );
  });

  it('mean and variation are those of the closed forms', () => {
    const both = (d: Distribution) => [meanOf(d), cv2Of(d)] as const;
    const close = (d: Distribution, mean: number, cv2: number) => {
      expect(both(d)[0] / mean).toBeCloseTo(1, 12);
      expect(both(d)[1] / cv2).toBeCloseTo(1, 11);
    };
    close({ law: 'erlang', mean: 7, phases: 4 }, 7, 0.25);
    // Γ(3) = 2 and Γ(5) = 24; Γ(3/2) = √π / 2 and Γ(2) = 1; Γ(11) = 10! and Γ(21) = 20!
    close({ law: 'weibull', shape: 0.5, scale: 100 }, 200, 5);
    close({ law: 'weibull', shape: 2, scale: 1 }, Math.sqrt(Math.PI) / 2, 4 / Math.PI - 1);
    close({ law: 'weibull', shape: 0.1, scale: 1 }, 3_628_800, 2_432_902_008_176_640_000 / 3_628_800 ** 2 - 1);
    // half-normal: σ√(2/π)
    close({ law: 'normal', mean: 0, deviation: 3 }, 3 * Math.sqrt(2 / Math.PI), Math.PI / 2 - 1);
    // mean and deviation 1: 2φ(1) + 2Φ(1) − 1, from a printed table
    expect(meanOf({ law: 'normal', mean: 1, deviation: 1 })).toBeCloseTo(
      2 * 0.2419707245191434 + 0.6826894921370859,
      14,
    );
    close({ law: 'normal', mean: 20, deviation: 1 }, 20, 1 / 400);
    close({ law: 'pareto', shape: 3, min: 2 }, 3, 1 / 3);
    // shape 1 cut off: L·H / (H − L) · ln(H / L), and the second moment L·H
    const mean = (100 / 99) * Math.log(100);
    close({ law: 'pareto', shape: 1, min: 1, max: 100 }, mean, 100 / mean ** 2 - 1);
    expect(meanOf({ law: 'pareto', shape: 1 + 1e-9, min: 1, max: 100 })).toBeCloseTo(mean, 7);
    close({ law: 'uniform', min: 0, max: 2 }, 1, 1 / 3);
    close({ law: 'empirical', values: [{ value: 1, weight: 3 }, 5] }, 2, 3 / 4);
  });

  it('a Pareto law without an end has no mean for shape 1 and below, and no variance for 2 and below', () => {
    expect(meanOf({ law: 'pareto', shape: 1, min: 1 })).toBe(Infinity);
    expect(cv2Of({ law: 'pareto', shape: 0.5, min: 1 })).toBe(Infinity);
    expect(meanOf({ law: 'pareto', shape: 2, min: 1 })).toBe(2);
    expect(cv2Of({ law: 'pareto', shape: 2, min: 1 })).toBe(Infinity);
    expect(cv2Of({ law: 'pareto', shape: 0.5, min: 1, max: 1e6 })).toBeLessThan(Infinity);
  });
});

/** The share of draws that are at most `value`. */
function shareUpTo(d: Distribution, value: number): number {
  const draw = sampler(d, stream(9, 0, 'server', 'demand'));
  let below = 0;
  for (let request = 0; request < N; request++) if (draw(request, 0) <= value) below++;
  return below / N;
}

describe('as many draws lie below a quantile as the closed form says', () => {
  const quantiles: [string, Distribution, (p: number) => number][] = [
    ['exponential', { law: 'exponential', mean: 2 }, (p) => -2 * Math.log(1 - p)],
    ['Weibull', { law: 'weibull', shape: 0.5, scale: 3 }, (p) => 3 * Math.log(1 - p) ** 2],
    ['Pareto', { law: 'pareto', shape: 1.2, min: 2 }, (p) => 2 * (1 - p) ** (-1 / 1.2)],
    [
      'Pareto, cut off',
      { law: 'pareto', shape: 2, min: 1, max: 10 },
      // 1 − F(x) = (x^-2 − 1/100) / (1 − 1/100)
      (p) => 1 / Math.sqrt(0.01 + 0.99 * (1 - p)),
    ],
    ['normal', { law: 'normal', mean: 10, deviation: 1 }, (p) => 10 + normalQuantile(p)],
    ['normal, folded', { law: 'normal', mean: 0, deviation: 1 }, (p) => normalQuantile((1 + p) / 2)],
    ['lognormal', { law: 'lognormal', mean: 1, cv2: Math.E - 1 }, (p) => Math.exp(normalQuantile(p) - 0.5)],
    ['uniform', { law: 'uniform', min: 1, max: 3 }, (p) => 1 + 2 * p],
    ['Erlang', { law: 'erlang', mean: 2, phases: 2 }, (p) => solve((x) => 1 - (1 + x) * Math.exp(-x), p)],
    [
      'Erlang with ten phases',
      { law: 'erlang', mean: 10, phases: 10 },
      (p) => solve((x) => 1 - Math.exp(-x) * poissonSum(x, 10), p),
    ],
    ['gamma', { law: 'gamma', mean: 10, cv2: 0.1 }, (p) => solve((x) => 1 - Math.exp(-x) * poissonSum(x, 10), p)],
  ];

  it.each(quantiles)('%s', (_, d, quantile) => {
    for (const p of [0.01, 0.25, 0.5, 0.9, 0.999])
      expect(Math.abs(shareUpTo(d, quantile(p)) - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / N));
  });

  function poissonSum(x: number, terms: number): number {
    let term = 1;
    let sum = 1;
    for (let k = 1; k < terms; k++) sum += term *= x / k;
    return sum;
  }

  function solve(rising: (x: number) => number, p: number): number {
    let low = 0;
    let high = 100;
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (rising(middle) < p) low = middle;
      else high = middle;
    }
    return low;
  }

  it('each value of an empirical law comes as often as its weight says', () => {
    const draw = sampler(
      { law: 'empirical', values: [4, { value: 1, weight: 3 }, { value: 7, weight: 0 }, 2.5] },
      stream(9, 0, 'server', 'demand'),
    );
    const times = new Map<number, number>();
    for (let i = 0; i < N; i++) times.set(draw(i, 3), (times.get(draw(i, 3)) ?? 0) + 1);
    expect([...times.keys()].sort((a, b) => a - b)).toEqual([1, 2.5, 4]);
    for (const [value, share] of [
      [1, 0.6],
      [2.5, 0.2],
      [4, 0.2],
    ] as const)
      expect(Math.abs(times.get(value)! / N - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / N));
  });

  it('an end that is given is never passed', () => {
    const draw = sampler({ law: 'pareto', shape: 0.1, min: 1, max: 3 }, stream(9, 0, 'server', 'demand'));
    for (let i = 0; i < 10_000; i++) {
      expect(draw(i, 0)).toBeGreaterThanOrEqual(1);
      expect(draw(i, 0)).toBeLessThanOrEqual(3);
    }
  });
});

describe('one law under two names is drawn alike', () => {
  const s = stream(1, 0, 'a', 'b');
  const draws = (d: Distribution) => Array.from({ length: 50 }, (_, i) => sampler(d, s)(i, 0));

  it('gamma, Erlang, Weibull and hyperexponential are the exponential where they should be', () => {
    const same: Distribution[] = [
      { law: 'gamma', mean: 2, cv2: 1 },
      { law: 'varied', mean: 2, cv2: 1 },
      { law: 'hyperexponential', mean: 2, cv2: 1 },
      { law: 'erlang', mean: 2, phases: 1 },
      { law: 'weibull', shape: 1, scale: 2 },
    ];
    const plain = draws({ law: 'exponential', mean: 2 });
    for (const d of same) {
      expect(isExponential(d)).toBe(true);
      expect(draws(d)).toEqual(plain);
    }
    expect(isExponential({ law: 'erlang', mean: 2, phases: 2 })).toBe(false);
    expect(isExponential({ law: 'uniform', min: 0, max: 1 })).toBe(false);
    expect(Array.from({ length: 50 }, (_, i) => exponential(2, s)(i, 0))).toEqual(plain);
  });

  it('Erlang with so many phases that it is drawn as a gamma is that gamma', () => {
    expect(draws({ law: 'erlang', mean: 2, phases: 8 })).toEqual(draws({ law: 'gamma', mean: 2, cv2: 1 / 8 }));
  });

  it('whatever cannot vary is constant', () => {
    const constants: Distribution[] = [
      { law: 'constant', mean: 2 },
      { law: 'gamma', mean: 2, cv2: 0 },
      { law: 'lognormal', mean: 2, cv2: 0 },
      { law: 'varied', mean: 2, cv2: 0 },
      { law: 'normal', mean: 2, deviation: 0 },
      { law: 'uniform', min: 2, max: 2 },
      { law: 'empirical', values: [2, { value: 2, weight: 0.3 }, { value: 5, weight: 0 }] },
    ];
    for (const d of constants) {
      expect(isConstant(d)).toBe(true);
      expect(cv2Of(d)).toBe(0);
      expect(draws(d)).toEqual(Array(50).fill(2));
    }
    for (const d of [
      { law: 'exponential', mean: 0 },
      { law: 'lognormal', mean: 0, cv2: 2 },
      { law: 'weibull', shape: 2, scale: 0 },
    ] as const) {
      expect(isConstant(d)).toBe(true);
      expect(draws(d)).toEqual(Array(50).fill(0));
    }
    expect(isConstant({ law: 'exponential', mean: 2 })).toBe(false);
    expect(isConstant({ law: 'pareto', shape: 2, min: 1 })).toBe(false);
  });

  it('a customer who takes long under one law takes long under another: the order of customers stays', () => {
    const inverted: Distribution[] = [
      { law: 'exponential', mean: 1 },
      { law: 'lognormal', mean: 1, cv2: 3 },
      { law: 'weibull', shape: 0.5, scale: 1 },
      { law: 'pareto', shape: 1, min: 1, max: 9 },
      { law: 'uniform', min: 0, max: 1 },
      { law: 'normal', mean: 100, deviation: 1 },
    ];
    const order = Array.from({ length: 50 }, (_, i) => i).sort((a, b) => uniform(s, b, 0) - uniform(s, a, 0));
    for (const d of inverted) {
      const values = draws(d);
      expect(Array.from({ length: 50 }, (_, i) => i).sort((a, b) => values[a]! - values[b]!)).toEqual(order);
    }
    const rough = draws({ law: 'empirical', values: [2, 3, 5, 7] });
    expect(order.map((i) => rough[i])).toEqual(rough.toSorted((a, b) => a - b));
  });
});

describe("a customer's value does not depend on who is drawn before (R2)", () => {
  it.each(laws)('%s', (_, d) => {
    const s = stream(5, 0, 'server', 'demand');
    const path = -0x7654321;
    const forwards = sampler(d, s);
    const jumping = sampler(d, s);
    const inOrder = Array.from({ length: 300 }, (_, request) => forwards(request, path));
    const order = Array.from({ length: 300 }, (_, i) => (i * 131) % 300);
    for (const request of order) expect(jumping(request, path)).toBe(inOrder[request]);
    expect(forwards(7, 1)).toBe(jumping(7, 1));
    expect(forwards(2 ** 33 + 1, 0x7fffffff)).toBe(jumping(2 ** 33 + 1, 0x7fffffff));
    if (!isConstant(d) && d.law !== 'empirical') expect(forwards(7, 1)).not.toBe(forwards(7, 2));
  });
});

describe('durations are whole ticks (T3)', () => {
  const s = stream(5, 0, 'server', 'demand');

  it.each(laws)('%s', (_, d) => {
    const plain = sampler(d, s);
    const inTicks = durationSampler(d, s, 1000);
    for (let i = 0; i < 200; i++) expect(inTicks(i, 9)).toBe(Math.round(plain(i, 9) * 1000));
  });

  it('are rounded to the nearest and never longer than 2^50', () => {
    expect(durationSampler({ law: 'constant', mean: 2.6 }, s, 1)(0, 0)).toBe(3);
    expect(durationSampler({ law: 'constant', mean: 1e12 }, s, 1e6)(0, 0)).toBe(2 ** 50);
    const endless = durationSampler({ law: 'pareto', shape: 0.1, min: 1e6 }, s, 1e6);
    const ticks = Array.from({ length: 2000 }, (_, i) => endless(i, 0));
    expect(Math.max(...ticks)).toBe(2 ** 50);
    expect(ticks.every(Number.isSafeInteger)).toBe(true);
  });
});

describe('the schema', () => {
  const accepts = (value: unknown) => distribution.safeParse(value).success;

  it.each(laws)('takes %s as it stands', (_, d) => {
    expect(distribution.parse(d)).toEqual(d);
  });

  it.each([
    ['an unknown law', { law: 'cauchy', mean: 1 }],
    ['a setting of another law', { law: 'exponential', mean: 1, cv2: 2 }],
    ['a negative mean', { law: 'exponential', mean: -1 }],
    ['half a phase', { law: 'erlang', mean: 1, phases: 2.5 }],
    ['no phase', { law: 'erlang', mean: 1, phases: 0 }],
    ['too many phases', { law: 'erlang', mean: 1, phases: 1001 }],
    ['a negative deviation', { law: 'normal', mean: 1, deviation: -1 }],
    ['a shape of 0', { law: 'weibull', shape: 0, scale: 1 }],
    ['a Pareto law from 0', { law: 'pareto', shape: 1, min: 0 }],
    ['a Pareto law that ends where it begins', { law: 'pareto', shape: 1, min: 2, max: 2 }],
    ['a uniform law that ends before it begins', { law: 'uniform', min: 2, max: 1 }],
    ['no values', { law: 'empirical', values: [] }],
    ['a negative value', { law: 'empirical', values: [1, -1] }],
    ['values without any weight', { law: 'empirical', values: [{ value: 1, weight: 0 }] }],
    ['a value without a weight', { law: 'empirical', values: [{ value: 1 }] }],
    ['too many values', { law: 'empirical', values: Array(1001).fill(1) }],
    ['infinity', { law: 'constant', mean: Infinity }],
    ['not a number', { law: 'constant', mean: NaN }],
  ])('refuses %s', (_, value) => {
    expect(accepts(value)).toBe(false);
  });

  it('says where a contradiction is', () => {
    const { error } = distribution.safeParse({ law: 'uniform', min: 2, max: 1 });
    expect(error!.issues).toMatchObject([{ path: ['max'], message: 'less than `min`' }]);
  });
});
