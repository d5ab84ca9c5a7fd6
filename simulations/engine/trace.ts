/** Keeps what happened as columns, hop by hop, while a run goes on. It only listens. */
import { wider } from './calendar.ts';
import type { Calls } from './calls.ts';
import type { Hops, Mark } from './run.ts';

/** Hops kept at most: about 60 bytes each. */
export const MOST_HOPS = 500_000;
const MOST_MARKS = 10_000;

export class TraceRecorder {
  marks: Mark[] = [];
  sampled = false;
  #hops: Hops;

  #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
    const times = () => new Float64Array(1024).fill(-1);
    this.#hops = {
      count: 0,
      request: new Float64Array(1024),
      from: new Uint16Array(1024),
      to: new Uint16Array(1024),
      sentAt: times(),
      arrivedAt: times(),
      startedAt: times(),
      endedAt: times(),
      returnedAt: times(),
      slot: new Int32Array(1024).fill(-1),
      fate: new Uint8Array(1024),
    };
  }

  sent(call: number, now: number, request: number, from: number, to: number): void {
    const hop = this.#calls.hop[call]!;
    if (hop >= MOST_HOPS) {
      this.sampled = true;
      return;
    }
    const hops = this.#hops;
    if (hop === hops.request.length) this.#grow();
    hops.count = hop + 1;
    hops.request[hop] = request;
    hops.from[hop] = from;
    hops.to[hop] = to;
    hops.sentAt[hop] = now;
  }

  arrived(call: number, now: number): void {
    const hop = this.#calls.hop[call]!;
    if (hop < MOST_HOPS) this.#hops.arrivedAt[hop] = now;
  }

  started(call: number, now: number, slot: number): void {
    const hop = this.#calls.hop[call]!;
    if (hop >= MOST_HOPS) return;
    this.#hops.startedAt[hop] = now;
    this.#hops.slot[hop] = slot;
  }

  ended(call: number, now: number, fate: number): void {
    const hop = this.#calls.hop[call]!;
    if (hop >= MOST_HOPS) return;
    this.#hops.endedAt[hop] = now;
    this.#hops.fate[hop] = fate;
  }

  returned(call: number, now: number): void {
    const hop = this.#calls.hop[call]!;
    if (hop < MOST_HOPS) this.#hops.returnedAt[hop] = now;
  }

  mark(mark: Mark): void {
    if (this.marks.length < MOST_MARKS) this.marks.push(mark);
  }

  /** The hops as columns of just their length. */
  hops(): Hops {
    const { count, ...columns } = this.#hops;
    const exact: Record<string, unknown> = { count };
    for (const [name, column] of Object.entries(columns)) exact[name] = column.slice(0, count);
    return exact as unknown as Hops;
  }

  #grow(): void {
    const hops = this.#hops;
    const from = hops.request.length;
    hops.request = wider(hops.request);
    hops.from = wider(hops.from);
    hops.to = wider(hops.to);
    hops.sentAt = wider(hops.sentAt).fill(-1, from);
    hops.arrivedAt = wider(hops.arrivedAt).fill(-1, from);
    hops.startedAt = wider(hops.startedAt).fill(-1, from);
    hops.endedAt = wider(hops.endedAt).fill(-1, from);
    hops.returnedAt = wider(hops.returnedAt).fill(-1, from);
    hops.slot = wider(hops.slot).fill(-1, from);
    hops.fate = wider(hops.fate);
  }
}
