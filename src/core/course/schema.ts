// What an author writes about the course and its lessons: course.yaml, lesson.yaml and the front matter of a lesson's prose.
// The sentence above a field is the author's manual. Knows no file system: whoever reads a file names it in the error.

import { z } from 'zod';
import { languages, type Language } from '../../../languages.ts';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const id = (what: string) =>
  z
    .string({ error: `must be ${what}, for example client-server` })
    .regex(kebab, { error: `must be ${what} in small letters, digits and single hyphens, for example client-server` });

const sentence = (what: string, least: number, most: number) =>
  z
    .string({ error: `must be ${what}` })
    .trim()
    .min(least, { error: `is too short: ${what} has at least ${least} characters` })
    .max(most, { error: `is too long: ${what} has at most ${most} characters` });

const everyLanguage = z.strictObject(
  Object.fromEntries(languages.map(({ id, name }) => [id, sentence(`the title in ${name}`, 1, 90)])) as Record<
    Language,
    z.ZodString
  >,
  { error: `must hold a title for each language: ${languages.map(({ id }) => id).join(', ')}` },
);

const listedLesson = z.strictObject({
  /** The name of the lesson's folder under lessons/, and its address. */
  id: id('the name of the lesson’s folder'),
  /** The title in every language, shown while the lesson is planned. */
  title: everyLanguage,
  /**
   * Earlier ids of this lesson, and names of sets of the pool that it took over. Their addresses lead here, in every language, and
   * what readers did under them counts for it.
   */
  was: z.array(id('an earlier id of the lesson')).default([]),
});

/** course.yaml: the parts and lessons in order. */
export const courseSchema = z.strictObject({
  /** Where mistakes are reported: an e-mail address, or the https:// address of a form or issue page. Optional. */
  reportTo: z
    .union([z.email(), z.url({ protocol: /^https$/ })], {
      error: 'must be an e-mail address or an https:// address; leave the line out if there is neither',
    })
    .optional(),
  /** The parts in order. */
  parts: z
    .array(
      z.strictObject({
        /** A short name for the part; it is the anchor of the part on the contents page. */
        id: id('a short name for the part'),
        /** The title in every language. */
        title: everyLanguage,
        /** The lessons in order. */
        lessons: z.array(listedLesson).min(1, { error: 'must list at least one lesson' }),
      }),
    )
    .min(1, { error: 'must list at least one part' })
    .superRefine((parts, context) => {
      const seen = new Map<string, string>();
      parts.forEach((part, p) =>
        part.lessons.forEach((lesson, l) => {
          const at = `part ${part.id}`;
          for (const [name, field] of [[lesson.id, 'id'], ...lesson.was.map((old) => [old, 'was'])] as [
            string,
            string,
          ][]) {
            const earlier = seen.get(name);
            if (earlier)
              context.addIssue({
                code: 'custom',
                path: [p, 'lessons', l, field],
                message: `${name} is used already in ${earlier}: an id, old or new, belongs to one lesson`,
              });
            seen.set(name, at);
          }
        }),
      );
    }),
});
export type Course = z.infer<typeof courseSchema>;

const minutesOf = (what: string) =>
  z
    .int({ error: `must be whole minutes for ${what}, for example 15` })
    .min(1)
    .max(60);

/** How a class is made of a lesson's sections. Sections without minutes of their own are always given, but for the quiz. */
const classSchema = z.strictObject({
  /** Ids of the sections that are given, as the headings have them; all of them when left out. */
  sections: z.array(id('the id of a section')).optional(),
  /** Minutes of work in pairs, before the quiz. */
  pairs: minutesOf('work in pairs').optional(),
  /** Minutes for the quiz in class; it stays at home when they are left out. */
  quiz: minutesOf('the quiz').optional(),
});

/** lesson.yaml: the facts of one lesson, the same in every language. */
export const lessonFactsSchema = z.strictObject({
  /** Ids of the curriculum's topics that the lesson teaches, for example evolution.client-server. */
  topics: z
    .array(z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, { error: 'must look like evolution.client-server' }), {
      error: 'must be a list of topic ids, for example [evolution.client-server]',
    })
    .min(1, { error: 'must name at least one topic' }),
  /** How long a reader needs for text, simulation and quiz, in whole minutes. */
  minutes: z
    .int({ error: 'must be a whole number of minutes, for example 20' })
    .min(3, { error: 'must be at least 3 minutes' })
    .max(90, { error: 'must be at most 90 minutes: a longer lesson is two lessons' }),
  /** Ids of the scenarios the lesson runs (folders under simulations/scenarios/). */
  simulations: z.array(id('the id of a scenario'), {
    error: 'must be a list of scenario ids, for example [one-server]',
  }),
  /** Ids of the lessons to read first; an empty list if there are none. */
  needs: z
    .array(id('the id of a lesson'), { error: 'must be a list of lesson ids; write [] if none is needed' })
    .default([]),
  /** Classes of 20, 45 and 90 minutes, which the teacher's window keeps time by; its guide (docs/teaching.md) says the same in words. */
  classes: z
    .strictObject({ 20: classSchema.optional(), 45: classSchema.optional(), 90: classSchema.optional() })
    .default({}),
});
export type LessonFacts = z.infer<typeof lessonFactsSchema>;

/** The front matter of en.mdx, ko.mdx: the words of one lesson in one language. */
export const lessonWordsSchema = z.strictObject({
  /** The title of the lesson, as its heading, in the contents and in the browser's tab. */
  title: sentence('the title of the lesson', 1, 90),
  /** One or two sentences that say what the reader will find: under the title, in search results, in link previews. */
  description: sentence('a description of the lesson', 20, 240),
  /** Two to five things that the reader will be able to do afterwards, each a short sentence with a verb. */
  objectives: z
    .array(sentence('an objective', 5, 160), { error: 'must be a list of two to five objectives' })
    .min(2, { error: 'must name at least two objectives' })
    .max(5, { error: 'must name at most five objectives' }),
});
export type LessonWords = z.infer<typeof lessonWordsSchema>;

/** The front matter of a page of the site (content/pages/): its title, and a sentence for its head and for search results. */
export const pageWordsSchema = lessonWordsSchema.pick({ title: true, description: true });
