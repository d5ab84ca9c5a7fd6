/** The manual of quizzes is kept true: it has every type with each of its fields, and its examples are read, and run, as they stand. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commonFacts, commonWords } from '../../src/core/quiz/facts.ts';
import { readQuiz, type Quiz } from '../../src/core/quiz/read.ts';
import { makeTracing, tracedMisfits, withTracedKey } from '../../src/core/quiz/trace.ts';
import { questionTypes } from '../../src/core/quiz/types/index.ts';
import type { Tracing } from '../../src/core/quiz/types/tracing/grading.ts';
import { readScenario } from '../../src/markdown/library.ts';
import { quizSchemas } from '../../scripts/quiz-schemas.ts';

const manual = readFileSync('docs/writing-a-quiz.md', 'utf8');
const sections = new Map(
  manual
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')).replaceAll('`', ''), section] as const),
);

/** The blocks of a section that are marked so, one below the other. */
function blocks(section: string, mark: 'facts' | 'words'): string {
  return [...section.matchAll(new RegExp(`^\`\`\`yaml ${mark}\n([^]*?)^\`\`\``, 'gm'))]
    .map(([, text]) => text)
    .join('');
}

function quizOf(section: string): Quiz {
  const indented = (text: string): string => `questions:\n${text.replaceAll(/^(?=.)/gm, '  ')}`;
  const words = { file: 'words', text: indented(blocks(section, 'words')) };
  return readQuiz({
    facts: { file: 'facts', text: indented(blocks(section, 'facts')) },
    words: { en: words, ko: words },
  });
}

type JsonSchema = { properties?: Record<string, unknown>; title?: string };
const schemas = quizSchemas() as {
  'quiz.schema.json': { properties: { questions: { items: { oneOf: JsonSchema[] } } } };
  'quiz-words.schema.json': { properties: { questions: { additionalProperties: { anyOf: JsonSchema[] } } } };
};

describe.each(questionTypes.map(({ type }, at) => ({ type, at })))('the manual of $type', ({ type, at }) => {
  const section = sections.get(type) ?? '';

  it('is there, and names each of its fields', () => {
    const facts = schemas['quiz.schema.json'].properties.questions.items.oneOf[at]!;
    const words = schemas['quiz-words.schema.json'].properties.questions.additionalProperties.anyOf[at]!;
    const common = [...Object.keys(commonFacts), ...Object.keys(commonWords), 'type'];
    for (const field of [...Object.keys(facts.properties ?? {}), ...Object.keys(words.properties ?? {})])
      if (!common.includes(field)) expect(section, field).toMatch(new RegExp(`\`${field}\`|\\b${field}:`));
  });

  it('has an example that can be read', () => {
    const quiz = quizOf(section);
    expect(quiz.questions.map((question) => question.type)).toContain(type);
  });
});

it('the manual names the fields that every question has', () => {
  const section = sections.get('What every question has');
  for (const field of [...Object.keys(commonFacts), ...Object.keys(commonWords)])
    expect(section).toContain(`\`${field}\``);
});

it('the examples of a followed request and of a program are what they show', async () => {
  const scenario = (await readScenario('one-server'))!;
  const tracing = makeTracing(() => scenario);
  const questions = quizOf(sections.get('tracing')!).in['en']!;
  expect(questions).toHaveLength(2);
  for (const question of questions) expect(tracedMisfits(withTracedKey(question, tracing) as Tracing)).toEqual([]);
});

it('the mistake that the manual shows is told as it says', () => {
  const words =
    'questions:\n  why:\n    prompt: Why?\n    because: So.\n    options:\n      good: { text: G, because: It is. }\n      bad: { text: B, because: It is not. }\n';
  const facts =
    'questions:\n  - { id: why, rev: 1, type: one-choice, topic: t.t, reread: here, answer: good, distractors: [bad, worse] }\n';
  const whole = `${words}      worse: { text: W, because: It is not either. }\n`;
  expect(() =>
    readQuiz({
      facts: { file: 'quiz.yaml', text: facts },
      words: { en: { file: 'quiz.en.yaml', text: whole }, ko: { file: 'quiz.ko.yaml', text: words } },
    }),
  ).toThrow(/\n?```text\n([^]*?)\n```/.exec(manual)![1]);
});
