/** From the tags of a lesson to the questions that they ask of the machine. It runs nothing and reads no file. */
import { usualRuns, type Ask } from '../core/words/numbers.ts';
import { parseDials, parseInputs } from '../core/words/setting.ts';

type Attributes = Record<string, string | number | boolean | undefined>;

/** The tags that ask the machine for numbers. */
export const askingTags = ['Measured', 'Theory', 'Factors', 'Share'] as const;
export type AskingTag = (typeof askingTags)[number];

export const isAsking = (name: string): name is AskingTag => (askingTags as readonly string[]).includes(name);

/** Runs of each mixture when no number is given: many mixtures make many runs. */
const runsOfMixtures = 10;

/** The question of one of these tags. Throws a sentence when it is badly written. */
export function askOf(name: AskingTag, attributes: Attributes): Ask {
  const text = (key: string): string => (attributes[key] === undefined ? '' : String(attributes[key]));
  const takesApart = name === 'Factors' || name === 'Share';
  const usual = takesApart ? runsOfMixtures : usualRuns;
  const runs = attributes['runs'] === undefined ? usual : Number(attributes['runs']);
  if (!Number.isInteger(runs) || runs < 1 || runs > 200)
    throw new Error(`runs={${text('runs')}}: a whole number from 1 to 200 is wanted`);
  return {
    of: takesApart ? 'factors' : name === 'Theory' ? 'theory' : 'run',
    scenario: text('scenario'),
    design: text('design'),
    dials: parseDials(text('dials')),
    inputs: parseInputs(text('inputs')),
    name: name === 'Theory' ? text('name') : text('measure'),
    over: text('over'),
    per: text('per'),
    runs: name === 'Theory' ? 0 : runs,
    ...(takesApart && {
      factors: text('factors')
        .split(/[\s,]+/)
        .filter((each) => each !== ''),
    }),
  };
}
