import { describe, expect, it } from 'vitest';
import { chanceOfTalk, expectedMirroring } from './mirroring.ts';

describe('expected mirroring', () => {
  it('is nought where a talk is as likely with anybody', () => {
    expect(expectedMirroring(3 / 11, 0.4, 0.4)).toBeCloseTo(0, 12);
  });

  it('is one where nobody talks across, and least where nobody talks inside', () => {
    expect(expectedMirroring(3 / 11, 0.4, 0)).toBe(1);
    expect(expectedMirroring(0.25, 0, 0.4)).toBeCloseTo(-1 / 3, 12);
  });

  it('knows how likely the least of two exponential costs is above that of two who talk', () => {
    // the least of two exponentials of mean 1 has mean one half
    expect(chanceOfTalk(0.25, 1, 1)).toBeCloseTo(Math.exp(-1), 12);
    expect(chanceOfTalk(0, 1, 4)).toBe(1);
  });
});
