/**
 * A service: instances with threads, and a line of waiting requests before them, or one before each.
 * Its work on a request is a time of its own, then what its plan calls, then what is left to do. Who called, and what
 * for, it does not know; nor who balances, scales or deploys it: they see it as a fleet.
 */
import { sampler, type Sampler } from '../../distributions/index.ts';
import { wider } from '../../engine/calendar.ts';
import { flag } from '../../engine/calls.ts';
import { mixPath, uniform } from '../../engine/draws.ts';
import { ANSWERED, fateOf } from '../../engine/machine.ts';
import type { Fleet, InstanceState } from '../../engine/part.ts';
import type { FailureReason } from '../../engine/run.ts';
import { PlanRunner } from '../../plans/runner.ts';
import { calleesOf, stagesOf } from '../../plans/settings.ts';
import { calleesAt, defineKind } from '../kind.ts';
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
  build(first, { machine, id, row, ticks, books }) {
    // a copy, because what the schema makes of so many settings is a table that is looked up by name
    let own: ServiceSettings = { ...first };
    const { calls, monitor, classes } = machine;
    const isSharing = own.discipline === 'processor-sharing';
    const isPreemptive = own.discipline === 'priority-preemptive';
    const knowsPriority = own.discipline === 'priority' || isPreemptive;
    const hasOwnLines = own.line === 'each';
    const threads = own.threads;
    const holdsThread = own.holdsThread;
    let limit = own.queueLimit ?? Infinity;

    const demandStream = machine.stream(id, 'demand');
    const finishStream = machine.stream(id, 'finish');
    const startStream = machine.stream(id, 'start');
    const errorStream = machine.stream(id, 'error');
    const spreadStream = machine.stream(id, 'spread');
    let demand: Sampler;
    let demandByClass: (Sampler | null)[] | null = null;
    let finishing: Sampler | null = null;
    let errorShare = own.errors;
    let moreErrors = 0;
    let ticksOfDemand = ticks / own.speed;
    let slowed = 1;
    // what is asked for every request stands in variables of its own
    let checksDeadline = false;
    let controlledDelay: ServiceSettings['controlledDelay'] = null;
    let maxWait = -1;
    /** From how many in line on the newest is served first. */
    let newestFirstAbove = Infinity;
    const isLastInFirstOut = own.discipline === 'lifo';
    const isAdaptive = own.discipline === 'adaptive-lifo';
    const isLimitedPerService = own.queueLimitPer === 'service';
    const waitsForInstances = own.waitsForInstances;
    const errorsTakeNothing = own.errorsTake === 'nothing';
    const leakLimit = own.leak === null ? Infinity : own.leak.limit;
    function takeSettings(): void {
      demand = sampler(own.service, demandStream);
      demandByClass =
        Object.keys(own.byClass).length === 0
          ? null
          : classes.map(({ id: name }) =>
              Object.hasOwn(own.byClass, name) ? sampler(own.byClass[name]!, demandStream) : null,
            );
      finishing = own.finish === undefined ? null : sampler(own.finish, finishStream);
      ticksOfDemand = ticks / own.speed;
      limit = own.queueLimit ?? Infinity;
      errorShare = own.errors;
      ({ checksDeadline, controlledDelay } = own);
      maxWait = own.maxWait === null ? -1 : Math.round(own.maxWait * ticks);
      newestFirstAbove = isLastInFirstOut ? 0 : isAdaptive ? own.newestFirstAbove : Infinity;
    }
    takeSettings();
    const sizes = classes.some(({ size }) => size !== undefined) ? classes.map(({ size }) => size ?? null) : null;
    const hasPatience = classes.some(({ patience }) => patience !== undefined);
    const inTicks = (time: number) => Math.round(time * ticks);
    const versions = [
      { id: 'v1', speed: 1, errors: 0 },
      ...own.versions.map((version) => ({
        id: version.id,
        speed: (version.speed ?? own.speed) / own.speed,
        errors: version.errors ?? own.errors,
      })),
    ];

    // Instances
    const MOST = Math.max(own.mostInstances, own.instances, 1);
    const condition = new Uint8Array(MOST);
    const pausedBy = new Int32Array(MOST);
    const downBy = new Int32Array(MOST);
    /** Whether it was there when a fault took it down, and so comes back afterwards. */
    const isMissed = new Uint8Array(MOST);
    const outOfRotation = new Uint8Array(MOST);
    const versionAt = new Int32Array(MOST);
    /** What a service time is multiplied by at an instance: faults and version. */
    const factor = new Float64Array(MOST).fill(1);
    const slowBy = new Float64Array(MOST).fill(1);
    const readySince = new Float64Array(MOST);
    const servedHere = new Float64Array(MOST);
    const insideHere = new Int32Array(MOST);
    const startToken = new Int32Array(MOST);
    const startsMade = new Int32Array(MOST);
    /** Which start of the whole service an instance's last was: the newest have the greatest. */
    const startedAs = new Float64Array(MOST);
    /** It is being killed: no thread of its takes up anything. */
    const isDying = new Uint8Array(MOST);
    const listeners: ((instance: number) => void)[] = [];
    let starts = 0;
    let wanted = own.instances;
    /** Instances that are wanted and could not be started yet, because there was no room. */
    let owed = 0;
    const stationOf: Station[] = [];
    const slotsOf: number[][] = [];
    let count = 0;
    let readyCount = 0;
    let present = 0;
    let preferred = 0;
    const finishedBy = versions.map(() => 0);
    const errorsBy = versions.map(() => 0);
    const changesWithTime = own.warmUp !== null || own.leak !== null;

    // Slots, the threads of all instances
    let slots = 0;
    let slotInstance = new Int32Array(16);
    let busyWith = new Int32Array(16).fill(-1);
    let slotState = new Uint8Array(16);
    /** Entries in the calendar for a slot are good only while they bear its token. */
    let token = new Int32Array(16);
    let endsAt = new Float64Array(16);
    let left = new Float64Array(16);

    // Calls, by their rows
    let where = new Uint8Array(64);
    let seat = new Int32Array(64).fill(-1);
    /** Work, in ticks, that a preempted call still needs; −1 when it has not begun. */
    let rest = new Float64Array(64).fill(-1);
    let work = new Float64Array(64);
    const places = new Places();

    const common = hasOwnLines ? null : station();
    let waiting = 0;
    let busy = 0;
    let frozen = 0;
    let nextInstance = 0;

    const inside = monitor.countedLevel(`${id}.inside`);
    const queue = monitor.level(`${id}.queue`);
    const working = monitor.level(`${id}.busy`);
    const capacity = monitor.level(`${id}.capacity`);
    const readyLevel = monitor.level(`${id}.instances`);
    const billed = monitor.level(`${id}.billed`);
    if (threads !== null) monitor.share(`${id}.utilisation`, working, capacity);
    const response = monitor.tally(`${id}.response`);
    const wait = monitor.tally(`${id}.wait`);
    const served = monitor.meanTally(`${id}.service`);
    const slowdown = isSharing ? monitor.meanTally(`${id}.slowdown`, 'number') : null;
    const arrivals = monitor.count(`${id}.arrivals`, 'count', monitor.counter(), null, true);
    const completions = monitor.count(`${id}.completions`, 'count', monitor.counter(), null, true);
    monitor.count(`${id}.throughput`, 'rate', completions, null, true);
    const refused = monitor.counter();
    monitor.count(`${id}.refused`, 'share', refused, arrivals, true);
    const begun = monitor.counter();
    const delayed = monitor.count(`${id}.delayed`, 'share', monitor.counter(), begun, true);
    const worked = monitor.counter();
    const wasted = monitor.count(`${id}.wasted`, 'share', monitor.counter(), worked, true);
    const failures = new Map(
      reasonsOf(own).map((reason) => [
        fateOf(reason),
        monitor.count(`${id}.failures.${reason}`, 'count', monitor.counter(), null, true),
      ]),
    );
    books(inside);
    let arrivedTotal = 0;
    let finishedTotal = 0;
    let errorTotal = 0;

    const finish = machine.on((slot, forToken) => {
      if (token[slot] === forToken) workIsDone(busyWith[slot]!, slot);
    });
    const sharing = isSharing ? new Sharing(machine, own.cores, (call) => workIsDone(call, calls.slot[call]!)) : null;
    const stages = stagesOf(own.calls);
    const runner = stages.length === 0 ? null : new PlanRunner(machine, row, stages, planHasEnded);
    const leaveLine = machine.on((call, hop) => {
      if (stillWaits(call, hop)) dropFromLine(call, IMPATIENT);
    });
    /** Whether a call that stood in line when a timer was set still waits for its first thread. */
    const stillWaits = (call: number, hop: number): boolean =>
      calls.hop[call] === hop && where[call] === WAITING && calls.startedAt[call]! < 0;
    const waitedTooLong = machine.on((call, hop) => {
      if (stillWaits(call, hop)) dropFromLine(call, SHED);
    });
    const started = machine.on((instance, forToken) => {
      if (startToken[instance] === forToken) becomeReady(instance);
    });
    const fill = machine.on(() => startOwed());
    const graceIsOver = machine.on((instance, forToken) => {
      if (startToken[instance] === forToken && condition[instance] === STOPPING) killInstance(instance);
    });

    // ── Threads ────────────────────────────────────────────────────────────────────────────────

    function station(): Station {
      return {
        line: new Line(knowsPriority ? PRIORITIES : 1, places),
        free: new Int32Array(16),
        freeHead: 0,
        freeCount: 0,
        emptyAt: 0,
      };
    }

    const stationAt = (instance: number): Station => common ?? stationOf[instance]!;
    /** Whether an instance's threads take up what waits. A line of its own is worked off also while it stops, or is out of rotation. */
    const takesWork = (instance: number): boolean =>
      pausedBy[instance] === 0 &&
      (condition[instance] === READY
        ? hasOwnLines || outOfRotation[instance] === 0
        : hasOwnLines && condition[instance] === STOPPING && isDying[instance] === 0);
    const priorityOf = (call: number): number => (knowsPriority ? classes[calls.cls[call]!]!.priority : 0);

    function addSlot(instance: number): number {
      if (slots === busyWith.length) {
        slotInstance = wider(slotInstance);
        busyWith = wider(busyWith).fill(-1, slots);
        slotState = wider(slotState);
        token = wider(token);
        endsAt = wider(endsAt);
        left = wider(left);
      }
      slotInstance[slots] = instance;
      (slotsOf[instance] ??= []).push(slots);
      return slots++;
    }

    function release(slot: number): void {
      busyWith[slot] = -1;
      const instance = slotInstance[slot]!;
      if (!takesWork(instance)) {
        slotState[slot] = ASIDE;
        return;
      }
      slotState[slot] = FREE;
      const own = stationAt(instance);
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
    function takeFree(own: Station): number {
      while (own.freeCount > 0) {
        const slot = own.free[own.freeHead]!;
        own.freeHead = (own.freeHead + 1) & (own.free.length - 1);
        own.freeCount--;
        // what its instance became meanwhile has left stale entries here
        if (slotState[slot] !== FREE) continue;
        if (takesWork(slotInstance[slot]!)) return slot;
        slotState[slot] = ASIDE;
      }
      return -1;
    }

    /** A thread for a call of a station: one that is free, or a new one where there may be any number. */
    function threadFor(own: Station, instance: number): number {
      const slot = takeFree(own);
      if (slot >= 0 || threads !== null) return slot;
      const host = instance >= 0 ? instance : leastLoaded();
      return host < 0 ? -1 : addSlot(host);
    }

    function leastLoaded(): number {
      let best = -1;
      for (let i = 0; i < count; i++) if (takesWork(i) && (best < 0 || insideHere[i]! < insideHere[best]!)) best = i;
      return best;
    }

    function setBusy(value: number): void {
      busy = value;
      working.set(machine.now, busy - frozen);
    }

    /** Threads that stand still with their instance count as not busy. */
    function freeze(more: number): void {
      frozen += more;
      working.set(machine.now, busy - frozen);
    }

    // ── A request's way through ────────────────────────────────────────────────────────────────

    function growCalls(call: number): void {
      while (call >= where.length) {
        const from = where.length;
        where = wider(where);
        seat = wider(seat).fill(-1, from);
        rest = wider(rest).fill(-1, from);
        work = wider(work);
      }
    }

    function receive(call: number): void {
      const { now } = machine;
      const cls = calls.cls[call]!;
      arrivals.add(cls);
      arrivedTotal++;
      if (call >= where.length) growCalls(call);
      rest[call] = -1;
      where[call] = WAITING;
      seat[call] = -1;
      let instance = calls.instance[call]!;
      if (hasOwnLines && instance < 0) instance = choose(call);
      const isGone = instance >= 0 && (instance >= count || condition[instance] !== READY);
      if (isGone || (hasOwnLines ? instance < 0 : readyCount === 0 && !waitsForInstances)) {
        refuse(call, UNAVAILABLE, false);
        return;
      }
      const at = stationAt(instance);
      const slot = at.line.size === 0 ? threadFor(at, instance) : -1;
      if (slot >= 0) {
        inside.set(now, inside.value + 1);
        begin(call, slot);
        return;
      }
      if (isPreemptive && preempt(at, call)) return;
      const room = isLimitedPerService
        ? limit - waiting
        : hasOwnLines
          ? limit - at.line.size
          : limit * readyCount - waiting;
      if (room <= 0) {
        refuse(call, QUEUE_FULL, false);
        return;
      }
      inside.set(now, inside.value + 1);
      if (hasOwnLines) sitDown(call, instance);
      standInLine(call, at);
    }

    function standInLine(call: number, at: Station): void {
      const { now } = machine;
      where[call] = WAITING;
      if (at.line.size === 0) at.emptyAt = now;
      at.line.push(call, priorityOf(call));
      queue.set(now, ++waiting);
      if (hasPatience) {
        const patience = classes[calls.cls[call]!]!.patience;
        if (patience !== undefined)
          machine.after(patience(calls.request[call]!, calls.path[call]!), leaveLine, call, calls.hop[call]!);
      }
      if (maxWait >= 0) machine.after(maxWait, waitedTooLong, call, calls.hop[call]!);
    }

    function sitDown(call: number, instance: number): void {
      seat[call] = instance;
      insideHere[instance]!++;
    }

    function standUp(call: number): void {
      const instance = seat[call]!;
      if (instance < 0) return;
      seat[call] = -1;
      insideHere[instance]!--;
      if (condition[instance] === STOPPING && insideHere[instance] === 0) becomeAbsent(instance);
    }

    /** With lines of their own: where a call goes that nobody has sent to an instance; −1 when none takes it. */
    function choose(call: number): number {
      if (readyCount === 0) return -1;
      if (own.spread === 'round-robin') {
        for (let tries = 0; tries < count; tries++) {
          const instance = nextInstance;
          nextInstance = nextInstance + 1 >= count ? 0 : nextInstance + 1;
          if (isInRotation(instance)) return instance;
        }
        return -1;
      }
      const u = uniform(spreadStream, calls.request[call]!, calls.path[call]!);
      let fewest = Infinity;
      let ties = 0;
      for (let i = 0; i < count; i++) {
        if (!isInRotation(i)) continue;
        const load = own.spread === 'random' ? 0 : insideHere[i]!;
        if (load < fewest) {
          fewest = load;
          ties = 1;
        } else if (load === fewest) ties++;
      }
      let pick = Math.floor(u * ties);
      for (let i = 0; i < count; i++)
        if (isInRotation(i) && (own.spread === 'random' || insideHere[i] === fewest) && pick-- === 0) return i;
      return -1;
    }

    const isInRotation = (instance: number): boolean => condition[instance] === READY && outOfRotation[instance] === 0;

    /** Serves a call on a thread that is free. */
    function begin(call: number, slot: number): void {
      slotState[slot] = BUSY;
      setBusy(busy + 1);
      serve(call, slot);
    }

    /** Serves a call on a thread that is counted as busy already. */
    function serve(call: number, slot: number): void {
      const { now } = machine;
      const instance = slotInstance[slot]!;
      busyWith[slot] = call;
      if (seat[call] !== instance) {
        standUp(call);
        sitDown(call, instance);
      }
      const cls = calls.cls[call]!;
      if (calls.startedAt[call]! < 0) {
        const waited = now - calls.arrivedAt[call]!;
        wait.add(cls, waited);
        begun.add(cls);
        if (waited > 0) delayed.add(cls);
        machine.begins(call, slot);
      } else calls.slot[call] = slot;
      const isReturned = where[call] === RETURNED;
      where[call] = WORKING;
      let duration = rest[call]!;
      rest[call] = -1;
      if (duration < 0) duration = isReturned ? drawFinish(call, instance) : drawWork(call, instance);
      phase(call, isReturned);
      startWork(call, slot, instance, duration);
    }

    /** Whether the work that a call is in is what is left after its calls. */
    let isFinishing = new Uint8Array(64);
    function phase(call: number, finishes: boolean): void {
      if (runner === null) return;
      while (call >= isFinishing.length) isFinishing = wider(isFinishing);
      isFinishing[call] = finishes ? 1 : 0;
    }

    function startWork(call: number, slot: number, instance: number, duration: number): void {
      if (sharing !== null) {
        work[call] = duration;
        sharing.begin(instance, call, duration);
        return;
      }
      endsAt[slot] = machine.now + duration;
      machine.after(duration, finish, slot, token[slot]!);
    }

    function drawWork(call: number, instance: number): number {
      const request = calls.request[call]!;
      const path = calls.path[call]!;
      const cls = calls.cls[call]!;
      let time =
        demandByClass !== null && demandByClass[cls] !== null
          ? demandByClass[cls]!(request, path)
          : demand(request, path);
      if (sizes !== null) {
        const size = sizes[cls]!;
        if (size !== null) time *= size(request, path);
      }
      if (errorShare > 0 && errorsTakeNothing && isError(call, instance)) time = 0;
      const ticksNow = time * ticksOfDemand * factor[instance]!;
      return Math.min(2 ** 50, Math.round(changesWithTime ? ticksNow * tempo(instance) : ticksNow));
    }

    function drawFinish(call: number, instance: number): number {
      const time = finishing!(calls.request[call]!, calls.path[call]!) * ticksOfDemand * factor[instance]!;
      return Math.min(2 ** 50, Math.round(changesWithTime ? time * tempo(instance) : time));
    }

    /** What warm-up and leak make of a service time. */
    function tempo(instance: number): number {
      let times = 1;
      if (own.warmUp !== null) {
        const cold = 1 - (machine.now - readySince[instance]!) / inTicks(own.warmUp.lasts);
        if (cold > 0) times *= 1 + (own.warmUp.factor - 1) * cold;
      }
      if (own.leak !== null) times *= 1 + (own.leak.slower - 1) * (servedHere[instance]! / own.leak.limit);
      return times;
    }

    function isError(call: number, instance: number): boolean {
      const version = versions[versionAt[instance]!]!;
      const share = versionAt[instance] === 0 ? errorShare : version.errors;
      const all = 1 - (1 - share) * (1 - moreErrors);
      return all > 0 && uniform(errorStream, calls.request[call]!, mixPath(calls.path[call]!, 1)) < all;
    }

    /** The piece of work that a thread was busy with is done. */
    function workIsDone(call: number, slot: number): void {
      token[slot]!++;
      if (runner !== null && isFinishing[call] === 0 && !runner.isEmpty) {
        if ((errorShare > 0 || moreErrors > 0 || versions.length > 1) && isError(call, slotInstance[slot]!)) {
          end(call, slot, ERROR, row);
          return;
        }
        where[call] = CALLING;
        if (!holdsThread) {
          calls.slot[call] = -1;
          leaveThread(slot);
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
        return;
      }
      const fails =
        (errorShare > 0 || moreErrors > 0 || versions.length > 1) &&
        runner === null &&
        isError(call, slotInstance[slot]!);
      end(call, slot, fails ? ERROR : ANSWERED, row);
    }

    function planHasEnded(call: number, fate: number, by: number, degraded: boolean): void {
      if (degraded) calls.flags[call]! |= flag.degraded;
      const slot = calls.slot[call]!;
      if (fate !== ANSWERED || finishing === null) {
        end(call, slot, fate, fate === ANSWERED ? row : by);
        return;
      }
      where[call] = RETURNED;
      if (slot >= 0) {
        serve(call, slot);
        return;
      }
      const at = stationAt(seat[call]!);
      const free = at.line.size === 0 ? threadFor(at, hasOwnLines ? seat[call]! : -1) : -1;
      if (free >= 0) {
        begin(call, free);
        return;
      }
      // it keeps its place inside, however long the line is
      if (at.line.size === 0) at.emptyAt = machine.now;
      at.line.push(call, priorityOf(call));
      queue.set(machine.now, ++waiting);
    }

    /** A request is finished at this part, on a thread or on none. */
    function end(call: number, slot: number, fate: number, by: number): void {
      const { now } = machine;
      const cls = calls.cls[call]!;
      const instance = seat[call]!;
      inside.set(now, inside.value - 1);
      if (fate === ANSWERED) {
        completions.add(cls);
        response.add(cls, now - calls.arrivedAt[call]!);
        if (slowdown !== null && work[call]! > 0)
          slowdown.add(cls, ((now - calls.arrivedAt[call]!) / work[call]!) * ticks);
      } else if (by === row) {
        failures.get(fate)?.add(cls);
        refused.add(cls);
        errorTotal++;
        if (instance >= 0) errorsBy[versionAt[instance]!]!++;
      }
      const time = now - calls.startedAt[call]!;
      served.add(cls, time);
      worked.cells[cls]! += time;
      if ((calls.flags[call]! & flag.abandoned) !== 0) wasted.cells[cls]! += time;
      finishedTotal++;
      if (instance >= 0) {
        finishedBy[versionAt[instance]!]!++;
        servedHere[instance]!++;
      }
      if (fate === ERROR && by === row) machine.markRefusal(row, ERROR, id);
      where[call] = DONE;
      if (slot >= 0) leaveThread(slot);
      standUp(call);
      if (instance >= 0 && servedHere[instance]! >= leakLimit && condition[instance] === READY) {
        killInstance(instance);
        startInstance(instance, versionAt[instance]!);
      }
      machine.answer(call, fate, by);
    }

    /** A thread has nothing to do any more: it takes the next in line, or is free. */
    function leaveThread(slot: number): void {
      const instance = slotInstance[slot]!;
      const at = stationAt(instance);
      if (waiting > 0 && at.line.size > 0 && takesWork(instance)) {
        const next = nextInLine(at);
        if (next >= 0) {
          serve(next, slot);
          return;
        }
      }
      setBusy(busy - 1);
      release(slot);
    }

    /** Takes whoever is next out of a line, past those whom it turns away; −1 when nobody is left. */
    function nextInLine(at: Station): number {
      while (at.line.size > 0) {
        const call = at.line.size > newestFirstAbove ? at.line.pop() : at.line.shift();
        queue.set(machine.now, --waiting);
        if (where[call] === RETURNED || calls.startedAt[call]! >= 0) return call;
        const reason = turnsAway(call, at);
        if (reason === 0) return call;
        refuse(call, reason, true);
      }
      return -1;
    }

    /** Why a call whose turn has come is not served after all; 0 when it is. */
    function turnsAway(call: number, at: Station): number {
      const { now } = machine;
      if (checksDeadline && calls.deadline[call]! <= now) return DEADLINE;
      if (controlledDelay === null) return 0;
      const interval = inTicks(controlledDelay.interval);
      const most = now - at.emptyAt > interval ? inTicks(controlledDelay.target) : interval;
      return now - calls.arrivedAt[call]! > most ? SHED : 0;
    }

    /** Lets the first in line be served where a thread is free. */
    function serveLine(at: Station): void {
      while (at.line.size > 0) {
        const slot = threadFor(at, -1);
        if (slot < 0) return;
        const call = nextInLine(at);
        if (call < 0) {
          release(slot);
          return;
        }
        begin(call, slot);
      }
    }

    /** A call fails here before it was served. */
    function refuse(call: number, reason: number, isInside: boolean): void {
      const cls = calls.cls[call]!;
      failures.get(reason)?.add(cls);
      refused.add(cls);
      errorTotal++;
      where[call] = DONE;
      if (isInside) inside.set(machine.now, inside.value - 1);
      standUp(call);
      machine.refuse(call, reason);
    }

    function dropFromLine(call: number, reason: number): void {
      stationAt(seat[call]!).line.remove(call, priorityOf(call));
      queue.set(machine.now, --waiting);
      refuse(call, reason, true);
    }

    /** A more urgent call takes the thread of the least urgent one in service, if there is a less urgent one. */
    function preempt(at: Station, call: number): boolean {
      const priority = priorityOf(call);
      let worst = priority;
      let victim = -1;
      for (let slot = 0; slot < slots; slot++) {
        if (slotState[slot] !== BUSY || stationAt(slotInstance[slot]!) !== at || !takesWork(slotInstance[slot]!))
          continue;
        const other = busyWith[slot]!;
        if (where[other] !== WORKING) continue;
        const its = priorityOf(other);
        // of equally urgent ones the one that has the most left to do gives way
        if (its > worst || (its === worst && victim >= 0 && endsAt[slot]! > endsAt[victim]!)) {
          worst = its;
          victim = slot;
        }
      }
      if (victim < 0) return false;
      const other = busyWith[victim]!;
      token[victim]!++;
      rest[other] = endsAt[victim]! - machine.now;
      const wasFinishing = runner !== null && isFinishing[other] === 1;
      where[other] = wasFinishing ? RETURNED : WAITING;
      if (at.line.size === 0) at.emptyAt = machine.now;
      at.line.unshift(other, priorityOf(other));
      queue.set(machine.now, ++waiting);
      inside.set(machine.now, inside.value + 1);
      serve(call, victim);
      return true;
    }

    /** The caller waits no longer. */
    function cancel(call: number): void {
      const { now } = machine;
      const state = where[call]!;
      // as its thread was freed, others were turned away, and their caller now gives this one up, too
      if (state === DONE) return;
      const slot = calls.slot[call]!;
      if (state === WORKING) {
        token[slot]!++;
        if (sharing !== null) sharing.leave(slotInstance[slot]!, call);
        else if (pausedBy[slotInstance[slot]!]! > 0) freeze(-1);
      } else if (state === CALLING) runner!.cancel(call);
      else {
        stationAt(seat[call]!).line.remove(call, priorityOf(call));
        queue.set(now, --waiting);
      }
      inside.set(now, inside.value - 1);
      if (calls.startedAt[call]! >= 0) {
        const time = now - calls.startedAt[call]!;
        worked.cells[calls.cls[call]!]! += time;
        wasted.cells[calls.cls[call]!]! += time;
      }
      where[call] = DONE;
      if (state === WORKING || (state === CALLING && slot >= 0)) leaveThread(slot);
      standUp(call);
      machine.drop(call);
    }

    // ── Instances ──────────────────────────────────────────────────────────────────────────────

    function setReady(change: number): void {
      const { now } = machine;
      readyCount += change;
      readyLevel.set(now, readyCount);
      capacity.set(now, readyCount * (threads ?? 0));
      showBilled();
    }

    function showBilled(): void {
      let paid = 0;
      for (let i = 0; i < count; i++)
        if (condition[i] === READY || condition[i] === STOPPING || (condition[i] === STARTING && own.startBilled))
          paid++;
      billed.set(machine.now, paid);
    }

    function become(instance: number, state: number): void {
      const wasIn = isInRotation(instance);
      const wasAbsent = condition[instance] === ABSENT;
      condition[instance] = state;
      if (wasAbsent && state !== ABSENT) present++;
      if (!wasAbsent && state === ABSENT) present--;
      setReady(Number(isInRotation(instance)) - Number(wasIn));
      for (const listener of listeners) listener(instance);
    }

    function startDelay(instance: number): number {
      const { startUp } = own;
      if (typeof startUp === 'number') return inTicks(startUp);
      return Math.min(2 ** 50, inTicks(sampler(startUp, startStream)(instance, startsMade[instance]!++)));
    }

    /** Starts an instance; without a delay it is ready at once. */
    function startInstance(instance: number, version: number, delay = startDelay(instance), isIn = true): void {
      if (instance >= count) {
        for (let i = count; i <= instance; i++) {
          if (hasOwnLines) stationOf[i] = station();
          for (let t = 0; t < (threads ?? 0); t++) {
            // first the slot, then its column: adding one may put a wider column in the place of this one
            const slot = addSlot(i);
            slotState[slot] = ASIDE;
          }
        }
        count = instance + 1;
      }
      versionAt[instance] = version;
      servedHere[instance] = 0;
      outOfRotation[instance] = isIn ? 0 : 1;
      startedAs[instance] = starts++;
      setFactor(instance);
      become(instance, STARTING);
      const forToken = ++startToken[instance]!;
      if (delay === 0) becomeReady(instance);
      else {
        machine.mark(id, 'instance', 'starting', instance);
        machine.after(delay, started, instance, forToken);
      }
    }

    function becomeReady(instance: number): void {
      if (machine.now > 0) machine.mark(id, 'instance', 'ready', instance);
      readySince[instance] = machine.now;
      become(instance, READY);
      wake(instance);
    }

    /** Puts the idle threads of an instance back, and lets them serve the line. */
    function wake(instance: number): void {
      if (!takesWork(instance)) return;
      for (const slot of slotsOf[instance] ?? []) if (slotState[slot] === ASIDE) release(slot);
      serveLine(stationAt(instance));
    }

    function becomeAbsent(instance: number): void {
      startToken[instance]!++;
      become(instance, ABSENT);
      machine.mark(id, 'instance', 'absent', instance);
      if (owed > 0) machine.after(0, fill, 0, 0);
    }

    function stopInstance(instance: number, graceful: boolean): void {
      const state = condition[instance];
      if (state === ABSENT) return;
      if (!graceful || state === STARTING) {
        killInstance(instance);
        return;
      }
      if (state === STOPPING) return;
      become(instance, STOPPING);
      machine.mark(id, 'instance', 'stopping', instance);
      const forToken = ++startToken[instance]!;
      if (insideHere[instance] === 0) becomeAbsent(instance);
      else if (own.gracePeriod !== null) machine.after(inTicks(own.gracePeriod), graceIsOver, instance, forToken);
    }

    /** An instance dies: whatever it has fails. */
    function killInstance(instance: number): void {
      if (condition[instance] === ABSENT) return;
      startToken[instance]!++;
      // no longer ready while its requests fail, so that none of its threads takes another
      isDying[instance] = 1;
      become(instance, STOPPING);
      machine.mark(id, 'instance', 'dead', instance);
      // in the order in which they were made: rows are used again in an order that other parts have a say in
      const lost: number[] = [];
      for (let call = 0; call < calls.rows; call++)
        if (
          seat[call] === instance &&
          calls.hop[call]! >= 0 &&
          calls.endedAt[call]! < 0 &&
          machine.wayAt(calls.way[call]!).to === row &&
          (calls.flags[call]! & flag.logical) === 0
        )
          lost.push(call);
      const hops = new Map(lost.map((call) => [call, calls.hop[call]!]));
      for (const call of lost.toSorted((x, y) => hops.get(x)! - hops.get(y)!)) {
        // one that failed before it may have made its caller give this one up
        if (calls.hop[call] !== hops.get(call) || seat[call] !== instance || calls.endedAt[call]! >= 0) continue;
        fail(call, CRASHED);
        if (condition[instance] === ABSENT) break;
      }
      if (condition[instance] !== ABSENT) becomeAbsent(instance);
      isDying[instance] = 0;
    }

    /** A request that is inside fails, wherever it is. */
    function fail(call: number, reason: number): void {
      const state = where[call]!;
      const slot = calls.slot[call]!;
      if (state === WAITING || (state === RETURNED && slot < 0) || (state === RETURNED && rest[call]! >= 0)) {
        dropFromLine(call, reason);
        return;
      }
      if (state === WORKING) {
        token[slot]!++;
        if (sharing !== null) sharing.leave(slotInstance[slot]!, call);
        else if (pausedBy[slotInstance[slot]!]! > 0) freeze(-1);
      } else if (state === CALLING) runner!.cancel(call);
      machine.markRefusal(row, reason, id);
      end(call, slot, reason, row);
    }

    function setFactor(instance: number): void {
      factor[instance] = (slowed * slowBy[instance]!) / versions[versionAt[instance]!]!.speed;
    }

    function down(instance: number, begins: boolean): void {
      if (instance >= count) return;
      if (begins) {
        if (++downBy[instance]! > 1) return;
        // one that was about to go anyway does not come back
        isMissed[instance] = condition[instance] === STARTING || condition[instance] === READY ? 1 : 0;
        killInstance(instance);
      } else if (downBy[instance]! > 0 && --downBy[instance]! === 0) {
        // one that was replaced meanwhile does not come back
        const comesBack = isMissed[instance] === 1 && inRotation() < wanted;
        isMissed[instance] = 0;
        if (comesBack) startInstance(instance, versionAt[instance]!);
        else if (owed > 0) machine.after(0, fill, 0, 0);
      }
    }

    /** Instances in rotation that are ready or will be. */
    function inRotation(): number {
      let sum = 0;
      for (let i = 0; i < count; i++)
        if ((condition[i] === STARTING || condition[i] === READY) && outOfRotation[i] === 0) sum++;
      return sum;
    }

    /** Instances that are there to stay, or come back after a fault. */
    function staying(): number {
      let sum = 0;
      for (let i = 0; i < count; i++)
        if (condition[i] === STARTING || condition[i] === READY || isMissed[i] === 1) sum++;
      return sum;
    }

    function pause(begins: boolean, instance: number): void {
      if (instance >= MOST) return;
      pausedBy[instance]! += begins ? 1 : -1;
      const stops = begins && pausedBy[instance] === 1;
      const goesOn = !begins && pausedBy[instance] === 0;
      if (goesOn && owed > 0) machine.after(0, fill, 0, 0);
      if (instance >= count || (!stops && !goesOn)) return;
      if (sharing !== null) sharing.pause(instance, stops);
      for (const slot of slotsOf[instance] ?? []) {
        const call = busyWith[slot]!;
        if (call < 0 || where[call] !== WORKING || sharing !== null) continue;
        if (stops) {
          left[slot] = endsAt[slot]! - machine.now;
          token[slot]!++;
        } else {
          endsAt[slot] = machine.now + left[slot]!;
          machine.after(left[slot]!, finish, slot, token[slot]!);
        }
        freeze(stops ? 1 : -1);
      }
      if (goesOn) wake(instance);
    }

    // what runs from the start is not started: it is there
    for (let instance = 0; instance < own.instances; instance++) startInstance(instance, 0, 0);

    const fleet: Fleet = {
      hasOwnLines,
      get count() {
        return count;
      },
      get ready() {
        return readyCount;
      },
      get present() {
        return present;
      },
      get wanted() {
        return wanted;
      },
      stateOf: (instance) => (instance < count ? stateNames[condition[instance]!]! : 'absent'),
      onChange(listener) {
        listeners.push(listener);
      },
      isReady: (instance) => instance < count && isInRotation(instance),
      isPaused: (instance) => instance < count && pausedBy[instance]! > 0,
      inside: (instance) => insideHere[instance]!,
      get load() {
        return inside.value;
      },
      get waiting() {
        return waiting;
      },
      busyTicks() {
        return working.areaSeenAt(machine.now);
      },
      readyTicks() {
        return capacity.areaSeenAt(machine.now);
      },
      get arrived() {
        return arrivedTotal;
      },
      get finished() {
        return finishedTotal;
      },
      get errors() {
        return errorTotal;
      },
      scale(to) {
        const change = Math.max(0, Math.min(MOST, to)) - wanted;
        wanted += change;
        if (change > 0) {
          owed = Math.max(owed + change, wanted - staying());
          startOwed();
          return;
        }
        let fewer = Math.min(-change, staying() + owed - wanted);
        for (; fewer > 0 && owed > 0; fewer--) owed--;
        for (; fewer > 0; fewer--) dismiss();
      },
      launch(version, isIn = true) {
        // the number of an instance that a fault still holds is not used again
        for (let instance = 0; instance < MOST; instance++)
          if (condition[instance] === ABSENT && downBy[instance] === 0 && pausedBy[instance] === 0) {
            startInstance(instance, version, startDelay(instance), isIn);
            return instance;
          }
        return -1;
      },
      stop: stopInstance,
      versionOf: (instance) => versionAt[instance]!,
      versions: versions.map((version) => version.id),
      prefer(version) {
        preferred = version;
      },
      setInRotation(instance, isIn) {
        if (instance >= count) return;
        const wasIn = isInRotation(instance);
        outOfRotation[instance] = isIn ? 0 : 1;
        if (wasIn === isInRotation(instance)) return;
        setReady(wasIn ? -1 : 1);
        for (const listener of listeners) listener(instance);
        wake(instance);
      },
      finishedBy: (version) => finishedBy[version]!,
      errorsBy: (version) => errorsBy[version]!,
    };

    /** Starts what is wanted and was not started yet, as far as there is room. */
    function startOwed(): void {
      while (owed > 0 && fleet.launch(preferred) >= 0) owed--;
    }

    /** One fewer is wanted: one that a fault has taken down stays away, else one that still starts stops, else the newest. */
    function dismiss(): void {
      const missed = isMissed.indexOf(1);
      if (missed >= 0) {
        isMissed[missed] = 0;
        return;
      }
      let last = -1;
      for (let i = 0; i < count; i++) {
        if (condition[i] !== STARTING && condition[i] !== READY) continue;
        const isBefore =
          last < 0 || (condition[i] === condition[last] ? startedAs[i]! > startedAs[last]! : condition[i] === STARTING);
        if (isBefore) last = i;
      }
      if (last >= 0) stopInstance(last, true);
    }

    return {
      receive,
      answered: (call) => runner!.answered(call),
      cancel,
      fleet,
      faults: {
        pause: (begins, _amount, instance) => pause(begins, instance),
        crash: (begins, _amount, instance) => down(instance, begins),
        outage(begins) {
          for (let i = 0; i < count; i++) down(i, begins);
        },
        'zone-outage'(begins, _amount, zone) {
          for (let i = zone; i < count; i += own.zones) down(i, begins);
        },
        slow(begins, amount) {
          slowed = begins ? slowed * amount : slowed / amount;
          for (let i = 0; i < count; i++) setFactor(i);
        },
        'slow-instance'(begins, amount, instance) {
          if (instance >= MOST) return;
          slowBy[instance] = begins ? slowBy[instance]! * amount : slowBy[instance]! / amount;
          setFactor(instance);
        },
        fail(begins, amount) {
          moreErrors = begins ? Math.min(1, amount) : 0;
        },
      },
      adopt(changed: ServiceSettings) {
        const before = own;
        own = { ...changed };
        takeSettings();
        for (let i = 0; i < count; i++) setFactor(i);
        if (changed.instances !== before.instances) fleet.scale(changed.instances);
      },
      state() {
        return {
          instances: Array.from({ length: count }, (_, i) => takesWork(i)),
          slots: Array.from({ length: slots }, (_, slot) => ({
            instance: slotInstance[slot]!,
            hop: busyWith[slot]! < 0 ? -1 : machine.hopOf(busyWith[slot]!),
          })),
          queue: (common === null ? stationOf : [common]).flatMap(({ line }) =>
            line.list().map((call) => machine.hopOf(call)),
          ),
          inside: inside.value,
          readings: { states: Array.from({ length: count }, (_, i) => stateNames[condition[i]!]!) },
        };
      },
    };
  },
});
