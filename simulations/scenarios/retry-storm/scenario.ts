/** Retry storm: three layers that try again hold the system down after its outage is over, and what ends that. */
import type { ScenarioSource } from '../../index.ts';

/** What each layer does about a failed call, unless a design says otherwise: it tries again at once. */
const retry = { most: 1, backoff: 'none', base: 2, cap: 8, jitter: 'none', budget: null } as const;

/** A token for every tenth call, paid in whether it succeeds or not. */
const tenth = { deposit: 0.1, on: 'call', capacity: 10 };

const inEveryLayer = (setting: string, value: unknown): Record<string, unknown> =>
  Object.fromEntries([0, 1, 2].map((link) => [`links.${link}.retry.${setting}`, value]));

/** The stock is down from the start for so long. */
const down = (duration: number) => ({ at: 0, fault: 'outage', duration });

/** The outage is mended as soon as it begins. */
const noOutage = { at: 10, mend: 'outage' };

/** Instead of the outage a crowd comes while calls are refused, so that all of them fail at the same moment. */
const crowd = {
  dials: { load: 5, upperRetries: 0 },
  inputs: [noOutage, { at: 30, fault: 'refusal', duration: 0.5 }, { at: 30, fault: 'stampede' }],
};

const scenario: ScenarioSource = {
  id: 'retry-storm',
  family: 'failing',
  horizon: 60,
  parts: {
    shoppers: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 15 }, calls: ['web'] },
    web: { kind: 'service', threads: null, service: { law: 'constant', mean: 0.01 }, calls: ['orders'] },
    orders: { kind: 'service', threads: null, service: { law: 'constant', mean: 0.01 }, calls: ['stock'] },
    // three at a time, a tenth of a second each: thirty a second
    stock: {
      kind: 'service',
      threads: 3,
      service: { law: 'constant', mean: 0.1 },
      waitsForInstances: true,
      queueLimit: 400,
      discipline: 'adaptive-lifo',
      newestFirstAbove: 400,
    },
  },
  links: [
    { from: 'shoppers', to: 'web', latency: 0.02, retry },
    { from: 'web', to: 'orders', latency: 0.002, retry },
    { from: 'orders', to: 'stock', latency: 0.002, timeout: 1, retry },
  ],
  designs: [
    { id: 'at-once', set: {} },
    { id: 'none', set: inEveryLayer('most', 0) },
    { id: 'backoff', set: inEveryLayer('backoff', 'exponential') },
    { id: 'jitter', set: { ...inEveryLayer('backoff', 'exponential'), ...inEveryLayer('jitter', 'full') } },
    {
      id: 'budget',
      set: {
        ...inEveryLayer('backoff', 'exponential'),
        ...inEveryLayer('jitter', 'full'),
        ...inEveryLayer('budget', tenth),
      },
    },
  ],
  dials: [
    { id: 'load', unit: 'rate', min: 2, max: 36, step: 1, start: 15, sets: ['parts.shoppers.arrivals.rate'] },
    { id: 'retries', unit: 'count', min: 0, max: 2, step: 1, start: 1, sets: ['links.2.retry.most'] },
    {
      id: 'upperRetries',
      unit: 'count',
      min: 0,
      max: 2,
      step: 1,
      start: 1,
      sets: ['links.0.retry.most', 'links.1.retry.most'],
    },
    { id: 'queueLimit', unit: 'count', min: 10, max: 400, step: 10, start: 400, sets: ['parts.stock.queueLimit'] },
    {
      id: 'newestFirst',
      unit: 'count',
      min: 0,
      max: 400,
      step: 10,
      start: 400,
      sets: ['parts.stock.newestFirstAbove'],
    },
  ],
  faults: [
    { id: 'outage', part: 'stock', action: 'outage', duration: 10 },
    { id: 'refusal', part: 'orders>stock', action: 'refuse', duration: 10 },
    { id: 'stampede', part: 'shoppers', action: 'surge', amount: 100, duration: 0.1 },
  ],
  inputs: [{ at: 10, fault: 'outage' }],
  show: {
    measures: [
      'stock.refused',
      'shoppers.failures',
      'shoppers.goodput',
      'stock.arrivals',
      'orders>stock.triesPerCall',
      'stock.wasted',
      'stock.queue.max',
    ],
    series: ['shoppers.goodput', 'orders>stock.tryRate', 'stock.queue'],
    sweep: { dial: 'load', measure: 'shoppers.failures' },
  },
  positions: { shoppers: [0, 0], web: [1, 0], orders: [2, 0], stock: [3, 0] },
  claims: [
    {
      id: 'three-layers-make-eight',
      at: { inputs: [down(300)], horizon: 300 },
      measure: 'stock.arrivals',
      over: { measure: 'shoppers.made' },
      relation: 'about',
      value: 8,
      margin: 0.03,
      control: { dials: { upperRetries: 0 }, inputs: [down(300)], horizon: 300 },
    },
    {
      id: 'two-retries-make-27',
      at: { dials: { retries: 2, upperRetries: 2 }, inputs: [down(100)], horizon: 100 },
      measure: 'stock.arrivals',
      over: { measure: 'shoppers.made' },
      relation: 'about',
      value: 27,
      margin: 0.03,
      control: { dials: { retries: 2 }, inputs: [down(100)], horizon: 100 },
    },
    {
      id: 'one-retry-never-ends',
      at: { dials: { load: 28, upperRetries: 0 }, horizon: 400 },
      measure: 'shoppers.failures',
      relation: 'above',
      value: 0.9,
      control: { dials: { load: 14, upperRetries: 0 }, horizon: 400 },
    },
    {
      id: 'three-layers-stay-down-at-a-sixth',
      at: { dials: { load: 5 }, horizon: 300 },
      measure: 'shoppers.failures',
      relation: 'above',
      value: 0.9,
      control: { dials: { load: 3 }, horizon: 300 },
    },
    {
      id: 'storm-outlasts-outage',
      at: { horizon: 300 },
      measure: 'shoppers.failures',
      relation: 'above',
      value: 0.9,
      control: { inputs: [noOutage], horizon: 300 },
    },
    {
      id: 'backoff-does-not-cure',
      at: { design: 'backoff', horizon: 300 },
      measure: 'shoppers.failures',
      relation: 'above',
      value: 0.9,
      control: { design: 'budget', horizon: 300 },
    },
    {
      id: 'jitter-does-not-cure',
      at: { design: 'jitter', horizon: 300 },
      measure: 'shoppers.failures',
      relation: 'above',
      value: 0.9,
      control: { design: 'budget', horizon: 300 },
    },
    {
      id: 'jitter-flattens-the-peak',
      at: { ...crowd, design: 'jitter' },
      measure: 'stock.queue.max',
      over: { at: { ...crowd, design: 'backoff' }, control: { design: 'backoff' } },
      relation: 'below',
      value: 0.5,
      control: { design: 'jitter' },
    },
    {
      id: 'budget-ends-it',
      at: { design: 'budget', dials: { load: 25, upperRetries: 0 }, horizon: 600 },
      measure: 'shoppers.failures',
      relation: 'below',
      value: 0.5,
      control: { dials: { load: 25, upperRetries: 0 }, horizon: 600 },
    },
    {
      id: 'budget-is-too-much-near-the-limit',
      at: { design: 'budget', dials: { load: 28, upperRetries: 0 }, horizon: 600 },
      measure: 'shoppers.failures',
      relation: 'above',
      value: 0.9,
      control: { design: 'budget', dials: { load: 25, upperRetries: 0 }, horizon: 600 },
    },
    {
      id: 'budgets-multiply-too',
      at: { design: 'budget', dials: { load: 25 }, horizon: 600 },
      measure: 'shoppers.failures',
      relation: 'above',
      value: 0.9,
      control: { design: 'budget', dials: { load: 25, upperRetries: 0 }, horizon: 600 },
    },
    {
      // a line that grows for 10 and shrinks for 140 of 300 is a triangle: its mean is a quarter of its height
      id: 'backlog-lasts-140',
      at: { design: 'none', dials: { load: 28 }, horizon: 300 },
      measure: 'stock.queue.mean',
      over: { measure: 'stock.queue.max' },
      relation: 'about',
      value: (10 + 140) / 2 / 300,
      margin: 0.15,
      control: { design: 'none', dials: { load: 24 }, horizon: 300 },
    },
    {
      id: 'newest-first-ends-the-backlog',
      at: { design: 'none', dials: { load: 28, newestFirst: 0 }, horizon: 300 },
      measure: 'shoppers.failures',
      relation: 'below',
      value: 0.15,
      control: { design: 'none', dials: { load: 28 }, horizon: 300 },
    },
    {
      id: 'queue-limit-ends-the-backlog',
      at: { design: 'none', dials: { load: 28, queueLimit: 20 }, horizon: 300 },
      measure: 'shoppers.failures',
      relation: 'below',
      value: 0.15,
      control: { design: 'none', dials: { load: 28, queueLimit: 200 }, horizon: 300 },
    },
    {
      id: 'newest-first-ends-the-storm',
      at: { dials: { newestFirst: 0 }, horizon: 300 },
      measure: 'shoppers.failures',
      relation: 'below',
      value: 0.1,
      control: { dials: { newestFirst: 400 }, horizon: 300 },
    },
    {
      id: 'queue-limit-ends-the-storm',
      at: { dials: { queueLimit: 20 }, horizon: 300 },
      measure: 'shoppers.failures',
      relation: 'below',
      value: 0.1,
      control: { dials: { queueLimit: 60 }, horizon: 300 },
    },
    {
      id: 'refusal-leaves-no-storm',
      at: { inputs: [noOutage, { at: 10, fault: 'refusal' }], horizon: 300 },
      measure: 'shoppers.failures',
      relation: 'below',
      value: 0.1,
      control: { horizon: 300 },
    },
  ],
};

export default scenario;
