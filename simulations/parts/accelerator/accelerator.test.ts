import { describe, expect, it } from 'vitest';
import { simulate, theory, type ScenarioSource, type SimulateOptions } from '../../index.ts';
import { at, of, sound, visits } from '../door/door.fixture.ts';

/** A batch takes a second, and a tenth more for each in it. */
const scenario = (more: object, users: object, links: ScenarioSource['links'] = []): ScenarioSource =>
  ({
    id: 'batches',
    horizon: 100,
    time: { unit: 's', ticks: 1000 },
    parts: { users, chip: { kind: 'accelerator', fixed: 1, perItem: 0.1, batchLimit: 3, ...more } },
    links,
    dials: [{ id: 'wait', unit: 'time', min: 0, max: 9, step: 1, start: 5, sets: ['parts.chip.waitLimit'] }],
    faults: [{ id: 'slow', part: 'chip', action: 'slow', amount: 2, duration: 100 }],
    designs: [
      {
        id: 'as-written',
        set: 'waitLimit' in more ? { 'parts.chip.waitLimit': more.waitLimit } : { 'parts.chip.waitLimit': 0 },
      },
      { id: 'dial' },
    ],
  }) as ScenarioSource;
const run = (more: object, times: Parameters<typeof at>[0], options: SimulateOptions = {}, traits: object = {}) =>
  sound(simulate(scenario(more, at(times, ['chip'], traits)), { record: 'trace', ...options }));

describe('accelerator', () => {
  it('answers a batch as one, a + b·k after it began (D1)', () => {
    const greedy = run({}, [0, 0.5, 0.6, 0.7, 0.8]);
    expect(visits(greedy, 'chip')).toEqual([
      [0, 0, 1.1],
      // three go together, and the last by itself
      [0.5, 1.1, 2.4],
      [0.6, 1.1, 2.4],
      [0.7, 1.1, 2.4],
      [0.8, 2.4, 3.5],
    ]);
    expect(of(greedy, 'chip.batch.mean')).toBeCloseTo(5 / 3, 12);
    expect(of(greedy, 'chip.batch.max')).toBe(3);
    expect(of(greedy, 'chip.fullBatches')).toBeCloseTo(1 / 3, 12);
    expect(of(greedy, 'chip.batches')).toBe(3);
    expect(of(greedy, 'chip.onDevice.max')).toBe(3);
  });

  it('begins when the batch is full (D2)', () => {
    expect(visits(run({ waitLimit: 5 }, [0, 0.5, 2]), 'chip')).toEqual([
      [0, 2, 3.3],
      [0.5, 2, 3.3],
      [2, 2, 3.3],
    ]);
  });

  it('begins when the oldest has waited for the limit, with whoever waits then (D2)', () => {
    expect(visits(run({ waitLimit: 1 }, [0, 0.5, 1.5]), 'chip')).toEqual([
      [0, 1, 2.2],
      [0.5, 1, 2.2],
      [1.5, 2.5, 3.6],
    ]);
  });

  it('takes at once who has waited long enough while no device was free (D2)', () => {
    expect(visits(run({ waitLimit: 0.5 }, [0, 0.6]), 'chip')).toEqual([
      [0, 0.5, 1.6],
      [0.6, 1.6, 2.7],
    ]);
  });

  it('waits for ever for a batch that does not fill, where there is no limit (D2)', () => {
    const never = run({ waitLimit: null }, [0, 1]);
    expect(of(never, 'chip.completions')).toBe(0);
    expect(of(never, 'chip.queue.last')).toBe(2);
  });

  it('has devices that take from one line (D2)', () => {
    expect(visits(run({ devices: 2, batchLimit: 1 }, [0, 0, 0]), 'chip')).toEqual([
      [0, 0, 1.1],
      [0, 0, 1.1],
      [0, 1.1, 2.2],
    ]);
  });

  it('turns away who would have to wait past the limit of its line', () => {
    const full = run({ queueLimit: 1 }, [0, 0.1, 0.2]);
    expect(of(full, 'chip.failures.queue-full')).toBe(1);
    // whoever fills a batch on a free device does not wait
    const filling = run({ queueLimit: 2, waitLimit: 5 }, [0, 0, 0, 0, 0, 0]);
    expect(of(filling, 'chip.failures.queue-full')).toBe(1);
    expect(of(filling, 'chip.completions')).toBe(5);
  });

  it('lets those go who lose patience before their batch begins (P11)', () => {
    const traits = { patience: { law: 'constant', mean: 0.4 } };
    const left = run({ waitLimit: 1 }, [0, 0.8], {}, traits);
    expect(of(left, 'chip.failures.impatient')).toBe(2);
    expect(of(left, 'chip.batches')).toBe(0);
    const served = run({}, [0], {}, traits);
    expect(of(served, 'chip.completions')).toBe(1);
  });

  it('goes on with the batch when one of it is taken back, and forgets who is taken back from the line (D3)', () => {
    const links = [{ from: 'users', to: 'chip', timeout: 0.5, onTimeout: 'cancel' as const }];
    const gone = sound(simulate(scenario({}, at([0, 0.2], ['chip']), links), { record: 'trace', inputs: [] }));
    expect(of(gone, 'chip.completions')).toBe(0);
    expect(of(gone, 'chip.onDevice.last')).toBe(0);
    expect(of(gone, 'chip.queue.last')).toBe(0);
    // the device was busy for the whole batch all the same, and nothing came after it
    expect(of(gone, 'chip.busy.mean')! * 100).toBeCloseTo(1.1, 9);
  });

  it('takes longer while it is slow, and for larger requests (D1)', () => {
    expect(visits(run({}, [0], { inputs: [{ at: 0, fault: 'slow' }] }), 'chip')).toEqual([[0, 0, 2.2]]);
    expect(visits(run({}, [0], {}, { size: { law: 'constant', mean: 5 } }), 'chip')).toEqual([[0, 0, 1.5]]);
  });

  it('takes a dial that is turned while somebody waits', () => {
    const inputs = [{ at: 2, dial: 'wait', value: 1 }];
    expect(visits(run({ waitLimit: 5 }, [0], { design: 'dial', inputs }), 'chip')).toEqual([[0, 2, 3.1]]);
  });

  it('brings those who ask again at once back as one batch', () => {
    const closed = {
      kind: 'traffic',
      arrivals: { pattern: 'closed', users: 3, think: { law: 'constant', mean: 0 } },
      calls: ['chip'],
    };
    const again = sound(simulate(scenario({ waitLimit: 0.1 }, closed)));
    expect(of(again, 'chip.batch.mean')).toBe(3);
    expect(of(again, 'chip.batch.max')).toBe(3);
  });

  it('keeps to the chain of greedy batches, and to M/G/1 one by one', () => {
    const poisson = { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 1.2 }, calls: ['chip'] };
    const options = { horizon: 40_000, seed: 5 };
    const greedy = simulate(scenario({ batchLimit: 8 }, poisson), options);
    const chain = theory.greedyBatches(1.2, { fixed: 1, perItem: 0.1, limit: 8 })!;
    expect(of(greedy, 'chip.response.mean')! / chain.response).toBeCloseTo(1, 1.5);
    expect(of(greedy, 'chip.utilisation')!).toBeCloseTo(chain.utilisation, 1.5);
    const slower = { ...poisson, arrivals: { pattern: 'poisson', rate: 0.5 } };
    const one = simulate(scenario({ batchLimit: 1, unevenness: 1 }, slower), { ...options, horizon: 200_000 });
    expect(of(one, 'chip.wait.mean')! / theory.waitMG1(0.5, 1.1, 1)).toBeCloseTo(1, 1);
  });
});
