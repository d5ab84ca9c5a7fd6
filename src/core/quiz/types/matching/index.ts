/** How a question about sorting into groups is written. */
import { z } from 'zod';
import { commonFacts, commonWords, id, optionWords, prose, repeated, type QuestionType } from '../../facts.ts';
import { grading, type MatchingFacts, type MatchingWords } from './grading.ts';

export const matching: QuestionType<MatchingFacts, MatchingWords, Record<string, string>> = {
  type: 'matching',
  facts: z
    .strictObject({
      ...commonFacts,
      type: z.literal('matching'),
      groups: z
        .record(id, z.array(id).min(1))
        .describe(
          'The groups by their ids, in the order in which they are shown, each with the ids of the items that belong to it.',
        ),
    })
    .describe('Items to be sorted into groups; with one item in each group they are matched one to one.'),
  words: z.strictObject({
    ...commonWords,
    groups: z.record(id, prose).describe('The names of the groups by their ids.'),
    items: z.record(id, optionWords).describe('The items by their ids; `because` says why each belongs where it does.'),
  }),
  grading,
  wordsNeeded: ({ groups }) => ({ groups: Object.keys(groups), items: Object.values(groups).flat() }),
  pointers: ({ groups }) => Object.values(groups).flat(),
  misfits({ groups }) {
    const count = Object.keys(groups).length;
    return [
      ...repeated(Object.values(groups).flat(), ['groups']),
      ...(count >= 2 && count <= 6
        ? []
        : [{ in: 'facts', path: ['groups'], message: `it has ${count} groups`, expected: 'two to six groups' }]),
    ];
  },
};
