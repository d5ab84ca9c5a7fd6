// A reader comes, finds a lesson, reads it, finds their way about.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { at, expect, test } from './tiny-course.ts';

const pages = ['', 'contents/', 'lessons/first-steps/', 'about/', 'glossary/', 'record/', 'review/', 'nowhere/'];
const both = ['', 'ko/'];

test('a reader begins with the first lesson that is written', { tag: '@firefox' }, async ({ page }) => {
  await page.goto(at());
  await page.getByRole('link', { name: 'Begin: First steps' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('First steps');
  await expect(page.getByText('Part 1 · lesson 1 of 3')).toBeVisible();
  await expect(page.getByText('About 5 minutes')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Walk from the top' })).toBeVisible();
});

test('the contents list every part and lesson, and link only those that are written', async ({ page }) => {
  await page.goto(at('ko/contents/'));
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 2 })).toHaveText(['걸음', '달리기', '기말 시험']);
  const lessons = main.getByRole('listitem');
  await expect(lessons).toHaveCount(4);
  await expect(lessons.getByRole('link')).toHaveText(['첫걸음', '두 번째 걸음']);
  await expect(lessons.filter({ hasText: '단거리' })).toContainText('준비 중');
  // Nor is anybody quizzed on a part of which no lesson is written.
  await expect(main.getByRole('link', { name: /셀프 퀴즈/ })).toHaveCount(1);
  await expect(main.getByRole('region', { name: '달리기' }).getByRole('link')).toHaveCount(0);
  await expect(main.getByRole('region', { name: '기말 시험' }).getByRole('link')).toHaveText([
    '기말 시험',
    'Moodle XML',
    'Anki용 텍스트',
  ]);
});

test('the menu leads to a section of the lesson and to the next lesson', { tag: '@firefox' }, async ({ page }) => {
  await page.goto(at('lessons/first-steps/'));
  await page.getByRole('button', { name: 'Lessons' }).click();
  const menu = page.getByRole('navigation', { name: 'Contents' });
  await menu.getByRole('link', { name: 'Section three' }).click();
  await expect(page).toHaveURL(/#section-three$/);
  await expect(page.getByRole('heading', { name: 'Section three' })).toBeInViewport();
  await page.getByRole('navigation', { name: 'Lessons before and after' }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Second steps');
});

test('the seam under the header fills as the lesson is read', async ({ page }) => {
  await page.goto(at('lessons/first-steps/'));
  const read = () =>
    page.locator('.seam .read').evaluate((seam) => Number(getComputedStyle(seam).getPropertyValue('--read')));
  expect(await read()).toBe(0);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
  await expect.poll(read).toBeGreaterThan(0.2);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect.poll(read).toBe(1);
});

for (const language of both)
  test(`an old address leads to the lesson, with run and place (${language || 'en/'})`, async ({ page }) => {
    await page.goto(at(`${language}lessons/baby-steps/?run=abc#section-two`));
    await expect(page).toHaveURL(at(`${language}lessons/first-steps/?run=abc#section-two`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(language ? '첫걸음' : 'First steps');
  });

test('an address without a page is answered in the reader’s language', async ({ page }) => {
  await page.goto(at('ko/nowhere/'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('여기에는 이어진 것이 없어요');
  await page.getByRole('main').getByRole('link', { name: '차례로 가기' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('차례');
});

test('a mistake is reported as a note that names page, version and passage', async ({ page, browserName }) => {
  await page.goto(at('lessons/first-steps/'));
  await page.getByText('The word marmalade').selectText();
  await page.getByRole('button', { name: 'Report a mistake' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report a mistake' });
  await dialog.getByLabel('What is wrong').fill('It should be orange.');
  const note = dialog.getByLabel('The note');
  await expect(note).toHaveValue(/lessons\/first-steps\//);
  await expect(note).toHaveValue(/Version: \d+\.\d+\.\d+/);
  await expect(note).toHaveValue(/Passage: “The word marmalade stands only in this lesson/);
  await expect(note).toHaveValue(/It should be orange\./);
  await expect(dialog.getByRole('link', { name: 'Write an e-mail' })).toHaveAttribute(
    'href',
    /^mailto:mistakes@example\.org\?.*It%20should%20be%20orange/,
  );
  // An ordinary Firefox does not tell Playwright of downloads.
  if (browserName !== 'firefox') {
    const saved = page.waitForEvent('download');
    await dialog.getByRole('link', { name: 'Save it as a file' }).click();
    expect((await saved).suggestedFilename()).toBe('seams-mistake.txt');
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Report a mistake' })).toBeFocused();
});

test('the first key press offers to skip to the text', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'Firefox on some systems does not tab to links');
  await page.goto(at('lessons/first-steps/'));
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the text' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});

test('everything reads without script, and a line says what is missing', async ({ browser, browserName }) => {
  test.skip(browserName === 'firefox', 'Script cannot be switched off from outside in an ordinary Firefox');
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(at('ko/lessons/first-steps/'));
  await expect(page.getByText('자바스크립트가 꺼져 있어요')).toBeVisible();
  await expect(page.getByRole('heading', { name: '셋째 마디' })).toBeVisible();
  await expect(page.getByRole('button', { name: '검색' })).toBeHidden();
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('First steps');
  await context.close();
});

test('no page scrolls sideways, at 320 pixels or on a wall', async ({ page }) => {
  for (const width of [320, 640, 1920]) {
    await page.setViewportSize({ width, height: 720 });
    for (const language of both)
      for (const name of pages) {
        await page.goto(at(language + name));
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(over, `${language}${name} at ${width}`).toBeLessThanOrEqual(0);
      }
  }
});

test('nothing moves when the fonts arrive', async ({ page, browserName }) => {
  test.skip(browserName !== 'chromium', 'Only Chromium reports layout shifts');
  await page.route('**/*.woff2', async (route) => {
    await new Promise((late) => setTimeout(late, 600));
    await route.continue();
  });
  for (const language of both) {
    await page.goto(at(`${language}lessons/first-steps/`));
    const shift = await page.evaluate(async () => {
      await document.fonts.ready;
      for (let picture = 0; picture < 3; picture += 1) await new Promise((next) => requestAnimationFrame(next));
      const observer = new PerformanceObserver(() => {});
      observer.observe({ type: 'layout-shift', buffered: true });
      const shifts = observer.takeRecords() as (PerformanceEntry & { value: number })[];
      return shifts.reduce((sum, { value }) => sum + value, 0);
    });
    expect(shift, language).toBeLessThan(0.01);
  }
});

const violationsOf = async (page: Page) => {
  // Two copies of the browser's types meet here; at run time it is one page.
  const { violations } = await new AxeBuilder({ page: page as never })
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`);
};

// What differs by night is colours, and they are the same in every language.
for (const [colorScheme, languages] of [
  ['light', both],
  ['dark', ['ko/']],
] as const)
  for (const language of languages)
    test(`axe finds nothing on any page, ${language || 'en/'} ${colorScheme}`, async ({ page, browserName }) => {
      test.skip(browserName === 'firefox', 'The rules are the same in every browser; Chromium has both colour schemes');
      test.slow();
      await page.emulateMedia({ colorScheme });
      for (const name of pages) {
        await page.goto(at(language + name));
        expect(await violationsOf(page), language + name).toEqual([]);
      }
    });

test('axe finds nothing in the menu, the search and the report', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'The rules are the same in every browser');
  await page.goto(at('ko/lessons/first-steps/'));
  for (const name of ['강의', '검색', '잘못된 점 알리기']) {
    await page.getByRole('button', { name, exact: true }).click();
    expect(await violationsOf(page), name).toEqual([]);
    await page.keyboard.press('Escape');
  }
});
