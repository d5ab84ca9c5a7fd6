/**
 * Closed forms of a request that calls several at once and waits for all, or calls a second when the first is slow.
 * Times are in units of time; branches are independent, and have no queue unless it is said.
 */
import { exp, log } from '../engine/elementary.ts';
import { atLeastOne, expm1, harmonic } from './special-functions.ts';

/** Mean of the slowest of n exponential branches: mean × (1 + 1/2 + … + 1/n). @param n 1 or more. */
export function slowestMean(mean: number, n: number): number {
  return mean * harmonic(n);
}

/** The p-quantile of the slowest of n exponential branches. @param p 0 to 1. */
export function slowestQuantile(mean: number, n: number, p: number): number {
  return -mean * log(-expm1(log(p) / n));
}

/** Which quantile of one branch is the p-quantile of the slowest of n, whatever their law: p^(1/n). @param p 0 to 1. */
export function branchQuantile(p: number, n: number): number {
  return exp(log(p) / n);
}

/** Mean time until k of n exponential branches have answered, as a quorum waits. @param k 1 to n. */
export function quorumMean(mean: number, n: number, k: number): number {
  return mean * (harmonic(n) - harmonic(n - k));
}

/**
 * The chance that at least one of n branches is slow: 1 − (1 − p)^n. Source: Dean and Barroso, The tail at scale, CACM 56
 * (2013).
 * @param slow the chance that one is, 0 to 1.
 */
export function slowShare(slow: number, n: number): number {
  return atLeastOne(slow, n);
}

/** The same when each branch has an ideal hedge, which is slow only where both copies are: 1 − (1 − p²)^n. */
export function hedgedSlowShare(slow: number, n: number): number {
  return atLeastOne(slow * slow, n);
}

/**
 * One exponential call with a second sent after a delay, if there is no answer yet; the first answer counts.
 * @param mean of each copy. @param delay 0 or more. @returns the mean response, and the share of calls that send the second.
 */
export function hedged(mean: number, delay: number) {
  const extra = exp(-delay / mean);
  return { mean: mean * (1 - extra / 2), extra };
}

/** The p-quantile of such a call. @param p 0 to 1. */
export function hedgedQuantile(mean: number, delay: number, p: number): number {
  const alone = -mean * log(1 - p);
  return alone <= delay ? alone : (alone + delay) / 2;
}

/**
 * Mean response of a request that splits over two M/M/1 queues, fed alike, and waits for both: (12 − ρ)/8 times that of
 * one. Source: Flatto and Hahn (1984); Nelson and Tantawi, IEEE TC 37 (1988).
 * @param rate of requests. Infinity without a steady state.
 */
export function responseForkJoin2(rate: number, serviceTime: number): number {
  const rho = rate * serviceTime;
  return rho < 1 ? ((12 - rho) / 8) * (serviceTime / (1 - rho)) : Infinity;
}

/**
 * The same over n queues: an approximation, within 5 percent for n up to 32, exact for 1 and 2 and at no load.
 * Source: Nelson and Tantawi (1988).
 */
export function responseForkJoin(rate: number, serviceTime: number, n: number): number {
  const rho = rate * serviceTime;
  if (rho >= 1) return Infinity;
  if (n === 1) return serviceTime / (1 - rho);
  const growth = harmonic(n) / harmonic(2);
  return (growth + (4 / 11) * (1 - growth) * rho) * responseForkJoin2(rate, serviceTime);
}
