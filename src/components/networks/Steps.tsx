/** Going through a network layer by layer, and a sentence that says what has just been computed. It knows no network. */
import type { ReactNode } from 'react';
import type { Say } from '../quiz/words.tsx';

interface StepsProps {
  at: number;
  last: number;
  onGo: (step: number) => void;
  say: Say;
  /** What has been computed at this step. */
  sentence: string;
  /** What the button to the next step says. */
  next?: string;
}

export function Steps({ at, last, onGo, say, sentence, next }: StepsProps): ReactNode {
  return (
    <div className="network-steps">
      <div className="network-controls needs-script">
        <button type="button" className="button quiet" disabled={at === 0} onClick={() => onGo(0)}>
          {say('start')}
        </button>
        <button type="button" className="button quiet" disabled={at === 0} onClick={() => onGo(at - 1)}>
          {say('back')}
        </button>
        <button type="button" className="button" disabled={at === last} onClick={() => onGo(at + 1)}>
          {next ?? say('next')}
        </button>
        <span className="network-where numbers">{say('where', { at, last })}</span>
      </div>
      <output className="network-sentence">{sentence}</output>
    </div>
  );
}

interface StartersProps {
  title: string;
  starters: { name: string; act: () => void }[];
}

/** Inputs that are ready to hand. */
export function Starters({ title, starters }: StartersProps): ReactNode {
  return (
    <fieldset className="network-starters needs-script" aria-label={title}>
      <span className="network-label">{title}</span>
      {starters.map(({ name, act }) => (
        <button key={name} type="button" className="button quiet" onClick={act}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}
