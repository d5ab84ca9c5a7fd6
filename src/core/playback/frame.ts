/**
 * The state of a run at one moment, read off its trace: who waits in which order, which slot is busy with which
 * request, who is on which link and how far. It replays nothing and changes nothing; it does not know how any of it is drawn.
 */
import type { Hops, Mark, PartState, Run } from '../../../simulations/index.ts';
import type { Computer } from './computer.ts';
import type { Choices } from './landscape.ts';
import type { Bordered } from './changes.ts';
import type { Organised } from './organisation.ts';
import { ANSWERED, INSIDE, isFailure } from './fates.ts';
import { readInstances, type InstanceState } from './parts/instances.ts';
import { readCounts, readLevels, type Levels, type Counts } from './parts/levels.ts';
import { readLinks, type LinkStanding } from './parts/links.ts';
import { readSteering, type Steering } from './parts/steering.ts';

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
  /** Which try it is, from 0. */
  attempt: number;
  /** True for an answer that comes too late: its caller no longer waits for it. */
  isLate: boolean;
}

/** How much goes over a link at a moment: requests per unit of time, averaged over the last stretch of it. */
export interface Flow {
  /** Indexes into `Trace.parts`: caller and callee. */
  from: number;
  to: number;
  out: number;
  back: number;
}

/** A fault while it lasts, in ticks; an end that did not come is Infinity. */
export interface FaultSpan {
  part: string;
  /** The instance it happened to; the whole part when left out. */
  instance?: number | undefined;
  fault: string;
  from: number;
  to: number;
}

/** What else there is to see of a part. The instances and the steering are exact; levels hold for the last window that was over. */
export interface Standing extends Levels {
  instances: InstanceState[];
  /** What control parts have asked of this part so far. */
  steering: Steering;
  /** Where only some requests are in the trace: how many waited and were served in the last window that was over, counted from all of them. */
  counted?: Counts | undefined;
}

/** All that a stage needs to draw one moment. */
export interface Frame {
  /** When, in ticks. */
  at: number;
  /** The design that the run was made with. */
  design: string;
  standing: Record<string, Standing>;
  /** The links whose policy has a state, by `caller>callee`. */
  links: Record<string, LinkStanding>;
  parts: Record<string, PartState>;
  travelling: Travelling[];
  flows: Flow[];
  /** Calls over a link that have no answer yet, by `caller>callee`: those of the callers of which that was asked, where there are any. */
  awaited?: Readonly<Record<string, number>>;
  /** Faults that are on. */
  faults: FaultSpan[];
  /** What its computer is doing, in the first frame of a page; later ones are read by `readComputer` from the run itself. */
  computer?: Computer;
  /** Who is in which team and what ties their code, by part, in the first frame of a page; later ones are read by `readOrganisation`. */
  organisations?: Record<string, Organised>;
  /** Whose components are and what the latest change touched, by part, in the first frame of a page; later ones are read by `readChanges`. */
  bordered?: Record<string, Bordered>;
  /** What teams have chosen, by part, in the first frame of a page; later ones are read by `readLandscape`. */
  landscapes?: Record<string, Choices>;
  /** Requests of the sources so far: made, answered and failed by this moment. */
  made: number;
  answered: number;
  failed: number;
}

/** What a reader of frames has to be told that a run does not say about itself. */
export interface Knowledge {
  /** Ids of the faults that stop their part while they last. */
  stops: readonly string[];
  /** Ids of the faults that cut a link while they last. */
  cuts?: readonly string[];
  /** Ids of the faults that strike one instance and not the whole part. */
  strikesOne?: readonly string[];
  /** Ids of the faults that take down what they strike. */
  kills?: readonly string[];
  /** Parts of which it is told for how many answers they wait. */
  waits?: readonly string[];
  /** The kind of each part: without it a part has no levels to be seen. */
  kinds?: Readonly<Record<string, string>>;
}

/** Reads frames off one run. Made once for each run; then any moment costs about as much as there is to draw. */
export interface FrameReader {
  readonly run: Run;
  /** The frame at a time in ticks; times outside the run are taken to its ends. */
  at(time: number): Frame;
  /** Spans in which an instance of a part was stopped, as pairs of ticks; an end that did not come is Infinity. */
  stopped(part: string, instance: number): readonly (readonly [number, number])[];
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

/** When each fault of a run began and ended, in the order of their beginnings. */
export function faultSpans(marks: readonly Mark[]): FaultSpan[] {
  const spans: FaultSpan[] = [];
  for (const mark of marks) {
    if (mark.kind === 'fault-begins') {
      spans.push({
        part: mark.part,
        instance: mark.instance,
        fault: mark.detail,
        from: mark.at,
        to: Number.POSITIVE_INFINITY,
      });
    } else if (mark.kind === 'fault-ends') {
      const open = spans.find(
        (span) =>
          span.part === mark.part &&
          span.instance === mark.instance &&
          span.fault === mark.detail &&
          span.to === Number.POSITIVE_INFINITY,
      );
      if (open !== undefined) open.to = mark.at;
    }
  }
  return spans;
}

/** Times in order, and how many requests have been counted by each of them. */
interface Tally {
  times: Float64Array;
  /** Absent where each hop stands for itself. */
  sums?: Float64Array;
}

/** The two tallies that the flow over one link is counted from. */
interface LinkTimes {
  from: number;
  to: number;
  sent: Tally;
  ended: Tally;
}

/** How many requests a tally has counted up to a time. */
function tallied({ times, sums }: Tally, time: number): number {
  const count = countUpTo(times, time);
  return sums === undefined || count === 0 ? count : sums[count - 1]!;
}

/**
 * The times of a column in the chosen rows that have one, in order. A trace is mostly in order already, which costs nothing then.
 * In a sampled trace a hop stands for as many requests as its reason for being kept says.
 */
function sortedTimes(hops: Hops, weight: number, column: Float64Array, choose: (row: number) => boolean): Tally {
  const { count, kept } = hops;
  const times = new Float64Array(count);
  const rows = kept === undefined ? null : new Int32Array(count);
  let filled = 0;
  let inOrder = true;
  for (let row = 0; row < count; row += 1) {
    const time = column[row]!;
    if (time < 0 || !choose(row)) continue;
    if (filled > 0 && time < times[filled - 1]!) inOrder = false;
    if (rows !== null) rows[filled] = row;
    times[filled++] = time;
  }
  const found = times.subarray(0, filled);
  if (kept === undefined || rows === null) return { times: inOrder ? found : found.sort() };
  const order = rows.subarray(0, filled);
  if (!inOrder) order.sort((a, b) => column[a]! - column[b]!);
  let sum = 0;
  return {
    times: Float64Array.from(order, (row) => column[row]!),
    sums: Float64Array.from(order, (row) => (sum += standsFor(kept[row]!, weight))),
  };
}

/** How many requests a kept hop stands for: the uniform sample for many, what was kept on its own account for itself, what is only recent for none. */
const standsFor = (kept: number, weight: number): number => (kept === 0 ? weight : kept === 4 ? 0 : 1);

function linkTimes(hops: Hops, weight: number): LinkTimes[] {
  const links = new Map<number, { from: number; to: number }>();
  let last = -1;
  for (let row = 0; row < hops.count; row += 1) {
    const key = hops.from[row]! * 65_536 + hops.to[row]!;
    if (key !== last && !links.has(key)) links.set(key, { from: hops.from[row]!, to: hops.to[row]! });
    last = key;
  }
  return [...links.values()].map(({ from, to }) => {
    const isOn = (row: number): boolean => hops.from[row] === from && hops.to[row] === to;
    return {
      from,
      to,
      sent: sortedTimes(hops, weight, hops.sentAt, isOn),
      ended: sortedTimes(hops, weight, hops.endedAt, isOn),
    };
  });
}

/**
 * Prepares a run for being read at any moment.
 * @throws when the run was made without its trace.
 */
export function readFrames(run: Run, knowledge: Knowledge): FrameReader {
  const { trace } = run;
  if (trace === undefined) throw new Error('A run without its trace has no frames: make it with record "trace".');
  const { hops, parts } = trace;

  const order = new Int32Array(hops.count);
  for (let row = 0; row < hops.count; row += 1) order[row] = row;
  // The machine appends a row when a call is made, so this sort is a safeguard for traces from elsewhere.
  if (!isSorted(hops.sentAt, hops.count)) order.sort((a, b) => hops.sentAt[a]! - hops.sentAt[b]! || a - b);
  const sent = new Float64Array(hops.count);
  for (let position = 0; position < order.length; position += 1) sent[position] = hops.sentAt[order[position]!]!;
  const checkpoints = layCheckpoints(hops, order);
  const positions = checkpoints.map((checkpoint) => checkpoint.position);

  const called = new Uint8Array(parts.length);
  // A processor calls itself: each instruction is a request of its own, and the accesses made for it are not.
  for (let row = 0; row < hops.count; row += 1) if (hops.from[row] !== hops.to[row]) called[hops.to[row]!] = 1;
  const isFirst = (row: number): boolean => called[hops.from[row]!] === 0 && hops.parent[row]! < 0;
  const tally = (column: Float64Array, choose: (row: number) => boolean): Tally =>
    sortedTimes(hops, trace.weight, column, choose);
  const made = tally(hops.sentAt, isFirst);
  const answered = tally(hops.returnedAt, (row) => isFirst(row) && hops.fate[row] === ANSWERED);
  const failed = tally(hops.returnedAt, (row) => isFirst(row) && isFailure(hops.fate[row]!));

  const faults = faultSpans(trace.marks);
  const stopping = faults.filter((span) => knowledge.stops.includes(span.fault));
  const stops = new Map<string, [number, number][]>();
  const stopped = (part: string, instance: number): readonly (readonly [number, number])[] => {
    const key = `${part} ${instance}`;
    const known = stops.get(key);
    if (known !== undefined) return known;
    const joined: [number, number][] = [];
    for (const span of stopping) {
      if (span.part !== part || (span.instance !== undefined && span.instance !== instance)) continue;
      const last = joined.at(-1);
      // Two pauses may overlap: the instance works again when the last of them is over.
      if (last !== undefined && span.from <= last[1]) last[1] = Math.max(last[1], span.to);
      else joined.push([span.from, span.to]);
    }
    stops.set(key, joined);
    return joined;
  };
  const links = linkTimes(hops, trace.weight);
  const { cuts = [], strikesOne = [], kills = [], kinds = {}, waits = [] } = knowledge;
  // Who waits for answers is asked only where somebody looks at it.
  const waiters = waits.length === 0 ? null : Uint8Array.from(parts, (part) => (waits.includes(part) ? 1 : 0));
  const others = faults
    .filter((span) => !knowledge.stops.includes(span.fault))
    .map((span) => ({
      ...span,
      kills: kills.includes(span.fault),
      instance: strikesOne.includes(span.fault) ? span.instance : undefined,
    }));
  const readers = parts.map((part) => ({
    instances: readInstances(
      part,
      run.state[part],
      trace.marks,
      others.filter((span) => span.part === part),
    ),
    levels: readLevels(run, part, kinds[part] ?? ''),
    steering: readSteering(part, trace.marks),
    counted: readCounts(run, part),
  }));
  const breakers = Object.entries(run.links).filter(([, { breaker }]) => breaker !== undefined);
  const linksAt = readLinks(
    trace.marks,
    breakers.map(([link]) => link),
    cuts,
  );
  const stretch = Math.max(trace.windows.ticks, run.time.ticks * 2);

  const at = (time: number): Frame => {
    const now = Math.min(Math.max(time, 0), run.endedAt);
    const states: Record<string, PartState> = {};
    const standing: Record<string, Standing> = {};
    const waiting: number[][] = [];
    for (const [index, part] of parts.entries()) {
      const { instances, levels, steering, counted } = readers[index]!;
      const stand = instances(now, (instance) =>
        stopped(part, instance).some(([begin, end]) => begin <= now && now < end),
      );
      standing[part] = { ...levels(now), instances: stand, steering: steering(now), counted: counted(now) };
      states[part] = {
        instances: stand.map((state) => state === 'ready' || state === 'sick' || state === 'out'),
        slots: (run.state[part]?.slots ?? []).map(({ instance }) => ({ instance, hop: -1 })),
        queue: [],
        inside: 0,
      };
      waiting.push(states[part].queue);
    }

    const travelling: Travelling[] = [];
    const awaited: Record<string, number> = {};
    const visit = (row: number): void => {
      const returned = hops.returnedAt[row]!;
      const sentAt = hops.sentAt[row]!;
      if (sentAt > now || (returned >= 0 && returned <= now)) return;
      const from = hops.from[row]!;
      const to = hops.to[row]!;
      if (waiters !== null && waiters[from] === 1) {
        const link = `${parts[from]!}>${parts[to]!}`;
        awaited[link] = (awaited[link] ?? 0) + (hops.kept === undefined ? 1 : standsFor(hops.kept[row]!, trace.weight));
      }
      const arrived = hops.arrivedAt[row]!;
      const started = hops.startedAt[row]!;
      const ended = hops.endedAt[row]!;
      if (arrived < 0 || arrived > now) {
        // A run that stopped meanwhile does not know when it would have arrived: it stands where the run left it.
        const share = arrived < 0 ? 0.5 : (now - sentAt) / (arrived - sentAt);
        travelling.push({
          hop: row,
          from,
          to,
          share,
          back: false,
          fate: INSIDE,
          attempt: hops.attempt[row]!,
          isLate: false,
        });
      } else if (ended >= 0 && ended <= now) {
        const share = returned < 0 ? 0.5 : 1 - (now - ended) / (returned - ended);
        travelling.push({
          hop: row,
          from,
          to,
          share,
          back: true,
          fate: hops.fate[row]!,
          attempt: hops.attempt[row]!,
          isLate: hops.abandoned[row] === 1,
        });
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

    const since = Math.max(0, now - stretch);
    const units = Math.max(now - since, run.time.ticks) / run.time.ticks;
    const flows = links.map(({ from, to, sent: out, ended }) => ({
      from,
      to,
      out: (tallied(out, now) - tallied(out, since)) / units,
      back: (tallied(ended, now) - tallied(ended, since)) / units,
    }));

    const on = faults.filter((span) => span.from <= now && now < span.to);
    return {
      at: now,
      design: run.design,
      parts: states,
      standing,
      links: linksAt(now, on),
      travelling,
      flows,
      ...(waiters !== null && { awaited }),
      faults: on,
      made: tallied(made, now),
      answered: tallied(answered, now),
      failed: tallied(failed, now),
    };
  };

  return { run, at, stopped };
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
  const part = parts[hops.to[row]!]!;
  const stopped = reader.stopped(part, reader.run.state[part]?.slots[hops.slot[row]!]?.instance ?? 0);
  const worked = (until: number): number => {
    let sum = until - started;
    for (const [begin, end] of stopped) sum -= Math.max(0, Math.min(until, end) - Math.max(started, begin));
    return sum;
  };
  const whole = worked(ended);
  return whole <= 0 ? 1 : Math.min(1, worked(time) / whole);
}
