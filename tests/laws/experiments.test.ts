/**
 * Laws over experiments, which lessons quote and nobody runs while reading: what is kept belongs to the scenario, the engine and
 * the plan of today, its numbers follow from its rows, and a setting that is run again gives what is kept.
 */
import { describe, expect, it } from 'vitest';
import { crossingsOf, dialsOf, keyNow, numbersOf, plan, rowOf, type Row } from '../../scripts/crossings.ts';
import { experimentKey, readExperiment } from '../../src/markdown/experiments.ts';

const kept = readExperiment('complexity-premium')!;
const rows = kept.rows as Row[];

describe('the crossings of complexity-premium', () => {
  it('are those of the scenario, the engine and the plan as they are (npm run crossings)', () => {
    expect(kept.key).toBe(keyNow());
    expect(rows).toHaveLength(plan.settings);
    expect(rows.map(({ dials }) => dials)).toEqual(rows.map((_, setting) => dialsOf(setting)));
  });

  it('are counted from what is kept', () => {
    expect(kept.numbers).toEqual({ settings: rows.length, ...numbersOf(rows) });
    const { never, once, more } = kept.numbers;
    expect(never! + once! + more!).toBe(kept.settings);
  });

  it('come out the same when a setting is run again', () => {
    expect(rowOf(7)).toEqual(rows[7]);
  }, 60_000);
});

describe('a crossing', () => {
  const flat = plan.sizes.map(() => 10);
  const rising = (from: number) => plan.sizes.map((_, i) => (i < from ? 8 : 12));

  it('is where a curve comes to lie above another', () => {
    expect(crossingsOf(flat, flat)).toEqual([]);
    expect(crossingsOf(flat, rising(9))).toEqual([]);
    const [at, ...more] = crossingsOf(flat, rising(4));
    expect(more).toEqual([]);
    expect(at).toBeGreaterThan(plan.sizes[3]!);
    expect(at).toBeLessThan(plan.sizes[4]!);
  });

  it('is none where the curves only come near, and there are two where they cross and cross back', () => {
    const near = plan.sizes.map((_, i) => (i === 4 ? 10.2 : 8));
    expect(crossingsOf(flat, near)).toEqual([]);
    const back = plan.sizes.map((_, i) => (i === 4 ? 12 : 8));
    expect(crossingsOf(flat, back)).toHaveLength(2);
  });
});

it('the key of an experiment changes with each of its parts', () => {
  expect(experimentKey(['a', 'b'])).toBe(experimentKey(['a', 'b']));
  expect(experimentKey(['a', 'b'])).not.toBe(experimentKey(['ab', '']));
});
