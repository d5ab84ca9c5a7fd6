/**
 * Closed forms of messages over links that lose some, each by itself, and are sent again after a timer. Times are in
 * units of time.
 */
import { atLeastOne } from './special-functions.ts';

/** Mean times that a message is sent until it arrives: 1 / (1 − p). @param loss 0 to below 1. */
export function sendsUntilArrival(loss: number): number {
  return 1 / (1 - loss);
}

/** Mean delay that loss adds when the timer is always the same: timer × p / (1 − p). @param loss 0 to below 1. */
export function resendDelay(loss: number, timer: number): number {
  return (timer * loss) / (1 - loss);
}

/** The same when the timer doubles with each resend: timer × p / (1 − 2p); Infinity from a loss of one half on. */
export function resendDelayDoubling(loss: number, timer: number): number {
  return loss < 0.5 ? (timer * loss) / (1 - 2 * loss) : Infinity;
}

/** The chance that at least one of n messages must be sent again: 1 − (1 − p)^n. @param loss 0 to 1. */
export function resendShare(loss: number, n: number): number {
  return atLeastOne(loss, n);
}

/** The chance that a call is lost when its request and its answer each may be: 1 − (1 − p)². */
export function roundTripLoss(loss: number): number {
  return atLeastOne(loss, 2);
}
