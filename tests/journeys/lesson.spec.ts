// A reader opens a real lesson of the course, on a desk, on a phone, enlarged, without script.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './tiny-course.ts';

for (const [language, play] of [
  ['', 'Play'],
  ['ko/', '재생'],
] as const) {
  const lesson = `/${language}lessons/client-server/`;

  test(
    `the simulation stands in the first window, and nothing scrolls sideways (${language || 'en/'})`,
    { tag: '@firefox' },
    async ({ page, browserName }) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(lesson);
      const stage = page.locator('section.stage').first();
      await expect(stage.getByRole('button', { name: play, exact: true })).toBeInViewport({ ratio: 1 });
      await expect(stage.locator('.stage-drawing')).toBeInViewport({ ratio: 1 });
      expect(await page.evaluate(() => scrollY)).toBe(0);
      await page.setViewportSize({ width: 390, height: 844 });
      await expect(stage.locator('.stage-drawing')).toBeInViewport({ ratio: 0.1 });
      // 1280 × 720 at 200 % and at 400 %.
      for (const [width, height] of [
        [640, 360],
        [320, 180],
      ] as const) {
        await page.setViewportSize({ width, height });
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(over, `at ${width}`).toBeLessThanOrEqual(0);
      }
      // To the end, so that all that wakes when reached has woken; then nothing may have been complained about.
      const quiz = page.locator('.quiz-frame:has(.quiz-stitches)');
      await quiz.scrollIntoViewIfNeeded();
      await expect(quiz).toHaveAttribute('data-read', 'true');
      if (browserName !== 'chromium') return;
      await page.setViewportSize({ width: 1280, height: 720 });
      const { violations } = await new AxeBuilder({ page: page as never })
        .options({ resultTypes: ['violations'] })
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`)).toEqual([]);
    },
  );
}

test('on a phone a line opens what one will be able to do; beside a wide text it stands open', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/lessons/client-server/');
  const objectives = page.locator('.learn').getByRole('listitem');
  await expect(objectives.first()).toBeHidden();
  await page.getByText('What you will be able to do').and(page.locator('summary')).click();
  await expect(objectives.first()).toBeVisible();
  await page.locator('.learn summary').click();
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(objectives.first()).toBeVisible();
  await expect(page.locator('.learn summary')).toBeHidden();
});
