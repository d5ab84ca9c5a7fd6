import { describe, expect, it } from 'vitest';
import { stream, uniform } from '../../engine/draws.ts';
import {
  crossings,
  dealt,
  findBorders,
  ownersOf,
  renumbered,
  shuffled,
  tallied,
  type ChangedTogether,
} from './borders.ts';

const sets = (...lists: number[][]): ChangedTogether[] => tallied(lists);

/** The fewest crossings of all ways to draw borders within the limits. */
function fewest(count: number, changes: readonly ChangedTogether[], limit: number, most: number): number {
  const ownerOf: number[] = [];
  const sizes: number[] = [];
  let least = Infinity;
  const place = (component: number): void => {
    if (component === count) {
      least = Math.min(least, crossings(changes, ownerOf));
      return;
    }
    for (let owner = 0; owner <= Math.min(sizes.length, most - 1); owner++) {
      if ((sizes[owner] ?? 0) >= limit) continue;
      const isNew = owner === sizes.length;
      sizes[owner] = (sizes[owner] ?? 0) + 1;
      ownerOf[component] = owner;
      place(component + 1);
      if (isNew) sizes.pop();
      else sizes[owner]!--;
    }
  };
  place(0);
  return least;
}

/** A system with changes that are drawn: of two or three components, more often near each other. */
function anyChanges(seed: number, count: number, changes: number): number[][] {
  const chance = stream(seed, 0, 'borders', 'test');
  return Array.from({ length: changes }, (_, i) => {
    const first = Math.floor(uniform(chance, i, 0) * count);
    const more = Array.from({ length: uniform(chance, i, 1) < 0.4 ? 2 : 1 }, (_unused, k) =>
      uniform(chance, i, 2 + k) < 0.6 ? (first + 1 + k * 3) % count : Math.floor(uniform(chance, i, 9 + k) * count),
    );
    return [...new Set([first, ...more])].toSorted((a, b) => a - b);
  });
}

const sizesOf = (ownerOf: readonly number[]): number[] => {
  const sizes: number[] = [];
  for (const owner of ownerOf) sizes[owner] = (sizes[owner] ?? 0) + 1;
  return sizes;
};

describe('borders that are found', () => {
  it('put together what changes together', () => {
    expect(findBorders(6, sets([0, 3], [0, 3], [1, 4], [2, 5], [2, 5], [0, 1]), 2, 6)).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it('are one owner where there is no limit, which nothing crosses', () => {
    const changes = tallied(anyChanges(3, 8, 60));
    expect(crossings(changes, findBorders(8, changes, 8, 8))).toBe(0);
  });

  it('keep to the limit on size and on owners, whatever has changed', () => {
    for (let seed = 1; seed <= 30; seed++)
      for (const [limit, most] of [
        [3, 3],
        [4, 3],
        [2, 5],
        [9, 1],
        [5, 2],
      ] as const) {
        const found = findBorders(9, tallied(anyChanges(seed, 9, 25)), limit, most);
        const sizes = sizesOf(found);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(limit);
        expect(sizes.length).toBeLessThanOrEqual(most);
        expect(sizes.reduce((a, b) => a + b)).toBe(9);
      }
  });

  it('are as good as the best of all ways, in all but a few of 150 small systems, and never far off', () => {
    let same = 0;
    let worst = 1;
    let systems = 0;
    for (let seed = 1; seed <= 50; seed++)
      for (const [count, limit, most] of [
        [7, 3, 7],
        [8, 4, 3],
        [8, 3, 4],
      ] as const) {
        const changes = tallied(anyChanges(seed, count, 40));
        const found = crossings(changes, findBorders(count, changes, limit, most));
        const best = fewest(count, changes, limit, most);
        expect(found).toBeGreaterThanOrEqual(best);
        if (found === best) same++;
        worst = Math.max(worst, found / best);
        systems++;
      }
    expect(same / systems).toBeGreaterThan(0.97);
    expect(worst).toBeLessThan(1.1);
  });

  it('are the same whenever they are asked for, and owners are numbered by their first component', () => {
    const changes = tallied(anyChanges(5, 30, 200));
    const found = findBorders(30, changes, 6, 8);
    expect(findBorders(30, changes, 6, 8)).toEqual(found);
    expect(renumbered(found)).toEqual(found);
  });
});

describe('borders', () => {
  it('are crossed by a change with more than one owner', () => {
    expect([ownersOf([0, 1, 2], [0, 0, 0]), ownersOf([0, 1, 2], [0, 1, 0]), ownersOf([2], [0, 0, 1])]).toEqual([
      1, 2, 1,
    ]);
    expect(crossings(sets([0, 1], [0, 1], [1, 2], [2]), [0, 0, 1])).toBe(1);
  });

  it('are dealt in shares as equal as can be', () => {
    expect(sizesOf(dealt([3, 1, 4, 0, 5, 2, 6], 3))).toEqual([3, 2, 2]);
    expect(dealt([2, 0, 1], 3)).toEqual([0, 0, 0]);
  });

  it('are dealt to each order as often', () => {
    const chance = stream(1, 0, 'borders', 'shuffle');
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const name = shuffled(3, (index) => uniform(chance, i, index)).join('');
      seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const times of seen.values())
      expect(Math.abs(times - 1000)).toBeLessThan(4 * Math.sqrt(6000 * (1 / 6) * (5 / 6)));
  });
});
