/** A calm line that offers to save the record as a file, after so many answers since it was last saved. It can be put off. */
import { useState, type ReactNode } from 'react';
import { learnerRecord, wholeCourse, type LearnerRecord } from '../../storage/index.ts';
import { answersSinceFile, isExportDue } from '../../storage/transfer.ts';
import { useSpeech } from '../quiz/words.tsx';
import { saveRecord } from './saving.ts';
import { useWhole } from './use-whole.ts';

export default function ExportOffer({ open = learnerRecord }: { open?: () => LearnerRecord }): ReactNode {
  const { say } = useSpeech();
  const { entries, isRead, keeping } = useWhole(open);
  const [saved, setSaved] = useState<string | null>(null);
  if (saved !== null) return <output className="quiz-offer quiz-hint">{say('offer.saved', { name: saved })}</output>;
  // Where nothing is kept, the banner offers the file already.
  if (!isRead || keeping !== 'kept' || !isExportDue(entries)) return null;
  const save = async (): Promise<void> => setSaved(await saveRecord(open()));
  return (
    <div className="quiz-offer">
      <p className="quiz-hint">{say('offer.text', { count: answersSinceFile(entries) })}</p>
      <div className="quiz-buttons">
        <button type="button" className="quiz-plain" onClick={() => void save()}>
          {say('offer.save')}
        </button>
        <button
          type="button"
          className="quiz-plain"
          onClick={() => void open().append({ kind: 'export', lesson: wholeCourse, taken: false })}
        >
          {say('offer.later')}
        </button>
      </div>
    </div>
  );
}
