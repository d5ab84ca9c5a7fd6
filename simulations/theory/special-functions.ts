/** Special functions and root finding that the closed forms need, built on the engine's elementary functions alone. */
import { exp, log, pow } from '../engine/elementary.ts';

/** e^x − 1 without the loss of digits near 0. @param x any number. */
export function expm1(x: number): number {
  if (Math.abs(x) > 0.5) return exp(x) - 1;
  let sum = 0;
  // |x| ≤ ½: the twentieth term is below 2^-80
  for (let n = 20; n >= 1; n--) sum = ((1 + sum) * x) / n;
  return sum;
}

/** ln(1 + x) without the loss of digits near 0. @param x above −1. */
export function log1p(x: number): number {
  const rounded = 1 + x;
  // what 1 + x lost in rounding is given back in proportion (Kahan)
  return rounded === 1 ? x : (log(rounded) * x) / (rounded - 1);
}

/** (e^x − 1) / x, which is 1 at 0: the mean of e^(xu) over u from 0 to 1. */
export function meanExponential(x: number): number {
  return x === 0 ? 1 : expm1(x) / x;
}

/** 1 − (1 − p)^n: the chance of at least one of n independent events. @param p 0 to 1. @param n 0 or more. */
export function atLeastOne(p: number, n: number): number {
  return n === 0 ? 0 : -expm1(n * log1p(-p));
}

/** x to a whole power, by multiplication: exact wherever the products are. @param n 0 or more. */
export function wholePower(x: number, n: number): number {
  let product = 1;
  for (let i = 0; i < n; i++) product *= x;
  return product;
}

/** Lanczos' coefficients for g = 7 and nine terms, as computed by Godfrey (2001). */
const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/**
 * ln Γ(x), within about 1e-15 of its size. Source: Lanczos, SIAM Journal on Numerical Analysis B 1 (1964).
 * @param x above 0.
 */
export function logGamma(x: number): number {
  if (x < 0.5) return logGamma(x + 1) - log(x);
  let series = LANCZOS[0]!;
  for (let i = 1; i < 9; i++) series += LANCZOS[i]! / (x - 1 + i);
  const t = x + 6.5;
  return (x - 0.5) * log(t) - t + log(Math.sqrt(2 * Math.PI) * series);
}

/** Γ(x), relative error about 1e-14. @param x above 0; above 171.6 the result is Infinity. */
export function gamma(x: number): number {
  // whole numbers are exact as long as a double can hold them
  if (Number.isInteger(x) && x > 0 && x <= 171) {
    let product = 1;
    for (let n = 2; n < x; n++) product *= n;
    return product;
  }
  if (x < 0.5) return gamma(x + 1) / x;
  let series = LANCZOS[0]!;
  for (let i = 1; i < 9; i++) series += LANCZOS[i]! / (x - 1 + i);
  const t = x + 6.5;
  // the power is split, so that it does not overflow before e^-t brings it down
  const half = pow(t, (x - 0.5) / 2);
  return Math.sqrt(2 * Math.PI) * series * half * exp(-t) * half;
}

/** The n-th harmonic number 1 + 1/2 + … + 1/n. @param n a whole number, 0 or more. */
export function harmonic(n: number): number {
  let sum = 0;
  for (let i = n; i >= 1; i--) sum += 1 / i;
  return sum;
}

/** Shares of the Poisson law for 0 … `most` events. @param mean 0 to 1e4. */
export function poissonShares(mean: number, most: number): number[] {
  return Array.from({ length: most + 1 }, (_, n) =>
    mean === 0 ? (n === 0 ? 1 : 0) : exp(n * log(mean) - mean - logGamma(n + 1)),
  );
}

/** The chance of more than n events under the Poisson law. @param mean 0 to 1e4. @param n a whole number, −1 or more. */
export function poissonTail(mean: number, n: number): number {
  if (mean === 0) return n < 0 ? 1 : 0;
  let sum = 0;
  if (n < mean) {
    let share = exp(n * log(mean) - mean - logGamma(n + 1));
    for (let k = n; k >= 0; k--) {
      sum += share;
      share *= k / mean;
    }
    return 1 - sum;
  }
  // above the mean the far side is summed by itself: 1 − (almost 1) would leave no digits
  let share = exp((n + 1) * log(mean) - mean - logGamma(n + 2));
  for (let k = n + 1; share > sum * 1e-18; k++) {
    sum += share;
    share *= mean / (k + 1);
  }
  return sum;
}

/**
 * Where a falling function crosses 0, to the last bit that bisection can tell.
 * @param f not negative at `low`, not positive at `high`, falling between them.
 */
export function fallsToZero(f: (x: number) => number, low: number, high: number): number {
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (f(middle) > 0) low = middle;
    else high = middle;
  }
}

/**
 * The p-quantile of a time whose tail is known: where `tail` has fallen to 1 − p.
 * @param tail share of times longer than t, falling to 0. @param scale a time of the order of the mean, to begin with.
 * @param p 0 to 1.
 */
export function quantileOfTail(tail: (t: number) => number, scale: number, p: number): number {
  if (p >= 1) return Infinity;
  const left = 1 - p;
  if (tail(0) <= left) return 0;
  let high = scale;
  while (tail(high) > left) high *= 2;
  return fallsToZero((t) => tail(t) - left, 0, high);
}
