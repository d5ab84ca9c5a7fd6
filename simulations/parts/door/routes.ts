/**
 * Where requests go on from a door: for each class the first route that names it, and the call plan of that route.
 * It knows requests by their columns, be they calls or messages, and no kind of part.
 */
import type { Machine } from '../../engine/machine.ts';
import { PlanRunner, type PlanEnd } from '../../plans/runner.ts';
import { calleesOf, stagesOf, type callPlan } from '../../plans/settings.ts';
import type { z } from '../../fields.ts';
import { calleesAt, type Callee } from '../kind.ts';

export interface RouteSettings {
  classes?: string[] | undefined;
  calls: z.output<ReturnType<typeof callPlan>>;
}

/** What a route must know of those whom it takes: columns by their rows. */
export interface Travellers {
  readonly request: Float64Array;
  readonly cls: Int32Array;
  readonly key: Int32Array;
  readonly operation: Uint8Array;
}

/** The parts that routes call. */
export function calleesOfRoutes(routes: readonly RouteSettings[]): Callee[] {
  return routes.flatMap(({ calls }, i) => calleesAt(`routes.${i}.calls`, calleesOf(calls)));
}

export class Routes {
  #of: Int32Array;
  #runners: PlanRunner[];
  #travellers: Travellers;

  /** @param ended is told the row, and how its plan ended. */
  constructor(machine: Machine, row: number, routes: readonly RouteSettings[], travellers: Travellers, ended: PlanEnd) {
    this.#travellers = travellers;
    this.#runners = routes.map(({ calls }) => new PlanRunner(machine, row, stagesOf(calls), ended));
    this.#of = Int32Array.from(machine.classes, ({ id }) =>
      routes.findIndex(({ classes }) => classes === undefined || classes.includes(id)),
    );
  }

  /** Which route a class takes, by its place in the list; −1 for none. */
  of(cls: number): number {
    return this.#of[cls]!;
  }

  /**
   * Sets somebody on their route. It may end before this returns.
   * @param path of the only call of a plain route, or what the paths of several follow from.
   * @param parent the call that it is made for, or −1. @param deadline in ticks.
   */
  begin(item: number, path: number, parent: number, deadline: number): void {
    const { request, cls, key, operation } = this.#travellers;
    const runner = this.#runners[this.#of[cls[item]!]!]!;
    runner.begin(item, request[item]!, cls[item]!, path, key[item]!, operation[item]!, parent, deadline);
  }

  /** One of the calls of a route has come back. */
  answered(child: number, cls: number): void {
    this.#runners[this.#of[cls]!]!.answered(child);
  }

  /** Takes somebody back, if they are on their route. */
  cancel(item: number): void {
    this.#runners[this.#of[this.#travellers.cls[item]!]!]!.cancel(item);
  }
}
