/** The review: what is due, one question at a time, over all lessons; and what is known and what is not. */
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { progressOf, type QuizEvent, type QuizProgress } from '../../core/quiz/progress.ts';
import { own } from '../../core/quiz/question.ts';
import { calibrationOf } from '../../core/review/calibration.ts';
import { dueNow, keyOf, learnt, nextDue, roundOf, type Learnt, type LogEntry } from '../../core/review/schedule.ts';
import { learnerRecord, type Happening, type LearnerRecord } from '../../storage/index.ts';
import { Calibration } from '../quiz/Calibration.tsx';
import { KeepingBanner } from '../quiz/Keeping.tsx';
import { QuestionCard } from '../quiz/QuestionCard.tsx';
import type { RecordView } from '../quiz/use-record.ts';
import { sayer, Speaking, useSpeech, type Messages, type Say } from '../quiz/words.tsx';
import { useWhole } from '../record/use-whole.ts';
import { fetchCourse, fetchQuestions, type CourseMaterial, type QuestionMaterial } from './material.ts';
import { TopicMap } from './TopicMap.tsx';

export interface ReviewIslandProps {
  language: string;
  /** Messages below `review`. */
  messages: Messages;
  /** Messages below `quiz`. */
  quizMessages: Messages;
  /** Where the outline of the course is. */
  course: string;
  /** Begins the address of each lesson's questions. */
  questions: string;
  contents: string;
  /** For tests: another record than the browser's, and another clock. */
  open?: () => LearnerRecord;
  now?: () => number;
}

const asksOf = ({ lessons }: CourseMaterial) =>
  lessons.flatMap(({ id: lesson, questions }) =>
    questions.map(({ id: question, rev, topic, reread }) => ({ lesson, question, rev, topic, reread })),
  );

/** When, in words: later today, tomorrow, in five days, in two months. */
function inWords(at: number, now: number, language: string, say: Say): string {
  const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (days <= 0) return say('today');
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return days < 45 ? format.format(days, 'day') : format.format(Math.round(days / 30), 'month');
}

export default function ReviewIsland(props: ReviewIslandProps): ReactNode {
  const { language, messages, quizMessages, course, questions, contents, open = learnerRecord } = props;
  const { now: clock = Date.now } = props;
  const say = useMemo(() => sayer(messages, language), [messages, language]);
  const sayQuiz = useMemo(() => sayer(quizMessages, language), [quizMessages, language]);
  const whole = useWhole(open);
  const [material, setMaterial] = useState<CourseMaterial | 'failed' | null>(null);
  /** By lesson; null for one whose questions could not be fetched. */
  const [fetched, setFetched] = useState<Record<string, QuestionMaterial | null>>({});
  /** The question at hand, by its key; null while the next one is to be chosen. */
  const [atHand, setAtHand] = useState<string | null>(null);
  /** What was put off in this sitting, and what was answered: whether at once. */
  const [putOff, setPutOff] = useState<ReadonlySet<string>>(new Set());
  const [answered, setAnswered] = useState<Readonly<Record<string, boolean>>>({});
  const [drafts, setDrafts] = useState<Readonly<Record<string, unknown>>>({});
  const frame = useRef<HTMLDivElement>(null);
  const hasMoved = useRef(false);

  useEffect(() => {
    if (material !== null) return undefined;
    let isGone = false;
    const load = async (): Promise<void> => {
      const found = await fetchCourse(course).catch(() => 'failed' as const);
      if (!isGone) setMaterial(found);
    };
    void load();
    return () => {
      isGone = true;
    };
  }, [course, material]);

  const asks = useMemo(() => (material === null || material === 'failed' ? [] : asksOf(material)), [material]);
  const log = whole.entries as readonly LogEntry[];
  const all = useMemo(() => learnt(log, asks), [log, asks]);
  const calibration = useMemo(() => calibrationOf(log), [log]);
  const now = clock();
  /** What could not be fetched waits; so does a question of the outline that is not in its lesson's file, of another version then. */
  const isAskable = ({ lesson: id, question: name }: Learnt): boolean => {
    const there = own(fetched, id);
    return there === undefined || there?.questions.some(({ facts }) => facts.id === name) === true;
  };
  const waiting = dueNow(all, now).filter((one) => !putOff.has(keyOf(one.lesson, one.question)) && isAskable(one));
  const chosen = all.find(({ lesson, question }) => keyOf(lesson, question) === atHand) ?? waiting[0];
  const key = chosen === undefined ? null : keyOf(chosen.lesson, chosen.question);
  const lesson = chosen?.lesson;
  const isFetched = lesson === undefined || own(fetched, lesson) !== undefined;

  // The questions of a lesson are fetched when the first of them is asked.
  useEffect(() => {
    if (lesson === undefined || isFetched) return;
    const load = async (): Promise<void> => {
      const found = await fetchQuestions(`${questions}${lesson}.json`).catch(() => null);
      setFetched((before) => ({ ...before, [lesson]: found }));
    };
    void load();
  }, [lesson, isFetched, questions]);

  // Whoever went on hears and sees where they are, once it is there.
  useEffect(() => {
    const title = frame.current?.querySelector<HTMLElement>('.quiz-title, .review-rest h2');
    if (!hasMoved.current || !title) return;
    hasMoved.current = false;
    title.focus();
  });

  const isLooking = !whole.isRead || material === null || (chosen !== undefined && !isFetched);
  const found = lesson === undefined ? undefined : own(fetched, lesson);
  const question = found?.questions.find(({ facts }) => facts.id === chosen?.question);
  const titleOf = (id: string): string =>
    (material === null || material === 'failed' ? undefined : material.lessons.find((one) => one.id === id))?.title ??
    id;

  const go = (isPutOff: boolean): void => {
    if (isPutOff && key !== null) setPutOff((before) => new Set([...before, key]));
    setAtHand(null);
    hasMoved.current = true;
  };

  const ask = (one: Learnt, links: QuestionMaterial['links']): ReactNode => {
    if (question === undefined || key === null) return null;
    const events = roundOf(log, one, now) as unknown as QuizEvent[];
    const standing = progressOf([question.facts], events).questions[0]!;
    const record: RecordView = {
      keeping: whole.keeping,
      isRead: whole.isRead,
      entries: [],
      events,
      drafts: own(drafts, key) === undefined ? {} : { [one.question]: drafts[key] },
      append: (happening) => {
        setAtHand(key);
        if (happening.kind === 'attempt' && own(answered, key) === undefined)
          setAnswered((before) => ({ ...before, [key]: happening.right }));
        void open().append({ ...happening, lesson: one.lesson, occasion: 'review', exam: null } as Happening);
      },
      keepDraft: (_question, answer) => setDrafts((before) => ({ ...before, [key]: answer })),
    };
    const isDone = standing.state === 'right' || standing.state === 'revealed';
    const left = waiting.filter((other) => keyOf(other.lesson, other.question) !== key).length;
    return (
      <>
        <h2 className="review-way numbers">{say('left', { count: left + 1 })}</h2>
        <QuestionCard
          key={key}
          question={question}
          progress={standing}
          record={record}
          links={own(links, one.question) ?? {}}
          title={say('question', { lesson: titleOf(one.lesson) })}
        >
          <div className="quiz-onwards">
            <span />
            <button type="button" className={isDone ? 'button' : 'quiz-plain'} onClick={() => go(!isDone)}>
              {isDone ? say(left > 0 ? 'next' : 'finish') : say('skip')}
            </button>
          </div>
        </QuestionCard>
      </>
    );
  };

  const unfetched = Object.keys(fetched).filter((id) => fetched[id] === null);
  return (
    <Speaking say={sayQuiz} language={language}>
      <div ref={frame} className="quiz kept" data-read={!isLooking || undefined}>
        <KeepingBanner keeping={whole.keeping} open={open} />
        {isLooking && <p className="quiz-hint">{say('looking')}</p>}
        {material === 'failed' && (
          <div className="review-rest">
            <h2 tabIndex={-1}>{say('failed.title')}</h2>
            <p>{say('failed.text')}</p>
            <button type="button" className="button quiet" onClick={() => setMaterial(null)}>
              {say('failed.again')}
            </button>
          </div>
        )}
        {unfetched.map((id) => (
          <p key={id}>
            {say('lessonFailed', { lesson: titleOf(id) })}{' '}
            <button
              type="button"
              className="quiz-plain"
              onClick={() => setFetched(({ [id]: _failed, ...others }) => others)}
            >
              {say('failed.again')}
            </button>
          </p>
        ))}
        {!isLooking && chosen !== undefined && found !== undefined && found !== null && (
          <section className="quiz-frame" aria-label={say('title')}>
            {ask(chosen, found.links)}
          </section>
        )}
        {!isLooking && material !== 'failed' && chosen === undefined && (
          <Rest
            say={say}
            language={language}
            all={all}
            answered={answered}
            calibration={calibration}
            contents={contents}
            now={now}
          />
        )}
        {!isLooking && material !== 'failed' && all.length > 0 && (
          <TopicMap say={say} asks={asks} all={all} now={now} lessons={material.lessons} />
        )}
      </div>
    </Speaking>
  );
}

interface RestProps {
  say: Say;
  language: string;
  all: readonly Learnt[];
  answered: Readonly<Record<string, boolean>>;
  calibration: QuizProgress['calibration'];
  contents: string;
  now: number;
}

/** What stands here when nothing is to be asked: not yet, not now, or no more. */
function Rest({ say, language, all, answered, calibration, contents, now }: RestProps): ReactNode {
  const { say: sayQuiz } = useSpeech();
  const asked = Object.values(answered);
  const what = all.length === 0 ? 'none' : asked.length === 0 ? 'rest' : 'done';
  const next = nextDue(all, now);
  const values = { count: all.length, right: asked.filter(Boolean).length, of: asked.length };
  return (
    <section className="review-rest">
      <h2 tabIndex={-1}>{say(`${what}.title`)}</h2>
      <p>{say(`${what}.text`, values)}</p>
      {what === 'done' && <p>{say('done.kind')}</p>}
      {next !== null && <p>{say('nextDue', { count: next.count, when: inWords(next.at, now, language, say) })}</p>}
      <p>
        <a href={contents}>{say('toLessons')}</a>
      </p>
      {all.length > 0 && Object.values(calibration).some(({ tries }) => tries > 0) && (
        <section>
          <h3>{sayQuiz('summary.calibration')}</h3>
          <p>{say('calibration')}</p>
          <Calibration calibration={calibration} />
        </section>
      )}
    </section>
  );
}
