// All questions of the course for Anki, in each language.
import { courseExport } from '../../components/quiz/export-of.ts';

const route = courseExport('anki.txt');
export const getStaticPaths = route.getStaticPaths;
export const GET = route.GET;
