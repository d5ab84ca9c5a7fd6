/** The room of a part that nobody has drawn yet: a plain box, with slots and a line where it has them. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

export const unknownShape = (slots: readonly { instance: number }[]): Shape => blockShape({ slots, width: 170 });
