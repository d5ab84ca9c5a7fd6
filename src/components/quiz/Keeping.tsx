/** Says it plainly when what the reader does cannot be kept, and that they can go on. */
import type { ReactNode } from 'react';
import type { Keeping } from '../../storage/index.ts';
import { useSpeech } from './words.tsx';

export function KeepingBanner({ keeping }: { keeping: Keeping }): ReactNode {
  const { say } = useSpeech();
  const isTrouble = keeping !== 'kept' && keeping !== 'opening';
  return (
    <output className="quiz-banner" hidden={!isTrouble}>
      {isTrouble && (
        <>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M8 2.5 14.5 13.5h-13z M8 6.5v3.2 M8 11.6v.2" />
          </svg>
          <span>{say(`keeping.${keeping}`)}</span>
        </>
      )}
    </output>
  );
}
