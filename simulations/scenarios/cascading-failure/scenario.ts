/** Cascading failure: one slow dependency takes the threads of all, and what each protection saves. */
import type { ScenarioSource } from '../../index.ts';

/** The slow spell that every run has is mended as soon as it begins. */
const calm = [{ at: 20, mend: 'slow' }];

/** Payments are slow for so long. */
const slowFor = (duration: number) => [...calm, { at: 20, fault: 'slow', duration }];

/** Other misfortunes in place of the slow spell. */
const dead = [...calm, { at: 20, fault: 'dead' }];
const silent = [...calm, { at: 20, fault: 'silent' }];
const rush = [...calm, { at: 20, fault: 'rush' }];

const scenario: ScenarioSource = {
  id: 'cascading-failure',
  family: 'failing',
  horizon: 120,
  warmUp: 5,
  parts: {
    shoppers: {
      kind: 'traffic',
      arrivals: { pattern: 'poisson', rate: 30 },
      target: 0.5,
      classes: [
        { id: 'browse', weight: 4 },
        { id: 'pay', weight: 1 },
      ],
      calls: ['web'],
    },
    web: {
      kind: 'gateway',
      threads: 20,
      holdsThread: true,
      queueLimit: 400,
      work: { law: 'constant', mean: 0.005 },
      routes: [
        { classes: ['browse'], calls: ['catalogue'] },
        { classes: ['pay'], calls: ['payments'] },
      ],
    },
    catalogue: { kind: 'service', threads: 4, service: { law: 'exponential', mean: 0.04 } },
    payments: { kind: 'service', threads: null, service: { law: 'constant', mean: 0.1 } },
  },
  links: [
    { from: 'shoppers', to: 'web', latency: 0.02 },
    { from: 'web', to: 'catalogue', latency: 0.002 },
    {
      from: 'web',
      to: 'payments',
      latency: 0.01,
      timeout: 4,
      breaker: { trip: { share: 0.5, window: 20, least: 10 }, open: 5, probes: 3 },
      bulkhead: { most: 8 },
    },
  ],
  designs: [
    { id: 'time-limit', set: { 'links.2.breaker': null, 'links.2.bulkhead': null } },
    { id: 'bare', set: { 'links.2.timeout': null, 'links.2.breaker': null, 'links.2.bulkhead': null } },
    { id: 'breaker', set: { 'links.2.bulkhead': null } },
    { id: 'bulkhead', set: {} },
    { id: 'shedding', set: { 'parts.web.queueLimit': 20 } },
  ],
  dials: [
    { id: 'rate', unit: 'rate', min: 5, max: 60, step: 5, start: 30, sets: ['parts.shoppers.arrivals.rate'] },
    { id: 'pool', unit: 'count', min: 5, max: 60, step: 1, start: 20, sets: ['parts.web.threads'] },
    { id: 'timeout', unit: 'time', min: 0.5, max: 12, step: 0.5, start: 4, sets: ['links.2.timeout'] },
    { id: 'room', unit: 'count', min: 10, max: 400, step: 10, start: 400, sets: ['parts.web.queueLimit'] },
  ],
  faults: [
    { id: 'slow', part: 'payments', action: 'slow', amount: 100, duration: 40 },
    { id: 'dead', part: 'payments', action: 'outage', duration: 40 },
    { id: 'silent', part: 'web>payments', action: 'partition', duration: 40 },
    { id: 'rush', part: 'shoppers', action: 'surge', amount: 5, duration: 10 },
  ],
  inputs: [{ at: 20, fault: 'slow' }],
  show: {
    measures: [
      'shoppers.roundTrip.mean@browse',
      'shoppers.withinTarget@browse',
      'shoppers.failures@browse',
      'shoppers.failures@pay',
      'web.busy.mean',
      'web.refused',
    ],
    series: ['web.busy', 'web.queue', 'shoppers.goodput'],
    sweep: { dial: 'timeout', measure: 'shoppers.withinTarget@browse' },
  },
  positions: { shoppers: [0, 0], web: [1, 0], catalogue: [2, 0], payments: [2, 1] },
  claims: [
    {
      id: 'threads-held',
      at: { design: 'bare', dials: { rate: 15, pool: 60 }, inputs: slowFor(980), horizon: 1000 },
      measure: 'web>payments.underWay.mean',
      relation: 'about',
      value: 15 * 0.2 * 10,
      margin: 0.06,
      control: { design: 'bare', dials: { rate: 20, pool: 60 }, inputs: slowFor(980), horizon: 1000 },
    },
    {
      id: 'dies-when-the-pool-is-passed',
      at: { design: 'bare', dials: { rate: 15 }, inputs: slowFor(280), horizon: 300 },
      measure: 'shoppers.withinTarget@browse',
      relation: 'below',
      value: 0.2,
      control: { design: 'bare', dials: { rate: 15, pool: 40 }, inputs: slowFor(280), horizon: 300 },
    },
    {
      id: 'slow-is-worse-than-dead',
      at: { design: 'bare' },
      measure: 'shoppers.withinTarget@browse',
      over: { at: { design: 'bare', inputs: dead }, control: { design: 'bulkhead', inputs: dead } },
      relation: 'below',
      value: 0.7,
      control: { design: 'bulkhead' },
    },
    {
      id: 'silent-never-ends',
      at: { design: 'bare', inputs: silent, horizon: 300 },
      measure: 'web.busy.last',
      relation: 'above',
      value: 19.5,
      control: { design: 'time-limit', inputs: silent, horizon: 300 },
    },
    {
      id: 'long-time-limit-protects-nothing',
      at: { dials: { timeout: 4 }, inputs: slowFor(280), horizon: 300 },
      measure: 'shoppers.withinTarget@browse',
      relation: 'below',
      value: 0.2,
      control: { dials: { timeout: 2 }, inputs: slowFor(280), horizon: 300 },
    },
    {
      id: 'long-time-limit-with-a-larger-pool',
      at: { dials: { timeout: 4, pool: 40 }, inputs: slowFor(280), horizon: 300 },
      measure: 'shoppers.withinTarget@browse',
      relation: 'above',
      value: 0.95,
      control: { dials: { timeout: 4 }, inputs: slowFor(280), horizon: 300 },
    },
    {
      id: 'short-time-limit-saves-the-page',
      at: { dials: { timeout: 1 } },
      measure: 'shoppers.withinTarget@browse',
      relation: 'above',
      value: 0.99,
      control: { dials: { timeout: 4 } },
    },
    {
      id: 'time-limit-saves-no-payment',
      at: { dials: { timeout: 1 } },
      measure: 'shoppers.failures@pay',
      over: { at: { inputs: dead } },
      relation: 'about',
      value: 1,
      margin: 0.05,
      control: { dials: { timeout: 12 } },
    },
    {
      id: 'breaker-needs-failures',
      at: { design: 'breaker', dials: { timeout: 12 } },
      measure: 'shoppers.withinTarget@browse',
      relation: 'below',
      value: 0.7,
      control: { design: 'breaker' },
    },
    {
      id: 'breaker-mends-a-long-time-limit',
      at: { design: 'breaker' },
      measure: 'shoppers.withinTarget@browse',
      relation: 'above',
      value: 0.94,
      control: { design: 'time-limit' },
    },
    {
      id: 'bulkhead-alone-keeps-the-page',
      at: { design: 'bulkhead', dials: { timeout: 12 } },
      measure: 'shoppers.withinTarget@browse',
      relation: 'above',
      value: 0.99,
      control: { design: 'breaker', dials: { timeout: 12 } },
    },
    {
      id: 'bulkhead-closes-the-breakers-gap',
      at: { design: 'bulkhead' },
      measure: 'shoppers.withinTarget@browse',
      relation: 'above',
      value: 0.99,
      control: { design: 'breaker' },
    },
    {
      id: 'shedding-alone-is-quick',
      at: { dials: { timeout: 12, room: 10 } },
      measure: 'shoppers.roundTrip.mean@browse',
      over: { at: { dials: { timeout: 12 } }, control: { design: 'bulkhead' } },
      relation: 'below',
      value: 0.1,
      control: { design: 'shedding' },
    },
    {
      id: 'shedding-alone-turns-away',
      at: { dials: { timeout: 12, room: 10 } },
      measure: 'shoppers.failures@browse',
      relation: 'above',
      value: 0.15,
      control: { design: 'bulkhead' },
    },
    {
      id: 'shedding-saves-a-rush',
      at: { design: 'shedding', inputs: rush },
      measure: 'shoppers.withinTarget@browse',
      relation: 'above',
      value: 0.9,
      control: { design: 'bulkhead', inputs: rush },
    },
    {
      id: 'all-together-in-the-worst',
      at: { design: 'shedding', inputs: [{ at: 30, fault: 'rush' }] },
      measure: 'shoppers.withinTarget@browse',
      relation: 'above',
      value: 0.9,
      control: { design: 'breaker', inputs: [{ at: 30, fault: 'rush' }] },
    },
  ],
};

export default scenario;
