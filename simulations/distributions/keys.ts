/**
 * The keys that requests ask for: how many there are, and how unevenly they are asked for. What a key stands for it
 * does not know.
 */
import { uniforms, type Stream } from '../engine/draws.ts';
import { exp, log } from '../engine/elementary.ts';
import { choice, field, number, object, optional, otherwise, whole, z } from '../fields.ts';
import { AHEAD, drawAhead, type Sampler } from './ahead.ts';
import { finiteTable, placeIn, type FiniteTable } from './finite-table.ts';

const settings = object({
  count: field('How many keys there are: 1 to 1,000,000. They are numbered from 0.', whole({ min: 1, max: 1_000_000 })),
  law: field(
    '`zipf`: the key with number k is asked for in proportion to 1 / (k + 1)^exponent, so 0 is the most popular. `uniform`: all alike.',
    choice(['zipf', 'uniform']),
  ),
  exponent: field(
    'How uneven the Zipf law is, a pure number: 0 to 10. 0 is uniform, 1 the classic. The uniform law does not look at it.',
    otherwise(number({ min: 0, max: 10 }), 1),
  ),
  hot: optional(
    field(
      'One key that is asked for besides; left out, there is none.',
      object({
        key: field('Its number, from 0 and below `count`.', whole({ min: 0, max: 999_999 })),
        share: field(
          'The share of requests that ask for it whatever the law says: 0 to 1. The others follow the law, which may name it too.',
          number({ min: 0, max: 1 }),
        ),
      }),
    ),
  ),
}).check(
  z.refine(({ count, hot }) => hot === undefined || hot.key < count, {
    error: 'no key has this number',
    path: ['hot', 'key'],
  }),
);

export const keys = field('Which keys requests ask for.', settings);

export type Keys = z.output<typeof keys>;

/**
 * The share of requests for each key under Zipf's law, 1 / (k + 1)^exponent over the sum of all; they add up to 1.
 * @param count 1 or more. @param exponent not negative.
 */
export function zipfWeights(count: number, exponent: number): Float64Array {
  const weights = new Float64Array(count);
  for (let k = 0; k < count; k++) weights[k] = exponent === 1 ? 1 / (k + 1) : exp(-exponent * log(k + 1));
  let sum = 0;
  // the small ones first, lest they be lost beside the large
  for (let k = count - 1; k >= 0; k--) sum += weights[k]!;
  for (let k = 0; k < count; k++) weights[k]! /= sum;
  return weights;
}

/** Tables that were made last: the sources, caches and designs of a scenario tend to speak of the same keys. */
const tables: { count: number; exponent: number; table: FiniteTable }[] = [];
const MOST_TABLES = 4;

function zipfTable(count: number, exponent: number): FiniteTable {
  const known = tables.find((entry) => entry.count === count && entry.exponent === exponent);
  if (known !== undefined) return known.table;
  const table = finiteTable(zipfWeights(count, exponent));
  tables.unshift({ count, exponent, table });
  tables.length = Math.min(tables.length, MOST_TABLES);
  return table;
}

const drawn = new Float64Array(AHEAD);

/**
 * Draws the number of a key, from 0 to count − 1, by inversion of one uniform: exact, and as quick for a million keys
 * as for ten.
 * @param s the stream of the part and purpose that draws.
 */
export function keySampler({ count, law, exponent, hot }: Keys, s: Stream): Sampler {
  const table = law === 'zipf' && exponent > 0 ? zipfTable(count, exponent) : null;
  const hotKey = hot?.key ?? 0;
  const share = hot?.share ?? 0;
  return drawAhead((into, ahead, request, index) => {
    uniforms(s, request, index, drawn, ahead);
    for (let n = 0; n < ahead; n++) {
      const u = drawn[n]!;
      if (u < share) into[n] = hotKey;
      else {
        // what is left of the uniform, stretched to 0…1, is uniform again
        const rest = Math.min((u - share) / (1 - share), 1 - 1 / 2 ** 53);
        into[n] = table === null ? Math.floor(rest * count) : placeIn(table, rest);
      }
    }
  });
}
