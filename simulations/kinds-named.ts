/** Which kinds of parts a scenario names, before anything about it has been checked. It knows no kind. */

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** The kinds of a scenario's parts, and of those that its designs bring; words that are no kind are among them if it names any. */
export function kindsNamedIn(scenario: unknown): Set<string> {
  const named = new Set<string>();
  const add = (kind: unknown): void => {
    if (typeof kind === 'string') named.add(kind);
  };
  if (!isFields(scenario)) return named;
  const { parts, designs } = scenario;
  for (const part of isFields(parts) ? Object.values(parts) : []) if (isFields(part)) add(part['kind']);
  for (const design of Array.isArray(designs) ? designs : []) {
    if (!isFields(design) || !isFields(design['set'])) continue;
    for (const [place, value] of Object.entries(design['set'])) {
      if (/^parts\.[^.]+$/.test(place) && isFields(value)) add(value['kind']);
      if (/^parts\.[^.]+\.kind$/.test(place)) add(value);
    }
  }
  return named;
}
