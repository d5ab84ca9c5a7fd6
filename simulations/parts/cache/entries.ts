/**
 * What a cache holds: entries by key, in the order in which they go when room is needed. Every step takes constant time.
 * Entries lie close together, so a slot is good only until the next one is added or taken out. It knows no call and no clock.
 */
import { wider } from '../../engine/calendar.ts';
import { KeyRows } from '../key-rows.ts';

const NONE = -1;

export class Entries {
  count = 0;
  /** By slot, from 0 to `count` − 1. */
  key = new Int32Array(64);
  /** When it is no longer good, in ticks; Infinity for never. */
  expiresAt = new Float64Array(64);
  /** How long it is good, in ticks, from its fill or from each use. */
  life = new Float64Array(64);
  /** How long it took to fetch, in ticks. */
  took = new Float64Array(64);
  /** 1 where the cache knows that something newer has been written. */
  isOutdated = new Uint8Array(64);
  /** 1 where it has been asked for since it expired. */
  isFoundExpired = new Uint8Array(64);

  #slots = new KeyRows();
  /** Towards the older and the newer neighbour. */
  #older = new Int32Array(64);
  #newer = new Int32Array(64);
  #newest = NONE;
  #oldest = NONE;

  /** The slot of a key, or −1. */
  find(key: number): number {
    return this.#slots.of(key);
  }

  /** The slot of the entry that was added or renewed longest ago. There is one. */
  get oldest(): number {
    return this.#oldest;
  }

  /** Adds an entry for a key that has none, as the newest. The caller fills its columns. */
  add(key: number): number {
    if (this.count === this.key.length) this.#grow();
    const slot = this.count++;
    this.key[slot] = key;
    this.#slots.set(key, slot);
    this.#link(slot);
    return slot;
  }

  /** Makes an entry the newest. */
  renew(slot: number): void {
    if (slot === this.#newest) return;
    this.#unlink(slot);
    this.#link(slot);
  }

  /** Takes an entry out; the last one moves into its slot. */
  remove(slot: number): void {
    this.#unlink(slot);
    this.#slots.forget(this.key[slot]!);
    const last = --this.count;
    if (slot !== last) this.#move(last, slot);
  }

  clear(): void {
    this.count = 0;
    this.#newest = NONE;
    this.#oldest = NONE;
    this.#slots.clear();
  }

  /** Keys, the newest first, `most` at most. */
  keys(most: number): number[] {
    const keys: number[] = [];
    for (let slot = this.#newest; slot !== NONE && keys.length < most; slot = this.#older[slot]!)
      keys.push(this.key[slot]!);
    return keys;
  }

  #link(slot: number): void {
    this.#older[slot] = this.#newest;
    this.#newer[slot] = NONE;
    if (this.#newest === NONE) this.#oldest = slot;
    else this.#newer[this.#newest] = slot;
    this.#newest = slot;
  }

  #unlink(slot: number): void {
    const older = this.#older[slot]!;
    const newer = this.#newer[slot]!;
    if (older === NONE) this.#oldest = newer;
    else this.#newer[older] = newer;
    if (newer === NONE) this.#newest = older;
    else this.#older[newer] = older;
  }

  #move(from: number, to: number): void {
    const key = this.key[from]!;
    this.key[to] = key;
    this.expiresAt[to] = this.expiresAt[from]!;
    this.life[to] = this.life[from]!;
    this.took[to] = this.took[from]!;
    this.isOutdated[to] = this.isOutdated[from]!;
    this.isFoundExpired[to] = this.isFoundExpired[from]!;
    const older = this.#older[from]!;
    const newer = this.#newer[from]!;
    this.#older[to] = older;
    this.#newer[to] = newer;
    if (older === NONE) this.#oldest = to;
    else this.#newer[older] = to;
    if (newer === NONE) this.#newest = to;
    else this.#older[newer] = to;
    this.#slots.set(key, to);
  }

  #grow(): void {
    this.key = wider(this.key);
    this.expiresAt = wider(this.expiresAt);
    this.life = wider(this.life);
    this.took = wider(this.took);
    this.isOutdated = wider(this.isOutdated);
    this.isFoundExpired = wider(this.isFoundExpired);
    this.#older = wider(this.#older);
    this.#newer = wider(this.#newer);
  }
}
