import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

describe('the horizontal autoscaler', () => {
  it("asks for the replicas of the documentation's examples", () => {
    expect(theory.desiredReplicas(50, 90, 75)).toBe(60);
    expect(theory.desiredReplicas(1, 200, 100)).toBe(2);
    expect(theory.desiredReplicas(4, 50, 100)).toBe(2);
    expect(theory.desiredReplicas(10, 0.95, 1)).toBe(10);
    expect(theory.desiredReplicas(10, 1.09, 1)).toBe(10);
    expect(theory.desiredReplicas(10, 1.11, 1)).toBe(12);
    expect(theory.desiredReplicas(3, 0.5, 1)).toBe(2);
  });

  it('does not take rounding for need', () => {
    // in doubles 30 × 1.1 is 33.000000000000004, and 1.1 is more than 0.1 from 1
    expect(theory.desiredReplicas(30, 1.1, 1, 0.05)).toBe(33);
    expect(theory.desiredReplicas(10, 1.1, 1)).toBe(10);
    expect(theory.desiredReplicas(10, 0.9, 1)).toBe(10);
    for (let n = 1; n <= 200; n++)
      for (const percent of [7, 13, 70, 130, 170, 310])
        expect(theory.desiredReplicas(n, percent / 100, 1, 0)).toBe(Math.ceil((n * percent) / 100));
  });

  it('comes to rest at as many as the target allows', () => {
    expect(theory.restingReplicas(90, 0.1, 0.6)).toBe(15);
    expect(theory.restingReplicas(90.1, 0.1, 0.6)).toBe(16);
  });

  it('scales down by the highest recommendation of the window, and up at once', () => {
    expect(theory.stabilised(10, [10, 4, 3], [3])).toBe(10);
    expect(theory.stabilised(10, [4, 3], [3])).toBe(4);
    expect(theory.stabilised(10, [10, 14], [14])).toBe(14);
    // with a window for up, too, it waits for the lowest
    expect(theory.stabilised(10, [12, 14], [12, 14])).toBe(12);
  });

  it('may add four or double in each period', () => {
    expect(theory.scaleUpLimit(1)).toBe(5);
    expect(theory.scaleUpLimit(10)).toBe(20);
    // 1, 5, 10, 20, 40
    expect(theory.scaleUpPeriods(1, 40)).toBe(4);
    expect(theory.scaleUpPeriods(1, 41)).toBe(5);
  });
});
