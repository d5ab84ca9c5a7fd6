import { describe, expect, it } from 'vitest';
import { advance, changeSpeed, seek, toggle, watchableSpeed, type Clock } from './clock.ts';
import { curvesOf, percentile, spanAt } from './curves.ts';
import { eventTimes, nextTime, previousTime } from './events.ts';
import { readFrames } from './frame.ts';
import { handmadeRun } from './handmade.fixture.ts';
import { momentInWords, tableOf } from './sentences.ts';
import { isSameSetting, settingOf, sweepKey } from './setting.ts';
import { stretchAt, waterfallOf } from './waterfall.ts';

const clock: Clock = { at: 0, end: 1000, playing: true, speed: 1, unit: 100, window: 10 };

describe('the clock', () => {
  it('goes forward by the time that has passed, times the speed', () => {
    expect(advance(clock, 500).at).toBe(50);
    expect(advance({ ...clock, speed: 0.01 }, 1000).at).toBe(1);
  });
  it('shows every reading once when it goes as fast as can be', () => {
    expect(advance({ ...clock, speed: 'fastest' }, 3).at).toBe(10);
  });
  it('stops at the end, and begins again when started there', () => {
    const ended = advance({ ...clock, at: 990 }, 60_000);
    expect(ended).toMatchObject({ at: 1000, playing: false });
    expect(toggle(ended)).toMatchObject({ at: 0, playing: true });
  });
  it('stays within the run wherever it is sent', () => {
    expect([-5, 2000, Number.NaN].map((time) => seek(clock, time).at)).toEqual([0, 1000, 0]);
  });
  it('has a slowest and a fastest speed', () => {
    expect(changeSpeed(0.01, -1)).toBe(0.01);
    expect(changeSpeed(1000, 1)).toBe('fastest');
    expect(changeSpeed('fastest', -1)).toBe(1000);
    expect(changeSpeed(1, 1)).toBe(2);
  });
  it('begins at a speed at which one can watch about two requests a second', () => {
    expect(watchableSpeed(8)).toBe(0.25);
    expect(watchableSpeed(1_000_000)).toBe(0.01);
  });
});

describe('the moments one can step to', () => {
  const times = eventTimes(
    handmadeRun([
      { at: 0, service: 100 },
      { at: 20, service: 50 },
    ]),
  );
  it('are all times at which something happens, each once', () => {
    expect([...times]).toEqual([0, 10, 20, 30, 110, 120, 160, 170]);
  });
  it('lie strictly before and after the moment one is at', () => {
    expect([nextTime(times, 20), nextTime(times, 21), nextTime(times, 170)]).toEqual([30, 30, null]);
    expect([previousTime(times, 20), previousTime(times, 21), previousTime(times, 0)]).toEqual([10, 20, null]);
  });
});

describe('the curves of a run', () => {
  it('give the mean of the requests that ended in each span', () => {
    const run = handmadeRun([
      { at: 0, service: 50 },
      { at: 200, service: 20 },
      { at: 200, service: 30 },
    ]);
    const curves = curvesOf(run, 'server');
    expect(curves.mean.slice(0, 3)).toEqual([0.5, null, 0.35]);
    expect(curves.busy[0]).toBe(0.5);
    expect(spanAt({ width: curves.width, values: curves.mean }, 250)).toBe(2);
  });
  it('are joined until they fit the room there is', () => {
    const curves = curvesOf(handmadeRun([], { end: 10_000 }), 'server', 30);
    expect(curves.mean).toHaveLength(25);
    expect(curves.width).toBe(400);
  });
  it('take the nearest rank as a percentile', () => {
    expect(percentile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(percentile([1, 2, 3, 4], 0.95)).toBe(4);
    expect(percentile([], 0.5)).toBeNull();
  });
});

describe("one request's waterfall", () => {
  const run = handmadeRun(
    [
      { at: 0, service: 100 },
      { at: 20, service: 50 },
    ],
    { end: 150 },
  );
  it('says how long it was on its way, waited, was served and went back', () => {
    expect(waterfallOf(run, 0)[0]!.stretches).toEqual([
      { kind: 'out', from: 0, to: 10 },
      { kind: 'waiting', from: 10, to: 10 },
      { kind: 'service', from: 10, to: 110 },
      { kind: 'back', from: 110, to: 120 },
    ]);
  });
  it('leaves open what the run has not seen the end of', () => {
    const call = waterfallOf(run, 1)[0]!;
    expect(call.stretches.at(-1)).toEqual({ kind: 'service', from: 110, to: null });
    expect(stretchAt(call, 140)?.kind).toBe('service');
  });
});

describe('a setting', () => {
  const scenario = {
    id: 'x',
    horizon: 600,
    seed: 3,
    faults: [],
    designs: [
      { id: 'one', set: {} },
      { id: 'two', set: {} },
    ],
    dials: [{ id: 'rate', unit: 'rate' as const, min: 1, max: 9, step: 1, start: 8, sets: ['parts.a.b'] }],
  };
  it('begins where the scenario stands, and keeps what the page chose within range', () => {
    expect(settingOf(scenario)).toEqual({ design: 'one', dials: { rate: 8 }, inputs: [], seed: 3 });
    expect(settingOf(scenario, { design: 'two', dials: { rate: 99 } })).toMatchObject({
      design: 'two',
      dials: { rate: 9 },
    });
    expect(settingOf(scenario, { design: 'seven' }).design).toBe('one');
  });
  it('needs no new sweep when only the swept dial was turned', () => {
    const [a, b] = [settingOf(scenario), settingOf(scenario, { dials: { rate: 5 } })];
    expect(isSameSetting(a, b)).toBe(false);
    expect(sweepKey(a, 'rate')).toBe(sweepKey(b, 'rate'));
    expect(sweepKey(a, 'rate')).not.toBe(sweepKey({ ...a, design: 'two' }, 'rate'));
  });
});

describe('the drawing in words', () => {
  const run = handmadeRun([
    { at: 0, service: 100 },
    { at: 20, service: 50 },
  ]);
  const frame = readFrames(run, { stops: [] }).at(40);
  it('says what a part is doing and what came of the requests so far', () => {
    const said = momentInWords(run, frame);
    expect(said).toContainEqual({ id: 'moment.service', values: { part: 'server', busy: 1, slots: 1, waiting: 1 } });
    expect(said).toContainEqual({ id: 'moment.soFar', values: { made: 2, answered: 0, failed: 0 } });
  });
  it('has a table that says the same', () => {
    expect(tableOf(run, ['clients', 'server'], frame)).toEqual([
      { part: 'server', working: true, waiting: 1, busy: 1, slots: 1, arriving: 0, leaving: 0 },
    ]);
  });
});
