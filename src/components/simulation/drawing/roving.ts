/**
 * All parts of a drawing are one stop of the Tab key: arrow keys go from part to part by where these stand, Home and End to the
 * first and the last as one reads. It knows places and keys, and moves no focus itself.
 */
import { createContext } from 'react';
import type { PlacedPart } from './layout.ts';

type Placed = Pick<PlacedPart, 'id' | 'x' | 'y'> & { shape: Pick<PlacedPart['shape'], 'width' | 'height'> };

const ways = new Map<string, readonly [number, number]>([
  ['ArrowRight', [1, 0]],
  ['ArrowLeft', [-1, 0]],
  ['ArrowDown', [0, 1]],
  ['ArrowUp', [0, -1]],
]);
/** A part that stands so much to the side counts as this many times as far ahead: what is straight ahead comes first. */
const ASIDE = 2;
/** And what stands more than so many times as far to the side as ahead does not lie that way at all. */
const WIDEST = 3;

const middleOf = ({ x, y, shape }: Placed): readonly [number, number] => [x + shape.width / 2, y + shape.height / 2];

/** The parts as one reads: from left to right, and in a column from above. */
const asRead = (parts: readonly Placed[]): Placed[] =>
  parts.toSorted((one, other) => one.x - other.x || one.y - other.y);

/** The part that a drawing is entered by. */
export const firstPart = (parts: readonly Placed[]): string | null => asRead(parts)[0]?.id ?? null;

/** Where a key leads from a part: another part, the same where nothing stands that way, or null for a key that leads nowhere. */
export function partBy(key: string, from: string, parts: readonly Placed[]): string | null {
  if (key === 'Home') return firstPart(parts);
  if (key === 'End') return asRead(parts).at(-1)?.id ?? null;
  const way = ways.get(key);
  const start = parts.find(({ id }) => id === from);
  if (way === undefined || start === undefined) return null;
  const [x, y] = middleOf(start);
  let [best, least] = [from, Number.POSITIVE_INFINITY];
  for (const part of parts) {
    const [dx, dy] = [middleOf(part)[0] - x, middleOf(part)[1] - y];
    const ahead = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1] + dy * way[0]);
    if (ahead * WIDEST < aside || ahead < 1) continue;
    // A large part is straight ahead wherever it is met.
    const half = (way[0] === 0 ? part.shape.width : part.shape.height) / 2;
    const distance = ahead + ASIDE * Math.max(0, aside - half);
    if (distance < least) [best, least] = [part.id, distance];
  }
  return best;
}

/** Which part of a drawing the Tab key comes to, and how another takes its place; null where every part is a stop. */
export interface Roving {
  here: string | null;
  go(part: string): void;
}

export const RovingContext = createContext<Roving | null>(null);
