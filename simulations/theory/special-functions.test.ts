import { describe, expect, it } from 'vitest';
import { solve, stationary } from './matrices.ts';
import {
  atLeastOne,
  expm1,
  gamma,
  harmonic,
  log1p,
  logGamma,
  meanExponential,
  poissonShares,
  poissonTail,
  quantileOfTail,
} from './special-functions.ts';

describe('special functions', () => {
  it('the gamma function is the factorial, and the square root of pi at one half', () => {
    expect(gamma(1)).toBe(1);
    expect(gamma(6)).toBe(120);
    expect(gamma(171) / 7.257415615307994e306).toBeCloseTo(1, 13);
    expect(gamma(0.5)).toBeCloseTo(Math.sqrt(Math.PI), 13);
    expect(gamma(4 / 3)).toBeCloseTo(0.8929795115692493, 14); // Abramowitz and Stegun, table 6.1
    expect(gamma(170.6) / gamma(169.6)).toBeCloseTo(169.6, 10);
    expect(logGamma(10)).toBeCloseTo(Math.log(362880), 13);
    expect(logGamma(0.1)).toBeCloseTo(Math.log(9.51350769866873), 13);
  });

  it('keeps its digits next to nothing', () => {
    for (const x of [-0.7, -0.3, -1e-9, 1e-12, 0.2, 0.4999, 3]) {
      expect(expm1(x) / Math.expm1(x)).toBeCloseTo(1, 14);
      expect(log1p(x) / Math.log1p(x)).toBeCloseTo(1, 14);
    }
    expect(log1p(0)).toBe(0);
    expect(meanExponential(0)).toBe(1);
    expect(atLeastOne(1e-15, 7) / 7e-15).toBeCloseTo(1, 12);
    expect(atLeastOne(1, 3)).toBe(1);
    expect(atLeastOne(0.5, 0)).toBe(0);
  });

  it('the Poisson law adds up, from either end', () => {
    const shares = poissonShares(10, 60);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 13);
    expect(poissonTail(10, 15)).toBeCloseTo(0.0487404033, 10);
    expect(poissonTail(10, 4)).toBeCloseTo(1 - shares.slice(0, 5).reduce((sum, share) => sum + share, 0), 13);
    expect(poissonTail(10, -1)).toBe(1);
    // 1 event where 1e-6 are expected: far below what 1 minus the rest could tell
    expect(poissonTail(1e-6, 1) / 4.999996666668e-13).toBeCloseTo(1, 10);
    expect(poissonShares(0, 2)).toEqual([1, 0, 0]);
  });

  it('a harmonic number is a sum of fractions', () => {
    expect(harmonic(0)).toBe(0);
    expect(harmonic(4)).toBeCloseTo(25 / 12, 14);
  });

  it('a quantile is where the tail is what is left', () => {
    expect(quantileOfTail((t) => Math.exp(-t), 1, 0.99)).toBeCloseTo(Math.log(100), 12);
    expect(quantileOfTail((t) => 0.3 * Math.exp(-t), 1, 0.7)).toBe(0);
    expect(quantileOfTail((t) => Math.exp(-t), 1, 1)).toBe(Infinity);
  });
});

describe('matrices', () => {
  it('equations are solved also where a pivot is 0', () => {
    const answer = solve(
      [
        [0, 2],
        [3, 1],
      ],
      [[4], [5]],
    );
    expect(answer).toEqual([[expect.closeTo(1, 14)], [expect.closeTo(2, 14)]]);
    const singular = [
      [1, 2],
      [2, 4],
    ];
    expect(() => solve(singular, [[1], [1]])).toThrow('singular');
  });

  it('the stationary shares of a chain of two states are those of its mean stays', () => {
    const shares = stationary([
      [-1 / 3, 1 / 3],
      [1, -1],
    ]);
    expect(shares[0]).toBeCloseTo(0.75, 14);
    expect(shares[1]).toBeCloseTo(0.25, 14);
  });
});
