/**
 * The arithmetic of a deployment: counts and shares, and what may be started and stopped at a moment. It knows no clock
 * and no service. Source: kubernetes.io, "Deployments", max surge and max unavailable; rolling.go of its controller.
 */
import type { CountOrShare } from './settings.ts';

/** What arithmetic in doubles may add to a number that ought to be whole. */
const ROUNDING = 1e-12;

/** A count, or a share of what is wanted rounded up or down. */
export function countOf(amount: CountOrShare, wanted: number, roundsUp: boolean): number {
  if (typeof amount === 'number') return amount;
  const exact = amount.share * wanted;
  return roundsUp ? Math.ceil(exact - exact * ROUNDING) : Math.floor(exact + exact * ROUNDING);
}

/** How many more may be there and how many fewer available: surge rounds up, unavailable down, and they are never both 0. */
export function fencesOf(
  surge: CountOrShare,
  unavailable: CountOrShare,
  wanted: number,
): { surge: number; unavailable: number } {
  const more = countOf(surge, wanted, true);
  const fewer = Math.min(wanted, countOf(unavailable, wanted, false));
  return { surge: more, unavailable: more === 0 && fewer === 0 ? 1 : fewer };
}

/** Instances at a moment; what is on its way out counts as neither. */
export interface Standing {
  /** Of the version that is brought: there, and available. */
  fresh: number;
  freshUp: number;
  /** Of any other version. */
  others: number;
  othersUp: number;
}

/**
 * What may be done now: how many may be started, and how many others be stopped, those first that are not available.
 * @param aim how many are to be of the version that is brought. @param wanted how many in all.
 */
export function movesOf(
  { fresh, freshUp, others, othersUp }: Standing,
  { aim, wanted, surge, unavailable }: { aim: number; wanted: number; surge: number; unavailable: number },
): { starts: number; stops: number } {
  const starts = Math.max(0, Math.min(aim - fresh, wanted + surge - fresh - others));
  const toGo = Math.max(0, others - (wanted - aim));
  const idle = Math.min(toGo, others - othersUp);
  const spare = Math.max(0, freshUp + othersUp - (wanted - unavailable));
  return { starts, stops: idle + Math.min(toGo - idle, spare) };
}
