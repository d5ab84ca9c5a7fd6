/**
 * The state of a run at one moment, read off its trace: who waits in which order, which slot is busy with which
 * request, who is on which link and how far. It replays nothing and changes nothing; it does not know how any of it is drawn.
 */
import type { Hops, PartState, Run } from '../../../simulations/index.ts';
import { ANSWERED, INSIDE, isFailure } from './fates.ts';

/** A request on its way between two parts. */
export interface Travelling {
  /** Its row in `Trace.hops`. */
  hop: number;
  /** Indexes into `Trace.parts`: always caller and callee, also on the way back. */
  from: number;
  to: number;
  /** How far it is, from 0 at the caller to 1 at the callee, in either direction. */
  share: number;
  /** True on the way back to the caller. */
  back: boolean;
  /** Index into `fates`: what became of it, once it is on the way back. */
  fate: number;
}

/** All that a stage needs to draw one moment. */
export interface Frame {
  /** When, in ticks. */
  at: number;
  parts: Record<string, PartState>;
  travelling: Travelling[];
  /** Requests of the sources so far: made, answered and failed by this moment. */
  made: number;
  answered: number;
  failed: number;
}

/** What a reader of frames has to be told that a run does not say about itself. */
export interface Knowledge {
  /** Ids of the faults that stop their part while they last. */
  stops: readonly string[];
}

/** Reads frames off one run. Made once for each run; then any moment costs about as much as there is to draw. */
export interface FrameReader {
  readonly run: Run;
  /** The frame at a time in ticks; times outside the run are taken to its ends. */
  at(time: number): Frame;
  /** Spans in which a part was stopped, as pairs of ticks; an end that did not come is Infinity. */
  stopped(part: string): readonly (readonly [number, number])[];
}

/** Rows of hops that were under way just after the row at `position` (in order of sending) was sent. */
interface Checkpoint {
  position: number;
  rows: Int32Array;
}

const LEAST_DISTANCE = 256;

function isSorted(times: Float64Array, count: number): boolean {
  for (let row = 1; row < count; row += 1) if (times[row]! < times[row - 1]!) return false;
  return true;
}

/** How many of the first `count` sorted values are at most `limit`. */
export function countUpTo(sorted: ArrayLike<number>, limit: number, count = sorted.length): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Checkpoints are laid as far apart as there are requests under way (at least 256 rows), so that together they hold
 * no more entries than there are hops, and any moment is at most that many rows away from one.
 */
function layCheckpoints(hops: Hops, order: Int32Array): Checkpoint[] {
  const checkpoints: Checkpoint[] = [{ position: 0, rows: new Int32Array(0) }];
  let active: number[] = [];
  let next = LEAST_DISTANCE;
  for (let position = 0; position < order.length; position += 1) {
    const row = order[position]!;
    active.push(row);
    if (position + 1 < next) continue;
    const now = hops.sentAt[row]!;
    active = active.filter((each) => hops.returnedAt[each]! < 0 || hops.returnedAt[each]! > now);
    checkpoints.push({ position: position + 1, rows: Int32Array.from(active) });
    next = position + 1 + Math.max(LEAST_DISTANCE, active.length);
  }
  return checkpoints;
}

/** Sorted times at which rows chosen by `choose` came to their end. */
function endings(hops: Hops, choose: (row: number) => boolean): Float64Array {
  const times: number[] = [];
  for (let row = 0; row < hops.count; row += 1) {
    if (hops.returnedAt[row]! >= 0 && choose(row)) times.push(hops.returnedAt[row]!);
  }
  return Float64Array.from(times).sort();
}

/**
 * Prepares a run for being read at any moment.
 * @throws when the run was made without its trace.
 */
export function readFrames(run: Run, knowledge: Knowledge): FrameReader {
  const { trace } = run;
  if (trace === undefined) throw new Error('A run without its trace has no frames: make it with record "trace".');
  const { hops, parts } = trace;

  const order = Int32Array.from({ length: hops.count }, (_, row) => row);
  // The machine appends a row when a call is made, so this sort is a safeguard for traces from elsewhere.
  if (!isSorted(hops.sentAt, hops.count)) order.sort((a, b) => hops.sentAt[a]! - hops.sentAt[b]! || a - b);
  const sent = Float64Array.from(order, (row) => hops.sentAt[row]!);
  const checkpoints = layCheckpoints(hops, order);
  const positions = checkpoints.map((checkpoint) => checkpoint.position);

  const called = new Set<number>();
  for (let row = 0; row < hops.count; row += 1) called.add(hops.to[row]!);
  const isFirst = (row: number): boolean => !called.has(hops.from[row]!);
  const made = Float64Array.from(Array.from(order).filter(isFirst), (row) => hops.sentAt[row]!);
  const answered = endings(hops, (row) => isFirst(row) && hops.fate[row] === ANSWERED);
  const failed = endings(hops, (row) => isFirst(row) && isFailure(hops.fate[row]!));

  const stops = new Map<string, [number, number][]>();
  for (const part of parts) stops.set(part, []);
  const depth = new Map<string, number>();
  for (const mark of trace.marks) {
    if (!knowledge.stops.includes(mark.detail)) continue;
    const spans = stops.get(mark.part);
    if (spans === undefined) continue;
    // Two pauses may overlap: the part works again when the last of them is over.
    if (mark.kind === 'fault-begins') {
      depth.set(mark.part, (depth.get(mark.part) ?? 0) + 1);
      if (depth.get(mark.part) === 1) spans.push([mark.at, Number.POSITIVE_INFINITY]);
    } else if (mark.kind === 'fault-ends') {
      depth.set(mark.part, (depth.get(mark.part) ?? 1) - 1);
      if (depth.get(mark.part) === 0) spans.at(-1)![1] = mark.at;
    }
  }

  const at = (time: number): Frame => {
    const now = Math.min(Math.max(time, 0), run.endedAt);
    const states: Record<string, PartState> = {};
    const waiting: number[][] = [];
    for (const part of parts) {
      const spans = stops.get(part)!;
      states[part] = {
        working: !spans.some(([begin, end]) => begin <= now && now < end),
        slots: (run.state[part]?.slots ?? []).map(({ instance }) => ({ instance, hop: -1 })),
        queue: [],
        inside: 0,
      };
      waiting.push(states[part].queue);
    }

    const travelling: Travelling[] = [];
    const visit = (row: number): void => {
      const returned = hops.returnedAt[row]!;
      const sentAt = hops.sentAt[row]!;
      if (sentAt > now || (returned >= 0 && returned <= now)) return;
      const from = hops.from[row]!;
      const to = hops.to[row]!;
      const arrived = hops.arrivedAt[row]!;
      const started = hops.startedAt[row]!;
      const ended = hops.endedAt[row]!;
      if (arrived < 0 || arrived > now) {
        // A run that stopped meanwhile does not know when it would have arrived: it stands where the run left it.
        const share = arrived < 0 ? 0.5 : (now - sentAt) / (arrived - sentAt);
        travelling.push({ hop: row, from, to, share, back: false, fate: INSIDE });
      } else if (ended >= 0 && ended <= now) {
        const share = returned < 0 ? 0.5 : 1 - (now - ended) / (returned - ended);
        travelling.push({ hop: row, from, to, share, back: true, fate: hops.fate[row]! });
      } else {
        const state = states[parts[to]!]!;
        state.inside += 1;
        if (started >= 0 && started <= now) {
          const slot = state.slots[hops.slot[row]!];
          if (slot !== undefined) slot.hop = row;
        } else {
          waiting[to]!.push(row);
        }
      }
    };

    const upTo = countUpTo(sent, now);
    const checkpoint = checkpoints[countUpTo(positions, upTo) - 1]!;
    for (const row of checkpoint.rows) visit(row);
    for (let position = checkpoint.position; position < upTo; position += 1) visit(order[position]!);

    for (const queue of waiting) {
      let inOrder = true;
      for (let place = 1; place < queue.length && inOrder; place += 1) {
        inOrder = hops.arrivedAt[queue[place - 1]!]! <= hops.arrivedAt[queue[place]!]!;
      }
      if (!inOrder) queue.sort((a, b) => hops.arrivedAt[a]! - hops.arrivedAt[b]! || a - b);
    }

    return {
      at: now,
      parts: states,
      travelling,
      made: countUpTo(made, now),
      answered: countUpTo(answered, now),
      failed: countUpTo(failed, now),
    };
  };

  return { run, at, stopped: (part) => stops.get(part) ?? [] };
}

/** How much of a request's service is done at a time, from 0 to 1; while its part is stopped it stands still. */
export function served(reader: FrameReader, row: number, time: number): number {
  const { hops, parts } = reader.run.trace!;
  const started = hops.startedAt[row]!;
  const ended = hops.endedAt[row]!;
  if (started < 0 || time <= started) return 0;
  if (ended >= 0 && time >= ended) return 1;
  // A service that outlives the run has no end to measure against; half says neither begun nor nearly done.
  if (ended < 0) return 0.5;
  const stopped = reader.stopped(parts[hops.to[row]!]!);
  const worked = (until: number): number => {
    let sum = until - started;
    for (const [begin, end] of stopped) sum -= Math.max(0, Math.min(until, end) - Math.max(started, begin));
    return sum;
  };
  const whole = worked(ended);
  return whole <= 0 ? 1 : Math.min(1, worked(time) / whole);
}
