// The collections of the course and their schemas. The schemas themselves live in core, where an author finds each field explained.

import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { languages } from '../languages.ts';
import { courseRoot } from './course-root.ts';
import { courseSchema, lessonFactsSchema, lessonWordsSchema, pageWordsSchema } from './core/course/schema.ts';

const base = `./${courseRoot}`;
/** 'lessons/client-server/en.mdx' → 'client-server/en'; folders that begin with _ are templates and are not published. */
const withoutFolder = ({ entry }: { entry: string }) => entry.replace(/^lessons\//, '').replace(/\.\w+$/, '');

export const collections = {
  course: defineCollection({
    loader: glob({ base, pattern: 'course.yaml', generateId: () => 'course' }),
    schema: courseSchema,
  }),
  facts: defineCollection({
    loader: glob({ base, pattern: 'lessons/[!_]*/lesson.yaml', generateId: ({ entry }) => entry.split('/')[1] }),
    schema: lessonFactsSchema,
  }),
  lessons: defineCollection({
    loader: glob({
      base,
      pattern: `lessons/[!_]*/{${languages.map(({ id }) => id).join()}}.mdx`,
      generateId: withoutFolder,
    }),
    schema: lessonWordsSchema,
  }),
  // Pages that belong to the site rather than to a course.
  pages: defineCollection({
    loader: glob({ base: './content/pages', pattern: '*.md', generateId: ({ entry }) => entry.replace(/\.md$/, '') }),
    schema: pageWordsSchema,
  }),
};
