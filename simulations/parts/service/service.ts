/**
 * A service: instances with threads, and a line of waiting requests before them, or one before each.
 * Its work on a request is a time of its own, then what its plan calls, then what is left to do. Who called, and what
 * for, it does not know; nor who balances, scales or deploys it: they see it as a fleet.
 */
import { sampler, type Sampler } from '../../distributions/index.ts';
import { wider } from '../../engine/calendar.ts';
import { flag, type Calls } from '../../engine/calls.ts';
import { mixPath, uniform, type Stream } from '../../engine/draws.ts';
import { ANSWERED, fateOf, type Machine, type RequestClass } from '../../engine/machine.ts';
import type { Count, CountedLevel, Level, Tally } from '../../engine/monitor.ts';
import type { Fleet, InstanceState, Part } from '../../engine/part.ts';
import type { FailureReason, PartState } from '../../engine/run.ts';
import { PlanRunner } from '../../plans/runner.ts';
import { calleesOf, stagesOf } from '../../plans/settings.ts';
import { calleesAt, defineKind, type Site } from '../kind.ts';
import { Line, Places } from './line.ts';
import { settings, type ServiceSettings } from './settings.ts';
import { Sharing } from './sharing.ts';

const QUEUE_FULL = fateOf('queue-full');
const IMPATIENT = fateOf('impatient');
const SHED = fateOf('shed');
const DEADLINE = fateOf('deadline');
const UNAVAILABLE = fateOf('unavailable');
const CRASHED = fateOf('crashed');
const ERROR = fateOf('error');

/** What a slot is doing. */
const FREE = 0;
const BUSY = 1;
/** Free, but its instance takes no work now. */
const ASIDE = 2;

/** What an instance is doing. */
const ABSENT = 0;
const STARTING = 1;
const READY = 2;
const STOPPING = 3;
const stateNames: readonly InstanceState[] = ['absent', 'starting', 'ready', 'stopping'];

/** Where a call is. */
const WAITING = 0;
const WORKING = 1;
const CALLING = 2;
/** It waits for a thread again, to finish. */
const RETURNED = 3;
/** It is finished here, and its answer is on its way. */
const DONE = 4;

const PRIORITIES = 10;

const ABANDONED = flag.abandoned;
const DEGRADED = flag.degraded;
const LOGICAL = flag.logical;

/** One line and the threads that serve it: the whole service's, or one instance's. */
interface Station {
  line: Line;
  /** Free threads as a ring: whoever has been free longest serves next. */
  free: Int32Array;
  freeHead: number;
  freeCount: number;
  /** When the line was last empty, for controlled delay. */
  emptyAt: number;
}

function reasonsOf(own: ServiceSettings): FailureReason[] {
  const reasons: FailureReason[] = ['crashed', 'unavailable', 'impatient', 'error'];
  if (own.queueLimit !== null) reasons.push('queue-full');
  if (own.maxWait !== null || own.controlledDelay !== null) reasons.push('shed');
  if (own.checksDeadline) reasons.push('deadline');
  return reasons;
}

/** It is its own fleet: an object made of getters would be a table that is looked up by name. */
class Service implements Part, Fleet {
  readonly fleet: Fleet = this;
  readonly hasOwnLines: boolean;
  readonly versions: readonly string[];
  readonly faults: Part['faults'] = {
    pause: (begins, _amount, instance) => this.#pause(begins, instance),
    crash: (begins, _amount, instance) => this.#down(instance, begins),
    outage: (begins) => {
      for (let i = 0; i < this.#count; i++) this.#down(i, begins);
    },
    'zone-outage': (begins, _amount, zone) => {
      for (let i = zone; i < this.#count; i += this.#own.zones) this.#down(i, begins);
    },
    slow: (begins, amount) => {
      this.#slowed = begins ? this.#slowed * amount : this.#slowed / amount;
      for (let i = 0; i < this.#count; i++) this.#setFactor(i);
    },
    'slow-instance': (begins, amount, instance) => {
      if (instance >= this.#most) return;
      this.#slowBy[instance] = begins ? this.#slowBy[instance]! * amount : this.#slowBy[instance]! / amount;
      this.#setFactor(instance);
    },
    fail: (begins, amount) => {
      this.#moreErrors = begins ? Math.min(1, amount) : 0;
      this.#weighErrors();
    },
  };

  #machine: Machine;
  #id: string;
  #row: number;
  #ticks: number;
  #own: ServiceSettings;
  #calls: Calls;
  #classes: readonly RequestClass[];
  #isPreemptive: boolean;
  #knowsPriority: boolean;
  #threads: number | null;
  #holdsThread: boolean;
  #limit: number;
  #demandStream: Stream;
  #finishStream: Stream;
  #startStream: Stream;
  #errorStream: Stream;
  #spreadStream: Stream;
  #demand!: Sampler;
  #demandByClass: (Sampler | null)[] | null = null;
  #finishing: Sampler | null = null;
  #errorShare: number;
  #moreErrors = 0;
  #ticksOfDemand: number;
  #slowed = 1;

  // What is asked for every request stands in a field of its own
  #checksDeadline = false;
  #controlledDelay: ServiceSettings['controlledDelay'] = null;
  #maxWait = -1;
  /** From how many in line on the newest is served first. */
  #newestFirstAbove: number = Infinity;
  #isLastInFirstOut: boolean;
  #isAdaptive: boolean;
  #isLimitedPerService: boolean;
  #waitsForInstances: boolean;
  #errorsTakeNothing: boolean;
  #leakLimit: number;
  #sizes: (((request: number, path: number) => number) | null)[] | null;
  #hasPatience: boolean;
  /** What most services never ask, asked once for all: whether work is only the demand, who may leave a line, be turned away from it, or fail. */
  #isPlainWork = true;
  #mayLeave = false;
  #isChoosy = false;
  #mayFail = false;
  #versions: { id: string; speed: number; errors: number }[];

  // Instances
  #most: number;
  #condition: Uint8Array;
  #pausedBy: Int32Array;
  #downBy: Int32Array;
  /** Whether it was there when a fault took it down, and so comes back afterwards. */
  #isMissed: Uint8Array;
  #outOfRotation: Uint8Array;
  #versionAt: Int32Array;
  /** What a service time is multiplied by at an instance: faults and version. */
  #factor: Float64Array;
  #slowBy: Float64Array;
  #readySince: Float64Array;
  #servedHere: Float64Array;
  #insideHere: Int32Array;
  #startToken: Int32Array;
  #startsMade: Int32Array;
  /** Which start of the whole service an instance's last was: the newest have the greatest. */
  #startedAs: Float64Array;
  /** It is being killed: no thread of its takes up anything. */
  #isDying: Uint8Array;
  /** Whether its threads take up what waits: see `#judge`. */
  #takesWork: Uint8Array;
  #listeners: ((instance: number) => void)[] = [];
  #starts = 0;
  #wanted: number;
  /** Instances that are wanted and could not be started yet, because there was no room. */
  #owed = 0;
  #stationOf: Station[] = [];
  #slotsOf: number[][] = [];
  #count = 0;
  #readyCount = 0;
  #present = 0;
  #preferred = 0;
  #finishedBy: number[];
  #errorsBy: number[];
  #changesWithTime: boolean;

  // Slots, the threads of all instances
  #slots = 0;
  #slotInstance = new Int32Array(16);
  #busyWith = new Int32Array(16).fill(-1);
  #slotState = new Uint8Array(16);
  /** Entries in the calendar for a slot are good only while they bear its token. */
  #token = new Int32Array(16);
  #endsAt = new Float64Array(16);
  #left = new Float64Array(16);

  // Calls, by their rows
  #where = new Uint8Array(64);
  #seat = new Int32Array(64).fill(-1);
  /** Work, in ticks, that a preempted call still needs; −1 when it has not begun. */
  #rest = new Float64Array(64).fill(-1);
  #work = new Float64Array(64);
  /** Whether the work that a call is in is what is left after its calls. */
  #isFinishing = new Uint8Array(64);
  #places = new Places();
  #common: Station | null;
  #waiting = 0;
  #busy = 0;
  #frozen = 0;
  #nextInstance = 0;

  // Measures
  #inside: CountedLevel;
  #queue: Level;
  #working: Level;
  #capacity: Level;
  #readyLevel: Level;
  #billed: Level;
  #response: Tally;
  #wait: Tally;
  #served: Tally;
  #slowdown: Tally | null;
  #arrivals: Count;
  #refused: Count;
  #delayed: Count;
  #worked: Count;
  #wasted: Count;
  #failures: Map<number, Count>;
  #finishedTotal = 0;
  #errorTotal = 0;

  // Handlers, and what others do for it
  #finish: number;
  #sharing: Sharing | null;
  #runner: PlanRunner | null;
  #leaveLine: number;
  #waitedTooLong: number;
  #started: number;
  #fill: number;
  #graceIsOver: number;

  constructor(first: ServiceSettings, { machine, id, row, ticks, books }: Site) {
    const { monitor, classes } = machine;
    // a copy, because what the schema makes of so many settings is a table that is looked up by name
    const own = { ...first };
    this.#own = own;
    this.#machine = machine;
    this.#calls = machine.calls;
    this.#classes = classes;
    this.#id = id;
    this.#row = row;
    this.#ticks = ticks;
    const isSharing = own.discipline === 'processor-sharing';
    this.#isPreemptive = own.discipline === 'priority-preemptive';
    this.#knowsPriority = own.discipline === 'priority' || this.#isPreemptive;
    this.hasOwnLines = own.line === 'each';
    this.#threads = own.threads;
    this.#holdsThread = own.holdsThread;
    this.#limit = own.queueLimit ?? Infinity;
    this.#demandStream = machine.stream(id, 'demand');
    this.#finishStream = machine.stream(id, 'finish');
    this.#startStream = machine.stream(id, 'start');
    this.#errorStream = machine.stream(id, 'error');
    this.#spreadStream = machine.stream(id, 'spread');
    this.#errorShare = own.errors;
    this.#ticksOfDemand = ticks / own.speed;
    this.#isLastInFirstOut = own.discipline === 'lifo';
    this.#isAdaptive = own.discipline === 'adaptive-lifo';
    this.#isLimitedPerService = own.queueLimitPer === 'service';
    this.#waitsForInstances = own.waitsForInstances;
    this.#errorsTakeNothing = own.errorsTake === 'nothing';
    this.#leakLimit = own.leak === null ? Infinity : own.leak.limit;
    this.#sizes = classes.some(({ size }) => size !== undefined) ? classes.map(({ size }) => size ?? null) : null;
    this.#hasPatience = classes.some(({ patience }) => patience !== undefined);
    this.#versions = [
      { id: 'v1', speed: 1, errors: 0 },
      ...own.versions.map((version) => ({
        id: version.id,
        speed: (version.speed ?? own.speed) / own.speed,
        errors: version.errors ?? own.errors,
      })),
    ];
    this.versions = this.#versions.map((version) => version.id);
    this.#changesWithTime = own.warmUp !== null || own.leak !== null;
    this.#takeSettings();
    const most = Math.max(own.mostInstances, own.instances, 1);
    this.#most = most;
    this.#condition = new Uint8Array(most);
    this.#pausedBy = new Int32Array(most);
    this.#downBy = new Int32Array(most);
    this.#isMissed = new Uint8Array(most);
    this.#outOfRotation = new Uint8Array(most);
    this.#versionAt = new Int32Array(most);
    this.#factor = new Float64Array(most).fill(1);
    this.#slowBy = new Float64Array(most).fill(1);
    this.#readySince = new Float64Array(most);
    this.#servedHere = new Float64Array(most);
    this.#insideHere = new Int32Array(most);
    this.#startToken = new Int32Array(most);
    this.#startsMade = new Int32Array(most);
    this.#startedAs = new Float64Array(most);
    this.#isDying = new Uint8Array(most);
    this.#takesWork = new Uint8Array(most);
    this.#wanted = own.instances;
    this.#finishedBy = this.#versions.map(() => 0);
    this.#errorsBy = this.#versions.map(() => 0);
    this.#common = this.hasOwnLines ? null : this.#station();
    this.#inside = monitor.countedLevel(`${id}.inside`);
    this.#queue = monitor.level(`${id}.queue`);
    this.#working = monitor.level(`${id}.busy`);
    this.#capacity = monitor.level(`${id}.capacity`);
    this.#readyLevel = monitor.level(`${id}.instances`);
    this.#billed = monitor.level(`${id}.billed`);
    if (this.#threads !== null) monitor.share(`${id}.utilisation`, this.#working, this.#capacity);
    this.#response = monitor.tally(`${id}.response`);
    this.#wait = monitor.tally(`${id}.wait`);
    this.#served = monitor.meanTally(`${id}.service`);
    this.#slowdown = isSharing ? monitor.meanTally(`${id}.slowdown`, 'number') : null;
    this.#arrivals = monitor.count(`${id}.arrivals`, 'count', monitor.counter(), null, true);
    monitor.count(`${id}.completions`, 'count', this.#response, null, true);
    monitor.count(`${id}.throughput`, 'rate', this.#response, null, true);
    this.#refused = monitor.counter();
    monitor.count(`${id}.refused`, 'share', this.#refused, this.#arrivals, true);
    this.#delayed = monitor.count(`${id}.delayed`, 'share', monitor.counter(), this.#wait, true);
    this.#worked = monitor.counter();
    this.#wasted = monitor.count(`${id}.wasted`, 'share', monitor.counter(), this.#worked, true);
    this.#failures = new Map(
      reasonsOf(own).map((reason) => [
        fateOf(reason),
        monitor.count(`${id}.failures.${reason}`, 'count', monitor.counter(), null, true),
      ]),
    );
    books(this.#inside);
    this.#finish = machine.on((slot, forToken) => {
      if (this.#token[slot] === forToken) this.#workIsDone(this.#busyWith[slot]!, slot);
    });
    this.#sharing = isSharing
      ? new Sharing(machine, own.cores, (call) => this.#workIsDone(call, this.#calls.slot[call]!))
      : null;
    const stages = stagesOf(own.calls);
    this.#runner =
      stages.length === 0
        ? null
        : new PlanRunner(machine, row, stages, (call, fate, by, isDegraded) =>
            this.#planHasEnded(call, fate, by, isDegraded),
          );
    this.#leaveLine = machine.on((call, hop) => {
      if (this.#stillWaits(call, hop)) this.#dropFromLine(call, IMPATIENT);
    });
    this.#waitedTooLong = machine.on((call, hop) => {
      if (this.#stillWaits(call, hop)) this.#dropFromLine(call, SHED);
    });
    this.#started = machine.on((instance, forToken) => {
      if (this.#startToken[instance] === forToken) this.#becomeReady(instance);
    });
    this.#fill = machine.on(() => this.#startOwed());
    this.#graceIsOver = machine.on((instance, forToken) => {
      if (this.#startToken[instance] === forToken && this.#condition[instance] === STOPPING)
        this.#killInstance(instance);
    });
    // what runs from the start is not started: it is there
    for (let instance = 0; instance < own.instances; instance++) this.#startInstance(instance, 0, 0);
  }

  answered(call: number): void {
    this.#runner!.answered(call);
  }

  #takeSettings(): void {
    this.#demand = sampler(this.#own.service, this.#demandStream);
    this.#demandByClass =
      Object.keys(this.#own.byClass).length === 0
        ? null
        : this.#classes.map(({ id: name }) =>
            Object.hasOwn(this.#own.byClass, name) ? sampler(this.#own.byClass[name]!, this.#demandStream) : null,
          );
    this.#finishing = this.#own.finish === undefined ? null : sampler(this.#own.finish, this.#finishStream);
    this.#ticksOfDemand = this.#ticks / this.#own.speed;
    this.#limit = this.#own.queueLimit ?? Infinity;
    this.#errorShare = this.#own.errors;
    ({ checksDeadline: this.#checksDeadline, controlledDelay: this.#controlledDelay } = this.#own);
    this.#maxWait = this.#own.maxWait === null ? -1 : Math.round(this.#own.maxWait * this.#ticks);
    this.#newestFirstAbove = this.#isLastInFirstOut ? 0 : this.#isAdaptive ? this.#own.newestFirstAbove : Infinity;
    this.#isPlainWork =
      this.#demandByClass === null &&
      this.#sizes === null &&
      !this.#changesWithTime &&
      !(this.#errorShare > 0 && this.#errorsTakeNothing);
    this.#isChoosy = this.#checksDeadline || this.#controlledDelay !== null;
    this.#mayLeave = this.#hasPatience || this.#maxWait >= 0;
    this.#weighErrors();
  }

  #weighErrors(): void {
    this.#mayFail = this.#errorShare > 0 || this.#moreErrors > 0 || this.#versions.length > 1;
  }

  #inTicks(time: number): number {
    return Math.round(time * this.#ticks);
  }

  /** Whether a call that stood in line when a timer was set still waits for its first thread. */
  #stillWaits(call: number, hop: number): boolean {
    return this.#calls.hop[call] === hop && this.#where[call] === WAITING && this.#calls.startedAt[call]! < 0;
  }

  // ── Threads ────────────────────────────────────────────────────────────────────────────────

  #station(): Station {
    return {
      line: new Line(this.#knowsPriority ? PRIORITIES : 1, this.#places),
      free: new Int32Array(16),
      freeHead: 0,
      freeCount: 0,
      emptyAt: 0,
    };
  }

  #stationAt(instance: number): Station {
    return this.#common ?? this.#stationOf[instance]!;
  }

  /** Reckons anew whether an instance's threads take up what waits. A line of its own is worked off also while it stops, or is out of rotation. */
  #judge(instance: number): void {
    const takes =
      this.#pausedBy[instance] === 0 &&
      (this.#condition[instance] === READY
        ? this.hasOwnLines || this.#outOfRotation[instance] === 0
        : this.hasOwnLines && this.#condition[instance] === STOPPING && this.#isDying[instance] === 0);
    this.#takesWork[instance] = takes ? 1 : 0;
  }

  #priorityOf(call: number): number {
    return this.#knowsPriority ? this.#classes[this.#calls.cls[call]!]!.priority : 0;
  }

  #addSlot(instance: number): number {
    if (this.#slots === this.#busyWith.length) {
      this.#slotInstance = wider(this.#slotInstance);
      this.#busyWith = wider(this.#busyWith).fill(-1, this.#slots);
      this.#slotState = wider(this.#slotState);
      this.#token = wider(this.#token);
      this.#endsAt = wider(this.#endsAt);
      this.#left = wider(this.#left);
    }
    this.#slotInstance[this.#slots] = instance;
    (this.#slotsOf[instance] ??= []).push(this.#slots);
    return this.#slots++;
  }

  #release(slot: number): void {
    this.#busyWith[slot] = -1;
    const instance = this.#slotInstance[slot]!;
    if (this.#takesWork[instance] === 0) {
      this.#slotState[slot] = ASIDE;
      return;
    }
    this.#slotState[slot] = FREE;
    const own = this.#stationAt(instance);
    const { length } = own.free;
    if (own.freeCount === length) {
      const wide = new Int32Array(2 * length);
      for (let i = 0; i < length; i++) wide[i] = own.free[(own.freeHead + i) & (length - 1)]!;
      own.free = wide;
      own.freeHead = 0;
    }
    own.free[(own.freeHead + own.freeCount++) & (own.free.length - 1)] = slot;
  }

  /** The thread that has been free longest and may work, or −1. */
  #takeFree(own: Station): number {
    while (own.freeCount > 0) {
      const slot = own.free[own.freeHead]!;
      own.freeHead = (own.freeHead + 1) & (own.free.length - 1);
      own.freeCount--;
      // what its instance became meanwhile has left stale entries here
      if (this.#slotState[slot] !== FREE) continue;
      if (this.#takesWork[this.#slotInstance[slot]!] === 1) return slot;
      this.#slotState[slot] = ASIDE;
    }
    return -1;
  }

  /** A thread for a call of a station: one that is free, or a new one where there may be any number. */
  #threadFor(own: Station, instance: number): number {
    const slot = this.#takeFree(own);
    if (slot >= 0 || this.#threads !== null) return slot;
    const host = instance >= 0 ? instance : this.#leastLoaded();
    return host < 0 ? -1 : this.#addSlot(host);
  }

  #leastLoaded(): number {
    let best = -1;
    for (let i = 0; i < this.#count; i++)
      if (this.#takesWork[i] === 1 && (best < 0 || this.#insideHere[i]! < this.#insideHere[best]!)) best = i;
    return best;
  }

  #setBusy(value: number): void {
    this.#busy = value;
    this.#working.set(this.#machine.now, this.#busy - this.#frozen);
  }

  /** Threads that stand still with their instance count as not busy. */
  #freeze(more: number): void {
    this.#frozen += more;
    this.#working.set(this.#machine.now, this.#busy - this.#frozen);
  }

  // ── A request's way through ────────────────────────────────────────────────────────────────

  #growCalls(call: number): void {
    while (call >= this.#where.length) {
      const from = this.#where.length;
      this.#where = wider(this.#where);
      this.#seat = wider(this.#seat).fill(-1, from);
      this.#rest = wider(this.#rest).fill(-1, from);
      this.#work = wider(this.#work);
      this.#isFinishing = wider(this.#isFinishing);
    }
  }

  receive(call: number): void {
    const calls = this.#calls;
    this.#arrivals.add(calls.cls[call]!);
    if (call >= this.#where.length) this.#growCalls(call);
    this.#rest[call] = -1;
    this.#where[call] = WAITING;
    this.#seat[call] = -1;
    let instance = calls.instance[call]!;
    if (this.hasOwnLines && instance < 0) instance = this.#choose(call);
    if (!this.#isThere(instance)) {
      this.#refuse(call, UNAVAILABLE, false);
      return;
    }
    const at = this.#stationAt(instance);
    const inside = this.#inside;
    const slot = at.line.size === 0 ? this.#threadFor(at, instance) : -1;
    if (slot >= 0) {
      inside.set(this.#machine.now, inside.value + 1);
      this.#begin(call, slot);
      return;
    }
    if (this.#isPreemptive && this.#preempt(at, call)) return;
    if (this.#limit < Infinity && this.#roomIn(at) <= 0) {
      this.#refuse(call, QUEUE_FULL, false);
      return;
    }
    inside.set(this.#machine.now, inside.value + 1);
    if (this.hasOwnLines) this.#sitDown(call, instance);
    this.#standInLine(call, at);
  }

  /** Whether anybody is there to take a call that is for an instance, or (−1) for any. */
  #isThere(instance: number): boolean {
    if (instance >= 0 && (instance >= this.#count || this.#condition[instance] !== READY)) return false;
    return this.hasOwnLines ? instance >= 0 : this.#readyCount > 0 || this.#waitsForInstances;
  }

  /** How many more may stand in a line. */
  #roomIn(at: Station): number {
    if (this.#isLimitedPerService) return this.#limit - this.#waiting;
    return this.hasOwnLines ? this.#limit - at.line.size : this.#limit * this.#readyCount - this.#waiting;
  }

  #standInLine(call: number, at: Station): void {
    const { now } = this.#machine;
    if (at.line.size === 0) at.emptyAt = now;
    at.line.push(call, this.#knowsPriority ? this.#priorityOf(call) : 0);
    this.#queue.set(now, ++this.#waiting);
    if (this.#mayLeave) this.#setTimers(call);
  }

  /** Sees to it that whoever stands in line too long leaves it. */
  #setTimers(call: number): void {
    const machine = this.#machine;
    const { cls, request, path, hop } = this.#calls;
    const { patience } = this.#classes[cls[call]!]!;
    if (patience !== undefined) machine.after(patience(request[call]!, path[call]!), this.#leaveLine, call, hop[call]!);
    if (this.#maxWait >= 0) machine.after(this.#maxWait, this.#waitedTooLong, call, hop[call]!);
  }

  #sitDown(call: number, instance: number): void {
    this.#seat[call] = instance;
    this.#insideHere[instance]!++;
  }

  #standUp(call: number): void {
    const instance = this.#seat[call]!;
    if (instance < 0) return;
    this.#seat[call] = -1;
    this.#insideHere[instance]!--;
    if (this.#condition[instance] === STOPPING && this.#insideHere[instance] === 0) this.#becomeAbsent(instance);
  }

  /** With lines of their own: where a call goes that nobody has sent to an instance; −1 when none takes it. */
  #choose(call: number): number {
    if (this.#readyCount === 0) return -1;
    if (this.#own.spread === 'round-robin') {
      for (let tries = 0; tries < this.#count; tries++) {
        const instance = this.#nextInstance;
        this.#nextInstance = this.#nextInstance + 1 >= this.#count ? 0 : this.#nextInstance + 1;
        if (this.#isInRotation(instance)) return instance;
      }
      return -1;
    }
    const u = uniform(this.#spreadStream, this.#calls.request[call]!, this.#calls.path[call]!);
    let fewest = Infinity;
    let ties = 0;
    for (let i = 0; i < this.#count; i++) {
      if (!this.#isInRotation(i)) continue;
      const load = this.#own.spread === 'random' ? 0 : this.#insideHere[i]!;
      if (load < fewest) {
        fewest = load;
        ties = 1;
      } else if (load === fewest) ties++;
    }
    let pick = Math.floor(u * ties);
    for (let i = 0; i < this.#count; i++)
      if (this.#isInRotation(i) && (this.#own.spread === 'random' || this.#insideHere[i] === fewest) && pick-- === 0)
        return i;
    return -1;
  }

  #isInRotation(instance: number): boolean {
    return this.#condition[instance] === READY && this.#outOfRotation[instance] === 0;
  }

  /** Serves a call on a thread that is free. */
  #begin(call: number, slot: number): void {
    this.#slotState[slot] = BUSY;
    this.#setBusy(this.#busy + 1);
    this.#serve(call, slot);
  }

  /** Serves a call on a thread that is counted as busy already. */
  #serve(call: number, slot: number): void {
    const machine = this.#machine;
    const calls = this.#calls;
    const instance = this.#slotInstance[slot]!;
    this.#busyWith[slot] = call;
    if (this.#seat[call] !== instance) {
      this.#standUp(call);
      this.#sitDown(call, instance);
    }
    if (calls.startedAt[call]! < 0) {
      const cls = calls.cls[call]!;
      const waited = machine.now - calls.arrivedAt[call]!;
      this.#wait.add(cls, waited);
      if (waited > 0) this.#delayed.add(cls);
      machine.begins(call, slot);
    } else calls.slot[call] = slot;
    const isReturned = this.#where[call] === RETURNED;
    this.#where[call] = WORKING;
    if (this.#runner !== null) this.#isFinishing[call] = isReturned ? 1 : 0;
    let duration = this.#rest[call]!;
    if (duration < 0) duration = isReturned ? this.#drawFinish(call, instance) : this.#drawWork(call, instance);
    else this.#rest[call] = -1;
    if (this.#sharing !== null) {
      this.#work[call] = duration;
      this.#sharing.begin(instance, call, duration);
      return;
    }
    this.#endsAt[slot] = machine.now + duration;
    machine.after(duration, this.#finish, slot, this.#token[slot]!);
  }

  #drawWork(call: number, instance: number): number {
    const { request, path } = this.#calls;
    const ticks = this.#isPlainWork
      ? this.#demand(request[call]!, path[call]!) * this.#ticksOfDemand * this.#factor[instance]!
      : this.#drawSpecialWork(call, instance, request[call]!, path[call]!);
    return Math.min(2 ** 50, Math.round(ticks));
  }

  /** Work that depends on more than the demand: on class, size, errors, or the age of the instance. */
  #drawSpecialWork(call: number, instance: number, request: number, path: number): number {
    const cls = this.#calls.cls[call]!;
    let time =
      this.#demandByClass !== null && this.#demandByClass[cls] !== null
        ? this.#demandByClass[cls]!(request, path)
        : this.#demand(request, path);
    if (this.#sizes !== null) {
      const size = this.#sizes[cls]!;
      if (size !== null) time *= size(request, path);
    }
    if (this.#errorShare > 0 && this.#errorsTakeNothing && this.#isError(call, instance)) time = 0;
    const ticks = time * this.#ticksOfDemand * this.#factor[instance]!;
    return this.#changesWithTime ? ticks * this.#tempo(instance) : ticks;
  }

  #drawFinish(call: number, instance: number): number {
    const time =
      this.#finishing!(this.#calls.request[call]!, this.#calls.path[call]!) *
      this.#ticksOfDemand *
      this.#factor[instance]!;
    return Math.min(2 ** 50, Math.round(this.#changesWithTime ? time * this.#tempo(instance) : time));
  }

  /** What warm-up and leak make of a service time. */
  #tempo(instance: number): number {
    let times = 1;
    if (this.#own.warmUp !== null) {
      const cold = 1 - (this.#machine.now - this.#readySince[instance]!) / this.#inTicks(this.#own.warmUp.lasts);
      if (cold > 0) times *= 1 + (this.#own.warmUp.factor - 1) * cold;
    }
    if (this.#own.leak !== null)
      times *= 1 + (this.#own.leak.slower - 1) * (this.#servedHere[instance]! / this.#own.leak.limit);
    return times;
  }

  #isError(call: number, instance: number): boolean {
    const version = this.#versions[this.#versionAt[instance]!]!;
    const share = this.#versionAt[instance] === 0 ? this.#errorShare : version.errors;
    const all = 1 - (1 - share) * (1 - this.#moreErrors);
    return all > 0 && uniform(this.#errorStream, this.#calls.request[call]!, mixPath(this.#calls.path[call]!, 1)) < all;
  }

  /** The piece of work that a thread was busy with is done. */
  #workIsDone(call: number, slot: number): void {
    this.#token[slot]!++;
    if (this.#runner === null) {
      const fails = this.#mayFail && this.#isError(call, this.#slotInstance[slot]!);
      this.#end(call, slot, fails ? ERROR : ANSWERED, this.#row);
    } else if (this.#isFinishing[call] === 1) this.#end(call, slot, ANSWERED, this.#row);
    else if (this.#mayFail && this.#isError(call, this.#slotInstance[slot]!)) this.#end(call, slot, ERROR, this.#row);
    else this.#beginPlan(this.#runner, call, slot);
  }

  #beginPlan(runner: PlanRunner, call: number, slot: number): void {
    const calls = this.#calls;
    this.#where[call] = CALLING;
    if (!this.#holdsThread) {
      calls.slot[call] = -1;
      this.#leaveThread(slot);
    }
    runner.begin(
      call,
      calls.request[call]!,
      calls.cls[call]!,
      calls.path[call]!,
      calls.key[call]!,
      calls.operation[call]!,
      call,
      calls.deadline[call]!,
    );
  }

  #planHasEnded(call: number, fate: number, by: number, degraded: boolean): void {
    if (degraded) this.#calls.flags[call]! |= DEGRADED;
    const slot = this.#calls.slot[call]!;
    if (fate !== ANSWERED || this.#finishing === null) {
      this.#end(call, slot, fate, fate === ANSWERED ? this.#row : by);
      return;
    }
    this.#where[call] = RETURNED;
    if (slot >= 0) {
      this.#serve(call, slot);
      return;
    }
    const at = this.#stationAt(this.#seat[call]!);
    const free = at.line.size === 0 ? this.#threadFor(at, this.hasOwnLines ? this.#seat[call]! : -1) : -1;
    if (free >= 0) {
      this.#begin(call, free);
      return;
    }
    // it keeps its place inside, however long the line is
    if (at.line.size === 0) at.emptyAt = this.#machine.now;
    at.line.push(call, this.#priorityOf(call));
    this.#queue.set(this.#machine.now, ++this.#waiting);
  }

  /** A request is finished at this part, on a thread or on none. */
  #end(call: number, slot: number, fate: number, by: number): void {
    const machine = this.#machine;
    const calls = this.#calls;
    const { now } = machine;
    const cls = calls.cls[call]!;
    const instance = this.#seat[call]!;
    const inside = this.#inside;
    inside.set(now, inside.value - 1);
    if (fate === ANSWERED) {
      this.#response.add(cls, now - calls.arrivedAt[call]!);
      if (this.#slowdown !== null && this.#work[call]! > 0)
        this.#slowdown.add(cls, ((now - calls.arrivedAt[call]!) / this.#work[call]!) * this.#ticks);
    } else if (by === this.#row) this.#countFailure(fate, cls, instance);
    const time = now - calls.startedAt[call]!;
    this.#served.add(cls, time);
    this.#worked.cells[cls]! += time;
    if ((calls.flags[call]! & ABANDONED) !== 0) this.#wasted.cells[cls]! += time;
    this.#finishedTotal++;
    if (instance >= 0) {
      this.#finishedBy[this.#versionAt[instance]!]!++;
      this.#servedHere[instance]!++;
    }
    this.#where[call] = DONE;
    if (slot >= 0) this.#leaveThread(slot);
    this.#standUp(call);
    if (this.#leakLimit < Infinity && instance >= 0) this.#replaceWorn(instance);
    machine.answer(call, fate, by);
  }

  #countFailure(fate: number, cls: number, instance: number): void {
    this.#failures.get(fate)?.add(cls);
    this.#refused.add(cls);
    this.#errorTotal++;
    if (instance >= 0) this.#errorsBy[this.#versionAt[instance]!]!++;
    if (fate === ERROR) this.#machine.markRefusal(this.#row, ERROR, this.#id);
  }

  /** An instance that leaks is started anew once it has served so many. */
  #replaceWorn(instance: number): void {
    if (this.#servedHere[instance]! < this.#leakLimit || this.#condition[instance] !== READY) return;
    this.#killInstance(instance);
    this.#startInstance(instance, this.#versionAt[instance]!);
  }

  /** A thread has nothing to do any more: it takes the next in line, or is free. */
  #leaveThread(slot: number): void {
    const instance = this.#slotInstance[slot]!;
    if (this.#waiting > 0 && this.#takesWork[instance] === 1) {
      const next = this.#nextInLine(this.#stationAt(instance));
      if (next >= 0) {
        this.#serve(next, slot);
        return;
      }
    }
    this.#setBusy(this.#busy - 1);
    this.#release(slot);
  }

  /** Takes whoever is next out of a line, past those whom it turns away; −1 when nobody is left. */
  #nextInLine(at: Station): number {
    while (at.line.size > 0) {
      const call = at.line.size > this.#newestFirstAbove ? at.line.pop() : at.line.shift();
      this.#queue.set(this.#machine.now, --this.#waiting);
      if (this.#where[call] === RETURNED || this.#calls.startedAt[call]! >= 0) return call;
      const reason = this.#isChoosy ? this.#turnsAway(call, at) : 0;
      if (reason === 0) return call;
      this.#refuse(call, reason, true);
    }
    return -1;
  }

  /** Why a call whose turn has come is not served after all; 0 when it is. */
  #turnsAway(call: number, at: Station): number {
    const { now } = this.#machine;
    if (this.#checksDeadline && this.#calls.deadline[call]! <= now) return DEADLINE;
    if (this.#controlledDelay === null) return 0;
    const interval = this.#inTicks(this.#controlledDelay.interval);
    const most = now - at.emptyAt > interval ? this.#inTicks(this.#controlledDelay.target) : interval;
    return now - this.#calls.arrivedAt[call]! > most ? SHED : 0;
  }

  /** Lets the first in line be served where a thread is free. */
  #serveLine(at: Station): void {
    while (at.line.size > 0) {
      const slot = this.#threadFor(at, -1);
      if (slot < 0) return;
      const call = this.#nextInLine(at);
      if (call < 0) {
        this.#release(slot);
        return;
      }
      this.#begin(call, slot);
    }
  }

  /** A call fails here before it was served. */
  #refuse(call: number, reason: number, isInside: boolean): void {
    const cls = this.#calls.cls[call]!;
    this.#failures.get(reason)?.add(cls);
    this.#refused.add(cls);
    this.#errorTotal++;
    this.#where[call] = DONE;
    if (isInside) this.#inside.set(this.#machine.now, this.#inside.value - 1);
    this.#standUp(call);
    this.#machine.refuse(call, reason);
  }

  #dropFromLine(call: number, reason: number): void {
    this.#stationAt(this.#seat[call]!).line.remove(call, this.#priorityOf(call));
    this.#queue.set(this.#machine.now, --this.#waiting);
    this.#refuse(call, reason, true);
  }

  /** A more urgent call takes the thread of the least urgent one in service, if there is a less urgent one. */
  #preempt(at: Station, call: number): boolean {
    const priority = this.#priorityOf(call);
    let worst = priority;
    let victim = -1;
    for (let slot = 0; slot < this.#slots; slot++) {
      if (
        this.#slotState[slot] !== BUSY ||
        this.#stationAt(this.#slotInstance[slot]!) !== at ||
        this.#takesWork[this.#slotInstance[slot]!] === 0
      )
        continue;
      const other = this.#busyWith[slot]!;
      if (this.#where[other] !== WORKING) continue;
      const its = this.#priorityOf(other);
      // of equally urgent ones the one that has the most left to do gives way
      if (its > worst || (its === worst && victim >= 0 && this.#endsAt[slot]! > this.#endsAt[victim]!)) {
        worst = its;
        victim = slot;
      }
    }
    if (victim < 0) return false;
    const other = this.#busyWith[victim]!;
    this.#token[victim]!++;
    this.#rest[other] = this.#endsAt[victim]! - this.#machine.now;
    const wasFinishing = this.#runner !== null && this.#isFinishing[other] === 1;
    this.#where[other] = wasFinishing ? RETURNED : WAITING;
    if (at.line.size === 0) at.emptyAt = this.#machine.now;
    at.line.unshift(other, this.#priorityOf(other));
    this.#queue.set(this.#machine.now, ++this.#waiting);
    this.#inside.set(this.#machine.now, this.#inside.value + 1);
    this.#serve(call, victim);
    return true;
  }

  /** The caller waits no longer. */
  cancel(call: number): void {
    const { now } = this.#machine;
    const state = this.#where[call]!;
    // as its thread was freed, others were turned away, and their caller now gives this one up, too
    if (state === DONE) return;
    const slot = this.#calls.slot[call]!;
    if (state === WORKING) {
      this.#token[slot]!++;
      if (this.#sharing !== null) this.#sharing.leave(this.#slotInstance[slot]!, call);
      else if (this.#pausedBy[this.#slotInstance[slot]!]! > 0) this.#freeze(-1);
    } else if (state === CALLING) this.#runner!.cancel(call);
    else {
      this.#stationAt(this.#seat[call]!).line.remove(call, this.#priorityOf(call));
      this.#queue.set(now, --this.#waiting);
    }
    this.#inside.set(now, this.#inside.value - 1);
    if (this.#calls.startedAt[call]! >= 0) {
      const time = now - this.#calls.startedAt[call]!;
      this.#worked.cells[this.#calls.cls[call]!]! += time;
      this.#wasted.cells[this.#calls.cls[call]!]! += time;
    }
    this.#where[call] = DONE;
    if (state === WORKING || (state === CALLING && slot >= 0)) this.#leaveThread(slot);
    this.#standUp(call);
    this.#machine.drop(call);
  }

  // ── Instances ──────────────────────────────────────────────────────────────────────────────

  #setReady(change: number): void {
    const { now } = this.#machine;
    this.#readyCount += change;
    this.#readyLevel.set(now, this.#readyCount);
    this.#capacity.set(now, this.#readyCount * (this.#threads ?? 0));
    this.#showBilled();
  }

  #showBilled(): void {
    let paid = 0;
    for (let i = 0; i < this.#count; i++)
      if (
        this.#condition[i] === READY ||
        this.#condition[i] === STOPPING ||
        (this.#condition[i] === STARTING && this.#own.startBilled)
      )
        paid++;
    this.#billed.set(this.#machine.now, paid);
  }

  #become(instance: number, state: number): void {
    const wasIn = this.#isInRotation(instance);
    const wasAbsent = this.#condition[instance] === ABSENT;
    this.#condition[instance] = state;
    this.#judge(instance);
    if (wasAbsent && state !== ABSENT) this.#present++;
    if (!wasAbsent && state === ABSENT) this.#present--;
    this.#setReady(Number(this.#isInRotation(instance)) - Number(wasIn));
    for (const listener of this.#listeners) listener(instance);
  }

  #startDelay(instance: number): number {
    const { startUp } = this.#own;
    if (typeof startUp === 'number') return this.#inTicks(startUp);
    return Math.min(
      2 ** 50,
      this.#inTicks(sampler(startUp, this.#startStream)(instance, this.#startsMade[instance]!++)),
    );
  }

  /** Starts an instance; without a delay it is ready at once. */
  #startInstance(instance: number, version: number, delay = this.#startDelay(instance), isIn = true): void {
    if (instance >= this.#count) {
      for (let i = this.#count; i <= instance; i++) {
        if (this.hasOwnLines) this.#stationOf[i] = this.#station();
        for (let t = 0; t < (this.#threads ?? 0); t++) {
          // first the slot, then its column: adding one may put a wider column in the place of this one
          const slot = this.#addSlot(i);
          this.#slotState[slot] = ASIDE;
        }
      }
      this.#count = instance + 1;
    }
    this.#versionAt[instance] = version;
    this.#servedHere[instance] = 0;
    this.#outOfRotation[instance] = isIn ? 0 : 1;
    this.#startedAs[instance] = this.#starts++;
    this.#setFactor(instance);
    this.#become(instance, STARTING);
    const forToken = ++this.#startToken[instance]!;
    if (delay === 0) this.#becomeReady(instance);
    else {
      this.#machine.mark(this.#id, 'instance', 'starting', instance);
      this.#machine.after(delay, this.#started, instance, forToken);
    }
  }

  #becomeReady(instance: number): void {
    if (this.#machine.now > 0) this.#machine.mark(this.#id, 'instance', 'ready', instance);
    this.#readySince[instance] = this.#machine.now;
    this.#become(instance, READY);
    this.#wake(instance);
  }

  /** Puts the idle threads of an instance back, and lets them serve the line. */
  #wake(instance: number): void {
    if (this.#takesWork[instance] === 0) return;
    for (const slot of this.#slotsOf[instance] ?? []) if (this.#slotState[slot] === ASIDE) this.#release(slot);
    this.#serveLine(this.#stationAt(instance));
  }

  #becomeAbsent(instance: number): void {
    this.#startToken[instance]!++;
    this.#become(instance, ABSENT);
    this.#machine.mark(this.#id, 'instance', 'absent', instance);
    if (this.#owed > 0) this.#machine.after(0, this.#fill, 0, 0);
  }

  stop(instance: number, graceful: boolean): void {
    const state = this.#condition[instance];
    if (state === ABSENT) return;
    if (!graceful || state === STARTING) {
      this.#killInstance(instance);
      return;
    }
    if (state === STOPPING) return;
    this.#become(instance, STOPPING);
    this.#machine.mark(this.#id, 'instance', 'stopping', instance);
    const forToken = ++this.#startToken[instance]!;
    if (this.#insideHere[instance] === 0) this.#becomeAbsent(instance);
    else if (this.#own.gracePeriod !== null)
      this.#machine.after(this.#inTicks(this.#own.gracePeriod), this.#graceIsOver, instance, forToken);
  }

  /** An instance dies: whatever it has fails. */
  #killInstance(instance: number): void {
    if (this.#condition[instance] === ABSENT) return;
    this.#startToken[instance]!++;
    // no longer ready while its requests fail, so that none of its threads takes another
    this.#isDying[instance] = 1;
    this.#become(instance, STOPPING);
    this.#machine.mark(this.#id, 'instance', 'dead', instance);
    // in the order in which they were made: rows are used again in an order that other parts have a say in
    const lost: number[] = [];
    for (let call = 0; call < this.#calls.rows; call++)
      if (
        this.#seat[call] === instance &&
        this.#calls.hop[call]! >= 0 &&
        this.#calls.endedAt[call]! < 0 &&
        this.#machine.wayAt(this.#calls.way[call]!).to === this.#row &&
        (this.#calls.flags[call]! & LOGICAL) === 0
      )
        lost.push(call);
    const hops = new Map(lost.map((call) => [call, this.#calls.hop[call]!]));
    for (const call of lost.toSorted((x, y) => hops.get(x)! - hops.get(y)!)) {
      // one that failed before it may have made its caller give this one up
      if (this.#calls.hop[call] !== hops.get(call) || this.#seat[call] !== instance || this.#calls.endedAt[call]! >= 0)
        continue;
      this.#fail(call, CRASHED);
      if (this.#condition[instance] === ABSENT) break;
    }
    if (this.#condition[instance] !== ABSENT) this.#becomeAbsent(instance);
    this.#isDying[instance] = 0;
    this.#judge(instance);
  }

  /** A request that is inside fails, wherever it is. */
  #fail(call: number, reason: number): void {
    const state = this.#where[call]!;
    const slot = this.#calls.slot[call]!;
    if (state === WAITING || (state === RETURNED && slot < 0) || (state === RETURNED && this.#rest[call]! >= 0)) {
      this.#dropFromLine(call, reason);
      return;
    }
    if (state === WORKING) {
      this.#token[slot]!++;
      if (this.#sharing !== null) this.#sharing.leave(this.#slotInstance[slot]!, call);
      else if (this.#pausedBy[this.#slotInstance[slot]!]! > 0) this.#freeze(-1);
    } else if (state === CALLING) this.#runner!.cancel(call);
    this.#machine.markRefusal(this.#row, reason, this.#id);
    this.#end(call, slot, reason, this.#row);
  }

  #setFactor(instance: number): void {
    this.#factor[instance] =
      (this.#slowed * this.#slowBy[instance]!) / this.#versions[this.#versionAt[instance]!]!.speed;
  }

  #down(instance: number, begins: boolean): void {
    if (instance >= this.#count) return;
    if (begins) {
      if (++this.#downBy[instance]! > 1) return;
      // one that was about to go anyway does not come back
      this.#isMissed[instance] = this.#condition[instance] === STARTING || this.#condition[instance] === READY ? 1 : 0;
      this.#killInstance(instance);
    } else if (this.#downBy[instance]! > 0 && --this.#downBy[instance]! === 0) {
      // one that was replaced meanwhile does not come back
      const comesBack = this.#isMissed[instance] === 1 && this.#inRotation() < this.#wanted;
      this.#isMissed[instance] = 0;
      if (comesBack) this.#startInstance(instance, this.#versionAt[instance]!);
      else if (this.#owed > 0) this.#machine.after(0, this.#fill, 0, 0);
    }
  }

  /** Instances in rotation that are ready or will be. */
  #inRotation(): number {
    let sum = 0;
    for (let i = 0; i < this.#count; i++)
      if ((this.#condition[i] === STARTING || this.#condition[i] === READY) && this.#outOfRotation[i] === 0) sum++;
    return sum;
  }

  /** Instances that are there to stay, or come back after a fault. */
  #staying(): number {
    let sum = 0;
    for (let i = 0; i < this.#count; i++)
      if (this.#condition[i] === STARTING || this.#condition[i] === READY || this.#isMissed[i] === 1) sum++;
    return sum;
  }

  #pause(begins: boolean, instance: number): void {
    if (instance >= this.#most) return;
    this.#pausedBy[instance]! += begins ? 1 : -1;
    this.#judge(instance);
    const stops = begins && this.#pausedBy[instance] === 1;
    const goesOn = !begins && this.#pausedBy[instance] === 0;
    if (goesOn && this.#owed > 0) this.#machine.after(0, this.#fill, 0, 0);
    if (instance >= this.#count || (!stops && !goesOn)) return;
    if (this.#sharing !== null) this.#sharing.pause(instance, stops);
    for (const slot of this.#slotsOf[instance] ?? []) {
      const call = this.#busyWith[slot]!;
      if (call < 0 || this.#where[call] !== WORKING || this.#sharing !== null) continue;
      if (stops) {
        this.#left[slot] = this.#endsAt[slot]! - this.#machine.now;
        this.#token[slot]!++;
      } else {
        this.#endsAt[slot] = this.#machine.now + this.#left[slot]!;
        this.#machine.after(this.#left[slot]!, this.#finish, slot, this.#token[slot]!);
      }
      this.#freeze(stops ? 1 : -1);
    }
    if (goesOn) this.#wake(instance);
  }

  /** Starts what is wanted and was not started yet, as far as there is room. */
  #startOwed(): void {
    while (this.#owed > 0 && this.launch(this.#preferred) >= 0) this.#owed--;
  }

  /** One fewer is wanted: one that a fault has taken down stays away, else one that still starts stops, else the newest. */
  #dismiss(): void {
    const missed = this.#isMissed.indexOf(1);
    if (missed >= 0) {
      this.#isMissed[missed] = 0;
      return;
    }
    let last = -1;
    for (let i = 0; i < this.#count; i++) {
      if (this.#condition[i] !== STARTING && this.#condition[i] !== READY) continue;
      const isBefore =
        last < 0 ||
        (this.#condition[i] === this.#condition[last]
          ? this.#startedAs[i]! > this.#startedAs[last]!
          : this.#condition[i] === STARTING);
      if (isBefore) last = i;
    }
    if (last >= 0) this.stop(last, true);
  }

  adopt(changed: ServiceSettings): void {
    const before = this.#own;
    this.#own = { ...changed };
    this.#takeSettings();
    for (let i = 0; i < this.#count; i++) this.#setFactor(i);
    if (changed.instances !== before.instances) this.scale(changed.instances);
  }

  state(): PartState {
    return {
      instances: Array.from({ length: this.#count }, (_, i) => this.#takesWork[i] === 1),
      slots: Array.from({ length: this.#slots }, (_, slot) => ({
        instance: this.#slotInstance[slot]!,
        hop: this.#busyWith[slot]! < 0 ? -1 : this.#machine.hopOf(this.#busyWith[slot]!),
      })),
      queue: (this.#common === null ? this.#stationOf : [this.#common]).flatMap(({ line }) =>
        line.list().map((call) => this.#machine.hopOf(call)),
      ),
      inside: this.#inside.value,
      readings: { states: Array.from({ length: this.#count }, (_, i) => stateNames[this.#condition[i]!]!) },
    };
  }

  // ── The instances as others see and steer them ───────────────────────────────────────────────

  get count(): number {
    return this.#count;
  }

  get ready(): number {
    return this.#readyCount;
  }

  get present(): number {
    return this.#present;
  }

  get wanted(): number {
    return this.#wanted;
  }

  stateOf(instance: number): InstanceState {
    return instance < this.#count ? stateNames[this.#condition[instance]!]! : 'absent';
  }

  onChange(listener: (instance: number) => void): void {
    this.#listeners.push(listener);
  }

  isReady(instance: number): boolean {
    return instance < this.#count && this.#isInRotation(instance);
  }

  isPaused(instance: number): boolean {
    return instance < this.#count && this.#pausedBy[instance]! > 0;
  }

  inside(instance: number): number {
    return this.#insideHere[instance]!;
  }

  get load(): number {
    return this.#inside.value;
  }

  get waiting(): number {
    return this.#waiting;
  }

  busyTicks(): number {
    return this.#working.areaSeenAt(this.#machine.now);
  }

  readyTicks(): number {
    return this.#capacity.areaSeenAt(this.#machine.now);
  }

  get arrived(): number {
    return this.#arrivals.total;
  }

  get finished(): number {
    return this.#finishedTotal;
  }

  get errors(): number {
    return this.#errorTotal;
  }

  scale(to: number): void {
    const change = Math.max(0, Math.min(this.#most, to)) - this.#wanted;
    this.#wanted += change;
    if (change > 0) {
      this.#owed = Math.max(this.#owed + change, this.#wanted - this.#staying());
      this.#startOwed();
      return;
    }
    let fewer = Math.min(-change, this.#staying() + this.#owed - this.#wanted);
    for (; fewer > 0 && this.#owed > 0; fewer--) this.#owed--;
    for (; fewer > 0; fewer--) this.#dismiss();
  }

  launch(version: number, isIn = true): number {
    // the number of an instance that a fault still holds is not used again
    for (let instance = 0; instance < this.#most; instance++)
      if (this.#condition[instance] === ABSENT && this.#downBy[instance] === 0 && this.#pausedBy[instance] === 0) {
        this.#startInstance(instance, version, this.#startDelay(instance), isIn);
        return instance;
      }
    return -1;
  }

  versionOf(instance: number): number {
    return this.#versionAt[instance]!;
  }

  prefer(version: number): void {
    this.#preferred = version;
  }

  setInRotation(instance: number, isIn: boolean): void {
    if (instance >= this.#count) return;
    const wasIn = this.#isInRotation(instance);
    this.#outOfRotation[instance] = isIn ? 0 : 1;
    this.#judge(instance);
    if (wasIn === this.#isInRotation(instance)) return;
    this.#setReady(wasIn ? -1 : 1);
    for (const listener of this.#listeners) listener(instance);
    this.#wake(instance);
  }

  finishedBy(version: number): number {
    return this.#finishedBy[version]!;
  }

  errorsBy(version: number): number {
    return this.#errorsBy[version]!;
  }
}

export const service = defineKind({
  kind: 'service',
  settings,
  actions: {
    pause: 'stops an instance; what it was serving stays where it is and goes on afterwards',
    crash: 'kills an instance: what it has fails as `crashed`; afterwards it starts anew',
    outage: 'kills all instances; afterwards they start anew',
    'zone-outage': 'kills the instances of one zone (named by `instance`); afterwards they start anew',
    slow: 'multiplies the service time of all instances by the amount',
    'slow-instance': 'multiplies the service time of one instance by the amount',
    fail: 'lets the amount (a share) of requests end as an error, besides what the service fails anyway',
  },
  adopts: [
    'instances',
    'service',
    'byClass',
    'speed',
    'queueLimit',
    'errors',
    'maxWait',
    'controlledDelay',
    'newestFirstAbove',
    'finish',
  ],
  takesCalls: true,
  hasFleet: true,
  callees: (own) => calleesAt('calls', calleesOf(own.calls)),
  size: (own) => Math.max(own.instances, 1) * (own.threads ?? 1),
  reasons: reasonsOf,
  build: (own, site) => new Service(own, site),
});
