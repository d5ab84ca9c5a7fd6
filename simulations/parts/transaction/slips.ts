/**
 * What coordinators and participants of one machine have in common: for each coordinator a slip that says where an event
 * goes next (a routing slip: Hohpe and Woolf, Enterprise Integration Patterns, 2003), and which keys are half changed.
 * It knows rows and ways, and no part.
 */
import { wider } from '../../engine/calendar.ts';
import type { Machine } from '../../engine/machine.ts';
import type { Count } from '../../engine/monitor.ts';
import { KeyRows } from '../key-rows.ts';
import type { Orders } from './orders.ts';

/** What participants need to know of one coordinator's transactions. */
export interface Slip {
  /** For a choreographed saga, the ways from each participant to the next, to the one before, and to where it began. */
  onward: Int32Array;
  back: Int32Array;
  home: Int32Array;
  orders: Orders;
  /** Counts every message that belongs to a transaction. */
  messages: Count;
}

export class Slips {
  /** By the number of the slip, as a tag has it. */
  readonly list: Slip[] = [];
  /** Transactions begun so far, all coordinators together. */
  begun = 0;
  /** Rows of parts that know the verbs, and tell `Orders` what they have done. */
  readonly participants = new Set<number>();

  /** Orders that are half done, by key. */
  #rows = new KeyRows();
  #known = 0;
  #exposed = new Int32Array(64);

  /** One order more, or fewer, of a key is half done. */
  expose(key: number, more: number): void {
    let row = this.#rows.of(key);
    if (row < 0) {
      row = this.#known++;
      this.#rows.set(key, row);
      if (row === this.#exposed.length) this.#exposed = wider(this.#exposed);
    }
    this.#exposed[row]! += more;
  }

  /** Whether some order of a key is half done. */
  isExposed(key: number): boolean {
    const row = this.#rows.of(key);
    return row >= 0 && this.#exposed[row]! > 0;
  }
}

const known = new WeakMap<Machine, Slips>();

/** The slips of a machine. */
export function slipsOf(machine: Machine): Slips {
  let slips = known.get(machine);
  if (slips === undefined) known.set(machine, (slips = new Slips()));
  return slips;
}
