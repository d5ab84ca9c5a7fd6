/**
 * `npm run deck -- LESSON [--lang ko] [--notes] [--out file.pdf]`: a lesson's slides as a PDF, one to a page.
 *
 * --lang   the language, if not the first of the course
 * --notes  a handout: under each slide what its notes say
 * --out    the file to write; LESSON.LANG.pdf where it is left out
 *
 * It prints the built site as a browser does: builds it if it is not there, and ends by itself.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { languages } from '../languages.ts';
import { listen, siteServer } from './serve.ts';
import { chromiumArguments, findChromium } from './setup/browsers.mjs';
import { site } from './setup/site.mjs';

/** A wall, in the pixels of its paper: a page has the proportions of a projector. */
const WALL = { width: 1280, height: 720 };

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      lang: { type: 'string', default: languages[0].id },
      notes: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  const [lesson] = positionals;
  const language = languages.find(({ id }) => id === values.lang);
  if (lesson === undefined || positionals.length > 1 || !/^[a-z0-9-]+$/.test(lesson)) {
    console.error('Which lesson? For example: npm run deck -- client-server --lang ko --notes');
    return 1;
  }
  if (language === undefined) {
    console.error(`There is no language ${values.lang}; there are ${languages.map(({ id }) => id).join(', ')}.`);
    return 1;
  }
  if (!existsSync(`content/lessons/${lesson}/${language.id}.mdx`)) {
    console.error(`There is no lesson ${lesson} in content/lessons/.`);
    return 1;
  }
  await site({ node: process.execPath, env: process.env }, [], 'dist');

  const server = siteServer({ folder: 'dist' });
  const port = await listen(server, 4470, '127.0.0.1', false);
  const executablePath = findChromium();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: chromiumArguments });
  try {
    const page = await browser.newPage({ viewport: WALL, reducedMotion: 'reduce', serviceWorkers: 'block' });
    const path = language.path === '' ? '' : `${language.path}/`;
    await page.goto(`http://127.0.0.1:${port}/${path}lessons/${lesson}/slides/${values.notes ? '?notes' : ''}`, {
      waitUntil: 'networkidle',
    });
    await page.waitForSelector('[data-deck-ready]', { state: 'attached' });
    const slides = await page.locator('.deck-wall .reveal .slides > section').count();
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true });
    const file = resolve(values.out ?? `${lesson}.${language.id}.pdf`);
    writeFileSync(file, pdf);
    console.log(`${file}: ${slides} slides, ${Math.round(pdf.length / 1000)} kB`);
    return 0;
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

process.exitCode = await main();
