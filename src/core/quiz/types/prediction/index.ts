/** How a prediction on a chart is written. Nothing of the curve is typed by hand: it is measured. */
import { z } from 'zod';
import { commonFacts, commonWords, id, prose, runSetting, text, type QuestionType } from '../../facts.ts';
import { grading, shapes, type PredictionFacts, type PredictionWords } from './grading.ts';

export const prediction: QuestionType<PredictionFacts, PredictionWords, Record<string, number>> = {
  type: 'prediction',
  facts: z
    .strictObject({
      ...commonFacts,
      type: z.literal('prediction'),
      run: runSetting.describe('What is run, but for the dial that the curve goes over.'),
      dial: z.string().describe('The dial along the chart: its id in the scenario.'),
      at: z
        .array(z.number())
        .min(3)
        .max(8)
        .describe('The settings of the dial at which a height is asked for, from left to right.'),
      given: z
        .number()
        .int()
        .min(1)
        .max(3)
        .default(1)
        .describe('How many of them, from the left, are shown with their measured value to begin with.'),
      measure: z.string().describe('What is measured at each setting, for example server.response.mean.'),
      axis: z
        .strictObject({
          max: z.number().positive().describe('Top of the chart.'),
          step: z.number().positive().describe('One press of an arrow key.'),
          digits: z.number().int().min(0).max(4).default(1).describe('Decimal places of printed heights.'),
        })
        .describe('The upright axis, from 0, in the unit of the measure.'),
      tolerance: z.number().positive().max(1).describe('How far off a height may be, as a share of the measured one.'),
    })
    .describe('A curve that is drawn before the run is shown; the measured one is then laid over it.'),
  words: z.strictObject({
    ...commonWords,
    x: text.describe('What goes along the chart, with its unit.'),
    y: text.describe('What goes up the chart.'),
    unit: text.describe('Unit of the heights, as printed behind a number.'),
    shapes: z.record(id, prose).describe(`What to say about each shape of a prediction: ${shapes.join(', ')}.`),
  }),
  grading,
  wordsNeeded: () => ({ shapes: [...shapes] }),
  pointers: () => [...shapes],
  misfits({ at, given }) {
    const rising = at.every((x, index) => index === 0 || x > (at[index - 1] as number));
    return [
      ...(rising
        ? []
        : [
            { in: 'facts', path: ['at'], message: 'the settings do not rise', expected: 'numbers from small to large' },
          ]),
      ...(at.length - given >= 2
        ? []
        : [
            {
              in: 'facts',
              path: ['given'],
              message: 'it leaves fewer than two points to predict',
              expected: 'a smaller number',
            },
          ]),
    ];
  },
};
