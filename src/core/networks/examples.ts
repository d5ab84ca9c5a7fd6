/**
 * What the small networks look at: digits on a grid, as on a letter, and songs of a few notes. It knows no network.
 */

/** The side of a picture. */
export const SIDE = 6;

export const digits = ['0', '1', '7'] as const;
export type Digit = (typeof digits)[number];

/** Ink of each digit, three wide and five high. */
const drawings: Record<Digit, string> = {
  '0': '### #.# #.# #.# ###',
  '1': '.#. ##. .#. .#. .#.',
  '7': '### ..# .#. .#. .#.',
};

/** Where a digit stands when it stands in the middle: rows from above, columns from the left. */
export const middle = { top: 0, left: 1 };

/** A digit as a picture, row by row: 1 is ink, 0 is paper. Ink that would fall off the edge is left out. */
export function drawn(digit: Digit, { top, left } = middle): number[] {
  const picture = Array.from({ length: SIDE * SIDE }, () => 0);
  drawings[digit].split(' ').forEach((row, y) => {
    [...row].forEach((ink, x) => {
      const isInside = y + top >= 0 && y + top < SIDE && x + left >= 0 && x + left < SIDE;
      if (ink === '#' && isInside) picture[(y + top) * SIDE + x + left] = 1;
    });
  });
  return picture;
}

/** The picture moved by a column to the right; what leaves on the right comes in again on the left. */
export const movedRight = (picture: readonly number[]): number[] =>
  picture.map((_, cell) => picture[cell - (cell % SIDE) + ((cell + SIDE - 1) % SIDE)]!);

export const notes = ['high', 'low', 'pause'] as const;
export type Note = (typeof notes)[number];

export const birds = ['cuckoo', 'tit', 'hoopoe'] as const;
export type Bird = (typeof birds)[number];

/** What each bird sings again and again, much simplified. */
export const calls: Record<Bird, readonly Note[]> = {
  cuckoo: ['high', 'low', 'pause'],
  tit: ['high', 'low'],
  hoopoe: ['low', 'low', 'low', 'pause'],
};

/** How many notes a song has. */
export const NOTES = 6;

/** The beginning of a bird's song. @param from at which note of its call it begins. */
export const song = (bird: Bird, from = 0, length = NOTES): Note[] =>
  Array.from({ length }, (_, at) => calls[bird][(from + at) % calls[bird].length]!);

/** A note as numbers: one place for each of the notes, with a 1 at its own. */
export const asNumbers = (note: Note): number[] => notes.map((other) => (other === note ? 1 : 0));
