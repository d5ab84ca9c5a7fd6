/** Closed forms of speed-up and of communication among people. They know no queue. */

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

/** Pairs among n people. */
export function channels(people: number): number {
  return (people * (people - 1)) / 2;
}
