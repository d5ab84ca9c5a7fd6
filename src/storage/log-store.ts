/** Where entries and drafts lie: IndexedDB, behind the few verbs that the record needs. It does not look into them. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface LogStore {
  /** Everything that was logged for a lesson, as it was stored. */
  logged(lesson: string): Promise<unknown[]>;
  /** Adds an entry; resolves once it is on disk. Adding the same id again changes nothing. */
  add(entry: { id: string; lesson: string; kind: string }): Promise<void>;
  /** How many entries of a kind there are, in all lessons. */
  count(kind: string): Promise<number>;
  /** Half-finished answers of a lesson, by question. */
  drafts(lesson: string): Promise<Record<string, unknown>>;
  /** Keeps a half-finished answer in place of the one before; undefined lets go of it. */
  keepDraft(lesson: string, question: string, answer: unknown): Promise<void>;
}

interface Shape extends DBSchema {
  log: { key: string; value: { id: string; lesson: string; kind: string }; indexes: { lesson: string; kind: string } };
  drafts: { key: [string, string]; value: { lesson: string; question: string; answer: unknown } };
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
  return {
    logged: (lesson) => database.getAllFromIndex('log', 'lesson', lesson),
    async add(entry) {
      const writing = database.transaction('log', 'readwrite', { durability: 'strict' });
      await Promise.all([writing.store.put(entry), writing.done]);
    },
    count: (kind) => database.countFromIndex('log', 'kind', kind),
    async drafts(lesson) {
      const kept = await database.getAll('drafts', IDBKeyRange.bound([lesson], [lesson, []]));
      return Object.fromEntries(kept.map(({ question, answer }) => [question, answer]));
    },
    async keepDraft(lesson, question, answer) {
      if (answer === undefined) await database.delete('drafts', [lesson, question]);
      else await database.put('drafts', { lesson, question, answer });
    },
  };
}
