/**
 * One question of an exam. Until it is judged its answer can be changed; saying how sure one is keeps it, or has it judged where
 * each answer is judged at once. There is no second try. It knows no type by name and no record.
 */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { Given, Judged } from '../../core/exam/sitting.ts';
import { confidences, type Confidence } from '../../core/quiz/progress.ts';
import { own, type Question } from '../../core/quiz/question.ts';
import { Explanation } from '../quiz/Explanation.tsx';
import { stagePointer, type FeedbackLinks } from '../quiz/links.ts';
import { StageFrame } from '../quiz/StageFrame.tsx';
import { typeViews } from '../quiz/types/index.ts';
import { Prose, useSpeech, type Say } from '../quiz/words.tsx';

interface ExamCardProps {
  say: Say;
  question: Question;
  title: string;
  /** What was typed or chosen and is not kept yet; undefined where there is nothing of that. */
  draft: unknown;
  given: Given | undefined;
  judged: Judged | undefined;
  /** Each answer is judged at once. */
  isAtOnce: boolean;
  links: Record<string, FeedbackLinks>;
  onChange(answer: unknown): void;
  onGive(answer: unknown, confidence: Confidence): void;
  children?: ReactNode;
}

export function ExamCard(props: ExamCardProps): ReactNode {
  const { say, question, title, draft, given, judged, isAtOnce, links, onChange, onGive, children } = props;
  const { say: sayQuiz } = useSpeech();
  const prefix = useId();
  const [isAsked, setIsAsked] = useState(false);
  const explained = useRef<HTMLDivElement>(null);
  const wasJudged = useRef(judged !== undefined);
  const { facts, words } = question;

  // Whoever has just been judged hears and sees what came of it.
  useEffect(() => {
    if (judged !== undefined && !wasJudged.current) explained.current?.focus();
    wasJudged.current = judged !== undefined;
  }, [judged]);

  const typeView = own(typeViews as Record<string, (typeof typeViews)[string]>, facts.type);
  if (typeView === undefined) throw new Error(`There is no view for questions of type "${facts.type}".`);
  const { grading, View } = typeView;
  const kept = judged ?? (given?.rev === facts.rev ? given : undefined);
  const isChanged = judged === undefined && draft !== undefined;
  const answer = isChanged
    ? grading.read(question, draft)
    : kept === undefined
      ? grading.blank(question)
      : grading.read(question, kept.answer);
  const verdict = judged === undefined ? null : grading.grade(question, answer);
  const isReady = grading.isAnswered(question, answer);
  const isKept = kept !== undefined && !isChanged;
  const stage = own(links, stagePointer)?.run;
  const parts = verdict === null ? [] : Object.values(verdict.parts);
  const isPartly = parts.length > 1 && parts.some(Boolean);

  return (
    <form
      className="quiz-card"
      data-phase={judged === undefined ? 'asking' : 'checked'}
      onSubmit={(event) => event.preventDefault()}
    >
      <h3 className="quiz-title" id={`${prefix}-title`} tabIndex={-1}>
        {title}
      </h3>
      <p className="quiz-prompt" id={`${prefix}-prompt`}>
        <Prose text={words.prompt} />
      </p>
      {stage !== undefined && <StageFrame address={stage.href} />}
      <div className="quiz-body">
        <View
          question={question}
          answer={answer}
          onChange={onChange}
          phase={judged === undefined ? 'asking' : 'checked'}
          verdict={verdict}
          prefix={prefix}
          promptId={`${prefix}-prompt`}
        />
      </div>
      {judged === undefined && (
        <fieldset className="quiz-confidence" aria-labelledby={`${prefix}-sure`}>
          <p id={`${prefix}-sure`} className="quiz-sure">
            {sayQuiz('confidence.ask')}
          </p>
          <output id={`${prefix}-how`} className="quiz-hint" data-missing={!isReady} data-asked={isAsked && !isReady}>
            {!isReady
              ? sayQuiz(`unanswered.${facts.type}`)
              : say(
                  `sitting.${isAtOnce ? 'chooseAtOnce' : isKept ? 'kept' : kept === undefined ? 'choose' : 'changed'}`,
                )}
          </output>
          <div className="quiz-buttons">
            {confidences.map((confidence) => (
              <button
                key={confidence}
                type="button"
                className="button quiet"
                aria-disabled={!isReady}
                aria-pressed={isAtOnce ? undefined : isKept && kept.confidence === confidence}
                aria-describedby={`${prefix}-how`}
                onClick={() => {
                  setIsAsked(!isReady);
                  if (isReady) onGive(answer, confidence);
                }}
              >
                {sayQuiz(`confidence.${confidence}`)}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      <div className="quiz-explanation" ref={explained} tabIndex={-1} hidden={judged === undefined}>
        {judged !== undefined && verdict !== null && (
          <Explanation
            verdict={
              verdict.right
                ? sayQuiz('verdict.right')
                : isPartly
                  ? say('sitting.partly', { right: parts.filter(Boolean).length, of: parts.length })
                  : say('report.outcome', { outcome: 'wrong' })
            }
            isRight={verdict.right}
            feedback={grading.feedback(question, answer, verdict, true)}
            links={links}
            because={words.because}
          />
        )}
      </div>
      {children}
    </form>
  );
}
