/** How a question about an order is written. */
import { z } from 'zod';
import { commonFacts, commonWords, id, optionWords, prose, repeated, type QuestionType } from '../../facts.ts';
import { grading, type OrderingFacts, type OrderingWords } from './grading.ts';

export const ordering: QuestionType<OrderingFacts, OrderingWords, string[]> = {
  type: 'ordering',
  facts: z
    .strictObject({
      ...commonFacts,
      type: z.literal('ordering'),
      order: z.array(id).min(3).max(8).describe('The ids of the items in the right order. Readers see them mixed.'),
    })
    .describe('Things to be put in order, from first to last.'),
  words: z.strictObject({
    ...commonWords,
    items: z.record(id, optionWords).describe('The items by their ids; `because` says why each stands where it does.'),
    first: prose.describe('What the first place means, for example "first" or "fastest".'),
    last: prose.describe('What the last place means, for example "last" or "slowest".'),
  }),
  grading,
  wordsNeeded: ({ order }) => ({ items: order }),
  pointers: ({ order }) => order,
  misfits: ({ order }) => repeated(order, ['order']),
};
