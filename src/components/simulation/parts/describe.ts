/** What the drawing of a part says at a moment, in words and numbers that stand still. */
import type { Frame } from '../../../core/playback/frame.ts';
import type { InstanceState } from '../../../core/playback/parts/instances.ts';
import {
  ailing,
  choices,
  isLeftOut,
  releaseOf,
  signsOf,
  steeredBy,
  type Around,
  type Sign,
} from '../../../core/playback/parts/signs.ts';
import type { Layout, PlacedPart } from '../drawing/layout.ts';
import type { Speech } from '../speech.ts';
import type { PartFacts, SaidSign } from './facts.ts';
import { roomFor, shownSlots } from './shape.ts';

/** What is bad news as soon as there is any of it. */
const tones: Record<string, SaidSign['tone']> = {
  poolQueue: 'waiting',
  lockQueue: 'waiting',
  lag: 'waiting',
  lagOf: 'waiting',
  partitionLag: 'waiting',
  behind: 'waiting',
  halfDone: 'waiting',
  outbox: 'waiting',
  undecided: 'waiting',
  prepared: 'waiting',
  cold: 'waiting',
  faultsOn: 'failing',
};
const always: Record<string, SaidSign['tone']> = { hitShare: 'healthy', ready: 'healthy' };

/** A number of a sign as it is read: whole, or with one decimal where it is a mean over a window. */
function valueInWords(sign: Sign, speech: Speech): string {
  const steps = sign.isFine === true ? 1000 : 10;
  const rounded = sign.value >= 100 || sign.unit === 'share' ? sign.value : Math.round(sign.value * steps) / steps;
  const value = speech.quantity(rounded, sign.unit);
  return sign.of === undefined ? value : speech.say('sign.outOf', { value, most: speech.number(sign.of) });
}

/** A sign in words, as the drawing and the table say it. */
export function saidSign(sign: Sign, speech: Speech): SaidSign {
  return {
    id: sign.name === undefined ? sign.id : `${sign.id} ${sign.name}`,
    label: speech.say(`sign.${sign.id}`, { name: sign.name ?? '' }),
    value: valueInWords(sign, speech),
    share: sign.share ?? null,
    tone: always[sign.id] ?? (sign.value >= 0.05 ? (tones[sign.id] ?? 'plain') : 'plain'),
  };
}

/** What is the matter with some instances of a part, such as `2 dead, 1 starting`; empty where nothing is. */
export const ailingInWords = (instances: readonly InstanceState[], speech: Speech): string =>
  ailing(instances)
    .map(([state, count]) => speech.say(`part.state.${state}`, { count }))
    .join(', ');

/** What the drawing of one part needs to know besides the moment. */
export interface Surroundings extends Around {
  surges: readonly string[];
}

type Mood = Pick<PartFacts, 'mood' | 'status'>;

/** What a part is in, and the short line that says so. The table twin says the same. */
export function moodOf(part: string, frame: Frame, around: Surroundings, speech: Speech): Mood {
  const state = frame.parts[part];
  const standing = frame.standing[part];
  if (state === undefined || standing === undefined) return { mood: 'idle', status: '' };
  const { instances } = standing;
  const there = instances.filter((each) => each !== 'absent');
  const said = ailingInWords(instances, speech);
  // What is wrong with an instance that is gone is nobody's trouble any more.
  const faults = frame.faults.filter(
    (fault) => fault.part === part && (fault.instance === undefined || instances[fault.instance] !== 'absent'),
  );
  const release = releaseOf(part, frame, around);
  const kind = around.parts[part]?.kind ?? '';
  const [steered] = steeredBy(part, around);
  if (steered !== undefined) {
    // What is steered may be a link, which is called after its two ends.
    const target = steered
      .split('>')
      .map((end) => speech.words.parts[end] ?? end)
      .join(' → ');
    const said =
      kind === 'deployer'
        ? speech.say(`part.release.${release?.what ?? 'waiting'}`, { part: target, version: '', step: 0, ...release })
        : speech.say('part.steers', { part: target, kind });
    return { mood: 'steers', status: said };
  }
  if (isLeftOut(part, around)) return { mood: 'left-out', status: speech.say('part.leftOut') };
  if (there.length > 0 && there.every((each) => each === 'stopped'))
    return { mood: 'stopped', status: speech.say('part.stopped') };
  if (instances.length > 0 && there.every((each) => each === 'dead'))
    return { mood: 'down', status: speech.say('part.down') };
  if (faults.some(({ fault }) => around.surges.includes(fault)))
    return { mood: 'surge', status: speech.say('part.surge') };
  if (there.length > 0 && !there.some((each) => each === 'ready' || each === 'sick' || each === 'out'))
    return { mood: 'down', status: said };
  if (said !== '') return { mood: 'trouble', status: said };
  const [fault] = faults;
  if (fault !== undefined) return { mood: 'trouble', status: speech.fault(fault.fault) };
  if (state.slots.length === 0) {
    if (around.parts[part]?.kind === 'traffic') return { mood: 'idle', status: '' };
    return { mood: state.inside > 0 ? 'busy' : 'idle', status: speech.say('part.inside', { count: state.inside }) };
  }
  const { counted } = standing;
  const isWorking = counted === undefined ? state.slots.some((slot) => slot.hop >= 0) : counted.busy > 0;
  const mood = (counted?.waiting ?? state.queue.length) > 0 ? 'waiting' : isWorking ? 'busy' : 'idle';
  // The places of a function are not there until an instance has started: who waits does not wait for one that is busy.
  const isStarting = mood === 'waiting' && around.parts[part]?.kind === 'function';
  // Nor do those for whose batch a free device still waits.
  const isFilling = mood === 'waiting' && !isWorking && around.parts[part]?.kind === 'accelerator';
  const now = isFilling ? 'fills' : isStarting ? 'awaitsStart' : mood;
  return { mood, status: speech.say(`part.${now}`) };
}

/** Which slots are drawn as busy: those of a request that is there and, where only some requests are, as many as there were. */
function filled(slots: readonly { hop: number }[], least: number): boolean[] {
  let missing = least - slots.filter((slot) => slot.hop >= 0).length;
  return slots.map((slot) => slot.hop >= 0 || missing-- > 0);
}

export function describePart(
  part: PlacedPart,
  layout: Layout,
  frame: Frame,
  partIds: readonly string[],
  speech: Speech,
  around: Surroundings,
): PartFacts {
  const state = frame.parts[part.id];
  const slots = state?.slots ?? [];
  const shown = shownSlots(slots, part.shape.slots.length).map((index) => slots[index]!);
  const { counted } = frame.standing[part.id] ?? {};
  const working = counted?.busy ?? slots.filter((slot) => slot.hop >= 0).length;
  const queue = counted?.waiting ?? state?.queue.length ?? 0;
  const index = partIds.indexOf(part.id);
  const sent = frame.flows.filter((flow) => flow.from === index).reduce((sum, flow) => sum + flow.out, 0);
  // Who calls several parts may call more than one for a request: what counts is how many requests there were.
  const callees = around.connections.calls.filter(([from]) => from === part.id).length;
  const made = frame.standing[part.id]?.levels['made'];
  const rate = made !== undefined && callees > 1 ? (made * around.ticks) / around.window : sent;
  const instances = frame.standing[part.id]?.instances ?? [];
  const { mood, status } = moodOf(part.id, frame, around, speech);
  const signs = signsOf(part.id, frame, around);
  const isSource = part.kind === 'traffic';
  // Where there may be any number of threads, those that were needed at once so far are no bound.
  const isUnbounded =
    part.kind === 'function' || (around.parts[part.id] as { threads?: unknown } | undefined)?.threads === null;
  return {
    id: part.id,
    kind: part.kind,
    shape: part.shape,
    orientation: layout.orientation,
    name: speech.words.parts[part.id] ?? part.id,
    status,
    mood,
    waiting: isSource
      ? speech.quantity(rate < 1 ? Number(rate.toPrecision(2)) : Math.round(rate * 10) / 10, 'rate')
      : speech.say('part.inLine', { count: queue }),
    slotsBusy: isUnbounded
      ? speech.say('part.atWork', { busy: working })
      : speech.say(mood === 'stopped' ? 'part.held' : 'part.slots', { busy: working, slots: slots.length }),
    busy: filled(shown, counted === undefined ? 0 : Math.round((working * shown.length) / Math.max(1, slots.length))),
    slotStates: shown.map((slot) => {
      if (part.kind !== 'function') return instances[slot.instance] ?? 'ready';
      // Whether an idle instance is there is known only in numbers: what works is there, and the rest are places for one.
      return slots.some((each) => each.instance === slot.instance && each.hop >= 0) ? 'ready' : 'absent';
    }),
    slots: isUnbounded ? Math.min(slots.length, shown.length) : slots.length,
    working,
    queue,
    hidden: Math.max(0, queue - Math.min(state?.queue.length ?? 0, roomFor(part.shape))),
    signs: signs.map((sign) => saidSign(sign, speech)),
    span: signs.some((sign) => sign.isOver)
      ? speech.say('sign.over', { time: speech.span(around.window / around.ticks) })
      : '',
    instances: instances.length,
    levels: frame.standing[part.id]?.levels ?? {},
    strip:
      part.shape.strip === undefined
        ? []
        : choices(part.id, frame, around)
            .filter((each) => each !== 'absent')
            .slice(0, 22),
  };
}

/** How thick a lane is drawn for so many requests per unit of time: twice as thick for four times as many. */
export const thickness = (perUnit: number): number =>
  Math.min(15, Math.round((1.5 + 1.1 * Math.sqrt(Math.max(0, perUnit))) * 2) / 2);
