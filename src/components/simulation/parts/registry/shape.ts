/** The room of a registry: how many instances are in it. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

export const registryShape = (): Shape => blockShape({ signs: ['words'] });
