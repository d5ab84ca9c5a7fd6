/**
 * How fast a run is really gone through: the run's time that passed over the time that passed for the reader, whatever was
 * wished for. It is told both and asks no clock.
 */

/** Measures over about this much of the reader's time, in milliseconds: long enough to stand still, short enough to be true. */
const SPAN = 1000;

export interface Speedometer {
  /** One picture: how far the run went (in its unit of time) in so many milliseconds. */
  beat(units: number, milliseconds: number): void;
  /** Units of the run's time per second over the last second or so; null until something has passed. */
  speed(): number | null;
  /** Forgets what was: playing begins anew, or the reader wants another speed. */
  reset(): void;
}

export function makeSpeedometer(): Speedometer {
  let beats: { units: number; milliseconds: number }[] = [];
  let units = 0;
  let milliseconds = 0;
  return {
    beat: (far, long) => {
      if (!(long > 0)) return;
      beats.push({ units: far, milliseconds: long });
      units += far;
      milliseconds += long;
      while (beats.length > 1 && milliseconds - beats[0]!.milliseconds >= SPAN) {
        const gone = beats.shift()!;
        units -= gone.units;
        milliseconds -= gone.milliseconds;
      }
    },
    speed: () => (milliseconds > 0 ? Math.max(0, units / milliseconds) * 1000 : null),
    reset: () => {
      beats = [];
      units = 0;
      milliseconds = 0;
    },
  };
}
