/** The room of a landscape of choices: its teams as spokes of a ring with their links inside, and what comes of it in numbers below. */
import type { Shape } from '../shape.ts';

/** The circle within which links are drawn, and the distance of the marks of a team from each other, outwards. */
export const RING = { x: 166, y: 204, radius: 84 } as const;
export const STEP = 17;
/** Where the rows of numbers begin, and how high one is. */
export const ROWS_AT = 366;
export const ROW = 21;

export const landscapeShape = (): Shape => ({
  width: 332,
  height: ROWS_AT + 3 * ROW + 12,
  slots: [],
  lines: [],
  rest: { x: 16, y: 0 },
});
