/**
 * The rounds of a self-quiz over a part, read off the log: a round ends when every question of it was found or shown, or when the
 * reader stayed away for long. It knows no storage and no view.
 */
import { apart, keyOf, type LogEntry } from '../review/schedule.ts';
import { interleave, type Askable } from './draw.ts';

export interface Round<Event extends LogEntry = LogEntry> {
  /** From 0. */
  number: number;
  events: Event[];
  /** By `keyOf`: found or shown. */
  done: ReadonlySet<string>;
  isOver: boolean;
}

/**
 * The round that the reader is in; a fresh one when the last is over and `isGoingOn` is false, so that whoever has just finished
 * may look at how it went.
 */
export function currentRound<Event extends LogEntry>(
  log: readonly Event[],
  questions: readonly Askable[],
  now: number,
  isGoingOn: boolean,
): Round<Event> {
  const known = new Map(questions.map((one) => [keyOf(one.lesson, one.question), one.rev]));
  let [number, last] = [0, Number.NEGATIVE_INFINITY];
  let events: Event[] = [];
  let done = new Set<string>();
  const isOver = (): boolean => known.size > 0 && done.size === known.size;
  for (const entry of log) {
    const key = keyOf(entry.lesson, entry.question ?? '');
    if (entry.occasion !== 'part' || known.get(key) !== entry.rev) continue;
    // What was shown after the last answer still belongs to it.
    const isNext = entry.kind === 'attempt' && (isOver() || entry.at - last >= apart);
    if (isNext && events.length > 0) [number, events, done] = [number + 1, [], new Set()];
    events.push(entry);
    last = entry.at;
    if (entry.kind === 'revealed' || entry.right === true) done.add(key);
  }
  const isStale = events.length > 0 && (isGoingOn ? false : isOver() || now - last >= apart);
  return isStale
    ? { number: number + 1, events: [], done: new Set(), isOver: false }
    : { number, events, done, isOver: isOver() };
}

/** The questions of a round in the order in which they are asked: mixed over the lessons, each round otherwise. */
export const roundOrder = <One extends Askable>(questions: readonly One[], part: string, number: number): One[] =>
  interleave(questions, `${part} ${number}`);
