/** What a view of a question type is handed, whatever the type. */
import type { ComponentType } from 'react';
import type { Grading, Question, Verdict } from '../../core/quiz/question.ts';

export interface ViewProps<Q extends Question = Question, Answer = unknown> {
  question: Q;
  answer: Answer;
  /** Called with the whole new answer. */
  onChange(answer: Answer): void;
  /** `asking`: may be changed. `checked`: shows what was right and wrong. `revealed`: shows the right answer. */
  phase: 'asking' | 'checked' | 'revealed';
  /** What the latest check said: of this answer when it is checked, of the one before when it is asked again. */
  verdict: Verdict | null;
  /** Begins every id on the page that the view makes up. */
  prefix: string;
  /** Id of the prompt, for naming groups. */
  promptId: string;
}

/** A question type as the browser needs it: how it is judged and how it is shown. */
export interface TypeView<Q extends Question = Question, Answer = unknown> {
  grading: Grading<Q, Answer>;
  View: ComponentType<ViewProps<Q, Answer>>;
  /** The check itself shows the answer, so there is no second try. */
  isTriedOnce?: boolean;
}
