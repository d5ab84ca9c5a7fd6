/**
 * Where everything stands on the drawing: parts from the scenario's columns and rows, links between their edges.
 * On a narrow screen the columns become rows. Lengths are in the drawing's own units; the screen scales them.
 */
import type { Connections, PartState, Scenario } from '../../../../simulations/index.ts';
import { isLeftOut } from '../../../core/playback/parts/signs.ts';
import { compactShape } from '../parts/basis/block.ts';
import { kindOf } from '../parts/index.ts';
import type { Orientation, Point, Shape } from '../parts/shape.ts';
import { placesOf } from './places.ts';

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

/** What ties a control part to the part that it looks after. */
export interface PlacedTie {
  from: string;
  to: string;
  line: readonly [Point, Point];
}

export interface Layout {
  orientation: Orientation;
  width: number;
  height: number;
  parts: PlacedPart[];
  links: PlacedLink[];
  ties: PlacedTie[];
}

/** What the layout has to know of a scenario. */
export type Arranged = Pick<Scenario, 'parts' | 'links' | 'positions'>;

const MARGIN = 10;
const GAP = { wide: { across: 210, down: 44 }, tall: { across: 28, down: 88 } } as const;
/** On a wall parts are to be large, so they stand closer. */
const CLOSE = { wide: { across: 84, down: 30 }, tall: { across: 28, down: 64 } } as const;
const HALF_LANE = 9;

/** Between few columns there is room to see requests go; many come closer, so that they can still be read. */
const across = (orientation: Orientation, columns: number): number =>
  orientation === 'tall' ? GAP.tall.across : columns <= 2 ? GAP.wide.across : columns === 3 ? 150 : 104;

/** Up to how many parts are drawn whole; where there are more, each says the same in less room. */
const MOST_WHOLE = 12;
/** Up to how many parts stand two and two on a narrow screen. */
const MOST_FOLDED = 20;

/** Who calls whom where nobody has asked the machine: as the links say, and as lists of calls say. */
function connectionsIn(scenario: Arranged): Connections {
  const calls = new Map<string, [string, string]>();
  for (const { from, to } of scenario.links) calls.set(`${from} ${to}`, [from, to]);
  for (const [from, settings] of Object.entries(scenario.parts)) {
    const callees = (settings as { calls?: unknown }).calls;
    if (!Array.isArray(callees)) continue;
    for (const to of callees) {
      if (typeof to === 'string' && Object.hasOwn(scenario.parts, to)) calls.set(`${from} ${to}`, [from, to]);
    }
  }
  return { calls: [...calls.values()], steers: [] };
}

/** The line between two parts, from edge to edge, moved aside by half a lane. */
function lane(
  from: PlacedPart,
  to: PlacedPart,
  flow: Orientation,
  side: number,
  [leaving, arriving]: readonly [number, number] = [0, 0],
): readonly [Point, Point] {
  const [a, b] = [middle(from), middle(to)];
  const isSideways = isBeside(from, to, flow);
  const forward = isSideways ? b.x >= a.x : b.y >= a.y;
  const ends: [Point, Point] = isSideways
    ? [
        { x: forward ? from.x + from.shape.width : from.x, y: a.y + leaving },
        { x: forward ? to.x : to.x + to.shape.width, y: b.y + arriving },
      ]
    : [
        { x: a.x + leaving, y: forward ? from.y + from.shape.height : from.y },
        { x: b.x + arriving, y: forward ? to.y : to.y + to.shape.height },
      ];
  const [along, across] = isSideways ? (['x', 'y'] as const) : (['y', 'x'] as const);
  // A slanting line is moved further, so that its two lanes stay apart.
  const [run, rise] = [Math.abs(ends[1][along] - ends[0][along]), Math.abs(ends[1][across] - ends[0][across])];
  const aside = side * Math.min(2.2, Math.hypot(run, rise) / Math.max(run, 1));
  for (const end of ends) end[across] += aside;
  return ends;
}

/**
 * Whether a line between two parts leaves at their sides, and not above or below: on a wide drawing wherever they stand in
 * other columns, on a tall one only where they stand in the same row.
 */
function isBeside(from: PlacedPart, to: PlacedPart, flow: Orientation): boolean {
  const besides = to.x >= from.x + from.shape.width || from.x >= to.x + to.shape.width;
  const over = to.y >= from.y + from.shape.height || from.y >= to.y + to.shape.height;
  return besides && (flow === 'wide' || !over);
}

const middle = (part: PlacedPart): Point => ({ x: part.x + part.shape.width / 2, y: part.y + part.shape.height / 2 });

/**
 * How far from the middle of its edge each link ends, so that those which share an edge do not lie on each other: in the order
 * of where they come from or go to, as far apart as there is room.
 */
function spread(links: readonly (readonly [PlacedPart, PlacedPart])[], flow: Orientation): [number, number][] {
  const edges = new Map<string, { link: number; end: 0 | 1; towards: number }[]>();
  for (const [link, ends] of links.entries()) {
    const sideways = isBeside(ends[0], ends[1], flow);
    const axis = sideways ? 'x' : 'y';
    for (const end of [0, 1] as const) {
      const [own, other] = [ends[end], ends[1 - end]!];
      const edge = `${own.id} ${axis} ${middle(other)[axis] >= middle(own)[axis]}`;
      const here = edges.get(edge) ?? [];
      edges.set(edge, here);
      here.push({ link, end, towards: middle(other)[sideways ? 'y' : 'x'] });
    }
  }
  const offsets = links.map((): [number, number] => [0, 0]);
  for (const [edge, ends] of edges) {
    if (ends.length < 2) continue;
    ends.sort((a, b) => a.towards - b.towards || a.link - b.link);
    const { shape } = links[ends[0]!.link]![ends[0]!.end];
    const room = (edge.split(' ').at(-2) === 'x' ? shape.height : shape.width) * 0.7;
    const step = Math.min(HALF_LANE * 4, room / ends.length);
    for (const [place, { link, end }] of ends.entries()) offsets[link]![end] = (place - (ends.length - 1) / 2) * step;
  }
  return offsets;
}

/**
 * The drawing of a scenario whose parts have these slots.
 * @param connections who calls and who steers whom, as the machine says; read off the scenario's lists where it is left out.
 * On a narrow screen parts that the design leaves out are left out of the drawing, too.
 * @param isClose whether parts are to stand as close as can still be read.
 */
export function layoutOf(
  scenario: Arranged,
  states: Record<string, Pick<PartState, 'slots'>>,
  orientation: Orientation,
  connections: Connections = connectionsIn(scenario),
  isClose = false,
): Layout {
  // A narrow screen has no room for what is not in the design; a wide one shows its outline, to compare.
  const isShown = (id: string): boolean =>
    orientation === 'wide' || !isLeftOut(id, { parts: scenario.parts, connections });
  const ids = Object.keys(scenario.parts).filter(isShown);
  const places = placesOf(ids, scenario, connections);
  const count = (place: 0 | 1): number => new Set(ids.map((id) => places[id]![place])).size;
  // Turned for a narrow screen, columns become rows, unless that would make it wider still.
  const flow = orientation === 'tall' && count(1) <= 2 * count(0) ? 'tall' : 'wide';
  const cells = ids.map((id) => {
    const [column, row] = places[id]!;
    const settings = scenario.parts[id] as Readonly<Record<string, unknown>> & { kind: string };
    const isCompact = ids.length > MOST_WHOLE && settings.kind !== 'traffic';
    const shape = isCompact
      ? compactShape
      : kindOf(settings.kind).shape({ slots: states[id]?.slots ?? [], settings }, flow);
    return {
      id,
      kind: settings.kind,
      shape,
      across: flow === 'wide' ? column : row,
      down: flow === 'wide' ? row : column,
    };
  });
  if (flow === 'tall') fold(cells);

  // On a narrow screen whoever has a row to itself stands in its middle, and needs no column of its own.
  const isAlone = ({ down }: { down: number }): boolean =>
    flow === 'tall' && cells.filter((cell) => cell.down === down).length === 1;

  // Columns and rows are as wide and high as what stands in them.
  const tracks = (key: 'across' | 'down', size: 'width' | 'height'): Map<number, [number, number]> => {
    const standing = key === 'across' ? cells.filter((cell) => !isAlone(cell)) : cells;
    const places = [...new Set(standing.map((cell) => cell[key]))].sort((a, b) => a - b);
    const usual = key === 'down' ? GAP[flow].down : across(flow, places.length);
    const roomy = isClose ? Math.min(usual, CLOSE[flow][key]) : usual;
    const gap = ids.length > MOST_WHOLE ? roomy * 0.7 : roomy;
    const starts = new Map<number, [number, number]>();
    let start = MARGIN;
    for (const place of places) {
      const extent = Math.max(...standing.filter((cell) => cell[key] === place).map((cell) => cell.shape[size]));
      starts.set(place, [start, extent]);
      start += extent + gap;
    }
    return starts;
  };
  const columns = tracks('across', 'width');
  const rows = tracks('down', 'height');
  const edge = Math.max(
    ...[...columns.values()].map(([start, extent]) => start + extent),
    ...cells.filter(isAlone).map((cell) => MARGIN + cell.shape.width),
  );

  // Where a wide one stands alone, the columns of the others stand in its middle as well.
  const last = Math.max(MARGIN, ...[...columns.values()].map(([start, extent]) => start + extent));
  const indent = (edge - last) / 2;
  const parts = cells.map((cell): PlacedPart => {
    const { id, kind, shape } = cell;
    const [y, height] = rows.get(cell.down)!;
    const place = { id, kind, shape, y: y + (height - shape.height) / 2 };
    if (isAlone(cell)) return { ...place, x: (MARGIN + edge - shape.width) / 2 };
    const [x, width] = columns.get(cell.across)!;
    return { ...place, x: x + indent + (width - shape.width) / 2 };
  });
  const find = (id: string): PlacedPart => parts.find((part) => part.id === id)!;
  const both = ([from, to]: readonly [string, string]): boolean => ids.includes(from) && ids.includes(to);
  const ends = connections.calls.filter(both).map(([from, to]) => [find(from), find(to)] as const);
  const aside = spread(ends, flow);
  const links = ends.map(([a, b], link): PlacedLink => {
    const from = a.id;
    const to = b.id;
    return { from, to, out: lane(a, b, flow, -HALF_LANE, aside[link]), back: lane(a, b, flow, HALF_LANE, aside[link]) };
  });
  return {
    orientation: flow,
    width: Math.max(...parts.map((part) => part.x + part.shape.width)) + MARGIN,
    height: Math.max(...parts.map((part) => part.y + part.shape.height)) + MARGIN,
    parts,
    links,
    ties: connections.steers
      .filter(both)
      .map(([from, to]) => ({ from, to, line: lane(find(from), find(to), flow, 0) })),
  };
}

/**
 * On a narrow screen, three beside each other could not be read: the middle one of them stands in a row of its own below. More
 * stand two and two, in columns that all rows share. In a crowd each part is small, so that pairs stay as they are; where there
 * are too many to be scrolled past, all but threes do.
 */
function fold(cells: { across: number; down: number }[]): void {
  const isCrowd = cells.length > MOST_WHOLE;
  const rows = [...new Set(cells.map((cell) => cell.down))];
  for (const row of rows) {
    const own = cells.filter((cell) => cell.down === row).sort((a, b) => a.across - b.across);
    if (own.length === 3) {
      own[1]!.down += 0.5;
      own[0]!.across = 0;
      own[2]!.across = 1;
    } else if (isCrowd ? own.length > 3 && cells.length <= MOST_FOLDED : own.length > 1) {
      for (const [place, cell] of own.entries()) {
        cell.across = place % 2;
        cell.down += Math.floor(place / 2) / own.length;
      }
    }
  }
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
