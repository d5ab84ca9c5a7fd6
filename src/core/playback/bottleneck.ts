/**
 * Which part holds the others up at a moment, and how one can tell. It looks at the last sixtieth of the run before the moment.
 *
 * - A part *stands still* when on average at least one waits there and less than a twentieth of a slot works.
 * - A part is *full* when its slots worked at least 95 percent of the time and on average at least one waited.
 * - Of several, the one with the longest line is looked at first. When at least half of what it has in service waits for the
 *   answer of one and the same part, that part is looked at next, and so on down the calls.
 * - A part is *slow* when its mean service took at least one and a half times what is usual (the median of its windows) in this run.
 * - Where nothing else does, a memory holds its processor up whose ports were busy at least half the time.
 * - Of limits (a pool, locks, a full line, a breaker, a bulkhead) only those are named at which somebody waited or was turned away.
 *
 * It knows a run and its trace and no words.
 */
import type { Run } from '../../../simulations/index.ts';
import { countIn, hasReading, meanIn, policiesOf, spanBefore, stretchOf, type Span } from './readings.ts';
import type { Sentence } from './sentences.ts';

/** What holds a run up at a moment. */
export interface Bottleneck {
  /** The part at the end of the walk down the calls; null where nothing holds anything up. */
  part: string | null;
  /** The parts on the way to it, the first one looked at first. */
  chain: string[];
  /** How one can tell. */
  clues: Sentence[];
}

const FULL = 0.95;
const STILL = 0.05;
const SLOW = 1.5;
const MUCH = 0.5;

interface Load {
  part: string;
  busy: number;
  capacity: number;
  waiting: number;
  waitingBefore: number;
}

/** Who waits for whom at a time: for each part, how many of its requests in service there are and whose answer they wait for. */
interface Held {
  serving: number;
  waitsFor: Map<string, number>;
}

/** What each part has in service at a time in ticks, and for whom that waits. In a sampled trace the counts are estimates. */
export function heldAt(run: Run, at: number): Map<string, Held> {
  const { hops, parts, weight, sampled } = run.trace!;
  const held = new Map<string, Held>(parts.map((part) => [part, { serving: 0, waitsFor: new Map() }]));
  const isServing = (row: number): boolean =>
    hops.startedAt[row]! >= 0 && hops.startedAt[row]! <= at && !(hops.endedAt[row]! >= 0 && hops.endedAt[row]! <= at);
  const weigh = (row: number): number => {
    const why = sampled ? hops.kept?.[row] : undefined;
    if (why === 0) return weight;
    return why === 4 ? 0 : 1;
  };
  const counted = new Set<number>();
  for (let row = 0; row < hops.count; row += 1) {
    if (hops.sentAt[row]! > at) continue;
    if (isServing(row)) held.get(parts[hops.to[row]!]!)!.serving += weigh(row);
    const parent = hops.parent[row]!;
    if (parent < 0 || !isServing(parent)) continue;
    const returned = hops.returnedAt[row]!;
    if (returned >= 0 && returned <= at) continue;
    const to = hops.to[row]!;
    const once = parent * parts.length + to;
    if (counted.has(once)) continue;
    counted.add(once);
    const { waitsFor } = held.get(parts[hops.to[parent]!]!)!;
    waitsFor.set(parts[to]!, (waitsFor.get(parts[to]!) ?? 0) + weigh(parent));
  }
  return held;
}

/** Parts whose line and slots are read window by window. */
function loadsIn(run: Run, now: Span): Load[] {
  const before = { from: Math.max(0, now.from - stretchOf(run)), to: now.from };
  return run.trace!.parts.flatMap((part) => {
    // A store's line is the one for its threads; the others it has are named as limits.
    const line = hasReading(run, `${part}.queue`) ? 'queue' : 'threadQueue';
    const waiting = meanIn(run, `${part}.${line}`, now);
    const busy = meanIn(run, `${part}.busy`, now);
    if (waiting === null || busy === null) return [];
    return [
      {
        part,
        busy,
        capacity: meanIn(run, `${part}.capacity`, now) ?? 0,
        waiting,
        waitingBefore: meanIn(run, `${part}.${line}`, before) ?? waiting,
      },
    ];
  });
}

const standsStill = ({ busy, waiting }: Load): boolean => waiting >= 1 && busy < STILL;
const isFull = ({ busy, capacity, waiting }: Load): boolean => capacity > 0 && busy / capacity >= FULL && waiting >= 1;

/** What a part's mean service usually takes in this run: the median of its windows. */
function usualService(run: Run, part: string): number | null {
  const column = run.trace!.windows.columns[`${part}.service.mean`];
  const seen = [...(column ?? [])].filter((value) => !Number.isNaN(value) && value > 0).toSorted((a, b) => a - b);
  return seen.length === 0 ? null : seen[Math.floor(seen.length / 2)]!;
}

/** The limits at which somebody waited or was turned away there, or on the links to it. */
function limitsAt(run: Run, part: string, now: Span): Sentence[] {
  const clues: Sentence[] = [];
  const pool = meanIn(run, `${part}.poolUse`, now);
  const size = meanIn(run, `${part}.poolSize`, now);
  const poolLine = meanIn(run, `${part}.poolQueue`, now) ?? 0;
  if (pool !== null && size !== null && poolLine >= 1)
    clues.push({
      id: 'why.limit.pool',
      values: { part, used: Math.round(pool), size: Math.round(size), waiting: poolLine },
    });
  const lockLine = meanIn(run, `${part}.lockQueue`, now) ?? 0;
  if (lockLine >= 1) clues.push({ id: 'why.limit.lock', values: { part, waiting: lockLine } });
  const full = countIn(run, `${part}.failures.queue-full`, now);
  if (full > 0) clues.push({ id: 'why.limit.queue-full', values: { part, count: full } });
  for (const link of policiesOf(run)) {
    const [caller, callee] = link.split('>') as [string, string];
    if (callee !== part) continue;
    for (const reason of ['breaker-open', 'bulkhead-full', 'rate-limited']) {
      const count = countIn(run, `${link}.failures.${reason}`, now);
      if (count > 0) clues.push({ id: `why.limit.${reason}`, values: { caller, callee, count } });
    }
  }
  return clues;
}

/** How the line of a full part changed: by a tenth at least, or it stays as it is. */
function growth({ waiting, waitingBefore }: Load): 'grows' | 'shrinks' | 'stays' {
  if (waiting > waitingBefore * 1.1 + 0.5) return 'grows';
  return waiting < waitingBefore * 0.9 - 0.5 ? 'shrinks' : 'stays';
}

/**
 * What holds the run up at a time in ticks.
 * @param start the part to begin with; that with the longest line of those that are full or stand still when left out.
 */
export function bottleneckAt(run: Run, at: number, start?: string): Bottleneck {
  const now = spanBefore(run, at);
  const loads = loadsIn(run, now);
  const loadOf = new Map(loads.map((load) => [load.part, load]));
  const held = heldAt(run, at);
  const strained = loads.filter((load) => standsStill(load) || isFull(load)).toSorted((a, b) => b.waiting - a.waiting);
  let part = start ?? strained[0]?.part;
  const clues: Sentence[] = [];
  const chain: string[] = [];

  if (part === undefined) {
    for (const each of run.trace!.parts) clues.push(...limitsAt(run, each, now));
    for (const each of run.trace!.parts) {
      // a processor has one access under way, or two: nobody stands in line, and yet all its time is waiting
      const share = (meanIn(run, `${each}.portBusy`, now) ?? 0) / Math.max(1, run.state[each]?.slots.length ?? 1);
      if (share < MUCH) continue;
      clues.push({ id: 'why.bottleneck.port', values: { part: each, share } });
      return { part: each, chain: [each], clues };
    }
    if (clues.length === 0) clues.push({ id: 'why.bottleneck.none', values: {} });
    return { part: null, chain, clues };
  }

  for (;;) {
    chain.push(part);
    const { serving, waitsFor } = held.get(part) ?? { serving: 0, waitsFor: new Map<string, number>() };
    const [callee, waits] = [...waitsFor].toSorted((a, b) => b[1] - a[1])[0] ?? [null, 0];
    const load = loadOf.get(part);
    if (callee === null || serving === 0 || waits < serving / 2 || chain.includes(callee)) break;
    clues.push({
      id: load !== undefined && isFull(load) ? 'why.held.all' : 'why.held.some',
      values: { part, callee, serving: Math.round(serving), waits: Math.round(waits) },
    });
    clues.push(...limitsAt(run, part, now));
    part = callee;
  }

  const load = loadOf.get(part);
  let holdsUp = chain.length > 1;
  if (load !== undefined && standsStill(load)) {
    clues.push({ id: 'why.bottleneck.still', values: { part, waiting: load.waiting } });
    holdsUp = true;
  } else if (load !== undefined && isFull(load)) {
    clues.push({
      id: `why.bottleneck.full.${growth(load)}`,
      values: {
        part,
        share: Math.min(1, load.busy / load.capacity),
        waiting: load.waiting,
        waitingBefore: load.waitingBefore,
      },
    });
    holdsUp = true;
  } else if (load !== undefined && load.capacity > 0) {
    clues.push({
      id: 'why.bottleneck.notFull',
      values: { part, share: Math.min(1, load.busy / load.capacity), waiting: load.waiting },
    });
  }
  const usual = usualService(run, part);
  const took = meanIn(run, `${part}.service.mean`, now);
  if (usual !== null && took !== null && took >= SLOW * usual) {
    clues.push({ id: 'why.bottleneck.slow', values: { part, took, usual, times: took / usual } });
    holdsUp = true;
  }
  const limits = limitsAt(run, part, now);
  clues.push(...limits);
  if (clues.length === 0) clues.push({ id: 'why.bottleneck.none', values: {} });
  return { part: holdsUp || limits.length > 0 ? part : null, chain, clues };
}
