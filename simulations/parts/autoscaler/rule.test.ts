import { describe, expect, it } from 'vitest';
import { z } from '../../fields.ts';
import { theory } from '../../index.ts';
import { desiredReplicas, limitOf, recommendation, stabilised } from './rule.ts';
import { settings } from './settings.ts';

const { up, down } = z.parse(settings, { kind: 'autoscaler', part: 'server' });

describe('the rule of the Kubernetes autoscaler', () => {
  it("asks for what the documentation's examples ask for", () => {
    expect(desiredReplicas(50, 90, 75)).toBe(60);
    expect(desiredReplicas(1, 200, 100)).toBe(2);
    expect(desiredReplicas(4, 50, 100)).toBe(2);
    expect(desiredReplicas(10, 0.95, 1)).toBe(10);
    expect(desiredReplicas(10, 1.09, 1)).toBe(10);
    expect(desiredReplicas(10, 1.11, 1)).toBe(12);
    expect(desiredReplicas(3, 0.5, 1)).toBe(2);
  });

  it('does not take rounding for need, and agrees with the closed form', () => {
    for (let current = 0; current <= 100; current++)
      for (let percent = 0; percent <= 400; percent += 5)
        for (const target of [0.3, 0.6, 0.7, 1, 75]) {
          const metric = (percent / 100) * target;
          const desired = desiredReplicas(current, metric, target);
          expect(desired).toBe(theory.desiredReplicas(current, metric, target));
          expect(desired).toBe(percent >= 90 && percent <= 110 ? current : Math.ceil((current * percent) / 100));
        }
  });

  const sight = { current: 4, ready: 4, unmeasured: 0, starting: 0, metric: 1, target: 0.5, tolerance: 0.1, full: 1 };

  it('counts instances that start with nothing when more are needed', () => {
    expect(recommendation(sight)).toBe(8);
    // 4 × 1 over 8 is 0.5: the four that start are enough
    expect(recommendation({ ...sight, current: 8, starting: 4 })).toBe(8);
    // 4 × 1 over 6 is 0.67: two are not
    expect(recommendation({ ...sight, current: 6, starting: 2 })).toBe(8);
    // 4 × 1 over 12 is 0.33: that would turn the direction round
    expect(recommendation({ ...sight, current: 12, starting: 8 })).toBe(12);
  });

  it('leaves instances that start out when fewer would do', () => {
    expect(recommendation({ ...sight, current: 8, starting: 4, metric: 0.25 })).toBe(2);
  });

  it('takes instances without a metric for idle when more are needed, and for full when fewer would do', () => {
    expect(recommendation({ ...sight, unmeasured: 2 })).toBe(4);
    expect(recommendation({ ...sight, unmeasured: 1 })).toBe(6);
    // (3 × 0.1 + 1) over 4 is 0.325
    expect(recommendation({ ...sight, unmeasured: 1, metric: 0.1 })).toBe(3);
    expect(recommendation({ ...sight, unmeasured: 2, metric: 0.2 })).toBe(4);
    expect(recommendation({ ...sight, unmeasured: 4 })).toBe(4);
  });

  it('keeps the number where no instance is ready', () => {
    expect(recommendation({ ...sight, ready: 0, starting: 4 })).toBe(4);
  });

  it('goes down by the highest of its window and up by the lowest of its own; what is as old as a window is out', () => {
    const noted = (...counts: number[]) => counts.map((count, i) => ({ at: i * 10, count }));
    const at = { now: 20, upWindow: 0, downWindow: 20 };
    expect(stabilised(10, 3, { ...at, past: noted(9, 4) })).toBe(4);
    expect(stabilised(10, 3, { ...at, downWindow: 21, past: noted(9, 4) })).toBe(9);
    expect(stabilised(10, 14, { ...at, past: noted(9, 4) })).toBe(14);
    expect(stabilised(10, 14, { ...at, upWindow: 15, past: noted(9, 12) })).toBe(12);
    expect(stabilised(10, 14, { ...at, upWindow: 15, past: noted(9, 4) })).toBe(10);
    for (const past of [noted(9, 12), noted(3, 30), noted(12, 2)])
      for (const desired of [2, 10, 20])
        expect(stabilised(10, desired, { now: 20, upWindow: 100, downWindow: 100, past })).toBe(
          theory.stabilised(
            10,
            [...past.map(({ count }) => count), desired],
            [...past.map(({ count }) => count), desired],
          ),
        );
  });

  it('may add four or double within fifteen seconds, and take away any number', () => {
    const unchanged = () => 0;
    for (let current = 0; current <= 50; current++) {
      expect(limitOf(true, current, up, unchanged)).toBe(theory.scaleUpLimit(current));
      expect(limitOf(false, current, down, unchanged)).toBe(0);
    }
    // four of five are new: they began at one
    expect(limitOf(true, 5, up, () => 4)).toBe(5);
    expect(limitOf(true, 20, up, () => 4)).toBe(32);
  });

  it('of several policies takes the one of most or least change, or none', () => {
    const policies = [
      { by: 'instances' as const, value: 4, every: 60 },
      { by: 'percent' as const, value: 10, every: 60 },
    ];
    const limit = (change: 'most' | 'least' | 'none', current: number) =>
      limitOf(false, current, { window: 0, policies, change }, () => 0);
    // the documentation's example: 80 lose ten percent, 40 lose four
    expect(limit('most', 80)).toBe(72);
    expect(limit('most', 40)).toBe(36);
    expect(limit('most', 35)).toBe(31);
    expect(limit('least', 35)).toBe(31);
    expect(limit('least', 10)).toBe(9);
    expect(limit('none', 10)).toBe(10);
    // 72 × 0.9 is 64.8: seven and a bit, and the smaller number is taken
    expect(limit('most', 72)).toBe(64);
  });
});
