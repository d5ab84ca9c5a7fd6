/** The files of material.ts, made while the site is built. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../../languages.ts';
import { lessonPage } from '../../core/course/address.ts';
import { lessonsInOrder } from '../../core/course/contents.ts';
import { courseRoot } from '../../course-root.ts';
import { pageAddress, readContents } from '../../course.ts';
import { outlineOf } from '../../markdown/outline.ts';
import { linksOf, quizIn } from '../quiz/quiz-of.ts';
import { materialVersion, type CourseMaterial, type QuestionMaterial } from './material.ts';

const folderOf = (lesson: string): string => join(process.cwd(), courseRoot, 'lessons', lesson);

/** The headings of a lesson's prose. Read from its text, since what is no page cannot render it. */
function headingsOf(language: Language, lesson: string): { slug: string; text: string; depth: number }[] {
  const { headings } = outlineOf(readFileSync(join(folderOf(lesson), `${language}.mdx`), 'utf8'));
  return headings.flatMap(({ id, text, depth }) => (id === null ? [] : [{ slug: id, text, depth }]));
}

/** The ids of the lessons that are written, in order. */
export async function writtenLessons(): Promise<string[]> {
  return lessonsInOrder(await readContents()).flatMap(({ lesson }) => (lesson.written ? [lesson.id] : []));
}

/** Which lessons, sections and questions there are, with their titles in this language. */
export async function courseMaterial(language: Language): Promise<CourseMaterial> {
  const written = lessonsInOrder(await readContents()).filter(({ lesson }) => lesson.written);
  const lessons = written.map(({ lesson: { id, title } }) => ({
    id,
    title: title[language],
    address: pageAddress(language, lessonPage(id)),
    sections: headingsOf(language, id)
      .filter(({ depth }) => depth === 2 || depth === 3)
      .map(({ slug, text }) => ({ id: slug, title: text })),
    questions: (quizIn(folderOf(id))?.questions ?? []).map(({ id: question, rev, topic, reread }) => ({
      id: question,
      rev,
      topic,
      reread,
    })),
  }));
  return { version: materialVersion, lessons };
}

/** The questions of a lesson in this language, with their keys and with links into the lesson. */
export async function questionMaterial(language: Language, lesson: string): Promise<QuestionMaterial> {
  const questions = quizIn(folderOf(lesson))?.in[language] ?? [];
  const headings = headingsOf(language, lesson);
  const links = linksOf(questions, { language, lesson, headings, base: import.meta.env.BASE_URL });
  return { version: materialVersion, lesson, questions, links };
}
