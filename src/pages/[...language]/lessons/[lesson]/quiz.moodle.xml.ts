// The quiz of each lesson for Moodle, in each language.
import { quizExports } from '../../../../components/quiz/export-of.ts';

const route = quizExports('lesson', 'lesson', 'moodle.xml');
export const getStaticPaths = route.getStaticPaths;
export const GET = route.GET;
