/**
 * Features flow through teams: cut by layer, by domain, by domain with a platform team, or one pulled queue for all. The same
 * features, the same capacity, the same work in every design.
 */
import type { ScenarioSource } from '../../index.ts';

type Dial = NonNullable<ScenarioSource['dials']>[number];
type Place = Exclude<Dial['sets'][number], string>;

/** Three domains of a shop. A wide feature of one needs its third piece from the next. */
const domains = ['member', 'product', 'delivery'] as const;
const nextOf = (domain: (typeof domains)[number]) => domains[(domains.indexOf(domain) + 1) % domains.length]!;
const classes = domains.flatMap((domain) => [domain, `${domain}-wide`]);

/** A class of requests has to have a weight above nothing; a page keeps six digits of it. */
const NEARLY_NONE = 1e-4;

/** A piece of work; its mean is what the dial of unevenness sets. */
const piece = { law: 'exponential' as const, mean: 1 };
/** Several pieces that one team does in one go. */
const inOneGo = (pieces: number) => ({ law: 'erlang' as const, mean: pieces, phases: pieces });

const teamOf = (byClass: object = {}, speed = 1) => ({
  kind: 'team' as const,
  people: [{ speed }],
  effort: piece,
  byClass: byClass as Record<string, typeof piece>,
});
/** What a domain team does: all of its own features but the third piece of a wide one, and that piece of its neighbour's. */
const domainTeam = (domain: (typeof domains)[number]) => {
  const before = domains.find((each) => nextOf(each) === domain)!;
  return teamOf({ [domain]: inOneGo(3), [`${domain}-wide`]: inOneGo(2), [`${before}-wide`]: piece });
};

/** How many times the work of a piece each class is, in each part: what unevenness turns. */
const efforts = domains.flatMap((domain) => [
  { part: domain, name: domain, pieces: 3, domain },
  { part: domain, name: `${domain}-wide`, pieces: 2, domain },
  { part: nextOf(domain), name: `${domain}-wide`, pieces: 1, domain },
  ...[domain, `${domain}-wide`].flatMap((name) => [
    { part: 'pool', name, pieces: 3, domain },
    { part: 'platform', name, pieces: 1, domain },
  ]),
]);
/** So much more than a third of all work falls to the first of three, as a share of that third; the others have the less. */
const weightOf = (isFirst: boolean, pieces: number) => ({ times: isFirst ? pieces : -pieces / 2, plus: pieces });
const uneven: Place[] = [
  ...(['ui', 'logic', 'data'] as const).map((part) => ({
    place: `parts.${part}.effort.mean`,
    ...weightOf(part === 'ui', 1),
  })),
  ...efforts.map(({ part, name, pieces, domain }) => ({
    place: `parts.${part}.byClass.${name}.mean`,
    ...weightOf(domain === 'member', pieces),
  })),
];

const teams = ['ui', 'logic', 'data', ...domains, 'platform', 'pool'];
const orders = ['first-come', 'own-order'];

/** Which way a feature takes, by its class. */
const ways = (way: (domain: (typeof domains)[number], isWide: boolean) => string[]) =>
  Object.fromEntries(
    classes.map((name, i) => [
      `parts.features.classes.${i}.calls`,
      way(domains[Math.floor(i / 2)]!, name.endsWith('-wide')),
    ]),
  );

/** Everything that people complain about, all at once. */
const complaints = { handOff: 1, crossing: 0.5, hot: 0.1 };

const scenario: ScenarioSource = {
  id: 'feature-flow',
  family: 'changing',
  time: { unit: 'day', ticks: 480 },
  horizon: 4000,
  warmUp: 200,
  parts: {
    features: {
      kind: 'traffic',
      arrivals: { pattern: 'poisson', rate: 0.8 },
      calls: ['ui'],
      classes: classes.map((id) => ({ id, weight: id.endsWith('-wide') ? NEARLY_NONE : 1, calls: ['ui'] })),
    },
    ui: teamOf(),
    logic: teamOf(),
    data: teamOf(),
    member: domainTeam('member'),
    product: domainTeam('product'),
    delivery: domainTeam('delivery'),
    platform: teamOf(Object.fromEntries(classes.map((name) => [name, piece]))),
    pool: {
      kind: 'team',
      people: [{ count: 3 }],
      effort: piece,
      byClass: Object.fromEntries(classes.map((name) => [name, inOneGo(3)])),
    },
    handover: { kind: 'service', threads: null, service: { law: 'constant', mean: 0 } },
  },
  designs: [
    { id: 'layers', set: ways(() => ['ui', 'handover', 'logic', 'handover', 'data']) },
    { id: 'domains', set: ways((domain, isWide) => (isWide ? [domain, 'handover', nextOf(domain)] : [domain])) },
    {
      id: 'platform',
      set: ways((domain, isWide) =>
        isWide ? [domain, 'handover', nextOf(domain), 'handover', 'platform'] : [domain, 'handover', 'platform'],
      ),
    },
    { id: 'pulled', set: ways(() => ['pool']) },
  ],
  dials: [
    { id: 'load', unit: 'share', min: 0.1, max: 0.95, step: 0.05, start: 0.8, sets: ['parts.features.arrivals.rate'] },
    { id: 'handOff', unit: 'time', min: 0, max: 5, step: 0.25, start: 0, sets: ['parts.handover.service.mean'] },
    {
      id: 'crossing',
      unit: 'share',
      min: 0,
      max: 1,
      step: 0.05,
      start: 0,
      sets: classes.map((name, i) => ({
        place: `parts.features.classes.${i}.weight`,
        ...(name.endsWith('-wide') ? { plus: NEARLY_NONE } : { times: -1, plus: 1 + NEARLY_NONE }),
      })),
    },
    { id: 'hot', unit: 'share', min: 0, max: 0.2, step: 0.02, start: 0, sets: uneven },
    {
      id: 'order',
      unit: 'number',
      min: 0,
      max: 1,
      step: 1,
      start: 0,
      sets: orders.flatMap((value, only) => teams.map((team) => ({ place: `parts.${team}.next`, only, value }))),
    },
    {
      id: 'specialists',
      unit: 'number',
      min: 1,
      max: 2.5,
      step: 0.05,
      start: 1,
      sets: ['ui', 'logic', 'data', 'platform'].map((team) => `parts.${team}.people.0.speed`),
    },
  ],
  faults: [
    { id: 'ui-away', part: 'ui', action: 'all-away', duration: 60 },
    { id: 'member-away', part: 'member', action: 'all-away', duration: 60 },
    { id: 'pool-one-away', part: 'pool', action: 'away', instance: 0, duration: 90 },
    { id: 'surge', part: 'features', action: 'surge', amount: 2, duration: 20 },
  ],
  show: {
    measures: ['features.roundTrip.mean', 'features.roundTrip.p95', 'features.throughput'],
    series: ['ui.queue', 'member.queue', 'pool.queue'],
    sweep: { dial: 'load', measure: 'features.roundTrip.mean', theory: 'flow' },
  },
  positions: {
    features: [0, 1],
    ui: [1, 0],
    logic: [2, 0],
    data: [3, 0],
    member: [1, 1],
    product: [2, 1],
    delivery: [3, 1],
    pool: [1, 2],
    platform: [2, 2],
    handover: [3, 2],
  },
  claims: [
    {
      id: 'layers-are-queues-in-a-row',
      at: { design: 'layers', dials: { load: 0.5 }, horizon: 4000 },
      measure: 'features.roundTrip.mean',
      relation: 'about',
      value: { theory: 'flow' },
      margin: 0.05,
      control: { design: 'layers', dials: { load: 0.5, specialists: 1.2 }, horizon: 4000 },
    },
    {
      id: 'domains-do-it-in-one-go',
      at: { design: 'domains', dials: { load: 0.5 }, horizon: 4000 },
      measure: 'features.roundTrip.mean',
      relation: 'about',
      value: { theory: 'flow' },
      margin: 0.05,
      control: { design: 'domains', dials: { load: 0.5, crossing: 1, handOff: 1 }, horizon: 4000 },
    },
    {
      id: 'seventeen-percent-less-at-half-load',
      at: { design: 'domains', dials: { load: 0.5 }, horizon: 4000 },
      measure: 'features.roundTrip.mean',
      over: {
        at: { design: 'layers', dials: { load: 0.5 }, horizon: 4000 },
        control: { design: 'layers', dials: { load: 0.9 }, horizon: 4000 },
      },
      relation: 'about',
      value: 5 / 6,
      margin: 0.05,
      control: { design: 'domains', dials: { load: 0.9 }, horizon: 4000 },
    },
    {
      id: 'twenty-seven-percent-less-at-four-fifths',
      at: { design: 'domains', horizon: 6000 },
      measure: 'features.roundTrip.mean',
      over: {
        at: { design: 'layers', horizon: 6000 },
        control: { design: 'layers', dials: { load: 0.3 }, horizon: 6000 },
      },
      relation: 'about',
      value: 11 / 15,
      margin: 0.08,
      control: { design: 'domains', dials: { load: 0.3 }, horizon: 6000 },
    },
    {
      id: 'thirty-percent-less-at-nine-tenths',
      at: { design: 'domains', dials: { load: 0.9 }, horizon: 12_000 },
      measure: 'features.roundTrip.mean',
      over: {
        at: { design: 'layers', dials: { load: 0.9 }, horizon: 12_000 },
        control: { design: 'layers', dials: { load: 0.5 }, horizon: 12_000 },
      },
      relation: 'about',
      value: 0.7,
      margin: 0.1,
      control: { design: 'domains', dials: { load: 0.5 }, horizon: 12_000 },
    },
    {
      id: 'one-queue-beats-both-by-far',
      at: { design: 'pulled', horizon: 3000 },
      measure: 'features.roundTrip.mean',
      over: { at: { design: 'layers', horizon: 3000 } },
      relation: 'below',
      value: 0.5,
      control: { design: 'domains', horizon: 3000 },
    },
    {
      id: 'the-tail-of-domains-is-no-shorter',
      at: { design: 'domains', horizon: 6000 },
      measure: 'features.roundTrip.p95',
      over: {
        at: { design: 'layers', horizon: 6000 },
        control: { design: 'layers', dials: { handOff: 5 }, horizon: 6000 },
      },
      relation: 'above',
      value: 0.9,
      control: { design: 'domains', dials: { handOff: 5 }, horizon: 6000 },
    },
    {
      id: 'hand-offs-come-on-top',
      at: { design: 'layers', dials: { handOff: 2 }, horizon: 6000 },
      measure: 'features.roundTrip.mean',
      relation: 'about',
      value: { theory: 'flow' },
      margin: 0.08,
      control: { design: 'layers', horizon: 6000 },
    },
    {
      id: 'wide-features-cost-domains',
      at: { design: 'domains', dials: { crossing: 0.8, handOff: 2 }, horizon: 6000 },
      measure: 'features.roundTrip.mean',
      over: {
        at: { design: 'domains', dials: { handOff: 2 }, horizon: 6000 },
        control: { design: 'layers', dials: { handOff: 2 }, horizon: 6000 },
      },
      relation: 'above',
      value: 1.1,
      control: { design: 'layers', dials: { crossing: 0.8, handOff: 2 }, horizon: 6000 },
    },
    {
      id: 'uneven-demand-costs-whoever-is-divided',
      at: { design: 'layers', dials: { hot: 0.2 }, horizon: 3000 },
      measure: 'features.roundTrip.mean',
      over: { at: { design: 'layers', horizon: 3000 }, control: { design: 'pulled', horizon: 3000 } },
      relation: 'above',
      value: 1.5,
      control: { design: 'pulled', dials: { hot: 0.2 }, horizon: 3000 },
    },
    {
      id: 'an-order-of-ones-own-makes-the-tail-longer',
      at: { design: 'layers', dials: { order: 1 }, horizon: 3000 },
      measure: 'features.roundTrip.p95',
      over: { at: { design: 'layers', horizon: 3000 }, control: { design: 'pulled', horizon: 3000 } },
      relation: 'above',
      value: 1.25,
      control: { design: 'pulled', dials: { order: 1 }, horizon: 3000 },
    },
    {
      id: 'an-order-of-ones-own-changes-no-mean',
      at: { design: 'layers', dials: { order: 1, load: 0.6 }, horizon: 4000 },
      measure: 'features.roundTrip.mean',
      over: {
        at: { design: 'layers', dials: { load: 0.6 }, horizon: 4000 },
        control: { design: 'layers', dials: { load: 0.6 }, horizon: 4000 },
      },
      relation: 'about',
      value: 1,
      margin: 0.05,
      control: { design: 'layers', dials: { order: 1, load: 0.8 }, horizon: 4000 },
    },
    {
      id: 'a-platform-team-is-a-layer-again',
      at: { design: 'platform', horizon: 6000 },
      measure: 'features.roundTrip.mean',
      over: {
        at: { design: 'domains', horizon: 6000 },
        control: { design: 'domains', dials: { specialists: 2.5 }, horizon: 6000 },
      },
      relation: 'above',
      value: 1.1,
      control: { design: 'platform', dials: { specialists: 2.5 }, horizon: 6000 },
    },
    {
      id: 'with-all-complaints-domains-win',
      at: { design: 'domains', dials: complaints, horizon: 4000 },
      measure: 'features.roundTrip.mean',
      over: {
        at: { design: 'layers', dials: complaints, horizon: 4000 },
        control: { design: 'pulled', dials: complaints, horizon: 4000 },
      },
      relation: 'below',
      value: 0.9,
      control: { design: 'platform', dials: complaints, horizon: 4000 },
    },
    {
      id: 'with-all-complaints-a-little-speed-turned-round',
      at: { design: 'layers', dials: { ...complaints, specialists: 1.15 }, horizon: 4000 },
      measure: 'features.roundTrip.mean',
      over: { at: { design: 'domains', dials: { ...complaints, specialists: 1.15 }, horizon: 4000 } },
      relation: 'below',
      value: 0.95,
      control: { design: 'layers', dials: complaints, horizon: 4000 },
    },
    {
      id: 'specialists-turned-round',
      at: { design: 'layers', dials: { specialists: 1.25 }, horizon: 3000 },
      measure: 'features.roundTrip.mean',
      over: {
        at: { design: 'domains', dials: { specialists: 1.25 }, horizon: 3000 },
        control: { design: 'domains', horizon: 3000 },
      },
      relation: 'below',
      value: 0.8,
      control: { design: 'layers', horizon: 3000 },
    },
    {
      id: 'specialists-beat-even-one-queue-turned-round',
      at: { design: 'layers', dials: { specialists: 1.6 }, horizon: 3000 },
      measure: 'features.roundTrip.mean',
      over: {
        at: { design: 'pulled', dials: { specialists: 1.6 }, horizon: 3000 },
        control: { design: 'pulled', dials: { specialists: 1.2 }, horizon: 3000 },
      },
      relation: 'below',
      value: 0.95,
      control: { design: 'layers', dials: { specialists: 1.2 }, horizon: 3000 },
    },
  ],
};

export default scenario;
