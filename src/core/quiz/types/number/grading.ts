/** A number with a tolerance and a unit. An answer is what was typed, so that nothing of it is lost in reading it. */
import { own, type CommonFacts, type CommonWords, type Feedback, type Grading, type Question } from '../../question.ts';
import { isWithin, typedNumber, type Typed, type Unit } from '../../number.ts';

export interface NumberFacts extends CommonFacts {
  type: 'number';
  answer: number;
  tolerance: number;
  units: Record<string, number>;
  distractors: Record<string, number>;
}
export interface UnitWords {
  short: string;
  names: string[];
}
export interface NumberWords extends CommonWords {
  units: Record<string, UnitWords>;
  distractors: Record<string, string>;
  otherwise: string;
}
export type NumberQuestion = Question<NumberFacts, NumberWords>;

/** What `number` and `measured` have in common: units, and wrong numbers with a known cause. */
interface Numeric {
  facts: { units: Record<string, number>; distractors: Record<string, number> };
  words: Pick<NumberWords, 'units' | 'distractors' | 'otherwise'>;
}

/** The units one may type, the first being the one in which the key is stated. */
export function unitsOf({ facts, words }: Numeric): Unit[] {
  return Object.entries(facts.units).map(([id, factor]) => {
    const unit = own(words.units, id);
    return { names: unit === undefined ? [id] : [unit.short, ...unit.names], factor };
  });
}

/** What was typed, read as a number in the first unit. */
export function typedAnswer(question: Numeric, answer: string): Typed {
  return typedNumber(answer, unitsOf(question));
}

/** The wrong number with a known cause that was typed, if it is one. */
export function distractorHit(question: Numeric, answer: string, tolerance: number): string | undefined {
  const typed = typedAnswer(question, answer);
  return Object.entries(question.facts.distractors).find(
    ([, value]) => 'value' in typed && isWithin(typed.value, value, tolerance),
  )?.[0];
}

/** What to say about a wrong number: what it usually comes from, or the general hint. */
export function numericFeedback(question: Numeric, answer: string, tolerance: number, right: boolean): Feedback[] {
  if (right) return [];
  const hit = distractorHit(question, answer, tolerance);
  const because = hit === undefined ? undefined : own(question.words.distractors, hit);
  return [{ key: hit ?? 'otherwise', about: null, right: false, because: because ?? question.words.otherwise }];
}

export const grading: Grading<NumberQuestion, string> = {
  blank: () => '',
  read: (_question, value) => (typeof value === 'string' ? value.slice(0, 100) : ''),
  isAnswered: (question, answer) => 'value' in typedAnswer(question, answer),
  grade(question, answer) {
    const typed = typedAnswer(question, answer);
    const right = 'value' in typed && isWithin(typed.value, question.facts.answer, question.facts.tolerance);
    return { right, score: right ? 1 : 0, parts: { value: right } };
  },
  key: ({ facts }) => String(facts.answer),
  retry: (_question, answer) => answer,
  feedback: (question, answer, verdict) => numericFeedback(question, answer, question.facts.tolerance, verdict.right),
};
