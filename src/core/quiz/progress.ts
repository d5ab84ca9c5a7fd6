/**
 * Where a reader stands in a quiz, derived from the log of what they did. It stores nothing and keeps nothing:
 * the same log always gives the same progress. First tries are told apart from later ones and never overwritten.
 */
import type { CommonFacts } from './question.ts';

/** How sure the reader said they were, before they saw whether they were right. */
export const confidences = ['guess', 'fair', 'sure'] as const;
export type Confidence = (typeof confidences)[number];

/** One checked answer, as far as progress reads it. */
export interface Attempt {
  kind: 'attempt';
  question: string;
  rev: number;
  answer: unknown;
  right: boolean;
  score: number;
  confidence: Confidence | null;
  /** How many hints had been shown. */
  hints?: number;
}

/** The reader asked to be shown the answer. */
export interface Revealed {
  kind: 'revealed';
  question: string;
  rev: number;
}

/** Where an arrival is that is at no question: the summary at the end. No question can have this id. */
export const summaryPlace = '#summary';

/** The reader came to this question. */
export interface Arrival {
  kind: 'arrival';
  question: string;
}

/** The reader wants to be asked these questions once more. */
export interface Again {
  kind: 'again';
  questions: readonly string[];
}

export type QuizEvent = Attempt | Revealed | Arrival | Again;

export interface QuestionProgress {
  question: string;
  /** In this round. `new`: not answered. `wrong`: tried, still open. `right`: found. `revealed`: shown on request. */
  state: 'new' | 'wrong' | 'right' | 'revealed';
  /** Every attempt at this revision, first to last, of all rounds. */
  attempts: Attempt[];
  /** The very first try, whatever came later. */
  first: Attempt | null;
  /** The latest try of this round. */
  latest: Attempt | null;
  /** Attempts at earlier revisions: kept, but not counted, since they answered something else. */
  earlier: Attempt[];
}

export interface QuizProgress {
  questions: QuestionProgress[];
  /** Questions that are found or revealed. */
  done: number;
  /** Right at the first try, and without a hint. */
  firstRight: number;
  /** Right at the first try, after a hint. */
  firstHelped: number;
  isFinished: boolean;
  /** The question where the reader was, else the first that is open; `summaryPlace` at the end; null when all are done and none was looked at. */
  atHand: string | null;
  /** Where the reader last went; null while they have gone nowhere. */
  arrivedAt: string | null;
  /** Per confidence that was stated at a first try: how many tries, and how many of them were right. */
  calibration: Record<Confidence, { tries: number; right: number }>;
}

/** Whether an answer was given after a hint. */
export const isHelped = ({ hints = 0 }: Attempt): boolean => hints > 0;

/** `events` are those of one lesson, oldest first. Events about questions that no longer exist are left alone. */
export function progressOf(
  questions: readonly Pick<CommonFacts, 'id' | 'rev'>[],
  events: readonly QuizEvent[],
): QuizProgress {
  const each = questions.map(({ id, rev }): QuestionProgress => {
    const tried = events.filter((event) => event.kind === 'attempt' && event.question === id) as Attempt[];
    const attempts = tried.filter((attempt) => attempt.rev === rev);
    // A round begins whenever the reader asks for the question again.
    const round = events.slice(
      1 + events.findLastIndex((event) => event.kind === 'again' && event.questions.includes(id)),
    );
    const inRound = attempts.filter((attempt) => round.includes(attempt));
    const latest = inRound.at(-1) ?? null;
    const isRevealed = round.some((event) => event.kind === 'revealed' && event.question === id && event.rev === rev);
    const isFound = inRound.some(({ right }) => right);
    return {
      question: id,
      state: isFound ? 'right' : isRevealed ? 'revealed' : latest === null ? 'new' : 'wrong',
      attempts,
      first: attempts[0] ?? null,
      latest,
      earlier: tried.filter((attempt) => attempt.rev !== rev),
    };
  });
  const done = each.filter(({ state }) => state === 'right' || state === 'revealed').length;
  const known = new Set(questions.map(({ id }) => id));
  const arrivals = events.filter((event) => event.kind === 'arrival');
  const arrivedAt =
    arrivals.findLast(({ question }) => known.has(question) || question === summaryPlace)?.question ?? null;
  const open = each.find(({ state }) => state === 'new' || state === 'wrong')?.question ?? null;
  const stated = each.flatMap(({ first }) => (first === null ? [] : [first]));
  const calibration = Object.fromEntries(
    confidences.map((confidence) => {
      const such = stated.filter((attempt) => attempt.confidence === confidence);
      return [confidence, { tries: such.length, right: such.filter(({ right }) => right).length }];
    }),
  ) as QuizProgress['calibration'];
  return {
    questions: each,
    done,
    firstRight: each.filter(({ first }) => first?.right === true && !isHelped(first)).length,
    firstHelped: each.filter(({ first }) => first?.right === true && isHelped(first)).length,
    isFinished: done === questions.length,
    atHand: arrivedAt ?? open,
    arrivedAt,
    calibration,
  };
}
