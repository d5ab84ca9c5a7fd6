/**
 * Where everything stands on the drawing: parts from the scenario's columns and rows, links between their edges.
 * On a narrow screen the columns become rows. Lengths are in the drawing's own units; the screen scales them.
 */
import type { PartState, Scenario } from '../../../../simulations/index.ts';
import { kindOf } from '../parts/index.ts';
import type { Orientation, Point, Shape } from '../parts/shape.ts';

export interface PlacedPart extends Point {
  id: string;
  kind: string;
  shape: Shape;
}

/** A link is two lanes side by side: calls go out on one and answers come back on the other. */
export interface PlacedLink {
  from: string;
  to: string;
  out: readonly [Point, Point];
  back: readonly [Point, Point];
}

export interface Layout {
  orientation: Orientation;
  width: number;
  height: number;
  parts: PlacedPart[];
  links: PlacedLink[];
}

/** What the layout has to know of a scenario. */
export type Arranged = Pick<Scenario, 'parts' | 'links' | 'positions'>;

const MARGIN = 6;
const GAP = { wide: { across: 210, down: 40 }, tall: { across: 24, down: 92 } } as const;
const HALF_LANE = 9;

/** Who calls whom: as the links say, and as the parts that name their callees say. */
function callsOf(scenario: Arranged): [string, string][] {
  const calls = new Map<string, [string, string]>();
  for (const { from, to } of scenario.links) calls.set(`${from} ${to}`, [from, to]);
  for (const [from, settings] of Object.entries(scenario.parts)) {
    const callees = (settings as { calls?: unknown }).calls;
    if (!Array.isArray(callees)) continue;
    for (const to of callees) {
      if (typeof to === 'string' && Object.hasOwn(scenario.parts, to)) calls.set(`${from} ${to}`, [from, to]);
    }
  }
  return [...calls.values()];
}

/** The line between two parts, from edge to edge, moved aside by half a lane. */
function lane(from: PlacedPart, to: PlacedPart, side: number): readonly [Point, Point] {
  const centre = (part: PlacedPart): Point => ({ x: part.x + part.shape.width / 2, y: part.y + part.shape.height / 2 });
  const [a, b] = [centre(from), centre(to)];
  const sideways =
    Math.abs(b.x - a.x) * (from.shape.height + to.shape.height) >=
    Math.abs(b.y - a.y) * (from.shape.width + to.shape.width);
  if (sideways) {
    const forward = b.x >= a.x;
    return [
      { x: forward ? from.x + from.shape.width : from.x, y: a.y + side },
      { x: forward ? to.x : to.x + to.shape.width, y: b.y + side },
    ];
  }
  const downward = b.y >= a.y;
  return [
    { x: a.x + side, y: downward ? from.y + from.shape.height : from.y },
    { x: b.x + side, y: downward ? to.y : to.y + to.shape.height },
  ];
}

/** The drawing of a scenario whose parts have these slots. */
export function layoutOf(
  scenario: Arranged,
  states: Record<string, Pick<PartState, 'slots'>>,
  orientation: Orientation,
): Layout {
  const ids = Object.keys(scenario.parts);
  const cells = ids.map((id, index) => {
    const [column, row] = scenario.positions[id] ?? [index, 0];
    const kind = scenario.parts[id]!.kind;
    const shape = kindOf(kind).shape(states[id]?.slots ?? [], orientation);
    return {
      id,
      kind,
      shape,
      across: orientation === 'wide' ? column : row,
      down: orientation === 'wide' ? row : column,
    };
  });

  // Columns and rows are as wide and high as what stands in them.
  const tracks = (key: 'across' | 'down', size: 'width' | 'height'): Map<number, [number, number]> => {
    const places = [...new Set(cells.map((cell) => cell[key]))].sort((a, b) => a - b);
    const starts = new Map<number, [number, number]>();
    let start = MARGIN;
    for (const place of places) {
      const extent = Math.max(...cells.filter((cell) => cell[key] === place).map((cell) => cell.shape[size]));
      starts.set(place, [start, extent]);
      start += extent + GAP[orientation][key];
    }
    return starts;
  };
  const columns = tracks('across', 'width');
  const rows = tracks('down', 'height');

  const parts = cells.map(({ id, kind, shape, across, down }): PlacedPart => {
    const [x, width] = columns.get(across)!;
    const [y, height] = rows.get(down)!;
    return { id, kind, shape, x: x + (width - shape.width) / 2, y: y + (height - shape.height) / 2 };
  });
  const find = (id: string): PlacedPart => parts.find((part) => part.id === id)!;
  const links = callsOf(scenario).map(([from, to]): PlacedLink => {
    const [a, b] = [find(from), find(to)];
    return { from, to, out: lane(a, b, -HALF_LANE), back: lane(a, b, HALF_LANE) };
  });
  return {
    orientation,
    width: Math.max(...parts.map((part) => part.x + part.shape.width)) + MARGIN,
    height: Math.max(...parts.map((part) => part.y + part.shape.height)) + MARGIN,
    parts,
    links,
  };
}

/** The scale and offset that fit a drawing into a box, centred and never larger than `most`. */
export function fit(
  layout: Pick<Layout, 'width' | 'height'>,
  box: { width: number; height: number },
  most = 2,
): { x: number; y: number; zoom: number } {
  const zoom = Math.max(0.05, Math.min(box.width / layout.width, box.height / layout.height, most));
  return { x: (box.width - layout.width * zoom) / 2, y: (box.height - layout.height * zoom) / 2, zoom };
}
