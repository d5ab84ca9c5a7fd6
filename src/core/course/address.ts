// Addresses of pages: the first language at the root, every other under its own folder. Knows no lesson and no browser.

import { languages, type Language } from '../../../languages.ts';

/** The base path with exactly one slash at its end: '' and '/' become '/', '/seams' becomes '/seams/'. */
export const baseWithSlash = (base: string) => `/${base}/`.replace(/\/{2,}/g, '/');

/** The folder of a language: '' at the root, 'ko/' for Korean. */
const folderOf = (language: Language) => {
  const { path } = languages.find(({ id }) => id === language)!;
  return path ? `${path}/` : '';
};

/**
 * The address of a page in a language. `page` has no leading slash: '' is the home page, 'contents', 'lessons/client-server'.
 * addressOf('ko', 'contents', '/seams') // => '/seams/ko/contents/'
 */
export const addressOf = (language: Language, page: string, base = '/') =>
  `${baseWithSlash(base)}${folderOf(language)}${page ? `${page.replace(/\/$/, '')}/` : ''}`;

/** The page of a lesson, for `addressOf`. */
export const lessonPage = (lesson: string) => `lessons/${lesson}`;

/** The quiz of a lesson for paper, for `addressOf`. */
export const lessonSheet = (lesson: string) => `lessons/${lesson}/sheet`;

/** The slides of a lesson, for `addressOf`. */
export const lessonDeck = (lesson: string) => `lessons/${lesson}/slides`;

/** The page with the self-quiz of a part, for `addressOf`. */
export const partPage = (part: string) => `parts/${part}`;

/** The questions of a part for paper, for `addressOf`. */
export const partSheet = (part: string) => `parts/${part}/sheet`;

/** The page of a simulation, for `addressOf`. */
export const simulationPage = (simulation: string) => `simulations/${simulation}`;

/** The page that holds the stage of a simulation alone, for a frame on another page; for `addressOf`. */
export const embedPage = (simulation: string) => `embed/${simulation}`;
