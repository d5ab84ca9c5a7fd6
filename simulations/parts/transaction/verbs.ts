/**
 * What a coordinator and its participants say to each other: the verb stands in a call's `operation`, and which step of
 * which transaction it is about in its `instance`, the tag. Both survive retries and duplicates, so whoever is asked can
 * tell that it is asked again. It knows neither of the two.
 */

import { mixPath } from '../../engine/draws.ts';

/** Reads what is there; anybody may ask it. */
export const READ = 0;
/** Do a piece of work, for good: a local transaction. It is what every other caller means by a write. */
export const DO = 1;
/** Do it, but so that it can still be taken back, and vote. */
export const PREPARE = 3;
/** What was prepared counts. */
export const COMMIT = 4;
/** What was prepared, or will be, does not count. */
export const ABORT = 5;
/** Undo what was done: a compensation. */
export const UNDO = 6;
/** Do a piece of work, and then tell the next participant: an event of a choreographed saga. */
export const GO_ON = 7;
/** Undo it, and then tell the one before. */
export const GO_BACK = 8;
/** To where a choreographed saga began: all has been done. */
export const ALL_DONE = 9;
/** To where it began: nothing of it is left. */
export const ALL_UNDONE = 10;

const STEP_BITS = 5;
const SLIP_BITS = 9;
const STEPS = 1 << STEP_BITS;
const SLIPS = 1 << SLIP_BITS;
const SERIALS = 1 << (31 - STEP_BITS - SLIP_BITS);

/** Steps that a transaction has at most. */
export const MOST_STEPS = 20;

/**
 * Names one step of one transaction, as a number not below 0.
 * @param serial tells transactions of one request apart, such as those that its caller's retries begin; counted modulo 2^17.
 * @param slip whose transaction it is: see `Slips`; 0 to 511. @param step 0 to 31.
 */
export function tagOf(serial: number, slip: number, step: number): number {
  return ((serial % SERIALS) * SLIPS + slip) * STEPS + step;
}

/** The step that a tag names. */
export function stepOf(tag: number): number {
  return tag % STEPS;
}

/** Whose transaction a tag is of. */
export function slipOf(tag: number): number {
  return Math.floor(tag / STEPS) % SLIPS;
}

/** The tag of another step of the same transaction. */
export function withStep(tag: number, step: number): number {
  return tag - stepOf(tag) + step;
}

/** The path of the call for the next step: the same whoever makes it, so that each protocol meets the same luck. */
export function nextPath(path: number): number {
  return mixPath(path, 0x73746570);
}
