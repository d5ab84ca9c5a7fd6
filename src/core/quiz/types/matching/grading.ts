/** Items to be sorted into groups. An answer is the group per item; items not placed yet are left out. */
import {
  isRecord,
  own,
  shareRight,
  type CommonFacts,
  type CommonWords,
  type Grading,
  type Question,
} from '../../question.ts';
import { shuffled } from '../../shuffle.ts';
import type { OptionWords } from '../one-choice/grading.ts';

export interface MatchingFacts extends CommonFacts {
  type: 'matching';
  groups: Record<string, string[]>;
}
export interface MatchingWords extends CommonWords {
  groups: Record<string, string>;
  items: Record<string, OptionWords>;
}
export type Matching = Question<MatchingFacts, MatchingWords>;

/** The items in the order in which they are shown. */
export function itemsShown(facts: MatchingFacts): string[] {
  return shuffled(Object.values(facts.groups).flat(), facts.id);
}

/** The group each item belongs to. */
function home(facts: MatchingFacts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts.groups).flatMap(([group, items]) => items.map((item) => [item, group])),
  );
}

export const grading: Grading<Matching, Record<string, string>> = {
  blank: () => ({}),
  read: ({ facts }, value) =>
    isRecord(value)
      ? Object.fromEntries(
          itemsShown(facts).flatMap((item) => {
            const group = own(value, item);
            return typeof group === 'string' && Object.hasOwn(facts.groups, group) ? [[item, group]] : [];
          }),
        )
      : {},
  isAnswered: ({ facts }, answer) => itemsShown(facts).every((item) => own(answer, item) !== undefined),
  grade({ facts }, answer) {
    const parts = Object.fromEntries(
      Object.entries(home(facts)).map(([item, group]) => [item, own(answer, item) === group]),
    );
    const score = shareRight(parts);
    return { right: score === 1, score, parts };
  },
  key: ({ facts }) => home(facts),
  retry: (_question, answer, verdict) =>
    Object.fromEntries(Object.entries(answer).filter(([item]) => own(verdict.parts, item) === true)),
  feedback({ facts, words }, _answer, verdict, revealed) {
    return itemsShown(facts).flatMap((key) => {
      const right = own(verdict.parts, key) === true;
      const item = own(words.items, key);
      return item === undefined || (right && !revealed)
        ? []
        : [{ key, about: item.text, right, because: item.because }];
    });
  },
};
