import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Calendar } from './calendar.ts';

/** Takes everything out and says what was called, in order. */
function drain(calendar: Calendar, seen: number[], clock?: (time: number) => void): number[] {
  while (calendar.next < Infinity) {
    clock?.(calendar.next);
    calendar.take();
  }
  return seen;
}

describe('the calendar', () => {
  it('takes by time, and at one time in the order of asking (T2)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 200 }), (times) => {
        const calendar = new Calendar();
        const seen: number[] = [];
        const note = calendar.on((a) => seen.push(a));
        for (const [i, time] of times.entries()) calendar.at(time, note, i, 0);
        const expected = times.map((time, i) => ({ time, i })).sort((x, y) => x.time - y.time || x.i - y.i);
        expect(drain(calendar, seen)).toEqual(expected.map(({ i }) => i));
      }),
      { seed: 20_260 },
    );
  });

  it('a lane and the heap take in the same order what was asked for in the same order (T2)', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ delay: fc.constantFrom(0, 3, 5, 8), lane: fc.boolean(), then: fc.constantFrom(0, 3, 5) }),
          { maxLength: 120 },
        ),
        (asks) => {
          const follow = (useLanes: boolean) => {
            const calendar = new Calendar();
            const seen: string[] = [];
            let now = 0;
            const lanes = new Map<number, ReturnType<Calendar['lane']>>();
            const ask = (delay: number, inLane: boolean, a: number, b: number) => {
              if (!useLanes || !inLane) return calendar.at(now + delay, note, a, b);
              if (!lanes.has(delay)) lanes.set(delay, calendar.lane(delay, note));
              return lanes.get(delay)!.after(now, a, b);
            };
            const note = calendar.on((a, b) => {
              seen.push(`${now}:${a}:${b}`);
              if (b === 0) ask(asks[a]!.then, asks[a]!.lane, a, 1);
            });
            for (const [i, { delay, lane }] of asks.entries()) ask(delay, lane, i, 0);
            drain(calendar, [], (time) => {
              expect(time).toBeGreaterThanOrEqual(now);
              now = time;
            });
            return seen;
          };
          expect(follow(true)).toEqual(follow(false));
        },
      ),
      { seed: 7 },
    );
  });

  it('counts every entry that it took, and is empty when nothing is left', () => {
    const calendar = new Calendar();
    const nothing = calendar.on(() => {});
    for (let i = 0; i < 1000; i++) calendar.at((i * 7919) % 101, nothing, i, 0);
    drain(calendar, []);
    expect(calendar.taken).toBe(1000);
    expect(calendar.next).toBe(Infinity);
  });
});
