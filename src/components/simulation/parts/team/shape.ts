/** The room of a team: its people in a row, under them the pieces that wait and those handed over, and what is in numbers. */
import { blockShape } from '../basis/block.ts';
import type { Shape } from '../shape.ts';

/** People that are drawn at most; where there are more, each figure stands for as many. */
export const MOST_FIGURES = 12;
/** Pieces that are drawn on each side; more are said in numbers. */
export const MOST_PIECES = 8;

export const teamShape = (): Shape => blockShape({ strip: 2, signs: ['words', 'words', 'words'] });
