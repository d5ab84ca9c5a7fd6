/** The room of a release: who waits at the gate, who is in the pipeline behind it, and what is in numbers. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

/** Changes that are drawn on each side of the gate; more are said in numbers. */
export const MOST_DRAWN = 12;

export const releaseShape = (): Shape => blockShape({ strip: 2, signs: ['words', 'words', 'words', 'words'] });
