// A reader steps through the timeline, shows a part of it, and prints it; without script it opens and filters all the same.

import { at, expect, test } from './tiny-course.ts';

const lesson = 'lessons/first-steps/';

test('the timeline is stepped through by arrow keys and by buttons', { tag: '@firefox' }, async ({ page }) => {
  await page.goto(at(lesson));
  const timeline = page.getByRole('region', { name: 'Timeline from 1945 on' });
  const open = timeline.locator('details[open]');
  await timeline.locator('summary').first().focus();
  await page.keyboard.press('Enter');
  await expect(open).toContainText('30 June 1945');
  await page.keyboard.press('ArrowDown');
  await expect(open).toHaveCount(1);
  await expect(open).toContainText('1967');
  await timeline.getByRole('button', { name: 'Later' }).click();
  await expect(open).toContainText('April 1968');
  await timeline.getByRole('button', { name: 'Earlier' }).click();
  await expect(open).toContainText('1967');
});

test('steps go from one that is shown to the next that is shown', async ({ page }) => {
  await page.goto(at(lesson));
  const timeline = page.getByRole('region', { name: 'Timeline from 1945 on' });
  await timeline.getByRole('radio', { name: 'People' }).check();
  await timeline.getByRole('button', { name: 'Later' }).click();
  await expect(timeline.locator('details[open]')).toContainText('April 1968');
  await timeline.getByRole('button', { name: 'Later' }).click();
  await expect(timeline.locator('details[open]')).toContainText('December 2010');
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  // Firefox cannot be asked for the medium of paper.
  test('the timeline opens, shows one thread or some years, and prints whole', async ({ page }) => {
    await page.goto(at(`ko/${lesson}`));
    const timeline = page.getByRole('region', { name: '1945년부터의 연표' });
    const rows = timeline.locator('ol > li');
    const all = await rows.count();
    await expect(timeline.getByRole('button')).toHaveCount(0);
    await timeline.getByRole('radio', { name: '사람' }).check();
    await expect(rows.filter({ visible: true })).toHaveCount(2);
    await timeline.getByRole('radio', { name: /1990/ }).check();
    await expect(timeline.getByText('이 기간에는 해당하는 사건이 없어요.')).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(rows.filter({ visible: true })).toHaveCount(all);
  });
});
