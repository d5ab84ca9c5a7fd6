/** What the drawing of every part has to know of the scenario around it, gathered once for each run. */
import { isLeftOut } from '../../../core/playback/parts/signs.ts';
import type { StageShared } from '../context.ts';
import type { Surroundings } from '../parts/describe.ts';

const unconnected = { calls: [], steers: [] };

/** @param design the one that the run was made with: designs may call each other's parts differently. */
export function aroundOf(
  { scenario, connections, player }: Pick<StageShared, 'scenario' | 'connections' | 'player'>,
  design: string,
  surges: readonly string[],
): Surroundings {
  const { parts } = scenario;
  const all = connections[design] ?? unconnected;
  // what a design leaves out calls nobody there
  const calls = all.calls.filter(([from]) => !isLeftOut(from, { parts, connections: all }));
  return {
    parts,
    connections: { calls, steers: all.steers },
    ticks: scenario.time.ticks,
    window: player.clock().window,
    surges,
  };
}
