/**
 * Where in its run a stage is, for everything on the page that moves with it: a clock, the frame at that moment, and a
 * beat that moves the clock while it plays. It draws nothing.
 */
import { advance, loopWithin, seek, stepOf, type Clock } from '../../core/playback/clock.ts';
import { served, type Frame, type FrameReader } from '../../core/playback/frame.ts';
import { makeSpeedometer } from '../../core/playback/true-speed.ts';

export interface Player {
  clock(): Clock;
  frame(): Frame;
  reader(): FrameReader | null;
  /** How much of its service a hop has had at this moment. */
  done(hop: number): number;
  /** The speed that was really reached lately, in units of the run's time per second; null before anything has passed. */
  trueSpeed(): number | null;
  subscribe(listener: () => void): () => void;
  change(how: (clock: Clock) => Clock): void;
  /** Puts another run under the same clock. */
  put(reader: FrameReader, window: number): void;
  stop(): void;
}

/** Past this many milliseconds without a picture the page was asleep: the run waits for it instead of leaping. */
const LONGEST_BEAT = 250;

export function makePlayer(first: { clock: Clock; frame: Frame; done: ReadonlyMap<number, number> }): Player {
  let clock = first.clock;
  let frame = first.frame;
  let reader: FrameReader | null = null;
  let beat = 0;
  let before = 0;
  const meter = makeSpeedometer();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  const set = (next: Clock): void => {
    if (next === clock) return;
    const moved = next.at !== clock.at;
    if (next.speed !== clock.speed || (next.playing && !clock.playing)) meter.reset();
    clock = next;
    if (moved && reader !== null) frame = reader.at(clock.at);
    tell();
    if (clock.playing && beat === 0 && typeof requestAnimationFrame !== 'undefined') {
      before = performance.now();
      beat = requestAnimationFrame(onBeat);
    }
  };

  function onBeat(now: number): void {
    beat = 0;
    if (!clock.playing) return;
    const waited = Math.max(0, now - before);
    const passed = Math.min(LONGEST_BEAT, waited);
    before = now;
    const next = advance(clock, passed);
    // In a loop the place goes back while time goes on, so the way is counted and not the places.
    const way = next.playing ? stepOf(clock, passed) : next.at - clock.at;
    meter.beat(way / clock.unit, waited);
    if (next.playing) beat = requestAnimationFrame(onBeat);
    set(next);
  }

  return {
    clock: () => clock,
    frame: () => frame,
    reader: () => reader,
    done: (hop) => (reader === null ? (first.done.get(hop) ?? 0) : served(reader, hop, clock.at)),
    trueSpeed: meter.speed,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: (how) => set(how(clock)),
    put: (next, window) => {
      reader = next;
      const end = next.run.endedAt;
      clock = seek({ ...clock, end, window, loop: loopWithin(clock.loop, end) }, clock.at);
      frame = reader.at(clock.at);
      tell();
    },
    stop: () => {
      if (beat !== 0) cancelAnimationFrame(beat);
      beat = 0;
      clock = { ...clock, playing: false };
    },
  };
}
