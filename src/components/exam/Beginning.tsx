/** Before an exam: how long it shall be and when its answers are explained; and the exams that were handed in before. */
import { useId, useState, type ReactNode } from 'react';
import { examSizes } from '../../core/exam/draw.ts';
import type { Placed } from '../../core/exam/report.ts';
import type { Sitting } from '../../core/exam/sitting.ts';
import type { Say } from '../quiz/words.tsx';

interface BeginningProps {
  say: Say;
  language: string;
  pool: readonly Placed[];
  earlier: readonly Sitting[];
  onBegin(count: number, atOnce: boolean): void;
  onLook(exam: string): void;
}

export function Beginning({ say, language, pool, earlier, onBegin, onLook }: BeginningProps): ReactNode {
  const id = useId();
  const sizes = examSizes(pool.length);
  const [size, setSize] = useState(sizes[0] ?? 0);
  const [isAtOnce, setIsAtOnce] = useState(false);
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });
  const topics = new Set(pool.map(({ topic }) => topic)).size;
  return (
    <>
      <section aria-labelledby={`${id}-new`}>
        <h2 id={`${id}-new`} tabIndex={-1}>
          {say('begin.title')}
        </h2>
        <p className="numbers">{say('begin.pool', { questions: pool.length, topics })}</p>
        <form
          className="exam-choices"
          onSubmit={(event) => {
            event.preventDefault();
            onBegin(size, isAtOnce);
          }}
        >
          <fieldset>
            <legend>{say('begin.count')}</legend>
            <div className="exam-sizes">
              {sizes.map((one) => (
                <label key={one} className="quiz-option">
                  <input type="radio" name={`${id}-size`} checked={size === one} onChange={() => setSize(one)} />
                  <span className="numbers">
                    {one === pool.length && sizes.length > 1
                      ? say('begin.all', { count: one })
                      : say('begin.size', { count: one })}
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
          <fieldset>
            <legend>{say('begin.when')}</legend>
            <div className="quiz-options">
              {[false, true].map((atOnce) => (
                <label key={String(atOnce)} className="quiz-option">
                  <input
                    type="radio"
                    name={`${id}-when`}
                    checked={isAtOnce === atOnce}
                    onChange={() => setIsAtOnce(atOnce)}
                  />
                  <span>
                    {say(atOnce ? 'begin.atOnce' : 'begin.atEnd')}
                    <span className="quiz-hint exam-hint">{say(atOnce ? 'begin.atOnceHint' : 'begin.atEndHint')}</span>
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
          <p>
            <button type="submit" className="button">
              {say('begin.go')}
            </button>
          </p>
        </form>
      </section>
      {earlier.length > 0 && (
        <section aria-labelledby={`${id}-earlier`}>
          <h2 id={`${id}-earlier`}>{say('earlier.title')}</h2>
          <table className="exam-table numbers">
            <thead>
              <tr>
                <th scope="col">{say('earlier.when')}</th>
                <th scope="col">{say('earlier.right')}</th>
                <th scope="col">{say('earlier.report')}</th>
              </tr>
            </thead>
            <tbody>
              {earlier.toReversed().map(({ exam, begun, ended, judged, questions }) => {
                const when = date.format(ended ?? begun);
                const right = [...judged.values()].filter((one) => one.right).length;
                return (
                  <tr key={exam}>
                    <th scope="row">{when}</th>
                    <td>{say('report.count', { right, of: questions.length })}</td>
                    <td>
                      <button
                        type="button"
                        className="quiz-plain"
                        aria-label={say('earlier.lookAt', { date: when })}
                        onClick={() => onLook(exam)}
                      >
                        {say('earlier.look')}
                      </button>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
