/**
 * The calendar of things to come: a binary heap ordered by (time, order of asking), kept as columns (rules T1, T2),
 * and lanes, which are first-in-first-out lines for waits of one constant length: a lane has one entry in the heap
 * however many wait in it. Nothing is ever taken out before its time: whoever asked drops what is stale.
 */

/** Called with the two numbers that were given when the entry was made. */
export type Handler = (a: number, b: number) => void;

export class Calendar {
  /** Entries taken so far. */
  taken = 0;

  #handlers: Handler[] = [];
  #lanes: Lane[] = [];
  #asked = 0;
  #size = 0;
  /**
   * The first entry has been taken and its place is still open. Whoever is called mostly asks for one thing more,
   * which then sinks from the top: one walk through the heap instead of two.
   */
  #open = false;
  /** Per entry: time, order. The first time is Infinity where there is none. */
  #keys = new Float64Array(2 * 64).fill(Infinity, 0, 1);
  /** Per entry: handler, a, b, and one unused to keep the steps a power of two. */
  #asks = new Int32Array(4 * 64);

  /** Registers what to call; the number that comes back names it in `at`. */
  on(handler: Handler): number {
    this.#handlers.push(handler);
    return this.#handlers.length - 1;
  }

  /** Asks for a call at a time, in ticks, not before the present. */
  at(time: number, handler: number, a: number, b: number): void {
    this.enter(time, this.#asked++, handler, a, b);
  }

  /** A line for waits that all take `delay` ticks: asking costs the same however many wait. */
  lane(delay: number, handler: number): Lane {
    const lane = new Lane(this, delay, handler, -1 - this.#lanes.length);
    this.#lanes.push(lane);
    return lane;
  }

  /** When the next entry is due, in ticks; Infinity when there is none. */
  get next(): number {
    if (this.#open) this.#closeTop();
    // one place that times are read from: a choice of two would be put into an object of its own
    return this.#keys[0]!;
  }

  /** Takes the next entry and calls its handler. The caller has read `next` and set the clock. */
  take(): void {
    const asks = this.#asks;
    const handler = asks[0]!;
    const a = asks[1]!;
    const b = asks[2]!;
    this.taken++;
    if (handler >= 0) {
      this.#open = true;
      this.#handlers[handler]!(a, b);
      return;
    }
    const lane = this.#lanes[-1 - handler]!;
    const first = lane.shift();
    const laneA = lane.columnA[first]!;
    const laneB = lane.columnB[first]!;
    if (lane.size === 0) this.#open = true;
    else this.#sink(lane.headTime, lane.headOrder, handler, 0, 0);
    this.#handlers[lane.handler]!(laneA, laneB);
  }

  /** For lanes: the number of this asking. */
  nextOrder(): number {
    return this.#asked++;
  }

  /** Puts in an entry whose place in the order of asking is known; lanes use it for their first. */
  enter(time: number, order: number, handler: number, a: number, b: number): void {
    if (this.#open) {
      this.#open = false;
      this.#sink(time, order, handler, a, b);
      return;
    }
    if (2 * this.#size === this.#keys.length) {
      this.#keys = wider(this.#keys);
      this.#asks = wider(this.#asks);
    }
    const keys = this.#keys;
    const asks = this.#asks;
    let i = this.#size++;
    while (i > 0) {
      const up = (i - 1) >> 1;
      const upTime = keys[2 * up]!;
      if (upTime < time || (upTime === time && keys[2 * up + 1]! < order)) break;
      move(keys, asks, up, i);
      i = up;
    }
    write(keys, asks, i, time, order, handler, a, b);
  }

  /** Fills the open place at the top with the last entry. */
  #closeTop(): void {
    this.#open = false;
    const last = --this.#size;
    const keys = this.#keys;
    if (last === 0) {
      keys[0] = Infinity;
      return;
    }
    const asks = this.#asks;
    this.#sink(keys[2 * last]!, keys[2 * last + 1]!, asks[4 * last]!, asks[4 * last + 1]!, asks[4 * last + 2]!);
  }

  /** Puts an entry in place of the first and lets it sink to where it belongs. */
  #sink(time: number, order: number, handler: number, a: number, b: number): void {
    const keys = this.#keys;
    const asks = this.#asks;
    const size = this.#size;
    let i = 0;
    for (;;) {
      let down = 2 * i + 1;
      if (down >= size) break;
      let downTime = keys[2 * down]!;
      const other = down + 1;
      if (other < size) {
        const otherTime = keys[2 * other]!;
        if (otherTime < downTime || (otherTime === downTime && keys[2 * other + 1]! < keys[2 * down + 1]!)) {
          down = other;
          downTime = otherTime;
        }
      }
      if (time < downTime || (time === downTime && order < keys[2 * down + 1]!)) break;
      move(keys, asks, down, i);
      i = down;
    }
    write(keys, asks, i, time, order, handler, a, b);
  }
}

function move(keys: Float64Array, asks: Int32Array, from: number, to: number): void {
  keys[2 * to] = keys[2 * from]!;
  keys[2 * to + 1] = keys[2 * from + 1]!;
  asks[4 * to] = asks[4 * from]!;
  asks[4 * to + 1] = asks[4 * from + 1]!;
  asks[4 * to + 2] = asks[4 * from + 2]!;
}

function write(
  keys: Float64Array,
  asks: Int32Array,
  i: number,
  time: number,
  order: number,
  handler: number,
  a: number,
  b: number,
): void {
  keys[2 * i] = time;
  keys[2 * i + 1] = order;
  asks[4 * i] = handler;
  asks[4 * i + 1] = a;
  asks[4 * i + 2] = b;
}

/** A line of waits of one length. Made by `Calendar.lane`. */
export class Lane {
  size = 0;
  headTime = 0;
  headOrder = 0;
  columnA = new Int32Array(16);
  columnB = new Int32Array(16);
  readonly handler: number;

  #calendar: Calendar;
  #delay: number;
  #name: number;
  #head = 0;
  #time = new Float64Array(16);
  #order = new Float64Array(16);

  constructor(calendar: Calendar, delay: number, handler: number, name: number) {
    this.#calendar = calendar;
    this.#delay = delay;
    this.#name = name;
    this.handler = handler;
  }

  /** Asks for a call after this lane's delay. @param now the present, in ticks. */
  after(now: number, a: number, b: number): void {
    if (this.size === this.#time.length) this.#grow();
    const i = (this.#head + this.size) & (this.#time.length - 1);
    const time = now + this.#delay;
    const order = this.#calendar.nextOrder();
    this.#time[i] = time;
    this.#order[i] = order;
    this.columnA[i] = a;
    this.columnB[i] = b;
    if (this.size++ === 0) {
      this.headTime = time;
      this.headOrder = order;
      this.#calendar.enter(time, order, this.#name, 0, 0);
    }
  }

  /** Drops the first and says where its numbers still stand until the next `after`. */
  shift(): number {
    const first = this.#head;
    this.#head = (first + 1) & (this.#time.length - 1);
    this.size--;
    this.headTime = this.#time[this.#head]!;
    this.headOrder = this.#order[this.#head]!;
    return first;
  }

  #grow(): void {
    const mask = this.#time.length - 1;
    const unrolled = <T extends Float64Array | Int32Array>(column: T): T => {
      const wide = new (column.constructor as new (n: number) => T)(column.length * 2);
      for (let i = 0; i < this.size; i++) wide[i] = column[(this.#head + i) & mask]!;
      return wide;
    };
    this.#time = unrolled(this.#time);
    this.#order = unrolled(this.#order);
    this.columnA = unrolled(this.columnA);
    this.columnB = unrolled(this.columnB);
    this.#head = 0;
  }
}

/** The same column with twice the room. */
export function wider<T extends Float64Array | Int32Array | Uint32Array | Uint16Array | Int16Array | Uint8Array>(
  column: T,
): T {
  const wide = new (column.constructor as new (n: number) => T)(column.length * 2);
  wide.set(column);
  return wide;
}
