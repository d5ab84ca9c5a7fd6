/**
 * Closed forms of caches whose keys are asked for independently of each other (independent reference model), by Poisson
 * requests. Popularities are shares that add up to 1; rates are per unit of time. They know no fill time.
 */
import { pow } from '../engine/elementary.ts';
import { expm1, fallsToZero } from './special-functions.ts';

/** Zipf's law: the k-th of `keys` is asked for in proportion to k^−exponent. @param exponent 0 is all alike; 0 to 10. */
export function zipf(keys: number, exponent: number): number[] {
  const weights = Array.from({ length: keys }, (_, k) => pow(k + 1, -exponent));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * Hit ratio of one key that lives for a fixed time from its fill: l T / (1 + l T).
 * @param rate requests for it. @param life T.
 */
export function hitRatioFixedLife(rate: number, life: number): number {
  return (rate * life) / (1 + rate * life);
}

/** Hit ratio of one key whose life begins anew with each request: 1 − e^(−l T). @param rate requests for it. @param life T. */
export function hitRatioSlidingLife(rate: number, life: number): number {
  return -expm1(-rate * life);
}

/** Hit ratio over many keys. @param rate requests for all keys. @param ofKey hit ratio of a key by its own rate. */
export function hitRatioOverKeys(popularity: readonly number[], rate: number, ofKey: (rate: number) => number): number {
  return popularity.reduce((sum, share) => sum + share * ofKey(share * rate), 0);
}

/** A hit ratio by Che's approximation. */
export interface CharacteristicTime {
  /** How long a key stays in the cache without being asked for, in requests. */
  time: number;
  hitRatio: number;
}

/** Finds the time after which so many keys are in the cache as it has room for. */
function characteristicTime(
  popularity: readonly number[],
  size: number,
  ofKey: (rate: number, life: number) => number,
): CharacteristicTime {
  if (size <= 0) return { time: 0, hitRatio: 0 };
  if (size >= popularity.length) return { time: Infinity, hitRatio: 1 };
  const free = (time: number) => size - popularity.reduce((sum, share) => sum + ofKey(share, time), 0);
  let high = Math.max(1, size);
  while (free(high) > 0) high *= 2;
  const time = fallsToZero(free, 0, high);
  return { time, hitRatio: hitRatioOverKeys(popularity, 1, (share) => ofKey(share, time)) };
}

/**
 * Hit ratio of a cache that drops the least recently used key: an approximation, within about 0.5 percent from some
 * hundred keys on. Source: Che, Tung and Wang, IEEE JSAC 20 (2002); why it is so good: Fricker, Robert and Roberts
 * (2012).
 * @param size keys it holds, 0 or more; room for all gives 1, because a long run's first requests do not count.
 */
export function hitRatioLRU(popularity: readonly number[], size: number): CharacteristicTime {
  return characteristicTime(popularity, size, hitRatioSlidingLife);
}

/**
 * The same for a cache that drops the oldest key, or one at random: an approximation alike. Source: Martina, Garetto and
 * Leonardi (2014).
 */
export function hitRatioFIFO(popularity: readonly number[], size: number): CharacteristicTime {
  return characteristicTime(popularity, size, hitRatioFixedLife);
}

/**
 * By how much the load of the store behind a cache grows when the cache is flushed: 1 / (1 − hit ratio). Source: Bronson
 * and others, HotOS 2021.
 */
export function flushedLoad(hitRatio: number): number {
  return 1 / (1 - hitRatio);
}
