/**
 * What a part writes down of itself while a run goes on, beside its hops: rows of whole numbers, each with its time.
 * Which columns there are and what they mean, the kind's folder says. It knows no part.
 */
import { wider } from './calendar.ts';
import type { Journal } from './run.ts';

/** Rows kept at most in one journal. What comes later is not written down, and the journal says so. */
export const MOST_ROWS = 400_000;

export class JournalWriter {
  #at = new Float64Array(256);
  #columns: Int32Array[];
  #names: readonly string[];
  #count = 0;
  #isWhole = true;
  #most: number;

  /** @param names what its columns are called. */
  constructor(names: readonly string[], most: number = MOST_ROWS) {
    this.#names = names;
    this.#most = most;
    this.#columns = names.map(() => new Int32Array(256));
  }

  /** Writes a row. @param now in ticks. @param values one for each column. */
  write(now: number, ...values: number[]): void {
    if (this.#count === this.#most) {
      this.#isWhole = false;
      return;
    }
    const row = this.#count++;
    if (row === this.#at.length) {
      this.#at = wider(this.#at);
      this.#columns = this.#columns.map((column) => wider(column));
    }
    this.#at[row] = now;
    for (let i = 0; i < this.#columns.length; i++) this.#columns[i]![row] = values[i]!;
  }

  /** The rows as columns of just their length. */
  read(): Journal {
    const columns: Record<string, Int32Array> = {};
    for (const [i, name] of this.#names.entries()) columns[name] = this.#columns[i]!.slice(0, this.#count);
    return { count: this.#count, isWhole: this.#isWhole, at: this.#at.slice(0, this.#count), columns };
  }
}
