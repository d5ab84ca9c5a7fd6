// How quick a stage is. Absolute times are printed; what fails is measured against plain work done on the same machine just before.

import type { Page } from '@playwright/test';
import { at, expect, test } from './tiny-course.ts';

test.describe.configure({ mode: 'serial' });

/** The most that is allowed, in yardsticks: about twice what a quiet machine needs. */
const TURN = 2.5;
const PICTURE = 0.35;

/** Milliseconds that a fixed piece of work takes here and now: best of five. */
const yardstick = (page: Page): Promise<number> =>
  page.evaluate(() => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5; round += 1) {
      const begun = performance.now();
      const values = Float64Array.from({ length: 200_000 }, (_, each) => (each * 7919) % 100_003).sort();
      let sum = 0;
      for (let each = 0; each < 2_000_000; each += 1) sum += values[each % values.length]!;
      if (sum < 0) throw new Error('unreachable');
      best = Math.min(best, performance.now() - begun);
    }
    return best;
  });

test('a turned dial shows the whole new run at once', async ({ page, browserName }) => {
  await page.goto(at('lessons/second-steps/'));
  const stage = page.locator('#sim-one-server');
  await stage.scrollIntoViewIfNeeded();
  await expect(stage.locator('.stage-drawing')).toHaveAttribute('data-drawing', 'living');
  await page.mouse.move(3, 3);
  await expect(stage.locator('.stage-body')).toHaveAttribute('data-ready', 'true');
  await expect(stage.locator('.over-dial')).toHaveAttribute('data-left', '0');
  const work = await yardstick(page);
  const turns = await stage.evaluate(async (element) => {
    // The second dial, so that every turn also makes the curve over the first one old: asking for it must not get in the way.
    const dial = element.querySelectorAll<HTMLInputElement>('.dial input[type="range"]')[1]!;
    const body = element.querySelector<HTMLElement>('.stage-body')!;
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
    const found: number[] = [];
    for (let turn = 0; turn < 25; turn += 1) {
      const begun = performance.now();
      const drawn = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          requestAnimationFrame(() => resolve());
        });
        observer.observe(body, { attributes: true, attributeFilter: ['data-digest'] });
      });
      setValue.call(dial, String(0.05 + (turn % 9) * 0.005));
      dial.dispatchEvent(new Event('input', { bubbles: true }));
      await drawn;
      found.push(performance.now() - begun);
    }
    // The first turns run code that has not been compiled yet.
    return found.slice(5).sort((a, b) => a - b);
  });
  const [least, median, p95] = [turns[0]!, turns[10]!, turns[18]!];
  console.log(
    `${browserName}: dial to redrawn run ${median.toFixed(0)} ms in the middle, ${least.toFixed(0)} at best, ` +
      `${p95.toFixed(0)} at p95 (yardstick ${work.toFixed(1)} ms)`,
  );
  expect(median).toBeLessThan(work * TURN);
});

test('a stage draws five hundred requests and leaves most of each picture free', async ({ page, browserName }) => {
  test.skip(browserName !== 'chromium', 'Only Chromium says what the main thread was busy with.');
  await page.goto(`${at('lessons/second-steps/')}?run=1;one-server;one;arrivalRate:12;;1;300;;#sim-one-server`);
  const stage = page.locator('#sim-one-server');
  await stage.scrollIntoViewIfNeeded();
  await expect(stage.locator('.stage-drawing')).toHaveAttribute('data-drawing', 'living');
  await page.mouse.move(3, 3);
  await expect(stage.locator('.stage-body')).toHaveAttribute('data-ready', 'true');
  await expect(stage.locator('.over-dial')).toHaveAttribute('data-left', '0');
  const drawn = (): Promise<number> =>
    stage.locator('canvas.requests').evaluate((canvas) => Number(canvas.dataset['requests']));
  await expect.poll(drawn).toBeGreaterThanOrEqual(500);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
  };
  // Twice as fast as life: every third picture somebody joins, and all who wait walk up.
  await stage.getByRole('combobox', { name: 'Speed' }).selectOption('2');
  await stage.getByRole('button', { name: 'Play' }).click();
  await page.waitForTimeout(300);
  const from = await busy();
  const { pictures, longest, span } = await page.evaluate(async () => {
    const begun = performance.now();
    let [last, most, count] = [begun, 0, 0];
    while (performance.now() - begun < 3000) {
      const now = await new Promise<number>((next) => requestAnimationFrame(() => next(performance.now())));
      most = Math.max(most, now - last);
      last = now;
      count += 1;
    }
    return { pictures: count, longest: most, span: performance.now() - begun };
  });
  const each = ((await busy()) - from) / pictures;
  const requests = await drawn();
  const work = await yardstick(page);
  console.log(
    `${browserName}: ${requests} requests drawn, ${((pictures / span) * 1000).toFixed(0)} pictures a second, ` +
      `${each.toFixed(1)} ms of main thread each, the longest wait ${longest.toFixed(0)} ms (yardstick ${work.toFixed(1)} ms)`,
  );
  expect(requests).toBeGreaterThanOrEqual(500);
  expect(each).toBeLessThan(work * PICTURE);
});
