/** What came of an exam: how much was right, of what, how sure one was, what to read again, and every answer. It prints. */
import { useId, type ReactNode, type Ref } from 'react';
import { comparison, reportOf, toRead, type Count, type Line, type Placed } from '../../core/exam/report.ts';
import type { Sitting } from '../../core/exam/sitting.ts';
import { own, type Question } from '../../core/quiz/question.ts';
import { Calibration } from '../quiz/Calibration.tsx';
import { Explanation } from '../quiz/Explanation.tsx';
import { Mark } from '../quiz/Mark.tsx';
import { typeViews } from '../quiz/types/index.ts';
import { Prose, useSpeech, type Say } from '../quiz/words.tsx';
import type { CourseMaterial } from '../review/material.ts';
import { toldParts, toldText, withUnit, type TellingAnswer } from './answer-told.ts';
import type { Fetched } from './use-material.ts';

interface ReportProps {
  say: Say;
  language: string;
  sitting: Sitting;
  sittings: readonly Sitting[];
  course: CourseMaterial;
  placed: readonly Placed[];
  fetched: Fetched;
  review: string;
  titleRef: Ref<HTMLHeadingElement>;
  onLeave(): void;
}

/** A share as a seam that is sewn so far. The number beside it says the same. */
function Share({ right, of }: Count): ReactNode {
  return (
    <span className="kept-seam exam-share" aria-hidden="true">
      <span className="stitched" />
      <span
        className="stitched is-read"
        style={{ clipPath: `inset(0 ${of === 0 ? 100 : (1 - right / of) * 100}% 0 0)` }}
      />
    </span>
  );
}

function Counts({
  say,
  title,
  of,
  rows,
}: {
  say: Say;
  title: string;
  of: string;
  rows: (Count & { id: string; name: ReactNode })[];
}): ReactNode {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <table className="exam-table numbers" aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{of}</th>
            <th scope="col">{say('earlier.right')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id: key, name, ...count }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>
                <span className="exam-count">{say('report.count', { right: count.right, of: count.of })}</span>{' '}
                <Share {...count} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function Report(props: ReportProps): ReactNode {
  const { say, language, sitting, sittings, course, placed, fetched, review, titleRef, onLeave } = props;
  const { say: sayQuiz } = useSpeech();
  const report = reportOf(sitting, placed);
  const { right, of, open, score, firstMet, metBefore, lines, calibration } = report;
  const reading = toRead(report, placed);
  const all = comparison(sittings, sitting.exam);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const surprises = lines.filter(({ outcome, confidence }) => outcome === 'wrong' && confidence === 'sure').length;
  const lessonOf = (id: string) => course.lessons.find((lesson) => lesson.id === id);
  const sectionOf = ({ lesson, reread }: Placed): string =>
    lessonOf(lesson)?.sections.find(({ id }) => id === reread)?.title ?? lessonOf(lesson)?.title ?? lesson;
  const promptOf = ({ lesson, question }: Line): ReactNode => {
    const found = fetched.question(lesson, question);
    return found === undefined ? say('report.gone', { question }) : <Prose text={found.words.prompt} />;
  };
  const partly = score - right / Math.max(1, of) > 0.004;

  return (
    <div className="exam-report">
      <h2 tabIndex={-1} ref={titleRef}>
        {say('report.title', { date: day.format(sitting.ended ?? sitting.begun) })}
      </h2>
      <p className="exam-sum numbers">{say('report.right', { right, of })}</p>
      {(partly || open > 0) && (
        <p className="numbers">
          {partly && say('report.partly', { share: score })} {open > 0 && say('report.open', { count: open })}
        </p>
      )}
      <p className="exam-actions">
        <button type="button" className="button quiet" onClick={() => print()}>
          {say('report.print')}
        </button>{' '}
        <button type="button" className="quiz-plain" onClick={onLeave}>
          {say('report.another')}
        </button>
      </p>

      <Counts
        say={say}
        title={say('report.byTopic')}
        of={say('report.topic')}
        rows={report.byTopic.map((group) => ({ ...group, name: own(course.topics, group.id) ?? group.id }))}
      />
      {report.byPart.length > 1 && (
        <Counts
          say={say}
          title={say('report.byPart')}
          of={say('report.part')}
          rows={report.byPart.map((group) => {
            const part = course.parts.find(({ id }) => id === group.id);
            return { ...group, name: part === undefined ? group.id : <a href={part.address}>{part.title}</a> };
          })}
        />
      )}

      {firstMet.of + metBefore.of > 0 && (
        <section>
          <h3>{say('report.firstTries')}</h3>
          <ul className="numbers">
            {firstMet.of > 0 && <li>{say('report.firstMet', { ...firstMet })}</li>}
            {metBefore.of > 0 && <li>{say('report.metBefore', { ...metBefore })}</li>}
          </ul>
        </section>
      )}

      {lines.some(({ confidence }) => confidence !== null) && (
        <section>
          <h3>{say('report.calibration')}</h3>
          <Calibration
            calibration={{
              guess: { tries: calibration.guess.of, right: calibration.guess.right },
              fair: { tries: calibration.fair.of, right: calibration.fair.right },
              sure: { tries: calibration.sure.of, right: calibration.sure.right },
            }}
          />
          {surprises > 0 && <p>{say('report.surprises', { count: surprises })}</p>}
        </section>
      )}

      {all.length > 1 ? (
        <Counts
          say={say}
          title={say('report.compare')}
          of={say('report.exam')}
          rows={all.toReversed().map(({ exam, at, ...count }) => ({
            ...count,
            id: exam,
            name: exam === sitting.exam ? `${time.format(at)} (${say('report.thisOne')})` : time.format(at),
          }))}
        />
      ) : (
        <p className="quiz-hint">{say('report.first')}</p>
      )}

      {reading.length > 0 && (
        <section>
          <h3>{say('report.reread')}</h3>
          <ul className="quiz-reread">
            {reading.map(({ placed: place, missed }) => (
              <li key={`${place.lesson}#${place.reread}`}>
                <p>
                  <a href={`${lessonOf(place.lesson)?.address ?? ''}#${place.reread}`}>{sectionOf(place)}</a>{' '}
                  <span className="exam-where">{lessonOf(place.lesson)?.title}</span>
                </p>
                <ul>
                  {missed.map((line) => (
                    <li key={line.key}>{promptOf(line)}</li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
          <p className="exam-review">
            {say('report.review')} <a href={review}>{say('report.toReview')}</a>
          </p>
        </section>
      )}

      <section>
        <h3>{say('report.each')}</h3>
        <ol className="exam-each">
          {lines.map((line) => (
            <li key={line.key}>
              <p className="exam-asked-for">{promptOf(line)}</p>
              <Answered
                say={say}
                sayQuiz={sayQuiz}
                language={language}
                line={line}
                sitting={sitting}
                fetched={fetched}
              />
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

interface AnsweredProps {
  say: Say;
  sayQuiz: Say;
  language: string;
  line: Line;
  sitting: Sitting;
  fetched: Fetched;
}

/** One answer, what it should have been, and why. */
function Answered({ say, sayQuiz, language, line, sitting, fetched }: AnsweredProps): ReactNode {
  const { key, lesson, question: id, outcome, confidence } = line;
  const question = fetched.question(lesson, id);
  const judged = sitting.judged.get(key);
  const typeView = question && own(typeViews as Record<string, (typeof typeViews)[string]>, question.facts.type);
  const verdictWords = say('report.outcome', { outcome });
  const verdictLine = (
    <p className="quiz-verdict">
      {outcome !== 'open' && <Mark right={outcome === 'right'} />}
      {verdictWords}
      {outcome === 'wrong' && confidence === 'sure' && <span className="exam-surprise">{say('report.surprise')}</span>}
    </p>
  );
  if (question === undefined || typeView === undefined) return verdictLine;
  const { grading } = typeView;
  // An answer to another revision answered something else: its words would not fit.
  const given = judged?.rev === question.facts.rev ? grading.read(question, judged.answer) : null;
  const verdict = given === null ? null : grading.grade(question, given);
  return (
    <>
      {verdictLine}
      <Answers
        say={say}
        question={question}
        telling={{ language, judgements: { true: sayQuiz('kprime.true'), false: sayQuiz('kprime.false') } }}
        given={given}
        answer={grading.key(question)}
        isRight={outcome === 'right'}
      />
      <details>
        <summary>{say('report.why')}</summary>
        <Explanation
          verdict={verdictWords}
          isRight={outcome === 'right'}
          feedback={given === null || verdict === null ? [] : grading.feedback(question, given, verdict, true)}
          links={own(fetched.links(lesson), id) ?? {}}
          because={question.words.because}
        />
      </details>
    </>
  );
}

interface AnswersProps {
  say: Say;
  question: Question;
  telling: TellingAnswer;
  given: unknown;
  answer: unknown;
  isRight: boolean;
}

/** What was answered beside what is right: a line each, or a table where an answer has parts with names of their own. */
function Answers({ say, question, telling, given, answer, isRight }: AnswersProps): ReactNode {
  const right = toldParts(answer, answer, question, telling);
  const mine = toldParts(given, answer, question, telling);
  if (right === null || mine === null) {
    const text = given === null ? '' : toldText(given, question, telling);
    return (
      <>
        {text !== '' && <p>{say('report.yours', { answer: text })}</p>}
        {!isRight && <p>{say('report.answer', { answer: withUnit(toldText(answer, question, telling), question) })}</p>}
      </>
    );
  }
  return (
    <table className="exam-table exam-answers numbers">
      <thead>
        <tr>
          <th scope="col">
            <span className="only-read-aloud">{say('report.partColumn')}</span>
          </th>
          {given !== null && <th scope="col">{say('report.yoursColumn')}</th>}
          {!isRight && <th scope="col">{say('report.answerColumn')}</th>}
        </tr>
      </thead>
      <tbody>
        {right.map(({ key, name, value }, at) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {given !== null && <td>{mine[at]?.value ?? '–'}</td>}
            {!isRight && <td>{value ?? '–'}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
