/**
 * How changes go live: alone, all that wait together, or by a timetable; through a pipeline whose time is drawn, and with
 * chance of being bad. What a change is, and who repairs it, it does not know: it only calls them.
 */
import { durationSampler, type Sampler } from '../../distributions/index.ts';
import { wider } from '../../engine/calendar.ts';
import { flag } from '../../engine/calls.ts';
import { mixPath, uniform } from '../../engine/draws.ts';
import { ANSWERED, childPath } from '../../engine/machine.ts';
import { PlanRunner } from '../../plans/runner.ts';
import { calleesOf, stagesOf } from '../../plans/settings.ts';
import { Books } from '../door/books.ts';
import { calleesAt, defineKind } from '../kind.ts';
import { Line, Places } from '../service/line.ts';
import { settings, type ReleaseSettings } from './settings.ts';

const NONE = -1;
const LONGEST = 2 ** 50;

/** Where a change is. */
const WAITING = 0;
const PASSING = 1;
const AT_REPAIR = 2;
/** Live and bad: not found yet, or its repair is under way. */
const ESCAPED = 3;
/** Found bad at the end of the pipeline, before its repair has begun. */
const FOUND = 4;
/** Taken back while it was in the pipeline. */
const GONE = 5;

/** Tells the draws and calls of what was repaired from those before, and repairs from whatever else a change calls. */
const AGAIN = 0x74727900;
const REPAIR = 0x72657000;

/** A release that went live with something bad in it, until all of that is repaired. */
interface Failure {
  liveAt: number;
  cls: number;
  left: number;
  touches: number;
}

/** A release in the pipeline. Without a lane it passes by everybody. */
interface Passage {
  items: number[];
  hasLane: boolean;
}

export const release = defineKind({
  kind: 'release',
  settings,
  actions: {
    down: 'stops the pipeline: no release begins; those in it go on',
    slow: 'multiplies the time of each passage that begins meanwhile by the amount',
    bad: 'makes the amount (a share) of the changes bad that come meanwhile',
  },
  adopts: ['interval', 'pipeline', 'batchLimit', 'bad', 'byClass', 'caught', 'whenCaught', 'foundAfter', 'fixes'],
  takesCalls: true,
  callees: ({ repairs }) => calleesAt('repairs', calleesOf(repairs)),
  size: ({ lanes, deployables }) => (lanes ?? 1) * deployables,
  reasons: () => [],
  build(first, site) {
    let own: ReleaseSettings = first;
    const { machine, id, row, ticks } = site;
    const { calls, classes, monitor } = machine;
    const books = new Books(site, []);
    const queue = monitor.level(`${id}.queue`);
    const wait = monitor.tally(`${id}.wait`);
    const passing = monitor.meanTally(`${id}.service`);
    const busy = monitor.level(`${id}.busy`);
    const capacity = monitor.level(`${id}.capacity`);
    if (own.lanes !== null) monitor.share(`${id}.utilisation`, busy, own.lanes);
    const inPipeline = monitor.level(`${id}.inPipeline`);
    const atRepair = monitor.level(`${id}.atRepair`);
    const broken = monitor.level(`${id}.broken`);
    const touched = monitor.level(`${id}.touched`);
    const passages = monitor.counter();
    const stopped = monitor.counter();
    monitor.count(`${id}.stopped`, 'share', stopped, passages);
    const caught = monitor.count(`${id}.caught`, 'count');
    const heldBack = monitor.count(`${id}.heldBack`, 'count');
    const escaped = monitor.count(`${id}.escaped`, 'count');
    const deployments = monitor.counter();
    monitor.count(`${id}.deployments`, 'count', deployments);
    monitor.count(`${id}.deploymentRate`, 'rate', deployments);
    const failed = monitor.counter();
    monitor.count(`${id}.failedDeployments`, 'count', failed);
    monitor.count(`${id}.changeFail`, 'share', failed, deployments);
    const fixing = monitor.counter();
    monitor.count(`${id}.rework`, 'share', fixing, deployments);
    const batch = monitor.meanTally(`${id}.batch`, 'number');
    const recovery = monitor.tally(`${id}.recovery`);

    const intervalStream = machine.stream(id, 'interval');
    const pipelineStream = machine.stream(id, 'pipeline');
    const badStream = machine.stream(id, 'bad');
    const caughtStream = machine.stream(id, 'caught');
    const foundStream = machine.stream(id, 'found');
    let interval: Sampler;
    let pipeline: Sampler;
    let foundAfter: Sampler;
    let badShares: number[];
    function takeSettings(): void {
      const law = (time: ReleaseSettings['pipeline']) =>
        typeof time === 'number' ? ({ law: 'constant', mean: time } as const) : time;
      interval = durationSampler(law(own.interval), intervalStream, ticks);
      pipeline = durationSampler(law(own.pipeline), pipelineStream, ticks);
      foundAfter = durationSampler(law(own.foundAfter), foundStream, ticks);
      badShares = classes.map(({ id: name }) => (Object.hasOwn(own.byClass, name) ? own.byClass[name]! : own.bad));
    }
    takeSettings();

    // Changes, as columns with a free list: one outlives its call where it goes live and is bad.
    let callOf = new Int32Array(64);
    let request = new Float64Array(64);
    let cls = new Int32Array(64);
    let path = new Int32Array(64);
    let key = new Int32Array(64);
    let operation = new Uint8Array(64);
    let repairsDone = new Int32Array(64);
    let where = new Uint8Array(64);
    let isBad = new Uint8Array(64);
    const failureOf: (Failure | null)[] = [];
    const free: number[] = [];
    let rows = 0;
    /** Per row of the machine's calls: its change. */
    let itemOf = new Int32Array(64);

    const line = new Line(1, new Places());
    let slowed = 1;
    let downBy = 0;
    let moreBad = 0;
    let departures = 0;
    /** A train that has to leave and found no lane free. */
    let isDue = false;
    let isAsked = false;
    const underWay: (Passage | null)[] = [];

    const departs = machine.on(() => {
      isDue = true;
      goOn();
      setOut();
    });
    const arrives = machine.on((which) => {
      const passage = underWay[which]!;
      underWay[which] = null;
      ends(passage);
    });
    /** Those who come at one and the same moment go together. */
    const turn = machine.on(() => {
      isAsked = false;
      goOn();
    });
    const isFound = machine.on((item) => repair(item));
    const runner = new PlanRunner(machine, row, stagesOf(own.repairs), (item, fate, by) => {
      if (fate === ANSWERED) repaired(item);
      else givenUp(item, fate, by);
    });

    const tryOf = (item: number): number => {
      const tries = repairsDone[item]!;
      return tries === 0 ? path[item]! : mixPath(path[item]!, AGAIN + tries);
    };

    function judge(item: number): void {
      const share = Math.max(badShares[cls[item]!]!, moreBad);
      isBad[item] = share > 0 && uniform(badStream, request[item]!, tryOf(item)) < share ? 1 : 0;
    }

    function keep(call: number): number {
      const item = free.length > 0 ? free.pop()! : rows++;
      if (item === where.length) {
        callOf = wider(callOf);
        request = wider(request);
        cls = wider(cls);
        path = wider(path);
        key = wider(key);
        operation = wider(operation);
        repairsDone = wider(repairsDone);
        where = wider(where);
        isBad = wider(isBad);
      }
      while (call >= itemOf.length) itemOf = wider(itemOf);
      itemOf[call] = item;
      callOf[item] = call;
      request[item] = calls.request[call]!;
      cls[item] = calls.cls[call]!;
      path[item] = calls.path[call]!;
      key[item] = calls.key[call]!;
      operation[item] = calls.operation[call]!;
      repairsDone[item] = 0;
      failureOf[item] = null;
      judge(item);
      return item;
    }

    function waits(item: number, isFirst: boolean): void {
      where[item] = WAITING;
      if (isFirst) line.unshift(item, 0);
      else line.push(item, 0);
      if (callOf[item] !== NONE) queue.set(machine.now, queue.value + 1);
    }

    function isThere(): void {
      if (own.when !== 'together') goOn();
      else if (!isAsked) {
        isAsked = true;
        machine.after(0, turn, 0, 0);
      }
    }

    function setOut(): void {
      if (own.when === 'train') machine.after(Math.max(1, interval(departures++, 0)), departs, 0, 0);
    }

    /** Begins releases as long as a lane is free and something may go. */
    function goOn(): void {
      if (downBy > 0) return;
      while (line.size > 0 && (own.lanes === null || busy.value < own.lanes)) {
        if (own.when === 'train' && !isDue) return;
        isDue = false;
        const items: number[] = [];
        const many = own.when === 'each' ? 1 : Math.min(line.size, own.batchLimit ?? Infinity);
        while (items.length < many) items.push(line.shift());
        busy.set(machine.now, busy.value + 1);
        pass(items, true);
      }
      if (line.size === 0) isDue = false;
    }

    function pass(items: number[], hasLane: boolean): void {
      const { now } = machine;
      let waited = 0;
      for (const item of items) {
        where[item] = PASSING;
        const call = callOf[item]!;
        if (call === NONE) continue;
        waited++;
        if (calls.startedAt[call]! >= 0) continue;
        wait.add(cls[item]!, now - calls.arrivedAt[call]!);
        machine.begins(call, NONE);
      }
      // what is repaired past everybody did not stand in line
      if (hasLane) queue.set(now, queue.value - waited);
      inPipeline.set(now, inPipeline.value + items.length);
      const { deployables } = own;
      // by the change that leads the release, so that the same luck meets the same changes (rule R2)
      const lead = items[0]!;
      const own0 = tryOf(lead);
      let longest = 0;
      for (let part = 0; part < deployables; part++)
        longest = Math.max(longest, pipeline(request[lead]!, part === 0 ? own0 : childPath(own0, part)));
      // at least a tick, so that what is found bad for ever does not go round in one moment
      const takes = Math.max(1, Math.min(LONGEST, Math.round(longest * slowed)));
      passing.add(cls[lead]!, takes);
      let which = underWay.indexOf(null);
      if (which < 0) which = underWay.length;
      underWay[which] = { items, hasLane };
      machine.after(takes, arrives, which, 0);
    }

    function ends({ items, hasLane }: Passage): void {
      const there = items.filter((item) => where[item] !== GONE);
      for (const item of items) if (where[item] === GONE) free.push(item);
      inPipeline.set(machine.now, inPipeline.value - items.length);
      if (there.length > 0) {
        const lead = cls[there[0]!]!;
        passages.add(lead);
        const found = there.filter(
          (item) =>
            isBad[item] === 1 && own.caught > 0 && uniform(caughtStream, request[item]!, tryOf(item)) < own.caught,
        );
        for (const item of found) where[item] = FOUND;
        if (found.length > 0) stopped.add(lead);
        const others = there.filter((item) => where[item] === PASSING);
        if (found.length > 0 && own.whenCaught === 'hold') {
          for (const item of others.toReversed()) {
            heldBack.add(cls[item]!);
            waits(item, true);
          }
        } else if (others.length > 0) goLive(others);
        for (const item of found) {
          // another's answer may have taken it back
          if (where[item] === GONE) {
            free.push(item);
            continue;
          }
          caught.add(cls[item]!);
          where[item] = AT_REPAIR;
          repair(item);
        }
      }
      // free only now, so that those who come again at once go together
      if (hasLane) busy.set(machine.now, busy.value - 1);
      goOn();
    }

    function goLive(items: number[]): void {
      const { now } = machine;
      const lead = cls[items[0]!]!;
      deployments.add(lead);
      batch.add(lead, items.length * ticks);
      if (items.some((item) => failureOf[item] !== null)) fixing.add(lead);
      const bad = items.filter((item) => isBad[item] === 1);
      if (bad.length > 0) failed.add(lead);
      const fresh = bad.filter((item) => failureOf[item] === null);
      if (fresh.length > 0) {
        const failure: Failure = {
          liveAt: now,
          cls: lead,
          left: fresh.length,
          touches: own.touches ?? own.deployables,
        };
        for (const item of fresh) failureOf[item] = failure;
        broken.set(now, broken.value + 1);
        touched.set(now, touched.value + failure.touches);
      }
      for (const item of items) if (isBad[item] === 0 && failureOf[item] !== null) mended(failureOf[item]);
      for (const item of items) {
        if (where[item] === GONE) {
          // what was taken back as it went live is live all the same
          if (isBad[item] === 0) {
            free.push(item);
            continue;
          }
        }
        const call = callOf[item]!;
        const wasBad = isBad[item] === 1;
        callOf[item] = NONE;
        if (wasBad) {
          escaped.add(cls[item]!);
          where[item] = ESCAPED;
          machine.after(foundAfter(request[item]!, tryOf(item)), isFound, item, 0);
        }
        if (call !== NONE) {
          if (wasBad) calls.flags[call]! |= flag.degraded;
          books.end(call, ANSWERED, 0);
        }
        if (!wasBad) free.push(item);
      }
    }

    function mended(failure: Failure): void {
      if (--failure.left > 0) return;
      const { now } = machine;
      recovery.add(failure.cls, now - failure.liveAt);
      broken.set(now, broken.value - 1);
      touched.set(now, touched.value - failure.touches);
    }

    function repair(item: number): void {
      atRepair.set(machine.now, atRepair.value + 1);
      const tries = repairsDone[item]!;
      if (runner.isEmpty) {
        repaired(item);
        return;
      }
      const call = callOf[item]!;
      runner.begin(
        item,
        request[item]!,
        cls[item]!,
        childPath(path[item]!, REPAIR + tries),
        key[item]!,
        operation[item]!,
        call,
        call === NONE ? Infinity : calls.deadline[call]!,
      );
    }

    function repaired(item: number): void {
      atRepair.set(machine.now, atRepair.value - 1);
      repairsDone[item]!++;
      judge(item);
      if (failureOf[item] !== null && own.fixes === 'at-once') {
        pass([item], false);
        return;
      }
      waits(item, false);
      isThere();
    }

    /** Nobody repairs it: a change that was found fails, and one that escaped stays bad for good. */
    function givenUp(item: number, fate: number, by: number): void {
      atRepair.set(machine.now, atRepair.value - 1);
      const call = callOf[item]!;
      if (call === NONE) return;
      free.push(item);
      books.end(call, fate, by);
    }

    return {
      start() {
        capacity.set(0, own.lanes ?? 0);
        setOut();
      },
      receive(call) {
        books.arrivals.add(calls.cls[call]!);
        books.enter(call);
        waits(keep(call), false);
        isThere();
      },
      answered: (child) => runner.answered(child),
      cancel(call) {
        const item = itemOf[call]!;
        callOf[item] = NONE;
        if (where[item] === WAITING) {
          line.remove(item, 0);
          queue.set(machine.now, queue.value - 1);
          free.push(item);
        } else if (where[item] === AT_REPAIR) {
          runner.cancel(item);
          atRepair.set(machine.now, atRepair.value - 1);
          free.push(item);
        } else where[item] = GONE;
        books.drop(call);
      },
      faults: {
        down(begins) {
          downBy += begins ? 1 : -1;
          goOn();
        },
        slow: (begins, amount) => void (slowed = begins ? slowed * amount : slowed / amount),
        bad: (begins, amount) => void (moreBad = begins ? Math.min(1, amount) : 0),
      },
      adopt(settingsNow: ReleaseSettings) {
        own = settingsNow;
        takeSettings();
        goOn();
      },
      state: () => ({
        instances: [downBy === 0],
        slots: [],
        queue: line
          .list()
          .filter((item) => callOf[item] !== NONE)
          .map((item) => machine.hopOf(callOf[item]!)),
        inside: books.inside.value,
        readings: {
          waiting: line.size,
          inPipeline: inPipeline.value,
          atRepair: atRepair.value,
          broken: broken.value,
          touched: touched.value,
        },
      }),
    };
  },
});
