/**
 * In which column and row each part stands: where the scenario says so, and otherwise as far from the source as the longest
 * way to it, with what looks after a part below it. No two parts stand in one place, and the same scenario always gives the same.
 */
import type { Connections, Scenario } from '../../../../simulations/index.ts';

/** How many calls each part is away from a source at most; a part that is only reached in a circle stands where it was first met. */
function layers(ids: readonly string[], calls: Connections['calls']): Map<string, number> {
  const callees = new Map(ids.map((id) => [id, calls.filter(([from]) => from === id).map(([, to]) => to)]));
  const found = new Map<string, number>();
  const walk = (id: string, layer: number, path: ReadonlySet<string>): void => {
    if ((found.get(id) ?? -1) >= layer) return;
    found.set(id, layer);
    const further = new Set(path).add(id);
    for (const callee of callees.get(id) ?? []) if (!further.has(callee)) walk(callee, layer + 1, further);
  };
  const called = new Set(calls.map(([, to]) => to));
  for (const id of ids) if (!called.has(id)) walk(id, 0, new Set());
  // What is left is called in a circle that no source leads into.
  for (const id of ids) if (!found.has(id)) walk(id, 0, new Set());
  return found;
}

/** Column and row of every part. */
export function placesOf(
  ids: readonly string[],
  { positions }: Pick<Scenario, 'positions'>,
  { calls, steers }: Connections,
): Record<string, [number, number]> {
  const places: Record<string, [number, number]> = {};
  const taken = new Set<string>();
  const put = (id: string, column: number, from: number): void => {
    let row = from;
    while (taken.has(`${column} ${row}`)) row += 1;
    taken.add(`${column} ${row}`);
    places[id] = [column, row];
  };
  for (const id of ids) if (positions[id] !== undefined) put(id, ...positions[id]);

  const steered = new Map(steers);
  const layer = layers(
    ids.filter((id) => !steered.has(id)),
    calls,
  );
  const left = ids.filter((id) => places[id] === undefined && !steered.has(id));
  left.sort((a, b) => layer.get(a)! - layer.get(b)!);
  for (const id of left) {
    // Beside whoever calls it, so that lines cross as little as they can.
    const callers = calls.filter(([from, to]) => to === id && places[from] !== undefined);
    const row = callers.reduce((sum, [from]) => sum + places[from]![1], 0) / Math.max(1, callers.length);
    put(id, layer.get(id)!, Math.floor(row));
  }
  for (const id of ids) {
    if (places[id] !== undefined) continue;
    const [column, row] = places[steered.get(id)!] ?? [0, 0];
    put(id, column, row + 1);
  }
  return places;
}
