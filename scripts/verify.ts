/**
 * The one gate. Each step is an npm script that can be run alone; this runs them in order, says how long each took,
 * and stops at the first that fails unless `--all` is given (or CI asks). What each step checks is the step's own affair.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

interface Step {
  script: string;
  asks: string;
  /** Scripts of this project that it is handed arguments for. */
  args?: string[];
  /** The step that it needs the result of: without that it is left out. */
  after?: string;
  /** Where it leaves its counts of passed and failed tests. */
  report?: string;
}

const reports = join('.cache', 'reports');

const steps: Step[] = [
  { script: 'format:check', asks: 'is everything formatted? (npm run format mends it)' },
  { script: 'lint', asks: 'does the code keep the rules?' },
  { script: 'walls', asks: 'who imports whom?' },
  { script: 'types', asks: 'do the types hold, in every room?' },
  {
    script: 'unit',
    asks: 'do the machine, the logic, the views and the laws hold?',
    args: ['--reporter=dot', '--reporter=json', `--outputFile.json=${join(reports, 'unit.json')}`],
    report: 'unit.json',
  },
  { script: 'bench', asks: 'is the machine as quick as it was, beside a loop written by hand?', args: ['--gate'] },
  { script: 'build', asks: 'does the site build?' },
  { script: 'budgets', asks: 'is a page light enough?', after: 'build' },
  { script: 'main-thread', asks: 'does it leave the browser time to breathe?', after: 'build' },
  {
    script: 'lighthouse',
    asks: 'is it quick, quiet and open to all, on a phone? (one run; npm run lighthouse makes three)',
    args: ['--quick'],
    after: 'build',
  },
  { script: 'speed', asks: 'does the stage keep up with a finger?', after: 'build', report: 'speed.json' },
  { script: 'journeys', asks: 'can a person do it, in a real browser?', after: 'build', report: 'journeys.json' },
];

export interface Counts {
  passed: number;
  failed: number;
}

/** Reads the counts out of a report of Vitest or of Playwright. A test that only passed when tried again has passed. */
export function countsOf(report: unknown): Counts {
  const { stats, numPassedTests, numFailedTests, numFailedTestSuites, testResults } = report as {
    stats?: { expected: number; unexpected: number; flaky: number };
    numPassedTests?: number;
    numFailedTests?: number;
    numFailedTestSuites?: number;
    testResults?: { status: string; assertionResults: unknown[] }[];
  };
  if (stats) return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
  if (numPassedTests === undefined)
    throw new Error(`This is no report of Vitest or Playwright: ${numFailedTestSuites}`);
  // A file that could not even be read has no failed test in it, yet has not passed.
  const unread = (testResults ?? []).filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return { passed: numPassedTests, failed: (numFailedTests ?? 0) + unread.length };
}

const minutes = (milliseconds: number): string => {
  const seconds = milliseconds / 1000;
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, '0')} s`;
};

/** Runs an npm script by Node itself: that spares npm's start, and works alike on every system. */
function run({ script, args = [], report }: Step): Promise<boolean> {
  return new Promise((settle) => {
    const env = { ...process.env, ...(report ? { SEAMS_REPORT: join(reports, report) } : {}) };
    const child = spawn(process.execPath, ['--run', script, '--', ...args], { env, stdio: 'inherit' });
    child.on('error', () => settle(false));
    child.on('close', (code) => settle(code === 0));
  });
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { all: { type: 'boolean', default: Boolean(process.env['CI']) } } });
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const began = Date.now();
  const lines: string[] = [];
  const failed: string[] = [];
  const total: Counts = { passed: 0, failed: 0 };
  for (const step of steps) {
    if (step.after && failed.includes(step.after)) {
      lines.push(`  –  ${step.script.padEnd(14)} left out, as ${step.after} failed`);
      continue;
    }
    console.log(`\n── ${step.script}: ${step.asks}`);
    const start = Date.now();
    const passed = await run(step);
    const report = step.report && join(reports, step.report);
    let counted = '';
    if (report && existsSync(report)) {
      const counts = countsOf(JSON.parse(readFileSync(report, 'utf8')));
      total.passed += counts.passed;
      total.failed += counts.failed;
      counted = `${counts.passed} passed${counts.failed > 0 ? `, ${counts.failed} failed` : ''}`;
      // Something else than a test went wrong: the count must not hide it.
      if (!passed && counts.failed === 0) total.failed += 1;
    } else if (!passed) total.failed += 1;
    lines.push(
      `  ${passed ? '✓' : '✗'}  ${step.script.padEnd(14)} ${minutes(Date.now() - start).padStart(12)}   ${counted}`.trimEnd(),
    );
    if (passed) continue;
    failed.push(step.script);
    if (!values.all) break;
  }
  console.log(`\n${lines.join('\n')}\n`);
  const rest = steps.length - lines.length;
  console.log(
    failed.length === 0
      ? `All is well, in ${minutes(Date.now() - began)}.`
      : `Failed: ${failed.join(', ')}. To see one alone: npm run ${failed[0]}${rest > 0 ? `. ${rest} more steps were not run (npm run verify -- --all runs them)` : ''}.`,
  );
  writeFileSync(join(reports, 'total.json'), `${JSON.stringify(total)}\n`);
  return failed.length === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main();
