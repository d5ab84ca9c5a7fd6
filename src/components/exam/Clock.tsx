/** A quiet clock for whoever wants one: whole minutes on this page. It is off at first, stops nothing and is kept nowhere. */
import { useEffect, useState, type ReactNode } from 'react';
import type { Say } from '../quiz/words.tsx';

export function Clock({ say, now }: { say: Say; now(): number }): ReactNode {
  const [since] = useState(now);
  const [isShown, setIsShown] = useState(false);
  const [time, setTime] = useState(since);
  useEffect(() => {
    if (!isShown) return undefined;
    const look = (): void => setTime(now());
    look();
    const every = setInterval(look, 10_000);
    return () => clearInterval(every);
  }, [isShown, now]);
  return (
    <p className="exam-clock">
      {isShown && (
        <span className="numbers">
          {say('sitting.clock', { minutes: Math.max(0, Math.floor((time - since) / 60_000)) })}
        </span>
      )}{' '}
      <button type="button" className="quiz-plain" onClick={() => setIsShown(!isShown)}>
        {say(isShown ? 'sitting.hideClock' : 'sitting.showClock')}
      </button>
    </p>
  );
}
