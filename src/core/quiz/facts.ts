/**
 * The schema fields that questions of every type share, and what a type adds to be complete.
 * The text on a field is the author's manual and goes into the published JSON Schema.
 */
import { z } from 'zod';
import type { CommonFacts, CommonWords, Grading, Question } from './question.ts';

export const idPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The id of a question, an option or an item. */
export const id = z
  .string()
  .regex(idPattern, 'an id is written in small letters, digits and single hyphens, such as more-servers')
  .max(60);

export const text = z.string().trim().min(1, 'it has no text');

/** What the reader may see on the way: marks for emphasis and code, no links (those are facts, under `see`). */
export const prose = text.describe('One or more sentences. *emphasis*, **strong** and `code` may be used.');

export const runSetting = z
  .strictObject({
    scenario: id.describe('Id of a scenario: the name of its folder in simulations/scenarios/.'),
    design: z.string().optional().describe('Id of one of its designs; the first when left out.'),
    dials: z.record(z.string(), z.number()).optional().describe('Dials that are not at their start, by id.'),
    inputs: z
      .array(z.strictObject({ at: z.number().min(0), fault: z.string(), duration: z.number().positive().optional() }))
      .optional()
      .describe('Faults, and when they happen, in the unit of time of the scenario.'),
  })
  .describe('A scenario at a setting: the run that is meant.');

const pointer = z
  .strictObject({
    heading: z.string().min(1).optional().describe('Id of a heading in the prose of this lesson.'),
    run: runSetting.optional().describe('A run that shows it.'),
  })
  .refine((value) => value.heading !== undefined || value.run !== undefined, {
    message: 'it points nowhere: give a heading, a run, or both',
  });

export const proofSettings = z
  .strictObject({
    run: runSetting.describe('The run that is measured.'),
    measure: z.string().describe('What is measured, for example server.response.mean.'),
    over: z
      .strictObject({ run: runSetting.optional(), measure: z.string().optional() })
      .optional()
      .describe('Divide by this measure: of another run, of the same run, or both.'),
    relation: z.enum(['about', 'above', 'below']).describe('`about` means within the margin on either side.'),
    value: z.number().describe('What the measure is compared with.'),
    margin: z.number().min(0).max(1).default(0).describe('How far off it may be, as a share of the value.'),
  })
  .describe(
    'Something that runs must show for the key of this question to be right. The tests measure it over many seeds.',
  );
export type Proof = z.output<typeof proofSettings>;

/** Fields of quiz.yaml that every question has, whatever its type. */
export const commonFacts = {
  id: id.describe(
    'Name of the question, unique in the lesson. It never changes: the answers that readers gave are kept under it.',
  ),
  rev: z
    .number()
    .int()
    .min(1)
    .describe(
      'Starts at 1; one more whenever the question comes to ask for something else. A better wording is not a new revision.',
    ),
  topic: z.string().describe('The topic it belongs to: one of those that lesson.yaml lists.'),
  reread: z.string().min(1).describe('Id of the heading in the lesson where the answer is explained.'),
  see: z
    .record(z.string(), pointer)
    .default({})
    .describe('Where to look to see why, per option, item or distractor: a heading, or a run that shows it.'),
  proof: z
    .array(proofSettings)
    .default([])
    .describe(
      'What runs must show for the key to be right. Needed when the question is about how a simulated system behaves.',
    ),
  stage: runSetting
    .optional()
    .describe('A run whose stage stands beside the question, for the reader to try out before and after answering.'),
};

/** Fields of quiz.<language>.yaml that every question has, whatever its type. */
export const commonWords = {
  prompt: prose.describe('What is asked.'),
  because: prose.describe('Why the answer is the answer: shown once it has been found or revealed.'),
  hints: z
    .array(prose)
    .max(4)
    .default([])
    .describe(
      'Hints for a reader who asks for them, shown one by one, the faintest first; in every language as many. An answer given after a hint counts as helped.',
    ),
};

/** The text of one thing that can be chosen, judged or placed, and what to say about it. */
export const optionWords = z.strictObject({
  text: prose.describe('What the reader sees.'),
  because: prose.describe(
    'What to say to a reader who chose or placed it: for a wrong one, which misconception it is and why it fails.',
  ),
});

/** A fault in how facts and words of one question fit together. */
export interface Misfit {
  /** `facts`, or the language whose words are at fault. */
  in: string;
  path: (string | number)[];
  message: string;
  /** What would be right. */
  expected: string;
}

/** A type of question: how it is written, how it fits together, and how answers to it are judged. */
export interface QuestionType<
  Facts extends CommonFacts = CommonFacts,
  Words extends CommonWords = CommonWords,
  Answer = unknown,
> {
  /** The value of `type` in quiz.yaml, and the name of its folder. */
  type: string;
  facts: z.ZodType<Facts>;
  words: z.ZodType<Words>;
  grading: Grading<Question<Facts, Words>, Answer>;
  /** The ids that must have words, by the field of the words that holds them: `{ options: ['a', 'b'] }`. */
  wordsNeeded(facts: Facts): Record<string, string[]>;
  /** The ids under which `see` may point somewhere. */
  pointers(facts: Facts): string[];
  /** What the schema cannot see, such as an id that is used twice. */
  misfits(facts: Facts): Misfit[];
  /** How the words of one language do not fit the facts, where `wordsNeeded` cannot say it. Paths begin below the question. */
  wordMisfits?(facts: Facts, words: Words): Omit<Misfit, 'in'>[];
  /** For types whose words in one language need those of the others. */
  gather?(words: Words, everyLanguage: Words[]): Words;
}

/** Says which ids occur more than once in a list of the facts. */
export function repeated(ids: readonly string[], path: (string | number)[]): Misfit[] {
  return [...new Set(ids.filter((one, at) => ids.indexOf(one) !== at))].map((one) => ({
    in: 'facts',
    path,
    message: `"${one}" is there twice`,
    expected: 'every id once',
  }));
}
