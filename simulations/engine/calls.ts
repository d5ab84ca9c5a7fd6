/**
 * Every call that is open: who made it, for which customer, and how far it has come. Columns with a free list;
 * a call is named by its row, and the row is used again after `close`.
 */
import { wider } from './calendar.ts';

export class Calls {
  /** The customer's number. */
  request = new Float64Array(64);
  /** The way it takes: see `Machine.way`. */
  way = new Int32Array(64);
  /** The n-th call of the run, from 0; -1 marks a free row. */
  hop = new Int32Array(64);
  /** The caller's own number for it. */
  note = new Int32Array(64);
  /** Times in ticks; -1 until they come. */
  sentAt = new Float64Array(64);
  arrivedAt = new Float64Array(64);
  startedAt = new Float64Array(64);
  endedAt = new Float64Array(64);
  slot = new Int32Array(64);
  fate = new Uint8Array(64);

  /** Calls that are open now, and calls ever made. */
  open = 0;
  made = 0;
  /** Rows in use or used before: where a walk over all open calls ends. */
  rows = 0;

  #free = new Int32Array(64);
  #freed = 0;

  begin(now: number, request: number, way: number, note: number): number {
    let row: number;
    if (this.#freed > 0) row = this.#free[--this.#freed]!;
    else {
      if (this.rows === this.hop.length) this.#grow();
      row = this.rows++;
    }
    this.open++;
    this.request[row] = request;
    this.way[row] = way;
    this.hop[row] = this.made++;
    this.note[row] = note;
    this.sentAt[row] = now;
    this.arrivedAt[row] = -1;
    this.startedAt[row] = -1;
    this.endedAt[row] = -1;
    this.slot[row] = -1;
    this.fate[row] = 0;
    return row;
  }

  close(row: number): void {
    this.open--;
    this.hop[row] = -1;
    this.#free[this.#freed++] = row;
  }

  #grow(): void {
    this.request = wider(this.request);
    this.way = wider(this.way);
    this.hop = wider(this.hop);
    this.note = wider(this.note);
    this.sentAt = wider(this.sentAt);
    this.arrivedAt = wider(this.arrivedAt);
    this.startedAt = wider(this.startedAt);
    this.endedAt = wider(this.endedAt);
    this.slot = wider(this.slot);
    this.fate = wider(this.fate);
    this.#free = wider(this.#free);
  }
}
