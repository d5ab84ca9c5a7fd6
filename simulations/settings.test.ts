import { describe, expect, it } from 'vitest';
import oneServer from './scenarios/one-server/scenario.ts';
import { applySetting, parseScenario, ScenarioError, simulate, type ScenarioSource } from './index.ts';

/** The problems that a value is refused with. */
function problems(act: () => unknown) {
  try {
    act();
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
  return [];
}

const good = () => structuredClone(oneServer) as Record<string, any>;
/** Puts two dials on a board of three columns, with something else said of it. */
const onBoard =
  (other: object) =>
  (scenario: Record<string, any>): void => {
    for (const id of ['ann', 'bob'])
      scenario['dials'].push({
        id,
        unit: 'count',
        min: 0,
        max: 2,
        step: 1,
        start: 0,
        sets: ['parts.server.queueLimit'],
      });
    const columns = [{ id: 'web' }, { id: 'pay' }, { id: 'idle' }];
    scenario['boards'] = [{ id: 'teams', columns, tokens: ['ann', 'bob'], ...other }];
  };

it('a board is taken whose dials count its columns', () => {
  const scenario = good();
  onBoard({ design: 'one' })(scenario);
  expect(problems(() => parseScenario(scenario))).toEqual([]);
});

describe('a design', () => {
  const plan = (calls: unknown) =>
    parseScenario({
      id: 'plans',
      horizon: 10,
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 1 }, calls: ['left', 'right'] },
        left: { kind: 'service', service: { law: 'constant', mean: 1 } },
        right: { kind: 'service', service: { law: 'constant', mean: 1 } },
      },
      designs: [{ id: 'in-turn' }, { id: 'at-once', set: { 'parts.clients.calls': calls as never } }],
    });

  it('may put a whole call plan in the place of another', () => {
    const scenario = plan([{ parallel: ['left', 'right'] }]);
    const mean = (design: string) => simulate(scenario, { design }).measures['clients.roundTrip.mean']!.value;
    expect(mean('in-turn')).toBeCloseTo(2, 9);
    expect(mean('at-once')).toBeCloseTo(1, 9);
  });

  it.each([
    ['what its place does not take', [{ parallel: 'left' }], 'parts.clients.calls.0'],
    ['more than can be meant', Array.from({ length: 2001 }, () => 'left'), 'designs.1.set.parts.clients.calls'],
    ['what JSON cannot say', [Symbol('left')], 'designs.1.set.parts.clients.calls'],
  ])('is refused with the place where it asks for %s', (_, calls, path) => {
    const found = problems(() => applySetting(plan(calls), { design: 'at-once' }));
    expect(found.map((problem) => problem.path).join(' ')).toContain(path);
  });
});

describe('a scenario that cannot run is refused with the path, what is wrong, and what would be right (B2)', () => {
  const cases: [string, (scenario: Record<string, any>) => void, string, RegExp][] = [
    [
      'no number where one belongs',
      (s) => (s['parts'].server.service.mean = 'fast'),
      'parts.server.service.mean',
      /number/,
    ],
    ['a negative rate', (s) => (s['parts'].clients.arrivals.rate = -1), 'parts.clients.arrivals.rate', /more than 0/],
    ['an unknown setting', (s) => (s['parts'].server.colour = 'red'), 'parts.server', /settings that the schema names/],
    [
      'an unknown kind of part',
      (s) => (s['parts'].server.kind = 'toaster'),
      'parts.server.kind',
      /traffic|service|kind/,
    ],
    ['an unknown law', (s) => (s['parts'].server.service.law = 'luck'), 'parts.server.service.law', /law|one of/],
    [
      'a call to nobody',
      (s) => (s['parts'].clients.calls = ['nobody']),
      'parts.clients.calls.0',
      /one of the parts clients, server/,
    ],
    ['a call to traffic', (s) => (s['parts'].clients.calls = ['clients']), 'parts.clients.calls.0', /takes calls/],
    ['a link from nowhere', (s) => (s['links'][0].from = 'nowhere'), 'links.0.from', /one of the parts/],
    ['a fault that the part does not know', (s) => (s['faults'][0].action = 'melt'), 'faults.0.action', /pause/],
    ['a dial that turns nothing', (s) => (s['dials'][0].sets = ['parts.server.nothing']), 'dials.0.sets.0', /exists/],
    [
      'a dial that turns nothing by a factor',
      (s) => (s['dials'][0].sets = [{ place: 'parts.server.nothing', times: 2 }]),
      'dials.0.sets.0',
      /exists/,
    ],
    ['a dial out of order', (s) => (s['dials'][0].start = 99), 'dials.0', /min ≤ start ≤ max/],
    ['two designs of one name', (s) => (s['designs'][1].id = 'one'), 'designs.1.id', /different/],
    ['a warm-up as long as the run', (s) => (s['warmUp'] = 600), 'warmUp', /less than the horizon/],
    ['a run of no length', (s) => (s['horizon'] = 1e-9), 'horizon', /ticks/],
    ['a run without end', (s) => (s['horizon'] = 1e300), 'horizon', /ticks/],
    ['an input outside the run', (s) => (s['inputs'] = [{ at: 700, fault: 'pause' }]), 'inputs.0.at', /from 0 to 600/],
    ['a board with a dial that is none', onBoard({ tokens: ['mood'] }), 'boards.0.tokens.0', /one of the dials/],
    [
      'a board with a dial whose values are not its columns',
      onBoard({ tokens: ['arrivalRate'] }),
      'boards.0.tokens.0',
      /min 0, max 2, step 1/,
    ],
    ['a dial that stands on a board twice', onBoard({ tokens: ['ann', 'ann'] }), 'boards.0.tokens.1', /once/],
    [
      'a column in which more start than it takes',
      onBoard({ columns: [{ id: 'web', most: 1 }, { id: 'pay' }, { id: 'idle' }] }),
      'boards.0.columns.0.most',
      /at least 2/,
    ],
    [
      'two columns of one name',
      onBoard({ columns: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] }),
      'boards.0.columns.2.id',
      /different/,
    ],
    ['a board of a design that is none', onBoard({ design: 'mine' }), 'boards.0.design', /one of/],
    ['a sweep over no dial', (s) => (s['show'].sweep.dial = 'mood'), 'show.sweep.dial', /arrivalRate/],
  ];

  it.each(cases)('%s', (_, spoil, path, expected) => {
    const scenario = good();
    spoil(scenario);
    const found = problems(() => parseScenario(scenario));
    const problem = found.find((candidate) => candidate.path === path);
    expect(problem, JSON.stringify(found)).toBeDefined();
    expect(problem!.message).not.toBe('');
    expect(problem!.expected).toMatch(expected);
  });

  it('what is no object at all', () => {
    for (const value of [null, 7, 'scenario', [], undefined])
      expect(problems(() => parseScenario(value)).length).toBeGreaterThan(0);
  });

  it('several faults are named together', () => {
    const scenario = good();
    scenario['links'][0].to = 'nobody';
    scenario['warmUp'] = 700;
    expect(problems(() => parseScenario(scenario)).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['links.0.to', 'warmUp']),
    );
  });

  it('a place does not reach a prototype', () => {
    const hostile = JSON.parse('{"set":{"parts.__proto__.polluted":1}}') as { set: Record<string, number> };
    const scenario = good();
    scenario['designs'][1].set = hostile.set;
    expect(problems(() => simulate(scenario as never, { design: 'two' })).length).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('classes', () => {
  const law = { law: 'constant' as const, mean: 0.1 };
  const shop = (name: string): ScenarioSource => ({
    id: 'shop',
    horizon: 10,
    parts: {
      people: {
        kind: 'traffic',
        arrivals: { pattern: 'constant', rate: 1 },
        calls: ['door'],
        classes: [{ id: 'look' }, { id: 'buy' }],
      },
      robots: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 1 }, calls: ['door'] },
      door: {
        kind: 'gateway',
        routes: [
          { classes: ['look'], calls: ['line'] },
          { classes: ['robots', name], calls: ['line'] },
        ],
        checks: { how: 'local', badTokens: { [name]: 0.5 } },
      },
      line: { kind: 'bus', routes: [{ calls: ['desk'] }], transform: law, byClass: { [name]: law } },
      desk: { kind: 'service', service: law, byClass: { [name]: law } },
      people2: { kind: 'identity', stolen: [name], badTokens: { [name]: 0.5 } },
    },
  });

  it('that nobody makes are refused wherever a setting names them, with those that are made (B4)', () => {
    expect(problems(() => parseScenario(shop('buyy')))).toEqual(
      [
        'door.checks.badTokens.buyy',
        'door.routes.1.classes.1',
        'line.byClass.buyy',
        'desk.byClass.buyy',
        'people2.badTokens.buyy',
        'people2.stolen.0',
      ].map((place) => ({
        path: `parts.${place}`,
        message: 'no class buyy',
        expected: 'one of the classes look, buy, robots',
      })),
    );
    expect(problems(() => parseScenario(shop('people'))).length).toBe(6);
    for (const name of ['look', 'buy', 'robots']) parseScenario(shop(name));
  });
});

describe('a setting', () => {
  const scenario = parseScenario(oneServer);

  it('puts dials into what a design leaves open', () => {
    const turned = applySetting(scenario, { design: 'fast', dials: { arrivalRate: 3 } });
    expect(turned.scenario.parts['clients']).toMatchObject({ arrivals: { rate: 3 } });
    expect(turned.scenario.parts['server']).toMatchObject({ speed: 2 });
    expect(turned.dials).toEqual({ arrivalRate: 3, serviceTime: 0.1, variability: 1 });
  });

  it('gives a place so many times the value of a dial, and so much added', () => {
    const source = good();
    source['dials'][0] = {
      ...source['dials'][0],
      sets: [
        { place: 'parts.clients.arrivals.rate', times: 0.5 },
        { place: 'parts.server.speed', times: -0.1, plus: 2 },
      ],
    };
    const turned = applySetting(parseScenario(source), { dials: { arrivalRate: 8 } });
    expect(turned.scenario.parts['clients']).toMatchObject({ arrivals: { rate: 4 } });
    expect(turned.scenario.parts['server']).toMatchObject({ speed: 1.2 });
  });

  it('leaves a design its own places, whatever a dial says, and tells which dials turn nothing there', () => {
    const source = good();
    source['links'] = [{ from: 'clients', to: 'server', bulkhead: { most: 5 } }];
    source['designs'] = [
      { id: 'open' },
      { id: 'fixed', set: { 'links.0.bulkhead.most': 9 } },
      { id: 'without', set: { 'links.0.bulkhead': null } },
      { id: 'again', set: { 'links.0.retry': { most: 2 } } },
    ];
    const turn = { unit: 'count', min: 1, max: 9, step: 1 };
    source['dials'] = [
      { ...turn, id: 'places', start: 3, sets: ['links.0.bulkhead.most'] },
      { ...turn, id: 'tries', start: 1, sets: ['links.0.retry.most'] },
      { ...turn, id: 'growth', start: 2, sets: ['links.0.retry.factor'] },
    ];
    delete source['show'];
    delete source['claims'];
    const turned = (design: string) =>
      applySetting(parseScenario(source), { design, dials: { places: 4, tries: 3, growth: 5 } }) as unknown as {
        scenario: { links: { bulkhead: { most: number } | null; retry: object | null }[] };
        idleDials: string[];
      };
    expect(turned('open').scenario.links[0]!.bulkhead!.most).toBe(4);
    expect(turned('open').idleDials).toEqual(['tries', 'growth']);
    expect(turned('fixed').scenario.links[0]!.bulkhead!.most).toBe(9);
    expect(turned('fixed').idleDials).toEqual(['places', 'tries', 'growth']);
    expect(turned('without').scenario.links[0]!.bulkhead).toBeNull();
    expect(turned('without').idleDials).toEqual(['places', 'tries', 'growth']);
    expect(turned('again').scenario.links[0]!.retry).toMatchObject({ most: 3, factor: 5 });
    expect(turned('again').idleDials).toEqual([]);
  });

  it('leaves the scenario itself as it was', () => {
    const before = JSON.stringify(scenario);
    applySetting(scenario, { design: 'two', dials: { arrivalRate: 3 } });
    expect(JSON.stringify(scenario)).toBe(before);
  });

  it.each([
    ['an unknown design', { design: 'seven' }, 'design'],
    ['an unknown dial', { dials: { mood: 1 } }, 'dials.mood'],
    ['a value outside its dial', { dials: { arrivalRate: 99 } }, 'dials.arrivalRate'],
    ['no number', { dials: { arrivalRate: NaN } }, 'dials.arrivalRate'],
    ['an unknown fault', { inputs: [{ at: 1, fault: 'flood' }] }, 'inputs.0.fault'],
    ['a fault without length', { inputs: [{ at: 1, fault: 'pause', duration: -1 }] }, 'inputs.0.duration'],
  ])('%s is refused', (_, setting, path) => {
    expect(problems(() => applySetting(scenario, setting)).map((problem) => problem.path)).toContain(path);
  });

  it('a seed that is none is refused', () => {
    expect(problems(() => simulate(scenario, { seed: -1 }))[0]!.path).toBe('seed');
    expect(problems(() => simulate(scenario, { seed: 0.5 }))[0]!.path).toBe('seed');
  });
});
