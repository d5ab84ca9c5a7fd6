/** Reasons of failure by hand, and held against what the machine counts. */
import { describe, expect, it } from 'vitest';
import { parseScenario, simulate } from '../../../simulations/index.ts';
import retryStorm from '../../../simulations/examples/retry-storm.json' with { type: 'json' };
import slowDependency from '../../../simulations/examples/slow-dependency.json' with { type: 'json' };
import { failedBy } from './failed.ts';
import { fateNames } from './fates.ts';
import { concerns, reasonsOf } from './reasons.ts';
import { steps, writtenRun } from './story.fixture.ts';

const QUEUE_FULL = fateNames.indexOf('queue-full');

describe('reasons of failure', () => {
  const run = writtenRun({
    parts: ['clients', 'shop'],
    columns: {
      'clients.made': steps([60, 10]),
      'clients.failures.timeout': steps([30, 0], [30, 2]),
      'clients.failures.queue-full': steps([60, 0]),
      'clients>shop.timeouts': steps([30, 0], [30, 5]),
      'shop.failures.queue-full': steps([10, 1], [50, 0]),
    },
  });

  it('count what customers were told apart from what was dropped on the way', () => {
    const { failed, dropped } = reasonsOf(run, run.endedAt);
    expect(failed).toEqual([{ reason: 'timeout', soFar: 60, whole: 60 }]);
    expect(dropped).toEqual([
      { by: 'clients>shop', reason: 'timeout', soFar: 150, whole: 150 },
      { by: 'shop', reason: 'queue-full', soFar: 10, whole: 10 },
    ]);
  });

  it('count up to the last whole window before the moment, and say up to when', () => {
    const { failed, until } = reasonsOf(run, 31 * 50 + 7);
    expect(until).toBe(31 * 50);
    expect(failed[0]!.soFar).toBe(2);
    expect(failed[0]!.whole).toBe(60);
  });

  it('belong to a part that dropped, that was called, or that called', () => {
    const [link, own] = reasonsOf(run, 0).dropped;
    expect(concerns(link!, 'shop')).toBe(true);
    expect(concerns(link!, 'clients')).toBe(true);
    expect(concerns(own!, 'clients')).toBe(false);
  });

  it.each([
    ['retry-storm', retryStorm, 'retry'],
    ['slow-dependency', slowDependency, 'bare'],
  ])('add up to what the machine says of %s', (_, scenario, design) => {
    const whole = simulate(parseScenario(scenario), { design, record: 'trace' });
    const { failed } = reasonsOf(whole, whole.endedAt);
    expect(failed.reduce((sum, row) => sum + row.whole, 0)).toBe(whole.ledger.failed);
  });

  it('are as many drops as there are hops that a part dropped', () => {
    const whole = simulate(parseScenario(slowDependency), { design: 'bare', record: 'trace' });
    const { hops, parts } = whole.trace!;
    const web = parts.indexOf('web');
    let dropped = 0;
    for (let row = 0; row < hops.count; row += 1)
      if (hops.to[row] === web && hops.by[row] === web && hops.fate[row] === QUEUE_FULL) dropped += 1;
    expect(reasonsOf(whole, whole.endedAt).dropped).toContainEqual({
      by: 'web',
      reason: 'queue-full',
      soFar: dropped,
      whole: dropped,
    });
  });
});

describe('requests that failed lately', () => {
  const row = (request: number, ended: number, fate = QUEUE_FULL, to = 'shop') => ({
    request,
    from: 'clients',
    to,
    sent: ended - 2,
    arrived: ended,
    ended,
    returned: ended + 1,
    fate,
  });
  const run = writtenRun({
    parts: ['clients', 'shop', 'bank'],
    hops: [row(1, 10), row(2, 20), row(3, 30), row(3, 34), row(4, 40, 1), row(5, 50, QUEUE_FULL, 'bank')],
  });

  it('are the last ones before the moment, each once, the latest first', () => {
    expect(failedBy(run, 45, undefined, 2).map(({ request, at }) => [request, at])).toEqual([
      [3, 34],
      [2, 20],
    ]);
  });

  it('can be asked for of one part', () => {
    expect(failedBy(run, 100, 'bank').map(({ request }) => request)).toEqual([5]);
  });
});
