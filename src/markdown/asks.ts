/** From the tags of a lesson to the questions that they ask of the machine. It runs nothing and reads no file. */
import { usualRuns, type Ask } from '../core/words/numbers.ts';
import { parseDials, parseInputs } from '../core/words/setting.ts';

type Attributes = Record<string, string | number | boolean | undefined>;

/** The question of one `<Measured>` or `<Theory>`. Throws a sentence when it is badly written. */
export function askOf(name: 'Measured' | 'Theory', attributes: Attributes): Ask {
  const text = (key: string): string => (attributes[key] === undefined ? '' : String(attributes[key]));
  const runs = attributes['runs'] === undefined ? usualRuns : Number(attributes['runs']);
  if (!Number.isInteger(runs) || runs < 1 || runs > 200)
    throw new Error(`runs={${text('runs')}}: a whole number from 1 to 200 is wanted`);
  return {
    of: name === 'Theory' ? 'theory' : 'run',
    scenario: text('scenario'),
    design: text('design'),
    dials: parseDials(text('dials')),
    inputs: parseInputs(text('inputs')),
    name: name === 'Theory' ? text('name') : text('measure'),
    over: text('over'),
    per: text('per'),
    runs: name === 'Theory' ? 0 : runs,
  };
}
