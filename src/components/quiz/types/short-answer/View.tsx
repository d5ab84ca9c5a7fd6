/** A word or a few, to be typed. */
import type { ReactNode } from 'react';
import type { ShortAnswer } from '../../../../core/quiz/types/short-answer/grading.ts';
import { Mark } from '../../Mark.tsx';
import type { ViewProps } from '../../view.ts';
import { useSpeech } from '../../words.tsx';

export function ShortAnswerView({
  answer,
  onChange,
  phase,
  verdict,
  prefix,
  promptId,
}: ViewProps<ShortAnswer, string>): ReactNode {
  const { say } = useSpeech();
  const judged = phase === 'asking' ? undefined : phase === 'revealed' ? true : verdict?.right;
  return (
    <div className="quiz-entry" data-judged={judged}>
      <input
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="quiz-field"
        aria-labelledby={promptId}
        aria-describedby={`${prefix}-hint`}
        value={answer}
        readOnly={phase !== 'asking'}
        onChange={({ target }) => onChange(target.value)}
      />
      {judged !== undefined && <Mark right={judged} />}
      <p id={`${prefix}-hint`} className="quiz-hint">
        {phase === 'asking' && say('shortAnswer.hint')}
      </p>
    </div>
  );
}
