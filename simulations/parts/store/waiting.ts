/**
 * Lines of waiting calls, first come first served. A call stands in one line at a time, and leaves it from any place in
 * constant time. It knows calls only by their rows, and not what they wait for.
 */
import { wider } from '../../engine/calendar.ts';

const NONE = -1;

export class Waiting {
  #lines = 0;
  #first = new Int32Array(16);
  #last = new Int32Array(16);
  #size = new Int32Array(16);
  /** By the rows of calls. */
  #line = new Int32Array(64).fill(NONE);
  #before = new Int32Array(64);
  #after = new Int32Array(64);

  /** A new line; the number names it. */
  open(): number {
    if (this.#lines === this.#first.length) {
      this.#first = wider(this.#first);
      this.#last = wider(this.#last);
      this.#size = wider(this.#size);
    }
    this.#first[this.#lines] = NONE;
    this.#last[this.#lines] = NONE;
    return this.#lines++;
  }

  size(line: number): number {
    return this.#size[line]!;
  }

  /** The first in a line, or −1. */
  first(line: number): number {
    return this.#first[line]!;
  }

  push(line: number, call: number): void {
    while (call >= this.#line.length) this.#grow();
    const last = this.#last[line]!;
    this.#line[call] = line;
    this.#before[call] = last;
    this.#after[call] = NONE;
    if (last === NONE) this.#first[line] = call;
    else this.#after[last] = call;
    this.#last[line] = call;
    this.#size[line]!++;
  }

  /** Takes the first out of a line that is not empty. */
  shift(line: number): number {
    const call = this.#first[line]!;
    this.remove(call);
    return call;
  }

  /** Takes a call out of the line in which it stands. */
  remove(call: number): void {
    const line = this.#line[call]!;
    const before = this.#before[call]!;
    const after = this.#after[call]!;
    this.#line[call] = NONE;
    if (before === NONE) this.#first[line] = after;
    else this.#after[before] = after;
    if (after === NONE) this.#last[line] = before;
    else this.#before[after] = before;
    this.#size[line]!--;
  }

  #grow(): void {
    const from = this.#line.length;
    this.#line = wider(this.#line).fill(NONE, from);
    this.#before = wider(this.#before);
    this.#after = wider(this.#after);
  }
}
