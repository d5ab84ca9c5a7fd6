// Reads the course while the site is built: the collections joined into one table of contents. For pages and components only.

import { getCollection, getEntry } from 'astro:content';
import { languages, type Language } from '../languages.ts';
import { courseRoot } from './course-root.ts';
import { addressOf } from './core/course/address.ts';
import { contentsOf, type Contents, type FoundLesson } from './core/course/contents.ts';

/** The table of contents of the course. Throws, with every fault named, when folders and course.yaml disagree. */
export const readContents = async (): Promise<Contents> => {
  const course = await getEntry('course', 'course');
  if (!course) throw new Error(`${courseRoot}/course.yaml is missing: it lists the parts and lessons of the course.`);
  const found = new Map<string, FoundLesson>();
  const folder = (id: string) => {
    if (!found.has(id)) found.set(id, { words: {} });
    return found.get(id)!;
  };
  for (const { id, data } of await getCollection('facts')) folder(id).facts = data;
  for (const { id, data } of await getCollection('lessons')) {
    const [lesson, language] = id.split('/') as [string, Language];
    folder(lesson).words[language] = data;
  }
  return contentsOf(course.data, found, courseRoot);
};

/** The address of a page in a language under the site's base path. */
export const pageAddress = (language: Language, page = '') => addressOf(language, page, import.meta.env.BASE_URL);

/** For getStaticPaths of `[...language]` routes: one path per language, the first at the root. */
export const languagePaths = () =>
  languages.map(({ id, path }) => ({ params: { language: path || undefined }, props: { language: id as Language } }));
