/**
 * Carries out a call plan for one request after another: stage by stage, with what is optional, repeated or instead.
 * Whoever owns the plan begins it with a number of its own and is told how it ended. It knows no kind of part.
 */
import { wider } from '../engine/calendar.ts';
import { flag } from '../engine/calls.ts';
import { uniform } from '../engine/draws.ts';
import { ANSWERED, childPath, type Machine } from '../engine/machine.ts';
import type { Stage, Step } from './settings.ts';

/** Steps and their copies have numbers of their own within a plan: step × COPIES + copy. */
const COPIES = 16_384;

const DEGRADED = flag.degraded;

interface OwnStep extends Step {
  way: number;
  fallbackWay: number;
  /** The number of its first copy. */
  number: number;
}

export interface PlanEnd {
  /**
   * @param owner the number that the plan was begun with. @param fate `answered` or what it failed of.
   * @param by the part that dropped it. @param degraded whether something optional was missing.
   */
  (owner: number, fate: number, by: number, degraded: boolean): void;
}

export class PlanRunner {
  /** True when there is nothing to call. */
  readonly isEmpty: boolean;
  /** The way of the plan's only step, when it is a plain call; else −1. Whoever knows may make that call by itself. */
  readonly plainWay: number;

  #machine: Machine;
  #stages: { steps: OwnStep[]; need: number }[];
  #steps: OwnStep[] = [];
  #end: PlanEnd;
  #chance: ReturnType<Machine['stream']>;

  /** Of a plain plan only its call is kept, per owner; -1 where none is under way. */
  #callOf = new Int32Array(16).fill(-1);
  /** Per owner: its plan that is going on, or -1. */
  #planOf = new Int32Array(16).fill(-1);
  /** Per plan that is going on. */
  #owner = new Int32Array(16);
  /** Counts up whenever the plan goes on or ends, to notice what happened while a call was made. */
  #turn = new Int32Array(16);
  #stage = new Int32Array(16);
  #pending = new Int32Array(16);
  #answered = new Int32Array(16);
  #need = new Int32Array(16);
  #degraded = new Uint8Array(16);
  #isEnding = new Uint8Array(16);
  #request = new Float64Array(16);
  #cls = new Int32Array(16);
  #path = new Int32Array(16);
  #key = new Int32Array(16);
  #operation = new Uint8Array(16);
  #parent = new Int32Array(16);
  #deadline = new Float64Array(16);
  /** The first of its open calls; the others hang on it by `#nextCall`. */
  #firstCall = new Int32Array(16);
  #rows = 0;
  #free: number[] = [];
  /** Per row of the machine's calls: its neighbours among the open calls of its plan, or -1. */
  #nextCall = new Int32Array(64).fill(-1);
  #previousCall = new Int32Array(64).fill(-1);

  constructor(machine: Machine, row: number, stages: readonly Stage[], end: PlanEnd) {
    this.#machine = machine;
    this.#end = end;
    this.#chance = machine.stream(machine.idOf(row), 'plan');
    this.#stages = stages.map(({ steps, need }) => {
      const own = steps.map((step, i) => ({
        ...step,
        number: (this.#steps.length + i) * COPIES,
        way: machine.way(row, machine.rowOf(step.to)),
        fallbackWay: step.fallback === undefined ? -1 : machine.way(row, machine.rowOf(step.fallback)),
      }));
      this.#steps.push(...own);
      return { steps: own, need: need ?? Infinity };
    });
    this.isEmpty = stages.length === 0;
    const only = this.#steps.length === 1 ? this.#steps[0]! : null;
    const isPlain =
      only !== null &&
      only.probability === 1 &&
      only.copies === 1 &&
      only.again === 0 &&
      !only.optional &&
      only.fallback === undefined &&
      only.operation < 0;
    this.plainWay = isPlain ? only.way : -1;
  }

  /**
   * Begins the plan. It may end before this returns.
   * @param owner a number from 0 that no other plan that is going on was begun with.
   * @param parent the call that it is made for, or −1 at a source.
   */
  begin(
    owner: number,
    request: number,
    cls: number,
    path: number,
    key: number,
    operation: number,
    parent: number,
    deadline: number,
  ): void {
    if (this.plainWay >= 0) {
      this.#beginPlain(owner, request, cls, path, key, operation, parent, deadline);
      return;
    }
    const plan = this.#free.length > 0 ? this.#free.pop()! : this.#rows++;
    if (plan >= this.#owner.length) this.#grow();
    while (owner >= this.#planOf.length) {
      const from = this.#planOf.length;
      this.#planOf = wider(this.#planOf).fill(-1, from);
    }
    this.#planOf[owner] = plan;
    this.#owner[plan] = owner;
    this.#stage[plan] = -1;
    this.#pending[plan] = 0;
    this.#degraded[plan] = 0;
    this.#isEnding[plan] = 0;
    this.#request[plan] = request;
    this.#cls[plan] = cls;
    this.#path[plan] = path;
    this.#key[plan] = key;
    this.#operation[plan] = operation;
    this.#parent[plan] = parent;
    this.#deadline[plan] = deadline;
    this.#firstCall[plan] = -1;
    this.#next(plan);
  }

  #beginPlain(
    owner: number,
    request: number,
    cls: number,
    path: number,
    key: number,
    operation: number,
    parent: number,
    deadline: number,
  ): void {
    const machine = this.#machine;
    const { calls } = machine;
    while (owner >= this.#callOf.length) {
      const from = this.#callOf.length;
      this.#callOf = wider(this.#callOf).fill(-1, from);
    }
    const call = machine.call(this.plainWay, request, cls, path, owner, 0, parent);
    calls.key[call] = key;
    calls.deadline[call] = deadline;
    calls.operation[call] = operation;
    // before it is sent: it may be back at once
    this.#callOf[owner] = call;
    machine.dispatch(call);
  }

  /** One of its calls has come back. */
  answered(call: number): void {
    const { calls } = this.#machine;
    if (this.plainWay >= 0) {
      const owner = calls.note[call]!;
      const outcome = calls.fate[call]!;
      this.#callOf[owner] = -1;
      this.#end(owner, outcome, outcome === ANSWERED ? 0 : calls.by[call]!, (calls.flags[call]! & DEGRADED) !== 0);
      return;
    }
    const plan = calls.note[call]!;
    const number = calls.step[call]!;
    const fate = calls.fate[call]!;
    const isFallback = number < 0;
    const which = Math.floor((isFallback ? -1 - number : number) / COPIES);
    const step = this.#steps[which]!;
    this.#unlink(plan, call);
    if (this.#isEnding[plan] === 1) return;
    if ((calls.flags[call]! & DEGRADED) !== 0) this.#degraded[plan] = 1;
    if (fate === ANSWERED) {
      if (step.again > 0 && !isFallback) {
        const path = childPath(calls.path[call]!, 0x616761);
        if (uniform(this.#chance, this.#request[plan]!, path) < step.again) {
          this.#call(plan, step.way, path, number, step, true);
          return;
        }
      }
      this.#answered[plan]!++;
    } else if (step.fallbackWay >= 0 && !isFallback) {
      this.#degraded[plan] = 1;
      this.#call(plan, step.fallbackWay, childPath(calls.path[call]!, 0x66616c), -1 - number, step);
      return;
    } else if (step.optional) {
      this.#degraded[plan] = 1;
      this.#answered[plan]!++;
    } else if (this.#answered[plan]! + this.#pending[plan]! - 1 < this.#need[plan]!) {
      // too few are left to reach what is needed
      this.#pending[plan]!--;
      const by = calls.by[call]!;
      if (this.#abandonRest(plan)) this.#finish(plan, fate, by);
      return;
    }
    this.#pending[plan]!--;
    if (this.#answered[plan]! >= this.#need[plan]! && this.#abandonRest(plan)) this.#next(plan);
  }

  /** The plan of an owner is given up, if it is going on: its open calls are abandoned, and nobody is told how it ends. */
  cancel(owner: number): void {
    if (this.plainWay >= 0) {
      const call = owner < this.#callOf.length ? this.#callOf[owner]! : -1;
      if (call < 0) return;
      this.#callOf[owner] = -1;
      this.#machine.abandon(call, true, 0);
      return;
    }
    const plan = owner < this.#planOf.length ? this.#planOf[owner]! : -1;
    if (plan < 0) return;
    if (this.#abandonRest(plan)) this.#release(plan);
  }

  /** Goes on to the next stage that has something to call, or ends the plan. */
  #next(plan: number): void {
    const turn = ++this.#turn[plan]!;
    const request = this.#request[plan]!;
    const path = this.#path[plan]!;
    for (;;) {
      const stage = ++this.#stage[plan]!;
      if (stage >= this.#stages.length) {
        this.#finish(plan, ANSWERED, 0);
        return;
      }
      const { steps, need } = this.#stages[stage]!;
      // counted before any is made, as a call may come back before the next one is sent
      let count = 0;
      for (const step of steps) if (this.#isMade(step, request, path)) count += step.copies;
      if (count === 0) continue;
      this.#pending[plan] = count;
      this.#answered[plan] = 0;
      this.#need[plan] = Math.min(need, count);
      for (const step of steps) {
        if (!this.#isMade(step, request, path)) continue;
        for (let copy = 0; copy < step.copies; copy++) {
          // the only call of a plain plan keeps its parent's path, so that a part in between changes no draw behind it
          const own = this.#steps.length === 1 && step.copies === 1 ? path : childPath(path, step.number + copy);
          this.#call(plan, step.way, own, step.number + copy, step);
          // it came back at once, and the plan has gone on or ended
          if (this.#turn[plan] !== turn) return;
        }
      }
      return;
    }
  }

  #isMade(step: OwnStep, request: number, path: number): boolean {
    return step.probability === 1 || uniform(this.#chance, request, childPath(path, step.number)) < step.probability;
  }

  #call(plan: number, way: number, path: number, number: number, step: OwnStep, isRepeated = false): void {
    const machine = this.#machine;
    const { calls } = machine;
    const call = machine.call(way, this.#request[plan]!, this.#cls[plan]!, path, plan, number, this.#parent[plan]!);
    calls.key[call] = this.#key[plan]!;
    calls.deadline[call] = this.#deadline[plan]!;
    calls.operation[call] = step.operation < 0 ? this.#operation[plan]! : step.operation;
    if (call >= this.#nextCall.length) this.#growCalls(call);
    const first = this.#firstCall[plan]!;
    this.#nextCall[call] = first;
    this.#previousCall[call] = -1;
    if (first >= 0) this.#previousCall[first] = call;
    this.#firstCall[plan] = call;
    if (isRepeated) machine.dispatchSoon(call);
    else machine.dispatch(call);
  }

  #unlink(plan: number, call: number): void {
    const next = this.#nextCall[call]!;
    const previous = this.#previousCall[call]!;
    if (previous < 0) this.#firstCall[plan] = next;
    else this.#nextCall[previous] = next;
    if (next >= 0) this.#previousCall[next] = previous;
  }

  /**
   * Gives up all that is open. What comes back meanwhile, as others are cancelled, is dropped: see `answered`.
   * @returns false when the whole plan was given up meanwhile, by whoever owns it.
   */
  #abandonRest(plan: number): boolean {
    const turn = this.#turn[plan];
    this.#isEnding[plan] = 1;
    while (this.#turn[plan] === turn) {
      const call = this.#firstCall[plan]!;
      if (call < 0) {
        this.#isEnding[plan] = 0;
        this.#pending[plan] = 0;
        return true;
      }
      this.#unlink(plan, call);
      this.#machine.abandon(call, true, 0);
    }
    return false;
  }

  #finish(plan: number, fate: number, by: number): void {
    const owner = this.#owner[plan]!;
    const degraded = this.#degraded[plan] === 1;
    this.#release(plan);
    this.#end(owner, fate, by, degraded);
  }

  #release(plan: number): void {
    this.#planOf[this.#owner[plan]!] = -1;
    this.#owner[plan] = -1;
    this.#turn[plan]!++;
    this.#free.push(plan);
  }

  #growCalls(call: number): void {
    while (call >= this.#nextCall.length) {
      const from = this.#nextCall.length;
      this.#nextCall = wider(this.#nextCall).fill(-1, from);
      this.#previousCall = wider(this.#previousCall).fill(-1, from);
    }
  }

  #grow(): void {
    this.#owner = wider(this.#owner);
    this.#turn = wider(this.#turn);
    this.#stage = wider(this.#stage);
    this.#pending = wider(this.#pending);
    this.#answered = wider(this.#answered);
    this.#need = wider(this.#need);
    this.#degraded = wider(this.#degraded);
    this.#isEnding = wider(this.#isEnding);
    this.#request = wider(this.#request);
    this.#cls = wider(this.#cls);
    this.#path = wider(this.#path);
    this.#key = wider(this.#key);
    this.#operation = wider(this.#operation);
    this.#parent = wider(this.#parent);
    this.#deadline = wider(this.#deadline);
    this.#firstCall = wider(this.#firstCall);
  }
}
