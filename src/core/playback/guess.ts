/**
 * A guess before a run is shown, and how far it was from what came: a curve over the run or over a dial, point by point, or
 * one number. How far is the mean distance as a share of the mean height of what was measured, so that a curve near 0 here
 * and there is not all that counts. It knows no words.
 */

/** A point that was guessed, and what was measured there; null where nothing was. */
export interface Guessed {
  x: number;
  guess: number;
  measured: number | null;
}

/** How far off a guess is said to be: at most a tenth, a quarter, a half, once its size, or more. */
export const distances = ['very-close', 'close', 'right-size', 'off', 'far-off'] as const;
export type Distance = (typeof distances)[number];

export interface Score {
  /** The mean distance as a share of the mean of what was measured; null where nothing was measured, or only zeros. */
  error: number | null;
  distance: Distance | null;
  /** Whether the guess lies above or below by more than half of its distance on average. */
  side: 'above' | 'below' | 'both';
  /** Where it is farthest off. */
  worst: (Guessed & { measured: number }) | null;
}

/** How far a share of error is. */
export function distanceOf(error: number): Distance {
  if (error <= 0.1) return 'very-close';
  if (error <= 0.25) return 'close';
  if (error <= 0.5) return 'right-size';
  return error <= 1 ? 'off' : 'far-off';
}

/** How far a guess is from what was measured. */
export function scoreOf(points: readonly Guessed[]): Score {
  const known = points.filter((point): point is Guessed & { measured: number } => point.measured !== null);
  const sum = (read: (point: Guessed & { measured: number }) => number): number =>
    known.reduce((all, point) => all + read(point), 0);
  const apart = sum(({ guess, measured }) => Math.abs(guess - measured));
  const height = sum(({ measured }) => Math.abs(measured));
  const lean = sum(({ guess, measured }) => guess - measured);
  const worst = known.reduce<Score['worst']>(
    (farthest, point) =>
      farthest === null || Math.abs(point.guess - point.measured) > Math.abs(farthest.guess - farthest.measured)
        ? point
        : farthest,
    null,
  );
  // Nothing measured but zeros has no shares: right is who guessed zeros.
  const error = known.length === 0 ? null : height > 0 ? apart / height : apart === 0 ? 0 : null;
  return {
    error,
    distance: error === null ? null : distanceOf(error),
    side: Math.abs(lean) <= apart / 2 || apart === 0 ? 'both' : lean > 0 ? 'above' : 'below',
    worst,
  };
}

/** So many moments spread evenly over a run, in ticks: the middles of equal stretches. */
export const momentsOf = (end: number, count: number): number[] =>
  Array.from({ length: count }, (_, each) => ((each + 0.5) / count) * end);

/** The mean of a reading's spans around a moment: a guess is of a stretch, not of an instant. Null where nothing was seen. */
export function meanAround(values: readonly (number | null)[], width: number, from: number, to: number): number | null {
  const seen = values.filter(
    (value, span): value is number => value !== null && (span + 0.5) * width >= from && (span + 0.5) * width < to,
  );
  return seen.length === 0 ? null : seen.reduce((sum, value) => sum + value, 0) / seen.length;
}

/** The settings of a sweep at which a guess is asked for: at most `count` of them, evenly, with the first and the last. */
export function settingsOf(xs: readonly number[], count: number): number[] {
  const sorted = [...xs].toSorted((a, b) => a - b);
  if (sorted.length <= count) return sorted;
  return Array.from({ length: count }, (_, each) => sorted[Math.round((each * (sorted.length - 1)) / (count - 1))]!);
}

/** A round number at least as large: 1, 2 or 5 times a power of ten. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= value * (1 - 1e-9)) ?? value;
}
