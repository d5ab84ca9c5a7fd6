import { describe, expect, it } from 'vitest';
import { applySetting, attribute, attributeFactors, parseScenario, type ScenarioSource } from './index.ts';

/** Outcomes of 2^k mixtures by a rule, over replications that add a little luck of their own. */
const outcomes = (factors: number, rule: (high: boolean[]) => number, luck: readonly number[] = [0, 0, 0]) =>
  luck.map((extra) =>
    Array.from(
      { length: 2 ** factors },
      (_, mixture) =>
        rule(Array.from({ length: factors }, (_each, i) => Math.floor(mixture / 2 ** i) % 2 === 1)) + extra,
    ),
  );
const when = (is: boolean | undefined): number => (is === true ? 1 : 0);

describe('attribution to factors', () => {
  it('gives each factor its effect, and shares by the squares of the effects', () => {
    const found = attribute(outcomes(3, ([a, b]) => 10 + 4 * when(a) + 2 * when(b)));
    expect(found.mean).toBe(13);
    expect(found.effects.slice(0, 3).map(({ effect }) => effect.value)).toEqual([4, 2, 0]);
    expect(found.effects.slice(0, 3).map(({ share }) => share.value)).toEqual([0.8, 0.2, 0]);
    expect(found.rest.value).toBe(0);
    expect(found.luck).toBe(0);
    expect(found.enough).toBe(true);
  });

  it('finds what two do only together, and what three do', () => {
    const both = attribute(outcomes(2, ([a, b]) => (when(a) === when(b) ? 1 : 0)));
    expect(both.effects.map(({ factors }) => factors)).toEqual([[0], [1], [0, 1]]);
    expect(both.effects.map(({ share }) => share.value)).toEqual([0, 0, 1]);
    expect(both.total.map(({ value }) => value)).toEqual([1, 1]);
    const three = attribute(outcomes(3, (high) => (high.reduce((sum, each) => sum + when(each), 0) % 2 === 0 ? 1 : 0)));
    expect(three.rest.value).toBe(1);
  });

  it('takes luck that all mixtures share for no effect, and tells how much of a run it is', () => {
    const found = attribute(outcomes(2, ([a]) => 2 * when(a), [-1, 0, 1]));
    expect(found.effects[0]!.effect).toEqual({ value: 2, low: 2, high: 2 });
    expect(found.effects[0]!.share.value).toBe(1);
    // the settings vary by 1 about their mean, and so do the runs of a setting
    expect(found.luck).toBeCloseTo(0.5, 12);
  });

  it('does not take noise for effects, and says when it is all there is', () => {
    let state = 7;
    const noise = (): number => {
      state = (state * 16807) % 2147483647;
      return state / 2147483647 - 0.5;
    };
    const found = attribute(Array.from({ length: 8 }, () => Array.from({ length: 8 }, noise)));
    expect(found.enough).toBe(false);
    for (const { effect } of found.effects) expect(Math.abs(effect.value)).toBeLessThan(0.4);
  });

  const desk: ScenarioSource = {
    id: 'desk',
    time: { unit: 'min', ticks: 1000 },
    horizon: 3000,
    warmUp: 300,
    parts: {
      people: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 0.5 }, calls: ['desk'] },
      desk: { kind: 'service', service: { law: 'varied', mean: 1, cv2: 1 } },
    },
    dials: [
      { id: 'speed', unit: 'number', min: 1, max: 2, step: 1, start: 1, sets: ['parts.desk.speed'] },
      { id: 'spread', unit: 'number', min: 0, max: 1, step: 1, start: 0, sets: ['parts.desk.service.cv2'] },
    ],
  };
  const factors = [
    { dial: 'speed', low: 1, high: 2 },
    { dial: 'spread', low: 0, high: 1 },
  ];

  it('runs every mixture under the same luck', () => {
    const [wait, all] = attributeFactors(desk, {
      factors,
      measures: ['desk.wait.mean', 'desk.queue.mean+desk.busy.mean'],
      replications: 6,
    });
    // M/G/1: waits of 0.5 and 1 at speed 1, of 1/12 and 1/6 at speed 2
    expect(wait!.mixtures[0]).toBeCloseTo(0.5, 1);
    expect(wait!.mixtures[3]).toBeCloseTo(1 / 6, 1);
    expect(wait!.effects[0]!.effect.value).toBeCloseTo((1 / 12 + 1 / 6 - 0.5 - 1) / 2, 1);
    expect(wait!.effects[0]!.share.value).toBeGreaterThan(wait!.effects[1]!.share.value);
    expect(wait!.unit).toBe('time');
    expect(all!.mixtures[0]).toBeCloseTo(0.25 + 0.5, 1);
  });

  it('refuses what is no factor and what is not measured', () => {
    const plan = { factors, measures: ['desk.wait.mean'], replications: 1 };
    expect(() => attributeFactors(desk, { ...plan, factors: [{ dial: 'no', low: 0, high: 1 }] })).toThrow(/no dial no/);
    expect(() => attributeFactors(desk, { ...plan, factors: [{ dial: 'speed', low: 1, high: 9 }] })).toThrow(
      /two values/,
    );
    expect(() => attributeFactors(desk, { ...plan, measures: ['desk.nothing'] })).toThrow(/not measured/);
    expect(() => attributeFactors(parseScenario(desk), { ...plan, factors: [] })).toThrow(/0 factors/);
  });
});

describe('a dial with two positions', () => {
  const scenario: ScenarioSource = {
    id: 'two',
    horizon: 10,
    parts: {
      people: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 1 }, calls: ['desk'] },
      desk: { kind: 'service', threads: 2, service: { law: 'constant', mean: 1 } },
    },
    dials: [
      { id: 'many', unit: 'count', min: 1, max: 5, step: 1, start: 2, sets: ['parts.desk.threads'] },
      {
        id: 'shared',
        unit: 'count',
        min: 0,
        max: 1,
        step: 1,
        start: 0,
        sets: [
          { place: 'parts.desk.threads', only: 1, value: null },
          { place: 'parts.desk.discipline', only: 1, value: 'lifo' },
        ],
      },
    ],
  };

  it('puts words where it stands at the one, and leaves the rest to the dials before it', () => {
    const at = (dials: Record<string, number>) =>
      applySetting(parseScenario(scenario), { dials }).scenario.parts['desk'];
    expect(at({ many: 4 })).toMatchObject({ threads: 4, discipline: 'fifo' });
    expect(at({ many: 4, shared: 1 })).toMatchObject({ threads: null, discipline: 'lifo' });
  });
});
