/**
 * The learner's record as the page uses it: read at once, appended to at once, written behind.
 * What cannot be written stays in memory, is said so, and is tried again with every later entry. It knows no question and no view.
 */
import { EntryIds, entryVersion, inOrder, readEntry, type Entry, type Happening } from './entry.ts';
import type { Draft, Loss, LogStore } from './log-store.ts';

/** How well what the reader does is kept. All but `kept` and `opening` deserve a banner. */
export type Keeping =
  | 'opening'
  /** On disk. */
  | 'kept'
  /** The browser gives no storage (blocked, private mode): only in memory. */
  | 'blocked'
  /** What is on disk cannot be read any more: only in memory, until it is deleted. */
  | 'damaged'
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

/** All that is kept, of every lesson, at one moment. A new object whenever something changed. */
export interface WholeRecord {
  keeping: Keeping;
  isRead: boolean;
  /** In order, lessons by the names that they have now. */
  entries: readonly Entry[];
  drafts: readonly Draft[];
  /** What lies on disk and cannot be understood, as it lies there: of a later version of the site, or damaged. It stays. */
  strange: readonly unknown[];
}

/** What other tabs are told: that a lesson's log has grown, or that a lesson (null: everything) was deleted. */
export type News = { grown: string } | { forgotten: string | null };

/** What the record asks of its surroundings. */
export interface Surroundings {
  open(onLost: (loss: Loss) => void): Promise<LogStore>;
  /** Takes away a store that is damaged. */
  destroy(): Promise<void>;
  /** Lessons that have another name now, by the old one. What was logged under an old name counts for the new one. */
  renamed: Readonly<Record<string, string>>;
  now(): number;
  random(): string;
  tell(news: News): void;
  /** Asks the browser not to clear the record of its own accord. */
  persist(): Promise<void>;
  /** Calls back after a while. */
  after(milliseconds: number, then: () => void): void;
}

const nothing: LessonRecord = { keeping: 'opening', isRead: false, entries: [], drafts: {} };
/** After this long without an answer from the database we go on in memory; should it still come, everything is written then. */
const patience = 3000;
/** So many entries are written at once at most: a tab that is closed while it imports loses none that were written. */
const batch = 1000;

function reasonOf(error: unknown): Keeping {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return 'full';
  if (name === 'VersionError') return 'outdated';
  // A database without the stores that its version has, or one that the browser itself cannot read.
  return ['UnknownError', 'NotFoundError', 'DataError', 'ConstraintError'].includes(name) ? 'damaged' : 'blocked';
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
  #whole: WholeRecord | null = null;
  #isWholeStale = false;
  #strange: unknown[] = [];
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
      if (this.#whole !== null) await this.#readEverything();
      else await Promise.all([...this.#lessons.keys()].map((lesson) => this.reread(lesson)));
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
    this.#changeWhole({ keeping, isRead: this.#whole?.isRead === true || !['opening', 'kept'].includes(keeping) });
  }

  #changeWhole(change: Partial<WholeRecord>): void {
    if (this.#whole === null) return;
    this.#whole = { ...this.#whole, ...change };
    this.#isWholeStale = true;
    this.#notify();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }

  #change(lesson: string, change: Partial<LessonRecord>): void {
    const before = this.#lessons.get(lesson) ?? nothing;
    const isRead = change.isRead ?? (before.isRead || !['opening', 'kept'].includes(this.#keeping));
    this.#lessons.set(lesson, { ...before, ...change, isRead, keeping: this.#keeping });
    this.#isWholeStale = true;
    this.#notify();
  }

  /** The name that a lesson has now. */
  nameNow(lesson: string): string {
    return Object.hasOwn(this.#world.renamed, lesson) ? (this.#world.renamed[lesson] as string) : lesson;
  }

  /** All names that a lesson has had, the present one first. */
  #namesOf(lesson: string): string[] {
    const { renamed } = this.#world;
    return [lesson, ...Object.keys(renamed).filter((old) => renamed[old] === lesson)];
  }

  /** What was stored, as this version has it and under the lessons' names of today; what cannot be understood is set apart. */
  #understand(logged: readonly unknown[]): { read: Entry[]; strange: unknown[] } {
    const read: Entry[] = [];
    const strange: unknown[] = [];
    for (const stored of logged) {
      const entry = readEntry(stored);
      if (entry === null) {
        strange.push(stored);
        continue;
      }
      this.#ids.follow(entry.id);
      read.push({ ...entry, lesson: this.nameNow(entry.lesson) });
    }
    return { read, strange };
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
      const store = this.#store;
      const names = this.#namesOf(lesson);
      const [logged, ...drafted] = await Promise.all([
        Promise.all(names.map((name) => store.logged(name))),
        // Under the present name last, so that it counts.
        ...names.toReversed().map((name) => store.drafts(name)),
      ]);
      const { read } = this.#understand(logged.flat());
      const drafts = Object.assign({}, ...drafted) as Record<string, unknown>;
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
    if (this.#whole !== null) void this.#readEverything();
    else for (const lesson of this.#lessons.keys()) void this.reread(lesson);
  }

  /** All that is kept, as it is known now; the first call starts reading it from disk. */
  whole(): WholeRecord {
    if (this.#whole === null) {
      this.#whole = {
        keeping: this.#keeping,
        isRead: !['opening', 'kept'].includes(this.#keeping),
        entries: [],
        drafts: [],
        strange: [],
      };
      this.#isWholeStale = true;
      void this.#readEverything();
    }
    if (this.#isWholeStale) {
      this.#isWholeStale = false;
      this.#whole = {
        ...this.#whole,
        strange: this.#strange,
        entries: [...this.#lessons.values()].flatMap(({ entries }) => entries).sort((a, b) => (a.id < b.id ? -1 : 1)),
        drafts: [...this.#lessons].flatMap(([lesson, { drafts }]) =>
          Object.entries(drafts).map(([question, answer]) => ({ lesson, question, answer })),
        ),
      };
    }
    return this.#whole;
  }

  async #readEverything(): Promise<void> {
    if (this.#store === null) return;
    try {
      const { logged, drafts } = await this.#store.everything();
      const { read, strange } = this.#understand(logged);
      this.#strange = strange;
      const lessons = new Map<string, { entries: Entry[]; drafts: Record<string, unknown> }>();
      const of = (name: string): { entries: Entry[]; drafts: Record<string, unknown> } => {
        const lesson = this.nameNow(name);
        const known = lessons.get(lesson) ?? { entries: [], drafts: {} };
        lessons.set(lesson, known);
        return known;
      };
      for (const entry of read) of(entry.lesson).entries.push(entry);
      for (const { lesson, question, answer } of drafts) {
        // Under the present name last, so that it counts.
        if (lesson === this.nameNow(lesson) || !Object.hasOwn(of(lesson).drafts, question))
          of(lesson).drafts[question] = answer;
      }
      for (const lesson of this.#lessons.keys()) of(lesson);
      for (const [lesson, found] of lessons) {
        const before = this.#lessons.get(lesson) ?? nothing;
        this.#lessons.set(lesson, {
          keeping: this.#keeping,
          isRead: true,
          entries: inOrder([...found.entries, ...before.entries]),
          drafts: before.isRead ? before.drafts : { ...found.drafts, ...before.drafts },
        });
      }
      this.#changeWhole({ isRead: true });
    } catch (error) {
      this.#setKeeping(reasonOf(error));
      this.#changeWhole({ isRead: true });
    }
  }

  /** Takes over entries and drafts from elsewhere, such as a file. Drafts of this browser stay. Resolves to whether all is on disk. */
  async take(entries: readonly Entry[], drafts: readonly Draft[]): Promise<boolean> {
    const lessons = new Map<string, Entry[]>();
    for (const entry of entries) {
      this.#unwritten.push(entry);
      this.#ids.follow(entry.id);
      const lesson = this.nameNow(entry.lesson);
      const more = lessons.get(lesson) ?? [];
      more.push({ ...entry, lesson });
      lessons.set(lesson, more);
    }
    for (const [lesson, more] of lessons)
      this.#change(lesson, { entries: inOrder([...this.of(lesson).entries, ...more]) });
    for (const { lesson, question, answer } of drafts) {
      const name = this.nameNow(lesson);
      if (!Object.hasOwn(this.of(name).drafts, question)) this.keepDraft(name, question, answer);
    }
    await this.#write();
    return this.#unwritten.length === 0;
  }

  /** Deletes what is kept of a lesson, or everything (null), on disk and in memory. Resolves to whether it is gone from the disk. */
  async forget(lesson: string | null): Promise<boolean> {
    const isMeant = (name: string): boolean => lesson === null || this.nameNow(name) === lesson;
    this.#drop(isMeant);
    await this.#writing;
    try {
      if (this.#store !== null) await this.#store.forget(lesson === null ? null : this.#namesOf(lesson));
      // Where nothing can be kept, memory was all there was.
      else if (this.#keeping === 'blocked') return true;
      else if (lesson === null) await this.#world.destroy();
      else return false;
    } catch (error) {
      this.#setKeeping(reasonOf(error));
      await this.#readEverything();
      return false;
    }
    // Whatever was read or written meanwhile goes, too.
    this.#drop(isMeant);
    if (lesson === null) this.#strange = [];
    this.#world.tell({ forgotten: lesson });
    if (this.#store === null) await this.#open();
    return true;
  }

  /** Another tab has deleted a lesson, or everything (null). What this tab has not written yet stays. */
  hearForgotten(lesson: string | null): void {
    const unwritten = new Set(this.#unwritten.map(({ id }) => id));
    for (const [name, { entries }] of this.#lessons)
      if (lesson === null || name === lesson)
        this.#change(name, { entries: entries.filter(({ id }) => unwritten.has(id)), drafts: {} });
    if (lesson === null) this.#strange = [];
  }

  #drop(isMeant: (lesson: string) => boolean): void {
    this.#unwritten = this.#unwritten.filter((entry) => !isMeant(entry.lesson));
    for (const [key, draft] of this.#unkeptDrafts) if (isMeant(draft.lesson)) this.#unkeptDrafts.delete(key);
    for (const lesson of this.#lessons.keys()) if (isMeant(lesson)) this.#change(lesson, { entries: [], drafts: {} });
    this.#changeWhole({});
  }

  /** Adds to the log. The entry counts at once; the promise resolves to whether it is on disk. */
  append(happening: Happening): Promise<boolean> {
    return this.appendAll([happening]);
  }

  /** Adds several at once: they lie on disk all together or, while they do not fit, in memory. */
  async appendAll(happenings: readonly Happening[]): Promise<boolean> {
    const entries = happenings.map(
      (happening) => ({ ...happening, v: entryVersion, id: this.#ids.next(), at: this.#world.now() }) as Entry,
    );
    this.#unwritten.push(...entries);
    for (const lesson of new Set(entries.map((entry) => entry.lesson)))
      this.#change(lesson, {
        entries: [...this.of(lesson).entries, ...entries.filter((entry) => entry.lesson === lesson)],
      });
    await this.#write();
    return !entries.some((entry) => this.#unwritten.includes(entry));
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
      let size = batch;
      while (this.#unwritten.length > 0) {
        const writing = this.#unwritten.slice(0, size);
        const isFirstSave =
          !this.#hasAsked &&
          writing.some(({ kind }) => kind === 'attempt' || kind === 'given') &&
          (await store.count('attempt')) === 0;
        try {
          await store.add(writing);
        } catch (error) {
          // Where many do not fit, some may.
          if (size === 1 || writing.length === 1) throw error;
          size = 1;
          continue;
        }
        const isWritten = new Set(writing);
        this.#unwritten = this.#unwritten.filter((entry) => !isWritten.has(entry));
        for (const lesson of new Set(writing.map((entry) => this.nameNow(entry.lesson))))
          this.#world.tell({ grown: lesson });
        if (isFirstSave) {
          this.#hasAsked = true;
          void this.#world.persist().catch(() => undefined);
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
