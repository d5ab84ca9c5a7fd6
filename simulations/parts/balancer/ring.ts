/**
 * A ring of hashes with several places for each target (virtual nodes): a key belongs to the first place at or after its
 * own. Source: Karger and others, Consistent hashing and random trees, STOC 1997. It knows targets by their numbers.
 */
import { mixPath, pathOf, uniform, type Stream } from '../../engine/draws.ts';

/** Places that a ring has at most; targets beyond get one each. */
const MOST_PLACES = 1 << 20;

export class Ring {
  /** Places in order, each from 0 to 1, and whose they are. */
  #at = new Float64Array(0);
  #owner = new Int32Array(0);
  #stream: Stream;

  /** @param stream where the places are drawn from: the same for a target whatever else is on the ring. */
  constructor(stream: Stream) {
    this.#stream = stream;
  }

  get size(): number {
    return this.#at.length;
  }

  /** Puts a target on the ring. @param instance −1 for a part as a whole. @param nodes how many places it gets. */
  add(target: number, part: string, instance: number, nodes: number): void {
    const count = this.size >= MOST_PLACES ? 1 : nodes;
    const own = pathOf(part);
    const more = new Float64Array(count);
    for (let i = 0; i < count; i++) more[i] = uniform(this.#stream, instance + 1, mixPath(own, i));
    more.sort();
    const at = new Float64Array(this.size + count);
    const owner = new Int32Array(at.length);
    for (let i = 0, from = 0, next = 0; i < at.length; i++) {
      const isNew = from === this.size || (next < count && more[next]! < this.#at[from]!);
      owner[i] = isNew ? target : this.#owner[from]!;
      at[i] = isNew ? more[next++]! : this.#at[from++]!;
    }
    this.#at = at;
    this.#owner = owner;
  }

  /** The first place at or after a point from 0 to 1, going round. The ring is not empty. */
  placeAfter(point: number): number {
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
}
