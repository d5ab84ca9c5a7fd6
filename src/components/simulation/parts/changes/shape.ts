/** The room of a stream of changes: its components as a map of cells, and what comes of the borders in numbers below. */
import type { Box, Shape, Shaped } from '../shape.ts';

/** Where the map begins, and how wide it is. */
export const MAP = { x: 16, y: 66, width: 384 } as const;
export const ROW = 21;

/** Cells that have room for a name: four of them stand side by side. */
const NAMED = { columns: 4, height: 46 } as const;
const MOST_NAMED = 20;
const SMALL = { columns: 16, height: 24 } as const;

/** Whether so many components are drawn with their names. */
export const isNamed = (components: number): boolean => components <= MOST_NAMED;

/** Each component's cell, in the order of their numbers. */
export function cellsOf(components: number): Box[] {
  const { columns, height } = isNamed(components) ? NAMED : SMALL;
  const width = MAP.width / columns;
  return Array.from({ length: components }, (_, component) => ({
    x: MAP.x + (component % columns) * width,
    y: MAP.y + Math.floor(component / columns) * height,
    width,
    height,
  }));
}

/** How many components such a part has. */
export function countOf(settings: Shaped['settings']): number {
  const { components, spread } = (settings ?? {}) as { components?: string[]; spread?: { components: number } | null };
  return spread?.components ?? components?.length ?? 0;
}

/** Where the rows of numbers begin. */
export function rowsAt(components: number): number {
  const last = cellsOf(components).at(-1);
  return (last === undefined ? MAP.y : last.y + last.height) + 16;
}

export const changesShape = ({ settings }: Shaped): Shape => ({
  width: 2 * MAP.x + MAP.width,
  height: rowsAt(countOf(settings)) + 3 * ROW + 10,
  slots: [],
  lines: [],
  rest: { x: 16, y: 0 },
});
