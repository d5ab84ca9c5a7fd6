/**
 * Writes the JSON Schemas of quiz.yaml and quiz.<language>.yaml into public/schemas/, where editors find them by the first
 * line of each file: completion and explanations while typing. A law checks that they are fresh.
 *
 *   node scripts/quiz-schemas.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { questionTypes } from '../src/core/quiz/types/index.ts';

const folder = join(import.meta.dirname, '../public/schemas');

/** A schema without the mark that every nested one carries, so that it can stand inside another. */
const inner = (schema: z.ZodType): object => {
  const { $schema: _mark, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
};
const draft = 'https://json-schema.org/draft/2020-12/schema';

/** The schemas by the name of their file. */
export function quizSchemas(): Record<string, object> {
  return {
    'quiz.schema.json': {
      $schema: draft,
      title: 'The facts of a quiz',
      type: 'object',
      required: ['questions'],
      additionalProperties: false,
      properties: {
        questions: {
          type: 'array',
          minItems: 1,
          description: 'The questions in the order in which they are asked.',
          items: { oneOf: questionTypes.map(({ facts }) => inner(facts)) },
        },
      },
    },
    'quiz-words.schema.json': {
      $schema: draft,
      title: 'The words of a quiz in one language',
      type: 'object',
      required: ['questions'],
      additionalProperties: false,
      properties: {
        questions: {
          type: 'object',
          description: 'The words of each question by its id.',
          additionalProperties: { anyOf: questionTypes.map(({ words, type }) => ({ title: type, ...inner(words) })) },
        },
      },
    },
  };
}

/** The text of a schema file. */
export function schemaText(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, schema] of Object.entries(quizSchemas())) {
    writeFileSync(join(folder, name), schemaText(schema));
    console.log(`public/schemas/${name}`);
  }
}
