/** A number to be typed, with its unit beside it. */
import type { ReactNode } from 'react';
import { typedAnswer, type NumberQuestion } from '../../../../core/quiz/types/number/grading.ts';
import { Mark } from '../../Mark.tsx';
import type { ViewProps } from '../../view.ts';
import { useSpeech } from '../../words.tsx';

export interface NumberFieldProps {
  /** What is typed, or the key when it is revealed. */
  text: string;
  onChange(text: string): void;
  unit: string;
  /** Why what is typed cannot be read, if it cannot. */
  problem: 'not-a-number' | 'unknown-unit' | null;
  /** The units that may be typed, for the message about another one. */
  units: string;
  isOpen: boolean;
  judged: boolean | undefined;
  prefix: string;
  promptId: string;
}

export function NumberField({
  text,
  onChange,
  unit,
  problem,
  units,
  isOpen,
  judged,
  prefix,
  promptId,
}: NumberFieldProps): ReactNode {
  const { say } = useSpeech();
  return (
    <div className="quiz-entry" data-judged={judged}>
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        className="quiz-field quiz-field-number"
        aria-labelledby={`${promptId} ${prefix}-unit`}
        aria-describedby={problem === null ? undefined : `${prefix}-problem`}
        aria-invalid={problem === null ? undefined : true}
        value={text}
        readOnly={!isOpen}
        onChange={({ target }) => onChange(target.value)}
      />
      <span id={`${prefix}-unit`} className="quiz-unit">
        {unit}
      </span>
      {judged !== undefined && <Mark right={judged} />}
      <output id={`${prefix}-problem`} className="quiz-hint">
        {problem === 'not-a-number' && say('number.notANumber')}
        {problem === 'unknown-unit' && say('number.unknownUnit', { units })}
      </output>
    </div>
  );
}

export function NumberView({
  question,
  answer,
  onChange,
  phase,
  verdict,
  prefix,
  promptId,
}: ViewProps<NumberQuestion, string>): ReactNode {
  const typed = typedAnswer(question, answer);
  const problem = 'problem' in typed && typed.problem !== 'empty' ? typed.problem : null;
  const units = Object.keys(question.facts.units).map((id) => question.words.units[id]?.short ?? id);
  return (
    <NumberField
      text={answer}
      onChange={onChange}
      unit={units[0] ?? ''}
      units={units.join(', ')}
      problem={phase === 'asking' ? problem : null}
      isOpen={phase === 'asking'}
      judged={phase === 'asking' ? undefined : phase === 'revealed' ? true : verdict?.right}
      prefix={prefix}
      promptId={promptId}
    />
  );
}
