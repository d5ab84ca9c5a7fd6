/** Playing a stretch over and over, as fast as can be, and how fast it really was. */
import { describe, expect, it } from 'vitest';
import { advance, FASTEST_RUN, loopFrom, loopWithin, toggle, type Clock } from './clock.ts';
import { makeSpeedometer } from './true-speed.ts';

const clock: Clock = { at: 0, end: 1000, playing: true, speed: 1, unit: 100, window: 10 };

describe('a loop', () => {
  const looped: Clock = { ...clock, at: 300, loop: { from: 200, to: 400 } };

  it('goes round without a stop, and keeps what was too far', () => {
    expect(advance({ ...looped, at: 390 }, 150)).toMatchObject({ at: 205, playing: true });
    expect(advance({ ...looped, at: 390 }, 60_000).at).toBeGreaterThanOrEqual(200);
    expect(advance({ ...looped, at: 390 }, 60_000).at).toBeLessThan(400);
  });

  it('at the end of the run never comes to the end', () => {
    expect(advance({ ...clock, at: 995, loop: { from: 900, to: 1000 } }, 100)).toMatchObject({
      at: 905,
      playing: true,
    });
  });

  it('lets a reader who stands behind it go on to the end, and takes one who starts anew to its beginning', () => {
    expect(advance({ ...looped, at: 500 }, 1000).at).toBe(600);
    expect(toggle({ ...looped, playing: false, at: 500 })).toMatchObject({ at: 200, playing: true });
    expect(toggle({ ...looped, playing: false, at: 250 })).toMatchObject({ at: 250, playing: true });
  });

  it('is set from where one stands, its beginning and its end in any order', () => {
    const begun = loopFrom({ ...clock, at: 300 }, 'from');
    expect(begun.loop).toEqual({ from: 300, to: 1000 });
    expect(loopFrom({ ...begun, at: 500 }, 'to').loop).toEqual({ from: 300, to: 500 });
    expect(loopFrom({ ...begun, at: 100 }, 'to').loop).toEqual({ from: 0, to: 100 });
    expect(loopFrom({ ...looped, at: 600 }, 'from').loop).toEqual({ from: 600, to: 1000 });
  });

  it('is never empty, not even at the ends of the run', () => {
    for (const at of [0, 1000])
      for (const end of ['from', 'to'] as const) {
        const { from, to } = loopFrom({ ...clock, at }, end).loop!;
        expect(to).toBeGreaterThan(from);
      }
  });

  it('is cut or dropped when a run ends sooner', () => {
    expect(loopWithin({ from: 200, to: 400 }, 300)).toEqual({ from: 200, to: 300 });
    expect(loopWithin({ from: 200, to: 400 }, 150)).toBeNull();
    expect(loopWithin(undefined, 150)).toBeNull();
  });
});

describe('as fast as can be', () => {
  it.each([8, 16, 50])('takes a few seconds for a whole run, at a picture every %i ms', (beat) => {
    let now: Clock = { ...clock, end: 300_000, window: 1000, speed: 'fastest' };
    let passed = 0;
    while (now.playing) {
      now = advance(now, beat);
      passed += beat;
    }
    expect(passed).toBeGreaterThan(FASTEST_RUN / 3);
    expect(passed).toBeLessThanOrEqual(FASTEST_RUN + beat);
  });
});

describe('the true speed', () => {
  it('is the time of the run over the time of the reader', () => {
    const meter = makeSpeedometer();
    expect(meter.speed()).toBeNull();
    for (let each = 0; each < 100; each += 1) meter.beat(0.16, 16);
    expect(meter.speed()).toBeCloseTo(10, 9);
  });

  it('tells of a machine that does not keep up, within about a second', () => {
    const meter = makeSpeedometer();
    for (let each = 0; each < 100; each += 1) meter.beat(0.16, 16);
    for (let each = 0; each < 3; each += 1) meter.beat(2.5, 500);
    expect(meter.speed()).toBeCloseTo(5, 1);
  });

  it('begins anew, and takes no time at all for no beat', () => {
    const meter = makeSpeedometer();
    meter.beat(1, 1000);
    meter.beat(5, 0);
    expect(meter.speed()).toBe(1);
    meter.reset();
    expect(meter.speed()).toBeNull();
  });
});
