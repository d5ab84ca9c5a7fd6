import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOf, fencesOf, movesOf } from './fences.ts';

describe('the fences of a deployment', () => {
  it('round a share of the surge up and a share of the unavailable down', () => {
    // the documentation's default for ten: a quarter more, and a quarter fewer
    expect(fencesOf({ share: 0.25 }, { share: 0.25 }, 10)).toEqual({ surge: 3, unavailable: 2 });
    expect(fencesOf({ share: 0.25 }, { share: 0.25 }, 3)).toEqual({ surge: 1, unavailable: 0 });
    expect(fencesOf({ share: 0.3 }, { share: 0.3 }, 10)).toEqual({ surge: 3, unavailable: 3 });
    expect(fencesOf(2, 1, 10)).toEqual({ surge: 2, unavailable: 1 });
    // in doubles 0.07 × 100 is 7.000000000000001
    expect(countOf({ share: 0.07 }, 100, true)).toBe(7);
    // and 0.29 × 100 is 28.999999999999996
    expect(countOf({ share: 0.29 }, 100, false)).toBe(29);
  });

  it('are never both closed: then one may be unavailable', () => {
    expect(fencesOf(0, 0, 10)).toEqual({ surge: 0, unavailable: 1 });
    expect(fencesOf({ share: 0 }, { share: 0.25 }, 3)).toEqual({ surge: 0, unavailable: 1 });
  });

  it('are never crossed, and a rollout between them always comes to its end', () => {
    const fence = fc.oneof(
      fc.integer({ min: 0, max: 12 }),
      fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fence,
        fence,
        fc.infiniteStream(fc.nat(20)),
        (wanted, more, fewer, order) => {
          const fences = fencesOf(more, fewer, wanted);
          const now = { fresh: 0, freshUp: 0, others: wanted, othersUp: wanted };
          for (let turns = 0; now.freshUp < wanted || now.others > 0; turns++) {
            expect(turns).toBeLessThan(200);
            const { starts, stops } = movesOf(now, { aim: wanted, wanted, ...fences });
            now.fresh += starts;
            now.others -= stops;
            now.othersUp = Math.min(now.othersUp, now.others);
            expect(now.fresh + now.others).toBeLessThanOrEqual(wanted + fences.surge);
            expect(now.freshUp + now.othersUp).toBeGreaterThanOrEqual(wanted - fences.unavailable);
            // some of those that start become available, at least one when nothing else can be done
            const starting = now.fresh - now.freshUp;
            now.freshUp += Math.min(starting, starts + stops > 0 ? order.next().value : 1 + order.next().value);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
