/** The room of a service: a line that stands in front of its slots, head next to them. */
import { FIVES, PITCH, type Box, type Point, type Shape } from '../shape.ts';

const ROWS = 4;
const PER_ROW = 10;
const PADDING = 16;
export const BODY_TOP = 42;
export const LINE_WIDTH = (PER_ROW - 1) * PITCH + FIVES + 12;
const LINE_HEIGHT = (ROWS - 1) * 15 + 12;
const GAP = 20;

/** Few slots are drawn large, many small, and no more than can be told apart. */
function arrange(count: number): { size: number; rows: number; shown: number } {
  if (count <= 2) return { size: 44, rows: 1, shown: count };
  if (count <= 8) return { size: 26, rows: 2, shown: count };
  return { size: 13, rows: 4, shown: Math.min(count, 32) };
}

/** @param slots how many there are, by the instance each belongs to. */
export function serviceShape(slots: readonly { instance: number }[]): Shape {
  const { size, rows, shown } = arrange(slots.length);
  const left = PADDING + LINE_WIDTH + GAP;
  // Slots and those who wait stand on the same floor.
  const top = BODY_TOP + LINE_HEIGHT - (rows * size + (rows - 1) * 5);
  const boxes: Box[] = Array.from({ length: shown }, (_, slot) => ({
    x: left + Math.floor(slot / rows) * (size + 6),
    y: top + (slot % rows) * (size + 5),
    width: size,
    height: size,
  }));
  const right = boxes.at(-1)?.x ?? left;
  const line: Point[] = Array.from({ length: ROWS * PER_ROW }, (_, place) => {
    const column = place % PER_ROW;
    return {
      x: PADDING + LINE_WIDTH - 6 - column * PITCH - Math.floor(column / FIVES) * FIVES,
      y: BODY_TOP + LINE_HEIGHT - 7 - Math.floor(place / PER_ROW) * 15,
    };
  });
  return {
    width: Math.max(290, right + size + PADDING),
    height: BODY_TOP + LINE_HEIGHT + 40,
    slots: boxes,
    line,
    rest: { x: PADDING, y: BODY_TOP + LINE_HEIGHT + 22 },
  };
}
