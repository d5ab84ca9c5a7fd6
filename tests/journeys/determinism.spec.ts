/** The machine gives the same runs in every browser as in Node (rule R1): scenarios of the course, the examples and 50 random systems. */
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { simulate, type ScenarioSource } from '../../simulations/index.ts';
import { anySystem } from '../../simulations/random-systems.fixture.ts';

const root = new URL('../../', import.meta.url);
const home = 'http://machine.test/';

test('the same question gives the same digest in Node and in this browser', { tag: '@firefox' }, async ({ page }) => {
  test.setTimeout(120_000);
  // the machine is served as it stands, types taken off, so that no bundler stands between the source and the browser
  await page.route(`${home}**`, async (route) => {
    const path = decodeURIComponent(new URL(route.request().url()).pathname.slice(1));
    if (path === '') {
      const imports = { 'zod/mini': `${home}node_modules/zod/mini/index.js` };
      const body = `<!doctype html><title>machine</title><script type="importmap">${JSON.stringify({ imports })}</script>`;
      return route.fulfill({ contentType: 'text/html', body });
    }
    if (!/^(simulations|node_modules\/zod)\/[\w./-]+\.(ts|js)$/.test(path) || path.includes('..'))
      return route.fulfill({ status: 404 });
    const source = readFileSync(new URL(path, root), 'utf8');
    return route.fulfill({
      contentType: 'text/javascript',
      body: path.endsWith('.ts') ? stripTypeScriptTypes(source) : source,
    });
  });
  await page.goto(home);

  const folder = new URL('simulations/scenarios/', root);
  const ids = readdirSync(folder).filter((name) => !name.startsWith('_'));
  const ofTheCourse = await Promise.all(
    ids.map(
      async (id) => ((await import(new URL(`${id}/scenario.ts`, folder).href)) as { default: ScenarioSource }).default,
    ),
  );
  const shelf = new URL('simulations/examples/', root);
  const examples = readdirSync(shelf)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, shelf), 'utf8')) as ScenarioSource);
  const systems = [...ofTheCourse, ...examples, ...fc.sample(anySystem, { numRuns: 50, seed: 20_261_122 })];
  const digests = (list: ScenarioSource[]) => list.map((system) => simulate(system, { record: 'trace' }).digest);

  const inBrowser = await page.evaluate(
    async ({ list, door }) => {
      const machine = (await import(/* @vite-ignore */ door)) as { simulate: typeof simulate };
      return list.map((system) => machine.simulate(system, { record: 'trace' }).digest);
    },
    { list: systems, door: `${home}simulations/index.ts` },
  );
  expect(inBrowser).toEqual(digests(systems));
  // and they are digests of something: no two systems share one
  expect(new Set(inBrowser).size).toBe(systems.length);
});
