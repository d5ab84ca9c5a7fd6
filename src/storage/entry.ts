/**
 * What is written into the learner's record: one entry for each thing they did, never changed afterwards.
 * Everything else (progress, calibration, what is due) is derived from entries. It knows no database and no file.
 */

/** Version of the shape of entries. A change of shape raises it, teaches `readEntry` the old one, and adds a fixture. */
export const entryVersion = 3;

/** Stands for the lesson in entries that are about the record as a whole. No lesson can have this id. */
export const wholeCourse = '#course';

/** Stands for the lesson in entries that are about an exam as a whole. No lesson can have this id. */
export const examsPlace = '#exams';

interface Written {
  v: typeof entryVersion;
  /** Unique, and later entries have greater ids. */
  id: string;
  /** By the reader's clock, in milliseconds since 1970. It may be wrong; the order is in the ids. */
  at: number;
  /** Id of the lesson, by the name that it had then. */
  lesson: string;
}

/**
 * Where a question was asked: in its lesson, in the review of everything learnt, in the self-quiz of a part, or in an exam.
 * First tries are those in the lesson. Part and exam since version 3.
 */
export type Occasion = 'lesson' | 'review' | 'part' | 'exam';

/** An answer that was checked. `rev` says which revision of the question it answered. */
export interface AttemptEntry extends Written {
  kind: 'attempt';
  question: string;
  rev: number;
  type: string;
  language: string;
  answer: unknown;
  right: boolean;
  score: number;
  confidence: 'guess' | 'fair' | 'sure' | null;
  /** How many hints the reader had seen. Since version 2. */
  hints: number;
  /** Since version 2. */
  occasion: Occasion;
  /** The exam in which it was asked; null on every other occasion. Since version 3. */
  exam: string | null;
}

/** The reader asked to be shown the answer. */
export interface RevealedEntry extends Written {
  kind: 'revealed';
  question: string;
  rev: number;
  /** Since version 2. */
  occasion: Occasion;
}

/** The reader came to this question. */
export interface ArrivalEntry extends Written {
  kind: 'arrival';
  question: string;
}

/** The reader wants to be asked these questions once more. What they answered before stays. */
export interface AgainEntry extends Written {
  kind: 'again';
  questions: string[];
}

/** The reader read as far as this heading. */
export interface ReadingEntry extends Written {
  kind: 'reading';
  place: string;
}

/** The reader saved the record as a file, or was offered it and put it off. Since version 2. */
export interface ExportEntry extends Written {
  kind: 'export';
  taken: boolean;
}

/** The reader began an exam: which questions were drawn, as `lesson/question`, in order. Since version 3. */
export interface ExamEntry extends Written {
  kind: 'exam';
  /** Names the exam in all that belongs to it. */
  exam: string;
  questions: string[];
  /** Each answer is judged and explained at once, instead of all of them when the exam is handed in. */
  atOnce: boolean;
}

/** An answer in an exam that is not handed in yet: kept, not judged. A later one to the same question takes its place. Since version 3. */
export interface GivenEntry extends Written {
  kind: 'given';
  exam: string;
  question: string;
  rev: number;
  answer: unknown;
  confidence: 'guess' | 'fair' | 'sure' | null;
}

/** An exam is over: handed in, or given up. Since version 3. */
export interface EndedEntry extends Written {
  kind: 'ended';
  exam: string;
  handedIn: boolean;
}

export type Entry =
  | AttemptEntry
  | RevealedEntry
  | ArrivalEntry
  | AgainEntry
  | ReadingEntry
  | ExportEntry
  | ExamEntry
  | GivenEntry
  | EndedEntry;

/** An entry before it is written: what happened, without id, time and version. */
export type Happening = {
  [Kind in Entry['kind']]: Omit<Extract<Entry, { kind: Kind }>, 'v' | 'id' | 'at'>;
}[Entry['kind']];

/** What would be right where something is not: a word for it, which the interface knows in every language. */
export type Expected =
  | 'entry'
  | 'version'
  | 'id'
  | 'time'
  | 'text'
  | 'whole'
  | 'truth'
  | 'share'
  | 'texts'
  | 'confidence'
  | 'occasion'
  | 'kind';

/** The first thing that is wrong with something stored: in which field, what stands there, and what would be right. */
export interface Misfit {
  field: string;
  found: unknown;
  expected: Expected;
}

type Check = readonly [holds: (value: unknown) => boolean, expected: Expected];

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 200;
const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const text: Check = [isText, 'text'];
const whole: Check = [isWhole, 'whole'];
const yesOrNo: Check = [(value) => typeof value === 'boolean', 'truth'];
const share: Check = [(value) => typeof value === 'number' && value >= 0 && value <= 1, 'share'];
const texts: Check = [(value) => Array.isArray(value) && value.length <= 1000 && value.every(isText), 'texts'];
const confidence: Check = [
  (value) => value === null || ['guess', 'fair', 'sure'].includes(value as string),
  'confidence',
];
const occasion: Check = [(value) => ['lesson', 'review', 'part', 'exam'].includes(value as string), 'occasion'];
const textOrNone: Check = [(value) => value === null || isText(value), 'text'];
/** Any value that an answer may be: what fits a question is for the question to say. */
const anything: Check = [() => true, 'text'];

const written: Record<string, Check> = { id: text, at: [Number.isFinite, 'time'], lesson: text };

/** The fields of each kind, those that every entry has left out. */
const fields: Record<Entry['kind'], Record<string, Check>> = {
  attempt: {
    question: text,
    rev: whole,
    type: text,
    language: text,
    answer: anything,
    right: yesOrNo,
    score: share,
    confidence,
    hints: whole,
    occasion,
    exam: textOrNone,
  },
  revealed: { question: text, rev: whole, occasion },
  arrival: { question: text },
  again: { questions: texts },
  reading: { place: text },
  export: { taken: yesOrNo },
  exam: { exam: text, questions: texts, atOnce: yesOrNo },
  given: { exam: text, question: text, rev: whole, answer: anything, confidence },
  ended: { exam: text, handedIn: yesOrNo },
};

/** What version 2 added, as it is read into entries of version 1: everything was asked in its lesson, and there were no hints. */
const sinceSecond: Partial<Record<string, Record<string, unknown>>> = {
  attempt: { hints: 0, occasion: 'lesson' },
  revealed: { occasion: 'lesson' },
};

/** What version 3 added, as it is read into entries of versions 1 and 2: there were no exams. */
const sinceThird: Partial<Record<string, Record<string, unknown>>> = { attempt: { exam: null } };

/** An entry as this version has it, or what is wrong with it. Fields that no entry has are left out. */
export function examine(stored: unknown): { entry: Entry } | { misfit: Misfit } {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored))
    return { misfit: { field: '', found: stored, expected: 'entry' } };
  let found = stored as Record<string, unknown>;
  const version = found['v'];
  if (version !== 1 && version !== 2 && version !== entryVersion)
    return { misfit: { field: 'v', found: version, expected: 'version' } };
  const kind = found['kind'];
  if (typeof kind !== 'string' || !Object.hasOwn(fields, kind))
    return { misfit: { field: 'kind', found: kind, expected: 'kind' } };
  if (version === 1) found = { ...found, ...sinceSecond[kind] };
  if (version !== entryVersion) found = { ...found, ...sinceThird[kind] };
  const entry: Record<string, unknown> = { v: entryVersion, kind };
  for (const [field, [holds, expected]] of Object.entries({ ...written, ...fields[kind as Entry['kind']] })) {
    const value = Object.hasOwn(found, field) ? found[field] : undefined;
    if (!holds(value)) return { misfit: { field, found: value, expected } };
    entry[field] = value;
  }
  return { entry: entry as unknown as Entry };
}

/**
 * Reads what was stored, by this version or an earlier one. Null for what cannot be understood (a later version, a damaged entry):
 * such entries are passed over and never deleted.
 */
export function readEntry(stored: unknown): Entry | null {
  const examined = examine(stored);
  return 'entry' in examined ? examined.entry : null;
}

/** Entries in the order in which they were made, each once. */
export function inOrder(entries: Iterable<Entry>): Entry[] {
  const byId = new Map([...entries].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const timeDigits = 9;
const countDigits = 4;

/** The time in an id, in milliseconds since 1970; null for an id that was not made here. */
export function timeIn(id: string): number | null {
  return /^[0-9a-z]{9}-[0-9a-z]{4}-[0-9a-f]{16}$/.test(id) ? Number.parseInt(id.slice(0, timeDigits), 36) : null;
}

/** Makes ids that grow: by the clock while it goes forward, by a count while it stands or was put back. */
export class EntryIds {
  #time = 0;
  #count = 0;
  readonly #now: () => number;
  readonly #random: () => string;

  constructor(now: () => number, random: () => string) {
    this.#now = now;
    this.#random = random;
  }

  /** Makes sure that the next id comes after this one, for example one that another tab wrote. */
  follow(id: string): void {
    const time = Number.parseInt(id.slice(0, timeDigits), 36);
    const count = Number.parseInt(id.slice(timeDigits + 1, timeDigits + 1 + countDigits), 36);
    if (!Number.isFinite(time) || !Number.isFinite(count)) return;
    if (time > this.#time || (time === this.#time && count > this.#count)) [this.#time, this.#count] = [time, count];
  }

  next(): string {
    const now = this.#now();
    if (now > this.#time) [this.#time, this.#count] = [now, 0];
    else if (this.#count < 36 ** countDigits - 1) this.#count += 1;
    else [this.#time, this.#count] = [this.#time + 1, 0];
    const digits = (value: number, width: number): string => value.toString(36).padStart(width, '0');
    return `${digits(this.#time, timeDigits)}-${digits(this.#count, countDigits)}-${this.#random()}`;
  }
}
