/** Every kind of part that the machine knows is drawn, in both directions: none is forgotten and none is drawn that does not exist. */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../simulations/parts/index.ts';
import { languages } from '../../languages.ts';
import { drawnKinds } from '../../src/components/simulation/parts/index.ts';
import { messagesOf } from '../../src/interface.ts';

const folder = new URL('../../src/components/simulation/parts/', import.meta.url);
/** Kinds that have no drawing of their own yet and get the plain default, by name. */
const onTheDefault: string[] = [];
/** Folders that belong to no kind: what all drawings share, and the default itself. */
const shared = ['basis', 'unknown'];

describe('the kinds of parts', () => {
  it('are given by the index.ts of their folders, where a worker fetches them one by one', async () => {
    const root = new URL('../../simulations/parts/', import.meta.url);
    const folders = readdirSync(root).filter((name) => existsSync(new URL(`${name}/index.ts`, root)));
    expect(folders.sort()).toEqual([...kinds.keys()].sort());
    for (const kind of folders) {
      const module = (await import(`../../simulations/parts/${kind}/index.ts`)) as { default: unknown };
      expect(module.default, kind).toBe(kinds.get(kind));
    }
  });
});

describe('the drawings of parts', () => {
  it('are one for each kind of the machine, in a folder of its name', () => {
    const known = [...kinds.keys()].filter((kind) => !onTheDefault.includes(kind)).sort();
    expect([...drawnKinds].sort()).toEqual(known);
    const folders = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !shared.includes(entry.name))
      .map(({ name }) => name)
      .sort();
    expect(folders).toEqual(known);
  });

  it.each([...kinds.keys()])('have a shape for %s that knows neither words nor colours', (kind) => {
    expect(existsSync(new URL(`${kind}/shape.ts`, folder))).toBe(true);
  });

  it.each(languages.map(({ id }) => id))('are named by kind in %s', (language) => {
    const stage = messagesOf(language, 'stage') as { drawing: { kind: Record<string, string> } };
    for (const kind of [...drawnKinds, 'unknown']) expect(stage.drawing.kind[kind]).toContain('{part}');
  });
});
