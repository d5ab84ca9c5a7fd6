/**
 * The ground of a chart: a picture that is stretched to the room there is, with its labels beside it as text,
 * so that letters keep their size from phone to wall. Its picture is 1000 wide and 100 high.
 */
import type { ReactNode } from 'react';

export interface Label {
  /** Where, in percent of the width or of the height. */
  at: number;
  text: string;
}

export function Plot({
  height,
  x,
  y,
  children,
  over,
}: {
  /** The least it takes; where it is given more room it fills that. */
  height: string;
  x: readonly Label[];
  y: readonly Label[];
  children: ReactNode;
  over?: ReactNode;
}) {
  return (
    <div className={x.length > 0 ? 'plot has-times' : 'plot'} style={{ minHeight: height }}>
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
        {y.map(({ at, text }) => (
          <line key={text} className={at >= 99.9 ? 'grid is-ground' : 'grid'} x1="0" x2="1000" y1={at} y2={at} />
        ))}
        {children}
      </svg>
      {y.map(({ at, text }) => (
        <span key={text} className="tick is-y" style={{ top: `${at}%` }}>
          {text}
        </span>
      ))}
      {x.map(({ at, text }) => (
        <span key={text} className="tick is-x" style={{ left: `${at}%` }}>
          {text}
        </span>
      ))}
      {over}
    </div>
  );
}
