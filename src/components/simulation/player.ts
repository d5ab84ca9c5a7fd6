/**
 * Where in its run a stage is, for everything on the page that moves with it: a clock, the frame at that moment, and a
 * beat that moves the clock while it plays. It draws nothing.
 */
import { advance, seek, type Clock } from '../../core/playback/clock.ts';
import { served, type Frame, type FrameReader } from '../../core/playback/frame.ts';

export interface Player {
  clock(): Clock;
  frame(): Frame;
  reader(): FrameReader | null;
  /** How much of its service a hop has had at this moment. */
  done(hop: number): number;
  /** The speed that was really reached lately, in units of the run's time per second. */
  trueSpeed(): number;
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
  let reached = 0;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  const set = (next: Clock): void => {
    if (next === clock) return;
    const moved = next.at !== clock.at;
    clock = next;
    if (moved && reader !== null) frame = reader.at(clock.at);
    tell();
    if (clock.playing && beat === 0 && typeof requestAnimationFrame !== 'undefined') {
      before = performance.now();
      reached = 0;
      beat = requestAnimationFrame(onBeat);
    }
  };

  function onBeat(now: number): void {
    beat = 0;
    if (!clock.playing) return;
    const passed = Math.min(LONGEST_BEAT, Math.max(0, now - before));
    before = now;
    const from = clock.at;
    const next = advance(clock, passed);
    if (passed > 0) {
      const speed = ((next.at - from) / clock.unit / passed) * 1000;
      reached = reached === 0 ? speed : reached + (speed - reached) * 0.1;
    }
    if (next.playing) beat = requestAnimationFrame(onBeat);
    set(next);
  }

  return {
    clock: () => clock,
    frame: () => frame,
    reader: () => reader,
    done: (hop) => (reader === null ? (first.done.get(hop) ?? 0) : served(reader, hop, clock.at)),
    trueSpeed: () => reached,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: (how) => set(how(clock)),
    put: (next, window) => {
      reader = next;
      clock = seek({ ...clock, end: next.run.endedAt, window }, clock.at);
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
