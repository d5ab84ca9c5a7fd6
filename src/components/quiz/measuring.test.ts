/** What a reader's browser measures is what the build measured; where it cannot measure, it says so instead of guessing. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sweepPoint, type ScenarioSource } from '../../../simulations/index.ts';
import scenario from '../../../simulations/scenarios/one-server/scenario.ts';
import { makeMeasuring, measureNumber } from '../../core/quiz/measure.ts';
import { isSame, keyLuck, type Measurement } from '../../core/quiz/measurement.ts';
import type { openSimulator as Open } from '../../worker/client.ts';
import { measureHere, type Machine } from './measuring.ts';

const short: ScenarioSource = { ...scenario, horizon: 20, warmUp: 2 };
const busy = { scenario: 'one-server', dials: { arrivalRate: 9 } };
const ratio: Measurement = {
  run: busy,
  measure: 'server.response.mean',
  over: { run: { scenario: 'one-server', dials: { arrivalRate: 5 } } },
};

/** The machine, reached as the worker reaches it: by a sweep. */
const openSimulator: typeof Open = (held, listener) => ({
  run: () => undefined,
  repeat: () => undefined,
  compare: () => undefined,
  sweep: ({ setting, at, dial, measure, replications }) => {
    for (const x of at) listener.point(sweepPoint(held, { ...setting, dial, measure, replications }, x), 0);
  },
  close: () => undefined,
});
const machine = (): Promise<Machine> => Promise.resolve({ openSimulator, scenario: short });

beforeEach(() => void vi.stubGlobal('Worker', () => undefined));
afterEach(() => void vi.unstubAllGlobals());

it('the browser measures the very numbers that the build measured', async () => {
  const built = [
    measureNumber(
      ratio,
      makeMeasuring(() => short),
      keyLuck,
    ),
  ];
  const here = await measureHere([ratio], machine);
  expect(built[0]?.value).toBeGreaterThan(1);
  expect(isSame(here!, built)).toBe(true);
});

it('another luck gives other numbers, and that is noticed', async () => {
  const other = [
    measureNumber(
      ratio,
      makeMeasuring(() => short),
      { ...keyLuck, seed: 2 },
    ),
  ];
  expect(isSame((await measureHere([ratio], machine))!, other)).toBe(false);
});

it('a run in which something breaks is left to the build', async () => {
  const broken = { run: { ...busy, inputs: [{ at: 5, fault: 'pause' }] }, measure: 'server.response.mean' };
  expect(await measureHere([broken], machine)).toBeNull();
});

it('without a worker nothing is measured, and nothing is fetched', async () => {
  const slow: typeof Open = (_held, listener) => ({
    run: () => undefined,
    repeat: () => undefined,
    compare: () => undefined,
    sweep: () => listener.slow(),
    close: () => undefined,
  });
  expect(await measureHere([ratio], () => Promise.resolve({ openSimulator: slow, scenario: short }))).toBeNull();
  vi.stubGlobal('Worker', undefined);
  const fetched: string[] = [];
  const fetch = (id: string): Promise<Machine> => {
    fetched.push(id);
    return machine();
  };
  expect(await measureHere([ratio], fetch)).toBeNull();
  expect(fetched).toEqual([]);
});
