/** The room of a gateway: a line before its slots. */
import { blockShape } from '../basis/block.ts';
import type { Shape, Shaped } from '../shape.ts';

export const gatewayShape = ({ slots }: Shaped): Shape => blockShape({ slots });
