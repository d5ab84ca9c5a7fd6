/**
 * Messages that a bus has taken and not yet delivered: what the calls were that brought them, which are over.
 * Columns with a free list; a message is named by its row.
 */
import { wider } from '../../engine/calendar.ts';
import type { Calls } from '../../engine/calls.ts';

export class Messages {
  request = new Float64Array(64);
  cls = new Int32Array(64);
  key = new Int32Array(64);
  path = new Int32Array(64);
  operation = new Uint8Array(64);
  /** By which the trace knows the call that brought it. */
  hop = new Int32Array(64);
  /** When it was taken, in ticks. */
  since = new Float64Array(64);
  /** Deliveries that have failed. */
  failed = new Int32Array(64);
  /** Entries in the calendar for a message are good only while they bear its token. */
  token = new Int32Array(64);
  /** Messages that are kept now. */
  kept = 0;

  #rows = 0;
  #free: number[] = [];

  /** Keeps what a call brought. @param hop by which the trace knows the call. */
  keep(calls: Calls, call: number, now: number, hop: number): number {
    const row = this.#free.pop() ?? this.#rows++;
    if (row === this.cls.length) this.#grow();
    this.request[row] = calls.request[call]!;
    this.cls[row] = calls.cls[call]!;
    this.key[row] = calls.key[call]!;
    this.path[row] = calls.path[call]!;
    this.operation[row] = calls.operation[call]!;
    this.hop[row] = hop;
    this.since[row] = now;
    this.failed[row] = 0;
    this.kept++;
    return row;
  }

  forget(row: number): void {
    this.token[row]!++;
    this.kept--;
    this.#free.push(row);
  }

  #grow(): void {
    this.request = wider(this.request);
    this.cls = wider(this.cls);
    this.key = wider(this.key);
    this.path = wider(this.path);
    this.operation = wider(this.operation);
    this.hop = wider(this.hop);
    this.since = wider(this.since);
    this.failed = wider(this.failed);
    this.token = wider(this.token);
  }
}
