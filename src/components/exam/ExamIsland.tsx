/**
 * The final exam: begun, left and found again, handed in, reported. Where it stands follows from the record alone, so a reload
 * changes nothing; answers are judged when it is handed in, or one by one if the reader wants that.
 */
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { askedAs, drawExam } from '../../core/exam/draw.ts';
import { openSitting, sittingsIn, type ExamLogEntry, type Sitting } from '../../core/exam/sitting.ts';
import type { Confidence } from '../../core/quiz/progress.ts';
import { own, type Question } from '../../core/quiz/question.ts';
import { examsPlace, learnerRecord, type Happening, type LearnerRecord } from '../../storage/index.ts';
import { KeepingBanner } from '../quiz/Keeping.tsx';
import { typeViews } from '../quiz/types/index.ts';
import { sayer, Speaking, type Messages } from '../quiz/words.tsx';
import { useWhole } from '../record/use-whole.ts';
import { Beginning } from './Beginning.tsx';
import { questionsOf } from './questions-of.ts';
import { Report } from './Report.tsx';
import { SittingView } from './SittingView.tsx';
import { useCourse, useQuestions } from './use-material.ts';

export interface ExamIslandProps {
  language: string;
  /** Messages below `exam`. */
  messages: Messages;
  /** Messages below `quiz`. */
  quizMessages: Messages;
  /** Where the outline of the course is. */
  course: string;
  /** Begins the address of each lesson's questions. */
  questions: string;
  review: string;
  /** For tests: another record than the browser's, another clock, other chance. */
  open?: () => LearnerRecord;
  now?: () => number;
  random?: () => string;
}

/** Names an exam, and is the seed of its draw. */
const randomName = (): string =>
  [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The attempt that comes of an answer. */
function attempt(
  question: Question,
  lesson: string,
  exam: string,
  language: string,
  given: { answer: unknown; confidence: Confidence | null },
): Happening | null {
  const typeView = own(typeViews as Record<string, (typeof typeViews)[string]>, question.facts.type);
  if (typeView === undefined) return null;
  const { id, rev, type } = question.facts;
  const answer = typeView.grading.read(question, given.answer);
  const { right, score } = typeView.grading.grade(question, answer);
  return {
    kind: 'attempt',
    lesson,
    question: id,
    rev,
    type,
    language,
    answer,
    right,
    score,
    confidence: given.confidence,
    hints: 0,
    occasion: 'exam',
    exam,
  };
}

export default function ExamIsland(props: ExamIslandProps): ReactNode {
  const { language, messages, quizMessages, questions, review, open = learnerRecord } = props;
  const { now = Date.now, random = randomName } = props;
  const say = useMemo(() => sayer(messages, language), [messages, language]);
  const sayQuiz = useMemo(() => sayer(quizMessages, language), [quizMessages, language]);
  const whole = useWhole(open);
  const { course, retry } = useCourse(props.course);
  const [shown, setShown] = useState<string | null>(null);
  const [moves, setMoves] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);

  const sittings = useMemo(
    () =>
      whole.isRead ? sittingsIn(whole.entries as readonly ExamLogEntry[], (lesson) => open().nameNow(lesson)) : [],
    [whole, open],
  );
  const placed = useMemo(() => (course === null || course === 'failed' ? [] : questionsOf(course)), [course]);
  const current = openSitting(sittings);
  const handedIn = sittings.filter(({ state }) => state === 'handed-in');
  const looked = current === null ? handedIn.find(({ exam }) => exam === shown) : undefined;
  const sitting = current ?? looked;
  const known = new Set(course === null || course === 'failed' ? [] : course.lessons.map(({ id }) => id));
  const fetched = useQuestions(
    (sitting?.questions ?? []).map(({ lesson }) => lesson).filter((lesson) => known.has(lesson)),
    questions,
  );
  const drafts = useMemo(
    () =>
      Object.fromEntries(
        whole.drafts.flatMap(({ lesson, question, answer }) => (lesson === examsPlace ? [[question, answer]] : [])),
      ),
    [whole.drafts],
  );

  const isLooking = !whole.isRead || course === null || (sitting !== undefined && fetched.state === 'looking');
  const isFailed = course === 'failed' || (sitting !== undefined && fetched.state === 'failed');

  // Whoever went on hears and sees where they are, once it is there.
  useEffect(() => {
    if (moves === 0 || isLooking) return;
    const find = (what: string): HTMLElement | null | undefined => frame.current?.querySelector<HTMLElement>(what);
    (title.current ?? find('.quiz-title') ?? find('h2'))?.focus();
  }, [moves, isLooking]);

  const forgetDrafts = ({ questions: asked }: Sitting): void => {
    for (const one of asked)
      if (own(drafts, askedAs(one)) !== undefined) open().keepDraft(examsPlace, askedAs(one), undefined);
  };
  const begin = (count: number, atOnce: boolean): void => {
    const exam = random();
    void open().append({
      kind: 'exam',
      lesson: examsPlace,
      exam,
      questions: drawExam(placed, count, exam).map(askedAs),
      atOnce,
    });
    setShown(null);
    setMoves((before) => before + 1);
  };
  const give = (at: Sitting, question: Question, lesson: string, answer: unknown, confidence: Confidence): void => {
    const { exam, atOnce } = at;
    const { id, rev } = question.facts;
    const happening = atOnce
      ? attempt(question, lesson, exam, language, { answer, confidence })
      : ({ kind: 'given', lesson, exam, question: id, rev, answer, confidence } as const);
    if (happening === null) return;
    void open().append(happening);
    open().keepDraft(examsPlace, askedAs({ lesson, question: id }), undefined);
  };
  const end = (at: Sitting, isHandedIn: boolean): void => {
    const { exam } = at;
    const judged = !isHandedIn
      ? []
      : at.questions.flatMap(({ lesson, question: id }) => {
          const key = askedAs({ lesson, question: id });
          const given = at.given.get(key);
          const question = fetched.question(lesson, id);
          // What was answered to an earlier revision answered something else.
          if (given === undefined || at.judged.has(key) || question?.facts.rev !== given.rev) return [];
          return attempt(question, lesson, exam, language, given) ?? [];
        });
    void open().appendAll([...judged, { kind: 'ended', lesson: examsPlace, exam, handedIn: isHandedIn }]);
    forgetDrafts(at);
    setShown(isHandedIn ? exam : null);
    setMoves((before) => before + 1);
    scrollTo({ top: 0, behavior: 'instant' });
  };

  return (
    <Speaking say={sayQuiz} language={language}>
      <div ref={frame} className="quiz kept exam" data-read={!isLooking || undefined}>
        <KeepingBanner keeping={whole.keeping} open={open} />
        {isLooking && !isFailed && <p className="quiz-hint">{say('looking')}</p>}
        {isFailed && (
          <section>
            <h2 tabIndex={-1}>{say('failed.title')}</h2>
            <p>{say('failed.text')}</p>
            <button type="button" className="button quiet" onClick={course === 'failed' ? retry : fetched.retry}>
              {say('failed.again')}
            </button>
          </section>
        )}
        {!isLooking && !isFailed && placed.length === 0 && sitting === undefined && (
          <section>
            <h2>{say('none.title')}</h2>
            <p>{say('none.text')}</p>
          </section>
        )}
        {!isLooking && !isFailed && placed.length > 0 && sitting === undefined && (
          <Beginning
            say={say}
            language={language}
            pool={placed}
            earlier={handedIn}
            onBegin={begin}
            onLook={(exam) => {
              setShown(exam);
              setMoves((before) => before + 1);
            }}
          />
        )}
        {!isLooking && !isFailed && current !== null && (
          <SittingView
            key={current.exam}
            say={say}
            sitting={current}
            fetched={fetched}
            drafts={drafts}
            now={now}
            onChange={(key, answer) => open().keepDraft(examsPlace, key, answer)}
            onGive={(question, lesson, answer, confidence) => give(current, question, lesson, answer, confidence)}
            onHandIn={() => end(current, true)}
            onGiveUp={() => end(current, false)}
          />
        )}
        {!isLooking && !isFailed && looked !== undefined && (
          <Report
            say={say}
            language={language}
            sitting={looked}
            sittings={sittings}
            course={course}
            placed={placed}
            fetched={fetched}
            review={review}
            titleRef={title}
            onLeave={() => {
              setShown(null);
              setMoves((before) => before + 1);
            }}
          />
        )}
      </div>
    </Speaking>
  );
}
