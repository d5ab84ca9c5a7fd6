/**
 * What the numbers in `Hops.fate` mean, without loading the machine into a page.
 * The list itself belongs to the machine; a test holds the two together.
 */
import type { Fate } from '../../../simulations/index.ts';

/** The fates in the machine's order: the index is what a trace stores. */
export const fateNames: readonly Fate[] = [
  'inside',
  'answered',
  'queue-full',
  'impatient',
  'timeout',
  'deadline',
  'error',
  'crashed',
  'unavailable',
  'unreachable',
  'shed',
  'rate-limited',
  'bulkhead-full',
  'breaker-open',
  'pool-timeout',
  'lock-timeout',
  'conflict',
  'unauthorised',
  'no-route',
  'aborted',
];

/** Still going on. */
export const INSIDE = 0;
/** Came to a good end. Everything above it is a failure with a reason. */
export const ANSWERED = 1;

/** Whether a stored fate is a failure. */
export const isFailure = (fate: number): boolean => fate > ANSWERED;
