/** Where the panel that says why comes up: it holds what was asked about, and gives the focus back to whoever asked. */
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { Subject } from '../../../core/playback/subject.ts';
import { useStage } from '../context.ts';
import type { Reading } from '../prepared.ts';
import { usePostMortem, verdictOf } from './post-mortem.ts';

const Why = lazy(() => import('./Why.tsx'));

export interface Asking {
  subject: Subject | null;
  open(subject: Subject): void;
  close(): void;
}

/** What is asked about on one stage. */
export function useWhy(): Asking {
  const [subject, setSubject] = useState<Subject | null>(null);
  const asker = useRef<HTMLElement | SVGElement | null>(null);
  const open = useCallback((next: Subject): void => {
    const focused = document.activeElement;
    const isInside = focused?.closest('.why') != null;
    if (!isInside && (focused instanceof HTMLElement || focused instanceof SVGElement)) asker.current = focused;
    setSubject(next);
  }, []);
  const close = useCallback((): void => {
    setSubject(null);
    if (asker.current?.isConnected === true) asker.current.focus();
    asker.current = null;
  }, []);
  return useMemo(() => ({ subject, open, close }), [subject, open, close]);
}

/** Says, once it is over, that a run went badly, and offers to tell how. */
function Verdict({ reading, open }: { reading: Reading; open: Asking['open'] }) {
  const { player, speech } = useStage();
  const story = usePostMortem(reading);
  const run = player.reader()?.run;
  if (story === null || run === undefined) return null;
  return (
    <p className={`why-verdict is-${story.outcome}`}>
      <strong>{speech.say(`why.outcome.${story.outcome}`)}.</strong> {verdictOf(speech, run, story)}{' '}
      <button type="button" className="plain" onClick={() => open({ kind: 'run' })}>
        {speech.say('why.read')}
      </button>
    </p>
  );
}

export function WhyRoom({ why, reading }: { why: Asking; reading: Reading }) {
  return (
    <>
      <Verdict reading={reading} open={why.open} />
      {why.subject === null ? null : (
        <Suspense fallback={null}>
          <Why subject={why.subject} reading={reading} ask={why.open} close={why.close} />
        </Suspense>
      )}
    </>
  );
}
