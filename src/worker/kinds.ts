/** Fetches the kinds of parts that a scenario names, each once. It knows where they lie and nothing of what they do. */
import { kindsNamedIn, know, type Kind } from '../../simulations/bare.ts';

const folders = import.meta.glob<Kind>('../../simulations/parts/*/index.ts', { import: 'default' });
const loaders = new Map(Object.entries(folders).map(([path, load]) => [path.split('/').at(-2)!, load]));

/** A piece of the machine did not come: the reader is offline, or a newer version has taken its place. */
export class NotFetched extends Error {
  override name = 'NotFetched';
}

/**
 * Makes known what a scenario needs. Words that are no kind are left to the check of the scenario, which says what is wrong.
 * @throws NotFetched when a kind that there is did not come.
 */
export async function fetchKinds(
  scenario: unknown,
  from: ReadonlyMap<string, () => Promise<Kind>> = loaders,
): Promise<void> {
  const wanted = [...kindsNamedIn(scenario)].flatMap((kind) => from.get(kind) ?? []);
  try {
    know(await Promise.all(wanted.map((load) => load())));
  } catch (error) {
    throw new NotFetched(error instanceof Error ? error.message : String(error));
  }
}
