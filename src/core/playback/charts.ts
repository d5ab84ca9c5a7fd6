/**
 * Which charts there are of a run, and what is in each. A chart is named by a word that fits into a link, such as
 * `latency.server` or `level.web.instances`. It knows no words of any language and no picture.
 */
import type { MeasureUnit, Run } from '../../../simulations/index.ts';
import {
  busyCurve,
  failureCurves,
  latenciesOf,
  levelCurve,
  meanCurve,
  percentileCurves,
  rateCurve,
  ROOM,
  sumOf,
  type Curve,
} from './curves.ts';

/** What a chart shows. */
export type ChartKind = 'latency' | 'rate' | 'failures' | 'queue' | 'busy' | 'level';

/** One chart of a run. */
export interface Chart {
  id: string;
  kind: ChartKind;
  /** Whose readings they are; null for what all customers were told. */
  part: string | null;
  /** Only requests of this class, where it is one. */
  cls: string | null;
  /** The reading itself, for a chart of kind `level`. */
  reading: string | null;
  unit: MeasureUnit;
  curves: Curve[];
}

type Named = Pick<Chart, 'kind' | 'part' | 'cls' | 'reading'>;

/** The percentiles that are drawn. */
export const PERCENTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

const pattern = /^(latency|rate|queue|busy|level|failures)(?:\.([^.@]+)((?:\.[^.@]+)*)(?:@([^.@]+))?)?$/;

/** What the word for a chart means; null when it is none. */
export function chartNamed(id: string): Named | null {
  const [, kind, part, rest = '', cls = null] = pattern.exec(id) ?? [];
  if (kind === undefined) return null;
  if (kind === 'level') {
    if (part === undefined || rest === '') return null;
    return { kind, part, cls, reading: `${part}${rest}${cls === null ? '' : `@${cls}`}` };
  }
  if (rest !== '' || (part === undefined && kind !== 'failures')) return null;
  return { kind: kind as ChartKind, part: part ?? null, cls, reading: null };
}

/** The chart that shows a reading which a scenario asks for, such as `server.queue` or `clients.roundTrip.mean@pay`. */
export function chartFor(series: string): string | null {
  const [name, cls] = series.split('@') as [string, string | undefined];
  const [part, ...rest] = name.split('.');
  const what = rest.join('.');
  if (part === undefined || what === '') return null;
  const suffix = cls === undefined ? '' : `@${cls}`;
  if (/^(response|roundTrip)\.(mean|max|p\d+)$/.test(what)) return `latency.${part}${suffix}`;
  if (/^(arrivals|completions|made|answered|throughput|goodput)$/.test(what)) return `rate.${part}${suffix}`;
  if (what === 'failed' || what === 'failures' || what.startsWith('failures.')) return `failures.${part}`;
  if (suffix === '' && what === 'queue') return `queue.${part}`;
  if (suffix === '' && (what === 'busy' || what === 'utilisation')) return `busy.${part}`;
  return `level.${name}${suffix}`;
}

const has = (run: Run, name: string): boolean => run.trace!.windows.columns[name] !== undefined;
const isSource = (run: Run, part: string): boolean => has(run, `${part}.made`);

/** The counted readings that a rate is made of: what came, and what was answered. */
function ratesOf(run: Run, part: string, cls: string | null): [came: string, answered: string] {
  const suffix = cls === null ? '' : `@${cls}`;
  const [came, answered] = isSource(run, part) ? ['made', 'answered'] : ['arrivals', 'completions'];
  return [`${part}.${came}${suffix}`, `${part}.${answered}${suffix}`];
}

function curvesOf(
  run: Run,
  { kind, part, cls, reading }: Named,
  room: number,
  shares: Readonly<Record<string, number>>,
): Curve[] {
  if (kind === 'failures') return failureCurves(run, part, room);
  if (kind === 'latency') {
    const latencies = latenciesOf(run, part!, cls ?? undefined);
    return [meanCurve(run, latencies, room), ...percentileCurves(run, latencies, shares, room)];
  }
  if (kind === 'rate') {
    const [came, answered] = ratesOf(run, part!, cls);
    const curves = has(run, answered) ? [rateCurve(run, [answered], 'answered', room)] : [];
    return has(run, came) ? [rateCurve(run, [came], 'came', room), ...curves] : curves;
  }
  if (kind === 'busy') return has(run, `${part}.busy`) ? [busyCurve(run, part!, room)] : [];
  const column = kind === 'queue' ? `${part}.queue` : reading!;
  return has(run, column) ? [levelCurve(run, column, kind, room)] : [];
}

function unitOf({ kind, reading }: Named): MeasureUnit {
  if (kind === 'latency') return 'time';
  if (kind === 'busy') return 'share';
  if (kind === 'rate' || kind === 'failures') return 'rate';
  return reading !== null && /\.(mean|max)(@|$)/.test(reading) ? 'time' : 'number';
}

/** The percentile that is drawn of each run where several are laid over each other. */
export const LEADING = { p95: PERCENTILES.p95 } as const;

/**
 * A chart of a run that was made with its trace; null where the run has nothing of the kind.
 * @param shares which percentiles to read: they are what takes time.
 */
export function chartOf(
  run: Run,
  id: string,
  room = ROOM,
  shares: Readonly<Record<string, number>> = PERCENTILES,
): Chart | null {
  const named = chartNamed(id);
  if (named === null) return null;
  if (named.part !== null && !run.trace!.parts.includes(named.part)) return null;
  if (named.cls !== null && !run.trace!.classes.includes(named.cls)) return null;
  const curves = curvesOf(run, named, room, shares);
  if (curves.every((curve) => curve.values.every((value) => value === null)) && named.kind !== 'failures') return null;
  return { id, ...named, unit: unitOf(named), curves };
}

/** What customers were told, by reason: the chart that comes up by itself when something fails. */
export const FAILURES = 'failures';

/** The charts to begin with: those of the readings that the scenario asks for, and failures where there are any. */
export function firstCharts(run: Run, series: readonly string[]): string[] {
  const asked = series.flatMap((name) => chartFor(name) ?? []);
  const failed = run.ledger.failed > 0 && !asked.some((id) => id.startsWith(FAILURES));
  return [...new Set([...asked, ...(failed ? [FAILURES] : [])])];
}

/** The charts that can be drawn of a part, whether or not they are. */
export function chartsOf(run: Run, part: string, series: readonly string[] = []): string[] {
  const { columns } = run.trace!.windows;
  const counted = has(run, ratesOf(run, part, null)[1]);
  const ids = [
    ...(counted ? [`rate.${part}`] : []),
    ...(Object.keys(columns).some((name) => name.startsWith(`${part}.failures.`)) ? [`failures.${part}`] : []),
    ...(counted ? [`latency.${part}`] : []),
    ...(has(run, `${part}.queue`) ? [`queue.${part}`] : []),
    ...(has(run, `${part}.busy`) ? [`busy.${part}`] : []),
    ...['inside', 'instances'].filter((name) => has(run, `${part}.${name}`)).map((name) => `level.${part}.${name}`),
    ...series.flatMap((name) => (name.startsWith(`${part}.`) ? (chartFor(name) ?? []) : [])),
  ];
  return [...new Set(ids)];
}

/** No more charts at once: a link has room for so many, and so has a page. */
export const MOST_CHARTS = 8;

/** The charts that the words of a link ask for, such as `chart:queue.server`; null when it asks for none. */
export function chartsIn(view: readonly string[]): string[] | null {
  const named = view.flatMap((word) => /^chart:(.+)$/.exec(word)?.[1] ?? []).filter((id) => chartNamed(id) !== null);
  return named.length === 0 ? null : [...new Set(named)].slice(0, MOST_CHARTS);
}

/** The one curve that stands for a chart where several runs are laid over each other. */
export function leadOf({ kind, curves }: Pick<Chart, 'kind' | 'curves'>): Curve | null {
  if (kind === 'failures') return sumOf(curves, 'failed');
  const id = kind === 'latency' ? 'p95' : kind === 'rate' ? 'answered' : null;
  return curves.find((curve) => curve.id === id) ?? curves[0] ?? null;
}
