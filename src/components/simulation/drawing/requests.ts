/** Where each request is on the drawing at one moment, and how it is to be told apart. It paints nothing itself. */
import { isFailure, ANSWERED } from '../../../core/playback/fates.ts';
import type { Frame } from '../../../core/playback/frame.ts';
import { lineFor } from '../parts/shape.ts';
import type { Layout, PlacedLink } from './layout.ts';

/** Each look is a shape as well as a colour: filled, ring, cross. */
export type Look = 'out' | 'waiting' | 'served' | 'answered' | 'failed';

export interface Dot {
  hop: number;
  x: number;
  y: number;
  look: Look;
  radius: number;
  /** How much of its service is done; 0 elsewhere. */
  done: number;
  /** Side of the slot it is in; 0 elsewhere. */
  slot: number;
}

/** Radius of a request where there is room, in the drawing's units. */
export const RADIUS = 5;

/** All requests that the drawing shows at a moment. @param doneOf how much of a hop's service is done, from 0 to 1. */
export function placeRequests(
  frame: Frame,
  layout: Layout,
  partIds: readonly string[],
  doneOf: (hop: number) => number,
): Dot[] {
  const dots: Dot[] = [];
  for (const part of layout.parts) {
    const state = frame.parts[part.id];
    if (state === undefined) continue;
    const line = lineFor(part.shape, state.queue.length);
    const shown = Math.min(state.queue.length, line?.spots.length ?? 0);
    for (let place = 0; place < shown; place += 1) {
      const spot = line!.spots[place]!;
      dots.push({
        hop: state.queue[place]!,
        x: part.x + spot.x,
        y: part.y + spot.y,
        look: 'waiting',
        radius: line!.radius,
        done: 0,
        slot: 0,
      });
    }
    for (let index = 0; index < part.shape.slots.length; index += 1) {
      const hop = state.slots[index]?.hop ?? -1;
      if (hop < 0) continue;
      const box = part.shape.slots[index]!;
      dots.push({
        hop,
        x: part.x + box.x + box.width / 2,
        y: part.y + box.y + box.height / 2,
        look: 'served',
        radius: RADIUS,
        done: doneOf(hop),
        slot: box.width,
      });
    }
  }
  const links = new Map<number, PlacedLink | null>();
  for (const each of frame.travelling) {
    const pair = each.from * partIds.length + each.to;
    let link = links.get(pair);
    if (link === undefined) {
      link = layout.links.find((one) => one.from === partIds[each.from] && one.to === partIds[each.to]) ?? null;
      links.set(pair, link);
    }
    if (link === null) continue;
    const [a, b] = each.back ? link.back : link.out;
    const look: Look = !each.back
      ? 'out'
      : isFailure(each.fate)
        ? 'failed'
        : each.fate === ANSWERED
          ? 'answered'
          : 'out';
    dots.push({
      hop: each.hop,
      x: a.x + (b.x - a.x) * each.share,
      y: a.y + (b.y - a.y) * each.share,
      look,
      radius: RADIUS,
      done: 0,
      slot: 0,
    });
  }
  return dots;
}

/** The request nearest to a point, within reach; null when there is none. */
export function nearest(dots: readonly Dot[], x: number, y: number, reach: number): Dot | null {
  let best: Dot | null = null;
  let least = reach * reach;
  for (const dot of dots) {
    const distance = (dot.x - x) ** 2 + (dot.y - y) ** 2;
    if (distance <= least) {
      least = distance;
      best = dot;
    }
  }
  return best;
}
