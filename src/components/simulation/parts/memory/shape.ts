/** The room of a memory: its ports and the lines of its cache above, and every word of it below. */
import type { Shape } from '../shape.ts';

/** Words beside each other, and the rows under each other. */
export const ROW = 16;
export const GRID = { x: 44, y: 178, width: 288, height: 240 } as const;
/** Between two memories in the room of one. */
export const BETWEEN = 16;
/** The two rows that a port takes, and the boxes of the cache under it. */
export const PORTS_AT = 62;
export const LINES_AT = 118;

export const memoryShape = (): Shape => ({
  width: 348,
  height: GRID.y + GRID.height + 18,
  slots: [],
  lines: [],
  rest: { x: 16, y: 0 },
});
