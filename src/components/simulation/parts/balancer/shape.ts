/** The room of a balancer: a square for every instance that it may choose, and how many are in rotation. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

export const balancerShape = (): Shape => blockShape({ strip: 2, signs: ['words'] });
