/**
 * What an outside observer knows of each order, which is what a transaction is about: which of its steps count at this
 * moment. From it come the measures that no participant could take by itself. It changes nothing in the simulated system.
 */
import { wider } from '../../engine/calendar.ts';
import type { Machine } from '../../engine/machine.ts';
import type { Count, Level, Tally } from '../../engine/monitor.ts';
import { Memory } from './memory.ts';
import type { Slips } from './slips.ts';
import { stepOf } from './verbs.ts';

/** Orders that are remembered besides those that are open. */
const MOST_ORDERS = 100_000;

export class Orders {
  /** Told when the first step of an order has come to count: what an outbox is filled by. */
  onFirstStep: ((request: number, cls: number, tag: number, path: number, key: number) => void) | null = null;

  #machine: Machine;
  #slips: Slips;
  #steps: number;
  #memory = new Memory(MOST_ORDERS);
  /** Per order and step: how often it counts, below 0 where it was undone more often than done. */
  #times: Int32Array;
  /** Per order: steps that count, transactions that are open for it, its key, and since when it is half done. */
  #done = new Int32Array(64);
  #open = new Int32Array(64);
  #key = new Int32Array(64);
  #begunAt = new Float64Array(64);
  #exposedAt = new Float64Array(64);

  #exposed: Level;
  #halfDone: Level;
  #exposure: Tally;
  #staleness: Tally;
  #committed: Tally;
  #doubled: Count;
  #wronglyUndone: Count;
  #compensations: Count;

  constructor(machine: Machine, id: string, steps: number, slips: Slips) {
    const { monitor } = machine;
    this.#machine = machine;
    this.#slips = slips;
    this.#steps = steps;
    this.#times = new Int32Array(64 * steps);
    this.#exposed = monitor.level(`${id}.exposed`);
    this.#halfDone = monitor.level(`${id}.halfDone`);
    this.#exposure = monitor.tally(`${id}.exposure`);
    this.#staleness = monitor.tally(`${id}.staleness`);
    this.#committed = monitor.tally(`${id}.committed`);
    this.#doubled = monitor.count(`${id}.doubled`, 'count', monitor.counter(), null, true);
    this.#wronglyUndone = monitor.count(`${id}.wronglyUndone`, 'count', monitor.counter(), null, true);
    this.#compensations = monitor.count(`${id}.compensations`, 'count', monitor.counter(), null, true);
  }

  /** A transaction begins for an order. */
  begin(request: number, cls: number, key: number): void {
    const row = this.#rowFor(request, cls, key);
    const wasHalf = this.#isHalf(row);
    if (this.#open[row]!++ === 0) {
      this.#begunAt[row] = this.#machine.now;
      this.#memory.hold(row);
    }
    this.#showHalf(row, wasHalf);
  }

  /** A transaction for an order is over: nothing more will be done for it. */
  end(request: number, cls: number): void {
    const row = this.#memory.find(request, cls, 0);
    const wasHalf = this.#isHalf(row);
    if (--this.#open[row]! === 0) this.#memory.letGo(row);
    this.#showHalf(row, wasHalf);
  }

  /**
   * A step has come to count, or does so no longer.
   * @param more 1 or −1. @param path of the call that had it done.
   */
  effect(request: number, cls: number, tag: number, more: number, path: number, key: number): void {
    const { now } = this.#machine;
    const row = this.#rowFor(request, cls, key);
    const step = stepOf(tag);
    const wasHalf = this.#isHalf(row);
    const wasExposed = this.#isExposed(row);
    const times = (this.#times[row * this.#steps + step]! += more);
    if (more > 0 && times === 1) this.#done[row]!++;
    if (more < 0 && times === 0) this.#done[row]!--;
    if (more > 0 && times > 1) this.#doubled.add(cls);
    if (more < 0) this.#compensations.add(cls);
    if (more < 0 && times < 0) this.#wronglyUndone.add(cls);
    const isExposed = this.#isExposed(row);
    const isWhole = this.#done[row] === this.#steps;
    if (isExposed !== wasExposed) {
      this.#exposed.set(now, this.#exposed.value + (isExposed ? 1 : -1));
      this.#slips.expose(this.#key[row]!, isExposed ? 1 : -1);
      if (isExposed) this.#exposedAt[row] = now;
      else {
        this.#exposure.add(cls, now - this.#exposedAt[row]!);
        if (isWhole) this.#staleness.add(cls, now - this.#exposedAt[row]!);
      }
    }
    if (isWhole && more > 0 && times === 1 && this.#open[row]! > 0) this.#committed.add(cls, now - this.#begunAt[row]!);
    this.#showHalf(row, wasHalf);
    if (step === 0 && more > 0) this.onFirstStep?.(request, cls, tag, path, key);
  }

  #isExposed(row: number): boolean {
    return this.#done[row]! > 0 && this.#done[row]! < this.#steps;
  }

  #isHalf(row: number): boolean {
    return this.#open[row] === 0 && this.#isExposed(row);
  }

  #showHalf(row: number, was: boolean): void {
    const is = this.#isHalf(row);
    if (is !== was) this.#halfDone.set(this.#machine.now, this.#halfDone.value + (is ? 1 : -1));
  }

  #rowFor(request: number, cls: number, key: number): number {
    const known = this.#memory.find(request, cls, 0);
    if (known >= 0) return known;
    const row = this.#memory.add(request, cls, 0);
    while (row >= this.#done.length) this.#grow();
    this.#times.fill(0, row * this.#steps, (row + 1) * this.#steps);
    this.#done[row] = 0;
    this.#open[row] = 0;
    this.#key[row] = key;
    return row;
  }

  #grow(): void {
    this.#times = wider(this.#times);
    this.#done = wider(this.#done);
    this.#open = wider(this.#open);
    this.#key = wider(this.#key);
    this.#begunAt = wider(this.#begunAt);
    this.#exposedAt = wider(this.#exposedAt);
  }
}
