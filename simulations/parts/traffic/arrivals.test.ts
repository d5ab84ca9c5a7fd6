import { describe, expect, it } from 'vitest';
import { run, takes, times, type Faults, type Parts } from '../../by-hand.fixture.ts';
import type { Run, ScenarioSource } from '../../index.ts';

type Traffic = Extract<Parts[string], { kind: 'traffic' }>;

const come = (
  arrivals: Traffic['arrivals'],
  horizon: number,
  more: Partial<Traffic> = {},
  rest: Partial<ScenarioSource> = {},
): Run => {
  const made = run(
    { clients: { kind: 'traffic', arrivals, calls: ['server'], ...more }, server: takes(0, { threads: null }) },
    horizon,
    rest,
  );
  expect(made.ledger.conserves).toBe(true);
  return made;
};
const moments = (made: Run) => times(made).map(([sent]) => sent!);
/** How many came between two times. */
const between = (made: Run, from: number, to: number) => moments(made).filter((at) => at >= from && at < to).length;
/** Within four standard errors of a Poisson count, doubled where the stream is burstier than that. */
const poisson = (count: number, expected: number, burstier = 1) =>
  expect(Math.abs(count - expected), `${count} instead of ${expected}`).toBeLessThan(
    4 * burstier * Math.sqrt(expected) + 1,
  );

describe('customers come', () => {
  it('at the times of a list, in any order, several at a time', () => {
    expect(moments(come({ pattern: 'trace', times: [5, 1, { at: 3, count: 2 }] }, 10))).toEqual([1, 3, 3, 5]);
  });

  it('with gaps of any law', () => {
    const made = come({ pattern: 'renewal', gap: { law: 'uniform', min: 1, max: 3 } }, 20_000);
    const gaps = moments(made).map((at, i, all) => at - (all[i - 1] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3);
    expect(Math.abs(moments(made).length - 10_000)).toBeLessThan(4 * Math.sqrt(10_000 / 12) + 1);
  });

  it('in groups of one size, or of sizes whose mean it is', () => {
    const constant = come({ pattern: 'batches', rate: 1, size: 3 }, 1000);
    expect(moments(constant).length % 3).toBe(0);
    const geometric = come({ pattern: 'batches', rate: 1, size: 3, spread: 'geometric' }, 5000);
    // a compound Poisson count: variance = rate × time × E[size²] = 5000 × 15
    expect(Math.abs(moments(geometric).length - 15_000)).toBeLessThan(4 * Math.sqrt(5000 * 15));
    const sizes = new Map<number, number>();
    for (const at of moments(geometric)) sizes.set(at, (sizes.get(at) ?? 0) + 1);
    expect(Math.abs([...sizes.values()].filter((size) => size === 1).length / sizes.size - 1 / 3)).toBeLessThan(0.03);
  });

  it('ever faster on a ramp, and no faster afterwards', () => {
    const made = come({ pattern: 'ramp', from: 2, to: 10, begins: 100, lasts: 200 }, 600);
    poisson(between(made, 0, 100), 200);
    poisson(between(made, 100, 200), 100 * 4);
    poisson(between(made, 200, 300), 100 * 8);
    poisson(between(made, 300, 600), 3000);
  });

  it('in a spike', () => {
    const made = come({ pattern: 'spike', rate: 2, peak: 50, begins: 100, lasts: 20 }, 300);
    poisson(between(made, 0, 100), 200);
    poisson(between(made, 100, 120), 1000);
    poisson(between(made, 120, 300), 360);
  });

  it('more and fewer in turn on a sine', () => {
    const made = come({ pattern: 'sine', rate: 5, swing: 1, period: 100 }, 2000);
    const half = (which: number) =>
      Array.from({ length: 20 }, (_, i) => between(made, 100 * i + 50 * which, 100 * i + 50 * which + 50)).reduce(
        (a, b) => a + b,
        0,
      );
    // the mean of a sine's half is 2/π
    poisson(half(0), 5000 * (1 + 2 / Math.PI));
    poisson(half(1), 5000 * (1 - 2 / Math.PI));
  });

  it('in bursts whose share and rates they keep', () => {
    const made = come({ pattern: 'bursts', calm: 1, busy: 9, calmLasts: 6, busyLasts: 2 }, 20_000);
    poisson(moments(made).length, 20_000 * 3, 4);
    const perSecond = new Float64Array(20_000);
    for (const at of moments(made)) perSecond[Math.floor(at)]!++;
    const mean = perSecond.reduce((a, b) => a + b) / 20_000;
    const variance = perSecond.reduce((sum, n) => sum + (n - mean) ** 2, 0) / 20_000;
    expect(variance / mean).toBeGreaterThan(2);
  });

  it('not at all where the rate is nought, and a calm stretch without customers is skipped', () => {
    expect(moments(come({ pattern: 'ramp', from: 0, to: 0, lasts: 10 }, 100))).toEqual([]);
    expect(between(come({ pattern: 'spike', rate: 1, peak: 0, begins: 10, lasts: 80 }, 100), 10, 90)).toBe(0);
  });

  it('as the same customers when the pace changes (P2)', () => {
    const faults: Faults = [{ id: 'rush', part: 'clients', action: 'surge', duration: 50, amount: 3 }];
    const calm = come({ pattern: 'poisson', rate: 1 }, 1000, {}, { faults });
    const rush = come({ pattern: 'poisson', rate: 1 }, 1000, {}, { faults, inputs: [{ at: 100, fault: 'rush' }] });
    const before = moments(calm).filter((at) => at < 100);
    expect(moments(rush).slice(0, before.length)).toEqual(before);
    poisson(between(rush, 100, 150), 150);
    // afterwards the gaps are the calm run's, met earlier
    const gaps = (made: Run) => moments(made).map((at, i, all) => at - (all[i - 1] ?? 0));
    const later = between(rush, 0, 160);
    for (const [i, gap] of gaps(rush)
      .slice(later, later + 50)
      .entries())
      expect(Math.abs(gap - gaps(calm)[later + i]!)).toBeLessThan(0.0021);
  });

  it('at another rate once a dial is turned (S2)', () => {
    const dials = [
      {
        id: 'rate',
        unit: 'rate' as const,
        min: 0.1,
        max: 100,
        step: 0.1,
        start: 2,
        sets: ['parts.clients.arrivals.rate'],
      },
    ];
    const made = come(
      { pattern: 'poisson', rate: 2 },
      400,
      {},
      { dials, inputs: [{ at: 200, dial: 'rate', value: 20 }] },
    );
    poisson(between(made, 0, 200), 400);
    poisson(between(made, 200, 400), 4000);
  });
});

describe('users', () => {
  const dials = [
    { id: 'users', unit: 'count' as const, min: 1, max: 50, step: 1, start: 2, sets: ['parts.clients.arrivals.users'] },
  ];
  const closed: Traffic['arrivals'] = { pattern: 'closed', users: 2, think: { law: 'constant', mean: 1 } };

  it('come and go when a dial is turned, and whoever is under way finishes first (P1, S2)', () => {
    const inputs = [
      { at: 10.5, dial: 'users', value: 5 },
      { at: 20.7, dial: 'users', value: 1 },
    ];
    const made = come(closed, 30.2, {}, { dials, inputs });
    expect(between(made, 0, 10.5)).toBe(20);
    expect(between(made, 12, 20)).toBe(8 * 5);
    expect(between(made, 22, 30.2)).toBe(9);
  });
});

describe('a class', () => {
  const classes: Traffic['classes'] = [
    { id: 'few', weight: 1, target: 1, size: { law: 'constant', mean: 4 } },
    { id: 'many', weight: 3 },
  ];
  const made = run(
    {
      clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 1 }, calls: ['server'], classes },
      server: takes(0.5, { threads: null }),
    },
    20_000,
  );
  const value = (name: string) => made.measures[name]!.value!;

  it('has its share of the requests, and measures of its own', () => {
    poisson(value('clients.made@few'), 5000);
    poisson(value('clients.made@many'), 15_000);
    expect(value('clients.made@few') + value('clients.made@many')).toBe(value('clients.made'));
    expect(value('server.completions@few') + value('server.completions@many')).toBe(value('server.completions'));
  });

  it('has its own size, which multiplies every service time (P3)', () => {
    expect(value('server.response.mean@few')).toBe(2);
    expect(value('server.response.mean@many')).toBe(0.5);
    expect(value('server.response.p50')).toBeCloseTo(0.5, 2);
  });

  it('has its own target, and goodput counts what is within it', () => {
    expect(value('clients.withinTarget@few')).toBe(0);
    expect(value('clients.withinTarget@many')).toBe(1);
    expect(value('clients.goodput')).toBe(value('clients.goodput@many'));
  });

  it('asks for keys by their popularity, and writes its share (P3)', () => {
    const keyed = run(
      {
        clients: {
          kind: 'traffic',
          arrivals: { pattern: 'constant', rate: 1 },
          calls: ['front'],
          keys: { law: 'uniform', count: 10 },
          writes: 0.25,
        },
        front: takes(0, { threads: null, calls: ['back'] }),
        back: takes(0, { threads: null }),
      },
      1000,
    );
    expect(keyed.ledger.conserves).toBe(true);
  });
});
