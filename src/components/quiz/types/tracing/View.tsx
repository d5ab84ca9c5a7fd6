/**
 * Following something step by step: a group of radio buttons for each step, the next opening when the one before is answered.
 * When all is over, the way of that very request is drawn below, or what the program did is listed.
 */
import type { ReactNode } from 'react';
import { own } from '../../../../core/quiz/question.ts';
import { stepsOpen, stepsShown, type Tracing } from '../../../../core/quiz/types/tracing/grading.ts';
import { Mark } from '../../Mark.tsx';
import type { ViewProps } from '../../view.ts';
import { Prose, useSpeech } from '../../words.tsx';
import { Listing, Run } from './Program.tsx';
import { Way } from './Way.tsx';

export function TracingView({
  question,
  answer,
  onChange,
  phase,
  verdict,
  prefix,
}: ViewProps<Tracing, Record<string, string>>): ReactNode {
  const { say } = useSpeech();
  const steps = stepsShown(question);
  const way = question.traced?.way;
  const open = phase === 'asking' ? stepsOpen(question, answer, verdict !== null) : steps.length;
  const isOver = phase === 'revealed' || (phase === 'checked' && verdict?.right === true);
  return (
    <div className="quiz-tracing">
      {question.facts.program !== undefined && <Listing program={question.facts.program} />}
      {phase === 'asking' && open < steps.length && (
        <p className="quiz-hint">{say('tracing.hint', { open, of: steps.length })}</p>
      )}
      {/* A step that opens is said, so that nobody has to look for it. */}
      <ol className="quiz-trace" aria-live="polite">
        {steps.slice(0, open).map(({ id, prompt, options, isNumeric }, at) => {
          const found = phase === 'revealed' ? true : verdict ? own(verdict.parts, id) : undefined;
          // Asked again, only what was right is still marked: the rest is open.
          const judged = phase === 'asking' && found !== true ? undefined : found;
          const chosen = own(answer, id);
          const labelId = `${prefix}-${id}`;
          return (
            <li key={id} className="quiz-step" data-judged={judged}>
              <p id={labelId} className="quiz-step-prompt">
                <span className="quiz-step-number">{at + 1}</span>
                <span>
                  <Prose text={prompt} />
                  {judged !== undefined && (
                    <span className="quiz-judged"> {say(judged ? 'judged.right' : 'judged.wrong')}</span>
                  )}
                </span>
              </p>
              <div
                role="radiogroup"
                aria-labelledby={labelId}
                className="quiz-options"
                data-numeric={isNumeric || undefined}
              >
                {options.map((option) => {
                  const isChosen = chosen === option.id;
                  const mark = isChosen ? judged : undefined;
                  return (
                    <label key={option.id} className="quiz-option" data-judged={mark}>
                      <input
                        type="radio"
                        name={labelId}
                        value={option.id}
                        checked={isChosen}
                        disabled={phase !== 'asking' || judged === true}
                        onChange={() => onChange({ ...answer, [id]: option.id })}
                      />
                      <span className="quiz-option-text">
                        <Prose text={option.text} />
                      </span>
                      {mark !== undefined && <Mark right={mark} />}
                    </label>
                  );
                })}
              </div>
            </li>
          );
        })}
      </ol>
      {isOver && way?.kind === 'request' && <Way way={way} />}
      {isOver && way?.kind === 'program' && <Run way={way} />}
    </div>
  );
}
