/**
 * Remembers the last so many things by three numbers, in constant time. What is in use is held, and not forgotten before
 * it is let go. What it stands for is in the columns of whoever asks, under the row that they are given.
 */
import { wider } from '../../engine/calendar.ts';

const NONE = -1;

export class Memory {
  /** Things remembered now. */
  count = 0;

  #most: number;
  #a = new Float64Array(64);
  #b = new Int32Array(64);
  #c = new Int32Array(64);
  /** The next with the same hash; and, in the order of coming, the one before and the one after. */
  #chain = new Int32Array(64);
  #older = new Int32Array(64);
  #newer = new Int32Array(64);
  #isHeld = new Uint8Array(64);
  #buckets = new Int32Array(64).fill(NONE);
  #oldest = NONE;
  #newest = NONE;
  #rows = 0;
  #free: number[] = [];

  /** @param most how many are remembered, besides those that are held beyond that. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The row of a thing, or −1. */
  find(a: number, b: number, c: number): number {
    let row = this.#buckets[this.#bucket(a, b, c)]!;
    while (row !== NONE && (this.#a[row] !== a || this.#b[row] !== b || this.#c[row] !== c)) row = this.#chain[row]!;
    return row;
  }

  /** Remembers something new, and forgets the oldest where there are too many. The row may have been another's before. */
  add(a: number, b: number, c: number): number {
    if (this.count >= this.#most) this.#forgetOldest();
    const row = this.#free.length > 0 ? this.#free.pop()! : this.#rows++;
    if (row >= this.#a.length) this.#grow();
    this.#a[row] = a;
    this.#b[row] = b;
    this.#c[row] = c;
    this.#isHeld[row] = 0;
    this.count++;
    this.#link(row);
    const bucket = this.#bucket(a, b, c);
    this.#chain[row] = this.#buckets[bucket]!;
    this.#buckets[bucket] = row;
    return row;
  }

  hold(row: number): void {
    this.#isHeld[row] = 1;
  }

  letGo(row: number): void {
    this.#isHeld[row] = 0;
  }

  forget(row: number): void {
    const bucket = this.#bucket(this.#a[row]!, this.#b[row]!, this.#c[row]!);
    if (this.#buckets[bucket] === row) this.#buckets[bucket] = this.#chain[row]!;
    else {
      let before = this.#buckets[bucket]!;
      while (this.#chain[before] !== row) before = this.#chain[before]!;
      this.#chain[before] = this.#chain[row]!;
    }
    this.#unlink(row);
    this.count--;
    this.#free.push(row);
  }

  #forgetOldest(): void {
    // those that are held go to the back: each comes to the front once, and then not before all the others
    for (let tries = this.count; tries > 0; tries--) {
      const row = this.#oldest;
      if (this.#isHeld[row] === 0) {
        this.forget(row);
        return;
      }
      this.#unlink(row);
      this.#link(row);
    }
  }

  #bucket(a: number, b: number, c: number): number {
    let h = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    return (h ^ (h >>> 13)) & (this.#buckets.length - 1);
  }

  #link(row: number): void {
    this.#older[row] = this.#newest;
    this.#newer[row] = NONE;
    if (this.#newest === NONE) this.#oldest = row;
    else this.#newer[this.#newest] = row;
    this.#newest = row;
  }

  #unlink(row: number): void {
    const older = this.#older[row]!;
    const newer = this.#newer[row]!;
    if (older === NONE) this.#oldest = newer;
    else this.#newer[older] = newer;
    if (newer === NONE) this.#newest = older;
    else this.#older[newer] = older;
  }

  #grow(): void {
    this.#a = wider(this.#a);
    this.#b = wider(this.#b);
    this.#c = wider(this.#c);
    this.#chain = wider(this.#chain);
    this.#older = wider(this.#older);
    this.#newer = wider(this.#newer);
    this.#isHeld = wider(this.#isHeld);
    this.#buckets = new Int32Array(2 * this.#buckets.length).fill(NONE);
    for (let row = this.#oldest; row !== NONE; row = this.#newer[row]!) {
      const bucket = this.#bucket(this.#a[row]!, this.#b[row]!, this.#c[row]!);
      this.#chain[row] = this.#buckets[bucket]!;
      this.#buckets[bucket] = row;
    }
  }
}
