/** How lines are told apart and where they run: the scales and paths of a picture that is 1000 wide and 100 high. */
import { area, line } from 'd3-shape';
import type { Curve } from '../../../core/playback/curves.ts';
import { upTo } from './scale.ts';

/** Room above the largest value, rounded up to what an axis can say. */
export const nice = (most: number, count = 3): [number, number] => upTo(most, count);

/** The middle of a span, from 0 to 1000. */
export function middle(curve: Pick<Curve, 'width'>, span: number, end: number): number {
  return (Math.min(end, (span + 0.5) * curve.width) / Math.max(1, end)) * 1000;
}

/** The line of a curve; a gap where it has nothing to say, a short dash where it stands alone between two gaps. */
export function pathOf(curve: Curve, end: number, y: (value: number) => number, from = 0): string {
  const first = Math.floor(from / curve.width);
  const isThere = (span: number): boolean => span >= first && (curve.values[span] ?? null) !== null;
  const joined =
    line<number | null>()
      .defined((_, span) => isThere(span))
      .x((_, span) => middle(curve, span, end))
      .y((value) => y(value!))(curve.values) ?? '';
  const half = ((curve.width / Math.max(1, end)) * 1000) / 2;
  const alone = curve.values.flatMap((value, span) =>
    isThere(span) && !isThere(span - 1) && !isThere(span + 1)
      ? [`M${middle(curve, span, end) - half} ${y(value!)}h${2 * half}`]
      : [],
  );
  return joined + alone.join('');
}

/** The ground under a curve, or between it and another that is given by span. */
export function areaOf(
  curve: Curve,
  end: number,
  y: (value: number) => number,
  low: (span: number) => number = () => 0,
): string {
  return (
    area<number | null>()
      .defined((value) => value !== null)
      .x((_, span) => middle(curve, span, end))
      .y0((_, span) => y(low(span)))
      .y1((value) => y(value!))(curve.values) ?? ''
  );
}

/** Where a curve ends: its last value; null when it has none. */
export function endOf(curve: Curve): number | null {
  return curve.values.findLast((value) => value !== null) ?? null;
}

/** The largest value of some curves. */
export const mostOf = (curves: readonly Curve[]): number =>
  Math.max(0, ...curves.flatMap((curve) => curve.values.map((value) => value ?? 0)));
