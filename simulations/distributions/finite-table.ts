/**
 * Draws one of finitely many things with given weights, exactly and at the cost of about two comparisons however many
 * there are: inversion of the cumulative weights, begun at a place that a guide table gives.
 * Source: Chen and Asau, On generating random variates from an empirical distribution, AIIE Transactions 6 (1974).
 */

/** Weights, summed up. */
export interface FiniteTable {
  /** The sum of the weights up to each place, its own included. */
  cumulative: Float64Array;
  /** Where the search begins for a uniform from j / length on: a power of two many, so that no rounding leads astray. */
  guide: Int32Array;
  total: number;
}

/** @param weights not negative, and not all 0. */
export function finiteTable(weights: Float64Array): FiniteTable {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  let lost = 0;
  for (let i = 0; i < weights.length; i++) {
    // compensated (Kahan), because a million small weights lose more than one would like
    const weight = weights[i]! - lost;
    const sum = total + weight;
    lost = sum - total - weight;
    total = sum;
    cumulative[i] = total;
  }
  let length = 1;
  while (length < weights.length) length *= 2;
  const guide = new Int32Array(length);
  let place = 0;
  for (let j = 0; j < length; j++) {
    while (cumulative[place]! <= (j / length) * total) place++;
    guide[j] = place;
  }
  return { cumulative, guide, total };
}

/** The place that a uniform falls on: small ones on the first. @param u from 0, and below 1. */
export function placeIn({ cumulative, guide, total }: FiniteTable, u: number): number {
  const sought = u * total;
  let place = guide[(u * guide.length) | 0]!;
  while (cumulative[place]! <= sought) place++;
  return place;
}
