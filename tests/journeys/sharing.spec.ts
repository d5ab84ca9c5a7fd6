// A reader finds a simulation, keeps what it shows, sends it to a friend, puts it on a page of their own, and prints it. Links
// and files that are damaged or hostile are refused in words, and the page goes on.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import type { Download, FrameLocator, Locator, Page } from '@playwright/test';
import { at, expect, test } from './tiny-course.ts';

const pageOf = (language = '') => at(`${language}simulations/one-server/`);

/** The stage, alive. */
async function open(page: Page, address = pageOf()): Promise<Locator> {
  await page.goto(address);
  const stage = page.locator('#sim-one-server');
  await stage.scrollIntoViewIfNeeded();
  await page.mouse.move(3, 3);
  await alive(stage);
  return stage;
}
const alive = (stage: Locator): Promise<void> =>
  expect(stage.locator('.stage-body')).toHaveAttribute('data-ready', 'true');
const digest = (stage: Locator): Promise<string> =>
  stage.locator('.stage-body').evaluate((body) => body.dataset['digest'] ?? '');

async function another(stage: Locator, act: () => Promise<unknown>): Promise<void> {
  const before = await digest(stage);
  await act();
  await expect.poll(() => digest(stage)).not.toBe(before);
}

/** Presses a button of the panel for keeping and reads the file that comes of it. */
async function keep(page: Page, stage: Locator, name: string): Promise<{ name: string; bytes: Buffer }> {
  const coming: Promise<Download> = page.waitForEvent('download');
  await stage.getByRole('button', { name }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

for (const [language, words] of [
  ['', { gallery: 'Simulations', first: 'Many clients, one server', leftOut: 'What it leaves out, and why' }],
  ['ko/', { gallery: '시뮬레이션', first: '클라이언트 여럿, 서버 하나', leftOut: '뺀 것과 그 까닭' }],
] as const) {
  test(`the gallery leads to each simulation and what its model leaves out (${language || 'en'})`, async ({ page }) => {
    await page.goto(at(language));
    await page.getByRole('navigation').getByRole('link', { name: words.gallery, exact: true }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: words.gallery })).toBeVisible();
    expect(await page.locator('.gallery li').count()).toBeGreaterThanOrEqual(11);
    expect(await page.locator('.gallery li svg.still').count()).toBe(await page.locator('.gallery li').count());
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByRole('link', { name: words.first }).click();
    await expect(page).toHaveURL(pageOf(language));
    await expect(page.getByRole('heading', { level: 1, name: words.first })).toBeVisible();
    await expect(page.getByRole('heading', { level: 3, name: words.leftOut })).toBeVisible();
    await alive(await open(page, pageOf(language)));
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}

test('a run is kept as a picture, as numbers and whole, and opens again', async ({ page }) => {
  const stage = await open(page);
  await another(stage, () => stage.getByRole('radio', { name: 'Two servers, one line' }).check());
  await another(stage, () => stage.getByRole('button', { name: /A rush/ }).click());
  await stage.getByRole('button', { name: 'Keep and share' }).click();

  const svg = await keep(page, stage, 'SVG, for print');
  expect(svg.name).toMatch(/^one-server_two_seed-1_at-[\d.]+\.svg$/);
  const drawing = svg.bytes.toString('utf8');
  // a picture of its own: nothing in it asks the page for a colour, or runs
  expect(drawing).not.toMatch(/class=|style=|var\(|<script|href=|currentColor/i);
  expect(drawing).toContain('Ticket server');
  expect(
    await page.evaluate(
      (text) =>
        new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent ?? null,
      drawing,
    ),
  ).toBeNull();
  const png = await keep(page, stage, 'PNG');
  expect([...png.bytes.subarray(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG');
  expect(png.bytes.length).toBeGreaterThan(10_000);

  const windows = (await keep(page, stage, 'Over the run')).bytes.toString('utf8').trim().split('\r\n');
  expect(windows[0]).toContain('server.queue');
  expect(windows.length).toBeGreaterThan(100);
  const measures = (await keep(page, stage, 'Measured')).bytes.toString('utf8');
  expect(measures).toContain('server.response.mean,Mean response time,');

  const whole = await keep(page, stage, 'Keep as a file');
  const run = await digest(stage);
  expect(JSON.parse(whole.bytes.toString('utf8'))).toMatchObject({ digest: run, setting: { design: 'two' } });
  await another(stage, () => stage.getByRole('radio', { name: 'One server, twice as fast' }).check());
  const choose = stage.getByLabel('Open a kept run');
  await choose.setInputFiles({ name: whole.name, mimeType: 'application/json', buffer: whole.bytes });
  await expect.poll(() => digest(stage)).toBe(run);
  await expect(stage.getByRole('radio', { name: 'Two servers, one line' })).toBeChecked();

  for (const [text, says] of [
    ['<svg onload="alert(1)">', 'none that was kept here'],
    ['['.repeat(200_000), 'none that was kept here'],
    ['{"format":"seams-run","link":"2;one-server;<script>;;;1;0;;;"}', 'there are: one, two, fast'],
    ['x'.repeat(6_000_000), 'at most 5000000'],
  ] as const) {
    await choose.setInputFiles({ name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await expect(stage.getByRole('alert')).toContainText(says);
    expect(await digest(stage)).toBe(run);
  }
});

test('a link with much in it is packed, and opens as it was sent', { tag: '@firefox' }, async ({ page, context }) => {
  const faults = Array.from({ length: 40 }, (_, each) => `pause@${each * 12 + 1}:0.5`).join(',');
  const stage = await open(
    page,
    `${pageOf()}?run=2;one-server;two;;${faults},arrivalRate=4@300;7;100;;;#sim-one-server`,
  );
  await another(stage, () => stage.getByRole('button', { name: /A rush/ }).click());
  await expect(page).toHaveURL(/\?run=z;one-server;[A-Za-z0-9_-]+#sim-one-server$/);
  expect(page.url().length).toBeLessThan(600);
  const sent = await digest(stage);
  const theirs = await open(await context.newPage(), page.url());
  await expect.poll(() => digest(theirs)).toBe(sent);
});

for (const [what, link, says] of [
  ['cut short', 'z;one-server;jZQxCsMwDEX3nmIH', 'cut short on its way'],
  ['packed around nothing', `z;one-server;${'A'.repeat(3000)}`, 'could not be read'],
  ['a megabyte long', `2;one-server;${'x'.repeat(7900)}`, 'could not be read'],
  ['a script', '2;one-server;%3Cimg%20src=x%20onerror=alert(1)%3E;;;1;0;;;', 'there are: one, two, fast'],
  ['written from right to left', '2;one-server;%E2%80%AEevil;;;1;0;;;', 'there are: one, two, fast'],
  ['full of NaN', '2;one-server;one;arrivalRate:NaN;;NaN;NaN;;;', 'no number'],
  ['after a prototype', '2;one-server;one;__proto__:1;;1;0;;;', 'there are: arrivalRate'],
  ['from the future', '7;one-server;one;;;1;0;;;', 'a later version of this site'],
] as const) {
  test(`a link that is ${what} is refused in words, and the page goes on`, async ({ page }) => {
    const usual = await digest(await open(page));
    const began = Date.now();
    const stage = await open(page, `${pageOf()}?run=${link}`);
    await expect(stage.getByRole('alert')).toContainText(says);
    expect(Date.now() - began).toBeLessThan(8000);
    expect(await digest(stage)).toBe(usual);
    await another(stage, () => stage.getByRole('radio', { name: 'Two servers, one line' }).check());
    await expect(stage.getByRole('alert')).toHaveCount(0);
  });
}

test('a run stands in a frame on a page of another host, and leads back to its own page', async ({ page, request }) => {
  const stage = await open(page);
  await another(stage, () => stage.getByRole('radio', { name: 'Two servers, one line' }).check());
  const run = await digest(stage);
  await stage.getByRole('button', { name: 'Keep and share' }).click();
  const html = stage.getByRole('textbox', { name: 'HTML of the frame' });
  await expect(html).toHaveValue(/embed\/one-server\/\?run=3;one-server;two;/);
  const snippet = await html.inputValue();

  // Another port is another host to a browser.
  const elsewhere = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><link rel="icon" href="data:,"><title>Theirs</title>${snippet}`);
  });
  await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
  await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
  const frame: FrameLocator = page.frameLocator('iframe');
  const framed = frame.locator('#sim-one-server');
  await framed.locator('.stage-body').hover({ position: { x: 10, y: 10 } });
  await alive(framed);
  await expect.poll(() => digest(framed)).toBe(run);
  await expect(framed.getByRole('radio', { name: 'Two servers, one line' })).toBeChecked();
  await expect(frame.getByRole('link', { name: 'Open in Seams' })).toHaveAttribute(
    'href',
    /simulations\/one-server\/\?run=/,
  );
  elsewhere.close();
  elsewhere.closeAllConnections();
  // No other page lets itself be put into a frame.
  const policy = async (address: string): Promise<string | undefined> =>
    (await request.get(address)).headers()['content-security-policy'];
  expect(await policy(at('embed/one-server/'))).toContain('frame-ancestors *');
  expect(await policy(pageOf())).toContain("frame-ancestors 'self'");
});

test('on paper a stage is the moment that was seen, with its numbers and without its buttons', async ({ page }) => {
  await page.setViewportSize({ width: 760, height: 1000 });
  const stage = await open(page);
  await expect(stage.locator('.stage-drawing')).toHaveAttribute('data-drawing', 'living');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(stage.locator('svg.still.is-wide')).toBeVisible();
  await expect(stage.getByRole('table', { name: 'Measured over the run' })).toBeVisible();
  await expect(stage.getByRole('button').filter({ visible: true })).toHaveCount(0);
  await expect(stage.locator('.flow')).toBeHidden();
});
