/**
 * Locks on rows: exclusive for one, or shared by many, and granted in the order in which they were asked for. A row is
 * a number; what is stored in it, and what a call does with its lock, it does not know.
 */
import { wider } from '../../engine/calendar.ts';
import type { Waiting } from './waiting.ts';

const NONE = -1;

export class Locks {
  /** Locks held now, each holder counted. */
  held = 0;

  #waiting: Waiting;
  #granted: (call: number) => void;
  /** By row: who holds it alone (0 or 1), how many share it, and the line of those who wait, once there was one. */
  #isHeldAlone = new Uint8Array(64);
  #sharers = new Int32Array(64);
  #line = new Int32Array(64).fill(NONE);
  /** By the rows of calls: whether it wants to be alone. */
  #wantsAlone = new Uint8Array(64);

  /** @param granted is told when one who had to wait has the lock. It may not give one back at once. */
  constructor(waiting: Waiting, granted: (call: number) => void) {
    this.#waiting = waiting;
    this.#granted = granted;
  }

  /** Asks for a lock: true when it is had at once, else the call stands in line. */
  take(row: number, call: number, alone: boolean): boolean {
    while (row >= this.#line.length) this.#growRows();
    while (call >= this.#wantsAlone.length) this.#wantsAlone = wider(this.#wantsAlone);
    this.#wantsAlone[call] = alone ? 1 : 0;
    const line = this.#line[row]!;
    if ((line === NONE || this.#waiting.size(line) === 0) && this.#isFree(row, alone)) {
      this.#hold(row, alone);
      return true;
    }
    if (line === NONE) this.#line[row] = this.#waiting.open();
    this.#waiting.push(this.#line[row]!, call);
    return false;
  }

  /** A holder gives its lock back. */
  release(row: number, call: number): void {
    this.held--;
    if (this.#wantsAlone[call] === 1) this.#isHeldAlone[row] = 0;
    else this.#sharers[row]!--;
    this.#grant(row);
  }

  /** One who waits does so no longer. Those behind it may have waited only for it. */
  leave(row: number, call: number): void {
    this.#waiting.remove(call);
    this.#grant(row);
  }

  #isFree(row: number, alone: boolean): boolean {
    return this.#isHeldAlone[row] === 0 && (!alone || this.#sharers[row] === 0);
  }

  #hold(row: number, alone: boolean): void {
    this.held++;
    if (alone) this.#isHeldAlone[row] = 1;
    else this.#sharers[row]!++;
  }

  #grant(row: number): void {
    const line = this.#line[row]!;
    if (line === NONE) return;
    for (let call = this.#waiting.first(line); call !== NONE; call = this.#waiting.first(line)) {
      const alone = this.#wantsAlone[call] === 1;
      if (!this.#isFree(row, alone)) return;
      this.#waiting.remove(call);
      this.#hold(row, alone);
      this.#granted(call);
    }
  }

  #growRows(): void {
    const from = this.#line.length;
    this.#isHeldAlone = wider(this.#isHeldAlone);
    this.#sharers = wider(this.#sharers);
    this.#line = wider(this.#line).fill(NONE, from);
  }
}
