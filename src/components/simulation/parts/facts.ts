/** What the drawing of a part is told: everything in words and numbers that stand still, nothing that moves by itself. */
import type { Shape, Orientation } from './shape.ts';

export interface PartFacts {
  id: string;
  shape: Shape;
  orientation: Orientation;
  name: string;
  /** One short line under the name's row: what it is doing. */
  status: string;
  /** What the part is in, for colour, icon and pattern. */
  mood: 'idle' | 'busy' | 'waiting' | 'stopped' | 'surge';
  waiting: string;
  slotsBusy: string;
  /** For each slot shown, whether it works. */
  busy: boolean[];
  /** For each slot shown, whether its instance is stopped. */
  stopped: boolean[];
  slots: number;
  /** How many stand in line and how many of them do not fit on the drawing. */
  queue: number;
  hidden: number;
}
