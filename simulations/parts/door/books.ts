/**
 * The books of a door: who came, who was let in, what became of them. Every part that lets requests in or turns them
 * away keeps the same ones. It knows calls, and not what is done with them.
 */
import { ANSWERED, fateOf, type Machine } from '../../engine/machine.ts';
import type { Count, CountedLevel, Tally } from '../../engine/monitor.ts';
import type { FailureReason } from '../../engine/run.ts';
import type { Site } from '../kind.ts';

export class Books {
  /** Calls inside. */
  readonly inside: CountedLevel;
  /** By class: calls that have come, that were let in, that were answered, and that the door failed itself. */
  readonly arrivals: Count;
  readonly admitted: Count;
  readonly completions: Count;
  readonly refused: Count;
  /** Time from arrival to answer of those that were answered. */
  readonly response: Tally;
  /** Calls that are over, however they ended, since time 0. */
  finished = 0;

  #machine: Machine;
  #byReason = new Map<number, Count>();

  /** @param reasons for which the part itself may fail a call. */
  constructor({ machine, id, books }: Site, reasons: readonly FailureReason[]) {
    const { monitor } = machine;
    this.#machine = machine;
    this.inside = monitor.countedLevel(`${id}.inside`);
    books(this.inside);
    const counted = (name: string) => monitor.count(`${id}.${name}`, 'count', monitor.counter(), null, true);
    this.arrivals = counted('arrivals');
    this.admitted = counted('admitted');
    this.completions = counted('completions');
    monitor.count(`${id}.throughput`, 'rate', this.completions, null, true);
    this.refused = monitor.counter();
    monitor.count(`${id}.refused`, 'share', this.refused, this.arrivals, true);
    for (const reason of reasons) this.#byReason.set(fateOf(reason), counted(`failures.${reason}`));
    this.response = monitor.tally(`${id}.response`);
  }

  /** Whether a fate is one that the part gives itself; its own links give others. */
  isOwn(fate: number): boolean {
    return this.#byReason.has(fate);
  }

  /** A call is let in. */
  enter(call: number): void {
    this.admitted.add(this.#machine.calls.cls[call]!);
    this.inside.set(this.#machine.now, this.inside.value + 1);
  }

  /** A call that was not let in fails for a reason of the part's own. */
  turnAway(call: number, fate: number): void {
    const cls = this.#machine.calls.cls[call]!;
    this.finished++;
    this.refused.add(cls);
    this.#byReason.get(fate)!.add(cls);
    this.#machine.refuse(call, fate);
  }

  /** A call that is inside fails for a reason of the part's own. */
  fail(call: number, fate: number): void {
    this.inside.set(this.#machine.now, this.inside.value - 1);
    this.turnAway(call, fate);
  }

  /** A call that is inside has ended further down, or is answered. @param by who dropped it, where it failed. */
  end(call: number, fate: number, by: number): void {
    const machine = this.#machine;
    const { calls, now } = machine;
    this.finished++;
    this.inside.set(now, this.inside.value - 1);
    if (fate === ANSWERED) {
      const cls = calls.cls[call]!;
      this.completions.add(cls);
      this.response.add(cls, now - calls.arrivedAt[call]!);
    }
    machine.answer(call, fate, by);
  }

  /** A call that is inside was taken back by its caller. */
  drop(call: number): void {
    this.inside.set(this.#machine.now, this.inside.value - 1);
    this.#machine.drop(call);
  }
}
