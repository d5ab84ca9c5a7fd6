/** The room of a chaos: how many faults of its own are on. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

export const chaosShape = (): Shape => blockShape({ signs: ['words'], width: 200 });
