/** Every rule that the machine promises is shown by a test that quotes its number, and no test quotes a rule that is not there. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const spec = readFileSync('simulations/engine/SPEC.md', 'utf8');
const rules = [...spec.matchAll(/^- \*\*([A-Z]\d+)\b/gm)].map(([, id]) => id!);
const files = globSync([
  'simulations/**/*.test.ts',
  'tests/journeys/*.spec.ts',
  'scripts/*.test.ts',
  'benches/*.test.ts',
]);
const quoted = new Map<string, string>();
for (const file of files)
  for (const [title] of readFileSync(file, 'utf8').matchAll(/\b(?:it|test|describe)(?:\.\w+)?\(\s*(['"`]).*?\1/gs))
    for (const [, ids] of title.matchAll(/\(((?:[A-Z]\d+(?:, )?)+)\)/g))
      for (const id of ids!.split(', ')) quoted.set(id, file);

describe('SPEC.md', () => {
  it('gives every rule a number of its own', () => {
    expect(rules.toSorted()).toEqual([...new Set(rules)].toSorted());
    expect(rules.length).toBeGreaterThan(40);
  });

  it('promises nothing that no test shows', () => {
    expect(rules.filter((id) => !quoted.has(id))).toEqual([]);
  });

  it('has every rule that a test quotes', () => {
    expect([...quoted].filter(([id]) => !rules.includes(id))).toEqual([]);
  });
});
