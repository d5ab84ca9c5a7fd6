/** The room of a service: a line that stands in front of its slots, head next to them. */
import { FIVES, PITCH, type Box, type Line, type Shape } from '../shape.ts';

const ROWS = 4;
const PER_ROW = 10;
const PADDING = 16;
export const BODY_TOP = 60;
export const LINE_WIDTH = (PER_ROW - 1) * PITCH + FIVES + 12;
const LINE_HEIGHT = (ROWS - 1) * 15 + 12;
const GAP = 20;

/**
 * The line grows denser as it grows longer, in tens of columns that can still be counted: forty as large as on the links,
 * then 160, then 520, which is as many as an eye can tell apart there.
 */
const densities = [
  { rows: ROWS, columns: PER_ROW, block: FIVES, radius: 5 },
  { rows: 8, columns: 20, block: 10, radius: 2.6 },
  { rows: 13, columns: 40, block: 10, radius: 1.5 },
] as const;

function lines(): Line[] {
  return densities.map(({ rows, columns, block, radius }, level) => {
    const breaks = Math.ceil(columns / block) - 1;
    const gap = level === 0 ? FIVES : 3;
    const [left, right] = [PADDING + radius + 1, PADDING + LINE_WIDTH - radius - 1];
    const [top, bottom] = [BODY_TOP + radius, BODY_TOP + LINE_HEIGHT - radius - 2];
    const across = (right - left - breaks * gap) / (columns - 1);
    const down = (bottom - top) / (rows - 1);
    return {
      radius,
      spots: Array.from({ length: rows * columns }, (_, place) => {
        const column = place % columns;
        return {
          x: right - column * across - Math.floor(column / block) * gap,
          y: bottom - Math.floor(place / columns) * down,
        };
      }),
    };
  });
}

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
  return {
    width: Math.max(236, right + size + PADDING),
    height: BODY_TOP + LINE_HEIGHT + 40,
    slots: boxes,
    lines: lines(),
    rest: { x: PADDING, y: BODY_TOP + LINE_HEIGHT + 22 },
  };
}
