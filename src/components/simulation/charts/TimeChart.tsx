/**
 * One chart over the run: its title with the values at the cursor, its lines named at their ends, what was broken shaded.
 * Of several designs it draws the line that says most of each. It does not know how the run was made.
 */
import { memo, type ReactNode } from 'react';
import { leadOf, type Chart } from '../../../core/playback/charts.ts';
import { valueAt, type Curve } from '../../../core/playback/curves.ts';
import { apart } from '../../../core/playback/labels.ts';
import { useMoment, useStage } from '../context.ts';
import { areaOf, endOf, middle, mostOf, nice, pathOf } from './lines.ts';
import { chartTitle, curveName, designName, valueOf } from './names.ts';
import { fillOf, Patterns, Swatch } from './Patterns.tsx';
import { Plot } from './Plot.tsx';
import { linear } from './scale.ts';

/** The same chart of another design. */
export interface BesideChart {
  design: string;
  /** The place of the design in its scenario, from 0: what its colour and dash go by. */
  place: number;
  chart: Chart | null;
}

export interface TimeChartProps {
  chart: Chart;
  /** Of every design that is looked at, the shown one first; empty when there is but one. */
  designs: readonly BesideChart[];
  /** The same chart of the future that was left when the reader acted, and from when on (in ticks). */
  ghost: { chart: Chart | null; from: number } | null;
  end: number;
  /** Where something was broken and where something happened, from 0 to 1000. */
  faults: readonly { key: string; from: number; to: number }[];
  marks: readonly number[];
  times: readonly { at: number; text: string }[];
  /** How wide the picture is, in pixels. */
  width: number;
}

const HEIGHTS: Record<Chart['kind'], number> = { latency: 8, rate: 6, failures: 6, queue: 4.5, busy: 4, level: 4.5 };
/** A line of letters, in pixels. */
const LETTERS = 15;
/** Room for the name of a line beside its end, in pixels. */
const NAME = 102;
/** About how wide a letter is, in pixels; Korean ones are wider, and fewer. */
const letterOf = (text: string): number => (/[가-힣]/.test(text) ? 12 : 6.6);

/** The curve of the old future that is drawn beside the new one: of a spread its mean, of layers their sum. */
const pastOf = (chart: Chart, isCompared: boolean): Curve | null =>
  (isCompared ? null : chart.curves.find((curve) => curve.id === 'mean')) ?? leadOf(chart);

interface Drawn {
  key: string;
  name: string;
  curve: Curve;
  className: string;
}

/** The lines of a chart as they are named and drawn. */
function drawnOf(props: TimeChartProps, speech: ReturnType<typeof useStage>['speech']): Drawn[] {
  const { chart, designs } = props;
  if (designs.length > 0)
    return designs.flatMap(({ design, place, chart: its }) => {
      const curve = its === null ? null : leadOf(its);
      const className = `line is-design is-design-${(place % 5) + 1}`;
      return curve === null ? [] : [{ key: design, name: designName(speech, design), curve, className }];
    });
  return chart.curves.map((curve) => ({
    key: curve.id,
    name: curveName(speech, chart, curve.id),
    curve,
    className: `line is-${chart.kind} is-${curve.id}`,
  }));
}

/** The values at the cursor, beside the names of what is drawn. */
function Head({ props, drawn, pattern }: { props: TimeChartProps; drawn: readonly Drawn[]; pattern: string }) {
  const { scenario, speech, player } = useStage();
  const { chart, designs } = props;
  const values = useMoment(() => drawn.map(({ curve }) => valueAt(curve, player.clock().at)));
  const isCompared = designs.length > 0;
  const what = isCompared && chart.kind === 'latency' ? ` (${speech.say('charts.line.p95')})` : '';
  return (
    <p className="chart-head">
      <span className="chart-title">
        {chartTitle(speech, chart, isCompared, scenario.parts)}
        {what}
      </span>{' '}
      {drawn.map(({ key, name, className }, index) => (
        <span key={key} className="chart-value">
          {drawn.length < 2 && chart.kind !== 'failures' ? null : (
            <>
              {chart.kind === 'failures' && !isCompared ? (
                <Swatch id={pattern} index={index} />
              ) : (
                <svg className="swatch" viewBox="0 0 26 10" aria-hidden="true">
                  <path className={className} d="M0 5H26" />
                </svg>
              )}{' '}
              {name}{' '}
            </>
          )}
          <strong className="digits">{valueOf(speech, chart, values[index] ?? null, key)}</strong>
        </span>
      ))}
    </p>
  );
}

/** Failures one upon the other, each reason named where there is most of it. */
function Layers({
  curves,
  end,
  y,
  id,
}: {
  curves: readonly Curve[];
  end: number;
  y: (value: number) => number;
  id: string;
}): ReactNode {
  const below = curves[0]?.values.map(() => 0) ?? [];
  return curves.map((curve, index) => {
    const low = [...below];
    curve.values.forEach((value, span) => (below[span]! += value ?? 0));
    const top: Curve = { ...curve, values: [...below] };
    return (
      <path
        key={curve.id}
        className="layer"
        style={{ fill: fillOf(id, index) }}
        d={areaOf(top, end, y, (span) => low[span] ?? 0)}
      />
    );
  });
}

interface Placed {
  key: string;
  text: string;
  left: number;
  top: number;
}

/** Names of the layers, each at its peak, none over another. */
function layerLabels(
  drawn: readonly Drawn[],
  end: number,
  y: (value: number) => number,
  width: number,
  height: number,
): Placed[] {
  const placed: (Placed & { reach: number })[] = [];
  const below = drawn[0]?.curve.values.map(() => 0) ?? [];
  for (const { key, name, curve } of drawn) {
    const peak = curve.values.reduce<number>(
      (best, value, span) => ((value ?? 0) > (curve.values[best] ?? 0) ? span : best),
      0,
    );
    const value = curve.values[peak] ?? 0;
    const reach = (name.length * letterOf(name)) / 2;
    const at = (middle(curve, peak, end) / 1000) * width;
    const left = Math.min(Math.max(at, reach), Math.max(reach, width - reach));
    let top = (y(below[peak]! + value / 2) / 100) * height;
    for (const other of placed.toSorted((a, b) => b.top - a.top)) {
      if (Math.abs(other.left - left) < other.reach + reach && Math.abs(other.top - top) < LETTERS)
        top = other.top - LETTERS;
    }
    placed.push({ key, text: name, left, top, reach });
    curve.values.forEach((each, span) => (below[span]! += each ?? 0));
  }
  return placed;
}

export const TimeChart = memo(function TimeChart(props: TimeChartProps) {
  const { chart, designs, ghost, end, faults, marks, times, width } = props;
  const { speech, prefix } = useStage();
  const isCompared = designs.length > 0;
  const drawn = drawnOf(props, speech);
  const isStacked = chart.kind === 'failures' && !isCompared;
  const past = ghost?.chart == null ? null : pastOf(ghost.chart, isCompared);
  const curves = drawn.map(({ curve }) => curve);
  const stacked = isStacked
    ? Math.max(
        0,
        ...(curves[0]?.values.map((_, span) => curves.reduce((sum, each) => sum + (each.values[span] ?? 0), 0)) ?? []),
      )
    : 0;
  const domain: [number, number] =
    chart.kind === 'busy' ? [0, 1] : nice(Math.max(stacked, mostOf(curves), past === null ? 0 : mostOf([past])));
  const y = linear(domain, [100, 0]);
  const pattern = `${prefix}-${chart.id.replaceAll(/[^a-zA-Z0-9-]/g, '-')}`;
  const height = HEIGHTS[chart.kind];
  const pixels = height * 16;
  const ticks = chart.kind === 'busy' ? [0, 1] : y.ticks(chart.kind === 'latency' ? 3 : 2);

  const isSpread = chart.kind === 'latency' && !isCompared;
  const p50 = chart.curves.find((curve) => isSpread && curve.id === 'p50');
  const p95 = chart.curves.find((curve) => isSpread && curve.id === 'p95');
  const isAlone = drawn.length === 1 && !isCompared && !isStacked;
  const ends = drawn.flatMap(({ key, name, curve, className }) => {
    const value = endOf(curve);
    return value === null ? [] : [{ key, name, className, top: (y(Math.min(value, domain[1])) / 100) * pixels }];
  });
  // A long name takes two lines where there is room for that.
  const isLong = ends.some(({ name }) => name.length * letterOf(name) > NAME);
  const isFolded = isLong && ends.length * 2 * LETTERS <= pixels;
  const tops = apart(
    ends.map(({ top }) => top),
    isFolded ? 2 * LETTERS : LETTERS,
    pixels,
  );
  const names = isStacked ? layerLabels(drawn, end, y, width, pixels) : [];

  return (
    <div className={`chart is-${chart.kind}`} data-chart={chart.id}>
      <Head props={props} drawn={drawn} pattern={pattern} />
      <Plot
        height={`${height}rem`}
        y={ticks.map((value) => ({
          at: y(value),
          text: chart.unit === 'rate' ? speech.number(value) : speech.quantity(value, chart.unit),
        }))}
        x={times}
        over={
          <>
            {names.map(({ key, text, left, top }) => (
              <span
                key={key}
                className="layer-name"
                style={{ left: `${(left / Math.max(1, width)) * 100}%`, top: `${top}px` }}
              >
                {text}
              </span>
            ))}
            {isStacked || isAlone
              ? null
              : ends.map(({ key, name, className }, index) => (
                  <span
                    key={key}
                    className={`line-name ${className}${isFolded ? ' is-folded' : ''}`}
                    style={{ top: `${tops[index]!}px` }}
                  >
                    {name}
                  </span>
                ))}
          </>
        }
      >
        {isStacked ? <Patterns id={pattern} width={width} height={pixels} /> : null}
        {faults.map((fault) => (
          <rect
            key={fault.key}
            className="fault-shade"
            x={fault.from}
            width={Math.max(1.5, fault.to - fault.from)}
            y="0"
            height="100"
          />
        ))}
        {marks.map((at) => (
          <line key={at} className="mark-line" x1={at} x2={at} y1="0" y2="100" />
        ))}
        {p50 === undefined || p95 === undefined ? null : (
          <path className="band" d={areaOf(p95, end, y, (span) => valueAt(p50, (span + 0.5) * p95.width) ?? 0)} />
        )}
        {isStacked ? <Layers curves={curves} end={end} y={y} id={pattern} /> : null}
        {isAlone ? <path className={`fill is-${chart.kind}`} d={areaOf(curves[0]!, end, y)} /> : null}
        {past === null ? null : <path className="ghost-line" d={pathOf(past, end, y, ghost!.from)} />}
        {isStacked || isAlone
          ? null
          : drawn.map(({ key, curve, className }) => (
              <path key={key} className={className} d={pathOf(curve, end, y)} />
            ))}
      </Plot>
      {isSpread ? <p className="chart-note">{speech.say('charts.percentiles')}</p> : null}
    </div>
  );
});
