// A reader plays with a simulation: runs it, turns it, breaks it, takes it back, goes through its time, and sends it to a friend.

import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { at, expect, test } from './tiny-course.ts';

const lesson = 'lessons/second-steps/';

/** The stage, alive. */
async function open(page: Page, address = at(lesson)): Promise<Locator> {
  await page.goto(address);
  const stage = page.locator('#sim-one-server');
  await stage.scrollIntoViewIfNeeded();
  await page.mouse.move(3, 3);
  await expect(stage.locator('.stage-body')).toHaveAttribute('data-ready', 'true');
  return stage;
}
const digest = (stage: Locator): Promise<string> =>
  stage.locator('.stage-body').evaluate((body) => body.dataset['digest'] ?? '');
const moment = async (stage: Locator): Promise<number> =>
  Number(await stage.getByRole('slider', { name: 'Moment of the run' }).inputValue());
const words = (stage: Locator): Locator => stage.locator('.moment-words');

/** Turns a dial and waits until the run it asked for stands there. */
async function turn(stage: Locator, dial: string, value: string): Promise<void> {
  const before = await digest(stage);
  const typed = stage.getByLabel(`${dial}, as a number`);
  // typed as a person types: Firefox, driven from outside, would only add to what a number field holds
  await typed.press('ControlOrMeta+a');
  await typed.pressSequentially(value);
  await typed.press('Enter');
  await expect.poll(() => digest(stage)).not.toBe(before);
}

test.describe('a stage', () => {
  test('is a whole picture before it comes alive, and nothing jumps when it does', async ({ page }) => {
    await page.goto(at(lesson));
    const stage = page.locator('#sim-one-server');
    const still = await stage.boundingBox();
    await expect(stage.locator('svg.still').first()).toBeAttached();
    await stage.scrollIntoViewIfNeeded();
    await expect(stage.locator('.stage-drawing')).toHaveAttribute('data-drawing', 'living');
    expect((await stage.boundingBox())!.height).toBeCloseTo(still!.height, 0);
  });

  test('plays, and pauses where it is', { tag: '@firefox' }, async ({ page }) => {
    const stage = await open(page);
    const from = await moment(stage);
    await stage.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => moment(stage)).toBeGreaterThan(from);
    await stage.getByRole('button', { name: 'Pause', exact: true }).click();
    const there = await moment(stage);
    await page.waitForTimeout(300);
    expect(await moment(stage)).toBe(there);
  });

  test('steps from event to event, forward and back to the same moment', async ({ page }) => {
    const stage = await open(page);
    await stage.getByText('In words and as a table').click();
    const start = await words(stage).textContent();
    for (let step = 0; step < 5; step += 1) await stage.getByRole('button', { name: 'Step forward' }).click();
    await expect(words(stage)).not.toHaveText(start!);
    for (let step = 0; step < 5; step += 1) await stage.getByRole('button', { name: 'Step back' }).click();
    await expect(words(stage)).toHaveText(start!);
  });

  test(
    'shows another run when a dial is turned, and the first one again when it is turned back',
    { tag: '@firefox' },
    async ({ page }) => {
      const stage = await open(page);
      const first = await digest(stage);
      await turn(stage, 'Buyers a second', '9');
      await stage.getByRole('button', { name: 'Back to the start' }).click();
      await expect.poll(() => digest(stage)).toBe(first);
    },
  );

  test('breaks and mends: what was done stands in a list, and undone it leaves no trace', async ({ page }) => {
    const stage = await open(page);
    await stage.getByText('In words and as a table').click();
    const [first, before] = [await digest(stage), await words(stage).textContent()];
    await stage.getByRole('button', { name: /Pause the server/ }).click();
    await expect(stage.getByRole('list', { name: 'What was done' }).getByRole('listitem')).toHaveCount(1);
    await expect.poll(() => digest(stage)).not.toBe(first);
    await expect(words(stage)).toContainText('paused');
    await stage.getByRole('button', { name: 'Step back' }).click();
    await expect(words(stage)).not.toContainText('paused');
    await stage.getByRole('button', { name: /^Undo: Pause the server/ }).click();
    await expect.poll(() => digest(stage)).toBe(first);
    await stage.getByRole('button', { name: 'Step forward' }).click();
    await expect(words(stage)).toHaveText(before!);
  });

  test('says that there is not enough data where a run is too short for its load', async ({ page }) => {
    const stage = await open(page);
    const response = stage.locator('[data-measure="server.response.mean"]');
    await expect(response).not.toContainText('not enough data');
    await turn(stage, 'Buyers a second', '9.9');
    await expect(response).toContainText('not enough data');
    await turn(stage, 'Buyers a second', '12');
    await expect(stage.getByText('the line only grows')).toBeVisible();
  });

  test(
    'is sent as a link that shows the same run at the same moment',
    { tag: '@firefox' },
    async ({ page, context, browserName }) => {
      const stage = await open(page);
      await stage.getByRole('radio', { name: 'Two servers, one line' }).check();
      await turn(stage, 'Unevenness of the work', '4');
      await stage.getByRole('button', { name: /A rush/ }).click();
      await stage.getByRole('slider', { name: 'Moment of the run' }).fill('200000000');
      await expect(stage.getByRole('list', { name: 'What was done' })).toBeVisible();
      await expect(page).toHaveURL(/\?run=3;one-server;two;.*;200;/);
      if (browserName === 'chromium') {
        await context.grantPermissions(['clipboard-read', 'clipboard-write']);
        await stage.getByRole('button', { name: 'Copy a link to this moment' }).click();
        await expect(stage.getByText('Copied.')).toBeVisible();
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
      }
      const [sent, length] = [await digest(stage), await page.evaluate(() => history.length)];
      const friend = await context.newPage();
      const theirs = await open(friend, page.url());
      await expect.poll(() => digest(theirs)).toBe(sent);
      expect(await moment(theirs)).toBe(200_000_000);
      await expect(theirs.getByRole('radio', { name: 'Two servers, one line' })).toBeChecked();
      // Going back once must leave the lesson, however much was played with.
      expect(length).toBeLessThanOrEqual(2);
    },
  );

  test('says so when a link was made by a machine that gave another run', async ({ page }) => {
    const link = `${at(lesson)}?run=1;one-server;one;arrivalRate:8;;1;100;0.0.1;0123456789abcdef#sim-one-server`;
    const stage = await open(page, link);
    await expect(stage.getByRole('alert')).toContainText('another version of the simulator (0.0.1');
  });

  for (const [what, link, says] of [
    ['an unknown design', '1;one-server;nine;;;1;0;;', 'there are: one, two, fast'],
    ['a dial out of range', '1;one-server;one;arrivalRate:1e9;;1;0;;', 'it may be 0.5–12'],
    ['script for a design', '1;one-server;%3Cscript%3Ealert(1)%3C/script%3E;;;1;0;;', 'could not be read'],
    ['a later format', '9;one-server;one;;;1;0;;', 'could not be read'],
    ['half a link', '1;one-server;one;arr', 'could not be read'],
    ['a very long link', `1;one-server;one;;${'pause@1,'.repeat(1600)}pause@1;1;0;;`, 'at most 12000'],
  ] as const) {
    test(`refuses ${what} with a reason, and shows the run the lesson begins with`, async ({ page }) => {
      const usual = await digest(await open(page));
      const stage = await open(page, `${at(lesson)}?run=${link}#sim-one-server`);
      await expect(stage.getByRole('alert')).toContainText(says);
      expect(await digest(stage)).toBe(usual);
      await turn(stage, 'Buyers a second', '7');
    });
  }

  test('can be used with the keyboard alone', async ({ page }) => {
    const stage = await open(page);
    await stage.getByText('In words and as a table').click();
    await stage.getByRole('group', { name: /the drawing/ }).focus();
    const from = await moment(stage);
    const said = await words(stage).textContent();
    await page.keyboard.press('.');
    await expect(words(stage)).not.toHaveText(said!);
    await page.keyboard.press(',');
    await expect(words(stage)).toHaveText(said!);
    await page.keyboard.press('Space');
    await expect.poll(() => moment(stage)).toBeGreaterThan(from);
    await page.keyboard.press('Space');
    await page.keyboard.press('f');
    await expect(stage.getByRole('region', { name: /^Request/ })).toBeVisible();
    const before = await digest(stage);
    const dial = stage.getByRole('slider', { name: 'Buyers a second' });
    await dial.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => digest(stage)).not.toBe(before);
    // Every control is reached by the tabulator, one after the other, and the focus can be seen.
    await stage.getByRole('button', { name: 'Step back' }).focus();
    const names: string[] = [];
    for (let press = 0; press < 6; press += 1) {
      names.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''));
      await page.keyboard.press('Tab');
    }
    expect(names).toEqual(['Step back', 'Play', 'Step forward', 'Slower', 'Speed', 'Faster']);
  });

  test('leaves single keys alone when they are switched off', async ({ page }) => {
    const stage = await open(page);
    await stage.getByText('Keys', { exact: true }).click();
    await stage.getByRole('checkbox', { name: 'Single keys are on' }).uncheck();
    await stage.getByRole('group', { name: /the drawing/ }).focus();
    const before = await moment(stage);
    await page.keyboard.press('.');
    await page.keyboard.press('k');
    await page.waitForTimeout(200);
    expect(await moment(stage)).toBe(before);
  });

  test('computes on the page itself where there is no worker, and says so', { tag: '@firefox' }, async ({ page }) => {
    const usual = await digest(await open(page));
    await page.addInitScript(() => Reflect.deleteProperty(window, 'Worker'));
    const stage = await open(page);
    await expect(stage.getByText('no second thread')).toBeVisible();
    expect(await digest(stage)).toBe(usual);
    await turn(stage, 'Buyers a second', '5');
  });

  test('speaks Korean on a Korean page', async ({ page }) => {
    const stage = await open(page, at(`ko/${lesson}`));
    await stage.getByText('글과 표로 보기').click();
    await expect(words(stage)).toContainText('시점이에요');
    await stage.getByRole('button', { name: '재생' }).click();
    await expect(stage.getByRole('button', { name: '일시 정지' })).toBeVisible();
    expect(await stage.innerText()).not.toMatch(/\bundefined\b|\{|(?:time|charts|numbers|moment|run)\.[a-z]/);
  });

  for (const language of ['', 'ko/']) {
    for (const scheme of ['light', 'dark'] as const) {
      test(`has nothing that axe finds, in ${language || 'en/'} by ${scheme}`, async ({ page, browserName }) => {
        test.skip(browserName !== 'chromium', 'Firefox cannot be told the colour scheme, and the page is the same.');
        await page.emulateMedia({ colorScheme: scheme });
        const stage = await open(page, at(`${language}${lesson}`));
        await stage.locator('.fault').first().click();
        await stage.locator('.stage-links .plain').first().click();
        for (const summary of await stage.locator('summary').all()) await summary.click();
        await expect(stage.locator('.deeds')).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).include('#sim-one-server').analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      });
    }
  }
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });
  test('a stage moves in steps: who waits stands in its place at once', async ({ page, browserName }) => {
    test.skip(browserName !== 'chromium', 'Firefox cannot be told to reduce motion.');
    const stage = await open(page);
    await expect(stage.locator('.stage-drawing')).toHaveAttribute('data-drawing', 'living');
    const picture = (): Promise<string> =>
      stage.locator('canvas.requests').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await stage.getByRole('button', { name: 'Step forward' }).click();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const soon = await picture();
    await page.waitForTimeout(400);
    expect(await picture()).toBe(soon);
  });
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('a stage is one moment with its charts and numbers, and says what is missing', async ({ page }) => {
    await page.goto(at(lesson));
    const stage = page.locator('#sim-one-server');
    await expect(stage.locator('noscript .notice')).toBeVisible();
    expect(await stage.locator('noscript').textContent()).toContain('need JavaScript');
    await expect(stage.getByRole('img', { name: /waiting/ })).toBeVisible();
    await expect(stage.locator('[data-measure="server.response.mean"]')).toContainText('ms');
  });
});

test.describe('on a laptop', () => {
  test.use({ viewport: { width: 1440, height: 900 } });
  test('the drawing, its controls, the dials and the first chart are seen together', async ({ page }) => {
    const stage = await open(page);
    const top = (await stage.boundingBox())!.y;
    for (const name of ['.stage-drawing', '.stage-time', '.dials', '.faults', '.over-time .plot >> nth=0']) {
      const box = (await stage.locator(name).boundingBox())!;
      expect(box.y + box.height - top, name).toBeLessThanOrEqual(900);
    }
    // Neither column ends much before the other.
    const [left, right] = await Promise.all(
      ['.over-time', '.over-dial'].map((name) => stage.locator(name).boundingBox()),
    );
    expect(Math.abs(left!.y + left!.height - right!.y - right!.height)).toBeLessThan(2);
  });

  test('a run is repeated twenty times when asked, beside the one that is drawn', async ({ page }) => {
    const stage = await open(page);
    const drawn = await digest(stage);
    await stage.getByRole('button', { name: 'Repeat 20 times' }).click();
    await expect(stage.getByRole('columnheader', { name: '20 runs together' })).toBeVisible();
    await expect(stage.locator('[data-measure="server.response.mean"] .is-pooled')).toContainText('±');
    expect(await digest(stage)).toBe(drawn);
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });
  test('a stage fits, its controls are large enough, and a finger on the drawing scrolls the page', async ({
    page,
  }) => {
    const stage = await open(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const order = [
      '.stage-drawing',
      '.stage-time',
      '.designs',
      '.dials',
      '.faults',
      '.over-time',
      '.over-dial',
      '.numbers',
    ];
    const tops = await Promise.all(order.map(async (name) => (await stage.locator(name).boundingBox())!.y));
    expect(tops).toEqual(tops.toSorted((one, other) => one - other));
    const small = await stage.locator('button, select, input, summary').evaluateAll((controls) =>
      controls
        .map((control) => ({
          name: control.getAttribute('aria-label') ?? control.textContent,
          ...control.getBoundingClientRect().toJSON(),
        }))
        .filter(({ width, height }) => width > 0 && (width < 18 || height < 18)),
    );
    expect(small).toEqual([]);
    const touchAction = await stage.locator('.react-flow__pane').evaluate((pane) => getComputedStyle(pane).touchAction);
    expect(touchAction).toBe('auto');
  });
});
