import { describe, expect, it } from 'vitest';
import { student95 } from '../engine/statistics.ts';
import { replicate, simulate, theory, type ScenarioSource } from '../index.ts';

/** Replications of each setting, and requests measured in each where a row says nothing else. */
const REPLICATIONS = 8;
const REQUESTS = 60_000;

/**
 * What a mean may be off: so many standard errors, by which one measure in two hundred would fail by chance (Student's t
 * over eight runs), and this share of what is expected, for what an empty start and a formula's idealisation leave.
 */
const ERRORS = 4;
const SHARE = 0.005;

type Parts = ScenarioSource['parts'];
type Part<Kind extends string> = Omit<Extract<Parts[string], { kind: Kind }>, 'kind'>;
type Arrivals = Part<'traffic'>['arrivals'];

const exponential = (mean: number) => ({ law: 'exponential', mean }) as const;
const constant = (mean: number) => ({ law: 'constant', mean }) as const;
const poisson = (rate: number) => ({ pattern: 'poisson', rate }) as const;

/** So many requests after a warm-up of a tenth of them. */
function spanning(rate: number, parts: Parts, more: Partial<ScenarioSource> = {}, requests = REQUESTS): ScenarioSource {
  const span = requests / rate;
  return { id: 'sibling', horizon: 1.1 * span, warmUp: 0.1 * span, parts, ...more };
}

/** Traffic before one part, which is called `server`. */
function before(
  rate: number,
  server: Parts[string],
  traffic: Partial<Part<'traffic'>> = {},
  more: Partial<ScenarioSource> = {},
  requests = REQUESTS,
): ScenarioSource {
  const clients = { kind: 'traffic', arrivals: poisson(rate), calls: ['server'], ...traffic } as Parts[string];
  return spanning(rate, { clients, server }, more, requests);
}

const service = (own: Partial<Part<'service'>> = {}): Parts[string] => ({
  kind: 'service',
  service: exponential(1),
  ...own,
});
/** Nobody waits, and work takes no time. */
const idle = (own: Partial<Part<'service'>> = {}) => service({ threads: null, service: constant(0), ...own });

/** Stations one after the other. */
const stations = (means: readonly number[]): Parts =>
  Object.fromEntries(means.map((mean, i) => [`station${i}`, service({ service: exponential(mean) })]));

/** What one server answers with gaps of another kind; `rate` is theirs. */
const paced = (arrivals: Arrivals, rate: number) => before(rate, service(), { arrivals });

/** The link from the clients to the server. */
const linked = (own: object): Partial<ScenarioSource> => ({ links: [{ from: 'clients', to: 'server', ...own }] });

const urgent = (rates: readonly number[]) => ({
  classes: rates.map((weight, priority) => ({ id: `class${priority}`, weight, priority })),
});

interface Sibling {
  name: string;
  scenario: ScenarioSource;
  /** Each measure with its closed form. */
  expected: Record<string, number>;
}

/** Demands at three stations, and time to think. */
const DEMANDS = [0.2, 0.5, 0.3];
const THINK = 2;

function closed(users: number): Sibling {
  const { throughput, response, inside, utilisations } = theory.meanValueAnalysis(DEMANDS, THINK, users);
  return {
    name: `a closed network of ${users} users`,
    scenario: {
      id: 'sibling',
      horizon: 22_000,
      warmUp: 2000,
      parts: {
        clients: {
          kind: 'traffic',
          arrivals: { pattern: 'closed', users, think: exponential(THINK) },
          calls: DEMANDS.map((_, i) => `station${i}`),
        },
        ...stations(DEMANDS),
      },
    },
    expected: {
      'clients.throughput': throughput,
      'clients.roundTrip.mean': response,
      'station1.inside.mean': inside[1]!,
      'station1.utilisation': utilisations[1]!,
    },
  };
}

function manyServers(servers: number, load: number): Sibling {
  const rate = servers * load;
  return {
    name: `M/M/${servers} at load ${load}`,
    scenario: before(rate, service({ threads: servers }), {}, {}, 2 * REQUESTS),
    expected: {
      'server.wait.mean': theory.waitMMc(rate, 1, servers),
      'server.delayed': theory.erlangC(rate, servers),
      'server.utilisation': load,
    },
  };
}

/** The same as so many instances with one thread each that take from one line. */
function manyInstances(servers: number, load: number): Sibling {
  const { expected } = manyServers(servers, load);
  const scenario = before(servers * load, service({ instances: servers }), {}, {}, 2 * REQUESTS);
  return { name: `${servers} instances before one line at load ${load}`, scenario, expected };
}

/** Servers that are chosen by chance are so many M/M/1, however many there are. */
function atRandom(servers: number, load: number): Sibling {
  return {
    name: `${servers} servers chosen by chance at load ${load}`,
    scenario: before(servers * load, service({ instances: servers, line: 'each', spread: 'random' })),
    expected: { 'server.response.mean': theory.responseRandom(servers * load, 1, servers) },
  };
}

function starting(law: 'constant' | 'exponential', keepAlive: number): Sibling {
  const setup = { mean: 3, cv2: law === 'constant' ? 0 : 1, keepAlive };
  return {
    name: `M/M/1 with ${law} setup, kept alive for ${keepAlive}`,
    scenario: before(0.5, {
      kind: 'function',
      service: exponential(1),
      coldStart: { law, mean: setup.mean },
      keepAlive,
      concurrency: 1,
      coldStartFor: 'line',
      queueLimit: null,
    }),
    expected: {
      'server.response.mean': theory.responseSetupMG1(0.5, 1, 1, setup),
      'server.coldShare': theory.setupShares(0.5, 1, setup).off,
    },
  };
}

function prioritised(discipline: 'priority' | 'priority-preemptive', rates: number[], threads = 1): Sibling {
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  const classes = rates.map((rate) => ({ rate, serviceTime: 1, cv2: 1 }));
  const responses =
    threads > 1
      ? discipline === 'priority'
        ? theory.responsesByPriorityMMc(rates, 1, threads)
        : theory.responsesByPreemptionMMc(rates, 1, threads)
      : discipline === 'priority'
        ? theory.responsesByPriority(classes)
        : theory.responsesByPreemption(classes);
  return {
    name: `${discipline} among ${rates.length} classes on ${threads} threads`,
    scenario: before(total, service({ discipline, threads }), urgent(rates)),
    expected: Object.fromEntries(responses.map((response, i) => [`server.response.mean@class${i}`, response])),
  };
}

function cached(ttlFrom: 'fill' | 'use', life: number): Sibling {
  const popularity = theory.zipf(100, 1);
  const rate = 50;
  const ofKey = ttlFrom === 'fill' ? theory.hitRatioFixedLife : theory.hitRatioSlidingLife;
  return {
    name: `entries that live for ${life} from each ${ttlFrom}`,
    scenario: spanning(rate, {
      clients: {
        kind: 'traffic',
        arrivals: poisson(rate),
        calls: ['cache'],
        keys: { law: 'zipf', count: 100, exponent: 1 },
      },
      cache: { kind: 'cache', behind: 'store', ttl: life, ttlFrom },
      store: { kind: 'store', threads: null },
    }),
    expected: { 'cache.hitRatio': theory.hitRatioOverKeys(popularity, rate, (own) => ofKey(own, life)) },
  };
}

function resent(factor: 1 | 2): Sibling {
  const loss = 0.1;
  const delay = factor === 1 ? theory.resendDelay(loss, 0.5) : theory.resendDelayDoubling(loss, 0.5);
  return {
    name: `messages that are lost and sent again after a wait that grows by ${factor}`,
    scenario: before(1, idle(), {}, linked({ latency: 1, loss, retransmit: { after: 0.5, factor, most: 100 } })),
    expected: { 'clients.roundTrip.mean': 2 * (1 + delay) },
  };
}

function broken(failure: number, trip: number, probes: number): Sibling {
  const rate = 5;
  const { passed, rejected } = theory.breakerCycle({ rate, failure, openFor: 2, trip, probes });
  const breaker = { trip: { consecutive: trip }, open: 2, probes };
  return {
    name: `a breaker that opens after ${trip} of calls of which ${failure} fail, with ${probes} probes`,
    scenario: before(rate, idle({ errors: failure }), {}, linked({ breaker })),
    expected: { 'clients>server.tryRate': passed, 'clients>server.rejected.breaker-open': rejected },
  };
}

function agreed(participants: number): Sibling {
  const ids = Array.from({ length: participants }, (_, i) => `participant${i}`);
  const oneWay = 0.01;
  const work = 0.05;
  const expected = theory.twoPhaseCommit(oneWay, participants, theory.slowestMean(work, participants));
  return {
    name: `two-phase commit of ${participants} whose work is exponential`,
    scenario: spanning(
      1,
      {
        clients: {
          kind: 'traffic',
          arrivals: poisson(1),
          calls: ['coordinator'],
          // so many keys that nobody waits for a lock
          keys: { law: 'uniform', count: 100_000 },
        },
        coordinator: {
          kind: 'transaction',
          protocol: 'two-phase-commit',
          participants: ids.map((to) => ({ to })),
          resendAfter: 10,
        },
        ...Object.fromEntries(ids.map((id) => [id, { kind: 'participant', work: exponential(work) } as const])),
      },
      { links: ids.map((to) => ({ from: 'coordinator', to, latency: oneWay })) },
      10_000,
    ),
    expected: {
      'coordinator.decision.mean': expected.decided,
      'coordinator.committed.mean': expected.committed,
      'coordinator.acknowledged.mean': expected.acknowledged,
      'participant0.lockHold.mean': expected.lockHeld,
      'coordinator.messages': expected.messages,
    },
  };
}

const bursts = { rates: [0.3, 1.2], stays: [20, 10] } as const;
const room = theory.queueMMcK(2.7, 1, 3, 8);
const twice = theory.hedged(1, 0.5);

const siblings: Sibling[] = [
  manyServers(2, 0.7),
  // more than sixteen threads or instances: columns grow on the way
  manyServers(20, 0.85),
  manyInstances(20, 0.85),
  atRandom(20, 0.6),
  prioritised('priority', [0.2, 0.2, 0.3]),
  prioritised('priority-preemptive', [0.2, 0.2, 0.3]),
  prioritised('priority', [0.6, 0.8], 2),
  prioritised('priority-preemptive', [0.6, 0.8], 2),
  {
    name: 'bursts before one server',
    scenario: paced(
      {
        pattern: 'bursts',
        calm: bursts.rates[0],
        busy: bursts.rates[1],
        calmLasts: bursts.stays[0],
        busyLasts: bursts.stays[1],
      },
      theory.meanRate(bursts),
    ),
    expected: { 'server.response.mean': theory.burstsMM1(bursts, 1).response },
  },
  {
    name: 'batches of three before one server',
    scenario: paced({ pattern: 'batches', rate: 0.2, size: 3 }, 0.6),
    expected: { 'server.wait.mean': theory.waitBatchMG1(0.2, { mean: 3, meanSquare: 9 }, 1, 1) },
  },
  {
    name: 'batches of geometric size before one server',
    scenario: paced({ pattern: 'batches', rate: 0.2, size: 3, spread: 'geometric' }, 0.6),
    expected: { 'server.wait.mean': theory.waitBatchMG1(0.2, { mean: 3, meanSquare: 15 }, 1, 1) },
  },
  closed(5),
  closed(40),
  {
    name: 'Erlang A: those who wait lose patience',
    scenario: before(3.3, service({ threads: 3 }), { patience: exponential(2) }),
    expected: { 'server.refused': theory.erlangA(3.3, 1, 3, 2).abandoned },
  },
  starting('exponential', 0),
  starting('exponential', 2),
  starting('constant', 1),
  {
    name: 'D/M/1',
    scenario: paced({ pattern: 'constant', rate: 0.8 }, 0.8),
    expected: {
      'server.response.mean': theory.responseGM1(theory.gammaGaps(0.8, 0), 0.8, 1),
      'server.delayed': theory.delayedGM1(theory.gammaGaps(0.8, 0), 0.8, 1),
    },
  },
  {
    name: 'E4/M/1',
    scenario: paced({ pattern: 'renewal', gap: { law: 'erlang', mean: 1.25, phases: 4 } }, 0.8),
    expected: {
      'server.response.mean': theory.responseGM1(theory.erlangGaps(0.8, 4), 0.8, 1),
      'server.delayed': theory.delayedGM1(theory.erlangGaps(0.8, 4), 0.8, 1),
    },
  },
  {
    name: 'last come, first served',
    scenario: before(0.6, service({ discipline: 'lifo' })),
    expected: {
      'server.wait.mean': theory.waitMMc(0.6, 1, 1),
      // the third moment of an exponential of mean 1 is 6
      'server.wait.meanSquare': theory.waitSquareLIFO(0.6, 1, 1, 6),
    },
  },
  {
    name: 'processor sharing with lognormal work, which does not matter',
    scenario: before(
      0.6,
      service({ threads: null, discipline: 'processor-sharing', service: { law: 'lognormal', mean: 1, cv2: 4 } }),
    ),
    expected: {
      'server.response.mean': theory.responsePS(0.6, 1),
      'server.slowdown.mean': theory.slowdownPS(0.6, 1),
    },
  },
  {
    name: 'two stations one after the other',
    scenario: spanning(0.6, {
      clients: { kind: 'traffic', arrivals: poisson(0.6), calls: ['station0', 'station1'] },
      ...stations([1, 1 / 1.5]),
    }),
    expected: { 'clients.roundTrip.mean': theory.tandemResponse(0.6, [1, 1.5]) },
  },
  {
    name: 'customers who come back with probability 0.4',
    scenario: before(0.4, service(), { calls: [{ to: 'server', again: 0.4 }] }),
    expected: {
      'clients.roundTrip.mean': theory.feedbackMM1(0.4, 1, 0.4).response,
      'server.throughput': theory.feedbackMM1(0.4, 1, 0.4).rate,
    },
  },
  {
    name: 'M/M/3 with room for eight',
    scenario: before(2.7, service({ threads: 3, queueLimit: 5 })),
    expected: {
      'server.refused': room.refused,
      'server.response.mean': room.response,
      'server.queue.mean': room.queue,
    },
  },
  {
    name: 'a hedge after half the mean',
    scenario: before(1, idle({ service: exponential(1) }), {}, linked({ hedge: { after: 0.5 } })),
    expected: { 'clients.roundTrip.mean': twice.mean, 'clients>server.triesPerCall': 1 + twice.extra },
  },
  {
    // most leaves answer in a millisecond and a few in two seconds
    name: 'a request that waits for the slowest of fifty leaves',
    scenario: before(
      100,
      idle({
        service: {
          law: 'empirical',
          values: [
            { value: 0.001, weight: 0.99 },
            { value: 2, weight: 0.01 },
          ],
        },
      }),
      { calls: [{ to: 'server', copies: 50 }], target: 1 },
      {},
      10_000,
    ),
    expected: { 'clients.withinTarget': 1 - theory.slowShare(0.01, 50) },
  },
  resent(1),
  resent(2),
  broken(0.4, 3, 2),
  broken(0.7, 1, 1),
  {
    name: 'a token bucket before Poisson calls',
    scenario: before(10, idle(), {}, linked({ rateLimit: { rate: 8, burst: 5 } })),
    expected: { 'clients>server.tryRate': 10 * theory.tokenBucketAdmits(10, 8, 5) },
  },
  cached('fill', 2),
  cached('use', 2),
  agreed(2),
  agreed(6),
  {
    name: 'a function that is kept alive for a while',
    scenario: before(0.5, { kind: 'function', service: constant(0.001), coldStart: constant(0.001), keepAlive: 2 }),
    expected: { 'server.coldShare': theory.coldStartShare(0.5, 2) },
  },
];

describe('other settings come out as their closed forms say', () => {
  it.each(siblings)('$name', ({ scenario, expected }) => {
    const { measures, conserves } = replicate(scenario, { replications: REPLICATIONS });
    expect(conserves).toBe(true);
    for (const [measure, value] of Object.entries(expected)) {
      const estimate = measures[measure];
      expect(estimate?.value, `${measure} is not measured`).toBeTypeOf('number');
      const error = estimate!.halfWidth! / student95(REPLICATIONS - 1);
      expect(
        Math.abs(estimate!.value! - value),
        `${measure}: ${estimate!.value} instead of ${value}, standard error ${error}`,
      ).toBeLessThanOrEqual(ERRORS * error + SHARE * value);
    }
  });
});

/** The share of requests that fail from `from` on until `to`, after something was broken for a while at `at`. */
function failuresAfter(
  parts: Parts,
  { part, action, at, duration }: { part: string; action: string; at: number; duration: number },
  [from, to]: readonly [number, number],
  more: Partial<ScenarioSource> = {},
): { broken: number; unbroken: number } {
  const scenario: ScenarioSource = {
    id: 'sibling',
    horizon: to,
    warmUp: from,
    parts,
    faults: [{ id: 'trigger', part, action, duration }],
    ...more,
  };
  const failures = (inputs: { at: number; fault: string }[]) =>
    simulate(scenario, { inputs }).measures['clients.failures']!.value!;
  return { broken: failures([{ at, fault: 'trigger' }]), unbroken: failures([]) };
}

describe('a system that is pushed over stays down, or gets up again, as the theory says', () => {
  const capacity = 100;
  const retrying = (rate: number, most: number) =>
    failuresAfter(
      {
        clients: { kind: 'traffic', arrivals: poisson(rate), calls: ['server'] },
        server: service({ service: constant(1 / capacity) }),
      },
      // what has piled up meanwhile, of tries that nobody waits for any more, is gone long before 300 s
      { part: 'server', action: 'pause', at: 50, duration: 10 },
      [300, 500],
      linked({ timeout: 0.5, retry: { most, backoff: 'none' } }),
    );

  it.each([
    { rate: 60, retries: 1, isVulnerable: true },
    { rate: 40, retries: 1, isVulnerable: false },
    { rate: 40, retries: 2, isVulnerable: true },
    { rate: 25, retries: 2, isVulnerable: false },
    { rate: 60, retries: 0, isVulnerable: false },
  ])(
    'at a rate of $rate of $retries retries each after an outage: $isVulnerable',
    ({ rate, retries, isVulnerable }) => {
      expect(theory.staysDown(rate, capacity, retries)).toBe(isVulnerable);
      const { broken: after, unbroken } = retrying(rate, retries);
      expect(unbroken).toBeLessThan(0.001);
      if (isVulnerable) expect(after).toBeGreaterThan(0.95);
      else expect(after).toBeLessThan(0.001);
    },
  );

  /** The store behind answers half of what is asked, when the cache is empty and all of it comes there. */
  const lookAside = (fills: 'in-time' | 'late-too') =>
    failuresAfter(
      {
        clients: {
          kind: 'traffic',
          arrivals: poisson(100),
          calls: ['cache'],
          keys: { law: 'uniform', count: 1000 },
        },
        cache: { kind: 'cache', behind: 'store', warm: 1000, fills },
        store: { kind: 'store', reads: 0.02 },
      },
      { part: 'cache', action: 'flush', at: 20, duration: 1 },
      [300, 500],
      { links: [{ from: 'clients', to: 'cache', timeout: 0.5 }] },
    );

  it('a look-aside cache that was emptied stays empty, as nobody is left to fill it when the answer comes', () => {
    const { broken: after, unbroken } = lookAside('in-time');
    expect(unbroken).toBe(0);
    expect(after).toBeGreaterThan(0.9);
  });

  it('a cache that fills itself is full again although its callers have gone', () => {
    const { broken: after, unbroken } = lookAside('late-too');
    expect(unbroken).toBe(0);
    expect(after).toBe(0);
  });
});

describe('under overload the order of the line decides who is served in time', () => {
  const share = (discipline: 'fifo' | 'lifo') =>
    simulate(before(1.5, service({ discipline, service: constant(1) }), { target: 5 }, {}, 20_000)).measures;

  it('first come, first served: nobody, once the line is longer than what they can wait', () => {
    const measures = share('fifo');
    expect(measures['clients.goodput']!.value).toBe(0);
    expect(measures['server.throughput']!.value).toBeCloseTo(1, 3);
  });

  it('newest first: most of what is served', () => {
    const measures = share('lifo');
    expect(measures['server.throughput']!.value).toBeCloseTo(1, 3);
    expect(measures['clients.goodput']!.value).toBeGreaterThan(0.8);
  });
});
