/**
 * What shows that the machine gives the same runs everywhere (rule R1): the systems whose digests are compared, and the
 * machine as a browser can load it. It knows no browser. Only tests import it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import fc from 'fast-check';
import { simulate, type ScenarioSource } from './index.ts';
import { anySystem } from './random-systems.fixture.ts';

const root = new URL('../', import.meta.url);

/** The scenarios of the course, the examples and 50 random systems. */
export async function comparedSystems(): Promise<ScenarioSource[]> {
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
  return [...ofTheCourse, ...examples, ...fc.sample(anySystem, { numRuns: 50, seed: 20_261_122 })];
}

/** Their digests here, in Node. */
export const digestsOf = (systems: ScenarioSource[]): string[] =>
  systems.map((system) => simulate(system, { record: 'trace' }).digest);

export const door = 'simulations/index.ts';

/**
 * What a server at `home` (ending in a slash) answers to a path without its first slash: an empty page, or the machine as it
 * stands, types taken off, so that no bundler stands between the source and the browser. Null for anything else.
 */
export function served(home: string, path: string): { type: string; body: string } | null {
  if (path === '') {
    const imports = { 'zod/mini': `${home}node_modules/zod/mini/index.js` };
    const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
    return { type: 'text/html', body: `<!doctype html><title>machine</title>${map}` };
  }
  if (!/^(simulations|node_modules\/zod)\/[\w./-]+\.(ts|js)$/.test(path) || path.includes('..')) return null;
  const source = readFileSync(new URL(path, root), 'utf8');
  return { type: 'text/javascript', body: path.endsWith('.ts') ? stripTypeScriptTypes(source) : source };
}
