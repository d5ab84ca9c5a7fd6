/**
 * What a run's charts are drawn from: readings over the run, joined into as many points as a chart has room for.
 * Percentiles come from the single requests, all else from the machine's own windows. It knows no words and no picture.
 */
import type { Run } from '../../../simulations/index.ts';
import { ANSWERED } from './fates.ts';

/** One line of a chart: a value for each span of time; null where there is nothing to be said. */
export interface Curve {
  /** What it is of its chart: `p95`, `answered`, a reason of failure. */
  id: string;
  /** Width of a span, in ticks. The last one may be cut short by the end of the run. */
  width: number;
  values: (number | null)[];
}

/** How many spans a chart has room for unless told otherwise. */
export const ROOM = 110;
/** With fewer requests than this beyond a percentile, a window says nothing about it. */
export const FEWEST_BEYOND = 3;

/** Which span of a curve a time falls in. */
export const spanAt = (curve: Pick<Curve, 'width' | 'values'>, time: number): number =>
  Math.min(curve.values.length - 1, Math.max(0, Math.floor(time / curve.width)));

/** The value of a curve at a time, in ticks. */
export const valueAt = (curve: Curve, time: number): number | null => curve.values[spanAt(curve, time)] ?? null;

interface Spans {
  count: number;
  width: number;
  /** The sum of what `read` says of the windows of a span, and of their lengths in ticks; windows it says NaN of are left out. */
  sum(span: number, read: (window: number) => number): { sum: number; length: number; windows: number };
}

/** The windows of a run in at most `room` spans. */
function spansOf(run: Run, room: number): Spans {
  const { windows } = run.trace!;
  const group = Math.max(1, Math.ceil(windows.count / room));
  return {
    count: Math.ceil(windows.count / group),
    width: windows.ticks * group,
    sum: (span, read) => {
      const found = { sum: 0, length: 0, windows: 0 };
      for (let window = span * group; window < Math.min(windows.count, (span + 1) * group); window += 1) {
        const value = read(window);
        if (Number.isNaN(value)) continue;
        const length = Math.min(windows.ticks, run.endedAt - window * windows.ticks);
        found.sum += value * length;
        found.length += length;
        found.windows += 1;
      }
      return found;
    },
  };
}

const columnOf = (run: Run, name: string): Float64Array | undefined => run.trace!.windows.columns[name];

/** A level, such as the length of a queue, averaged over time; windows without a value are left out. */
export function levelCurve(run: Run, column: string, id: string, room = ROOM): Curve {
  const { count, width, sum } = spansOf(run, room);
  const levels = columnOf(run, column);
  const values = Array.from({ length: count }, (_, span) => {
    const { sum: area, length } = sum(span, (window) => levels?.[window] ?? Number.NaN);
    return length > 0 ? area / length : null;
  });
  return { id, width, values };
}

/** How often something happened, per unit of time: the sum of counted readings. */
export function rateCurve(run: Run, columns: readonly string[], id: string, room = ROOM): Curve {
  const { count, width, sum } = spansOf(run, room);
  const counts = columns.flatMap((name) => columnOf(run, name) ?? []);
  const values = Array.from({ length: count }, (_, span) => {
    let counted = 0;
    const { length } = sum(span, (window) => {
      for (const column of counts) counted += column[window] ?? 0;
      return 0;
    });
    // Where a run ends on the edge of a window, the last one has no length and nothing in it.
    return length > 0 ? (counted / length) * run.time.ticks : null;
  });
  return { id, width, values };
}

/** The share of a part's threads that are at work, from 0 to 1, of as many as it had at the time. */
export function busyCurve(run: Run, part: string, room = ROOM): Curve {
  const { count, width, sum } = spansOf(run, room);
  const busy = columnOf(run, `${part}.busy`);
  const capacity = columnOf(run, `${part}.capacity`);
  const slots = Math.max(1, run.state[part]?.slots.length ?? 1);
  const values = Array.from({ length: count }, (_, span) => {
    const worked = sum(span, (window) => busy?.[window] ?? 0);
    const had = capacity === undefined ? slots * worked.length : sum(span, (window) => capacity[window] ?? 0).sum;
    return had > 0 ? Math.min(1, worked.sum / had) : null;
  });
  return { id: 'busy', width, values };
}

/** Times of answered requests: when each ended (in ticks), how long it took (in units of time), how many it stands for. */
export interface Latencies {
  endedAt: number[];
  took: number[];
  weight: number[];
}

/** How many requests a row of a trace stands for: see `Hops.kept`. */
function weightsOf(run: Run): (row: number) => number {
  const { hops, sampled, weight } = run.trace!;
  const { kept } = hops;
  if (!sampled || kept === undefined) return () => 1;
  return (row) => (kept[row] === 0 ? weight : kept[row] === 4 ? 0 : 1);
}

/**
 * How long answered requests took: at a part from their arrival to their end, at a source from the first try to the answer.
 * @param cls only those of this class.
 */
export function latenciesOf(run: Run, part: string, cls?: string): Latencies {
  const { hops, parts, classes } = run.trace!;
  const index = parts.indexOf(part);
  const wanted = cls === undefined ? -1 : classes.indexOf(cls);
  const weightOf = weightsOf(run);
  const found: Latencies = { endedAt: [], took: [], weight: [] };
  const isSource = columnOf(run, `${part}.made`) !== undefined;
  const ofPart = isSource ? hops.from : hops.to;
  const ends = isSource ? hops.returnedAt : hops.endedAt;
  /** When requests that were tried again were first sent. */
  const first = new Map<number, number>();
  for (let row = 0; row < hops.count; row += 1) {
    if (ofPart[row] !== index || (cls !== undefined && hops.cls[row] !== wanted)) continue;
    const key = hops.request[row]! * 256 + hops.cls[row]!;
    if (isSource && hops.attempt[row] === 0) {
      if (hops.fate[row] !== ANSWERED || hops.abandoned[row] === 1) first.set(key, hops.sentAt[row]!);
    }
    const ended = ends[row]!;
    const weight = weightOf(row);
    if (ended < 0 || weight === 0 || hops.fate[row] !== ANSWERED) continue;
    if (isSource && hops.abandoned[row] === 1) continue;
    const begun = isSource ? (first.get(key) ?? hops.sentAt[row]!) : hops.arrivedAt[row]!;
    found.endedAt.push(ended);
    found.took.push((ended - begun) / run.time.ticks);
    found.weight.push(weight);
  }
  return found;
}

/** The nearest-rank percentile of sorted values, each standing for `weights` of them; null of none. */
export function percentile(sorted: ArrayLike<number>, share: number, weights?: ArrayLike<number>): number | null {
  if (sorted.length === 0) return null;
  if (weights === undefined)
    return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
  let total = 0;
  for (let each = 0; each < sorted.length; each += 1) total += weights[each]!;
  let passed = 0;
  for (let each = 0; each < sorted.length; each += 1) {
    passed += weights[each]!;
    // A hair of rounding must not move the rank.
    if (passed >= share * total - 1e-9) return sorted[each]!;
  }
  return sorted[sorted.length - 1]!;
}

/** A percentile of these rows of latencies, by weight where they have one. */
function percentileOf({ took, weight }: Latencies, rows: number[], share: number, isWeighted: boolean): number | null {
  if (!isWeighted) return percentile(Float64Array.from(rows, (row) => took[row]!).sort(), share);
  const sorted = rows.toSorted((a, b) => took[a]! - took[b]!);
  return percentile(
    sorted.map((row) => took[row]!),
    share,
    sorted.map((row) => weight[row]!),
  );
}

/**
 * Percentiles of latencies over the run. Each is read from windows as wide as it takes to have enough requests beyond it;
 * a window that has too few all the same has a gap, and so has the whole run where even a quarter of it has too few.
 * @param shares by the ids of the curves, such as `{ p95: 0.95 }`.
 */
export function percentileCurves(
  run: Run,
  latencies: Latencies,
  shares: Readonly<Record<string, number>>,
  room = ROOM,
): Curve[] {
  const { count, width } = spansOf(run, room);
  const spans: number[][] = Array.from({ length: count }, () => []);
  latencies.endedAt.forEach((at, row) => spans[Math.min(count - 1, Math.floor(at / width))]!.push(row));
  const isWeighted = latencies.weight.some((weight) => weight !== latencies.weight[0]);
  const filled = spans.filter((span) => span.length > 0).length;
  const usual = latencies.took.length / Math.max(1, filled);
  return Object.entries(shares).map(([id, share]) => {
    // 1 − 0.95 is a little more than 0.05 in a double.
    const needed = Math.ceil(FEWEST_BEYOND / (1 - share) - 1e-6);
    const together = Math.min(Math.max(1, Math.ceil(needed / usual)), Math.max(1, Math.floor(count / 4)));
    const values = Array.from({ length: Math.ceil(count / together) }, (_, group) => {
      const rows = spans.slice(group * together, (group + 1) * together).flat();
      return rows.length < needed ? null : percentileOf(latencies, rows, share, isWeighted);
    });
    return { id, width: width * together, values };
  });
}

/** The mean of latencies over the run, by weight; null where nothing ended. */
export function meanCurve(run: Run, { endedAt, took, weight }: Latencies, room = ROOM): Curve {
  const { count, width } = spansOf(run, room);
  const sums = new Float64Array(count);
  const weights = new Float64Array(count);
  endedAt.forEach((at, row) => {
    const span = Math.min(count - 1, Math.floor(at / width));
    sums[span]! += took[row]! * weight[row]!;
    weights[span]! += weight[row]!;
  });
  const values = Array.from(sums, (sum, span) => (weights[span]! > 0 ? sum / weights[span]! : null));
  return { id: 'mean', width, values };
}

/** The three readings of one part that can be guessed before they are seen, one value for each span of time. */
export interface Curves {
  part: string;
  /** Width of a span and end of the run, in ticks. */
  width: number;
  end: number;
  /** Mean response of its answered requests, in the scenario's unit; null where none ended. */
  mean: (number | null)[];
  /** Requests standing in line, averaged over the span. */
  queue: number[];
  /** Share of the slots at work, from 0 to 1. */
  busy: number[];
}

/** The mean response, queue and load of a part over a run that was made with its trace. */
export function curvesOf(run: Run, part: string, room = ROOM): Curves {
  const known = ({ values }: Curve): number[] => values.map((value) => value ?? 0);
  const mean = meanCurve(run, latenciesOf(run, part), room);
  return {
    part,
    width: mean.width,
    end: run.endedAt,
    mean: mean.values,
    queue: known(levelCurve(run, `${part}.queue`, 'queue', room)),
    busy: known(busyCurve(run, part, room)),
  };
}

/** Reasons that are too rare for a line of their own, taken together. */
export const OTHER = 'other';

/**
 * Failures per unit of time, by reason: of every customer, or what one part dropped. The most frequent reason comes first;
 * reasons for which nothing failed are left out, and what is beyond the fourth is taken together.
 */
export function failureCurves(run: Run, part: string | null, room = ROOM): Curve[] {
  const { columns } = run.trace!.windows;
  const byReason = new Map<string, { columns: string[]; total: number }>();
  for (const [name, counts] of Object.entries(columns)) {
    const [, by, reason] = /^(.+)\.failures\.([a-z-]+)$/.exec(name) ?? [];
    if (by === undefined || reason === undefined) continue;
    if (part === null ? columns[`${by}.made`] === undefined : by !== part) continue;
    const total = counts.reduce((sum, each) => sum + each, 0);
    if (total === 0) continue;
    const known = byReason.get(reason) ?? { columns: [], total: 0 };
    byReason.set(reason, { columns: [...known.columns, name], total: known.total + total });
  }
  const sorted = [...byReason].toSorted(([, a], [, b]) => b.total - a.total);
  const single = sorted.length > 5 ? sorted.slice(0, 4) : sorted;
  const rest = sorted.slice(single.length).flatMap(([, { columns: names }]) => names);
  return [
    ...single.map(([reason, { columns: names }]) => rateCurve(run, names, reason, room)),
    ...(rest.length > 0 ? [rateCurve(run, rest, OTHER, room)] : []),
  ];
}

/** Several curves of equal spans added up, span by span. */
export function sumOf(curves: readonly Curve[], id: string): Curve | null {
  const [first] = curves;
  if (first === undefined) return null;
  const values = first.values.map((_, span) => curves.reduce((sum, curve) => sum + (curve.values[span] ?? 0), 0));
  return { id, width: first.width, values };
}
