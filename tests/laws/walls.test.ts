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
    ['simulations/engine/calendar.ts', 'zod', "import { z } from 'zod';"],
    ['simulations/engine/calendar.ts', 'simulations/run.ts', "import type { Run } from '../run.ts';"],
    ['simulations/parts/cache/index.ts', 'simulations/index.ts', "import { simulate } from '../../index.ts';"],
    [
      'simulations/parts/cache/index.ts',
      'scenarios/one-server',
      "export * from '../../scenarios/one-server/scenario.ts';",
    ],
    ['simulations/scenarios/a/scenario.ts', 'scenarios/b', "import b from '../b/scenario.ts';"],
    [
      'simulations/scenarios/a/scenario.ts',
      'engine/calendar.ts',
      "import { Calendar } from '../../engine/calendar.ts';",
    ],
    ['simulations/simulate.ts', 'node:fs', "import { readFileSync } from 'node:fs';"],
    ['simulations/simulate.ts', 'src/core/playback', "import { frame } from '../src/core/playback/frame.ts';"],
    ['src/core/quiz/grade.ts', 'react', "import { useState } from 'react';"],
    ['src/core/quiz/grade.ts', 'astro:content', "import { getCollection } from 'astro:content';"],
    ['src/core/quiz/grade.ts', 'src/components/quiz', "import { Quiz } from '../../components/quiz/Quiz.tsx';"],
    [
      'src/core/playback/frame.ts',
      'simulations/engine',
      "import { Calendar } from '../../../simulations/engine/calendar.ts';",
    ],
    ['src/core/playback/frame.ts', 'simulations/run.ts', "const run = await import('../../../simulations/run.ts');"],
    ['src/storage/attempts.ts', 'src/components', "import { Quiz } from '../components/quiz/Quiz.tsx';"],
    ['src/worker/client.ts', 'react', "import React from 'react';"],
    ['src/components/quiz/Quiz.tsx', 'node:fs', "import { readFileSync } from 'node:fs';"],
    [
      'src/components/simulation/Stage.tsx',
      'scripts/verify.ts',
      "import { verify } from '../../../scripts/verify.ts';",
    ],
    [
      'src/components/simulation/Stage.tsx',
      'simulations/simulate.ts',
      "new Worker(new URL('../../../simulations/simulate.ts', import.meta.url))",
    ],
    [
      'src/components/simulation/Stage.tsx',
      'simulations/parts',
      "import.meta.glob('../../../simulations/parts/*/index.ts')",
    ],
    ['src/components/course/Nav.astro', 'src/pages', "---\nimport { pages } from '../../pages/index.ts';\n---\n<p />"],
    ['src/components/course/Nav.astro', 'scripts/a.ts', "<p />\n<script>\nimport '../../../scripts/a.ts';\n</script>"],
    ['src/pages/index.astro', 'tests/course', "---\nimport { x } from '../../tests/course/x.ts';\n---"],
    ['classroom/server.ts', 'src/core/quiz', "import { grade } from '../src/core/quiz/grade.ts';"],
    ['content/lessons/a/en.mdx', 'content/lessons/chart.tsx', "import Chart from '../chart.tsx';"],
    ['languages.ts', 'zod', "import { z } from 'zod';"],
    ['src/core/quiz/utils.ts', '"utils.ts" is no name', ''],
    ['src/elsewhere/thing.ts', 'no room', ''],
  ])('stop %s from importing %s', (file, culprit, text) => {
    expect(problems(file, text).join('\n')).toContain(culprit);
  });

  it.each([
    [
      'simulations/parts/service/index.ts',
      "import { Calendar } from '../../engine/calendar.ts';\nimport { field } from '../../fields.ts';",
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
  const machine = sources().filter(([file]) => /^simulations\/(?!golden\/).*(?<!\.test|\.fixture)\.ts$/.test(file));

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
