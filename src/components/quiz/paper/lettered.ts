/** What a question offers, lettered for paper: in the order in which it is shown, whatever the type. It knows no page. */
import { own, type Question } from '../../../core/quiz/question.ts';
import { itemsShown, type Matching } from '../../../core/quiz/types/matching/grading.ts';
import type { Kprime } from '../../../core/quiz/types/kprime/grading.ts';
import { optionsShown as oneShown, type OneChoice } from '../../../core/quiz/types/one-choice/grading.ts';
import { grading as ordering, type Ordering } from '../../../core/quiz/types/ordering/grading.ts';
import { optionsShown as severalShown, type Several } from '../../../core/quiz/types/several/grading.ts';

export interface Lettered {
  id: string;
  letter: string;
  text: string;
}

/** The letter of a place, from 0: a, b, c. */
export const letterAt = (at: number): string => String.fromCharCode(97 + at);

const lettered = (ids: readonly string[], words: Record<string, { text: string }>): Lettered[] =>
  ids.map((id, at) => ({ id, letter: letterAt(at), text: own(words, id)?.text ?? id }));

/** Options, statements or items; empty for types that offer nothing of the kind. */
export function offered(question: Question): Lettered[] {
  switch (question.facts.type) {
    case 'one-choice': {
      const { facts, words } = question as OneChoice;
      return lettered(oneShown(facts), words.options);
    }
    case 'several': {
      const { facts, words } = question as Several;
      return lettered(severalShown(facts), words.options);
    }
    case 'kprime': {
      const { facts, words } = question as Kprime;
      return lettered(Object.keys(facts.statements), words.statements);
    }
    case 'ordering': {
      const { words } = question as Ordering;
      return lettered(ordering.blank(question as Ordering), words.items);
    }
    case 'matching': {
      const { facts, words } = question as Matching;
      return lettered(itemsShown(facts), words.items);
    }
    default:
      return [];
  }
}

/** The groups of a question that sorts, with capital letters. */
export function groupsOf(question: Question): Lettered[] {
  if (question.facts.type !== 'matching') return [];
  const { facts, words } = question as Matching;
  return Object.keys(facts.groups).map((id, at) => ({
    id,
    letter: letterAt(at).toUpperCase(),
    text: own(words.groups, id) ?? id,
  }));
}
