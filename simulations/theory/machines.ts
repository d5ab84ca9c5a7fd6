/** Closed forms of what machines cost and of what several of them do that share one thing. They know no run. */
import { pow } from '../engine/elementary.ts';
import { meanValueAnalysis } from './networks.ts';

/** What so many machines of a size cost per unit of time, with a link each, where one of size 1 costs 1. */
export const fleetCost = (machines: number, size: number, exponent: number, link: number): number =>
  machines * (pow(size, exponent) + link);

/**
 * What n machines finish per unit of time when there is always work, each holding on to its request while it stands in line
 * for the one thing that all share: a closed network, exact where the work at the shared thing is exponential.
 * @param own mean work of a request at its machine. @param shared mean work at the shared thing. @param speed of both.
 * @param trip time on the way there and back.
 */
export const sharingCapacity = (machines: number, own: number, shared: number, speed: number, trip: number): number =>
  meanValueAnalysis([shared / speed], own / speed + trip, machines).throughput;

/**
 * The exponent of the price from which on n machines that together are as large as one cost less for each answer than it.
 * @param keeps what they answer together, as a share of what the one answers. @param link price of a link beside a machine of size 1.
 * @returns from 0 to 3; null where they are dearer even at 3, or cheaper even at 0.
 */
export function breakEvenExponent(size: number, machines: number, link: number, keeps: number): number | null {
  const dearer = (exponent: number): boolean =>
    fleetCost(machines, size / machines, exponent, link) > keeps * fleetCost(1, size, exponent, link);
  let low = 0;
  let high = 3;
  if (!dearer(low) || dearer(high)) return null;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (dearer(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
