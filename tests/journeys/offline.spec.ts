// A reader loses the network; and, another day, there is a new version.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { siteServer } from '../../scripts/serve.ts';
import { expect, test } from './tiny-course.ts';

test.use({ serviceWorkers: 'allow' });

// These journeys change what is served, so each has a server and a copy of the site of its own.
const serveCopy = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'seams-offline-'));
  cpSync('dist-course', folder, { recursive: true });
  const server = siteServer({ folder, base: '/tiny' });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return {
    at: (page = '') => `http://127.0.0.1:${port}/tiny/${page}`,
    folder,
    stop,
    end: async () => {
      if (server.listening) await stop();
      rmSync(folder, { recursive: true });
    },
  };
};
const workerReady = (page: import('@playwright/test').Page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 20_000 });

test(
  'after one visit every lesson reads without a network, in both languages, with any run',
  { tag: '@firefox' },
  async ({ page, complaints }) => {
    const site = await serveCopy();
    try {
      await page.goto(site.at('lessons/first-steps/'));
      await workerReady(page);
      await page.waitForTimeout(500); // the fonts of this page are being kept
      await site.stop();
      await page.goto(site.at('ko/lessons/second-steps/?run=abc'));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('두 번째 걸음');
      await page.goto(site.at('lessons/first-steps/'));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('First steps');
      const serif = await page.evaluate(async () => {
        await document.fonts.ready;
        return document.fonts.check('20px "Source Serif 4 Variable"');
      });
      expect(serif).toBe(true);
      // Korean letters that were never shown are not kept; the system's own stand in for them.
      expect(complaints.filter((complaint) => !/\.woff2$/.test(complaint))).toEqual([]);
      complaints.length = 0;
    } finally {
      await site.end();
    }
  },
);

test('a new version is offered and taken up only when the reader agrees', async ({ page }) => {
  const site = await serveCopy();
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

    await page.reload();
    await expect(page.getByText('A new version is ready.')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('First steps');
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Newer steps', { timeout: 20_000 });
  } finally {
    await site.end();
  }
});
