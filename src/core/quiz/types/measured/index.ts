/** How a question is written whose answer a run gives. */
import { z } from 'zod';
import { commonFacts, commonWords, runSetting, type QuestionType } from '../../facts.ts';
import { numericFacts, numericMisfits, numericWords } from '../number/index.ts';
import { grading, type MeasuredFacts, type MeasuredWords } from './grading.ts';

export const measured: QuestionType<MeasuredFacts, MeasuredWords, string> = {
  type: 'measured',
  facts: z
    .strictObject({
      ...commonFacts,
      type: z.literal('measured'),
      run: runSetting.describe('The run that is measured.'),
      measure: z.string().describe('What is measured, for example server.response.mean.'),
      over: z
        .strictObject({ run: runSetting.optional(), measure: z.string().optional() })
        .optional()
        .describe('Divide by this measure: of another run, of the same run, or both.'),
      answer: z
        .number()
        .describe(
          'What the author expects, in the first unit. It is never shown: readers are judged by what the runs give, and the tests fail when the two part.',
        ),
      margin: z
        .number()
        .positive()
        .max(1)
        .describe('How far a single seed may be from the stated answer, as a share of it, before the tests fail.'),
      tolerance: z
        .number()
        .positive()
        .max(1)
        .describe('How far off a reader may be, as a share of the measured value.'),
      ...numericFacts,
    })
    .describe('A number that a run gives.'),
  words: z.strictObject({ ...commonWords, ...numericWords }),
  grading,
  wordsNeeded: ({ units, distractors }) => ({ units: Object.keys(units), distractors: Object.keys(distractors) }),
  pointers: ({ distractors }) => [...Object.keys(distractors), 'otherwise'],
  misfits: (facts) => numericMisfits(facts, facts.answer, facts.tolerance),
};
