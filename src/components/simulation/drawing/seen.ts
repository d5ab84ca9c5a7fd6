/** Whether a part has to be drawn anew: everything that its drawing depends on at a moment, as a short text that is cheap to make. */
import type { Frame } from '../../../core/playback/frame.ts';
import type { Surroundings } from '../parts/describe.ts';
import type { PlacedPart } from './layout.ts';

/** Two moments with the same text are drawn the same. */
export function seenOf(part: PlacedPart, frame: Frame, partIds: readonly string[], around: Surroundings): string {
  const state = frame.parts[part.id];
  if (state === undefined) return '';
  const shown = part.shape.slots.length;
  let text = '';
  let busy = 0;
  for (const slot of state.slots) {
    if (slot.hop >= 0) busy += 1;
    if (state.slots.length <= shown) text += slot.hop >= 0 ? '1' : '0';
  }
  text += ` ${busy} ${state.queue.length} ${state.inside} ${frame.standing[part.id]?.instances.join() ?? ''}`;
  if (part.kind === 'traffic') {
    const index = partIds.indexOf(part.id);
    let rate = 0;
    for (const flow of frame.flows) if (flow.from === index) rate += flow.out;
    text += ` ${Math.round(rate * 10)}`;
  }
  for (const { part: its, fault } of frame.faults) text += ` ${its}!${fault}`;
  if (part.shape.signs === undefined && part.shape.isCompact !== true) return text;
  for (const value of Object.values(frame.standing[part.id]!.levels)) text += ` ${value}`;
  for (const [, value] of frame.standing[part.id]!.list) text += ` ${value}`;
  // What it chooses from or looks after is seen in it as well.
  for (const [from, to] of around.connections.calls)
    if (from === part.id && part.shape.strip !== undefined) text += ` ${frame.standing[to]?.instances.join() ?? ''}`;
  for (const [from, to] of around.connections.steers) {
    const steered = frame.standing[to];
    if (from !== part.id || steered === undefined) continue;
    const { wanted, release, restarts } = steered.steering;
    text += ` ${steered.instances.join()} ${wanted ?? ''} ${restarts} ${release?.what ?? ''}${release?.step ?? ''}`;
  }
  return text;
}
