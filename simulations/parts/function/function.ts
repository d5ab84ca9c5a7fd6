/**
 * A function as a service: requests are served by instances that it starts when it needs them and stops when they have
 * had nothing to do for a while. Who called, and what for, it does not know.
 *
 * Its state shows one instance for each number in use, and as slots their places. Its readings: `states`, what each
 * instance is doing (absent, starting, warm), and `line`, how many wait without a start of their own.
 */
import { sampler, type Sampler } from '../../distributions/index.ts';
import { wider, type Lane } from '../../engine/calendar.ts';
import { flag } from '../../engine/calls.ts';
import type { Stream } from '../../engine/draws.ts';
import { ANSWERED, fateOf } from '../../engine/machine.ts';
import type { FailureReason } from '../../engine/run.ts';
import { PlanRunner } from '../../plans/runner.ts';
import { calleesOf, stagesOf } from '../../plans/settings.ts';
import { calleesAt, defineKind } from '../kind.ts';
import { LinkedRows } from './linked-rows.ts';
import { settings, type FunctionSettings } from './settings.ts';

const BULKHEAD_FULL = fateOf('bulkhead-full');
const QUEUE_FULL = fateOf('queue-full');
const UNAVAILABLE = fateOf('unavailable');
const IMPATIENT = fateOf('impatient');
const CRASHED = fateOf('crashed');
const TIMEOUT = fateOf('timeout');

/** What an instance is doing. */
const ABSENT = 0;
const STARTING = 1;
const WARM = 2;
const stateNames = ['absent', 'starting', 'warm'];

/** Where a call is. */
const IN_LINE = 0;
/** It has a place on an instance that is starting. */
const BOUND = 1;
const WORKING = 2;
const CALLING = 3;
const ENDED = 4;

/** Places of all instances that there may be at a time. */
const MOST_PLACES = 1_000_000;
const MOST_TICKS = 2 ** 50;

function reasonsOf(own: FunctionSettings): FailureReason[] {
  const reasons: FailureReason[] = ['unavailable', 'crashed', 'impatient', 'bulkhead-full', 'queue-full'];
  return own.maxDuration === null ? reasons : [...reasons, 'timeout'];
}

export const cloudFunction = defineKind({
  kind: 'function',
  settings,
  actions: {
    crash:
      'kills all instances: what they have, and what waits for their start, fails as `crashed`; the line stays, and new ones start for it',
    down: 'refuses every request that comes as `unavailable`; what is inside goes on',
    slow: 'multiplies the service time by the amount',
    'slow-start': 'multiplies the time of cold starts by the amount',
  },
  adopts: [
    'service',
    'coldStart',
    'keepAlive',
    'speed',
    'concurrency',
    'minimum',
    'reuse',
    'queueLimit',
    'maxDuration',
    'price',
  ],
  takesCalls: true,
  callees: (own) => calleesAt('calls', calleesOf(own.calls)),
  size: (own) => own.minimum * own.perInstance + 1,
  reasons: reasonsOf,
  contradictions({ minimum, concurrency, perInstance }) {
    const problems = [];
    if (minimum > concurrency)
      problems.push({
        path: 'minimum',
        message: `${minimum} instances are provisioned`,
        expected: `at most ${concurrency}, the concurrency`,
      });
    if (concurrency * perInstance > MOST_PLACES)
      problems.push({
        path: 'concurrency',
        message: `${concurrency} instances of ${perInstance} places`,
        expected: `at most ${MOST_PLACES} places in all`,
      });
    return problems;
  },
  build(first, { machine, id, row, ticks, books }) {
    let own: FunctionSettings = first;
    const { calls, monitor, classes } = machine;
    const { perInstance } = own;
    const belongsToRequest = own.coldStartFor === 'request';
    const hasPatience = classes.some(({ patience }) => patience !== undefined);
    const sizes = classes.map(({ size }) => size ?? null);

    const serviceStream = machine.stream(id, 'demand');
    const startStream = machine.stream(id, 'start');
    const provisionStream = machine.stream(id, 'provision');
    const keepStream = machine.stream(id, 'keep');
    const unusedStream = machine.stream(id, 'keep-unused');
    let demand: Sampler;
    let coldStart: Sampler;
    let provisioning: Sampler;
    let keepAlive: Sampler | null;
    /** For an instance that nobody has used. */
    let keepUnused: Sampler | null;
    let limitLane: Lane | null = null;
    let slowed = 1;
    let slowStart = 1;
    let downBy = 0;
    const inTicks = (time: number) => Math.min(MOST_TICKS, Math.round(time * ticks));
    function takeSettings(): void {
      demand = sampler(own.service, serviceStream);
      coldStart = sampler(own.coldStart, startStream);
      provisioning = sampler(own.coldStart, provisionStream);
      const kept = own.keepAlive;
      const keeping = (stream: Stream) =>
        kept === null ? null : typeof kept === 'number' ? () => kept : sampler(kept, stream);
      keepAlive = keeping(keepStream);
      keepUnused = keeping(unusedStream);
      limitLane = own.maxDuration === null ? null : machine.lane(inTicks(own.maxDuration), overdue);
    }

    // Instances
    let condition = new Uint8Array(16);
    /** Requests that are on it, or are bound to it while it starts. */
    let load = new Int32Array(16);
    /** What is asked of the calendar for an instance is good only while it bears its token. */
    let token = new Int32Array(16);
    /** One more than the highest number ever used; numbers that are free again. */
    let count = 0;
    const freed: number[] = [];
    let present = 0;
    /** Counts up, for draws without a request. */
    let occurrences = 0;
    /** Warm instances with room, those used longest ago first; those that are starting and have room. */
    const withRoom = new LinkedRows();
    const startingWithRoom = new LinkedRows();
    let roomStarting = 0;

    // Places: instance × perInstance + seat
    let busyWith = new Int32Array(16).fill(-1);
    let workToken = new Int32Array(16);

    // Calls, by their rows
    let where = new Uint8Array(64);
    let placeOf = new Int32Array(64);
    const line = new LinkedRows();
    /** Those that are bound to a start, in the order in which they came. */
    const bound = new LinkedRows();

    const inside = monitor.countedLevel(`${id}.inside`);
    const queue = monitor.level(`${id}.queue`);
    const working = monitor.level(`${id}.busy`);
    const capacity = monitor.level(`${id}.capacity`);
    const instances = monitor.level(`${id}.instances`);
    const starting = monitor.level(`${id}.starting`);
    const idle = monitor.level(`${id}.idle`);
    monitor.share(`${id}.utilisation`, working, capacity);
    const cost = monitor.level(`${id}.cost`);
    const arrivals = monitor.count(`${id}.arrivals`, 'count', monitor.counter(), null, true);
    const completions = monitor.count(`${id}.completions`, 'count', monitor.counter(), null, true);
    monitor.count(`${id}.throughput`, 'rate', completions, null, true);
    const refused = monitor.counter();
    monitor.count(`${id}.refused`, 'share', refused, arrivals, true);
    const throttled = monitor.count(`${id}.throttled`, 'share', monitor.counter(), arrivals, true);
    const cold = monitor.count(`${id}.coldShare`, 'share', monitor.counter(), arrivals, true);
    const coldStarts = monitor.count(`${id}.coldStarts`, 'count');
    const begun = monitor.counter();
    const delayed = monitor.count(`${id}.delayed`, 'share', monitor.counter(), begun, true);
    const response = monitor.tally(`${id}.response`);
    const wait = monitor.tally(`${id}.wait`);
    const served = monitor.meanTally(`${id}.service`);
    const failures = new Map(
      (['unavailable', 'crashed', 'impatient', 'bulkhead-full', 'queue-full', 'timeout'] as const).map((reason) => [
        fateOf(reason),
        monitor.count(`${id}.failures.${reason}`, 'count', monitor.counter(), null, true),
      ]),
    );
    books(inside);

    const ready = machine.on((instance, forToken) => {
      if (token[instance] === forToken) becomeWarm(instance);
    });
    const expire = machine.on((instance, forToken) => {
      if (token[instance] === forToken && !isProvisioned(instance)) stop(instance);
    });
    const finish = machine.on((place, forToken) => {
      if (workToken[place] === forToken) workIsDone(busyWith[place]!);
    });
    const leave = machine.on((call, hop) => {
      if (calls.hop[call] !== hop || where[call]! > BOUND) return;
      stopWaiting(call);
      fail(call, IMPATIENT);
    });
    const overdue = machine.on((call, hop) => {
      if (calls.hop[call] !== hop || (where[call] !== WORKING && where[call] !== CALLING)) return;
      stopWork(call);
      machine.markRefusal(row, TIMEOUT, id);
      end(call, TIMEOUT, row);
    });
    takeSettings();
    const stages = stagesOf(own.calls);
    const runner = stages.length === 0 ? null : new PlanRunner(machine, row, stages, planHasEnded);

    // ── A request's way through ────────────────────────────────────────────────────────────────

    function receive(call: number): void {
      const cls = calls.cls[call]!;
      arrivals.add(cls);
      while (call >= where.length) {
        where = wider(where);
        placeOf = wider(placeOf);
      }
      placeOf[call] = -1;
      where[call] = ENDED;
      if (downBy > 0) {
        refuse(call, UNAVAILABLE);
        return;
      }
      const instance = own.reuse === 'newest' ? withRoom.last : withRoom.first;
      if (instance >= 0) {
        enter();
        begin(call, instance);
        return;
      }
      if (belongsToRequest && startingWithRoom.first >= 0) {
        enter();
        bind(call, startingWithRoom.first);
        beginsToWait(call);
        return;
      }
      const canStart = present < own.concurrency;
      const waitsForStart = !belongsToRequest && line.size < roomStarting;
      if (!canStart && !waitsForStart && own.queueLimit !== null) {
        const ahead = line.size - (belongsToRequest ? 0 : roomStarting);
        if (ahead >= own.queueLimit) {
          throttled.add(cls);
          refuse(call, own.queueLimit === 0 ? BULKHEAD_FULL : QUEUE_FULL);
          return;
        }
      }
      enter();
      if (belongsToRequest && canStart) {
        cold.add(cls);
        startFor(call);
        return;
      }
      where[call] = IN_LINE;
      line.push(call);
      beginsToWait(call);
      if (!belongsToRequest && canStart && line.size > roomStarting) {
        cold.add(cls);
        startCold(freeNumber(), coldTicks(call));
      }
    }

    function enter(): void {
      inside.set(machine.now, inside.value + 1);
    }

    function beginsToWait(call: number): void {
      queue.set(machine.now, queue.value + 1);
      const patience = hasPatience ? classes[calls.cls[call]!]!.patience : undefined;
      if (patience !== undefined)
        machine.after(patience(calls.request[call]!, calls.path[call]!), leave, call, calls.hop[call]!);
    }

    /** Starts an instance for a request, which waits for that. */
    function startFor(call: number): void {
      const instance = freeNumber();
      beginsToWait(call);
      startCold(instance, coldTicks(call), call);
    }

    /** Takes a call out of the line, or off the instance whose start it waits for. */
    function stopWaiting(call: number): void {
      queue.set(machine.now, queue.value - 1);
      if (where[call] === IN_LINE) line.remove(call);
      else {
        bound.remove(call);
        const instance = Math.floor(placeOf[call]! / perInstance);
        vacate(placeOf[call]!, instance);
        roomStarting++;
        if (!startingWithRoom.has(instance)) startingWithRoom.push(instance);
      }
      where[call] = ENDED;
    }

    function bind(call: number, instance: number): void {
      where[call] = BOUND;
      placeOf[call] = seat(call, instance);
      bound.push(call);
      roomStarting--;
      if (load[instance] === perInstance) startingWithRoom.remove(instance);
    }

    /** Gives a call the first free place of an instance. */
    function seat(call: number, instance: number): number {
      let place = instance * perInstance;
      while (busyWith[place]! >= 0) place++;
      busyWith[place] = call;
      load[instance]!++;
      return place;
    }

    function vacate(place: number, instance: number): void {
      workToken[place]!++;
      busyWith[place] = -1;
      load[instance]!--;
    }

    /** Serves a call on a warm instance with room. */
    function begin(call: number, instance: number): void {
      if (load[instance] === 0) wake(instance);
      placeOf[call] = seat(call, instance);
      withRoom.remove(instance);
      if (load[instance]! < perInstance) withRoom.push(instance);
      serve(call);
    }

    /** Serves a call that has its place. */
    function serve(call: number): void {
      const { now } = machine;
      const cls = calls.cls[call]!;
      const place = placeOf[call]!;
      where[call] = WORKING;
      const waited = now - calls.arrivedAt[call]!;
      wait.add(cls, waited);
      begun.add(cls);
      if (waited > 0) delayed.add(cls);
      machine.begins(call, place);
      cost.area += own.price.perRequest * ticks;
      setWorking(1);
      const request = calls.request[call]!;
      const path = calls.path[call]!;
      const size = sizes[cls] === null ? 1 : sizes[cls]!(request, path);
      const time = ((demand(request, path) * size * slowed) / own.speed) * ticks;
      machine.after(Math.min(MOST_TICKS, Math.round(time)), finish, place, workToken[place]!);
      if (limitLane !== null) limitLane.after(now, call, calls.hop[call]!);
    }

    function workIsDone(call: number): void {
      if (runner === null) {
        end(call, ANSWERED, row);
        return;
      }
      where[call] = CALLING;
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

    function planHasEnded(call: number, fate: number, by: number, degraded: boolean): void {
      if (degraded) calls.flags[call]! |= flag.degraded;
      end(call, fate, fate === ANSWERED ? row : by);
    }

    /** What is going on for a call in service is given up. */
    function stopWork(call: number): void {
      if (where[call] === CALLING) runner!.cancel(call);
    }

    /** A request in service is finished here, well or not. */
    function end(call: number, fate: number, by: number): void {
      const { now } = machine;
      const cls = calls.cls[call]!;
      inside.set(now, inside.value - 1);
      served.add(cls, now - calls.startedAt[call]!);
      if (fate === ANSWERED) {
        completions.add(cls);
        response.add(cls, now - calls.arrivedAt[call]!);
      } else if (by === row && failures.has(fate)) {
        // what its own link refused has failed there, and not in the function itself
        failures.get(fate)!.add(cls);
        refused.add(cls);
      }
      leavePlace(call);
      machine.answer(call, fate, by);
    }

    /** A call in service leaves its place, which the first in line takes. */
    function leavePlace(call: number): void {
      const place = placeOf[call]!;
      const instance = Math.floor(place / perInstance);
      where[call] = ENDED;
      vacate(place, instance);
      setWorking(-1);
      offer(instance, call);
    }

    /** A warm instance has been used, and has room: it takes whoever waits in line, or is free. @param last used by this call. */
    function offer(instance: number, last: number): void {
      withRoom.remove(instance);
      withRoom.push(instance);
      while (line.size > 0 && load[instance]! < perInstance) {
        const call = line.first;
        stopWaiting(call);
        // it was not idle in between
        placeOf[call] = seat(call, instance);
        serve(call);
      }
      if (load[instance] === perInstance) withRoom.remove(instance);
      if (load[instance] === 0) becomeIdle(instance, last);
    }

    function refuse(call: number, reason: number): void {
      const cls = calls.cls[call]!;
      failures.get(reason)!.add(cls);
      refused.add(cls);
      machine.refuse(call, reason);
    }

    /** A call that is inside and not in service any more fails. */
    function fail(call: number, reason: number): void {
      inside.set(machine.now, inside.value - 1);
      refuse(call, reason);
    }

    function cancel(call: number): void {
      // it dies of a crash at this moment, and is counted out already
      if (where[call] !== ENDED) {
        inside.set(machine.now, inside.value - 1);
        if (where[call]! <= BOUND) stopWaiting(call);
        else {
          stopWork(call);
          leavePlace(call);
        }
      }
      machine.drop(call);
    }

    // ── Instances ──────────────────────────────────────────────────────────────────────────────

    const isProvisioned = (instance: number): boolean => instance < own.minimum;

    function coldTicks(call: number): number {
      return inTicks(coldStart(calls.request[call]!, calls.path[call]!) * slowStart);
    }

    function freeNumber(): number {
      while (freed.length > 0) {
        const instance = freed.pop()!;
        if (condition[instance] === ABSENT) return instance;
      }
      return count;
    }

    function makeRoom(instance: number): void {
      if (instance < count) return;
      count = instance + 1;
      while (count > condition.length) {
        condition = wider(condition);
        load = wider(load);
        token = wider(token);
      }
      while (count * perInstance > busyWith.length) {
        const from = busyWith.length;
        busyWith = wider(busyWith).fill(-1, from);
        workToken = wider(workToken);
      }
    }

    function startCold(instance: number, delay: number, call = -1): void {
      coldStarts.add(0);
      start(instance, delay, call);
    }

    /** Starts an instance. @param call the request that it belongs to, or −1. */
    function start(instance: number, delay: number, call = -1): void {
      makeRoom(instance);
      condition[instance] = STARTING;
      present++;
      instances.set(machine.now, present);
      starting.set(machine.now, starting.value + 1);
      roomStarting += perInstance;
      startingWithRoom.push(instance);
      if (call >= 0) bind(call, instance);
      showCost();
      const forToken = ++token[instance]!;
      if (delay === 0) becomeWarm(instance);
      else machine.after(delay, ready, instance, forToken);
    }

    function becomeWarm(instance: number): void {
      const { now } = machine;
      condition[instance] = WARM;
      token[instance]!++;
      starting.set(now, starting.value - 1);
      roomStarting -= perInstance - load[instance]!;
      startingWithRoom.remove(instance);
      capacity.set(now, capacity.value + perInstance);
      showCost();
      for (let place = instance * perInstance; place < (instance + 1) * perInstance; place++) {
        const call = busyWith[place]!;
        if (call < 0) continue;
        bound.remove(call);
        queue.set(now, queue.value - 1);
        serve(call);
      }
      offer(instance, -1);
    }

    /** An instance that had nothing to do has something now. */
    function wake(instance: number): void {
      token[instance]!++;
      idle.set(machine.now, idle.value - 1);
    }

    function becomeIdle(instance: number, last: number): void {
      idle.set(machine.now, idle.value + 1);
      rest(instance, last);
    }

    /** An instance has nothing to do: it stops when that has lasted too long. @param last the call that used it last, or −1. */
    function rest(instance: number, last: number): void {
      const forToken = ++token[instance]!;
      if (isProvisioned(instance)) return;
      if (present > own.concurrency) {
        stop(instance);
        return;
      }
      if (keepAlive === null) return;
      const time = last >= 0 ? keepAlive(calls.request[last]!, calls.path[last]!) : keepUnused!(occurrences++, 0);
      const delay = inTicks(time);
      if (delay === 0) stop(instance);
      else machine.after(delay, expire, instance, forToken);
    }

    /** An instance that has nothing to do stops. */
    function stop(instance: number): void {
      idle.set(machine.now, idle.value - 1);
      withRoom.remove(instance);
      capacity.set(machine.now, capacity.value - perInstance);
      becomeAbsent(instance);
    }

    function becomeAbsent(instance: number): void {
      condition[instance] = ABSENT;
      token[instance]!++;
      present--;
      instances.set(machine.now, present);
      freed.push(instance);
      showCost();
    }

    /** Starts as many as are provisioned and missing, and as those in line need. */
    function startMissing(): void {
      for (let instance = 0; instance < own.minimum && present < own.concurrency; instance++) {
        makeRoom(instance);
        if (condition[instance] === ABSENT) startCold(instance, inTicks(provisioning(occurrences++, 0) * slowStart));
      }
      while (present < own.concurrency && line.size > (belongsToRequest ? 0 : roomStarting)) {
        const call = line.first;
        if (belongsToRequest) {
          stopWaiting(call);
          startFor(call);
        } else startCold(freeNumber(), coldTicks(call));
      }
    }

    function crash(): void {
      const victims: number[] = [];
      // all is cleared away before any caller hears of it, as it may ask again at once
      for (let instance = 0; instance < count; instance++) {
        const state = condition[instance];
        if (state === ABSENT) continue;
        for (let place = instance * perInstance; place < (instance + 1) * perInstance; place++) {
          const call = busyWith[place]!;
          if (call < 0) continue;
          victims.push(call, calls.hop[call]!);
          if (where[call] === BOUND) {
            bound.remove(call);
            queue.set(machine.now, queue.value - 1);
            roomStarting++;
          } else {
            stopWork(call);
            served.add(calls.cls[call]!, machine.now - calls.startedAt[call]!);
            setWorking(-1);
          }
          where[call] = ENDED;
          vacate(place, instance);
          inside.set(machine.now, inside.value - 1);
        }
        if (state === STARTING) {
          starting.set(machine.now, starting.value - 1);
          roomStarting -= perInstance;
          startingWithRoom.remove(instance);
        } else {
          withRoom.remove(instance);
          capacity.set(machine.now, capacity.value - perInstance);
        }
        becomeAbsent(instance);
      }
      idle.set(machine.now, 0);
      machine.mark(id, 'instance', 'dead');
      startMissing();
      for (let i = 0; i < victims.length; i += 2)
        if (calls.hop[victims[i]!] === victims[i + 1]) refuse(victims[i]!, CRASHED);
    }

    // ── Keeping count ──────────────────────────────────────────────────────────────────────────

    function setWorking(by: number): void {
      working.set(machine.now, working.value + by);
      showCost();
    }

    function showCost(): void {
      const { perTimeUnit, idlePerTimeUnit, billsColdStart } = own.price;
      const paid = working.value + (billsColdStart ? starting.value : 0);
      cost.set(machine.now, perTimeUnit * paid + idlePerTimeUnit * own.minimum);
    }

    showCost();
    for (let instance = 0; instance < own.minimum; instance++) start(instance, 0);

    return {
      receive,
      answered: (call) => runner!.answered(call),
      cancel,
      faults: {
        crash(begins) {
          if (begins) crash();
        },
        down(begins) {
          downBy += begins ? 1 : -1;
        },
        slow(begins, amount) {
          slowed = begins ? slowed * amount : slowed / amount;
        },
        'slow-start'(begins, amount) {
          slowStart = begins ? slowStart * amount : slowStart / amount;
        },
      },
      adopt(changed: FunctionSettings) {
        const before = own.minimum;
        own = changed;
        takeSettings();
        showCost();
        // what was provisioned until now begins to count its idle time; what is too many stops
        for (let instance = count - 1; instance >= own.minimum; instance--)
          if (condition[instance] === WARM && load[instance] === 0 && (instance < before || present > own.concurrency))
            rest(instance, -1);
        startMissing();
      },
      state() {
        return {
          instances: Array.from({ length: count }, (_, instance) => condition[instance] === WARM),
          slots: Array.from({ length: count * perInstance }, (_, place) => {
            const call = busyWith[place]!;
            return {
              instance: Math.floor(place / perInstance),
              hop: call < 0 || where[call] === BOUND ? -1 : machine.hopOf(call),
            };
          }),
          queue: [...line.list(), ...bound.list()]
            .toSorted((a, b) => calls.arrivedAt[a]! - calls.arrivedAt[b]! || calls.hop[a]! - calls.hop[b]!)
            .map((call) => machine.hopOf(call)),
          inside: inside.value,
          readings: {
            states: Array.from({ length: count }, (_, instance) => stateNames[condition[instance]!]!),
            line: line.size,
          },
        };
      },
    };
  },
});
