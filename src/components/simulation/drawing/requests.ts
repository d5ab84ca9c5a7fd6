/** Where each request is on the drawing at one moment, and how it is to be told apart. It paints nothing itself. */
import { ANSWERED, isFailure, wayOfFailing } from '../../../core/playback/fates.ts';
import type { Frame, Travelling } from '../../../core/playback/frame.ts';
import { lineFor, shownSlots } from '../parts/shape.ts';
import type { Layout, PlacedLink } from './layout.ts';

/**
 * Each look is a shape as well as a colour: a dot on its way, a square for another try of the same, a ring when answered and a
 * broken ring when nobody waits for it any more; a barred circle when turned away, an hourglass when it took too long, a cross
 * when it went wrong.
 */
export type Look = 'out' | 'retried' | 'waiting' | 'served' | 'answered' | 'late' | 'refused' | 'timed-out' | 'failed';

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

/** How many are drawn on the links one by one: beyond that the width of the links tells, and a steady sample of those who go. */
export const MOST_MOVING = 4000;

/** A number that stands for a row, spread evenly from 0 to 1: the same rows are chosen at every moment. */
const chance = (row: number): number => (Math.imul(row + 1, 0x9e3779b1) >>> 0) / 0x1_0000_0000;

/** Of how many requests under way one is drawn: 1 while all are. In steps of two, so that few come and go while their number changes a little. */
export const drawnOneIn = (count: number): number =>
  count <= MOST_MOVING ? 1 : 2 ** Math.ceil(Math.log2(count / MOST_MOVING));

/** Those of the requests under way that are drawn; whoever is followed always is. */
export function sampled(travelling: readonly Travelling[], followed: ReadonlySet<number>): readonly Travelling[] {
  if (travelling.length <= MOST_MOVING) return travelling;
  const share = 1 / drawnOneIn(travelling.length);
  return travelling.filter(({ hop }) => chance(hop) < share || followed.has(hop));
}

function lookOf({ back, fate, attempt, isLate }: Travelling): Look {
  if (!back) return attempt > 0 ? 'retried' : 'out';
  if (isFailure(fate)) return wayOfFailing(fate);
  if (fate !== ANSWERED) return 'out';
  return isLate ? 'late' : 'answered';
}

const nobody: ReadonlySet<number> = new Set();

/** All requests that the drawing shows at a moment. @param doneOf how much of a hop's service is done, from 0 to 1. */
export function placeRequests(
  frame: Frame,
  layout: Layout,
  partIds: readonly string[],
  doneOf: (hop: number) => number,
  followed = nobody,
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
    for (const [place, slot] of shownSlots(state.slots, part.shape.slots.length).entries()) {
      const { hop } = state.slots[slot]!;
      if (hop < 0) continue;
      const box = part.shape.slots[place]!;
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
  for (const each of sampled(frame.travelling, followed)) {
    const pair = each.from * partIds.length + each.to;
    let link = links.get(pair);
    if (link === undefined) {
      link = layout.links.find((one) => one.from === partIds[each.from] && one.to === partIds[each.to]) ?? null;
      links.set(pair, link);
    }
    if (link === null) continue;
    const [a, b] = each.back ? link.back : link.out;
    dots.push({
      hop: each.hop,
      x: a.x + (b.x - a.x) * each.share,
      y: a.y + (b.y - a.y) * each.share,
      look: lookOf(each),
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
