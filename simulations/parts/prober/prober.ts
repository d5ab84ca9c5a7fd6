/**
 * A prober: kills instances that stand still, and starts others in their place. It sees only what a probe of one instance
 * shows; an instance that answers with errors is alive to it.
 */
import type { Fleet } from '../../engine/part.ts';
import { defineKind } from '../kind.ts';
import { settings, type ProberSettings } from './settings.ts';

export const prober = defineKind({
  kind: 'prober',
  settings,
  actions: { stuck: 'lets it probe nothing' },
  adopts: ['failuresNeeded', 'mostInside'],
  takesCalls: false,
  callees: () => [],
  steers: (own) => [{ id: own.part, path: 'part', steers: true }],
  size: () => 1,
  reasons: () => [],
  build(first, { machine, id, row, ticks }) {
    let own: ProberSettings = first;
    const inTicks = (time: number) => Math.min(2 ** 50, Math.round(time * ticks));
    const every = Math.max(1, inTicks(own.every));
    const startDelay = inTicks(own.startDelay);
    const restarts = machine.monitor.count(`${id}.restarts`, 'count');

    let fleet: Fleet;
    let stuck = 0;
    /** Per instance: from when on it is probed, and how many probes it has failed in a row. */
    const probedFrom: number[] = [];
    const streaks: number[] = [];
    /** Versions of those that were killed and could not be started again, because there was no room. */
    let owed: number[] = [];

    const probe = machine.on(() => {
      machine.after(every, probe, 0, 0);
      if (stuck > 0) return;
      owed = owed.filter((version) => fleet.launch(version) < 0);
      // one that is started now is not probed now
      const { count } = fleet;
      for (let i = 0; i < count; i++) {
        if (fleet.stateOf(i) !== 'ready' || machine.now < (probedFrom[i] ?? 0)) continue;
        const isDead = fleet.isPaused(i) || (own.mostInside !== null && fleet.inside(i) > own.mostInside);
        streaks[i] = isDead ? (streaks[i] ?? 0) + 1 : 0;
        if (streaks[i] >= own.failuresNeeded) restart(i);
      }
    });

    function restart(instance: number): void {
      const version = fleet.versionOf(instance);
      restarts.add(0);
      machine.digestEvent(row, instance);
      machine.mark(own.part, 'health', 'restarted', instance);
      fleet.stop(instance, false);
      if (fleet.launch(version) < 0) owed.push(version);
    }

    return {
      start() {
        fleet = machine.partAt(machine.rowOf(own.part)).fleet!;
        fleet.onChange((instance) => {
          streaks[instance] = 0;
          probedFrom[instance] = machine.now + startDelay;
        });
        machine.after(every, probe, 0, 0);
      },
      faults: { stuck: (begins) => void (stuck += begins ? 1 : -1) },
      adopt(changed: ProberSettings) {
        own = changed;
      },
      state: () => ({
        instances: [stuck === 0],
        slots: [],
        queue: [],
        inside: 0,
        readings: { restarts: restarts.total, failing: streaks.filter((streak) => streak > 0).length },
      }),
    };
  },
});
