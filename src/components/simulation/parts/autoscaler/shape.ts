/** The room of a autoscaler: what it wants against what is ready, as two bars. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

export const autoscalerShape = (): Shape => blockShape({ signs: ['bar', 'bar'], width: 200 });
