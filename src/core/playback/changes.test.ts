import { describe, expect, it } from 'vitest';
import { simulate } from '../../../simulations/index.ts';
import { readChanges } from './changes.ts';

const run = simulate(
  {
    id: 'read',
    time: { unit: 'day', ticks: 100 },
    horizon: 40,
    parts: {
      requests: { kind: 'traffic', arrivals: { pattern: 'trace', times: [1, 2, 11, 30] }, calls: ['shop'] },
      shop: {
        kind: 'changes',
        components: ['a', 'b', 'c', 'd'],
        record: [
          [0, 2],
          [1, 3],
          [0, 1],
          [0, 2],
        ],
        drawings: {},
        borders: 'found',
        learn: 10,
        limit: 2,
      },
    },
  },
  { record: 'trace' },
);
const reader = readChanges(run, 'shop')!;
const at = (day: number) => reader.at(day * 100);

describe('the borders and changes of a moment', () => {
  it('are one owner and no change at first, then those of the latest change', () => {
    expect(at(0)).toEqual({ owners: [0, 0, 0, 0], touched: [], concerned: 0, changes: 0, crossed: 0 });
    expect(at(1)).toMatchObject({ touched: [0, 2], concerned: 1, changes: 1 });
    expect(at(5)).toMatchObject({ touched: [1, 3], changes: 2, crossed: 0 });
  });

  it('follow the new borders, and count what crosses them', () => {
    expect(at(10).owners).toEqual([0, 1, 0, 1]);
    expect(at(12)).toMatchObject({ touched: [0, 1], concerned: 2, changes: 3, crossed: 1 });
    expect(at(40)).toMatchObject({ touched: [0, 2], concerned: 1, changes: 4, crossed: 1 });
  });

  it('are the same whichever moment was asked for before', () => {
    const later = structuredClone(at(40));
    at(0);
    expect(at(40)).toEqual(later);
  });

  it('are nobody’s where a part has none', () => {
    expect(readChanges(run, 'requests')).toBeNull();
  });
});
