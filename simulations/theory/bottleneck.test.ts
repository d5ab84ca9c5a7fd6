import { describe, expect, it } from 'vitest';
import { applySetting, parseScenario, simulate, type ScenarioSource } from '../index.ts';
import fourTier from '../scenarios/four-tier/scenario.ts';
import threeTier from '../scenarios/three-tier/scenario.ts';
import oneServer from '../scenarios/one-server/scenario.ts';
import * as theory from './index.ts';

const scenario = parseScenario(threeTier);
const at = (design: string, dials: Record<string, number> = {}) => applySetting(scenario, { design, dials }).scenario;
const form = (name: string, design: string, dials: Record<string, number> = {}) =>
  theory.closedForm(name, at(design, dials));

/** Users who think for a second and make others do something. */
const closed = (calls: unknown, parts: ScenarioSource['parts'], more: Partial<ScenarioSource> = {}) =>
  parseScenario({
    id: 'closed',
    horizon: 2000,
    warmUp: 100,
    parts: {
      users: {
        kind: 'traffic',
        arrivals: { pattern: 'closed', users: 10, think: { law: 'exponential', mean: 1 } },
        calls,
      } as never,
      ...parts,
    },
    ...more,
  });
const work = (mean: number, more: object = {}) =>
  ({ kind: 'service', service: { law: 'exponential', mean }, ...more }) as never;

describe('the bottleneck law', () => {
  it('adds up what a request makes each part do, however it comes there', () => {
    const { demands } = theory.demandsOf(
      closed(
        [
          { to: 'a', inTurn: 3 },
          { to: 'b', probability: 0.5 },
          { to: 'a', again: 0.5 },
        ],
        {
          a: work(0.1),
          b: work(0.4, { threads: 2, holdsThread: false, calls: ['c'] }),
          c: work(0.2, { threads: null }),
        },
      ),
    )!;
    const read = demands.map(({ part, work: sum, servers, visits }) => [part, +sum.toFixed(9), servers, visits]);
    expect(read).toEqual([
      ['a', 0.5, 1, 5],
      ['b', 0.2, 2, 0.5],
      ['c', 0.1, Infinity, 0.5],
    ]);
    expect(theory.bottleneckOf(demands)!.part).toBe('a');
  });

  it('supposes that a cache holds what it is asked for, and counts reads and writes of a store apart', () => {
    const parts = {
      cache: { kind: 'cache', behind: 'store', hitTime: 0.01 },
      store: { kind: 'store', reads: 0.1, writes: 0.3 },
    } as never;
    const found = theory.demandsOf(closed(['cache', { to: 'store', operation: 'write' }, 'store'], parts))!;
    expect(found.demands.map(({ part, work: sum }) => [part, +sum.toFixed(9)])).toEqual([
      ['cache', 0.01],
      ['store', 0.4],
    ]);
  });

  it('names the ceiling and the knee of three tiers by hand', () => {
    // 40 ms in the database, 60 ms shared by two servers, 5 s of thinking
    expect(form('mostThroughput', 'two', { users: 300 })).toBeCloseTo(25, 9);
    expect(form('mostThroughput', 'two', { users: 51 })).toBeCloseTo(51 / 5.1, 9);
    expect(form('knee', 'two')).toBeCloseTo(5.1 / 0.04, 9);
    expect(form('mostThroughput', 'two', { users: 300, share: 0.1 })).toBeCloseTo(2 / 0.09, 9);
    expect(form('mostThroughput', 'in-database', { users: 300 })).toBeCloseTo(20, 9);
  });

  it('is the capacity of an open system, whose knee there is not', () => {
    const open = parseScenario(oneServer);
    expect(theory.closedForm('mostThroughput', open)).toBeCloseTo(10, 9);
    expect(theory.closedForm('knee', open)).toBeNull();
    expect(theory.closedForm('throughput', open)).toBeNull();
  });

  it('is silent where work cannot be read off, or is done side by side', () => {
    const held = closed(['a'], { a: work(0.1, { calls: ['b'] }), b: work(0.1) });
    expect(theory.closedForm('mostThroughput', held)).toBeNull();
    const beside = closed([{ parallel: ['a', 'b'] }], { a: work(0.1), b: work(0.2) });
    expect(theory.closedForm('knee', beside)).toBeNull();
    expect(theory.closedForm('mostThroughput', beside)).toBeCloseTo(5, 9);
  });
});

describe('the throughput of users who think, ask and wait', () => {
  it('is what mean value analysis gives, and what is measured', () => {
    for (const users of [40, 120, 200]) {
      const expected = theory.meanValueAnalysis([0.03, 0.03, 0.04], 5, users).throughput;
      expect(form('throughput', 'two', { users })).toBeCloseTo(expected, 9);
    }
    const { measures } = simulate(scenario, { design: 'two', dials: { users: 120 }, horizon: 3000 });
    expect(measures['students.throughput']!.value! / form('throughput', 'two', { users: 120 })!).toBeCloseTo(1, 1.7);
    expect(theory.closedFormOf('students.throughput', at('two'))).toBe(form('throughput', 'two'));
    expect(theory.closedFormOf('app.throughput', at('two'))).toBeNull();
  });

  it('is not said where a store does two kinds of work, or the shortest line is chosen', () => {
    expect(form('throughput', 'in-database')).toBeNull();
    const shortest = {
      ...threeTier,
      designs: [{ id: 'one', set: { 'parts.balancer.policy': 'join-shortest-queue' } }],
    };
    expect(
      theory.closedForm('throughput', applySetting(parseScenario({ ...shortest, claims: [] }), {}).scenario),
    ).toBeNull();
  });
});

describe('what has to be looked after', () => {
  const four = parseScenario(fourTier);
  const upkeep = (design: string, dials: Record<string, number> = {}) =>
    theory.upkeepOf(applySetting(four, { design, dials }).scenario);

  it('is counted by hand in three tiers: a balancer, two servers, a database and the accounts', () => {
    // the balancer with each server, each server with the database, and with the accounts
    expect(upkeep('three')).toMatchObject({ machines: 5, connections: 2 + 2 + 2 });
    // balancer, server, two reads, half a purchase, a fiftieth of a look into the account; memory is no call
    expect(upkeep('three')!.calls).toBeCloseTo(1 + 1 + 2 + 0.5 + 0.02, 9);
  });

  it('grows with each instance by as many connections as it asks others', () => {
    // the balancer; the cache, the accounts and three stores; and the cache with the accounts
    expect(upkeep('four')).toMatchObject({ machines: 6 + 6, connections: 6 + 6 * 5 + 1 });
    expect(upkeep('four', { instances: 12 })).toMatchObject({ machines: 12 + 6, connections: 12 + 12 * 5 + 1 });
    expect(upkeep('four')!.calls - upkeep('three')!.calls).toBeCloseTo(1, 9);
    expect(theory.closedForm('connections', four)).toBe(upkeep('four')!.connections);
  });
});
