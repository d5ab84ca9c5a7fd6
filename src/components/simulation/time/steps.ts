/** Steps from one thing that happens to the next, forward and back. It moves the clock and draws nothing. */
import type { Mark } from '../../../../simulations/index.ts';
import { seek } from '../../../core/playback/clock.ts';
import { eventTimes, nextTime, previousTime } from '../../../core/playback/events.ts';
import type { FrameReader } from '../../../core/playback/frame.ts';
import type { Player } from '../player.ts';

export interface Steps {
  forward(): void;
  back(): void;
  nextMark(): void;
  previousMark(): void;
  hasMarks: boolean;
}

// Sorting all times of a run takes a while, and most readers never step: it is done at the first step.
const known = new WeakMap<FrameReader, Float64Array>();

export function makeSteps(player: Player, marks: readonly Mark[]): Steps {
  const go = (at: number | null): void => {
    if (at !== null) player.change((clock) => ({ ...seek(clock, at), playing: false }));
  };
  const times = (): ArrayLike<number> => {
    const reader = player.reader();
    if (reader === null) return [];
    let all = known.get(reader);
    if (all === undefined) {
      all = eventTimes(reader.run);
      known.set(reader, all);
    }
    return all;
  };
  const markTimes = [...new Set(marks.map((mark) => mark.at))].sort((a, b) => a - b);
  return {
    forward: () => go(nextTime(times(), player.clock().at)),
    back: () => go(previousTime(times(), player.clock().at) ?? 0),
    nextMark: () => go(nextTime(markTimes, player.clock().at)),
    previousMark: () => go(previousTime(markTimes, player.clock().at)),
    hasMarks: markTimes.length > 0,
  };
}
