/** The record as a file: there and back, merged by id, and a corpus of files that nobody should trust. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EntryIds, readEntry, type AttemptEntry, type Entry } from './entry.ts';
import type { Draft } from './log-store.ts';
import {
  answersSinceFile,
  fileName,
  isExportDue,
  limits,
  planImport,
  readFile,
  writeFile,
  type Plan,
} from './transfer.ts';

const now = Date.UTC(2026, 10, 28, 12);
const nothing = { entries: [] as Entry[], drafts: [] as Draft[] };
const ids = new EntryIds(
  () => now,
  () => '0123456789abcdef',
);
const attempt = (more: Partial<AttemptEntry> = {}): AttemptEntry => ({
  v: 3,
  id: ids.next(),
  at: now,
  lesson: 'a',
  kind: 'attempt',
  question: 'q',
  rev: 1,
  type: 'one-choice',
  language: 'en',
  answer: 'x',
  right: true,
  score: 1,
  confidence: 'sure',
  hints: 0,
  occasion: 'lesson',
  exam: null,
  ...more,
});
const fileOf = (entries: readonly unknown[], drafts: readonly unknown[] = []): string =>
  JSON.stringify({ format: 'seams-record', version: 1, exported: new Date(now).toISOString(), entries, drafts });

/** What importing a text would do, or the complaint about it. */
function tried(text: string, here = nothing): Plan | { complaint: unknown } {
  const read = readFile(text);
  return 'complaint' in read ? read : planImport(read.file, here, now);
}
const planOf = (text: string, here = nothing): Plan => {
  const plan = tried(text, here);
  if ('complaint' in plan) throw new Error(JSON.stringify(plan));
  return plan;
};

describe('a file', () => {
  it('brings back what was written into it, whatever the answers were', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.jsonValue({ maxDepth: 4 }), fc.boolean()), { maxLength: 20 }), (answers) => {
        const entries = answers.map(([answer, right]) =>
          attempt({ answer: JSON.parse(JSON.stringify(answer)), right }),
        );
        const drafts = [{ lesson: 'a', question: 'q', answer: { half: ['done'] } }];
        const plan = planOf(writeFile({ entries, drafts, strange: [] }, new Date(now)));
        expect(plan).toEqual({ exported: new Date(now).toISOString(), fresh: entries, known: 0, refused: [], drafts });
      }),
    );
  });

  it('is named after the day on which it was written', () => {
    expect(fileName(new Date(2026, 0, 5))).toBe('seams-record-2026-01-05.json');
  });

  it('of version 1 is read with entries of every version that it may hold', () => {
    const text = readFileSync(`${import.meta.dirname}/fixtures/file-v1.json`, 'utf8');
    const { entries } = JSON.parse(text) as { entries: unknown[] };
    const plan = planOf(text);
    expect(plan.refused).toEqual([]);
    expect(plan.fresh).toEqual(entries.map(readEntry));
    expect(new Set((entries as Entry[]).map(({ v }) => v))).toEqual(new Set([1, 2]));
    expect(plan.drafts).toEqual([{ lesson: 'client-server', question: 'which-are', answer: ['mail'] }]);
  });

  it('taken twice does nothing the second time', () => {
    const entries = [attempt(), attempt({ answer: { b: 1, a: 2 } })];
    const text = fileOf(
      [entries[0], { ...entries[1], answer: { a: 2, b: 1 } }],
      [{ lesson: 'a', question: 'q', answer: 1 }],
    );
    const first = planOf(text);
    const here = { entries: first.fresh, drafts: first.drafts };
    expect(planOf(text, here)).toMatchObject({ fresh: [], known: 2, refused: [], drafts: [] });
  });

  it('of two devices merges by id, in the order in which things happened', () => {
    const entries = [attempt(), attempt(), attempt(), attempt()];
    const [a, b, c, d] = entries;
    const plan = planOf(fileOf([d, a, b]), { ...nothing, entries: [b!, c!] });
    expect(plan.fresh).toEqual([a, d]);
    expect(plan.known).toBe(1);
  });

  it('knows entries again after their lesson was renamed', () => {
    const old = attempt({ lesson: 'old' });
    const read = readFile(fileOf([old]));
    if ('complaint' in read) throw new Error('unreadable');
    const here = { ...nothing, entries: [{ ...old, lesson: 'new' }] };
    const plan = planImport(read.file, here, now, (lesson) => (lesson === 'old' ? 'new' : lesson));
    expect(plan).toMatchObject({ known: 1, fresh: [], refused: [] });
  });

  it('hands on what could not be understood, which is then refused by name', () => {
    const text = writeFile({ entries: [attempt()], drafts: [], strange: [{ v: 7, id: 'x' }] }, new Date(now));
    const plan = planOf(text);
    expect(plan.fresh).toHaveLength(1);
    expect(plan.refused).toEqual([{ place: 'entries[1]', reason: { code: 'later-version', found: '7' } }]);
  });
});

/** Files as a whole: nothing of them is taken. */
const hostile: Record<string, [text: string, complaint: object]> = {
  'an empty file': ['', { code: 'empty' }],
  'only blanks': [' \n\t ', { code: 'empty' }],
  'a picture': ['\u{FFFD}PNG\r\n\u001a', { code: 'not-json' }],
  'a file cut off in the middle': [fileOf([attempt(), attempt()]).slice(0, 300), { code: 'not-json' }],
  'a web page': ['<!doctype html><script>alert(1)</script>', { code: 'not-json' }],
  'a list': ['[]', { code: 'not-a-record', place: '', found: '[]' }],
  'a number': ['7', { code: 'not-a-record', place: '' }],
  null: ['null', { code: 'not-a-record', place: '' }],
  'another JSON file': ['{"name":"seams"}', { code: 'not-a-record', place: 'format' }],
  'a file of another program': [
    '{"format":"anki","version":1,"entries":[]}',
    { code: 'not-a-record', place: 'format', found: '"anki"' },
  ],
  'a later version of the file': [
    '{"format":"seams-record","version":9,"entries":[]}',
    { code: 'later-version', found: '9' },
  ],
  'a version that is no number': [
    '{"format":"seams-record","version":"1","entries":[]}',
    { code: 'not-a-record', place: 'version' },
  ],
  'no entries': ['{"format":"seams-record","version":1}', { code: 'not-a-record', place: 'entries' }],
  'entries that are an object': [
    '{"format":"seams-record","version":1,"entries":{"length":3}}',
    { code: 'not-a-record', place: 'entries' },
  ],
  'drafts that are text': [
    '{"format":"seams-record","version":1,"entries":[],"drafts":"x"}',
    { code: 'not-a-record', place: 'drafts' },
  ],
  'more entries than anyone has': [
    `{"format":"seams-record","version":1,"entries":[${'0,'.repeat(limits.entries)}0]}`,
    { code: 'too-many', place: 'entries', found: limits.entries + 1 },
  ],
  'brackets without end': ['['.repeat(3_000_000), { code: 'not-json' }],
  'a nest of a million lists': ['['.repeat(1_000_000) + ']'.repeat(1_000_000), {}],
  'more than twenty megabytes': [' '.repeat(limits.bytes + 1), { code: 'too-large' }],
  'a head that is a deep nest': [
    `{"format":${'['.repeat(500)}${']'.repeat(500)}}`,
    { code: 'not-a-record', place: 'format', found: '…' },
  ],
};
it.each(Object.entries(hostile))('%s is refused as a whole, with the place', (_name, [text, complaint]) => {
  const started = performance.now();
  expect(tried(text)).toMatchObject({ complaint });
  expect(performance.now() - started).toBeLessThan(3000);
});

it('a file that breaks off says in which line', () => {
  const text = writeFile({ entries: [attempt(), attempt()], drafts: [], strange: [] }, new Date(now));
  const cut = `${text.split('\n').slice(0, 6).join('\n')}\n{{`;
  expect(tried(cut)).toEqual({ complaint: { code: 'not-json', line: 7 } });
});

const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
/** Entries one by one: they are refused, the good ones beside them are taken. */
const bad: Record<string, [entry: unknown, reason: object]> = {
  'a number': [7, { code: 'field', field: '', expected: 'entry' }],
  null: [null, { code: 'field', expected: 'entry' }],
  'a list': [[], { code: 'field', expected: 'entry' }],
  'an entry of a later version': [
    { ...attempt(), v: 4 },
    { code: 'later-version', found: '4' },
  ],
  'a version that is text': [
    { ...attempt(), v: '2' },
    { code: 'field', field: 'v' },
  ],
  'an unknown kind': [
    { ...attempt(), kind: 'cheat' },
    { code: 'field', field: 'kind', found: '"cheat"', expected: 'kind' },
  ],
  'a kind that every object has': [
    { ...attempt(), kind: 'constructor' },
    { code: 'field', field: 'kind' },
  ],
  'a kind from the prototype': [JSON.parse('{"v":2,"kind":"__proto__"}'), { code: 'field', field: 'kind' }],
  'no id': [
    { ...attempt(), id: undefined },
    { code: 'field', field: 'id', expected: 'text' },
  ],
  'an id of our own making': [
    { ...attempt(), id: 'first' },
    { code: 'id', found: '"first"' },
  ],
  'an id that would stand behind all others for ever': [
    { ...attempt(), id: 'zzzzzzzzz-zzzz-0123456789abcdef' },
    { code: 'clock' },
  ],
  'a time after the end of time': [{ ...attempt(), at: 1e300 }, { code: 'clock' }],
  'a time before there was a course': [
    { ...attempt(), at: 0 },
    { code: 'clock', found: '0' },
  ],
  'a time that is text': [
    { ...attempt(), at: 'now' },
    { code: 'field', field: 'at', expected: 'time' },
  ],
  'a lesson without end': [
    { ...attempt(), lesson: 'x'.repeat(10_000) },
    { code: 'field', field: 'lesson', expected: 'text' },
  ],
  'a question that is an object': [
    { ...attempt(), question: { toString: 'x' } },
    { code: 'field', field: 'question' },
  ],
  'a score above one': [
    { ...attempt(), score: 2 },
    { code: 'field', field: 'score', found: '2', expected: 'share' },
  ],
  'a negative revision': [
    { ...attempt(), rev: -1 },
    { code: 'field', field: 'rev', expected: 'whole' },
  ],
  'a confidence that there is not': [
    { ...attempt(), confidence: 'divine' },
    { code: 'field', field: 'confidence' },
  ],
  'hints without number': [
    { ...attempt(), hints: '3' },
    { code: 'field', field: 'hints' },
  ],
  'an occasion that there is not': [
    { ...attempt(), occasion: 'dream' },
    { code: 'field', field: 'occasion' },
  ],
  'an answer of a book’s length': [attempt({ answer: 'x'.repeat(30_000) }), { code: 'answer-too-large' }],
  'an answer without bottom': [attempt({ answer: 'BOTTOMLESS' }), { code: 'answer-too-large' }],
};
it.each(Object.entries(bad))(
  '%s among the entries is refused with its place, and the rest is taken',
  (_name, [entry, reason]) => {
    const good = [attempt(), attempt()];
    const text = JSON.stringify({ format: 'seams-record', version: 1, entries: [good[0], entry, good[1]] });
    const plan = planOf(text.replace('"BOTTOMLESS"', () => '['.repeat(1e5) + ']'.repeat(1e5)));
    expect(plan.fresh).toEqual(good);
    expect(plan.refused).toMatchObject([{ place: 'entries[1]', reason }]);
  },
);

it('the same id over something else is refused: nothing that was written is ever changed', () => {
  const mine = attempt();
  const forged = { ...mine, right: false, score: 0 };
  expect(planOf(fileOf([forged]), { ...nothing, entries: [mine] })).toMatchObject({
    fresh: [],
    refused: [{ place: 'entries[0]', reason: { code: 'conflict' } }],
  });
  expect(planOf(fileOf([mine, mine, forged]))).toMatchObject({
    fresh: [mine],
    known: 1,
    refused: [{ place: 'entries[2]' }],
  });
});

it('fields that no entry has are left behind, and none reaches the prototype', () => {
  const text = fileOf([attempt()]).replace('"kind"', '"__proto__":{"polluted":true},"extra":"x","kind"');
  const [entry] = planOf(text).fresh;
  expect(Object.keys(entry!)).not.toContain('extra');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect((entry as unknown as Record<string, unknown>)['polluted']).toBeUndefined();
});

it('drafts from a file fill only places that are empty, and bad ones are refused', () => {
  const drafts = [
    { lesson: 'a', question: 'mine', answer: 'theirs' },
    { lesson: 'a', question: 'new', answer: 1 },
    { lesson: 'a', question: 'new', answer: 2 },
    { lesson: 7, question: 'q', answer: 1 },
    { lesson: 'a', question: 'deep', answer: deep(100) },
    null,
  ];
  const plan = planOf(fileOf([], drafts), { ...nothing, drafts: [{ lesson: 'a', question: 'mine', answer: 'mine' }] });
  expect(plan.drafts).toEqual([{ lesson: 'a', question: 'new', answer: 1 }]);
  expect(plan.refused.map(({ place }) => place)).toEqual(['drafts[3]', 'drafts[4]', 'drafts[5]']);
});

it('whatever the file, there is an answer and no crash', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.json().map((inner) => `{"format":"seams-record","version":1,"entries":[${inner}],"drafts":[${inner}]}`),
      ),
      (text) => {
        expect(tried(text)).toBeDefined();
      },
    ),
    { numRuns: 300 },
  );
});

it('a file as large as one may be is planned in seconds', () => {
  const { id: _id, ...made } = attempt();
  const entries = Array.from({ length: 78_000 }, () => ({ ...made, id: ids.next() }));
  const text = fileOf(entries);
  expect(text.length).toBeGreaterThan(limits.bytes * 0.8);
  expect(text.length).toBeLessThan(limits.bytes);
  const started = performance.now();
  expect(planOf(text).fresh).toHaveLength(entries.length);
  expect(performance.now() - started).toBeLessThan(8000);
});

it('an export is due after so many answers since the last file, or since it was put off', () => {
  const many = Array.from({ length: 25 }, () => attempt());
  expect(isExportDue(many.slice(1))).toBe(false);
  expect(isExportDue(many)).toBe(true);
  const put: Entry = { v: 3, id: ids.next(), at: now, lesson: '#course', kind: 'export', taken: false };
  expect(isExportDue([...many, put])).toBe(false);
  expect(isExportDue([...many, put, ...many])).toBe(true);
  expect(answersSinceFile([...many, put, ...many])).toBe(50);
  expect(answersSinceFile([...many, { ...put, taken: true } as Entry, attempt()])).toBe(1);
});
