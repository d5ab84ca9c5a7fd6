/**
 * What replicas have of the writes that their primaries have committed: each node has a log of writes that it applies in
 * their order, each when it is due. It knows rows, versions and times, and no call.
 */
import { wider } from '../../engine/calendar.ts';
import type { Machine } from '../../engine/machine.ts';

const NONE = -1;
/** Writes that wait at most, for all replicas together; with more, the oldest at the replica is applied before it is due. */
const MOST_BEHIND = 2_000_000;

/** Writes that one replica node has yet to apply, as a ring. Places count up for ever. */
class Log {
  first = 0;
  end = 0;
  dueAt = new Float64Array(16);
  committedAt = new Float64Array(16);
  cell = new Int32Array(16);
  version = new Int32Array(16);
  /** The place of the next write of the same row, or −1. */
  next = new Int32Array(16);
  isTimed = false;
  /** Entries in the calendar are good only while they bear it. */
  token = 0;

  grow(): void {
    const from = this.dueAt.length;
    const unrolled = <T extends Float64Array | Int32Array>(column: T): T => {
      const wide = wider(column);
      for (let place = this.first; place < this.end; place++)
        wide[place & (2 * from - 1)] = column[place & (from - 1)]!;
      return wide;
    };
    this.dueAt = unrolled(this.dueAt);
    this.committedAt = unrolled(this.committedAt);
    this.cell = unrolled(this.cell);
    this.version = unrolled(this.version);
    this.next = unrolled(this.next);
  }
}

export class Replication {
  /** Writes not yet applied, all replicas together. */
  behind = 0;

  #machine: Machine;
  #replicas: number;
  #changed: () => void;
  #logs: Log[] = [];
  /** By row and replica: the version that it has, since when there is a newer one (−1 for not), and the last write that waits. */
  #version = new Int32Array(64);
  #outdatedSince = new Float64Array(64).fill(NONE);
  #tail = new Int32Array(64).fill(NONE);
  #apply: number;

  /** @param replicas of each shard. @param changed is told when `behind` has changed. */
  constructor(machine: Machine, replicas: number, changed: () => void) {
    this.#machine = machine;
    this.#replicas = replicas;
    this.#changed = changed;
    this.#apply = machine.on((node, token) => {
      const log = this.#logs[node]!;
      if (log.token !== token) return;
      log.isTimed = false;
      this.#catchUp(log);
      this.#time(node, log);
      this.#changed();
    });
  }

  /**
   * A row has a new version. @param replica from 0, of the row's shard. @param node which log is its. @param lag in ticks.
   */
  commit(row: number, version: number, replica: number, node: number, lag: number): void {
    const { now } = this.#machine;
    const cell = row * this.#replicas + replica;
    while (cell >= this.#version.length) this.#growCells();
    while (node >= this.#logs.length) this.#logs.push(new Log());
    const log = this.#logs[node]!;
    const isFull = this.behind >= MOST_BEHIND;
    if (log.first === log.end && (lag === 0 || isFull)) {
      this.#version[cell] = version;
      return;
    }
    if (isFull) this.#applyFirst(log);
    if (log.end - log.first === log.dueAt.length) log.grow();
    const mask = log.dueAt.length - 1;
    const place = log.end++;
    const at = place & mask;
    const earlier = log.end - log.first > 1 ? log.dueAt[(place - 1) & mask]! : 0;
    log.dueAt[at] = Math.max(earlier, now + lag);
    log.committedAt[at] = now;
    log.cell[at] = cell;
    log.version[at] = version;
    log.next[at] = NONE;
    const tail = this.#tail[cell]!;
    if (tail === NONE) this.#outdatedSince[cell] = now;
    else log.next[tail & mask] = place;
    this.#tail[cell] = place;
    this.behind++;
    this.#time(node, log);
    this.#changed();
  }

  /** The version of a row that a replica has. */
  versionAt(row: number, replica: number): number {
    const cell = row * this.#replicas + replica;
    return cell < this.#version.length ? this.#version[cell]! : 0;
  }

  /** Since when, in ticks, there is a newer version than a replica's; −1 where there is none. */
  outdatedSince(row: number, replica: number): number {
    const cell = row * this.#replicas + replica;
    return cell < this.#outdatedSince.length ? this.#outdatedSince[cell]! : NONE;
  }

  /** Lets all replicas have everything. */
  applyAll(): void {
    for (const log of this.#logs) {
      while (log.first < log.end) this.#applyFirst(log);
      log.token++;
      log.isTimed = false;
    }
    this.#changed();
  }

  #catchUp(log: Log): void {
    while (log.first < log.end && log.dueAt[log.first & (log.dueAt.length - 1)]! <= this.#machine.now)
      this.#applyFirst(log);
  }

  #applyFirst(log: Log): void {
    const mask = log.dueAt.length - 1;
    const at = log.first++ & mask;
    const cell = log.cell[at]!;
    const next = log.next[at]!;
    this.#version[cell] = log.version[at]!;
    this.#outdatedSince[cell] = next === NONE ? NONE : log.committedAt[next & mask]!;
    if (next === NONE) this.#tail[cell] = NONE;
    this.behind--;
  }

  #time(node: number, log: Log): void {
    if (log.isTimed || log.first === log.end) return;
    log.isTimed = true;
    const due = log.dueAt[log.first & (log.dueAt.length - 1)]!;
    this.#machine.after(Math.max(0, due - this.#machine.now), this.#apply, node, log.token);
  }

  #growCells(): void {
    const from = this.#version.length;
    this.#version = wider(this.#version);
    this.#outdatedSince = wider(this.#outdatedSince).fill(NONE, from);
    this.#tail = wider(this.#tail).fill(NONE, from);
  }
}
