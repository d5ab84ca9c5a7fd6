import { describe, expect, it } from 'vitest';
import {
  compare,
  compareAll,
  Gathering,
  PairedGathering,
  replicate,
  ScenarioError,
  simulateJudged,
  sweep,
  type ScenarioSource,
} from './index.ts';

/** One queue at load 0.5; so many threads that nobody waits; and twice as quick a service, or two of the slow ones. */
const system: ScenarioSource = {
  id: 'compared',
  horizon: 400,
  warmUp: 20,
  parts: {
    clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 5 }, calls: ['server'] },
    server: { kind: 'service', threads: 1, service: { law: 'exponential', mean: 0.1 } },
  },
  designs: [
    { id: 'one', set: {} },
    { id: 'two', set: { 'parts.server.threads': 2 } },
    { id: 'fast', set: { 'parts.server.service.mean': 0.05 } },
    { id: 'roomy', set: { 'parts.server.threads': 100 } },
    { id: 'roomy-and-fast', set: { 'parts.server.threads': 100, 'parts.server.service.mean': 0.05 } },
  ],
  dials: [{ id: 'rate', unit: 'rate', min: 1, max: 9, step: 1, start: 5, sets: ['parts.clients.arrivals.rate'] }],
};

const response = 'server.response.mean';

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

describe('replications', () => {
  it('can be stopped between two and read: so many are what was asked for from the start', () => {
    const gathering = new Gathering();
    for (let replication = 0; replication < 3; replication++)
      gathering.add(simulateJudged(system, { seed: 7, replication }));
    expect(gathering.read()).toEqual(replicate(system, { seed: 7, replications: 3 }));
  });

  it('have an interval for quantiles too, which a single run has not (M2, M4)', () => {
    const single = simulateJudged(system, { seed: 7 }).measures['server.response.p95']!;
    const { measures } = replicate(system, { seed: 7, replications: 10 });
    expect(single.halfWidth).toBeNull();
    expect(measures['server.response.p95']!.halfWidth).toBeGreaterThan(0);
    expect(measures['server.response.p95']!.enough).toBe(true);
  });
});

describe('a comparison', () => {
  it('under the same luck saves five times the runs where all take half as long: var a + var a / 4 over var a / 4', () => {
    const { differences } = compare(system, {
      a: { design: 'roomy' },
      b: { design: 'roomy-and-fast' },
      replications: 30,
      measures: [response],
    });
    const { saved, correlation, ratio, isSure, enough } = differences[response]!;
    // at the ends of the span a few customers are in one run and not in the other
    expect(saved).toBeGreaterThan(4.9);
    expect(saved).toBeLessThan(5.1);
    expect(correlation).toBeGreaterThan(0.999);
    expect(ratio!.low).toBeGreaterThan(0.499);
    expect(ratio!.high).toBeLessThan(0.501);
    expect(isSure).toBe(true);
    expect(enough).toBe(true);
  });

  it('says what variance runs with luck of their own would have, and that is what they have', () => {
    const at = (design: string, seed: number) =>
      Array.from(
        { length: 60 },
        (_, replication) => simulateJudged(system, { design, seed, replication }).measures[response]!.value!,
      );
    const [a, b, other] = [at('two', 3), at('fast', 3), at('fast', 4)];
    const { variance } = compare(system, {
      a: { design: 'two' },
      b: { design: 'fast' },
      seed: 3,
      replications: 60,
      measures: [response],
    }).differences[response]!;
    expect(variance!.paired).toBeCloseTo(varianceOf(b.map((value, i) => value - a[i]!)), 12);
    expect(variance!.independent).toBeCloseTo(varianceOf(a) + varianceOf(b), 12);
    // the spread of a variance over 60 runs is about 19 percent
    const apart = varianceOf(other.map((value, i) => value - a[i]!));
    expect(Math.abs(apart / variance!.independent - 1)).toBeLessThan(0.6);
    expect(apart / variance!.paired).toBeGreaterThan(3);
  });

  it('of a setting with itself finds no difference, not the least', () => {
    const { differences } = compare(system, { a: {}, b: { design: 'one' }, replications: 5 });
    expect(Object.keys(differences).length).toBeGreaterThan(10);
    for (const [name, { difference, isSure }] of Object.entries(differences))
      expect({ name, difference: difference ?? 0, isSure }).toEqual({ name, difference: 0, isSure: false });
  });

  it('of dials finds that more load takes longer, with both settings beside it', () => {
    const { a, b, differences } = compare(system, {
      a: { dials: { rate: 5 } },
      b: { dials: { rate: 8 } },
      replications: 8,
    });
    expect(a).toEqual(replicate(system, { dials: { rate: 5 }, replications: 8 }));
    expect(b).toEqual(replicate(system, { dials: { rate: 8 }, replications: 8 }));
    expect(differences[response]).toMatchObject({ pairs: 8, isSure: true });
    expect(differences[response]!.difference).toBeCloseTo(
      b.measures[response]!.value! - a.measures[response]!.value!,
      12,
    );
  });

  it('of several settings holds each against the first', () => {
    const common = { replications: 4, seed: 9 };
    const settings = [{ design: 'one' }, { design: 'two' }, { design: 'fast' }];
    const all = compareAll(system, { settings, ...common });
    expect(all.settings.length).toBe(3);
    expect(all.differences.length).toBe(2);
    for (const i of [1, 2])
      expect(all.differences[i - 1]).toEqual(
        compare(system, { a: settings[0]!, b: settings[i]!, ...common }).differences,
      );
  });

  it('can be stopped between two replications and read, and is a plain value', () => {
    const gathering = new PairedGathering(2);
    for (let replication = 0; replication < 4; replication++)
      gathering.add(['one', 'fast'].map((design) => simulateJudged(system, { design, replication })));
    const read = gathering.read();
    expect(read).toEqual(compareAll(system, { settings: [{ design: 'one' }, { design: 'fast' }], replications: 4 }));
    expect(structuredClone(read)).toEqual(read);
    expect(JSON.parse(JSON.stringify(read))).toEqual(read);
  });

  it('refuses runs that do not share their luck (M5)', () => {
    const gathering = new PairedGathering(2);
    const run = (options: object) => simulateJudged(system, options);
    expect(() => gathering.add([run({ seed: 1 }), run({ seed: 2 })])).toThrow(/share seed/);
    expect(() => gathering.add([run({ replication: 1 }), run({ replication: 2 })])).toThrow(/share seed/);
    expect(() => gathering.add([run({})])).toThrow(/each setting/);
  });

  it('refuses a measure that there is not', () => {
    const asked = () => compare(system, { a: {}, b: { design: 'two' }, replications: 2, measures: ['server.mood'] });
    expect(asked).toThrow(ScenarioError);
    expect(asked).toThrow(/server\.mood.*server\.response\.mean/s);
  });
});

describe('a sweep', () => {
  it('has a point for each setting of the dial, with the closed form beside it', () => {
    const plan = { dial: 'rate', measure: response, theory: 'response', replications: 10 };
    const { points } = sweep(system, plan, [2, 5]);
    expect(points.map(({ x }) => x)).toEqual([2, 5]);
    for (const { x, estimate, theory } of points) {
      expect(theory).toBeCloseTo(1 / (10 - x), 12);
      // three half-widths: one miss in a hundred thousand
      expect(Math.abs(estimate.value! - theory!)).toBeLessThan(3 * estimate.halfWidth!);
    }
  });
});
