// In the lesson on one memory a teacher goes through a program, one instruction after the other, and the wall goes along.

import { expect, test, type Page } from '@playwright/test';

test.use({ serviceWorkers: 'block' });

const slide = (page: Page) => page.locator('.deck-wall .slides > section.present');
/** The instruction that is at hand, as the listing has it. */
const atHand = (page: Page): Promise<string> => slide(page).locator('.listing-now').innerText();

test('a program is stepped through at the desk, and the wall shows the same instruction', async ({ context, page }) => {
  const open = async (window: Page, address: string): Promise<Page> => {
    await window.goto(address);
    await window.bringToFront();
    await expect(slide(window).locator('.stage-body')).toHaveAttribute('data-ready', 'true');
    return window;
  };
  const wall = await open(page, '/ko/lessons/stored-program/slides/#start-stored-program');
  const desk = await open(await context.newPage(), '/lessons/stored-program/slides/?desk#start-stored-program');
  await slide(desk).getByRole('button', { name: 'Step by step' }).click();
  await expect(slide(wall).getByRole('button', { name: '한 단계씩' })).toHaveAttribute('aria-pressed', 'true');
  await expect(slide(wall).locator('.workbench')).toBeVisible();
  await slide(desk).getByRole('button', { name: 'First instruction' }).click();
  const first = await atHand(desk);
  await expect.poll(() => atHand(wall)).toBe(first);
  // It begins where the first is fetched: one step carries that out, another the second.
  for (const _ of [1, 2]) await slide(desk).getByRole('button', { name: 'Next instruction' }).click();
  await expect.poll(() => atHand(desk)).not.toBe(first);
  await expect.poll(() => atHand(wall)).toBe(await atHand(desk));
  // Turning slides and stepping do not get in each other's way.
  await slide(desk).getByRole('button', { name: 'Previous instruction' }).click();
  await expect.poll(() => atHand(wall)).toBe(first);
  await desk.keyboard.press('PageDown');
  await expect(slide(wall)).not.toHaveAttribute('id', 'start-stored-program');
});
