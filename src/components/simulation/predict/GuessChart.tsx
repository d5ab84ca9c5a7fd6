/** The chart that a curve is guessed on, point by point; once it is shown the measured curve lies over it. */
import { area, line } from 'd3-shape';
import type { SweepPoint } from '../../../../simulations/index.ts';
import { roundUp } from '../../../core/playback/guess.ts';
import { PointSlider } from '../../quiz/types/prediction/PointSlider.tsx';
import { useStage } from '../context.ts';
import type { Reading } from '../prepared.ts';
import { curveOf, relied, unitOf, type Question } from './questions.ts';
import { linear } from '../charts/scale.ts';

/** Where the first and the last place stand, in percent of the chart's width: half a slider of room at both ends. */
const [leftEnd, rightEnd] = [4, 96];
/** Presses of an arrow key from the bottom to the top. */
const STEPS = 100;

export interface GuessChartProps {
  question: Exclude<Question, { kind: 'number' }>;
  name: string;
  places: readonly number[];
  given: Record<number, number>;
  set(x: number, value: number): void;
  top: number;
  setTop(top: number): void;
  reading: Reading;
  points: readonly SweepPoint[];
  isCovered: boolean;
  quantity(value: number): string;
  placeName(x: number): string;
  axis: string;
}

export function GuessChart(props: GuessChartProps) {
  const { question, name, places, given, set, top, setTop, reading, points, isCovered, quantity, placeName, axis } =
    props;
  const { speech } = useStage();
  const { say } = speech;
  const { ticks } = reading.run.time;
  const isShare = unitOf(question, reading) === 'share';
  const curve = question.kind === 'run' ? curveOf(reading, question.chart) : null;
  const spans =
    curve?.values.map((y, span) => ({ x: Math.min(reading.run.endedAt, (span + 0.5) * curve.width), y })) ?? [];
  const swept = question.kind === 'dial' ? relied(points) : [];
  const highest = Math.max(0, ...spans.map(({ y }) => y ?? 0), ...swept.map(({ estimate }) => estimate.value!));
  // Once it is shown the chart is as high as either of the two.
  const most = isCovered || isShare ? top : Math.max(top, roundUp(highest));
  const [low, high] = question.kind === 'run' ? [0, reading.run.endedAt] : [places[0]!, places.at(-1)!];
  const x = linear([low, Math.max(high, low + 1e-9)], [leftEnd, rightEnd]);
  const y = linear([0, most], [100, 0], true);

  const drawn = places.flatMap((at) => (given[at] === undefined ? [] : [{ at, height: given[at] }]));
  const drawnPath = line<{ at: number; height: number }>()
    .x(({ at }) => x(at))
    .y(({ height }) => y(height))(drawn);
  const measuredPath =
    question.kind === 'run'
      ? line<{ x: number; y: number | null }>()
          .defined((point) => point.y !== null)
          .x((point) => x(point.x))
          .y((point) => y(point.y!))(spans)
      : line<SweepPoint>()
          .x((point) => x(point.x))
          .y(({ estimate }) => y(estimate.value!))(swept);
  const band = area<SweepPoint>()
    .x((point) => x(point.x))
    .y0(({ estimate }) => y(estimate.value! - (estimate.halfWidth ?? 0)))
    .y1(({ estimate }) => y(estimate.value! + (estimate.halfWidth ?? 0)))(swept);

  return (
    <div className="guess-chart">
      <div className="guess-axis">
        <span>{name}</span>
        {isCovered && !isShare ? (
          <span className="guess-scale">
            <span>{say('guess.scale', { top: quantity(most) })}</span>
            <button
              type="button"
              className="control is-small"
              aria-label={say('guess.lower')}
              onClick={() => setTop(top / 2)}
            >
              −
            </button>
            <button
              type="button"
              className="control is-small"
              aria-label={say('guess.higher')}
              onClick={() => setTop(top * 2)}
            >
              +
            </button>
          </span>
        ) : null}
      </div>
      <div className="quiz-plot">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          {y.ticks(4).map((value) => (
            <line key={value} className="grid" x1="0" x2="100" y1={y(value)} y2={y(value)} />
          ))}
          {isCovered ? null : <path className="measured-band" d={band ?? ''} />}
          {isCovered ? null : <path className="measured" d={measuredPath ?? ''} />}
          <path className="drawn" d={drawnPath ?? ''} />
        </svg>
        {y.ticks(4).map((value) => (
          <span key={value} className="quiz-tick-y" style={{ top: `${y(value)}%` }} aria-hidden="true">
            {quantity(value)}
          </span>
        ))}
        {places.map((at) =>
          isCovered ? (
            <PointSlider
              key={at}
              across={x(at)}
              max={most}
              step={most / STEPS}
              height={given[at]}
              start={most / 2}
              label={say('guess.point', { what: name, x: placeName(at) })}
              printed={quantity(given[at] ?? 0)}
              spoken={given[at] === undefined ? say('guess.unset') : quantity(given[at])}
              set={(value) => set(at, value)}
            />
          ) : (
            <span
              key={at}
              className="quiz-dot"
              style={{ left: `${x(at)}%`, top: `${y(given[at] ?? 0)}%` }}
              aria-hidden="true"
            />
          ),
        )}
      </div>
      <div className="quiz-ticks-x" aria-hidden="true">
        {places.map((at) => (
          <span key={at} style={{ left: `${x(at)}%` }}>
            {speech.number(question.kind === 'run' ? at / ticks : at)}
          </span>
        ))}
      </div>
      <p className="axis-name">{axis}</p>
      <p className="chart-note">
        <span className="key-line is-guess" /> {say('guess.you')}{' '}
        {isCovered ? null : (
          <>
            <span className="key-line is-real" /> {say('guess.measured')}
          </>
        )}
      </p>
    </div>
  );
}
