/** The room of a participant: its locks, who waits for one, and what is in doubt. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

export const participantShape = (): Shape => blockShape({ signs: ['words', 'words', 'words'], width: 200 });
