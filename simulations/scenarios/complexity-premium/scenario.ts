/** One program, modules in one program, or services: what gets done as a system grows, when changes spread and borders cost. */
import type { ScenarioSource } from '../../index.ts';

const teams = Array.from({ length: 6 }, (_, i) => `team${i + 1}`);

/** An hour of a week of forty. */
const HOUR = 1 / 40;

/** Three people, each at one piece at a time; looking after what runs waits for nobody. */
const team: ScenarioSource['parts'][string] & { kind: 'team' } = {
  kind: 'team',
  people: [{ count: 3 }],
  effort: { law: 'exponential', mean: 12 * HOUR },
  byClass: { upkeep: { law: 'exponential', mean: 6 * HOUR } },
  interrupts: ['upkeep'],
};

/** Each team has a share of the components, and there are interfaces round modules. */
const bordered = {
  'parts.code.calls': teams,
  'parts.code.spread.owned': 'by-team',
  'parts.code.spread.borders': 'drawn',
};

const scenario: ScenarioSource = {
  id: 'complexity-premium',
  family: 'changing',
  time: { unit: 'week', ticks: 2400 },
  horizon: 120,
  warmUp: 10,
  parts: {
    wishes: {
      kind: 'traffic',
      arrivals: { pattern: 'closed', users: 36, think: { law: 'constant', mean: 0 } },
      calls: ['code', { to: 'trunk', again: 0.1 }],
    },
    upkeep: {
      kind: 'traffic',
      arrivals: { pattern: 'renewal', gap: { law: 'exponential', mean: 1 } },
      calls: ['code'],
    },
    code: {
      kind: 'changes',
      calls: ['everyone'],
      order: 'at-once',
      pieces: 'per-component',
      spread: {
        components: 64,
        cluster: 8,
        inside: 2,
        outside: 2,
        chance: 0.2,
        teams: 6,
        leak: 0.25,
        handOff: 1,
        still: ['upkeep'],
      },
    },
    everyone: { ...team, people: [{ count: 18 }] },
    ...Object.fromEntries(teams.map((id) => [id, team])),
    trunk: { kind: 'service', service: { law: 'exponential', mean: (0.16 + 64 * 0.016) * HOUR } },
    pipes: { kind: 'service', threads: null, service: { law: 'exponential', mean: (0.16 + 8 * 0.016) * HOUR } },
  },
  designs: [
    { id: 'monolith', set: {} },
    { id: 'modules', set: bordered },
    {
      id: 'services',
      set: {
        ...bordered,
        'parts.wishes.calls': ['code', { parallel: ['pipes'] }],
        'parts.upkeep.calls': [{ parallel: [{ to: 'code', copies: 8 }] }],
      },
    },
  ],
  dials: [
    {
      id: 'components',
      unit: 'count',
      min: 16,
      max: 144,
      step: 8,
      start: 64,
      sets: [
        'parts.code.spread.components',
        { place: 'parts.trunk.service.mean', times: 0.016 * HOUR, plus: 0.16 * HOUR },
        { place: 'parts.upkeep.calls.0.parallel.0.copies', times: 1 / 8 },
      ],
    },
    {
      id: 'teams',
      unit: 'count',
      min: 1,
      max: 6,
      step: 1,
      start: 6,
      sets: [
        'parts.code.spread.teams',
        { place: 'parts.everyone.people.0.count', times: 3 },
        { place: 'parts.wishes.arrivals.users', times: 6 },
        { place: 'parts.wishes.calls.1.again', times: 0.02, plus: -0.02 },
      ],
    },
    {
      id: 'automation',
      unit: 'number',
      min: 1,
      max: 8,
      step: 1,
      start: 1,
      sets: ['parts.trunk.speed', 'parts.pipes.speed', 'parts.upkeep.arrivals.gap.mean'],
    },
    { id: 'tangle', unit: 'number', min: 0, max: 4, step: 0.25, start: 2, sets: ['parts.code.spread.outside'] },
    { id: 'chance', unit: 'share', min: 0.05, max: 0.3, step: 0.05, start: 0.2, sets: ['parts.code.spread.chance'] },
    { id: 'leak', unit: 'share', min: 0, max: 1, step: 0.05, start: 0.25, sets: ['parts.code.spread.leak'] },
    { id: 'handOff', unit: 'number', min: 0, max: 3, step: 0.25, start: 1, sets: ['parts.code.spread.handOff'] },
    {
      id: 'toil',
      unit: 'number',
      min: 0,
      max: 24,
      step: 1,
      start: 6,
      sets: ['everyone', ...teams].map((id) => ({ place: `parts.${id}.byClass.upkeep.mean`, times: HOUR })),
    },
    { id: 'misdrawn', unit: 'share', min: 0, max: 0.5, step: 0.05, start: 0, sets: ['parts.code.spread.misdrawn'] },
  ],
  faults: [
    { id: 'builds-down', part: 'trunk', action: 'pause', duration: 2 },
    { id: 'builds-slow', part: 'trunk', action: 'slow', amount: 3, duration: 10 },
    { id: 'team-away', part: 'team1', action: 'all-away', duration: 2 },
  ],
  show: {
    measures: [
      'wishes.throughput',
      'wishes.roundTrip.mean',
      'code.touched.mean@wishes',
      'code.owners.mean@wishes',
      'trunk.utilisation',
      'upkeep.throughput',
    ],
    series: ['trunk.queue', 'everyone.queue', 'team1.queue'],
    sweep: { dial: 'components', measure: 'wishes.throughput' },
  },
  positions: {
    wishes: [0, 0],
    upkeep: [0, 3],
    trunk: [1, 0],
    code: [1, 1],
    pipes: [1, 3],
    everyone: [2, 0],
    team1: [2, 1],
    team2: [2, 2],
    team3: [2, 3],
    team4: [3, 1],
    team5: [3, 2],
    team6: [3, 3],
  },
  claims: [
    {
      id: 'small-one-program',
      at: { design: 'monolith', dials: { components: 16 }, horizon: 60 },
      measure: 'wishes.throughput',
      over: {
        at: { design: 'services', dials: { components: 16 }, horizon: 60 },
        control: { design: 'services', dials: { components: 144 }, horizon: 60 },
      },
      relation: 'above',
      value: 1.25,
      control: { design: 'monolith', dials: { components: 144 }, horizon: 60 },
    },
    {
      id: 'between-modules',
      at: { design: 'modules', dials: { components: 80 } },
      measure: 'wishes.throughput',
      over: {
        at: { design: 'monolith', dials: { components: 80 } },
        control: { design: 'monolith', dials: { components: 16 } },
      },
      relation: 'above',
      value: 1.03,
      control: { design: 'modules', dials: { components: 16 } },
    },
    {
      id: 'large-services',
      at: { design: 'services', dials: { components: 144 }, horizon: 60 },
      measure: 'wishes.throughput',
      over: {
        at: { design: 'modules', dials: { components: 144 }, horizon: 60 },
        control: { design: 'modules', dials: { components: 48 }, horizon: 60 },
      },
      relation: 'above',
      value: 1.2,
      control: { design: 'services', dials: { components: 48 }, horizon: 60 },
    },
    {
      id: 'few-teams-modules',
      at: { design: 'modules', dials: { components: 144, teams: 3 }, horizon: 60 },
      measure: 'wishes.throughput',
      over: {
        at: { design: 'services', dials: { components: 144, teams: 3 }, horizon: 60 },
        control: { design: 'services', dials: { components: 144 }, horizon: 60 },
      },
      relation: 'above',
      value: 1.2,
      control: { design: 'modules', dials: { components: 144 }, horizon: 60 },
    },
    {
      id: 'spread-grows',
      at: { design: 'monolith', dials: { components: 144 }, horizon: 60 },
      measure: 'code.touched.mean@wishes',
      relation: 'above',
      value: 3.5,
      control: { design: 'modules', dials: { components: 144 }, horizon: 60 },
    },
    {
      id: 'within-a-cluster',
      at: { design: 'monolith', dials: { components: 144, tangle: 0 }, horizon: 60 },
      measure: 'code.touched.mean@wishes',
      relation: 'about',
      value: { theory: 'reached' },
      margin: 0.04,
      control: { design: 'monolith', dials: { components: 144 }, horizon: 60 },
    },
    {
      id: 'one-queue-is-the-ceiling',
      at: { design: 'modules', dials: { components: 144, tangle: 0 }, horizon: 60 },
      measure: 'wishes.throughput',
      relation: 'about',
      // nine merges in ten go well, and each takes what a build of 144 components takes
      value: (0.9 * 40) / (0.16 + 144 * 0.016),
      margin: 0.04,
      control: { design: 'services', dials: { components: 144, tangle: 0 }, horizon: 60 },
    },
    {
      id: 'automation-helps-one-build',
      at: { design: 'services', dials: { components: 144, automation: 4 }, horizon: 60 },
      measure: 'wishes.throughput',
      over: {
        at: { design: 'modules', dials: { components: 144, automation: 4 }, horizon: 60 },
        control: { design: 'modules', dials: { components: 144 }, horizon: 60 },
      },
      relation: 'below',
      value: 1.05,
      control: { design: 'services', dials: { components: 144 }, horizon: 60 },
    },
    {
      id: 'automation-holds-no-change-back',
      at: { design: 'monolith', dials: { components: 144, automation: 8 }, horizon: 60 },
      measure: 'wishes.throughput',
      over: {
        at: { design: 'monolith', dials: { components: 144 }, horizon: 60 },
        control: { design: 'monolith', dials: { components: 144, tangle: 0.5 }, horizon: 60 },
      },
      relation: 'below',
      value: 1.1,
      control: { design: 'monolith', dials: { components: 144, tangle: 0.5, automation: 8 }, horizon: 60 },
    },
    {
      id: 'one-team-gains-by-borders',
      at: { design: 'modules', dials: { components: 144, teams: 1 } },
      measure: 'wishes.throughput',
      over: {
        at: { design: 'monolith', dials: { components: 144, teams: 1 } },
        control: { design: 'monolith', dials: { components: 16, teams: 1 } },
      },
      relation: 'above',
      value: 1.5,
      control: { design: 'modules', dials: { components: 16, teams: 1 } },
    },
    {
      id: 'wrong-borders',
      at: { design: 'modules', dials: { misdrawn: 0.5 }, horizon: 60 },
      measure: 'wishes.throughput',
      over: {
        at: { design: 'monolith', horizon: 60 },
      },
      relation: 'below',
      value: 0.95,
      control: { design: 'modules', horizon: 60 },
    },
    {
      id: 'toil-eats-services',
      at: { design: 'services', dials: { components: 144, toil: 24 }, horizon: 60 },
      measure: 'wishes.throughput',
      over: {
        at: { design: 'modules', dials: { components: 144, toil: 24 }, horizon: 60 },
        control: { design: 'modules', dials: { components: 144 }, horizon: 60 },
      },
      relation: 'below',
      value: 0.8,
      control: { design: 'services', dials: { components: 144 }, horizon: 60 },
    },
    {
      id: 'leak-turned-round',
      at: { design: 'monolith', dials: { components: 144, leak: 1 }, horizon: 60 },
      measure: 'wishes.throughput',
      over: {
        at: { design: 'services', dials: { components: 144, leak: 1 }, horizon: 60 },
        control: { design: 'services', dials: { components: 144 }, horizon: 60 },
      },
      relation: 'above',
      value: 1.2,
      control: { design: 'monolith', dials: { components: 144 }, horizon: 60 },
    },
  ],
};

export default scenario;
