/** Closed forms of speed-up, availability and communication. */

/** Amdahl (1967): speed-up of a fixed problem whose share `parallel` can be spread over n workers. */
export function amdahl(parallel: number, workers: number): number {
  return 1 / (1 - parallel + parallel / workers);
}

/** Gustafson (1988): scaled speed-up, `parallel` being the share of the parallel run's time. */
export function gustafson(parallel: number, workers: number): number {
  return 1 - parallel + parallel * workers;
}

/** Universal scalability law (Gunther): capacity of n workers relative to one. */
export function universalScalability(contention: number, coherence: number, workers: number): number {
  return workers / (1 + contention * (workers - 1) + coherence * workers * (workers - 1));
}

/** The number of workers at which the universal scalability law peaks. */
export function scalabilityPeak(contention: number, coherence: number): number {
  return Math.sqrt((1 - contention) / coherence);
}

/** Share of the time in which a chain of n parts works, all of them needed. */
export function serialAvailability(each: number, parts: number): number {
  let product = 1;
  for (let i = 0; i < parts; i++) product *= each;
  return product;
}

/** Share of the time in which at least `needed` of n equal, independent parts work. */
export function redundantAvailability(each: number, parts: number, needed = 1): number {
  let total = 0;
  for (let working = needed; working <= parts; working++) {
    let ways = 1;
    for (let i = 0; i < working; i++) ways = (ways * (parts - i)) / (i + 1);
    total += ways * serialAvailability(each, working) * serialAvailability(1 - each, parts - working);
  }
  return total;
}

/** Share of the time in which a part works that fails after `meanUp` and is back after `meanDown`. */
export function availability(meanUp: number, meanDown: number): number {
  return meanUp / (meanUp + meanDown);
}

/** Pairs among n people. */
export function channels(people: number): number {
  return (people * (people - 1)) / 2;
}
