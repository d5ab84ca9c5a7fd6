/**
 * A log-linear histogram of whole numbers of ticks: exact below 256, then 128 cells to each doubling,
 * so that a value read back is at most 1/256 (0.4 percent) off, whatever its size.
 */

const EXACT = 256;
const CELLS = 128;

export class Histogram {
  count = 0;
  #cells = new Float64Array(EXACT + CELLS * 12);

  /** @param ticks a whole number from 0 to 2^52. */
  add(ticks: number): void {
    const cell = cellOf(ticks);
    if (cell >= this.#cells.length) {
      const wide = new Float64Array(cell + CELLS);
      wide.set(this.#cells);
      this.#cells = wide;
    }
    this.#cells[cell]!++;
    this.count++;
  }

  /**
   * The smallest value that at least a share `q` of all values do not exceed, within 0.4 percent; null when empty.
   * @param q from 0 to 1.
   */
  quantile(q: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(q * this.count));
    let seen = 0;
    for (let cell = 0; cell < this.#cells.length; cell++) {
      seen += this.#cells[cell]!;
      if (seen >= rank) return middleOf(cell);
    }
    return middleOf(this.#cells.length - 1);
  }
}

function cellOf(ticks: number): number {
  if (ticks < EXACT) return ticks | 0;
  let octave = 0;
  let scaled = ticks;
  if (scaled >= 4294967296) {
    // beyond 32 bits Math.clz32 would see only the low bits
    scaled = Math.floor(scaled / 16777216);
    octave = 24;
  }
  const shift = 24 - Math.clz32(scaled | 0);
  octave += shift;
  return EXACT + (octave - 1) * CELLS + ((scaled >>> shift) - CELLS);
}

function middleOf(cell: number): number {
  if (cell < EXACT) return cell;
  const octave = Math.floor((cell - EXACT) / CELLS) + 1;
  let width = 1;
  for (let i = 0; i < octave; i++) width *= 2;
  const low = (CELLS + ((cell - EXACT) % CELLS)) * width;
  return low + (width - 1) / 2;
}
