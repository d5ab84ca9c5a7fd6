import { describe, expect, it } from 'vitest';
import { run, takes, type Parts } from '../../by-hand.fixture.ts';
import { simulate, type Run, type ScenarioSource } from '../../index.ts';
import { at, of, sound, visits } from '../door/door.fixture.ts';
import { ran } from '../transaction/transactions.fixture.ts';

const account = (more: object = {}): Parts[string] => ({ kind: 'participant', work: 2, ...more }) as Parts[string];
/** Writes of plain callers, all for one key. */
const writes = (when: number[], own: object = {}, more: Partial<ScenarioSource> = {}): Run =>
  sound(run({ clients: at(when, ['account'], { writes: 1 }), account: account(own) }, 60, more));
const broken = (action: string, when: number, duration: number, amount?: number): Partial<ScenarioSource> => ({
  faults: [{ id: 'fault', part: 'account', action, duration, ...(amount === undefined ? {} : { amount }) }],
  inputs: [{ at: when, fault: 'fault' }],
});
const readings = (made: Run, part = 'account') => made.state[part]!.readings!;

describe('the lock on a key', () => {
  it('is had first come, first served, and kept until the work is done (P79)', () => {
    const made = writes([1, 2, 2.5]);
    expect(visits(made, 'account')).toEqual([
      [1, 1, 3],
      [2, 3, 5],
      [2.5, 5, 7],
    ]);
    expect([of(made, 'account.lockWait.mean'), of(made, 'account.lockHold.mean')]).toEqual([3.5 / 3, 2]);
    expect([of(made, 'account.queue.max'), of(made, 'account.locks.max')]).toEqual([2, 1]);
    expect(of(made, 'account.locks.mean')).toBe(6 / 60);
    expect(made.state['account']).toMatchObject({ inside: 0, queue: [], readings: { locks: 0, done: 3 } });
  });

  it('keeps only those apart who want the same key, and none where there are no locks', () => {
    const others = sound(
      run(
        {
          clients: at([1], ['account'], { writes: 1 }),
          others: at([1], ['account'], { writes: 1, keys: { count: 9, law: 'uniform', hot: { key: 5, share: 1 } } }),
          account: account(),
        },
        9,
      ),
    );
    expect(visits(others, 'account').map(([, , end]) => end)).toEqual([3, 3]);
    expect(visits(writes([1, 1], { locks: false }), 'account').map(([, , end]) => end)).toEqual([3, 3]);
  });

  it('is waited for only so long (P79)', () => {
    const made = writes([1, 2, 2.5, 3.5], { lockTimeout: 0.9 });
    expect(visits(made, 'account')).toEqual([
      [1, 1, 3],
      [2, null, 2.9],
      [2.5, 3, 5],
      [3.5, null, 4.4],
    ]);
    expect(made.failures).toEqual([{ reason: 'lock-timeout', by: 'account', source: 'clients', count: 2 }]);
  });

  it('is no matter to who only reads', () => {
    const made = sound(
      run({ clients: at([1], ['account'], { writes: 1 }), readers: at([2], ['account']), account: account() }, 9),
    );
    expect(visits(made, 'account')).toEqual([
      [1, 1, 3],
      [2, 2, 2],
    ]);
    expect([of(made, 'account.reads'), of(made, 'account.intermediate')]).toEqual([1, 0]);
  });

  it('goes to the next when its holder is cancelled, as if that had never asked', () => {
    const links = [{ from: 'clients', to: 'account', timeout: 1.5, onTimeout: 'cancel' as const }];
    const made = writes([1, 2, 6], {}, { links });
    // the first leaves at work at 2.5, the second at 3.5, the third at 7.5
    expect(visits(made, 'account').map(([, start, end]) => [start, end])).toEqual([
      [1, 2.5],
      [2.5, 3.5],
      [6, 7.5],
    ]);
    expect(readings(made)).toMatchObject({ locks: 0, done: 0 });
    const zombie = writes([1, 2], {}, { links: [{ ...links[0]!, onTimeout: 'zombie' }] });
    expect(readings(zombie)).toMatchObject({ locks: 0, done: 2 });
  });
});

describe('a participant', () => {
  it('says no to its share after its work, and to more in a fault (P79)', () => {
    const many = Array.from({ length: 2000 }, (_, i) => i * 0.03);
    const share = (own: object, more: Partial<ScenarioSource> = {}) =>
      of(writes(many, { work: 0.01, ...own }, more), 'account.failures.aborted')! / 2000;
    const error = (p: number) => 4 * Math.sqrt((p * (1 - p)) / 2000);
    expect(Math.abs(share({ refuses: 0.2 }) - 0.2)).toBeLessThan(error(0.2));
    expect(Math.abs(share({ refuses: 0.2 }, broken('refuse', 0, 60, 0.5)) - 0.6)).toBeLessThan(error(0.6));
    expect(writes([1], { refuses: 1 }).failures).toEqual([
      { reason: 'aborted', by: 'account', source: 'clients', count: 1 },
    ]);
  });

  it('loses what it is at when it crashes, and nothing that it has done (P79)', () => {
    const made = writes([0, 1, 3, 3.5, 4, 9], {}, broken('crash', 4.5, 3));
    // done at 2, 4; the third at work, the other two in line; then it is down until 7.5
    expect(visits(made, 'account').map(([, , end]) => end)).toEqual([2, 4, 4.5, 4.5, 4.5, 11]);
    expect(made.failures).toEqual([{ reason: 'crashed', by: 'account', source: 'clients', count: 3 }]);
    expect(readings(made)).toMatchObject({ isDown: false, locks: 0, done: 3 });
    expect(writes([5], {}, broken('crash', 4.5, 3)).failures[0]!.reason).toBe('unavailable');
  });

  it('keeps what it has promised through a crash, with its lock (P79)', () => {
    // prepared at 10, down from 15 to 115: the commit of 30 is refused, and sent again at 120
    const made = ran('two-phase-commit', { faults: { 'stock crash': { at: 15, lasts: 100 } }, when: [0, 40] });
    expect(of(made, 'stock.lockHold.max')).toBe(120);
    expect(of(made, 'stock.prepared.max')).toBe(1);
    expect([of(made, 'tx.commits'), of(made, 'tx.aborts')]).toEqual([1, 1]);
    expect(readings(made, 'stock')).toMatchObject({ locks: 0, prepared: 0, done: 1 });
    // it was committing, and has to be told again
    const halfway = ran('two-phase-commit', {
      stock: { commitWork: 5 },
      faults: { 'stock crash': { at: 32, lasts: 50 } },
    });
    expect(of(halfway, 'stock.lockHold.mean')).toBe(130 + 5 - 10);
    expect(readings(halfway, 'stock')).toMatchObject({ locks: 0, prepared: 0, done: 1 });
  });

  it('works more slowly while a fault lasts, and longer for a larger request', () => {
    const made = writes([1, 10], {}, broken('slow', 0, 5, 3));
    expect(visits(made, 'account').map(([, , end]) => end)).toEqual([7, 12]);
    const large = sound(
      run({ clients: at([1], ['account'], { writes: 1, size: { law: 'constant', mean: 2 } }), account: account() }, 9),
    );
    expect(visits(large, 'account')).toEqual([[1, 1, 5]]);
  });

  it('recognises who asks again: it does not do it twice, and gives the same answer (P75)', () => {
    const links = [{ from: 'clients', to: 'account', timeout: 1.5, retry: { most: 3, backoff: 'none' as const } }];
    // asked at 1 and 2.5, done at 3
    const safe = writes([1], {}, { links });
    expect(visits(safe, 'account').map(([, , end]) => end)).toEqual([3, 3]);
    expect([of(safe, 'account.repeats'), of(safe, 'account.doubled'), readings(safe)['done']]).toEqual([1, 0, 1]);
    // asked again at 2.5, 4 and 5.5, each stands in line, and counts in the end
    const unsafe = writes([1], { idempotency: false }, { links });
    expect([of(unsafe, 'account.doubled'), readings(unsafe)['done']]).toEqual([3, 4]);
    // of one that was refused nothing is done the second time either
    const retry = { most: 3, backoff: 'none' as const, on: ['aborted' as const] };
    const refused = writes([1], { refuses: 1 }, { links: [{ from: 'clients', to: 'account', retry }] });
    expect(visits(refused, 'account').map(([, , end]) => end)).toEqual([3, 3, 3, 3]);
  });

  it('forgets the oldest that it has done where it remembers few (P75)', () => {
    // the answer to the first is lost, and it is asked for again after the second has been done
    const again = (remembers: number) =>
      sound(
        run({ clients: at([1, 4], ['account'], { writes: 1 }), account: account({ remembers }) }, 60, {
          links: [{ from: 'clients', to: 'account', timeout: 6, retry: { most: 1, backoff: 'none' } }],
          faults: [{ id: 'cut', part: 'clients>account', action: 'partition', duration: 1 }],
          inputs: [{ at: 2.5, fault: 'cut' }],
        }),
      );
    expect(readings(again(2))['done']).toBe(2);
    expect(readings(again(1))['done']).toBe(3);
  });

  it('takes other times from a turned dial on', () => {
    const dials = [
      { id: 'work', unit: 'time' as const, min: 0, max: 9, step: 1, start: 2, sets: ['parts.account.work'] },
    ];
    const made = writes([1, 10], {}, { dials, inputs: [{ at: 5, dial: 'work', value: 4 }] });
    expect(visits(made, 'account').map(([, , end]) => end)).toEqual([3, 14]);
  });

  it('takes no time where its work takes none', () => {
    const made = writes([1, 1, 1], { work: 0 });
    expect(visits(made, 'account').map(([, , end]) => end)).toEqual([1, 1, 1]);
  });

  it('is a plain callee, too, of a service that holds its thread meanwhile', () => {
    const made = sound(
      run(
        {
          clients: at([1, 1], ['server'], { writes: 1 }),
          server: takes(1, { calls: ['account'] }),
          account: account(),
        },
        9,
      ),
    );
    expect(visits(made, 'account').map(([, , end]) => end)).toEqual([4, 7]);
    expect(
      simulate({ id: 'again', horizon: 9, parts: { clients: at([1], ['account'], { writes: 1 }), account: account() } })
        .digest,
    ).toBe(
      simulate({ id: 'again', horizon: 9, parts: { clients: at([1], ['account'], { writes: 1 }), account: account() } })
        .digest,
    );
  });
});
