/**
 * Moments of the laws of durations, from the parameters that textbooks give. Times are in units of time. A moment that a
 * heavy tail does not have is Infinity. How values are drawn is in simulations/distributions/.
 */
import { exp } from '../engine/elementary.ts';
import { gamma } from './special-functions.ts';

/** What the closed forms of queues ask of a law. */
export interface Moments {
  mean: number;
  /** Squared coefficient of variation. */
  cv2: number;
  /** Third moment, E[X³], in cubed units of time. */
  third: number;
}

/** Always the same. */
export function constantMoments(mean: number): Moments {
  return { mean, cv2: 0, third: mean * mean * mean };
}

/** Exponential. */
export function exponentialMoments(mean: number): Moments {
  return { mean, cv2: 1, third: 6 * mean * mean * mean };
}

/** Uniform between two values. */
export function uniformMoments(min: number, max: number): Moments {
  const mean = (min + max) / 2;
  return { mean, cv2: ((max - min) * (max - min)) / 12 / (mean * mean), third: mean * (min * min + max * max) * 0.5 };
}

/** Gamma. @param cv2 above 0. */
export function gammaMoments(mean: number, cv2: number): Moments {
  return { mean, cv2, third: mean * mean * mean * (1 + cv2) * (1 + 2 * cv2) };
}

/** Erlang: the sum of k equal exponential times. @param mean of the sum. @param k a whole number, 1 or more. */
export function erlangMoments(mean: number, k: number): Moments {
  return gammaMoments(mean, 1 / k);
}

/** Exponential of one of several kinds. @param kinds share and mean of each; the shares add up to 1. */
export function hyperexponentialMoments(kinds: readonly { share: number; mean: number }[]): Moments {
  const sum = (of: (mean: number) => number) => kinds.reduce((all, { share, mean }) => all + share * of(mean), 0);
  const mean = sum((m) => m);
  return { mean, cv2: (2 * sum((m) => m * m)) / (mean * mean) - 1, third: 6 * sum((m) => m * m * m) };
}

/** Lognormal. @param mean of the values. @param cv2 0 or more. */
export function lognormalMoments(mean: number, cv2: number): Moments {
  const growth = 1 + cv2;
  return { mean, cv2, third: mean * mean * mean * growth * growth * growth };
}

/** Lognormal by the mean and the standard deviation of the values' logarithm. */
export function lognormalMomentsOfLog(mu: number, sigma: number): Moments {
  const growth = exp(sigma * sigma);
  return lognormalMoments(exp(mu + (sigma * sigma) / 2), growth - 1);
}

/**
 * Weibull: mean = scale × Γ(1 + 1/shape). Source: Weibull (1951).
 * @param shape above 0: below 1 the young fail, at 1 it is exponential, above 1 the old fail.
 */
export function weibullMoments(scale: number, shape: number): Moments {
  const first = gamma(1 + 1 / shape);
  return {
    mean: scale * first,
    cv2: gamma(1 + 2 / shape) / (first * first) - 1,
    third: scale * scale * scale * gamma(1 + 3 / shape),
  };
}

/**
 * Pareto: P(X > x) = (least / x)^shape.
 * @param least above 0. @param shape above 0; the n-th moment is finite where shape is above n.
 */
export function paretoMoments(least: number, shape: number): Moments {
  return {
    mean: shape > 1 ? (shape * least) / (shape - 1) : Infinity,
    cv2: shape > 2 ? 1 / (shape * (shape - 2)) : Infinity,
    third: shape > 3 ? (shape * least * least * least) / (shape - 3) : Infinity,
  };
}
