import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run, takes, times, type Parts } from '../by-hand.fixture.ts';
import { simulate, type Run, type ScenarioSource } from '../index.ts';
import { anySystem } from '../random-systems.fixture.ts';

type Calls = Extract<Parts[string], { kind: 'traffic' }>['calls'];

const asked = (
  calls: Calls,
  parts: Parts,
  horizon = 50,
  when: number[] = [1],
  more: Partial<ScenarioSource> = {},
): Run => {
  const made = run(
    { clients: { kind: 'traffic', arrivals: { pattern: 'trace', times: when }, calls: calls! }, ...parts },
    horizon,
    more,
  );
  expect(made.ledger.conserves).toBe(true);
  for (const { holds } of Object.values(made.ledger.little)) expect(holds).toBe(true);
  return made;
};
const many = Array.from({ length: 10_000 }, (_, i) => i);
const bad = takes(1, { errors: 1 });

describe('a call plan', () => {
  it('makes one call after the other, and the first failure ends it (Q1)', () => {
    const good = asked(['a', 'b'], { a: takes(2), b: takes(3) });
    expect(times(good)).toEqual([
      [1, 1, 3],
      [3, 3, 6],
    ]);
    const made = asked(['a', 'b', 'c'], { a: takes(2), b: bad, c: takes(1) });
    expect(times(made)).toHaveLength(2);
    expect(made.failures).toEqual([{ reason: 'error', by: 'b', source: 'clients', count: 1 }]);
  });

  it('makes calls in parallel and waits for the last of them (Q2)', () => {
    const made = asked([{ parallel: ['a', 'b'] }, 'c'], { a: takes(2), b: takes(5), c: takes(1) });
    expect(times(made)).toEqual([
      [1, 1, 3],
      [1, 1, 6],
      [6, 6, 7],
    ]);
  });

  it('waits only for as many as it needs, and gives the others up (Q2)', () => {
    const made = asked([{ parallel: ['a', 'b', 'c'], need: 2 }], { a: takes(2), b: takes(5), c: takes(9) });
    expect(made.measures['clients.roundTrip.mean']!.value).toBe(5);
    expect(times(made)[2]).toEqual([1, 1, 6]);
    const failed = asked([{ parallel: ['a', 'b', 'c'], need: 2 }], { a: bad, b: bad, c: takes(9) });
    expect(failed.ledger.failed).toBe(1);
    expect(times(failed)[2]).toEqual([1, 1, 2]);
  });

  it('makes a call so often in turn, and the first failure ends it (Q1)', () => {
    const made = asked([{ to: 'a', inTurn: 3 }, 'b'], { a: takes(2), b: takes(1) });
    expect(times(made)).toEqual([
      [1, 1, 3],
      [3, 3, 5],
      [5, 5, 7],
      [7, 7, 8],
    ]);
    expect(times(asked([{ to: 'a', inTurn: 3 }], { a: bad }))).toHaveLength(1);
  });

  it('makes copies of a call at the same time (Q2)', () => {
    const made = asked([{ to: 'a', copies: 3 }], { a: takes(2) });
    expect(times(made).map(([, started]) => started)).toEqual([1, 3, 5]);
    expect(made.measures['clients.roundTrip.mean']!.value).toBe(6);
  });

  it('makes a call with its probability, the same calls under the same seed (Q3)', () => {
    const made = asked([{ to: 'a', probability: 0.3 }], { a: takes(0.1, { threads: null }) }, 20_000, many);
    expect(Math.abs(made.measures['a.arrivals']!.value! / 10_000 - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / 10_000));
    expect(made.ledger.answered).toBe(10_000);
  });

  it('makes a call again with its probability (Q3)', () => {
    const made = asked([{ to: 'a', again: 0.5 }], { a: takes(0.01, { threads: null }) }, 20_000, many);
    expect(Math.abs(made.measures['a.arrivals']!.value! / 10_000 - 2)).toBeLessThan(4 * Math.sqrt(2 / 10_000));
  });

  it('goes on without what is optional, and calls something else instead where it says so (Q4)', () => {
    const optional = asked([{ to: 'a', optional: true }, 'b'], { a: bad, b: takes(3) });
    expect(optional.ledger.answered).toBe(1);
    expect(optional.measures['clients.degraded']!.value).toBe(1);
    const instead = asked([{ to: 'a', fallback: 'b' }], { a: bad, b: takes(3) });
    expect(times(instead)).toEqual([
      [1, 1, 2],
      [2, 2, 5],
    ]);
    expect(instead.measures['clients.degraded']!.value).toBe(1);
    const both = asked([{ to: 'a', fallback: 'b' }], { a: bad, b: bad });
    expect(both.ledger.failed).toBe(1);
  });

  it('passes a failure on with the part that it came from (C4)', () => {
    const made = asked(['a'], {
      a: takes(1, { calls: ['b'] }),
      b: takes(1, { calls: ['c'] }),
      c: takes(1, { queueLimit: 0, instances: 1, errors: 1 }),
    });
    expect(made.failures).toEqual([{ reason: 'error', by: 'c', source: 'clients', count: 1 }]);
    expect([...made.trace!.hops.parent]).toEqual([-1, 0, 1]);
  });

  it('refuses calls that go in a circle (B3)', () => {
    expect(() => asked(['a'], { a: takes(1, { calls: ['b'] }), b: takes(1, { calls: ['a'] }) })).toThrow(
      /circle: a > b > a/,
    );
  });

  it('does not build up without end where something fails at once and is tried again at once', () => {
    const link = (from: string, to: string) => ({ from, to, retry: { most: 100, backoff: 'none' as const } });
    const made = asked(['a'], { a: takes(0, { calls: ['b'] }), b: takes(0, { calls: ['c'] }), c: takes(0) }, 5, [1], {
      links: [link('clients', 'a'), link('a', 'b'), link('b', 'c')],
      faults: [{ id: 'cut', part: 'b>c', action: 'refuse', duration: 50 }],
      inputs: [{ at: 0, fault: 'cut' }],
    });
    expect(made.measures['b>c.tries']!.value).toBe(101 * 101 * 101);
  });

  it('of one plain call is the same run, whether only the call is kept or a whole plan', () => {
    /** The same system with the first step of each plan only. */
    const withSteps = (value: unknown, stepOf: (to: string) => unknown, key = ''): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      if (key === 'calls' && Array.isArray(value) && value.some((step) => typeof step === 'object')) {
        const [first] = value as { parallel: { to: string }[] }[];
        return [stepOf(first!.parallel[0]!.to)];
      }
      if (Array.isArray(value)) return value.map((inner) => withSteps(inner, stepOf));
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withSteps(inner, stepOf, name)]));
    };
    // so near to certain that it is never left out
    const almost = (to: string) => ({ to, probability: 1 - 1e-12 });
    let plans = 0;
    for (const system of fc.sample(anySystem, { seed: 1511, numRuns: 15 })) {
      const of = (stepOf: (to: string) => unknown) =>
        simulate(withSteps(system, stepOf) as ScenarioSource, { maxEvents: 2000 });
      const plain = of((to) => {
        plans++;
        return to;
      });
      expect(of(almost)).toEqual(plain);
    }
    expect(plans).toBeGreaterThan(100);
  }, 60_000);
});
