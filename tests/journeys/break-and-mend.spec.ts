// A reader breaks a system, mends it, turns it on the way, takes it all back and goes round in its time, with the keyboard alone.

import type { Locator, Page } from '@playwright/test';
import { at, expect, test } from './tiny-course.ts';

/** The stage, alive, on a page of its own. */
async function open(page: Page, address = at('simulations/one-server/')): Promise<Locator> {
  await page.goto(address);
  const stage = page.locator('#sim-one-server');
  await page.keyboard.press('Tab');
  await reachDrawing(page, stage);
  await expect(stage.locator('.stage-body')).toHaveAttribute('data-ready', 'true');
  await expect(stage.locator('.stage-drawing')).toHaveAttribute('data-drawing', 'living');
  return stage;
}
const digest = (stage: Locator): Promise<string> =>
  stage.locator('.stage-body').evaluate((body) => body.dataset['digest'] ?? '');
const moment = async (stage: Locator): Promise<number> =>
  Number(await stage.getByRole('slider', { name: 'Moment of the run' }).inputValue()) / 1_000_000;

/** Goes on with the Tab key until something has the focus, forward or back. */
async function reach(page: Page, to: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    if (await to.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error('The Tab key never came there.');
}
/** The drawing is one stop: by itself while it is still, and then by the part at which it was left. */
async function reachDrawing(page: Page, stage: Locator): Promise<void> {
  const isThere = (): Promise<boolean> =>
    stage.locator('.stage-table').evaluate((table) => table.contains(document.activeElement));
  for (let presses = 0; presses < 150; presses += 1) {
    if (await isThere()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('The Tab key never came to the drawing.');
}
/** Waits until what was done has become another run. */
async function another(stage: Locator, act: () => Promise<void>): Promise<string> {
  const before = await digest(stage);
  await act();
  await expect.poll(() => digest(stage)).not.toBe(before);
  return digest(stage);
}
/** Types into the number field that has the focus. */
async function type(page: Page, value: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(value);
  await page.keyboard.press('Enter');
}
const rows = (stage: Locator): Locator => stage.getByRole('list', { name: 'What was done' }).getByRole('listitem');

test.describe('with the keyboard alone', () => {
  test('a part is broken from its own menu, mended, and all is taken back', { tag: '@firefox' }, async ({ page }) => {
    const stage = await open(page);
    const first = await digest(stage);
    const server = stage.getByRole('button', { name: /^Ticket server: what it does/ });
    const stop = stage.locator('.part-handle[tabindex="0"]');
    await expect(stop).toHaveCount(1);
    await reach(page, stop);
    await expect(stop).toHaveAccessibleName(/^Buyers: /);
    await page.keyboard.press('ArrowRight');
    await expect(server).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    await expect(server).toBeFocused();
    await expect(stop).toHaveCount(1);
    await page.keyboard.press('Enter');
    const menu = stage.getByRole('dialog', { name: 'Ticket server' });
    await expect(menu).toContainText(/of 1 busy/);
    await expect(menu.locator(':focus')).toHaveCount(1);
    await reach(page, menu.getByRole('button', { name: /^Pause the server/ }));
    const broken = await another(stage, () => page.keyboard.press('Enter'));
    await expect(menu).toHaveCount(0);
    await expect(server).toBeFocused();
    await expect(rows(stage)).toHaveCount(1);

    // A few steps on, the same menu mends.
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('.');
    await page.keyboard.press('Enter');
    await expect(menu).toContainText('stopped');
    await reach(page, menu.getByRole('button', { name: 'Mend now: Pause the server' }));
    await another(stage, () => page.keyboard.press('Enter'));
    await expect(rows(stage)).toHaveCount(2);

    await another(stage, () => page.keyboard.press('ControlOrMeta+z'));
    expect(await digest(stage)).toBe(broken);
    await another(stage, () => page.keyboard.press('ControlOrMeta+z'));
    expect(await digest(stage)).toBe(first);
    await another(stage, () => page.keyboard.press('ControlOrMeta+Shift+z'));
    expect(await digest(stage)).toBe(broken);
  });

  test('Escape closes the menu and nothing was done', async ({ page }) => {
    const stage = await open(page);
    const first = await digest(stage);
    await reach(page, stage.getByRole('button', { name: /^Buyers: what it does/ }));
    await page.keyboard.press('Enter');
    await expect(stage.getByRole('dialog', { name: 'Buyers' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(stage.getByRole('dialog')).toHaveCount(0);
    await expect(stage.getByRole('button', { name: /^Buyers: what it does/ })).toBeFocused();
    expect(await digest(stage)).toBe(first);
  });

  test('what was done gets another time and another length, and says when it changes nothing', async ({ page }) => {
    const stage = await open(page);
    await reach(page, stage.locator('.fault', { hasText: 'Pause the server' }));
    await another(stage, () => page.keyboard.press('Enter'));
    await reach(page, stage.getByRole('spinbutton', { name: /^When: Pause the server/ }), 'Shift+Tab');
    await another(stage, () => type(page, '200'));
    await reach(page, stage.getByRole('spinbutton', { name: /^How long: Pause the server at 200/ }));
    await another(stage, () => type(page, '30'));
    await reach(page, stage.getByRole('button', { name: 'Go there: Pause the server at 200.00 s' }));
    await page.keyboard.press('Enter');
    expect(await moment(stage)).toBe(200);
    await reach(page, stage.getByRole('spinbutton', { name: /^When: Pause the server/ }), 'Shift+Tab');
    // A fault that comes after the end leaves the run as it would be without one.
    await another(stage, () => type(page, '600'));
    await expect(rows(stage)).toContainText('It changes nothing, because it comes when the run is over');
    await reach(page, stage.getByRole('button', { name: /^Undo: Pause the server/ }));
    await page.keyboard.press('Enter');
    await expect(rows(stage)).toHaveCount(0);
    // The button that was pressed is gone with its row: the focus is still somewhere on the stage.
    await expect(stage.getByRole('button', { name: 'Take back' })).toBeFocused();
  });

  test('a dial is turned from this moment on, and the future that was left stays to compare with', async ({ page }) => {
    const stage = await open(page);
    const from = await moment(stage);
    await reach(page, stage.getByRole('radio', { name: 'for the whole run' }));
    await page.keyboard.press('ArrowRight');
    await expect(stage.getByRole('radio', { name: 'from this moment on' })).toBeChecked();
    await reach(page, stage.getByRole('slider', { name: 'Buyers a second' }));
    await another(stage, () => page.keyboard.press('ArrowRight'));
    await another(stage, () => page.keyboard.press('ArrowRight'));
    await expect(rows(stage)).toHaveCount(1);
    await expect(stage.getByText('how it went before you acted')).toBeVisible();
    expect(await moment(stage)).toBe(from);
    await reach(page, stage.getByRole('button', { name: 'Put it away' }));
    await page.keyboard.press('Enter');
    await expect(stage.getByText('how it went before you acted')).toHaveCount(0);
  });

  test('what was done travels in the link', async ({ page }) => {
    const stage = await open(page);
    await reach(page, stage.locator('.fault', { hasText: 'Pause the server' }));
    await another(stage, () => page.keyboard.press('Enter'));
    const sent = await digest(stage);
    await expect(page).toHaveURL(/[?&]run=/);
    await expect(page).toHaveURL(/pause|~/);
    await page.reload();
    await reachDrawing(page, stage);
    await expect.poll(() => digest(stage)).toBe(sent);
    await expect(rows(stage)).toHaveCount(1);
  });

  test('a stretch is played over and over', { tag: '@firefox' }, async ({ page }) => {
    const stage = await open(page);
    const from = await moment(stage);
    await page.keyboard.press('i');
    for (let step = 0; step < 12; step += 1) await page.keyboard.press('.');
    const to = await moment(stage);
    await page.keyboard.press('o');
    await expect(stage.getByRole('button', { name: /^Again and again from/ })).toBeVisible();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('+');
    // Not with the space bar: on a part that opens its menu.
    await page.keyboard.press('k');
    const seen: number[] = [];
    for (let look = 0; look < 20; look += 1) {
      seen.push(await moment(stage));
      await page.waitForTimeout(50);
    }
    await page.keyboard.press('k');
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(from - 0.001);
    expect(Math.max(...seen)).toBeLessThanOrEqual(to + 0.001);
    expect(seen.some((each, look) => look > 0 && each < seen[look - 1]!)).toBe(true);
    await page.keyboard.press('l');
    await expect(stage.getByRole('button', { name: /^Again and again from/ })).toHaveCount(0);
  });

  test('as fast as can be goes through the whole run in a few seconds, and says how fast that was', async ({
    page,
  }) => {
    const stage = await open(page);
    await reach(page, stage.getByRole('slider', { name: 'Moment of the run' }));
    await page.keyboard.press('Home');
    for (let press = 0; press < 20; press += 1) await page.keyboard.press('+');
    const begun = Date.now();
    await page.keyboard.press(' ');
    const shown: number[] = [];
    while ((await moment(stage)) < 600 && Date.now() - begun < 20_000) {
      const text = await stage.locator('.true-speed').textContent();
      const speed = Number(/([\d.,]+)×/.exec(text ?? '')?.[1]?.replace(',', ''));
      if (speed > 0) shown.push(speed);
      await page.waitForTimeout(100);
    }
    const took = (Date.now() - begun) / 1000;
    expect(took).toBeLessThan(15);
    // The run is 600 s long: what was shown on the way is what it came to.
    const middle = shown.sort((a, b) => a - b)[Math.floor(shown.length / 2)]!;
    expect(middle).toBeGreaterThan((600 / took) * 0.6);
    expect(middle).toBeLessThan((600 / took) * 1.6);
  });
});
