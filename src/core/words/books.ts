/**
 * The books that lessons lean on: the glossary and the list of sources.
 * The schemas are the author's manual; this module reads no files.
 */
import { z } from 'zod';

/** The name of a term or a source: it is a part of addresses. */
const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'an id has small letters, digits and hyphens, such as littles-law');

export const termSchema = z
  .strictObject({
    term: z.string().min(1).describe('The word itself, as it is printed in the glossary.'),
    short: z
      .string()
      .min(10)
      .max(320)
      .describe('What it means, in one or two plain sentences. Shown where the word is used.'),
    aliases: z
      .array(z.string().min(1))
      .default([])
      .describe('Other names of the same thing, abbreviations and the English word: search and quizzes accept them.'),
  })
  .describe('One entry of the glossary, in one language.');

export const glossarySchema = z
  .record(id, termSchema)
  .describe('The terms of one language by their ids; every language has the same ids.');

export const topicsSchema = z
  .record(
    z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'a topic looks like evolution.client-server'),
    z.string().min(2).max(60),
  )
  .describe('What the topics of the course are called in one language, by their ids; every language has the same ids.');
export type Topics = z.output<typeof topicsSchema>;

export const sourceSchema = z
  .strictObject({
    authors: z
      .array(z.string().min(1))
      .min(1)
      .describe('As printed on the work, first author first. The last word of a name is the family name.'),
    title: z.string().min(1).describe('In the language of the work.'),
    year: z
      .number()
      .int()
      .min(1600)
      .max(2100)
      .optional()
      .describe('The year it came out; left out where the work bears none.'),
    in: z.string().optional().describe('Journal, book or event, with volume and pages.'),
    url: z.url({ protocol: /^https$/ }).describe('Where it can be found; a permanent address where there is one.'),
    verified: z
      .boolean()
      .describe(
        'True when someone of us read it, or saw the statement that we use in several independent texts; false when it is from memory.',
      ),
    how: z.string().min(1).describe('How it was verified, or why not. Not shown to readers.'),
  })
  .describe('One work that lessons cite.');

export const sourcesSchema = z.record(id, sourceSchema).describe('All works that lessons cite, by their ids.');

export type Term = z.output<typeof termSchema>;
export type Glossary = z.output<typeof glossarySchema>;
export type Source = z.output<typeof sourceSchema>;
export type Sources = z.output<typeof sourcesSchema>;

/** How a work is named in a sentence: `Little 1961`, `Dean and Barroso 2013`, `Kim et al. 2020`. */
export function shortNameOf(source: Source, and: string): string {
  const families = source.authors.map((author) => /(?:\b(?:von|van|de|der|den) )*\S+$/.exec(author)?.[0] ?? author);
  const [first = '', second] = families;
  const year = source.year === undefined ? '' : ` ${source.year}`;
  if (families.length === 1) return `${first}${year}`;
  if (families.length === 2) return `${first} ${and} ${second}${year}`;
  return `${first} et al.${year}`;
}
