// A reader moves people between teams: by mouse, by finger and with the keyboard alone, and each move is another run.

import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { at, expect, test } from './tiny-course.ts';

/** The board of the simulation of mirroring, alive. */
async function open(page: Page): Promise<Locator> {
  await page.goto(at('embed/team-mirror/'));
  await page.keyboard.press('Tab');
  const stage = page.locator('#sim-team-mirror');
  await stage.scrollIntoViewIfNeeded();
  await expect(stage.locator('.stage-body')).toHaveAttribute('data-ready', 'true');
  const board = stage.getByRole('group', { name: 'The chart' });
  await board.scrollIntoViewIfNeeded();
  await expect(board.getByRole('button', { name: /^Ana, in / })).toBeVisible();
  return board;
}
const digest = (page: Page): Promise<string> =>
  page.locator('.stage-body').evaluate((body) => body.dataset['digest'] ?? '');
async function another(page: Page, act: () => Promise<unknown>): Promise<void> {
  const before = await digest(page);
  await act();
  await expect.poll(() => digest(page)).not.toBe(before);
}
const ana = (board: Locator): Locator => board.getByRole('button', { name: /^Ana, in / });
const column = (board: Locator, name: string): Locator => board.getByRole('group', { name: new RegExp(`^${name}: `) });
async function middleOf(place: Locator): Promise<[number, number]> {
  const { x, y, width, height } = (await place.boundingBox())!;
  return [x + width / 2, y + height / 2];
}

test(
  'a token is dragged into another column, and nothing is picked up by that',
  { tag: '@firefox' },
  async ({ page }) => {
    const board = await open(page);
    await another(page, async () => {
      await page.mouse.move(...(await middleOf(ana(board))));
      await page.mouse.down();
      await page.mouse.move(...(await middleOf(column(board, 'Team 4'))), { steps: 8 });
      await page.mouse.up();
    });
    await expect(ana(board)).toHaveAccessibleName('Ana, in Team 4');
    await expect(ana(board)).toHaveAttribute('aria-pressed', 'false');
  },
);

test('with the keyboard alone a token is picked up, carried and put down, and taken back', async ({ page }) => {
  const board = await open(page);
  const first = await digest(page);
  await ana(board).focus();
  await page.keyboard.press('Enter');
  await expect(board.getByRole('status')).toContainText('Ana is picked up from Team 1');
  await page.keyboard.press('ArrowRight');
  await another(page, () => page.keyboard.press('Enter'));
  await expect(ana(board)).toHaveAccessibleName('Ana, in Team 2');
  await expect(ana(board)).toBeFocused();
  await another(page, () => page.keyboard.press('ControlOrMeta+z'));
  expect(await digest(page)).toBe(first);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('a token and then a column are tapped, and nothing is in the way of axe', async ({ page }) => {
    const board = await open(page);
    await ana(board).tap();
    const { violations } = await new AxeBuilder({ page })
      .include('.board')
      .withTags(['wcag2a', 'wcag2aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await another(page, () => board.getByRole('button', { name: 'Put Ana into Team 3' }).tap());
    await expect(ana(board)).toHaveAccessibleName('Ana, in Team 3');
  });
});
