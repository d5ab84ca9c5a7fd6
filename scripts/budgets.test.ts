import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BuiltSite, weigh } from './budgets.ts';

const home = mkdtempSync(join(tmpdir(), 'seams-weight-'));
const files: Record<string, string> = {
  'lessons/a/index.html': `<head><link rel="stylesheet" href="/_astro/page.css"><style>p{color:red}</style>
    <script type="application/ld+json">{"long":"${'x'.repeat(500)}"}</script>
    <script>console.log('first')</script><script type="module" src="/_astro/head.js"></script></head>
    <astro-island component-url="/_astro/stage.js" renderer-url="/_astro/react.js" client="visible"></astro-island>
    <astro-island component-url="/_astro/small.js" client="idle"></astro-island>
    <astro-island component-url="/_astro/Quiz.1.js" renderer-url="/_astro/react.js" client="visible"></astro-island>`,
  '_astro/page.css': '@font-face{font-family:a;src:url(a.woff2)}p{margin:0}',
  '_astro/head.js': 'import{a}from"./shared.js";a()',
  '_astro/shared.js': 'export const a=()=>1',
  '_astro/small.js': 'import"./shared.js"',
  '_astro/react.js': 'export const react=1',
  '_astro/stage.js':
    'import{react as r}from"./react.js";const later=()=>import("./chart.js");const without=()=>import("./answering.x1.js");new Worker(new URL("/_astro/simulation.worker-1.js",import.meta.url));r',
  '_astro/answering.x1.js': 'export const answering=1',
  '_astro/chart.js': 'export const chart=1',
  '_astro/Quiz.1.js': 'import"./react.js";import"./question.js"',
  '_astro/question.js': 'export const question=1',
  '_astro/simulation.worker-1.js':
    'import{m}from"./machine.js";m({"../parts/service/index.ts":()=>import("./service-1.js").then(e=>e.default),"../parts/store/index.ts":()=>import("./store-1.js")})',
  '_astro/service-1.js': 'import"./line-1.js";import"./simulation.worker-1.js";export default 1',
  '_astro/store-1.js': 'import"./line-1.js";export default 12',
  '_astro/line-1.js': 'export const line=1',
  '_astro/machine.js': 'export const m=()=>2',
};
const size = (...names: string[]) =>
  names.reduce((sum, name) => sum + gzipSync(files[name] ?? name, { level: 9 }).length, 0);

beforeAll(() => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
});
afterAll(() => rmSync(home, { recursive: true }));

it('the weight of a page is every script, style and worker that it reaches, each counted once', () => {
  const before = size("console.log('first')", '_astro/head.js', '_astro/shared.js', '_astro/small.js');
  const site = new BuiltSite(home, '/', ['answering']);
  expect(weigh(site, 'lessons/a/', site, new Map(), ['Quiz'])).toEqual({
    scriptBeforeStage: before,
    scriptWithStage: before + size('_astro/stage.js', '_astro/react.js', '_astro/chart.js'),
    quiz: size('_astro/Quiz.1.js', '_astro/question.js'),
    scriptOnRequest: 0,
    worker: size('_astro/simulation.worker-1.js', '_astro/machine.js'),
    workerWithParts: size('_astro/simulation.worker-1.js', '_astro/machine.js'),
    css: size('p{margin:0}', 'p{color:red}'),
  });
});

it('the weight of a worker is what it begins with, and the most that one scenario adds to that', () => {
  const site = new BuiltSite(home, '/', ['answering']);
  const weighed = (...needs: string[][]) =>
    weigh(site, 'lessons/a/', site, new Map(needs.map((kinds, each) => [`scenario ${each}`, new Set(kinds)])));
  const first = size('_astro/simulation.worker-1.js', '_astro/machine.js');
  expect(weighed(['service'])).toMatchObject({
    worker: first,
    workerWithParts: first + size('_astro/service-1.js', '_astro/line-1.js'),
  });
  expect(weighed(['store'], ['service', 'store'], ['service']).workerWithParts).toBe(
    first + size('_astro/service-1.js', '_astro/store-1.js', '_astro/line-1.js'),
  );
  expect(() => weighed(['nothing'])).toThrow('needs the kind nothing');
});

it('a page that asks for a file which is not there is not weighed', () => {
  writeFileSync(join(home, 'index.html'), '<script type="module" src="/_astro/gone.js"></script>');
  expect(() => weigh(new BuiltSite(home), '/')).toThrow('/_astro/gone.js is asked for by the page');
});
