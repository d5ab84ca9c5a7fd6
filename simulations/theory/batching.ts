/**
 * Closed forms of a server that takes several at once: a batch of k takes a + b·k. Rates are per unit of time, times in units
 * of time. Source of the chain: Neuts, A general class of bulk queues with Poisson input, Ann. Math. Stat. 38 (1967).
 */
import { poissonShares } from './special-functions.ts';

/** What a batch costs, and how many it holds at most. */
export interface Batches {
  fixed: number;
  perItem: number;
  limit: number;
}

/** Requests that can be served per unit of time, all batches being full: B / (a + b·B). */
export function batchCapacity({ fixed, perItem, limit }: Batches): number {
  return limit / (fixed + perItem * limit);
}

/** Above this load the line is so long that the chain below is no longer worked out. */
const MOST_LOAD = 0.95;
const MOST_ROUNDS = 5000;

/**
 * Mean response, wait and time in service with Poisson arrivals, one server, and batches that begin as soon as it is free
 * with whatever waits (greedy), up to the limit. From the chain of how many wait when a batch ends, solved by iteration.
 * @returns null above 95 percent of capacity.
 */
export function greedyBatches(rate: number, batches: Batches) {
  const { fixed, perItem, limit } = batches;
  const load = rate / batchCapacity(batches);
  if (load > MOST_LOAD || rate <= 0) return null;
  const most = Math.ceil(Math.max(40, (8 * limit) / (1 - load)));
  const lasts = (size: number) => fixed + perItem * size;
  const sizeOf = (waiting: number) => Math.min(limit, Math.max(1, waiting));
  const come = Array.from({ length: limit + 1 }, (_, size) => {
    const mean = rate * lasts(size);
    return poissonShares(mean, Math.ceil(mean + 10 * Math.sqrt(mean) + 12));
  });
  let now = new Float64Array(most + 1);
  now[0] = 1;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = new Float64Array(most + 1);
    for (let waiting = 0; waiting <= most; waiting++) {
      const chance = now[waiting]!;
      if (chance === 0) continue;
      const left = Math.max(0, waiting - limit);
      for (const [more, share] of come[sizeOf(waiting)]!.entries())
        next[Math.min(most, left + more)]! += chance * share;
    }
    let moved = 0;
    for (let waiting = 0; waiting <= most; waiting++) moved += Math.abs(next[waiting]! - now[waiting]!);
    now = next;
    if (moved < 1e-12) break;
  }
  // one cycle goes from the end of a batch to the end of the next; with nobody there it first waits for somebody
  let cycle = 0;
  let inside = 0;
  let served = 0;
  let serving = 0;
  let busy = 0;
  for (const [waiting, chance] of now.entries()) {
    const size = sizeOf(waiting);
    const time = lasts(size);
    cycle += chance * (time + (waiting === 0 ? 1 / rate : 0));
    inside += chance * (Math.max(1, waiting) * time + (rate * time * time) / 2);
    served += chance * size;
    serving += chance * size * time;
    busy += chance * time;
  }
  const response = inside / cycle / rate;
  const service = serving / served;
  return { response, service, wait: response - service, utilisation: busy / cycle, batch: served };
}
