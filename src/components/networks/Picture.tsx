/** A picture that one can draw into: a button for each cell, one tab stop for all of them. It knows no network. */
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { SIDE } from '../../core/networks/examples.ts';
import type { Say } from '../quiz/words.tsx';

interface PictureProps {
  picture: readonly number[];
  onChange: (picture: number[]) => void;
  say: Say;
  /** Cells that are under a window. */
  framed?: ReadonlySet<number>;
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE };

export function Picture({ picture, onChange, say, framed }: PictureProps): ReactNode {
  const [at, setAt] = useState(0);
  const grid = useRef<HTMLFieldSetElement>(null);
  const walk = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const isAcross = Math.abs(step) === 1;
    const next = at + step;
    if (next < 0 || next >= picture.length) return;
    if (isAcross && Math.floor(next / SIDE) !== Math.floor(at / SIDE)) return;
    setAt(next);
    grid.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <fieldset className="network-picture" aria-label={say('picture')} ref={grid}>
      {picture.map((ink, cell) => (
        <button
          // oxlint-disable-next-line react/no-array-index-key -- a cell is its place
          key={cell}
          type="button"
          tabIndex={cell === at ? 0 : -1}
          aria-pressed={ink === 1}
          aria-label={say('cell', { row: Math.floor(cell / SIDE) + 1, column: (cell % SIDE) + 1 })}
          data-framed={framed?.has(cell) || undefined}
          onKeyDown={walk}
          onFocus={() => setAt(cell)}
          onClick={() => onChange(picture.map((value, other) => (other === cell ? 1 - value : value)))}
        >
          {ink}
        </button>
      ))}
    </fieldset>
  );
}
