/**
 * What a scenario is: data that says which parts there are, who calls whom, what a reader may turn and break,
 * and what must come of it. The schema is the author's manual; `npm run -s simulate -- --schema` prints it as JSON Schema.
 * It knows the parts only through their registration.
 */
import { z } from 'zod';
import { partSettings } from './parts/index.ts';
import { distribution } from './distributions/index.ts';

/** Ids are kebab-case or camelCase words: they appear in addresses, measure names and file names. */
const id = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9-]*$/, 'an id starts with a small letter and has only letters, digits and hyphens')
  .max(60);

/** A place in the scenario, for example `parts.server.instances`. */
const place = z
  .string()
  .regex(/^(parts|links)(\.[A-Za-z0-9-]+)+$/, 'a place reads like parts.server.instances')
  .max(200);

const scalar = z.union([z.number(), z.string().max(200), z.boolean(), z.null()]);

export const linkSettings = z
  .strictObject({
    from: id.describe('The part that calls.'),
    to: id.describe('The part that is called.'),
    latency: z
      .union([z.number().min(0), distribution])
      .default(0)
      .describe('Time on the way, each way, in units of time: a number for a constant, or a distribution.'),
  })
  .describe('A link between two parts. Two parts without one are joined by a link that costs no time.');

export const dialSettings = z
  .strictObject({
    id,
    unit: z
      .enum(['rate', 'time', 'count', 'share', 'number'])
      .describe('How its value is printed: `rate` per unit of time, `time` in units of time.'),
    min: z.number().describe('The least value.'),
    max: z.number().describe('The greatest value.'),
    step: z.number().positive().describe('The distance between two neighbouring values.'),
    start: z.number().describe('Where the dial stands at first.'),
    sets: z.array(place).min(1).max(10).describe('The places in the scenario that take its value.'),
  })
  .describe('A setting that the reader may turn.');

export const faultSettings = z
  .strictObject({
    id,
    part: id.describe('The part it happens to.'),
    action: id.describe('What happens: one of the actions that the kind of part knows, such as `pause`.'),
    duration: z.number().positive().describe('How long it lasts unless the reader says otherwise, in units of time.'),
    amount: z.number().positive().max(1e6).optional().describe('How strong it is, for actions that take an amount.'),
    instance: z
      .number()
      .int()
      .min(0)
      .max(999)
      .default(0)
      .describe('Which instance it happens to, for actions on one instance.'),
  })
  .describe('Something the reader may break.');

export const designSettings = z
  .strictObject({
    id,
    set: z.record(place, scalar).default({}).describe('What is different in this design: places and their values.'),
  })
  .describe('One of the designs that stand side by side. All designs meet the same customers.');

/** Where a claim or a question looks: a design at a setting of the dials. */
export const settingOf = z.strictObject({
  design: id.optional().describe('The design; the first when left out.'),
  dials: z.record(id, z.number()).default({}).describe('Dials that are not at their start.'),
  inputs: z
    .array(
      z.strictObject({
        at: z.number().min(0).describe('When it begins, in units of time.'),
        fault: id.describe('Which of the faults.'),
        duration: z.number().positive().optional().describe("How long it lasts; the fault's own when left out."),
      }),
    )
    .max(100)
    .default([])
    .describe('Faults and when they happen.'),
  horizon: z.number().positive().optional().describe('A longer or shorter run than the scenario has.'),
});

const measureName = z
  .string()
  .regex(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+){1,3}$/, 'a measure reads like server.response.mean')
  .max(120);

export const claimSettings = z
  .strictObject({
    id,
    at: settingOf.describe('Where it must hold.'),
    measure: measureName.describe('What is measured there.'),
    over: z
      .strictObject({
        at: settingOf.optional().describe('Of this setting; the same when left out.'),
        measure: measureName.optional().describe('This measure; the same when left out.'),
        control: settingOf.optional().describe('Of this setting when the control is tried.'),
      })
      .optional()
      .describe(
        'Divide by this measure, of another setting or of the same run; `control` is that other setting when the control is tried.',
      ),
    relation: z
      .enum(['about', 'above', 'below', 'unsure'])
      .describe(
        '`about` means within the margin on either side; `unsure` means that the run says it has not enough data.',
      ),
    value: z
      .union([
        z.number(),
        z.strictObject({
          theory: z.string().max(60).describe('The name of a closed form.'),
          times: z.number().default(1).describe('So many times its value.'),
        }),
      ])
      .optional()
      .describe('A number, or the name of a closed form that is evaluated where the claim stands. Not for `unsure`.'),
    margin: z.number().min(0).max(1).default(0).describe('How far off it may be, as a share of the value.'),
    control: settingOf.describe('A setting where the same sentence must not hold: what shows that it can fail.'),
  })
  .describe('A sentence that runs must make true, over all the seeds of the law.');

export const scenarioSchema = z
  .strictObject({
    $schema: z
      .string()
      .max(300)
      .optional()
      .describe('Where an editor finds the JSON Schema of this format. The machine does not read it.'),
    format: z.literal(1).default(1).describe('Version of this schema.'),
    id: id.describe('Its name: a word in small letters, digits and hyphens.'),
    family: z
      .enum(['failing', 'scaling', 'communicating', 'changing', 'computing'])
      .default('scaling')
      .describe('What kind of question it answers.'),
    time: z
      .strictObject({
        unit: z
          .enum(['s', 'ms', 'us', 'min', 'h', 'day', 'week', 'cycle'])
          .default('s')
          .describe('The unit in which the scenario states its times.'),
        ticks: z.number().int().min(1).max(1e9).default(1_000_000).describe('How many ticks of the clock one unit is.'),
      })
      .default({ unit: 's', ticks: 1_000_000 })
      .describe('How time is written and counted. All times are whole ticks in the end.'),
    horizon: z.number().positive().describe('When the run stops, in units of time.'),
    warmUp: z
      .number()
      .min(0)
      .default(0)
      .describe('Measures leave out what happens before this time, in units of time.'),
    seed: z.number().int().min(0).max(4294967295).default(1).describe('Whose luck: equal seeds give equal customers.'),
    parts: z.record(id, partSettings).describe('The parts by their ids.'),
    links: z.array(linkSettings).max(1000).default([]).describe('What a call costs on its way.'),
    designs: z
      .array(designSettings)
      .min(1)
      .max(20)
      .default([{ id: 'base', set: {} }])
      .describe('The designs that stand side by side; the first is the one that runs unless another is named.'),
    dials: z.array(dialSettings).max(30).default([]).describe('What may be turned.'),
    faults: z.array(faultSettings).max(30).default([]).describe('What may be broken.'),
    inputs: settingOf.shape.inputs.describe('Faults that happen in every run of this scenario, and when.'),
    show: z
      .strictObject({
        measures: z.array(measureName).max(20).describe('Measures the page prints, most important first.'),
        series: z.array(measureName).max(10).describe('Readings drawn over the run.'),
        sweep: z
          .strictObject({
            dial: id.describe('The dial that it runs over.'),
            measure: measureName.describe('What is drawn.'),
            theory: z.string().max(60).optional().describe('The name of the closed form that is drawn beside it.'),
          })
          .optional()
          .describe('The curve drawn over a dial.'),
      })
      .optional()
      .describe('What the stage shows of a run.'),
    positions: z
      .record(id, z.tuple([z.number(), z.number()]))
      .default({})
      .describe('Where the stage draws each part: column and row.'),
    claims: z
      .array(claimSettings)
      .max(100)
      .default([])
      .describe('Sentences that runs must make true; a law checks them.'),
  })
  .describe('A scenario: parts, links, traffic, dials, faults, designs, seed and horizon.');

/** A scenario as an author writes it. */
export type ScenarioSource = z.input<typeof scenarioSchema>;
/** A scenario with every default filled in. */
export type Scenario = z.output<typeof scenarioSchema>;
export type Claim = z.output<typeof claimSettings>;
export type Setting = z.input<typeof settingOf>;
export type Dial = z.output<typeof dialSettings>;
export type Fault = z.output<typeof faultSettings>;
