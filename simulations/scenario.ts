/**
 * What a scenario is: data that says which parts there are, who calls whom, what a reader may turn and break,
 * and what must come of it. The schema is the author's manual; `npm run -s simulate -- --schema` prints it as JSON Schema.
 * It knows the parts only through their registration.
 */
import { choice, field, list, number, object, optional, otherwise, text, whole, z } from './fields.ts';
import type { PartSettings } from './parts/index.ts';
import { kinds, knownSettings } from './parts/known.ts';
import { linkSettings } from './links/settings.ts';

const idRule: [RegExp, string] = [
  /^[a-z][a-zA-Z0-9-]*$/,
  'an id starts with a small letter and has only letters, digits and hyphens',
];
/** Ids are kebab-case or camelCase words: they appear in addresses, measure names and file names. */
const id = (meaning: string) => field(meaning, text(60, idRule));

/** A place in the scenario, for example `parts.server.instances`. */
const place = text(200, [/^(parts|links)(\.[A-Za-z0-9-]+)+$/, 'a place reads like parts.server.instances']);

const measureRule: [RegExp, string] = [
  /^[A-Za-z0-9-]+(>[A-Za-z0-9-]+)?(\.[A-Za-z0-9-]+){1,3}(@[A-Za-z0-9-]+)?$/,
  'a measure reads like server.response.mean, clients>server.tries or server.response.p99@gold',
];
const measureName = (meaning: string) => field(meaning, text(120, measureRule));

/** Values that one change of a design may hold, all that is nested in it counted. */
const MOST_VALUES = 2000;

/** Whether a value is what JSON can say, and of bounded size; whether it fits its place the schema of that place decides. */
function isPlain(value: unknown): boolean {
  const left: unknown[] = [value];
  for (let seen = 0; left.length > 0; seen++) {
    if (seen + left.length > MOST_VALUES) return false;
    const one = left.pop();
    if (typeof one === 'object' && one !== null) left.push(...Object.values(one));
    else if (typeof one === 'number' ? !Number.isFinite(one) : !['string', 'boolean', 'object'].includes(typeof one))
      return false;
  }
  return true;
}

/** A value of any form. */
const anything = z.unknown().check(z.refine(isPlain, `plain data of at most ${MOST_VALUES} values`));

/** A place that takes a straight-line function of a dial: what is left over, or a hundred times as much. */
const scaledPlace = object({
  place: field('The place.', place),
  times: field("A factor on the dial's value.", otherwise(number(), 1)),
  plus: field('What is added to that.', otherwise(number(), 0)),
  only: field(
    'Only where the dial stands at this value is anything put there; elsewhere the place is left as the dials before it put it.',
    optional(number()),
  ),
  value: field('What is put there instead of a number, such as a word.', optional(anything)),
});

export const dialSettings = field(
  'A setting that the reader may turn.',
  object({
    id: id('Its name.'),
    unit: field(
      'How its value is printed: `rate` per unit of time, `time` in units of time.',
      choice(['rate', 'time', 'count', 'share', 'number']),
    ),
    min: field('The least value.', number()),
    max: field('The greatest value.', number()),
    step: field('The distance between two neighbouring values.', number({ above: 0 })),
    scale: field(
      'How its values lie between their ends: evenly (`linear`, where it is left out), or each twice the one before (`doubling`), from a least one above 0; `step` then says nothing.',
      optional(choice(['linear', 'doubling'])),
    ),
    start: field('Where the dial stands at first.', number()),
    sets: field(
      'The places in the scenario that take its value: as it is, or so many `times` it and so much `plus`.',
      list(z.union([place, scaledPlace]), { min: 1, max: 100 }),
    ),
  }),
);

export const textSettings = field(
  'A text that the reader may write, such as a program. What is wrong with it, the part that takes it says.',
  object({
    id: id('Its name.'),
    most: field('How many letters it may have, 1 to 4,000.', whole({ min: 1, max: 4000 })),
    sets: field('The places in the scenario that take it; they hold a text.', list(place, { min: 1, max: 10 })),
  }),
);

export const boardSettings = field(
  'A table on which the reader moves things between columns, such as people between teams. Each of them is a dial, whose value is the number of the column that it stands in, counted from 0.',
  object({
    id: id('Its name.'),
    columns: field(
      'The columns, from number 0 on.',
      list(
        object({
          id: id('Its name.'),
          most: field('How many may stand in it; any number when left out.', optional(whole({ min: 1, max: 30 }))),
        }),
        { min: 2, max: 12 },
      ),
    ),
    tokens: field(
      'What is moved: dials from 0 to the number of the last column, in steps of 1, each on one board only.',
      list(id('A dial.'), { min: 1, max: 30 }),
    ),
    design: field(
      'The design that it belongs to: whoever moves something while another is shown is shown this one.',
      optional(text(60, idRule)),
    ),
  }),
);

export const faultSettings = field(
  'Something the reader may break.',
  object({
    id: id('Its name.'),
    part: field(
      'The part it happens to; or a link, as `caller>callee`.',
      text(121, [/^[a-z][a-zA-Z0-9-]*(>[a-z][a-zA-Z0-9-]*)?$/, 'a part reads like server, a link like clients>server']),
    ),
    action: id(
      'What happens: one of the actions that the kind of part knows, such as `pause`; of a link `partition`, `refuse`, `lose` or `delay`.',
    ),
    duration: field('How long it lasts unless the reader says otherwise, in units of time.', number({ above: 0 })),
    amount: field('How strong it is, for actions that take an amount.', optional(number({ above: 0, max: 1e6 }))),
    instance: field(
      'Which instance it happens to, for actions on one instance.',
      otherwise(whole({ min: 0, max: 999 }), 0),
    ),
  }),
);

export const designSettings = field(
  'One of the designs that stand side by side. All designs meet the same customers.',
  object({
    id: id('Its name.'),
    set: field(
      'What is different in this design: places and their values, of whatever form the place takes: a number, a word, a whole call plan.',
      otherwise(z.record(place, anything), {}),
    ),
  }),
);

const when = (meaning: string) => field(meaning, number({ min: 0, max: 1e12 }));

const inputSettings = z.union([
  object({
    at: when('When it begins, in units of time.'),
    fault: id('Which of the faults.'),
    duration: field("How long it lasts; the fault's own when left out.", optional(number({ above: 0, max: 1e12 }))),
  }),
  object({
    at: when('When it is mended, in units of time.'),
    mend: id('Which of the faults ends then, before its time.'),
  }),
  object({
    at: when('When it is turned, in units of time.'),
    dial: id('Which of the dials.'),
    value: field('Where it is turned to.', number()),
  }),
]);

const inputsOf = (meaning: string) => field(meaning, otherwise(list(inputSettings, { max: 100 }), []));

/** Where a claim or a question looks: a design at a setting of the dials. */
export const settingOf = object({
  design: field('The design; the first when left out.', optional(text(60, idRule))),
  dials: field('Dials that are not at their start.', otherwise(z.record(text(60, idRule), number()), {})),
  texts: field('What was written, by the names of the texts.', optional(z.record(text(60, idRule), text(4000)))),
  inputs: inputsOf('What happens, and when.'),
  horizon: field('A longer or shorter run than the scenario has.', optional(number({ above: 0 }))),
});

export const claimSettings = field(
  'A sentence that runs must make true, over all the seeds of the law.',
  object({
    id: id('Its name.'),
    at: field('Where it must hold.', settingOf),
    measure: measureName('What is measured there.'),
    over: field(
      'Divide by this measure, of another setting or of the same run.',
      optional(
        object({
          at: field('Of this setting; the same when left out.', optional(settingOf)),
          measure: field('This measure; the same when left out.', optional(text(120, measureRule))),
          control: field('Of this setting when the control is tried.', optional(settingOf)),
        }),
      ),
    ),
    relation: field(
      '`about` means within the margin on either side; `unsure` means that the run says it has not enough data.',
      choice(['about', 'above', 'below', 'unsure']),
    ),
    value: field(
      'A number, or the name of a closed form that is evaluated where the claim stands. Not for `unsure`.',
      optional(
        z.union([
          number(),
          object({
            theory: field('The name of a closed form.', text(60)),
            times: field('So many times its value.', otherwise(number(), 1)),
          }),
        ]),
      ),
    ),
    margin: field('How far off it may be, as a share of the value.', otherwise(number({ min: 0, max: 1 }), 0)),
    control: field('A setting where the same sentence must not hold: what shows that it can fail.', settingOf),
  }),
);

const timeSettings = object({
  unit: field(
    'The unit in which the scenario states its times.',
    otherwise(choice(['s', 'ms', 'us', 'min', 'h', 'day', 'week', 'cycle']), 's'),
  ),
  ticks: field('How many ticks of the clock one unit is.', otherwise(whole({ min: 1, max: 1e9 }), 1_000_000)),
});

const showSettings = object({
  measures: field('Measures the page prints, most important first.', list(measureName('A measure.'), { max: 20 })),
  series: field('Readings drawn over the run.', list(measureName('A reading.'), { max: 10 })),
  sweep: field(
    'The curve drawn over a dial.',
    optional(
      object({
        dial: id('The dial that it runs over.'),
        measure: measureName('What is drawn.'),
        theory: field('The name of the closed form that is drawn beside it.', optional(text(60))),
      }),
    ),
  ),
});

const schemaWith = (partSettings: PartSettings) =>
  field(
    'A scenario: parts, links, traffic, dials, faults, designs, seed and horizon.',
    object({
      $schema: field(
        'Where an editor finds the JSON Schema of this format. The machine does not read it.',
        optional(text(300)),
      ),
      format: field('Version of this schema.', otherwise(z.literal(1), 1)),
      id: id('Its name: a word in small letters, digits and hyphens.'),
      family: field(
        'What kind of question it answers.',
        otherwise(choice(['failing', 'scaling', 'communicating', 'changing', 'computing']), 'scaling'),
      ),
      time: field(
        'How time is written and counted. All times are whole ticks in the end.',
        otherwise(timeSettings, { unit: 's', ticks: 1_000_000 }),
      ),
      horizon: field('When the run stops, in units of time.', number({ above: 0 })),
      warmUp: field(
        'Measures leave out what happens before this time, in units of time.',
        otherwise(number({ min: 0 }), 0),
      ),
      seed: field('Whose luck: equal seeds give equal customers.', otherwise(whole({ min: 0, max: 4294967295 }), 1)),
      parts: field('The parts by their ids.', z.record(text(60, idRule), partSettings)),
      links: field(
        'What a call costs on its way, and what the caller does about it.',
        otherwise(list(linkSettings, { max: 1000 }), []),
      ),
      designs: field(
        'The designs that stand side by side; the first is the one that runs unless another is named.',
        otherwise(list(designSettings, { min: 1, max: 20 }), [{ id: 'base', set: {} }]),
      ),
      dials: field('What may be turned.', otherwise(list(dialSettings, { max: 30 }), [])),
      boards: field('Tables on which dials are moved between columns.', otherwise(list(boardSettings, { max: 4 }), [])),
      texts: field('What may be written anew.', otherwise(list(textSettings, { max: 5 }), [])),
      faults: field('What may be broken.', otherwise(list(faultSettings, { max: 30 }), [])),
      inputs: inputsOf(
        'What happens in every run of this scenario, and when: faults begin, are mended, dials are turned.',
      ),
      show: field('What the stage shows of a run.', optional(showSettings)),
      positions: field(
        'Where the stage draws each part: column and row.',
        otherwise(z.record(text(60, idRule), z.tuple([number(), number()])), {}),
      ),
      claims: field(
        'Sentences that runs must make true; a law checks them.',
        otherwise(list(claimSettings, { max: 100 }), []),
      ),
    }),
  );

type ScenarioSchema = ReturnType<typeof schemaWith>;

/** Where no kind is known, no part fits. */
const noPart = z.never() as unknown as PartSettings;

let made: { schema: ScenarioSchema; knowing: number } | null = null;

/** The schema of a scenario whose parts are of the kinds known now. */
export function scenarioSchema(): ScenarioSchema {
  if (made?.knowing !== kinds.size) made = { schema: schemaWith(knownSettings() ?? noPart), knowing: kinds.size };
  return made.schema;
}

/** A scenario as an author writes it. */
export type ScenarioSource = z.input<ScenarioSchema>;
/** A scenario with every default filled in. */
export type Scenario = z.output<ScenarioSchema>;
export type Claim = z.output<typeof claimSettings>;
export type Setting = z.input<typeof settingOf>;
export type WrittenText = z.output<typeof textSettings>;
export type Dial = z.output<typeof dialSettings>;
export type Board = z.output<typeof boardSettings>;
export type Fault = z.output<typeof faultSettings>;
