/**
 * The consumers of one group: which partitions each has, which of its places are free, and which partition is next.
 * Where consumers compete they are one member with the places of all; else each is a member of its own. It knows
 * partitions only by their numbers, and nothing of messages.
 */
import { wider } from '../../engine/calendar.ts';

const NOBODY = -1;

export class Consumers {
  /** How many there are, and their places together. */
  count = 0;
  places = 0;
  /** Members, and which of them each partition belongs to; −1 for none. */
  members = 0;
  readonly memberOf: Int32Array;

  #competes: boolean;
  #prefetch = 0;

  /** Per place, of consumers that are there or were: its consumer, which of the consumer's it is, whether it is in use. */
  #consumer = new Int32Array(16);
  #seat = new Int32Array(16);
  #isTaken = new Uint8Array(16);
  #nextFree = new Int32Array(16);
  #made = 0;
  #placeOf: number[][] = [];
  /** Per member: its free places, the one that has been free longest first. */
  #firstFree = new Int32Array(1);
  #lastFree = new Int32Array(1);

  /** Per member: its partitions that have something to deliver, in turn. */
  #firstReady = new Int32Array(1);
  #lastReady = new Int32Array(1);
  #nextReady: Int32Array;
  #isReady: Uint8Array;

  constructor(partitions: number, competes: boolean) {
    this.#competes = competes;
    this.memberOf = new Int32Array(partitions).fill(NOBODY);
    this.#nextReady = new Int32Array(partitions);
    this.#isReady = new Uint8Array(partitions);
  }

  /**
   * Deals the partitions out anew, in ranges: the first consumers get one more where they do not go round (the range
   * assignor of Apache Kafka). Nobody's partition is in turn afterwards.
   */
  assign(count: number, prefetch: number): void {
    this.count = count;
    this.#prefetch = prefetch;
    this.places = count * prefetch;
    this.members = this.#competes ? Math.min(1, count) : count;
    this.#firstFree = new Int32Array(Math.max(1, this.members)).fill(NOBODY);
    this.#lastFree = new Int32Array(Math.max(1, this.members)).fill(NOBODY);
    this.#firstReady = new Int32Array(Math.max(1, this.members)).fill(NOBODY);
    this.#lastReady = new Int32Array(Math.max(1, this.members)).fill(NOBODY);
    this.#isReady.fill(0);
    // every consumer gets one before any gets a second
    for (let seat = 0; seat < prefetch; seat++)
      for (let consumer = 0; consumer < count; consumer++) {
        const place = (this.#placeOf[consumer] ??= [])[seat] ?? this.#add(consumer, seat);
        if (this.#isTaken[place] === 0) this.#pushFree(place);
      }
    const partitions = this.memberOf.length;
    if (this.members === 0) this.memberOf.fill(NOBODY);
    else {
      const least = Math.floor(partitions / this.members);
      const more = partitions % this.members;
      let partition = 0;
      for (let member = 0; member < this.members && partition < partitions; member++)
        for (let i = least + (member < more ? 1 : 0); i > 0; i--) this.memberOf[partition++] = member;
    }
  }

  hasFree(member: number): boolean {
    return this.#firstFree[member]! >= 0;
  }

  /** Takes the place of a member that has been free longest. There is one. */
  takePlace(member: number): number {
    const place = this.#firstFree[member]!;
    this.#firstFree[member] = this.#nextFree[place]!;
    this.#isTaken[place] = 1;
    return place;
  }

  /** A place is free; that of a consumer who has left is not used again. */
  release(place: number): void {
    this.#isTaken[place] = 0;
    if (this.#consumer[place]! < this.count && this.#seat[place]! < this.#prefetch) this.#pushFree(place);
  }

  /** The member that a place belongs to, or −1 when its consumer has left. */
  memberAt(place: number): number {
    const consumer = this.#consumer[place]!;
    return consumer >= this.count ? NOBODY : this.#competes ? 0 : consumer;
  }

  /** A partition has something to deliver: its turn comes after those that had before. */
  standInTurn(partition: number): void {
    const member = this.memberOf[partition]!;
    if (member < 0 || this.#isReady[partition] === 1) return;
    this.#isReady[partition] = 1;
    this.#nextReady[partition] = NOBODY;
    if (this.#firstReady[member]! < 0) this.#firstReady[member] = partition;
    else this.#nextReady[this.#lastReady[member]!] = partition;
    this.#lastReady[member] = partition;
  }

  /** The partition of a member whose turn it is, or −1. */
  nextInTurn(member: number): number {
    const partition = this.#firstReady[member]!;
    if (partition < 0) return NOBODY;
    this.#firstReady[member] = this.#nextReady[partition]!;
    this.#isReady[partition] = 0;
    return partition;
  }

  #pushFree(place: number): void {
    const member = this.#competes ? 0 : this.#consumer[place]!;
    this.#nextFree[place] = NOBODY;
    if (this.#firstFree[member]! < 0) this.#firstFree[member] = place;
    else this.#nextFree[this.#lastFree[member]!] = place;
    this.#lastFree[member] = place;
  }

  #add(consumer: number, seat: number): number {
    const place = this.#made++;
    if (place === this.#consumer.length) {
      this.#consumer = wider(this.#consumer);
      this.#seat = wider(this.#seat);
      this.#isTaken = wider(this.#isTaken);
      this.#nextFree = wider(this.#nextFree);
    }
    this.#consumer[place] = consumer;
    this.#seat[place] = seat;
    this.#placeOf[consumer]![seat] = place;
    return place;
  }
}
