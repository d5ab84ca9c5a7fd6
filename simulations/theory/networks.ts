/**
 * Closed forms of networks of queues with exponential service. Rates are per unit of time, times in units of time.
 * Sources: Jackson (1957); Burke (1956); Reiser and Lavenberg, Mean value analysis, JACM 27 (1980).
 */
import { identity, plus, solve, transposed, type Matrix } from './matrices.ts';
import { birthAndDeath, load, meanOfStates, waitMMc } from './queues.ts';

/**
 * Mean value analysis of a closed network of first-come-first-served stations with exponential service.
 * @param demands mean service per cycle at each station. @param think mean thinking time. @param users 1 or more.
 * @returns throughput (cycles per unit of time), mean response of a cycle without thinking, and per station its mean
 * number inside.
 */
export function meanValueAnalysis(demands: readonly number[], think: number, users: number) {
  let inside = demands.map(() => 0);
  let throughput = 0;
  let response = 0;
  for (let n = 1; n <= users; n++) {
    const stays = demands.map((demand, i) => demand * (1 + inside[i]!));
    response = stays.reduce((sum, stay) => sum + stay, 0);
    throughput = n / (think + response);
    inside = stays.map((stay) => throughput * stay);
  }
  return { throughput, response, inside, utilisations: demands.map((demand) => throughput * demand) };
}

/** Mean time through a chain of M/M/1 stations. @param rates service rates. */
export function tandemResponse(rate: number, rates: readonly number[]): number {
  return rates.reduce((sum, mu) => sum + (rate < mu ? 1 / (mu - rate) : Infinity), 0);
}

/** Upper bound of throughput of a closed network: asymptotic bounds by the bottleneck law (Denning and Buzen, 1978). */
export function throughputBound(demands: readonly number[], think: number, users: number): number {
  const total = demands.reduce((sum, demand) => sum + demand, 0);
  return Math.min(users / (total + think), 1 / Math.max(...demands));
}

/** The number of users from which a closed network is held up by its bottleneck: where the two asymptotic bounds meet. */
export function saturationPoint(demands: readonly number[], think: number): number {
  return (demands.reduce((sum, demand) => sum + demand, 0) + think) / Math.max(...demands);
}

/**
 * A single station of several equal servers that a fixed number of users call, each thinking before each call (M/M/c//N).
 * @param users 1 or more. @param think mean thinking time, exponential, above 0. @param serviceTime mean, above 0.
 * @returns throughput, mean response and wait, mean number inside, and the share of the servers' time that is busy.
 */
export function finiteSource(users: number, think: number, serviceTime: number, servers: number) {
  const states = birthAndDeath(
    (n) => (users - n) / think,
    (n) => Math.min(n, servers) / serviceTime,
    users,
  );
  const inside = meanOfStates(states);
  const throughput = (users - inside) / think;
  const response = inside / throughput;
  return {
    throughput,
    response,
    wait: response - serviceTime,
    inside,
    utilisation: load(throughput, serviceTime, servers),
  };
}

/**
 * M/M/1 whose customers come back with a fixed probability each time they are done, as when a caller tries again. Source:
 * Jackson (1957).
 * @param again 0 to below 1. @returns mean visits of a customer, arrivals at the server per unit of time, its load, and
 * the mean response over all visits (Infinity without a steady state).
 */
export function feedbackMM1(rate: number, serviceTime: number, again: number) {
  const visits = 1 / (1 - again);
  const all = rate * visits;
  return {
    visits,
    rate: all,
    load: load(all, serviceTime, 1),
    response: visits * (waitMMc(all, serviceTime, 1) + serviceTime),
  };
}

/** A station of an open network. */
export interface Station {
  /** Arrivals from outside per unit of time. */
  rate: number;
  /** Mean of the exponential service. */
  serviceTime: number;
  servers: number;
}

/**
 * An open network of M/M/c stations. Source: Jackson, Operations Research 5 (1957): arrivals solve the traffic equations,
 * and each station behaves as if it stood alone before Poisson traffic.
 * @param routing row from, column to: the chance that a customer goes there next; what a row lacks to 1 leaves. Everybody
 * leaves in the end.
 * @returns per station its arrivals, load, mean response of a visit and mean number inside; and the mean time in the
 * network. Stations that cannot keep up have Infinity. @throws Error when customers can never leave.
 */
export function jacksonNetwork(stations: readonly Station[], routing: Matrix) {
  const kept = plus(identity(stations.length), transposed(routing), -1);
  const rates = solve(
    kept,
    stations.map(({ rate }) => [rate]),
  ).map(([rate]) => rate!);
  const loads = stations.map(({ serviceTime, servers }, i) => load(rates[i]!, serviceTime, servers));
  const responses = stations.map(
    ({ serviceTime, servers }, i) => waitMMc(rates[i]!, serviceTime, servers) + serviceTime,
  );
  const inside = responses.map((response, i) => (rates[i] === 0 ? 0 : rates[i]! * response));
  const outside = stations.reduce((sum, { rate }) => sum + rate, 0);
  return { rates, loads, responses, inside, response: inside.reduce((sum, n) => sum + n, 0) / outside };
}
