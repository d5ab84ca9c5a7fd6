/** How much room a part takes on the drawing and where things stand on it. It knows no colours, no words and no screen. */

export type Orientation = 'wide' | 'tall';

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

/** Places to stand in line, first in line first, and how large one can be drawn there. */
export interface Line {
  radius: number;
  spots: Point[];
}

/** A part's outline and its places, measured from its upper left corner. */
export interface Shape {
  width: number;
  height: number;
  /** Where each slot is; slots beyond these are told in a number. */
  slots: Box[];
  /** Ways for those who wait to stand, the roomiest first; who does not fit the last of them is told in a number. */
  lines: Line[];
  /** Where the number of those who do not fit is written. */
  rest: Point;
  /** From where its signs are written, one under the other; and where a strip of instances begins. */
  signs?: number;
  strip?: number;
  /** True for a part among many: its name and its state, and its line and slots in numbers. */
  isCompact?: boolean;
}

/** What a shape is made for: a part's slots and instances, and its settings, which say what else there is to be seen. */
export interface Shaped {
  slots: readonly { instance: number }[];
  settings?: Readonly<Record<string, unknown>>;
}

/** How so many stand in line: as roomily as they can. */
export function lineFor(shape: Pick<Shape, 'lines'>, count: number): Line | undefined {
  return shape.lines.find((line) => line.spots.length >= count) ?? shape.lines.at(-1);
}

/** How many a part can show standing in line. */
export const roomFor = (shape: Pick<Shape, 'lines'>): number => shape.lines.at(-1)?.spots.length ?? 0;

/** Distance between two who stand in line; after every five there is a gap, so that one can count. */
export const PITCH = 13;
export const FIVES = 5;

/** Which slots stand in a part's places: all where there is room, and otherwise first those that work, so that none works unseen. */
export function shownSlots(slots: readonly { hop: number }[], room: number): number[] {
  const all = slots.map((_, index) => index);
  if (slots.length <= room) return all;
  const busy = all.filter((index) => slots[index]!.hop >= 0);
  return [...busy, ...all.filter((index) => slots[index]!.hop < 0)].slice(0, room);
}
