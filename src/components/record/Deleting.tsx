/** Asks twice before it deletes, and offers the file first. It does not know what is deleted. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { Say } from '../quiz/words.tsx';

interface DeletingProps {
  say: Say;
  /** On the button that begins it. */
  label: string;
  question: string;
  /** How many entries would go. */
  count: number;
  /** Saves everything as a file, and says what became of it. */
  onSave(): Promise<string>;
  onDelete(): void;
}

export function Deleting({ say, label, question, count, onSave, onDelete }: DeletingProps): ReactNode {
  const [step, setStep] = useState<'no' | 'asked' | 'sure'>('no');
  const [saved, setSaved] = useState('');
  const hasMoved = useRef(false);
  const title = useRef<HTMLHeadingElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (hasMoved.current) (step === 'no' ? button : title).current?.focus();
  }, [step]);
  const go = (to: typeof step): void => {
    hasMoved.current = true;
    setStep(to);
  };
  const save = async (): Promise<void> => setSaved(await onSave());
  if (step === 'no')
    return (
      <button type="button" className="quiz-plain kept-delete" ref={button} onClick={() => go('asked')}>
        {label}
      </button>
    );
  const isSure = step === 'sure';
  return (
    <section className="kept-question" aria-labelledby={id}>
      <h3 id={id} tabIndex={-1} ref={title}>
        {isSure ? say('delete.sureTitle') : question}
      </h3>
      <p>{isSure ? say('delete.sure') : say('delete.what', { count })}</p>
      <div className="quiz-buttons">
        {/* What keeps is always at the same place: who presses twice in haste has deleted nothing. */}
        <button type="button" className="button quiet" onClick={() => go('no')}>
          {say('delete.keep')}
        </button>
        {!isSure && (
          <button type="button" className="button quiet" onClick={() => void save()}>
            {say('delete.saveFirst')}
          </button>
        )}
        <button
          type="button"
          className="quiz-plain kept-delete"
          onClick={() => {
            if (!isSure) go('sure');
            else {
              setStep('no');
              onDelete();
            }
          }}
        >
          {say(isSure ? 'delete.yes' : 'delete.go')}
        </button>
      </div>
      <output className="quiz-hint">{saved}</output>
    </section>
  );
}
