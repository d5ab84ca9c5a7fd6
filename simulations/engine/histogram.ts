/**
 * A log-linear histogram of whole numbers of ticks: exact below 256, then 128 cells to each doubling,
 * so that a value read back is at most 1/256 (0.4 percent) off, whatever its size.
 */
import { HIGH } from './elementary.ts';

const EXACT = 256;
const CELLS = 128;
/** From 2^8 to 2^52. */
const DOUBLINGS = 45;

/** One double and its two halves, to read its exponent and the first seven bits after it, which together name a cell. */
const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);
/** What those bits are for 256, so that its cell comes right after the exact ones. */
const BITS_OF_256 = (1023 + 8) * CELLS;

export class Histogram {
  #cells = new Uint32Array(EXACT + CELLS * DOUBLINGS);

  /** @param ticks a whole number from 0 to 2^52. */
  add(ticks: number): void {
    double[0] = ticks;
    this.#cells[ticks < EXACT ? ticks | 0 : (halves[HIGH]! >> 13) - (BITS_OF_256 - EXACT)]!++;
  }

  /** How many values it holds. */
  get count(): number {
    return this.#cells.reduce((sum, cell) => sum + cell, 0);
  }

  /**
   * The smallest value that at least a share `q` of all values do not exceed, within 0.4 percent; null when empty.
   * @param q from 0 to 1.
   */
  quantile(q: number): number | null {
    const { count } = this;
    if (count === 0) return null;
    const rank = Math.max(1, Math.ceil(q * count));
    let seen = 0;
    for (let cell = 0; cell < this.#cells.length; cell++) {
      seen += this.#cells[cell]!;
      if (seen >= rank) return middleOf(cell);
    }
    return middleOf(this.#cells.length - 1);
  }
}

function middleOf(cell: number): number {
  if (cell < EXACT) return cell;
  const octave = Math.floor((cell - EXACT) / CELLS) + 1;
  let width = 1;
  for (let i = 0; i < octave; i++) width *= 2;
  const low = (CELLS + ((cell - EXACT) % CELLS)) * width;
  return low + (width - 1) / 2;
}
