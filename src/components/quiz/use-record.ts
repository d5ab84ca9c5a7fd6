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

/** A happening of this lesson, before it is said which lesson, and on which occasion. */
export type Mine = Happening extends infer Each
  ? Each extends { lesson: string }
    ? Omit<Each, 'lesson' | 'occasion'>
    : never
  : never;

export interface RecordView extends LessonRecord {
  /** What progress is derived from. */
  events: QuizEvent[];
  append(happening: Mine): void;
  keepDraft(question: string, answer: unknown): void;
}

/** Whether an entry is about the quiz of a lesson. What was answered in a review stays apart, so that first tries are those of the quiz. */
function isOfQuiz(entry: Entry): entry is Exclude<Entry, { kind: 'reading' | 'export' }> {
  if (entry.kind === 'reading' || entry.kind === 'export') return false;
  return !('occasion' in entry) || entry.occasion === 'lesson';
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
      append: (happening) => void open().append({ ...happening, lesson, occasion: 'lesson' } as Happening),
      keepDraft: (question, answer) => open().keepDraft(lesson, question, answer),
    }),
    [record, lesson, open],
  );
}
