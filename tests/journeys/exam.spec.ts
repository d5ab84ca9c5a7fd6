// A reader takes the final exam: leaves it, finds it again, hands it in, reads the report; quizzes themself on a part; and prints
// the questions. What they answered is seen by the review.

import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { at, expect, test } from './tiny-course.ts';

async function open(page: Page, address: string): Promise<void> {
  await page.goto(at(address));
  await expect(page.locator('.exam[data-read]')).toBeVisible();
}

async function isClean(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    what,
  ).toEqual([]);
  const [width, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(width, `${what}: nothing is wider than the screen`).toBeLessThanOrEqual(window!);
}

/** Gives some answer to whatever is asked. */
async function answer(frame: Locator): Promise<void> {
  const body = frame.locator('.quiz-body');
  for (const slider of await body.getByRole('slider').all()) await slider.press('ArrowUp');
  for (const field of await body.getByRole('textbox').all()) await field.fill('7');
  const groups = body.locator('.quiz-statement, .quiz-step');
  const isInGroups = (await groups.count()) > 0;
  // Counted anew each time: the next step of a request is asked when the one before is answered.
  for (let group = 0; group < (await groups.count()); group += 1)
    await groups.nth(group).getByRole('radio').first().check({ force: true });
  const choices = body.locator('input:is([type=radio], [type=checkbox])');
  if (!isInGroups && (await choices.count()) > 0) await choices.first().check();
  while ((await body.locator('.quiz-tray button').count()) > 0) {
    await body.locator('.quiz-tray button').first().click();
    await body.locator('.quiz-place-here').first().click();
  }
}

for (const language of ['en', 'ko'] as const) {
  const [begin, sure, next, handIn, first] =
    language === 'en'
      ? (['Begin', 'Certain', 'Next question', 'Hand in', /^Question 1 of/] as const)
      : (['시작하기', '확실해요', '다음 문제', '제출하기', /^문제 1\//] as const);
  const inLanguage = (address: string): string => (language === 'en' ? address : `ko/${address}`);

  test(`an exam in ${language} can be left, is found again, and ends with a report`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await open(page, inLanguage('exam/'));
    await isClean(page, 'the beginning');
    await page.getByRole('button', { name: begin }).click();
    const frame = page.locator('.exam-sitting');
    await expect(frame.getByRole('heading', { name: first })).toBeVisible();
    const count = await frame.locator('.quiz-stitch').count();
    for (let at = 0; at < count; at += 1) {
      await answer(frame);
      await frame.getByRole('button', { name: sure }).click();
      await expect(frame.locator('.quiz-stitch').nth(at)).toHaveAttribute('data-standing', 'given');
      // Axe sees every kind of question on the journey of the quiz.
      if (at === 0) await isClean(page, 'a question');
      if (at === 1) {
        await page.reload();
        await expect(frame.locator('.quiz-stitch').nth(2)).toHaveAttribute('aria-current', 'step');
      } else if (at < count - 1) await frame.getByRole('button', { name: next }).click();
    }
    // Nothing of it is known to the review before it is handed in.
    const other = await page.context().newPage();
    await other.goto(at(inLanguage('review/')));
    await expect(other.locator('.kept[data-read]')).toBeVisible();
    await expect(other.locator('.review-map')).toHaveCount(0);
    await other.close();

    await frame.getByRole('button', { name: handIn }).click();
    await isClean(page, 'before handing in');
    await frame.getByRole('button', { name: handIn }).click();
    const report = page.locator('.exam-report');
    await expect(report).toBeVisible();
    await isClean(page, 'the report');
    await expect(report.locator('.exam-each > li')).toHaveCount(count);
    await page.goto(at(inLanguage('review/')));
    await expect(page.locator('.review-map')).toBeVisible();
    await open(page, inLanguage('exam/'));
    await expect(page.getByRole('table')).toBeVisible();
  });
}

test('a part asks the questions of its lessons, and a reload finds the round where it was', async ({ page }) => {
  await page.goto(at('contents/'));
  await page.getByRole('link', { name: /^Self-quiz of this part/ }).click();
  await expect(page.locator('.exam[data-read]')).toBeVisible();
  await isClean(page, 'the self-quiz');
  const frame = page.getByRole('region', { name: 'Self-quiz' });
  await answer(frame);
  await frame.getByRole('button', { name: 'I am guessing' }).click();
  await expect(frame.locator('.quiz-verdict')).toBeVisible();
  if ((await frame.getByRole('button', { name: 'Show the answer' }).count()) > 0)
    await frame.getByRole('button', { name: 'Show the answer' }).click();
  await expect(page.getByText('1 of 10 done')).toBeVisible();
  await page.reload();
  await expect(page.getByText('1 of 10 done')).toBeVisible();
  await page.getByRole('button', { name: 'Stop here' }).click();
  await expect(page.getByRole('heading', { name: 'How it went' })).toBeVisible();
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the questions of a lesson and of a part can be printed, with the key or without', async ({ page }) => {
    for (const [address, key] of [
      ['lessons/second-steps/sheet/', /With the key/],
      ['ko/parts/steps/sheet/', /정답과 해설/],
    ] as const) {
      await page.goto(at(address));
      await page.emulateMedia({ media: 'print' });
      await expect(page.locator('.paper-questions').first().locator('> li')).toHaveCount(10);
      await expect(page.locator('.paper-key')).toBeHidden();
      await page.emulateMedia({ media: 'screen' });
      await page.getByRole('checkbox', { name: key }).check();
      await page.emulateMedia({ media: 'print' });
      await expect(page.locator('.paper-key')).toBeVisible();
      await expect(page.locator('.paper-choose')).toBeHidden();
    }
  });
});
