import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

describe('moments of laws', () => {
  it("Weibull's mean life is that of its gamma function", () => {
    expect(theory.weibullMoments(100, 0.5).mean).toBeCloseTo(200, 9);
    expect(theory.weibullMoments(100, 1).mean).toBeCloseTo(100, 9);
    expect(theory.weibullMoments(100, 3).mean).toBeCloseTo(89.2979511569, 9);
    // shape 2 is the Rayleigh law
    expect(theory.weibullMoments(2, 2).mean).toBeCloseTo(Math.sqrt(Math.PI), 12);
    expect(theory.weibullMoments(2, 2).cv2).toBeCloseTo(4 / Math.PI - 1, 12);
  });

  it('laws that are the exponential under another name have its moments', () => {
    const exponential = theory.exponentialMoments(2);
    for (const other of [
      theory.weibullMoments(2, 1),
      theory.gammaMoments(2, 1),
      theory.erlangMoments(2, 1),
      theory.hyperexponentialMoments([
        { share: 0.3, mean: 2 },
        { share: 0.7, mean: 2 },
      ]),
    ]) {
      expect(other.mean).toBeCloseTo(exponential.mean, 12);
      expect(other.cv2).toBeCloseTo(exponential.cv2, 12);
      expect(other.third).toBeCloseTo(exponential.third, 11);
    }
  });

  it('each law gives its textbook values', () => {
    expect(theory.erlangMoments(3, 4).cv2).toBe(0.25);
    // ten percent of the work takes nine times as long: 0.9 · 1 + 0.1 · 9 = 1.8, E[X²] = 2(0.9 + 8.1)
    const two = theory.hyperexponentialMoments([
      { share: 0.9, mean: 1 },
      { share: 0.1, mean: 9 },
    ]);
    expect(two.mean).toBeCloseTo(1.8, 14);
    expect(two.cv2).toBeCloseTo(18 / 3.24 - 1, 13);
    expect(theory.uniformMoments(0, 2)).toEqual({ mean: 1, cv2: expect.closeTo(1 / 3, 14), third: 2 });
    expect(theory.constantMoments(3)).toEqual({ mean: 3, cv2: 0, third: 27 });
    const byLog = theory.lognormalMomentsOfLog(0.5, 0.8);
    expect(byLog.mean).toBeCloseTo(Math.exp(0.82), 13);
    expect(byLog.cv2).toBeCloseTo(Math.expm1(0.64), 13);
    expect(byLog.third).toBeCloseTo(Math.exp(1.5 + 4.5 * 0.64), 11);
  });

  it('a heavy tail has no variance below shape 2, and no mean below 1', () => {
    expect(theory.paretoMoments(1, 3)).toEqual({ mean: 1.5, cv2: expect.closeTo(1 / 3, 14), third: Infinity });
    expect(theory.paretoMoments(1, 1.5)).toEqual({ mean: 3, cv2: Infinity, third: Infinity });
    expect(theory.paretoMoments(1, 1).mean).toBe(Infinity);
    expect(theory.paretoMoments(2, 4).third).toBe(32);
  });
});
