/**
 * The machine gives the same runs in every browser as in Node (rule R1): scenarios of the course, the examples and 50
 * random systems. WebKit, which Playwright cannot drive as a package of the system, is asked by `simulations/webkit.long.test.ts`.
 */
import { expect, test } from '@playwright/test';
import { comparedSystems, digestsOf, door, served } from '../../simulations/determinism.fixture.ts';
import type { simulate } from '../../simulations/index.ts';

const home = 'http://machine.test/';

test('the same question gives the same digest in Node and in this browser', { tag: '@firefox' }, async ({ page }) => {
  test.setTimeout(240_000);
  await page.route(`${home}**`, async (route) => {
    const answer = served(home, decodeURIComponent(new URL(route.request().url()).pathname.slice(1)));
    return answer === null
      ? route.fulfill({ status: 404 })
      : route.fulfill({ contentType: answer.type, body: answer.body });
  });
  await page.goto(home);
  const systems = await comparedSystems();
  const inBrowser = await page.evaluate(
    async ({ list, address }) => {
      const machine = (await import(/* @vite-ignore */ address)) as { simulate: typeof simulate };
      return list.map((system) => machine.simulate(system, { record: 'trace' }).digest);
    },
    { list: systems, address: home + door },
  );
  expect(inBrowser).toEqual(digestsOf(systems));
  // and they are digests of something: no two systems share one
  expect(new Set(inBrowser).size).toBe(systems.length);
});
