/**
 * Service discovery between a caller and a service: a call goes to an address out of what the caller knows, which may be
 * older than the truth. It knows fleets, not what they do; all instances of a calling part share that part's copy.
 *
 * Readings of its state: `targets` (their names), `listed` (the addresses that a lookup would give now), `sent` (calls
 * sent to each target) and `isDown`.
 */
import { wider } from '../../engine/calendar.ts';
import { uniform } from '../../engine/draws.ts';
import { fateOf } from '../../engine/machine.ts';
import { calleesAt, defineKind } from '../kind.ts';
import { Health } from '../routing/health.ts';
import { Passing } from '../routing/passing.ts';
import { targetParts, Targets } from '../routing/targets.ts';
import { settings, type RegistrySettings } from './settings.ts';

const NO_ROUTE = fateOf('no-route');

/** What a caller knows: addresses, and since when. */
interface Copy {
  addresses: Int32Array;
  count: number;
  /** In ticks; −1 before the first. */
  fetchedAt: number;
  /** Where in the list the next call goes. */
  next: number;
  /** For `one`: how often it has been fetched, so that it moves on each time. */
  fetches: number;
}

export const registry = defineKind({
  kind: 'registry',
  settings,
  actions: {
    down: 'lets the registry answer no lookup; what callers know by a copy that still lasts they go on using',
  },
  adopts: ['timeToLive', 'lookup'],
  takesCalls: true,
  callees: (own) =>
    calleesAt(
      'of',
      targetParts(own.of).map(({ to }) => to),
    ),
  size: (own) => own.of.length,
  reasons: () => ['no-route'],
  contradictions(own) {
    const names = targetParts(own.of).map(({ to }) => to);
    return names.flatMap((name, i) =>
      names.indexOf(name) < i ? [{ path: `of.${i}`, message: `${name} stands twice`, expected: 'each part once' }] : [],
    );
  },
  build(first, site) {
    const { machine, id, row, ticks } = site;
    const { calls, monitor } = machine;
    let own: RegistrySettings = first;
    const { mode, spread } = own;
    const inTicks = (time: number) => Math.min(2 ** 50, Math.round(time * ticks));
    const parts = targetParts(own.of);
    const targets = new Targets(machine, row, parts);
    const health = new Health(machine, targets, ticks, own.checks === null ? 'truth' : 'checks', own.checks, learned);
    const passing = new Passing(site, targets, parts, ['no-route'], () => {});
    const chance = machine.stream(id, 'choice');
    const lookups = monitor.count(`${id}.lookups`, 'count');
    const hits = monitor.count(`${id}.hits`, 'share', monitor.counter(), passing.arrivals, true);
    monitor.count(`${id}.noRoute`, 'share', passing.refused, passing.arrivals, true);
    const age = monitor.meanTally(`${id}.age`);
    const registered = monitor.level(`${id}.registered`);

    /** What each caller knows, by the way of its calls; what all know alike stands at 0. */
    const copies: Copy[] = [];
    let downBy = 0;
    let pollToken = 0;

    const lookedUp = machine.on((call, hop) => {
      if (calls.hop[call] === hop) answerLookup(call);
    });
    const poll = machine.on((token) => {
      if (token !== pollToken) return;
      if (downBy === 0) {
        lookups.add(0);
        fetch(copyAt(0));
      }
      planPoll();
    });

    function planPoll(): void {
      machine.after(Math.max(1, inTicks(own.timeToLive)), poll, pollToken, 0);
    }

    function copyAt(caller: number): Copy {
      return (copies[caller] ??= { addresses: new Int32Array(8), count: 0, fetchedAt: -1, next: 0, fetches: 0 });
    }

    /** Whose copy a call goes by. */
    const copyOf = (call: number): Copy => copyAt(mode === 'dns' || mode === 'registry' ? calls.way[call]! : 0);

    function fetch(copy: Copy): void {
      passing.makeRoom(targets.count);
      copy.count = 0;
      for (let target = 0; target < targets.count; target++) {
        if (!(targets.weight[target]! > 0 && health.isUp(target))) continue;
        if (copy.count === copy.addresses.length) copy.addresses = wider(copy.addresses);
        copy.addresses[copy.count++] = target;
      }
      copy.fetchedAt = machine.now;
      copy.fetches++;
    }

    function learned(target: number, isUp: boolean): void {
      registered.set(machine.now, health.up);
      if (own.checks === null) return;
      machine.digestEvent(row, 2 * target + (isUp ? 1 : 0));
      targets.mark(target, isUp ? 'registered' : 'struck off');
    }

    function receive(call: number): void {
      passing.enter(call);
      const copy = copyOf(call);
      const isOver =
        mode === 'registry' ||
        (mode === 'dns' && (copy.fetchedAt < 0 || machine.now - copy.fetchedAt >= inTicks(own.timeToLive)));
      if (!isOver) {
        hits.add(calls.cls[call]!);
        send(call, copy);
        return;
      }
      const wait = inTicks(own.lookup);
      if (downBy > 0) passing.fail(call, NO_ROUTE);
      else if (wait > 0) machine.after(wait, lookedUp, call, calls.hop[call]!);
      else answerLookup(call);
    }

    function answerLookup(call: number): void {
      if (downBy > 0) {
        passing.fail(call, NO_ROUTE);
        return;
      }
      lookups.add(0);
      const copy = copyOf(call);
      fetch(copy);
      send(call, copy);
    }

    function send(call: number, copy: Copy): void {
      if (copy.count === 0) {
        passing.fail(call, NO_ROUTE);
        return;
      }
      age.add(calls.cls[call]!, machine.now - copy.fetchedAt);
      passing.send(call, copy.addresses[choose(call, copy)]!);
    }

    function choose(call: number, copy: Copy): number {
      if (spread === 'random') return Math.floor(uniform(chance, calls.request[call]!, calls.path[call]!) * copy.count);
      if (spread === 'one') return (copy.fetches - 1) % copy.count;
      if (copy.next >= copy.count) copy.next = 0;
      return copy.next++;
    }

    return {
      start() {
        targets.start();
        health.start();
        registered.set(0, health.up);
        passing.makeRoom(targets.count);
        if (mode === 'fixed' || mode === 'cached') fetch(copyAt(0));
        if (mode === 'cached') planPoll();
      },
      receive,
      answered: (call) => passing.answered(call),
      cancel: (call) => passing.cancel(call),
      faults: {
        down(begins) {
          downBy += begins ? 1 : -1;
        },
      },
      adopt(changed: RegistrySettings) {
        const isOther = changed.timeToLive !== own.timeToLive;
        own = changed;
        if (!isOther || mode !== 'cached') return;
        pollToken++;
        planPoll();
      },
      state() {
        const all = Array.from({ length: targets.count }, (_, target) => target);
        return {
          instances: [downBy === 0],
          slots: [],
          queue: [],
          inside: passing.inside.value,
          readings: {
            targets: all.map((target) => targets.nameOf(target)),
            listed: all
              .filter((target) => targets.weight[target]! > 0 && health.isUp(target))
              .map((target) => targets.nameOf(target)),
            sent: all.map((target) => passing.sentTo[target] ?? 0),
            isDown: downBy > 0,
          },
        };
      },
    };
  },
});
