/** Which lesson and language a tag stands in: read off the page's address, so that authors need not say it. */
import { join } from 'node:path';
import { languages, type Language } from '../../../languages.ts';
import { courseRoot } from '../../course-root.ts';

export interface Place {
  language: Language;
  /** The lesson's id; empty on pages that are no lesson. */
  lesson: string;
  /** The lesson's folder. */
  folder: string;
  /** The file in which the tag was written, for messages to authors. */
  file: string;
}

/** The place of a page by its address: `/seams/ko/lessons/client-server/` is Korean, client-server. */
export function placeOf(url: URL): Place {
  const [before = '', after = ''] = url.pathname.split(/(?:^|\/)lessons\//);
  const folders = before.split('/');
  const language = languages.find(({ path }) => path !== '' && folders.includes(path)) ?? languages[0];
  const lesson = after.split('/')[0]?.replace(/\.html$/, '') ?? '';
  const folder = join(process.cwd(), courseRoot, 'lessons', lesson);
  return { language: language.id, lesson, folder, file: `${courseRoot}/lessons/${lesson}/${language.id}.mdx` };
}
