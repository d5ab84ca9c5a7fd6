/**
 * Where a reader stands in their exams, read off the log and nothing else. An answer given before an exam is handed in is kept and
 * not judged; attempts are what was judged. It knows no storage, no grading and no view.
 */
import type { Confidence } from '../quiz/progress.ts';
import { askedAs } from './draw.ts';

/** What is read of an entry of the log. Entries of other kinds are passed over. */
export interface ExamLogEntry {
  kind: string;
  lesson: string;
  /** By the reader's clock, in milliseconds since 1970. */
  at: number;
  exam?: string | null;
  questions?: readonly string[];
  atOnce?: boolean;
  handedIn?: boolean;
  question?: string;
  rev?: number;
  answer?: unknown;
  right?: boolean;
  score?: number;
  confidence?: Confidence | null;
}

/** An answer that is kept until the exam is handed in. */
export interface Given {
  rev: number;
  answer: unknown;
  confidence: Confidence | null;
}

/** An answer that was judged. */
export interface Judged extends Given {
  right: boolean;
  score: number;
  /** Nothing was answered to this question, on any occasion, before the exam began. */
  isFirst: boolean;
}

export interface Sitting {
  exam: string;
  begun: number;
  ended: number | null;
  /** `left`: given up, or left behind when another exam was begun. */
  state: 'open' | 'handed-in' | 'left';
  atOnce: boolean;
  questions: { lesson: string; question: string }[];
  /** By `askedAs`. */
  given: Map<string, Given>;
  /** By `askedAs`. */
  judged: Map<string, Judged>;
}

/** All exams of a log, oldest first. `nameNow` gives the present name of a lesson that was renamed. */
export function sittingsIn(
  log: readonly ExamLogEntry[],
  nameNow: (lesson: string) => string = (lesson) => lesson,
): Sitting[] {
  const sittings = new Map<string, Sitting>();
  /** What was answered so far, and what had been when each exam began. */
  const met = new Set<string>();
  const metBefore = new Map<string, ReadonlySet<string>>();
  for (const { kind, lesson, question = '', exam, at, ...entry } of log) {
    const sitting = typeof exam === 'string' ? sittings.get(exam) : undefined;
    const key = askedAs({ lesson, question });
    if (kind === 'exam' && typeof exam === 'string' && sitting === undefined) {
      for (const one of sittings.values()) if (one.state === 'open') one.state = 'left';
      metBefore.set(exam, new Set(met));
      sittings.set(exam, {
        exam,
        begun: at,
        ended: null,
        state: 'open',
        atOnce: entry.atOnce === true,
        questions: (entry.questions ?? []).map((asked) => {
          const cut = asked.lastIndexOf('/');
          return { lesson: nameNow(asked.slice(0, cut)), question: asked.slice(cut + 1) };
        }),
        given: new Map(),
        judged: new Map(),
      });
    } else if (kind === 'given' && sitting !== undefined) {
      const { rev = 0, answer, confidence = null } = entry;
      sitting.given.set(key, { rev, answer, confidence });
    } else if (kind === 'attempt') {
      met.add(key);
      // Handed in twice, in two tabs at once: the first counts.
      if (sitting === undefined || sitting.judged.has(key)) continue;
      const { rev = 0, answer, confidence = null, right = false, score = 0 } = entry;
      const isFirst = metBefore.get(sitting.exam)?.has(key) !== true;
      sitting.judged.set(key, { rev, answer, confidence, right, score, isFirst });
    } else if (kind === 'ended' && sitting !== undefined && sitting.state !== 'handed-in') {
      sitting.state = entry.handedIn === true ? 'handed-in' : 'left';
      sitting.ended = at;
    }
  }
  return [...sittings.values()];
}

/** The exam that is going on, if there is one. */
export const openSitting = (sittings: readonly Sitting[]): Sitting | null =>
  sittings.findLast(({ state }) => state === 'open') ?? null;

/** Whether a question of a sitting has an answer, judged or kept. */
export const isAnsweredIn = ({ given, judged }: Sitting, key: string): boolean => judged.has(key) || given.has(key);
