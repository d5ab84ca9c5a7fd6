import { describe, expect, it } from 'vitest';
import type { PairedDifference } from '../../../simulations/index.ts';
import { differenceOf } from './differences.ts';
import { besides, isSameSetting, withDesign } from './setting.ts';

const paired = (given: Partial<PairedDifference>): PairedDifference => ({
  pairs: 10,
  a: 1,
  b: 2,
  difference: 1,
  halfWidth: 0.1,
  isSure: true,
  enough: true,
  ratio: null,
  variance: null,
  saved: null,
  correlation: null,
  ...given,
});
const ratio = (low: number | null, high: number | null, isSure = true): PairedDifference =>
  paired({ ratio: { value: 1, low, high }, isSure, halfWidth: isSure ? 0.1 : 2 });

describe('a difference between two designs', () => {
  it('is told in times where it is large', () => {
    expect(differenceOf(ratio(3.1, 3.4), 'time')).toEqual({ says: 'times', counted: 'times', low: 3.1, high: 3.4 });
    expect(differenceOf(ratio(0.2, 0.3), 'time')).toMatchObject({ says: 'times', low: 0.2, high: 0.3 });
  });

  it('is told as so many percent more or less where it is small, the lesser number first', () => {
    const more = differenceOf(ratio(1.12, 1.15), 'rate');
    expect(more).toMatchObject({ says: 'more', counted: 'percent' });
    const less = differenceOf(ratio(0.85, 0.9), 'rate') as { low: number; high: number };
    expect(less).toMatchObject({ says: 'less', counted: 'percent' });
    expect([less.low, less.high]).toEqual([expect.closeTo(10, 9), expect.closeTo(15, 9)]);
  });

  it('is not sure where the interval of the ratio or of the difference holds none', () => {
    expect(differenceOf(ratio(0.8, 1.3, false), 'time')).toEqual({
      says: 'unsure',
      counted: 'times',
      low: 0.8,
      high: 1.3,
    });
    expect(differenceOf(ratio(0.99, 1.3, true), 'time')).toMatchObject({ says: 'unsure' });
  });

  it('of shares is told in percentage points', () => {
    expect(differenceOf(paired({ difference: -0.3, halfWidth: 0.1 }), 'share')).toMatchObject({
      says: 'less',
      counted: 'points',
      low: expect.closeTo(20, 9) as number,
      high: expect.closeTo(40, 9) as number,
    });
    expect(differenceOf(paired({ difference: 0.01, halfWidth: 0.1, isSure: false }), 'share')).toMatchObject({
      says: 'unsure',
      low: expect.closeTo(-9, 9) as number,
      high: expect.closeTo(11, 9) as number,
    });
  });

  it('from nothing, or from what may be nothing, is told in the unit of the measure', () => {
    expect(differenceOf(paired({ a: 0, difference: 5, halfWidth: 1 }), 'number')).toEqual({
      says: 'more',
      counted: 'own',
      low: 4,
      high: 6,
    });
    expect(differenceOf(ratio(null, null), 'time')).toMatchObject({ counted: 'own' });
  });

  it('is none where no pair differed, and unknown where there are too few pairs', () => {
    expect(differenceOf(paired({ difference: 0, halfWidth: 0, isSure: false }), 'time')).toEqual({ says: 'same' });
    expect(differenceOf(paired({ pairs: 1, halfWidth: null }), 'time')).toEqual({ says: 'unknown' });
    expect(differenceOf(paired({ pairs: 0, difference: null, halfWidth: null }), 'time')).toEqual({ says: 'unknown' });
  });
});

describe('designs beside the one on the stage', () => {
  const setting = { design: 'one', dials: {}, inputs: [], seed: 1, compared: ['two', 'fast'] };
  it('are each there once, never the one itself, and at most four', () => {
    expect(besides('one', ['two', 'one', 'two', 'fast'])).toEqual(['two', 'fast']);
    expect(besides('z', ['a', 'b', 'c', 'd', 'e'])).toEqual(['a', 'b', 'c', 'd']);
  });
  it('change places with it when one of them is put on the stage', () => {
    expect(withDesign(setting, 'two')).toMatchObject({ design: 'two', compared: ['one', 'fast'] });
    expect(withDesign(setting, 'three')).toMatchObject({ design: 'three', compared: ['two', 'fast'] });
  });
  it('are part of what is asked of the machine', () => {
    const { compared: _, ...alone } = setting;
    expect(isSameSetting(setting, alone)).toBe(false);
    expect(isSameSetting({ ...alone, compared: [] }, alone)).toBe(true);
  });
});
