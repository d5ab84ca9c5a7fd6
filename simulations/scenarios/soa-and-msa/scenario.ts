/**
 * The same shop, the same people and the same stream of changes in all sixteen mixtures of four choices: bus or pipes, one
 * release or one for each, portal or screens of one's own, functional teams or product teams.
 */
import type { ScenarioSource } from '../../index.ts';

type Dials = NonNullable<ScenarioSource['dials']>;
type Parts = ScenarioSource['parts'];
type Place = Exclude<Dials[number]['sets'][number], string>;

/** The four services of the shop; a product team has the name of its service. */
const services = ['books', 'basket', 'payment', 'parcels'] as const;
const teams = ['logic', 'screens', 'portal', 'wiring', ...services] as const;

const work = (mean: number) => ({ law: 'gamma' as const, mean, cv2: 0.5 });
const perService = (mean: number) => Object.fromEntries(services.map((service) => [service, work(mean)]));

/** Whoever has done a piece lets it go live, unless all wait for the train. @param groups how many people of each sort. */
const team = (groups: number[], byClass: object, release = 'release'): Parts[string] =>
  ({
    kind: 'team',
    people: groups.map((count) => ({ count, speed: 1 })),
    effort: work(1),
    byClass,
    calls: [{ to: release, probability: 1 }],
  }) as Parts[string];

/** The change is explained to a team, and to each of the others where the last four have a share in it. */
const told = { to: 'handover', probability: 1 };
const live = { to: 'train', probability: 0 };
const shared = (first: string) => [
  told,
  { parallel: services.slice(1).map(() => ({ to: 'handover', probability: 0 })) },
  { parallel: [{ to: first }, ...services.slice(1).map((to) => ({ to, probability: 0 }))] },
  live,
];

/** One thing that is deployed, whoever it belongs to: the same pipeline, the same care. */
const pipeline = {
  pipeline: { law: 'exponential' as const, mean: 0.5 },
  bad: 0.05,
  caught: 0.7,
  whenCaught: 'drop' as const,
  foundAfter: 1,
  repairs: ['duty'],
};

const parts: Parts = {
  changes: {
    kind: 'traffic',
    arrivals: { pattern: 'poisson', rate: 5 },
    calls: ['handover'],
    classes: [
      ...services.map((id) => ({
        id,
        weight: 0.2125,
        calls: [told, { to: 'logic' }, told, { to: 'screens', probability: 1 }, live],
      })),
      { id: 'rule', weight: 0.1, calls: shared('logic') },
      { id: 'look', weight: 0.05, calls: shared('screens') },
    ],
  },
  handover: { kind: 'service', threads: null, service: { law: 'exponential', mean: 1 } },
  logic: team([12, 4], { ...perService(2), rule: work(3) }),
  screens: team([8], { ...perService(1), look: work(3) }),
  portal: team([8], { ...perService(1), look: work(3) }, 'centre'),
  wiring: team([4], { rule: work(3) }, 'centre'),
  // three for the logic, two for the screens, one for the wiring, who move to another team or stay
  ...Object.fromEntries(
    services.map((service) => [service, team([3, 2, 1], { [service]: work(3), rule: work(0.75), look: work(0.75) })]),
  ),
  train: {
    kind: 'release',
    when: 'train',
    interval: 10,
    deployables: 6,
    touches: 4,
    ...pipeline,
  },
  release: {
    kind: 'release',
    when: 'each',
    lanes: null,
    byClass: { rule: 0.1, look: 0.1 },
    ...pipeline,
  },
  centre: {
    kind: 'release',
    when: 'each',
    lanes: null,
    touches: 4,
    ...pipeline,
  },
  duty: { kind: 'service', threads: null, service: { law: 'exponential', mean: 0.5 } },
};

const RULE = services.length;
const LOOK = RULE + 1;
const others = services.slice(1).map((_, i) => i);

/** Puts a shared piece of work at one team, and takes the others out of it. */
const central = (cls: number, to: string, only: number): Place[] => [
  { place: `parts.changes.classes.${cls}.calls.2.parallel.0.to`, only, value: to },
  ...others.flatMap((i): Place[] => [
    { place: `parts.changes.classes.${cls}.calls.1.parallel.${i}.probability`, only, value: 0 },
    { place: `parts.changes.classes.${cls}.calls.2.parallel.${i + 1}.probability`, only, value: 0 },
  ]),
];
const everywhere = (cls: number): Place[] => [
  { place: `parts.changes.classes.${cls}.calls.2.parallel.0.to`, only: 1, value: services[0] },
  ...others.flatMap((i): Place[] => [
    { place: `parts.changes.classes.${cls}.calls.1.parallel.${i}.probability`, only: 1, value: 1 },
    { place: `parts.changes.classes.${cls}.calls.2.parallel.${i + 1}.probability`, only: 1, value: 1 },
  ]),
];
/** Whether somebody else does the screens of a change of one service, and has to be told of it. */
const secondTeam = (only: number, value: number): Place[] =>
  services.flatMap((_, i): Place[] => [
    { place: `parts.changes.classes.${i}.calls.2.probability`, only, value },
    { place: `parts.changes.classes.${i}.calls.3.probability`, only, value },
  ]);

/** What each of the four choices puts in its places, in this order: who does what, then portal, bus and release. */
const choices: Record<'teams' | 'portal' | 'bus' | 'joint', Place[]> = {
  teams: [
    ...services.map((service, i): Place => ({
      place: `parts.changes.classes.${i}.calls.1.to`,
      only: 1,
      value: service,
    })),
    ...secondTeam(1, 0),
    ...everywhere(RULE),
    ...everywhere(LOOK),
  ],
  portal: [
    ...secondTeam(1, 1),
    ...services.map((_, i): Place => ({ place: `parts.changes.classes.${i}.calls.3.to`, only: 1, value: 'portal' })),
    ...central(LOOK, 'portal', 1),
    ...services.map((service): Place => ({ place: `parts.${service}.byClass.${service}.mean`, only: 1, value: 2 })),
    ...services.map((service): Place => ({ place: `parts.${service}.people.1.count`, only: 1, value: 0 })),
  ],
  bus: [
    ...central(RULE, 'wiring', 1),
    ...services.map((service): Place => ({ place: `parts.${service}.people.2.count`, only: 1, value: 0 })),
    { place: 'parts.logic.people.1.count', only: 1, value: 0 },
  ],
  joint: [
    ...services.map((_, i): Place => ({ place: `parts.changes.classes.${i}.calls.4.probability` })),
    { place: `parts.changes.classes.${RULE}.calls.3.probability` },
    { place: `parts.changes.classes.${LOOK}.calls.3.probability` },
    ...teams.map((id): Place => ({ place: `parts.${id}.calls.0.probability`, times: -1, plus: 1 })),
  ],
};

const switchOf = (id: keyof typeof choices, start: number): Dials[number] => ({
  id,
  unit: 'count',
  min: 0,
  max: 1,
  step: 1,
  start,
  sets: choices[id],
});

/** Reads a place of the parts as they stand. */
function read(place: string): unknown {
  let value: unknown = { parts };
  for (const step of place.split('.')) value = (value as Record<string, unknown>)[step];
  return value;
}

/** A design whose four choices are made, as the dials would make them. */
function made(at: Record<keyof typeof choices, number>): Record<string, unknown> {
  const set: Record<string, unknown> = {};
  for (const { place } of Object.values(choices).flat()) set[place] = read(place);
  for (const id of ['teams', 'portal', 'bus', 'joint'] as const)
    for (const { place, times = 1, plus = 0, only, value } of choices[id])
      if (only === undefined || only === at[id]) set[place] = value === undefined ? times * at[id] + plus : value;
  return set;
}

const scenario: ScenarioSource = {
  id: 'soa-and-msa',
  family: 'changing',
  time: { unit: 'day', ticks: 480 },
  horizon: 300,
  warmUp: 40,
  parts,
  designs: [
    { id: 'mixture', set: {} },
    { id: 'soa', set: made({ teams: 0, portal: 1, bus: 1, joint: 1 }) },
    { id: 'microservices', set: made({ teams: 1, portal: 0, bus: 0, joint: 0 }) },
    { id: 'third', set: made({ teams: 1, portal: 0, bus: 1, joint: 0 }) },
  ],
  dials: [
    { id: 'wishes', unit: 'rate', min: 3, max: 6, step: 0.5, start: 5, sets: ['parts.changes.arrivals.rate'] },
    {
      id: 'crossing',
      unit: 'share',
      min: 0.05,
      max: 0.35,
      step: 0.05,
      start: 0.15,
      sets: [
        ...services.map((_, i) => ({ place: `parts.changes.classes.${i}.weight`, times: -0.25, plus: 0.25 })),
        { place: `parts.changes.classes.${RULE}.weight`, times: 2 / 3 },
        { place: `parts.changes.classes.${LOOK}.weight`, times: 1 / 3 },
      ],
    },
    {
      id: 'once',
      unit: 'share',
      min: 0.25,
      max: 1.5,
      step: 0.25,
      start: 1,
      sets: [
        { place: 'parts.wiring.byClass.rule.mean', times: 3 },
        { place: 'parts.portal.byClass.look.mean', times: 3 },
      ],
    },
    {
      id: 'breaks',
      unit: 'share',
      min: 0.05,
      max: 0.5,
      step: 0.05,
      start: 0.1,
      sets: ['parts.release.byClass.rule', 'parts.release.byClass.look'],
    },
    switchOf('teams', 0),
    switchOf('portal', 1),
    switchOf('bus', 1),
    switchOf('joint', 1),
    { id: 'interval', unit: 'time', min: 1, max: 40, step: 1, start: 10, sets: ['parts.train.interval'] },
    { id: 'things', unit: 'count', min: 1, max: 12, step: 1, start: 6, sets: ['parts.train.deployables'] },
    { id: 'handover', unit: 'time', min: 0, max: 5, step: 0.5, start: 1, sets: ['parts.handover.service.mean'] },
    {
      id: 'specialists',
      unit: 'number',
      min: 1,
      max: 2,
      step: 0.1,
      start: 1,
      sets: [
        'parts.logic.people.0.speed',
        'parts.logic.people.1.speed',
        'parts.screens.people.0.speed',
        'parts.portal.people.0.speed',
        'parts.wiring.people.0.speed',
      ],
    },
  ],
  show: {
    measures: [
      'changes.roundTrip.mean',
      'changes.roundTrip.mean@rule',
      'changes.roundTrip.mean@look',
      'handover.throughput',
      'train.wait.mean',
      'train.service.mean',
      'train.changeFail',
      'release.changeFail',
      'train.touched.mean',
      'release.touched.mean',
    ],
    series: ['train.queue', 'train.touched', 'release.touched'],
    sweep: { dial: 'interval', measure: 'changes.roundTrip.mean' },
  },
  positions: {
    changes: [0, 1],
    handover: [1, 1],
    logic: [2, 0],
    screens: [2, 1],
    portal: [2, 2],
    wiring: [2, 3],
    books: [3, 0],
    basket: [3, 1],
    payment: [3, 2],
    parcels: [3, 3],
    train: [4, 0],
    release: [4, 1],
    centre: [4, 2],
    duty: [4, 3],
  },
  claims: [
    {
      id: 'the-train-makes-the-time',
      at: { design: 'soa' },
      measure: 'changes.roundTrip.mean',
      over: { at: { dials: { bus: 1, portal: 1, teams: 0, joint: 0 } } },
      relation: 'above',
      value: 1.7,
      control: { design: 'soa', dials: { interval: 1 } },
    },
    {
      id: 'the-other-three-hardly',
      at: { dials: { bus: 0, portal: 0, teams: 1, joint: 1 } },
      measure: 'changes.roundTrip.mean',
      over: { at: { design: 'soa' }, control: { design: 'soa', dials: { interval: 1, handover: 5 } } },
      relation: 'above',
      value: 0.88,
      control: { dials: { bus: 0, portal: 0, teams: 1, joint: 1, interval: 1, handover: 5 } },
    },
    {
      id: 'half-a-train-wait',
      at: { design: 'soa' },
      measure: 'train.wait.mean',
      relation: 'about',
      value: { theory: 'departure' },
      margin: 0.03,
      control: { design: 'soa', dials: { interval: 20 } },
    },
    {
      id: 'the-slowest-of-six',
      at: { design: 'soa', horizon: 900 },
      measure: 'train.service.mean',
      relation: 'about',
      value: { theory: 'slowest' },
      margin: 0.04,
      control: { design: 'soa', dials: { things: 1 } },
    },
    {
      id: 'a-train-of-many-is-bad',
      at: { design: 'soa' },
      measure: 'train.changeFail',
      over: { at: { design: 'microservices' }, measure: 'release.changeFail' },
      relation: 'above',
      value: 8,
      control: { design: 'soa', dials: { interval: 1 } },
    },
    {
      id: 'product-teams-alone-change-nothing',
      at: { dials: { bus: 1, portal: 1, teams: 1, joint: 1 } },
      measure: 'handover.arrivals',
      over: { at: { design: 'soa' } },
      relation: 'about',
      value: 1,
      margin: 0.001,
      control: { dials: { bus: 1, portal: 0, teams: 1, joint: 1 } },
    },
    {
      id: 'own-screens-alone-neither',
      at: { dials: { bus: 1, portal: 0, teams: 0, joint: 1 } },
      measure: 'handover.arrivals',
      over: { at: { design: 'soa' } },
      relation: 'about',
      value: 1,
      margin: 0.001,
      control: { dials: { bus: 1, portal: 0, teams: 1, joint: 1 } },
    },
    {
      id: 'together-they-do',
      at: { design: 'microservices' },
      measure: 'handover.throughput',
      over: { at: { design: 'soa' } },
      relation: 'below',
      value: 0.85,
      control: { design: 'microservices', dials: { crossing: 0.3 } },
    },
    {
      id: 'together-they-do-turned-round',
      at: { design: 'microservices', dials: { crossing: 0.35 } },
      measure: 'handover.throughput',
      over: { at: { design: 'soa', dials: { crossing: 0.35 } }, control: { design: 'soa' } },
      relation: 'above',
      value: 1.15,
      control: { design: 'microservices' },
    },
    {
      id: 'the-third-needs-fewest',
      at: { design: 'third' },
      measure: 'handover.throughput',
      over: { at: { design: 'microservices' } },
      relation: 'below',
      value: 0.85,
      control: { design: 'third', dials: { crossing: 0.35 } },
    },
    {
      id: 'a-shared-rule-asks-everybody',
      at: { design: 'microservices' },
      measure: 'handover.arrivals@rule',
      over: { at: { design: 'microservices' }, measure: 'changes.made@rule', control: { design: 'third' } },
      relation: 'about',
      value: 4,
      margin: 0.05,
      control: { design: 'third' },
    },
    {
      id: 'a-bad-release-touches-less',
      at: { design: 'microservices' },
      measure: 'release.touched.mean',
      over: { at: { design: 'soa' }, measure: 'train.touched.mean' },
      relation: 'below',
      value: 0.75,
      control: { design: 'microservices', dials: { breaks: 0.4 } },
    },
    {
      id: 'a-bad-release-touches-less-turned-round',
      at: { design: 'microservices', dials: { breaks: 0.3 } },
      measure: 'release.touched.mean',
      over: { at: { design: 'soa' }, measure: 'train.touched.mean' },
      relation: 'above',
      value: 1.2,
      control: { design: 'microservices' },
    },
    {
      id: 'a-portal-pays-when-once-is-cheap',
      at: { dials: { bus: 0, portal: 1, teams: 1, joint: 0, once: 0.25 } },
      measure: 'changes.roundTrip.mean@look',
      over: { at: { design: 'microservices' } },
      relation: 'below',
      value: 0.8,
      control: { dials: { bus: 0, portal: 1, teams: 1, joint: 0, once: 1.5 } },
    },
    {
      id: 'specialists-turn-it-round',
      at: { dials: { bus: 0, portal: 0, teams: 0, joint: 0, specialists: 2 } },
      measure: 'changes.roundTrip.mean',
      over: { at: { design: 'microservices' } },
      relation: 'below',
      value: 0.95,
      control: { dials: { bus: 0, portal: 0, teams: 0, joint: 0 } },
    },
    {
      id: 'hand-overs-turn-it-round',
      at: { dials: { bus: 1, portal: 0, teams: 1, joint: 1, interval: 1, handover: 5 } },
      measure: 'changes.roundTrip.mean',
      over: {
        at: { dials: { bus: 1, portal: 1, teams: 0, joint: 0, handover: 5 } },
        control: { dials: { bus: 1, portal: 1, teams: 0, joint: 0 } },
      },
      relation: 'below',
      value: 0.9,
      control: { dials: { bus: 1, portal: 0, teams: 1, joint: 1 } },
    },
  ],
};

export default scenario;
