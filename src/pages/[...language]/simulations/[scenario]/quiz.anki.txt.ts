// The quiz about each simulation that the pool has for Anki, in each language.
import { quizExports } from '../../../../components/quiz/export-of.ts';

const route = quizExports('pool', 'scenario', 'anki.txt');
export const getStaticPaths = route.getStaticPaths;
export const GET = route.GET;
