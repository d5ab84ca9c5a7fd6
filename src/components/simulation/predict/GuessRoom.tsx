/** Where guesses are made: loads the panel when somebody wants to guess, and remembers whether the run is covered meanwhile. */
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { SweepPoint } from '../../../../simulations/index.ts';
import type { SweptPlan } from '../charts/OverDial.tsx';
import type { Reading } from '../prepared.ts';

const Guess = lazy(() => import('./Guess.tsx'));

export type Guessing = 'no' | 'covered' | 'shown';

export interface GuessState {
  now: Guessing;
  start(): void;
  cover(isCovered: boolean): void;
  close(): void;
}

/** Whether somebody is guessing on one stage; the focus goes back to where it was when they are done. */
export function useGuessing(): GuessState {
  const [now, setNow] = useState<Guessing>('no');
  const asker = useRef<HTMLElement | null>(null);
  return useMemo(
    () => ({
      now,
      start: () => {
        asker.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
        setNow('covered');
      },
      cover: (isCovered) => setNow(isCovered ? 'covered' : 'shown'),
      close: () => {
        setNow('no');
        if (asker.current?.isConnected === true) asker.current.focus();
      },
    }),
    [now],
  );
}

export function GuessRoom({
  guessing,
  ...shown
}: {
  guessing: GuessState;
  reading: Reading;
  plan: SweptPlan | null;
  points: readonly SweepPoint[];
  left: number;
}) {
  if (guessing.now === 'no') return null;
  return (
    <Suspense fallback={null}>
      <Guess {...shown} isCovered={guessing.now === 'covered'} cover={guessing.cover} close={guessing.close} />
    </Suspense>
  );
}
