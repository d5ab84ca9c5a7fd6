/** How a question with a number for an answer is written. The number follows from what the prompt gives; numbers from runs are `measured`. */
import { z } from 'zod';
import { commonFacts, commonWords, id, prose, text, type Misfit, type QuestionType } from '../../facts.ts';
import { isWithin } from '../../number.ts';
import { grading, type NumberFacts, type NumberWords } from './grading.ts';

/** Fields of the facts that every question with a number for an answer has. */
export const numericFacts = {
  units: z
    .record(id, z.number().positive())
    .default({})
    .describe(
      'Units that may be typed, by id, and how many of the first one each is: `{ s: 1, ms: 0.001 }`. The first is printed beside the field and is the unit of all numbers here.',
    ),
  distractors: z
    .record(id, z.number())
    .default({})
    .describe('Wrong numbers that people arrive at by a known misconception, by id.'),
};

/** Fields of the words that every question with a number for an answer has. */
export const numericWords = {
  units: z
    .record(
      id,
      z.strictObject({
        short: text.describe('As printed beside the field, for example `s`.'),
        names: z.array(text).default([]).describe('Other ways to type it, for example `seconds`.'),
      }),
    )
    .default({})
    .describe('The units by their ids.'),
  distractors: z
    .record(id, prose)
    .default({})
    .describe('What to say to a reader who arrived at one of these numbers: which misconception it comes from.'),
  otherwise: prose.describe('What to say about any other wrong number: a hint, not the answer.'),
};

/** The first unit must count as one, and a wrong number must not pass for the right one. */
export function numericMisfits(
  { units, distractors }: { units: Record<string, number>; distractors: Record<string, number> },
  answer: number,
  tolerance: number,
): Misfit[] {
  const first = Object.entries(units)[0];
  return [
    ...(first === undefined || first[1] === 1
      ? []
      : [{ in: 'facts', path: ['units', first[0]], message: `the first unit counts as ${first[1]}`, expected: '1' }]),
    ...Object.entries(distractors)
      .filter(([, value]) => isWithin(value, answer, tolerance))
      .map(([name, value]) => ({
        in: 'facts',
        path: ['distractors', name],
        message: `${value} would be taken for the answer ${answer}`,
        expected: 'a number outside the tolerance',
      })),
  ];
}

export const number: QuestionType<NumberFacts, NumberWords, string> = {
  type: 'number',
  facts: z
    .strictObject({
      ...commonFacts,
      type: z.literal('number'),
      answer: z.number().describe('The right number, in the first unit. It must follow from the prompt.'),
      tolerance: z
        .number()
        .min(0)
        .max(1)
        .default(0)
        .describe('How far off an answer may be, as a share of the right number.'),
      ...numericFacts,
    })
    .describe('A number that can be worked out from what the prompt gives.'),
  words: z.strictObject({ ...commonWords, ...numericWords }),
  grading,
  wordsNeeded: ({ units, distractors }) => ({ units: Object.keys(units), distractors: Object.keys(distractors) }),
  pointers: ({ distractors }) => [...Object.keys(distractors), 'otherwise'],
  misfits: (facts) => numericMisfits(facts, facts.answer, facts.tolerance),
};
