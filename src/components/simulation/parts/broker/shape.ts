/** The room of a broker: a bar for the lag of each group, the worst partition and the consumers. */
import { blockShape } from '../basis/block.ts';
import type { Shape, Shaped } from '../shape.ts';

export const brokerShape = ({ settings }: Shaped): Shape => {
  const groups = Array.isArray(settings?.['groups']) ? settings['groups'].length : 1;
  return blockShape({
    signs: [...Array.from({ length: Math.max(1, groups) }, () => 'bar' as const), 'words', 'words'],
  });
};
