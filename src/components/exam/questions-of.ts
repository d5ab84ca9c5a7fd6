/** The one list of questions from which exams and self-quizzes are drawn. It knows no view. */
import type { Placed } from '../../core/exam/report.ts';
import type { CourseMaterial } from '../review/material.ts';

/** All questions of the course, in its order. */
export const questionsOf = ({ lessons }: Pick<CourseMaterial, 'lessons'>): Placed[] =>
  lessons.flatMap(({ id: lesson, part, questions }) =>
    questions.map(({ id: question, rev, type, topic, reread }) => ({
      lesson,
      question,
      rev,
      type,
      topic,
      reread,
      part,
    })),
  );
