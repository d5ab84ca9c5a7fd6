/** `npm run picture`: the README's picture, taken of the built lesson after its simulation has run for a while. */
import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { listen, siteServer } from './serve.ts';
import { chromiumArguments, findChromium } from './setup/browsers.mjs';

const picture = 'docs/pictures/client-server.webp';

const server = siteServer({ folder: 'dist' });
const port = await listen(server, 4480, '127.0.0.1', false);
const executablePath = findChromium();
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: chromiumArguments });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 880 }, deviceScaleFactor: 1.5 });
  await page.goto(`http://127.0.0.1:${port}/lessons/client-server/`, { waitUntil: 'networkidle' });
  const stage = page.locator('section.stage').first();
  await stage.scrollIntoViewIfNeeded();
  await stage.locator('canvas').first().waitFor();
  await page.waitForTimeout(3000);
  await stage.evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 70));
  await page.waitForTimeout(1000);
  mkdirSync('docs/pictures', { recursive: true });
  const { size } = await sharp(await page.screenshot())
    .webp({ quality: 80, effort: 6 })
    .toFile(picture);
  console.log(`${picture}: ${Math.round(size / 1000)} kB`);
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
