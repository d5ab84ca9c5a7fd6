/** The room of a store: its threads, its pool as a bar, and what waits for it. */
import { blockShape } from '../basis/block.ts';
import type { Shape, Shaped } from '../shape.ts';

export const storeShape = ({ slots, settings }: Shaped): Shape =>
  blockShape({
    slots,
    signs: ['bar', 'words', 'words', 'words', ...(Number(settings?.['replicas'] ?? 0) > 0 ? (['words'] as const) : [])],
  });
