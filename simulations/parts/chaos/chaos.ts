/**
 * Chaos: a schedule of faults from chance. It breaks a part or a link by an action that this knows by name, and mends it again;
 * what that means it does not know. Every draw is named by the number of the fault and the instance.
 */
import { sampler } from '../../distributions/index.ts';
import { uniform } from '../../engine/draws.ts';
import { Level } from '../../engine/monitor.ts';
import type { Fleet } from '../../engine/part.ts';
import { defineKind } from '../kind.ts';
import { settings } from './settings.ts';

export const chaos = defineKind({
  kind: 'chaos',
  settings,
  actions: { calm: 'lets nothing more break while it lasts; what is broken is mended in its time' },
  adopts: [],
  takesCalls: false,
  callees: () => [],
  steers: (own) => [{ id: own.part, path: 'part', action: own.action }],
  size: () => 1,
  reasons: () => [],
  contradictions: ({ from, until }) =>
    until !== null && until < from
      ? [{ path: 'until', message: `it ends at ${until} and begins at ${from}`, expected: 'from ≤ until' }]
      : [],
  build(own, { machine, id, row, ticks, strikeAt }) {
    const { monitor } = machine;
    const { which, zones, needed } = own;
    const inTicks = (time: number) => Math.min(2 ** 50, Math.round(time * ticks));
    const until = own.until === null ? Infinity : inTicks(own.until);
    const drawnLife = sampler(own.every, machine.stream(id, 'every'));
    const drawnRepair = sampler(own.lasts, machine.stream(id, 'lasts'));
    // never at the very moment of the last: faults must not follow each other without end
    const lifetime = (occurrence: number, place: number) => Math.max(1, inTicks(drawnLife(occurrence, place)));
    const repair = (occurrence: number, place: number) => inTicks(drawnRepair(occurrence, place));
    const choice = machine.stream(id, 'which');

    const faults = monitor.count(`${id}.faults`, 'count');
    const down = monitor.level(`${id}.down`);
    const upLevel = monitor.level(`${id}.up`);
    const isAvailable = new Level();
    monitor.share(`${id}.available`, isAvailable, 1);
    const lives = monitor.meanTally(`${id}.lifetime`);
    const repairs = monitor.meanTally(`${id}.repair`);

    let fleet: Fleet | undefined;
    let strike: (begins: boolean, amount: number, instance: number) => void;
    let calm = 0;
    let underWay = 0;
    /** Faults that each instance (or zone) is broken by, and its faults so far: the numbers of its draws. */
    const brokenBy: number[] = [];
    const occurrences: number[] = [];
    const wasUp: boolean[] = [];
    let up = 0;

    const breaks = machine.on((place) => {
      if (machine.now > until) return;
      if (which === 'each' || which === 'all') {
        // a life that ends in a calm goes on as a new one
        if (calm > 0) live(place);
        else fault(place);
        return;
      }
      const occurrence = (occurrences[0] ??= 0);
      const chosen = calm > 0 ? -1 : which === 'zone' ? zoneOf(occurrence) : instanceOf(occurrence);
      occurrences[0] = occurrence + 1;
      if (chosen >= 0) fault(chosen, occurrence);
      next();
    });
    const mends = machine.on((place) => {
      change(place, false);
      if (which === 'each' || which === 'all') live(place);
    });

    /** The time until the next fault of all. */
    function next(): void {
      machine.after(lifetime(occurrences[0] ?? 0, 0), breaks, 0, 0);
    }

    /** The next life of an instance, or of the whole. */
    function live(place: number): void {
      occurrences[place] = (occurrences[place] ?? -1) + 1;
      machine.after(lifetime(occurrences[place], place), breaks, place, 0);
    }

    const zoneOf = (occurrence: number) => Math.min(zones - 1, Math.floor(uniform(choice, occurrence, 0) * zones));

    /** One of those that are up; −1 where none is. */
    function instanceOf(occurrence: number): number {
      if (fleet === undefined) return underWay === 0 ? 0 : -1;
      const all: number[] = [];
      for (let i = 0; i < fleet.count; i++) if (isUp(i)) all.push(i);
      return all.length === 0 ? -1 : all[Math.floor(uniform(choice, occurrence, 0) * all.length)]!;
    }

    function fault(place: number, occurrence = occurrences[place]!): void {
      const draws = which === 'each' || which === 'all' ? place : 0;
      const lasts = repair(occurrence, draws);
      faults.add(0);
      lives.add(0, lifetime(occurrence, draws));
      repairs.add(0, lasts);
      change(place, true);
      machine.after(lasts, mends, place, 0);
    }

    function change(place: number, begins: boolean): void {
      brokenBy[place] = (brokenBy[place] ?? 0) + (begins ? 1 : -1);
      underWay += begins ? 1 : -1;
      down.set(machine.now, underWay);
      machine.digestEvent(row, 2 * place + Number(begins));
      machine.mark(own.part, begins ? 'fault-begins' : 'fault-ends', own.action, which === 'all' ? undefined : place);
      strike(begins, own.amount, place);
      if (fleet !== undefined && (which === 'each' || which === 'random')) note(place);
      else noteAll();
      show();
    }

    const isBroken = (instance: number): boolean =>
      which === 'all' ? underWay > 0 : (brokenBy[which === 'zone' ? instance % zones : instance] ?? 0) > 0;
    const isUp = (instance: number): boolean => fleet!.stateOf(instance) === 'ready' && !isBroken(instance);

    /** Takes a new look at an instance. */
    function note(instance: number): void {
      const is = isUp(instance);
      if (is === (wasUp[instance] ?? false)) return;
      wasUp[instance] = is;
      up += is ? 1 : -1;
    }

    function noteAll(): void {
      if (fleet === undefined) up = underWay === 0 ? 1 : 0;
      else for (let i = 0; i < fleet.count; i++) note(i);
    }

    function show(): void {
      upLevel.set(machine.now, up);
      isAvailable.set(machine.now, up >= needed ? 1 : 0);
    }

    return {
      start() {
        // a link has no instances, and so counts as one thing
        if (!own.part.includes('>')) ({ fleet } = machine.partAt(machine.rowOf(own.part)));
        strike = strikeAt(own.part, own.action);
        const begins = machine.on(() => {
          if (which === 'random' || which === 'zone') next();
          else if (which === 'all' || fleet === undefined) live(0);
          else for (let i = 0; i < fleet.count; i++) if (occurrences[i] === undefined) live(i);
        });
        const from = inTicks(own.from);
        machine.after(from, begins, 0, 0);
        fleet?.onChange((instance) => {
          note(instance);
          show();
          // one that was not there before begins its life when it is first heard of
          if (which === 'each' && machine.now >= from && occurrences[instance] === undefined) live(instance);
        });
        noteAll();
        show();
      },
      faults: { calm: (begins) => void (calm += begins ? 1 : -1) },
      state: () => ({
        instances: [true],
        slots: [],
        queue: [],
        inside: 0,
        readings: { faults: faults.total, underWay, up: upLevel.value },
      }),
    };
  },
});
