/** The record page as a reader meets it: told in words, saved, taken over after a look, deleted after being asked twice. */
import { readFileSync } from 'node:fs';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { samples } from '../../core/quiz/samples.fixture.ts';
import { Disk } from '../../storage/disk.fixture.ts';
import { LearnerRecord, type Happening } from '../../storage/index.ts';
import { Speaking, sayer, type Messages } from '../quiz/words.tsx';
import ExportOffer from './ExportOffer.tsx';
import { materialVersion } from '../review/material.ts';
import RecordIsland from './RecordIsland.tsx';

const words = (language: string): Record<'record' | 'quiz', Messages> =>
  parse(readFileSync(`content/interface/${language}.yaml`, 'utf8')) as Record<'record' | 'quiz', Messages>;
const question = samples['one-choice']!;
const course = {
  version: materialVersion,
  parts: [{ id: 'p', title: 'The part', address: '/parts/p/' }],
  topics: { 't.t': 'The topic' },
  lessons: [
    {
      id: 'a',
      title: 'The lesson A',
      part: 'p',
      address: '/lessons/a/',
      sections: [
        { id: 'first', title: 'The first section' },
        { id: 'second', title: 'The second section' },
      ],
      questions: [{ id: 'choose', rev: 1, type: 'one-choice', topic: 't.t', reread: 'first' }],
    },
  ],
};
const files: Record<string, unknown> = {
  '/course.json': course,
  '/questions/a.json': { version: materialVersion, lesson: 'a', questions: [question], links: {} },
};
let saved: { name: string; text: string }[] = [];

beforeEach(() => {
  saved = [];
  vi.stubGlobal('fetch', (address: string) =>
    Promise.resolve(address in files ? Response.json(files[address]) : new Response('', { status: 404 })),
  );
  const blobs = new Map<string, Blob>();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    const address = `blob:${blobs.size}`;
    blobs.set(address, blob as Blob);
    return address;
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    void blobs
      .get(this.href)
      ?.text()
      .then((text) => saved.push({ name: this.download, text }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

let clock = Date.UTC(2026, 10, 20, 12);
function recordOn(disk: Disk): LearnerRecord {
  return new LearnerRecord({
    open: () => Promise.resolve(disk.store()),
    destroy: () => Promise.resolve(),
    renamed: {},
    now: () => (clock += 60_000),
    random: () => '0123456789abcdef',
    tell: () => undefined,
    persist: () => Promise.resolve(),
    after: () => undefined,
  });
}
const attempt = (more: Partial<Extract<Happening, { kind: 'attempt' }>> = {}): Happening => ({
  kind: 'attempt',
  lesson: 'a',
  question: 'choose',
  rev: 1,
  type: 'one-choice',
  language: 'en',
  answer: 'wrong',
  right: false,
  score: 0,
  confidence: 'sure',
  hints: 0,
  occasion: 'lesson',
  exam: null,
  ...more,
});

async function show(record: LearnerRecord, language = 'en'): Promise<void> {
  const { record: messages, quiz } = words(language);
  render(
    <RecordIsland
      language={language}
      messages={messages}
      quizMessages={quiz}
      course="/course.json"
      questions="/questions/"
      contents="/contents/"
      exam="/exam/"
      open={() => record}
    />,
  );
  await waitFor(() => expect(document.querySelector('[data-read]')).toBeTruthy());
}
const press = (name: string | RegExp, at = 0): boolean => fireEvent.click(screen.getAllByRole('button', { name })[at]!);
const choose = (text: string, name = 'record.json'): void => {
  const input = screen.getByLabelText('Choose a file') as HTMLInputElement;
  fireEvent.change(input, { target: { files: [new File([text], name, { type: 'application/json' })] } });
};
async function full(disk = new Disk()): Promise<LearnerRecord> {
  const record = recordOn(disk);
  await record.append({ kind: 'reading', lesson: 'a', place: 'first' });
  await record.append(attempt());
  await record.append(attempt({ answer: 'right', right: true, score: 1, confidence: 'guess' }));
  await record.append(attempt({ answer: 'right', right: true, score: 1, occasion: 'review' }));
  record.keepDraft('a', 'choose', 'other');
  return record;
}

it('without a record it says so, and takes over one all the same', async () => {
  await show(recordOn(new Disk()));
  expect(screen.getByText(/Nothing is kept yet/)).toBeTruthy();
  expect(screen.getByLabelText('Choose a file')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Delete everything' })).toBeNull();
});

it('tells what was answered about a simulation, and counts it as no lesson', async () => {
  const set = {
    ...course.lessons[0]!,
    id: 'storm',
    title: 'The storm',
    part: 'pool',
    isPool: true,
    address: '/simulations/storm/',
  };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ...course, lessons: [...course.lessons, set] })));
  const record = recordOn(new Disk());
  await record.append(attempt());
  await record.append(attempt({ lesson: 'storm', answer: 'right', right: true, score: 1 }));
  await show(record);
  expect(screen.getByText(/One lesson, 2 entries since/)).toBeTruthy();
  const kept = screen.getByRole('region', { name: 'The storm' });
  expect(within(kept).getByRole('link', { name: 'The storm' }).getAttribute('href')).toBe('/simulations/storm/');
  expect(within(kept).getByText('1 of 1 questions answered, 1 right at the first try')).toBeTruthy();
  expect(within(kept).queryByText(/sections read/)).toBeNull();
});

it('tells all that is kept, in words: date, question, first try or not, confidence, answer, drafts', async () => {
  await show(await full());
  expect(screen.getByText(/One lesson, 4 entries since/)).toBeTruthy();
  const lesson = screen.getByRole('region', { name: 'The lesson A' });
  expect(within(lesson).getByText(/1 of 2 sections read/)).toBeTruthy();
  expect(within(lesson).getByText('1 of 1 questions answered, 0 right at the first try')).toBeTruthy();
  const details = lesson.querySelector('details')!;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  await within(lesson).findAllByText(/What is it\?/);
  const rows = within(lesson)
    .getAllByRole('row')
    .slice(1)
    .map(({ textContent }) => textContent);
  expect(rows[0]).toMatch(/In a review: right\. You were certain\..*Your answer: the right one/);
  expect(rows[1]).toMatch(/Later try: right\. You were guessing\./);
  expect(rows[2]).toMatch(
    /Nov 20, 2026.*What is it\?First try: wrong\. You were certain\..*Your answer: the wrong one/,
  );
  expect(rows[3]).toMatch(/You read “The first section”\./);
  expect(within(lesson).getByText('Not finished: What is it?').textContent).toMatch(/Your answer: another/);
});

it('saves everything as a file, and notes that it did', async () => {
  const record = await full();
  await show(record);
  press('Save my record as a file');
  expect(await screen.findByText(/^Saved as seams-record-\d{4}-\d\d-\d\d\.json\.$/)).toBeTruthy();
  await waitFor(() => expect(saved).toHaveLength(1));
  const file = JSON.parse(saved[0]!.text) as { entries: unknown[]; drafts: unknown[] };
  expect(file.entries).toHaveLength(4);
  expect(file.drafts).toEqual([{ lesson: 'a', question: 'choose', answer: 'other' }]);
  expect(record.whole().entries.at(-1)).toMatchObject({ kind: 'export', taken: true });
});

describe('a file', () => {
  it('is taken over after it was said what it would do, and twice does nothing more', async () => {
    const text = await (async () => {
      await show(await full());
      press('Save my record as a file');
      await waitFor(() => expect(saved).toHaveLength(1));
      cleanup();
      return saved[0]!.text;
    })();
    const disk = new Disk();
    await show(recordOn(disk));
    const parsed = JSON.parse(text) as { entries: unknown[] };
    choose(JSON.stringify({ ...parsed, entries: [...parsed.entries, { v: 9 }] }));
    const plan = await screen.findByRole('group', { name: 'What “record.json” would do' });
    expect(plan.textContent).toMatch(/4 entries are new.*The lesson A: 4 entries.*None of its entries is here yet/);
    expect(plan.textContent).toMatch(/One half-finished answer/);
    expect(plan.textContent).toMatch(/One entry is refused:entries\[4\]: it was made by a later version/);
    expect(disk.log.size).toBe(0);
    press('Take over 4 entries');
    expect(await screen.findByText('4 entries were taken over.')).toBeTruthy();
    expect(disk.log.size).toBe(4);
    choose(text);
    expect((await screen.findByRole('group', { name: /would do/ })).textContent).toMatch(
      /Nothing in it is new.*4 entries are here already/,
    );
    expect(screen.getByText('There is nothing to take over.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Take over/ })).toBeNull();
  });

  it.each([
    ['{"format":"anki"}', /This is not a record of Seams.*Under “format” stands "anki"/],
    ['[]', /This is not a record of Seams.*The file is \[\]/],
    ['{', /it is not JSON|it stops being JSON in line 1/],
    ['', /The file is empty/],
    ['{"format":"seams-record","version":4}', /later version of this site \(its version is 4, this page knows 1\)/],
  ])('that is %s is refused with its place and what to do instead', async (text, told) => {
    await show(recordOn(new Disk()));
    choose(text);
    expect(await screen.findByText(told)).toBeTruthy();
  });

  it('that is too large is not even read', async () => {
    await show(recordOn(new Disk()));
    const input = screen.getByLabelText('Choose a file') as HTMLInputElement;
    const file = new File(['x'], 'large.json');
    Object.defineProperty(file, 'size', { value: 31_500_000 });
    const read = vi.spyOn(file, 'text');
    fireEvent.change(input, { target: { files: [file] } });
    expect(await screen.findByText(/The file has 31\.5 MB, and a record has at most 20 MB/)).toBeTruthy();
    expect(read).not.toHaveBeenCalled();
  });

  it('may be left', async () => {
    const disk = new Disk();
    await show(recordOn(disk));
    choose(JSON.stringify({ format: 'seams-record', version: 1, entries: [], drafts: [] }));
    await screen.findByRole('group', { name: /would do/ });
    press('Leave it');
    expect(screen.queryByRole('group', { name: /would do/ })).toBeNull();
  });
});

describe('deleting', () => {
  it('is asked twice, offers the file first, and then everything is gone', async () => {
    const disk = new Disk();
    await show(await full(disk));
    press('Delete everything');
    expect(screen.getByRole('region', { name: 'Delete everything that is kept?' })).toBeTruthy();
    expect(document.activeElement?.textContent).toBe('Delete everything that is kept?');
    press('Save a file first');
    await waitFor(() => expect(saved).toHaveLength(1));
    press('Delete');
    expect(disk.log.size).toBeGreaterThan(0);
    expect(screen.getByText('This cannot be undone.')).toBeTruthy();
    press('Yes, delete for good');
    expect(await screen.findByText('Everything is deleted.')).toBeTruthy();
    expect(screen.getByText(/Nothing is kept yet/)).toBeTruthy();
    expect([disk.log.size, disk.kept.size]).toEqual([0, 0]);
  });

  it('can be left at either question', async () => {
    const disk = new Disk();
    await show(await full(disk));
    press('Delete everything');
    press('Keep it');
    expect(document.activeElement?.textContent).toBe('Delete everything');
    press('Delete everything');
    press('Delete');
    press('Keep it');
    expect(disk.log.size).toBe(4);
  });

  it('of one lesson leaves the others', async () => {
    const disk = new Disk();
    const record = await full(disk);
    await record.append(attempt({ lesson: 'gone-lesson' }));
    await show(record);
    expect(
      screen.getByRole('region', { name: /“gone-lesson”, a lesson that is not in the course any more/ }),
    ).toBeTruthy();
    const details = screen.getByRole('region', { name: 'The lesson A' }).querySelector('details')!;
    details.open = true;
    fireEvent(details, new Event('toggle'));
    press('Delete this lesson from the record');
    press('Delete');
    press('Yes, delete for good');
    expect(await screen.findByText('What was kept of “The lesson A” is deleted.')).toBeTruthy();
    expect([...disk.log.values()].map(({ lesson }) => lesson)).toEqual(['gone-lesson']);
  });
});

it('where the outline of the course cannot be fetched, what is kept is told by its ids', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  await show(await full());
  expect(screen.getByRole('region', { name: /“a”/ })).toBeTruthy();
});

it('says when what lies in the browser is damaged, and offers to begin afresh', async () => {
  let isDamaged = true;
  const disk = new Disk();
  const record = new LearnerRecord({
    open: () =>
      isDamaged
        ? Promise.reject(Object.assign(new Error('no'), { name: 'UnknownError' }))
        : Promise.resolve(disk.store()),
    destroy: () => {
      isDamaged = false;
      return Promise.resolve();
    },
    renamed: {},
    now: () => clock,
    random: () => '0123456789abcdef',
    tell: () => undefined,
    persist: () => Promise.resolve(),
    after: () => undefined,
  });
  await show(record);
  expect(screen.getByText(/can no longer be read/)).toBeTruthy();
  press('Delete what is damaged and begin afresh');
  press('Delete');
  press('Yes, delete for good');
  expect(await screen.findByText('Everything is deleted.')).toBeTruthy();
  expect(screen.queryByText(/can no longer be read/)).toBeNull();
});

it('in Korean everything is said in Korean', async () => {
  await show(await full(), 'ko');
  expect(screen.getByText(/강의 1편, 기록 4건/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '모든 기록 지우기' }));
  expect(screen.getByRole('button', { name: '먼저 파일로 저장하기' })).toBeTruthy();
});

describe('the offer of a file', () => {
  const offer = (record: LearnerRecord): void => {
    const { quiz } = words('en');
    render(
      <Speaking say={sayer(quiz, 'en')} language="en">
        <ExportOffer open={() => record} />
      </Speaking>,
    );
  };

  it('comes after so many answers, and can be put off', async () => {
    const record = recordOn(new Disk());
    for (let n = 0; n < 24; n += 1) await record.append(attempt());
    offer(record);
    await waitFor(() => expect(record.whole().isRead).toBe(true));
    expect(screen.queryByText(/Since you last saved/)).toBeNull();
    await record.append(attempt());
    expect(await screen.findByText(/25 answers have been added/)).toBeTruthy();
    press('Not now');
    await waitFor(() => expect(screen.queryByText(/Since you last saved/)).toBeNull());
    expect(record.whole().entries.at(-1)).toMatchObject({ kind: 'export', taken: false });
  });

  it('saves the file there and then', async () => {
    const record = recordOn(new Disk());
    for (let n = 0; n < 25; n += 1) await record.append(attempt());
    offer(record);
    fireEvent.click(await screen.findByRole('button', { name: 'Save my record as a file' }));
    expect(await screen.findByText(/^Saved as seams-record-/)).toBeTruthy();
    await waitFor(() => expect(saved).toHaveLength(1));
  });
});
