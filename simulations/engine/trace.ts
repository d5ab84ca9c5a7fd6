/**
 * Keeps what happened as columns, hop by hop, while a run goes on. It only listens. When the hops are over their budget,
 * it goes on with all failures, the slowest, and a uniform sample of the requests, and says how much each of those stands for.
 */
import { wider } from './calendar.ts';
import type { Calls } from './calls.ts';
import { stream, uniform } from './draws.ts';
import { fates, type Hops, type Mark } from './run.ts';

/** Hops kept at most: about 80 bytes each. */
export const MOST_HOPS = 500_000;
const MOST_MARKS = 10_000;

/** Requests kept at most because they are the slowest. */
const MOST_SLOW = 1000;
const FIRST_FAILURE = fates.indexOf('answered') + 1;
/** Chooses the sample, by request: whatever the order of events, and whatever else is drawn. */
const CHOICE = stream(0, 0, 'trace', 'sample');

/** Values of `Hops.kept`. */
export const kept = { sampled: 0, failed: 1, slow: 2, open: 3, recent: 4 } as const;

/**
 * How much must be sampled. What is sampled once stays so: what was left out before cannot be had back.
 * 1: requests that neither failed, nor are among the slowest, nor are open. 2: failed ones as well. 3: all, from their first hop on.
 */
type Level = 0 | 1 | 2 | 3;

/** The requests of all hops that are kept now, by the class and the number that all hops of a request share. */
interface Requests {
  count: number;
  /** Per hop: the row of its request here. */
  of: Int32Array;
  /** Below 1 / weight for those in the sample. */
  choice: Float64Array;
  hops: Int32Array;
  /** From the first hop without a parent being sent to the last one's return, in ticks; -1 for none. */
  took: Float64Array;
  /** 1 where a hop failed; 1 where a call is open. */
  failed: Uint8Array;
  open: Uint8Array;
}

type Columns = Omit<Hops, 'count' | 'kept'>;

export class TraceRecorder {
  marks: Mark[] = [];
  sampled = false;
  weight = 1;

  #calls: Calls;
  #most: number;
  #level: Level = 0;
  #mostSlow = MOST_SLOW;
  /** What takes longer than this is among the slowest, in ticks. It only rises, so that none of them was left out before. */
  #slowLimit = -1;
  /** Per row of the open calls: its row here, or -1. */
  #rowOf = new Int32Array(64).fill(-1);
  #count = 0;
  #columns: Columns;

  /** @param most hops kept at most, at least 64. */
  constructor(calls: Calls, most: number = MOST_HOPS) {
    this.#calls = calls;
    this.#most = most;
    const times = () => new Float64Array(1024).fill(-1);
    this.#columns = {
      request: new Float64Array(1024),
      from: new Uint16Array(1024),
      to: new Uint16Array(1024),
      parent: new Int32Array(1024),
      attempt: new Uint16Array(1024),
      cls: new Uint16Array(1024),
      by: new Uint16Array(1024),
      abandoned: new Uint8Array(1024),
      sentAt: times(),
      arrivedAt: times(),
      startedAt: times(),
      endedAt: times(),
      returnedAt: times(),
      slot: new Int32Array(1024).fill(-1),
      fate: new Uint8Array(1024),
    };
  }

  /** The row of an open call's hop, or -1 where it was left out. */
  rowOf(call: number): number {
    return call < this.#rowOf.length ? this.#rowOf[call]! : -1;
  }

  sent(call: number, now: number, from: number, to: number): void {
    if (call >= this.#rowOf.length) {
      const length = this.#rowOf.length;
      this.#rowOf = wider(this.#rowOf).fill(-1, length);
      if (call >= this.#rowOf.length) {
        this.sent(call, now, from, to);
        return;
      }
    }
    if ((this.#count >= this.#most || this.#level === 3) && !this.#admits(call)) {
      this.#rowOf[call] = -1;
      return;
    }
    const hop = this.#count++;
    if (hop === this.#columns.request.length) this.#grow();
    const columns = this.#columns;
    const calls = this.#calls;
    this.#rowOf[call] = hop;
    columns.request[hop] = calls.request[call]!;
    columns.from[hop] = from;
    columns.to[hop] = to;
    const parent = calls.parent[call]!;
    columns.parent[hop] = parent < 0 ? -1 : this.rowOf(parent);
    columns.attempt[hop] = (calls.flags[call]! & 8) === 0 ? 0 : calls.step[call]!;
    columns.cls[hop] = calls.cls[call]!;
    columns.sentAt[hop] = now;
  }

  arrived(call: number, now: number): void {
    const hop = this.#rowOf[call]!;
    if (hop >= 0) this.#columns.arrivedAt[hop] = now;
  }

  started(call: number, now: number, slot: number): void {
    const hop = this.#rowOf[call]!;
    if (hop < 0) return;
    this.#columns.startedAt[hop] = now;
    this.#columns.slot[hop] = slot;
  }

  ended(call: number, now: number, fate: number, by: number): void {
    const hop = this.#rowOf[call]!;
    if (hop < 0) return;
    this.#columns.endedAt[hop] = now;
    this.#columns.fate[hop] = fate;
    this.#columns.by[hop] = by;
  }

  returned(call: number, now: number): void {
    const hop = this.#rowOf[call]!;
    if (hop < 0) return;
    this.#columns.returnedAt[hop] = now;
    this.#rowOf[call] = -1;
  }

  abandoned(call: number): void {
    const hop = this.rowOf(call);
    if (hop >= 0) this.#columns.abandoned[hop] = 1;
  }

  mark(mark: Mark): void {
    if (this.marks.length < MOST_MARKS) this.marks.push(mark);
  }

  /** The hops as columns of just their length. */
  hops(): Hops {
    const exact: Record<string, unknown> = { count: this.#count };
    for (const [name, column] of Object.entries(this.#columns)) exact[name] = column.slice(0, this.#count);
    if (this.sampled) {
      const requests = this.#requests();
      const why = this.#why(requests);
      const reasons = new Uint8Array(this.#count);
      for (let hop = 0; hop < this.#count; hop++) reasons[hop] = why[requests.of[hop]!]!;
      exact.kept = reasons;
    }
    return exact as unknown as Hops;
  }

  /** Whether there is room for a call's hop; makes some where there is none. */
  #admits(call: number): boolean {
    if (this.#level === 3 && !this.#isChosen(call)) return false;
    if (this.#count < this.#most) return true;
    this.#thinOut();
    return this.#count < this.#most && (this.#level < 3 || this.#isChosen(call));
  }

  #isChosen(call: number): boolean {
    return uniform(CHOICE, this.#calls.request[call]!, this.#calls.cls[call]!) * this.weight < 1;
  }

  /**
   * Leaves hops out, by whole requests, until at least a quarter of the budget is free: so the work, a few passes over
   * all hops, comes to a constant for each hop that is sent.
   */
  #thinOut(): void {
    this.sampled = true;
    if (this.#level === 0) this.#level = 1;
    const requests = this.#requests();
    let why = this.#why(requests);
    let held = new Float64Array(5);
    const count = (): void => {
      held = new Float64Array(5);
      for (let row = 0; row < requests.count; row++) held[why[row]!]! += requests.hops[row]!;
    };
    count();
    while (this.#mostSlow > 0 && held[kept.slow]! > this.#most / 8) {
      this.#mostSlow >>>= 1;
      why = this.#why(requests);
      count();
    }
    const certain = held[kept.failed]! + held[kept.slow]! + held[kept.open]!;
    if (this.#level === 1 && (held[kept.failed]! > this.#most / 2 || certain > (this.#most * 5) / 8)) {
      this.#level = 2;
      why = this.#why(requests);
      count();
    }
    if (this.#level === 2 && held[kept.slow]! + held[kept.open]! > this.#most / 2) {
      this.#level = 3;
      why = this.#why(requests);
      count();
    }
    while (held.subarray(0, kept.recent).reduce((sum, hops) => sum + hops, 0) > (this.#most * 3) / 4) {
      this.weight *= 2;
      why = this.#why(requests);
      count();
    }
    this.#leaveOut(requests, why);
  }

  /** Why each request is kept. */
  #why(requests: Requests): Uint8Array {
    const { choice, failed, open, took } = requests;
    const level = this.#level;
    if (level < 3) this.#slowLimit = Math.max(this.#slowLimit, slowerThan(took, open, requests.count, this.#mostSlow));
    const slow = level < 3 ? this.#slowLimit : Infinity;
    const share = 1 / this.weight;
    const why = new Uint8Array(requests.count);
    for (let row = 0; row < requests.count; row++) {
      if (level === 1 && failed[row] === 1) why[row] = kept.failed;
      else if (open[row] === 1 && level < 3) why[row] = kept.open;
      else if (took[row]! > slow) why[row] = kept.slow;
      else why[row] = choice[row]! < share ? kept.sampled : kept.recent;
    }
    return why;
  }

  /** Finds the requests of all hops, in passes over them. */
  #requests(): Requests {
    const { request, cls, parent, sentAt, returnedAt, fate, abandoned } = this.#columns;
    const calls = this.#calls;
    const count = this.#count;
    let size = 64;
    while (size < count * 2) size *= 2;
    // open addressing: the row of a request and one, or 0 for a free place
    const table = new Int32Array(size);
    const firstHop = new Int32Array(count);
    const found: Requests = {
      count: 0,
      of: new Int32Array(count),
      choice: new Float64Array(count),
      hops: new Int32Array(count),
      took: new Float64Array(count).fill(-1),
      failed: new Uint8Array(count),
      open: new Uint8Array(count),
    };
    const placeOf = (number: number, own: number): number => {
      let place = (Math.imul((number ^ Math.imul(own, 0x85ebca6b)) | 0, 0x9e3779b1) >>> 7) & (size - 1);
      for (;;) {
        const row = table[place]! - 1;
        if (row < 0 || (request[firstHop[row]!] === number && cls[firstHop[row]!] === own)) return place;
        place = (place + 1) & (size - 1);
      }
    };
    const first = new Float64Array(count).fill(Infinity);
    for (let hop = 0; hop < count; hop++) {
      const place = placeOf(request[hop]!, cls[hop]!);
      let row = table[place]! - 1;
      if (row < 0) {
        row = found.count++;
        table[place] = row + 1;
        firstHop[row] = hop;
        found.choice[row] = uniform(CHOICE, request[hop]!, cls[hop]!);
      }
      found.of[hop] = row;
      found.hops[row]!++;
      if (fate[hop]! >= FIRST_FAILURE) found.failed[row] = 1;
      if (parent[hop]! >= 0 || abandoned[hop] === 1) continue;
      first[row] = Math.min(first[row]!, sentAt[hop]!);
      if (returnedAt[hop]! >= 0) found.took[row] = Math.max(found.took[row]!, returnedAt[hop]! - first[row]!);
    }
    // the calls know more of what is open than the hops: one that waits for its next try has none
    for (let call = 0; call < calls.rows; call++) {
      if (calls.hop[call]! < 0) continue;
      const row = table[placeOf(calls.request[call]!, calls.cls[call]!)]! - 1;
      if (row >= 0) found.open[row] = 1;
    }
    return found;
  }

  /** Moves the hops that stay together, in their order, and tells parents and open calls their new rows. */
  #leaveOut(requests: Requests, why: Uint8Array): void {
    const count = this.#count;
    const columns = this.#columns;
    const { parent } = columns;
    const rowNow = new Int32Array(count).fill(-1);
    const stays = new Int32Array(count);
    let next = 0;
    for (let hop = 0; hop < count; hop++) {
      if (why[requests.of[hop]!] === kept.recent) continue;
      rowNow[hop] = next;
      stays[next] = hop;
      // a parent is always sent before what is asked for it
      if (parent[hop]! >= 0) parent[hop] = rowNow[parent[hop]!]!;
      next++;
    }
    for (const column of Object.values(columns)) {
      if (column instanceof Float64Array) for (let hop = 0; hop < next; hop++) column[hop] = column[stays[hop]!]!;
      else if (column instanceof Int32Array) for (let hop = 0; hop < next; hop++) column[hop] = column[stays[hop]!]!;
      else if (column instanceof Uint16Array) for (let hop = 0; hop < next; hop++) column[hop] = column[stays[hop]!]!;
      else for (let hop = 0; hop < next; hop++) column[hop] = column[stays[hop]!]!;
    }
    this.#count = next;
    for (const times of [columns.sentAt, columns.arrivedAt, columns.startedAt, columns.endedAt, columns.returnedAt])
      times.fill(-1, next, count);
    columns.slot.fill(-1, next, count);
    columns.fate.fill(0, next, count);
    columns.by.fill(0, next, count);
    columns.abandoned.fill(0, next, count);
    const rowOf = this.#rowOf;
    for (let call = 0; call < rowOf.length; call++) if (rowOf[call]! >= 0) rowOf[call] = rowNow[rowOf[call]!]!;
  }

  #grow(): void {
    const columns = this.#columns;
    const from = columns.request.length;
    columns.request = wider(columns.request);
    columns.from = wider(columns.from);
    columns.to = wider(columns.to);
    columns.parent = wider(columns.parent);
    columns.attempt = wider(columns.attempt);
    columns.cls = wider(columns.cls);
    columns.by = wider(columns.by);
    columns.abandoned = wider(columns.abandoned);
    columns.sentAt = wider(columns.sentAt).fill(-1, from);
    columns.arrivedAt = wider(columns.arrivedAt).fill(-1, from);
    columns.startedAt = wider(columns.startedAt).fill(-1, from);
    columns.endedAt = wider(columns.endedAt).fill(-1, from);
    columns.returnedAt = wider(columns.returnedAt).fill(-1, from);
    columns.slot = wider(columns.slot).fill(-1, from);
    columns.fate = wider(columns.fate);
  }
}

/** The time that fewer than `most` closed requests took longer than: the `most`-th longest, or -1 where there are fewer. */
function slowerThan(took: Float64Array, open: Uint8Array, count: number, most: number): number {
  if (most === 0) return Infinity;
  const longest = new Float64Array(2 * most);
  let filled = 0;
  let limit = -1;
  const settle = (): void => {
    longest.subarray(0, filled).sort();
    if (filled < most) return;
    longest.copyWithin(0, filled - most, filled);
    filled = most;
    limit = longest[0]!;
  };
  for (let row = 0; row < count; row++) {
    if (open[row] === 1 || took[row]! <= limit) continue;
    longest[filled++] = took[row]!;
    if (filled === longest.length) settle();
  }
  settle();
  return limit;
}
