// A law over every slide of every lesson in every language: on a wall of 1920 by 1080 no text is under 24 pixels, and none leaves its room
// or lies over the heading; nor on an old projector's 1024 by 768, where letters as large a part of the wall's height are 16 pixels high.

import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import { languages } from '../../languages.ts';
import { wrongOnSlide, type Wrong } from './deck-wrong.ts';

const walls = [
  { width: 1920, height: 1080, least: 24 },
  { width: 1024, height: 768, least: 15.9 },
];

interface Course {
  parts: { lessons: { id: string }[] }[];
}
const { parts } = parse(readFileSync('content/course.yaml', 'utf8')) as Course;
const lessons = parts
  .flatMap((part) => part.lessons.map(({ id }) => id))
  .filter((id) => existsSync(`content/lessons/${id}`));

// Nothing moves, so that what is measured stands still.
test.use({
  viewport: walls[0]!,
  contextOptions: { reducedMotion: 'reduce' },
  serviceWorkers: 'block',
});

/** All lessons in every language: `npm run journeys:all`. Else each lesson in one, turn by turn, as it takes its time. */
const everywhere = [process.env['npm_lifecycle_event'], process.env['NODE_RUN_SCRIPT_NAME']].includes('journeys:all');

for (const [place, lesson] of lessons.entries())
  for (const { id: language, path } of everywhere ? languages : [languages[place % languages.length]!])
    test(`every slide of ${lesson} can be read from the back row (${language})`, async ({ page, browserName }) => {
      test.skip(browserName !== 'chromium', 'Sizes are the same in every browser');
      test.slow();
      await page.goto(`/${path === '' ? '' : `${path}/`}lessons/${lesson}/slides/`);
      await expect(page.locator('html')).toHaveAttribute('data-deck-ready', '');
      const slides = await page
        .locator('.deck-wall .reveal .slides > section')
        .evaluateAll((all) => all.map(({ id, dataset }) => ({ id, isStage: dataset['kind'] === 'stage' })));
      const found: string[] = [];
      const settled = (milliseconds: number): Promise<void> =>
        page.evaluate(async (wait) => {
          await document.fonts.ready;
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, wait))));
        }, milliseconds);
      /* eslint-disable no-await-in-loop -- one wall shows one slide at a time */
      for (const [nth, wall] of walls.entries()) {
        await page.setViewportSize(wall);
        const look = async (where: string): Promise<void> => {
          let wrong: Wrong[] = await page.evaluate(wrongOnSlide, wall.least);
          // What was wrong may not have stood yet.
          if (wrong.length > 0) {
            await page.waitForTimeout(400);
            wrong = await page.evaluate(wrongOnSlide, wall.least);
          }
          const on = `${where}, ${wall.width} wide`;
          found.push(...wrong.map(({ what, text, by }) => `${on}: "${text}" is ${what} (${by})`));
        };
        for (const { id, isStage } of slides) {
          await page.evaluate((hash) => {
            location.hash = hash;
          }, `#${id}/99`);
          await page.waitForFunction(
            (name) => document.querySelector('.reveal .slides > section.present')?.id === name,
            id,
          );
          await settled(0);
          if (!isStage) {
            await look(id);
            continue;
          }
          const slide = page.locator('.slides > section.present');
          await expect(slide.locator('.stage-body')).toHaveAttribute('data-ready', 'true');
          await expect(slide.locator('.stage-drawing')).toHaveAttribute('data-drawing', 'living');
          const buttons = await slide.locator('[data-to-panel]').all();
          // a small wall is looked at as it opens, and with nothing but the drawing
          for (const button of nth === 0 ? buttons : [buttons[0]!, buttons.at(-1)!]) {
            await button.click();
            // What a program is looked at with is fetched when it is asked for.
            if ((await button.getAttribute('data-to-panel')) === 'steps')
              await expect(slide.locator('.workbench')).toBeVisible();
            // The drawing finds its new size when it has been laid out.
            await settled(40);
            await look(`${id}, ${await button.getAttribute('data-to-panel')}`);
          }
        }
      }
      expect(found).toEqual([]);
    });
