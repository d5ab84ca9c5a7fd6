/** How each golden model is written as a scenario, and what each metric is in our measures: written down once, here. */
import { simulate, theory, type Run, type ScenarioSource } from '../index.ts';

/** Only what the tests read of a case. */
export interface GoldenCase {
  id: string;
  params: Record<string, number | string | number[]>;
  expect: { metric: string; value: number; tol: number }[];
  calibrationOnly?: boolean;
}

/** A number read off a run, or computed by the module of closed forms. */
type Metric = (run: Run) => number;

interface Reading {
  /** The scenario in the public format; null when the case is a formula. */
  scenario: ScenarioSource | null;
  metrics: Record<string, Metric>;
}

const measure =
  (name: string): Metric =>
  (run) =>
    run.measures[name]!.value!;

const oneMinus =
  (name: string): Metric =>
  (run) =>
    1 - run.measures[name]!.value!;

/** The metrics of a single queue by their names in the cases. */
const queueMetrics: Record<string, Metric> = {
  utilization: measure('server.utilisation'),
  meanSojourn: measure('server.response.mean'),
  meanSojournAccepted: measure('server.response.mean'),
  meanWait: measure('server.wait.mean'),
  L: measure('server.inside.mean'),
  Lq: measure('server.queue.mean'),
  p50Sojourn: measure('server.response.p50'),
  p95Sojourn: measure('server.response.p95'),
  p99Sojourn: measure('server.response.p99'),
  probWaitZero: oneMinus('server.delayed'),
  'probWait(ErlangC)': measure('server.delayed'),
  blockingProb: measure('server.refused'),
  rejectProb: measure('server.refused'),
  carriedLoad: measure('server.busy.mean'),
  throughput: measure('server.throughput'),
  probEmpty: (run) => run.timeShares['server.inside']![0]!,
  varL: (run) => {
    const shares = run.timeShares['server.inside']!;
    const mean = shares.reduce((sum, share, n) => sum + n * share, 0);
    return shares.reduce((sum, share, n) => sum + (n - mean) * (n - mean) * share, 0);
  },
  'P(N>15)': (run) => run.timeShares['server.inside']!.slice(16).reduce((sum, share) => sum + share, 0),
  '|L - lambda*W|/L': (run) => {
    const { 'server.inside.mean': inside, 'server.response.mean': response, 'server.throughput': rate } = run.measures;
    return Math.abs(inside!.value! - rate!.value! * response!.value!) / inside!.value!;
  },
};

type Service = Extract<ScenarioSource['parts'][string], { kind: 'service' }>;

/** Poisson traffic before one service; `customers` come after a warm-up of a fiftieth of them. */
function queue(rate: number, customers: number, service: Omit<Service, 'kind'>): Reading {
  const span = customers / rate;
  return {
    scenario: {
      id: 'golden',
      horizon: span * 1.02,
      warmUp: span * 0.02,
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate }, calls: ['server'] },
        server: { kind: 'service', ...service },
      },
    },
    metrics: queueMetrics,
  };
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
        arrivals: { pattern: 'closed', users, think: { law: 'exponential', mean: think } },
        calls: stations,
      },
      ...Object.fromEntries(
        demands.map((mean, i) => [stations[i], { kind: 'service', service: { law: 'exponential', mean } }]),
      ),
    },
  };
}

const formula = (metrics: Record<string, () => number>): Reading => ({ scenario: null, metrics });

/** Each case by its id, or what it waits for. */
export function read({ id, params }: GoldenCase): Reading | { waitsFor: string } {
  const number = (name: string, otherwise = NaN) => Number(params[name] ?? otherwise);
  const rate = number('lambda_');
  const customers = number('customers', 1_000_000);
  const mean = 1 / number('mu', 1);
  const servers = number('servers', 1);
  const exponential = { law: 'exponential', mean } as const;
  switch (id) {
    case 'mm1-rho50':
    case 'mm1-rho80':
    case 'mm1-rho90':
    case 'mm4-lam3_6':
    case 'mm10-lam9_0':
    case 'littles-law':
      return id === 'littles-law'
        ? queue(0.8, 200_000, { service: { law: 'exponential', mean: 1 } })
        : queue(rate, customers, { threads: servers, service: exponential });
    case 'erlangB-c1-a0_9':
    case 'erlangB-c10-a7_0':
      return queue(rate, customers, { threads: servers, queueLimit: 0, service: exponential });
    case 'mm1k10-lam0_9':
      return queue(rate, customers, { queueLimit: number('systemCapacity') - 1, service: exponential });
    case 'md1-rho90':
      return queue(rate, customers, { service: { law: 'constant', mean: 1 } });
    case 'mu1-rho80':
      return queue(rate, customers, { service: { law: 'uniform', min: 0, max: 2 } });
    case 'mln1-cv1_5-rho70':
      return queue(rate, customers, { service: { law: 'lognormal', mean: 1, cv2: 2.25 } });
    case 'mminf':
      return queue(rate, customers, { threads: 200, service: exponential });
    case 'jackson-tandem3': {
      const rates = params['mu'] as number[];
      const stations = rates.map((_, i) => `station${i + 1}`);
      const span = customers / rate;
      return {
        scenario: {
          id: 'golden',
          horizon: span,
          warmUp: span / 50,
          parts: {
            clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate }, calls: stations },
            ...Object.fromEntries(
              rates.map((mu, i) => [stations[i], { kind: 'service', service: { law: 'exponential', mean: 1 / mu } }]),
            ),
          },
        },
        metrics: {
          meanSojourn: measure('clients.roundTrip.mean'),
          L1: measure('station1.inside.mean'),
          L2: measure('station2.inside.mean'),
          L3: measure('station3.inside.mean'),
          interDepartureCv: () => departureVariation(rate, rates),
        },
      };
    }
    case 'mva-3st-N1':
    case 'mva-3st-N20': {
      const demands = params['demands'] as number[];
      const users = number('users');
      // long enough for the tolerances to be three standard errors and more
      return {
        scenario: closedNetwork(demands, number('thinkTime'), users, id === 'mva-3st-N1' ? 300_000 : 60_000),
        metrics: {
          throughput: measure('clients.throughput'),
          meanResponse: measure('clients.roundTrip.mean'),
          Q2: measure('station2.inside.mean'),
          U2: measure('station2.utilisation'),
        },
      };
    }
    case 'kanban-little':
      // a team that takes the next card the moment one is done: so many users who do not think
      return {
        scenario: closedNetwork([1 / number('throughputPerWeek')], 0, number('wip'), 20_000),
        metrics: { leadTimeWeeks: measure('clients.roundTrip.mean') },
      };
    case 'serial-availability':
      return formula({
        '10 x .999': () => theory.serialAvailability(0.999, 10),
        '30 x .9999': () => theory.serialAvailability(0.9999, 30),
        '2 replicas .99': () => theory.redundantAvailability(0.99, 2),
        '2-of-3 .99': () => theory.redundantAvailability(0.99, 3, 2),
        'MTBF 1000 MTTR 10': () => theory.availability(1000, 10),
      });
    case 'amdahl':
      return formula({
        'p=.95 n=16': () => theory.amdahl(0.95, 16),
        'p=.95 inf': () => theory.amdahl(0.95, Infinity),
        'gustafson p=.95 n=16': () => theory.gustafson(0.95, 16),
      });
    case 'usl':
      return formula({
        'N*': () => theory.scalabilityPeak(number('sigma'), number('kappa')),
        ...Object.fromEntries(
          [10, 44, 100].map((n) => [`C(${n})`, () => theory.universalScalability(number('sigma'), number('kappa'), n)]),
        ),
      });
    case 'team-channels':
      return formula({
        'n=5': () => theory.channels(5),
        'n=10': () => theory.channels(10),
        'n=50': () => theory.channels(50),
      });
    default:
      return { waitsFor: waiting[id] ?? 'nobody knows: name it in golden.ts' };
  }
}

/** Variation of the gaps between departures of a chain's last station, read off a traced run's hops. */
function departureVariation(rate: number, rates: number[]): number {
  const stations = rates.map((_, i) => `station${i + 1}`);
  const run = simulate(
    {
      id: 'golden',
      horizon: 150_000 / rate,
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate }, calls: stations },
        ...Object.fromEntries(
          rates.map((mu, i) => [
            stations[i],
            { kind: 'service' as const, service: { law: 'exponential' as const, mean: 1 / mu } },
          ]),
        ),
      },
    },
    { record: 'trace' },
  );
  const { hops, parts } = run.trace!;
  const last = parts.indexOf(stations.at(-1)!);
  const times = Array.from(hops.endedAt.filter((time, hop) => hops.to[hop] === last && time >= 0)).toSorted(
    (a, b) => a - b,
  );
  const gaps = times.slice(1).map((time, i) => time - times[i]!);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) * (gap - mean), 0) / gaps.length) / mean;
}

/** What a case that cannot be expressed yet waits for. */
const waiting: Record<string, string> = {
  'mm1ps-rho80': 'discipline: processor sharing',
  'ciw-mm1ps': 'discipline: processor sharing',
  'mm1-lifo-rho80': 'discipline: last in, first out',
  'mm1-priority-np': 'classes with priority',
  'mm1-setup-det': 'start-up time',
  'jackson-feedback': 'a call plan with repetition',
  'lb-4-rho90': 'balancer',
  'jsq2-lam1_0': 'balancer',
  'jsq2-lam1_8': 'balancer',
  'supermarket-lam50': 'balancer',
  'supermarket-lam80': 'balancer',
  'supermarket-lam90': 'balancer',
  'supermarket-lam99': 'balancer',
  'forkjoin-2': 'a call plan in parallel',
  'fanout-max-exp-2': 'a call plan in parallel',
  'fanout-max-exp-100': 'a call plan in parallel',
  'tail-at-scale-fanout': 'a call plan in parallel',
  'retry-p10-r3': 'call policies: retry',
  'retry-p50-r3': 'call policies: retry',
  'retry-p100-r3': 'call policies: retry',
  'retry-amplification': 'call policies: retry',
  'retry-token-bucket-p2': 'call policies: retry budget',
  'retry-token-bucket-p50': 'call policies: retry budget',
  'retry-token-bucket-p100': 'call policies: retry budget',
  'breaker-open-cycle': 'call policies: circuit breaker',
  'token-bucket-burst': 'call policies: rate limit',
  'hpa-formula': 'control loop: autoscaler',
  'hpa-stabilization': 'control loop: autoscaler',
  'consumer-lag': 'broker',
  '2pc': 'transactions',
  'mm1-deadline': 'patience',
  'zombie-timeout': 'call policies: timeout',
  'metastable-threshold-r1': 'call policies: timeout and retry',
  'metastable-threshold-r2': 'call policies: timeout and retry',
  'metastable-threshold-r3': 'call policies: timeout and retry',
  'lru-zipf0.8-N1000-C100': 'cache',
  'cache-db-load': 'cache',
  'weibull-life': 'distribution: Weibull',
  'consistent-hash-move': 'store: shards',
  'aws-backoff-jitter': 'call policies: jitter, and a store with row locks',
};
