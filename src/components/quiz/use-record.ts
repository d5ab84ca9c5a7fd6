/** One lesson's part of the learner's record, as a view sees it: read, kept up to date, and added to. */
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { QuizEvent } from '../../core/quiz/progress.ts';
import {
  learnerRecord,
  type Entry,
  type Happening,
  type LearnerRecord,
  type LessonRecord,
} from '../../storage/index.ts';

/** What is known while the page is built and until it is hydrated. */
const unread: LessonRecord = { keeping: 'opening', isRead: false, entries: [], drafts: {} };

/** A happening of this lesson, before it is said which lesson, on which occasion and in which exam. */
export type Mine = Happening extends infer Each
  ? Each extends { lesson: string }
    ? Omit<Each, 'lesson' | 'occasion' | 'exam'>
    : never
  : never;

export interface RecordView extends LessonRecord {
  /** What progress is derived from. */
  events: QuizEvent[];
  append(happening: Mine): void;
  keepDraft(question: string, answer: unknown): void;
  /** How many hints of a question were shown and not answered after; left out where nobody keeps it. */
  hintsSeen?: Readonly<Record<string, number>>;
  keepHints?(question: string, count: number): void;
}

/** The name under which hints that were shown are kept among the drafts. No question can have such an id. */
export const hintsPlace = (question: string): string => `${question}#hints`;

/** The question whose hints are kept under a name; null for the name of a draft. */
export const hintedQuestion = (name: string): string | null =>
  name.endsWith('#hints') ? name.slice(0, -'#hints'.length) : null;

function hintsIn(drafts: LessonRecord['drafts']): Record<string, number> {
  return Object.fromEntries(
    Object.entries(drafts).flatMap(([name, count]) => {
      const question = hintedQuestion(name);
      return question !== null && typeof count === 'number' ? [[question, count]] : [];
    }),
  );
}

/** Whether an entry is about the quiz of a lesson. What was answered in a review stays apart, so that first tries are those of the quiz. */
function isOfQuiz(entry: Entry): entry is Extract<Entry, QuizEvent> {
  const { kind } = entry;
  if (kind === 'arrival' || kind === 'again') return true;
  return (kind === 'attempt' || kind === 'revealed') && entry.occasion === 'lesson';
}

export function useRecord(lesson: string, open: () => LearnerRecord = learnerRecord): RecordView {
  const subscribe = useCallback((listener: () => void) => open().subscribe(listener), [open]);
  const record = useSyncExternalStore(
    subscribe,
    () => open().of(lesson),
    () => unread,
  );
  return useMemo(
    () => ({
      ...record,
      events: record.entries.filter(isOfQuiz),
      append: (happening) => void open().append({ ...happening, lesson, occasion: 'lesson', exam: null } as Happening),
      keepDraft: (question, answer) => open().keepDraft(lesson, question, answer),
      hintsSeen: hintsIn(record.drafts),
      keepHints: (question, count) => open().keepDraft(lesson, hintsPlace(question), count === 0 ? undefined : count),
    }),
    [record, lesson, open],
  );
}
