/**
 * What the rule of the Kubernetes horizontal pod autoscaler comes to, in exact arithmetic; the rule itself stands with the
 * part that follows it. It knows no clock: when the rule is asked is for the caller.
 */
import { desiredReplicas, roundedUp } from '../parts/autoscaler/rule.ts';

export { desiredReplicas };

/**
 * Replicas at which a rule on utilisation comes to rest: as many as keep each at or below its target.
 * @param target utilisation, above 0 to 1.
 */
export function restingReplicas(rate: number, serviceTime: number, target: number): number {
  return roundedUp((rate * serviceTime) / target);
}

/**
 * What stabilisation makes of recommendations: scaling down follows the highest of the window, scaling up the lowest of
 * its own. Source: kubernetes.io, "Stabilization window".
 * @param current replicas. @param forDown, @param forUp recommendations of each window (by default 300 s and 0 s, that is
 * the last one alone), the latest included.
 */
export function stabilised(current: number, forDown: readonly number[], forUp: readonly number[]): number {
  const lowest = Math.min(...forUp);
  const highest = Math.max(...forDown);
  return Math.min(Math.max(current, lowest), highest);
}

/** The most that the default policies allow after one period of 15 s: four more or twice as many, whichever is more. */
export function scaleUpLimit(current: number): number {
  return Math.max(current + 4, current * 2);
}

/** Periods of 15 s that the default policies need to get from so many replicas to so many more. */
export function scaleUpPeriods(from: number, to: number): number {
  let periods = 0;
  for (let replicas = from; replicas < to; replicas = scaleUpLimit(replicas)) periods++;
  return periods;
}
