/**
 * One request with all that was called for it: tries, what each of them asked of others, and what became of it, as a tree.
 * It knows one run's trace and no words. When a caller stopped waiting the trace does not say; what it does say is by when
 * it had: it tried again, or ended its own work. Work after that was for nobody.
 */
import type { Hops, Run } from '../../../simulations/index.ts';
import { ANSWERED, INSIDE, isFailure } from './fates.ts';
import { countIn } from './readings.ts';
import type { Sentence } from './sentences.ts';
import { fateNames } from './fates.ts';
import { stretchesOf, type Stretch } from './waterfall.ts';

/** One call of a family. */
export interface Member {
  /** Its row in `Trace.hops`. */
  hop: number;
  caller: string;
  callee: string;
  /** How many callers stand above it. */
  depth: number;
  /** Which try it was, from 1, and how many there were. */
  attempt: number;
  tries: number;
  fate: number;
  /** Who dropped it, where it failed. */
  by: string;
  stretches: Stretch[];
  /** Whether its caller stopped waiting before it was over. */
  isAbandoned: boolean;
  /** By when nobody waited for it any more, in ticks; null where somebody did to the end, or the trace does not say. */
  unwantedFrom: number | null;
  /** Ticks of waiting and service after that. */
  wasted: number;
}

export interface Family {
  request: number;
  /** Calls in the order in which one reads a tree: each one before what was called for it. */
  members: Member[];
  /** How many more there are than `members` shows. */
  hidden: number;
  /** From when to when, in ticks; what is not over goes on to the end of the run. */
  from: number;
  to: number;
  outcome: 'answered' | 'failed' | 'open';
}

/** Calls shown at most: what is more says only that there is more. */
const MOST = 80;

/** Rows of the hops that belong to a request, in the order of their sending. */
function rowsOf(hops: Hops, request: number, cls: number | undefined): number[] {
  const rows: number[] = [];
  let own = cls;
  for (let row = 0; row < hops.count; row += 1) {
    if (hops.request[row] !== request) continue;
    own ??= hops.cls[row]!;
    if (hops.cls[row] === own) rows.push(row);
  }
  return rows.toSorted((a, b) => hops.sentAt[a]! - hops.sentAt[b]! || a - b);
}

/** The request with this number and all that was called for it; null when the run (or what was kept of it) has none. */
export function familyOf(run: Run, request: number, cls?: number): Family | null {
  const { hops, parts } = run.trace!;
  const rows = rowsOf(hops, request, cls);
  if (rows.length === 0) return null;
  const known = new Set(rows);
  const children = new Map<number, number[]>();
  const groups = new Map<string, number[]>();
  const parentOf = (row: number): number => (known.has(hops.parent[row]!) ? hops.parent[row]! : -1);
  for (const row of rows) {
    const parent = parentOf(row);
    children.set(parent, [...(children.get(parent) ?? []), row]);
  }
  // Tries of one call follow one another with rising numbers; the next call to the same part begins again at 0.
  const groupOf = new Map<number, number[]>();
  for (const row of rows) {
    const key = `${parentOf(row)} ${hops.from[row]} ${hops.to[row]}`;
    const open = groups.get(key);
    if (open !== undefined && hops.attempt[row]! > hops.attempt[open.at(-1)!]!) {
      open.push(row);
      groupOf.set(row, open);
    } else {
      const begun = [row];
      groups.set(key, begun);
      groupOf.set(row, begun);
    }
  }

  const whole = { from: 0, to: run.trace!.windows.count };
  const unwantedFrom = (row: number): number | null => {
    if (hops.abandoned[row] !== 1) return null;
    const link = `${parts[hops.from[row]!]!}>${parts[hops.to[row]!]!}`;
    const bounds: number[] = [];
    // A hedge is sent beside a try that is still waited for: there the next try says nothing.
    if (countIn(run, `${link}.hedges`, whole) === 0) {
      const group = groupOf.get(row)!;
      const next = group[group.indexOf(row) + 1];
      if (next !== undefined) bounds.push(hops.sentAt[next]!);
    }
    const parent = parentOf(row);
    if (parent >= 0 && hops.endedAt[parent]! >= 0) bounds.push(hops.endedAt[parent]!);
    return bounds.length === 0 ? null : Math.min(...bounds);
  };

  const members: Member[] = [];
  let count = 0;
  const visit = (row: number, depth: number): void => {
    count += 1;
    if (members.length < MOST) {
      const stretches = stretchesOf(hops, row);
      const unwanted = unwantedFrom(row);
      const group = groupOf.get(row)!;
      let wasted = 0;
      if (unwanted !== null)
        for (const { kind, from, to } of stretches)
          if (kind === 'waiting' || kind === 'service')
            wasted += Math.max(0, (to ?? run.endedAt) - Math.max(from, unwanted));
      members.push({
        hop: row,
        caller: parts[hops.from[row]!]!,
        callee: parts[hops.to[row]!]!,
        depth,
        attempt: group.indexOf(row) + 1,
        tries: group.length,
        fate: hops.fate[row]!,
        by: parts[hops.by[row]!] ?? '',
        stretches,
        isAbandoned: hops.abandoned[row] === 1,
        unwantedFrom: unwanted,
        wasted,
      });
    }
    for (const child of children.get(row) ?? []) visit(child, depth + 1);
  };
  const roots = children.get(-1)!;
  for (const root of roots) visit(root, 0);

  const isOpen = (row: number): boolean => hops.returnedAt[row]! < 0 && hops.abandoned[row] !== 1;
  // A source's call is answered by any of its tries, and fails with the last of them.
  const lasts = [...new Set(roots.map((row) => groupOf.get(row)!))];
  const isAnswered = (group: number[]): boolean =>
    group.some((row) => hops.fate[row] === ANSWERED && hops.abandoned[row] !== 1 && hops.returnedAt[row]! >= 0);
  let outcome: Family['outcome'] = 'failed';
  if (lasts.every(isAnswered)) outcome = 'answered';
  else if (roots.some(isOpen)) outcome = 'open';
  const ends = rows.map((row) => (hops.returnedAt[row]! < 0 ? run.endedAt : hops.returnedAt[row]!));
  return {
    request,
    members,
    hidden: count - members.length,
    from: hops.sentAt[rows[0]!]!,
    to: Math.max(...ends),
    outcome,
  };
}

/** Half-way through the time that its source waited for it, in ticks: when to look at what held a request up. */
export function middleOf({ members, from }: Family): number {
  const ends = members
    .filter(({ depth }) => depth === 0)
    .map(({ isAbandoned, unwantedFrom, stretches }) =>
      isAbandoned ? (unwantedFrom ?? stretches[0]!.from) : (stretches.at(-1)!.to ?? stretches.at(-1)!.from),
    );
  return (from + Math.max(from, ...ends)) / 2;
}

/** What became of a call, in one sentence: who dropped it and why, whether anybody waited for its answer. */
export function fateInWords(member: Member): Sentence {
  const { fate, isAbandoned, callee, caller, by, stretches } = member;
  const last = stretches.at(-1)!;
  const values = { caller, callee, by, reason: fateNames[fate] ?? 'error' };
  // Who never arrived was not sent at all, or got lost on the way.
  const neverArrived = stretches.length === 1;
  if (isAbandoned) {
    if (fate === ANSWERED) return { id: 'why.fate.zombie', values };
    if (fate === INSIDE) return { id: `why.fate.unwanted.${last.kind}`, values };
    if (by === caller) return { id: 'why.fate.calledOff', values };
    return { id: 'why.fate.late', values };
  }
  if (fate === ANSWERED) return { id: last.to === null ? 'why.fate.onItsWayBack' : 'why.fate.answered', values };
  if (isFailure(fate)) {
    if (neverArrived && by === caller) return { id: 'why.fate.unsent', values };
    return { id: by === callee ? 'why.fate.dropped' : 'why.fate.passedOn', values };
  }
  return { id: `why.fate.open.${last.kind}`, values };
}
