/** A number that a run gives: typed like any other number, and then laid beside what was measured. */
import type { ReactNode } from 'react';
import type { Measured } from '../../../../core/quiz/types/measured/grading.ts';
import { typedAnswer } from '../../../../core/quiz/types/number/grading.ts';
import { useMeasured, WhereMeasured } from '../../use-measured.tsx';
import type { ViewProps } from '../../view.ts';
import { useSpeech } from '../../words.tsx';
import { NumberField } from '../number/View.tsx';

export function MeasuredView({
  question,
  answer,
  onChange,
  phase,
  verdict,
  prefix,
  promptId,
}: ViewProps<Measured, string>): ReactNode {
  const { say, language } = useSpeech();
  const typed = typedAnswer(question, answer);
  const problem = 'problem' in typed && typed.problem !== 'empty' ? typed.problem : null;
  const units = Object.keys(question.facts.units).map((id) => question.words.units[id]?.short ?? id);
  const isShown = phase === 'revealed' || (phase === 'checked' && verdict?.right === true);
  const { question: measured, live } = useMeasured(question, isShown);
  const key = measured.measured[0];
  const print = (value: number): string =>
    new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(value);
  return (
    <>
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
      {isShown && key?.value != null && (
        <>
          <p className="quiz-measured">
            {say(key.halfWidth === null ? 'measured.value' : 'measured.valueWithin', {
              value: print(key.value),
              within: print(key.halfWidth ?? 0),
              unit: units[0] ?? '',
            })}
          </p>
          <WhereMeasured live={live} />
        </>
      )}
    </>
  );
}
