/** A number that the machine measures. An answer is what was typed; the key comes with the question, from runs. */
import { type CommonFacts, type CommonWords, type Grading, type Question, type RunSetting } from '../../question.ts';
import { isWithin } from '../../number.ts';
import { numericFeedback, typedAnswer, type NumberWords } from '../number/grading.ts';

export interface MeasuredFacts extends CommonFacts {
  type: 'measured';
  run: RunSetting;
  measure: string;
  over?: { run?: RunSetting | undefined; measure?: string | undefined } | undefined;
  answer: number;
  margin: number;
  tolerance: number;
  units: Record<string, number>;
  distractors: Record<string, number>;
}
export type MeasuredWords = CommonWords & Pick<NumberWords, 'units' | 'distractors' | 'otherwise'>;
export type Measured = Question<MeasuredFacts, MeasuredWords>;

/** The measured value: what the runs gave, or what the author states where no run could be made. */
export function measuredKey({ facts, measured }: Measured): number {
  return measured[0]?.value ?? facts.answer;
}

export const grading: Grading<Measured, string> = {
  blank: () => '',
  read: (_question, value) => (typeof value === 'string' ? value.slice(0, 100) : ''),
  isAnswered: (question, answer) => 'value' in typedAnswer(question, answer),
  grade(question, answer) {
    const typed = typedAnswer(question, answer);
    const right = 'value' in typed && isWithin(typed.value, measuredKey(question), question.facts.tolerance);
    return { right, score: right ? 1 : 0, parts: { value: right } };
  },
  key: (question) => String(Number(measuredKey(question).toPrecision(3))),
  retry: (_question, answer) => answer,
  feedback: (question, answer, verdict) => numericFeedback(question, answer, question.facts.tolerance, verdict.right),
};
