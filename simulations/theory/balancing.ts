/**
 * Closed forms of spreading Poisson traffic over equal exponential servers, each with its own line. `rate` is the whole
 * traffic, per unit of time; times are in units of time; without a steady state they are Infinity. They know no slow
 * server and no stale load.
 */
import { delayedGM1, erlangGaps, responseGM1, responseQuantileGM1 } from './arrivals.ts';
import { longRun } from './quasi-birth-death.ts';
import { load, waitMMc } from './queues.ts';
import { wholePower } from './special-functions.ts';

/** Mean response when each request goes to a server picked at random: each is M/M/1. */
export function responseRandom(rate: number, serviceTime: number, servers: number): number {
  return waitMMc(rate / servers, serviceTime, 1) + serviceTime;
}

/**
 * Mean response when the servers take turns: each is E_n/M/1, its gaps being the sum of n exponential ones. Source:
 * Kleinrock I, ch. 6.
 */
export function responseRoundRobin(rate: number, serviceTime: number, servers: number): number {
  return responseGM1(erlangGaps(rate / servers, servers), rate / servers, serviceTime);
}

/** The p-quantile of the response when the servers take turns. @param p 0 to 1. */
export function responseQuantileRoundRobin(rate: number, serviceTime: number, servers: number, p: number): number {
  return responseQuantileGM1(erlangGaps(rate / servers, servers), rate / servers, serviceTime, p);
}

/** Share of requests that meet a busy server when the servers take turns. */
export function delayedRoundRobin(rate: number, serviceTime: number, servers: number): number {
  return delayedGM1(erlangGaps(rate / servers, servers), rate / servers, serviceTime);
}

/** Mean response when all servers take from one line, M/M/c: the least that any spreading without preemption can reach. */
export function responseCentralQueue(rate: number, serviceTime: number, servers: number): number {
  return waitMMc(rate, serviceTime, servers) + serviceTime;
}

/**
 * How far apart the two lines may be before the difference is cut off. It falls off threefold a step and more, so this is
 * below 1e-16.
 */
const WIDEST = 36;

/**
 * Mean response of two servers when each request joins the shorter line (ties at random): the shorter line and the
 * difference are solved as a quasi-birth-death process, exact but for rounding. Source of the model: Flatto and McKean
 * (1977); Adan, Wessels and Zijm (1990).
 */
export function responseShorterOfTwo(rate: number, serviceTime: number): number {
  if (load(rate, serviceTime, 2) >= 1) return Infinity;
  const mu = 1 / serviceTime;
  const table = () => Array.from({ length: WIDEST + 1 }, () => Array.from({ length: WIDEST + 1 }, () => 0));
  const up = table();
  const stay = table();
  const down = table();
  // level: the shorter line; phase: by how many the other is longer
  for (let ahead = 0; ahead <= WIDEST; ahead++) {
    if (ahead > 0) {
      up[ahead]![ahead - 1] = rate;
      stay[ahead]![ahead - 1] = mu;
      down[ahead]![Math.min(WIDEST, ahead + 1)] = mu;
    } else {
      stay[0]![1] = rate;
      down[0]![1] = 2 * mu;
    }
  }
  const solved = longRun({ up, stay, down });
  if (solved === null) return Infinity;
  const inside = 2 * solved.meanLevel + solved.phases.reduce((sum, share, ahead) => sum + share * ahead, 0);
  return inside / rate;
}

/**
 * Share of servers with at least `customers` when each request joins the shortest of d lines picked at random, as the
 * number of servers grows without end: ρ^((d^i − 1)/(d − 1)). Source: Vvedenskaya, Dobrushin and Karpelevich (1996);
 * Mitzenmacher, IEEE TPDS 12 (2001).
 * @param busy load of each server, 0 to 1. @param choices d, 1 or more. @param customers i, a whole number, 0 or more.
 */
export function atLeastWithChoices(busy: number, choices: number, customers: number): number {
  let share = 1;
  for (let i = 0; i < customers; i++) share = wholePower(share, choices) * busy;
  return share;
}

/**
 * Mean response when each request joins the shortest of d lines picked at random, as the number of servers grows without
 * end: the sum over i of ρ^((d^i − d)/(d − 1)). Source: Mitzenmacher (2001). With 100 servers the true mean lies above
 * it: by 0.1 percent at a load of 0.5, 1 percent at 0.9, 9 percent at 0.99.
 * @param rate arrivals per server and unit of time. @param choices d, a whole number, 1 or more.
 */
export function responseChoices(rate: number, serviceTime: number, choices: number): number {
  const rho = rate * serviceTime;
  if (rho >= 1) return Infinity;
  if (choices === 1) return serviceTime / (1 - rho);
  let sum = 0;
  for (let term = 1; term > sum * 1e-18; term = wholePower(term * rho, choices)) sum += term;
  return serviceTime * sum;
}
