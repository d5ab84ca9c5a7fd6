/**
 * Backlogs as a fluid: how much piles up while more comes than goes, and how long it takes to go. Exact when arrivals and
 * service are even; with chance it is the mean of a large backlog. Rates are per unit of time, times in units of time.
 */

/** What has piled up after a time in which more comes than can be done, from nothing. */
export function backlogAfter(rate: number, capacity: number, time: number): number {
  return Math.max(0, rate - capacity) * time;
}

/** How long a backlog takes to drain at what capacity is left over; Infinity when none is. */
export function drainTime(backlog: number, rate: number, capacity: number): number {
  if (backlog === 0) return 0;
  return capacity > rate ? backlog / (capacity - rate) : Infinity;
}

/** How long after an outage the backlog lasts that built up during it, if all wait: rate × outage ÷ (capacity − rate). */
export function drainAfterOutage(rate: number, capacity: number, outage: number): number {
  return drainTime(rate * outage, rate, capacity);
}

/**
 * Partitions of a topic that each consumer of a group reads when they are spread as evenly as can be; 0 for consumers too
 * many.
 */
export function partitionsPerConsumer(partitions: number, consumers: number): number[] {
  const least = Math.floor(partitions / consumers);
  return Array.from({ length: consumers }, (_, i) => least + (i < partitions % consumers ? 1 : 0));
}

/**
 * How fast the lag of a consumer group grows, in messages per unit of time, when all partitions get alike; 0 when all
 * consumers keep up. A consumer with more partitions than others can fall behind while the others idle.
 * @param perConsumer messages that one consumer handles per unit of time.
 */
export function lagGrowth(rate: number, partitions: number, consumers: number, perConsumer: number): number {
  return partitionsPerConsumer(partitions, consumers).reduce(
    (sum, held) => sum + backlogAfter((rate * held) / partitions, perConsumer, 1),
    0,
  );
}
