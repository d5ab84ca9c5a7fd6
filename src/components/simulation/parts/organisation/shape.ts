/** The room of an organisation: its people in a ring with what ties their code, and how much of it there is under that. */
import type { Shape } from '../shape.ts';

/** The ring on which people stand. */
export const RING = { x: 174, y: 208, radius: 106 } as const;
/** Where the rows of numbers begin, and how high one is. */
export const ROWS_AT = 376;
export const ROW = 21;

export const organisationShape = (): Shape => ({
  width: 348,
  height: ROWS_AT + 7 * ROW + 12,
  slots: [],
  lines: [],
  rest: { x: 16, y: 0 },
  signs: ROWS_AT,
});
