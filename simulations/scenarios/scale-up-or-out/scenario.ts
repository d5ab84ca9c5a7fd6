/** Scale up or scale out: the same nominal capacity as one big machine or as many small ones, each with its price. */
import type { ScenarioSource } from '../../index.ts';

/** Machines that hardly ever break, so that prices are seen alone. */
const calm = { lifetime: 19_200 };
/** The years before and after 2010, as illustrations: no price list was copied. After is where the dials start. */
const before = { exponent: 1.05, link: 2, linkTime: 0.05 };
/** More than fits, so that one sees what a design can do. */
const full = { ...calm, load: 30 };
/** A fifth of the work shared, and more to do than six machines can. */
const shared = { ...calm, load: 20, shared: 0.2 };

/** From here on six small machines cost less for each answer than a big one: with room for all, and under `shared`. */
const breakEven = 1.0323918;
const breakEvenShared = 1.1088397;

const death = [{ at: 200, fault: 'machine-dies' }];
const noAlbum = [{ at: 200, fault: 'album-down' }];

const scenario: ScenarioSource = {
  id: 'scale-up-or-out',
  family: 'scaling',
  time: { unit: 's', ticks: 1_000_000 },
  horizon: 480,
  warmUp: 30,
  parts: {
    uploads: {
      kind: 'traffic',
      arrivals: { pattern: 'poisson', rate: 16 },
      patience: { law: 'constant', mean: 10 },
      calls: ['machines'],
    },
    machines: {
      kind: 'service',
      instances: 1,
      service: { law: 'exponential', mean: 0.95 },
      calls: ['album'],
    },
    album: { kind: 'service', service: { law: 'exponential', mean: 0.05 } },
    bill: {
      kind: 'bill',
      items: [{ part: 'machines', links: 1 }],
      exponent: 1.3,
      link: 0.3,
    },
    breakdowns: {
      kind: 'chaos',
      part: 'machines',
      action: 'crash',
      every: { law: 'exponential', mean: 600 },
      lasts: { law: 'constant', mean: 30 },
    },
  },
  links: [{ from: 'machines', to: 'album', latency: 0.005 }],
  designs: [
    {
      id: 'one',
      set: {
        'parts.machines.speed': 24,
        'parts.bill.items.0.size': 24,
        'parts.machines.service.mean': 1,
        'parts.machines.calls': [],
        // nothing goes over the network: the link stands where it takes no time
        'links.0.from': 'uploads',
        'links.0.to': 'machines',
        'links.0.latency': 0,
      },
    },
    {
      id: 'two',
      set: {
        'parts.machines.instances': 2,
        'parts.machines.speed': 12,
        'parts.album.speed': 12,
        'parts.bill.items.0.size': 12,
      },
    },
    {
      id: 'six',
      set: {
        'parts.machines.instances': 6,
        'parts.machines.speed': 4,
        'parts.album.speed': 4,
        'parts.bill.items.0.size': 4,
      },
    },
    { id: 'many', set: { 'parts.machines.instances': 24 } },
  ],
  dials: [
    {
      id: 'exponent',
      unit: 'number',
      min: 0.8,
      max: 1.6,
      step: 0.05,
      start: 1.3,
      sets: ['parts.bill.exponent'],
    },
    { id: 'link', unit: 'number', min: 0, max: 3, step: 0.1, start: 0.3, sets: ['parts.bill.link'] },
    { id: 'linkTime', unit: 'time', min: 0, max: 0.1, step: 0.005, start: 0.005, sets: ['links.0.latency'] },
    {
      id: 'shared',
      unit: 'share',
      min: 0.01,
      max: 0.3,
      step: 0.01,
      start: 0.05,
      sets: [{ place: 'parts.machines.service.mean', times: -1, plus: 1 }, 'parts.album.service.mean'],
    },
    {
      id: 'lifetime',
      unit: 'time',
      min: 150,
      max: 19_200,
      step: 150,
      scale: 'doubling',
      start: 600,
      sets: ['parts.breakdowns.every.mean'],
    },
    { id: 'load', unit: 'rate', min: 2, max: 30, step: 1, start: 16, sets: ['parts.uploads.arrivals.rate'] },
  ],
  faults: [
    { id: 'machine-dies', part: 'machines', action: 'crash', duration: 60 },
    { id: 'album-down', part: 'album', action: 'outage', duration: 30 },
  ],
  show: {
    measures: [
      'bill.perAnswer',
      'bill.cost.mean',
      'uploads.failures',
      'uploads.throughput',
      'uploads.roundTrip.mean',
      'bill.used',
      'machines.utilisation',
      'album.utilisation',
    ],
    series: ['machines.queue', 'bill.cost'],
    sweep: { dial: 'exponent', measure: 'bill.perAnswer' },
  },
  positions: { uploads: [0, 0], machines: [1, 0], album: [2, 0], bill: [1, 1], breakdowns: [0, 1] },
  claims: [
    {
      id: 'price-of-size',
      at: { design: 'one' },
      measure: 'bill.cost.mean',
      relation: 'about',
      value: { theory: 'cost' },
      margin: 0.000_001,
      control: { design: 'one', dials: { exponent: 1.2 }, inputs: [{ at: 100, dial: 'exponent', value: 1.3 }] },
    },
    {
      id: 'small-is-cheaper',
      at: { design: 'six', dials: calm },
      measure: 'bill.perAnswer',
      over: {
        at: { design: 'one', dials: calm },
        control: { design: 'one', dials: { ...calm, exponent: 1 } },
      },
      relation: 'below',
      value: 0.65,
      control: { design: 'six', dials: { ...calm, exponent: 1 } },
    },
    {
      id: 'not-at-proportional-prices',
      at: { design: 'six', dials: { ...calm, exponent: 1 } },
      measure: 'bill.perAnswer',
      over: {
        at: { design: 'one', dials: { ...calm, exponent: 1 } },
        control: { design: 'one', dials: { ...calm, exponent: 1.1 } },
      },
      relation: 'above',
      value: 1.02,
      control: { design: 'six', dials: { ...calm, exponent: 1.1 } },
    },
    {
      id: 'break-even',
      at: { design: 'six', dials: { ...calm, exponent: breakEven } },
      measure: 'bill.perAnswer',
      over: {
        at: { design: 'one', dials: { ...calm, exponent: breakEven } },
        control: { design: 'one', dials: { ...shared, exponent: breakEven } },
      },
      relation: 'about',
      value: 1,
      margin: 0.02,
      control: { design: 'six', dials: { ...shared, exponent: breakEven } },
    },
    {
      id: 'coordination-moves-it',
      at: { design: 'six', dials: { ...shared, exponent: breakEvenShared } },
      measure: 'bill.perAnswer',
      over: {
        at: { design: 'one', dials: { ...shared, exponent: breakEvenShared } },
        control: { design: 'one', dials: { ...calm, exponent: breakEvenShared } },
      },
      relation: 'about',
      value: 1,
      margin: 0.03,
      control: { design: 'six', dials: { ...calm, exponent: breakEvenShared } },
    },
    {
      id: 'shared-work-is-a-ceiling',
      at: { design: 'many', dials: { ...full, shared: 0.1 } },
      measure: 'uploads.throughput',
      relation: 'about',
      value: { theory: 'capacity' },
      margin: 0.03,
      control: { design: 'many', dials: { ...calm, shared: 0.1, load: 6 } },
    },
    {
      id: 'law-is-too-low',
      at: { design: 'many', dials: { ...full, shared: 0.1 } },
      measure: 'uploads.throughput',
      relation: 'above',
      value: { theory: 'scalability', times: 1.2 },
      control: { design: 'many', dials: { ...full, shared: 0.3 } },
    },
    {
      id: 'slow-network',
      at: { design: 'two', dials: { ...full, linkTime: 0.05 } },
      measure: 'uploads.throughput',
      relation: 'below',
      value: 12,
      control: { design: 'two', dials: full },
    },
    {
      id: 'one-dead-is-all-dead',
      at: { design: 'one', dials: calm, inputs: death },
      measure: 'uploads.failures',
      relation: 'above',
      value: 0.1,
      control: { design: 'two', dials: calm, inputs: death },
    },
    {
      id: 'two-lose-what-does-not-fit',
      at: { design: 'two', dials: calm, inputs: death },
      measure: 'uploads.failures',
      relation: 'above',
      value: 0.01,
      control: { design: 'six', dials: calm, inputs: death },
    },
    {
      id: 'six-hardly-notice',
      at: { design: 'six', dials: calm, inputs: death },
      measure: 'uploads.failures',
      relation: 'below',
      value: 0.001,
      control: { design: 'six', dials: { ...calm, load: 23 }, inputs: death },
    },
    {
      id: 'cheapest-for-an-answer',
      at: { design: 'many', dials: { load: 22 } },
      measure: 'bill.perAnswer',
      over: {
        at: { design: 'six', dials: { load: 22 } },
        control: { design: 'six', dials: { load: 22, shared: 0.1 } },
      },
      relation: 'below',
      value: 0.98,
      control: { design: 'many', dials: { load: 22, shared: 0.1 } },
    },
    {
      id: 'and-loses-more',
      at: { design: 'many', dials: { load: 22 } },
      measure: 'uploads.failures',
      over: {
        at: { design: 'six', dials: { load: 22 } },
        control: { design: 'six', dials: { load: 22, shared: 0.01 } },
      },
      relation: 'above',
      value: 3,
      control: { design: 'many', dials: { load: 22, shared: 0.01 } },
    },
    {
      id: 'shared-thing-takes-all-down',
      at: { design: 'many', dials: calm, inputs: noAlbum },
      measure: 'uploads.failures',
      relation: 'above',
      value: 0.05,
      control: { design: 'one', dials: calm, inputs: noAlbum },
    },
    {
      id: 'before',
      at: { design: 'one', dials: before },
      measure: 'bill.perAnswer',
      over: { at: { design: 'six', dials: before }, control: { design: 'six' } },
      relation: 'below',
      value: 0.95,
      control: { design: 'one' },
    },
    {
      id: 'after',
      at: { design: 'six' },
      measure: 'bill.perAnswer',
      over: { at: { design: 'one' }, control: { design: 'one', dials: before } },
      relation: 'below',
      value: 0.65,
      control: { design: 'six', dials: before },
    },
  ],
};

export default scenario;
