// The topics of the course have a name in every language, and whatever a lesson teaches or a question asks about has one.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { firstLanguage, languages } from '../../languages.ts';
import { readTopics } from '../../src/markdown/library.ts';

const names = Object.fromEntries(languages.map(({ id }) => [id, readTopics(id)]));

it('every topic has a name in every language', () => {
  for (const { id } of languages) expect(Object.keys(names[id]!)).toEqual(Object.keys(names[firstLanguage]!));
});

it('no two topics have the same name', () => {
  for (const { id } of languages) expect(new Set(Object.values(names[id]!)).size).toBe(Object.keys(names[id]!).length);
});

it('every topic that a lesson teaches or a question asks about has a name', () => {
  const lists = ['content/lessons', 'content/pool', 'tests/course/lessons'].flatMap((root) =>
    existsSync(root) ? readdirSync(root).map((folder) => join(root, folder)) : [],
  );
  const read = (path: string): unknown => (existsSync(path) ? parse(readFileSync(path, 'utf8')) : {});
  const used = lists.flatMap((folder) => {
    const { topics = [] } = read(join(folder, 'lesson.yaml')) as { topics?: string[] };
    const { questions = [] } = read(join(folder, 'quiz.yaml')) as { questions?: { topic: string }[] };
    return [...topics, ...questions.map(({ topic }) => topic)];
  });
  expect(used.length).toBeGreaterThan(0);
  expect([...new Set(used)].filter((topic) => !Object.hasOwn(names[firstLanguage]!, topic))).toEqual([]);
});
