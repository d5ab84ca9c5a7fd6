/** Several choices: check boxes. What was found stays ticked, what was wrong stays struck, the rest is open. */
import type { ReactNode } from 'react';
import { own } from '../../../../core/quiz/question.ts';
import { missing, optionsShown, type Several } from '../../../../core/quiz/types/several/grading.ts';
import { Mark } from '../../Mark.tsx';
import type { ViewProps } from '../../view.ts';
import { Prose, useSpeech } from '../../words.tsx';

export function SeveralView({
  question,
  answer,
  onChange,
  phase,
  verdict,
  promptId,
}: ViewProps<Several, string[]>): ReactNode {
  const { say } = useSpeech();
  const left = missing(question.facts, answer);
  return (
    <fieldset aria-labelledby={promptId} className="quiz-options">
      <p className="quiz-hint">{say('several.hint')}</p>
      {optionsShown(question.facts).map((id) => {
        const judged =
          phase === 'revealed' && question.facts.answers.includes(id) ? true : verdict && own(verdict.parts, id);
        return (
          <label key={id} className="quiz-option" data-judged={judged ?? undefined}>
            <input
              type="checkbox"
              value={id}
              checked={answer.includes(id)}
              disabled={phase !== 'asking' || typeof judged === 'boolean'}
              onChange={({ target }) =>
                onChange(target.checked ? [...answer, id] : answer.filter((other) => other !== id))
              }
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
      {phase === 'checked' && left > 0 && <p className="quiz-hint">{say('several.missing', { count: left })}</p>}
    </fieldset>
  );
}
