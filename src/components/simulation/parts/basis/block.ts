/** The room of a part of any kind: name and status above, then a line with slots where it has them, then its signs. */
import { BODY_TOP, serviceShape } from '../service/shape.ts';
import type { Shape } from '../shape.ts';

export const BLOCK_WIDTH = 236;
/** Height of a sign, as words and as a bar under them. */
export const SIGN = 20;
export const BAR = 12;
/** Side of an instance in a strip, and how many stand beside each other. */
export const CELL = 15;
export const PER_STRIP = 11;

/** How a kind's block is made up. */
export interface Wanted {
  /** Its slots, where it has a line in front of slots. */
  slots?: readonly { instance: number }[];
  /** What its signs look like, in order. */
  signs?: readonly ('words' | 'bar')[];
  /** Rows of instances. */
  strip?: number;
  width?: number;
}

export const heightOf = (signs: readonly ('words' | 'bar')[]): number =>
  signs.reduce((sum, sign) => sum + SIGN + (sign === 'bar' ? BAR : 0), 0);

export function blockShape({ slots = [], signs = [], strip = 0, width = BLOCK_WIDTH }: Wanted): Shape {
  const base: Shape =
    slots.length > 0
      ? serviceShape(slots)
      : { width, height: BODY_TOP + 2, slots: [], lines: [], rest: { x: 16, y: BODY_TOP - 6 } };
  const stripAt = base.height - (slots.length > 0 ? 8 : 0);
  const signsAt = stripAt + strip * (CELL + 3) + (strip > 0 ? 6 : 0);
  const end = signsAt + heightOf(signs);
  const isPlain = signs.length === 0 && strip === 0;
  return {
    ...base,
    width: Math.max(width, base.width),
    // A faint line at the foot says how far back the signs look.
    height: isPlain ? base.height : end + (signs.length > 0 ? 18 : 8),
    ...(signs.length > 0 ? { signs: signsAt } : {}),
    ...(strip > 0 ? { strip: stripAt } : {}),
  };
}

/** The room of a part among many. */
export const compactShape: Shape = {
  width: 216,
  height: 76,
  slots: [],
  lines: [],
  rest: { x: 0, y: 0 },
  isCompact: true,
};
