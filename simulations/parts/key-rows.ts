/**
 * Which row of a table belongs to a key, in constant time: a column for the keys that lie close together, as those of
 * traffic do, and a map for what is far away. What a row holds it does not know.
 */

/** Keys from 0 up to here are looked up in a column, 4 bytes each as far as they have been used. */
const NEAR = 1_048_576;

export class KeyRows {
  #near = new Int32Array(64).fill(-1);
  #far = new Map<number, number>();

  /** The row of a key, or −1. */
  of(key: number): number {
    if (key >= 0 && key < NEAR) return key < this.#near.length ? this.#near[key]! : -1;
    return this.#far.get(key) ?? -1;
  }

  set(key: number, row: number): void {
    if (key < 0 || key >= NEAR) {
      this.#far.set(key, row);
      return;
    }
    if (key >= this.#near.length) {
      let length = 2 * this.#near.length;
      while (length <= key) length *= 2;
      const wide = new Int32Array(length).fill(-1, this.#near.length);
      wide.set(this.#near);
      this.#near = wide;
    }
    this.#near[key] = row;
  }

  forget(key: number): void {
    if (key < 0 || key >= NEAR) this.#far.delete(key);
    else if (key < this.#near.length) this.#near[key] = -1;
  }

  clear(): void {
    this.#near.fill(-1);
    this.#far.clear();
  }
}
