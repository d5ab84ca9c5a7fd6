/**
 * An autoscaler: a control loop that looks at the instances of a service every now and then, and says how many are
 * wanted. It sees means over all of them, as old as its pipeline of metrics makes them, and never a single request.
 */
import type { Fleet } from '../../engine/part.ts';
import { defineKind } from '../kind.ts';
import { limitOf, recommendation, stabilised, type Noted } from './rule.ts';
import { settings, type AutoscalerSettings } from './settings.ts';

/** Looks whose metric may be under way, and recommendations that may be remembered. */
const MOST_LOOKS = 10_000;

/** What was measured at one moment. */
interface Sample {
  /** Mean of a ready instance; NaN where none is. */
  metric: number;
  ready: number;
  /** Whether anything has arrived since the last, or waits. */
  isAsked: boolean;
}

export const autoscaler = defineKind({
  kind: 'autoscaler',
  settings,
  actions: {
    blind: 'lets no metric arrive: it keeps the number, whatever happens; a schedule goes on',
    stuck: 'lets it do nothing at all',
  },
  adopts: ['target', 'tolerance', 'above', 'below', 'minInstances', 'maxInstances', 'up', 'down'],
  takesCalls: false,
  callees: () => [],
  steers: (own) => [{ id: own.part, path: 'part', steers: true }],
  size: () => 1,
  reasons: () => [],
  contradictions: contradictionsOf,
  build(first, { machine, id, row, ticks }) {
    let own: AutoscalerSettings = first;
    const { monitor } = machine;
    const inTicks = (time: number) => Math.min(2 ** 50, Math.round(time * ticks));
    const sync = Math.max(1, inTicks(own.sync));
    const delay = inTicks(own.metricDelay);
    const desired = monitor.level(`${id}.desired`);
    const seen = monitor.level(`${id}.metric`);
    const ups = monitor.count(`${id}.scaleUps`, 'count');
    const downs = monitor.count(`${id}.scaleDowns`, 'count');

    let fleet: Fleet;
    let blind = 0;
    let stuck = 0;
    let recommended = NaN;
    let metric = NaN;
    /** How far the sums of the fleet had come at the last look. */
    const before = { at: 0, busy: 0, ready: 0, arrived: 0 };
    const underWay: Sample[] = [];
    /** Recommendations before any window, oldest first; and what was done. */
    let recommendations: Noted[] = [];
    let changes: Noted[] = [];

    function measure(): Sample {
      const { now } = machine;
      const busy = fleet.busyTicks() - before.busy;
      const capacity = fleet.readyTicks() - before.ready;
      const arrived = fleet.arrived - before.arrived;
      const time = now - before.at;
      before.at = now;
      before.busy += busy;
      before.ready += capacity;
      before.arrived += arrived;
      const { ready, load, waiting } = fleet;
      const isAsked = arrived > 0 || waiting > 0;
      if (ready === 0) return { metric: NaN, ready, isAsked };
      switch (own.metric) {
        case 'utilisation':
          // instances that drain are busy and no longer ready
          return { metric: capacity > 0 ? Math.min(1, busy / capacity) : NaN, ready, isAsked };
        case 'inside':
          return { metric: load / ready, ready, isAsked };
        case 'queue':
          return { metric: waiting / ready, ready, isAsked };
        case 'rate':
          return { metric: time > 0 ? (arrived / time / ready) * ticks : NaN, ready, isAsked };
      }
    }

    const look = machine.on(() => {
      underWay.push(measure());
      machine.after(delay, arrive, 0, 0);
      machine.after(sync, look, 0, 0);
    });
    const arrive = machine.on(() => {
      const sample = underWay.shift()!;
      if (blind > 0 || stuck > 0) return;
      if (!Number.isNaN(sample.metric)) {
        metric = sample.metric;
        seen.set(machine.now, metric);
      }
      scale(own.rule === 'naive' ? byThresholds(sample) : byRule(sample));
    });
    const onSchedule = machine.on((instances) => {
      if (stuck === 0) scale(instances);
    });

    const bounded = (count: number) => Math.min(Math.max(count, own.minInstances), own.maxInstances);

    function byThresholds(sample: Sample): number {
      const { wanted } = fleet;
      if (wanted === 0) return bounded(sample.isAsked ? 1 : 0);
      return bounded(wanted + (sample.metric > own.above! ? 1 : sample.metric < own.below! ? -1 : 0));
    }

    function byRule(sample: Sample): number {
      const current = fleet.wanted;
      const { now } = machine;
      if (current < own.minInstances || current > own.maxInstances) return bounded(current);
      if (current === 0) recommended = sample.isAsked ? 1 : 0;
      else if (Number.isNaN(sample.metric)) return current;
      else
        recommended = recommendation({
          current,
          ready: fleet.ready,
          unmeasured: Math.max(0, fleet.ready - sample.ready),
          starting: startingOf(fleet),
          metric: sample.metric,
          target: own.target!,
          tolerance: own.tolerance,
          full: own.metric === 'utilisation' ? Math.max(1, own.target!) : own.target!,
        });
      const { up, down } = own;
      const upWindow = inTicks(up.window);
      const downWindow = inTicks(down.window);
      const longest = Math.max(upWindow, downWindow);
      recommendations = recommendations.filter(({ at }) => now - at < longest);
      const wise = stabilised(current, bounded(recommended), { past: recommendations, now, upWindow, downWindow });
      recommendations.push({ at: now, count: bounded(recommended) });
      if (wise > current) return bounded(Math.min(wise, limitOf(true, current, up, changedWithin)));
      if (wise < current) return bounded(Math.max(wise, limitOf(false, current, down, changedWithin)));
      return wise;
    }

    function changedWithin(every: number): number {
      const least = machine.now - inTicks(every);
      return changes.reduce((sum, { at, count }) => (at > least ? sum + count : sum), 0);
    }

    function scale(to: number): void {
      const { now } = machine;
      const from = fleet.wanted;
      desired.set(now, to);
      if (to === from) return;
      fleet.scale(to);
      // the service has a bound of its own
      const { wanted } = fleet;
      if (wanted === from) return;
      (wanted > from ? ups : downs).add(0);
      const longest = inTicks(Math.max(...[...own.up.policies, ...own.down.policies].map(({ every }) => every)));
      changes = changes.filter(({ at }) => now - at < longest);
      changes.push({ at: now, count: wanted - from });
      machine.digestEvent(row, wanted);
      machine.mark(own.part, 'scale', `${from} to ${wanted}`);
    }

    return {
      start() {
        fleet = machine.partAt(machine.rowOf(own.part)).fleet!;
        desired.set(0, fleet.wanted);
        // what is there at the start counts as recommended then
        recommendations = [{ at: 0, count: fleet.wanted }];
        if (own.rule === 'scheduled')
          for (const { at, instances } of own.schedule) machine.after(inTicks(at), onSchedule, instances, 0);
        // so that a metric that old is at hand at whole syncs
        else machine.after(sync - (delay % sync), look, 0, 0);
      },
      faults: {
        blind: (begins) => void (blind += begins ? 1 : -1),
        stuck: (begins) => void (stuck += begins ? 1 : -1),
      },
      adopt(changed: AutoscalerSettings) {
        own = changed;
      },
      state: () => ({
        instances: [stuck === 0],
        slots: [],
        queue: [],
        inside: 0,
        readings: {
          desired: desired.value,
          ...(Number.isNaN(recommended) ? {} : { recommended }),
          ...(Number.isNaN(metric) ? {} : { metric }),
        },
      }),
    };
  },
});

function startingOf(fleet: Fleet): number {
  let sum = 0;
  for (let i = 0; i < fleet.count; i++) if (fleet.stateOf(i) === 'starting') sum++;
  return sum;
}

function contradictionsOf(own: AutoscalerSettings): { path: string; message: string; expected: string }[] {
  const { rule, above, below, minInstances, maxInstances, sync, metricDelay, up, down } = own;
  const problems: { path: string; message: string; expected: string }[] = [];
  const say = (path: string, message: string, expected: string) => void problems.push({ path, message, expected });
  if (rule === 'kubernetes' && own.target === undefined)
    say('target', 'the rule has no target', 'what the metric of an instance is to be');
  if (rule === 'naive' && (above === undefined || below === undefined || below > above))
    say('above', 'the thresholds are missing or out of order', '`below` and `above`, with below ≤ above');
  if (rule === 'scheduled' && own.schedule.length === 0)
    say('schedule', 'nothing is planned', 'at least one time and number of instances');
  if (minInstances > maxInstances)
    say('minInstances', `${minInstances} at least and ${maxInstances} at most`, 'minInstances ≤ maxInstances');
  for (const [path, length] of Object.entries({ metricDelay, 'up.window': up.window, 'down.window': down.window }))
    if (length / sync > MOST_LOOKS)
      say(path, `${length} is ${Math.round(length / sync)} syncs`, `at most ${MOST_LOOKS} syncs`);
  for (const [path, { policies }] of Object.entries({ up, down }))
    for (const [i, { every }] of policies.entries())
      if (every / sync > MOST_LOOKS)
        say(
          `${path}.policies.${i}.every`,
          `${every} is ${Math.round(every / sync)} syncs`,
          `at most ${MOST_LOOKS} syncs`,
        );
  return problems;
}
