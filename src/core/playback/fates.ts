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

const waited = new Set<Fate>(['impatient', 'timeout', 'deadline', 'pool-timeout', 'lock-timeout']);
const broken = new Set<Fate>(['error', 'crashed', 'conflict', 'aborted']);

/** The three ways in which a request fails, as one can tell them apart on a drawing: it was turned away, took too long, or went wrong. */
export function wayOfFailing(fate: number): 'refused' | 'timed-out' | 'failed' {
  const name = fateNames[fate]!;
  return waited.has(name) ? 'timed-out' : broken.has(name) ? 'failed' : 'refused';
}

/** Whether a stored fate is a failure. */
export const isFailure = (fate: number): boolean => fate > ANSWERED;
