/** A guess before the run is shown: a curve set point by point, or a number; then what was measured is laid over it. */
import { useEffect, useRef, useState } from 'react';
import type { SweepPoint } from '../../../../simulations/index.ts';
import { scoreOf, type Guessed } from '../../../core/playback/guess.ts';
import { useStage } from '../context.ts';
import type { SweptPlan } from '../charts/OverDial.tsx';
import { chartTitle, curveName } from '../charts/names.ts';
import type { Reading } from '../prepared.ts';
import { chartIn, sweepPlan } from '../reading.ts';
import { GuessChart } from './GuessChart.tsx';
import { curveOf, firstTop, measuredAt, placesOf, questionsOf, unitOf, type Question } from './questions.ts';

export interface GuessProps {
  reading: Reading;
  /** Which curve over a dial is drawn, if any. */
  plan: SweptPlan | null;
  /** Its points, and how many of its points are still to come. */
  points: readonly SweepPoint[];
  left: number;
  /** Whether the run is still covered. */
  isCovered: boolean;
  cover(isCovered: boolean): void;
  close(): void;
}

export default function Guess({ reading, plan, points, left, isCovered, cover, close }: GuessProps) {
  const { scenario, speech, prefix } = useStage();
  const { say } = speech;
  const questions = questionsOf(reading, scenario, plan);
  // What was to be seen before the guess gives the scale; what comes after must not.
  const [seen] = useState(reading);
  const [chosen, choose] = useState(questions[0]?.key ?? '');
  const question: Question | undefined = questions.find(({ key }) => key === chosen) ?? questions[0];
  const [tops, setTops] = useState<Record<string, number>>({});
  const [answers, setAnswers] = useState<Record<string, Record<number, number>>>({});
  const [typed, setTyped] = useState('');
  const [isMissing, setMissing] = useState(false);
  const title = useRef<HTMLParagraphElement>(null);
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => title.current?.focus(), []);
  useEffect(() => {
    if (!isCovered) said.current?.focus();
  }, [isCovered]);
  if (question === undefined) return null;

  const dial = question.kind === 'dial' ? scenario.dials.find(({ id }) => id === question.dial) : undefined;
  const unit = unitOf(question, reading);
  const quantity = (value: number): string => speech.quantity(value, unit);
  const measureName = (id: string): string => speech.words.measures[id] ?? id;
  const dialName = dial === undefined ? '' : (speech.words.dials[dial.id]?.name ?? dial.id);
  const nameOf = (each: Question): string => {
    if (each.kind === 'run') {
      const chart = chartIn(reading, each.chart) ?? chartIn(seen, each.chart);
      if (chart === null) return each.chart;
      // Of a chart with several lines one stands for it, and says which.
      const line = curveOf(reading, each.chart)?.id;
      const isOneOfSeveral = chart.curves.length > 1 && chart.kind !== 'failures' && line !== undefined;
      const what = isOneOfSeveral ? say('guess.line', { line: curveName(speech, chart, line) }) : '';
      return say('guess.overRun', { what: `${chartTitle(speech, chart, false, scenario.parts)}${what}` });
    }
    if (each.kind === 'number') return measureName(each.measure);
    const name = speech.words.dials[each.dial]?.name ?? each.dial;
    return say('charts.overDial', { measure: measureName(each.measure), dial: name });
  };
  const { ticks } = reading.run.time;
  const placeName = (x: number): string =>
    question.kind === 'run' ? speech.moment(x / ticks) : `${dialName} ${speech.number(x)}`;

  const places = placesOf(question, reading, dial === undefined ? [] : sweepPlan(dial));
  const given = answers[question.key] ?? {};
  const set = (x: number, value: number): void => {
    setMissing(false);
    setAnswers({ ...answers, [question.key]: { ...given, [x]: value } });
  };
  const isNumber = question.kind === 'number';
  // A share is typed in percent.
  const factor = unit === 'share' ? 100 : 1;
  const number = typed.trim() === '' ? Number.NaN : Number(typed.replace(',', '.')) / factor;
  const isWhole = isNumber ? Number.isFinite(number) : places.every((x) => given[x] !== undefined);
  const guessed: Guessed[] = places.map((x) => ({
    x,
    guess: isNumber ? number : (given[x] ?? 0),
    measured: measuredAt(question, x, reading, points),
  }));

  const reveal = (): void => {
    if (isWhole) cover(false);
    else setMissing(true);
  };
  const again = (): void => {
    setAnswers({});
    setTyped('');
    cover(true);
    title.current?.focus();
  };

  return (
    /* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from whatever it holds */
    <section
      className="guess"
      aria-labelledby={`${prefix}-guess`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <div className="why-bar">
        <p className="why-title" id={`${prefix}-guess`} tabIndex={-1} ref={title}>
          {say('guess.title')}
        </p>
        <span className="why-buttons">
          {isCovered ? null : (
            <button type="button" className="plain" onClick={again}>
              {say('guess.again')}
            </button>
          )}
          <button type="button" className="plain" onClick={close}>
            {say('guess.close')}
          </button>
        </span>
      </div>
      <label className="guess-what">
        {say('guess.what')}{' '}
        <select value={question.key} disabled={!isCovered} onChange={(event) => choose(event.currentTarget.value)}>
          {questions.map((each) => (
            <option key={each.key} value={each.key}>
              {nameOf(each)}
            </option>
          ))}
        </select>
      </label>
      {isCovered ? <p className="hint">{say(isNumber ? 'guess.hintNumber' : 'guess.hint')}</p> : null}

      {isNumber ? (
        <label className="guess-number">
          {say('guess.typed')}{' '}
          <input
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            disabled={!isCovered}
            aria-invalid={isMissing}
            onChange={(event) => {
              setMissing(false);
              setTyped(event.currentTarget.value.slice(0, 20));
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') reveal();
            }}
          />{' '}
          {unit === 'share'
            ? '%'
            : unit === 'time' || unit === 'rate'
              ? say(`dials.unit.${unit}.${speech.timeUnit}`)
              : null}
        </label>
      ) : (
        <GuessChart
          question={question}
          name={nameOf(question)}
          places={places}
          given={given}
          set={set}
          top={tops[question.key] ?? firstTop(question, seen)}
          setTop={(top) => setTops({ ...tops, [question.key]: top })}
          reading={reading}
          points={points}
          isCovered={isCovered}
          quantity={quantity}
          placeName={placeName}
          axis={question.kind === 'run' ? say(`charts.time.${speech.timeUnit}`) : dialName}
        />
      )}

      {isCovered ? (
        <p>
          <button type="button" className="control is-main guess-reveal" onClick={reveal}>
            {say('guess.reveal')}
          </button>{' '}
          <output>{isMissing ? say(isNumber ? 'guess.missingNumber' : 'guess.missing') : ''}</output>
        </p>
      ) : (
        <>
          <p className="guess-score" tabIndex={-1} ref={said}>
            <Verdict
              guessed={guessed}
              isNumber={isNumber}
              isUnsure={question.kind === 'number' && reading.run.measures[question.measure]?.enough === false}
              left={question.kind === 'dial' ? left : 0}
              quantity={quantity}
              placeName={placeName}
            />
          </p>
          {isNumber ? null : (
            <table className="why-counts">
              <caption>{say('guess.table')}</caption>
              <thead>
                <tr>
                  <th scope="col">{question.kind === 'run' ? say('guess.moment') : dialName}</th>
                  <th scope="col">{say('guess.you')}</th>
                  <th scope="col">{say('guess.measured')}</th>
                </tr>
              </thead>
              <tbody>
                {guessed.map(({ x, guess, measured }) => (
                  <tr key={x}>
                    <th scope="row" className="digits">
                      {question.kind === 'run' ? speech.moment(x / ticks) : speech.number(x)}
                    </th>
                    <td className="digits">{quantity(guess)}</td>
                    <td className="digits">
                      {measured === null
                        ? say(question.kind === 'dial' ? 'numbers.notEnough' : 'numbers.none')
                        : quantity(measured)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </section>
  );
}

/** How far off the guess was, in plain words. */
function Verdict({
  guessed,
  isNumber,
  isUnsure,
  left,
  quantity,
  placeName,
}: {
  guessed: readonly Guessed[];
  isNumber: boolean;
  isUnsure: boolean;
  left: number;
  quantity(value: number): string;
  placeName(x: number): string;
}) {
  const { speech } = useStage();
  const { say } = speech;
  const { error, distance, side, worst } = scoreOf(guessed);
  if (left > 0) return say('guess.still', { count: left });
  if (worst === null) return say('guess.nothing');
  const values = { x: placeName(worst.x), guess: quantity(worst.guess), measured: quantity(worst.measured) };
  const sentences: string[] = [];
  if (isNumber) sentences.push(say('guess.said', values));
  sentences.push(
    distance === null
      ? say('guess.zero')
      : say(`guess.score.${distance}`, { error: speech.quantity(error!, 'share'), times: speech.number(error!) }),
  );
  if (!isNumber && side !== 'both') sentences.push(say(`guess.side.${side}`));
  if (!isNumber && distance !== 'very-close') sentences.push(say('guess.worst', values));
  if (isUnsure) sentences.push(say('guess.unsure'));
  return sentences.join(' ');
}
