/** Closed forms of spreading keys over shards. Hashes are uniform; shares are of all keys, 0 to 1. */
import { amdahl } from './scaling.ts';

/**
 * Share of keys that move when shards are added or taken away under consistent hashing: the least that is possible. 1/(n
 * + 1) for one more.
 */
export function movedConsistent(from: number, to: number): number {
  return Math.abs(to - from) / Math.max(from, to);
}

/**
 * Share of keys that move when the shard is the hash modulo the number of shards: n/(n + 1) for one more, half when
 * doubled.
 */
export function movedModulo(from: number, to: number): number {
  let [a, b] = [from, to];
  while (b > 0) [a, b] = [b, a % b];
  // a key stays where both remainders agree: min of every lcm hashes in a row
  return 1 - (Math.min(from, to) * a) / (from * to);
}

/**
 * Standard deviation of one shard's share of the keys under consistent hashing, relative to its mean 1/n, for random
 * points on the ring. Source: spacings of uniform points follow a Dirichlet law.
 * @param points of each shard (virtual nodes), 1 or more.
 */
export function shardUnevenness(shards: number, points: number): number {
  return Math.sqrt((shards - 1) / (shards * points + 1));
}

/**
 * Speed-up by n shards when a share of the traffic is for one key, which stays on one: 1 / (q + (1 − q)/n), Amdahl again.
 * @param hot q, 0 to 1.
 */
export function hotKeySpeedUp(hot: number, shards: number): number {
  return amdahl(1 - hot, shards);
}
