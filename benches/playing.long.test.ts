/**
 * Ten minutes of playing leave the browser's memory as it was. It plays the built site (`npm run build` first) in a real
 * browser, at full length: the run of one server takes six hundred seconds, and is played as fast as life.
 */
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { describe, expect, it } from 'vitest';
import { listen, siteServer } from '../scripts/serve.ts';
import { chromiumArguments, findChromium } from '../scripts/setup/browsers.mjs';

const MINUTES = 10;

describe('playing', () => {
  it.skipIf(!existsSync('dist/index.html'))(
    'for ten minutes takes no more memory than playing for one',
    { timeout: (MINUTES + 3) * 60_000 },
    async () => {
      const server = siteServer({ folder: 'dist' });
      const port = await listen(server, 4480, '127.0.0.1', false);
      const executablePath = findChromium();
      const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: chromiumArguments });
      try {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
        await page.goto(`http://127.0.0.1:${port}/simulations/one-server/`);
        const stage = page.locator('#sim-one-server');
        await stage.scrollIntoViewIfNeeded();
        await page.mouse.move(3, 3);
        await stage.locator('.stage-body[data-ready="true"]').waitFor();
        const session = await page.context().newCDPSession(page);
        const megabytes = async (): Promise<number> => {
          await session.send('HeapProfiler.collectGarbage');
          const { usedSize } = await session.send('Runtime.getHeapUsage');
          return usedSize / 2 ** 20;
        };
        await stage.getByRole('combobox', { name: 'Speed' }).selectOption('1');
        await stage
          .getByRole('button', { name: 'Start over' })
          .or(stage.getByRole('button', { name: 'Play', exact: true }))
          .first()
          .click();
        const held: number[] = [];
        for (let minute = 1; minute <= MINUTES; minute += 1) {
          await page.waitForTimeout(60_000);
          held.push(await megabytes());
          // the run may have come to its end a little before the last minute is over
          const play = stage.getByRole('button', { name: 'Play', exact: true });
          if (await play.isVisible()) await play.click();
        }
        console.log(`memory held after each minute: ${held.map((each) => each.toFixed(1)).join(', ')} MB`);
        expect(held.at(-1)! - held[0]!).toBeLessThan(3);
      } finally {
        await browser.close();
        server.closeAllConnections();
        server.close();
      }
    },
  );
});
