/**
 * The rule of the Kubernetes horizontal pod autoscaler as functions of numbers: what it recommends, what its windows make
 * of that, and how far its policies let it go. It knows no clock and no service.
 * Source: kubernetes.io, "Horizontal Pod Autoscaling"; where that is silent, replica_calculator.go and horizontal.go (v1.33).
 */
import type { Policies } from './settings.ts';

/** What arithmetic in doubles may add to a number that ought to be whole. */
const ROUNDING = 1e-12;

/** ceil, but a number that is whole up to rounding stays itself. */
export const roundedUp = (x: number): number => Math.ceil(x - x * ROUNDING);
const roundedDown = (x: number): number => Math.floor(x + x * ROUNDING);

const isNear = (metric: number, target: number, tolerance: number): boolean =>
  Math.abs(metric - target) <= (tolerance + ROUNDING) * target;

/**
 * ceil(current × metric ÷ target), or no change where metric ÷ target is within the tolerance of 1, its ends included.
 * @param current instances that are ready. @param metric mean of an instance, not below 0. @param target above 0, in the
 * same unit. @param tolerance from 0 to below 1.
 */
export function desiredReplicas(current: number, metric: number, target: number, tolerance = 0.1): number {
  return isNear(metric, target, tolerance) ? current : roundedUp((current * metric) / target);
}

/** What the autoscaler sees when it looks. */
export interface Sight {
  /** Instances that are wanted now. */
  current: number;
  /** Instances that are ready, and how many of them became so after the metric was taken. */
  ready: number;
  unmeasured: number;
  /** Instances that still start. */
  starting: number;
  /** Mean of an instance that was measured. */
  metric: number;
  target: number;
  tolerance: number;
  /** What an unmeasured instance is taken to have when fewer would do. */
  full: number;
}

/**
 * What the rule recommends. Instances nobody has measured are taken to argue against a change: towards more, they and
 * those that still start count with nothing; towards fewer, the ready ones count as full. Where that turns the direction
 * round, all stays as it is.
 */
export function recommendation({
  current,
  ready,
  unmeasured,
  starting,
  metric,
  target,
  tolerance,
  full,
}: Sight): number {
  const measured = ready - unmeasured;
  if (measured <= 0) return current;
  const isMore = metric > target;
  if (unmeasured === 0 && !(isMore && starting > 0))
    return isNear(metric, target, tolerance) ? current : desiredReplicas(ready, metric, target, tolerance);
  const count = isMore ? ready + starting : ready;
  const mean = (measured * metric + (isMore ? 0 : unmeasured * full)) / count;
  if (isNear(mean, target, tolerance) || mean > target !== isMore) return current;
  const desired = desiredReplicas(count, mean, target, tolerance);
  return isMore ? Math.max(current, desired) : Math.min(current, desired);
}

/** What was recommended, or by how many it was changed, and when, in ticks. */
export interface Noted {
  at: number;
  count: number;
}

/**
 * What is left of a recommendation under the stabilisation windows, in ticks: up no further than the lowest of the one,
 * down no further than the highest of the other. What is as old as the window is out of it.
 * @param past earlier recommendations, those before any window.
 */
export function stabilised(
  current: number,
  desired: number,
  { past, now, upWindow, downWindow }: { past: readonly Noted[]; now: number; upWindow: number; downWindow: number },
): number {
  let lowest = desired;
  let highest = desired;
  for (const { at, count } of past) {
    if (now - at < upWindow) lowest = Math.min(lowest, count);
    if (now - at < downWindow) highest = Math.max(highest, count);
  }
  return Math.min(Math.max(current, lowest), highest);
}

/**
 * How far the policies let it go from `current`, one way.
 * @param changedWithin by how many it was changed in the last so many units of time, ups less downs.
 */
export function limitOf(
  isUp: boolean,
  current: number,
  { policies, change }: Policies,
  changedWithin: (every: number) => number,
): number {
  if (change === 'none') return current;
  const limits = policies.map(({ by, value, every }) => {
    const start = current - changedWithin(every);
    if (by === 'instances') return isUp ? start + roundedDown(value) : start - roundedDown(value);
    return isUp ? roundedUp((start * (100 + value)) / 100) : roundedDown((start * Math.max(0, 100 - value)) / 100);
  });
  const isGreatest = isUp === (change === 'most');
  const limit = isGreatest ? Math.max(...limits) : Math.min(...limits);
  return isUp ? Math.max(current, limit) : Math.min(current, Math.max(0, limit));
}
