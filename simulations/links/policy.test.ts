import { describe, expect, it } from 'vitest';
import { every, run, takes, times, type Parts } from '../by-hand.fixture.ts';
import type { Run, ScenarioSource } from '../index.ts';

type Link = NonNullable<ScenarioSource['links']>[number];

/** One customer a second from second 1 on, unless said otherwise, over a link with a policy. */
const over = (
  link: Partial<Link>,
  server: Parts[string],
  horizon: number,
  clients: Parts[string] = every(1),
  more: Partial<ScenarioSource> = {},
): Run => {
  const made = run({ clients, server }, horizon, { links: [{ from: 'clients', to: 'server', ...link }], ...more });
  expect(made.ledger.conserves).toBe(true);
  for (const { holds } of Object.values(made.ledger.little)) expect(holds).toBe(true);
  return made;
};
const at = (...times: number[]): Parts[string] => ({
  kind: 'traffic',
  arrivals: { pattern: 'trace', times },
  calls: ['server'],
});
const value = (made: Run, name: string) => made.measures[name]!.value;
const sent = (made: Run) => times(made).map(([when]) => when);

describe('a time limit', () => {
  it('lets the callee work on for nobody when it does not cancel (L2)', () => {
    const made = over({ timeout: 2 }, takes(5), 20, at(1, 2));
    // the second begins only when the first is done, long after both callers have left
    expect(times(made)).toEqual([
      [1, 1, 6],
      [2, 6, 11],
    ]);
    expect([...made.trace!.hops.abandoned]).toEqual([1, 1]);
    expect(made.failures).toEqual([{ reason: 'timeout', by: 'clients', source: 'clients', count: 2 }]);
    expect(value(made, 'clients>server.late')).toBe(2);
    expect(value(made, 'server.wasted')).toBe(1);
  });

  it('stops the work at once when it cancels, and whoever waits takes the thread (L2)', () => {
    const made = over({ timeout: 2, onTimeout: 'cancel' }, takes(5), 20, at(1, 2.5));
    expect(times(made)).toEqual([
      [1, 1, 3],
      [2.5, 3, 4.5],
    ]);
    expect(made.measures['server.busy.mean']!.value).toBeCloseTo(3.5 / 20, 12);
    expect(made.ledger.failed).toBe(2);
  });

  it('cancels what the callee asked of others as well (L2)', () => {
    const made = run({ clients: at(1), front: takes(1, { calls: ['back'] }), back: takes(10) }, 20, {
      links: [{ from: 'clients', to: 'front', timeout: 3, onTimeout: 'cancel' }],
      parts: {
        clients: { ...at(1), calls: ['front'] } as Parts[string],
        front: takes(1, { calls: ['back'] }),
        back: takes(10),
      },
    });
    expect(times(made)).toEqual([
      [1, 1, 4],
      [2, 2, 4],
    ]);
    expect(made.ledger.conserves).toBe(true);
  });

  it('drops a message that is still on its way when it is cancelled (L2)', () => {
    const made = over({ latency: 3, timeout: 2, onTimeout: 'cancel' }, takes(1), 20, at(1));
    expect(value(made, 'server.arrivals')).toBe(0);
    expect(made.failures[0]).toMatchObject({ reason: 'timeout', count: 1 });
  });

  it('of the whole call ends all its tries, as `deadline` (L3)', () => {
    const made = over(
      { timeout: 2, deadline: 5, retry: { most: 9, backoff: 'none' } },
      takes(60, { threads: 10 }),
      20,
      at(1),
    );
    expect(sent(made)).toEqual([1, 3, 5]);
    expect(made.failures).toEqual([{ reason: 'deadline', by: 'clients', source: 'clients', count: 1 }]);
    expect(value(made, 'clients.failures.deadline')).toBe(1);
  });

  it('is told to the callee where it propagates, which then refuses what comes too late (L3)', () => {
    const told = over({ deadline: 3, propagates: true }, takes(2, { checksDeadline: true }), 20, at(1, 1, 1));
    // the third would begin at 5, after its deadline at 4
    expect(times(told).map(([, started]) => started)).toEqual([1, 3, null]);
    const untold = over({ deadline: 3 }, takes(2, { checksDeadline: true }), 20, at(1, 1, 1));
    expect(times(untold).map(([, started]) => started)).toEqual([1, 3, 5]);
  });
});

describe('a retry', () => {
  const failing = takes(0, { errors: 1, threads: 100 });
  const waits = (retry: Link['retry'], tries: number): number[] => {
    const times = sent(over({ retry }, failing, 10_000, at(1)));
    expect(times).toHaveLength(tries);
    return times.slice(1).map((time, i) => time! - times[i]!);
  };

  it('is made so many times, and waits as its backoff says (L4)', () => {
    expect(waits({ most: 3, backoff: 'none' }, 4)).toEqual([0, 0, 0]);
    expect(waits({ most: 3, backoff: 'fixed', base: 2 }, 4)).toEqual([2, 2, 2]);
    expect(waits({ most: 5, base: 1, cap: 6 }, 6)).toEqual([1, 2, 4, 6, 6]);
    expect(waits({ most: 3, base: 1, factor: 3 }, 4)).toEqual([1, 3, 9]);
  });

  it('with jitter waits within the bounds of its kind (L4)', () => {
    const full = waits({ most: 20, base: 1, cap: 8, jitter: 'full' }, 21);
    expect(Math.max(...full)).toBeLessThanOrEqual(8);
    expect(new Set(full).size).toBeGreaterThan(15);
    const equal = waits({ most: 20, base: 1, cap: 8, jitter: 'equal' }, 21);
    for (const [i, wait] of equal.entries()) expect(wait).toBeGreaterThanOrEqual(Math.min(8, 2 ** i) / 2 - 0.001);
    const decorrelated = waits({ most: 20, base: 1, cap: 8, jitter: 'decorrelated' }, 21);
    expect(Math.min(...decorrelated)).toBeGreaterThanOrEqual(1);
    for (const [i, wait] of decorrelated.entries())
      expect(wait).toBeLessThanOrEqual(Math.min(8, 3 * (decorrelated[i - 1] ?? 1)) + 0.002);
  });

  it('is made only for the failures that it names (L4)', () => {
    expect(waits({ most: 3, backoff: 'none', on: ['timeout'] }, 1)).toEqual([]);
  });

  it('draws anew at the callee, and the first try is the same as without retries (R2)', () => {
    const server = takes(1, { errors: 0.5, threads: 100 });
    const once = over({}, server, 200);
    const again = over({ retry: { most: 3, backoff: 'none' } }, server, 200);
    const firsts = (made: Run) =>
      [...made.trace!.hops.fate].filter(
        (_, hop) => made.trace!.hops.attempt[hop] === 0 && made.trace!.hops.endedAt[hop]! >= 0,
      );
    expect(firsts(again)).toEqual(firsts(once));
    expect(value(again, 'clients.failed')!).toBeLessThan(value(once, 'clients.failed')! / 3);
  });

  it('is paid from its budget: nothing to deposit, nothing to retry (L5)', () => {
    const made = over(
      { retry: { most: 3, backoff: 'none', budget: { deposit: 0.1, start: 2, capacity: 10 } } },
      failing,
      100,
    );
    expect(value(made, 'clients>server.retries')).toBe(2);
  });

  it('a budget by calls deposits for each call, whether it succeeds or not (L5)', () => {
    const made = over(
      { retry: { most: 3, backoff: 'none', budget: { deposit: 0.25, on: 'call', capacity: 10 } } },
      failing,
      100.5,
    );
    expect(value(made, 'clients>server.retries')).toBe(25);
  });
});

describe('a hedge', () => {
  it('is sent beside a slow try, the first answer counts, and the other is cancelled (L6)', () => {
    // the first takes the only fast thread's time; whoever comes second to another instance
    const made = over({ hedge: { after: 2 } }, takes(5, { threads: 2 }), 20, at(1));
    expect(times(made)).toEqual([
      [1, 1, 6],
      [3, 3, 6],
    ]);
    expect(value(made, 'clients>server.hedges')).toBe(1);
    expect(value(made, 'clients.roundTrip.mean')).toBe(5);
  });

  it('does not happen when the answer comes in time, nor beyond its share (L6)', () => {
    expect(value(over({ hedge: { after: 2 } }, takes(1), 20), 'clients>server.hedges')).toBe(0);
    const made = over({ hedge: { after: 1, share: 0.1 } }, takes(5, { threads: null }), 100.5);
    expect(value(made, 'clients>server.hedges')).toBe(10);
  });
});

describe('a circuit breaker', () => {
  const failing = takes(0, { errors: 1, threads: null });

  it('opens after so many failures in a row, lets one through after its time, and opens again (L7)', () => {
    const made = over({ breaker: { trip: { consecutive: 3 }, open: 5.5 } }, failing, 20.5);
    expect(sent(made).filter((_, hop) => made.trace!.hops.arrivedAt[hop]! >= 0)).toEqual([1, 2, 3, 9, 15]);
    expect(
      made.trace!.marks.filter(({ kind }) => kind === 'breaker').map(({ at, detail }) => [at / 1000, detail]),
    ).toEqual([
      [3, 'open'],
      [9, 'half-open'],
      [9, 'open'],
      [15, 'half-open'],
      [15, 'open'],
    ]);
    expect(made.failures).toContainEqual({ reason: 'breaker-open', by: 'clients', source: 'clients', count: 15 });
    expect(made.links['clients>server']!.breaker).toBe('open');
  });

  it('closes when as many probes as it wants have succeeded, and lets no more through meanwhile (L7)', () => {
    const faults = [{ id: 'bad', part: 'server', action: 'fail', duration: 5, amount: 1 }];
    const made = over(
      { breaker: { trip: { consecutive: 2 }, open: 4, probes: 2 } },
      takes(1.5, { threads: null }),
      14.5,
      every(0.5),
      { faults, inputs: [{ at: 0, fault: 'bad' }] },
    );
    const passed = sent(made).filter((_, hop) => made.trace!.hops.arrivedAt[hop]! >= 0);
    // failures at 2 and 2.5 open it until 6.5; probes at 6.5 and 7, the second is back at 8.5
    expect(passed.filter((time) => time! > 2.5 && time! < 8.5)).toEqual([6.5, 7]);
    expect(passed).toContain(9);
    expect(made.links['clients>server']!.breaker).toBe('closed');
  });

  it('by share opens once enough of the last calls failed (L7)', () => {
    const made = over({ breaker: { trip: { share: 0.5, window: 4, least: 4 }, open: 100 } }, failing, 10.5);
    expect(value(made, 'clients>server.tries')).toBe(4);
  });

  it('inside the retries sees every try; outside only what is left after them (L7)', () => {
    const retry = { most: 2, backoff: 'none' as const };
    const inside = over({ retry, breaker: { trip: { consecutive: 4 }, open: 100 } }, failing, 10.5);
    expect(value(inside, 'clients>server.tries')).toBe(4);
    const outside = over({ retry, breaker: { trip: { consecutive: 4 }, open: 100, around: 'call' } }, failing, 10.5);
    expect(value(outside, 'clients>server.tries')).toBe(12);
  });
});

describe('a bulkhead', () => {
  it('lets so many be under way, so many wait, and refuses the rest (L8)', () => {
    const made = over({ bulkhead: { most: 1, queue: 1 } }, takes(5, { threads: null }), 20, at(1, 2, 3));
    expect(times(made).filter(([, started]) => started !== null)).toEqual([
      [1, 1, 6],
      [6, 6, 11],
    ]);
    expect(made.failures).toEqual([{ reason: 'bulkhead-full', by: 'clients', source: 'clients', count: 1 }]);
  });

  it('a try that timed out gives its place back, though its zombie works on (L8)', () => {
    const made = over({ timeout: 2, bulkhead: { most: 1 } }, takes(10, { threads: null }), 20, at(1, 2, 3.5));
    expect(value(made, 'server.arrivals')).toBe(2);
    expect(value(made, 'server.busy.max')).toBe(2);
  });
});

describe('a rate limit', () => {
  it('lets the burst through and then as many as its rate (L9)', () => {
    const made = over({ rateLimit: { rate: 0.5, burst: 2 } }, takes(0.1, { threads: null }), 10.5);
    expect(sent(made).filter((_, hop) => made.trace!.hops.arrivedAt[hop]! >= 0)).toEqual([1, 2, 3, 5, 7, 9]);
  });
});

describe('a fallback', () => {
  it('is answered in place of a failure, and counts as degraded (L10)', () => {
    const made = over({ timeout: 2, fallback: { takes: 0.5 } }, takes(5, { threads: null }), 20, at(1, 2));
    expect(made.ledger.failed).toBe(0);
    expect(value(made, 'clients.roundTrip.mean')).toBe(2.5);
    expect(value(made, 'clients.degraded')).toBe(1);
    expect(value(made, 'clients>server.fallbacks')).toBe(2);
  });
});
