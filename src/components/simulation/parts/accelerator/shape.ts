/** The room of an accelerator: a line, the places of the batch on each device, and how large batches are. */
import { blockShape } from '../basis/block.ts';
import type { Shape, Shaped } from '../shape.ts';

export const acceleratorShape = ({ slots }: Shaped): Shape => blockShape({ slots, signs: ['bar', 'bar'] });
