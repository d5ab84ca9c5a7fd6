/**
 * Where in a run the reader is, and how fast they go through it. It is told how much real time has passed
 * and never asks a clock itself.
 */

/** Units of the run's time per second of the reader's, slowest first; `fastest` is as fast as can be. */
export const speeds = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;
export type Speed = number | 'fastest';

/** A reader's place in a run. Times are in ticks. */
export interface Clock {
  at: number;
  end: number;
  playing: boolean;
  speed: Speed;
  /** How many ticks one unit of the run's time is. */
  unit: number;
  /** The smallest step that still shows every reading once: what one picture goes forward at the fastest. */
  window: number;
}

/** The clock after some real time, in milliseconds, has passed; it stops at the end of the run. */
export function advance(clock: Clock, milliseconds: number): Clock {
  if (!clock.playing) return clock;
  const step = clock.speed === 'fastest' ? clock.window : (milliseconds / 1000) * clock.speed * clock.unit;
  const at = Math.min(clock.end, clock.at + step);
  return { ...clock, at, playing: at < clock.end };
}

/** The clock moved to a time, within the run. */
export function seek(clock: Clock, time: number): Clock {
  return { ...clock, at: Math.min(Math.max(Number.isFinite(time) ? time : 0, 0), clock.end) };
}

/** Starts or stops; started at the end, it begins again. */
export function toggle(clock: Clock): Clock {
  if (clock.playing) return { ...clock, playing: false };
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
