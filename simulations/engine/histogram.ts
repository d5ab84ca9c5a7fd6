/**
 * A log-linear histogram of whole numbers of ticks: exact below 256, then 128 cells to each doubling, so that a value read
 * back is at most 1/256 (0.4 percent) off, whatever its size. It has cells only for the doublings that values fell into,
 * so one that hears little costs little. The idea is that of Tene's HdrHistogram (hdrhistogram.org).
 */
import { HIGH } from './elementary.ts';

/** Cells to a doubling, and to each piece by which a histogram grows. */
const CELLS = 128;
const TWO_TO_32 = 4294967296;
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
  if (ticks < TWO_TO_32) {
    // what is shifted out leaves eight bits; of a number below 256 nothing is shifted out
    const shift = 24 - Math.clz32(ticks | CELLS);
    return shift * CELLS + (ticks >>> shift);
  }
  double[0] = ticks;
  return (halves[HIGH]! >> 13) - OFFSET;
}

/** How many values a cell stands for. */
function widthOf(cell: number): number {
  let width = 1;
  for (let octave = (cell / CELLS) | 0; octave > 1; octave--) width *= 2;
  return width;
}

/** The least value that falls into a cell. */
function lowOf(cell: number): number {
  return cell < CELLS ? cell : (CELLS + (cell % CELLS)) * widthOf(cell);
}

function middleOf(cell: number): number {
  return lowOf(cell) + (widthOf(cell) - 1) / 2;
}

export class Histogram {
  #cells = NONE;
  /** Which cell `#cells` begins with: a multiple of 128. */
  #first = 0;

  /**
   * Counts a value.
   * @param ticks a whole number from 0 to 2^53. @throws RangeError for anything greater, and for NaN.
   */
  add(ticks: number): void {
    const cell = cellOf(ticks);
    // below the first cell is, without its sign, far above the last
    if (cell - this.#first >>> 0 >= this.#cells.length) this.#reach(cell);
    this.#cells[cell - this.#first]!++;
  }

  /** Makes room for a cell, at least doubling what there is, so that growing costs little however far values spread. */
  #reach(cell: number): void {
    if (cell < 0 || cell > LAST) throw new RangeError('a histogram takes whole numbers of ticks from 0 to 2^53');
    const old = this.#cells;
    const octave = cell - (cell % CELLS);
    let first = this.#first;
    let end = first + old.length;
    if (old.length === 0) {
      first = octave;
      end = octave + CELLS;
    } else if (cell < first) first = Math.max(0, Math.min(octave, first - old.length));
    else end = Math.max(octave + CELLS, end + old.length);
    const cells = new Uint32Array(end - first);
    cells.set(old, old.length === 0 ? 0 : this.#first - first);
    this.#cells = cells;
    this.#first = first;
  }

  /** Takes in all that another one counted. */
  merge(other: Histogram): void {
    const theirs = other.#cells;
    for (let i = 0; i < theirs.length; i++) {
      const count = theirs[i]!;
      if (count === 0) continue;
      const cell = other.#first + i;
      if (cell - this.#first >>> 0 >= this.#cells.length) this.#reach(cell);
      this.#cells[cell - this.#first]! += count;
    }
  }

  /** How many values it holds. */
  get count(): number {
    let sum = 0;
    for (const count of this.#cells) sum += count;
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
   * Several quantiles, as `quantile` would give each; in one walk over the cells when they come in ascending order.
   * @param qs each from 0 to 1.
   */
  quantiles(qs: readonly number[]): (number | null)[] {
    const { count } = this;
    if (count === 0) return qs.map(() => null);
    const cells = this.#cells;
    let i = 0;
    let seen = cells[0]!;
    return qs.map((q) => {
      const rank = Math.min(count, Math.max(1, Math.ceil(q * count)));
      if (rank <= seen - cells[i]!) {
        i = 0;
        seen = cells[0]!;
      }
      while (seen < rank) seen += cells[++i]!;
      return middleOf(this.#first + i);
    });
  }

  /**
   * The share of all values that are greater than a limit, such as that of a service level objective; null when empty.
   * Exact for a limit below 256. Above, the values of the limit's own cell, which are all within 0.8 percent of it, are
   * taken to lie evenly in it.
   * @param ticks not negative.
   */
  shareAbove(ticks: number): number | null {
    const { count } = this;
    if (count === 0) return null;
    const limit = Math.floor(ticks);
    const own = limit >= lowOf(LAST) ? LAST : cellOf(limit);
    let above = 0;
    for (let i = Math.max(0, own + 1 - this.#first); i < this.#cells.length; i++) above += this.#cells[i]!;
    const width = widthOf(own);
    const within = this.#cells[own - this.#first] ?? 0;
    return (above + within * Math.max(0, (lowOf(own) + width - 1 - limit) / width)) / count;
  }
}
