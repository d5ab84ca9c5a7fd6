/** A law over all questions of the course: each can be taken along, in every language, as XML that a parser reads and as whole lines. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { languages } from '../../languages.ts';
import type { ScenarioSource } from '../../simulations/index.ts';
import { ankiText } from '../../src/core/quiz/export/anki.ts';
import type { Leaving } from '../../src/core/quiz/export/leaving.ts';
import { moodleXml } from '../../src/core/quiz/export/moodle.ts';
import { readQuiz } from '../../src/core/quiz/read.ts';
import { makeTracing, withTracedKey } from '../../src/core/quiz/trace.ts';
import { readScenario, scenarioIds } from '../../src/markdown/library.ts';

const scenarios: Record<string, ScenarioSource> = {};
for (const id of scenarioIds()) scenarios[id] = (await readScenario(id))!;
const tracing = makeTracing((id) => scenarios[id]!);

const folders = ['content/lessons', 'content/pool'].flatMap((root) =>
  readdirSync(root)
    .map((id) => join(root, id))
    .filter((folder) => existsSync(join(folder, 'quiz.yaml'))),
);
const file = (path: string): { file: string; text: string } => ({ file: path, text: readFileSync(path, 'utf8') });
const say = (key: string): string => key;

describe.each(folders)('the questions of %s', (folder) => {
  const quiz = readQuiz({
    facts: file(join(folder, 'quiz.yaml')),
    words: Object.fromEntries(languages.map(({ id }) => [id, file(join(folder, `quiz.${id}.yaml`))])),
  });

  it.each(languages.map(({ id }) => id))('leave the site whole, in %s', (language) => {
    // Curves need runs of many seconds: here each point is as good as the axis allows.
    const leaving = quiz.in[language]!.map((question): Leaving => {
      const { at } = question.facts as unknown as { at?: number[] };
      const measured = (at ?? []).map((_, index) => ({ value: 1 + index, halfWidth: 0, enough: true }));
      return { question: withTracedKey({ ...question, measured }, tracing), path: ['Seams', folder], links: {} };
    });
    const document = XmlDocument.fromString(moodleXml(leaving, say));
    try {
      const { root } = document;
      expect(root.find('question/idnumber').map((node) => node.content)).toEqual(quiz.questions.map(({ id }) => id));
      for (const one of root.find('question[single="false"]')) {
        const shares = one.find('answer/@fraction').map((node) => Number(node.content));
        expect(shares.filter((share) => share > 0).reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 3);
      }
      for (const one of root.find('question[single="true"]'))
        expect(one.find('answer[@fraction="100"]')).toHaveLength(1);
      // As many embedded answers as there are to give.
      for (const one of root.find('question[@type="cloze"]')) {
        const asked = one.get('questiontext/text')!.content;
        expect(asked.match(/\{1:(MULTICHOICE_V|NUMERICAL):[^{}]*=[^{}]*\}/g)?.length).toBeGreaterThan(1);
        expect(asked.match(/[{}]/g)!.length).toBe(2 * asked.match(/\{1:/g)!.length);
      }
    } finally {
      document.dispose();
    }
    const lines = ankiText(leaving, say, language).trimEnd().split('\n');
    expect(lines.filter((line) => !line.startsWith('#')).every((line) => line.split('\t').length === 5)).toBe(true);
    expect(lines).toHaveLength(5 + leaving.length);
  });
});
