/**
 * Keeps what happened as columns, hop by hop, while a run goes on. It only listens. When the hops are over their budget,
 * it goes on with all failures, the slowest, and a uniform sample of the requests, and says how much each of those stands for.
 */
import { wider } from './calendar.ts';
import type { Calls } from './calls.ts';
import type { Hops, Mark } from './run.ts';

/** Hops kept at most: about 80 bytes each. */
export const MOST_HOPS = 500_000;
const MOST_MARKS = 10_000;

type Columns = Omit<Hops, 'count'>;

export class TraceRecorder {
  marks: Mark[] = [];
  sampled = false;
  weight = 1;

  #calls: Calls;
  /** Per row of the open calls: its row here, or -1. */
  #rowOf = new Int32Array(64).fill(-1);
  #count = 0;
  #columns: Columns;

  constructor(calls: Calls) {
    this.#calls = calls;
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
    if (this.#count >= MOST_HOPS) {
      this.sampled = true;
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
    return exact as unknown as Hops;
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
