/**
 * Passes calls on to targets, one for one, brings the answers back, and keeps the books of it. It does not choose the
 * target: whoever owns it does, and is told how each call came back.
 */
import { wider } from '../../engine/calendar.ts';
import { flag } from '../../engine/calls.ts';
import { ANSWERED, fateOf, type Machine } from '../../engine/machine.ts';
import type { Count, CountedLevel, Tally } from '../../engine/monitor.ts';
import type { FailureReason } from '../../engine/run.ts';
import type { Site } from '../kind.ts';
import type { Targets } from './targets.ts';

/** Told when a call is no longer with its target; `fate` is −1 when the caller has taken it back. */
export type CameBack = (target: number, fate: number) => void;

export class Passing {
  /** Calls inside, those included that are with a target. */
  readonly inside: CountedLevel;
  /** Calls that have come, that this part has failed itself, and that were passed on; by class. */
  readonly arrivals: Count;
  readonly refused: Count;
  readonly sent: Count;
  /** Per target: calls that have not come back, and calls ever sent. */
  outstanding = new Int32Array(16);
  sentTo = new Float64Array(16);

  #machine: Machine;
  #targets: Targets;
  #cameBack: CameBack;
  /** Per row of a call that is inside: the call that was made of it, or −1. */
  #child = new Int32Array(64).fill(-1);
  #completions: Count;
  #failed: Count;
  #stale: Count;
  #response: Tally;
  #byReason = new Map<number, Count>();
  #byPart: Count[];

  /** @param reasons for which the owner itself may fail a call. */
  constructor(
    { machine, id, books }: Site,
    targets: Targets,
    parts: readonly { to: string }[],
    reasons: readonly FailureReason[],
    cameBack: CameBack,
  ) {
    const { monitor } = machine;
    this.#machine = machine;
    this.#targets = targets;
    this.#cameBack = cameBack;
    this.inside = monitor.countedLevel(`${id}.inside`);
    books(this.inside);
    this.arrivals = monitor.count(`${id}.arrivals`, 'count', monitor.counter(), null, true);
    this.#completions = monitor.count(`${id}.completions`, 'count', monitor.counter(), null, true);
    monitor.count(`${id}.throughput`, 'rate', this.#completions, null, true);
    this.refused = monitor.counter();
    monitor.count(`${id}.refused`, 'share', this.refused, this.arrivals, true);
    for (const reason of reasons)
      this.#byReason.set(
        fateOf(reason),
        monitor.count(`${id}.failures.${reason}`, 'count', monitor.counter(), null, true),
      );
    this.sent = monitor.counter();
    this.#failed = monitor.count(`${id}.failed`, 'share', monitor.counter(), this.sent, true);
    this.#stale = monitor.count(`${id}.stale`, 'share', monitor.counter(), this.sent, true);
    this.#byPart = parts.map(({ to }) => monitor.count(`${id}.sent.${to}`, 'count'));
    this.#response = monitor.tally(`${id}.response`);
  }

  /** Makes room for so many targets: before any of them is chosen. */
  makeRoom(targets: number): void {
    while (targets > this.outstanding.length) {
      this.outstanding = wider(this.outstanding);
      this.sentTo = wider(this.sentTo);
    }
  }

  /** A call has come. */
  enter(call: number): void {
    const machine = this.#machine;
    while (call >= this.#child.length) {
      const from = this.#child.length;
      this.#child = wider(this.#child).fill(-1, from);
    }
    this.#child[call] = -1;
    this.arrivals.add(machine.calls.cls[call]!);
    this.inside.set(machine.now, this.inside.value + 1);
    machine.begins(call, 0);
  }

  /** Passes a call that is inside on. Its answer may be back before this returns. */
  send(call: number, target: number): void {
    const machine = this.#machine;
    const targets = this.#targets;
    const { calls } = machine;
    const cls = calls.cls[call]!;
    this.sent.add(cls);
    this.#byPart[targets.part[target]!]!.add(0);
    if (!targets.isThere(target)) this.#stale.add(cls);
    this.outstanding[target]!++;
    this.sentTo[target]!++;
    // the same path: a part in between changes no draw behind it (rule R2)
    const child = machine.call(targets.way[target]!, calls.request[call]!, cls, calls.path[call]!, 0, target, call);
    calls.operation[child] = calls.operation[call]!;
    calls.instance[child] = targets.instance[target]!;
    this.#child[call] = child;
    machine.dispatch(child);
  }

  /** The owner fails a call that is inside. */
  fail(call: number, fate: number): void {
    const machine = this.#machine;
    const cls = machine.calls.cls[call]!;
    this.refused.add(cls);
    this.#byReason.get(fate)?.add(cls);
    this.inside.set(machine.now, this.inside.value - 1);
    machine.refuse(call, fate);
  }

  /** A call that was passed on has come back. */
  answered(child: number): void {
    const machine = this.#machine;
    const { calls, now } = machine;
    const call = calls.parent[child]!;
    const target = calls.step[child]!;
    const fate = calls.fate[child]!;
    const cls = calls.cls[call]!;
    calls.flags[call]! |= calls.flags[child]! & flag.degraded;
    this.outstanding[target]!--;
    this.inside.set(now, this.inside.value - 1);
    if (fate === ANSWERED) {
      this.#completions.add(cls);
      this.#response.add(cls, now - calls.arrivedAt[call]!);
    } else this.#failed.add(cls);
    this.#cameBack(target, fate);
    machine.answer(call, fate, calls.by[child]!);
  }

  /** The caller waits no longer for a call that is inside. */
  cancel(call: number): void {
    const machine = this.#machine;
    const child = this.#child[call]!;
    this.inside.set(machine.now, this.inside.value - 1);
    if (child >= 0) {
      const target = machine.calls.step[child]!;
      this.outstanding[target]!--;
      this.#cameBack(target, -1);
      machine.abandon(child, true, machine.calls.fate[call]!);
    }
    machine.drop(call);
  }
}
