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
  #asked = 0;
  #size = 0;
  #time = new Float64Array(64);
  #order = new Float64Array(64);
  #handler = new Int32Array(64);
  #a = new Int32Array(64);
  #b = new Int32Array(64);
  #lanes: Lane[] = [];

  /** Registers what to call; the number that comes back names it in `at`. */
  on(handler: Handler): number {
    this.#handlers.push(handler);
    return this.#handlers.length - 1;
  }

  /** Asks for a call at a time, in ticks, not before the present. */
  at(time: number, handler: number, a: number, b: number): void {
    this.#push(time, this.#asked++, handler, a, b);
  }

  /** A line for waits that all take `delay` ticks: asking costs the same however many wait. */
  lane(delay: number, handler: number): Lane {
    const lane = new Lane(this, delay, handler, -1 - this.#lanes.length);
    this.#lanes.push(lane);
    return lane;
  }

  /** When the next entry is due, in ticks; Infinity when there is none. */
  get next(): number {
    return this.#size === 0 ? Infinity : this.#time[0]!;
  }

  /** Takes the next entry and calls its handler. The caller has read `next` and set the clock. */
  take(): void {
    const handler = this.#handler[0]!;
    const a = this.#a[0]!;
    const b = this.#b[0]!;
    this.taken++;
    if (handler >= 0) {
      this.#removeFirst();
      this.#handlers[handler]!(a, b);
      return;
    }
    const lane = this.#lanes[-1 - handler]!;
    const first = lane.shift();
    if (lane.size === 0) this.#removeFirst();
    else this.#sinkFirst(lane.headTime, lane.headOrder, handler, 0, 0);
    this.#handlers[lane.handler]!(lane.columnA[first]!, lane.columnB[first]!);
  }

  /** For lanes: the number of this asking. */
  nextOrder(): number {
    return this.#asked++;
  }

  /** For lanes: an entry that stands for a lane's first. */
  enter(time: number, order: number, handler: number): void {
    this.#push(time, order, handler, 0, 0);
  }

  #push(time: number, order: number, handler: number, a: number, b: number): void {
    if (this.#size === this.#time.length) this.#grow();
    const times = this.#time;
    const orders = this.#order;
    let i = this.#size++;
    while (i > 0) {
      const up = (i - 1) >> 1;
      const upTime = times[up]!;
      if (upTime < time || (upTime === time && orders[up]! < order)) break;
      this.#copy(up, i);
      i = up;
    }
    this.#write(i, time, order, handler, a, b);
  }

  #removeFirst(): void {
    const last = --this.#size;
    if (last === 0) return;
    this.#sinkFirst(this.#time[last]!, this.#order[last]!, this.#handler[last]!, this.#a[last]!, this.#b[last]!);
  }

  /** Puts an entry in place of the first and lets it sink to where it belongs. */
  #sinkFirst(time: number, order: number, handler: number, a: number, b: number): void {
    const times = this.#time;
    const orders = this.#order;
    const size = this.#size;
    let i = 0;
    for (;;) {
      let down = 2 * i + 1;
      if (down >= size) break;
      const other = down + 1;
      if (
        other < size &&
        (times[other]! < times[down]! || (times[other] === times[down] && orders[other]! < orders[down]!))
      )
        down = other;
      const downTime = times[down]!;
      if (time < downTime || (time === downTime && order < orders[down]!)) break;
      this.#copy(down, i);
      i = down;
    }
    this.#write(i, time, order, handler, a, b);
  }

  #copy(from: number, to: number): void {
    this.#time[to] = this.#time[from]!;
    this.#order[to] = this.#order[from]!;
    this.#handler[to] = this.#handler[from]!;
    this.#a[to] = this.#a[from]!;
    this.#b[to] = this.#b[from]!;
  }

  #write(i: number, time: number, order: number, handler: number, a: number, b: number): void {
    this.#time[i] = time;
    this.#order[i] = order;
    this.#handler[i] = handler;
    this.#a[i] = a;
    this.#b[i] = b;
  }

  #grow(): void {
    this.#time = wider(this.#time);
    this.#order = wider(this.#order);
    this.#handler = wider(this.#handler);
    this.#a = wider(this.#a);
    this.#b = wider(this.#b);
  }
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
      this.#calendar.enter(time, order, this.#name);
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
