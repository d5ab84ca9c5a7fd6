/**
 * When what was learnt is to be asked again: FSRS over the log of attempts, and nothing but the log. The same log gives the same
 * schedule on every device and at every time of asking. It knows no storage, no view and no clock: the time is handed in.
 */
import { createEmptyCard, fsrs, Rating, type Card, type Grade } from 'ts-fsrs';
import { shuffled } from '../quiz/shuffle.ts';
import type { Confidence } from '../quiz/progress.ts';

/** A question as it is now. */
export interface Asked {
  lesson: string;
  question: string;
  rev: number;
}

/** What the schedule reads of an entry of the log. Entries of other kinds are passed over. */
export interface LogEntry {
  kind: string;
  lesson: string;
  /** By the reader's clock, in milliseconds since 1970. */
  at: number;
  question?: string;
  rev?: number;
  right?: boolean;
  confidence?: Confidence | null;
  hints?: number;
  occasion?: 'lesson' | 'review' | 'part' | 'exam';
}

/** How one learnt question stands. */
export interface Learnt extends Asked {
  /** When it is to be asked again, in milliseconds since 1970. */
  due: number;
  /** The attempts that counted for the schedule. */
  tries: number;
  /** How many of those were wrong after the first. */
  lapses: number;
  /** Whether the last attempt that counted was right, and how sure the reader was. */
  right: boolean;
  confidence: Confidence | null;
  /** It was asked in a review, was missed, and neither found nor shown since: the reader was interrupted. */
  isOpen: boolean;
}

const hour = 3_600_000;
/**
 * An attempt counts for the schedule when it is the first, or when so long has passed since the last one that counted: trying
 * again a minute later shows what the explanation said, not what is remembered.
 */
export const apart = 8 * hour;
/** So much before its time a question is already due: whoever comes each evening need not come at the same minute. */
export const early = 8 * hour;

/** Nothing waits longer than a year. (The scheduler itself adds a day or two, to keep its grades apart.) */
export const longest = 365 * 24 * hour;

const scheduler = fsrs({
  request_retention: 0.9,
  maximum_interval: 365,
  // Chance would make two devices disagree, and steps of minutes would time the reader.
  enable_fuzz: false,
  enable_short_term: false,
});

/**
 * The grade that FSRS is given: Again for what was wrong; Hard for what was right by a guess or after a hint; Good for right and
 * fairly sure; Easy for right and certain. Where no confidence was stated: Good.
 */
export function gradeOf({ right, confidence, hints }: Pick<LogEntry, 'right' | 'confidence' | 'hints'>): Grade {
  if (right !== true) return Rating.Again;
  if ((hints ?? 0) > 0 || confidence === 'guess') return Rating.Hard;
  return confidence === 'sure' ? Rating.Easy : Rating.Good;
}

/** One text for a question of a lesson. */
export const keyOf = (lesson: string, question: string): string => `${lesson}/${question}`;

/**
 * All questions that were answered at least once as they are now, in the order given. Answers to earlier revisions do not count,
 * since they answered something else; questions that are no more are left out. `log` is in order, oldest first.
 */
export function learnt(log: readonly LogEntry[], questions: readonly Asked[]): Learnt[] {
  const known = new Map(questions.map((asked) => [keyOf(asked.lesson, asked.question), asked]));
  const cards = new Map<string, { card: Card; last: number; learnt: Learnt }>();
  for (const entry of log) {
    if (entry.kind !== 'attempt' && entry.kind !== 'revealed') continue;
    const key = keyOf(entry.lesson, entry.question ?? '');
    const asked = known.get(key);
    if (asked === undefined || asked.rev !== entry.rev) continue;
    const before = cards.get(key);
    const isReview = entry.occasion === 'review';
    if (entry.kind === 'revealed') {
      if (before !== undefined && isReview) before.learnt.isOpen = false;
      continue;
    }
    const { right = false, confidence = null } = entry;
    // A clock that was put back must not make time run backwards.
    const at = Math.max(entry.at, before?.last ?? entry.at);
    if (before !== undefined && at - before.last < apart) {
      if (right) before.learnt.isOpen = false;
      continue;
    }
    const grade = gradeOf(entry);
    const { card } = scheduler.next(before?.card ?? createEmptyCard(new Date(at)), new Date(at), grade);
    cards.set(key, {
      card,
      last: at,
      learnt: {
        ...asked,
        due: Math.min(card.due.getTime(), at + longest),
        tries: (before?.learnt.tries ?? 0) + 1,
        lapses: (before?.learnt.lapses ?? 0) + (before !== undefined && !right ? 1 : 0),
        right,
        confidence,
        isOpen: isReview && !right,
      },
    });
  }
  return questions.flatMap(({ lesson, question }) => cards.get(keyOf(lesson, question))?.learnt ?? []);
}

/** Whether a question is to be asked now. */
export const isDue = ({ due, isOpen }: Learnt, now: number): boolean => isOpen || due - early <= now;

/**
 * What is to be asked now, in the order in which to ask: first what was left open, then mixed over all lessons, since answering
 * is remembered better when the next question is about something else. The order is the same for the whole of a day.
 */
export function dueNow(all: readonly Learnt[], now: number): Learnt[] {
  const due = all.filter((one) => isDue(one, now));
  const byKey = new Map(due.map((one) => [keyOf(one.lesson, one.question), one]));
  const mixed = shuffled([...byKey.keys()], String(Math.floor(now / (24 * hour)))).map(
    (key) => byKey.get(key) as Learnt,
  );
  return [...mixed.filter(({ isOpen }) => isOpen), ...mixed.filter(({ isOpen }) => !isOpen)];
}

/** When the next question will be due and how many are due by then, of those that are not yet; null when there are none. */
export function nextDue(all: readonly Learnt[], now: number): { at: number; count: number } | null {
  const later = all.filter((one) => !isDue(one, now)).map(({ due }) => due - early);
  if (later.length === 0) return null;
  const at = Math.min(...later);
  // All of that day together: nobody wants to come back three times for one question each.
  return { at, count: later.filter((due) => due < at + 12 * hour).length };
}

/**
 * The events of the review that is going on for a question: what happened in reviews since the last attempt that counted, that
 * one included. Empty when the question is due and not open, since then it is asked afresh.
 */
export function roundOf<Event extends LogEntry>(log: readonly Event[], one: Learnt, now: number): Event[] {
  if (isDue(one, now) && !one.isOpen) return [];
  let last = Number.NEGATIVE_INFINITY;
  let from = 0;
  const mine = log.filter(
    ({ lesson, question, rev }) => lesson === one.lesson && question === one.question && rev === one.rev,
  );
  for (const [at, entry] of mine.entries()) {
    if (entry.kind !== 'attempt') continue;
    const time = Math.max(entry.at, last);
    if (time - last < apart) continue;
    [last, from] = [time, at];
  }
  return mine.slice(from).filter(({ occasion }) => occasion === 'review');
}
