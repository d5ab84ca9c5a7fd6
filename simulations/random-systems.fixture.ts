/** Random systems for the tests of the rules: up to 45 parts of every kind, every setting that there is, faults at random times. Only tests import it. */
import fc from 'fast-check';
import type { ScenarioSource } from './index.ts';
import { kinds } from './parts/index.ts';
import { parseScenario } from './settings.ts';
import {
  anyDistribution,
  anyEnd,
  anyFront,
  anySteering,
  callsOf,
  defined,
  maybe,
  orNull,
  plan,
  service,
  share,
  span,
} from './random-parts.fixture.ts';

const rate = fc.double({ min: 0.05, max: 4, noNaN: true });
const arrivals = fc.oneof(
  { weight: 4, arbitrary: fc.record({ pattern: fc.constant('poisson' as const), rate }) },
  { weight: 2, arbitrary: fc.record({ pattern: fc.constant('constant' as const), rate }) },
  fc.record({ pattern: fc.constant('renewal' as const), gap: anyDistribution }),
  fc.record({
    pattern: fc.constant('batches' as const),
    rate: fc.double({ min: 0.05, max: 1, noNaN: true }),
    size: fc.integer({ min: 1, max: 4 }),
    spread: fc.constantFrom('constant' as const, 'geometric' as const),
  }),
  fc.record({
    pattern: fc.constant('ramp' as const),
    from: rate,
    to: rate,
    begins: fc.constantFrom(0, 10),
    lasts: fc.constant(15),
  }),
  fc.record({ pattern: fc.constant('sine' as const), rate, swing: fc.constantFrom(0.3, 1), period: fc.constant(12) }),
  fc.record({
    pattern: fc.constant('bursts' as const),
    calm: fc.constantFrom(0, 0.5),
    busy: rate,
    calmLasts: fc.constant(3),
    busyLasts: fc.constant(2),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      pattern: fc.constant('closed' as const),
      users: fc.integer({ min: 1, max: 30 }),
      think: anyDistribution,
    }),
  },
);

const policy = fc.record({
  latency: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), anyDistribution),
  loss: fc.constantFrom(0, 0, 0.2),
  retransmit: orNull(fc.record({ after: span, most: fc.constant(3) })),
  bandwidth: orNull(fc.constantFrom(0.5, 5)),
  timeout: orNull(span),
  onTimeout: fc.constantFrom('zombie' as const, 'cancel' as const),
  deadline: orNull(span),
  propagates: fc.boolean(),
  retry: orNull(
    fc.record({
      most: fc.integer({ min: 0, max: 3 }),
      backoff: fc.constantFrom('none' as const, 'fixed' as const, 'exponential' as const),
      jitter: fc.constantFrom('none' as const, 'full' as const, 'equal' as const, 'decorrelated' as const),
      budget: orNull(
        fc.record({ deposit: fc.constant(0.2), on: fc.constantFrom('success' as const, 'call' as const) }),
      ),
    }),
  ),
  hedge: orNull(fc.record({ after: span, most: fc.constantFrom(1, 2), cancels: fc.boolean() })),
  breaker: orNull(
    fc.record({
      trip: fc.oneof(
        fc.record({ consecutive: fc.constant(2) }),
        fc.record({ share: fc.constant(0.5), window: fc.constant(4) }),
      ),
      open: span,
      probes: fc.constantFrom(1, 2),
      around: fc.constantFrom('try' as const, 'call' as const),
    }),
  ),
  bulkhead: orNull(fc.record({ most: fc.integer({ min: 1, max: 3 }), queue: fc.constantFrom(0, 2) })),
  rateLimit: orNull(fc.record({ rate: fc.constant(1), burst: fc.constant(3) })),
  fallback: orNull(fc.record({ takes: fc.constantFrom(0, 0.5) })),
});

const traits = fc.record({
  size: maybe(anyDistribution),
  patience: maybe(anyDistribution),
  keys: maybe(fc.constant({ law: 'zipf' as const, count: 20 })),
  writes: share,
  target: maybe(span),
});
const source = fc.record({
  arrivals,
  plan,
  traits,
  classes: fc.array(
    fc.record({ weight: fc.constantFrom(1, 3), priority: fc.integer({ min: 0, max: 9 }), plan: maybe(plan) }),
    { maxLength: 3 },
  ),
});

const linkActions = ['partition', 'refuse', 'lose', 'delay'];
/** Faults and dials that a scenario may have. */
const MOST = 30;
/** Of each kind that has one: a setting that is a number and may be turned in a run. */
const turns: Record<string, string> = {
  service: 'instances',
  gateway: 'instances',
  identity: 'instances',
  bus: 'nodes',
  broker: 'groups.0.consumers',
  cache: 'size',
  store: 'shards',
  function: 'concurrency',
  participant: 'refuses',
  workers: 'job',
  accelerator: 'perItem',
};

/** A system that can run, with its faults and planned inputs. */
export const anySystem: fc.Arbitrary<ScenarioSource> = fc
  .record({
    sources: fc.array(source, { minLength: 1, maxLength: 5 }),
    services: fc.array(fc.record({ settings: service, plan: maybe(plan) }), { minLength: 1, maxLength: 35 }),
    fronts: fc.array(anyFront, { maxLength: 5 }),
    ends: fc.array(anyEnd, { maxLength: 3 }),
    steering: fc.array(anySteering, { maxLength: 3 }),
    policies: fc.array(policy, { maxLength: 12 }),
    inputs: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 40, noNaN: true }),
        which: fc.nat(1000),
        duration: fc.double({ min: 0.01, max: 20, noNaN: true }),
        kind: fc.constantFrom('fault', 'fault', 'mend', 'dial'),
      }),
      { maxLength: 5 },
    ),
    warmUp: fc.constantFrom(0, 7.3),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
    ticks: fc.constantFrom(30, 1000, 1_000_000),
  })
  .map(({ sources, services, fronts, ends, steering, policies, inputs, warmUp, seed, ticks }): ScenarioSource => {
    const parts: ScenarioSource['parts'] = {};
    const serviceIds = services.map((_, i) => `s${i}`);
    // whoever stands later in this list may be called by whoever stands before, so that no call goes in a circle
    const ids = [...fronts.map((_, i) => `f${i}`), ...serviceIds, ...ends.map((_, i) => `e${i}`)];
    const behind = (id: string) => ids.slice(ids.indexOf(id) + 1);
    for (const [i, own] of sources.entries())
      parts[`t${i}`] = {
        kind: 'traffic',
        arrivals: own.arrivals,
        // the parts that pass calls on are few, so they are named twice
        calls: callsOf(own.plan, [...fronts.map((_, front) => `f${front}`), ...ids]),
        ...defined(own.traits),
        classes: own.classes.map(({ plan: its, ...rest }, c) => ({
          ...rest,
          id: `c${i}${c}`,
          ...(its === undefined ? {} : { calls: callsOf(its, ids) }),
        })),
      };
    const classes = sources.flatMap((own, i) =>
      own.classes.length === 0 ? [`t${i}`] : own.classes.map((_, c) => `c${i}${c}`),
    );
    const endParts = ends.map((draft) => draft({ callees: [], participants: [], classes }));
    const participants = ids.slice(ids.length - ends.length).filter((_, i) => endParts[i]!.kind === 'participant');
    for (const [i, draft] of fronts.entries())
      parts[`f${i}`] = draft({ callees: behind(`f${i}`), participants, classes });
    // only a few services call others, so that calls are not too many
    for (const [i, { settings, plan: its }] of services.entries()) {
      const calls = its === undefined || i > 3 ? [] : callsOf(its.slice(0, 1), behind(`s${i}`));
      parts[`s${i}`] = { ...defined(settings), versions: [{ id: 'v2', speed: 2, errors: 0.1 }], calls };
    }
    for (const [i, own] of endParts.entries()) parts[`e${i}`] = own;
    const fleets = ids.filter((id) => kinds.get(parts[id]!.kind)!.hasFleet === true);
    for (const [i, own] of steering.entries()) parts[`x${i}`] = own(serviceIds, fleets);

    const { parts: whole } = parseScenario({ id: 'random', horizon: 40, parts });
    const pairs = Object.entries(whole).flatMap(([from, settings]) =>
      kinds
        .get(settings.kind)!
        .callees(settings as never)
        .map(({ id }): [string, string] => [from, id]),
    );
    const seen = new Set<string>();
    const links = policies.flatMap((own, i) => {
      const [from, to] = pairs[(i * 7) % pairs.length]!;
      if (seen.has(`${from}>${to}`)) return [];
      seen.add(`${from}>${to}`);
      return [{ from, to, ...own }];
    });
    // services are the most, and come last, as a scenario has so many faults and dials and no more
    const inOrder = Object.entries(parts).toSorted(
      ([, one], [, other]) => Number(one.kind === 'service') - Number(other.kind === 'service'),
    );
    const faults: NonNullable<ScenarioSource['faults']> = [
      ...links.map(({ from, to }, i) => ({
        id: `cut${i}`,
        part: `${from}>${to}`,
        action: linkActions[i % 4]!,
        duration: 3,
        amount: 0.5,
      })),
      ...inOrder.flatMap(([id, settings], i) => {
        const actions = Object.keys(kinds.get(settings.kind)!.actions);
        // a bill cannot be broken
        if (actions.length === 0) return [];
        const count = settings.kind === 'service' ? settings.instances! : 2;
        return [
          {
            id: `fault-${id}`,
            part: id,
            action: actions[(i + count) % actions.length]!,
            duration: 5,
            amount: settings.kind === 'traffic' ? 3 : 0.5,
            instance: i % count,
          },
        ];
      }),
    ].slice(0, MOST);
    const dials: NonNullable<ScenarioSource['dials']> = inOrder
      .flatMap(([id, settings], i) => {
        const turned = turns[settings.kind];
        if (turned === undefined) return [];
        const isShare = turned === 'refuses';
        return [
          {
            id: `size-${id}`,
            unit: 'count' as const,
            min: isShare ? 0 : 1,
            max: isShare ? 1 : 5,
            step: 1,
            start: isShare ? 0 : settings.kind === 'service' ? settings.instances! : 1 + (i % 3),
            sets: [`parts.${id}.${turned}`],
          },
        ];
      })
      .slice(0, MOST);
    return {
      id: 'random',
      horizon: 40,
      warmUp,
      seed,
      time: { unit: 's', ticks },
      parts,
      links,
      dials,
      faults,
      inputs: inputs.map(({ at, which, duration, kind }) => {
        const dial = dials[which % dials.length]!;
        if (kind === 'dial') return { at, dial: dial.id, value: dial.max === 1 ? which % 2 : 1 + (which % 5) };
        const fault = faults[which % faults.length]!.id;
        return kind === 'mend' ? { at, mend: fault } : { at, fault, duration };
      }),
    };
  });
