/**
 * A curve to be drawn before the run is shown. Each point is a slider standing in the chart: dragged, tapped, or moved by keys.
 * After the check the measured curve is laid over the drawn one, and a table says the same in numbers.
 */
import { type CSSProperties, type ReactNode } from 'react';
import { own } from '../../../../core/quiz/question.ts';
import { pointsOf, type Point, type Prediction } from '../../../../core/quiz/types/prediction/grading.ts';
import { Mark } from '../../Mark.tsx';
import { useMeasured, WhereMeasured } from '../../use-measured.tsx';
import type { ViewProps } from '../../view.ts';
import { useSpeech } from '../../words.tsx';
import { PointSlider } from './PointSlider.tsx';

/** Where the first and the last point stand, in percent of the chart's width: room for labels at both ends. */
const [leftEnd, rightEnd] = [9, 87];

/** Round marks on the upright axis: about three. */
function ticks(max: number): number[] {
  const rough = max / 3;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * unit).find((size) => size >= rough) ?? max;
  return Array.from({ length: Math.floor(max / step + 1e-9) + 1 }, (_, at) => at * step);
}

export function PredictionView({
  question: asked,
  answer,
  onChange,
  phase,
  verdict,
  prefix,
  promptId,
}: ViewProps<Prediction, Record<string, number>>): ReactNode {
  const { say, language } = useSpeech();
  const isOpen = phase === 'asking';
  const { question, live } = useMeasured(asked, !isOpen);
  const { facts, words } = question;
  const { max, step, digits } = facts.axis;
  const points = pointsOf(question);
  const [low, high] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 1];
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const exact = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits + 1,
    maximumFractionDigits: digits + 1,
  });
  const plainNumber = new Intl.NumberFormat(language);

  const across = (x: number): number => leftEnd + ((x - low) / (high - low)) * (rightEnd - leftEnd);
  const up = (y: number): number => (1 - Math.min(y, max) / max) * 100;
  const heightOf = ({ key, given, measured }: Point): number | undefined =>
    given ? (measured.value ?? undefined) : own(answer, key);
  const start = points.findLast(({ given }) => given)?.measured.value ?? 0;
  const path = (along: readonly { x: number; y: number }[]): string =>
    along.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${across(x)} ${up(y)}`).join('');

  const drawn = points.flatMap((point) => {
    const y = heightOf(point);
    return y === undefined ? [] : [{ x: point.x, y }];
  });
  const measured = points.flatMap(({ x, measured: { value, halfWidth } }) =>
    value === null ? [] : [{ x, y: value, half: halfWidth ?? 0 }],
  );
  const band = `${path(measured.map(({ x, y, half }) => ({ x, y: y + half })))}${path(measured.toReversed().map(({ x, y, half }) => ({ x, y: Math.max(0, y - half) }))).replace('M', 'L')}Z`;
  const place = (x: number, y: number): CSSProperties => ({ left: `${across(x)}%`, top: `${up(y)}%` });
  const last = points.at(-1);
  const lastDrawn = last === undefined ? undefined : own(answer, last.key);
  const lastMeasured = last?.measured.value ?? null;
  // Labels at the end of the lines keep a line's height apart, the higher line's label above.
  const tooNear = lastDrawn !== undefined && lastMeasured !== null && Math.abs(up(lastDrawn) - up(lastMeasured)) < 8;
  const nudge = (above: boolean): string | undefined =>
    tooNear && !isOpen ? (above ? 'is-above' : 'is-below') : undefined;

  return (
    <fieldset className="quiz-prediction" aria-labelledby={promptId}>
      {isOpen && <p className="quiz-hint">{say('prediction.hint')}</p>}
      <div className="quiz-chart">
        <p className="quiz-axis-y">
          {words.y}, {words.unit}
        </p>
        <div className="quiz-plot">
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            {ticks(max).map((y) => (
              <line key={y} className="grid" x1="0" x2="100" y1={up(y)} y2={up(y)} />
            ))}
            {!isOpen && <path className="measured-band" d={band} />}
            {!isOpen && <path className="measured" d={path(measured)} />}
            <path className="drawn" d={path(drawn)} />
          </svg>
          {ticks(max).map((y) => (
            <span key={y} className="quiz-tick-y" style={{ top: `${up(y)}%` }} aria-hidden="true">
              {plainNumber.format(Number(y.toPrecision(6)))}
            </span>
          ))}
          {points.map((point) => {
            const { x, key, given } = point;
            const y = heightOf(point);
            const isSet = y !== undefined;
            const height = y ?? start;
            if (given || !isOpen)
              return isSet ? (
                <span
                  key={key}
                  className={given ? 'quiz-dot is-given' : 'quiz-dot'}
                  style={place(x, height)}
                  aria-hidden="true"
                />
              ) : null;
            return (
              <PointSlider
                key={key}
                across={across(x)}
                max={max}
                step={step}
                height={y}
                start={start}
                label={say('prediction.point', { x: plainNumber.format(x), along: words.x, what: words.y })}
                printed={format.format(height)}
                spoken={isSet ? `${format.format(height)} ${words.unit}` : say('prediction.unset')}
                set={(next) => onChange({ ...answer, [key]: next })}
              />
            );
          })}
          {isOpen &&
            points
              .filter(({ given }) => given)
              .map(({ key, x, measured: { value } }) => (
                <span key={key} className="quiz-given-label" style={place(x, value ?? 0)}>
                  {exact.format(value ?? 0)} {words.unit}
                </span>
              ))}
          {!isOpen &&
            measured.map(({ x, y }) => (
              <span key={x} className="quiz-dot is-measured" style={place(x, y)} aria-hidden="true" />
            ))}
          {!isOpen && lastMeasured !== null && (
            <span
              className={`quiz-line-label is-measured ${nudge(lastMeasured > (lastDrawn ?? 0)) ?? ''}`}
              style={{ top: `${up(lastMeasured)}%` }}
              aria-hidden="true"
            >
              {say('prediction.measured')}
            </span>
          )}
          {!isOpen && lastDrawn !== undefined && (
            <span
              className={`quiz-line-label ${nudge(lastDrawn >= (lastMeasured ?? 0)) ?? ''}`}
              style={{ top: `${up(lastDrawn)}%` }}
              aria-hidden="true"
            >
              {say('prediction.you')}
            </span>
          )}
        </div>
        <div className="quiz-ticks-x" aria-hidden="true">
          {points.map(({ x, key }) => (
            <span key={key} style={{ left: `${across(x)}%` }}>
              {plainNumber.format(x)}
            </span>
          ))}
        </div>
        <p className="quiz-axis-x">{words.x}</p>
      </div>
      {!isOpen && (
        <table className="quiz-table numbers">
          <caption className="only-read-aloud">{say('prediction.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{words.x}</th>
              <th scope="col">{say('prediction.youColumn')}</th>
              <th scope="col">{say('prediction.measuredColumn')}</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ x, key, given, measured: { value, halfWidth, enough } }) => {
              const judged = verdict === null ? undefined : own(verdict.parts, key);
              const drawnHeight = own(answer, key);
              return (
                <tr key={key} id={`${prefix}-row-${key}`}>
                  <th scope="row">{plainNumber.format(x)}</th>
                  <td>
                    {given ? '–' : drawnHeight === undefined ? '–' : `${format.format(drawnHeight)} ${words.unit}`}
                    {typeof judged === 'boolean' && (
                      <>
                        {' '}
                        <Mark right={judged} />
                        <span className="only-read-aloud"> {say(judged ? 'prediction.near' : 'prediction.far')}</span>
                      </>
                    )}
                  </td>
                  <td>
                    {value === null ? '–' : `${exact.format(value)} ${words.unit}`}
                    {value !== null && halfWidth !== null && (
                      <span className="quiz-within"> ± {exact.format(halfWidth)}</span>
                    )}
                    {!enough && <span> {say('notEnough')}</span>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {!isOpen && <WhereMeasured live={live} />}
    </fieldset>
  );
}
