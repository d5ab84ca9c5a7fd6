/** The room of a cache: the share of reads that it answers, what that comes to, and how full it is. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

export const cacheShape = (): Shape => blockShape({ signs: ['bar', 'words', 'words', 'words'] });
