import { describe, expect, it } from 'vitest';
import { run, takes, type Faults, type Parts } from '../../by-hand.fixture.ts';
import { simulate, theory, type Run, type ScenarioSource } from '../../index.ts';

/** Requests for one key, at the times of a list. */
const asks = (key: number, at: number[], more: object = {}): Parts[string] =>
  ({
    kind: 'traffic',
    arrivals: { pattern: 'trace', times: at },
    calls: ['cache'],
    ...(key === 0 ? {} : { keys: { count: key + 1, law: 'uniform', hot: { key, share: 1 } } }),
    ...more,
  }) as Parts[string];

const holds = (more: object = {}): Parts[string] => ({ kind: 'cache', behind: 'store', ...more }) as Parts[string];

/** Of each call to a part: when it arrived and ended, in seconds; the end is null while it is inside. */
function callsOf({ trace }: Run, part: string): (number | null)[][] {
  const { hops, parts } = trace!;
  const which = parts.indexOf(part);
  return Array.from({ length: hops.count }, (_, hop) => hop)
    .filter((hop) => hops.to[hop] === which)
    .map((hop) => [hops.arrivedAt[hop]! / 1000, hops.endedAt[hop]! < 0 ? null : hops.endedAt[hop]! / 1000]);
}

const valueOf = ({ measures }: Run, name: string) => measures[name]!.value;

function keepsItsBooks({ ledger }: Run): void {
  expect(ledger.conserves).toBe(true);
  for (const { holds: equal } of Object.values(ledger.little)) expect(equal).toBe(true);
}

describe('cache', () => {
  it('asks the part behind for what it does not hold, and answers from then on by itself after the hit time (P40)', () => {
    const cached = run({ clients: asks(0, [1, 2, 3]), cache: holds({ hitTime: 0.25 }), store: takes(0.5) }, 5);
    expect(callsOf(cached, 'cache')).toEqual([
      [1, 1.5],
      [2, 2.25],
      [3, 3.25],
    ]);
    expect(callsOf(cached, 'store')).toEqual([[1, 1.5]]);
    expect(valueOf(cached, 'cache.hitRatio')).toBeCloseTo(2 / 3, 12);
    keepsItsBooks(cached);
  });

  it('a hit time may be drawn', () => {
    const hitTime = { law: 'uniform', min: 0.1, max: 0.2 };
    const cached = run({ clients: asks(0, [1, 2, 3]), cache: holds({ hitTime, warm: 1 }), store: takes(0.5) }, 5);
    for (const [arrived, ended] of callsOf(cached, 'cache')) {
      expect(ended! - arrived!).toBeGreaterThanOrEqual(0.1);
      expect(ended! - arrived!).toBeLessThanOrEqual(0.2);
    }
  });

  it('an entry has expired at the tick at which its time to live is over (P41)', () => {
    // filled at 1.5, good for 10: to but not at 11.5
    const parts = (at: number) => ({ clients: asks(0, [1, at]), cache: holds({ ttl: 10 }), store: takes(0.5) });
    expect(callsOf(run(parts(11.499), 20), 'store')).toHaveLength(1);
    const late = run(parts(11.5), 20);
    expect(callsOf(late, 'store')).toHaveLength(2);
    expect(valueOf(late, 'cache.expired')).toBe(1);
  });

  it('counts the time to live from the fill, or anew from each use (P41)', () => {
    const parts = (ttlFrom: string) => ({
      clients: asks(0, [1, 5, 12, 20]),
      cache: holds({ ttl: 10, ttlFrom }),
      store: takes(0.5),
    });
    // fixed: filled at 1.5, so gone at 12; filled again at 12.5
    expect(callsOf(run(parts('fill'), 25), 'store').map(([at]) => at)).toEqual([1, 12]);
    expect(callsOf(run(parts('use'), 25), 'store').map(([at]) => at)).toEqual([1]);
  });

  it('a time to live that is drawn lets what was filled together expire at different times', () => {
    const parts = (ttl: unknown) => ({
      clients: {
        kind: 'traffic',
        arrivals: { pattern: 'constant', rate: 100 },
        calls: ['cache'],
        keys: { count: 50, law: 'uniform' },
      },
      cache: holds({ ttl, warm: 50 }),
      store: takes(0, { threads: null }),
    });
    const missesBefore = (ttl: unknown, until: number) =>
      valueOf(simulate({ id: 'a', horizon: until, parts: parts(ttl) as never }), 'cache.misses');
    expect(missesBefore(10, 9.9)).toBe(0);
    expect(missesBefore({ law: 'uniform', min: 5, max: 15 }, 9.9)).toBeGreaterThan(10);
  });

  const order = (eviction: string) =>
    run(
      {
        a: asks(0, [1, 3, 5]),
        b: asks(1, [2]),
        c: asks(2, [4]),
        cache: holds({ size: 2, eviction }),
        store: takes(0),
      },
      6,
    );

  it('evicts the entry used least recently, or the one filled longest ago (P42)', () => {
    // 0, 1, 0 again, then 2 needs room: 1 goes by use, 0 goes by age
    expect(order('lru').state['cache']!.readings).toMatchObject({ keys: [0, 2] });
    expect(callsOf(order('lru'), 'store').map(([at]) => at)).toEqual([1, 2, 4]);
    expect(order('fifo').state['cache']!.readings).toMatchObject({ keys: [0, 2] });
    expect(callsOf(order('fifo'), 'store').map(([at]) => at)).toEqual([1, 2, 4, 5]);
    expect(valueOf(order('fifo'), 'cache.evictions')).toBe(2);
    keepsItsBooks(order('random'));
  });

  it('with room for nothing, every read is a miss', () => {
    const none = run({ clients: asks(0, [1, 2]), cache: holds({ size: 0, warm: 5 }), store: takes(0) }, 3);
    expect(valueOf(none, 'cache.hitRatio')).toBe(0);
    expect(valueOf(none, 'cache.entries.max')).toBe(0);
  });

  describe('requests for a key that is being fetched', () => {
    const stampede = (coalesce: boolean) =>
      run(
        {
          clients: asks(0, [5, ...Array.from({ length: 100 }, () => 10), 10.2]),
          cache: holds({ warm: 1, ttl: 10, coalesce }),
          store: takes(0.5, { threads: null }),
        },
        12,
      );

    it('make one call when they are coalesced, and are answered together (P43)', () => {
      const calm = stampede(true);
      expect(callsOf(calm, 'store')).toEqual([[10, 10.5]]);
      expect(callsOf(calm, 'cache').filter(([, ended]) => ended === 10.5)).toHaveLength(101);
      expect(valueOf(calm, 'cache.coalesced')).toBe(100);
      keepsItsBooks(calm);
    });

    it('make one call each when they are not (P43)', () => {
      const wild = stampede(false);
      expect(callsOf(wild, 'store')).toHaveLength(101);
      expect(valueOf(wild, 'cache.misses')).toBe(101);
    });

    const failing = (whenFetchFails: string) =>
      run(
        {
          clients: asks(0, [1, 1.1, 1.2]),
          cache: holds({ coalesce: true, whenFetchFails }),
          store: takes(0.5, { threads: null, errors: 1 }),
        },
        5,
      );

    it('fail with it when it fails (P43)', () => {
      const all = failing('all-fail');
      expect(callsOf(all, 'store')).toEqual([[1, 1.5]]);
      expect(all.ledger).toMatchObject({ failed: 3, inside: 0 });
      expect(all.failures).toEqual([{ reason: 'error', by: 'store', source: 'clients', count: 3 }]);
      keepsItsBooks(all);
    });

    it('or each try by themselves (P43)', () => {
      const each = failing('each-tries');
      expect(callsOf(each, 'store')).toEqual([
        [1, 1.5],
        [1.5, 2],
        [1.5, 2],
      ]);
      expect(each.ledger).toMatchObject({ failed: 3, inside: 0 });
      keepsItsBooks(each);
    });
  });

  describe('refreshing ahead', () => {
    it('a hit in the last share of a life fetches once in the background, and nobody waits (P44)', () => {
      // filled at 1.5, expires at 11.5, last fifth from 9.5; refreshed 10.0 to 10.5
      const fresh = run(
        {
          clients: asks(0, [1, 9, 10, 10.2, 12]),
          cache: holds({ ttl: 10, refreshAhead: 0.2 }),
          store: takes(0.5, { threads: null }),
        },
        15,
      );
      expect(callsOf(fresh, 'store')).toEqual([
        [1, 1.5],
        [10, 10.5],
      ]);
      expect(callsOf(fresh, 'cache').slice(1)).toEqual([
        [9, 9],
        [10, 10],
        [10.2, 10.2],
        [12, 12],
      ]);
      expect(valueOf(fresh, 'cache.refreshes')).toBe(1);
      // it is made for nobody: it hangs on no other call
      const { hops, parts } = fresh.trace!;
      const refresh = [...hops.to].lastIndexOf(parts.indexOf('store'));
      expect(hops.parent[refresh]).toBe(-1);
      keepsItsBooks(fresh);
    });

    it('a miss after the entry has expired waits for a refresh that is under way (P44)', () => {
      const late = run(
        {
          clients: asks(0, [9.9, 10.1]),
          cache: holds({ warm: 1, ttl: 10, refreshAhead: 0.2, coalesce: true }),
          store: takes(0.5),
        },
        15,
      );
      expect(callsOf(late, 'store')).toEqual([[9.9, 10.4]]);
      expect(callsOf(late, 'cache')[1]).toEqual([10.1, 10.4]);
      keepsItsBooks(late);
    });

    it('by chance, the sooner an entry expires the likelier, and hardly anybody ever waits (XFetch)', () => {
      const parts = (refreshByChance: number): Parts => ({
        clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 100 }, calls: ['cache'] },
        cache: holds({ ttl: 10, refreshByChance }),
        store: takes(0.5, { threads: null }),
      });
      const scenario = (chance: number) => ({ id: 'a', horizon: 1000, parts: parts(chance) });
      const off = simulate(scenario(0));
      const on = simulate(scenario(1));
      // without: some 100 times 50 requests in half a second of fetching
      expect(valueOf(off, 'cache.misses')).toBeGreaterThan(4000);
      expect(valueOf(on, 'cache.misses')).toBeLessThan(100);
      // a hundred hits a second are tried, each with e^(−left/0.5): the expected lead is 0.5·ln(100·0.5) ≈ 2 s
      const gap = 1000 / valueOf(on, 'cache.refreshes')!;
      expect(gap).toBeGreaterThan(7.5);
      expect(gap).toBeLessThan(9.5);
    });
  });

  describe('when the part behind fails', () => {
    const faults: Faults = [{ id: 'outage', part: 'store', action: 'outage', duration: 100 }];
    const broken = (staleOnError: boolean) =>
      run({ clients: asks(0, [1, 13]), cache: holds({ ttl: 10, staleOnError }), store: takes(0.5) }, 15, {
        faults,
        inputs: [{ at: 5, fault: 'outage' }],
      });

    it('an expired copy is answered with, as degraded (P45)', () => {
      const stale = broken(true);
      expect(stale.ledger).toMatchObject({ answered: 2, failed: 0 });
      expect(valueOf(stale, 'clients.degraded')).toBe(0.5);
      expect(valueOf(stale, 'cache.staleAnswers')).toBe(1);
      expect(valueOf(stale, 'cache.fillFailures')).toBe(1);
      keepsItsBooks(stale);
    });

    it('or the failure is passed on with the part that dropped it (P45)', () => {
      const failed = broken(false);
      expect(failed.failures).toEqual([{ reason: 'unavailable', by: 'store', source: 'clients', count: 1 }]);
      keepsItsBooks(failed);
    });

    it('a substitute that the link behind makes do with is passed on, but not kept (P45)', () => {
      const links: ScenarioSource['links'] = [{ from: 'cache', to: 'store', fallback: {} }];
      const parts = { clients: asks(0, [1, 2]), cache: holds(), store: takes(0.5, { errors: 1 }) };
      const made = run(parts, 5, { links });
      expect(callsOf(made, 'store')).toHaveLength(2);
      expect(valueOf(made, 'clients.degraded')).toBe(1);
      keepsItsBooks(made);
    });
  });

  describe('a write', () => {
    const written = (writes: string) =>
      run(
        {
          readers: asks(0, [1, 5]),
          writers: asks(0, [3], { writes: 1 }),
          cache: holds({ writes }),
          store: takes(0.5, { threads: null }),
        },
        10,
      );

    it('goes behind, and what was written is then held, or nothing happens, or the entry is dropped (P46)', () => {
      // the read at 5 is a hit unless the entry was dropped
      expect(callsOf(written('through'), 'store').map(([at]) => at)).toEqual([1, 3]);
      expect(callsOf(written('around'), 'store').map(([at]) => at)).toEqual([1, 3]);
      expect(callsOf(written('invalidate'), 'store').map(([at]) => at)).toEqual([1, 3, 5]);
      expect(valueOf(written('through'), 'cache.outdated')).toBe(0);
      expect(valueOf(written('around'), 'cache.outdated')).toBe(1);
      keepsItsBooks(written('around'));
    });

    it('that failed leaves the entry, but invalidation drops it all the same (P46)', () => {
      const failed = (writes: string) =>
        run(
          { writers: asks(0, [3], { writes: 1 }), cache: holds({ writes, warm: 1 }), store: takes(0.5, { errors: 1 }) },
          5,
        );
      expect(failed('through').state['cache']!.readings!['entries']).toBe(1);
      expect(failed('invalidate').state['cache']!.readings!['entries']).toBe(0);
    });

    it('through fills also what was not held', () => {
      const first = run(
        {
          writers: asks(0, [1], { writes: 1 }),
          readers: asks(0, [3]),
          cache: holds({ writes: 'through' }),
          store: takes(0.5),
        },
        5,
      );
      expect(valueOf(first, 'cache.hits')).toBe(1);
    });
  });

  describe('what comes after the caller has given up', () => {
    const late = (fills: string, onTimeout: string, more: object = {}) =>
      run(
        {
          clients: asks(0, [1, 5]),
          cache: holds({ fills, ...more }),
          store: takes(2, { threads: null }),
        },
        8,
        { links: [{ from: 'clients', to: 'cache', timeout: 1, onTimeout: onTimeout as 'cancel' }] },
      );

    it('is kept when the cache fetches for itself, whether the caller says so or not (P47)', () => {
      for (const onTimeout of ['cancel', 'zombie']) {
        const kept = late('late-too', onTimeout);
        expect(callsOf(kept, 'store')).toEqual([[1, 3]]);
        expect(kept.ledger).toMatchObject({ answered: 1, failed: 1 });
        keepsItsBooks(kept);
      }
    });

    it('is not kept when the fill is the caller’s (P47)', () => {
      // a zombie's answer comes and fills nothing
      const zombie = late('in-time', 'zombie');
      expect(callsOf(zombie, 'store')).toEqual([
        [1, 3],
        [5, 7],
      ]);
      expect(valueOf(zombie, 'cache.tooLate')).toBe(2);
      expect(zombie.ledger).toMatchObject({ answered: 0, failed: 2 });
      // told of it, the cache gives the fetch up at once
      const told = late('in-time', 'cancel');
      expect(callsOf(told, 'store')).toEqual([
        [1, 2],
        [5, 6],
      ]);
      keepsItsBooks(zombie);
      keepsItsBooks(told);
    });

    it('so a flush is over soon, or never: a look-aside cache stays empty while its callers give up (P47)', () => {
      // 100 requests a second for 100 keys, of which the store can serve 20 a second; nobody waits longer than half a second
      const flushed = (fills: string) =>
        simulate({
          id: 'metastable',
          horizon: 120,
          warmUp: 90,
          parts: {
            clients: {
              kind: 'traffic',
              arrivals: { pattern: 'poisson', rate: 100 },
              calls: ['cache'],
              keys: { count: 100, law: 'uniform' },
            },
            cache: holds({ fills, warm: 100 }),
            store: takes(0.05),
          },
          links: [{ from: 'clients', to: 'cache', timeout: 0.5 }],
          faults: [{ id: 'flush', part: 'cache', action: 'flush', duration: 1 }],
          inputs: [{ at: 10, fault: 'flush' }],
        });
      expect(valueOf(flushed('late-too'), 'cache.hitRatio')).toBe(1);
      expect(valueOf(flushed('in-time'), 'cache.hitRatio')).toBeLessThan(0.5);
      expect(valueOf(flushed('in-time'), 'clients.failures')).toBeGreaterThan(0.5);
    });

    it('a fetch goes on as long as one of those who wait for it does', () => {
      const links: ScenarioSource['links'] = [{ from: 'hasty', to: 'cache', timeout: 1, onTimeout: 'cancel' }];
      const parts = {
        hasty: asks(0, [1]),
        patient: asks(0, [1.5]),
        cache: holds({ fills: 'in-time', coalesce: true }),
        store: takes(2),
      };
      const both = run(parts, 5, { links });
      expect(callsOf(both, 'store')).toEqual([[1, 3]]);
      expect(both.ledger).toMatchObject({ answered: 1, failed: 1 });
      expect(both.state['cache']!.readings!['entries']).toBe(1);
      keepsItsBooks(both);
    });
  });

  describe('faults', () => {
    const broken = (action: string, more: object = {}, instance = 0) =>
      run({ clients: asks(0, [1, 2, 4, 6]), cache: holds({ warm: 3, ...more }), store: takes(0.5) }, 8, {
        faults: [{ id: 'fault', part: 'cache', action, duration: 2, instance }],
        inputs: [{ at: 3, fault: 'fault' }],
      });

    it('flush empties it once', () => {
      const flushed = broken('flush');
      expect(callsOf(flushed, 'store').map(([at]) => at)).toEqual([4]);
      expect(flushed.trace!.marks).toContainEqual({ at: 3000, part: 'cache', kind: 'event', detail: 'emptied' });
    });

    it('down, calls go past it and fill nothing; what it holds stays (P48)', () => {
      const down = broken('down');
      expect(callsOf(down, 'store').map(([at]) => at)).toEqual([4]);
      expect(valueOf(down, 'cache.hits')).toBe(3);
      expect(down.state['cache']!.instances).toEqual([true]);
      keepsItsBooks(down);
    });

    it('down, or calls fail as unavailable (P48)', () => {
      const down = broken('down', { whenDown: 'fail' });
      expect(callsOf(down, 'store')).toEqual([]);
      expect(down.failures).toEqual([{ reason: 'unavailable', by: 'cache', source: 'clients', count: 1 }]);
      keepsItsBooks(down);
    });

    it('expire-key lets one key expire and no other', () => {
      expect(callsOf(broken('expire-key'), 'store').map(([at]) => at)).toEqual([4]);
      expect(callsOf(broken('expire-key', {}, 2), 'store')).toEqual([]);
    });
  });

  it('made smaller in a run, evicts what is too much at once', () => {
    const parts = { clients: asks(0, [1, 5]), cache: holds({ size: 10, warm: 10 }), store: takes(0) };
    const dials: ScenarioSource['dials'] = [
      { id: 'size', unit: 'count', min: 0, max: 10, step: 1, start: 10, sets: ['parts.cache.size'] },
    ];
    const smaller = run(parts, 8, { dials, inputs: [{ at: 3, dial: 'size', value: 4 }] });
    expect(smaller.state['cache']!.readings).toMatchObject({ entries: 4, keys: [0, 1, 2, 3] });
    expect(valueOf(smaller, 'cache.evictions')).toBe(6);
  });

  it('in between it changes no draw of the part behind (R2)', () => {
    const law = { law: 'exponential', mean: 1 } as const;
    const store: Parts[string] = { kind: 'service', threads: null, service: law };
    const clients = (calls: string[]): Parts[string] => ({
      kind: 'traffic',
      arrivals: { pattern: 'poisson', rate: 10 },
      calls,
    });
    const plain = run({ clients: clients(['store']), store }, 20);
    const cached = run({ clients: clients(['cache']), store, cache: holds({ size: 0 }) }, 20);
    expect(callsOf(cached, 'store')).toEqual(callsOf(plain, 'store'));
  });
});

describe('a cache under load', () => {
  /** Everything at once: few keys, short lives, failures, cancelled and forgotten callers, hedges and retries. */
  const busy = (seed: number, more: object, link: object = {}): Run =>
    simulate(
      {
        id: 'busy',
        horizon: 60,
        seed,
        parts: {
          clients: {
            kind: 'traffic',
            arrivals: { pattern: 'poisson', rate: 60 },
            calls: ['cache'],
            keys: { count: 40, law: 'zipf', exponent: 1 },
            writes: 0.1,
          },
          cache: holds({ size: 20, ttl: 1, hitTime: 0.01, ...more }) as never,
          store: {
            kind: 'service',
            threads: 3,
            queueLimit: 20,
            service: { law: 'exponential', mean: 0.08 },
            errors: 0.2,
          },
        },
        links: [
          { from: 'clients', to: 'cache', latency: 0.001, timeout: 0.2, onTimeout: 'cancel', ...link },
          { from: 'cache', to: 'store', latency: 0.001, timeout: 0.3, retry: { most: 1, base: 0.01 } },
        ],
        faults: [
          { id: 'down', part: 'cache', action: 'down', duration: 3 },
          { id: 'flush', part: 'cache', action: 'flush', duration: 1 },
          { id: 'outage', part: 'store', action: 'outage', duration: 3 },
        ],
        inputs: [
          { at: 10, fault: 'down' },
          { at: 20, fault: 'flush' },
          { at: 30, fault: 'outage' },
          { at: 31, fault: 'down' },
        ],
      },
      { record: 'trace' },
    );

  const settings: [string, object, object][] = [
    ['look-aside', { fills: 'in-time', writes: 'through' }, {}],
    ['coalescing', { coalesce: true, staleOnError: true, refreshAhead: 0.3 }, { onTimeout: 'zombie' }],
    ['each tries', { coalesce: true, whenFetchFails: 'each-tries', fills: 'in-time', eviction: 'random' }, {}],
    ['hedged', { coalesce: true, refreshByChance: 1, eviction: 'fifo', whenDown: 'fail' }, { hedge: { after: 0.05 } }],
    ['around', { writes: 'around', ttlFrom: 'use', fills: 'in-time', coalesce: true }, { onTimeout: 'zombie' }],
  ];

  it.each(settings)('%s: nothing is lost and nothing counted twice (C1)', (_, more, link) => {
    for (const seed of [1, 2, 3]) {
      const made = busy(seed, more, link);
      keepsItsBooks(made);
      expect(made.ledger.made).toBeGreaterThan(3000);
      expect(valueOf(made, 'cache.entries.max')).toBeLessThanOrEqual(20);
      expect(busy(seed, more, link).digest).toBe(made.digest);
    }
  });

  it('read at a time, is as a run stopped there (S1)', () => {
    const scenario = {
      id: 'state',
      horizon: 20,
      parts: {
        clients: {
          kind: 'traffic',
          arrivals: { pattern: 'poisson', rate: 50 },
          calls: ['cache'],
          keys: { count: 100, law: 'zipf' },
        },
        cache: holds({ size: 30, ttl: 2, coalesce: true }),
        store: takes(0.2, { threads: 5 }),
      },
    } as ScenarioSource;
    const early = simulate(scenario, { until: 10 });
    const again = simulate({ ...scenario, horizon: 10 });
    expect(again.state).toEqual(early.state);
    expect(early.state['cache']!.readings!['fetching']).not.toEqual([]);
  });
});

describe('caches and their closed forms', () => {
  const asked = (rate: number, keys: object, cache: object, horizon: number, warmUp: number) =>
    simulate({
      id: 'ratio',
      horizon,
      warmUp,
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate }, calls: ['cache'], keys } as never,
        cache: holds(cache) as never,
        store: takes(0, { threads: null }),
      },
    });

  const zipf = { count: 1000, law: 'zipf', exponent: 0.8 };

  it('least recently used, Zipf keys: as Che says, within 0.006', () => {
    const { hitRatio } = theory.hitRatioLRU(theory.zipf(1000, 0.8), 100);
    const measured = asked(1000, zipf, { size: 100 }, 250, 10);
    expect(Math.abs(valueOf(measured, 'cache.hitRatio')! - hitRatio)).toBeLessThan(0.006);
    keepsItsBooks(measured);
  });

  it('first in first out and random: both as their common approximation says, below least recently used', () => {
    const popularity = theory.zipf(1000, 0.8);
    const expected = theory.hitRatioFIFO(popularity, 100).hitRatio;
    expect(expected).toBeLessThan(theory.hitRatioLRU(popularity, 100).hitRatio);
    for (const eviction of ['fifo', 'random']) {
      const measured = valueOf(asked(1000, zipf, { size: 100, eviction }, 250, 10), 'cache.hitRatio')!;
      expect(Math.abs(measured - expected)).toBeLessThan(0.006);
    }
  });

  it('a fixed time to live: l T / (1 + l T), a sliding one: 1 − e^(−l T)', () => {
    // one key, 2 requests a second, 0.75 s: 100,000 requests have a standard error of about 0.0015
    for (const [ttlFrom, expected] of [
      ['fill', theory.hitRatioFixedLife(2, 0.75)],
      ['use', theory.hitRatioSlidingLife(2, 0.75)],
    ] as const) {
      const measured = asked(2, { count: 1, law: 'uniform' }, { ttl: 0.75, ttlFrom }, 50_000, 100);
      expect(Math.abs(valueOf(measured, 'cache.hitRatio')! - expected)).toBeLessThan(0.006);
    }
  });

  it('warm from the start, it holds the most popular keys', () => {
    const measured = asked(1000, zipf, { size: 100, warm: 100, eviction: 'lru' }, 0.1, 0);
    // the first hundred requests meet the hundred most popular keys: their share is the most any cache can have
    const best = theory
      .zipf(1000, 0.8)
      .slice(0, 100)
      .reduce((sum, share) => sum + share, 0);
    const error = Math.sqrt((best * (1 - best)) / 100);
    expect(Math.abs(valueOf(measured, 'cache.hitRatio')! - best)).toBeLessThan(4 * error);
  });
});

describe('a cache that lives in the instances of a service (P49)', () => {
  /** A request a second for one key, which a balancer sends to one instance and then the other. */
  const sessions = (more: Partial<ScenarioSource> = {}, policy = 'round-robin', own: object = {}) =>
    run(
      {
        clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 1 }, calls: ['balancer'] } as Parts[string],
        balancer: { kind: 'balancer', targets: ['app'], policy } as Parts[string],
        app: takes(0.1, { instances: 2, line: 'each', calls: ['cache'], startUp: 1, versions: [{ id: 'v2' }] }),
        cache: { kind: 'cache', behind: 'store', livesIn: 'app', ...own } as Parts[string],
        store: takes(0.5),
        deployer: {
          kind: 'deployer',
          part: 'app',
          version: 'v2',
          at: null,
          strategy: { how: 'rolling', surge: 0, unavailable: 1 },
        } as Parts[string],
      },
      20.5,
      more,
    );
  const misses = (done: Run) => callsOf(done, 'store').map(([at]) => at);
  const broken = (action: string, part = 'app'): Partial<ScenarioSource> => ({
    faults: [{ id: 'break', part, action, duration: 2 }],
    inputs: [{ at: 10.9, fault: 'break' }],
  });

  it('each instance finds only what it has filled itself', () => {
    expect(misses(sessions())).toEqual([1.1, 2.1]);
    expect(misses(sessions({}, 'sticky'))).toEqual([1.1]);
    expect(misses(sessions({}, 'round-robin', { livesIn: null }))).toEqual([1.1]);
    keepsItsBooks(sessions());
  });

  it('what an instance held is lost when it crashes, and nothing is when it is paused', () => {
    // instance 0 is back at 13.9, and next in turn
    expect(misses(sessions(broken('crash')))).toEqual([1.1, 2.1, 14.1]);
    expect(misses(sessions(broken('pause')))).toEqual([1.1, 2.1]);
    // a key that sticks goes to the other instance for good
    expect(misses(sessions(broken('crash'), 'sticky'))).toEqual([1.1, 11.1]);
    keepsItsBooks(sessions(broken('crash')));
  });

  it('each instance that a deployment replaces begins with nothing', () => {
    expect(misses(sessions(broken('deploy', 'deployer')))).toHaveLength(4);
    expect(misses(sessions(broken('deploy', 'deployer'), 'round-robin', { livesIn: null }))).toHaveLength(1);
  });

  it('what an instance waits for when it dies is not kept for the one that comes after it', () => {
    const early: Partial<ScenarioSource> = {
      faults: [{ id: 'break', part: 'app', action: 'crash', duration: 0.1 }],
      inputs: [{ at: 1.2, fault: 'break' }],
    };
    const done = sessions(early, 'round-robin', { fills: 'late-too' });
    // asked for at 1.1 by instance 0, which died at 1.2 before it came
    expect(misses(done)).toEqual([1.1, 2.1, 3.1]);
    expect(valueOf(done, 'cache.tooLate')).toBe(1);
  });

  it('what is held at the start belongs to the first instance that asks for it, and is lost with it', () => {
    expect(misses(sessions({}, 'sticky', { warm: 5 }))).toEqual([]);
    expect(misses(sessions({}, 'round-robin', { warm: 5 }))).toEqual([2.1]);
    expect(misses(sessions(broken('crash'), 'sticky', { warm: 5 }))).toEqual([11.1]);
  });

  it('names of keys are told as the keys that they are', () => {
    expect(sessions().state['cache']!.readings).toMatchObject({ entries: 2, keys: [0, 0] });
  });

  it('must live in a part that has instances', () => {
    expect(() => sessions({}, 'sticky', { livesIn: 'balancer' })).toThrow('balancer has no instances');
  });
});
