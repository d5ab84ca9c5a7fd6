import { describe, expect, it } from 'vitest';
import { parseScenario, simulate, theory, type ScenarioSource, type SimulateOptions } from '../../index.ts';
import { at, constant, of, sound, visits } from '../door/door.fixture.ts';

/** A pipeline of one unit of time, unless said otherwise. */
const scenario = (more: object, changes: object, rest: object = {}): ScenarioSource =>
  ({
    id: 'release',
    horizon: 100,
    time: { unit: 'day', ticks: 1000 },
    parts: { changes, release: { kind: 'release', pipeline: 1, ...more }, ...rest },
    faults: [
      { id: 'down', part: 'release', action: 'down', duration: 5 },
      { id: 'slow', part: 'release', action: 'slow', amount: 3, duration: 100 },
      { id: 'bad', part: 'release', action: 'bad', amount: 1, duration: 2 },
    ],
  }) as ScenarioSource;
const run = (more: object, times: number[], options: SimulateOptions = {}, rest: object = {}) =>
  sound(simulate(scenario(more, at(times, ['release']), rest), { record: 'trace', ...options }));
const poisson = (rate: number) => ({ kind: 'traffic', arrivals: { pattern: 'poisson', rate }, calls: ['release'] });

describe('a release', () => {
  it('takes each change by itself as soon as the pipeline is free (N1)', () => {
    const each = run({ when: 'each' }, [0, 0.5, 3]);
    expect(visits(each, 'release')).toEqual([
      [0, 0, 1],
      [0.5, 1, 2],
      [3, 3, 4],
    ]);
    expect(of(each, 'release.deployments')).toBe(3);
    expect(of(each, 'release.batch.mean')).toBe(1);
    expect(visits(run({ when: 'each', lanes: 2 }, [0, 0.5]), 'release')).toEqual([
      [0, 0, 1],
      [0.5, 0.5, 1.5],
    ]);
  });

  it('takes all that wait as soon as the pipeline is free (N1)', () => {
    const together = run({ when: 'together' }, [0, 0.2, 0.4, 0.6]);
    expect(visits(together, 'release').map((visit) => visit[2])).toEqual([1, 2, 2, 2]);
    expect(of(together, 'release.deployments')).toBe(2);
    expect(of(together, 'release.batch.max')).toBe(3);
    const few = run({ when: 'together', batchLimit: 2 }, [0, 0.2, 0.4, 0.6]);
    expect(visits(few, 'release').map((visit) => visit[2])).toEqual([1, 2, 2, 3]);
  });

  it('leaves by its timetable with all that wait, or later when no lane is free (N1)', () => {
    const train = run({ when: 'train', interval: 5 }, [0, 4, 6]);
    expect(visits(train, 'release')).toEqual([
      [0, 5, 6],
      [4, 5, 6],
      [6, 10, 11],
    ]);
    expect(of(train, 'release.deployments')).toBe(2);
    const late = run({ when: 'train', interval: 5, pipeline: 7 }, [0, 6, 11]);
    expect(visits(late, 'release')).toEqual([
      [0, 5, 12],
      [6, 12, 19],
      [11, 12, 19],
    ]);
  });

  it('is live when the slowest of its deployables is (N2)', () => {
    const law = { law: 'exponential', mean: 2 };
    const more = { when: 'each', lanes: null, pipeline: law };
    const options = { horizon: 20_000, seed: 3 };
    for (const m of [1, 4, 16]) {
      const joint = simulate(scenario({ ...more, deployables: m }, poisson(1)), options);
      expect(of(joint, 'release.response.mean')! / theory.slowestMean(2, m)).toBeCloseTo(1, 1.5);
    }
  });

  it('keeps who comes at any time waiting half the interval, and longer where it varies (N1)', () => {
    const options = { horizon: 60_000, seed: 4 };
    const wait = (cv2: number) => {
      const interval = { law: 'varied', mean: 6, cv2 };
      const train = simulate(scenario({ when: 'train', interval, lanes: null }, poisson(2)), options);
      return of(train, 'release.wait.mean')! / theory.waitForDeparture(6, cv2);
    };
    expect(wait(0)).toBeCloseTo(1, 1.5);
    expect(wait(0.5)).toBeCloseTo(1, 1.5);
    expect(wait(1)).toBeCloseTo(1, 1.2);
    expect(theory.waitForDeparture(6, 0)).toBe(3);
    expect(theory.waitForDeparture(6, 1)).toBe(6);
  });

  it('of n changes is bad as often as one of n is (N3)', () => {
    for (const n of [1, 5, 20]) {
      const batches = { kind: 'traffic', arrivals: { pattern: 'batches', rate: 0.2, size: n }, calls: ['release'] };
      const more = { when: 'together', bad: 0.05, lanes: null };
      const failing = simulate(scenario(more, batches), { horizon: 40_000, seed: 5 });
      // fixes go by themselves, and are bad as often as any one change
      const deployments = of(failing, 'release.deployments')!;
      const fixes = of(failing, 'release.rework')! * deployments;
      const groups = deployments - fixes;
      const share = (of(failing, 'release.failedDeployments')! - fixes * 0.05) / groups;
      expect(share).toBeCloseTo(theory.badRelease(n, 0.05), 1.5);
      expect(of(failing, 'release.batch.max')).toBeGreaterThanOrEqual(n);
    }
  });

  it('holds all back to the next when one is found bad, or lets the others go (N3)', () => {
    const bad = { when: 'train', interval: 5, caught: 1 };
    const inputs = [{ at: 0, fault: 'bad' }];
    // the first comes while all are bad, the second afterwards
    const held = run({ ...bad, whenCaught: 'hold' }, [1, 3], { inputs });
    expect(visits(held, 'release').map((visit) => visit[2])).toEqual([11, 11]);
    expect(of(held, 'release.heldBack')).toBe(1);
    expect(of(held, 'release.stopped')).toBe(0.5);
    const dropped = run({ ...bad, whenCaught: 'drop' }, [1, 3], { inputs });
    expect(visits(dropped, 'release').map((visit) => visit[2])).toEqual([11, 6]);
    expect(of(dropped, 'release.caught')).toBe(1);
    expect(of(dropped, 'release.changeFail')).toBe(0);
  });

  it('lets what is not found escape, finds it later and has it repaired by others (N4)', () => {
    const inputs = [{ at: 0, fault: 'bad' }];
    const team = { kind: 'service', service: constant(2) };
    const more = { when: 'train', interval: 5, foundAfter: 1, repairs: ['team'], deployables: 3 };
    const atOnce = run(more, [1, 3], { inputs }, { team });
    // live at 6, found at 7, repaired at 9, and through a pipeline of its own at 10
    expect(visits(atOnce, 'release').map((visit) => visit[2])).toEqual([6, 6]);
    expect(of(atOnce, 'release.recovery.max')).toBe(4);
    expect(of(atOnce, 'release.changeFail')).toBe(0.5);
    expect(of(atOnce, 'release.rework')).toBe(0.5);
    expect(of(atOnce, 'release.escaped')).toBe(1);
    expect(of(atOnce, 'release.broken.mean')).toBeCloseTo(4 / 100, 12);
    expect(of(atOnce, 'release.touched.mean')).toBeCloseTo(12 / 100, 12);
    expect(of(atOnce, 'changes.degraded')).toBe(0.5);
    const next = run({ ...more, fixes: 'next' }, [1, 3], { inputs }, { team });
    expect(of(next, 'release.recovery.max')).toBe(5);
    expect(of(next, 'release.deployments')).toBe(2);
  });

  it('is down, and slow', () => {
    const down = run({ when: 'each' }, [0, 1], { inputs: [{ at: 0.5, fault: 'down' }] });
    expect(visits(down, 'release')).toEqual([
      [0, 0, 1],
      [1, 5.5, 6.5],
    ]);
    expect(visits(run({}, [0], { inputs: [{ at: 0, fault: 'slow' }] }), 'release')).toEqual([[0, 0, 3]]);
  });

  it('forgets a change that is taken back, wherever it is (L2)', () => {
    const given = (timeout: number, more: object) => {
      const own = scenario(
        { when: 'train', interval: 5, bad: 0.9, caught: 1, repairs: ['team'], ...more },
        poisson(1),
        {
          team: { kind: 'service', service: constant(1), threads: null },
        },
      );
      const links = [{ from: 'changes', to: 'release', timeout, onTimeout: 'cancel' as const }];
      return sound(simulate({ ...own, links }, { record: 'trace' }));
    };
    for (const timeout of [1, 5.5, 6.5, 20])
      for (const whenCaught of ['hold', 'drop']) {
        const gone = given(timeout, { whenCaught });
        expect(of(gone, 'release.inside.last')).toBeLessThan(30);
        expect(of(gone, 'release.atRepair.last')).toBeGreaterThanOrEqual(0);
        expect(of(gone, 'release.queue.last')).toBeGreaterThanOrEqual(0);
      }
  });

  it('fails a change that nobody can repair', () => {
    const team = { kind: 'service', service: constant(1), errors: 1 };
    const failed = run({ bad: 1, caught: 1, repairs: ['team'] }, [0], {}, { team });
    expect(of(failed, 'changes.failures.error')).toBe(1);
    const escaped = run({ bad: 1, repairs: ['team'] }, [0], {}, { team });
    expect(of(escaped, 'release.broken.last')).toBe(1);
    expect(of(escaped, 'changes.answered')).toBe(1);
  });

  it('is refused with a share for a class that nobody makes', () => {
    expect(() => parseScenario(scenario({ byClass: { nobody: 0.5 } }, at([0], ['release'])))).toThrow(/nobody/);
  });
});
