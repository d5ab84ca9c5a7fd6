/** What a stream of changes writes down of itself: the columns of its journal, and what its rows tell. */

export const changesColumns = ['what', 'a', 'b'] as const;

/** Values of the column `what`. */
export const changesRow = {
  /** Component `a` belongs to owner `b` from now on. */
  border: 0,
  /** A change has come that concerns `a` owners; the components that it touches follow. */
  change: 1,
  /** That change touches component `a`. */
  touched: 2,
} as const;
