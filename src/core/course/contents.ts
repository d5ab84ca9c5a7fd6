// The table of contents: joins the list in course.yaml with the lessons that are written.
// Pure: it is handed what was read and never looks for files itself.

import { languages, type Language } from '../../../languages.ts';
import type { Course, LessonFacts, LessonWords } from './schema.ts';

/** A lesson that is written: its facts, and its words in every language. */
export type WrittenLesson = { facts: LessonFacts; words: Record<Language, LessonWords> };

/** One line of the contents. `written` is absent while the lesson is planned. */
export type ContentsLesson = {
  id: string;
  title: Record<Language, string>;
  was: string[];
  written?: WrittenLesson;
  /** Place within its part, from 1. */
  number: number;
};
export type ContentsPart = { id: string; title: Record<Language, string>; number: number; lessons: ContentsLesson[] };
export type Contents = { parts: ContentsPart[]; reportTo?: string };

/** What was found under lessons/: for every folder its facts, if there, and its words by language, as far as there. */
export type FoundLesson = { facts?: LessonFacts; words: Partial<Record<Language, LessonWords>> };

/** Joins the list with what was found. Throws one Error that lists everything wrong, each with what would be right. */
export const contentsOf = (course: Course, found: Map<string, FoundLesson>, root = 'content'): Contents => {
  const wrong: string[] = [];
  const listed = new Set(course.parts.flatMap((part) => part.lessons.map((lesson) => lesson.id)));
  for (const [id, { facts, words }] of found) {
    const folder = `${root}/lessons/${id}`;
    if (!listed.has(id))
      wrong.push(
        `${folder}: not in the contents. Add "- id: ${id}" with its titles to the right part of ${root}/course.yaml.`,
      );
    if (!facts) wrong.push(`${folder}/lesson.yaml: missing. It holds topics, minutes, simulations, needs.`);
    for (const { id: language, name } of languages)
      if (!words[language])
        wrong.push(
          `${folder}/${language}.mdx: missing. A lesson is published in every language; this is the ${name} text.`,
        );
    for (const needed of facts?.needs ?? [])
      if (!listed.has(needed))
        wrong.push(
          `${folder}/lesson.yaml: needs names ${needed}, which ${root}/course.yaml does not list. Use the id of a listed lesson.`,
        );
  }
  if (wrong.length)
    throw new Error(`The course does not hold together:\n${wrong.map((line) => `  ${line}`).join('\n')}`);

  const written = (id: string): WrittenLesson | undefined => {
    const lesson = found.get(id);
    return lesson && { facts: lesson.facts!, words: lesson.words as Record<Language, LessonWords> };
  };
  const parts = course.parts.map((part, p) => ({
    id: part.id,
    title: part.title,
    number: p + 1,
    lessons: part.lessons.map((lesson, l): ContentsLesson => {
      const text = written(lesson.id);
      const title = text
        ? (Object.fromEntries(languages.map(({ id }) => [id, text.words[id].title])) as Record<Language, string>)
        : lesson.title;
      return { id: lesson.id, title, was: lesson.was, written: text, number: l + 1 };
    }),
  }));
  return { parts, reportTo: course.reportTo };
};

/** All lessons in reading order, each with its part. */
export const lessonsInOrder = (contents: Contents) =>
  contents.parts.flatMap((part) => part.lessons.map((lesson) => ({ part, lesson })));

/** The neighbours of a lesson in reading order, written or planned; undefined at either end. */
export const neighboursOf = (contents: Contents, id: string) => {
  const all = lessonsInOrder(contents);
  const here = all.findIndex(({ lesson }) => lesson.id === id);
  return { previous: here > 0 ? all[here - 1] : undefined, next: here < 0 ? undefined : all[here + 1] };
};

/** The lesson to begin with: the first that is written. */
export const firstWritten = (contents: Contents) => lessonsInOrder(contents).find(({ lesson }) => lesson.written);

/** Old ids of written lessons, each with the id the lesson has now. */
export const renamed = (contents: Contents) =>
  lessonsInOrder(contents).flatMap(({ lesson }) =>
    lesson.written ? lesson.was.map((old) => ({ old, now: lesson.id })) : [],
  );
