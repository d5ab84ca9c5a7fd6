/**
 * What a run's charts are drawn from: readings of one part over the run, joined into as many points as a chart has room for.
 * Percentiles come from the single requests, means and totals from the machine's own windows.
 */
import type { Run } from '../../../simulations/index.ts';
import { ANSWERED } from './fates.ts';

/** Readings of one part, one value for each span of time. Durations are in the scenario's unit; null where nothing was seen. */
export interface Curves {
  part: string;
  /** Width of a span and end of the run, in ticks. */
  width: number;
  end: number;
  mean: (number | null)[];
  p50: (number | null)[];
  p95: (number | null)[];
  max: (number | null)[];
  /** Requests standing in line, averaged over the span. */
  queue: number[];
  /** Share of the slots at work, from 0 to 1. */
  busy: number[];
}

/** The nearest-rank percentile of sorted values; null of none. */
export function percentile(sorted: ArrayLike<number>, share: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
}

/** Response times of a part's answered requests, by the span in which they ended. */
function responses(run: Run, part: string, width: number, count: number): number[][] {
  const spans: number[][] = Array.from({ length: count }, () => []);
  const { hops, parts } = run.trace!;
  const index = parts.indexOf(part);
  for (let row = 0; row < hops.count; row += 1) {
    const ended = hops.endedAt[row]!;
    if (hops.to[row] !== index || ended < 0 || hops.fate[row] !== ANSWERED) continue;
    spans[Math.min(count - 1, Math.floor(ended / width))]!.push((ended - hops.arrivedAt[row]!) / run.time.ticks);
  }
  for (const span of spans) span.sort((a, b) => a - b);
  return spans;
}

/** The curves of a part over a run that was made with its trace, in at most `room` points. */
export function curvesOf(run: Run, part: string, room = 120): Curves {
  const { windows } = run.trace!;
  const group = Math.max(1, Math.ceil(windows.count / room));
  const count = Math.ceil(windows.count / group);
  const width = windows.ticks * group;
  const slots = Math.max(1, run.state[part]?.slots.length ?? 1);
  const average = (name: string): number[] => {
    const column = windows.columns[`${part}.${name}`];
    return Array.from({ length: count }, (_, span) => {
      let sum = 0;
      let weight = 0;
      for (let window = span * group; window < Math.min(windows.count, (span + 1) * group); window += 1) {
        const length = Math.min(windows.ticks, run.endedAt - window * windows.ticks);
        sum += (column?.[window] ?? 0) * length;
        weight += length;
      }
      return weight > 0 ? sum / weight : 0;
    });
  };
  const spans = responses(run, part, width, count);
  return {
    part,
    width,
    end: run.endedAt,
    mean: spans.map((span) => (span.length === 0 ? null : span.reduce((sum, each) => sum + each, 0) / span.length)),
    p50: spans.map((span) => percentile(span, 0.5)),
    p95: spans.map((span) => percentile(span, 0.95)),
    max: spans.map((span) => span.at(-1) ?? null),
    queue: average('queue'),
    busy: average('busy').map((busy) => busy / slots),
  };
}

/** Which span of the curves a time falls in. */
export function spanAt(curves: Curves, time: number): number {
  return Math.min(curves.mean.length - 1, Math.max(0, Math.floor(time / curves.width)));
}
