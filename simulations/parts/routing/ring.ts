/**
 * A ring of hashes with several places for each target (virtual nodes): a key belongs to the first place at or after its
 * own. Source: Karger and others, Consistent hashing and random trees, STOC 1997. It knows targets by their numbers.
 */

/** Places that a ring has at most; targets beyond get one each. */
const MOST_PLACES = 1 << 20;

export class Ring {
  /** Places, each from 0 to 1, and whose they are; in order, unless some have come since. */
  #at: number[] = [];
  #owner: number[] = [];
  #isInOrder = true;

  get size(): number {
    return this.#at.length;
  }

  /** Puts a target on the ring. @param nodes how many places it gets. @param placeOf where each of them is, from 0 to 1. */
  add(target: number, nodes: number, placeOf: (node: number) => number): void {
    const count = this.size >= MOST_PLACES ? 1 : nodes;
    for (let node = 0; node < count; node++) {
      this.#at.push(placeOf(node));
      this.#owner.push(target);
    }
    this.#isInOrder = false;
  }

  /** The first place at or after a point from 0 to 1, going round. The ring is not empty. */
  placeAfter(point: number): number {
    if (!this.#isInOrder) this.#order();
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#at[middle]! < point) low = middle + 1;
      else high = middle;
    }
    return low === this.size ? 0 : low;
  }

  ownerOf(place: number): number {
    return this.#owner[place]!;
  }

  #order(): void {
    const before = this.#at;
    const owner = this.#owner;
    // of equal places the one that came first stays first
    const order = Array.from(before, (_, i) => i).sort((a, b) => before[a]! - before[b]!);
    this.#at = order.map((i) => before[i]!);
    this.#owner = order.map((i) => owner[i]!);
    this.#isInOrder = true;
  }
}
