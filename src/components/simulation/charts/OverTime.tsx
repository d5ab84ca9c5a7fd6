/** What happened over the run: the charts that were asked for, one under the other, with one cursor that is the stage's own moment. */
import { lazy, memo, Suspense, useEffect, useMemo, useRef, useState, type PointerEvent, type RefObject } from 'react';
import type { Run } from '../../../../simulations/index.ts';
import { chartOf, firstCharts, LEADING, type Chart } from '../../../core/playback/charts.ts';
import { ROOM } from '../../../core/playback/curves.ts';
import { seek } from '../../../core/playback/clock.ts';
import { useClock, useMoment, useStage } from '../context.ts';
import type { Reading } from '../prepared.ts';
import { chartIn } from '../reading.ts';
import { GhostNote } from './GhostNote.tsx';
import { Happenings, happeningsOf } from './Happenings.tsx';
import { TimeChart, type BesideChart } from './TimeChart.tsx';
import { linear } from './scale.ts';

const ChartRoom = lazy(() => import('./ChartRoom.tsx'));

/** What was shown before the reader acted, and from when on (in ticks) it is no longer so. */
export interface ChartGhost {
  reading: Reading;
  from: number;
  /** Puts it away. */
  dismiss?(): void;
}

/** Which charts are shown, where the reader has chosen, and a way to choose. */
export interface ChartChoice {
  chosen: readonly string[] | null;
  choose(charts: string[] | null): void;
}

interface OverTimeProps {
  reading: Reading;
  ghost?: ChartGhost | null;
  /** Runs of other designs under the same customers, to be laid over this one. */
  beside?: readonly Run[];
  choice?: ChartChoice;
}

const NOTHING: readonly Run[] = [];

function Cursor() {
  const clock = useClock();
  return <div className="cursor" style={{ left: `${(clock.at / Math.max(1, clock.end)) * 100}%` }} />;
}

/** How wide an element is, in pixels; a guess before it stands on a page. */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(700);
  useEffect(() => {
    const box = element.current;
    if (box === null || typeof ResizeObserver === 'undefined') return undefined;
    const measure = (): void => {
      if (box.clientWidth > 0) setWidth(box.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** The charts to be drawn, each with those of the designs beside it. */
export interface ShownChart {
  chart: Chart;
  designs: BesideChart[];
}

function shownCharts(
  reading: Reading,
  beside: readonly Run[],
  chosen: readonly string[] | null,
  series: readonly string[],
  places: readonly string[],
): ShownChart[] {
  const ids = chosen ?? [
    ...new Set([...reading.charts.map((chart) => chart.id), ...beside.flatMap((run) => firstCharts(run, series))]),
  ];
  return ids.flatMap((id) => {
    const own = chartIn(reading, id);
    const others = beside.map((run) => ({ design: run.design, chart: chartOf(run, id, ROOM, LEADING) }));
    const chart = own ?? others.find((each) => each.chart !== null)?.chart;
    if (chart == null) return [];
    const designs =
      beside.length === 0
        ? []
        : [{ design: reading.run.design, chart: own }, ...others].map((each) => ({
            ...each,
            place: Math.max(0, places.indexOf(each.design)),
          }));
    return [{ chart, designs }];
  });
}

export const OverTime = memo(function OverTime({ reading, ghost = null, beside = NOTHING, choice }: OverTimeProps) {
  const { scenario, speech, player, openWhy } = useStage();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const chosen = choice?.chosen ?? null;
  const end = reading.run.endedAt;
  const { ticks } = reading.run.time;
  const shown = useMemo(
    () =>
      shownCharts(
        reading,
        beside,
        chosen,
        scenario.show?.series ?? [],
        scenario.designs.map((design) => design.id),
      ),
    [reading, beside, chosen, scenario],
  );
  const happenings = useMemo(() => happeningsOf(reading, width), [reading, width]);
  const ghosts = useMemo(
    () =>
      ghost === null ? [] : shown.map(({ chart }) => ({ chart: chartIn(ghost.reading, chart.id), from: ghost.from })),
    [ghost, shown],
  );
  const times = useMemo(() => {
    const x = linear([0, end], [0, 100]);
    const inUnits = linear([0, end / ticks], [0, 100]);
    return inUnits.ticks(width < 400 ? 4 : 6).map((at) => ({ at: x(at * ticks), text: speech.number(at) }));
  }, [end, ticks, width, speech]);

  const slide = (event: PointerEvent): void => {
    if (player.reader() === null || (event.type === 'pointermove' && event.buttons !== 1)) return;
    // Fingers scroll the page; only a mouse or pen slides here.
    if (event.pointerType === 'touch' && event.type === 'pointermove') return;
    if ((event.target as Element).closest('button') !== null) return;
    const { left, width: across } = box.current!.getBoundingClientRect();
    const at = ((event.clientX - left) / across) * end;
    player.change((clock) => ({ ...seek(clock, at), playing: false }));
  };

  return (
    <figure className="over-time" aria-label={speech.say('charts.overTime')}>
      <div
        className="chart-stack"
        ref={box}
        onPointerDown={slide}
        onPointerMove={slide}
        onDoubleClick={() => openWhy({ kind: 'moment', at: player.clock().at })}
      >
        <Happenings reading={reading} happenings={happenings} width={width} />
        {shown.map(({ chart, designs }, index) => (
          <TimeChart
            key={chart.id}
            chart={chart}
            designs={designs}
            ghost={ghosts[index] ?? null}
            end={end}
            faults={happenings.faults}
            marks={happenings.lines}
            times={index === shown.length - 1 ? times : NO_TIMES}
            width={width}
          />
        ))}
        <Cursor />
      </div>
      <p className="axis-name">{speech.say(`charts.time.${speech.timeUnit}`)}</p>
      {ghost?.dismiss === undefined ? null : <GhostNote from={ghost.from / ticks} dismiss={ghost.dismiss} />}
      <More reading={reading} shown={shown} choice={choice} />
    </figure>
  );
});

/** Two ways on, folded away and loaded when they are asked for: other charts, and these as a table. */
function More(props: { reading: Reading; shown: ShownChart[]; choice: ChartChoice | undefined }) {
  const { speech, prefix, player } = useStage();
  const [panel, setPanel] = useState<'choose' | 'table' | null>(null);
  const isReady = useMoment(() => player.reader() !== null);
  const id = `${prefix}-charts-more`;
  const button = (name: 'choose' | 'table') => (
    <button
      type="button"
      className="plain"
      aria-expanded={panel === name}
      aria-controls={id}
      disabled={!isReady}
      onClick={() => setPanel(panel === name ? null : name)}
    >
      {speech.say(`charts.${name}`)}
    </button>
  );
  return (
    <div className="charts-more">
      <p className="charts-more-buttons">
        {props.choice === undefined ? null : button('choose')}
        {button('table')}
      </p>
      <div id={id} hidden={panel === null}>
        {panel === null ? null : (
          <Suspense fallback={null}>
            <ChartRoom {...props} panel={panel} />
          </Suspense>
        )}
      </div>
    </div>
  );
}

const NO_TIMES: { at: number; text: string }[] = [];
