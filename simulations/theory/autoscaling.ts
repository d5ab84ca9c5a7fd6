/**
 * The rule of the Kubernetes horizontal pod autoscaler in exact arithmetic. It knows no clock: when the rule is asked is
 * for the caller.
 */

/** What arithmetic in doubles may add to a whole number. */
const ROUNDING = 1e-12;

/**
 * Replicas that the rule asks for: ceil(current × metric ÷ target), or no change where metric ÷ target is within the
 * tolerance of 1, its ends included. Source: kubernetes.io, Horizontal Pod Autoscaling, "Algorithm details". Bounds are
 * for the caller.
 * @param current replicas that are ready. @param metric mean per replica. @param target of the metric, above 0, in the
 * same unit.
 * @param tolerance 0 to below 1.
 */
export function desiredReplicas(current: number, metric: number, target: number, tolerance = 0.1): number {
  if (Math.abs(metric - target) <= (tolerance + ROUNDING) * target) return current;
  return ceiling((current * metric) / target);
}

/**
 * Replicas at which a rule on utilisation comes to rest: as many as keep each at or below its target.
 * @param target utilisation, above 0 to 1.
 */
export function restingReplicas(rate: number, serviceTime: number, target: number): number {
  return ceiling((rate * serviceTime) / target);
}

/** ceil, but a number that is whole up to rounding stays itself. */
function ceiling(x: number): number {
  return Math.ceil(x - x * ROUNDING);
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
