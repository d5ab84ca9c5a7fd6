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

/** A part's outline and its places, measured from its upper left corner. */
export interface Shape {
  width: number;
  height: number;
  /** Where each slot is; slots beyond these are told in a number. */
  slots: Box[];
  /** Where those who wait stand, first in line first; those beyond are told in a number. */
  line: Point[];
  /** Where the number of those who do not fit is written. */
  rest: Point;
}

/** Distance between two who stand in line; after every five there is a gap, so that one can count. */
export const PITCH = 13;
export const FIVES = 5;
