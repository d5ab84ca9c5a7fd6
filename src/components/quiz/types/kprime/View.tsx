/** Four statements, each with a pair of radio buttons: true or false. */
import type { ReactNode } from 'react';
import { own } from '../../../../core/quiz/question.ts';
import type { Kprime } from '../../../../core/quiz/types/kprime/grading.ts';
import { Mark } from '../../Mark.tsx';
import type { ViewProps } from '../../view.ts';
import { Prose, useSpeech } from '../../words.tsx';

export function KprimeView({
  question,
  answer,
  onChange,
  phase,
  verdict,
  prefix,
}: ViewProps<Kprime, Record<string, boolean>>): ReactNode {
  const { say } = useSpeech();
  return (
    <div className="quiz-statements">
      {Object.keys(question.facts.statements).map((id) => {
        const found = phase === 'revealed' ? true : verdict ? own(verdict.parts, id) : undefined;
        // Asked again, only what was right is still marked: the rest is open.
        const judged = phase === 'asking' && found !== true ? undefined : found;
        const labelId = `${prefix}-${id}`;
        return (
          <div key={id} role="radiogroup" aria-labelledby={labelId} className="quiz-statement" data-judged={judged}>
            <p id={labelId} className="quiz-statement-text">
              <Prose text={question.words.statements[id]?.text ?? id} />
              {judged !== undefined && (
                <span className="quiz-judged"> {say(judged ? 'judged.right' : 'judged.wrong')}</span>
              )}
            </p>
            <div className="quiz-pair">
              {[true, false].map((value) => (
                <label key={String(value)} className="quiz-choice">
                  <input
                    type="radio"
                    name={labelId}
                    checked={own(answer, id) === value}
                    disabled={phase !== 'asking' || judged === true}
                    onChange={() => onChange({ ...answer, [id]: value })}
                  />
                  <span>{say(value ? 'kprime.true' : 'kprime.false')}</span>
                </label>
              ))}
            </div>
            <span className="quiz-mark-place">{judged !== undefined && <Mark right={judged} />}</span>
          </div>
        );
      })}
    </div>
  );
}
