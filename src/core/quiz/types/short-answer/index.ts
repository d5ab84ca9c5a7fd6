/** How a question with a word for an answer is written. */
import { z } from 'zod';
import { commonFacts, commonWords, id, prose, repeated, text, type QuestionType } from '../../facts.ts';
import { grading, type ShortAnswerFacts, type ShortAnswerWords } from './grading.ts';

const accepts = z
  .array(text)
  .min(1)
  .describe(
    'Ways to write it in this language; the first is shown as the answer. Case, spaces and punctuation do not matter. What other languages accept is accepted too.',
  );

export const shortAnswer: QuestionType<ShortAnswerFacts, ShortAnswerWords, string> = {
  type: 'short-answer',
  facts: z
    .strictObject({
      ...commonFacts,
      type: z.literal('short-answer'),
      distractors: z.array(id).default([]).describe('The ids of wrong answers that deserve their own reply.'),
    })
    .describe('A word or a few.'),
  words: z.strictObject({
    ...commonWords,
    accepts,
    distractors: z
      .record(id, z.strictObject({ accepts, because: prose.describe('Which misconception it is and why it fails.') }))
      .default({})
      .describe('Wrong answers by their ids.'),
    otherwise: prose.describe('What to say about any other wrong answer: a hint, not the answer.'),
  }),
  grading,
  wordsNeeded: ({ distractors }) => ({ distractors }),
  pointers: ({ distractors }) => [...distractors, 'otherwise'],
  misfits: ({ distractors }) => repeated(distractors, ['distractors']),
  gather(words, everyLanguage) {
    const others = everyLanguage.filter((one) => one !== words);
    return {
      ...words,
      accepts: [...words.accepts, ...others.flatMap((one) => one.accepts)],
      distractors: Object.fromEntries(
        Object.entries(words.distractors).map(([key, wording]) => [
          key,
          {
            ...wording,
            accepts: [...wording.accepts, ...others.flatMap((one) => one.distractors[key]?.accepts ?? [])],
          },
        ]),
      ),
    };
  },
};
