/** Hints, one by one, for whoever asks. Those that were shown stay in sight; how many is counted with the answer. */
import { useId, type ReactNode } from 'react';
import { Prose, useSpeech } from './words.tsx';

interface HintsProps {
  hints: readonly string[];
  /** How many of them have been shown. */
  shown: number;
  /** Whether more of them may be asked for. */
  isOpen: boolean;
  onMore(): void;
}

export function Hints({ hints, shown, isOpen, onMore }: HintsProps): ReactNode {
  const { say } = useSpeech();
  const id = useId();
  const left = hints.length - shown;
  if (hints.length === 0 || (shown === 0 && !isOpen)) return null;
  return (
    <div className="quiz-hints">
      {/* Said when it grows, so that a hint need not be looked for. */}
      <div aria-live="polite">
        {shown > 0 && (
          <ol aria-label={say('hints.label')} id={id}>
            {hints.slice(0, shown).map((hint, at) => (
              <li key={hint}>
                <span className="quiz-hint-number">{say('hints.number', { number: at + 1, of: hints.length })}</span>{' '}
                <Prose text={hint} />
              </li>
            ))}
          </ol>
        )}
      </div>
      {isOpen && left > 0 && (
        <button type="button" className="quiz-plain" aria-controls={shown > 0 ? id : undefined} onClick={onMore}>
          {say(shown === 0 ? 'hints.ask' : 'hints.more', { left })}
        </button>
      )}
    </div>
  );
}
