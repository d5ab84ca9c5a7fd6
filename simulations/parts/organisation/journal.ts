/** What an organisation writes down of itself: the columns of its journal, and what its rows tell. */

export const organisationColumns = ['what', 'a', 'b', 'kind', 'change'] as const;

/** Values of the column `what`. */
export const organisationRow = {
  /** Person `a` is in team `b` from now on. */
  team: 0,
  /** Person `a` has `change` files more. */
  file: 1,
  /** Between code of person `a` and of person `b` there are `change` links more, of a `kind`. */
  link: 2,
  /** The mirror was tested: index `a` and p `b`, both in ten-thousandths. */
  tested: 3,
} as const;

/** How a need was met: the column `kind`. */
export const bond = {
  /** By talking: the two pieces of code are tied tightly. */
  tight: 0,
  /** Through an interface: they are tied loosely. */
  loose: 1,
  /** By a copy: nothing ties them. */
  copy: 2,
} as const;

/** Of an index or p in the journal. */
export const PER_UNIT = 10_000;
