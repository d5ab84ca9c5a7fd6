/**
 * Where in a run the reader is, and how fast they go through it. It is told how much real time has passed
 * and never asks a clock itself.
 */

/** Units of the run's time per second of the reader's, slowest first; `fastest` is as fast as can be. */
export const speeds = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;
export type Speed = number | 'fastest';

/** A stretch of the run that is played over and over, in ticks. */
export interface Loop {
  from: number;
  to: number;
}

/** A reader's place in a run. Times are in ticks. */
export interface Clock {
  at: number;
  end: number;
  playing: boolean;
  speed: Speed;
  /** How many ticks one unit of the run's time is. */
  unit: number;
  /** The smallest step that still shows every reading once: what one picture goes forward at least at the fastest. */
  window: number;
  /** What is played over and over; null for once through the run. */
  loop?: Loop | null;
}

/** As fast as can be takes this long for a whole run where drawing keeps up, in milliseconds. */
export const FASTEST_RUN = 5000;
/** A loop shorter than this share of the run could not be seen to go round. */
const LEAST_LOOP = 1 / 2000;

/** How far some real time, in milliseconds, takes a clock, in ticks. */
export function stepOf(clock: Clock, milliseconds: number): number {
  if (clock.speed === 'fastest') return Math.max(clock.window, (clock.end * milliseconds) / FASTEST_RUN);
  return (milliseconds / 1000) * clock.speed * clock.unit;
}

/** The clock after some real time, in milliseconds, has passed; it stops at the end of the run, and goes round in a loop. */
export function advance(clock: Clock, milliseconds: number): Clock {
  if (!clock.playing) return clock;
  const step = stepOf(clock, milliseconds);
  const loop = clock.loop ?? null;
  if (loop !== null && clock.at < loop.to && clock.at + step >= loop.to) {
    const over = (clock.at + step - loop.to) % (loop.to - loop.from);
    return { ...clock, at: loop.from + over };
  }
  const at = Math.min(clock.end, clock.at + step);
  return { ...clock, at, playing: at < clock.end };
}

/** The clock with one end of its loop put where it stands; an end that would lie beyond the other takes the run's own end for that one. */
export function loopFrom(clock: Clock, end: 'from' | 'to'): Clock {
  const least = clock.end * LEAST_LOOP;
  const { from, to } = clock.loop ?? { from: 0, to: clock.end };
  if (end === 'from') {
    const begin = Math.min(clock.at, clock.end - least);
    return { ...clock, loop: { from: begin, to: to - begin < least ? clock.end : to } };
  }
  const stop = Math.max(clock.at, least);
  return { ...clock, loop: { from: stop - from < least ? 0 : from, to: stop } };
}

/** The loop in a run that ends at `end`; null when nothing of it is left. */
export function loopWithin(loop: Loop | null | undefined, end: number): Loop | null {
  if (loop == null) return null;
  const to = Math.min(loop.to, end);
  return to - loop.from < end * LEAST_LOOP ? null : { from: loop.from, to };
}

/** The clock moved to a time, within the run. */
export function seek(clock: Clock, time: number): Clock {
  return { ...clock, at: Math.min(Math.max(Number.isFinite(time) ? time : 0, 0), clock.end) };
}

/** A loop as a link says it, in units of the run's time; null for none. */
export const loopOf = ({ loop, unit }: Clock): Loop | null =>
  loop == null ? null : { from: loop.from / unit, to: loop.to / unit };

/** The loop that such units say, as far as it lies in the run. */
export const loopIn = (said: Loop | null | undefined, { unit, end }: Clock): Loop | null =>
  said == null ? null : loopWithin({ from: said.from * unit, to: said.to * unit }, end);

/** Starts or stops; started at the end, it begins again; started outside its loop, it begins with the loop. */
export function toggle(clock: Clock): Clock {
  if (clock.playing) return { ...clock, playing: false };
  const loop = clock.loop ?? null;
  if (loop !== null && (clock.at < loop.from || clock.at >= loop.to)) return { ...clock, at: loop.from, playing: true };
  return { ...clock, at: clock.at >= clock.end ? 0 : clock.at, playing: true };
}

/** The neighbouring speed, faster or slower. */
export function changeSpeed(speed: Speed, by: 1 | -1): Speed {
  if (speed === 'fastest') return by > 0 ? 'fastest' : speeds.at(-1)!;
  const place = speeds.findIndex((each) => each >= speed);
  const next = (place === -1 ? speeds.length - 1 : place) + by;
  if (next >= speeds.length) return 'fastest';
  return speeds[Math.max(0, next)]!;
}

/** A speed at which single requests can be watched: about two of them a second, for `rate` requests per unit of time. */
export function watchableSpeed(rate: number): number {
  const wanted = rate > 0 ? 2 / rate : 1;
  return speeds.findLast((each) => each <= wanted) ?? speeds[0];
}
