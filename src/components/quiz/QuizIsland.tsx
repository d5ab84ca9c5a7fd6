/** The quiz of a lesson: one question at a time, a row of stitches for the way through it, and a summary at the end. */
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { isHelped, progressOf, summaryPlace, type QuestionProgress } from '../../core/quiz/progress.ts';
import { own, type Question } from '../../core/quiz/question.ts';
import type { LearnerRecord } from '../../storage/index.ts';
import { KeepingBanner } from './Keeping.tsx';
import type { QuizLinks } from './links.ts';
import { QuestionCard } from './QuestionCard.tsx';
import { Summary } from './Summary.tsx';
import { useRecord, type RecordView } from './use-record.ts';
import { sayer, Speaking, type Messages, type Say } from './words.tsx';

/** Few readers ever see it, so few fetch it. */
const ExportOffer = lazy(() => import('../record/ExportOffer.tsx'));

export interface QuizIslandProps {
  lesson: string;
  language: string;
  questions: Question[];
  links: QuizLinks;
  messages: Messages;
  /** For tests: another record than the browser's. */
  open?: () => LearnerRecord;
}

/** How a question stands, as the stitches show it: what the first try was is kept apart from how it ended. */
function standing({ state, first }: QuestionProgress): 'new' | 'open' | 'right' | 'helped' | 'later' {
  if (state === 'new') return 'new';
  if (state === 'wrong') return 'open';
  if (state !== 'right' || first?.right !== true) return 'later';
  return isHelped(first) ? 'helped' : 'right';
}

function Stitches({
  progress,
  at,
  say,
  onGo,
}: {
  progress: QuestionProgress[];
  at: string;
  say: Say;
  onGo: (place: string) => void;
}): ReactNode {
  return (
    <ol className="quiz-stitches" aria-label={say('questions')}>
      {progress.map((each, index) => (
        <li key={each.question}>
          <button
            type="button"
            className="quiz-stitch"
            data-standing={standing(each)}
            aria-current={at === each.question ? 'step' : undefined}
            aria-label={say('stitch', { number: index + 1, standing: standing(each) })}
            onClick={() => onGo(each.question)}
          />
        </li>
      ))}
    </ol>
  );
}

export default function QuizIsland({ lesson, language, questions, links, messages, open }: QuizIslandProps): ReactNode {
  const say = useMemo(() => sayer(messages, language), [messages, language]);
  const record = useRecord(lesson, open);
  const progress = useMemo(
    () =>
      progressOf(
        questions.map(({ facts }) => facts),
        record.events,
      ),
    [questions, record.events],
  );
  const frame = useRef<HTMLElement>(null);
  const summaryTitle = useRef<HTMLHeadingElement>(null);
  const [hasMoved, setHasMoved] = useState(0);

  const place = progress.atHand ?? summaryPlace;
  const index = questions.findIndex(({ facts }) => facts.id === place);
  const question = questions[index];
  const standingHere = progress.questions[index];

  /** Whoever answers where they were led stays there: without an arrival the quiz would go on before they see why. */
  const here: RecordView = {
    ...record,
    append: (happening) => {
      if (progress.arrivedAt !== place) record.append({ kind: 'arrival', question: place });
      record.append(happening);
    },
  };
  const go = (to: string): void => {
    record.append({ kind: 'arrival', question: to });
    setHasMoved((moves) => moves + 1);
  };

  // Whoever moved hears and sees where they are; whoever only opened the page is left where they were.
  useEffect(() => {
    if (hasMoved === 0) return;
    const title = summaryTitle.current ?? frame.current?.querySelector<HTMLElement>('.quiz-title');
    title?.focus();
  }, [hasMoved]);

  const next = questions[index + 1]?.facts.id ?? summaryPlace;
  const isDone = standingHere?.state === 'right' || standingHere?.state === 'revealed';
  return (
    <Speaking say={say} language={language}>
      <section ref={frame} className="quiz-frame" aria-label={say('title')} data-read={record.isRead || undefined}>
        <KeepingBanner keeping={record.keeping} open={open} />
        <div className="quiz-way">
          <Stitches progress={progress.questions} at={place} say={say} onGo={go} />
          <p className="quiz-count numbers">{say('done', { done: progress.done, of: questions.length })}</p>
        </div>
        {question === undefined || standingHere === undefined ? (
          <Summary
            questions={questions}
            progress={progress}
            links={links}
            titleRef={summaryTitle}
            onGo={go}
            onAgain={(again) => {
              record.append({ kind: 'again', questions: again });
              go(again[0] ?? summaryPlace);
            }}
          >
            <Suspense fallback={null}>
              <ExportOffer {...(open === undefined ? {} : { open })} />
            </Suspense>
          </Summary>
        ) : (
          <QuestionCard
            key={place}
            question={question}
            progress={standingHere}
            record={here}
            links={own(links, place) ?? {}}
            title={say('question', { number: index + 1, of: questions.length })}
          >
            <div className="quiz-onwards">
              <button
                type="button"
                className="quiz-plain"
                disabled={index === 0}
                onClick={() => go(questions[index - 1]?.facts.id ?? place)}
              >
                {say('previous')}
              </button>
              <button type="button" className={isDone ? 'button' : 'quiz-plain'} onClick={() => go(next)}>
                {next === summaryPlace ? say('toSummary') : isDone ? say('next') : say('skip')}
              </button>
            </div>
          </QuestionCard>
        )}
      </section>
    </Speaking>
  );
}
