import { describe, expect, it } from 'vitest';
import { stream, uniform } from './draws.ts';
import { normalQuantile } from './elementary.ts';
import { BATCHES, estimateFromBatches, halfWidth95, mean, memory, pool, student95 } from './statistics.ts';

describe('intervals', () => {
  it("Student's factor is that of printed tables", () => {
    expect(student95(1)).toBeCloseTo(12.706, 3);
    expect(student95(9)).toBeCloseTo(2.2622, 4);
    expect(student95(19)).toBeCloseTo(2.093, 4);
    expect(student95(60)).toBeCloseTo(2.0003, 3);
    expect(student95(1_000_000)).toBeCloseTo(1.96, 3);
  });

  it('hold the true mean of normal values in about 95 of 100 cases', () => {
    const s = stream(1, 0, 'test', 'normal');
    let held = 0;
    for (let trial = 0; trial < 4000; trial++) {
      const values = Array.from({ length: 10 }, (_, i) => normalQuantile(uniform(s, trial * 10 + i, 0)));
      if (Math.abs(mean(values)) <= halfWidth95(values)!) held++;
    }
    expect(held / 4000).toBeGreaterThan(0.94);
    expect(held / 4000).toBeLessThan(0.96);
  });

  it('one value has no interval', () => {
    expect(halfWidth95([3])).toBeNull();
  });
});

describe('whether there is enough data (M3)', () => {
  const independent = Array.from({ length: BATCHES }, (_, i) => 10 + ((i * 7) % 5));
  const drifting = Array.from({ length: BATCHES }, (_, i) => i);

  it('independent batch means round a value are enough', () => {
    expect(memory(independent)).toBeLessThan(0.5);
    expect(estimateFromBatches(12, independent, 100).enough).toBe(true);
  });

  it('a drift shows as memory, and is not enough', () => {
    expect(memory(drifting)).toBeGreaterThan(0.5);
    expect(estimateFromBatches(9.5, drifting, 100).enough).toBe(false);
  });

  it('nothing observed is not enough', () => {
    expect(estimateFromBatches(null, [], 0)).toMatchObject({ value: null, enough: false });
  });

  it('many short runs that agree are not enough when each has more memory than length', () => {
    const runs = Array.from({ length: 30 }, (_, i) => estimateFromBatches(9.5 + (i % 3) / 10, drifting, 100));
    const pooled = pool(runs);
    expect(pooled.halfWidth! / pooled.value!).toBeLessThan(0.02);
    expect(pooled.enough).toBe(false);
  });
});
