/**
 * What is known of which targets take calls: the truth, what checks have shown, or nothing but what was there at the start.
 * A check sees whether a target is ready and does not stand still; not that it is slow or answers with errors. It sends
 * no calls.
 */
import { wider } from '../../engine/calendar.ts';
import type { Machine } from '../../engine/machine.ts';
import { field, number, object, otherwise, whole, type z } from '../../fields.ts';
import type { Targets } from './targets.ts';

/** Checks, as settings. */
export const checkSettings = object({
  every: field(
    'How long from one check of all targets to the next, in units of time. The first comes after so long.',
    number({ above: 0, max: 1e12 }),
  ),
  unhealthyAfter: field(
    'After so many failed checks in a row a target counts as down.',
    otherwise(whole({ min: 1, max: 1000 }), 1),
  ),
  healthyAfter: field(
    'After so many good checks in a row a target counts as up again, or for the first time if it was not there at the start.',
    otherwise(whole({ min: 1, max: 1000 }), 1),
  ),
  delay: field(
    'How long after a check its outcome is known, in units of time.',
    otherwise(number({ min: 0, max: 1e12 }), 0),
  ),
});

export type CheckSettings = z.output<typeof checkSettings>;

/** How it is known who is up. */
export type Knowledge = 'truth' | 'checks' | 'nothing';

const UP = 1;

export class Health {
  /** How many targets count as up. */
  up = 0;

  #targets: Targets;
  #machine: Machine;
  #knows: Knowledge;
  #checks: CheckSettings | null;
  #ticks: number;
  #changed: (target: number, isUp: boolean) => void;
  /** Per target: what is known, what the checks have come to (known after the delay), and how many in a row said otherwise. */
  #known = new Uint8Array(16);
  #found = new Uint8Array(16);
  #streak = new Int32Array(16);
  #check: number;
  #learn: number;

  /** @param changed is told when what is known of a target has changed; it may look, and not act. */
  constructor(
    machine: Machine,
    targets: Targets,
    ticks: number,
    knows: Knowledge,
    checks: CheckSettings | null,
    changed: (target: number, isUp: boolean) => void,
  ) {
    this.#machine = machine;
    this.#targets = targets;
    this.#ticks = ticks;
    this.#knows = knows;
    this.#checks = checks;
    this.#changed = changed;
    this.#check = machine.on(() => this.#checkAll());
    this.#learn = machine.on((target, isUp) => this.#become(target, isUp));
  }

  /** What is there at the start is known as it is. `targets.start` has been called before. */
  start(): void {
    const targets = this.#targets;
    this.#grow();
    for (let target = 0; target < targets.count; target++) {
      const isUp = this.#knows === 'nothing' || targets.isReady(target) ? UP : 0;
      this.#found[target] = this.#known[target] = isUp;
      this.up += isUp;
    }
    if (this.#knows === 'checks') this.#plan();
    if (this.#knows !== 'truth') return;
    targets.onChange((target) => {
      this.#grow();
      const isReady = targets.isReady(target) ? UP : 0;
      if (isReady !== this.#known[target]) this.#become(target, isReady);
    });
  }

  /** Whether a target counts as up. */
  isUp(target: number): boolean {
    return this.#known[target] === UP;
  }

  #inTicks(time: number): number {
    return Math.min(2 ** 50, Math.round(time * this.#ticks));
  }

  #plan(): void {
    this.#machine.after(Math.max(1, this.#inTicks(this.#checks!.every)), this.#check, 0, 0);
  }

  #checkAll(): void {
    const { unhealthyAfter, healthyAfter, delay } = this.#checks!;
    const wait = this.#inTicks(delay);
    this.#targets.discover();
    this.#grow();
    for (let target = 0; target < this.#targets.count; target++) {
      const passes = this.#targets.passesCheck(target) ? UP : 0;
      if (passes === this.#found[target]) {
        this.#streak[target] = 0;
        continue;
      }
      if (++this.#streak[target]! < (passes === UP ? healthyAfter : unhealthyAfter)) continue;
      this.#found[target] = passes;
      this.#streak[target] = 0;
      // all outcomes take equally long, so they become known in their order
      if (wait === 0) this.#become(target, passes);
      else this.#machine.after(wait, this.#learn, target, passes);
    }
    this.#plan();
  }

  #become(target: number, isUp: number): void {
    this.#known[target] = isUp;
    this.up += isUp === UP ? 1 : -1;
    this.#changed(target, isUp === UP);
  }

  #grow(): void {
    while (this.#targets.count > this.#known.length) {
      this.#known = wider(this.#known);
      this.#found = wider(this.#found);
      this.#streak = wider(this.#streak);
    }
  }
}
