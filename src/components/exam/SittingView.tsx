/** An exam that is going on: its questions in any order, a way to hand in, and nothing that hurries. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { askedAs } from '../../core/exam/draw.ts';
import { isAnsweredIn, type Sitting } from '../../core/exam/sitting.ts';
import type { Confidence } from '../../core/quiz/progress.ts';
import { own, type Question } from '../../core/quiz/question.ts';
import type { Say } from '../quiz/words.tsx';
import { Clock } from './Clock.tsx';
import { ExamCard } from './ExamCard.tsx';
import type { Fetched } from './use-material.ts';

interface SittingViewProps {
  say: Say;
  sitting: Sitting;
  fetched: Fetched;
  /** What is chosen or typed and not kept, by `askedAs`. */
  drafts: Readonly<Record<string, unknown>>;
  now(): number;
  onChange(key: string, answer: unknown): void;
  onGive(question: Question, lesson: string, answer: unknown, confidence: Confidence): void;
  onHandIn(): void;
  onGiveUp(): void;
}

export function SittingView(props: SittingViewProps): ReactNode {
  const { say, sitting, fetched, drafts, now, onChange, onGive, onHandIn, onGiveUp } = props;
  const { questions, atOnce: isAtOnce, given, judged } = sitting;
  const keys = questions.map(askedAs);
  // Whoever comes back is led to the first question that is open.
  const [index, setIndex] = useState(() =>
    Math.max(
      0,
      keys.findIndex((key) => !isAnsweredIn(sitting, key)),
    ),
  );
  const [asked, setAsked] = useState<'hand-in' | 'give-up' | null>(null);
  const [moves, setMoves] = useState(0);
  const frame = useRef<HTMLElement>(null);
  const confirm = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (moves > 0) frame.current?.querySelector<HTMLElement>('.quiz-title')?.focus();
  }, [moves]);
  useEffect(() => {
    if (asked !== null) confirm.current?.focus();
  }, [asked]);

  const { lesson, question: id } = questions[index] ?? { lesson: '', question: '' };
  const key = keys[index] ?? '';
  const question = fetched.question(lesson, id);
  const isGone =
    question === undefined || (judged.get(key) ?? given.get(key) ?? question.facts).rev !== question.facts.rev;
  const answered = keys.filter((one) => isAnsweredIn(sitting, one)).length;
  const isHere = isAnsweredIn(sitting, key);
  const standing = (one: string): string => {
    const verdict = judged.get(one);
    return verdict === undefined ? (given.has(one) ? 'given' : 'none') : verdict.right ? 'right' : 'wrong';
  };
  const go = (to: number): void => {
    setIndex(to);
    setAsked(null);
    setMoves((before) => before + 1);
  };
  const isLast = index === questions.length - 1;
  const title = say('sitting.question', { number: index + 1, of: questions.length });
  const onwards = (
    <div className="quiz-onwards">
      <button type="button" className="quiz-plain" disabled={index === 0} onClick={() => go(index - 1)}>
        {say('sitting.previous')}
      </button>
      {!isLast && (
        <button type="button" className={isHere ? 'button' : 'quiz-plain'} onClick={() => go(index + 1)}>
          {say(isHere || isGone ? 'sitting.next' : 'sitting.skip')}
        </button>
      )}
    </div>
  );
  const open = questions.length - answered;
  return (
    <section ref={frame} className="quiz-frame exam-sitting" aria-label={say('sitting.title')}>
      <h2 className="only-read-aloud">{say('sitting.title')}</h2>
      <div className="quiz-way">
        <ol className="quiz-stitches exam-stitches" aria-label={say('sitting.questions')}>
          {keys.map((one, at) => (
            <li key={one}>
              <button
                type="button"
                className="quiz-stitch"
                data-standing={standing(one)}
                aria-current={at === index ? 'step' : undefined}
                aria-label={say('sitting.stitch', { number: at + 1, standing: standing(one) })}
                onClick={() => go(at)}
              />
            </li>
          ))}
        </ol>
        <p className="quiz-count numbers">{say('sitting.count', { answered, of: questions.length })}</p>
      </div>
      {isGone ? (
        <div className="quiz-card">
          <h3 className="quiz-title" tabIndex={-1}>
            {title}
          </h3>
          <p>{say('sitting.gone')}</p>
          {onwards}
        </div>
      ) : (
        <ExamCard
          key={key}
          say={say}
          question={question}
          title={title}
          draft={own(drafts as Record<string, unknown>, key)}
          given={given.get(key)}
          judged={judged.get(key)}
          isAtOnce={isAtOnce}
          links={own(fetched.links(lesson), id) ?? {}}
          onChange={(answer) => onChange(key, answer)}
          onGive={(answer, confidence) => onGive(question, lesson, answer, confidence)}
        >
          {onwards}
        </ExamCard>
      )}
      <div className="exam-end" hidden={asked !== null}>
        <Clock say={say} now={now} />
        <div className="quiz-buttons">
          <button type="button" className="quiz-plain" onClick={() => setAsked('give-up')}>
            {say('sitting.giveUp')}
          </button>
          <button
            type="button"
            className={open === 0 ? 'button' : 'button quiet'}
            onClick={() => (isAtOnce && open === 0 ? onHandIn() : setAsked('hand-in'))}
          >
            {say(isAtOnce && open === 0 ? 'sitting.toReport' : 'sitting.handIn')}
          </button>
        </div>
      </div>
      {asked !== null && (
        <div ref={confirm} className="exam-asked" tabIndex={-1}>
          <p>
            {asked === 'give-up'
              ? say('sitting.giveUpText')
              : open === 0
                ? say('sitting.all')
                : say('sitting.open', { count: open })}
          </p>
          <div className="quiz-buttons">
            <button type="button" className="button" onClick={asked === 'give-up' ? onGiveUp : onHandIn}>
              {say(asked === 'give-up' ? 'sitting.giveUpYes' : 'sitting.handInYes')}
            </button>
            <button type="button" className="quiz-plain" onClick={() => go(index)}>
              {say('sitting.goOn')}
            </button>
          </div>
        </div>
      )}
    </section>
  );
}
