/** The room of a bill: what it charges now, and which share of that money has something to do. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

/** How deep the foot of the sheet is torn, and how wide a tooth is. */
export const TEAR = 6;
export const TOOTH = 12;

export function billShape(): Shape {
  const shape = blockShape({ signs: ['words', 'bar'], width: 216 });
  return { ...shape, height: shape.height + TEAR };
}
