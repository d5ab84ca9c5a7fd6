/**
 * The questions of a quiz, or of the whole course, on their way to Moodle and Anki while the site is built: where in the course they
 * stand, and links that hold elsewhere. It knows no format of a file.
 */
import { languages, type Language } from '../../../languages.ts';
import { addressOf } from '../../core/course/address.ts';
import { ankiText } from '../../core/quiz/export/anki.ts';
import type { Leaving, LeavingLink } from '../../core/quiz/export/leaving.ts';
import { moodleXml } from '../../core/quiz/export/moodle.ts';
import { say } from '../../interface.ts';
import { readTopics } from '../../markdown/library.ts';
import { courseQuizzes, linksOfQuiz, type CourseQuiz } from './course-quizzes.ts';
import type { FeedbackLinks } from './links.ts';

export const exportFormats = ['moodle.xml', 'anki.txt'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Links as absolute addresses; none while nobody has said where the site will be. */
function linksElsewhere({ heading, run }: FeedbackLinks, language: Language): LeavingLink[] {
  const site = import.meta.env.SITE;
  if (!site) return [];
  const absolute = (href: string): string => new URL(href, site).href;
  return [
    ...(heading === undefined
      ? []
      : [{ href: absolute(heading.href), text: say(language, 'quiz.readAgain', { heading: heading.text }) }]),
    ...(run === undefined ? [] : [{ href: absolute(run.href), text: say(language, 'quiz.seeRun') }]),
  ];
}

/** The questions of a quiz, one topic after the other, so that each topic is one category. */
function leavingOf(quiz: CourseQuiz, language: Language): Leaving[] {
  const links = linksOfQuiz(quiz, language);
  const topics = readTopics(language);
  const questions = quiz.quiz.in[language] ?? [];
  const order = [...new Set(questions.map(({ facts }) => facts.topic))];
  return questions
    .toSorted((a, b) => order.indexOf(a.facts.topic) - order.indexOf(b.facts.topic))
    .map((question) => ({
      question,
      path: [
        say(language, 'course.name'),
        quiz.part.title[language],
        quiz.title[language],
        topics[question.facts.topic] ?? question.facts.topic,
      ],
      links: Object.fromEntries(
        Object.entries(links[question.facts.id] ?? {}).map(([key, each]) => [key, linksElsewhere(each, language)]),
      ),
    }));
}

/** A file with the questions of one quiz, or of all when none is named. */
async function exported(format: ExportFormat, language: Language, id?: string): Promise<Response> {
  const quizzes = (await courseQuizzes()).filter((quiz) => id === undefined || quiz.id === id);
  const leaving = quizzes.flatMap((quiz) => leavingOf(quiz, language));
  const saying = (key: string, values?: Record<string, string | number>): string => say(language, key, values);
  const isXml = format === 'moodle.xml';
  return new Response(isXml ? moodleXml(leaving, saying) : ankiText(leaving, saying, language), {
    headers: { 'content-type': isXml ? 'application/xml; charset=utf-8' : 'text/plain; charset=utf-8' },
  });
}

/** The address of a file with the questions of a page, or with all when no page is given. */
export const exportAddress = (language: Language, format: ExportFormat, page = ''): string =>
  `${addressOf(language, page, import.meta.env.BASE_URL)}quiz.${format}`;

/** The files of the quizzes of one kind, for a route whose parameter is called `param`. */
export const quizExports = (kind: CourseQuiz['kind'], param: string, format: ExportFormat) => ({
  async getStaticPaths() {
    const quizzes = (await courseQuizzes()).filter((quiz) => quiz.kind === kind);
    return languages.flatMap(({ id: language, path }) =>
      quizzes.map(({ id }) => ({ params: { language: path || undefined, [param]: id }, props: { language, id } })),
    );
  },
  GET: ({ props }: { props: Record<string, unknown> }) =>
    exported(format, props['language'] as Language, props['id'] as string),
});

/** The file with all questions of the course, in each language. */
export const courseExport = (format: ExportFormat) => ({
  getStaticPaths: () =>
    languages.map(({ id: language, path }) => ({ params: { language: path || undefined }, props: { language } })),
  GET: ({ props }: { props: Record<string, unknown> }) => exported(format, props['language'] as Language),
});
