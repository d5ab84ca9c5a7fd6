/**
 * The kernel: a clock, a calendar, open calls, and links between parts that it knows only by their rows.
 * It moves calls and keeps the books; what a part does with a call is the part's own.
 */
import { Calendar, wider, type Handler, type Lane } from './calendar.ts';
import { Calls } from './calls.ts';
import { Digest } from './digest.ts';
import { stream, type Stream } from './draws.ts';
import { Monitor } from './monitor.ts';
import type { Part } from './part.ts';
import { fates, type Fate, type Ledger, type PartState, type Run, type Trace } from './run.ts';
import { TraceRecorder } from './trace.ts';

/** Bounds that every run keeps (rule B1). */
export const bounds = { events: 200_000_000, openCalls: 2_000_000 } as const;

export interface MachinePlan {
  seed: number;
  replication: number;
  /** In ticks. */
  horizon: number;
  warmUp: number;
  ticks: number;
  record: 'trace' | 'measures';
  /** Windows that the run is cut into when a trace is wanted. */
  windows: number;
  maxEvents: number;
}

/** How long a call takes on its way, in ticks. */
export type Latency = { constant: number } | { draw: (request: number, index: number) => number };

/** From one part to another: who they are, and the link between them. */
interface Way {
  from: number;
  to: number;
  /** Lanes of a link that always takes equally long. */
  there: Lane | null;
  back: Lane | null;
  /** How long it takes where that varies. */
  draw: ((request: number, index: number) => number) | null;
}

const ANSWERED = fates.indexOf('answered');

export class Machine {
  /** The present, in ticks (rule T1). */
  now = 0;
  readonly calendar = new Calendar();
  readonly calls = new Calls();
  readonly monitor: Monitor;
  readonly trace: TraceRecorder | null;
  readonly plan: MachinePlan;

  #ids: string[] = [];
  #parts: Part[] = [];
  #ways: Way[] = [];
  #digest = new Digest();
  #arrive: number;
  #return: number;
  /** Sum over finished stays, per part, in request-ticks: one of the two accountings of Little's law. */
  #stays = new Float64Array(16);
  #made = 0;
  #answered = 0;
  #failed = 0;
  /** Parts where requests begin: their open calls are what conservation calls inside. */
  #sources = new Set<number>();

  constructor(plan: MachinePlan) {
    this.plan = plan;
    const window = plan.record === 'trace' ? Math.max(1, Math.ceil(plan.horizon / plan.windows)) : 0;
    this.monitor = new Monitor({ from: plan.warmUp, to: plan.horizon, window, ticks: plan.ticks });
    this.trace = plan.record === 'trace' ? new TraceRecorder(this.calls) : null;
    this.#arrive = this.calendar.on((call) => this.#deliver(call));
    this.#return = this.calendar.on((call) => this.#handBack(call));
  }

  /** Gives a part its row. Rows are given in the order of the scenario. */
  reserve(id: string): number {
    this.#ids.push(id);
    if (this.#ids.length > this.#stays.length) this.#stays = wider(this.#stays);
    return this.#ids.length - 1;
  }

  /** Puts a part in its row. */
  place(row: number, part: Part): void {
    this.#parts[row] = part;
  }

  rowOf(id: string): number {
    return this.#ids.indexOf(id);
  }

  idOf(row: number): string {
    return this.#ids[row]!;
  }

  /** The stream of draws of one part for one purpose. */
  stream(id: string, purpose: string): Stream {
    return stream(this.plan.seed, this.plan.replication, id, purpose);
  }

  /** Registers what to call; see `after`. */
  on(handler: Handler): number {
    return this.calendar.on(handler);
  }

  /** Asks for a call in `delay` ticks, a whole number not below 0. */
  after(delay: number, handler: number, a: number, b: number): void {
    this.calendar.at(this.now + delay, handler, a, b);
  }

  /** The way from one part to another, to be named in `send`. Without a link a call takes no time on it. */
  way(from: number, to: number): number {
    const known = this.#ways.findIndex((way) => way.from === from && way.to === to);
    return known >= 0 ? known : this.#ways.push({ from, to, there: null, back: null, draw: null }) - 1;
  }

  /** Puts a link on the way between two parts. */
  join(from: number, to: number, latency: Latency): void {
    const way = this.#ways[this.way(from, to)]!;
    if ('draw' in latency) way.draw = latency.draw;
    else if (latency.constant > 0) {
      way.there = this.calendar.lane(latency.constant, this.#arrive);
      way.back = this.calendar.lane(latency.constant, this.#return);
    }
  }

  /** A part says that its calls are requests that begin with it, so that conservation counts them. */
  isSource(row: number): void {
    this.#sources.add(row);
  }

  /** Makes a call. @param way from `way`. @param note the caller's own number, kept with the call. */
  send(way: number, request: number, note: number): void {
    const call = this.calls.begin(this.now, request, way, note);
    const { from, to, there, draw } = this.#ways[way]!;
    this.trace?.sent(call, this.now, request, from, to);
    if (there !== null) there.after(this.now, call, 0);
    else if (draw !== null) this.after(draw(request, 2 * note), this.#arrive, call, 0);
    else this.#deliver(call);
  }

  /** A part has begun to serve a call, on one of its slots. */
  begins(call: number, slot: number): void {
    this.calls.startedAt[call] = this.now;
    this.calls.slot[call] = slot;
    this.trace?.started(call, this.now, slot);
  }

  /** A part answers a call. */
  answer(call: number, fate: number = ANSWERED): void {
    const calls = this.calls;
    calls.endedAt[call] = this.now;
    calls.fate[call] = fate;
    const { to, back, draw } = this.#ways[calls.way[call]!]!;
    this.#stays[to]! += this.now - calls.arrivedAt[call]!;
    this.trace?.ended(call, this.now, fate);
    if (back !== null) back.after(this.now, call, 0);
    else if (draw !== null) this.after(draw(calls.request[call]!, 2 * calls.note[call]! + 1), this.#return, call, 0);
    else this.#handBack(call);
  }

  /** A source says what became of a request of its own. */
  requestMade(): void {
    this.#made++;
  }
  requestEnded(fate: number): void {
    if (fate === ANSWERED) this.#answered++;
    else this.#failed++;
  }

  #deliver(call: number): void {
    this.calls.arrivedAt[call] = this.now;
    this.trace?.arrived(call, this.now);
    this.#parts[this.#ways[this.calls.way[call]!]!.to]!.receive!(call);
  }

  #handBack(call: number): void {
    const calls = this.calls;
    this.trace?.returned(call, this.now);
    this.#digestCall(call);
    this.#parts[this.#ways[calls.way[call]!]!.from]!.answered!(call);
    calls.close(call);
  }

  #digestCall(call: number): void {
    const calls = this.calls;
    // sums of whole numbers far below 2^53: exact, and fewer to take in
    this.#digest.add(
      calls.sentAt[call]! + 3 * calls.arrivedAt[call]!,
      calls.startedAt[call]! + 3 * calls.endedAt[call]!,
      this.now,
      calls.request[call]! * 1031 + calls.way[call]! * 131 + calls.slot[call]! * 11 + calls.fate[call]!,
    );
  }

  /** Runs until `until` ticks or a bound, whichever comes first. */
  run(until: number): Run['ended'] {
    for (const part of this.#parts) part.start?.();
    const { calendar, calls, monitor } = this;
    const most = Math.min(this.plan.maxEvents, bounds.events);
    let ended: Run['ended'] = 'horizon';
    for (;;) {
      const next = calendar.next;
      if (next > until) break;
      if (calendar.taken >= most) {
        ended = 'event-bound';
        break;
      }
      if (calls.open > bounds.openCalls) {
        ended = 'request-bound';
        break;
      }
      if (monitor.boundary <= next) monitor.pass(next);
      this.now = next;
      calendar.take();
    }
    if (ended === 'horizon') this.now = until;
    monitor.close(this.now);
    return ended;
  }

  /** The books at the end: conservation and Little's law, each by two accountings kept apart (rule C1). */
  ledger(insideByPart: Map<string, { area: number }>): Ledger {
    const { calls } = this;
    const pending = new Float64Array(this.#stays.length);
    let inside = 0;
    for (let row = 0; row < calls.rows; row++) {
      if (calls.hop[row]! < 0) continue;
      const { from, to } = this.#ways[calls.way[row]!]!;
      if (this.#sources.has(from)) inside++;
      if (calls.arrivedAt[row]! >= 0 && calls.endedAt[row]! < 0) pending[to]! += this.now - calls.arrivedAt[row]!;
    }
    const little: Ledger['little'] = {};
    this.#ids.forEach((id, row) => {
      const level = insideByPart.get(id);
      if (level === undefined) return;
      const byRequest = this.#stays[row]! + pending[row]!;
      little[id] = { byState: level.area, byRequest, holds: level.area === byRequest };
    });
    return {
      made: this.#made,
      answered: this.#answered,
      failed: this.#failed,
      inside,
      conserves: this.#made === this.#answered + this.#failed + inside,
      little,
    };
  }

  /** The digest of everything that happened, also of what is still open. */
  digest(): string {
    for (let row = 0; row < this.calls.rows; row++) if (this.calls.hop[row]! >= 0) this.#digestCall(row);
    this.#digest.add(this.now, this.calls.open, this.calls.made, 0);
    return this.#digest.toString();
  }

  states(): Record<string, PartState> {
    const states: Record<string, PartState> = {};
    this.#ids.forEach((id, row) => (states[id] = this.#parts[row]!.state()));
    return states;
  }

  tracePart(): Trace | undefined {
    if (this.trace === null) return undefined;
    return {
      parts: [...this.#ids],
      windows: this.monitor.windows(),
      hops: this.trace.hops(),
      marks: this.trace.marks,
      sampled: this.trace.sampled,
    };
  }

  /** Begins or ends a fault on a part. */
  fault(row: number, action: string, begins: boolean, amount: number, instance: number): void {
    this.#parts[row]!.faults![action]!(begins, amount, instance);
  }
}

/** The number that stands for a fate in columns. */
export function fateOf(name: Fate): number {
  return fates.indexOf(name);
}
