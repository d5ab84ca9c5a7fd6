/** How far a guess is from what came, by hand. */
import { describe, expect, it } from 'vitest';
import { distanceOf, meanAround, momentsOf, roundUp, scoreOf, settingsOf } from './guess.ts';

describe('a guess', () => {
  it('is as far off as its mean distance is of the mean that was measured', () => {
    const score = scoreOf([
      { x: 0, guess: 1, measured: 2 },
      { x: 1, guess: 5, measured: 8 },
    ]);
    expect(score).toMatchObject({ error: 0.4, distance: 'right-size', side: 'below' });
    expect(score.worst!.x).toBe(1);
  });

  it('leans to neither side where it is too high here and too low there', () => {
    expect(
      scoreOf([
        { x: 0, guess: 3, measured: 2 },
        { x: 1, guess: 1, measured: 2 },
      ]).side,
    ).toBe('both');
  });

  it('leaves out where nothing was measured, and says nothing where nothing was at all', () => {
    expect(
      scoreOf([
        { x: 0, guess: 9, measured: null },
        { x: 1, guess: 2, measured: 2 },
      ]).error,
    ).toBe(0);
    expect(scoreOf([{ x: 0, guess: 9, measured: null }])).toEqual({
      error: null,
      distance: null,
      side: 'both',
      worst: null,
    });
  });

  it('of nothing is right where nothing was measured but zeros, and has no share otherwise', () => {
    expect(scoreOf([{ x: 0, guess: 0, measured: 0 }]).error).toBe(0);
    expect(scoreOf([{ x: 0, guess: 3, measured: 0 }]).error).toBeNull();
  });

  it('is put into words by its distance', () => {
    expect([0.1, 0.25, 0.5, 1, 1.01].map((error) => distanceOf(error))).toEqual([
      'very-close',
      'close',
      'right-size',
      'off',
      'far-off',
    ]);
  });
});

describe('what is asked for', () => {
  it('are the middles of equal stretches of the run, and what was measured in each', () => {
    expect(momentsOf(600, 3)).toEqual([100, 300, 500]);
    expect(meanAround([1, 3, null, 5], 100, 0, 200)).toBe(2);
    expect(meanAround([1, 3, null, 5], 100, 200, 300)).toBeNull();
  });

  it('are settings of the sweep, with its ends', () => {
    expect(settingsOf([0, 8, 4, 2, 6, 1, 3, 5, 7], 5)).toEqual([0, 2, 4, 6, 8]);
    expect(settingsOf([3, 1], 5)).toEqual([1, 3]);
  });

  it('has a round top of the scale', () => {
    expect([0.03, 1, 1.2, 7, 0].map((value) => roundUp(value))).toEqual([0.05, 1, 2, 10, 1]);
  });
});
