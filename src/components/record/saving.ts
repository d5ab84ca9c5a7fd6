/** Hands the whole record to the reader as a file, and notes in it that this was done. */
import { wholeCourse, type LearnerRecord, type WholeRecord } from '../../storage/index.ts';
import { fileName, writeFile } from '../../storage/transfer.ts';

/** Resolves once everything that can be read has been. */
function whenRead(record: LearnerRecord): Promise<WholeRecord> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const whole = record.whole();
      if (whole.isRead) resolve(whole);
      return whole.isRead;
    };
    if (look()) return;
    const stop = record.subscribe(() => {
      if (look()) stop();
    });
  });
}

/** Hands the browser a file to be saved. Resolves to the file's name. */
export async function saveRecord(record: LearnerRecord): Promise<string> {
  const whole = await whenRead(record);
  const now = new Date();
  const name = fileName(now);
  const address = URL.createObjectURL(new Blob([writeFile(whole, now)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click; a minute is long enough for any disk.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  void record.append({ kind: 'export', lesson: wholeCourse, taken: true });
  return name;
}
