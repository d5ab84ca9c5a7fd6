/** What the drawing of a part says at a moment, in words and numbers that stand still. */
import type { Frame } from '../../../core/playback/frame.ts';
import { isStopped } from '../../../core/playback/sentences.ts';
import type { Layout, PlacedPart } from '../drawing/layout.ts';
import type { Speech } from '../speech.ts';
import type { PartFacts } from './facts.ts';
import { roomFor } from './shape.ts';

export function describePart(
  part: PlacedPart,
  layout: Layout,
  frame: Frame,
  partIds: readonly string[],
  speech: Speech,
  surges: readonly string[],
): PartFacts {
  const state = frame.parts[part.id];
  const slots = state?.slots ?? [];
  const busy = slots.map((slot) => slot.hop >= 0);
  const working = busy.filter(Boolean).length;
  const queue = state?.queue.length ?? 0;
  const down = state?.instances.filter((works) => !works).length ?? 0;
  const isSurging = frame.faults.some((fault) => fault.part === part.id && surges.includes(fault.fault));
  const index = partIds.indexOf(part.id);
  const rate = frame.flows.filter((flow) => flow.from === index).reduce((sum, flow) => sum + flow.out, 0);

  let mood: PartFacts['mood'] = 'idle';
  if (state !== undefined && slots.length > 0 && isStopped(state)) mood = 'stopped';
  else if (isSurging) mood = 'surge';
  else if (queue > 0) mood = 'waiting';
  else if (working > 0) mood = 'busy';

  const isSource = slots.length === 0;
  let status = '';
  if (mood === 'surge') status = speech.say('part.surge');
  else if (!isSource)
    status = down > 0 && mood !== 'stopped' ? speech.say('part.someStopped', { down }) : speech.say(`part.${mood}`);
  return {
    id: part.id,
    shape: part.shape,
    orientation: layout.orientation,
    name: speech.words.parts[part.id] ?? part.id,
    status,
    mood,
    waiting: isSource
      ? speech.quantity(Math.round(rate * 10) / 10, 'rate')
      : speech.say('part.inLine', { count: queue }),
    slotsBusy: speech.say(mood === 'stopped' ? 'part.held' : 'part.slots', { busy: working, slots: slots.length }),
    busy: busy.slice(0, part.shape.slots.length),
    stopped: slots.slice(0, part.shape.slots.length).map((slot) => state?.instances[slot.instance] === false),
    slots: slots.length,
    queue,
    hidden: Math.max(0, queue - roomFor(part.shape)),
  };
}

/** How thick a lane is drawn for so many requests per unit of time: twice as thick for four times as many. */
export const thickness = (perUnit: number): number => Math.round((1.5 + 1.1 * Math.sqrt(Math.max(0, perUnit))) * 2) / 2;
