/** The room of a bus: a line before its slots, and how many messages it holds. */
import { blockShape } from '../basis/block.ts';
import type { Shape, Shaped } from '../shape.ts';

export const busShape = ({ slots }: Shaped): Shape => blockShape({ slots, signs: ['words'] });
