import { describe, expect, it } from 'vitest';
import { stream, uniform } from '../engine/draws.ts';
import { dealt, ownersOf, shuffled } from '../parts/changes/borders.ts';
import { blindCrossing, blindCrossingApart } from './borders.ts';

describe('blind borders', () => {
  it('are crossed as the formula of independent lots says: two parts by 1 − 1/g, three by 1 − 1/g²', () => {
    expect(blindCrossingApart(1, 4)).toBe(0);
    expect(blindCrossingApart(2, 4)).toBeCloseTo(0.75, 12);
    expect(blindCrossingApart(3, 3)).toBeCloseTo(8 / 9, 12);
    expect(blindCrossingApart(5, 1)).toBe(0);
  });

  it('are crossed a little more often where every service has as many parts, and as often where there are very many', () => {
    expect(blindCrossing(2, [4, 4, 4])).toBeCloseTo(1 - 3 / 11, 12);
    expect(blindCrossing(3, [4, 4, 4])).toBeCloseTo(1 - (3 * 2) / (11 * 10), 12);
    for (const parts of [2, 3, 4])
      for (const services of [2, 3, 6]) {
        const apart = blindCrossingApart(parts, services);
        const of = (size: number) =>
          blindCrossing(
            parts,
            Array.from({ length: services }, () => size),
          );
        expect(of(4)).toBeGreaterThan(apart);
        expect(of(12) - apart).toBeLessThan(of(4) - apart);
        expect(of(100_000)).toBeCloseTo(apart, 4);
      }
  });

  it('are crossed by all that touch more than a service has, and by none where there is one service', () => {
    expect(blindCrossing(3, [2, 2, 2])).toBe(1);
    expect(blindCrossing(3, [6])).toBe(0);
  });

  it('are crossed so often when they are really dealt, whichever parts a change touches', () => {
    const chance = stream(1, 0, 'theory', 'borders');
    const deals = 20_000;
    for (const change of [
      [0, 1],
      [2, 5, 11],
      [0, 3, 6, 9],
    ]) {
      let crossed = 0;
      for (let i = 0; i < deals; i++)
        if (
          ownersOf(
            change,
            dealt(
              shuffled(12, (index) => uniform(chance, i, index)),
              4,
            ),
          ) > 1
        )
          crossed++;
      const expected = blindCrossing(change.length, [4, 4, 4]);
      expect(Math.abs(crossed / deals - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / deals));
    }
  });
});
