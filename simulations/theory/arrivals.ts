/**
 * Queues with one exponential server (or a general one before batches) whose arrivals are not Poisson: in batches, in
 * bursts, or more regular than chance. Rates are per unit of time, times in units of time; without a steady state times
 * are Infinity.
 */
import { exp } from '../engine/elementary.ts';
import { fallsToZero, log1p } from './special-functions.ts';
import { longRun } from './quasi-birth-death.ts';

/**
 * Mean wait in line in M^[X]/G/1: batches come at random, and the members of one wait for each other. Source: Gaver
 * (1959); Burke, Operations Research 23 (1975). Batches of one give waitMG1.
 * @param batchRate batches per unit of time. @param batch mean size, and mean of the squared size: k and k² when it is
 * always k, m and 2m² − m when geometric.
 */
export function waitBatchMG1(
  batchRate: number,
  batch: { mean: number; meanSquare: number },
  serviceTime: number,
  cv2: number,
): number {
  const rho = batchRate * batch.mean * serviceTime;
  if (rho >= 1) return Infinity;
  const others = (batch.meanSquare / batch.mean - 1) / 2;
  return (serviceTime * ((rho * (1 + cv2)) / 2 + others)) / (1 - rho);
}

/** The Laplace transform of the gaps between arrivals, E[e^(−s gap)], for s ≥ 0. */
export type GapTransform = (s: number) => number;

/**
 * Gaps that are gamma distributed.
 * @param rate arrivals per unit of time. @param cv2 squared coefficient of variation: 0 constant, 1/k Erlang, 1
 * exponential.
 */
export function gammaGaps(rate: number, cv2: number): GapTransform {
  return cv2 === 0 ? (s) => exp(-s / rate) : (s) => exp(-log1p((s * cv2) / rate) / cv2);
}

/**
 * Gaps that are the sum of k equal exponential ones: what one of k servers gets of Poisson traffic in turn.
 * @param rate arrivals per unit of time.
 */
export function erlangGaps(rate: number, k: number): GapTransform {
  return gammaGaps(rate, 1 / k);
}

/** Gaps that are exponential of one of several kinds. @param kinds share and rate of each; the shares add up to 1. */
export function hyperexponentialGaps(kinds: readonly { share: number; rate: number }[]): GapTransform {
  return (s) => kinds.reduce((sum, { share, rate }) => sum + (share * rate) / (rate + s), 0);
}

/**
 * G/M/1: the share of customers who find the server busy, the root below 1 of σ = E[e^(−(1 − σ) gap / serviceTime)].
 * Source: Kendall (1953); Kleinrock I, ch. 6.
 * @param rate of the same gaps, arrivals per unit of time. @returns 1 without a steady state.
 */
export function delayedGM1(gaps: GapTransform, rate: number, serviceTime: number): number {
  return 1 - freeGM1(gaps, rate, serviceTime);
}

/** 1 − σ, found directly because it is small at high load. */
function freeGM1(gaps: GapTransform, rate: number, serviceTime: number): number {
  if (rate * serviceTime >= 1) return 0;
  return fallsToZero((free) => 1 - gaps(free / serviceTime) - free, 0, 1);
}

/** Mean response in G/M/1, whose response is exponential. Parameters as in delayedGM1. */
export function responseGM1(gaps: GapTransform, rate: number, serviceTime: number): number {
  return serviceTime / freeGM1(gaps, rate, serviceTime);
}

/** Mean wait in line in G/M/1. */
export function waitGM1(gaps: GapTransform, rate: number, serviceTime: number): number {
  const free = freeGM1(gaps, rate, serviceTime);
  return free === 0 ? Infinity : (serviceTime * (1 - free)) / free;
}

/** The p-quantile of the response in G/M/1. @param p 0 to 1. */
export function responseQuantileGM1(gaps: GapTransform, rate: number, serviceTime: number, p: number): number {
  return -log1p(-p) * responseGM1(gaps, rate, serviceTime);
}

/** Traffic that changes between two paces: a Markov-modulated Poisson process of two states. */
export interface Bursts {
  /** Arrivals per unit of time in each state. */
  rates: readonly [number, number];
  /** Mean stay in each state, exponential, above 0. */
  stays: readonly [number, number];
}

/** Arrivals per unit of time over the long run. */
export function meanRate({ rates, stays }: Bursts): number {
  return (rates[0] * stays[0] + rates[1] * stays[1]) / (stays[0] + stays[1]);
}

/**
 * M/M/1 before traffic in bursts (MMPP/M/1), solved as a quasi-birth-death process. Source: Neuts (1981); Fischer and
 * Meier-Hellstern, Performance Evaluation 18 (1993).
 * @returns mean number inside, mean response, and the share of the time it is empty; Infinity, Infinity and 0 without a
 * steady state.
 */
export function burstsMM1(bursts: Bursts, serviceTime: number) {
  const { rates, stays } = bursts;
  const mu = 1 / serviceTime;
  const solved = longRun({
    up: [
      [rates[0], 0],
      [0, rates[1]],
    ],
    stay: [
      [0, 1 / stays[0]],
      [1 / stays[1], 0],
    ],
    down: [
      [mu, 0],
      [0, mu],
    ],
  });
  if (solved === null) return { inside: Infinity, response: Infinity, empty: 0 };
  const { meanLevel: inside, atZero } = solved;
  return { inside, response: inside / meanRate(bursts), empty: atZero[0]! + atZero[1]! };
}
