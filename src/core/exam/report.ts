/**
 * What an exam says about what is known: by topic and by part, how sure the reader was of what, what to read again, and how it
 * compares with earlier exams. It knows no view and no words.
 */
import { confidences, type Confidence } from '../quiz/progress.ts';
import { askedAs, type Askable } from './draw.ts';
import type { Sitting } from './sitting.ts';

/** A question of the course as the report needs it. */
export interface Placed extends Askable {
  part: string;
  /** Where it is explained. */
  reread: string;
}

export interface Count {
  right: number;
  of: number;
}

/** How the questions of one topic or one part went. */
export interface Group extends Count {
  id: string;
}

export interface Line {
  key: string;
  lesson: string;
  question: string;
  outcome: 'right' | 'wrong' | 'open';
  score: number;
  confidence: Confidence | null;
  /** Null when the course does not have the question any more. */
  placed: Placed | null;
}

export interface ExamReport extends Count {
  /** Without an answer. They count as not right. */
  open: number;
  /** Mean score from 0 to 1, in which an answer that is partly right counts for its part. */
  score: number;
  lines: Line[];
  /** In the order of the course. */
  byTopic: Group[];
  byPart: Group[];
  /** Of those answered: met here for the first time, and met before. */
  firstMet: Count;
  metBefore: Count;
  calibration: Record<Confidence, Count>;
}

const counted = (lines: readonly Line[]): Count => ({
  right: lines.filter(({ outcome }) => outcome === 'right').length,
  of: lines.length,
});

function grouped(lines: readonly Line[], ids: readonly string[], groupOf: (one: Placed) => string): Group[] {
  return [...new Set(ids)].flatMap((id) => {
    const mine = lines.filter(({ placed }) => placed !== null && groupOf(placed) === id);
    return mine.length === 0 ? [] : [{ id, ...counted(mine) }];
  });
}

/** `course`: all questions there are, in the order of the course. */
export function reportOf(sitting: Sitting, course: readonly Placed[]): ExamReport {
  const known = new Map(course.map((placed) => [askedAs(placed), placed]));
  const lines = sitting.questions.map(({ lesson, question }): Line => {
    const key = askedAs({ lesson, question });
    const judged = sitting.judged.get(key);
    return {
      key,
      lesson,
      question,
      outcome: judged === undefined ? 'open' : judged.right ? 'right' : 'wrong',
      score: judged?.score ?? 0,
      confidence: judged?.confidence ?? null,
      placed: known.get(key) ?? null,
    };
  });
  const answered = lines.filter(({ outcome }) => outcome !== 'open');
  const isFirst = ({ key }: Line): boolean => sitting.judged.get(key)?.isFirst === true;
  return {
    ...counted(lines),
    open: lines.length - answered.length,
    score: lines.length === 0 ? 0 : lines.reduce((sum, { score }) => sum + score, 0) / lines.length,
    lines,
    byTopic: grouped(
      lines,
      course.map(({ topic }) => topic),
      ({ topic }) => topic,
    ),
    byPart: grouped(
      lines,
      course.map(({ part }) => part),
      ({ part }) => part,
    ),
    firstMet: counted(answered.filter(isFirst)),
    metBefore: counted(answered.filter((line) => !isFirst(line))),
    calibration: Object.fromEntries(
      confidences.map((confidence) => [confidence, counted(answered.filter((line) => line.confidence === confidence))]),
    ) as ExamReport['calibration'],
  };
}

/** What missed questions point to, in the order of the course: each place once, with the questions that lead there. */
export function toRead({ lines }: ExamReport, course: readonly Placed[]): { placed: Placed; missed: Line[] }[] {
  const places = new Map<string, { placed: Placed; missed: Line[] }>();
  for (const placed of course) {
    const line = lines.find(({ key }) => key === askedAs(placed));
    if (line === undefined || line.outcome === 'right') continue;
    const place = `${placed.lesson}#${placed.reread}`;
    const known = places.get(place) ?? { placed, missed: [] };
    known.missed.push(line);
    places.set(place, known);
  }
  return [...places.values()];
}

/** Exams that were handed in before this one, oldest first, and this one last: when, and how many were right. */
export function comparison(sittings: readonly Sitting[], exam: string): (Count & { exam: string; at: number })[] {
  const end = sittings.findIndex((one) => one.exam === exam);
  return sittings
    .slice(0, end + 1)
    .filter(({ state }) => state === 'handed-in')
    .map((one) => ({
      exam: one.exam,
      at: one.ended ?? one.begun,
      right: [...one.judged.values()].filter(({ right }) => right).length,
      of: one.questions.length,
    }));
}
