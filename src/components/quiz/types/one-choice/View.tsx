/** One choice: radio buttons. An option that was found wrong stays in sight, struck, and cannot be chosen again. */
import type { ReactNode } from 'react';
import { own } from '../../../../core/quiz/question.ts';
import { optionsShown, type OneChoice } from '../../../../core/quiz/types/one-choice/grading.ts';
import { Mark } from '../../Mark.tsx';
import type { ViewProps } from '../../view.ts';
import { Prose, useSpeech } from '../../words.tsx';

export function OneChoiceView({
  question,
  answer,
  onChange,
  phase,
  verdict,
  prefix,
  promptId,
}: ViewProps<OneChoice, string | null>): ReactNode {
  const { say } = useSpeech();
  return (
    <div role="radiogroup" aria-labelledby={promptId} className="quiz-options">
      {optionsShown(question.facts).map((id) => {
        const judged = phase === 'revealed' && id === question.facts.answer ? true : verdict && own(verdict.parts, id);
        const isOut = phase === 'asking' && judged === false;
        return (
          <label key={id} className="quiz-option" data-judged={judged ?? undefined}>
            <input
              type="radio"
              name={`${prefix}-option`}
              value={id}
              checked={answer === id}
              disabled={phase !== 'asking' || isOut}
              onChange={() => onChange(id)}
            />
            <span className="quiz-option-text">
              <Prose text={question.words.options[id]?.text ?? id} />
              {typeof judged === 'boolean' && (
                <span className="quiz-judged"> {say(judged ? 'judged.right' : 'judged.wrong')}</span>
              )}
            </span>
            {typeof judged === 'boolean' && <Mark right={judged} />}
          </label>
        );
      })}
    </div>
  );
}
