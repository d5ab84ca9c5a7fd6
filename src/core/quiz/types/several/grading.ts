/** Several options are right. An answer is the ids of the chosen options. */
import { own, type CommonFacts, type CommonWords, type Grading, type Question } from '../../question.ts';
import { shuffled } from '../../shuffle.ts';
import type { OptionWords } from '../one-choice/grading.ts';

export interface SeveralFacts extends CommonFacts {
  type: 'several';
  answers: string[];
  distractors: string[];
}
export interface SeveralWords extends CommonWords {
  options: Record<string, OptionWords>;
}
export type Several = Question<SeveralFacts, SeveralWords>;

/** The options in the order in which they are shown. */
export function optionsShown(facts: SeveralFacts): string[] {
  return shuffled([...facts.answers, ...facts.distractors], facts.id);
}

/** How many right options were not chosen. */
export function missing(facts: SeveralFacts, answer: readonly string[]): number {
  return facts.answers.filter((id) => !answer.includes(id)).length;
}

export const grading: Grading<Several, string[]> = {
  blank: () => [],
  read: ({ facts }, value) =>
    Array.isArray(value) ? [...facts.answers, ...facts.distractors].filter((id) => value.includes(id)) : [],
  isAnswered: (_question, answer) => answer.length > 0,
  grade({ facts }, answer) {
    const hits = facts.answers.filter((id) => answer.includes(id)).length;
    const falseAlarms = facts.distractors.filter((id) => answer.includes(id)).length;
    const right = hits === facts.answers.length && falseAlarms === 0;
    return {
      right,
      // A false alarm undoes a hit: choosing everything must not pay.
      score: Math.max(0, (hits - falseAlarms) / facts.answers.length),
      parts: Object.fromEntries(answer.map((id) => [id, facts.answers.includes(id)])),
    };
  },
  key: ({ facts }) => [...facts.answers],
  retry: ({ facts }, answer) => answer.filter((id) => facts.answers.includes(id)),
  feedback({ facts, words }, answer, _verdict, revealed) {
    const told = optionsShown(facts).filter((id) => answer.includes(id) || (revealed && facts.answers.includes(id)));
    return told.flatMap((key) => {
      const option = own(words.options, key);
      return option === undefined
        ? []
        : [{ key, about: option.text, right: facts.answers.includes(key), because: option.because }];
    });
  },
};
