// The questions of each lesson, and of each set of the pool, for the review, in each language.
import type { APIRoute } from 'astro';
import { languages, type Language } from '../../../../languages.ts';
import { poolIds } from '../../../components/quiz/course-quizzes.ts';
import { questionMaterial, writtenLessons } from '../../../components/review/material-of.ts';

export const getStaticPaths = async () => {
  const written = [...(await writtenLessons()), ...poolIds()];
  return languages.flatMap(({ id: language, path }) =>
    written.map((lesson) => ({ params: { language: path || undefined, lesson }, props: { language, lesson } })),
  );
};
export const GET: APIRoute = async ({ props }) => {
  const { language, lesson } = props as { language: Language; lesson: string };
  return Response.json(await questionMaterial(language, lesson));
};
