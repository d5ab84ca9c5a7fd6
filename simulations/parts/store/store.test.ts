import { describe, expect, it } from 'vitest';
import { run, takes, type Faults, type Parts } from '../../by-hand.fixture.ts';
import cases from '../../golden/cases.json' with { type: 'json' };
import type { GoldenCase } from '../../golden/golden.ts';
import { simulate, theory, type Run, type ScenarioSource } from '../../index.ts';
import { backoffs, contend } from './contention.fixture.ts';

/** Requests for one key, at the times of a list. */
const asks = (key: number, at: number[], more: object = {}): Parts[string] =>
  ({
    kind: 'traffic',
    arrivals: { pattern: 'trace', times: at },
    calls: ['db'],
    ...(key === 0 ? {} : { keys: { count: key + 1, law: 'uniform', hot: { key, share: 1 } } }),
    ...more,
  }) as Parts[string];
const changes = (key: number, at: number[], more: object = {}) => asks(key, at, { writes: 1, ...more });

const stores = (more: object = {}): Parts[string] => ({ kind: 'store', threads: null, ...more }) as Parts[string];

/** Of each call to the store: when it arrived, began and ended, in seconds, in the order of arrival. */
function callsOf({ trace }: Run, part = 'db'): (number | null)[][] {
  const { hops, parts } = trace!;
  const which = parts.indexOf(part);
  const second = (ticks: number) => (ticks < 0 ? null : ticks / 1000);
  return Array.from({ length: hops.count }, (_, hop) => hop)
    .filter((hop) => hops.to[hop] === which)
    .map((hop) => [hops.arrivedAt[hop]!, hops.startedAt[hop]!, hops.endedAt[hop]!].map(second));
}

const valueOf = ({ measures }: Run, name: string) => measures[name]!.value;

function keepsItsBooks(made: Run): void {
  expect(made.ledger.conserves).toBe(true);
  for (const { holds } of Object.values(made.ledger.little)) expect(holds).toBe(true);
}

const during = (action: string, at: number, duration: number, more: object = {}): Partial<ScenarioSource> => ({
  faults: [{ id: 'fault', part: 'db', action, duration, ...more }] as Faults,
  inputs: [{ at, fault: 'fault' }],
});

describe('store', () => {
  it('serves reads and writes each in their time, as many at a time as a node has threads (P50)', () => {
    const served = run(
      { readers: asks(1, [1, 1]), writers: changes(0, [1.5]), db: stores({ threads: 2, reads: 1, writes: 3 }) },
      9,
    );
    expect(callsOf(served)).toEqual([
      [1, 1, 2],
      [1, 1, 2],
      [1.5, 2, 5],
    ]);
    expect(valueOf(served, 'db.readResponse.mean')).toBe(1);
    expect(valueOf(served, 'db.writeResponse.mean')).toBe(3.5);
    expect(valueOf(served, 'db.threadWait.max')).toBe(0.5);
    expect(valueOf(served, 'db.reads')).toBe(2);
    expect(valueOf(served, 'db.writeCompletions')).toBe(1);
    keepsItsBooks(served);
  });

  describe('the pool', () => {
    it('lets so many in at a time, first come first served (P51)', () => {
      const pooled = run({ clients: asks(0, [1, 1.5, 2]), db: stores({ pool: 1, reads: 2 }) }, 9);
      expect(callsOf(pooled)).toEqual([
        [1, 1, 3],
        [1.5, 3, 5],
        [2, 5, 7],
      ]);
      expect(valueOf(pooled, 'db.poolWait.mean')).toBeCloseTo((0 + 1.5 + 3) / 3, 9);
      expect(valueOf(pooled, 'db.poolUse.max')).toBe(1);
      expect(valueOf(pooled, 'db.poolUtilisation')).toBeCloseTo(6 / 9, 9);
      keepsItsBooks(pooled);
    });

    it('refuses one more than may wait for it, and whoever waits too long (P51)', () => {
      const pooled = run(
        { clients: asks(0, [1, 1.5, 2, 2.2]), db: stores({ pool: 1, poolQueue: 2, poolTimeout: 1, reads: 2 }) },
        9,
      );
      // the second and the third wait, the fourth has no room; the second gives up at 2.5, the third at 3 has a connection
      expect(callsOf(pooled)).toEqual([
        [1, 1, 3],
        [1.5, null, 2.5],
        [2, 3, 5],
        [2.2, null, 2.2],
      ]);
      expect(pooled.failures.map(({ reason, by }) => [reason, by])).toEqual([
        ['pool-timeout', 'db'],
        ['queue-full', 'db'],
      ]);
      keepsItsBooks(pooled);
    });
  });

  describe('row locks', () => {
    it('let writes to one key take turns, in the order in which they came; others and readers do not wait (P52)', () => {
      const locked = run(
        { a: changes(0, [1, 1.5]), b: changes(1, [1.6]), readers: asks(0, [1.7]), db: stores({ reads: 1, writes: 2 }) },
        9,
      );
      expect(callsOf(locked)).toEqual([
        [1, 1, 3],
        [1.5, 3, 5],
        [1.6, 1.6, 3.6],
        [1.7, 1.7, 2.7],
      ]);
      expect(valueOf(locked, 'db.lockWait.max')).toBe(1.5);
      expect(valueOf(locked, 'db.locks.max')).toBe(2);
      keepsItsBooks(locked);
    });

    it('with readers that block, readers share, writers are alone, and nobody overtakes (P52)', () => {
      const locked = run(
        {
          readers: asks(0, [1, 1.1, 1.3]),
          writers: changes(0, [1.2]),
          db: stores({ reads: 1, writes: 1, readersBlock: true }),
        },
        9,
      );
      // two readers at once, then the writer, then the reader who came after it
      expect(callsOf(locked)).toEqual([
        [1, 1, 2],
        [1.1, 1.1, 2.1],
        [1.2, 2.1, 3.1],
        [1.3, 3.1, 4.1],
      ]);
      keepsItsBooks(locked);
    });

    it('are not taken where there are none', () => {
      const free = run({ writers: changes(0, [1, 1]), db: stores({ writes: 1, rowLocks: false }) }, 5);
      expect(callsOf(free).map(([, , ended]) => ended)).toEqual([2, 2]);
    });

    it('wait on a connection, so a hot row empties the pool (P51, P52)', () => {
      const hot = run(
        { writers: changes(0, [1, 1, 1]), readers: asks(5, [1.5]), db: stores({ pool: 3, writes: 2, reads: 0.1 }) },
        9,
      );
      expect(callsOf(hot)[3]).toEqual([1.5, 3, 3.1]);
    });

    it('a write stays open after its work: it keeps lock and connection, and no thread (P53)', () => {
      const open = run(
        {
          writers: changes(0, [1, 1]),
          readers: asks(1, [1.5]),
          db: stores({ threads: 1, pool: 2, writes: 1, reads: 1, lockHold: 3 }),
        },
        12,
      );
      // the first works to 2 and commits at 5; the reader waits for a connection although the thread is free from 2
      expect(callsOf(open)).toEqual([
        [1, 1, 5],
        [1, 5, 9],
        [1.5, 6, 7],
      ]);
      keepsItsBooks(open);
    });

    it('whoever waits too long for one fails as lock-timeout (P52)', () => {
      const timed = run({ writers: changes(0, [1, 1.5, 2.9]), db: stores({ writes: 2, lockTimeout: 1 }) }, 9);
      expect(callsOf(timed)).toEqual([
        [1, 1, 3],
        [1.5, null, 2.5],
        [2.9, 3, 5],
      ]);
      expect(timed.failures).toEqual([{ reason: 'lock-timeout', by: 'db', source: 'writers', count: 1 }]);
      keepsItsBooks(timed);
    });

    it('a writer who gives up lets the readers behind it through', () => {
      const parts = {
        readers: asks(0, [1, 1.3]),
        writers: changes(0, [1.2]),
        db: stores({ reads: 2, readersBlock: true, lockTimeout: 0.5 }),
      };
      // the writer gives up at 1.7, and the second reader shares at once
      expect(callsOf(run(parts, 9))).toEqual([
        [1, 1, 3],
        [1.2, null, 1.7],
        [1.3, 1.7, 3.7],
      ]);
    });
  });

  describe('a migration', () => {
    it('waits for what is under way, and all others wait for it on their connections (P54)', () => {
      const migrated = run(
        { clients: asks(0, [1, 2.5, 3, 3.5, 9]), db: stores({ pool: 2, reads: 2 }) },
        12,
        during('migration', 2, 4),
      );
      // the one of 1 goes on; those of 2.5 and 3 hold the pool until 6, where the one of 3.5 still waits for it
      expect(callsOf(migrated)).toEqual([
        [1, 1, 3],
        [2.5, 6, 8],
        [3, 6, 8],
        [3.5, 8, 10],
        [9, 9, 11],
      ]);
      expect(migrated.trace!.marks).toContainEqual({ at: 3000, part: 'db', kind: 'event', detail: 'schema locked' });
      keepsItsBooks(migrated);
    });

    it('says how it stands, and lets nobody wait longer than the limit on locks (P54)', () => {
      const parts = { clients: asks(0, [1, 2.5]), db: stores({ reads: 2, lockTimeout: 1 }) };
      const scenario: ScenarioSource = { id: 'migration', horizon: 9, parts, ...during('migration', 2, 4) };
      const at = (until: number) => simulate(scenario, { until }).state['db']!.readings!['schemaLock'];
      expect([at(1.5), at(2.7), at(3.2), at(7)]).toEqual(['free', 'waiting', 'held', 'free']);
      expect(run(parts, 9, during('migration', 2, 4)).failures).toEqual([
        { reason: 'lock-timeout', by: 'db', source: 'clients', count: 1 },
      ]);
    });

    it('two that overlap end with the later', () => {
      const faults: Faults = [{ id: 'fault', part: 'db', action: 'migration', duration: 3 }];
      const inputs = [
        { at: 2, fault: 'fault' },
        { at: 4, fault: 'fault' },
      ];
      const both = run({ clients: asks(0, [2.5]), db: stores({ reads: 1 }) }, 9, { faults, inputs });
      expect(callsOf(both)).toEqual([[2.5, 7, 8]]);
    });
  });

  describe('faults', () => {
    it('slow multiplies the work that begins meanwhile', () => {
      const slow = run({ clients: asks(0, [1, 3]), db: stores({ reads: 1 }) }, 9, during('slow', 2, 2, { amount: 3 }));
      expect(callsOf(slow).map(([, , ended]) => ended)).toEqual([2, 6]);
    });

    it('a heavy query takes threads and connections as soon as they are free, and gives them back (P55)', () => {
      const heavy = run(
        { clients: asks(0, [1, 2, 2.1]), db: stores({ threads: 2, pool: 2, reads: 2 }) },
        12,
        during('heavy-query', 1.5, 5, { amount: 2 }),
      );
      // what is under way is not disturbed; the others wait until 6.5
      expect(callsOf(heavy)).toEqual([
        [1, 1, 3],
        [2, 6.5, 8.5],
        [2.1, 6.5, 8.5],
      ]);
      // 1 thread from 1 to 1.5, 2 to 8.5, of 2 threads for 12 s
      expect(valueOf(heavy, 'db.utilisation')).toBeCloseTo((0.5 + 2 * 7) / 24, 9);
      keepsItsBooks(heavy);
    });

    it('down, what it has fails as crashed and what comes as unavailable (P56)', () => {
      const down = run(
        { clients: asks(0, [1, 1.2, 3, 6]), db: stores({ pool: 1, reads: 2 }) },
        9,
        during('down', 2, 2),
      );
      expect(callsOf(down)).toEqual([
        [1, 1, 2],
        [1.2, null, 2],
        [3, null, 3],
        [6, 6, 8],
      ]);
      expect(down.failures.map(({ reason, count }) => [reason, count])).toEqual([
        ['crashed', 2],
        ['unavailable', 1],
      ]);
      expect(down.state['db']!.readings).toMatchObject({ connections: [0], running: [0], locks: 0 });
      keepsItsBooks(down);
    });

    it('down, a crashed transaction is over, though its answer is still on its way (P56)', () => {
      const parts = { writers: changes(0, [1, 1]), db: stores({ pool: 2, writes: 1, lockHold: 2 }) };
      const links: ScenarioSource['links'] = [{ from: 'writers', to: 'db', latency: 5 }];
      // one is open from 7 to 9, the other waits for its lock; both come back at 13
      const made = run(parts, 15, { ...during('down', 8, 1), links });
      expect(callsOf(made)).toEqual([
        [6, 6, 8],
        [6, null, 8],
      ]);
      expect(made.ledger).toMatchObject({ failed: 2, inside: 0 });
      keepsItsBooks(made);
    });

    it('one shard down leaves the others (P56)', () => {
      const down = run(
        { even: asks(0, [3]), odd: asks(1, [3]), db: stores({ shards: 2, reads: 1 }) },
        9,
        during('shard-down', 2, 3, { instance: 1 }),
      );
      expect(down.failures).toEqual([{ reason: 'unavailable', by: 'db', source: 'odd', count: 1 }]);
      expect(down.ledger.answered).toBe(1);
    });

    it('a primary down leaves its replicas to readers (P56)', () => {
      const down = run(
        {
          readers: asks(0, [3]),
          writers: changes(0, [3]),
          db: stores({ replicas: 1, readFrom: 'replicas', reads: 1 }),
        },
        9,
        during('primary-down', 2, 3),
      );
      expect(down.failures).toEqual([{ reason: 'unavailable', by: 'db', source: 'writers', count: 1 }]);
      expect(down.ledger.answered).toBe(1);
    });
  });

  describe('replicas', () => {
    const replicated = (reads: number[], more: object = {}, fault: object = {}) =>
      run(
        {
          writers: changes(0, [1, 2]),
          readers: asks(0, reads),
          db: stores({ replicas: 1, lag: 3, readFrom: 'replicas', ...more }),
        },
        12,
        fault,
      );

    it('have a write so long after its commit, and reads until then are stale (P57)', () => {
      // committed at 1 and 2, applied at 4 and 5
      const stale = replicated([0.5, 3, 4.5, 5.5]);
      expect(valueOf(stale, 'db.stale')).toBe(0.5);
      // at 3 the value was outdated at 1, at 4.5 the first write's value was outdated at 2
      expect(valueOf(stale, 'db.staleAge.mean')).toBeCloseTo((2 + 2.5) / 2, 9);
      expect(valueOf(stale, 'db.behind.max')).toBe(2);
      expect(valueOf(stale, 'db.behind.last')).toBe(0);
      keepsItsBooks(stale);
    });

    it('apply writes in the order of their commits, also when a fault makes one lag more (P57)', () => {
      // the first is applied at 1 + 6 = 7, and the second, due at 5, not before it
      const lagging = replicated([6, 6.9, 7.1], {}, during('lag', 0.5, 1, { amount: 2 }));
      expect(valueOf(lagging, 'db.stale')).toBeCloseTo(2 / 3, 9);
    });

    it('without lag are never stale, nor is the primary', () => {
      expect(valueOf(replicated([1.5, 2.5], { lag: 0 }), 'db.stale')).toBe(0);
      expect(valueOf(replicated([1.5, 2.5], { readFrom: 'primary' }), 'db.stale')).toBe(0);
    });

    it('share the reads, with the primary or without it (P57)', () => {
      const spread = (readFrom: string) =>
        run(
          {
            clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 100 }, calls: ['db'] },
            db: stores({ replicas: 2, readFrom }),
          },
          9,
        ).state['db']!.readings!['arrivals'] as number[];
      expect(spread('primary').slice(1)).toEqual([0, 0]);
      expect(spread('replicas')[0]).toBe(0);
      for (const share of spread('any'))
        expect(Math.abs(share - 300)).toBeLessThan(4 * Math.sqrt(900 * (1 / 3) * (2 / 3)));
    });

    it('a caller who has read an old copy finds it changed when it writes (P58)', () => {
      const late = run(
        {
          writers: changes(0, [1]),
          clients: asks(0, [2, 6], {
            calls: [
              { to: 'db', operation: 'read' },
              { to: 'db', operation: 'write-if-unchanged' },
            ],
          }),
          db: stores({ replicas: 1, lag: 3, readFrom: 'replicas' }),
        },
        9,
      );
      expect(late.failures).toEqual([{ reason: 'conflict', by: 'db', source: 'clients', count: 1 }]);
      expect(late.ledger.answered).toBe(2);
    });
  });

  describe('shards', () => {
    const nodeOf = (sharding: string, keys: number[], more: object = {}) => {
      const sources = Object.fromEntries(keys.map((key) => [`k${key}`, asks(key, [1])]));
      const made = run({ ...sources, db: stores({ shards: 4, keys: 100, sharding, ...more }) }, 3);
      return made.state['db']!.readings!['arrivals'];
    };

    it('have the keys by modulo, or by range (P59)', () => {
      expect(nodeOf('modulo', [1, 5, 9, 2])).toEqual([0, 3, 1, 0]);
      expect(nodeOf('range', [0, 24, 25, 99])).toEqual([2, 1, 0, 1]);
      // a key beyond the key space is the last shard's
      expect(nodeOf('range', [250])).toEqual([0, 0, 0, 1]);
    });

    it('have threads and pools of their own (P59)', () => {
      const made = run({ even: asks(0, [1, 1]), odd: asks(1, [1.5]), db: stores({ shards: 2, pool: 1, reads: 1 }) }, 5);
      expect(callsOf(made)).toEqual([
        [1, 1, 2],
        [1, 2, 3],
        [1.5, 1.5, 2.5],
      ]);
    });

    it('say what share of the load the hottest has', () => {
      const made = run({ even: asks(0, [1, 2, 3]), odd: asks(1, [1]), db: stores({ shards: 2 }) }, 5);
      expect(valueOf(made, 'db.hottest')).toBe(0.75);
    });

    const resharded = (sharding: string, from: number, to: number, more: object = {}): Run =>
      run({ clients: asks(0, [1, 5]), db: stores({ shards: from, keys: 100_000, sharding, ...more }) }, 8, {
        dials: [{ id: 'shards', unit: 'count', min: 1, max: 100, step: 1, start: from, sets: ['parts.db.shards'] }],
        inputs: [{ at: 3, dial: 'shards', value: to }],
      });

    it('one more under consistent hashing moves a share of 1/(n + 1), by modulo n/(n + 1) (P60)', () => {
      const golden = (cases as unknown as GoldenCase[]).find(({ id }) => id === 'consistent-hash-move')!;
      const { value, tol } = golden.expect[0]!;
      const n = Number(golden.params['n']);
      const ring = resharded('consistent', n, n + 1);
      expect(Math.abs(valueOf(ring, 'db.moved.last')! - value)).toBeLessThan(tol);
      expect(valueOf(resharded('modulo', n, n + 1), 'db.moved.last')).toBeCloseTo(theory.movedModulo(n, n + 1), 3);
      expect(ring.trace!.marks).toContainEqual({ at: 3000, part: 'db', kind: 'event', detail: '9 to 10 shards' });
    });

    it('under consistent hashing keys move only to the shard that is new, and back from one that goes', () => {
      const up = valueOf(resharded('consistent', 5, 6), 'db.moved.last')!;
      const down = valueOf(resharded('consistent', 6, 5), 'db.moved.last')!;
      expect(up).toBe(down);
      // the share that one of 6 shards has, with 1000 points each: within 4 standard deviations
      const many = valueOf(resharded('consistent', 5, 6, { virtualNodes: 1000 }), 'db.moved.last')!;
      expect(Math.abs(many * 6 - 1)).toBeLessThan(4 * theory.shardUnevenness(6, 1000) + 0.02);
    });

    it('what a shard that is gone was working on is finished there', () => {
      const parts = { odd: asks(1, [2.5, 4]), db: stores({ shards: 2, reads: 2 }) };
      const fewer = run(parts, 8, {
        dials: [{ id: 'shards', unit: 'count', min: 1, max: 2, step: 1, start: 2, sets: ['parts.db.shards'] }],
        inputs: [{ at: 3, dial: 'shards', value: 1 }],
      });
      expect(callsOf(fewer).map(([, , ended]) => ended)).toEqual([4.5, 6]);
      expect(fewer.state['db']!.readings!['arrivals']).toEqual([1, 1]);
      expect(fewer.state['db']!.instances).toEqual([true, false]);
      keepsItsBooks(fewer);
    });
  });

  describe('a write if unchanged', () => {
    const plan = [
      { to: 'db', operation: 'read' },
      { to: 'db', operation: 'write-if-unchanged' },
    ];
    const client = (to = 'db'): Parts[string] =>
      takes(0, { threads: null, calls: plan.map((step) => ({ ...step, to })) });

    it('fails as conflict when its key was written since its caller read it (P58)', () => {
      // each reads for 1 s and writes for 1 s: the second has read before the first wrote
      const parts = {
        clients: asks(0, [1, 1.5, 5], { calls: ['client'] }),
        client: client(),
        db: stores({ reads: 1, writes: 1 }),
      };
      const made = run(parts, 9);
      expect(made.ledger).toMatchObject({ answered: 2, failed: 1 });
      expect(made.failures).toEqual([{ reason: 'conflict', by: 'db', source: 'clients', count: 1 }]);
      expect(valueOf(made, 'db.conflicts')).toBeCloseTo(1 / 3, 9);
      // it has cost the lock and the work of a write all the same
      expect(callsOf(made, 'client').map(([, , ended]) => ended)).toEqual([3, 4, 7]);
      keepsItsBooks(made);
    });

    it('writes to other keys are no conflict (P58)', () => {
      const parts = {
        clients: asks(0, [1], { calls: ['client'] }),
        others: changes(1, [1.5]),
        client: client(),
        db: stores({ reads: 1, writes: 1 }),
      };
      expect(run(parts, 9).ledger.failed).toBe(0);
    });

    it('a caller is the same caller through whatever parts stand in between, and at a source the request (P58)', () => {
      const behind = (to: string): Parts => ({
        clients: asks(0, [1, 1.5], { calls: ['client'] }),
        client: client(to),
        front: takes(0, { threads: null, calls: ['db'] }),
        cache: { kind: 'cache', behind: 'db', size: 0 },
        db: stores({ reads: 1, writes: 1 }),
      });
      const source = { clients: asks(0, [1, 1.5], { calls: plan }), db: stores({ reads: 1, writes: 1 }) };
      for (const parts of [behind('db'), behind('front'), behind('cache'), source]) {
        const made = run(parts, 9);
        expect(made.ledger).toMatchObject({ answered: 1, failed: 1 });
        keepsItsBooks(made);
      }
    });

    it('one’s own write is not somebody else’s change (P58)', () => {
      const calls = ['read', 'write-if-unchanged', 'write', 'write-if-unchanged'].map((operation) => ({
        to: 'db',
        operation,
      }));
      const made = run({ clients: asks(0, [1], { calls }), db: stores() }, 3);
      expect(made.ledger).toMatchObject({ answered: 1, failed: 0 });
    });

    it('of one who has not read, finds what was there when its work began (P58)', () => {
      const calls = [{ to: 'db', operation: 'write-if-unchanged' }];
      const blind = (rowLocks: boolean) =>
        run({ clients: asks(0, [1, 1.5], { calls }), db: stores({ writes: 1, rowLocks }) }, 9).ledger.failed;
      expect(blind(true)).toBe(0);
      expect(blind(false)).toBe(1);
    });

    it('a try anew reads anew: the one who lost wins at last', () => {
      const parts = {
        clients: asks(0, [1, 1.5], { calls: ['client'] }),
        client: client(),
        db: stores({ reads: 1, writes: 1 }),
      };
      const made = run(parts, 20, {
        links: [{ from: 'clients', to: 'client', retry: { most: 3, backoff: 'none' } }],
      });
      expect(made.ledger).toMatchObject({ answered: 2, failed: 0 });
      expect(valueOf(made, 'db.writes')).toBe(3);
    });
  });

  it('a transaction whose caller cancels it is rolled back wherever it is', () => {
    const links: ScenarioSource['links'] = [{ from: 'hasty', to: 'db', timeout: 1, onTimeout: 'cancel' }];
    // in turn: at work, at the row's lock, in the pool's line
    const parts = {
      hasty: changes(0, [1, 1.1, 1.2]),
      patient: changes(0, [1.3]),
      db: stores({ pool: 2, writes: 5 }),
    };
    const made = run(parts, 12, { links });
    // all three are gone at 2.2, and the fourth is alone
    expect(callsOf(made)).toEqual([
      [1, 1, 2],
      [1.1, 2, 2.1],
      [1.2, 2.1, 2.2],
      [1.3, 2.2, 7.2],
    ]);
    expect(made.state['db']!.readings).toMatchObject({ connections: [0], running: [0], locks: 0 });
    keepsItsBooks(made);
  });

  it('more threads and connections in a run serve those who wait at once', () => {
    const parts = { clients: asks(0, [1, 1, 1]), db: stores({ threads: 1, pool: 1, reads: 2 }) };
    const made = run(parts, 9, {
      dials: [
        { id: 'size', unit: 'count', min: 1, max: 5, step: 1, start: 1, sets: ['parts.db.threads', 'parts.db.pool'] },
      ],
      inputs: [{ at: 2, dial: 'size', value: 3 }],
    });
    expect(callsOf(made).map(([, started]) => started)).toEqual([1, 2, 2]);
    keepsItsBooks(made);
  });

  it('a request’s size multiplies its work', () => {
    const size = { law: 'constant', mean: 3 };
    expect(callsOf(run({ clients: asks(0, [1], { size }), db: stores({ reads: 1 }) }, 5))).toEqual([[1, 1, 4]]);
  });
});

describe('a store under load', () => {
  /** Everything at once: hot keys, small pools, locks that time out, callers that give up, faults, shards that come and go. */
  const busy = (seed: number, db: object, link: object = {}): Run =>
    simulate(
      {
        id: 'busy',
        horizon: 40,
        seed,
        parts: {
          clients: {
            kind: 'traffic',
            arrivals: { pattern: 'poisson', rate: 80 },
            calls: ['client'],
            keys: { count: 30, law: 'zipf' },
          },
          others: {
            kind: 'traffic',
            arrivals: { pattern: 'poisson', rate: 60 },
            calls: ['db'],
            keys: { count: 30, law: 'zipf' },
            writes: 0.5,
          },
          client: {
            kind: 'service',
            threads: null,
            service: { law: 'constant', mean: 0 },
            calls: [
              { to: 'db', operation: 'read' },
              { to: 'db', operation: 'write-if-unchanged' },
            ],
          },
          db: {
            kind: 'store',
            threads: 2,
            pool: 6,
            reads: { law: 'exponential', mean: 0.01 },
            writes: { law: 'exponential', mean: 0.02 },
            keys: 30,
            shards: 3,
            replicas: 1,
            lag: { law: 'exponential', mean: 0.5 },
            readFrom: 'any',
            ...db,
          } as never,
        },
        links: [
          { from: 'client', to: 'db', latency: 0.001, timeout: 0.15, onTimeout: 'cancel', ...link },
          { from: 'others', to: 'db', timeout: 0.1, retry: { most: 2, base: 0.02 }, ...link },
        ],
        dials: [{ id: 'shards', unit: 'count', min: 1, max: 5, step: 1, start: 3, sets: ['parts.db.shards'] }],
        faults: [
          { id: 'migration', part: 'db', action: 'migration', duration: 1 },
          { id: 'heavy', part: 'db', action: 'heavy-query', duration: 3, amount: 4 },
          { id: 'shard', part: 'db', action: 'shard-down', duration: 2, instance: 1 },
          { id: 'down', part: 'db', action: 'down', duration: 1 },
          { id: 'primary', part: 'db', action: 'primary-down', duration: 2 },
          { id: 'lag', part: 'db', action: 'lag', duration: 3, amount: 10 },
        ],
        inputs: [
          { at: 4, fault: 'migration' },
          { at: 8, fault: 'heavy' },
          { at: 12, fault: 'shard' },
          { at: 12.5, fault: 'migration' },
          { at: 13, dial: 'shards', value: 5 },
          { at: 18, fault: 'lag' },
          { at: 19, dial: 'shards', value: 1 },
          { at: 24, fault: 'down' },
          { at: 26, dial: 'shards', value: 4 },
          { at: 30, fault: 'primary' },
          { at: 30.5, fault: 'migration' },
        ],
      },
      { record: 'trace' },
    );

  const settings: [string, object, object][] = [
    ['bounded everywhere', { poolQueue: 5, poolTimeout: 0.05, lockTimeout: 0.05, lockHold: 0.01 }, {}],
    ['readers that block', { readersBlock: true, lockTimeout: 0.02, sharding: 'consistent' }, {}],
    ['zombies', { sharding: 'range', lockHold: { law: 'exponential', mean: 0.02 } }, { onTimeout: 'zombie' }],
    ['no locks, no bounds', { rowLocks: false, pool: null, threads: null, readFrom: 'replicas' }, {}],
    ['no time', { reads: 0, writes: 0, lag: 0, readersBlock: true }, { hedge: { after: 0 } }],
  ];

  it.each(settings)(
    '%s: nothing is lost, nothing stays locked, and it comes out the same twice (C1)',
    (_, db, link) => {
      for (const seed of [1, 2]) {
        const made = busy(seed, db, link);
        keepsItsBooks(made);
        expect(busy(seed, db, link).digest).toBe(made.digest);
      }
      // when nobody comes any more, nothing is held
      const scenario = { ...quiet(db), links: busyLinks(link) } as ScenarioSource;
      const { state } = simulate(scenario);
      expect(state['db']!.inside).toBe(0);
      expect(state['db']!.readings).toMatchObject({ locks: 0, behind: 0 });
      for (const name of ['connections', 'running'] as const)
        expect((state['db']!.readings![name] as number[]).every((count) => count === 0)).toBe(true);
    },
  );

  const busyLinks = (link: object) => [
    { from: 'clients', to: 'db', timeout: 0.1, onTimeout: 'cancel', retry: { most: 2, base: 0.02 }, ...link },
  ];
  const quiet = (db: object) => ({
    id: 'quiet',
    horizon: 200,
    parts: {
      clients: {
        kind: 'traffic',
        arrivals: { pattern: 'trace', times: Array.from({ length: 3000 }, (_, i) => i / 150) },
        calls: ['db'],
        keys: { count: 10, law: 'zipf' },
        writes: 0.5,
      },
      db: {
        kind: 'store',
        threads: 2,
        pool: 6,
        reads: { law: 'exponential', mean: 0.01 },
        writes: { law: 'exponential', mean: 0.02 },
        shards: 2,
        replicas: 2,
        lag: 0.5,
        readFrom: 'any',
        ...db,
      },
    },
    faults: [{ id: 'down', part: 'db', action: 'down', duration: 1 }],
    inputs: [{ at: 10, fault: 'down' }],
  });

  it('read at a time, is as a run stopped there (S1)', () => {
    const scenario = { ...quiet({ lockHold: 0.02 }), links: busyLinks({}) } as unknown as ScenarioSource;
    const early = simulate(scenario, { until: 9 });
    expect(simulate({ ...scenario, horizon: 9, inputs: [] }).state).toEqual(early.state);
    expect(early.state['db']!.inside).toBeGreaterThan(0);
  });
});

describe('stores and their closed forms', () => {
  it.each([
    ['threads', { threads: 3 }],
    ['a pool of connections', { threads: null, pool: 3 }],
  ])('%s are the servers of M/M/c', (_, db) => {
    const made = simulate({
      id: 'mmc',
      horizon: 40_000,
      warmUp: 500,
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 2 }, calls: ['db'] },
        db: { kind: 'store', reads: { law: 'exponential', mean: 1 }, ...db },
      },
    });
    // 80,000 transactions at load 2/3: the standard error of the mean is below 1 percent
    const expected = theory.waitMMc(2, 1, 3) + 1;
    expect(Math.abs(valueOf(made, 'db.response.mean')! / expected - 1)).toBeLessThan(0.04);
    expect(Math.abs(valueOf(made, 'db.busy.mean')! / 2 - 1)).toBeLessThan(0.02);
    keepsItsBooks(made);
  });

  it('writes to one key are the customers of M/M/1, whatever the threads', () => {
    const made = simulate({
      id: 'row',
      horizon: 60_000,
      warmUp: 500,
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 0.5 }, calls: ['db'], writes: 1 },
        db: { kind: 'store', threads: null, writes: { law: 'exponential', mean: 1 } },
      },
    });
    expect(Math.abs(valueOf(made, 'db.response.mean')! / 2 - 1)).toBeLessThan(0.05);
    expect(Math.abs(valueOf(made, 'db.lockWait.mean')! - 1)).toBeLessThan(0.1);
  });

  it('reads at a lag T after writes at rate l are stale with 1 − e^(−l T)', () => {
    const made = simulate({
      id: 'stale',
      horizon: 10_000,
      warmUp: 100,
      parts: {
        writers: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 1 }, calls: ['db'], writes: 1 },
        readers: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 5 }, calls: ['db'] },
        db: { kind: 'store', threads: null, replicas: 1, lag: 0.5, readFrom: 'replicas' },
      },
    });
    expect(Math.abs(valueOf(made, 'db.stale')! - theory.hitRatioSlidingLife(1, 0.5))).toBeLessThan(0.02);
  });
});

const golden = (cases as unknown as GoldenCase[]).find(({ id }) => id === 'aws-backoff-jitter')!;
const { base, cap } = golden.params as unknown as { base: number; cap: number };

describe('optimistic writers who contend for one row need as many calls as the AWS simulator says', () => {
  it.each(Object.keys(backoffs).flatMap((kind) => [10, 50].map((clients) => [kind, clients] as const)))(
    '%s, %d clients',
    (kind, clients) => {
      const { value, tol } = golden.expect.find(({ metric }) => metric === `${kind}-${clients}clients-calls`)!;
      const { calls } = contend(clients, kind, base, cap, clients === 10 ? 100 : 50);
      expect(Math.abs(calls - value), `${calls} instead of ${value} ± ${tol}`).toBeLessThanOrEqual(tol);
    },
  );
});
