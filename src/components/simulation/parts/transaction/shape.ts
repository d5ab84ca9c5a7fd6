/** The room of a transaction: the transactions that are open and half done. */
import { blockShape } from '../basis/block.ts';
import type { Shape, Shaped } from '../shape.ts';

export const transactionShape = ({ settings }: Shaped): Shape =>
  blockShape({ signs: ['words', 'words', ...(settings?.['protocol'] === 'outbox' ? (['words'] as const) : [])] });
