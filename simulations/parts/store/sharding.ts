/**
 * Which shard a key belongs to. It knows numbers, and neither what a key stands for nor what a shard holds.
 */
import { uniform, type Stream } from '../../engine/draws.ts';
import { Ring } from '../routing/ring.ts';

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
 * next. A shard that is added takes keys only to itself.
 */
export function byRing(shards: number, points: number, stream: Stream): ShardOf {
  const ring = new Ring();
  for (let shard = 0; shard < shards; shard++) ring.add(shard, points, (node) => uniform(stream, shard, node));
  return (key) => ring.ownerOf(ring.placeAfter(uniform(stream, key, OF_A_KEY)));
}

/** The share of keys, from 0 to `keys` − 1, that are not where they were. */
export function movedShare(before: ShardOf, after: ShardOf, keys: number): number {
  let moved = 0;
  for (let key = 0; key < keys; key++) if (before(key) !== after(key)) moved++;
  return moved / keys;
}
