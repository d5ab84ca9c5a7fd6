/** What a landscape writes down of itself: one row for each choice as it stands from then on, and for each shift of the ground. */

export const landscapeColumns = ['what', 'choice', 'value', 'worth'] as const;

/** Values of the column `what`. In every row `worth` is the worth of the whole then, in ten-thousandths of the best known. */
export const landscapeRow = {
  /** At the beginning: `choice` is `value`. */
  begins: 0,
  /** It has been changed. */
  changes: 1,
  /** An idea about it was turned down. */
  turnsDown: 2,
  /** The ground has shifted. */
  renews: 3,
} as const;
