import { describe, expect, it } from 'vitest';
import { parseScenario, simulate, theory, type Run, type ScenarioSource, type SimulateOptions } from '../../index.ts';
import { times } from '../../by-hand.fixture.ts';
import { crossings, tallied } from './borders.ts';
import { changesRow } from './journal.ts';

type Settings = Extract<ScenarioSource['parts'][string], { kind: 'changes' }>;
const components = ['a', 'b', 'c', 'd', 'e', 'f'];

const scenario = (
  more: Partial<Settings>,
  when: number[] | { rate: number },
  rest: Partial<ScenarioSource> = {},
  owners: ScenarioSource['parts'] = {},
): ScenarioSource => ({
  id: 'changing',
  horizon: 100,
  time: { unit: 'day', ticks: 100 },
  parts: {
    requests: {
      kind: 'traffic',
      arrivals: Array.isArray(when) ? { pattern: 'trace', times: when } : { pattern: 'poisson', ...when },
      calls: ['shop'],
    },
    shop: {
      kind: 'changes',
      components,
      drawings: { halves: [0, 0, 0, 1, 1, 1], pairs: [0, 0, 1, 1, 2, 2] },
      borders: 'halves',
      ...more,
    },
    ...owners,
  },
  ...rest,
});

function run(source: ScenarioSource, options: SimulateOptions = {}): Run {
  const made = simulate(source, { record: 'trace', ...options });
  expect(made.ledger.conserves).toBe(true);
  for (const { holds } of Object.values(made.ledger.little)) expect(holds).toBe(true);
  return made;
}
const of = (made: Run, name: string) => made.measures[`shop.${name}`]!.value!;

/** Of each change, the components that it touched, as the journal has them. */
function touched({ trace }: Run): number[][] {
  const { columns, count } = trace!.journals!['shop']!;
  const found: number[][] = [];
  for (let row = 0; row < count; row++) {
    if (columns['what']![row] === changesRow.change) found.push([]);
    if (columns['what']![row] === changesRow.touched) found.at(-1)!.push(columns['a']![row]!);
  }
  return found;
}
const ownersAfter = (made: Run): unknown => made.state['shop']!.readings!['owners'];

const owners: ScenarioSource['parts'] = Object.fromEntries(
  [1, 2, 3].map((n) => [`team${n}`, { kind: 'service', threads: null, service: { law: 'constant', mean: n } }]),
);
const teams = { calls: ['team1', 'team2', 'team3'] };
const record = [[0, 1], [2, 3], [0, 5, 4], [3]];

describe('changes from a record', () => {
  it('touch what is written down, one after the other and again from the beginning (U2)', () => {
    const made = run(scenario({ record }, [1, 2, 3, 4, 5]));
    expect(touched(made)).toEqual([[0, 1], [2, 3], [0, 4, 5], [3], [0, 1]]);
    expect(of(made, 'crossed')).toBeCloseTo(2 / 5, 12);
    expect(of(made, 'owners.mean')).toBeCloseTo(7 / 5, 12);
    expect(of(made, 'touched.mean')).toBeCloseTo(2, 12);
    expect(of(made, 'largest.last')).toBe(3);
    expect(of(made, 'services.last')).toBe(2);
  });

  it('go to their owners at once, or one after the other by number, and are done when all are (U4)', () => {
    const once = run(scenario({ record, borders: 'pairs', ...teams }, [10], {}, owners));
    const change = run(scenario({ record: [[0, 5, 4, 2]], borders: 'pairs', ...teams }, [10], {}, owners));
    expect(times(once)).toEqual(
      [
        [10, 10, 11],
        [10, 10, 11],
      ].map((hop) => hop.map((t) => t / 10)),
    );
    expect(times(change).map((hop) => hop.map((t) => t! * 10))).toEqual([
      [10, 10, 13],
      [10, 10, 11],
      [10, 10, 12],
      [10, 10, 13],
    ]);
    const row = run(
      scenario({ record: [[0, 5, 4, 2]], borders: 'pairs', order: 'in-a-row', ...teams }, [10], {}, owners),
    );
    expect(times(row).map((hop) => hop.map((t) => t! * 10))).toEqual([
      [10, 10, 16],
      [10, 10, 11],
      [11, 11, 13],
      [13, 13, 16],
    ]);
  });

  it('send a piece for each component where that is said', () => {
    const made = run(
      scenario({ record: [[0, 4, 5]], borders: 'pairs', pieces: 'per-component', ...teams }, [10], {}, owners),
    );
    expect(made.measures['team3.arrivals']!.value).toBe(2);
    expect(of(made, 'owners.mean')).toBe(2);
  });

  it('fail with the first owner that fails, and give the others up (U4)', () => {
    const broken = {
      ...owners,
      team1: { kind: 'service', service: { law: 'constant', mean: 1 }, errors: 1 },
    } as typeof owners;
    const made = run(scenario({ record: [[0, 5]], borders: 'pairs', ...teams }, [10], {}, broken));
    expect(made.failures).toEqual([{ reason: 'error', by: 'team1', source: 'requests', count: 1 }]);
    expect(of(made, 'handedOver.last')).toBe(0);
    expect(made.ledger.failed).toBe(1);
  });

  it('are given up with all their pieces when whoever asked waits no longer', () => {
    const made = run(
      scenario(
        { record: [[0, 5]], borders: 'pairs', order: 'in-a-row', ...teams },
        [10],
        {
          links: [{ from: 'requests', to: 'shop', timeout: 2 }],
        },
        owners,
      ),
    );
    expect(made.ledger.failed).toBe(1);
    expect(made.ledger.inside).toBe(0);
    expect(of(made, 'handedOver.last')).toBe(0);
  });
});

const causes = [{ touches: [0, 3], weight: 3 }, { touches: [1, 4] }, { touches: [2, 5] }];
const clusters = { causes, least: 2, most: 2 };
const days = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + ((i + 0.5) * 49) / count);

describe('changes that are drawn', () => {
  it('touch what their cause says, each cause by its weight (U1)', () => {
    const found = touched(run(scenario({ clusters }, { rate: 100 })));
    const names = found.map((each) => each.join());
    expect(new Set(names)).toEqual(new Set(['0,3', '1,4', '2,5']));
    const share = names.filter((name) => name === '0,3').length / names.length;
    expect(Math.abs(share - 0.6)).toBeLessThan(4 * Math.sqrt(0.24 / names.length));
  });

  it('touch from least to most of them, none preferred (U1)', () => {
    const found = touched(
      run(scenario({ clusters: { causes: [{ touches: [0, 1, 2, 3] }], least: 1, most: 3 } }, { rate: 100 })),
    );
    for (const size of [1, 2, 3])
      expect(Math.abs(found.filter(({ length }) => length === size).length / found.length - 1 / 3)).toBeLessThan(0.03);
    for (const component of [0, 1, 2, 3])
      expect(Math.abs(found.filter((each) => each.includes(component)).length / found.length - 0.5)).toBeLessThan(0.03);
    expect(found.every((each) => each.every((component) => component < 4))).toBe(true);
  });

  it('are the same in every design, and the same where borders cost nothing', () => {
    const of0 = (more: Partial<Settings>) => touched(run(scenario({ clusters, ...more }, { rate: 5 })));
    expect(of0({ borders: 'pairs' })).toEqual(of0({ borders: 'found', learn: 50, limit: 2 }));
    expect(of0({ borders: 'blind', limit: 2 })).toEqual(of0({}));
  });

  it('with nothing but strays cross as often as theory says of blind borders, whatever the borders', () => {
    for (const borders of ['halves', 'pairs'])
      for (const least of [2, 3]) {
        const wide = [{ touches: [0, 1, 2, 3, 4, 5] }];
        const source = scenario({ clusters: { causes: wide, least, most: least, strays: 1 }, borders }, { rate: 100 });
        const expected = theory.blindCrossing(least, borders === 'halves' ? [3, 3] : [2, 2, 2]);
        const made = run(source);
        expect(Math.abs(of(made, 'crossed') - expected)).toBeLessThan(
          4 * Math.sqrt((expected * (1 - expected)) / 10_000) + 1e-9,
        );
        expect(theory.closedForm('blindCrossing', parseScenario(source))).toBeCloseTo(expected, 12);
      }
  });

  it('meet blind borders, over many deals, as often as theory says', () => {
    let sum = 0;
    for (let seed = 1; seed <= 300; seed++)
      sum += of(simulate(scenario({ clusters, borders: 'blind', limit: 2 }, days(20)), { seed }) as Run, 'crossed');
    expect(Math.abs(sum / 300 - theory.blindCrossing(2, [2, 2, 2]))).toBeLessThan(0.06);
  });

  it('have new causes after the day of learning, as many as drift says', () => {
    const later = [{ touches: [0, 1] }];
    const found = touched(
      run(scenario({ clusters: { ...clusters, later, drift: 0.5 }, borders: 'found', learn: 50 }, { rate: 50 })),
    );
    const half = Math.floor(found.length / 2);
    const isNew = (each: number[]) => each.join() === '0,1';
    expect(found.slice(0, half - 200).some(isNew)).toBe(false);
    const after = found.slice(half + 200);
    expect(Math.abs(after.filter(isNew).length / after.length - 0.5)).toBeLessThan(0.05);
  });
});

describe('borders that are drawn on the day of learning', () => {
  const late = { learn: 50, limit: 2, ahead: 40 };

  it('put together what has changed together, and are one owner before (U3)', () => {
    const source = scenario({ clusters, borders: 'found', ...late }, { rate: 4 }, { warmUp: 50 });
    const made = run(source);
    expect(ownersAfter(made)).toEqual([0, 1, 2, 0, 1, 2]);
    expect(of(made, 'crossed')).toBe(0);
    expect(of(made, 'known')).toBe(0);
    expect(ownersAfter(run(source, { until: 40 }))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('may hold another drawing before', () => {
    const made = run(scenario({ clusters, borders: 'found', before: 'pairs', ...late }, { rate: 4 }), { until: 40 });
    expect(ownersAfter(made)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('count how many of the changes before they would have crossed, also where they stood from the start', () => {
    const made = run(
      scenario(
        {
          record: [
            [0, 1],
            [2, 3],
            [0, 5],
          ],
          learn: 50,
        },
        [...days(6), 60],
        { warmUp: 50 },
      ),
    );
    expect(of(made, 'known')).toBeCloseTo(4 / 6, 12);
  });

  it('foresee what will change: exactly the changes that then come (U1, U3)', () => {
    const drifting = { ...clusters, later: [{ touches: [0, 1] }, { touches: [2, 3] }, { touches: [4, 5] }], drift: 1 };
    const times0 = [...days(40), ...days(40, 51)];
    const at = (borders: string) =>
      run(scenario({ clusters: drifting, borders, ...late, ahead: 40 }, times0, { warmUp: 50 }));
    const foreseen = at('foreseen');
    expect(ownersAfter(foreseen)).toEqual([0, 0, 1, 1, 2, 2]);
    expect(of(foreseen, 'crossed')).toBe(0);
    const found = at('found');
    expect(of(found, 'crossed')).toBe(1);
    expect(of(found, 'hindsight')).toBe(0);
  });

  it('cross no fewer than those in hindsight, and of what was learnt from no more than any drawing that keeps the limit', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const noisy = { ...clusters, strays: 0.4, most: 3 };
      const made = run(
        scenario({ clusters: noisy, borders: 'found', ...late, ahead: 30 }, [...days(30), ...days(30, 51)], {
          warmUp: 50,
        }),
        { seed },
      );
      expect(of(made, 'crossed')).toBeGreaterThanOrEqual(of(made, 'hindsight'));
      const past = tallied(touched(made).slice(0, 30));
      expect(of(made, 'known') * 30).toBeCloseTo(crossings(past, ownersAfter(made) as number[]), 9);
      expect(of(made, 'known') * 30).toBeLessThanOrEqual(crossings(past, [0, 0, 1, 1, 2, 2]));
    }
  });
});

describe('settings of changes', () => {
  const refusal = (more: Partial<Settings>, parts = {}) => {
    try {
      simulate(scenario({ record, ...more }, [1], {}, parts));
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };

  it('are refused where they contradict one another', () => {
    expect(refusal({ record: null })).toMatch(/nothing says what a change touches/);
    expect(refusal({ record: [[6]] })).toMatch(/no component 6/);
    expect(refusal({ clusters: { causes: [{ touches: [7] }] } })).toMatch(/no component 7/);
    expect(refusal({ clusters: { causes: [{ touches: [1], weight: 0 }] } })).toMatch(/no cause that ever comes/);
    expect(refusal({ drawings: { halves: [0, 1] } })).toMatch(/2 components/);
    expect(refusal({ drawings: { halves: [0, 0, 0, 1, 1, 1], found: [0, 0, 0, 0, 0, 0] } })).toMatch(
      /meaning of its own/,
    );
    expect(refusal({ borders: 'thirds' })).toMatch(/no drawing thirds/);
    expect(refusal({ borders: 'found', limit: 2, owners: 2 })).toMatch(/2 owners of 2 components/);
    expect(refusal({ borders: 'foreseen' })).toMatch(/nothing is foreseen/);
    expect(refusal({ borders: 'pairs', calls: ['team1', 'team2'] }, owners)).toMatch(/no owner 2/);
  });

  it('let a reader move a border while a run goes on', () => {
    const made = run(
      scenario({ record: [[0, 1]] }, [10, 20], {
        dials: [{ id: 'b', unit: 'count', min: 0, max: 1, step: 1, start: 0, sets: ['parts.shop.drawings.halves.1'] }],
      }),
      { inputs: [{ at: 15, dial: 'b', value: 1 }] },
    );
    expect(of(made, 'crossings')).toBe(1);
    expect(ownersAfter(made)).toEqual([0, 1, 0, 1, 1, 1]);
  });
});

describe('what hostile scenarios found', () => {
  it('B1: pieces that come back while the others are taken back end the change once', () => {
    const late = scenario(
      {
        drawings: { one: [0, 0, 0, 0, 0, 0] },
        borders: 'one',
        clusters: { causes: [{ touches: [0, 1, 2, 3, 4, 5] }], least: 6 },
        pieces: 'per-component',
        calls: ['desk'],
      },
      [1, 2, 3],
      {},
      // two are at work; when one of them fails the third is let on, has waited too long and fails; taking back the others lets
      // the fourth on, which fails as well
      {
        desk: {
          kind: 'service',
          threads: 2,
          service: { law: 'constant', mean: 1 },
          errors: 1,
          controlledDelay: { target: 0.1, interval: 0.5 },
        },
      },
    );
    const { ledger, measures } = simulate(late);
    expect(ledger).toMatchObject({ made: 3, failed: 3, conserves: true });
    expect(measures['desk.failures.shed']?.value).toBeGreaterThan(0);
  });

  it('B2: where changes spread, nobody looks ahead', () => {
    const spread = { components: 4, cluster: 2, inside: 1, outside: 0, chance: 1 };
    expect(() => parseScenario(scenario({ components: [], drawings: {}, spread, ahead: 3 }, [1]))).toThrow(
      /nobody looks ahead where changes spread/,
    );
  });
});
