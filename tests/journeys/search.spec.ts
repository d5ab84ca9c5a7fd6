// A reader looks for a word.

import { at, expect, test } from './tiny-course.ts';

test('a word leads to its lesson, by keyboard alone', { tag: '@firefox' }, async ({ page }) => {
  await page.goto(at());
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Search the course' });
  await expect(dialog.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('marmalade');
  await expect(dialog.getByRole('status')).toHaveText('Places found: 1');
  await expect(dialog.getByRole('link').first()).toHaveText('First steps');
  await dialog.getByRole('link').first().press('Enter');
  await expect(page).toHaveURL(at('lessons/first-steps/'));
});

test('a Korean word is found with its particle, among Korean pages only', async ({ page }) => {
  await page.goto(at('ko/'));
  await page.getByRole('button', { name: '검색' }).click();
  const dialog = page.getByRole('dialog', { name: '강의 검색' });
  await dialog.getByRole('searchbox').fill('마멀레이드');
  await expect(dialog.getByRole('link').first()).toHaveAttribute('href', /\/tiny\/ko\/lessons\/first-steps\//);
  await expect(dialog.locator('mark').first()).toContainText('마멀레이드');
});

test('a word that stands nowhere is answered in a sentence', async ({ page }) => {
  await page.goto(at());
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('xylophone<b>');
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(
    'Nothing found for “xylophone<b>”. Try a shorter or another word.',
  );
});

test('without an index the search says so and the page reads on', async ({ page, complaints }) => {
  await page.route('**/pagefind/**', (route) => route.abort());
  await page.goto(at());
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('queue');
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('The search index cannot be reached');
  expect(complaints.every((complaint) => /Failed to load resource|dynamically imported/.test(complaint))).toBe(true);
  complaints.length = 0;
});
