/**
 * Queues whose customers give up: in line after a random or a fixed time, or without telling the server.
 * Rates are per unit of time, times in units of time. Those who leave the line keep any queue stable.
 */
import { exp } from '../engine/elementary.ts';
import { erlangB, erlangC, waitMMc } from './queues.ts';
import { meanExponential } from './special-functions.ts';

/** What becomes of customers who may leave the line. */
export interface Impatience {
  /** Share of the customers who leave unserved. */
  abandoned: number;
  /** Share of the customers who find all servers busy. */
  delayed: number;
  /** Mean time in line, of those served and of those who leave. */
  wait: number;
}

/**
 * Erlang A, M/M/c+M: each waiting customer leaves after an exponential time of its own. Source: Palm (1957); Garnett,
 * Mandelbaum and Reiman, M&SOM 4 (2002). Summed over the states until the rest is below 1e-17.
 * @param rate above 0. @param servers 1 or more. @param patience the mean, above 0 and below 1e6 service times; or
 * Infinity, which is M/M/c.
 */
export function erlangA(rate: number, serviceTime: number, servers: number, patience: number): Impatience {
  if (patience === Infinity) {
    const delayed = erlangC(rate * serviceTime, servers);
    return { abandoned: 0, delayed, wait: waitMMc(rate, serviceTime, servers) };
  }
  // weights of the states relative to "all busy, nobody waits"
  let total = 1 / erlangB(rate * serviceTime, servers);
  let busy = 1;
  let waiting = 0;
  let weight = 1;
  for (let n = 1; ; n++) {
    const ratio = rate / (servers / serviceTime + n / patience);
    weight *= ratio;
    total += weight;
    busy += weight;
    waiting += n * weight;
    if (weight > 1e200) {
      total /= weight;
      busy /= weight;
      waiting /= weight;
      weight = 1;
    }
    if (ratio < 1 && n * weight < 1e-17 * (1 - ratio) * (1 - ratio) * total) break;
  }
  const queue = waiting / total;
  return { abandoned: queue / (patience * rate), delayed: busy / total, wait: queue / rate };
}

/**
 * M/M/c+D: each waiting customer leaves after the same time in line; service once begun is finished. Source: Barrer,
 * Operations Research 5 (1957); Baccelli and Hebuterne (1981); in the form of Zeltyn and Mandelbaum, Queueing Systems 51
 * (2005). For one server the share who leave is (1 − ρ) ρ e / (1 − ρ² e) with e = e^(−(μ − λ) patience).
 * @param rate above 0. @param servers 1 or more. @param patience 0 or more.
 */
export function deadlineMMc(rate: number, serviceTime: number, servers: number, patience: number): Impatience {
  const service = servers / serviceTime;
  const z = (rate - service) * patience;
  // over capacity all weights are multiplied by e^-z, which would overflow
  const scale = exp(-Math.max(0, z));
  const atLimit = exp(Math.min(0, z));
  const idle = scale / erlangB(rate * serviceTime, servers - 1);
  const busy = rate * (patience * meanExponential(-Math.abs(z)) + atLimit / service);
  const waits = rate * patience * (patience * (z > 0 ? momentFromEnd(z) : momentFromStart(-z)) + atLimit / service);
  return {
    abandoned: (atLimit * rate) / service / (idle + busy),
    delayed: busy / (idle + busy),
    wait: waits / (idle + busy),
  };
}

/** ∫ u e^(−zu) du over u from 0 to 1, for z ≥ 0. */
function momentFromStart(z: number): number {
  if (z > 0.5) return (1 - exp(-z) * (1 + z)) / (z * z);
  let sum = 0;
  let term = 1;
  // alternating terms z^n / (n! (n + 2)); the sixteenth is below 2^-60
  for (let n = 0; n < 16; n++) {
    sum += term / (n + 2);
    term *= -z / (n + 1);
  }
  return sum;
}

/** ∫ u e^(−z(1 − u)) du over u from 0 to 1, for z ≥ 0: the whole less the moment from the other end. */
function momentFromEnd(z: number): number {
  return meanExponential(-z) - momentFromStart(z);
}

/**
 * M/M/1 whose callers give up after a time but do not cancel: the server works on for nobody. Source: the response is
 * exponential with rate μ − λ; the wasted work is E[S; W + S > timeout] / E[S], with the wait W independent of the
 * service time S.
 * @param timeout 0 or more. @returns `goodput`, the share of requests that are in time, and `wasted`, the share of the
 * server's work that is spent on late ones. Without a steady state all are late in the end: 0 and 1.
 */
export function zombiesMM1(rate: number, serviceTime: number, timeout: number) {
  const rho = rate * serviceTime;
  if (rho >= 1) return { goodput: 0, wasted: 1 };
  const late = exp(-(1 / serviceTime - rate) * timeout);
  const service = timeout / serviceTime;
  const short = rate * timeout;
  // short requests are late by their wait, requests longer than the timeout by themselves
  const byWait = late * short * service * momentFromStart(short);
  return { goodput: 1 - late, wasted: byWait + exp(-service) * (1 + service) };
}
