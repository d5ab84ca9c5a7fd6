/** Numbers in a row, first in first out, from among which any may leave at any time. What they number it does not know. */
import { wider } from '../../engine/calendar.ts';

const NOBODY = -1;

export class LinkedRows {
  size = 0;
  /** The one that has stood here longest, and the one that came last; −1 when there is none. */
  first = NOBODY;
  last = NOBODY;

  #next = new Int32Array(16);
  #previous = new Int32Array(16);
  #isHere = new Uint8Array(16);

  has(row: number): boolean {
    return row < this.#isHere.length && this.#isHere[row] === 1;
  }

  /** One that is not here comes last. */
  push(row: number): void {
    while (row >= this.#next.length) {
      this.#next = wider(this.#next);
      this.#previous = wider(this.#previous);
      this.#isHere = wider(this.#isHere);
    }
    this.#isHere[row] = 1;
    this.#next[row] = NOBODY;
    this.#previous[row] = this.last;
    if (this.last < 0) this.first = row;
    else this.#next[this.last] = row;
    this.last = row;
    this.size++;
  }

  /** One leaves, if it is here. */
  remove(row: number): void {
    if (!this.has(row)) return;
    const next = this.#next[row]!;
    const previous = this.#previous[row]!;
    this.#isHere[row] = 0;
    if (previous < 0) this.first = next;
    else this.#next[previous] = next;
    if (next < 0) this.last = previous;
    else this.#previous[next] = previous;
    this.size--;
  }

  /** All of them in order. */
  list(): number[] {
    const all: number[] = [];
    for (let row = this.first; row >= 0; row = this.#next[row]!) all.push(row);
    return all;
  }
}
