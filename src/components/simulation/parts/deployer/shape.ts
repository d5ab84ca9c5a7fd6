/** The room of a deployer: how many instances have the new version, as a bar. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

export const deployerShape = (): Shape => blockShape({ signs: ['bar'], width: 200 });
