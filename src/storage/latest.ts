/**
 * The last place that the reader reached, for the way back to it on every page. Small on purpose, since every page loads it:
 * it reads the end of the log and nothing else, and makes no database where there is none.
 */
import { databaseName } from './names.ts';

export interface LastPlace {
  /** Null where the reader was in an exam that is not over, and where nothing in the record is about a place. */
  lesson: string | null;
  /** A heading of the lesson; null for its quiz. */
  heading: string | null;
  /** An exam is going on, and nothing was read or answered elsewhere since. */
  isExam: boolean;
}

/** Null for a reader without a record, and where the browser does not let us look. */
export function lastPlace(): Promise<LastPlace | null> {
  return new Promise((resolve) => {
    const nothing = (): void => resolve(null);
    try {
      const opening = indexedDB.open(databaseName);
      opening.onerror = (event) => {
        // Where there was no database we have just given one up again: that is no error to report.
        event.preventDefault();
        nothing();
      };
      opening.onupgradeneeded = () => opening.transaction?.abort();
      opening.onsuccess = () => {
        const database = opening.result;
        // Whoever comes to renew or delete the database need not wait for us.
        database.onversionchange = () => database.close();
        const end = (place: LastPlace | null): void => {
          database.close();
          resolve(place);
        };
        try {
          let isOver = false;
          let isEmpty = true;
          const walk = database.transaction('log').objectStore('log').openCursor(null, 'prev');
          walk.onerror = () => end(null);
          walk.onsuccess = () => {
            const { kind, lesson, place, occasion } = (walk.result?.value ?? {}) as Partial<Record<string, string>>;
            const isOfExam = kind === 'exam' || kind === 'given' || occasion === 'exam';
            if (walk.result === null) end(isEmpty ? null : { lesson: null, heading: null, isExam: false });
            else if (isOfExam && !isOver) end({ lesson: null, heading: null, isExam: true });
            else if (lesson && kind === 'reading') end({ lesson, heading: place ?? null, isExam: false });
            else if (lesson && (kind === 'arrival' || (kind === 'attempt' && (occasion ?? 'lesson') === 'lesson')))
              end({ lesson, heading: null, isExam: false });
            else {
              isEmpty = false;
              // Backwards: what comes now of an exam came before its end.
              isOver ||= kind === 'ended';
              walk.result.continue();
            }
          };
        } catch {
          end(null);
        }
      };
    } catch {
      nothing();
    }
  });
}
