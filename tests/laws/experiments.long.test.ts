/** The long law over experiments: a tenth of the settings is run again, and gives what is kept to the last digit. */
import { expect, it } from 'vitest';
import { rowOf, type Row } from '../../scripts/crossings.ts';
import { readExperiment } from '../../src/markdown/experiments.ts';

const rows = readExperiment('complexity-premium')!.rows as Row[];

it('every tenth setting of the crossings gives today what is kept', () => {
  for (let setting = 0; setting < rows.length; setting += 10)
    expect(rowOf(setting), `setting ${setting}`).toEqual(rows[setting]);
}, 600_000);
