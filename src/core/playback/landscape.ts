/**
 * What each team has chosen at one moment of a run, and what was decided last: read off the journal of a landscape of
 * choices. It replays what was written down and judges nothing itself.
 */
import { landscapeRow } from '../../../simulations/deciding.ts';
import type { Journal, Run } from '../../../simulations/index.ts';
import { countUpTo } from './frame.ts';

export interface Choices {
  /** Per team and thing, team by team: 0 or 1. */
  bits: number[];
  /** Which of them change by agreement only: 1 for those. */
  agreed: number[];
  /** Choices of each team. */
  choices: number;
  /** The pairs of teams that are linked, two and two. */
  pairs: number[];
  /** What was decided last: a choice, or −1 before anything was; and whether it was changed. */
  last: number;
  isChanged: boolean;
}

export interface LandscapeReader {
  /** The state after all that has happened at a time, in ticks. It is the reader's own: it changes with the next question. */
  at(time: number): Choices;
  /** A number that changes exactly when the state may. */
  rows(time: number): number;
}

/** A moment is at most so many rows away from one that is kept. */
const DISTANCE = 1024;

const known = new WeakMap<Run, Map<string, LandscapeReader | null>>();

/** The landscape of a part of a run; null where the part is none, or the run was not traced. */
export function readLandscape(run: Run, part: string): LandscapeReader | null {
  let readers = known.get(run);
  if (readers === undefined) known.set(run, (readers = new Map()));
  const found = readers.get(part);
  if (found !== undefined) return found;
  const journal = run.trace?.journals?.[part];
  const reader = journal?.columns['choice'] === undefined ? null : readerOf(journal, run.state[part]!.readings ?? {});
  readers.set(part, reader);
  return reader;
}

type Readings = NonNullable<Run['state'][string]['readings']>;

const numbers = (value: Readings[string] | undefined): number[] => (Array.isArray(value) ? value.map(Number) : []);

function readerOf(journal: Journal, readings: Readings): LandscapeReader {
  const bits = numbers(readings['bits']);
  const still = {
    agreed: numbers(readings['agreed']),
    choices: Number(readings['choices']),
    pairs: numbers(readings['pairs']),
  };
  const first: Choices = { ...still, bits: bits.map(() => 0), last: -1, isChanged: false };
  const kept = [copyOf(first)];
  const present = { row: 0, state: copyOf(first) };
  const { what, choice, value } = journal.columns as Record<string, Int32Array>;

  function take(state: Choices, row: number): void {
    const is = what![row]!;
    if (is === landscapeRow.renews) return;
    if (is !== landscapeRow.turnsDown) state.bits[choice![row]!] = value![row]!;
    if (is === landscapeRow.begins) return;
    state.last = choice![row]!;
    state.isChanged = is === landscapeRow.changes;
  }

  const rows = (time: number): number => countUpTo(journal.at, time, journal.count);
  return {
    rows,
    at(time) {
      const row = rows(time);
      const nearest = Math.min(kept.length - 1, Math.floor(row / DISTANCE));
      if (row < present.row || present.row < nearest * DISTANCE) {
        present.row = nearest * DISTANCE;
        present.state = copyOf(kept[nearest]!);
      }
      while (present.row < row) {
        take(present.state, present.row);
        present.row += 1;
        if (present.row === kept.length * DISTANCE) kept.push(copyOf(present.state));
      }
      return present.state;
    },
  };
}

const copyOf = (state: Choices): Choices => ({ ...state, bits: [...state.bits] });
