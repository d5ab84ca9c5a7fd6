/** The walls of design and code: who may import whom, and what the machine may not say. */
import { describe, expect, it } from 'vitest';
import { breaches, sources } from '../../scripts/walls.ts';
import { untrustworthy } from '../../scripts/determinism.ts';

const problems = (file: string, text: string) =>
  breaches([[file, text]]).map(({ line, problem }) => `${line}: ${problem}`);

describe('the walls', () => {
  const files = sources();

  it('hold in every file of the project', () => {
    expect(files.length).toBeGreaterThan(10);
    expect(breaches(files)).toEqual([]);
  });

  it.each([
    ['simulations/engine/calendar.ts', "import { z } from 'zod';", 'zod'],
    ['simulations/engine/calendar.ts', "import type { Run } from '../run.ts';", 'simulations/run.ts'],
    ['simulations/parts/cache/index.ts', "import { simulate } from '../../index.ts';", 'simulations/index.ts'],
    [
      'simulations/parts/cache/index.ts',
      "export * from '../../scenarios/one-server/scenario.ts';",
      'scenarios/one-server',
    ],
    ['simulations/scenarios/a/scenario.ts', "import b from '../b/scenario.ts';", 'scenarios/b'],
    [
      'simulations/scenarios/a/scenario.ts',
      "import { Calendar } from '../../engine/calendar.ts';",
      'engine/calendar.ts',
    ],
    ['simulations/simulate.ts', "import { readFileSync } from 'node:fs';", 'node:fs'],
    ['simulations/simulate.ts', "import { frame } from '../src/core/playback/frame.ts';", 'src/core/playback'],
    ['src/core/quiz/grade.ts', "import { useState } from 'react';", 'react'],
    ['src/core/quiz/grade.ts', "import { getCollection } from 'astro:content';", 'astro:content'],
    ['src/core/quiz/grade.ts', "import { Quiz } from '../../components/quiz/Quiz.tsx';", 'src/components/quiz'],
    [
      'src/core/playback/frame.ts',
      "import { Calendar } from '../../../simulations/engine/calendar.ts';",
      'simulations/engine',
    ],
    ['src/core/playback/frame.ts', "const run = await import('../../../simulations/run.ts');", 'simulations/run.ts'],
    ['src/storage/attempts.ts', "import { Quiz } from '../components/quiz/Quiz.tsx';", 'src/components'],
    ['src/worker/client.ts', "import React from 'react';", 'react'],
    ['src/components/quiz/Quiz.tsx', "import { readFileSync } from 'node:fs';", 'node:fs'],
    [
      'src/components/simulation/Stage.tsx',
      "import { verify } from '../../../scripts/verify.ts';",
      'scripts/verify.ts',
    ],
    [
      'src/components/simulation/Stage.tsx',
      "new Worker(new URL('../../../simulations/simulate.ts', import.meta.url))",
      'simulations/simulate.ts',
    ],
    [
      'src/components/simulation/Stage.tsx',
      "import.meta.glob('../../../simulations/parts/*/index.ts')",
      'simulations/parts',
    ],
    ['src/components/course/Nav.astro', "---\nimport { pages } from '../../pages/index.ts';\n---\n<p />", 'src/pages'],
    ['src/components/course/Nav.astro', "<p />\n<script>\nimport '../../../scripts/a.ts';\n</script>", 'scripts/a.ts'],
    ['src/pages/index.astro', "---\nimport { x } from '../../tests/course/x.ts';\n---", 'tests/course'],
    ['classroom/server.ts', "import { grade } from '../src/core/quiz/grade.ts';", 'src/core/quiz'],
    ['content/lessons/a/en.mdx', "import Chart from '../chart.tsx';", 'content/lessons/chart.tsx'],
    ['languages.ts', "import { z } from 'zod';", 'zod'],
    ['src/core/quiz/utils.ts', '', '"utils.ts" is no name'],
    ['src/elsewhere/thing.ts', '', 'no room'],
  ])('stop %s from saying %s', (file, text, culprit) => {
    expect(problems(file, text).join('\n')).toContain(culprit);
  });

  it.each([
    [
      'simulations/parts/service/index.ts',
      "import { Calendar } from '../../engine/calendar.ts';\nimport { z } from 'zod';",
    ],
    ['simulations/scenarios/a/scenario.ts', "import type { ScenarioSource } from '../../index.ts';"],
    ['src/core/playback/frame.ts', "import type { Run } from '../../../simulations/index.ts';"],
    [
      'src/components/quiz/Quiz.tsx',
      "import { useState } from 'react';\nimport { grade } from '../../core/quiz/grade.ts';",
    ],
    ['src/pages/index.astro', "---\nimport Nav from '../components/course/Nav.astro';\n---\n<Nav />"],
    ['content/lessons/a/en.mdx', "```ts\nimport x from 'y';\n```\n\nimport is a word that may open a line."],
  ])('let %s through', (file, text) => {
    expect(problems(file, text)).toEqual([]);
  });

  it('name the line', () => {
    expect(problems('src/pages/index.astro', "---\n\nimport { x } from '../../tests/x.ts';\n---")[0]).toMatch(/^3: /);
  });
});

describe('the machine', () => {
  const machine = sources().filter(([file]) => /^simulations\/.*(?<!\.test)\.ts$/.test(file));

  it('says nothing whose answer may differ from one engine to the next', () => {
    expect(machine.length).toBeGreaterThan(3);
    expect(machine.flatMap(([file, text]) => untrustworthy(file, text))).toEqual([]);
  });

  it.each([
    'const x = 1.5 ** 3;',
    'const x = 2 ** y;',
    'let x = 2; x **= 3;',
    'const x = Math.random();',
    "const x = Math['log'](2);",
    'const { exp } = Math;',
    'const m = Math;',
    'const f = [1, 2].map(Math.sin);',
    'const x = Math.log1p(1);',
    'const x = new Date();',
    'const x = performance.now();',
    "const x = new Intl.NumberFormat('en');",
    "const x = 'a'.localeCompare('b');",
    'const x = (5).toLocaleString();',
    'setTimeout(() => {}, 5);',
    'globalThis.setInterval(() => {}, 5);',
    'queueMicrotask(() => {});',
    'const x = crypto.getRandomValues(new Uint8Array(2));',
    'const x: WeakRef<object> = new WeakRef({});',
  ])('may not say: %s', (text) => {
    expect(untrustworthy('simulations/x.ts', text)).toHaveLength(1);
  });

  it.each([
    'const x = Math.floor(2.5) + Math.sqrt(2) + Math.imul(3, 4) + Math.PI;',
    'const most = 2 ** 50;',
    'const date = { Date: 1 }.Date;',
    '// Math.random would differ\nconst text = "Math.random";',
    'interface Clock { performance: number }',
  ])('may say: %s', (text) => {
    expect(untrustworthy('simulations/x.ts', text)).toEqual([]);
  });
});
