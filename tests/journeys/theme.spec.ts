// A reader chooses day or night.

import { at, expect, test } from './tiny-course.ts';

const paper = (page: import('@playwright/test').Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test('night colours are chosen once and kept from page to page', { tag: '@firefox' }, async ({ page }) => {
  await page.goto(at());
  const day = await paper(page);
  await page.getByRole('button', { name: 'Switch to night colours' }).click();
  const night = await paper(page);
  expect(night).not.toBe(day);
  await page.goto(at('ko/contents/'));
  expect(await paper(page)).toBe(night);
  await page.getByRole('button', { name: '밝은 색으로 바꾸기' }).click();
  expect(await paper(page)).toBe(day);
});

test('the machine’s setting is followed until one is chosen', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'Firefox ignores the emulated colour scheme');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(at());
  const night = await paper(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => paper(page)).not.toBe(night);
});

test('a browser that keeps nothing still changes its colours', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await page.goto(at());
  const day = await paper(page);
  await page.getByRole('button', { name: 'Switch to night colours' }).click();
  expect(await paper(page)).not.toBe(day);
});
