/**
 * One question, from being asked to being explained. What it shows follows from the record alone, so a reload changes nothing.
 * It knows no type by name: the type's view and grading are looked up.
 */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { confidences, type Confidence, type QuestionProgress } from '../../core/quiz/progress.ts';
import { own, type Question } from '../../core/quiz/question.ts';
import { Explanation } from './Explanation.tsx';
import { Hints } from './Hints.tsx';
import { stagePointer, type FeedbackLinks } from './links.ts';
import { StageFrame } from './StageFrame.tsx';
import { typeViews } from './types/index.ts';
import type { RecordView } from './use-record.ts';
import { Prose, useSpeech } from './words.tsx';

interface QuestionCardProps {
  question: Question;
  progress: QuestionProgress;
  record: RecordView;
  links: Record<string, FeedbackLinks>;
  /** What stands above the prompt, such as "Question 2 of 8". */
  title: string;
  /** What stands below when the question is done, such as a button to the next. */
  children?: ReactNode;
}

export function QuestionCard({ question, progress, record, links, title, children }: QuestionCardProps): ReactNode {
  const { say, language } = useSpeech();
  const prefix = useId();
  const { facts, words } = question;
  const typeView = own(typeViews as Record<string, (typeof typeViews)[string]>, facts.type);
  const [isAsked, setIsAsked] = useState(false);
  const [hintsAsked, setHintsAsked] = useState(0);
  const explained = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const focusNext = useRef<'explanation' | 'view' | null>(null);

  useEffect(() => {
    const target = focusNext.current === 'explanation' ? explained.current : body.current;
    if (focusNext.current !== null) target?.focus({ preventScroll: focusNext.current === 'view' });
    focusNext.current = null;
  });

  if (typeView === undefined) throw new Error(`There is no view for questions of type "${facts.type}".`);
  const { grading, View, isTriedOnce = false } = typeView;
  const draft = own(record.drafts as Record<string, unknown>, facts.id);
  const { state, latest } = progress;
  const isOver = state === 'right' || state === 'revealed';
  const phase =
    isOver && (state === 'right' || isTriedOnce)
      ? 'checked'
      : isOver
        ? 'revealed'
        : state === 'wrong' && draft === undefined
          ? 'checked'
          : 'asking';
  const given = latest === null ? null : grading.read(question, latest.answer);
  const answer =
    phase === 'asking'
      ? draft === undefined
        ? grading.blank(question)
        : grading.read(question, draft)
      : phase === 'revealed'
        ? grading.key(question)
        : given;
  const verdict = given === null ? null : grading.grade(question, given);
  const isReady = grading.isAnswered(question, answer);
  const hints = words.hints ?? [];
  // What has been seen stays seen in this round, whatever was kept of it.
  const hintsShown = Math.min(
    hints.length,
    Math.max(hintsAsked, own(record.hintsSeen ?? {}, facts.id) ?? 0, latest?.hints ?? 0),
  );
  const stage = own(links, stagePointer)?.run;

  /** The next round begins without them; how many there were stands with the answer. */
  const forgetHints = (): void => {
    setHintsAsked(0);
    record.keepHints?.(facts.id, 0);
  };
  const showHint = (): void => {
    setHintsAsked(hintsShown + 1);
    record.keepHints?.(facts.id, hintsShown + 1);
  };

  const check = (confidence: Confidence): void => {
    if (!isReady) {
      setIsAsked(true);
      return;
    }
    const { right, score } = grading.grade(question, answer);
    focusNext.current = 'explanation';
    setIsAsked(false);
    record.append({
      kind: 'attempt',
      question: facts.id,
      rev: facts.rev,
      type: facts.type,
      language,
      answer,
      right,
      score,
      confidence,
      hints: hintsShown,
    });
    if (isTriedOnce && !right) record.append({ kind: 'revealed', question: facts.id, rev: facts.rev });
    record.keepDraft(facts.id, undefined);
    if (right || isTriedOnce) forgetHints();
  };
  const tryAgain = (): void => {
    if (given === null || verdict === null) return;
    focusNext.current = 'view';
    record.keepDraft(facts.id, grading.retry(question, given, verdict));
  };
  const reveal = (): void => {
    focusNext.current = 'explanation';
    record.keepDraft(facts.id, undefined);
    record.append({ kind: 'revealed', question: facts.id, rev: facts.rev });
    forgetHints();
  };

  const parts = verdict === null ? [] : Object.values(verdict.parts);
  const isPartly = verdict !== null && !verdict.right && parts.length > 1 && parts.some(Boolean);
  const verdictWords =
    state === 'revealed' && !isTriedOnce
      ? say('verdict.revealed')
      : verdict?.right === true
        ? progress.first?.right === true && (latest?.hints ?? 0) > 0
          ? say('verdict.rightHelped', { count: latest?.hints ?? 0 })
          : say(progress.first?.right === true ? 'verdict.right' : 'verdict.rightLater')
        : isPartly
          ? say(isTriedOnce ? 'verdict.near' : 'verdict.partly', {
              right: parts.filter(Boolean).length,
              of: parts.length,
            })
          : say(isTriedOnce ? 'verdict.off' : 'verdict.wrong');

  return (
    <form
      className="quiz-card"
      data-phase={phase}
      onSubmit={(event) => {
        event.preventDefault();
        // Enter in a text field: on to saying how sure one is, which is what checks the answer.
        event.currentTarget.querySelector<HTMLElement>('.quiz-confidence button')?.focus();
      }}
    >
      <h3 className="quiz-title" id={`${prefix}-title`} tabIndex={-1}>
        {title}
      </h3>
      <p className="quiz-prompt" id={`${prefix}-prompt`}>
        <Prose text={words.prompt} />
      </p>
      {progress.earlier.length > 0 && progress.attempts.length === 0 && <p className="quiz-hint">{say('changed')}</p>}
      {stage !== undefined && <StageFrame address={stage.href} />}
      <div ref={body} tabIndex={-1} className="quiz-body">
        <View
          question={question}
          answer={answer}
          onChange={(changed) => record.keepDraft(facts.id, changed)}
          phase={phase}
          verdict={verdict}
          prefix={prefix}
          promptId={`${prefix}-prompt`}
        />
      </div>
      <Hints hints={hints} shown={hintsShown} isOpen={phase === 'asking'} onMore={showHint} />
      {phase === 'asking' && (
        <fieldset className="quiz-confidence" aria-labelledby={`${prefix}-sure`}>
          <p id={`${prefix}-sure`} className="quiz-sure">
            {say('confidence.ask')}
          </p>
          <output id={`${prefix}-how`} className="quiz-hint" data-missing={!isReady} data-asked={isAsked && !isReady}>
            {say(isReady ? 'confidence.choose' : `unanswered.${facts.type}`)}
          </output>
          <div className="quiz-buttons">
            {confidences.map((confidence) => (
              <button
                key={confidence}
                type="button"
                className="button quiet"
                aria-disabled={!isReady}
                aria-describedby={`${prefix}-how`}
                onClick={() => check(confidence)}
              >
                {say(`confidence.${confidence}`)}
              </button>
            ))}
            {state === 'wrong' && (
              <button type="button" className="quiz-plain" onClick={reveal}>
                {say('reveal')}
              </button>
            )}
          </div>
        </fieldset>
      )}
      <div className="quiz-explanation" ref={explained} tabIndex={-1} hidden={phase === 'asking'}>
        {phase !== 'asking' && verdict !== null && (
          <Explanation
            verdict={verdictWords}
            isRight={verdict.right || (state === 'revealed' && !isTriedOnce)}
            feedback={given === null ? [] : grading.feedback(question, given, verdict, isOver)}
            links={links}
            because={isOver ? words.because : null}
          >
            {!isOver && (
              <div className="quiz-buttons">
                <button type="button" className="button" onClick={tryAgain}>
                  {say('again')}
                </button>
                <button type="button" className="quiz-plain" onClick={reveal}>
                  {say('reveal')}
                </button>
              </div>
            )}
          </Explanation>
        )}
      </div>
      {children}
    </form>
  );
}
