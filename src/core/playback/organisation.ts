/**
 * Who is in which team, how many files each has written, and what ties their code, at one moment of a run: read off the
 * journal of an organisation. It replays what was written down and settles nothing itself.
 */
import { bond, organisationRow } from '../../../simulations/organising.ts';
import type { Journal, Run } from '../../../simulations/index.ts';
import { countUpTo } from './frame.ts';

export interface Organised {
  /** The team of each person. */
  teams: number[];
  files: number[];
  /** Links between code of each two people, row by row, both halves alike. */
  tight: number[];
  loose: number[];
}

export interface OrganisationReader {
  /** The state after all that has happened at a time, in ticks. It is the reader's own: it changes with the next question. */
  at(time: number): Organised;
  /** A number that changes exactly when the state may. */
  rows(time: number): number;
}

/** A moment is at most so many rows away from one that is kept. */
const DISTANCE = 2048;

const known = new WeakMap<Run, Map<string, OrganisationReader | null>>();

/** The organisation of a part of a run; null where the part is none, or the run was not traced. */
export function readOrganisation(run: Run, part: string): OrganisationReader | null {
  let readers = known.get(run);
  if (readers === undefined) known.set(run, (readers = new Map()));
  const found = readers.get(part);
  if (found !== undefined) return found;
  const journal = run.trace?.journals?.[part];
  const people = run.state[part]?.instances.length ?? 0;
  const reader = journal?.columns['kind'] === undefined ? null : readerOf(journal, people);
  readers.set(part, reader);
  return reader;
}

function readerOf(journal: Journal, people: number): OrganisationReader {
  const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
  const first: Organised = {
    teams: zeros(people),
    files: zeros(people),
    tight: zeros(people * people),
    loose: zeros(people * people),
  };
  const kept = [copyOf(first)];
  const present = { row: 0, state: copyOf(first) };
  const { what, a, b, kind, change } = journal.columns as Record<string, Int32Array>;

  function take(state: Organised, row: number): void {
    const one = a![row]!;
    const other = b![row]!;
    const by = change![row]!;
    if (what![row] === organisationRow.team) state.teams[one] = other;
    else if (what![row] === organisationRow.file) state.files[one]! += by;
    else if (what![row] === organisationRow.link && kind![row] !== bond.copy && one !== other) {
      const ties = kind![row] === bond.tight ? state.tight : state.loose;
      ties[one * people + other]! += by;
      ties[other * people + one]! += by;
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

const copyOf = ({ teams, files, tight, loose }: Organised): Organised => ({
  teams: [...teams],
  files: [...files],
  tight: [...tight],
  loose: [...loose],
});
