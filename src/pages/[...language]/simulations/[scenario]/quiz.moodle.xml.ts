// The quiz about each simulation that the pool has for Moodle, in each language.
import { quizExports } from '../../../../components/quiz/export-of.ts';

const route = quizExports('pool', 'scenario', 'moodle.xml');
export const getStaticPaths = route.getStaticPaths;
export const GET = route.GET;
