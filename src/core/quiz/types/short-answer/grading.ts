/** A word or a few, compared without regard to case, spaces and punctuation. An answer is what was typed. */
import { own, type CommonFacts, type CommonWords, type Grading, type Question } from '../../question.ts';

export interface ShortAnswerFacts extends CommonFacts {
  type: 'short-answer';
  distractors: string[];
}
export interface Wording {
  accepts: string[];
  because: string;
}
export interface ShortAnswerWords extends CommonWords {
  accepts: string[];
  distractors: Record<string, Wording>;
  otherwise: string;
}
export type ShortAnswer = Question<ShortAnswerFacts, ShortAnswerWords>;

/**
 * What an answer comes down to: no case, no spaces, no punctuation, no English article in front, no copula behind in Korean.
 *
 * "The M.S.A." and "msa" are one; so are "마이크로 서비스입니다" and "마이크로서비스".
 */
export function normalised(typed: string): string {
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replace(/^(the|an|a)\s+/, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replace(/(?<=.)(입니다|이에요|예요|이다)$/u, '');
}

function isAmong(typed: string, accepted: readonly string[]): boolean {
  const answer = normalised(typed);
  return answer !== '' && accepted.some((one) => normalised(one) === answer);
}

export const grading: Grading<ShortAnswer, string> = {
  blank: () => '',
  read: (_question, value) => (typeof value === 'string' ? value.slice(0, 200) : ''),
  isAnswered: (_question, answer) => normalised(answer) !== '',
  grade({ words }, answer) {
    const right = isAmong(answer, words.accepts);
    return { right, score: right ? 1 : 0, parts: { text: right } };
  },
  key: ({ words }) => words.accepts[0] ?? '',
  retry: (_question, answer) => answer,
  feedback({ facts, words }, answer, verdict) {
    if (verdict.right) return [];
    const hit = facts.distractors.find((id) => isAmong(answer, own(words.distractors, id)?.accepts ?? []));
    const because = hit === undefined ? words.otherwise : (own(words.distractors, hit)?.because ?? words.otherwise);
    return [{ key: hit ?? 'otherwise', about: null, right: false, because }];
  },
};
