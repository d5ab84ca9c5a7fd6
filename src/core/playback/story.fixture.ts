/**
 * Runs written down by hand for tests of what is said about them: hops row by row, readings window by window. Nothing in them
 * comes from the machine, so that each rule is tried on a run made for it.
 */
import type { Hops, Mark, Run } from '../../../simulations/index.ts';
import { handmadeRun } from './handmade.fixture.ts';

/** A hop with its times in ticks; what is left out has not come. */
export interface HopRow {
  request?: number;
  from: string;
  to: string;
  parent?: number;
  attempt?: number;
  by?: string;
  abandoned?: boolean;
  sent: number;
  arrived?: number;
  started?: number;
  ended?: number;
  returned?: number;
  slot?: number;
  fate?: number;
  kept?: number;
}

function hopsOf(parts: readonly string[], rows: readonly HopRow[]): Hops {
  const times = (read: (row: HopRow) => number | undefined): Float64Array =>
    Float64Array.from(rows, (row) => read(row) ?? -1);
  const hops: Hops = {
    count: rows.length,
    request: Float64Array.from(rows, (row) => row.request ?? 0),
    from: Uint16Array.from(rows, (row) => parts.indexOf(row.from)),
    to: Uint16Array.from(rows, (row) => parts.indexOf(row.to)),
    parent: Int32Array.from(rows, (row) => row.parent ?? -1),
    attempt: Uint16Array.from(rows, (row) => row.attempt ?? 0),
    cls: new Uint16Array(rows.length),
    by: Uint16Array.from(rows, (row) => parts.indexOf(row.by ?? row.to)),
    abandoned: Uint8Array.from(rows, (row) => (row.abandoned === true ? 1 : 0)),
    sentAt: times((row) => row.sent),
    arrivedAt: times((row) => row.arrived),
    startedAt: times((row) => row.started),
    endedAt: times((row) => row.ended),
    returnedAt: times((row) => row.returned),
    slot: Int32Array.from(rows, (row) => row.slot ?? (row.started === undefined ? -1 : 0)),
    fate: Uint8Array.from(rows, (row) => row.fate ?? 0),
  };
  if (rows.some((row) => row.kept !== undefined)) hops.kept = Uint8Array.from(rows, (row) => row.kept ?? 0);
  return hops;
}

/** A run of these hops and readings. A unit of time is 100 ticks; a window is 50 unless told otherwise. */
export function writtenRun({
  parts,
  hops = [],
  columns = {},
  marks = [],
  windows = 60,
  window = 50,
  weight = 1,
}: {
  parts: readonly string[];
  hops?: readonly HopRow[];
  columns?: Record<string, readonly number[]>;
  marks?: Mark[];
  windows?: number;
  window?: number;
  weight?: number;
}): Run {
  const run = handmadeRun([], { end: windows * window, window });
  return {
    ...run,
    trace: {
      ...run.trace!,
      parts: [...parts],
      marks,
      hops: hopsOf(parts, hops),
      sampled: weight > 1,
      weight,
      windows: {
        ticks: window,
        count: windows,
        columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
      },
    },
  };
}

/** A column that has one value up to a window, then another, and so on: `steps([60, 10], [60, 0])`. */
export const steps = (...spans: readonly (readonly [count: number, value: number])[]): number[] =>
  spans.flatMap(([count, value]) => Array.from({ length: count }, () => value));
