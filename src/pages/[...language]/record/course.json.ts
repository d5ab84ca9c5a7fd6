// What the record and the review must know of the course, in each language.
import type { APIRoute } from 'astro';
import type { Language } from '../../../../languages.ts';
import { courseMaterial } from '../../../components/review/material-of.ts';
import { languagePaths } from '../../../course.ts';

export const getStaticPaths = languagePaths;
export const GET: APIRoute = async ({ props }) =>
  Response.json(await courseMaterial((props as { language: Language }).language));
