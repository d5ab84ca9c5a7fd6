/**
 * Where a call may be passed on to: parts as a whole, and each instance of a part whose instances have lines of their own.
 * Targets are numbered in the order in which they are found. It knows fleets, and no kind of part.
 */
import { wider } from '../../engine/calendar.ts';
import type { Machine } from '../../engine/machine.ts';
import type { Fleet } from '../../engine/part.ts';
import { field, list, number, object, otherwise, text, z } from '../../fields.ts';

const weight = (meaning: string) => field(meaning, number({ min: 0, max: 1e6 }));

const targetSettings = z.union([
  field('A part, when there is nothing more to say.', text(60)),
  object({
    to: field('The part.', text(60)),
    weight: otherwise(
      weight('How much it can take beside the others, for policies that look at weights; 0 takes it out.'),
      1,
    ),
    instanceWeights: field(
      'Weights of its single instances, in the order of their numbers; those beyond the list have the weight of the part.',
      otherwise(list(weight('The weight of one instance.'), { max: 1000 }), []),
    ),
  }),
]);

/** The list of targets, as settings. */
export const targetList = (meaning: string) => field(meaning, list(targetSettings, { min: 1, max: 100 }));

/** One part among the targets, with everything that was left out. */
export interface TargetPart {
  to: string;
  weight: number;
  instanceWeights: readonly number[];
}

/** The parts that a list of targets names, for `callees` and for `Targets`. */
export function targetParts(written: z.output<ReturnType<typeof targetList>>): TargetPart[] {
  return written.map((one) => (typeof one === 'string' ? { to: one, weight: 1, instanceWeights: [] } : one));
}

export class Targets {
  /** How many there are or ever were; they are numbered from 0. */
  count = 0;
  /** Per target: the way to its part, its instance there (−1 for the whole part), and which part of the list it belongs to. */
  way = new Int32Array(16);
  instance = new Int32Array(16);
  part = new Int32Array(16);
  weight = new Float64Array(16);

  #machine: Machine;
  #parts: TargetPart[];
  #ways: number[];
  #fleets: (Fleet | null)[] = [];
  /** Parts whose instances are targets; and of each part its targets, by the numbers of the instances. */
  #spread: number[] = [];
  #ofPart: number[][] = [];

  /** @param row the part that passes calls on. */
  constructor(machine: Machine, row: number, parts: TargetPart[]) {
    this.#machine = machine;
    this.#parts = parts;
    this.#ways = parts.map(({ to }) => machine.way(row, machine.rowOf(to)));
  }

  /** Finds what is there at the start, once all parts are in place. */
  start(): void {
    for (const [part, { to }] of this.#parts.entries()) {
      const fleet = this.#machine.partAt(this.#machine.rowOf(to)).fleet ?? null;
      this.#fleets.push(fleet);
      this.#ofPart.push([]);
      if (fleet?.hasOwnLines === true) this.#spread.push(part);
      else this.#ofPart[part]!.push(this.#add(part, -1));
    }
    this.discover();
  }

  /** Finds instances that have been started since. A number that is used again is the same target again. */
  discover(): void {
    for (const part of this.#spread) {
      const own = this.#ofPart[part]!;
      for (const { count } = this.#fleets[part]!; own.length < count;) own.push(this.#add(part, own.length));
    }
  }

  /** Has a listener told of each target that may have begun or ceased to be ready, also of one that is new. */
  onChange(listener: (target: number) => void): void {
    for (const [part, fleet] of this.#fleets.entries())
      fleet?.onChange((instance) => {
        this.discover();
        listener(this.#ofPart[part]![this.#spread.includes(part) ? instance : 0]!);
      });
  }

  /** Whether a target takes calls now: it is ready and in rotation. A part without instances always is. */
  isReady(target: number): boolean {
    const fleet = this.#fleets[this.part[target]!]!;
    if (fleet === null) return true;
    const instance = this.instance[target]!;
    return instance < 0 ? fleet.ready > 0 : fleet.isReady(instance);
  }

  /** Whether a target would pass a check: it is ready, and does not stand still. */
  passesCheck(target: number): boolean {
    const instance = this.instance[target]!;
    return this.isReady(target) && !(instance >= 0 && this.#fleets[this.part[target]!]!.isPaused(instance));
  }

  /** Whether there is somebody who would take a call, in rotation or not. */
  isThere(target: number): boolean {
    const instance = this.instance[target]!;
    return instance < 0 ? this.isReady(target) : this.#fleets[this.part[target]!]!.stateOf(instance) === 'ready';
  }

  /** How many requests are inside a target now; −1 where it does not say. */
  load(target: number): number {
    const fleet = this.#fleets[this.part[target]!]!;
    if (fleet === null) return -1;
    const instance = this.instance[target]!;
    return instance < 0 ? fleet.load : fleet.inside(instance);
  }

  /** The same parts with other weights. */
  reweigh(parts: TargetPart[]): void {
    this.#parts = parts;
    for (let target = 0; target < this.count; target++) this.weight[target] = this.#weightOf(target);
  }

  idOf(target: number): string {
    return this.#parts[this.part[target]!]!.to;
  }

  /** Its name, for a reader: `server` or `server.3`. */
  nameOf(target: number): string {
    const instance = this.instance[target]!;
    return instance < 0 ? this.idOf(target) : `${this.idOf(target)}.${instance}`;
  }

  /** Marks what has become of a target. */
  mark(target: number, detail: string): void {
    const instance = this.instance[target]!;
    this.#machine.mark(this.idOf(target), 'health', detail, instance < 0 ? undefined : instance);
  }

  #weightOf(target: number): number {
    const { weight, instanceWeights } = this.#parts[this.part[target]!]!;
    const instance = this.instance[target]!;
    return instance >= 0 && instance < instanceWeights.length ? instanceWeights[instance]! : weight;
  }

  #add(part: number, instance: number): number {
    const target = this.count++;
    if (target === this.way.length) {
      this.way = wider(this.way);
      this.instance = wider(this.instance);
      this.part = wider(this.part);
      this.weight = wider(this.weight);
    }
    this.way[target] = this.#ways[part]!;
    this.instance[target] = instance;
    this.part[target] = part;
    this.weight[target] = this.#weightOf(target);
    return target;
  }
}
