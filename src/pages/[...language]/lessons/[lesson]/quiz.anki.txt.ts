// The quiz of each lesson for Anki, in each language.
import { quizExports } from '../../../../components/quiz/export-of.ts';

const route = quizExports('lesson', 'lesson', 'anki.txt');
export const getStaticPaths = route.getStaticPaths;
export const GET = route.GET;
