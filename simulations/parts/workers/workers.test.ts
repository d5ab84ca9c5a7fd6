import { describe, expect, it } from 'vitest';
import { parseScenario, simulate, theory, type ScenarioSource, type SimulateOptions } from '../../index.ts';
import { at, of, sound, visits } from '../door/door.fixture.ts';

/** Pieces of one second each, unless said otherwise. */
const pool = (more: object, jobs: object = at([0], ['pool'])): ScenarioSource =>
  ({
    id: 'pool',
    horizon: 100,
    time: { unit: 's', ticks: 1000 },
    parts: { jobs, pool: { kind: 'workers', workers: 4, job: 8, pieces: 8, ...more } },
    dials: [
      { id: 'serial', unit: 'share', min: 0, max: 1, step: 0.1, start: 0, sets: ['parts.pool.serial'] },
      { id: 'workers', unit: 'count', min: 1, max: 8, step: 1, start: 4, sets: ['parts.pool.workers'] },
    ],
    faults: [
      { id: 'slow', part: 'pool', action: 'slow', amount: 3, duration: 100 },
      { id: 'straggler', part: 'pool', action: 'slow-instance', instance: 1, amount: 3, duration: 100 },
    ],
  }) as ScenarioSource;
/** The dials stand where the settings do. */
const run = (more: { serial?: number; workers?: number; [key: string]: unknown }, options: SimulateOptions = {}) =>
  sound(
    simulate(pool(more), {
      record: 'trace',
      ...options,
      dials: { serial: more.serial ?? 0, workers: more.workers ?? 4, ...options.dials },
    }),
  );

describe('workers', () => {
  it('share the pieces of a job, after its serial piece (W1)', () => {
    expect(visits(run({}), 'pool')).toEqual([[0, 0, 2]]);
    // 4 seconds for one of them, then 8 pieces of half a second for four
    const half = run({ serial: 0.5 });
    expect(visits(half, 'pool')).toEqual([[0, 0, 5]]);
    expect(of(half, 'pool.speedUp')).toBeCloseTo(theory.amdahl(0.5, 4), 9);
    expect(of(half, 'pool.busy.max')).toBe(4);
    expect(of(half, 'pool.pieces')).toBe(8);
  });

  it('do one job at a time, and turn away what has no room to wait (W1)', () => {
    const jobs = at([0, 0, 0, 1], ['pool']);
    const two = sound(simulate(pool({ queueLimit: 1 }, jobs), { record: 'trace' }));
    expect(visits(two, 'pool').slice(0, 2)).toEqual([
      [0, 0, 2],
      [0, 2, 4],
    ]);
    expect(of(two, 'pool.failures.queue-full')).toBe(2);
    expect(of(two, 'pool.queue.max')).toBe(1);
  });

  it('bring more pieces where jobs grow (W1)', () => {
    const grown = run({ grows: true, serial: 0.5 });
    // 4 seconds of reading, and eight pieces of half a second for each
    expect(visits(grown, 'pool')).toEqual([[0, 0, 8]]);
    expect(of(grown, 'pool.speedUp')).toBeCloseTo(theory.gustafson(0.5, 4), 9);
  });

  it('stand in line for the lock, first come, first served (W2)', () => {
    // half a second each at once; then one after the other: 1, 1.5, 2, 2.5; the first is back at the lock at 1.5, when it is taken
    const locked = run({ locked: 0.5 });
    expect(visits(locked, 'pool')).toEqual([[0, 0, 4.5]]);
    expect(of(locked, 'pool.lockQueue.max')).toBe(3);
    expect(of(locked, 'pool.lockWait.max')).toBe(1.5);
    expect(of(locked, 'pool.speedUp')).toBeCloseTo(8 / 4.5, 9);
  });

  it('in step come to the lock all at once, each round anew (W1, W2)', () => {
    const inStep = run({ locked: 0.5, inStep: true });
    expect(visits(inStep, 'pool')).toEqual([[0, 0, 5]]);
    expect(of(inStep, 'pool.speedUp')).toBeCloseTo(theory.universalScalability(0.5, 0, 4), 9);
  });

  it('tell each other worker, before the lock is given back or afterwards (W3)', () => {
    // telling three others takes 0.3 seconds for each piece
    const underLock = run({ exchange: 0.1, inStep: true });
    expect(visits(underLock, 'pool')).toEqual([[0, 0, 2 * (1 + 4 * 0.3)]]);
    expect(of(underLock, 'pool.exchanging.max')).toBe(1);
    const aside = run({ exchange: 0.1, exchanges: 'side-by-side', inStep: true });
    expect(visits(aside, 'pool')).toEqual([[0, 0, 2.6]]);
    expect(of(aside, 'pool.exchanging.max')).toBe(4);
    expect(of(aside, 'pool.lockHeld')).toBe(0);
  });

  it('have speeded up by the work of finished jobs over their time, not by waiting and telling (W4)', () => {
    const shared = { locked: 0.02, exchange: 0.001, inStep: true, workers: 8 };
    const measured = of(run(shared), 'pool.speedUp')!;
    expect(measured / theory.universalScalability(0.02, 0.001, 8)).toBeCloseTo(1, 9);
    // twenty jobs, the last of which is not done
    const closed = { kind: 'traffic', arrivals: { pattern: 'closed', users: 1, think: { law: 'constant', mean: 0 } } };
    const many = simulate(pool({}, { ...closed, calls: ['pool'] }), { horizon: 41 });
    expect(of(many, 'pool.completions')).toBe(20);
    expect(of(many, 'pool.speedUp')).toBe(4);
  });

  it('spend all of their time at one of four things (W1, W2, W3)', () => {
    const { measures } = run({ serial: 0.2, locked: 0.2, exchange: 0.05, unevenness: 1 });
    const shares = ['atPieces', 'atLock', 'inExchange', 'standingBy'].map((name) => measures[`pool.${name}`]!.value!);
    expect(shares.reduce((sum, each) => sum + each)).toBeCloseTo(1, 12);
    for (const each of shares) expect(each).toBeGreaterThan(0);
  });

  it('are held up by a slow one in step, and take its pieces otherwise (W1, W4)', () => {
    const inputs = [{ at: 0, fault: 'straggler' }];
    expect(visits(run({ inStep: true }, { inputs }), 'pool')).toEqual([[0, 0, 6]]);
    const free = run({}, { inputs });
    expect(visits(free, 'pool')).toEqual([[0, 0, 3]]);
    expect(of(free, 'pool.speedUp')).toBeCloseTo(8 / 3, 9);
    expect(visits(run({}, { inputs: [{ at: 0, fault: 'slow' }] }), 'pool')).toEqual([[0, 0, 6]]);
  });

  it('drop a job that is taken back, and begin the next at once (L2)', () => {
    const scenario = pool({ locked: 0.2, exchange: 0.05 }, at([0, 0], ['pool']));
    const links = [{ from: 'jobs', to: 'pool', timeout: 1, onTimeout: 'cancel' as const }];
    const given = sound(simulate({ ...scenario, links }, { record: 'trace' }));
    expect(of(given, 'pool.busy.last')).toBe(0);
    expect(of(given, 'pool.lockQueue.last')).toBe(0);
    expect(of(given, 'pool.completions')).toBe(0);
    expect(of(given, 'pool.idle.last')).toBe(4);
  });

  it('take a dial that is turned on the way, and a job as large as its request', () => {
    // the pieces under way are as they were begun, and the next are half as long
    const turned = run({}, { inputs: [{ at: 0.5, dial: 'serial', value: 0.5 }] });
    expect(visits(turned, 'pool')).toEqual([[0, 0, 1.5]]);
    const large = pool({}, at([0], ['pool'], { size: { law: 'constant', mean: 3 } }));
    expect(visits(sound(simulate(large, { record: 'trace' })), 'pool')).toEqual([[0, 0, 6]]);
  });

  it('are refused with more pieces than a run could hold', () => {
    expect(() => parseScenario(pool({ workers: 1024, grows: true, pieces: 10_000 }))).toThrow(/at most 2000000/);
  });

  it('a thousand of them do not take long', () => {
    const closed = { kind: 'traffic', arrivals: { pattern: 'closed', users: 1, think: { law: 'constant', mean: 0 } } };
    const { events } = simulate(pool({ job: 100, pieces: 1024, serial: 0.05 }, { ...closed, calls: ['pool'] }), {
      horizon: 300,
      dials: { serial: 0.05, workers: 8 },
    });
    expect(events).toBeLessThan(25_000);
  });
});
