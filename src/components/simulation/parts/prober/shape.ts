/** The room of a prober: how many instances it has restarted. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

export const proberShape = (): Shape => blockShape({ signs: ['words'], width: 200 });
