/**
 * A linear scale: from what is measured to a place on a chart. Round numbers are d3-array's; the line between two points
 * needs no library. It knows no chart.
 */
import { nice, ticks } from 'd3-array';

/** Maps numbers to places, and knows the round numbers between its ends. */
export interface Scale {
  (value: number): number;
  /** About so many round numbers between the ends. */
  ticks(count: number): number[];
}

/**
 * @param domain the least and the greatest number. @param range their places. @param isHeld whether what lies outside is
 * drawn at the end that it is beyond.
 */
export function linear(domain: readonly [number, number], range: readonly [number, number], isHeld = false): Scale {
  const [low, high] = domain;
  const [from, to] = range;
  const scale = (value: number): number => {
    const share = (value - low) / (high - low || 1);
    return from + (to - from) * (isHeld ? Math.min(1, Math.max(0, share)) : share);
  };
  return Object.assign(scale, { ticks: (count: number): number[] => ticks(low, high, count) });
}

/** An axis from 0 to the next round number that is not below `most`, with about `count` marks. */
export const upTo = (most: number, count: number): [number, number] => nice(0, most > 0 ? most : 1, count);
