/** Says it plainly when what the reader does cannot be kept, that they can go on, and lets them save it as a file. */
import { useState, type ReactNode } from 'react';
import { learnerRecord, type Keeping, type LearnerRecord } from '../../storage/index.ts';
import { useSpeech } from './words.tsx';

export function KeepingBanner({
  keeping,
  open = learnerRecord,
}: {
  keeping: Keeping;
  open?: (() => LearnerRecord) | undefined;
}): ReactNode {
  const { say } = useSpeech();
  const [saved, setSaved] = useState<string | null>(null);
  const isTrouble = keeping !== 'kept' && keeping !== 'opening';
  const save = async (): Promise<void> => {
    const { saveRecord } = await import('../record/saving.ts');
    setSaved(await saveRecord(open()));
  };
  return (
    <output className="quiz-banner" hidden={!isTrouble}>
      {isTrouble && (
        <>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M8 2.5 14.5 13.5h-13z M8 6.5v3.2 M8 11.6v.2" />
          </svg>
          <span>
            {say(`keeping.${keeping}`)}{' '}
            <button type="button" className="quiz-plain" onClick={() => void save()}>
              {say('keeping.save')}
            </button>{' '}
            {saved !== null && say('keeping.saved', { name: saved })}
          </span>
        </>
      )}
    </output>
  );
}
