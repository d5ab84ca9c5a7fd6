/**
 * Which shard a key belongs to. It knows numbers, and neither what a key stands for nor what a shard holds.
 */
import { uniform, type Stream } from '../../engine/draws.ts';

/** The shard of a key, from 0. */
export type ShardOf = (key: number) => number;

/** The key modulo the number of shards. */
export function byModulo(shards: number): ShardOf {
  return (key) => key % shards;
}

/** Equal ranges of `keys` keys, one after the other; what lies beyond them is the last shard's. */
export function byRange(shards: number, keys: number): ShardOf {
  return (key) => Math.min(shards - 1, Math.floor((key * shards) / keys));
}

/** Which draw of the ring's stream is a key's place; those of shards are numbered from 0. */
const OF_A_KEY = 0x6b657973;

/**
 * Consistent hashing: each shard has `points` places on a ring, a key one, and it belongs to the shard whose place comes
 * next. A shard that is added takes keys only to itself. Source: Karger and others, STOC 1997.
 */
export function byRing(shards: number, points: number, ring: Stream): ShardOf {
  const places = new Float64Array(shards * points);
  for (let shard = 0; shard < shards; shard++)
    for (let i = 0; i < points; i++) places[shard * points + i] = uniform(ring, shard, i);
  const order = Array.from(places, (_, i) => i).sort((a, b) => places[a]! - places[b]!);
  const at = Float64Array.from(order, (i) => places[i]!);
  const owner = Int32Array.from(order, (i) => Math.floor(i / points));
  return (key) => {
    const place = uniform(ring, key, OF_A_KEY);
    let low = 0;
    let high = at.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at[middle]! < place) low = middle + 1;
      else high = middle;
    }
    return owner[low === at.length ? 0 : low]!;
  };
}

/** The share of keys, from 0 to `keys` − 1, that are not where they were. */
export function movedShare(before: ShardOf, after: ShardOf, keys: number): number {
  let moved = 0;
  for (let key = 0; key < keys; key++) if (before(key) !== after(key)) moved++;
  return moved / keys;
}
