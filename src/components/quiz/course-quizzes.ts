/**
 * All quizzes of the course while the site is built: those of its lessons, in order, and then the sets of the pool. Whoever draws
 * from all questions (review, exam, export) begins here. It knows where they lie and what their pages are called.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages, type Language } from '../../../languages.ts';
import { lessonPage, simulationPage } from '../../core/course/address.ts';
import { lessonsInOrder } from '../../core/course/contents.ts';
import { poolPart, type PoolPlace } from '../../core/quiz/pool.ts';
import type { Quiz } from '../../core/quiz/read.ts';
import { courseRoot } from '../../course-root.ts';
import { readContents } from '../../course.ts';
import { say } from '../../interface.ts';
import { outlineOf } from '../../markdown/outline.ts';
import { wordsOf } from '../simulation/scenario-words.ts';
import type { QuizLinks } from './links.ts';
import { linksOf, quizIn } from './quiz-of.ts';

type InEveryLanguage = Record<Language, string>;
const inEveryLanguage = (saying: (language: Language) => string): InEveryLanguage =>
  Object.fromEntries(languages.map(({ id }) => [id, saying(id)])) as InEveryLanguage;

export interface Heading {
  slug: string;
  text: string;
  depth: number;
}

/** A quiz and where it is asked. */
export interface CourseQuiz {
  /** The lesson's id, or the set's: what readers answer is kept under it. */
  id: string;
  kind: 'lesson' | 'pool';
  title: InEveryLanguage;
  part: { id: string; title: InEveryLanguage };
  /** The page it stands on, for `addressOf`. */
  page: string;
  quiz: Quiz;
}

const lessonFolder = (lesson: string): string => join(process.cwd(), courseRoot, 'lessons', lesson);
const poolFolder = (id: string): string => join(process.cwd(), courseRoot, 'pool', id);

/** The ids of the sets of the pool: each is the simulation that it asks about. */
export function poolIds(): string[] {
  const folder = join(process.cwd(), courseRoot, 'pool');
  return existsSync(folder) ? readdirSync(folder).filter((id) => existsSync(join(folder, id, 'quiz.yaml'))) : [];
}

/** The quiz about a simulation that the pool has; null when there is none. */
export const poolQuiz = (id: string): Quiz | null => (poolIds().includes(id) ? quizIn(poolFolder(id)) : null);

/** The headings of a lesson's prose. Read from its text, since what is no page cannot render it. */
export function lessonHeadings(language: Language, lesson: string): Heading[] {
  const { headings } = outlineOf(readFileSync(join(lessonFolder(lesson), `${language}.mdx`), 'utf8'));
  return headings.flatMap(({ id, text, depth }) => (id === null ? [] : [{ slug: id, text, depth }]));
}

/** What `reread` may lead to on the page of a simulation. */
export function poolHeadings(language: Language): Heading[] {
  const places: Record<PoolPlace, string> = {
    'the-stage': say(language, 'gallery.stage'),
    'model-card': say(language, 'words.to-card'),
  };
  return Object.entries(places).map(([slug, text]) => ({ slug, text, depth: 2 }));
}

/** Every quiz of the course with its questions. Lessons without a quiz are left out. */
export async function courseQuizzes(): Promise<CourseQuiz[]> {
  const ofLessons = lessonsInOrder(await readContents()).flatMap(({ part, lesson }): CourseQuiz[] => {
    const { id, title, written } = lesson;
    const quiz = written ? quizIn(lessonFolder(id)) : null;
    const inPart = { id: part.id, title: part.title };
    return quiz === null ? [] : [{ id, kind: 'lesson', title, part: inPart, page: lessonPage(id), quiz }];
  });
  const pool = { id: poolPart, title: inEveryLanguage((language) => say(language, 'gallery.title')) };
  const ofPool = poolIds().map((id): CourseQuiz => ({
    id,
    kind: 'pool',
    title: inEveryLanguage((language) => wordsOf(id, language).title),
    part: pool,
    page: simulationPage(id),
    quiz: poolQuiz(id)!,
  }));
  return [...ofLessons, ...ofPool];
}

/** The pointers of a quiz's questions as links, in one language. */
export function linksOfQuiz({ id, kind, page, quiz }: CourseQuiz, language: Language): QuizLinks {
  const headings = kind === 'lesson' ? lessonHeadings(language, id) : poolHeadings(language);
  return linksOf(quiz.in[language] ?? [], { language, lesson: id, page, headings, base: import.meta.env.BASE_URL });
}
