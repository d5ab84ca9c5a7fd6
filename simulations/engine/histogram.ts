/**
 * A log-linear histogram of whole numbers of ticks: exact below 256, then 128 cells to each doubling, so that a value read
 * back is at most 1/256 (0.4 percent) off, whatever its size. It has cells only up to the doubling of its greatest value,
 * so one that hears nothing costs nothing. The idea is that of Tene's HdrHistogram (hdrhistogram.org).
 */
import { HIGH } from './elementary.ts';

/** Cells to a doubling, and to each piece by which a histogram grows: 2 to the power of 7. */
const CELLS = 128;
/** The cell of 2^53, the greatest value that may come. */
const LAST = 47 * CELLS;

/** One double and its two halves, to read its exponent and the first seven bits after it, which together name a cell. */
const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);
/** What those bits are for 256, less the cell that 256 has. */
const OFFSET = (1023 + 8 - 2) * CELLS;

const NONE = new Uint32Array(0);

/** The cell of a whole number from 0 to 2^53. */
function cellOf(ticks: number): number {
  if (ticks < 2147483648) {
    const whole = ticks | 0;
    // what is shifted out leaves eight bits; of a number below 256 nothing is shifted out
    const shift = 24 - Math.clz32(whole | CELLS);
    return (shift << 7) + (whole >> shift);
  }
  double[0] = ticks;
  return (halves[HIGH]! >> 13) - OFFSET;
}

/** How many whole numbers fall into a cell. */
function widthOf(cell: number): number {
  let width = 1;
  for (let octave = Math.floor(cell / CELLS); octave > 1; octave--) width *= 2;
  return width;
}

/** The least number that falls into a cell. */
function lowOf(cell: number): number {
  return cell < CELLS ? cell : (CELLS + (cell % CELLS)) * widthOf(cell);
}

function middleOf(cell: number): number {
  return lowOf(cell) + (widthOf(cell) - 1) / 2;
}

export class Histogram {
  #cells = NONE;
  /** As `#cells.length`, which takes longer to ask for. */
  #size = 0;

  /**
   * Counts a value.
   * @param ticks a whole number from 0 to 2^53. @throws RangeError for what is far outside, and for NaN.
   */
  add(ticks: number): void {
    const cell = cellOf(ticks);
    if (cell >= this.#size) this.#reach(cell);
    this.#cells[cell]!++;
  }

  /** Makes room for a cell and for those of its doubling. */
  #reach(cell: number): void {
    if (cell > LAST) throw new RangeError('a histogram takes whole numbers of ticks from 0 to 2^53');
    const cells = new Uint32Array(cell - (cell % CELLS) + CELLS);
    cells.set(this.#cells);
    this.#cells = cells;
    this.#size = cells.length;
  }

  /** Takes in all that another one counted. */
  merge(other: Histogram): void {
    const theirs = other.#cells;
    if (theirs.length > this.#size) this.#reach(theirs.length - 1);
    for (let cell = 0; cell < theirs.length; cell++) this.#cells[cell]! += theirs[cell]!;
  }

  /** How many values it holds. */
  get count(): number {
    let sum = 0;
    for (let cell = 0; cell < this.#size; cell++) sum += this.#cells[cell]!;
    return sum;
  }

  /**
   * The smallest value that at least a share `q` of all values do not exceed, within 0.4 percent; null when empty.
   * @param q from 0 to 1.
   */
  quantile(q: number): number | null {
    return this.quantiles([q])[0]!;
  }

  /**
   * Several quantiles, each as `quantile` would give it: in one walk over the cells when they come in ascending order.
   * @param qs each from 0 to 1.
   */
  quantiles(qs: readonly number[]): (number | null)[] {
    const { count } = this;
    if (count === 0) return qs.map(() => null);
    let cell = -1;
    let seen = 0;
    let before = 0;
    return qs.map((q) => {
      const rank = Math.min(count, Math.max(1, Math.ceil(q * count)));
      if (rank <= before) {
        cell = -1;
        seen = 0;
      }
      while (seen < rank) {
        before = seen;
        seen += this.#cells[++cell]!;
      }
      return middleOf(cell);
    });
  }

  /**
   * The share of all values that are greater than a limit, such as that of a service level objective; null when empty.
   * Exact for a limit below 256. Above that, those that share the limit's cell, and so are within 0.8 percent of it, are
   * taken to lie evenly in the cell.
   * @param ticks not negative.
   */
  shareAbove(ticks: number): number | null {
    const { count } = this;
    if (count === 0) return null;
    const limit = Math.min(Math.floor(ticks), lowOf(LAST));
    const own = cellOf(limit);
    let above = 0;
    for (let cell = own + 1; cell < this.#size; cell++) above += this.#cells[cell]!;
    const width = widthOf(own);
    const within = own < this.#size ? this.#cells[own]! : 0;
    return (above + (within * (lowOf(own) + width - 1 - limit)) / width) / count;
  }
}
