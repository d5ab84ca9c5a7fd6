/** What the components of a stream of changes are called, where the reader can give them to owners by dials of that name. */
import type { Scenario } from '../../../../../simulations/index.ts';

/** By component: the name of the dial that says whose it is; null where none does. */
export function componentNames(
  { dials }: Pick<Scenario, 'dials'>,
  part: string,
  components: number,
  nameOf: (dial: string) => string | undefined,
): (string | null)[] {
  const names = Array.from({ length: components }, (): string | null => null);
  const ends = new RegExp(`^parts\\.${part}\\.drawings\\.[^.]+\\.(\\d+)$`);
  for (const { id, sets } of dials)
    for (const each of sets) {
      const found = ends.exec(typeof each === 'string' ? each : each.place);
      if (found !== null) names[Number(found[1])] = nameOf(id) ?? null;
    }
  return names;
}
