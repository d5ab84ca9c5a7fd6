/**
 * Whose each component is, and what the latest change touched, at one moment of a run: read off the journal of a stream of
 * changes. It replays what was written down and draws no borders itself.
 */
import { changesRow } from '../../../simulations/bordering.ts';
import type { Journal, Run } from '../../../simulations/index.ts';
import { countUpTo } from './frame.ts';

export interface Bordered {
  /** The owner of each component, from 0. */
  owners: number[];
  /** The components that the latest change touched; none before the first. */
  touched: number[];
  /** How many owners that change concerned. */
  concerned: number;
  /** How many changes have come, and how many of them concerned more than one owner. */
  changes: number;
  crossed: number;
}

export interface ChangesReader {
  /** The state after all that has happened at a time, in ticks. It is the reader's own: it changes with the next question. */
  at(time: number): Bordered;
  /** A number that changes exactly when the state may. */
  rows(time: number): number;
}

/** A moment is at most so many rows away from one that is kept. */
const DISTANCE = 2048;

const known = new WeakMap<Run, Map<string, ChangesReader | null>>();

/** The stream of changes of a part of a run; null where the part is none, or the run was not traced. */
export function readChanges(run: Run, part: string): ChangesReader | null {
  let readers = known.get(run);
  if (readers === undefined) known.set(run, (readers = new Map()));
  const found = readers.get(part);
  if (found !== undefined) return found;
  const journal = run.trace?.journals?.[part];
  const owners = run.state[part]?.readings?.['owners'];
  const reader = journal === undefined || !Array.isArray(owners) ? null : readerOf(journal, owners.length);
  readers.set(part, reader);
  return reader;
}

function readerOf(journal: Journal, components: number): ChangesReader {
  const owners = Array.from({ length: components }, () => 0);
  const first: Bordered = { owners, touched: [], concerned: 0, changes: 0, crossed: 0 };
  const kept = [copyOf(first)];
  const present = { row: 0, state: copyOf(first) };
  const { what, a, b } = journal.columns as Record<string, Int32Array>;

  function take(state: Bordered, row: number): void {
    const value = a![row]!;
    if (what![row] === changesRow.border) state.owners[value] = b![row]!;
    else if (what![row] === changesRow.touched) state.touched.push(value);
    else {
      state.touched = [];
      state.concerned = value;
      state.changes += 1;
      if (value > 1) state.crossed += 1;
    }
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

const copyOf = (state: Bordered): Bordered => ({
  ...state,
  owners: [...state.owners],
  touched: [...state.touched],
});
