/**
 * The published JSON Schema of scenarios says what the machine says: it is fresh, takes every scenario of the course and
 * every example of the documents, and refuses what the machine refuses by form. The examples of the documents run.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseScenario, ScenarioError, simulate, type ScenarioSource } from '../../simulations/index.ts';
import { scenarioJsonSchema } from '../../scripts/simulate.ts';
import { readScenario } from '../../src/markdown/library.ts';

const path = 'public/schemas/scenario.schema.json';
const published = JSON.parse(readFileSync(path, 'utf8')) as Parameters<typeof z.fromJSONSchema>[0];
/** The published schema read back by itself, without the machine's own. */
const bySchema = z.fromJSONSchema(published);

const ids = globSync('simulations/scenarios/*/scenario.ts').map((file) => file.replaceAll('\\', '/').split('/')[2]!);
const course = await Promise.all(
  ids.map(
    async (id) =>
      [
        id,
        (await readScenario(id)) ?? (await import(`../../simulations/scenarios/${id}/scenario.ts`)).default,
      ] as const,
  ),
);

interface Example {
  where: string;
  text: string;
}

/** Whole scenarios in the documents: JSON blocks that begin with the schema or the id. */
const documents = ['docs/scenario-format.md', 'simulations/README.md'].filter((file) => existsSync(file));
const examples: Example[] = documents.flatMap((file) => {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^```json\n([\s\S]*?)^```/gm)].map((found) => ({
    where: `${file}:${text.slice(0, found.index).split('\n').length + 1}`,
    text: found[1]!,
  }));
});

describe('the published schema', () => {
  it('is fresh (npm run -s simulate -- --schema writes it)', () => {
    expect(published).toEqual(scenarioJsonSchema());
  });

  it('describes every setting', () => {
    const silent: string[] = [];
    const walk = (node: unknown, at: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties } = node as { properties?: Record<string, Record<string, unknown>> };
      for (const [name, setting] of Object.entries(properties ?? {}))
        if (setting['description'] === undefined && setting['const'] === undefined && name !== 'id')
          silent.push(`${at}.${name}`);
      for (const [key, inner] of Object.entries(node)) walk(inner, `${at}.${key}`);
    };
    walk((published as { properties: unknown }).properties, '');
    expect(silent).toEqual([]);
  });

  it.each(course)('takes the scenario %s, as written and with its defaults', (_id, source) => {
    expect(bySchema.safeParse(source).error).toBeUndefined();
    expect(bySchema.safeParse(JSON.parse(JSON.stringify(parseScenario(source)))).error).toBeUndefined();
  });

  it.each<[string, (scenario: any) => void]>([
    ['an unknown setting', (scenario) => (scenario.color = 'red')],
    ['an unknown setting of a part', (scenario) => (scenario.parts.server.thread = 4)],
    ['an unknown kind of part', (scenario) => (scenario.parts.server.kind = 'servant')],
    ['a text for a number', (scenario) => (scenario.horizon = '600')],
    ['a rate below 0', (scenario) => (scenario.parts.clients.arrivals.rate = -1)],
    ['half a thread', (scenario) => (scenario.parts.server.threads = 1.5)],
    ['a part without its settings', (scenario) => delete scenario.parts.server.service],
    ['no horizon', (scenario) => delete scenario.horizon],
    ['an id with a space', (scenario) => (scenario.id = 'one server')],
    ['a place outside the scenario', (scenario) => (scenario.dials[0].sets = ['constructor.prototype'])],
  ])('refuses %s, as the machine does', (_what, spoil) => {
    const scenario = structuredClone(course.find(([id]) => id === 'one-server')![1]);
    spoil(scenario);
    expect(bySchema.safeParse(scenario).success).toBe(false);
    expect(() => parseScenario(scenario)).toThrow(ScenarioError);
  });
});

describe('the documents', () => {
  it('have examples', () => {
    expect(examples.length).toBeGreaterThanOrEqual(documents.length);
  });

  it.each(examples)('$where is a scenario that runs, keeps its books and fits the schema', ({ text }) => {
    const scenario = JSON.parse(text) as ScenarioSource;
    expect(bySchema.safeParse(scenario).error).toBeUndefined();
    for (const { id } of parseScenario(scenario).designs) {
      const { ended, ledger } = simulate(scenario, { design: id });
      expect(ended).toBe('horizon');
      expect(ledger.conserves).toBe(true);
      expect(ledger.made).toBeGreaterThan(100);
    }
  });
});
