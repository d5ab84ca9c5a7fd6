/**
 * The templates are good seed: what `npm run new` makes of them, under a new name in a copy of the project,
 * keeps the same laws as the real lessons and scenarios. Only what a lesson must have grown into is not asked of it.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { make } from '../../scripts/new.ts';

const home = mkdtempSync(join(tmpdir(), 'seams-new-'));
const copied = [
  'content',
  'simulations',
  'src',
  'scripts',
  'tests',
  'public',
  'languages.ts',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];
/** Laws that loop over lessons, quizzes and scenarios. */
const laws = ['lessons', 'words', 'quiz', 'measured', 'claims', 'diagrams']
  .map((name) => `tests/laws/${name}.test.ts`)
  .filter((file) => existsSync(file));
let told: Record<'lesson' | 'scenario', string>;

beforeAll(() => {
  for (const name of copied) {
    // Under Vitest the parent of the copy is the system's temporary folder: a test in it must not find this file again.
    cpSync(name, join(home, name), {
      recursive: true,
      filter: (path) => !path.endsWith(`laws${sep}templates.test.ts`),
    });
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(home, 'node_modules'), 'junction');
  told = {
    lesson: make('lesson', 'sprouting', home).join('\n'),
    scenario: make('scenario', 'sprouting-store', home).join('\n'),
  };
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Runs laws in the copy, as far as they speak of what was made there. @returns the titles of the tests that failed, and how many passed. */
function hold(files: string[]): { failed: string[]; passed: string[] } {
  const report = join(home, 'report.json');
  const vitest = join(process.cwd(), 'node_modules', 'vitest', 'vitest.mjs');
  try {
    execFileSync(
      process.execPath,
      [vitest, 'run', '--project', 'node', '-t', 'sprouting', '--reporter=json', `--outputFile=${report}`, ...files],
      {
        cwd: home,
        stdio: 'pipe',
        env: {
          ...process.env,
          NODE_ENV: 'test',
          VITEST: undefined,
          VITEST_WORKER_ID: undefined,
          VITEST_POOL_ID: undefined,
        },
      },
    );
  } catch {
    // A failed test is an answer too: it is in the report.
  }
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { message: string; name: string; assertionResults: { fullName: string; status: string }[] }[];
  };
  const all = testResults.flatMap((file) =>
    file.assertionResults.length > 0
      ? file.assertionResults
      : [{ fullName: `${file.name}: ${file.message}`, status: 'failed' }],
  );
  const titles = (status: string) => all.filter((each) => each.status === status).map((each) => each.fullName);
  return { failed: titles('failed'), passed: titles('passed') };
}

/** Laws for what a reader may see: a seed is too short for them. */
const grown = /the published lesson|published quiz/;

describe('what npm run new makes', () => {
  it('keeps the laws of lessons, quizzes and scenarios', () => {
    const { failed, passed } = hold(laws);
    expect(failed.filter((title) => !grown.test(title))).toEqual([]);
    // The laws did see the new folders.
    expect(passed.some((title) => /sprouting-store/.test(title))).toBe(true);
    expect(passed.some((title) => /\bsprouting\b(?!-)/.test(title))).toBe(true);
  }, 180_000);

  it('has its own id wherever the template had one, and says what to do next', () => {
    expect(readFileSync(join(home, 'simulations/scenarios/sprouting-store/scenario.ts'), 'utf8')).toContain(
      "id: 'sprouting-store'",
    );
    expect(told.lesson).toContain('- id: sprouting');
    expect(told.scenario).toContain('npm run -s simulate -- sprouting-store');
  });

  it.each([
    ['lesson', 'Two Words', /cannot be an id/],
    ['lesson', '../outside', /cannot be an id/],
    ['lesson', '_hidden', /cannot be an id/],
    ['lesson', 'client-server', /exists already/],
    ['constructor', 'thing', /no template for "constructor"/],
    ['slide', 'thing', /npm run new lesson ID/],
  ])('refuses %s %s with a sentence', (kind, id, sentence) => {
    expect(() => make(kind, id, home)).toThrow(sentence);
  });

  it('is found out when it breaks a law', () => {
    const words = join(home, 'simulations/scenarios/sprouting-store/words.ko.yaml');
    writeFileSync(words, readFileSync(words, 'utf8').replace(/^ {2}server:.*\n/m, ''));
    expect(hold(['tests/laws/words.test.ts']).failed.some((title) => /sprouting-store/.test(title))).toBe(true);
  }, 60_000);
});
