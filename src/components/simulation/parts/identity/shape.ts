/** The room of a identity: a line before its slots. */
import { blockShape } from '../basis/block.ts';
import type { Shape, Shaped } from '../shape.ts';

export const identityShape = ({ slots }: Shaped): Shape => blockShape({ slots });
