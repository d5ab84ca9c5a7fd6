/**
 * How each golden model is written as a scenario in the public format, and what each metric is in our measures: written
 * down once, here. The numbers of a case come from the case; a sibling with other numbers needs no new code.
 */
import { theory, type Run, type ScenarioSource, type SimulateOptions } from '../index.ts';
import { backoffs, contend } from '../parts/store/contention.fixture.ts';

/** Only what the tests read of a case. */
export interface GoldenCase {
  id: string;
  model: string;
  params: Record<string, number | string | number[]>;
  expect: { metric: string; value: number; tol: number }[];
  calibrationOnly?: boolean;
}

/** Makes a run in the public format; the test checks its books and makes none twice. */
export type Runner = (scenario: ScenarioSource, options?: SimulateOptions) => Run;

/** Each metric of a case, measured or computed when it is asked for. */
export type Reading = Record<string, () => number>;

type Parts = ScenarioSource['parts'];
type Part<Kind extends string> = Omit<Extract<Parts[string], { kind: Kind }>, 'kind'>;
type Service = Part<'service'>;
type Traffic = Part<'traffic'>;
type Balancer = Part<'balancer'>;

const exponential = (mean: number) => ({ law: 'exponential', mean }) as const;
const constant = (mean: number) => ({ law: 'constant', mean }) as const;
const poisson = (rate: number) => ({ pattern: 'poisson', rate }) as const;

/** A scenario in which `customers` come after a warm-up of a fiftieth of them. */
function spanning(customers: number, rate: number, parts: Parts, more: Partial<ScenarioSource> = {}): ScenarioSource {
  const span = customers / rate;
  return { id: 'golden', horizon: span * 1.02, warmUp: span * 0.02, parts, ...more };
}

/** Poisson traffic before one service. */
function queue(
  rate: number,
  customers: number,
  service: Service,
  traffic: Partial<Traffic> = {},
  more: Partial<ScenarioSource> = {},
): ScenarioSource {
  return spanning(
    customers,
    rate,
    {
      clients: { kind: 'traffic', arrivals: poisson(rate), calls: ['server'], ...traffic },
      server: { kind: 'service', ...service },
    },
    more,
  );
}

/** Users who think and then visit stations one after the other, each with one exponential server. */
function closedNetwork(demands: number[], think: number, users: number, horizon: number): ScenarioSource {
  const stations = demands.map((_, i) => `station${i + 1}`);
  return {
    id: 'golden',
    horizon,
    warmUp: horizon / 50,
    parts: {
      clients: {
        kind: 'traffic',
        arrivals: { pattern: 'closed', users, think: exponential(think) },
        calls: stations,
      },
      ...Object.fromEntries(
        demands.map((mean, i) => [stations[i], { kind: 'service', service: exponential(mean) } as const]),
      ),
    },
  };
}

/** A chain of stations with exponential service. */
function chain(rate: number, rates: number[], customers: number): ScenarioSource {
  const stations = rates.map((_, i) => `station${i + 1}`);
  return spanning(customers, rate, {
    clients: { kind: 'traffic', arrivals: poisson(rate), calls: stations },
    ...Object.fromEntries(
      rates.map((mu, i) => [stations[i], { kind: 'service', service: exponential(1 / mu) } as const]),
    ),
  });
}

/** The metrics of a single queue by their names in the cases, of a run that is made when one is asked for. */
function queueMetrics(make: () => Run): Reading {
  const of = (name: string) => () => make().measures[name]!.value!;
  const shares = () => make().timeShares['server.inside']!;
  return {
    utilization: of('server.utilisation'),
    meanSojourn: of('server.response.mean'),
    meanSojournAccepted: of('server.response.mean'),
    meanWait: of('server.wait.mean'),
    'E[wait^2]': of('server.wait.meanSquare'),
    L: of('server.inside.mean'),
    Lq: of('server.queue.mean'),
    p50Sojourn: of('server.response.p50'),
    p95Sojourn: of('server.response.p95'),
    p99Sojourn: of('server.response.p99'),
    probWaitZero: () => 1 - of('server.delayed')(),
    'probWait(ErlangC)': of('server.delayed'),
    blockingProb: of('server.refused'),
    rejectProb: of('server.refused'),
    abandonProb: of('server.refused'),
    carriedLoad: of('server.busy.mean'),
    throughput: of('server.throughput'),
    meanSlowdown: of('server.slowdown.mean'),
    probEmpty: () => shares()[0]!,
    varL: of('server.inside.variance'),
    'P(N>15)': () =>
      shares()
        .slice(16)
        .reduce((sum, share) => sum + share, 0),
    '|L - lambda*W|/L': () => {
      const inside = of('server.inside.mean')();
      return Math.abs(inside - of('server.throughput')() * of('server.response.mean')()) / inside;
    },
  };
}

const measure = (run: () => Run, name: string) => () => run().measures[name]!.value!;

/** Cases that take longer than a reader waits; they are read by `npm run test:long`. */
export const long = new Set(['supermarket-lam90', 'supermarket-lam99', 'tail-at-scale-fanout', 'aws-backoff-jitter']);

/** Each metric of a case. @throws for a case that nobody has written down here. */
export function read({ id, params }: GoldenCase, run: Runner): Reading {
  const number = (name: string, otherwise = NaN) => Number(params[name] ?? otherwise);
  const rate = number('lambda_');
  const customers = number('customers', 1_000_000);
  const mean = 1 / number('mu', 1);
  const servers = number('servers', 1);
  const single = (
    service: Service,
    traffic: Partial<Traffic> = {},
    more: Partial<ScenarioSource> = {},
    count = customers,
  ): Reading => queueMetrics(() => run(queue(rate, count, service, traffic, more)));
  switch (id) {
    case 'mm1-rho50':
    case 'mm1-rho80':
    case 'mm1-rho90':
    case 'mm4-lam3_6':
    case 'mm10-lam9_0':
      return single({ threads: servers, service: exponential(mean) });
    case 'littles-law':
      return queueMetrics(() => run(queue(0.8, 200_000, { service: exponential(1) })));
    case 'erlangB-c1-a0_9':
    case 'erlangB-c10-a7_0':
      return single({ threads: servers, queueLimit: 0, service: exponential(mean) });
    case 'mm1k10-lam0_9':
      return single({ queueLimit: number('systemCapacity') - 1, service: exponential(mean) });
    case 'md1-rho90':
      return single({ service: constant(1) });
    case 'mu1-rho80':
      return single({ service: { law: 'uniform', min: 0, max: 2 } });
    case 'mln1-cv1_5-rho70':
      return single({ service: { law: 'lognormal', mean: 1, cv2: 2.25 } });
    case 'mminf':
      return single({ threads: null, service: exponential(mean) });
    case 'mm1ps-rho80': {
      const sharing: Service = { threads: null, discipline: 'processor-sharing', service: exponential(1) };
      // every tenth request is a probe of size 2; the others are a little shorter, so that the load is the same
      const probed: Service = {
        ...sharing,
        service: exponential((1 - 0.1 * 2) / 0.9),
        byClass: { probe: constant(2) },
      };
      const classes = [
        { id: 'others', weight: 9 },
        { id: 'probe', weight: 1 },
      ];
      return {
        ...single(sharing),
        'E[T|size=2]': measure(() => run(queue(rate, customers, probed, { classes })), 'server.response.mean@probe'),
      };
    }
    case 'ciw-mm1ps':
      return single({ threads: null, discipline: 'processor-sharing', service: exponential(mean) });
    case 'mm1-lifo-rho80':
      return {
        ...single({ discipline: 'lifo', service: exponential(mean) }),
        'E[wait^2]_FIFO': measure(
          () => run(queue(rate, customers, { service: exponential(mean) })),
          'server.wait.meanSquare',
        ),
      };
    case 'mm1-priority-np':
    case 'mm1-priority-p': {
      const rates = [number('lambda1'), number('lambda2')];
      const classes = rates.map((weight, i) => ({ id: `class${i + 1}`, weight, priority: i }));
      const discipline = id === 'mm1-priority-p' ? 'priority-preemptive' : 'priority';
      const made = () =>
        run(queue(rates[0]! + rates[1]!, customers, { discipline, service: exponential(mean) }, { classes }));
      return {
        meanSojourn1: measure(made, 'server.response.mean@class1'),
        meanSojourn2: measure(made, 'server.response.mean@class2'),
      };
    }
    case 'jackson-tandem3': {
      const rates = params['mu'] as number[];
      const made = () => run(chain(rate, rates, customers));
      return {
        meanSojourn: measure(made, 'clients.roundTrip.mean'),
        L1: measure(made, 'station1.inside.mean'),
        L2: measure(made, 'station2.inside.mean'),
        L3: measure(made, 'station3.inside.mean'),
        interDepartureCv: () => departureVariation(run(chain(rate, rates, 150_000), { record: 'trace' }), 'station3'),
      };
    }
    case 'jackson-feedback': {
      const calls: Traffic['calls'] = [{ to: 'server', again: number('feedback') }];
      const made = () => run(queue(rate, customers, { service: exponential(mean) }, { calls }));
      const of = (name: string) => measure(made, name);
      return {
        visits: () => of('server.arrivals')() / of('clients.made')(),
        effectiveArrivalRate: of('server.throughput'),
        utilization: of('server.utilisation'),
        meanSojourn: of('clients.roundTrip.mean'),
      };
    }
    case 'mva-3st-N1':
    case 'mva-3st-N20': {
      const users = number('users');
      // long enough for the tolerances to be three standard errors and more
      const made = () =>
        run(closedNetwork(params['demands'] as number[], number('thinkTime'), users, users === 1 ? 300_000 : 60_000));
      return {
        throughput: measure(made, 'clients.throughput'),
        meanResponse: measure(made, 'clients.roundTrip.mean'),
        Q2: measure(made, 'station2.inside.mean'),
        U2: measure(made, 'station2.utilisation'),
      };
    }
    case 'forkjoin-2': {
      const branch = { kind: 'service', service: exponential(mean) } as const;
      const parts: Parts = {
        clients: { kind: 'traffic', arrivals: poisson(rate), calls: [{ parallel: ['left', 'right'] }] },
        left: branch,
        right: branch,
      };
      return { meanResponse: measure(() => run(spanning(customers, rate, parts)), 'clients.roundTrip.mean') };
    }
    case 'fanout-max-exp-2':
    case 'fanout-max-exp-100': {
      const made = () => run(fanOut(number('leaves'), 60_000, exponential(number('mean'))));
      return {
        mean: measure(made, 'clients.roundTrip.mean'),
        p50: measure(made, 'clients.roundTrip.p50'),
        p99: measure(made, 'clients.roundTrip.p99'),
      };
    }
    case 'tail-at-scale-fanout': {
      // most answers take a millisecond, a few take two seconds: how many requests take more than one
      const slow = (leaves: number, share: number, count: number) => () =>
        1 -
        run(
          fanOut(
            leaves,
            count,
            {
              law: 'empirical',
              values: [
                { value: 0.001, weight: 1 - share },
                { value: 2, weight: share },
              ],
            },
            1,
          ),
        ).measures['clients.withinTarget']!.value!;
      return {
        'P(slow) 1% x100 leaves': slow(100, 0.01, 100_000),
        'P(slow) 1/10000 x2000 leaves': slow(2000, 0.0001, 60_000),
        'P(slow) 1% x1': slow(1, 0.01, 200_000),
      };
    }
    case 'retry-p10-r3':
    case 'retry-p50-r3':
    case 'retry-p100-r3': {
      const made = () => run(retrying(number('failureProb'), { most: number('maxRetries'), backoff: 'none' }));
      return {
        attemptsPerRequest: measure(made, 'clients>server.triesPerCall'),
        successProb: () => 1 - made().measures['clients.failures']!.value!,
      };
    }
    case 'retry-token-bucket-p2':
    case 'retry-token-bucket-p50':
    case 'retry-token-bucket-p100': {
      const budget = { deposit: number('deposit'), cost: number('cost') };
      const made = () => run(retrying(number('failureProb'), { most: number('maxRetries'), backoff: 'none', budget }));
      return { loadAmplification: measure(made, 'clients>server.triesPerCall') };
    }
    case 'retry-amplification': {
      // every layer tries so often, and what is at the bottom always fails
      const layered = (layers: number, tries: number) => () => {
        const ids = Array.from({ length: layers + 1 }, (_, i) => `layer${i}`);
        const made = run({
          id: 'golden',
          horizon: 200,
          parts: {
            clients: { kind: 'traffic', arrivals: { pattern: 'trace', times: [0] }, calls: ['layer0'] },
            ...Object.fromEntries(
              ids.map((layer, i) => [
                layer,
                {
                  kind: 'service',
                  threads: null,
                  service: constant(0.001),
                  errors: i === layers ? 1 : 0,
                  calls: i === layers ? [] : [ids[i + 1]!],
                } as const,
              ]),
            ),
          },
          links: ids
            .slice(1)
            .map((to, i) => ({ from: ids[i]!, to, retry: { most: tries - 1, backoff: 'none' as const } })),
        });
        return made.measures[`layer${layers}.arrivals`]!.value!;
      };
      return { '3 layers x 4 attempts': layered(3, 4), '5 layers x 3 attempts': layered(5, 3) };
    }
    case 'breaker-open-cycle': {
      const arrivals = number('arrivalRate');
      const breaker = { trip: { consecutive: 1 }, open: number('openSeconds'), probes: number('halfOpenProbes') };
      const made = () =>
        run({
          ...retrying(number('failureProb'), undefined, breaker, arrivals),
          horizon: 300_000,
          warmUp: 100,
        });
      return {
        passedCallsPerSecond: measure(made, 'clients>server.tryRate'),
        rejectedFraction: measure(made, 'clients>server.rejected.breaker-open'),
      };
    }
    case 'token-bucket-burst': {
      const admitted = (until: number) =>
        run(
          {
            id: 'golden',
            horizon: 10,
            parts: {
              clients: {
                kind: 'traffic',
                arrivals: {
                  pattern: 'trace',
                  times: [
                    { at: 0, count: 100 },
                    { at: 2, count: 100 },
                  ],
                },
                calls: ['server'],
              },
              server: { kind: 'service', threads: null, service: constant(0.001) },
            },
            links: [{ from: 'clients', to: 'server', rateLimit: { rate: number('rate'), burst: number('burst') } }],
          },
          { until },
        ).measures['clients>server.tries']!.value!;
      return { admitted_t0: () => admitted(1), admitted_t2: () => admitted(9) - admitted(1) };
    }
    case 'mm1-deadline':
      return single({ service: exponential(mean) }, { patience: constant(number('tau')) });
    case 'zombie-timeout': {
      const links: ScenarioSource['links'] = [{ from: 'clients', to: 'server', timeout: number('tau') }];
      const made = () => run(queue(rate, customers, { service: exponential(mean) }, {}, { links }));
      return {
        goodputFraction: () => 1 - made().measures['clients.failures']!.value!,
        utilization: measure(made, 'server.utilisation'),
        wastedShare: measure(made, 'server.wasted'),
      };
    }
    case 'weibull-life': {
      const life = (shape: number) =>
        measure(
          () => run(queue(1, 200_000, { threads: null, service: { law: 'weibull', shape, scale: number('scale') } })),
          'server.service.mean',
        );
      return { 'mean k=0.5': life(0.5), 'mean k=1': life(1), 'mean k=3': life(3) };
    }
    case 'kanban-little':
      // a team that takes the next card the moment one is done: so many users who do not think
      return {
        leadTimeWeeks: measure(
          () => run(closedNetwork([1 / number('throughputPerWeek')], 0, number('wip'), 20_000)),
          'clients.roundTrip.mean',
        ),
      };
    case 'serial-availability':
      return {
        '10 x .999': () => theory.serialAvailability(0.999, 10),
        '30 x .9999': () => theory.serialAvailability(0.9999, 30),
        '2 replicas .99': () => theory.redundantAvailability(0.99, 2),
        '2-of-3 .99': () => theory.redundantAvailability(0.99, 3, 2),
        'MTBF 1000 MTTR 10': () => theory.availability(1000, 10),
      };
    case 'amdahl':
      return {
        'p=.95 n=16': () => theory.amdahl(0.95, 16),
        'p=.95 inf': () => theory.amdahl(0.95, Infinity),
        'gustafson p=.95 n=16': () => theory.gustafson(0.95, 16),
      };
    case 'usl':
      return {
        'N*': () => theory.scalabilityPeak(number('sigma'), number('kappa')),
        ...Object.fromEntries(
          [10, 44, 100].map((n) => [`C(${n})`, () => theory.universalScalability(number('sigma'), number('kappa'), n)]),
        ),
      };
    case 'team-channels':
      return {
        'n=5': () => theory.channels(5),
        'n=10': () => theory.channels(10),
        'n=50': () => theory.channels(50),
      };
    case 'mm1-setup-det': {
      const parts: Parts = {
        clients: { kind: 'traffic', arrivals: poisson(rate), calls: ['server'] },
        server: {
          kind: 'function',
          service: exponential(mean),
          coldStart: constant(number('setupMean')),
          keepAlive: 0,
          concurrency: 1,
          coldStartFor: 'line',
          queueLimit: null,
        },
      };
      const made = () => run(spanning(customers, rate, parts));
      return {
        meanSojourn: measure(made, 'server.response.mean'),
        // whoever finds the server off starts it
        fractionColdStarts: () =>
          made().measures['server.coldStarts']!.value! / made().measures['server.arrivals']!.value!,
      };
    }
    case 'lb-4-rho90':
    case 'jsq2-lam1_0':
    case 'jsq2-lam1_8': {
      // the standard error of M/M/1 at load 0.9 is 2 % over a million customers; the narrowest tolerances are 4.7 % of four
      // servers and 3.7 % of two
      const count = rate / servers < 0.8 ? 1_000_000 : servers === 4 ? 1_500_000 : 3_000_000;
      const own = (policy: Balancer['policy']) =>
        measure(() => run(balanced(rate, servers, { policy }, count)), 'server.response.mean');
      const central = queueMetrics(() => run(queue(rate, count, { threads: servers, service: exponential(mean) })));
      return {
        meanSojourn: own('join-shortest-queue'),
        meanSojourn_random: own('random'),
        meanSojourn_roundRobin: own('round-robin'),
        'meanSojourn_RR(E2/M/1)': own('round-robin'),
        meanSojourn_centralQueue: central['meanSojourn']!,
        meanSojourn_centralMM2: central['meanSojourn']!,
      };
    }
    case 'supermarket-lam50':
    case 'supermarket-lam80':
    case 'supermarket-lam90':
    case 'supermarket-lam99': {
      const each = number('lambda_perServer');
      const choices = (d: number) => () => {
        // Servers chosen at random are so many M/M/1: over a million customers their mean has a standard error of 1 % at
        // load 0.8, 2 % at 0.9 and 20 % at 0.99. With choices half a million keep it below a third of the tolerance, but
        // for two choices at load 0.8, where that is tightest, and near capacity, where a little luck moves the mean most.
        const chosen = each > 0.95 ? 3_000_000 : d === 2 && each > 0.5 ? 1_500_000 : 500_000;
        const alone = each > 0.95 ? 55_000_000 : each > 0.8 ? 3_000_000 : 1_000_000;
        const count = d > 1 ? chosen : alone;
        const runs = d === 1 && each > 0.95 ? 3 : 1;
        // a busy server forgets in a time of 4/(1 − load)² that it began empty; with choices much sooner
        const forgets = d > 1 ? 12 / (1 - each) : 4 / ((1 - each) * (1 - each));
        // servers chosen at random know nothing of each other: ten are as good as all, and sooner warm
        const many = d === 1 ? 10 : servers;
        const scenario = balanced(each * many, many, d === 1 ? null : supermarket(d), count, forgets * each * many);
        let mean = 0;
        for (let replication = 0; replication < runs; replication++)
          mean += run(scenario, { replication }).measures['server.response.mean']!.value! / runs;
        return mean;
      };
      return Object.fromEntries([1, 2, 3, 5].map((d) => [`meanSojourn_d${d}`, choices(d)]));
    }
    case 'hpa-formula': {
      const desired = (current: number, metric: number, target: number) => () =>
        theory.desiredReplicas(current, metric, target, number('tolerance'));
      return {
        '50 @90/75': desired(50, 90, 75),
        '1 @200m/100m': desired(1, 200, 100),
        '4 @50m/100m': desired(4, 50, 100),
        '10 @ 0.95 ratio': desired(10, 0.95, 1),
        '10 @ 1.09 ratio': desired(10, 1.09, 1),
        '10 @ 1.11 ratio': desired(10, 1.11, 1),
        '3 @ 0.5 ratio': desired(3, 0.5, 1),
      };
    }
    case 'hpa-stabilization': {
      // ten instances have all that they are meant to do, and from the drop on a tenth of it
      const drop = 600;
      const made = () =>
        run(
          {
            id: 'golden',
            horizon: 2 * drop,
            parts: {
              clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 100 }, calls: ['server'] },
              server: { kind: 'service', instances: 10, service: constant(0.05) },
              scaler: { kind: 'autoscaler', part: 'server', target: 0.5, maxInstances: 20 },
            },
            dials: [turnable('load', 'parts.clients.arrivals.rate', 100)],
            inputs: [{ at: drop, dial: 'load', value: 10 }],
          },
          { record: 'trace' },
        );
      return {
        'first scale-down not before s': () => {
          const { marks } = made().trace!;
          return marks.find(({ kind }) => kind === 'scale')!.at / made().time.ticks - drop;
        },
      };
    }
    case 'consumer-lag': {
      // arrivals and service are even, so what the fluid says is exact but for the messages in work
      const change = 60;
      const scenario: ScenarioSource = {
        id: 'golden',
        horizon: 3 * change,
        parts: {
          producers: {
            kind: 'traffic',
            arrivals: { pattern: 'constant', rate: number('rateIn') },
            calls: ['broker'],
          },
          broker: {
            kind: 'broker',
            mode: 'publish-subscribe',
            partitions: number('partitions'),
            groups: [{ id: 'group', to: 'worker', consumers: number('consumersFirst') }],
          },
          worker: { kind: 'service', threads: null, service: constant(1 / number('perConsumer')) },
        },
        dials: [turnable('consumers', 'parts.broker.groups.0.consumers', number('consumersFirst'))],
        inputs: [{ at: change, dial: 'consumers', value: number('consumersAfter60s') }],
      };
      return {
        lagAt60s: measure(() => run(scenario, { until: change }), 'broker.lag.last'),
        drainSeconds: () => {
          const { trace, time } = run(scenario, { record: 'trace' });
          return trace!.marks.find(({ kind }) => kind === 'drained')!.at / time.ticks - change;
        },
      };
    }
    case '2pc': {
      const participants = Array.from({ length: number('participants') }, (_, i) => `participant${i + 1}`);
      const made = () =>
        run({
          id: 'golden',
          time: { unit: 'ms', ticks: 1000 },
          horizon: 1000,
          parts: {
            clients: { kind: 'traffic', arrivals: { pattern: 'trace', times: [0] }, calls: ['coordinator'] },
            coordinator: {
              kind: 'transaction',
              protocol: 'two-phase-commit',
              participants: participants.map((to) => ({ to })),
              resendAfter: 500,
            },
            ...Object.fromEntries(participants.map((id) => [id, { kind: 'participant' } as const])),
          },
          links: participants.map((to) => ({ from: 'coordinator', to, latency: number('oneWayMs') })),
        });
      return {
        coordinatorDecisionMs: measure(made, 'coordinator.decision.mean'),
        participantsCommittedMs: measure(made, 'coordinator.committed.mean'),
        allAckedMs: measure(made, 'coordinator.acknowledged.mean'),
        lockHoldMs: measure(made, 'participant1.lockHold.mean'),
        messages: measure(made, 'coordinator.messages'),
      };
    }
    case 'lru-zipf0.8-N1000-C100': {
      const made = () =>
        run({
          id: 'golden',
          horizon: 260,
          warmUp: 10,
          parts: {
            clients: {
              kind: 'traffic',
              arrivals: poisson(1000),
              calls: ['cache'],
              keys: { law: 'zipf', count: number('keys'), exponent: number('zipf') },
            },
            cache: { kind: 'cache', behind: 'store', size: number('size') },
            store: { kind: 'store', threads: null },
          },
        });
      return { hitRatio: measure(made, 'cache.hitRatio') };
    }
    case 'cache-db-load':
      return { dbLoadMultiplier: () => theory.flushedLoad(number('hit')) };
    case 'consistent-hash-move': {
      const n = number('n');
      const made = () =>
        run({
          id: 'golden',
          horizon: 2,
          parts: {
            clients: { kind: 'traffic', arrivals: poisson(1), calls: ['store'] },
            store: { kind: 'store', sharding: 'consistent', shards: n, keys: 100_000 },
          },
          dials: [turnable('shards', 'parts.store.shards', n)],
          inputs: [{ at: 1, dial: 'shards', value: n + 1 }],
        });
      return { keysMovedFraction: measure(made, 'store.moved.last') };
    }
    case 'aws-backoff-jitter': {
      const contended = (kind: string, clients: number) => {
        // the source's own 100 replications are as far off as ours, and late finishers vary most
        const replications = clients < 100 ? number('replications') : 4 * number('replications');
        return contend(clients, kind, number('base'), number('cap'), replications);
      };
      const known = new Map<string, ReturnType<typeof contend>>();
      const of = (kind: string, clients: number) => {
        const key = `${kind}-${clients}`;
        if (!known.has(key)) known.set(key, contended(kind, clients));
        return known.get(key)!;
      };
      return Object.fromEntries(
        Object.keys(backoffs).flatMap((kind) =>
          (params['clients'] as number[]).flatMap((clients) => [
            [`${kind}-${clients}clients-calls`, () => of(kind, clients).calls],
            [`${kind}-${clients}clients-timeMs`, () => of(kind, clients).timeMs],
          ]),
        ),
      );
    }
    default:
      throw new Error(`${id} is written down nowhere: name it in golden.ts`);
  }
}

/** Requests that ask so many idle leaves at the same time and wait for all. */
function fanOut(leaves: number, customers: number, service: Service['service'], target?: number): ScenarioSource {
  return spanning(customers, 100, {
    clients: {
      kind: 'traffic',
      arrivals: poisson(100),
      calls: [{ to: 'leaf', copies: leaves }],
      ...(target === undefined ? {} : { target }),
    },
    leaf: { kind: 'service', threads: null, service },
  });
}

type Link = NonNullable<ScenarioSource['links']>[number];

/** Calls that fail independently, and are tried again. */
function retrying(errors: number, retry: Link['retry'], breaker: Link['breaker'] = null, rate = 1): ScenarioSource {
  return {
    ...queue(rate, 300_000, { threads: null, service: constant(0), errors }),
    links: [{ from: 'clients', to: 'server', retry: retry ?? null, breaker }],
  };
}

/** Variation of the gaps between a station's departures, read off a traced run's hops. */
function departureVariation({ trace }: Run, station: string): number {
  const { hops, parts } = trace!;
  const last = parts.indexOf(station);
  const times = Array.from(hops.endedAt.filter((time, hop) => hops.to[hop] === last && time >= 0)).toSorted(
    (a, b) => a - b,
  );
  const gaps = times.slice(1).map((time, i) => time - times[i]!);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) * (gap - mean), 0) / gaps.length) / mean;
}

/**
 * Servers with a line each, behind a balancer; without one, by chance.
 * @param warmUp so many customers come before those that are measured.
 */
function balanced(
  rate: number,
  servers: number,
  balancer: Omit<Balancer, 'targets'> | null,
  customers: number,
  warmUp = 0.02 * customers,
): ScenarioSource {
  return {
    id: 'golden',
    horizon: (customers + warmUp) / rate,
    warmUp: warmUp / rate,
    parts: {
      clients: { kind: 'traffic', arrivals: poisson(rate), calls: [balancer === null ? 'server' : 'balancer'] },
      ...(balancer === null ? {} : { balancer: { kind: 'balancer', targets: ['server'], ...balancer } }),
      server: { kind: 'service', instances: servers, line: 'each', spread: 'random', service: exponential(1) },
    },
  };
}

/** The less loaded of d servers, of which one may be drawn twice. Source: Mitzenmacher (2001). */
const supermarket = (d: number) =>
  ({ policy: 'power-of-choices', choices: d, replacement: true, sees: 'true' }) as const;

/** A dial that a run turns. */
const turnable = (id: string, place: string, start: number) => ({
  id,
  unit: 'number' as const,
  min: 1,
  max: 1000,
  step: 1,
  start,
  sets: [place],
});
