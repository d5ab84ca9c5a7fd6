/** Things to be put in order. An answer is all their ids, first to last. */
import { own, type CommonFacts, type CommonWords, type Grading, type Question } from '../../question.ts';
import { misordered } from '../../shuffle.ts';
import type { OptionWords } from '../one-choice/grading.ts';

export interface OrderingFacts extends CommonFacts {
  type: 'ordering';
  order: string[];
}
export interface OrderingWords extends CommonWords {
  items: Record<string, OptionWords>;
  first: string;
  last: string;
}
export type Ordering = Question<OrderingFacts, OrderingWords>;

/** The ids with one of them moved to another place (0 is the first); the rest keep their order. */
export function moved(order: readonly string[], id: string, to: number): string[] {
  const rest = order.filter((other) => other !== id);
  return rest.toSpliced(Math.max(0, Math.min(rest.length, to)), 0, id);
}

/**
 * Moves one item past its unlocked neighbours only: those that were right stay where they are.
 * `by` is how many unlocked places it goes, negative towards the first.
 */
export function movedAmongOpen(
  order: readonly string[],
  id: string,
  by: number,
  isLocked: (id: string) => boolean,
): string[] {
  const open = order.filter((other) => !isLocked(other));
  const from = open.indexOf(id);
  if (from < 0) return [...order];
  const next = moved(open, id, from + by)[Symbol.iterator]();
  return order.map((other) => (isLocked(other) ? other : (next.next().value ?? other)));
}

export const grading: Grading<Ordering, string[]> = {
  blank: ({ facts }) => misordered(facts.order, facts.id),
  read(question, value) {
    const { order } = question.facts;
    if (!Array.isArray(value)) return grading.blank(question);
    const known = value.filter((id, at): id is string => order.includes(id) && value.indexOf(id) === at);
    // Items that the answer did not know of yet (a later revision) come last.
    return [...known, ...grading.blank(question).filter((id) => !known.includes(id))];
  },
  // Whatever stands there is an order; the view asks for at least one touch or a deliberate check.
  isAnswered: ({ facts }, answer) => answer.length === facts.order.length,
  grade({ facts }, answer) {
    const { order } = facts;
    let pairs = 0;
    let inOrder = 0;
    for (let a = 0; a < order.length; a += 1)
      for (let b = a + 1; b < order.length; b += 1) {
        pairs += 1;
        const [first, second] = [answer.indexOf(order[a] as string), answer.indexOf(order[b] as string)];
        if (first >= 0 && second >= 0 && first < second) inOrder += 1;
      }
    const parts = Object.fromEntries(order.map((id, at) => [id, answer[at] === id]));
    return { right: inOrder === pairs, score: inOrder / pairs, parts };
  },
  key: ({ facts }) => [...facts.order],
  retry: (_question, answer) => answer,
  feedback({ facts, words }, answer, verdict, revealed) {
    return (revealed ? facts.order : answer).flatMap((key) => {
      const right = own(verdict.parts, key) === true;
      const item = own(words.items, key);
      return item === undefined || (right && !revealed)
        ? []
        : [{ key, about: item.text, right, because: item.because }];
    });
  },
};
