/**
 * The learner's record as the page uses it: read at once, appended to at once, written behind.
 * What cannot be written stays in memory, is said so, and is tried again with every later entry. It knows no question and no view.
 */
import { EntryIds, entryVersion, inOrder, readEntry, type Entry, type Happening } from './entry.ts';
import type { Loss, LogStore } from './log-store.ts';

/** How well what the reader does is kept. All but `kept` and `opening` deserve a banner. */
export type Keeping =
  | 'opening'
  /** On disk. */
  | 'kept'
  /** The browser gives no storage (blocked, private mode, damaged): only in memory. */
  | 'blocked'
  /** The disk or the share of it that the browser gives is full: only in memory. */
  | 'full'
  /** A later version of the site has been here: this page may not write until it is loaded again. */
  | 'outdated';

/** One lesson's part of the record at one moment. A new object whenever something changed. */
export interface LessonRecord {
  keeping: Keeping;
  /** False until what is on disk has been read, or has been found out of reach. */
  isRead: boolean;
  entries: readonly Entry[];
  drafts: Readonly<Record<string, unknown>>;
}

/** What the record asks of its surroundings. */
export interface Surroundings {
  open(onLost: (loss: Loss) => void): Promise<LogStore>;
  now(): number;
  random(): string;
  /** Tells the other tabs that a lesson's log has grown. */
  tell(lesson: string): void;
  /** Asks the browser not to clear the record of its own accord. */
  persist(): Promise<void>;
  /** Calls back after a while. */
  after(milliseconds: number, then: () => void): void;
}

const nothing: LessonRecord = { keeping: 'opening', isRead: false, entries: [], drafts: {} };
/** After this long without an answer from the database we go on in memory; should it still come, everything is written then. */
const patience = 3000;

function reasonOf(error: unknown): Keeping {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return 'full';
  return name === 'VersionError' ? 'outdated' : 'blocked';
}

export class LearnerRecord {
  #store: LogStore | null = null;
  #keeping: Keeping = 'opening';
  #ids: EntryIds;
  #lessons = new Map<string, LessonRecord>();
  #unwritten: Entry[] = [];
  #unkeptDrafts = new Map<string, { lesson: string; question: string; answer: unknown }>();
  #writing: Promise<void> | null = null;
  #listeners = new Set<() => void>();
  #hasAsked = false;
  readonly #world: Surroundings;

  constructor(world: Surroundings) {
    this.#world = world;
    this.#ids = new EntryIds(
      () => world.now(),
      () => world.random(),
    );
    void this.#open();
  }

  async #open(): Promise<void> {
    this.#world.after(patience, () => {
      if (this.#keeping === 'opening') this.#setKeeping('blocked');
    });
    try {
      this.#store = await this.#world.open((loss) => {
        this.#store = null;
        if (loss === 'outdated') this.#setKeeping('outdated');
        else void this.#open();
      });
      this.#setKeeping('kept');
      await Promise.all([...this.#lessons.keys()].map((lesson) => this.reread(lesson)));
      await this.#write();
    } catch (error) {
      this.#store = null;
      this.#setKeeping(reasonOf(error));
    }
  }

  #setKeeping(keeping: Keeping): void {
    if (this.#keeping === keeping) return;
    this.#keeping = keeping;
    for (const lesson of this.#lessons.keys()) this.#change(lesson, {});
  }

  #change(lesson: string, change: Partial<LessonRecord>): void {
    const before = this.#lessons.get(lesson) ?? nothing;
    const isRead = change.isRead ?? (before.isRead || !['opening', 'kept'].includes(this.#keeping));
    this.#lessons.set(lesson, { ...before, ...change, isRead, keeping: this.#keeping });
    for (const listener of this.#listeners) listener();
  }

  /** Calls back on every change, until the returned function is called. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The lesson's part of the record as it is known now; the first call starts reading it from disk. */
  of(lesson: string): LessonRecord {
    const known = this.#lessons.get(lesson);
    if (known !== undefined) return known;
    this.#lessons.set(lesson, {
      ...nothing,
      keeping: this.#keeping,
      isRead: !['opening', 'kept'].includes(this.#keeping),
    });
    void this.reread(lesson);
    return this.#lessons.get(lesson) as LessonRecord;
  }

  /** Reads again what is on disk, for example because another tab has written. What is only in memory stays. */
  async reread(lesson: string): Promise<void> {
    if (this.#store === null) return;
    try {
      const [logged, drafts] = await Promise.all([this.#store.logged(lesson), this.#store.drafts(lesson)]);
      const read = logged.map(readEntry).filter((entry) => entry !== null);
      for (const { id } of read) this.#ids.follow(id);
      const before = this.#lessons.get(lesson) ?? nothing;
      this.#change(lesson, {
        isRead: true,
        entries: inOrder([...read, ...before.entries]),
        // What this tab has at hand is newer than what it finds, but for its first look.
        drafts: before.isRead ? before.drafts : { ...drafts, ...before.drafts },
      });
    } catch (error) {
      this.#setKeeping(reasonOf(error));
      this.#change(lesson, { isRead: true });
    }
  }

  /** Reads again every lesson that is in use. */
  rereadAll(): void {
    for (const lesson of this.#lessons.keys()) void this.reread(lesson);
  }

  /** Adds to the log. The entry counts at once; the promise resolves to whether it is on disk. */
  async append(happening: Happening): Promise<boolean> {
    const entry = { ...happening, v: entryVersion, id: this.#ids.next(), at: this.#world.now() } as Entry;
    this.#unwritten.push(entry);
    this.#change(entry.lesson, { entries: [...this.of(entry.lesson).entries, entry] });
    await this.#write();
    return !this.#unwritten.includes(entry);
  }

  /** Keeps a half-finished answer; undefined lets go of it. */
  keepDraft(lesson: string, question: string, answer: unknown): void {
    const { [question]: _before, ...others } = this.of(lesson).drafts;
    this.#unkeptDrafts.set(`${lesson}/${question}`, { lesson, question, answer });
    this.#change(lesson, { drafts: answer === undefined ? others : { ...others, [question]: answer } });
    void this.#write();
  }

  /** Writes all that is not on disk yet, one after the other. Called while writing, it goes on until nothing is left. */
  async #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
    await this.#writing;
    if (this.#store !== null && this.#keeping === 'kept' && this.#unwritten.length + this.#unkeptDrafts.size > 0)
      await this.#write();
  }

  async #writeAll(): Promise<void> {
    const store = this.#store;
    if (store === null) return;
    try {
      while (this.#unwritten.length > 0) {
        const entry = this.#unwritten[0] as Entry;
        const isFirstSave = entry.kind === 'attempt' && !this.#hasAsked && (await store.count('attempt')) === 0;
        await store.add(entry);
        this.#unwritten.shift();
        this.#world.tell(entry.lesson);
        if (entry.kind === 'attempt') {
          this.#hasAsked ||= isFirstSave;
          if (isFirstSave) void this.#world.persist().catch(() => undefined);
        }
      }
      while (this.#unkeptDrafts.size > 0) {
        const [key, draft] = [...this.#unkeptDrafts][0] as [
          string,
          { lesson: string; question: string; answer: unknown },
        ];
        await store.keepDraft(draft.lesson, draft.question, draft.answer);
        // Only if nothing newer came meanwhile.
        if (this.#unkeptDrafts.get(key) === draft) this.#unkeptDrafts.delete(key);
      }
      this.#setKeeping('kept');
    } catch (error) {
      this.#setKeeping(reasonOf(error));
    }
  }
}
