/**
 * The log of a coordinator: the transactions that are under way, as columns with a free list. What it keeps survives a
 * crash; the calls that wait, and timers, do not. It knows no protocol.
 */
import { wider } from '../../engine/calendar.ts';

export const UNDECIDED = 0;
export const COMMITTED = 1;
export const ABORTED = 2;

const NONE = -1;

export class Log {
  /** Transactions under way. */
  open = 0;
  /** Rows in use or used before. */
  rows = 0;

  /** Names the transaction, and with a step in it one of its steps; −1 marks a free row. */
  tag = new Int32Array(16).fill(NONE);
  request = new Float64Array(16);
  cls = new Int32Array(16);
  key = new Int32Array(16);
  /** Of the call that asks for the first step. */
  path = new Int32Array(16);
  begunAt = new Float64Array(16);
  decision = new Uint8Array(16);
  /** Why it was aborted, and who dropped it. */
  fate = new Uint8Array(16);
  by = new Uint16Array(16);
  /** The protocol's own: the step that it is at, answers that it waits for, and a bit for each participant. */
  step = new Int32Array(16);
  pending = new Int32Array(16);
  marks = new Int32Array(16);
  /** Its row among the requests that are recognised, or −1. */
  known = new Int32Array(16);
  /** Its row among those that are found by their tags, where that is wanted. */
  place = new Int32Array(16);
  /** Timers are good only while they bear it. */
  era = new Int32Array(16);
  /** The first of the calls that wait for it; the others hang on it. */
  firstCall = new Int32Array(16).fill(NONE);
  /** Per transaction and participant: the call that it waits for, or −1. */
  asked: Int32Array;

  #participants: number;
  #free: number[] = [];

  constructor(participants: number) {
    this.#participants = participants;
    this.asked = new Int32Array(16 * participants).fill(NONE);
  }

  begin(tag: number, request: number, cls: number, key: number, path: number, now: number): number {
    const t = this.#free.length > 0 ? this.#free.pop()! : this.rows++;
    if (t >= this.tag.length) this.#grow();
    this.tag[t] = tag;
    this.request[t] = request;
    this.cls[t] = cls;
    this.key[t] = key;
    this.path[t] = path;
    this.begunAt[t] = now;
    this.decision[t] = UNDECIDED;
    this.step[t] = 0;
    this.pending[t] = 0;
    this.marks[t] = 0;
    this.known[t] = NONE;
    this.open++;
    return t;
  }

  end(t: number): void {
    this.tag[t] = NONE;
    this.era[t]!++;
    this.open--;
    this.#free.push(t);
  }

  #grow(): void {
    const from = this.tag.length;
    this.tag = wider(this.tag).fill(NONE, from);
    this.request = wider(this.request);
    this.cls = wider(this.cls);
    this.key = wider(this.key);
    this.path = wider(this.path);
    this.begunAt = wider(this.begunAt);
    this.decision = wider(this.decision);
    this.fate = wider(this.fate);
    this.by = wider(this.by);
    this.step = wider(this.step);
    this.pending = wider(this.pending);
    this.marks = wider(this.marks);
    this.known = wider(this.known);
    this.place = wider(this.place);
    this.era = wider(this.era);
    this.firstCall = wider(this.firstCall).fill(NONE, from);
    this.asked = wider(this.asked).fill(NONE, from * this.#participants);
  }
}
