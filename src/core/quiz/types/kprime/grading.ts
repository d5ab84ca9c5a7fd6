/** Four statements, each judged true or false (Kprime). An answer is the judgement per statement; those not judged are left out. */
import {
  isRecord,
  own,
  shareRight,
  type CommonFacts,
  type CommonWords,
  type Grading,
  type Question,
} from '../../question.ts';
import type { OptionWords } from '../one-choice/grading.ts';

export interface KprimeFacts extends CommonFacts {
  type: 'kprime';
  statements: Record<string, boolean>;
}
export interface KprimeWords extends CommonWords {
  statements: Record<string, OptionWords>;
}
export type Kprime = Question<KprimeFacts, KprimeWords>;

export const grading: Grading<Kprime, Record<string, boolean>> = {
  blank: () => ({}),
  read: ({ facts }, value) =>
    isRecord(value)
      ? Object.fromEntries(
          Object.keys(facts.statements).flatMap((id) => {
            const judged = own(value, id);
            return typeof judged === 'boolean' ? [[id, judged]] : [];
          }),
        )
      : {},
  isAnswered: ({ facts }, answer) => Object.keys(facts.statements).every((id) => own(answer, id) !== undefined),
  grade({ facts }, answer) {
    const statements = Object.entries(facts.statements);
    const parts = Object.fromEntries(statements.map(([id, isTrue]) => [id, own(answer, id) === isTrue]));
    const share = shareRight(parts);
    // The usual rule for this type: all four count full, three of four half, fewer nothing, since two come by guessing.
    return { right: share === 1, score: share === 1 ? 1 : share >= 0.75 ? 0.5 : 0, parts };
  },
  key: ({ facts }) => ({ ...facts.statements }),
  retry: (_question, answer, verdict) =>
    Object.fromEntries(Object.entries(answer).filter(([id]) => own(verdict.parts, id) === true)),
  feedback({ facts, words }, _answer, verdict, revealed) {
    return Object.keys(facts.statements).flatMap((key) => {
      const right = own(verdict.parts, key) === true;
      const statement = own(words.statements, key);
      return statement === undefined || (right && !revealed)
        ? []
        : [{ key, about: statement.text, right, because: statement.because }];
    });
  },
};
