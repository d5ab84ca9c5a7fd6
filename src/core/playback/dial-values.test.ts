import { describe, expect, it } from 'vitest';
import { stepsOf, stepsTo, valueAfter } from './dial-values.ts';

describe('the values of a dial', () => {
  const even = { min: 0.5, max: 12, step: 0.1 };
  const doubling = { min: 1, max: 1024, step: 1, scale: 'doubling' as const };

  it('lie evenly unless it says otherwise', () => {
    expect(stepsOf(even)).toBe(115);
    expect(valueAfter(even, 3)).toBe(0.8);
    expect(stepsTo(even, 0.8)).toBeCloseTo(3, 9);
  });

  it('double where it says so, and any value has its place between two', () => {
    expect(stepsOf(doubling)).toBe(10);
    expect(Array.from({ length: 11 }, (_, steps) => valueAfter(doubling, steps))).toEqual([
      1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024,
    ]);
    expect(stepsTo(doubling, 48)).toBeGreaterThan(5);
    expect(stepsTo(doubling, 48)).toBeLessThan(6);
    expect(stepsOf({ ...doubling, min: 3, max: 20 })).toBe(2);
  });
});
