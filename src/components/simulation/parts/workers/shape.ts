/** The room of a pool of workers: a field of cells, one for each worker or for several alike, and what they are at in numbers. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

/** Cells that are drawn at most, four to a column; where there are more workers each stands for as many. */
export const MOST_CELLS = 64;
export const CELL_PITCH = 11;
/** Up to so many cells are drawn half as large again. */
export const FEW_CELLS = 48;

export const workersShape = (): Shape => blockShape({ strip: 4, signs: ['bar', 'words', 'words', 'words'] });
