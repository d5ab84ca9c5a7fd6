/** Where entries and drafts lie: IndexedDB, behind the few verbs that the record needs. It does not look into them. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** An entry as far as the store looks at it. */
export interface Logged {
  id: string;
  lesson: string;
  kind: string;
}

/** A half-finished answer. */
export interface Draft {
  lesson: string;
  question: string;
  answer: unknown;
}

export interface LogStore {
  /** Everything that was logged for a lesson, as it was stored. */
  logged(lesson: string): Promise<unknown[]>;
  /** Everything that there is, of all lessons. */
  everything(): Promise<{ logged: unknown[]; drafts: Draft[] }>;
  /** Adds entries, all or none; resolves once they are on disk. Adding the same id again changes nothing. */
  add(entries: readonly Logged[]): Promise<void>;
  /** How many entries of a kind there are, in all lessons. */
  count(kind: string): Promise<number>;
  /** Half-finished answers of a lesson, by question. */
  drafts(lesson: string): Promise<Record<string, unknown>>;
  /** Keeps a half-finished answer in place of the one before; undefined lets go of it. */
  keepDraft(lesson: string, question: string, answer: unknown): Promise<void>;
  /** Deletes everything of these lessons, or everything there is, all or nothing. */
  forget(lessons: readonly string[] | null): Promise<void>;
}

interface Shape extends DBSchema {
  log: { key: string; value: Logged; indexes: { lesson: string; kind: string } };
  drafts: { key: [string, string]; value: Draft };
}

/** Version of the database: which stores there are. The shape of entries has a version of its own. */
const databaseVersion = 1;

/** Why the database went away: a later version of the site wants it, or the browser closed it and it may be opened again. */
export type Loss = 'outdated' | 'closed';

/** Opens the database. `onLost` is called when it goes away while the page is open. */
export async function openLogStore(name: string, onLost: (loss: Loss) => void): Promise<LogStore> {
  const database: IDBPDatabase<Shape> = await openDB<Shape>(name, databaseVersion, {
    upgrade(fresh, from) {
      if (from < 1) {
        const log = fresh.createObjectStore('log', { keyPath: 'id' });
        log.createIndex('lesson', 'lesson');
        log.createIndex('kind', 'kind');
        fresh.createObjectStore('drafts', { keyPath: ['lesson', 'question'] });
      }
    },
    // Another tab runs a later version of the site and waits for this one to let go.
    blocking() {
      database.close();
      onLost('outdated');
    },
    terminated: () => onLost('closed'),
  });
  const ofLesson = (lesson: string): IDBKeyRange => IDBKeyRange.bound([lesson], [lesson, []]);
  return {
    logged: (lesson) => database.getAllFromIndex('log', 'lesson', lesson),
    async everything() {
      const reading = database.transaction(['log', 'drafts']);
      const [logged, drafts] = await Promise.all([
        reading.objectStore('log').getAll(),
        reading.objectStore('drafts').getAll(),
      ]);
      return { logged, drafts };
    },
    async add(entries) {
      const writing = database.transaction('log', 'readwrite', { durability: 'strict' });
      await Promise.all([...entries.map((entry) => writing.store.put(entry)), writing.done]);
    },
    count: (kind) => database.countFromIndex('log', 'kind', kind),
    async drafts(lesson) {
      const kept = await database.getAll('drafts', ofLesson(lesson));
      return Object.fromEntries(kept.map(({ question, answer }) => [question, answer]));
    },
    async keepDraft(lesson, question, answer) {
      if (answer === undefined) await database.delete('drafts', [lesson, question]);
      else await database.put('drafts', { lesson, question, answer });
    },
    async forget(lessons) {
      const writing = database.transaction(['log', 'drafts'], 'readwrite', { durability: 'strict' });
      const [log, drafts] = [writing.objectStore('log'), writing.objectStore('drafts')];
      if (lessons === null) await Promise.all([log.clear(), drafts.clear(), writing.done]);
      else {
        const found = await Promise.all(lessons.map((lesson) => log.index('lesson').getAllKeys(lesson)));
        await Promise.all([
          ...found.flat().map((id) => log.delete(id)),
          ...lessons.map((lesson) => drafts.delete(ofLesson(lesson))),
          writing.done,
        ]);
      }
    },
  };
}

/** Takes the whole database away, so that a fresh one can be opened: what is left to do when it is damaged. */
export async function destroyLogStore(name: string): Promise<void> {
  await deleteDB(name);
}
