// A reader tests themself: by keyboard, on a phone, in two tabs, in two languages, and where the browser keeps nothing.

import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { at, expect, test } from './tiny-course.ts';

const lesson = 'lessons/second-steps/';

/** The quiz at the end of the lesson, alive and with the record read. */
async function open(page: Page, address = `${at(lesson)}#questions`): Promise<Locator> {
  await page.goto(address);
  const quiz = page.getByRole('region', { name: address.includes('/ko/') ? '퀴즈' : 'Quiz', exact: true });
  await expect(quiz).toHaveAttribute('data-read', 'true');
  return quiz;
}

async function reload(page: Page, quiz: Locator): Promise<void> {
  await page.reload();
  await expect(quiz).toHaveAttribute('data-read', 'true');
  // From here by Tab, not from the top of the page.
  await quiz.getByRole('heading').first().focus();
}

/** A wrong answer to each question of the tiny course, by its place, in Korean, on a phone. */
const wrong: ((quiz: Locator) => Promise<void>)[] = [
  (quiz) => quiz.getByText('지도').click(),
  (quiz) => quiz.getByText('비', { exact: true }).click(),
  async (quiz) => {
    for (const yes of await quiz.getByRole('radio', { name: '맞아요' }).all()) await yes.check({ force: true });
  },
  async (quiz) => {
    // By key: at the top the button is still there, but has nothing more to do.
    for (let move = 0; move < 2; move += 1)
      await quiz.getByRole('button', { name: '위로 옮기기: 나오기' }).press('Enter');
  },
  async (quiz) => {
    for (const item of ['손님', '빵집 주인', '오븐']) {
      await quiz.getByRole('button', { name: item, exact: true }).click();
      await quiz.getByRole('button', { name: /계산대 밖/ }).click();
    }
  },
  (quiz) => quiz.getByRole('textbox').fill('7'),
  (quiz) => quiz.getByRole('textbox').fill('산'),
  async (quiz) => {
    for (const slider of await quiz.getByRole('slider').all()) await slider.press('ArrowUp');
  },
  (quiz) => quiz.getByRole('textbox').fill('2'),
  async (quiz) => {
    await quiz.getByRole('button', { name: /^힌트 보기/ }).click();
    await quiz.getByText('들어가지 못해요').click();
    await quiz.getByText('무언가 고장 나요').click();
  },
];

test('on a phone, in Korean, by day and by night, no question is wider than the screen or out of anyone’s reach', async ({
  page,
  browserName,
}) => {
  test.skip(browserName === 'firefox', 'Firefox ignores the emulated colour scheme');
  test.slow();
  await page.setViewportSize({ width: 360, height: 740 });
  const quiz = await open(page, `${at(`ko/${lesson}`)}#questions`);
  const look = async (what: string, colorScheme: 'light' | 'dark'): Promise<void> => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, `${what}: nothing is wider than the screen`).toBeLessThanOrEqual(360);
    const { violations } = await new AxeBuilder({ page }).include('.quiz-frame:has(.quiz-stitches)').analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      `${what}, ${colorScheme}`,
    ).toEqual([]);
  };
  for (const [index, answer] of wrong.entries()) {
    // By turns: what is asked by day is answered by night, and the next one the other way round.
    const [first, second] = index % 2 === 0 ? (['light', 'dark'] as const) : (['dark', 'light'] as const);
    await expect(quiz.getByRole('heading', { name: `문제 ${index + 1}/10` })).toBeVisible();
    await look(`question ${index + 1} asked`, first);
    await answer(quiz);
    await quiz.getByRole('button', { name: '찍었어요' }).click();
    const isOnceOnly = (await quiz.getByRole('button', { name: '정답 보기' }).count()) === 0;
    await look(`question ${index + 1} answered wrong`, second);
    if (!isOnceOnly) await quiz.getByRole('button', { name: '정답 보기' }).click();
    await quiz.getByRole('button', { name: index === 9 ? '결과 보기' : '다음 문제' }).click();
  }
  await expect(quiz.getByText('10개 중 0개를 첫 시도에 맞혔어요.')).toBeVisible();
  await look('the summary', 'light');
  // A label in the wrong language is easily overlooked: the only Latin letters are those of the lesson's own words.
  expect(await quiz.innerText()).not.toMatch(/[a-z]{3}/i);
});

test('two tabs in two languages go through the same quiz', { tag: '@firefox' }, async ({ page, context }) => {
  const here = await open(page);
  const other = await context.newPage();
  const there = await open(other, `${at(`ko/${lesson}`)}#questions`);
  await page.bringToFront();
  await here.getByText('A queue', { exact: true }).click();
  await here.getByRole('button', { name: 'Certain' }).click();
  await expect(here.getByText('Right.')).toBeVisible();
  await expect(there.getByText('맞았어요.')).toBeVisible();
  await expect(there.getByText('10개 중 1개 완료')).toBeVisible();
  await other.bringToFront();
  await there.getByRole('button', { name: '다음 문제' }).click();
  await there.getByText('빵', { exact: true }).click();
  await there.getByText('우표', { exact: true }).click();
  await there.getByRole('button', { name: '확실해요' }).click();
  await expect(here.getByText('2 of 10 done')).toBeVisible();
  // Neither tab has lost what the other one wrote.
  await reload(page, here);
  await expect(here.getByText('2 of 10 done')).toBeVisible();
});

test(
  'a browser that keeps nothing and has no workers still asks, judges and explains, and says what is missing',
  { tag: '@firefox' },
  async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', {
        value: {
          open() {
            throw new DOMException('denied', 'SecurityError');
          },
        },
      });
      Object.defineProperty(window, 'Worker', { value: undefined });
    });
    const quiz = await open(page);
    await expect(quiz.getByText('Your browser does not let this page keep anything.')).toBeVisible();
    await quiz.getByText('A queue', { exact: true }).click();
    await quiz.getByRole('button', { name: 'Certain' }).click();
    await expect(quiz.getByText('Right.')).toBeVisible();
    await quiz.getByRole('button', { name: /^Question 8,/ }).click();
    for (const slider of await quiz.getByRole('slider').all()) await slider.press('ArrowUp');
    await quiz.getByRole('button', { name: 'Certain' }).click();
    await expect(quiz.getByText('Your browser could not measure them again here.')).toBeVisible();
    await expect(quiz.getByRole('row').last()).toContainText('s ±');
    // The stage runs on the page itself then, and keeps the page's policy: a complaint of the browser fails the journey.
    const stage = page.locator('#sim-one-server');
    await stage.scrollIntoViewIfNeeded();
    await page.mouse.move(3, 3);
    await expect(stage.locator('.stage-body')).toHaveAttribute('data-ready', 'true');
  },
);
