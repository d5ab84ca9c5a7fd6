/** The files of material.ts, made while the site is built. */
import { join } from 'node:path';
import type { Language } from '../../../languages.ts';
import { lessonPage, partPage } from '../../core/course/address.ts';
import { lessonsInOrder } from '../../core/course/contents.ts';
import { courseRoot } from '../../course-root.ts';
import { pageAddress, readContents } from '../../course.ts';
import { readTopics } from '../../markdown/library.ts';
import type { Quiz } from '../../core/quiz/read.ts';
import { courseQuizzes, lessonHeadings, linksOfQuiz, poolHeadings } from '../quiz/course-quizzes.ts';
import { quizIn } from '../quiz/quiz-of.ts';
import {
  materialVersion,
  type CourseMaterial,
  type LessonMaterial,
  type PartMaterial,
  type QuestionMaterial,
} from './material.ts';

const folderOf = (lesson: string): string => join(process.cwd(), courseRoot, 'lessons', lesson);

/** The ids of the lessons that are written, in order. */
export async function writtenLessons(): Promise<string[]> {
  return lessonsInOrder(await readContents()).flatMap(({ lesson }) => (lesson.written ? [lesson.id] : []));
}

/** The parts of the course of which something is written. */
export async function writtenParts(): Promise<string[]> {
  return (await readContents()).parts.flatMap(({ id, lessons }) =>
    lessons.some(({ written }) => written) ? [id] : [],
  );
}

/** How many questions the quiz of a lesson has. */
export const askedIn = (lesson: string): number => quizIn(folderOf(lesson))?.questions.length ?? 0;

/** The parts of the course that have questions. */
export async function askedParts(): Promise<string[]> {
  return (await readContents()).parts.flatMap(({ id, lessons }) =>
    lessons.some((lesson) => lesson.written && askedIn(lesson.id) > 0) ? [id] : [],
  );
}

const asks = (quiz: Quiz | null): LessonMaterial['questions'] =>
  (quiz?.questions ?? []).map(({ id, rev, type, topic, reread }) => ({ id, rev, type, topic, reread }));

/** The sets of the pool, told like lessons: what is asked there is kept, comes back and is examined in the same way. */
async function poolMaterial(language: Language): Promise<{ part: PartMaterial; sets: LessonMaterial[] } | null> {
  const sets = (await courseQuizzes()).filter(({ kind }) => kind === 'pool');
  const part = sets[0]?.part;
  if (part === undefined) return null;
  return {
    part: { id: part.id, title: part.title[language], address: pageAddress(language, 'simulations') },
    sets: sets.map(({ id, title, page, quiz }) => ({
      id,
      title: title[language],
      part: part.id,
      isPool: true,
      address: pageAddress(language, page),
      sections: poolHeadings(language).map(({ slug, text }) => ({ id: slug, title: text })),
      questions: asks(quiz),
    })),
  };
}

/** Which lessons, sections and questions there are, with their titles in this language. */
export async function courseMaterial(language: Language): Promise<CourseMaterial> {
  const written = lessonsInOrder(await readContents()).filter(({ lesson }) => lesson.written);
  const ofLessons = written.map(({ part, lesson: { id, title } }): LessonMaterial => ({
    id,
    title: title[language],
    part: part.id,
    address: pageAddress(language, lessonPage(id)),
    sections: lessonHeadings(language, id)
      .filter(({ depth }) => depth === 2 || depth === 3)
      .map(({ slug, text }) => ({ id: slug, title: text })),
    questions: asks(quizIn(folderOf(id))),
  }));
  const ofParts = [...new Map(written.map(({ part }) => [part.id, part])).values()].map(({ id, title }) => ({
    id,
    title: title[language],
    address: pageAddress(language, partPage(id)),
  }));
  const pool = await poolMaterial(language);
  const lessons = [...ofLessons, ...(pool?.sets ?? [])];
  const parts = [...ofParts, ...(pool === null ? [] : [pool.part])];
  const names = readTopics(language);
  const asked = new Set(lessons.flatMap(({ questions }) => questions.map(({ topic }) => topic)));
  const topics = Object.fromEntries([...asked].map((topic) => [topic, names[topic] ?? topic]));
  return { version: materialVersion, parts, lessons, topics };
}

/** The questions of a lesson in this language, with their keys and with links into the lesson. */
export async function questionMaterial(language: Language, lesson: string): Promise<QuestionMaterial> {
  const quiz = (await courseQuizzes()).find(({ id }) => id === lesson);
  const questions = quiz?.quiz.in[language] ?? [];
  return { version: materialVersion, lesson, questions, links: quiz === undefined ? {} : linksOfQuiz(quiz, language) };
}
