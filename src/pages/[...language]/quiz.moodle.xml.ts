// All questions of the course for Moodle, in each language.
import { courseExport } from '../../components/quiz/export-of.ts';

const route = courseExport('moodle.xml');
export const getStaticPaths = route.getStaticPaths;
export const GET = route.GET;
