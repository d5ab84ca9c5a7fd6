/** Where labels stand beside the ends of their lines, so that none covers another. It knows heights and no letters. */

/**
 * Moves labels apart as little as it takes, keeping their order.
 * @param wanted where each would stand, @param gap the least distance between two, @param high the largest place there is;
 * all in the same unit, from 0. Where there is no room for all, the last ones stand beyond it.
 */
export function apart(wanted: readonly number[], gap: number, high: number): number[] {
  const order = wanted.map((_, each) => each).toSorted((a, b) => wanted[a]! - wanted[b]!);
  const placed = [...wanted];
  let least = 0;
  for (const each of order) {
    placed[each] = Math.max(least, Math.min(high, wanted[each]!));
    least = placed[each] + gap;
  }
  let most = Math.max(high, (order.length - 1) * gap);
  for (const each of order.toReversed()) {
    placed[each] = Math.min(placed[each]!, most);
    most = placed[each] - gap;
  }
  return placed;
}
