// A reader changes the language and stays where they are.

import { at, expect, test } from './tiny-course.ts';

test('the same lesson opens at the same heading, with the same run', async ({ page }) => {
  await page.goto(at('lessons/first-steps/?run=abc'));
  await page.evaluate(async () => {
    // A face that arrives later would move the heading away again.
    await document.fonts.ready;
    document.querySelector('#section-three')!.scrollIntoView();
  });
  await page.getByRole('link', { name: '한국어' }).click();
  await expect(page).toHaveURL(at('ko/lessons/first-steps/?run=abc#section-three'));
  await expect(page.getByRole('heading', { name: '셋째 마디' })).toBeInViewport();
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(at('lessons/first-steps/?run=abc#section-three'));
});

test('a page that is no lesson has its other language too', async ({ page }) => {
  for (const name of ['', 'contents/', 'about/', 'glossary/']) {
    await page.goto(at(name));
    await page.getByRole('link', { name: '한국어' }).click();
    await expect(page).toHaveURL(at(`ko/${name}`));
    await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  }
});

test('no label of the interface is English on a Korean page', async ({ page }) => {
  const own = /^(Seams|English|IDs?|[\d\s·.,/%±]*)$/;
  for (const name of ['ko/', 'ko/contents/', 'ko/lessons/first-steps/', 'ko/record/', 'ko/review/', 'ko/nowhere/']) {
    await page.goto(at(name));
    const labels = await page.evaluate(() => {
      const named = [...document.querySelectorAll('[aria-label], [title], [alt], [placeholder]')].flatMap((element) =>
        ['aria-label', 'title', 'alt', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
      );
      const spoken = [
        ...document.querySelectorAll('header a, header button, nav a, nav button, footer *, dialog *, h1, h2, label'),
      ]
        .filter((element) => element.children.length === 0)
        .map((element) => element.textContent ?? '');
      return [...named, ...spoken].map((text) => text.trim()).filter(Boolean);
    });
    expect(labels.length).toBeGreaterThan(10);
    expect(
      labels.filter((label) => !/[가-힣]/.test(label) && !own.test(label)),
      name,
    ).toEqual([]);
  }
});
