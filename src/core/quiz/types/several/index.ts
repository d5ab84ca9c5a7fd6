/** How a question with several right options is written. */
import { z } from 'zod';
import { commonFacts, commonWords, id, optionWords, repeated, type QuestionType } from '../../facts.ts';
import { grading, type SeveralFacts, type SeveralWords } from './grading.ts';

export const several: QuestionType<SeveralFacts, SeveralWords, string[]> = {
  type: 'several',
  facts: z
    .strictObject({
      ...commonFacts,
      type: z.literal('several'),
      answers: z.array(id).min(2).max(6).describe('The ids of the right options: two or more.'),
      distractors: z
        .array(id)
        .min(1)
        .max(6)
        .describe('The ids of the wrong options: each stands for a misconception that people really have.'),
    })
    .describe('Several options are right, and all of them must be found.'),
  words: z.strictObject({
    ...commonWords,
    options: z.record(id, optionWords).describe('The options by their ids.'),
  }),
  grading,
  wordsNeeded: ({ answers, distractors }) => ({ options: [...answers, ...distractors] }),
  pointers: ({ answers, distractors }) => [...answers, ...distractors],
  misfits: ({ answers, distractors }) => repeated([...answers, ...distractors], ['answers']),
};
