/** How a question is written that follows a request through a run, or a program. No option is marked as right: the trace says which one is. */
import { z } from 'zod';
import { failureReasons } from '../../../../../simulations/index.ts';
import {
  commonFacts,
  commonWords,
  id,
  prose,
  repeated,
  runSetting,
  text,
  type Misfit,
  type QuestionType,
} from '../../facts.ts';
import {
  asked,
  grading,
  isNumeric,
  outcomes,
  pointerOf,
  tracedOption,
  type TracingFacts,
  type TracingStep,
  type TracingWords,
} from './grading.ts';

const choices: Partial<Record<string, readonly string[]>> = outcomes;
/** Ids of options: those of parts may have capitals. */
const optionId = z.string().regex(/^[a-z][a-zA-Z0-9-]{0,59}$/, 'it is not an id');

const follow = z
  .strictObject({
    which: z
      .enum(['first', 'slowest'])
      .describe('`first`: in the order in which customers came. `slowest`: from the one that took longest down.'),
    nth: z.number().int().min(1).max(1000).default(1).describe('The first of them, the second, and so on.'),
    after: z.number().min(0).optional().describe('Only those that came at or after this time, in the scenario’s unit.'),
    class: z.string().optional().describe('Only requests of this class of traffic.'),
    outcome: z
      .enum(['answered', 'failed', 'open'])
      .optional()
      .describe('Only those that came to this end; `open` were not over when the run ended.'),
    reason: z.enum(failureReasons).optional().describe('Only those of which some call failed for this reason.'),
    door: z
      .enum(outcomes.door)
      .optional()
      .describe('Only those whose first call was met in this way where it arrived.'),
    tries: z.number().int().min(2).optional().describe('Only those of which some call was tried at least so often.'),
  })
  .describe('Which request is followed: the first (or slowest) of which all of this is true.');

const step = z
  .strictObject({
    asks: z
      .enum([...asked.request, ...asked.program])
      .describe(
        [
          'Of a request:',
          '`part`: which part is called.',
          `\`door\`: how the call is met where it arrives (${outcomes.door.join(', ')}).`,
          `\`end\`: how it ends for its caller (${outcomes.end.join(', ')}).`,
          `\`then\`: what its caller does next (${outcomes.then.join(', ')}).`,
          `\`unwanted\`: what becomes of a call that its caller gave up (${outcomes.unwanted.join(', ')}).`,
          '`ahead`: how many were there before it when it arrived. `waited`, `worked`, `took`: how long it stood in line, was served, was away in all.',
          '`tries`: how often this call was made. `calls`: how many calls the request made in all.',
          'Of a program: `register`: what is in a register, `word`: what is in a place of the memory, `line`: which line comes next, each `after` so many instructions. `output`: the last number that it puts out. `instructions`: how many it carries out in all.',
          `\`stops\`: how it comes to an end (${outcomes.stops.join(', ')}).`,
        ].join(' '),
      ),
    call: z
      .number()
      .int()
      .min(1)
      .max(80)
      .default(1)
      .describe('Which call of the request the step is about, in the order of their sending, from 1.'),
    after: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .optional()
      .describe('In a program: after how many instructions; 0 when left out.'),
    register: z.enum(['A', 'B', 'C', 'D']).optional().describe('In a program: which register is asked for.'),
    place: z.string().optional().describe('In a program: the label of the place that is asked for.'),
    distractors: z
      .union([z.array(id).min(1).max(5), z.record(id, z.number())])
      .describe(
        'The wrong options: a list of outcomes or of parts; for a number, the wrong numbers by ids of your own. The right one is not named: the run says what it is, and the build stops when it turns out to be one of these.',
      ),
  })
  .describe('One thing to say about what happens.');

export const tracing: QuestionType<TracingFacts, TracingWords, Record<string, string>> = {
  type: 'tracing',
  facts: z
    .strictObject({
      ...commonFacts,
      type: z.literal('tracing'),
      run: runSetting.optional().describe('The run in which a request is followed.'),
      seed: z.number().int().min(0).default(1).describe('Which luck the run has.'),
      follow: follow.optional(),
      program: text
        .optional()
        .describe('Instead of a request: a program of the small computer, in its assembly language, without chance.'),
      separate: z
        .boolean()
        .optional()
        .describe('Whether the program has a memory of its own, which it cannot write to.'),
      steps: z
        .record(id, step)
        .describe('What is asked, from first to last, by ids of your own. Each opens when the one before is answered.'),
    })
    .describe('A request is followed through a run, or a program through its steps, and the reader says what happens.'),
  words: z.strictObject({
    ...commonWords,
    steps: z
      .record(
        id,
        z.strictObject({
          prompt: prose.describe('What is asked at this step.'),
          shown: text
            .refine((value) => value.includes('{value}'), { message: 'it has no place for the number: write {value}' })
            .optional()
            .describe('How a number is printed, with `{value}` where it stands: `{value} s`.'),
          options: z
            .record(
              optionId,
              z.strictObject({
                text: prose
                  .optional()
                  .describe('What the reader sees. Left out for numbers, which are printed as `shown`.'),
                because: prose.describe(
                  'What to say to a reader who chose it: for a wrong one, which misconception it is.',
                ),
              }),
            )
            .describe(
              `The options by their ids: the distractors, and one more, which is what the run shows (for a number, \`${tracedOption}\`).`,
            ),
        }),
      )
      .describe('The steps by their ids.'),
  }),
  grading,
  wordsNeeded: ({ steps }) => ({ steps: Object.keys(steps) }),
  pointers: ({ steps }) =>
    Object.entries(steps).flatMap(([name, each]) => {
      const known = choices[each.asks] ?? (isNumeric(each) ? [tracedOption] : []);
      const wrong = Array.isArray(each.distractors) ? each.distractors : Object.keys(each.distractors);
      return [...new Set([...wrong, ...known])].map((option) => pointerOf(name, option));
    }),
  misfits({ steps, run, follow: rule, program }) {
    const form = program === undefined ? 'request' : 'program';
    const isWhole =
      form === 'program' ? run === undefined && rule === undefined : run !== undefined && rule !== undefined;
    const formMisfits: Misfit[] = isWhole
      ? []
      : [
          {
            in: 'facts',
            path: [form === 'program' ? 'program' : run === undefined ? 'run' : 'follow'],
            message:
              form === 'program' ? 'it follows a program and a request' : 'it follows neither a request nor a program',
            expected: '`run` and `follow`, or `program`',
          },
        ];
    const known: readonly string[] = asked[form];
    for (const [name, { asks }] of Object.entries(steps))
      if (!known.includes(asks))
        formMisfits.push({
          in: 'facts',
          path: ['steps', name, 'asks'],
          message: `"${asks}" cannot be asked of a ${form}`,
          expected: known.join(', '),
        });
    const count = Object.keys(steps).length;
    const tooFew: Misfit[] =
      count >= 2 && count <= 6
        ? []
        : [{ in: 'facts', path: ['steps'], message: `it has ${count} steps`, expected: 'two to six steps' }];
    return [
      ...formMisfits,
      ...tooFew,
      ...Object.entries(steps).flatMap(([name, each]) => stepMisfits(['steps', name], each)),
    ];
  },
  wordMisfits({ steps }, words) {
    return Object.entries(steps).flatMap(([name, each]) => {
      const written = words.steps[name];
      if (written === undefined) return [];
      const wrong = Array.isArray(each.distractors) ? each.distractors : Object.keys(each.distractors);
      const path = ['steps', name, 'options'];
      const options = Object.keys(written.options);
      const more = options.filter((option) => !wrong.includes(option));
      const found: Omit<Misfit, 'in'>[] = wrong
        .filter((option) => !options.includes(option))
        .map((option) => ({
          path: [...path, option],
          message: 'this distractor has no words',
          expected: 'a because under this id',
        }));
      if (more.length !== 1 || (isNumeric(each) && more[0] !== tracedOption))
        found.push({
          path,
          message: `besides the distractors it has ${more.length === 0 ? 'nothing' : more.map((one) => `"${one}"`).join(', ')}`,
          expected: isNumeric(each) ? `"${tracedOption}" alone` : 'one more option: what the run shows',
        });
      if (!isNumeric(each))
        for (const option of options)
          if (written.options[option]?.text === undefined)
            found.push({ path: [...path, option, 'text'], message: 'it is missing', expected: 'what the reader sees' });
      return found;
    });
  },
};

/** Distractors must be of the kind that the step asks for. */
function stepMisfits(path: string[], { asks, distractors }: TracingStep): Misfit[] {
  const at = [...path, 'distractors'];
  if (isNumeric({ asks })) {
    if (Array.isArray(distractors))
      return [
        { in: 'facts', path: at, message: `"${asks}" is a number`, expected: 'wrong numbers by ids: { doubled: 2 }' },
      ];
    return Object.hasOwn(distractors, tracedOption)
      ? [{ in: 'facts', path: [...at, tracedOption], message: 'this id is the run’s own', expected: 'another id' }]
      : [];
  }
  if (!Array.isArray(distractors))
    return [{ in: 'facts', path: at, message: `"${asks}" is no number`, expected: 'a list of wrong outcomes' }];
  const known = choices[asks];
  return [
    ...repeated(distractors, at),
    ...distractors
      .filter((option) => known !== undefined && !known.includes(option))
      .map((option) => ({
        in: 'facts',
        path: at,
        message: `"${option}" is nothing that "${asks}" can come to`,
        expected: known!.join(', '),
      })),
  ];
}
