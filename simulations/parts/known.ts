/**
 * The kinds of parts that the machine knows: all of them where `parts/index.ts` has been loaded, and those that a scenario
 * names where they are fetched one by one. A kind that has been made known stays known. It is no list: it names no kind.
 */
import { field, z } from '../fields.ts';
import type { PartSettings } from './index.ts';
import type { Kind } from './kind.ts';

/** Every known kind by its name. */
export const kinds = new Map<string, Kind>();

/** Makes kinds known, in this order. A kind that is known already changes nothing. */
export function know(news: Iterable<Pick<Kind, 'kind'>>): void {
  for (const kind of news) kinds.set(kind.kind, kind as Kind);
}

/** The settings of a part of any known kind; null where none is. */
export function knownSettings(): PartSettings | null {
  const options = [...kinds.values()].map(({ settings }) => settings);
  if (options.length === 0) return null;
  return field(
    'A part: its `kind` says which settings it has.',
    z.discriminatedUnion('kind', options as never),
  ) as unknown as PartSettings;
}
