/** One option out of several is right. An answer is the id of the chosen option, or null. */
import { own, type CommonFacts, type CommonWords, type Grading, type Question } from '../../question.ts';
import { shuffled } from '../../shuffle.ts';

export interface OptionWords {
  text: string;
  because: string;
}

export interface OneChoiceFacts extends CommonFacts {
  type: 'one-choice';
  answer: string;
  distractors: string[];
  shown?: string[] | undefined;
}
export interface OneChoiceWords extends CommonWords {
  options: Record<string, OptionWords>;
}
export type OneChoice = Question<OneChoiceFacts, OneChoiceWords>;

/** The options in the order in which they are shown. */
export function optionsShown(facts: OneChoiceFacts): string[] {
  return facts.shown ?? shuffled([facts.answer, ...facts.distractors], facts.id);
}

export const grading: Grading<OneChoice, string | null> = {
  blank: () => null,
  read: ({ facts }, value) =>
    typeof value === 'string' && [facts.answer, ...facts.distractors].includes(value) ? value : null,
  isAnswered: (_question, answer) => answer !== null,
  grade({ facts }, answer) {
    const right = answer === facts.answer;
    return { right, score: right ? 1 : 0, parts: answer === null ? {} : { [answer]: right } };
  },
  key: ({ facts }) => facts.answer,
  retry: (_question, answer, verdict) => (verdict.right ? answer : null),
  feedback({ facts, words }, answer, _verdict, revealed) {
    const chosen = answer === null ? [] : [answer];
    const told = revealed && answer !== facts.answer ? [...chosen, facts.answer] : chosen;
    return told.flatMap((key) => {
      const option = own(words.options, key);
      return option === undefined
        ? []
        : [{ key, about: option.text, right: key === facts.answer, because: option.because }];
    });
  },
};
