/** The measured numbers of a question as a view shows them: the build's, until the reader's browser has measured its own. */
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { isSame, keyLuck, measurementsOf } from '../../core/quiz/measurement.ts';
import type { MeasuredValue, Question } from '../../core/quiz/question.ts';
import { measureHere } from './measuring.ts';
import { useSpeech } from './words.tsx';

const states = ['running', 'same', 'other', 'unable'] as const;
type LiveState = (typeof states)[number];

/** What has been measured on this page already: a question may stand in the prose and in the quiz. */
const known = new Map<string, Promise<MeasuredValue[] | null>>();

/** @param isWanted whether the numbers are no secret any more. */
export function useMeasured<Q extends Question>(question: Q, isWanted: boolean): { question: Q; live: LiveState } {
  const measurements = useMemo(() => measurementsOf(question), [question]);
  const [here, setHere] = useState<MeasuredValue[] | null | undefined>(undefined);
  useEffect(() => {
    if (!isWanted) return undefined;
    let isGone = false;
    const key = JSON.stringify(measurements);
    const measuring = known.get(key) ?? measureHere(measurements);
    known.set(key, measuring);
    const show = async (): Promise<void> => {
      const measured = await measuring;
      if (!isGone) setHere(measured);
    };
    void show();
    return () => {
      isGone = true;
    };
  }, [measurements, isWanted]);
  if (here === undefined) return { question, live: 'running' };
  if (here === null) return { question, live: 'unable' };
  // What readers are judged by stays what it was when they answered; what they see is what they measured.
  return isSame(here, question.measured)
    ? { question, live: 'same' }
    : { question: { ...question, measured: here }, live: 'other' };
}

/** Says where the numbers come from. All that it may come to say is laid out beforehand, so that nothing moves when it does. */
export function WhereMeasured({ live }: { live: LiveState }): ReactNode {
  const { say } = useSpeech();
  return (
    <output className="quiz-live-note quiz-hint" data-live={live}>
      {states.map((state) => (
        <span key={state} aria-hidden={state !== live} data-shown={state === live || undefined}>
          {say(`live.${state}`, { runs: keyLuck.replications })}
        </span>
      ))}
    </output>
  );
}
