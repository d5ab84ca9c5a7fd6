/**
 * How long a lesson keeps the browser's main thread busy while it loads, until its islands have come to life.
 * Milliseconds differ between machines, so what is held against budgets.json is a ratio: to a loop of plain work
 * that the same browser does beside it. The milliseconds are printed.
 */
import { chromium, type Browser } from '@playwright/test';
import { readBudgets } from './budgets.ts';
import { listen, siteServer } from './serve.ts';
import { chromiumArguments, findChromium } from './setup/browsers.mjs';

/** Plain work of the kinds that pages do: numbers, text, maps. It takes some 100 ms on a laptop of 2023. */
function plainWork(): number {
  const began = performance.now();
  const seen = new Map<string, number>();
  let state = 1;
  for (let i = 0; i < 400_000; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const key = `k${state % 5000}`;
    seen.set(key, (seen.get(key) ?? 0) + (state >>> 16));
  }
  // Used, so that no engine may leave the work out.
  if (seen.size === 0) throw new Error('no work was done');
  return performance.now() - began;
}

const middle = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** How many times each page is loaded. */
const LOADS = 7;

interface Load {
  /** Milliseconds that the main thread was busy with anything. */
  busy: number;
  /** Milliseconds of it that were script. */
  script: number;
  /** Milliseconds of the plain work. */
  plain: number;
}

async function load(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext({
    viewport: { width: 412, height: 823 },
    isMobile: true,
    deviceScaleFactor: 2,
    serviceWorkers: 'block',
  });
  try {
    const blank = await context.newPage();
    const plain = Math.min(
      await blank.evaluate(plainWork),
      await blank.evaluate(plainWork),
      await blank.evaluate(plainWork),
    );
    await blank.close();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(url, { waitUntil: 'networkidle' });
    if ((await page.locator('astro-island').count()) === 0)
      throw new Error(`${url} has no stage: there is nothing to time.`);
    // The stage lies in the first screenful or just below: a reader scrolls to it.
    await page.locator('astro-island').first().scrollIntoViewIfNeeded({ timeout: 5000 });
    await page.locator('astro-island:not([ssr])').first().waitFor({ state: 'attached', timeout: 15_000 });
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(500);
    const { metrics } = await session.send('Performance.getMetrics');
    const read = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1000;
    return { busy: read('TaskDuration'), script: read('ScriptDuration'), plain };
  } finally {
    await context.close();
  }
}

async function main(): Promise<number> {
  const { pages, mainThread } = readBudgets();
  const server = siteServer({ folder: 'dist' });
  const port = await listen(server, 4470, '127.0.0.1', false);
  const executablePath = findChromium();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: chromiumArguments });
  let failed = false;
  try {
    for (const path of pages) {
      const loads: Load[] = [];
      // Single loads are noisy: by up to a third between the quickest and the slowest.
      for (let i = 0; i < LOADS; i += 1) loads.push(await load(browser, `http://127.0.0.1:${port}/${path}`));
      const ratio = middle(loads.map(({ busy, plain }) => busy / plain));
      const fits = ratio <= mainThread;
      failed ||= !fits;
      const [busy, script, plain] = (['busy', 'script', 'plain'] as const).map((key) =>
        Math.round(middle(loads.map((each) => each[key]))),
      );
      console.log(
        `${fits ? '✓' : '✗'} /${path} is busy for ${ratio.toFixed(2)} times the plain work, of ${mainThread} (${busy} ms, of which script ${script} ms; plain work ${plain} ms; median of ${loads.length})`,
      );
    }
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
  if (failed)
    console.error('The main thread is busy for too long while the page loads: load less, later, or in the Worker.');
  return failed ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) {
  process.exitCode = await main().catch((problem: Error) => {
    console.error(problem.message);
    return 1;
  });
}
