/**
 * Lighthouse, as a phone: what it says of the lesson in every language, against budgets.json. Three runs and their median,
 * written down in docs/measured/lighthouse.md; with `--quick` (in the gate) one run, whose speed is printed and not judged.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { readBudgets } from './budgets.ts';
import { listen, siteServer } from './serve.ts';
import { chromiumArguments, findChromium } from './setup/browsers.mjs';

interface Reading {
  scores: Record<string, number>;
  /** How far things jumped while the page loaded. */
  layoutShift: number;
  /** Time that the main thread was busy, in milliseconds of this machine. */
  mainThread: number;
  /** Lighthouse's own measure of how fast this machine was at that moment; a fast desktop makes about 3,000. */
  machine: number;
  /** When the largest thing was on the page, in milliseconds of a simulated slow phone. */
  largestPaint: number;
  blocked: number;
  /** What kept a score from being full. */
  complaints: string[];
  version: string;
  browser: string;
}

const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
const published = 'docs/measured/lighthouse.md';

async function read(url: string, port: number): Promise<Reading> {
  const result = await lighthouse(url, { port, output: 'json', logLevel: 'error', onlyCategories: categories });
  if (!result) throw new Error(`Lighthouse said nothing about ${url}.`);
  const { lhr } = result;
  if (lhr.runtimeError) throw new Error(`Lighthouse could not read ${url}: ${lhr.runtimeError.message}`);
  const value = (audit: string) => lhr.audits[audit]?.numericValue ?? Number.NaN;
  const complaints = categories
    .filter((id) => id !== 'performance')
    .flatMap((id) => lhr.categories[id]?.auditRefs.filter((ref) => ref.weight > 0) ?? [])
    .map((ref) => lhr.audits[ref.id]!)
    .filter((audit) => audit.score !== null && audit.score < 1)
    .map((audit) => audit.title);
  return {
    scores: Object.fromEntries(categories.map((id) => [id, Math.round((lhr.categories[id]?.score ?? 0) * 100)])),
    layoutShift: value('cumulative-layout-shift'),
    mainThread: value('mainthread-work-breakdown'),
    machine: lhr.environment.benchmarkIndex,
    largestPaint: value('largest-contentful-paint'),
    blocked: value('total-blocking-time'),
    complaints,
    version: lhr.lighthouseVersion,
    browser: /Chrome\/[\d.]+/.exec(lhr.environment.hostUserAgent)?.[0] ?? 'Chromium',
  };
}

/** The reading whose performance lies in the middle. */
const median = (readings: Reading[]): Reading =>
  readings.toSorted((a, b) => a.scores['performance']! - b.scores['performance']!)[
    Math.floor((readings.length - 1) / 2)
  ]!;

/** What a page may not be, as sentences; empty when it is all that it should be. */
export function faults(
  page: string,
  reading: Pick<Reading, 'scores' | 'layoutShift' | 'complaints'>,
  budgets: Pick<ReturnType<typeof readBudgets>, 'lighthouse' | 'layoutShift'>,
): string[] {
  const low = Object.entries(budgets.lighthouse)
    .filter(([id, least]) => !(reading.scores[id]! >= least))
    .map(([id, least]) => `/${page}: ${id} is ${reading.scores[id]}, at least ${least} is wanted`);
  const shift =
    reading.layoutShift < budgets.layoutShift
      ? []
      : [`/${page}: things jump by ${reading.layoutShift.toFixed(3)}, less than ${budgets.layoutShift} is wanted`];
  return [...low, ...shift, ...(low.length > 0 ? reading.complaints.map((title) => `/${page}: ${title}`) : [])];
}

function report(rows: [string, Reading][]): string {
  const first = rows[0]![1];
  const cells = rows.map(([page, { scores, layoutShift, largestPaint, blocked, mainThread }]) =>
    [
      `/${page}`,
      ...categories.map((id) => scores[id]),
      layoutShift.toFixed(3),
      `${(largestPaint / 1000).toFixed(1)} s`,
      `${Math.round(blocked)} ms`,
      `${Math.round(mainThread)} ms`,
    ].join(' | '),
  );
  return [
    '# Lighthouse, as a phone',
    '',
    'Written by `npm run lighthouse`: the run in the middle of three, on the built lesson, served by our own server on the same machine.',
    `Lighthouse ${first.version} with its own picture of a slow phone (four times slower processor, slow 4G), ${first.browser}.`,
    '',
    '| page | performance | accessibility | best practices | SEO | layout shift | largest paint | blocked | main thread |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...cells.map((row) => `| ${row} |`),
    '',
    `The last column is this machine's own time (its benchmark index: ${Math.round(first.machine)}); the two before it are the simulated phone's.`,
    '',
  ].join('\n');
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, dist: { type: 'string', default: 'dist' } },
  });
  const budgets = readBudgets();
  const server = siteServer({ folder: values.dist });
  const site = await listen(server, 4450, '127.0.0.1', false);
  const executablePath = findChromium();
  const port = 9300 + (process.pid % 600);
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...chromiumArguments, `--remote-debugging-port=${port}`],
  });
  // A score of speed is made of absolute times, which waver with the machine. The gate holds the main thread by a ratio
  // instead (npm run main-thread), and prints this score beside the three that do not waver.
  const { performance: _, ...steady } = budgets.lighthouse;
  const problems: string[] = [];
  const rows: [string, Reading][] = [];
  try {
    for (const page of budgets.pages) {
      const readings: Reading[] = [];
      const runs = values.quick ? 1 : 3;
      while (readings.length < runs) readings.push(await read(`http://127.0.0.1:${site}/${page}`, port));
      const middle = median(readings);
      rows.push([page, middle]);
      problems.push(...faults(page, middle, values.quick ? { ...budgets, lighthouse: steady } : budgets));
      const scores = categories.map((id) => `${id} ${middle.scores[id]}`).join(', ');
      console.log(
        `/${page} ${scores}; layout shift ${middle.layoutShift.toFixed(3)}; main thread ${Math.round(middle.mainThread)} ms (${readings.length === 1 ? 'one run' : `median of ${readings.length}`})`,
      );
    }
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
  if (!values.quick) {
    mkdirSync(dirname(published), { recursive: true });
    writeFileSync(published, report(rows));
    console.log(`Written down in ${published}.`);
  }
  for (const line of problems) console.error(line);
  return problems.length === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main();
