/** Four tiers after 2010: many cheap instances that remember nothing, a cache for sessions, and a store for each kind of data. */
import type { ScenarioSource } from '../../index.ts';

/** Claims look at a shorter run where they can. */
const horizon = 140;
const crowd = (instances: number) => ({ readers: 200, instances });
const kill = { horizon, inputs: [{ at: 60, fault: 'kill' }] };
const placesDown = { horizon, inputs: [{ at: 60, fault: 'places-down' }] };
const shopDown = { inputs: [{ at: 100, fault: 'shop-down' }] };
const dbDown = { inputs: [{ at: 100, fault: 'db-down' }] };
const storm = { horizon: 200, inputs: [{ at: 60, fault: 'cache-lost' }] };

/** One database for all that a page needs. */
const allInOne = [
  'sessions',
  { to: 'accounts', probability: 0.02 },
  { to: 'db', inTurn: 2 },
  { to: 'db', operation: 'write', probability: 0.5 },
];

const scenario: ScenarioSource = {
  id: 'four-tier',
  family: 'scaling',
  time: { unit: 's', ticks: 1_000_000 },
  horizon: 240,
  warmUp: 40,
  parts: {
    readers: {
      kind: 'traffic',
      arrivals: { pattern: 'closed', users: 100, think: { law: 'exponential', mean: 5 } },
      keys: { count: 100, law: 'uniform' },
      calls: ['balancer'],
    },
    balancer: { kind: 'balancer', targets: ['app'] },
    app: {
      kind: 'service',
      instances: 6,
      line: 'each',
      service: { law: 'exponential', mean: 0.24 },
      calls: [
        'sessions',
        { to: 'accounts', probability: 0.02 },
        'pictures',
        { to: 'places', optional: true },
        { to: 'shop', operation: 'write', probability: 0.5 },
      ],
      holdsThread: false,
      startUp: 10,
    },
    sessions: { kind: 'cache', behind: 'accounts', hitTime: 0.002, warm: 1000 },
    accounts: { kind: 'service', service: { law: 'exponential', mean: 0.05 } },
    pictures: { kind: 'store', reads: 0.02, threads: null },
    places: { kind: 'store', reads: { law: 'exponential', mean: 0.005 } },
    shop: { kind: 'store', writes: 0.08, rowLocks: false },
    db: {
      kind: 'store',
      reads: { law: 'exponential', mean: 0.02 },
      writes: 0.08,
      rowLocks: false,
    },
  },
  links: [{ from: 'sessions', to: 'accounts', timeout: 8 }],
  designs: [
    { id: 'four', set: {} },
    {
      id: 'one-store',
      set: { 'parts.app.calls': allInOne },
    },
    {
      id: 'three',
      set: {
        'parts.app.calls': allInOne,
        'parts.app.instances': 2,
        'parts.app.speed': 2,
        'parts.balancer.policy': 'sticky',
        'parts.sessions.livesIn': 'app',
        'parts.sessions.hitTime': 0,
        'parts.sessions.coalesce': true,
      },
    },
  ],
  dials: [
    {
      id: 'readers',
      unit: 'count',
      min: 20,
      max: 240,
      step: 20,
      start: 100,
      sets: ['parts.readers.arrivals.users', 'parts.readers.keys.count'],
    },
    { id: 'instances', unit: 'count', min: 1, max: 12, step: 1, start: 6, sets: ['parts.app.instances'] },
    { id: 'login', unit: 'time', min: 0.01, max: 0.4, step: 0.01, start: 0.05, sets: ['parts.accounts.service.mean'] },
  ],
  faults: [
    { id: 'kill', part: 'app', action: 'crash', instance: 0, duration: 30 },
    { id: 'cache-lost', part: 'sessions', action: 'flush', duration: 1 },
    { id: 'places-down', part: 'places', action: 'down', duration: 30 },
    { id: 'shop-down', part: 'shop', action: 'down', duration: 30 },
    { id: 'db-down', part: 'db', action: 'down', duration: 30 },
  ],
  show: {
    measures: [
      'readers.throughput',
      'readers.roundTrip.mean',
      'app.utilisation',
      'sessions.misses',
      'accounts.utilisation',
      'readers.failures',
      'readers.degraded',
    ],
    series: ['app.queue', 'accounts.queue', 'shop.threadQueue', 'db.threadQueue'],
    sweep: { dial: 'instances', measure: 'readers.throughput' },
  },
  positions: {
    readers: [0, 1],
    balancer: [1, 1],
    app: [2, 1],
    sessions: [2, 0],
    accounts: [3, 0],
    places: [4, 0],
    pictures: [4, 1],
    shop: [3, 2],
    db: [1, 2],
  },
  claims: [
    {
      id: 'follows-the-instances',
      at: { design: 'four', dials: crowd(4), horizon },
      measure: 'readers.throughput',
      over: {
        at: { design: 'four', dials: crowd(2), horizon },
        control: { design: 'one-store', dials: crowd(4), horizon },
      },
      relation: 'about',
      value: 2,
      margin: 0.05,
      control: { design: 'one-store', dials: crowd(8), horizon },
    },
    {
      id: 'as-the-law-says',
      at: { design: 'four', dials: crowd(3), horizon },
      measure: 'readers.throughput',
      relation: 'about',
      value: { theory: 'mostThroughput' },
      margin: 0.04,
      control: { design: 'four', dials: crowd(12), horizon },
    },
    {
      id: 'until-the-next-bottleneck',
      at: { design: 'four', dials: { readers: 240, instances: 12 } },
      measure: 'readers.throughput',
      relation: 'about',
      value: { theory: 'mostThroughput' },
      margin: 0.04,
      control: { design: 'four', dials: { readers: 240, instances: 4 } },
    },
    {
      id: 'one-store-holds-all-up',
      at: { design: 'one-store', dials: crowd(12), horizon },
      measure: 'readers.throughput',
      over: {
        at: { design: 'one-store', dials: crowd(4), horizon },
        control: { design: 'four', dials: crowd(4), horizon },
      },
      relation: 'about',
      value: 1,
      margin: 0.04,
      control: { design: 'four', dials: crowd(12), horizon },
    },
    {
      id: 'a-dead-instance-is-no-outage',
      at: { design: 'four', ...kill },
      measure: 'readers.throughput',
      over: { at: { design: 'four', horizon }, control: { design: 'three', horizon } },
      relation: 'above',
      value: 0.93,
      control: { design: 'three', ...kill },
    },
    {
      id: 'and-logs-nobody-out',
      at: { design: 'four', ...kill },
      measure: 'sessions.misses',
      relation: 'below',
      value: 1,
      control: { design: 'three', ...kill },
    },
    {
      id: 'without-the-cache-all-are-logged-out',
      at: { design: 'four', ...storm },
      measure: 'sessions.misses',
      relation: 'above',
      value: 99,
      control: { design: 'four', ...kill },
    },
    {
      id: 'cheap-logins-are-survived',
      at: { design: 'four', dials: { login: 0.14 }, ...storm },
      measure: 'readers.failures',
      relation: 'below',
      value: 0.05,
      control: { design: 'four', dials: { login: 0.28 }, ...storm },
    },
    {
      id: 'dear-logins-are-not',
      at: { design: 'four', dials: { login: 0.28 }, ...storm },
      measure: 'accounts.queue.last',
      relation: 'above',
      value: 100,
      control: { design: 'four', dials: { login: 0.14 }, ...storm },
    },
    {
      id: 'twice-the-readers-half-the-threshold',
      at: { design: 'four', dials: { ...crowd(12), login: 0.14 }, ...storm },
      measure: 'accounts.queue.last',
      relation: 'above',
      value: 100,
      control: { design: 'four', dials: { readers: 100, instances: 12, login: 0.14 }, ...storm },
    },
    {
      id: 'unimportant-data-may-be-missing',
      at: { design: 'four', ...placesDown },
      measure: 'readers.failures',
      relation: 'below',
      value: 0.001,
      control: { design: 'four', ...shopDown },
    },
    {
      id: 'important-data-stops-those-who-need-it',
      at: { design: 'four', ...shopDown },
      measure: 'readers.failures',
      relation: 'below',
      value: 0.12,
      control: { design: 'three', ...dbDown },
    },
  ],
};

export default scenario;
