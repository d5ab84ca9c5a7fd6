/** The room of a function: a line before its places, and how many instances are warm or starting. */
import { blockShape } from '../basis/block.ts';
import type { Shape, Shaped } from '../shape.ts';

export const cloudFunctionShape = ({ slots }: Shaped): Shape =>
  blockShape({ slots, signs: ['words', 'words', 'words'] });
