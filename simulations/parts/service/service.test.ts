import { describe, expect, it } from 'vitest';
import { every, run, takes, times, type Faults } from '../../by-hand.fixture.ts';

describe('service', () => {
  it('serves first come first served on one line for all its instances (P4)', () => {
    expect(
      times(run({ clients: every(1), server: takes(3, { instances: 2 }) }, 9.5)).map(([, started]) => started),
    ).toEqual([1, 2, 4, 5, 7, 8, null, null, null]);
  });

  it.each([17, 33, 40])('with %d threads, begins and ends everybody at the very moment (P4)', (threads) => {
    // one each tenth of a second, for ten seconds of work: the n-th to come begins at once, or when the thread of the
    // one `threads` before is free
    const inTenths = Array.from({ length: 3 * threads }, (_, n) => n + 1);
    const begins: number[] = [];
    for (const [n, comes] of inTenths.entries()) begins.push(n < threads ? comes : begins[n - threads]! + 100);
    const clients = { ...every(1), arrivals: { pattern: 'trace' as const, times: inTenths.map((n) => n / 10) } };
    const pool = run({ clients, server: takes(10, { threads }) }, 50);
    expect(times(pool)).toEqual(inTenths.map((comes, n) => [comes / 10, begins[n]! / 10, begins[n]! / 10 + 10]));
    expect([...pool.trace!.hops.slot]).toEqual(inTenths.map((_, n) => n % threads));
    expect(pool.measures['server.busy.max']!.value).toBe(threads);
    expect(pool.ledger.little['server']!.holds && pool.ledger.conserves).toBe(true);
  });

  it('of several free threads the one that has been free longest serves next (P4)', () => {
    const { trace } = run({ clients: every(2), server: takes(1, { instances: 3 }) }, 9);
    expect([...trace!.hops.slot]).toEqual([0, 1, 2, 0]);
  });

  it('refuses one more than the line may hold, at once (P5)', () => {
    const full = run({ clients: every(1), server: takes(10, { queueLimit: 2 }) }, 5.5);
    expect(times(full)).toEqual([
      [1, 1, null],
      [2, null, null],
      [3, null, null],
      [4, null, 4],
      [5, null, 5],
    ]);
    expect(full.trace!.marks).toEqual([{ at: 4000, part: 'server', kind: 'first-refusal', detail: 'queue-full' }]);
    expect(full.measures['server.failures.queue-full']!.value).toBe(2);
  });

  const pause: Faults = [{ id: 'pause', part: 'server', action: 'pause', duration: 5 }];

  it('paused, keeps its work and goes on with what was left (P6)', () => {
    const paused = run({ clients: every(10), server: takes(4) }, 30, {
      faults: pause,
      inputs: [{ at: 12, fault: 'pause' }],
    });
    expect(times(paused).slice(0, 2)).toEqual([
      [10, 10, 19],
      [20, 20, 24],
    ]);
    expect(paused.trace!.marks.map(({ at, kind }) => [at, kind])).toEqual([
      [12000, 'fault-begins'],
      [17000, 'fault-ends'],
    ]);
  });

  it('paused while idle, takes up the line when it goes on (P6)', () => {
    const paused = run({ clients: every(1), server: takes(0.5) }, 4, {
      faults: pause,
      inputs: [{ at: 0.5, fault: 'pause', duration: 2 }],
    });
    expect(times(paused).slice(0, 3)).toEqual([
      [1, 2.5, 3],
      [2, 3, 3.5],
      [3, 3.5, 4],
    ]);
  });

  it('with one instance paused, the other serves the line (P6)', () => {
    const halved = run({ clients: every(1), server: takes(1, { instances: 2 }) }, 6.5, {
      faults: pause,
      inputs: [{ at: 0.5, fault: 'pause' }],
    });
    expect(Array.from(halved.trace!.hops.slot).filter((slot) => slot >= 0)).toEqual([1, 1, 1, 1, 1, 0]);
    expect(halved.state['server']!.instances).toEqual([true, true]);
  });

  it('two pauses that overlap end with the later (P6)', () => {
    const inputs = [
      { at: 1, fault: 'pause', duration: 3 },
      { at: 2, fault: 'pause', duration: 4 },
    ];
    const paused = run({ clients: every(0.5), server: takes(0.1) }, 8, { faults: pause, inputs });
    const started = times(paused).map(([, at]) => at!);
    expect(started.filter((at) => at > 1 && at < 6)).toEqual([]);
    expect(started).toContain(6);
  });

  it('speed divides the service time', () => {
    expect(times(run({ clients: every(5), server: takes(2, { speed: 4 }) }, 6))).toEqual([[5, 5, 5.5]]);
  });
});
