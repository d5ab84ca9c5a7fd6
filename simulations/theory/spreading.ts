/**
 * How far something spreads that goes from each component to each other one with a probability of its own, once: closed
 * forms for a row, a star and a crowd. They know no order of events; only who is reached in the end matters.
 */

/** Components reached along a row in which each next one depends on the one before, the first included. @param chance for each step. */
export function reachedAlongRow(components: number, chance: number): number {
  let reached = 0;
  let step = 1;
  for (let i = 0; i < components; i++) {
    reached += step;
    step *= chance;
  }
  return reached;
}

/** Components reached from the middle of a star, the middle included. @param around how many depend on it. */
export const reachedInStar = (around: number, chance: number): number => 1 + around * chance;

/**
 * Components reached, on average, where every component depends on every other one with the same chance of passing it on:
 * the final size of the Reed-Frost chain with one that begins (Lefèvre and Picard's polynomials are not needed for a crowd
 * this small). With dependencies that are themselves drawn with a probability q, it is the same with q times the chance.
 * @param components 1 to a few hundred.
 */
export function reachedInCrowd(components: number, chance: number): number {
  const misses = 1 - chance;
  // ways[s][i]: probability that i are newly reached while s have not been reached; from the last step to the next one
  let now = new Map<number, number>([[(components - 1) * 1024 + 1, 1]]);
  let reached = 1;
  while (now.size > 0) {
    const next = new Map<number, number>();
    for (const [state, probability] of now) {
      const left = Math.floor(state / 1024);
      const fresh = state % 1024;
      let escapes = 1;
      for (let i = 0; i < fresh; i++) escapes *= misses;
      // binomial: how many of those left are reached now
      let term = 1;
      for (let i = 0; i < left; i++) term *= escapes;
      for (let caught = 0; caught <= left; caught++) {
        const share = probability * term;
        if (caught > 0 && share > 1e-15) {
          reached += share * caught;
          const to = (left - caught) * 1024 + caught;
          next.set(to, (next.get(to) ?? 0) + share);
        }
        term *= escapes > 0 ? ((left - caught) / (caught + 1)) * ((1 - escapes) / escapes) : 0;
      }
    }
    now = next;
  }
  return reached;
}
