/**
 * Random parts of every kind, for random systems. A part does not know yet whom it calls: it is written once its
 * surroundings are known. Only tests import it.
 */
import fc from 'fast-check';
import type { ScenarioSource } from './index.ts';

export type Part = ScenarioSource['parts'][string];

/** What a part may name. */
export interface Surroundings {
  /** Parts that it may call, and which of them are participants of transactions. */
  callees: readonly string[];
  participants: readonly string[];
  /** The classes of all requests. */
  classes: readonly string[];
}

/** A part that is yet to be put somewhere. */
type Draft = (around: Surroundings) => Part;

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

export const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
export const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 });
export const share = fc.constantFrom(0, 0, 0.1, 0.5, 1);
export const span = fc.double({ min: 0.05, max: 5, noNaN: true });

export const service = fc.record({
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
  operation: maybe(fc.constantFrom('read' as const, 'write' as const, 'write-if-unchanged' as const)),
});
const stage = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 3 }), need: maybe(fc.constant(1)) });
export const plan = fc.array(stage, { minLength: 1, maxLength: 3 });

type Plan = {
  steps: {
    target: number;
    probability: number;
    copies: number;
    again: number;
    optional: boolean;
    instead?: number | undefined;
    operation?: 'read' | 'write' | 'write-if-unchanged' | undefined;
  }[];
  need?: number | undefined;
}[];
export type Calls = Extract<Part, { kind: 'service' }>['calls'];

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

export const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;

/** A plan over some parts; empty when there are none. */
export function callsOf(own: Plan, ids: readonly string[]): NonNullable<Calls> {
  if (ids.length === 0) return [];
  return own.map(({ steps, need }) => ({
    parallel: steps.map(({ target, instead, ...rest }) => ({
      ...defined(rest),
      to: pick(ids, target),
      ...(instead === undefined ? {} : { fallback: pick(ids, instead) }),
    })),
    ...(need === undefined ? {} : { need }),
  }));
}

const time = fc.oneof(fc.constantFrom(0, 0.3), anyDistribution);
const callees = fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 });
const checks = fc.record({
  every: fc.constantFrom(0.5, 2),
  unhealthyAfter: fc.constantFrom(1, 2),
  healthyAfter: fc.constantFrom(1, 2),
  delay: fc.constantFrom(0, 0.7),
});

/** One or two calls at the same time, of one part each, so that a chain of such parts does not make too many. */
const narrow = fc
  .record({
    steps: fc.array(step, { minLength: 1, maxLength: 2 }).map((steps) => steps.map((one) => ({ ...one, copies: 1 }))),
    need: maybe(fc.constant(1)),
  })
  .map((only) => [only]);

/** Routes: one for some classes at times, and one for all that is left. */
const routes = fc.record({ some: maybe(fc.record({ which: fc.nat(1000), plan: narrow })), rest: maybe(narrow) });
function routesOf({ some, rest }: typeof routes extends fc.Arbitrary<infer T> ? T : never, around: Surroundings) {
  return [
    ...(some === undefined
      ? []
      : [{ classes: [pick(around.classes, some.which)], calls: callsOf(some.plan, around.callees) }]),
    // without this route, the other classes lead nowhere
    ...(rest === undefined && some !== undefined ? [] : [{ calls: callsOf(rest ?? [], around.callees) }]),
  ];
}
const badTokens = (some: boolean, { classes }: Surroundings) => (some ? { [classes[0]!]: 0.3 } : {});
const threads = fc.option(fc.integer({ min: 1, max: 3 }), { nil: null });
const queueLimit = fc.option(fc.integer({ min: 0, max: 10 }), { nil: null });

const balancer = fc
  .record({
    targets: callees,
    weights: fc.array(fc.constantFrom(0, 1, 3), { minLength: 4, maxLength: 4 }),
    policy: fc.constantFrom(
      'random' as const,
      'round-robin' as const,
      'weighted' as const,
      'least-connections' as const,
      'power-of-choices' as const,
      'join-shortest-queue' as const,
      'consistent-hash' as const,
      'modulo-hash' as const,
      'sticky' as const,
    ),
    choices: fc.constantFrom(1, 2, 3),
    replacement: fc.boolean(),
    sees: fc.constantFrom('own' as const, 'true' as const),
    staleFor: orNull(span),
    ties: fc.constantFrom('random' as const, 'rotate' as const, 'first' as const),
    virtualNodes: fc.constantFrom(1, 20),
    boundedLoad: orNull(fc.constant(1.3)),
    firstChoice: fc.constantFrom('random' as const, 'weighted' as const, 'least-connections' as const),
    takes: fc.constantFrom(0, 0.2),
    knows: fc.constantFrom('truth' as const, 'checks' as const, 'nothing' as const),
    checks,
    seesFailures: fc.boolean(),
    failurePenalty: fc.constantFrom(0, 1),
    outliers: orNull(fc.constant({ consecutive: 2, ejectFor: 3 })),
    slowStart: orNull(fc.constant({ lasts: 4 })),
  })
  .map(({ targets, weights, ...own }): Draft => (around) => ({
    kind: 'balancer',
    ...own,
    targets: [...new Set(targets.map((n) => pick(around.callees, n)))].map((to, i) => ({ to, weight: weights[i]! })),
  }));

const registry = fc
  .record({
    of: callees,
    mode: fc.constantFrom('fixed' as const, 'dns' as const, 'registry' as const, 'cached' as const),
    timeToLive: fc.constantFrom(0, 2, 30),
    lookup: fc.constantFrom(0, 0.4),
    checks: orNull(checks),
    spread: fc.constantFrom('round-robin' as const, 'random' as const, 'one' as const),
  })
  .map(({ of, ...own }): Draft => (around) => ({
    kind: 'registry',
    ...own,
    // a copy that lasts no time would be fetched anew at every tick
    timeToLive: own.mode === 'cached' ? Math.max(1, own.timeToLive) : own.timeToLive,
    of: [...new Set(of.map((n) => pick(around.callees, n)))],
  }));

const gateway = fc
  .record({
    routes,
    limits: fc.array(
      fc.record({
        rate: fc.constantFrom(0, 2),
        burst: fc.constantFrom(0, 5, 30),
        per: fc.constantFrom('all' as const, 'source' as const, 'class' as const, 'key' as const),
        clients: fc.constantFrom(1, 10),
      }),
      { maxLength: 2 },
    ),
    asks: fc.constantFrom('nobody' as const, 'itself' as const, 'another' as const),
    asked: fc.nat(1000),
    failsOpen: fc.boolean(),
    bad: fc.boolean(),
    work: anyDistribution,
    instances: fc.integer({ min: 1, max: 3 }),
    threads,
    queueLimit,
    holdsThread: fc.boolean(),
  })
  .map(({ routes: own, asks, asked, failsOpen, bad, ...rest }): Draft => (around) => ({
    kind: 'gateway',
    ...rest,
    routes: routesOf(own, around),
    checks:
      asks === 'nobody'
        ? null
        : {
            badTokens: badTokens(bad, around),
            ...(asks === 'itself'
              ? { how: 'local' as const, takes: { law: 'constant' as const, mean: 0.1 } }
              : { how: 'remote' as const, to: pick(around.callees, asked), failsOpen }),
          },
  }));

const identity = fc
  .record({
    mode: fc.constantFrom('session' as const, 'token' as const),
    checks: anyDistribution,
    issues: anyDistribution,
    life: fc.constantFrom(2, 30),
    users: fc.constantFrom(1, 10),
    signedIn: fc.boolean(),
    routes,
    stolen: fc.boolean(),
    bad: fc.boolean(),
    instances: fc.integer({ min: 1, max: 3 }),
    threads,
    queueLimit,
  })
  .map(({ routes: own, stolen, bad, ...rest }): Draft => (around) => ({
    kind: 'identity',
    ...rest,
    routes: rest.mode === 'token' ? routesOf(own, around) : [],
    badTokens: badTokens(bad, around),
    ...(stolen ? { stolen: [around.classes[0]!] } : {}),
  }));

const bus = fc
  .record({
    mode: fc.constantFrom('request-reply' as const, 'one-way' as const),
    routes,
    transform: anyDistribution,
    other: maybe(anyDistribution),
    transformsAnswers: fc.boolean(),
    nodes: fc.integer({ min: 1, max: 3 }),
    threads,
    queueLimit,
    holdsThread: fc.boolean(),
    redeliver: orNull(fc.record({ most: fc.constantFrom(0, 2), wait: fc.constantFrom(0, 1) })),
  })
  .map(({ routes: own, other, ...rest }): Draft => (around) => ({
    kind: 'bus',
    ...rest,
    routes: routesOf(own, around),
    byClass: other === undefined ? {} : { [around.classes[0]!]: other },
  }));

const cache = fc
  .record({
    behind: fc.nat(1000),
    hitTime: time,
    size: fc.constantFrom(null, 0, 1, 8),
    eviction: fc.constantFrom('lru' as const, 'fifo' as const, 'random' as const),
    ttl: orNull(fc.oneof(fc.constantFrom(1, 5), anyDistribution)),
    ttlFrom: fc.constantFrom('fill' as const, 'use' as const),
    coalesce: fc.boolean(),
    whenFetchFails: fc.constantFrom('all-fail' as const, 'each-tries' as const),
    refreshAhead: fc.constantFrom(0, 0.5),
    refreshByChance: fc.constantFrom(0, 1),
    staleOnError: fc.boolean(),
    writes: fc.constantFrom('through' as const, 'around' as const, 'invalidate' as const),
    fills: fc.constantFrom('in-time' as const, 'late-too' as const),
    warm: fc.constantFrom(0, 5),
    whenDown: fc.constantFrom('past-it' as const, 'fail' as const),
  })
  .map(({ behind, ...own }): Draft => (around) => ({
    kind: 'cache',
    ...own,
    behind: pick(around.callees, behind),
  }));

const group = fc.record({
  target: fc.nat(1000),
  consumers: fc.integer({ min: 1, max: 3 }),
  prefetch: fc.constantFrom(1, 3),
  ackTimeout: orNull(span),
  acceptsLateAck: fc.boolean(),
  redeliverAfter: fc.constantFrom(0.3, 1),
  maxDeliveries: fc.constantFrom(null, 1, 3),
  dead: maybe(fc.nat(1000)),
  keepsOrder: fc.boolean(),
  rebalance: fc.constantFrom(0, 1),
});
const broker = fc
  .record({
    mode: fc.constantFrom('queue' as const, 'publish-subscribe' as const),
    partitions: fc.integer({ min: 1, max: 4 }),
    partitionBy: fc.constantFrom('round-robin' as const, 'key' as const),
    groups: fc.array(group, { minLength: 1, maxLength: 2 }),
    acceptTime: time,
    capacity: fc.constantFrom(null, 0, 20),
    retention: fc.constantFrom(3, 1000),
    drainedFrom: fc.constantFrom(0, 3),
  })
  .map(({ mode, partitions, groups, ...own }): Draft => (around) => ({
    kind: 'broker',
    ...own,
    mode,
    partitions: mode === 'queue' ? 1 : partitions,
    groups: groups.slice(0, mode === 'queue' ? 1 : 2).map(({ target, dead, ...its }, i) => ({
      ...its,
      id: `g${i}`,
      to: pick(around.callees, target),
      ...(dead === undefined ? {} : { deadLetter: pick(around.callees, dead) }),
    })),
  }));

const transaction = fc
  .record({
    protocol: fc.constantFrom(
      'two-phase-commit' as const,
      'orchestrated-saga' as const,
      'choreographed-saga' as const,
      'dual-write' as const,
      'outbox' as const,
    ),
    steps: fc.array(fc.record({ to: fc.nat(1000), compensates: maybe(fc.nat(1000)) }), { minLength: 1, maxLength: 3 }),
    answersAfter: fc.constantFrom('decision' as const, 'acknowledged' as const),
    answerTimeout: orNull(span),
    resendAfter: fc.constantFrom(0.5, 3),
    pollEvery: orNull(fc.constantFrom(0.5, 2)),
    idempotency: fc.boolean(),
    remembers: fc.constantFrom(1, 1000),
    mostOpen: fc.constantFrom(1, 1000),
  })
  .map(({ protocol: wanted, steps, ...own }): Draft => ({ callees: all, participants }) => {
    // these two can be done by participants alone
    const isStrict = wanted === 'two-phase-commit' || wanted === 'choreographed-saga';
    const protocol = isStrict && participants.length === 0 ? 'orchestrated-saga' : wanted;
    const whom = participants.length === 0 ? all : participants;
    const ids = steps.map(({ to }) => pick(whom, to));
    return {
      kind: 'transaction',
      ...own,
      protocol,
      participants:
        protocol === 'orchestrated-saga'
          ? steps.map(({ compensates }, i) => ({
              to: ids[i]!,
              ...(compensates === undefined ? {} : { compensates: pick(all, compensates) }),
            }))
          : [...new Set(ids)].map((to) => ({ to })),
    };
  });

const participant = fc
  .record({
    work: time,
    commitWork: time,
    undoWork: orNull(time),
    refuses: fc.constantFrom(0, 0.2),
    locks: fc.boolean(),
    lockTimeout: orNull(span),
    idempotency: fc.boolean(),
    remembers: fc.constantFrom(1, 1000),
    resendAfter: fc.constantFrom(0.5, 3),
  })
  .map((own): Draft => () => ({ kind: 'participant', ...own }));

const store = fc
  .record({
    reads: time,
    writes: time,
    threads,
    pool: orNull(fc.integer({ min: 1, max: 4 })),
    poolQueue: queueLimit,
    poolTimeout: orNull(span),
    rowLocks: fc.boolean(),
    readersBlock: fc.boolean(),
    lockHold: time,
    lockTimeout: orNull(span),
    shards: fc.integer({ min: 1, max: 3 }),
    sharding: fc.constantFrom('modulo' as const, 'range' as const, 'consistent' as const),
    virtualNodes: fc.constantFrom(1, 16),
    keys: fc.constantFrom(1, 20),
    replicas: fc.integer({ min: 0, max: 2 }),
    lag: time,
    readFrom: fc.constantFrom('primary' as const, 'replicas' as const, 'any' as const),
  })
  .map((own): Draft => () => ({ kind: 'store', ...own }));

const cloudFunction = fc
  .record({
    service: anyDistribution,
    coldStart: anyDistribution,
    keepAlive: orNull(fc.oneof(fc.constantFrom(0, 3), anyDistribution)),
    speed: fc.constantFrom(1, 3),
    perInstance: fc.constantFrom(1, 3),
    concurrency: fc.integer({ min: 1, max: 10 }),
    minimum: fc.constantFrom(0, 1),
    reuse: fc.constantFrom('newest' as const, 'oldest' as const),
    coldStartFor: fc.constantFrom('request' as const, 'line' as const),
    queueLimit,
    maxDuration: orNull(span),
    plan: narrow,
  })
  .map(({ plan: its, ...own }): Draft => (around) => ({
    kind: 'function',
    ...own,
    calls: callsOf(its, around.callees),
    price: { perRequest: 1, perTimeUnit: 2, idlePerTimeUnit: 3, billsColdStart: true },
  }));

const release = fc
  .record({
    when: fc.constantFrom('each' as const, 'together' as const, 'train' as const),
    interval: fc.constantFrom(0.5, 3),
    pipeline: anyDistribution,
    deployables: fc.constantFrom(1, 3),
    lanes: fc.constantFrom(null, 1, 2),
    batchLimit: fc.constantFrom(null, 1, 3),
    bad: fc.constantFrom(0, 0.3),
    other: maybe(fc.constantFrom(0, 0.6)),
    caught: share,
    whenCaught: fc.constantFrom('hold' as const, 'drop' as const),
    foundAfter: time,
    repairs: maybe(narrow),
    fixes: fc.constantFrom('at-once' as const, 'next' as const),
  })
  .map(({ repairs, other, ...own }): Draft => (around) => ({
    kind: 'release',
    ...own,
    byClass: other === undefined ? {} : { [around.classes[0]!]: other },
    repairs: repairs === undefined ? [] : callsOf(repairs, around.callees),
  }));

const team = fc
  .record({
    people: fc.constantFrom<{ count: number; speed?: number }[]>(
      [{ count: 2 }],
      [
        { count: 1, speed: 2 },
        { count: 2, speed: 0.5 },
      ],
    ),
    effort: anyDistribution,
    next: fc.constantFrom('first-come' as const, 'oldest-first' as const, 'own-order' as const, 'priority' as const),
    isUrgent: fc.boolean(),
    inHand: fc.constantFrom(null, 1, 2),
    pickUp: fc.constantFrom(0, 0.1),
    meetings: fc.constantFrom(null, { every: 2, lasts: 0.5 }),
    talk: fc.constantFrom(0, 0.1),
    calls: maybe(narrow),
    finish: maybe(anyDistribution),
  })
  .map(({ isUrgent, calls, finish, ...own }): Draft => (around) => ({
    kind: 'team',
    ...own,
    interrupts: isUrgent ? [around.classes[0]!] : [],
    calls: calls === undefined ? [] : callsOf(calls, around.callees),
    ...(finish && { finish }),
  }));

const landscape = fc
  .record({
    teams: fc.integer({ min: 2, max: 5 }),
    choices: fc.integer({ min: 1, max: 3 }),
    coupling: fc.constantFrom(0, 1, 4),
    divergence: fc.constantFrom(0, 0.1),
    linked: fc.boolean(),
    standard: fc.boolean(),
    decides: fc.constantFrom('own' as const, 'whole' as const),
    agreed: fc.constantFrom(0, 1, 3),
    consent: fc.constantFrom('most' as const, 'all' as const, 'whole' as const),
    renewal: orNull(fc.constantFrom(0.7, 5)),
    asked: maybe(fc.nat(1000)),
    agreeing: maybe(fc.nat(1000)),
  })
  .map(({ asked, agreeing, ...own }): Draft => ({ callees: ids }) => ({
    kind: 'landscape',
    ...own,
    ...(asked === undefined || ids.length === 0 ? {} : { asks: pick(ids, asked) }),
    ...(agreeing === undefined || ids.length === 0 ? {} : { agrees: pick(ids, agreeing) }),
  }));

const changes = fc
  .record({
    isRecord: fc.boolean(),
    least: fc.constantFrom(1, 3),
    most: fc.constantFrom(1, 3),
    strays: share,
    drift: share,
    borders: fc.constantFrom('pairs', 'blind', 'found', 'foreseen'),
    learn: fc.constantFrom(0, 2, 1000),
    calls: fc.uniqueArray(fc.nat(1000), { maxLength: 4 }),
    order: fc.constantFrom('in-a-row' as const, 'at-once' as const),
    pieces: fc.constantFrom('per-owner' as const, 'per-component' as const),
  })
  .map(({ isRecord, least, most, strays, drift, calls, ...own }): Draft => ({ callees: ids }) => {
    const called = ids.length === 0 ? [] : [...new Set(calls.map((which) => pick(ids, which)))];
    const owners = called.length === 0 ? 3 : called.length;
    return {
      kind: 'changes',
      ...own,
      components: ['a', 'b', 'c', 'd', 'e', 'f'],
      clusters: isRecord
        ? null
        : {
            causes: [{ touches: [0, 1, 2] }, { touches: [3, 4], weight: 2 }],
            later: [{ touches: [0, 3, 5] }],
            least,
            most,
            strays,
            drift,
          },
      record: isRecord ? [[0, 1], [5], [2, 3, 4], [1, 4]] : null,
      drawings: { pairs: [0, 0, 1, 1, 2, 2].map((owner) => owner % owners) },
      limit: Math.ceil(6 / owners),
      ahead: 20,
      calls: called,
    };
  });

/** Parts that pass calls on: somebody stands behind them. */
export const anyFront: fc.Arbitrary<Draft> = fc.oneof(
  balancer,
  registry,
  gateway,
  identity,
  bus,
  cache,
  broker,
  transaction,
  cloudFunction,
  release,
  landscape,
  team,
  changes,
);

const workers = fc
  .record({
    workers: fc.constantFrom(1, 2, 7),
    job: span,
    serial: share,
    pieces: fc.constantFrom(1, 5, 20),
    grows: fc.boolean(),
    unevenness: cv2,
    locked: share,
    exchange: fc.constantFrom(0, 0.1),
    exchanges: fc.constantFrom('under-lock' as const, 'side-by-side' as const),
    inStep: fc.boolean(),
    queueLimit,
  })
  .map((own): Draft => () => ({ kind: 'workers', ...own }));

const accelerator = fc
  .record({
    devices: fc.constantFrom(1, 2),
    fixed: fc.constantFrom(0, 0.5),
    perItem: fc.constantFrom(0, 0.1),
    unevenness: cv2,
    batchLimit: fc.constantFrom(1, 3, 8),
    waitLimit: fc.constantFrom(null, 0, 0.7),
    queueLimit,
  })
  .map((own): Draft => () => ({ kind: 'accelerator', ...own }));

const organisation = fc
  .record({
    chart: fc.constantFrom('two', 'crossed'),
    knows: fc.constantFrom<number[]>([], [0, 1, 1, 2]),
    work: anyDistribution,
    kept: share,
    needs: fc.constantFrom(0, 1.5, 4),
    clustering: share,
    rework: share,
    reach: fc.constantFrom(3, 1000),
    talk: fc.record({
      inside: fc.constantFrom(0, 0.05),
      across: fc.constantFrom(0, 0.3),
      everyone: fc.constantFrom(null, 0.1),
    }),
    interface: fc.constantFrom(0, 0.2),
    copy: fc.constantFrom(0, 0.2),
    mates: fc.constantFrom(0, 0.04),
  })
  .map((own): Draft => () => ({
    kind: 'organisation',
    charts: { two: [0, 0, 1, 1], crossed: [0, 1, 0, 1] },
    tested: { every: 1, permutations: 99 },
    ...own,
  }));

/** Parts that call nobody. */
export const anyEnd: fc.Arbitrary<Draft> = fc.oneof(store, participant, workers, accelerator, organisation);

const steered = fc.nat(1000);

/** Parts that take no calls, and look after one of those that have instances. Only services have another version and zones. */
export const anySteering: fc.Arbitrary<(services: readonly string[], fleets: readonly string[]) => Part> = fc.oneof(
  fc
    .record({
      which: steered,
      rule: fc.constantFrom('kubernetes' as const, 'naive' as const, 'scheduled' as const),
      metric: fc.constantFrom('utilisation' as const, 'inside' as const, 'queue' as const, 'rate' as const),
      target: fc.constantFrom(0.3, 2),
      minInstances: fc.constantFrom(0, 1),
      maxInstances: fc.constantFrom(2, 6),
      sync: fc.constantFrom(1, 5),
      metricDelay: fc.constantFrom(0, 2),
      down: fc.record({ window: fc.constantFrom(0, 6) }),
    })
    .map(({ which, ...own }) => (_: readonly string[], fleets: readonly string[]): Part => ({
      kind: 'autoscaler',
      ...own,
      above: 1,
      below: 0.5,
      schedule: [
        { at: 8, instances: 3 },
        { at: 20, instances: 1 },
      ],
      part: pick(fleets, which),
    })),
  fc
    .record({
      which: steered,
      at: fc.constantFrom(null, 5),
      strategy: fc.constantFrom<Extract<Part, { kind: 'deployer' }>['strategy']>(
        { how: 'all-at-once' },
        { how: 'rolling', surge: 1, unavailable: { share: 0.5 } },
        { how: 'blue-green', keepOld: 3 },
        { how: 'canary', steps: [1, { share: 0.5 }] },
      ),
      stop: fc.constantFrom('kill' as const, 'drain' as const, 'out-then-drain' as const),
      outFor: fc.constantFrom(0, 1),
      readyAfter: fc.constantFrom(0, 1),
      pause: fc.constantFrom(0, 2),
      watch: orNull(fc.constant({ every: 1, most: { share: 0.2 }, keepsOn: 5 })),
    })
    .map(({ which, ...own }) => (services: readonly string[]): Part => ({
      kind: 'deployer',
      ...own,
      version: 'v2',
      part: pick(services, which),
    })),
  fc
    .record({
      which: steered,
      action: fc.constantFrom(
        { action: 'crash', which: 'each' as const },
        { action: 'crash', which: 'random' as const },
        { action: 'pause', which: 'random' as const },
        { action: 'zone-outage', which: 'zone' as const, zones: 2 },
        { action: 'outage', which: 'all' as const },
        { action: 'slow', which: 'all' as const, amount: 3 },
      ),
      every: anyDistribution.map((law) => ({ ...law, ...('mean' in law ? { mean: law.mean * 10 } : {}) })),
      lasts: anyDistribution,
      from: fc.constantFrom(0, 3),
      until: orNull(fc.constant(30)),
    })
    .map(({ which, action, ...own }) => (services: readonly string[]): Part => ({
      kind: 'chaos',
      ...own,
      ...action,
      part: pick(services, which),
    })),
  fc
    .record({
      which: steered,
      every: fc.constantFrom(0.5, 3),
      failuresNeeded: fc.constantFrom(1, 3),
      startDelay: fc.constantFrom(0, 4),
      mostInside: orNull(fc.constant(5)),
    })
    .map(({ which, ...own }) => (_: readonly string[], fleets: readonly string[]): Part => ({
      kind: 'prober',
      ...own,
      part: pick(fleets, which),
    })),
  fc
    .record({
      which: steered,
      base: fc.constantFrom(0, 2),
      exponent: fc.constantFrom(0.5, 1.3),
      link: fc.constantFrom(0, 1),
      message: fc.constantFrom(0, 0.25),
      charges: fc.constantFrom('wanted' as const, 'present' as const),
      every: fc.constantFrom(0.7, 5),
    })
    .map(({ which, ...own }) => (_: readonly string[], fleets: readonly string[]): Part => ({
      kind: 'bill',
      ...own,
      items: [{ part: pick(fleets, which), size: 3, links: 2 }],
    })),
);
