// A teacher gives a lesson: the slides on the wall, the notes on a window of their own, and both in step without a server.

import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { at, expect, test } from './tiny-course.ts';

const lesson = 'lessons/second-steps/';
const stageSlide = 'start-one-server';

/** The slides, ready to be turned; at a slide, if one is named. */
async function open(page: Page, address = `${lesson}slides/`): Promise<Page> {
  await page.goto(at(address));
  await expect(page.locator('html')).toHaveAttribute('data-deck-ready', '');
  return page;
}
/** The slide that is shown. */
const shown = (page: Page): Locator => page.locator('.deck-wall .reveal .slides > section.present');
const nameOf = (page: Page): Promise<string | null> => shown(page).getAttribute('id');
const isAt = (page: Page, slide: string): Promise<void> => expect.poll(() => nameOf(page)).toBe(slide);
const body = (page: Page): Locator => shown(page).locator('.stage-body');
const digest = (page: Page): Promise<string | null> => body(page).getAttribute('data-digest');
const moment = async (page: Page): Promise<number> =>
  Number(
    await shown(page)
      .getByRole('slider', { name: /Moment of the run|실행의 시점|시점/ })
      .inputValue(),
  );
const alive = async (page: Page): Promise<void> => {
  await page.bringToFront();
  await expect(body(page)).toHaveAttribute('data-ready', 'true');
};

/** The wall in Korean and the desk in English, of unlike sizes, at the stage. */
async function both(context: BrowserContext, page: Page): Promise<{ wall: Page; desk: Page }> {
  await page.setViewportSize({ width: 1024, height: 768 });
  const wall = await open(page, `ko/${lesson}slides/#${stageSlide}`);
  const desk = await open(await context.newPage(), `${lesson}slides/?desk#${stageSlide}`);
  await desk.setViewportSize({ width: 1400, height: 850 });
  await alive(wall);
  await alive(desk);
  return { wall, desk };
}
const inStep = async (wall: Page, desk: Page): Promise<void> => {
  await expect.poll(() => digest(wall)).toBe(await digest(desk));
  await expect.poll(async () => Math.abs((await moment(wall)) - (await moment(desk)))).toBeLessThan(1);
};

test.describe('the wall and the desk', () => {
  test('show the same slide and step, whoever turns it', async ({ context, page }) => {
    const { wall, desk } = await both(context, page);
    await desk.keyboard.press('PageDown');
    await isAt(wall, 'section-one');
    await desk.keyboard.press('PageDown');
    await expect.poll(() => wall.url()).toMatch(/#section-one\/1$/);
    await wall.bringToFront();
    await wall.keyboard.press('PageUp');
    await expect.poll(() => desk.url()).toMatch(/#section-one$/);
    await expect(desk.getByText('Ask who has waited today')).toBeVisible();
    await expect(wall.getByText('물어봐요')).toBeHidden();
  });

  test('keep time by what a class of twenty minutes gives, and pass over what it leaves out', async ({
    context,
    page,
  }) => {
    const { wall, desk } = await both(context, page);
    const plan = desk.locator('.desk-plan');
    await desk.getByLabel('Length of the class').selectOption('20');
    await desk.getByRole('link', { name: 'On to: Section two' }).click();
    await isAt(wall, 'section-two');
    await expect(plan).toHaveText('6 min for this part');
    await desk.keyboard.press('PageUp');
    await expect(plan).toHaveText('not in a class of 20 minutes');
    await desk.getByLabel('Length of the class').selectOption('');
    await expect(plan).toHaveText('4 min for this part');
    await expect(desk.getByRole('link', { name: /^On to/ })).toBeHidden();
  });

  test('show the same run at the same moment: a dial, a fault, and time itself', async ({ context, page }) => {
    test.slow();
    const { wall, desk } = await both(context, page);
    const before = await digest(desk);
    const dial = shown(desk).locator('.dials input[type="range"]').first();
    await dial.focus();
    await dial.press('ArrowRight');
    await expect.poll(() => digest(desk)).not.toBe(before);
    await inStep(wall, desk);

    const turned = await digest(desk);
    await shown(desk).locator('[data-to-panel="faults"]').click();
    await expect(shown(wall)).toHaveAttribute('data-panel', 'faults');
    await shown(desk).locator('.faults button').first().click();
    await expect.poll(() => digest(desk)).not.toBe(turned);
    await inStep(wall, desk);

    const from = await moment(desk);
    await shown(desk).getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => moment(desk)).toBeGreaterThan(from);
    await shown(desk).getByRole('button', { name: 'Pause', exact: true }).click();
    await wall.bringToFront();
    await inStep(wall, desk);
  });

  test('fall in step again after either was loaded anew, in the middle of a run', async ({ context, page }) => {
    test.slow();
    const { wall, desk } = await both(context, page);
    const before = await digest(desk);
    const dial = shown(desk).locator('.dials input[type="range"]').first();
    await dial.focus();
    await dial.press('ArrowRight');
    await expect.poll(() => digest(desk)).not.toBe(before);
    await inStep(wall, desk);
    for (const each of [wall, desk]) {
      await each.bringToFront();
      await each.reload();
      await alive(each);
      await isAt(each, stageSlide);
      await inStep(wall, desk);
    }
    // A window that is opened late finds the others where they are.
    const late = await open(await context.newPage());
    await isAt(late, stageSlide);
    await alive(late);
    await inStep(late, desk);
  });

  test('are not disturbed by another lesson that is given at the same time', async ({ context, page }) => {
    const wall = await open(page);
    const other = await open(await context.newPage(), 'lessons/first-steps/slides/');
    await other.keyboard.press('End');
    await expect.poll(() => nameOf(other)).not.toBe('title');
    await other.waitForTimeout(300);
    expect(await nameOf(wall)).toBe('title');
  });

  test('share the blank screen, the pointer and what is drawn', async ({ context, page }) => {
    const wall = await open(page, `${lesson}slides/#section-two`);
    const desk = await open(await context.newPage(), `${lesson}slides/?desk`);
    await isAt(desk, 'section-two');
    await desk.keyboard.press('b');
    await expect(wall.locator('.deck-blank')).toBeVisible();
    await desk.keyboard.press('b');
    await expect(wall.locator('.deck-blank')).toBeHidden();

    const box = (await desk.locator('main.deck-wall').boundingBox())!;
    await desk.keyboard.press('l');
    await desk.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await desk.mouse.move(box.x + box.width / 4, box.y + box.height / 2);
    await expect(wall.locator('.deck-pointer')).toBeVisible();
    await desk.keyboard.press('d');
    await desk.mouse.down();
    await desk.mouse.move(box.x + box.width / 2, box.y + box.height / 3, { steps: 5 });
    await desk.mouse.up();
    await expect(wall.locator('.deck-ink polyline')).toHaveCount(1);
    await desk.keyboard.press('e');
    await expect(wall.locator('.deck-ink polyline')).toHaveCount(0);
  });

  test('keep the answer of a question on the desk until the teacher shows it', async ({ context, page }) => {
    const wall = await open(page, `${lesson}slides/#section-two-draw`);
    const desk = await open(await context.newPage(), `${lesson}slides/?desk`);
    await isAt(desk, 'section-two-draw');
    await expect(desk.locator('.desk-secret')).toBeVisible();
    await expect(wall.locator('.present .deck-answer')).toHaveCSS('opacity', '0');
    await desk.keyboard.press('PageDown');
    await expect(wall.locator('.present .deck-answer')).toHaveCSS('opacity', '1');
  });
});

test.describe('the slides', () => {
  test('are turned, found, blanked and left by keyboard alone', async ({ page }) => {
    await open(page);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => nameOf(page)).not.toBe('title');
    await page.keyboard.press('End');
    const last = await nameOf(page);
    await page.keyboard.press('Home');
    await isAt(page, 'title');
    await page.keyboard.press('g');
    await page.keyboard.type('section two');
    await page.keyboard.press('Enter');
    await isAt(page, 'section-two');
    await page.keyboard.press('g');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await isAt(page, 'title');
    await page.keyboard.press('o');
    await expect(page.locator('.reveal')).toHaveClass(/overview/);
    await page.keyboard.press('Escape');
    await expect(page.locator('.reveal')).not.toHaveClass(/overview/);
    expect(last).not.toBe('title');
    await page.keyboard.press('.');
    await expect(page.locator('.deck-blank')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('.deck-blank')).toBeHidden();
    // All that keys can do stands in the bar, too, and can be reached.
    await page.getByRole('button', { name: 'Blank screen' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('.deck-blank')).toBeVisible();
  });

  test('leave single keys alone once they are turned off, and still follow a clicker', async ({ page }) => {
    await open(page);
    await page.getByRole('checkbox', { name: 'Single keys' }).uncheck();
    await page.keyboard.press('b');
    await expect(page.locator('.deck-blank')).toBeHidden();
    await page.keyboard.press('PageDown');
    await expect.poll(() => nameOf(page)).not.toBe('title');
    await page.reload();
    await expect(page.getByRole('checkbox', { name: 'Single keys' })).not.toBeChecked();
  });

  test('land on the nearest slide, and say so, where the address names one that is gone', async ({ page }) => {
    await open(page, `${lesson}slides/#section-two-sketch`);
    await isAt(page, 'section-two');
    await expect(page.getByRole('status').filter({ hasText: 'section-two-sketch' })).toBeVisible();
  });

  test('are one page of paper each, and say nothing of the desk on it', async ({ page, browserName }) => {
    test.skip(browserName !== 'chromium', 'Paper is asked of Chromium only');
    await open(page);
    const slides = await page.locator('.slides > section').count();
    const pages = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)!.length;
    expect(pages(await page.pdf({ preferCSSPageSize: true }))).toBe(slides);
  });

  for (const [language, colorScheme] of [
    ['', 'light'],
    ['ko/', 'dark'],
  ] as const)
    test(`are open to all, wall and desk (${language || 'en/'} ${colorScheme})`, async ({ page, browserName }) => {
      test.skip(browserName !== 'chromium', 'The rules are the same in every browser');
      test.slow();
      await page.emulateMedia({ colorScheme });
      for (const address of ['', '#section-one', `#${stageSlide}`, '#section-two-draw', `?desk#${stageSlide}`]) {
        await page.goto('about:blank');
        await open(page, `${language}${lesson}slides/${address}`);
        if (address.includes(stageSlide)) await alive(page);
        const { violations } = await new AxeBuilder({ page: page as never })
          .options({ resultTypes: ['violations'] })
          .analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`),
          address,
        ).toEqual([]);
        await expect(page.locator('[role="application"]')).toHaveCount(0);
      }
    });

  test('turn at once beside a living simulation', async ({ page }) => {
    await open(page, `${lesson}slides/#${stageSlide}`);
    await alive(page);
    await shown(page).getByRole('button', { name: 'Play' }).click();
    const times = await page.evaluate(async () => {
      const found: number[] = [];
      for (let turn = 0; turn < 20; turn += 1) {
        const begun = performance.now();
        document.dispatchEvent(
          new KeyboardEvent('keydown', { key: turn % 2 === 0 ? 'PageDown' : 'PageUp', bubbles: true }),
        );
        // eslint-disable-next-line no-await-in-loop
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
        found.push(performance.now() - begun);
      }
      return found.sort((a, b) => a - b);
    });
    console.log(
      `  a slide change beside a living simulation: ${times[10]!.toFixed(0)} ms, at most ${times.at(-1)!.toFixed(0)} ms`,
    );
    expect(times[10]!).toBeLessThanOrEqual(100);
  });
});

test.describe('without a network', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the slides are there after one visit, the desk and the simulation with them', async ({ context, page }) => {
    test.slow();
    await open(page);
    // The worker takes over when it has all it keeps.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 30_000 });
    await context.setOffline(true);
    const desk = await open(await context.newPage(), `ko/${lesson}slides/?desk`);
    await desk.keyboard.press('PageDown');
    await desk.keyboard.press('PageDown');
    await isAt(desk, stageSlide);
    await alive(desk);
    await isAt(page, stageSlide);
  });
});
