/** Curves and charts by hand: every value here is worked out from a trace that was written down for it. */
import { describe, expect, it } from 'vitest';
import { chartFor, chartNamed, chartOf, chartsIn, chartsOf, firstCharts, leadOf } from './charts.ts';
import {
  busyCurve,
  failureCurves,
  latenciesOf,
  levelCurve,
  meanCurve,
  OTHER,
  percentile,
  percentileCurves,
  rateCurve,
  valueAt,
  type Latencies,
} from './curves.ts';
import { fateNames } from './fates.ts';
import { apart } from './labels.ts';
import { steps, writtenRun, type HopRow } from './story.fixture.ts';

const ANSWERED = 1;
const TIMEOUT = fateNames.indexOf('timeout');
/** An answered call of the clients that arrived at `at` and took `took` ticks. */
const call = (request: number, at: number, took: number, more: Partial<HopRow> = {}): HopRow => ({
  request,
  from: 'clients',
  to: 'shop',
  sent: at - 5,
  arrived: at,
  started: at,
  ended: at + took,
  returned: at + took + 5,
  fate: ANSWERED,
  ...more,
});
const parts = ['clients', 'shop'];

describe('percentiles over the run', () => {
  const many = (count: number, at: number): Latencies => ({
    endedAt: Array.from({ length: count }, () => at),
    took: Array.from({ length: count }, (_, each) => each + 1),
    weight: Array.from({ length: count }, () => 1),
  });

  it('are the nearest rank of the requests that ended in each window', () => {
    const run = writtenRun({ parts, windows: 8 });
    const [p50] = percentileCurves(run, many(6, 10), { p50: 0.5 });
    expect(p50!.width).toBe(50);
    expect(p50!.values).toEqual([3, null, null, null, null, null, null, null]);
  });

  it('have a gap where fewer than three requests lie beyond them', () => {
    const run = writtenRun({ parts, windows: 8 });
    expect(percentileCurves(run, many(59, 10), { p95: 0.95 })[0]!.values[0]).toBeNull();
    expect(percentileCurves(run, many(60, 10), { p95: 0.95 })[0]!.values[0]).toBe(57);
  });

  it('take wider windows where each holds too few, but never more than a quarter of the run', () => {
    const run = writtenRun({ parts, windows: 40 });
    const thin: Latencies = { endedAt: [], took: [], weight: [] };
    for (let window = 0; window < 40; window += 1)
      for (let each = 0; each < 30; each += 1) {
        thin.endedAt.push(window * 50);
        thin.took.push(each);
        thin.weight.push(1);
      }
    const [p95, p99] = percentileCurves(run, thin, { p95: 0.95, p99: 0.99 });
    expect([p95!.width, p95!.values.length]).toEqual([100, 20]);
    expect([p99!.width, p99!.values.length]).toEqual([500, 4]);
    const [none] = percentileCurves(run, many(20, 10), { p99: 0.99 });
    expect([none!.width, none!.values]).toEqual([500, [null, null, null, null]]);
  });

  it('count each request of a sample for as many as it stands for, and the recent ones for none', () => {
    const hops = [
      ...[10, 20, 30].map((took, each) => call(each, 10, took, { kept: 0 })),
      ...[400, 500, 600].map((took, each) => call(10 + each, 10, took, { kept: 2 })),
      call(20, 10, 900, { kept: 4 }),
    ];
    const run = writtenRun({ parts, hops, windows: 1, window: 2000, weight: 9 });
    const latencies = latenciesOf(run, 'shop');
    expect(latencies.weight).toEqual([9, 9, 9, 1, 1, 1]);
    const [p50, p90] = percentileCurves(run, latencies, { p50: 0.5, p90: 0.5 });
    // 27 of 30 requests took at most 0.3: the fifteenth took 0.2.
    expect([p50!.values[0], p90!.values[0]]).toEqual([0.2, 0.2]);
    expect(meanCurve(run, latencies).values[0]).toBeCloseTo((9 * 0.6 + 15) / 30, 9);
    expect(percentile([0.1, 0.2, 0.3, 4, 5, 6], 0.95, [9, 9, 9, 1, 1, 1])).toBe(5);
    expect(percentile([0.1, 0.2, 0.3, 4, 5, 6], 0.9, [9, 9, 9, 1, 1, 1])).toBe(0.3);
  });
});

describe('latencies', () => {
  it('of a part run from the arrival to the end of what it answered', () => {
    const run = writtenRun({ parts, hops: [call(0, 10, 40), call(1, 20, 70, { fate: TIMEOUT })] });
    expect(latenciesOf(run, 'shop').took).toEqual([0.4]);
  });

  it('of a source run from the first try to the answer, and a late answer to a try that was given up is none', () => {
    const run = writtenRun({
      parts,
      hops: [
        call(0, 10, 200, { abandoned: true }),
        call(0, 110, 30, { attempt: 1, sent: 105, returned: 145 }),
        call(1, 300, 20),
      ],
      columns: { 'clients.made': steps([60, 0]) },
    });
    const { took, endedAt } = latenciesOf(run, 'clients');
    expect(took).toEqual([(145 - 5) / 100, (325 - 295) / 100]);
    expect(endedAt).toEqual([145, 325]);
  });
});

describe('failures by reason', () => {
  const run = writtenRun({
    parts: [...parts, 'staff'],
    columns: {
      'clients.made': steps([60, 10]),
      'staff.made': steps([60, 1]),
      'clients.failures.timeout': steps([30, 0], [30, 2]),
      'staff.failures.timeout': steps([59, 0], [1, 4]),
      'clients.failures.queue-full': steps([10, 1], [50, 0]),
      'clients.failures.timeout@pay': steps([60, 9]),
      'clients.failures.error': steps([60, 0]),
      'shop.failures.shed': steps([60, 3]),
    },
  });

  it('are of all who made requests, per unit of time, the most frequent reason first', () => {
    const curves = failureCurves(run, null, 60);
    expect(curves.map(({ id }) => id)).toEqual(['timeout', 'queue-full']);
    expect([valueAt(curves[0]!, 0), valueAt(curves[0]!, 2000), valueAt(curves[0]!, 2999)]).toEqual([0, 4, 12]);
    expect(valueAt(curves[1]!, 0)).toBe(2);
  });

  it('of one part are what that part dropped', () => {
    expect(failureCurves(run, 'shop', 60).map(({ id, values }) => [id, values[0]])).toEqual([['shed', 6]]);
  });

  it('beyond the fourth reason are taken together, and none is lost', () => {
    const reasons = ['timeout', 'shed', 'error', 'crashed', 'conflict', 'aborted'];
    const columns = Object.fromEntries(
      reasons.map((reason, place) => [`shop.failures.${reason}`, steps([60, place + 1])]),
    );
    const curves = failureCurves(writtenRun({ parts, columns }), 'shop', 60);
    expect(curves.map(({ id }) => id)).toEqual(['aborted', 'conflict', 'crashed', 'error', OTHER]);
    expect(curves.reduce((sum, { values }) => sum + values[0]!, 0)).toBe(2 * 21);
  });
});

describe('readings joined into as many spans as there is room for', () => {
  const run = writtenRun({
    parts,
    columns: {
      'shop.queue': steps([30, 2], [30, 4]),
      'shop.busy': steps([30, 1], [30, 3]),
      'shop.capacity': steps([30, 2], [30, 4]),
      'shop.arrivals': steps([60, 5]),
      'shop.response.max': steps([30, Number.NaN], [30, 7]),
    },
  });
  it('keep their means and their sums', () => {
    expect(levelCurve(run, 'shop.queue', 'queue', 4)).toEqual({ id: 'queue', width: 750, values: [2, 2, 4, 4] });
    expect(rateCurve(run, ['shop.arrivals'], 'came', 4).values).toEqual([10, 10, 10, 10]);
  });
  it('have gaps where nothing was read', () => {
    expect(levelCurve(run, 'shop.response.max', 'level', 4).values).toEqual([null, null, 7, 7]);
    expect(levelCurve(run, 'shop.nothing', 'level', 4).values).toEqual([null, null, null, null]);
  });
  it('measure work against as many threads as there were at the time', () => {
    expect(busyCurve(run, 'shop', 4).values).toEqual([0.5, 0.5, 0.75, 0.75]);
  });
});

describe('charts', () => {
  const run = writtenRun({
    parts,
    hops: Array.from({ length: 40 }, (_, each) => call(each, 10 + each, 20)),
    columns: {
      'clients.made': steps([60, 10]),
      'clients.answered': steps([60, 9]),
      'clients.failures.timeout': steps([60, 1]),
      'shop.arrivals': steps([60, 10]),
      'shop.completions': steps([60, 9]),
      'shop.queue': steps([60, 2]),
      'shop.inside': steps([60, 3]),
      'shop.entries': steps([60, 3]),
    },
  });

  it.each([
    ['server.response.mean', 'latency.server'],
    ['clients.roundTrip.p99@pay', 'latency.clients@pay'],
    ['server.queue', 'queue.server'],
    ['server.busy', 'busy.server'],
    ['server.utilisation', 'busy.server'],
    ['clients.goodput', 'rate.clients'],
    ['back.arrivals', 'rate.back'],
    ['back.inside', 'level.back.inside'],
    ['queue.endToEnd.mean', 'level.queue.endToEnd.mean'],
  ])('show the reading %s as %s', (series, id) => {
    expect(chartFor(series)).toBe(id);
    expect(chartNamed(id)).not.toBeNull();
  });

  it('that are asked for come first, and failures when there are any', () => {
    const failed = { ...run, ledger: { ...run.ledger, failed: 3 } };
    expect(firstCharts(run, ['shop.queue', 'shop.arrivals', 'shop.completions'])).toEqual(['queue.shop', 'rate.shop']);
    expect(firstCharts(failed, ['shop.queue'])).toEqual(['queue.shop', 'failures']);
  });

  it('of a part are those that it has readings for', () => {
    expect(chartsOf(run, 'clients')).toEqual(['rate.clients', 'failures.clients', 'latency.clients']);
    expect(chartsOf(run, 'shop', ['shop.entries'])).toEqual([
      'rate.shop',
      'latency.shop',
      'queue.shop',
      'level.shop.inside',
      'level.shop.entries',
    ]);
  });

  it('that a run cannot have are none', () => {
    for (const id of ['queue.bank', 'level.shop.nothing', 'latency.shop@vip', 'dance.shop', 'queue', ''])
      expect(chartOf(run, id)).toBeNull();
  });

  it('are asked for by the words of a link, each once, and nothing else is', () => {
    expect(
      chartsIn(['follow:3', 'chart:queue.shop', 'chart:queue.shop', 'chart:<script>', 'chart:dance.shop']),
    ).toEqual(['queue.shop']);
    expect(chartsIn(['follow:3'])).toBeNull();
  });

  it('are each stood for by one curve where runs are laid over each other', () => {
    expect(leadOf(chartOf(run, 'latency.shop')!)!.id).toBe('p95');
    expect(leadOf(chartOf(run, 'rate.shop')!)!.id).toBe('answered');
    expect(leadOf(chartOf(run, 'failures')!)).toMatchObject({ id: 'failed' });
    expect(leadOf(chartOf(run, 'failures.shop')!)).toBeNull();
  });
});

describe('labels beside the ends of lines', () => {
  it('stay where they are while none covers another', () => {
    expect(apart([10, 50, 90], 15, 100)).toEqual([10, 50, 90]);
  });
  it('move apart as far as they must, in their order, and not beyond the picture', () => {
    expect(apart([50, 52], 15, 100)).toEqual([50, 65]);
    expect(apart([99, 98, 100], 15, 100)).toEqual([85, 70, 100]);
  });
  it('run on below where there is no room for all', () => {
    expect(apart([0, 0, 0], 15, 20)).toEqual([0, 15, 30]);
  });
});
