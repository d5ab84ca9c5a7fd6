/** The room of a processor: what it is at, the instruction, and its registers. */
import type { Shape } from '../shape.ts';

export const processorShape = (): Shape => ({ width: 264, height: 300, slots: [], lines: [], rest: { x: 16, y: 0 } });
