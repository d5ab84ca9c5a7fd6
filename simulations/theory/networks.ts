/** Closed forms of networks of queues. Source: Jackson (1957); Reiser and Lavenberg, Mean value analysis, JACM 27 (1980). */

/**
 * Mean value analysis of a closed network of first-come-first-served stations with exponential service.
 * @param demands mean service per cycle at each station. @param think mean thinking time. @param users 1 or more.
 * @returns throughput (cycles per unit of time), mean response of a cycle without thinking, and per station its mean number inside.
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
