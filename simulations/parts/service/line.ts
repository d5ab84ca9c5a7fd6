/**
 * A line of waiting calls: one lane for each priority, first come first served or last come first served within it.
 * Who leaves from the middle leaves a gap, which is skipped. It knows calls only by their rows.
 */
import { wider } from '../../engine/calendar.ts';

const GAP = -1;

class Lane {
  ring = new Int32Array(64);
  /** Places count up for ever; `first` is the first taken, `end` the next free. */
  first = 0;
  end = 0;

  grow(): void {
    const mask = this.ring.length - 1;
    const wide = new Int32Array(this.ring.length * 2);
    for (let place = this.first; place < this.end; place++) wide[place & (wide.length - 1)] = this.ring[place & mask]!;
    this.ring = wide;
  }
}

export class Line {
  /** Calls waiting, gaps not counted. */
  size = 0;

  #lanes: Lane[];
  /** Where each call stands, by its row: shared by all lines of a part. */
  #places: Places;

  constructor(priorities: number, places: Places) {
    this.#lanes = Array.from({ length: priorities }, () => new Lane());
    this.#places = places;
  }

  push(call: number, priority: number): void {
    const lane = this.#lanes[priority]!;
    if (lane.end - lane.first === lane.ring.length) lane.grow();
    this.#places.set(call, lane.end);
    lane.ring[lane.end++ & (lane.ring.length - 1)] = call;
    this.size++;
  }

  /** Puts a call before all others of its priority: who was pushed out of service goes on first. */
  unshift(call: number, priority: number): void {
    const lane = this.#lanes[priority]!;
    if (lane.end - lane.first === lane.ring.length) lane.grow();
    // places may not fall below 0, or they would no longer be told from the ring's
    if (lane.first === 0) this.#lift(lane);
    lane.ring[--lane.first & (lane.ring.length - 1)] = call;
    this.#places.set(call, lane.first);
    this.size++;
  }

  /** Takes the first of the most urgent. The line is not empty. */
  shift(): number {
    for (const lane of this.#lanes)
      while (lane.first < lane.end) {
        const call = lane.ring[lane.first++ & (lane.ring.length - 1)]!;
        if (call === GAP) continue;
        this.size--;
        return call;
      }
    return GAP;
  }

  /** Takes the last of the most urgent. The line is not empty. */
  pop(): number {
    for (const lane of this.#lanes)
      while (lane.first < lane.end) {
        const call = lane.ring[--lane.end & (lane.ring.length - 1)]!;
        if (call === GAP) continue;
        this.size--;
        return call;
      }
    return GAP;
  }

  /** Whether anybody more urgent than a priority waits. */
  hasBefore(priority: number): boolean {
    for (let i = 0; i < priority && i < this.#lanes.length; i++) {
      const lane = this.#lanes[i]!;
      while (lane.first < lane.end && lane.ring[lane.first & (lane.ring.length - 1)] === GAP) lane.first++;
      if (lane.first < lane.end) return true;
    }
    return false;
  }

  /** Takes a call that stands in this line out of it. */
  remove(call: number, priority: number): void {
    const lane = this.#lanes[priority]!;
    lane.ring[this.#places.of(call) & (lane.ring.length - 1)] = GAP;
    this.size--;
  }

  /** Every call in the order in which first come would be served. */
  list(): number[] {
    const all: number[] = [];
    for (const lane of this.#lanes)
      for (let place = lane.first; place < lane.end; place++) {
        const call = lane.ring[place & (lane.ring.length - 1)]!;
        if (call !== GAP) all.push(call);
      }
    return all;
  }

  #lift(lane: Lane): void {
    const by = lane.ring.length;
    for (let place = lane.first; place < lane.end; place++) {
      const call = lane.ring[place & (by - 1)]!;
      if (call !== GAP) this.#places.set(call, place + by);
    }
    lane.first += by;
    lane.end += by;
  }
}

/** Where calls stand in their lines, by their rows. */
export class Places {
  #at = new Float64Array(64);

  set(call: number, place: number): void {
    while (call >= this.#at.length) this.#at = wider(this.#at);
    this.#at[call] = place;
  }

  of(call: number): number {
    return this.#at[call]!;
  }
}
