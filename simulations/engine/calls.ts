/**
 * Every call that is open: who made it, for which customer, and how far it has come. Columns with a free list;
 * a call is named by its row, and the row is used again after `close`. Whoever keeps a row beyond the present keeps
 * its `hop` as well: as long as `calls.hop[row]` is still that number, the row is still that call.
 */
import { wider } from './calendar.ts';

/** Bits of `Calls.flags`. */
export const flag = {
  /** The caller waits no longer: what comes back is dropped. */
  abandoned: 1,
  /** The caller has said so: the callee does no more work for it. */
  cancelled: 2,
  /** Not a message but what its caller's policy makes of one or more: it never arrives anywhere. */
  logical: 4,
  /** One of the tries that a policy makes for a logical call. */
  attempt: 8,
  /** The answer is a substitute: stale, from a fallback, or with something optional left out. */
  degraded: 16,
  /** It, or its answer, was lost on the way. */
  lost: 32,
} as const;

export class Calls {
  /** The customer's number at its source, from 0. */
  request = new Float64Array(64);
  /** Index into `Machine.classes`: tells source and class. */
  cls = new Int32Array(64);
  /** Which thing it is about, from 0; see `Machine.classes`. */
  key = new Int32Array(64);
  /** Names the call within its request, whatever the order of events: draws are made for (request, path). */
  path = new Int32Array(64);
  /** The way it takes: see `Machine.way`. */
  way = new Int32Array(64);
  /** The n-th call of the run, from 0; -1 marks a free row. */
  hop = new Int32Array(64).fill(-1);
  /** The caller's own numbers for it. */
  note = new Int32Array(64);
  step = new Int32Array(64);
  /** The call that the caller is serving by it, or -1 at a source. */
  parent = new Int32Array(64);
  /** Which instance of the callee it is meant for, or -1 for any. */
  instance = new Int32Array(64);
  /** 1 for a call that changes something, 0 for one that reads, 2 for one that changes only what has not changed since it was read. */
  operation = new Uint8Array(64);
  /** When its answer is of no more use, in ticks; Infinity for never. */
  deadline = new Float64Array(64);
  /** Times in ticks; -1 until they come. */
  sentAt = new Float64Array(64);
  arrivedAt = new Float64Array(64);
  startedAt = new Float64Array(64);
  endedAt = new Float64Array(64);
  slot = new Int32Array(64);
  fate = new Uint8Array(64);
  /** The part that dropped it, where it failed. */
  by = new Uint16Array(64);
  /** Bits of `flag`. */
  flags = new Uint8Array(64);

  /** Calls that are open now, and calls ever made. */
  open = 0;
  made = 0;
  /** Rows in use or used before: where a walk over all open calls ends. */
  rows = 0;

  #free = new Int32Array(64);
  #freed = 0;

  /** A new row; whoever asks sets `key`, `instance`, `operation` and `deadline` where they are not plain. */
  begin(
    now: number,
    request: number,
    cls: number,
    path: number,
    way: number,
    note: number,
    step: number,
    parent: number,
  ): number {
    let row: number;
    if (this.#freed > 0) row = this.#free[--this.#freed]!;
    else {
      if (this.rows === this.hop.length) this.#grow();
      row = this.rows++;
    }
    this.open++;
    this.request[row] = request;
    this.cls[row] = cls;
    this.path[row] = path;
    this.way[row] = way;
    this.hop[row] = this.made++;
    this.note[row] = note;
    this.step[row] = step;
    this.parent[row] = parent;
    this.key[row] = 0;
    this.instance[row] = -1;
    this.operation[row] = 0;
    this.deadline[row] = Infinity;
    this.sentAt[row] = now;
    this.arrivedAt[row] = -1;
    this.startedAt[row] = -1;
    this.endedAt[row] = -1;
    this.slot[row] = -1;
    this.fate[row] = 0;
    this.by[row] = 0;
    this.flags[row] = 0;
    return row;
  }

  close(row: number): void {
    this.open--;
    this.hop[row] = -1;
    this.#free[this.#freed++] = row;
  }

  #grow(): void {
    const from = this.hop.length;
    this.request = wider(this.request);
    this.cls = wider(this.cls);
    this.key = wider(this.key);
    this.path = wider(this.path);
    this.way = wider(this.way);
    this.hop = wider(this.hop).fill(-1, from);
    this.note = wider(this.note);
    this.step = wider(this.step);
    this.parent = wider(this.parent);
    this.instance = wider(this.instance);
    this.operation = wider(this.operation);
    this.deadline = wider(this.deadline);
    this.sentAt = wider(this.sentAt);
    this.arrivedAt = wider(this.arrivedAt);
    this.startedAt = wider(this.startedAt);
    this.endedAt = wider(this.endedAt);
    this.slot = wider(this.slot);
    this.fate = wider(this.fate);
    this.by = wider(this.by);
    this.flags = wider(this.flags);
    this.#free = wider(this.#free);
  }
}
