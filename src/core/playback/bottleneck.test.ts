/** What holds a run up, and how one can tell: each rule on a run made for it, and all of them on runs of the machine. */
import { describe, expect, it } from 'vitest';
import { parseScenario, simulate } from '../../../simulations/index.ts';
import oneServer from '../../../simulations/scenarios/one-server/scenario.ts';
import retryStorm from '../../../simulations/examples/retry-storm.json' with { type: 'json' };
import slowDependency from '../../../simulations/examples/slow-dependency.json' with { type: 'json' };
import { bottleneckAt, heldAt } from './bottleneck.ts';
import { readFrames } from './frame.ts';
import { steps, writtenRun, type HopRow } from './story.fixture.ts';

const parts = ['clients', 'shop', 'bank'];
const load = (part: string, busy: readonly number[], capacity: number, queue: readonly number[]) => ({
  [`${part}.busy`]: busy,
  [`${part}.capacity`]: steps([60, capacity]),
  [`${part}.queue`]: queue,
});
const ids = (clues: readonly { id: string }[]): string[] => clues.map(({ id }) => id);

describe('a bottleneck', () => {
  it('is a part whose slots all work and whose line grows', () => {
    const columns = load('shop', steps([60, 4]), 4, steps([30, 2], [30, 9]));
    expect(bottleneckAt(writtenRun({ parts, columns }), 30 * 50 + 10)).toEqual({
      part: 'shop',
      chain: ['shop'],
      clues: [{ id: 'why.bottleneck.full.grows', values: { part: 'shop', share: 1, waiting: 9, waitingBefore: 2 } }],
    });
  });

  it('is no part that is busy without a line, and none that has a line without being busy', () => {
    const busy = writtenRun({ parts, columns: load('shop', steps([60, 4]), 4, steps([60, 0.4])) });
    expect(bottleneckAt(busy, 1500)).toEqual({
      part: null,
      chain: [],
      clues: [{ id: 'why.bottleneck.none', values: {} }],
    });
    const idle = writtenRun({ parts, columns: load('shop', steps([60, 2]), 4, steps([60, 5])) });
    expect(bottleneckAt(idle, 1500).part).toBeNull();
  });

  it('stands still where some wait and nobody is served', () => {
    const run = writtenRun({ parts, columns: load('shop', steps([60, 0]), 0, steps([60, 7])) });
    expect(bottleneckAt(run, 1500).clues).toEqual([
      { id: 'why.bottleneck.still', values: { part: 'shop', waiting: 7 } },
    ]);
  });

  it('is looked for down the calls: who waits for whom is counted in the trace', () => {
    const inShop: HopRow = { from: 'clients', to: 'shop', sent: 1000, arrived: 1001, started: 1001 };
    const hops: HopRow[] = [
      inShop,
      { ...inShop, request: 1 },
      { ...inShop, request: 2 },
      { from: 'shop', to: 'bank', parent: 0, sent: 1100, arrived: 1101, started: 1101 },
      { from: 'shop', to: 'bank', parent: 1, sent: 1100, arrived: 1101 },
      // Answered before the moment: that one waits no more.
      {
        from: 'shop',
        to: 'bank',
        parent: 2,
        sent: 1100,
        arrived: 1101,
        started: 1101,
        ended: 1200,
        returned: 1201,
        fate: 1,
      },
    ];
    const columns = {
      ...load('shop', steps([60, 3]), 3, steps([60, 5])),
      ...load('bank', steps([60, 1]), 2, steps([60, 0])),
      'bank.service.mean': steps([25, 0.1], [5, 0.5], [30, 0.1]),
    };
    const { part, chain, clues } = bottleneckAt(writtenRun({ parts, hops, columns }), 1499);
    expect(chain).toEqual(['shop', 'bank']);
    expect(part).toBe('bank');
    expect(clues[0]).toEqual({ id: 'why.held.all', values: { part: 'shop', callee: 'bank', serving: 3, waits: 2 } });
    expect(ids(clues)).toEqual(['why.held.all', 'why.bottleneck.notFull', 'why.bottleneck.slow']);
    expect(clues[2]!.values).toMatchObject({ took: 0.5, usual: 0.1, times: 5 });
  });

  it('is not looked for further down when fewer than half wait there', () => {
    const inShop: HopRow = { from: 'clients', to: 'shop', sent: 1000, arrived: 1001, started: 1001 };
    const hops: HopRow[] = [
      inShop,
      { ...inShop, request: 1 },
      { ...inShop, request: 2 },
      { from: 'shop', to: 'bank', parent: 0, sent: 1100, arrived: 1101, started: 1101 },
    ];
    const columns = load('shop', steps([60, 3]), 3, steps([60, 5]));
    expect(bottleneckAt(writtenRun({ parts, hops, columns }), 1499).chain).toEqual(['shop']);
  });

  it('counts a sampled request for as many as it stands for', () => {
    const inShop: HopRow = { from: 'clients', to: 'shop', sent: 0, arrived: 1, started: 1, kept: 0 };
    const hops = [inShop, { ...inShop, request: 1, kept: 1 }, { ...inShop, request: 2, kept: 4 }];
    expect(heldAt(writtenRun({ parts, hops, weight: 8 }), 100).get('shop')!.serving).toBe(9);
  });

  it('may be a limit and no part: a pool, a lock, a breaker, a bulkhead, a line that is full', () => {
    const columns = {
      'bank.poolUse': steps([60, 10]),
      'bank.poolSize': steps([60, 10]),
      'bank.poolQueue': steps([60, 3]),
      'bank.lockQueue': steps([60, 2]),
      'shop>bank.tries': steps([60, 9]),
      'shop>bank.failures.breaker-open': steps([60, 1]),
      'shop>bank.failures.bulkhead-full': steps([60, 2]),
      'shop.failures.queue-full': steps([60, 3]),
    };
    expect(ids(bottleneckAt(writtenRun({ parts, columns }), 1500).clues)).toEqual([
      'why.limit.queue-full',
      'why.limit.pool',
      'why.limit.lock',
      'why.limit.breaker-open',
      'why.limit.bulkhead-full',
    ]);
  });
});

describe('in runs of the machine', () => {
  it('a slow dependency holds the threads of its caller, and is found behind it', () => {
    const run = simulate(parseScenario(slowDependency), { design: 'bare', record: 'trace' });
    const { part, chain } = bottleneckAt(run, 100 * run.time.ticks);
    expect(chain).toEqual(['web', 'payments']);
    expect(part).toBe('payments');
  });

  it('a part asked about by itself is walked down from, too', () => {
    const run = simulate(parseScenario(retryStorm), { design: 'retry', record: 'trace' });
    const { part, chain } = bottleneckAt(run, 100 * run.time.ticks, 'front');
    expect(chain).toEqual(['front', 'middle', 'back']);
    expect(part).toBe('back');
  });

  it('nothing holds up a server with little to do', () => {
    const run = simulate(oneServer, { dials: { arrivalRate: 1 }, record: 'trace' });
    expect(bottleneckAt(run, 300 * run.time.ticks).part).toBeNull();
  });

  it('what is held at a moment is what the frame shows in service', () => {
    const run = simulate(parseScenario(slowDependency), { design: 'bare', record: 'trace' });
    const frame = readFrames(run, { stops: [] }).at(110 * run.time.ticks);
    for (const [part, { serving }] of heldAt(run, 110 * run.time.ticks))
      if (frame.parts[part]!.slots.length > 0)
        expect(serving).toBe(frame.parts[part]!.slots.filter((slot) => slot.hop >= 0).length);
  });
});
