/**
 * The messages that a broker keeps, as columns with a free list. What holds for all groups stands once, in the row of the
 * message; what each group makes of it stands in the row message × groups + group. It knows no consumer.
 */
import { wider } from '../../engine/calendar.ts';

/** What has become of a message in a group. */
export const WAITING = 0;
export const WORKING = 1;
/** It has failed, and waits for its time to be delivered again. */
export const ASIDE = 2;
export const DONE = 3;
export const DEAD = 4;
/** Dropped as too old. */
export const EXPIRED = 5;

export class Messages {
  readonly groups: number;
  /** Messages that some group is not done with yet. */
  stored = 0;

  request = new Float64Array(64);
  acceptedAt = new Float64Array(64);
  cls = new Int32Array(64);
  path = new Int32Array(64);
  key = new Int32Array(64);
  partition = new Int32Array(64);
  operation = new Uint8Array(64);

  /** Per message and group: the one behind it in its line, its state, how often it was delivered, whether that ever went well. */
  next: Int32Array;
  state: Uint8Array;
  deliveries: Int32Array;
  hasGoneWell: Uint8Array;

  /** Groups that are not done with it yet. */
  #unfinished = new Int32Array(64);
  /** How many things still name the row: groups not done with it, open deliveries, timers, places in a line. */
  #holds = new Int32Array(64);
  #free: number[] = [];
  #rows = 0;

  constructor(groups: number) {
    this.groups = groups;
    this.next = new Int32Array(64 * groups);
    this.state = new Uint8Array(64 * groups);
    this.deliveries = new Int32Array(64 * groups);
    this.hasGoneWell = new Uint8Array(64 * groups);
  }

  /** Keeps a new message, which waits for every group. */
  keep(
    now: number,
    request: number,
    cls: number,
    path: number,
    key: number,
    operation: number,
    partition: number,
  ): number {
    const message = this.#free.length > 0 ? this.#free.pop()! : this.#rows++;
    if (message === this.request.length) this.#grow();
    this.request[message] = request;
    this.acceptedAt[message] = now;
    this.cls[message] = cls;
    this.path[message] = path;
    this.key[message] = key;
    this.operation[message] = operation;
    this.partition[message] = partition;
    const first = message * this.groups;
    for (let row = first; row < first + this.groups; row++) {
      this.next[row] = -1;
      this.state[row] = WAITING;
      this.deliveries[row] = 0;
      this.hasGoneWell[row] = 0;
    }
    this.#unfinished[message] = this.groups;
    this.#holds[message] = 1;
    this.stored++;
    return message;
  }

  /** The message that a group's row is of. */
  of(row: number): number {
    return Math.floor(row / this.groups);
  }

  /** A group is done with it, one way or the other. */
  finish(message: number): void {
    if (--this.#unfinished[message]! > 0) return;
    this.stored--;
    this.letGo(message);
  }

  /** One thing more names the row: it is not used again before that has let go. */
  hold(message: number): void {
    this.#holds[message]!++;
  }

  letGo(message: number): void {
    if (--this.#holds[message]! === 0) this.#free.push(message);
  }

  #grow(): void {
    this.request = wider(this.request);
    this.acceptedAt = wider(this.acceptedAt);
    this.cls = wider(this.cls);
    this.path = wider(this.path);
    this.key = wider(this.key);
    this.operation = wider(this.operation);
    this.partition = wider(this.partition);
    this.#unfinished = wider(this.#unfinished);
    this.#holds = wider(this.#holds);
    this.next = wider(this.next);
    this.state = wider(this.state);
    this.deliveries = wider(this.deliveries);
    this.hasGoneWell = wider(this.hasGoneWell);
  }
}
