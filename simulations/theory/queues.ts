/**
 * Closed forms of single queues. Rates are per unit of time, times in units of time; a load of 1 or more has no steady
 * state and gives Infinity. Sources: Kleinrock, Queueing Systems I (1975); Pollaczek (1930) and Khinchine (1932); Little (1961).
 */
import { exp, log } from '../engine/elementary.ts';

/** Share of the servers' time that is busy: arrival rate × mean service time ÷ servers. */
export function load(rate: number, serviceTime: number, servers: number): number {
  return (rate * serviceTime) / servers;
}

/**
 * Erlang B: the share of customers that find all servers busy when nobody may wait.
 * @param offered arrival rate × mean service time, in erlangs. @param servers 1 or more.
 */
export function erlangB(offered: number, servers: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked;
}

/** Erlang C: the share of customers that must wait in M/M/c with room for all. */
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

/** Mean wait in line in M/G/1 by Pollaczek and Khinchine. @param cv2 squared coefficient of variation of the service time. */
export function waitMG1(rate: number, serviceTime: number, cv2: number): number {
  const rho = rate * serviceTime;
  if (rho >= 1) return Infinity;
  return ((rho / (1 - rho)) * serviceTime * (1 + cv2)) / 2;
}

/** Little's law: mean number inside = rate × mean time inside. */
export function little(rate: number, time: number): number {
  return rate * time;
}

/** The p-quantile of the time in an M/M/1 system, which is exponential with rate 1/serviceTime − rate. */
export function responseQuantileMM1(rate: number, serviceTime: number, p: number): number {
  const drain = 1 / serviceTime - rate;
  return drain <= 0 ? Infinity : -log(1 - p) / drain;
}

/**
 * The share of customers in M/M/c whose time inside exceeds t: service after a wait that is 0 with probability 1 − C
 * and else exponential with rate c/serviceTime − rate.
 */
export function responseTailMMc(rate: number, serviceTime: number, servers: number, t: number): number {
  const mu = 1 / serviceTime;
  const drain = servers * mu - rate;
  if (drain <= 0) return 1;
  const waits = erlangC(rate * serviceTime, servers);
  if (Math.abs(drain - mu) < 1e-9 * mu) return exp(-mu * t) * (1 + waits * mu * t);
  return exp(-mu * t) + (waits * mu * (exp(-mu * t) - exp(-drain * t))) / (drain - mu);
}

/** M/M/1 with room for `capacity` customers in all: share of the time with n inside, for n = 0 … capacity. */
export function statesMM1K(rate: number, serviceTime: number, capacity: number): number[] {
  const rho = rate * serviceTime;
  const weights = [1];
  for (let n = 1; n <= capacity; n++) weights.push(weights[n - 1]! * rho);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
