/**
 * Tables on which dials are moved between columns: what stands where, and whether something may be moved. It knows the
 * numbers of the columns and how many have room in each, and nothing of teams, people or pointers.
 */
import type { Board, Scenario } from '../../../simulations/index.ts';

/** What a board is read with: where its tokens stand is the value of their dials. */
type Standing = Readonly<Record<string, number>>;

/** The tokens of each column, in the board's own order. */
export function columnsOf(board: Board, dials: Standing): string[][] {
  const columns: string[][] = board.columns.map(() => []);
  for (const token of board.tokens) columns[columnOf(board, dials, token)]!.push(token);
  return columns;
}

/** The number of the column that a token stands in. */
export function columnOf(board: Board, dials: Standing, token: string): number {
  const column = Math.round(dials[token] ?? 0);
  return Math.min(board.columns.length - 1, Math.max(0, column));
}

/** How many more a column takes; Infinity where it has no limit. One that was overfilled by a link takes none. */
export function roomIn(board: Board, dials: Standing, column: number): number {
  const { most } = board.columns[column]!;
  return most === undefined ? Number.POSITIVE_INFINITY : Math.max(0, most - columnsOf(board, dials)[column]!.length);
}

/** Whether a token may be put into a column: where it stands already, or where there is room. */
export const mayStand = (board: Board, dials: Standing, token: string, column: number): boolean =>
  columnOf(board, dials, token) === column || roomIn(board, dials, column) > 0;

/** Where the tokens of a board stand, and nothing of the other dials. */
export const placesOn = (board: Board, dials: Standing): Record<string, number> =>
  Object.fromEntries(board.tokens.map((token) => [token, columnOf(board, dials, token)]));

/** Where the tokens of a board stand before anybody has moved one. */
export const startOf = (board: Board, { dials }: Pick<Scenario, 'dials'>): Record<string, number> =>
  placesOn(board, Object.fromEntries(dials.map(({ id, start }) => [id, start])));

/** The dials of a scenario that stand on no board: those are turned, the others moved. */
export function turnedOf({ dials, boards }: Pick<Scenario, 'dials' | 'boards'>): Scenario['dials'] {
  const moved = new Set(boards.flatMap(({ tokens }) => tokens));
  return dials.filter(({ id }) => !moved.has(id));
}

/** Where the focus goes by an arrow key from a token: up and down within its column, sideways to the nearest one that is not empty. */
export function tokenBy(key: string, board: Board, dials: Standing, token: string): string | null {
  const columns = columnsOf(board, dials);
  const column = columnOf(board, dials, token);
  const row = columns[column]!.indexOf(token);
  const all = columns.flat();
  if (key === 'Home') return all[0] ?? null;
  if (key === 'End') return all.at(-1) ?? null;
  if (key === 'ArrowUp' || key === 'ArrowDown') return columns[column]![row + (key === 'ArrowUp' ? -1 : 1)] ?? null;
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  const step = key === 'ArrowLeft' ? -1 : 1;
  for (let at = column + step; at >= 0 && at < columns.length; at += step) {
    const there = columns[at]!;
    if (there.length > 0) return there[Math.min(row, there.length - 1)]!;
  }
  return null;
}
