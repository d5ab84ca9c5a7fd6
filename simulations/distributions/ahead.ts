/**
 * Draws made ahead while customers come in order: a processor overlaps work that does not wait for the run.
 * It knows no law, and changes no value: it only saves time.
 */

/** Draws one customer's value. `index` tells apart several draws for one customer: any 32-bit number. */
export type Sampler = (request: number, index: number) => number;

/** Writes to `into` the values of `count` customers who follow one another from `request` on, all under one index. */
export type Fill = (into: Float64Array, count: number, request: number, index: number) => void;

/** Customers whose values are made together; no fill is asked for more at a time. */
export const AHEAD = 32;

/** Values one by one, from a law that makes them by the block. */
export function drawAhead(fill: Fill): Sampler {
  const block = new Float64Array(AHEAD + 1);
  const single = block.subarray(AHEAD);
  /** The block holds the customers from this one on, under this index. */
  let from = -2 * AHEAD;
  let under = 0;
  /** How many were drawn singly since the block was made, and the last of them. */
  let singles = AHEAD;
  let last = -2;
  let lastUnder = 0;

  /** Draws what is not in the block, and says where the value stands. */
  function drawOutside(request: number, index: number): number {
    const behind = request - from - AHEAD;
    const goesOn = index === under && (behind === 0 || behind === 1);
    // Another order pays for a new block only after as many single draws: customers who come by two paths in turn
    // would otherwise throw each other's block away each time.
    const begins = singles >= AHEAD && index === lastUnder && request === last + 1;
    if (goesOn || begins) {
      from = request;
      under = index;
      singles = 0;
      fill(block, AHEAD, request, index);
      return 0;
    }
    singles++;
    last = request;
    lastUnder = index;
    fill(single, 1, request, index);
    return AHEAD;
  }

  return (request, index) => {
    const offset = request - from;
    // one place that values are read from: where there are two, each is put into an object of its own
    return block[offset >= 0 && offset < AHEAD && index === under ? offset : drawOutside(request, index)]!;
  };
}
