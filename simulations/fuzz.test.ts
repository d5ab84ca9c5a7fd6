/**
 * Any JSON at all is refused with its path and what would be right, or runs within bounds (rules B1, B2). The cases are made
 * in `fuzz.fixture.ts`; what they once broke stands below by hand. `fuzz.long.test.ts` does the same with 20,000.
 */
import { describe, expect, it } from 'vitest';
import { outcomeOf, type Outcome } from './fuzz.fixture.ts';
import { parseScenario, ScenarioError, simulate, type Problem, type ScenarioSource } from './index.ts';

const CASES = 500;
const MAX_EVENTS = 20_000;

describe('any JSON at all', () => {
  it('B1, B2: is refused with path, message and what is expected, or runs within bounds and keeps its books', () => {
    const count: Record<Outcome, number> = { refused: 0, horizon: 0, 'event-bound': 0, 'request-bound': 0 };
    let slowest = 0;
    for (let number = 0; number < CASES; number++) {
      const { outcome, seconds } = outcomeOf(number, MAX_EVENTS);
      count[outcome]++;
      slowest = Math.max(slowest, seconds);
    }
    expect(slowest).toBeLessThan(2);
    // cases that are all refused at the door would show nothing
    expect(count.refused).toBeGreaterThan(CASES / 5);
    expect(count.horizon).toBeGreaterThan(CASES / 5);
    expect(count['event-bound']).toBeGreaterThan(0);
  }, 60_000);
});

describe('what the fuzzing found', () => {
  const server = { kind: 'service', service: { law: 'constant', mean: 0.001 } } as const;
  const withArrivals = (arrivals: object, calls: unknown = ['server'], horizon = 10): ScenarioSource =>
    ({ id: 'found', horizon, parts: { clients: { kind: 'traffic', arrivals, calls }, server } }) as ScenarioSource;

  function problemsOf(scenario: unknown): Problem[] {
    try {
      parseScenario(scenario);
    } catch (error) {
      if (error instanceof ScenarioError) return error.problems;
      throw error;
    }
    return [];
  }
  const pathsOf = (scenario: unknown) => problemsOf(scenario).map(({ path }) => path);

  it('a rate may not swing so often that walking its stretches takes longer than the run', () => {
    const sine = (period: number) => withArrivals({ pattern: 'sine', rate: 3, swing: 0.5, period }, ['server'], 1000);
    expect(pathsOf(sine(1e-6))).toEqual(['parts.clients.arrivals.period']);
    expect(pathsOf(sine(0.1))).toEqual([]);
    const bursts = { pattern: 'bursts', calm: 0, busy: 1, calmLasts: 1e-9, busyLasts: 1e-9 };
    expect(pathsOf(withArrivals(bursts))).toEqual(['parts.clients.arrivals.calmLasts']);
  });

  it('a rare customer is not looked for beyond the end of the run', () => {
    const began = performance.now();
    for (const rare of [
      { pattern: 'sine', rate: 1e-9, swing: 1, period: 0.01 },
      { pattern: 'bursts', calm: 0, busy: 1e-9, calmLasts: 0.01, busyLasts: 0.01 },
      { pattern: 'bursts', calm: 0, busy: 0, calmLasts: 1, busyLasts: 1 },
    ])
      expect(simulate(withArrivals(rare))).toMatchObject({ ended: 'horizon', ledger: { made: 0, conserves: true } });
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('the customers of a trace are counted one by one before they are set up', () => {
    const times = Array.from({ length: 20 }, (_, at) => ({ at: at / 10, count: 100_000 }));
    expect(pathsOf(withArrivals({ pattern: 'trace', times }))).toEqual(['parts']);
  });

  it('a plan or a group makes only so many calls at once', () => {
    const constant = { pattern: 'constant', rate: 1 };
    const wide = (copies: number, steps: number) => [
      { parallel: Array.from({ length: steps }, () => ({ to: 'server', copies })) },
    ];
    expect(pathsOf(withArrivals(constant, wide(10_000, 2)))).toEqual([]);
    expect(pathsOf(withArrivals(constant, wide(10_000, 3)))).toEqual(['parts.clients.calls']);
    const groups = { pattern: 'batches', rate: 1, size: 1000 };
    expect(pathsOf(withArrivals(groups, wide(1000, 1)))).toEqual([]);
    expect(pathsOf(withArrivals(groups, wide(1001, 1)))).toEqual(['parts.clients.arrivals.size']);
  });

  it('a long chain of too many parts is refused and not walked', () => {
    const parts = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [`s${i}`, { ...server, calls: [`s${i + 1}`] }]),
    );
    expect(problemsOf({ id: 'found', horizon: 10, parts })).toEqual([
      { path: 'parts', message: '20000 parts', expected: 'at most 500' },
    ]);
  });

  it('B2: of many contradictions a hundred are told', () => {
    const calls = Array.from({ length: 100 }, () => ({ parallel: Array.from({ length: 100 }, () => 'nobody') }));
    expect(problemsOf(withArrivals({ pattern: 'constant', rate: 1 }, calls))).toHaveLength(100);
  });

  it('B2: what is nested a hundred thousand deep is refused', () => {
    let value: unknown = null;
    for (let i = 0; i < 100_000; i++) value = [value];
    for (const scenario of [
      value,
      withArrivals({ pattern: value }),
      withArrivals({ pattern: 'constant', rate: 1 }, value),
    ])
      expect(problemsOf(scenario).length).toBeGreaterThan(0);
  });

  it('nobody comes when nothing is left of a rate of nothing', () => {
    const spike = { pattern: 'ramp', from: 1, to: 0, begins: 0, lasts: 1 };
    const system = {
      ...withArrivals(spike),
      faults: [{ id: 'rush', part: 'clients', action: 'surge', duration: 1, amount: 1e6 }],
      inputs: [0.5, 2, 4, 6].map((at) => ({ at, fault: 'rush' })),
    } as ScenarioSource;
    expect(simulate(system, { maxEvents: 100_000 })).toMatchObject({ ledger: { conserves: true } });
  });

  it('B1: calls that one event multiplies from part to part stop at a bound, and the books are kept', () => {
    const pass = (to: string) => ({
      ...server,
      threads: null,
      service: { law: 'constant', mean: 0 },
      calls: [{ to, copies: 10_000 }],
    });
    const system = {
      ...withArrivals({ pattern: 'constant', rate: 1 }, [{ to: 'a', copies: 10_000 }]),
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 1 }, calls: [{ to: 'a', copies: 10_000 }] },
        a: { kind: 'balancer', targets: ['b'] },
        b: pass('c'),
        c: pass('server'),
        server,
      },
    } as ScenarioSource;
    const run = simulate(system, { maxEvents: 1000 });
    expect(run.ended).toBe('event-bound');
    expect(run.ledger.conserves).toBe(true);
    expect(Object.values(run.ledger.little).every(({ holds }) => holds)).toBe(true);
  });
});
