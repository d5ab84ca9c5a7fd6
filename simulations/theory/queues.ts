/**
 * Closed forms of single queues with Poisson arrivals, served first come first served. Rates are per unit of time, times in
 * units of time; a load of 1 or more has no steady state and gives Infinity, unless the room or the callers are limited.
 * Sources: Kleinrock, Queueing Systems I (1975); Pollaczek (1930) and Khinchine (1932); Erlang (1917); Little (1961).
 */
import { exp, log } from '../engine/elementary.ts';
import { meanExponential, poissonTail, quantileOfTail } from './special-functions.ts';

/** Share of the servers' time that is busy: arrival rate × mean service time ÷ servers. */
export function load(rate: number, serviceTime: number, servers: number): number {
  return (rate * serviceTime) / servers;
}

/** Little's law: mean number inside = rate × mean time inside. */
export function little(rate: number, time: number): number {
  return rate * time;
}

/** Little's law the other way round: mean time inside (lead time) = mean number inside (work in progress) ÷ throughput. */
export function leadTime(inside: number, throughput: number): number {
  return inside / throughput;
}

/**
 * Erlang B: the share of customers that find all servers busy when nobody may wait. It holds for any law of service.
 * @param offered arrival rate × mean service time, in erlangs. @param servers a whole number, 0 or more.
 */
export function erlangB(offered: number, servers: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked;
}

/** Mean number of busy servers when nobody may wait. @param offered in erlangs. @param servers 1 or more. */
export function carriedLoad(offered: number, servers: number): number {
  return offered * (1 - erlangB(offered, servers));
}

/** Erlang C: the share of customers that must wait in M/M/c with room for all; 1 when it cannot keep up. */
export function erlangC(offered: number, servers: number): number {
  if (offered >= servers) return 1;
  const blocked = erlangB(offered, servers);
  return blocked / (1 - (offered / servers) * (1 - blocked));
}

/** Mean wait in line in M/M/c. */
export function waitMMc(rate: number, serviceTime: number, servers: number): number {
  const offered = rate * serviceTime;
  if (offered >= servers) return Infinity;
  return (erlangC(offered, servers) * serviceTime) / (servers - offered);
}

/** The share of customers in M/M/c who wait in line longer than t; 1 when it cannot keep up. */
export function waitTailMMc(rate: number, serviceTime: number, servers: number, t: number): number {
  const drain = servers / serviceTime - rate;
  return drain <= 0 ? 1 : erlangC(rate * serviceTime, servers) * exp(-drain * t);
}

/** The p-quantile of the wait in line in M/M/c: 0 for all who need not wait. @param p 0 to 1. */
export function waitQuantileMMc(rate: number, serviceTime: number, servers: number, p: number): number {
  const drain = servers / serviceTime - rate;
  if (drain <= 0) return Infinity;
  return Math.max(0, log(erlangC(rate * serviceTime, servers) / (1 - p)) / drain);
}

/** The p-quantile of the time in an M/M/1 system, which is exponential with rate 1/serviceTime − rate. @param p 0 to 1. */
export function responseQuantileMM1(rate: number, serviceTime: number, p: number): number {
  const drain = 1 / serviceTime - rate;
  return drain <= 0 ? Infinity : -log(1 - p) / drain;
}

/**
 * The share of customers in M/M/c whose time inside exceeds t: service after a wait that is 0 with probability 1 − C
 * and else exponential with rate c/serviceTime − rate. 1 when it cannot keep up.
 */
export function responseTailMMc(rate: number, serviceTime: number, servers: number, t: number): number {
  const mu = 1 / serviceTime;
  const drain = servers * mu - rate;
  if (drain <= 0) return 1;
  const waits = erlangC(rate * serviceTime, servers);
  // the convolution of the two exponentials, written so that it stands where their rates meet
  const slower = Math.min(mu, drain);
  return exp(-mu * t) + waits * mu * t * exp(-slower * t) * meanExponential(-Math.abs(drain - mu) * t);
}

/** The p-quantile of the time in an M/M/c system, found where its tail is 1 − p. @param p 0 to 1. */
export function responseQuantileMMc(rate: number, serviceTime: number, servers: number, p: number): number {
  if (rate * serviceTime >= servers) return Infinity;
  return quantileOfTail((t) => responseTailMMc(rate, serviceTime, servers, t), serviceTime, p);
}

/** Mean wait in line in M/G/1 by Pollaczek and Khinchine. @param cv2 squared coefficient of variation of the service time. */
export function waitMG1(rate: number, serviceTime: number, cv2: number): number {
  const rho = rate * serviceTime;
  if (rho >= 1) return Infinity;
  return ((rho / (1 - rho)) * serviceTime * (1 + cv2)) / 2;
}

/**
 * Second moment of the wait in line in M/G/1, in squared units of time. Source: Takács (1962).
 * @param third third moment of the service time: 6 m³ when exponential, m³ when constant (see moments.ts).
 */
export function waitSquareMG1(rate: number, serviceTime: number, cv2: number, third: number): number {
  const rho = rate * serviceTime;
  if (rho >= 1) return Infinity;
  const wait = waitMG1(rate, serviceTime, cv2);
  return 2 * wait * wait + (rate * third) / (3 * (1 - rho));
}

/**
 * How often M/D/1 holds n customers relative to how often it is empty, for n = 0 … `most`, or fewer where they pass
 * 1e200. With limited room the proportions stay, so they stand also at a load of 1 or more. Source: level crossing in the
 * embedded chain; every term is positive.
 * @param offered arrival rate × service time, 0 to 100.
 */
export function weightsMD1(offered: number, most: number): number[] {
  const atLeast = Array.from({ length: most + 2 }, (_, n) => poissonTail(offered, n - 1));
  const none = exp(-offered);
  const weights = [1];
  for (let n = 0; n < most && weights[n]! < 1e200; n++) {
    let up = atLeast[n + 1]!;
    for (let i = 1; i <= n; i++) up += weights[i]! * atLeast[n + 2 - i]!;
    weights.push(up / none);
  }
  return weights;
}

/** M/D/1: share of the time with n inside, for n = 0 … `most`; all 0 when it cannot keep up. */
export function statesMD1(rate: number, serviceTime: number, most: number): number[] {
  const idle = Math.max(0, 1 - rate * serviceTime);
  return weightsMD1(rate * serviceTime, most).map((weight) => weight * idle);
}

/**
 * Stationary shares of a chain that moves one step up or down, for its states 0 … `last`.
 * @param births rate from n to n + 1. @param deaths rate from n to n − 1, above 0 for n of 1 or more.
 */
export function birthAndDeath(births: (n: number) => number, deaths: (n: number) => number, last: number): number[] {
  const weights = [1];
  for (let n = 1; n <= last; n++) {
    const weight = (weights[n - 1]! * births(n - 1)) / deaths(n);
    weights.push(weight);
    // far up a chain that tends upwards the weights would overflow
    if (weight > 1e200) for (let i = 0; i <= n; i++) weights[i]! /= weight;
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The mean of a whole number whose shares are given for 0, 1, 2 … */
export function meanOfStates(shares: readonly number[]): number {
  return shares.reduce((sum, share, n) => sum + n * share, 0);
}

/**
 * M/M/c with room for `capacity` customers in all (capacity ≥ servers): share of the time with n inside, for n = 0 …
 * capacity.
 */
export function statesMMcK(rate: number, serviceTime: number, servers: number, capacity: number): number[] {
  return birthAndDeath(
    () => rate,
    (n) => Math.min(n, servers) / serviceTime,
    capacity,
  );
}

/** M/M/1 with room for `capacity` customers in all: share of the time with n inside, for n = 0 … capacity. */
export function statesMM1K(rate: number, serviceTime: number, capacity: number): number[] {
  return statesMMcK(rate, serviceTime, 1, capacity);
}

/**
 * M/M/c with room for `capacity` customers in all; it has a steady state at any load.
 * @param rate above 0. @returns the share refused and the share of the time it is empty, mean numbers inside and in line,
 * customers served per unit of time, and the mean response and wait of those let in.
 */
export function queueMMcK(rate: number, serviceTime: number, servers: number, capacity: number) {
  const states = statesMMcK(rate, serviceTime, servers, capacity);
  const refused = states[capacity]!;
  const inside = meanOfStates(states);
  const queue = meanOfStates(states.slice(servers));
  const throughput = rate * (1 - refused);
  return {
    refused,
    empty: states[0]!,
    inside,
    queue,
    throughput,
    response: inside / throughput,
    wait: queue / throughput,
  };
}

/**
 * M/G/∞, where nobody waits: the number inside is Poisson, whatever the law of service.
 * @returns its mean and its variance, which are equal.
 */
export function insideMGInfinity(rate: number, serviceTime: number) {
  return { mean: rate * serviceTime, variance: rate * serviceTime };
}

/** M/G/∞: share of the time with more than n inside. @param n a whole number, −1 or more. */
export function insideTailMGInfinity(rate: number, serviceTime: number, n: number): number {
  return poissonTail(rate * serviceTime, n);
}
