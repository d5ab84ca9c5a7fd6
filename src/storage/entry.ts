/**
 * What is written into the learner's record: one entry for each thing they did, never changed afterwards.
 * Everything else (progress, calibration, what is due) is derived from entries. It knows no database.
 */

/** Version of the shape of entries. A change of shape raises it, teaches `readEntry` the old one, and adds a fixture. */
export const entryVersion = 1;

interface Written {
  v: typeof entryVersion;
  /** Unique, and later entries have greater ids. */
  id: string;
  /** By the reader's clock, in milliseconds since 1970. It may be wrong; the order is in the ids. */
  at: number;
  lesson: string;
}

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
}

/** The reader asked to be shown the answer. */
export interface RevealedEntry extends Written {
  kind: 'revealed';
  question: string;
  rev: number;
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

export type Entry = AttemptEntry | RevealedEntry | ArrivalEntry | AgainEntry | ReadingEntry;

/** An entry before it is written: what happened, without id, time and version. */
export type Happening = {
  [Kind in Entry['kind']]: Omit<Extract<Entry, { kind: Kind }>, 'v' | 'id' | 'at'>;
}[Entry['kind']];

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 200;
}

/**
 * Reads what was stored, by this version or an earlier one. Null for what cannot be understood (a later version, a damaged entry):
 * such entries are passed over and never deleted.
 */
export function readEntry(stored: unknown): Entry | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const entry = stored as Partial<Record<string, unknown>>;
  if (
    entry['v'] !== entryVersion ||
    !isText(entry['id']) ||
    !isText(entry['lesson']) ||
    typeof entry['at'] !== 'number'
  )
    return null;
  switch (entry['kind']) {
    case 'attempt':
      return isText(entry['question']) &&
        typeof entry['rev'] === 'number' &&
        typeof entry['right'] === 'boolean' &&
        typeof entry['score'] === 'number'
        ? (stored as AttemptEntry)
        : null;
    case 'revealed':
      return isText(entry['question']) && typeof entry['rev'] === 'number' ? (stored as RevealedEntry) : null;
    case 'arrival':
      return isText(entry['question']) ? (stored as ArrivalEntry) : null;
    case 'again':
      return Array.isArray(entry['questions']) && entry['questions'].every(isText) ? (stored as AgainEntry) : null;
    case 'reading':
      return isText(entry['place']) ? (stored as ReadingEntry) : null;
    default:
      return null;
  }
}

/** Entries in the order in which they were made, each once. */
export function inOrder(entries: Iterable<Entry>): Entry[] {
  const byId = new Map([...entries].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const timeDigits = 9;
const countDigits = 4;

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
    else this.#count += 1;
    const digits = (value: number, width: number): string => value.toString(36).padStart(width, '0');
    return `${digits(this.#time, timeDigits)}-${digits(this.#count, countDigits)}-${this.#random()}`;
  }
}
