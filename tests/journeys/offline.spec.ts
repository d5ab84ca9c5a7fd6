// A reader loses the network; and, another day, there is a new version.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { parse } from 'yaml';
import { siteServer } from '../../scripts/serve.ts';
import { expect, test } from './tiny-course.ts';

test.use({ serviceWorkers: 'allow' });

// These journeys change what is served, so each has a server and a copy of a site of its own.
const serveCopy = async (dist: string, base: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'seams-offline-'));
  cpSync(dist, folder, { recursive: true });
  const server = siteServer({ folder, base });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return {
    at: (page = '') => `http://127.0.0.1:${port}${base}${page}`,
    folder,
    stop,
    end: async () => {
      if (server.listening) await stop();
      rmSync(folder, { recursive: true });
    },
  };
};
/** The worker takes over when it has all it keeps, and not before. */
const workerReady = (page: Page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 20_000 });
/** The faces that could be loaded for a text; none where the system's own stand in. */
const facesFor = (page: Page, face: string, text: string) =>
  page.evaluate(async ([name, of]) => (await document.fonts.load(`20px "${name}"`, of)).length, [face, text] as const);
const find = async (page: Page, word: string) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox').fill(word);
  await expect(page.getByRole('dialog').getByRole('link').first()).toBeVisible();
  await page.keyboard.press('Escape');
};

test('after one visit the course reads and is searched without a network, also under a path of its own', async ({
  page,
}) => {
  const site = await serveCopy('dist-course', '/tiny/');
  try {
    await page.goto(site.at('lessons/first-steps/'));
    await workerReady(page);
    await site.stop();
    await page.goto(site.at('ko/lessons/second-steps/?run=abc'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('두 번째 걸음');
    await page.goto(site.at('contents/'));
    await page.getByRole('main').getByRole('link', { name: 'First steps' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('First steps');
    await find(page, 'marmalade');
  } finally {
    await site.end();
  }
});

test(
  'after one visit in English a lesson runs, asks and answers without a network, in Korean too',
  {
    tag: '@firefox',
  },
  async ({ page }) => {
    const lesson = 'lessons/client-server/';
    const { questions } = parse(readFileSync('content/lessons/client-server/quiz.yaml', 'utf8')) as {
      questions: { type: string; answer: string }[];
    };
    const asked = questions.findIndex(({ type }) => type === 'one-choice');
    const site = await serveCopy('dist', '/');
    try {
      await page.goto(site.at(lesson));
      await workerReady(page);
      await site.stop();
      await page.reload();

      const turnFirstDial = async () => {
        const stage = page.locator('section.stage').first();
        await stage.scrollIntoViewIfNeeded();
        const body = stage.locator('.stage-body');
        await page.mouse.move(3, 3);
        await expect(body).toHaveAttribute('data-ready', 'true');
        const digest = () => body.evaluate(({ dataset }) => dataset['digest']);
        const before = await digest();
        const dial = stage.locator('.stage-turn input[type="number"]').first();
        await dial.press('ControlOrMeta+a');
        await dial.pressSequentially((await dial.getAttribute('min')) ?? '1');
        await dial.press('Enter');
        await expect.poll(digest).not.toBe(before);
      };
      await turnFirstDial();
      const quiz = page.locator('.quiz-frame:has(.quiz-stitches)');
      await quiz.scrollIntoViewIfNeeded();
      await expect(quiz).toHaveAttribute('data-read', 'true');
      await quiz.locator('.quiz-stitch').nth(asked).click();
      await quiz.locator(`input[value="${questions[asked]!.answer}"]`).check();
      await quiz.getByRole('button', { name: 'I am guessing' }).click();
      await expect(quiz.locator('.quiz-explanation')).toContainText('Right.');
      await find(page, 'server');
      expect(await facesFor(page, 'Source Serif 4 Variable', 'Client')).toBeGreaterThan(0);

      await page.goto(site.at(`ko/${lesson}`));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/[가-힣]/);
      await turnFirstDial();
      await find(page, '서버');
    } finally {
      await site.end();
    }
  },
);

test('a new version is offered and taken up only when the reader agrees', { tag: '@firefox' }, async ({ page }) => {
  const site = await serveCopy('dist-course', '/tiny/');
  try {
    await page.goto(site.at('lessons/first-steps/'));
    await workerReady(page);
    const lesson = join(site.folder, 'lessons/first-steps/index.html');
    writeFileSync(lesson, readFileSync(lesson, 'utf8').replaceAll('First steps', 'Newer steps'));
    const worker = join(site.folder, 'sw.js');
    const script = readFileSync(worker, 'utf8');
    const changed = script.replace(/(first-steps\/index\.html"?,\s*"?revision"?:\s*")\w+/, '$1changed');
    expect(changed).not.toBe(script);
    writeFileSync(worker, changed);

    const offer = page.getByText('A new version is ready.');
    await page.reload();
    await expect(offer).toBeVisible({ timeout: 20_000 });
    await page.getByRole('status').getByRole('button', { name: 'Later' }).click();
    await expect(offer).toBeHidden();
    await page.reload();
    await expect(offer).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('First steps');
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Newer steps', { timeout: 20_000 });
  } finally {
    await site.end();
  }
});
