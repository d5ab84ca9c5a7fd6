/** One point of a curve to be drawn: an upright slider that stands in the chart, dragged, tapped, or moved by keys. */
import type { CSSProperties } from 'react';

export interface PointSliderProps {
  /** Where it stands along the chart, in percent. */
  across: number;
  /** Top of the chart, and one press of an arrow key. */
  max: number;
  step: number;
  /** Its height; undefined while it has not been set. */
  height: number | undefined;
  /** Where it stands until then. */
  start: number;
  label: string;
  /** The height as it is printed over the point, and as it is read aloud. */
  printed: string;
  spoken: string;
  set(height: number): void;
}

export function PointSlider({ across, max, step, height, start, label, printed, spoken, set }: PointSliderProps) {
  const isSet = height !== undefined;
  const value = height ?? start;
  const up = (1 - Math.min(value, max) / max) * 100;
  const place = { '--up': up / 100 } as CSSProperties;
  return (
    <span className="quiz-column" data-set={isSet || undefined} style={{ left: `${across}%` }}>
      <input
        type="range"
        min={0}
        max={max}
        step={step}
        value={value}
        aria-label={label}
        aria-orientation="vertical"
        aria-valuetext={spoken}
        onChange={({ target }) => set(Number(target.value))}
        // A point may be right where it stands: touching it or pressing Enter sets it there.
        onPointerUp={({ currentTarget }) => set(Number(currentTarget.value))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          set(value);
        }}
      />
      {isSet ? (
        <span className="quiz-height" style={place} aria-hidden="true">
          {printed}
        </span>
      ) : (
        <span className={value < max / 2 ? 'quiz-unset' : 'quiz-unset is-high'} style={place} aria-hidden="true">
          ?
          <svg viewBox="0 0 16 24">
            <path d="M8 22V4M3 9l5-5.5L13 9" />
          </svg>
        </span>
      )}
    </span>
  );
}
