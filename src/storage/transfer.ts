/**
 * The record as one file: written, and read again from anywhere. A file is judged as a whole and then entry by entry; nothing is
 * taken over before it has been said what will be. It knows no database, no view and no words: complaints are codes with a place.
 */
import { examine, inOrder, timeIn, type Entry, type Expected } from './entry.ts';
import type { Draft } from './log-store.ts';

/** What stands at the head of every file, so that it is not taken for something else. */
export const fileFormat = 'seams-record';
/** Version of the file around the entries. Each entry says its own. */
export const fileVersion = 1;

/** What a file may be at most. Whoever answers a hundred questions every day fills it in two years. */
export const limits = {
  bytes: 20_000_000,
  entries: 200_000,
  drafts: 10_000,
  /** Characters of one answer, written as JSON. */
  answer: 20_000,
  /** How deep the parts of one answer may be nested. */
  depth: 20,
} as const;

/** A file may come from a clock that is a little ahead, but not from another year. */
const ahead = 2 * 24 * 3600 * 1000;
const firstYear = Date.UTC(2020, 0, 1);

export interface ExportFile {
  format: typeof fileFormat;
  version: typeof fileVersion;
  /** When it was written, ISO 8601. */
  exported: string;
  entries: unknown[];
  drafts: Draft[];
}

/** The text of a file with all of this in it. What this version cannot understand is handed on as it was found. */
export function writeFile(
  { entries, drafts, strange }: { entries: readonly Entry[]; drafts: readonly Draft[]; strange: readonly unknown[] },
  now: Date,
): string {
  const file: ExportFile = {
    format: fileFormat,
    version: fileVersion,
    exported: now.toISOString(),
    entries: [...entries, ...strange],
    drafts: [...drafts],
  };
  // A line for each entry: two files can be compared, and one line be read.
  const lines = (list: readonly unknown[]): string => list.map((one) => `    ${JSON.stringify(one)}`).join(',\n');
  const { entries: all, drafts: half, ...head } = file;
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "entries": [\n${lines(all)}\n  ],\n  "drafts": [\n${lines(half)}\n  ]\n}\n`;
}

/** seams-record-2026-11-28.json, by the reader's calendar. */
export function fileName(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${fileFormat}-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}.json`;
}

/** What is wrong with a file as a whole: nothing of it is taken. `place` is a path such as `entries`, or `line 12`. */
export type Complaint =
  | { code: 'too-large'; found: number; expected: number }
  | { code: 'empty' }
  | { code: 'not-json'; line: number | null }
  | { code: 'not-a-record'; place: string; found: string }
  | { code: 'later-version'; found: string; expected: number }
  | { code: 'too-many'; place: 'entries' | 'drafts'; found: number; expected: number };

/** Why one entry is not taken. */
export type Reason =
  | { code: 'field'; field: string; found: string; expected: Expected }
  | { code: 'later-version'; found: string }
  | { code: 'id'; found: string }
  | { code: 'clock'; found: string }
  | { code: 'answer-too-large' }
  | { code: 'conflict' };

export interface Refusal {
  /** Where in the file: `entries[17]`, counted from 0. */
  place: string;
  reason: Reason;
}

/** What a file would do: shown before it is done. */
export interface Plan {
  exported: string | null;
  fresh: Entry[];
  /** How many entries are here already, the very same. */
  known: number;
  refused: Refusal[];
  /** Half-finished answers where there are none here. */
  drafts: Draft[];
}

/** What is shown of a value that is not right. */
function shown(value: unknown): string {
  if (depthOf(value) > 3) return '…';
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, 60) : value) ?? '–';
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** How deep a value is nested, without recursion: a hostile file may be deeper than a stack. Stops counting beyond what is allowed. */
function depthOf(value: unknown): number {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= limits.depth; depth += 1) {
    const next: unknown[] = [];
    for (const one of level)
      if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) next.push(inner);
    if (next.length === 0) return depth;
    level = next;
  }
  return limits.depth + 1;
}

/** The same text for the same value, whatever the order of its properties. For values that are not nested deep. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function isTooLarge(answer: unknown): boolean {
  return depthOf(answer) > limits.depth || (JSON.stringify(answer) ?? '').length > limits.answer;
}

/** The line at which a text stops being JSON, where the browser says so. */
function lineOf(error: unknown, text: string): number | null {
  const message = error instanceof Error ? error.message : '';
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  const position = /position (\d+)/.exec(message)?.[1];
  return position === undefined ? null : text.slice(0, Number(position)).split('\n').length;
}

type Parsed = Pick<ExportFile, 'entries' | 'drafts'> & { exported: string | null };

/** Reads the head of a file and says whether it is one of ours at all. */
export function readFile(text: string): { file: Parsed } | { complaint: Complaint } {
  if (text.length > limits.bytes)
    return { complaint: { code: 'too-large', found: text.length, expected: limits.bytes } };
  if (text.trim() === '') return { complaint: { code: 'empty' } };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { complaint: { code: 'not-json', line: lineOf(error, text) } };
  }
  const no = (place: string, found: unknown): { complaint: Complaint } => ({
    complaint: { code: 'not-a-record', place, found: shown(found) },
  });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return no('', value);
  const { format, version, exported, entries, drafts = [] } = value as Partial<Record<keyof ExportFile, unknown>>;
  if (format !== fileFormat) return no('format', format);
  if (typeof version === 'number' && version > fileVersion)
    return { complaint: { code: 'later-version', found: shown(version), expected: fileVersion } };
  if (version !== fileVersion) return no('version', version);
  if (!Array.isArray(entries)) return no('entries', entries);
  if (!Array.isArray(drafts)) return no('drafts', drafts);
  for (const [place, list] of [
    ['entries', entries],
    ['drafts', drafts],
  ] as const)
    if (list.length > limits[place])
      return { complaint: { code: 'too-many', place, found: list.length, expected: limits[place] } };
  const isDate = typeof exported === 'string' && !Number.isNaN(Date.parse(exported));
  return { file: { exported: isDate ? exported : null, entries, drafts: drafts as Draft[] } };
}

function judge(stored: unknown, now: number): Entry | Reason {
  const examined = examine(stored);
  if ('misfit' in examined) {
    const { field, found, expected } = examined.misfit;
    if (field === 'v' && typeof found === 'number' && Number.isSafeInteger(found) && found > 0)
      return { code: 'later-version', found: shown(found) };
    return { code: 'field', field, found: shown(found), expected };
  }
  const { entry } = examined;
  const made = timeIn(entry.id);
  if (made === null) return { code: 'id', found: shown(entry.id) };
  const isPossible = (time: number): boolean => time >= firstYear && time <= now + ahead;
  // An id from the future would stand behind all that is still to come.
  if (!isPossible(made)) return { code: 'clock', found: shown(entry.id) };
  if (!isPossible(entry.at)) return { code: 'clock', found: shown(entry.at) };
  if ((entry.kind === 'attempt' || entry.kind === 'given') && isTooLarge(entry.answer))
    return { code: 'answer-too-large' };
  return entry;
}

/**
 * What taking over a file would do to what is here. Entries are the same when their ids are; the same id over something else is
 * refused, since nothing that was written is ever changed. `nameNow` gives the present name of a lesson, since what is here is
 * kept under that.
 */
export function planImport(
  { exported, entries, drafts }: Parsed,
  here: { entries: readonly Entry[]; drafts: readonly Draft[] },
  now: number,
  nameNow: (lesson: string) => string = (lesson) => lesson,
): Plan {
  const known = new Map(here.entries.map((entry) => [entry.id, entry]));
  const fresh = new Map<string, Entry>();
  const plan: Plan = { exported, fresh: [], known: 0, refused: [], drafts: [] };
  const text = (entry: Entry): string => canonical({ ...entry, lesson: nameNow(entry.lesson) });
  for (const [at, stored] of entries.entries()) {
    const judged = judge(stored, now);
    if (!('id' in judged)) {
      plan.refused.push({ place: `entries[${at}]`, reason: judged });
      continue;
    }
    const other = known.get(judged.id) ?? fresh.get(judged.id);
    if (other === undefined) fresh.set(judged.id, judged);
    else if (text(other) === text(judged)) plan.known += 1;
    else plan.refused.push({ place: `entries[${at}]`, reason: { code: 'conflict' } });
  }
  plan.fresh = inOrder(fresh.values());
  const half = new Set(here.drafts.map(({ lesson, question }) => JSON.stringify([lesson, question])));
  for (const [at, stored] of drafts.entries()) {
    const { lesson, question, answer } = (stored ?? {}) as Partial<Record<keyof Draft, unknown>>;
    const wrong =
      typeof lesson !== 'string' || lesson.length > 200
        ? 'lesson'
        : typeof question !== 'string' || question.length > 200
          ? 'question'
          : null;
    if (wrong !== null) {
      const found = shown(wrong === 'lesson' ? lesson : question);
      plan.refused.push({ place: `drafts[${at}]`, reason: { code: 'field', field: wrong, found, expected: 'text' } });
    } else if (answer === undefined || isTooLarge(answer))
      plan.refused.push({ place: `drafts[${at}]`, reason: { code: 'answer-too-large' } });
    else {
      const name = nameNow(lesson as string);
      const key = JSON.stringify([name, question]);
      if (!half.has(key)) plan.drafts.push({ lesson: name, question: question as string, answer });
      half.add(key);
    }
  }
  return plan;
}

/** After so many answers since the last file an export is offered: browsers may clear a site's storage. */
export const answersBetweenOffers = 25;

const answersIn = (entries: readonly Entry[]): number => entries.filter(({ kind }) => kind === 'attempt').length;

/** How many answers no file has yet. */
export function answersSinceFile(entries: readonly Entry[]): number {
  return answersIn(entries.slice(entries.findLastIndex((entry) => entry.kind === 'export' && entry.taken) + 1));
}

/** Whether it is time to offer an export: so many answers since the last file, and since it was last put off. */
export function isExportDue(entries: readonly Entry[]): boolean {
  return answersIn(entries.slice(entries.findLastIndex(({ kind }) => kind === 'export') + 1)) >= answersBetweenOffers;
}
