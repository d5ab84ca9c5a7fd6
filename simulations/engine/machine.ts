/**
 * The kernel: a clock, a calendar, open calls, and ways between parts that it knows only by their rows.
 * It moves calls and keeps the books; what a part does with a call is the part's own, and what a caller does about
 * one that is late or fails is its policy's (`Policy`), which the kernel knows only by these few verbs.
 */
import { Calendar, wider, type Handler, type Lane } from './calendar.ts';
import { Calls, flag } from './calls.ts';
import { Digest } from './digest.ts';
import { mixPath, stream, type Stream } from './draws.ts';
import { JournalWriter } from './journal.ts';
import { Monitor } from './monitor.ts';
import type { Part } from './part.ts';
import {
  failureReasons,
  fates,
  type FailureReason,
  type Fate,
  type Ledger,
  type LinkState,
  type MarkKind,
  type PartState,
  type Run,
  type Trace,
} from './run.ts';
import { TraceRecorder } from './trace.ts';

/** Bounds that every run keeps (rule B1). */
export const bounds = { events: 200_000_000, openCalls: 2_000_000, calls: 1_000_000_000 } as const;

/** Calls that one event makes before what else follows from it at the same moment takes turns in the calendar, where the bounds are kept. */
const CALLS_AT_ONCE = 100_000;
/** A run may always make so many calls, however few its events. */
const CALLS_AT_LEAST = 200_000;

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
  /** The classes of requests, all sources together. */
  classes: readonly RequestClass[];
}

/** A class of requests: what all requests of one kind from one source have in common. */
export interface RequestClass {
  /** Its name: the source's id where the source has no classes of its own. */
  id: string;
  /** The source's row. */
  source: number;
  /** 0 is the most urgent. */
  priority: number;
  /** How much work a request of this class is, as a factor drawn for each request; absent for 1. */
  size?: ((request: number, path: number) => number) | undefined;
  /** How long it stands in a line before it leaves, in ticks; absent for ever. */
  patience?: ((request: number, path: number) => number) | undefined;
  /** How large its messages are, for links with a bandwidth; absent for 1. */
  messageSize?: ((request: number, path: number) => number) | undefined;
}

/** Moves the messages of one way that is more than a constant wait. It calls `machine.deliver` and `machine.handBack`, or `machine.lose`. */
export interface Carrier {
  /** @param back false on the way to the callee. */
  carry(call: number, back: boolean): void;
}

/** What a caller does about its calls on one way: tries, waits, gives up. It ends each logical call by `machine.settle`. */
export interface Policy {
  /** A logical call has been made. */
  begin(call: number): void;
  /** One of its tries has come back. The kernel closes the try afterwards. */
  returned(attempt: number): void;
  /** A try that nobody waits for any more has come back after all. */
  late(attempt: number): void;
  /** The caller gives the logical call up: its tries are abandoned, and nothing is told back. */
  abandon(call: number): void;
  state(): LinkState;
}

/** From one part to another: who they are, and what lies between them. */
export interface Way {
  from: number;
  to: number;
  /** Lanes of a link that always takes equally long. */
  there: Lane | null;
  back: Lane | null;
  carrier: Carrier | null;
  policy: Policy | null;
}

export const ANSWERED = fates.indexOf('answered');

/** What is asked at every step has a constant of its own. */
const ABANDONED = flag.abandoned;
const CANCELLED = flag.cancelled;
const FATES = fates.length;

export class Machine {
  /** The present, in ticks (rule T1). */
  now = 0;
  readonly calendar = new Calendar();
  readonly calls = new Calls();
  readonly monitor: Monitor;
  readonly trace: TraceRecorder | null;
  readonly plan: MachinePlan;
  readonly classes: readonly RequestClass[];

  #ids: string[] = [];
  #parts: Part[] = [];
  #ways: Way[] = [];
  #digest = new Digest();
  #arrive: number;
  #return: number;
  #soon: number;
  /** Sum over finished stays, per part, in request-ticks: one of the two accountings of Little's law. */
  #stays = new Float64Array(16);
  #made = 0;
  /** When so many calls have been made, messages without a delay wait for the calendar. */
  #mostAtOnce = CALLS_AT_ONCE;
  #answered = 0;
  #failed = 0;
  /** Parts where requests begin: their open calls are what conservation calls inside. */
  #sources = new Set<number>();
  /** Failed requests since the warm-up, by source, reason and the part that dropped them. */
  #failures = new Map<number, number>();
  /** What parts write down of themselves, by their ids. */
  #journals = new Map<string, JournalWriter>();
  /** Reasons that have been marked once, by part. */
  #refusedBefore = new Set<number>();

  constructor(plan: MachinePlan) {
    this.plan = plan;
    this.classes = plan.classes;
    const window = plan.record === 'trace' ? Math.max(1, Math.ceil(plan.horizon / plan.windows)) : 0;
    this.monitor = new Monitor({
      from: plan.warmUp,
      to: plan.horizon,
      window,
      ticks: plan.ticks,
      classes: plan.classes.map(({ id }) => id),
    });
    this.trace = plan.record === 'trace' ? new TraceRecorder(this.calls) : null;
    this.#arrive = this.calendar.on((call) => this.deliver(call));
    this.#return = this.calendar.on((call) => this.handBack(call));
    this.#soon = this.calendar.on((call, hop) => {
      if (this.calls.hop[call] !== hop) return;
      if ((this.calls.flags[call]! & flag.abandoned) !== 0) this.#end(call, this.calls.fate[call]!);
      else this.dispatch(call);
    });
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

  /** The part in a row, once all are placed: for parts that steer others. */
  partAt(row: number): Part {
    return this.#parts[row]!;
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

  /** A line for waits that all take `delay` ticks; `lane.after(machine.now, a, b)` asks. */
  lane(delay: number, handler: number): Lane {
    return this.calendar.lane(delay, handler);
  }

  /** The way from one part to another, to be named in `call`. Without a link a call takes no time on it. */
  way(from: number, to: number): number {
    const known = this.#ways.findIndex((way) => way.from === from && way.to === to);
    return known >= 0 ? known : this.#ways.push({ from, to, there: null, back: null, carrier: null, policy: null }) - 1;
  }

  wayAt(way: number): Way {
    return this.#ways[way]!;
  }

  /** Lets the messages of a way take equally long each way, in ticks. */
  joinByLanes(way: number, ticks: number): void {
    const own = this.#ways[way]!;
    own.there = ticks > 0 ? this.calendar.lane(ticks, this.#arrive) : null;
    own.back = ticks > 0 ? this.calendar.lane(ticks, this.#return) : null;
  }

  /** A part says that its calls are requests that begin with it, so that conservation counts them. */
  isSource(row: number): void {
    this.#sources.add(row);
  }

  /**
   * Makes a call and does not send it yet: whoever makes it may still set columns such as `key`.
   * @param path names it within its request; see `childPath`. @param note, step the caller's own numbers, kept with it.
   * @param parent the call that it is made for, or −1; its key is passed on.
   */
  call(way: number, request: number, cls: number, path: number, note: number, step: number, parent: number): number {
    const call = this.calls.begin(this.now, request, cls, path, way, note, step, parent);
    if (parent >= 0) {
      this.calls.key[call] = this.calls.key[parent]!;
      this.calls.deadline[call] = this.calls.deadline[parent]!;
    }
    return call;
  }

  /** Sends a call that was made by `call`: by its way's policy, where there is one. */
  dispatch(call: number): void {
    const way = this.#ways[this.calls.way[call]!]!;
    if (way.policy === null) this.#send(call, way);
    else {
      this.calls.flags[call]! |= flag.logical;
      way.policy.begin(call);
    }
  }

  /** As `dispatch`, after everything that is going on at this moment: for what may follow upon itself without end. */
  dispatchSoon(call: number): void {
    this.after(0, this.#soon, call, this.calls.hop[call]!);
  }

  /** Makes one of a policy's tries for a logical call. It must still be sent by `transmit`. @param attempt from 0. */
  attemptOf(logical: number, attempt: number): number {
    const { calls } = this;
    const own = calls.path[logical]!;
    const call = calls.begin(
      this.now,
      calls.request[logical]!,
      calls.cls[logical]!,
      attempt === 0 ? own : mixPath(own, 0x41747400 + attempt),
      calls.way[logical]!,
      logical,
      attempt,
      calls.parent[logical]!,
    );
    calls.key[call] = calls.key[logical]!;
    calls.instance[call] = calls.instance[logical]!;
    calls.operation[call] = calls.operation[logical]!;
    calls.flags[call] = flag.attempt;
    return call;
  }

  /** Puts a message on its way. */
  transmit(call: number): void {
    this.#send(call, this.#ways[this.calls.way[call]!]!);
  }

  #send(call: number, way: Way): void {
    if (this.trace !== null) this.trace.sent(call, this.now, way.from, way.to);
    if (way.there !== null) way.there.after(this.now, call, 0);
    else if (way.carrier !== null) way.carrier.carry(call, false);
    else if (this.calls.made > this.#mostAtOnce) this.after(0, this.#arrive, call, 0);
    else this.#arrives(call, way);
  }

  /** A message has arrived at its callee. */
  deliver(call: number): void {
    this.#arrives(call, this.#ways[this.calls.way[call]!]!);
  }

  #arrives(call: number, way: Way): void {
    const { calls } = this;
    if ((calls.flags[call]! & CANCELLED) !== 0) {
      this.#end(call, calls.fate[call]!);
      return;
    }
    calls.arrivedAt[call] = this.now;
    if (this.trace !== null) this.trace.arrived(call, this.now);
    this.#parts[way.to]!.receive!(call);
  }

  /** A part's journal with these columns; null where the run is not traced, so that nothing need be written. */
  journal(id: string, columns: readonly string[]): JournalWriter | null {
    if (this.trace === null) return null;
    const writer = new JournalWriter(columns);
    this.#journals.set(id, writer);
    return writer;
  }

  /** A part has begun to serve a call, on one of its slots. */
  begins(call: number, slot: number): void {
    this.calls.startedAt[call] = this.now;
    this.calls.slot[call] = slot;
    if (this.trace !== null) this.trace.started(call, this.now, slot);
  }

  /**
   * A part answers a call.
   * @param by the row of the part that dropped it, where it failed: its own, or the one further down that did.
   */
  answer(call: number, fate: number = ANSWERED, by = 0): void {
    const { calls } = this;
    calls.endedAt[call] = this.now;
    calls.fate[call] = fate;
    calls.by[call] = by;
    const way = this.#ways[calls.way[call]!]!;
    this.#stays[way.to]! += this.now - calls.arrivedAt[call]!;
    if (this.trace !== null) this.trace.ended(call, this.now, fate, by);
    if (way.back !== null) way.back.after(this.now, call, 0);
    else if (way.carrier !== null) way.carrier.carry(call, true);
    else if (calls.made > this.#mostAtOnce) this.after(0, this.#return, call, 0);
    else this.#comesBack(call, way);
  }

  /** A part drops a call of its own accord: it fails with a reason, and the first time is marked. */
  refuse(call: number, fate: number): void {
    const { to } = this.#ways[this.calls.way[call]!]!;
    this.markRefusal(to, fate, this.#ids[to]!);
    this.answer(call, fate, to);
  }

  /** Marks the first failure of a reason at a part or link. */
  markRefusal(row: number, fate: number, name: string): void {
    if (this.trace === null) return;
    const once = row * FATES + fate;
    if (this.#refusedBefore.has(once)) return;
    this.#refusedBefore.add(once);
    this.mark(name, 'first-refusal', fates[fate]!);
  }

  /** Marks something that a reader should be able to jump to. @param part its id, or `caller>callee` for a link. */
  mark(part: string, kind: MarkKind, detail: string, instance?: number): void {
    this.trace?.mark({ at: this.now, part, kind, detail, ...(instance === undefined ? {} : { instance }) });
  }

  /** A message comes back to its caller. */
  handBack(call: number): void {
    this.#comesBack(call, this.#ways[this.calls.way[call]!]!);
  }

  #comesBack(call: number, way: Way): void {
    const { calls } = this;
    const { policy } = way;
    if (this.trace !== null) this.trace.returned(call, this.now);
    this.#digestCall(call);
    if ((calls.flags[call]! & ABANDONED) !== 0) policy?.late(call);
    else if (policy !== null) policy.returned(call);
    else this.#parts[way.from]!.answered!(call);
    calls.close(call);
  }

  /** A try fails before it ever leaves, or on its way: it comes back to its caller at once. */
  bounce(call: number, fate: number): void {
    const { calls } = this;
    calls.fate[call] = fate;
    calls.by[call] = this.#ways[calls.way[call]!]!.from;
    calls.endedAt[call] = this.now;
    if (this.trace !== null) this.trace.ended(call, this.now, fate, calls.by[call]!);
    this.handBack(call);
  }

  /** A message is lost: nobody will ever hear of it, unless the caller stops waiting by itself. */
  lose(call: number): void {
    const { calls } = this;
    if ((calls.flags[call]! & flag.abandoned) !== 0) this.#end(call, calls.fate[call]!);
    else calls.flags[call]! |= flag.lost;
  }

  /**
   * A policy tells the caller how a logical call has ended.
   * @param untried true when no try was ever sent: the trace then shows the refusal itself.
   */
  settle(logical: number, fate: number, by: number, untried: boolean): void {
    const { calls } = this;
    const { from, to } = this.#ways[calls.way[logical]!]!;
    calls.fate[logical] = fate;
    calls.by[logical] = by;
    calls.endedAt[logical] = this.now;
    if (untried && this.trace !== null) {
      this.trace.sent(logical, calls.sentAt[logical]!, from, to);
      this.trace.ended(logical, this.now, fate, by);
      this.trace.returned(logical, this.now);
    }
    this.#digestCall(logical);
    this.#parts[from]!.answered!(logical);
    calls.close(logical);
  }

  /**
   * A caller stops waiting for a call: nothing of it will be told back.
   * @param tells whether the callee is told, so that it works no more for it; else it becomes a zombie there.
   * @param fate what the caller calls the failure, for the trace.
   */
  abandon(call: number, tells: boolean, fate: number): void {
    const { calls } = this;
    const way = this.#ways[calls.way[call]!]!;
    if ((calls.flags[call]! & flag.logical) !== 0) {
      way.policy!.abandon(call);
      this.#digestCall(call);
      calls.close(call);
      return;
    }
    calls.flags[call]! |= tells ? flag.abandoned | flag.cancelled : flag.abandoned;
    if (this.trace !== null) this.trace.abandoned(call);
    if ((calls.flags[call]! & flag.lost) !== 0) {
      this.#end(call, fate);
      return;
    }
    if (!tells) return;
    // on its way there it is dropped on arrival; on its way back it is dropped on return
    if (calls.endedAt[call]! >= 0) return;
    calls.fate[call] = fate;
    if (calls.arrivedAt[call]! >= 0) this.#parts[way.to]!.cancel?.(call);
  }

  /** A part has forgotten a call that its caller cancelled. */
  drop(call: number): void {
    const { calls } = this;
    this.#stays[this.#ways[calls.way[call]!]!.to]! += this.now - calls.arrivedAt[call]!;
    this.#end(call, calls.fate[call]!);
  }

  /** Ends a call that nobody waits for, without its way back. */
  #end(call: number, fate: number): void {
    const { calls } = this;
    if (calls.endedAt[call]! < 0) calls.endedAt[call] = this.now;
    calls.fate[call] = fate;
    const { from } = this.#ways[calls.way[call]!]!;
    if (this.trace !== null) {
      // what was done before its answer was lost was done then
      this.trace.ended(call, calls.endedAt[call]!, fate, from);
      this.trace.returned(call, this.now);
    }
    this.#digestCall(call);
    calls.close(call);
  }

  /** A source says that it has made a request. */
  requestMade(): void {
    this.#made++;
  }

  /** A source says what became of one. @param by the part that dropped it, where it failed. */
  requestEnded(source: number, fate: number, by: number): void {
    if (fate === ANSWERED) {
      this.#answered++;
      return;
    }
    this.#failed++;
    if (this.now < this.plan.warmUp) return;
    const key = (source * FATES + fate) * 65536 + by;
    this.#failures.set(key, (this.#failures.get(key) ?? 0) + 1);
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

  /** Takes something into the digest that happens without a call, such as a control loop's decision. */
  digestEvent(row: number, what: number): void {
    this.#digest.add(this.now, row, what, 0x65766e74);
  }

  /** Runs until `until` ticks or a bound, whichever comes first. */
  run(until: number): Run['ended'] {
    for (const part of this.#parts) part.start?.();
    const { calendar, calls, monitor } = this;
    const most = Math.min(this.plan.maxEvents, bounds.events);
    const mostCalls = Math.max(CALLS_AT_LEAST, most * (bounds.calls / bounds.events));
    let ended: Run['ended'] = 'horizon';
    for (;;) {
      const next = calendar.next;
      if (next > until) break;
      if (calendar.taken >= most || calls.made >= mostCalls) {
        ended = 'event-bound';
        break;
      }
      if (calls.open > bounds.openCalls) {
        ended = 'request-bound';
        break;
      }
      if (monitor.boundary <= next) monitor.pass(next);
      this.now = next;
      this.#mostAtOnce = calls.made + CALLS_AT_ONCE;
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
    /** A request may have several calls open at a time, and is inside once. */
    const inside = new Map<number, number[]>([...this.#sources].map((row) => [row, []]));
    for (let row = 0; row < calls.rows; row++) {
      if (calls.hop[row]! < 0) continue;
      const { from, to } = this.#ways[calls.way[row]!]!;
      if (this.#sources.has(from) && (calls.flags[row]! & (flag.attempt | flag.abandoned)) === 0)
        inside.get(from)!.push(calls.request[row]!);
      if (calls.arrivedAt[row]! >= 0 && calls.endedAt[row]! < 0) pending[to]! += this.now - calls.arrivedAt[row]!;
    }
    let requests = 0;
    for (const numbers of inside.values())
      Float64Array.from(numbers)
        .sort()
        .forEach((number, i, sorted) => (requests += Number(i === 0 || number !== sorted[i - 1])));
    const little: Ledger['little'] = {};
    this.#ids.forEach((id, row) => {
      const level = insideByPart.get(id);
      if (level === undefined) return;
      const byRequest = this.#stays[row]! + pending[row]!;
      const byState = level.area;
      const most = Math.max(byState, byRequest);
      // an equality of whole numbers; above 2^53 each of the additions may round by a unit in the last place
      const rounding = most <= Number.MAX_SAFE_INTEGER ? 0 : most * Number.EPSILON * (this.calendar.taken + calls.made);
      const holds = Math.abs(byState - byRequest) <= rounding;
      little[id] = { byState, byRequest, holds };
    });
    return {
      made: this.#made,
      answered: this.#answered,
      failed: this.#failed,
      inside: requests,
      conserves: this.#made === this.#answered + this.#failed + requests,
      little,
    };
  }

  /** Why requests failed, most frequent first. */
  failures(): Run['failures'] {
    return [...this.#failures]
      .map(([key, count]) => {
        const by = key % 65536;
        const rest = (key - by) / 65536;
        return {
          reason: fates[rest % FATES] as FailureReason,
          by: this.#ids[by]!,
          source: this.#ids[Math.floor(rest / FATES)]!,
          count,
        };
      })
      .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : 0));
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

  linkStates(): Record<string, LinkState> {
    const states: Record<string, LinkState> = {};
    for (const { from, to, policy } of this.#ways)
      if (policy !== null) states[`${this.#ids[from]}>${this.#ids[to]}`] = policy.state();
    return states;
  }

  /** The number by which a part's state names a call: its row in the trace's hops, where there is a trace. */
  hopOf(call: number): number {
    return this.trace === null ? this.calls.hop[call]! : this.trace.rowOf(call);
  }

  tracePart(): Trace | undefined {
    if (this.trace === null) return undefined;
    return {
      parts: [...this.#ids],
      classes: this.classes.map(({ id }) => id),
      windows: this.monitor.windows(),
      hops: this.trace.hops(),
      marks: this.trace.marks,
      ...(this.#journals.size === 0
        ? {}
        : { journals: Object.fromEntries([...this.#journals].map(([id, writer]) => [id, writer.read()])) }),
      sampled: this.trace.sampled,
      weight: this.trace.weight,
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

/** Whether a failure of this fate is one that a part or link may give. */
export function isFailureReason(name: string): name is FailureReason {
  return (failureReasons as readonly string[]).includes(name);
}

/** The path of a call that is made for another: the same for the same step of the same plan, whatever happens in between. */
export function childPath(parent: number, step: number): number {
  return mixPath(parent, step + 1);
}
