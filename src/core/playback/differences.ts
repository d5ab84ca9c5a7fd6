/**
 * What can be said of how one design differs from another: which kind of sentence, and between which numbers. It knows
 * the interval of a difference and the unit of its measure; the words are elsewhere.
 */
import type { MeasureUnit, PairedDifference } from '../../../simulations/index.ts';

/** In what a difference is counted: multiples, parts of a hundred, points of a share, or the measure's own unit. */
export type Counted = 'times' | 'percent' | 'points' | 'own';

/** A difference that can be put into words. */
export type Difference =
  /** Nothing differed in any pair. */
  | { says: 'same' }
  /** Too few pairs had a value. */
  | { says: 'unknown' }
  /** Surely so: `low` to `high` times, or so much more or less. Both are positive, the lesser first. */
  | { says: 'times' | 'more' | 'less'; counted: Counted; low: number; high: number }
  /** The interval holds "no difference": from `low`, which may be negative, to `high`. */
  | { says: 'unsure'; counted: Counted; low: number; high: number };

/** Between these multiples one speaks of percent, beyond them of times. */
const PERCENT_FROM = 0.5;
const PERCENT_TO = 2;

/** What to say of b against a. */
export function differenceOf(paired: PairedDifference, unit: MeasureUnit): Difference {
  const { difference, halfWidth, ratio, isSure } = paired;
  if (difference === null || halfWidth === null || paired.pairs < 2) return { says: 'unknown' };
  if (difference === 0 && halfWidth === 0) return { says: 'same' };
  const [least, most] = [difference - halfWidth, difference + halfWidth];
  const between = (counted: Counted, low: number, high: number): Difference => {
    if (!isSure || low * high <= 0) return { says: 'unsure', counted, low, high };
    if (high < 0) return { says: 'less', counted, low: -high, high: -low };
    return { says: 'more', counted, low, high };
  };
  // A share is a part of a hundred already: of 2 % and 1 %, “twice” would hide how little both are.
  if (unit === 'share') return between('points', least * 100, most * 100);
  const { low, high } = ratio ?? { low: null, high: null };
  if (low === null || high === null || low <= 0) return between('own', least, most);
  const isSureRatio = isSure && (low > 1 || high < 1);
  if (!isSureRatio) return { says: 'unsure', counted: 'times', low, high };
  if (low >= PERCENT_FROM && high <= PERCENT_TO) return between('percent', (low - 1) * 100, (high - 1) * 100);
  return { says: 'times', counted: 'times', low, high };
}
