/** What the drawing of a part is told: everything in words and numbers that stand still, nothing that moves by itself. */
import type { InstanceState } from '../../../core/playback/parts/instances.ts';
import type { Shape, Orientation } from './shape.ts';

/** A sign in words. */
export interface SaidSign {
  id: string;
  label: string;
  value: string;
  /** How full its bar is; null where it has none. */
  share: number | null;
  tone: 'plain' | 'healthy' | 'waiting' | 'failing';
}

export interface PartFacts {
  id: string;
  kind: string;
  shape: Shape;
  orientation: Orientation;
  name: string;
  /** One short line under the name: what it is doing. */
  status: string;
  /** What the part is in, for colour, icon and pattern. */
  mood: 'idle' | 'busy' | 'waiting' | 'stopped' | 'down' | 'trouble' | 'surge' | 'steers' | 'left-out';
  waiting: string;
  slotsBusy: string;
  /** For each slot shown, whether it works, and what state its instance is in. */
  busy: boolean[];
  slotStates: InstanceState[];
  slots: number;
  /** How many slots work. */
  working: number;
  /** How many stand in line and how many of them do not fit on the drawing. */
  queue: number;
  hidden: number;
  signs: SaidSign[];
  /** How far back the signs look; empty where all hold for this very moment. */
  span: string;
  /** How many instances there are, and the numbers of its last window by column. */
  instances: number;
  levels: Readonly<Record<string, number>>;
  /** Instances that are shown in a strip of their own. */
  strip: InstanceState[];
}
