import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import oneServer from '../../simulations/scenarios/one-server/scenario.ts';
import { openSimulator, type Listener } from './client.ts';

const setting = { design: 'one', dials: { arrivalRate: 8 }, inputs: [], seed: 1 };
const sweep = { setting, dial: 'arrivalRate', measure: 'server.response.mean', at: [1, 2], replications: 2 };
interface Asked {
  ask: string;
  id: number;
  setting?: { seed: number };
}

/** A worker that hears everything, answers only when it is told to, and can die. */
class FakeWorker extends EventTarget {
  static all: FakeWorker[] = [];
  asked: Asked[] = [];
  isEnded = false;
  constructor() {
    super();
    FakeWorker.all.push(this);
  }
  postMessage(message: Asked): void {
    this.asked.push(message);
  }
  terminate(): void {
    this.isEnded = true;
  }
  answer(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }
  last(ask: string): Asked {
    return this.asked.findLast((each) => each.ask === ask)!;
  }
}
const worker = (index = -1): FakeWorker => FakeWorker.all.at(index)!;

function opened() {
  const heard: unknown[][] = [];
  const listener: Listener = {
    run: (run) => heard.push(['run', run]),
    point: (point, left) => heard.push(['point', point, left]),
    repeated: (done, together) => heard.push(['repeated', done, together]),
    compared: (done, differences) => heard.push(['compared', done, differences]),
    error: (kind) => heard.push(['error', kind]),
    slow: () => heard.push(['slow']),
  };
  return { heard, simulator: openSimulator(oneServer, listener) };
}
const runAnswer = (id: number, run: string) => ({ answer: 'run', id, run, theory: {}, took: 1 });

beforeEach(() => {
  vi.useFakeTimers();
  FakeWorker.all = [];
  vi.stubGlobal('Worker', FakeWorker);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the client of the worker', () => {
  it('starts no worker before something is asked, and hands it the scenario first', () => {
    const { simulator } = opened();
    expect(FakeWorker.all).toHaveLength(0);
    simulator.run(setting);
    expect(worker().asked.map((each) => each.ask)).toEqual(['hold', 'run']);
  });

  it('passes on the answer to the newest run and no older one', () => {
    const { heard, simulator } = opened();
    simulator.run(setting);
    const first = worker().last('run').id;
    simulator.run({ ...setting, seed: 2 });
    worker().answer(runAnswer(first, 'old'));
    expect(heard).toEqual([]);
    worker().answer(runAnswer(worker().last('run').id, 'new'));
    expect(heard).toEqual([['run', 'new']]);
  });

  it('passes on the points of the newest curve and no older one', () => {
    const { heard, simulator } = opened();
    simulator.sweep(sweep);
    const first = worker().last('sweep').id;
    simulator.sweep(sweep);
    worker().answer({ answer: 'point', id: first, point: 'old', left: 1 });
    worker().answer({ answer: 'point', id: worker().last('sweep').id, point: 'new', left: 1 });
    expect(heard).toEqual([['point', 'new', 1]]);
  });

  it('asks for quiet only while something can wait, and seldom', () => {
    const { simulator } = opened();
    simulator.hush!();
    expect(FakeWorker.all).toHaveLength(0);
    vi.advanceTimersByTime(1000);
    simulator.run(setting);
    simulator.hush!();
    expect(worker().asked.map((each) => each.ask)).toEqual(['hold', 'run']);
    simulator.sweep(sweep);
    for (let move = 0; move < 30; move += 1) {
      simulator.hush!();
      vi.advanceTimersByTime(10);
    }
    expect(worker().asked.filter((each) => each.ask === 'hush')).toHaveLength(3);
    worker().answer({ answer: 'point', id: worker().last('sweep').id, point: 'last', left: 0 });
    vi.advanceTimersByTime(1000);
    simulator.hush!();
    expect(worker().asked.filter((each) => each.ask === 'hush')).toHaveLength(3);
  });

  it('starts a new worker after a piece of the machine did not come', () => {
    const { heard, simulator } = opened();
    simulator.run(setting);
    const { id } = worker().last('hold');
    worker().answer({ answer: 'error', id, kind: 'not-fetched', message: '', path: '' });
    expect(heard).toEqual([['error', 'not-fetched']]);
    expect(worker().isEnded).toBe(true);
    simulator.run({ ...setting, seed: 2 });
    expect(FakeWorker.all).toHaveLength(2);
    expect(worker().asked.map((each) => each.ask)).toEqual(['hold', 'run']);
  });

  it('forgets repetitions as soon as another run is asked for', () => {
    const { heard, simulator } = opened();
    simulator.repeat(setting, 20);
    const { id } = worker().last('repeat');
    worker().answer({ answer: 'repeated', id, done: 1, together: null });
    simulator.run(setting);
    worker().answer({ answer: 'repeated', id, done: 20, together: { runs: 20, measures: {} } });
    expect(heard).toEqual([['repeated', 1, null]]);
  });

  it('forgets a comparison as soon as a run is asked for, and asks for it again where a worker died', () => {
    const { heard, simulator } = opened();
    const question = { setting: { ...setting, compared: ['two'] }, measures: ['server.utilisation'], pairs: 3 };
    simulator.compare(question);
    const { id } = worker().last('compare');
    worker().answer({ answer: 'compared', id, done: 1, differences: null });
    worker().dispatchEvent(new Event('error'));
    expect(worker().asked.map((each) => each.ask)).toEqual(['hold', 'compare']);
    const again = worker().last('compare').id;
    simulator.run(setting);
    worker().answer({ answer: 'compared', id: again, done: 3, differences: [] });
    expect(heard).toEqual([['compared', 1, null]]);
  });

  it('has as much more patience as there are designs beside', () => {
    const { heard, simulator } = opened();
    simulator.run({ ...setting, compared: ['two', 'fast'] });
    vi.advanceTimersByTime(23_999);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual([['error', 'too-slow']]);
  });

  it('stops a run after eight seconds, says so, and goes on with a new worker', () => {
    const { heard, simulator } = opened();
    simulator.run(setting);
    vi.advanceTimersByTime(7999);
    expect(worker().isEnded).toBe(false);
    vi.advanceTimersByTime(1);
    expect(worker().isEnded).toBe(true);
    expect(heard).toEqual([['error', 'too-slow']]);
    simulator.run(setting);
    expect(FakeWorker.all).toHaveLength(2);
    worker().answer(runAnswer(worker().last('run').id, 'later'));
    vi.advanceTimersByTime(20_000);
    expect(heard.slice(1)).toEqual([['run', 'later']]);
  });

  it('counts the eight seconds from the newest run', () => {
    const { heard, simulator } = opened();
    simulator.run(setting);
    vi.advanceTimersByTime(5000);
    simulator.run({ ...setting, seed: 2 });
    vi.advanceTimersByTime(5000);
    expect(heard).toEqual([]);
  });

  it('starts another worker where one has died and asks again what was left unanswered', () => {
    const { heard, simulator } = opened();
    simulator.run({ ...setting, seed: 7 });
    simulator.sweep(sweep);
    worker().dispatchEvent(new Event('error'));
    expect(FakeWorker.all).toHaveLength(2);
    expect(worker(0).isEnded).toBe(true);
    expect(worker().asked.map((each) => each.ask)).toEqual(['hold', 'run', 'sweep']);
    expect(worker().last('run').setting).toMatchObject({ seed: 7 });
    worker().answer(runAnswer(worker().last('run').id, 'again'));
    expect(heard).toEqual([['run', 'again']]);
  });

  it('computes on the page when workers keep dying, and says that it will be slower', async () => {
    vi.useRealTimers();
    const { heard, simulator } = opened();
    simulator.run(setting);
    worker().dispatchEvent(new Event('error'));
    worker().dispatchEvent(new Event('error'));
    expect(heard).toEqual([['slow']]);
    await vi.waitFor(() => expect(heard.at(-1)?.[0]).toBe('run'), 5000);
    expect(FakeWorker.all).toHaveLength(2);
    simulator.close();
  });

  it.each([
    ['there are none', undefined],
    [
      'they are forbidden',
      function Forbidden() {
        throw new Error('forbidden');
      },
    ],
  ])('computes on the page where %s', async (_, stub) => {
    vi.useRealTimers();
    vi.stubGlobal('Worker', stub);
    const { heard, simulator } = opened();
    simulator.run(setting);
    await vi.waitFor(() => expect(heard.map(([what]) => what)).toEqual(['slow', 'run']), 5000);
    simulator.close();
  });

  it('says nothing more once it is closed', () => {
    const { heard, simulator } = opened();
    simulator.run(setting);
    simulator.close();
    worker().answer(runAnswer(worker().last('run').id, 'late'));
    vi.advanceTimersByTime(20_000);
    expect(heard).toEqual([]);
    expect(worker().isEnded).toBe(true);
  });
});
