// How quick a stage is. Absolute times are printed; what fails is measured against plain work done on the same machine just before.

import type { Page } from '@playwright/test';
import { at, expect, test } from './tiny-course.ts';

test.describe.configure({ mode: 'serial' });

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
  await expect(stage.locator('.stage-body')).toHaveAttribute('data-ready', 'true');
  await expect(stage.locator('.over-dial')).toHaveAttribute('data-left', '0');
  const work = await yardstick(page);
  const times = await stage.evaluate(async (element) => {
    const dial = element.querySelector<HTMLInputElement>('.dial input[type="range"]')!;
    const body = element.querySelector<HTMLElement>('.stage-body')!;
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
    const taken: number[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      const before = body.dataset['digest'];
      const begun = performance.now();
      setValue.call(dial, String(5 + turn * 0.2));
      dial.dispatchEvent(new Event('input', { bubbles: true }));
      while (body.dataset['digest'] === before) await new Promise((next) => requestAnimationFrame(next));
      taken.push(performance.now() - begun);
    }
    return taken.sort((a, b) => a - b);
  });
  const [median, p95] = [times[10]!, times[18]!];
  console.log(
    `${browserName}: dial to redrawn run ${median.toFixed(0)} ms in the middle, ${p95.toFixed(0)} ms at p95 (yardstick ${work.toFixed(1)} ms)`,
  );
  // A hundred milliseconds on a machine whose yardstick takes eight or more; never less than that is asked.
  expect(median).toBeLessThan(Math.max(100, work * 12));
});

test('a stage with five hundred requests leaves most of each picture free', async ({ page, browserName }) => {
  test.skip(browserName !== 'chromium', 'Only Chromium says what the main thread was busy with.');
  await page.goto(`${at('lessons/second-steps/')}?run=1;one-server;one;arrivalRate:12;;1;300;;#sim-one-server`);
  const stage = page.locator('#sim-one-server');
  await stage.scrollIntoViewIfNeeded();
  await expect(stage.locator('.stage-drawing')).toHaveAttribute('data-drawing', 'living');
  await expect(stage.locator('.stage-body')).toHaveAttribute('data-ready', 'true');
  await expect(stage.locator('.over-dial')).toHaveAttribute('data-left', '0');
  await stage.getByText('In words and as a table').click();
  await expect(stage.locator('.moment-words')).toContainText('At 300.00 s');
  const waiting = Number(/(\d+) waiting/.exec((await stage.locator('.moment-words').textContent()) ?? '')?.[1]);
  expect(waiting).toBeGreaterThan(500);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
  };
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
  console.log(
    `${browserName}: ${waiting} requests on the stage, ${((pictures / span) * 1000).toFixed(0)} pictures a second, ` +
      `${each.toFixed(1)} ms of main thread each, the longest wait ${longest.toFixed(0)} ms`,
  );
  const work = await yardstick(page);
  // A picture at sixty a second has 16.7 ms; on a slower machine the yardstick allows for it.
  expect(each).toBeLessThan(Math.max(16.7, work * 2));
});
