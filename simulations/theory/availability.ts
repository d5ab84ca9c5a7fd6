/**
 * Closed forms of how much of the time something works, for parts that fail and are repaired independently unless it is said.
 * Shares are 0 to 1; mean times are in any one unit of time.
 */
import { birthAndDeath } from './queues.ts';
import { harmonic, wholePower } from './special-functions.ts';

/** Share of the time in which a chain of n parts works, all of them needed. */
export function serialAvailability(each: number, parts: number): number {
  return wholePower(each, parts);
}

/** Share of the time in which at least `needed` of n equal, independent parts work. */
export function redundantAvailability(each: number, parts: number, needed = 1): number {
  let total = 0;
  for (let working = needed; working <= parts; working++) {
    let ways = 1;
    for (let i = 0; i < working; i++) ways = (ways * (parts - i)) / (i + 1);
    total += ways * serialAvailability(each, working) * serialAvailability(1 - each, parts - working);
  }
  return total;
}

/** Share of the time in which a part works that fails after `meanUp` and is back after `meanDown`. */
export function availability(meanUp: number, meanDown: number): number {
  return meanUp / (meanUp + meanDown);
}

/**
 * The same where failed parts wait for one of few repairers: a birth-and-death chain over how many are down. Working parts fail
 * by themselves, also spare ones; both times are exponential. Source: the machine repairman, Palm (1947).
 * @param needed 1 to parts. @param repairers 1 or more; as many as parts gives `redundantAvailability`.
 */
export function repairedAvailability(
  meanUp: number,
  meanDown: number,
  { parts, needed, repairers }: { parts: number; needed: number; repairers: number },
): number {
  const down = birthAndDeath(
    (n) => (parts - n) / meanUp,
    (n) => Math.min(n, repairers) / meanDown,
    parts,
  );
  return down.slice(0, parts - needed + 1).reduce((sum, share) => sum + share, 0);
}

/** Mean time until a chain of n parts fails first, all of them needed; exponential lives. */
export function serialMeanUp(meanUp: number, parts: number): number {
  return meanUp / parts;
}

/**
 * Mean time until fewer than `needed` of n parts are left, without repair; exponential lives: meanUp × (1/needed + … +
 * 1/n).
 */
export function redundantMeanUp(meanUp: number, parts: number, needed = 1): number {
  return meanUp * (harmonic(parts) - harmonic(needed - 1));
}

/** Failures per unit of time of one part that fails after `meanUp` and is back after `meanDown`. */
export function failureRate(meanUp: number, meanDown: number): number {
  return 1 / (meanUp + meanDown);
}

/** How long something is down in a span of time. @param available share of the time in which it works. */
export function downtime(available: number, span: number): number {
  return (1 - available) * span;
}

/**
 * Share of the traffic that is still sent to dead instances: each is dead and unnoticed for `detection` out of every
 * life. It does not fall with the number of instances.
 * @param meanUp mean time to fail. @param detection time until it is noticed and replaced at once.
 */
export function unnoticedShare(meanUp: number, detection: number): number {
  return detection / (meanUp + detection);
}
