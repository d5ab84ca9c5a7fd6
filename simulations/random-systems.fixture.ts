/** Random systems for the tests of the rules: up to 40 parts, every setting that there is, faults at random times. Only tests import it. */
import fc from 'fast-check';
import type { ScenarioSource } from './index.ts';

const mean = fc.double({ min: 0.05, max: 2, noNaN: true });
const cv2 = fc.constantFrom(0, 0.2, 0.5, 1, 2, 9);

export const anyDistribution = fc.oneof(
  fc.record({ law: fc.constant('constant' as const), mean }),
  fc.record({ law: fc.constant('exponential' as const), mean }),
  fc.record({ law: fc.constant('gamma' as const), mean, cv2 }),
  fc.record({ law: fc.constant('lognormal' as const), mean, cv2 }),
  fc.record({ law: fc.constant('hyperexponential' as const), mean, cv2: fc.constantFrom(1, 1.5, 10) }),
  fc.record({
    law: fc.constant('uniform' as const),
    min: fc.double({ min: 0, max: 0.5, noNaN: true }),
    max: fc.double({ min: 0.6, max: 2, noNaN: true }),
  }),
);

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

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 });
const share = fc.constantFrom(0, 0, 0.1, 0.5, 1);
const span = fc.double({ min: 0.05, max: 5, noNaN: true });

const service = fc.record({
  kind: fc.constant('service' as const),
  instances: fc.integer({ min: 1, max: 4 }),
  threads: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null, freq: 6 }),
  line: fc.constantFrom('shared' as const, 'each' as const),
  spread: fc.constantFrom('round-robin' as const, 'random' as const, 'shortest' as const),
  queueLimit: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
  queueLimitPer: fc.constantFrom('service' as const, 'instance' as const),
  discipline: fc.constantFrom(
    'fifo' as const,
    'fifo' as const,
    'lifo' as const,
    'priority' as const,
    'priority-preemptive' as const,
    'processor-sharing' as const,
    'adaptive-lifo' as const,
  ),
  newestFirstAbove: fc.constantFrom(0, 3),
  maxWait: orNull(span),
  checksDeadline: fc.boolean(),
  waitsForInstances: fc.boolean(),
  service: anyDistribution,
  speed: fc.constantFrom(0.5, 1, 3),
  errors: share,
  errorsTake: fc.constantFrom('work' as const, 'nothing' as const),
  holdsThread: fc.boolean(),
  finish: maybe(anyDistribution),
  startUp: fc.constantFrom(0, 1.5),
  leak: orNull(fc.record({ limit: fc.integer({ min: 1, max: 30 }), slower: fc.constantFrom(1, 3) })),
  gracePeriod: orNull(fc.constantFrom(0, 1)),
  zones: fc.constantFrom(1, 2),
});

/** One step of a plan, by the number of the part that it calls. */
const step = fc.record({
  target: fc.nat(1000),
  probability: fc.constantFrom(1, 1, 0.5),
  copies: fc.constantFrom(1, 1, 1, 3),
  again: fc.constantFrom(0, 0, 0.3),
  optional: fc.boolean(),
  instead: maybe(fc.nat(1000)),
});
const stage = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 3 }), need: maybe(fc.constant(1)) });
const plan = fc.array(stage, { minLength: 1, maxLength: 3 });

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

const actions = ['pause', 'crash', 'outage', 'zone-outage', 'slow', 'slow-instance', 'fail'];
const linkActions = ['partition', 'refuse', 'lose', 'delay'];

type Plan = {
  steps: {
    target: number;
    probability: number;
    copies: number;
    again: number;
    optional: boolean;
    instead?: number | undefined;
  }[];
  need?: number | undefined;
}[];
type Calls = Extract<ScenarioSource['parts'][string], { kind: 'service' }>['calls'];

/** A plan over some parts; empty when there are none. */
function callsOf(own: Plan, ids: readonly string[]): NonNullable<Calls> {
  if (ids.length === 0) return [];
  const pick = (n: number) => ids[n % ids.length]!;
  return own.map(({ steps, need }) => ({
    parallel: steps.map(({ target, instead, ...rest }) => ({
      ...rest,
      to: pick(target),
      ...(instead === undefined ? {} : { fallback: pick(instead) }),
    })),
    ...(need === undefined ? {} : { need }),
  }));
}

const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;

/** A system that can run, with its faults and planned inputs. */
export const anySystem: fc.Arbitrary<ScenarioSource> = fc
  .record({
    sources: fc.array(source, { minLength: 1, maxLength: 5 }),
    services: fc.array(fc.record({ settings: service, plan: maybe(plan) }), { minLength: 1, maxLength: 35 }),
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
  .map(({ sources, services, policies, inputs, warmUp, seed, ticks }): ScenarioSource => {
    const parts: ScenarioSource['parts'] = {};
    const ids = services.map((_, i) => `s${i}`);
    const pairs: [string, string][] = [];
    const remember = (from: string, calls: NonNullable<Calls>) => {
      for (const written of calls)
        if (typeof written === 'object' && 'parallel' in written)
          for (const one of written.parallel) if (typeof one === 'object') pairs.push([from, one.to]);
    };
    for (const [i, own] of sources.entries()) {
      const calls = callsOf(own.plan, ids);
      remember(`t${i}`, calls);
      parts[`t${i}`] = {
        kind: 'traffic',
        arrivals: own.arrivals,
        calls,
        ...defined(own.traits),
        classes: own.classes.map(({ plan: its, ...rest }, c) => ({
          ...rest,
          id: `c${i}${c}`,
          ...(its === undefined ? {} : { calls: callsOf(its, ids) }),
        })),
      };
    }
    // a service calls only later ones, and only a few of them do, so that calls come to an end and are not too many
    for (const [i, { settings, plan: its }] of services.entries()) {
      const calls = its === undefined || i > 3 ? [] : callsOf(its.slice(0, 1), ids.slice(i + 1));
      remember(`s${i}`, calls);
      parts[`s${i}`] = { ...defined(settings), calls };
    }
    const seen = new Set<string>();
    const links = policies.flatMap((own, i) => {
      const [from, to] = pairs[(i * 7) % pairs.length]!;
      if (seen.has(`${from}>${to}`)) return [];
      seen.add(`${from}>${to}`);
      return [{ from, to, ...own }];
    });
    const faults: NonNullable<ScenarioSource['faults']> = [
      ...sources.map((_, i) => ({ id: `surge${i}`, part: `t${i}`, action: 'surge', duration: 5, amount: 3 })),
      ...services.map(({ settings }, i) => ({
        id: `fault${i}`,
        part: `s${i}`,
        action: actions[(i + settings.instances) % actions.length]!,
        duration: 5,
        amount: 0.5,
        instance: i % settings.instances,
      })),
      ...links.map(({ from, to }, i) => ({
        id: `cut${i}`,
        part: `${from}>${to}`,
        action: linkActions[i % 4]!,
        duration: 3,
        amount: 0.5,
      })),
    ];
    const dials: NonNullable<ScenarioSource['dials']> = services.map((_, i) => ({
      id: `size${i}`,
      unit: 'count',
      min: 1,
      max: 5,
      step: 1,
      start: services[i]!.settings.instances,
      sets: [`parts.s${i}.instances`],
    }));
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
        if (kind === 'dial') return { at, dial: dials[which % dials.length]!.id, value: 1 + (which % 5) };
        const fault = faults[which % faults.length]!.id;
        return kind === 'mend' ? { at, mend: fault } : { at, fault, duration };
      }),
    };
  });
