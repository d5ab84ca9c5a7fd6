/** How a question with one right option is written. */
import { z } from 'zod';
import { commonFacts, commonWords, id, optionWords, repeated, type QuestionType } from '../../facts.ts';
import { grading, type OneChoiceFacts, type OneChoiceWords } from './grading.ts';

export const oneChoice: QuestionType<OneChoiceFacts, OneChoiceWords, string | null> = {
  type: 'one-choice',
  facts: z
    .strictObject({
      ...commonFacts,
      type: z.literal('one-choice'),
      answer: id.describe('The id of the right option.'),
      distractors: z
        .array(id)
        .min(2)
        .max(6)
        .describe('The ids of the wrong options: each stands for a misconception that people really have.'),
      shown: z
        .array(id)
        .optional()
        .describe(
          'All options in the order in which they are shown, where that order means something. Mixed when left out.',
        ),
    })
    .describe('One option is right.'),
  words: z.strictObject({
    ...commonWords,
    options: z.record(id, optionWords).describe('The options by their ids.'),
  }),
  grading,
  wordsNeeded: ({ answer, distractors }) => ({ options: [answer, ...distractors] }),
  pointers: ({ answer, distractors }) => [answer, ...distractors],
  misfits({ answer, distractors, shown }) {
    const options = [answer, ...distractors];
    const sameOptions = shown === undefined || [...shown].sort().join() === [...options].sort().join();
    return [
      ...repeated(options, ['distractors']),
      ...(sameOptions
        ? []
        : [
            {
              in: 'facts',
              path: ['shown'],
              message: 'it is not the answer and the distractors',
              expected: `each of ${options.join(', ')} once`,
            },
          ]),
    ];
  },
};
