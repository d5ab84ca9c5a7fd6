/** How four true-or-false judgements are written. */
import { z } from 'zod';
import { commonFacts, commonWords, id, optionWords, type QuestionType } from '../../facts.ts';
import { grading, type KprimeFacts, type KprimeWords } from './grading.ts';

export const kprime: QuestionType<KprimeFacts, KprimeWords, Record<string, boolean>> = {
  type: 'kprime',
  facts: z
    .strictObject({
      ...commonFacts,
      type: z.literal('kprime'),
      statements: z
        .record(id, z.boolean())
        .describe(
          'Four statements by their ids, each `true` or `false`, in the order in which they are shown. At least one of each.',
        ),
    })
    .describe('Four statements on one subject, each judged true or false.'),
  words: z.strictObject({
    ...commonWords,
    statements: z.record(id, optionWords).describe('The statements by their ids.'),
  }),
  grading,
  wordsNeeded: ({ statements }) => ({ statements: Object.keys(statements) }),
  pointers: ({ statements }) => Object.keys(statements),
  misfits({ statements }) {
    const truths = Object.values(statements);
    const found = truths.length !== 4 ? `${truths.length} statements` : 'four statements that are all alike';
    return truths.length === 4 && truths.includes(true) && truths.includes(false)
      ? []
      : [
          {
            in: 'facts',
            path: ['statements'],
            message: `it has ${found}`,
            expected: 'four statements, at least one true and one false',
          },
        ];
  },
};
