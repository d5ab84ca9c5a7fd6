/**
 * The self-quiz of a part: all questions of its lessons, mixed, one at a time, until the reader has had enough. Where a round
 * stands follows from the record, so a reload changes nothing. First tries are those in the lessons, whatever is answered here.
 */
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { currentRound, roundOrder } from '../../core/exam/round.ts';
import type { Placed } from '../../core/exam/report.ts';
import { progressOf, type QuizEvent } from '../../core/quiz/progress.ts';
import { own } from '../../core/quiz/question.ts';
import { keyOf, type LogEntry } from '../../core/review/schedule.ts';
import { learnerRecord, type Happening, type LearnerRecord } from '../../storage/index.ts';
import { Links } from '../quiz/Explanation.tsx';
import { KeepingBanner } from '../quiz/Keeping.tsx';
import { QuestionCard } from '../quiz/QuestionCard.tsx';
import type { RecordView } from '../quiz/use-record.ts';
import { Prose, sayer, Speaking, type Messages, type Say } from '../quiz/words.tsx';
import { useWhole } from '../record/use-whole.ts';
import { questionsOf } from './questions-of.ts';
import { useCourse, useQuestions, type Fetched } from './use-material.ts';

export interface PartQuizIslandProps {
  part: string;
  language: string;
  /** Messages below `selfQuiz`. */
  messages: Messages;
  /** Messages below `quiz`. */
  quizMessages: Messages;
  /** Where the outline of the course is. */
  course: string;
  /** Begins the address of each lesson's questions. */
  questions: string;
  /** For tests: another record than the browser's, and another clock. */
  open?: () => LearnerRecord;
  now?: () => number;
}

export default function PartQuizIsland(props: PartQuizIslandProps): ReactNode {
  const { part, language, messages, quizMessages, questions, open = learnerRecord, now = Date.now } = props;
  const say = useMemo(() => sayer(messages, language), [messages, language]);
  const sayQuiz = useMemo(() => sayer(quizMessages, language), [quizMessages, language]);
  const whole = useWhole(open);
  const { course, retry } = useCourse(props.course);
  /** The round that the reader is in, once something was answered in this sitting: it may be looked at when it is over. */
  const [round, setRound] = useState<number | null>(null);
  const [atHand, setAtHand] = useState<string | null>(null);
  const [putOff, setPutOff] = useState<readonly string[]>([]);
  const [isStopped, setIsStopped] = useState(false);
  const [drafts, setDrafts] = useState<Readonly<Record<string, unknown>>>({});
  const [hints, setHints] = useState<Readonly<Record<string, number>>>({});
  const [moves, setMoves] = useState(0);
  const frame = useRef<HTMLDivElement>(null);

  const placed = useMemo(
    () => (course === null || course === 'failed' ? [] : questionsOf(course).filter((one) => one.part === part)),
    [course, part],
  );
  const fetched = useQuestions(
    placed.map(({ lesson }) => lesson),
    questions,
  );
  const log = whole.entries as readonly LogEntry[];
  const time = now();
  const here = currentRound(log, placed, time, round !== null);
  const isOn = round === null || here.number === round;
  const shownRound = isOn ? here : currentRound(log, placed, time, false);
  const order = roundOrder(placed, part, shownRound.number);
  const isLooking = !whole.isRead || course === null || (course !== 'failed' && fetched.state === 'looking');
  const isFailed = course === 'failed' || fetched.state === 'failed';

  const keyAt = ({ lesson, question }: Placed): string => keyOf(lesson, question);
  const isThere = (one: Placed): boolean => fetched.question(one.lesson, one.question)?.facts.rev === one.rev;
  const left = order.filter((one) => !shownRound.done.has(keyAt(one)) && isThere(one));
  // What was put off comes last.
  const waiting = [
    ...left.filter((one) => !putOff.includes(keyAt(one))),
    ...left.filter((one) => putOff.includes(keyAt(one))),
  ];
  const chosen = order.find((one) => keyAt(one) === atHand) ?? (isStopped ? undefined : waiting[0]);

  useEffect(() => {
    if (moves > 0) frame.current?.querySelector<HTMLElement>('.quiz-title, .review-rest h2')?.focus();
  }, [moves]);

  const go = (isPutOff: boolean): void => {
    const key = chosen === undefined ? null : keyAt(chosen);
    if (isPutOff && key !== null) setPutOff((before) => [...before.filter((one) => one !== key), key]);
    setAtHand(null);
    setMoves((before) => before + 1);
  };

  const ask = (one: Placed): ReactNode => {
    const question = fetched.question(one.lesson, one.question);
    if (question === undefined || course === null || course === 'failed') return null;
    const key = keyAt(one);
    const events = shownRound.events.filter(
      ({ lesson, question: id }) => lesson === one.lesson && id === one.question,
    ) as unknown as QuizEvent[];
    const standing = progressOf([question.facts], events).questions[0]!;
    const record: RecordView = {
      keeping: whole.keeping,
      isRead: whole.isRead,
      entries: [],
      events,
      drafts: own(drafts, key) === undefined ? {} : { [one.question]: drafts[key] },
      hintsSeen: { [one.question]: own(hints, key) ?? 0 },
      keepHints: (_question, count) => setHints((before) => ({ ...before, [key]: count })),
      append: (happening) => {
        setAtHand(key);
        setRound(shownRound.number);
        void open().append({ ...happening, lesson: one.lesson, occasion: 'part', exam: null } as Happening);
      },
      keepDraft: (_question, answer) => setDrafts((before) => ({ ...before, [key]: answer })),
    };
    const isDone = standing.state === 'right' || standing.state === 'revealed';
    const others = waiting.filter((other) => keyAt(other) !== key).length;
    return (
      <QuestionCard
        key={key}
        question={question}
        progress={standing}
        record={record}
        links={own(fetched.links(one.lesson), one.question) ?? {}}
        title={course.lessons.find(({ id }) => id === one.lesson)?.title ?? one.lesson}
      >
        <div className="quiz-onwards">
          <button
            type="button"
            className="quiz-plain"
            onClick={() => {
              setIsStopped(true);
              go(false);
            }}
          >
            {say('stop')}
          </button>
          <button type="button" className={isDone ? 'button' : 'quiz-plain'} onClick={() => go(!isDone)}>
            {isDone ? say(others > 0 ? 'next' : 'finish') : say('skip')}
          </button>
        </div>
      </QuestionCard>
    );
  };

  return (
    <Speaking say={sayQuiz} language={language}>
      <div ref={frame} className="quiz kept exam" data-read={!isLooking || undefined}>
        <KeepingBanner keeping={whole.keeping} open={open} />
        {isLooking && !isFailed && <p className="quiz-hint">{say('looking')}</p>}
        {isFailed && (
          <div className="review-rest">
            <p>{say('failed')}</p>
            <button type="button" className="button quiet" onClick={course === 'failed' ? retry : fetched.retry}>
              {say('again')}
            </button>
          </div>
        )}
        {!isLooking && !isFailed && placed.length > 0 && (
          <>
            <h2 className="review-way numbers">{say('left', { done: shownRound.done.size, of: order.length })}</h2>
            {chosen === undefined ? (
              <Ending
                say={say}
                events={shownRound.events}
                questions={order}
                fetched={fetched}
                left={left.length}
                onGoOn={() => {
                  setIsStopped(false);
                  setMoves((before) => before + 1);
                }}
                onMore={() => {
                  setRound(null);
                  setIsStopped(false);
                  setPutOff([]);
                  setMoves((before) => before + 1);
                }}
              />
            ) : (
              <section className="quiz-frame" aria-label={say('name')}>
                {ask(chosen)}
              </section>
            )}
          </>
        )}
      </div>
    </Speaking>
  );
}

interface EndingProps {
  say: Say;
  events: readonly LogEntry[];
  questions: readonly Placed[];
  fetched: Fetched;
  left: number;
  onGoOn(): void;
  onMore(): void;
}

/** How a round went, so far or as a whole. */
function Ending({ say, events, questions, fetched, left, onGoOn, onMore }: EndingProps): ReactNode {
  const first = new Map<string, boolean>();
  for (const { kind, lesson, question = '', right } of events)
    if (kind === 'attempt' && !first.has(keyOf(lesson, question))) first.set(keyOf(lesson, question), right === true);
  const missed = questions.filter(({ lesson, question }) => first.get(keyOf(lesson, question)) === false);
  return (
    <section className="review-rest">
      <h2 tabIndex={-1}>{say('end.title')}</h2>
      <p className="numbers">
        {first.size === 0
          ? say('end.none')
          : say('end.right', { right: [...first.values()].filter(Boolean).length, of: first.size })}
      </p>
      {left > 0 && <p className="numbers">{say('end.open', { count: left })}</p>}
      {missed.length > 0 && (
        <>
          <h3>{say('end.reread')}</h3>
          <ul className="quiz-reread">
            {missed.map(({ lesson, question }) => (
              <li key={keyOf(lesson, question)}>
                <p>
                  <Prose text={fetched.question(lesson, question)?.words.prompt ?? question} />
                </p>
                <Links links={own(own(fetched.links(lesson), question) ?? {}, 'reread')} />
              </li>
            ))}
          </ul>
          <p className="quiz-hint">{say('end.kind')}</p>
        </>
      )}
      <div className="quiz-buttons">
        <button type="button" className="button" onClick={left > 0 ? onGoOn : onMore}>
          {say(left > 0 ? 'end.goOn' : 'end.more')}
        </button>
      </div>
    </section>
  );
}
