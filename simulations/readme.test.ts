/** The machine's README: its program prints what the README says, and its files and folders are there. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseScenario, simulate } from './index.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');

/** The code blocks of a language, in their order. */
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, code]) => code!);

it('the program in the README prints what stands beside it', () => {
  const program = blocks('ts').join('\n');
  expect(program).toContain("from './index.ts'");
  // inside the project, where the packages that the machine needs are found
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'readme-'));
  try {
    const file = join(folder, 'program.ts');
    writeFileSync(file, program.replace("from './index.ts'", "from '../../simulations/index.ts'"));
    const printed = execFileSync(process.execPath, [file], { encoding: 'utf8' });
    const expected = [...program.matchAll(/^\/\/ → (.*)$/gm)].map(([, line]) => line!);
    expect(expected.length).toBeGreaterThan(10);
    expect(printed.trimEnd().split('\n')).toEqual(expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('the smallest scenario in the README runs as it stands', () => {
  const [smallest] = blocks('json');
  expect(simulate(parseScenario(JSON.parse(smallest!))).ledger.conserves).toBe(true);
});

it('every folder of the machine is in the table of the README, and what the table names is there', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map(({ name }) => `simulations/${name}/`);
  const named = [...readme.matchAll(/^\| `(\S+)` \|/gm)].map(([, place]) => place!);
  expect(folders.filter((folder) => !named.includes(folder))).toEqual([]);
  expect(named.filter((place) => !existsSync(join(root, place)))).toEqual([]);
});
