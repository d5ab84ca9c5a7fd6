/** The review as a reader meets it: nothing learnt, nothing due, asked one by one, missed, shown, done. */
import { readFileSync } from 'node:fs';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { samples } from '../../core/quiz/samples.fixture.ts';
import { Disk } from '../../storage/disk.fixture.ts';
import { LearnerRecord, type Happening } from '../../storage/index.ts';
import type { Messages } from '../quiz/words.tsx';
import { materialVersion } from './material.ts';
import ReviewIsland from './ReviewIsland.tsx';

const words = (language: string): Record<'review' | 'quiz', Messages> =>
  parse(readFileSync(`content/interface/${language}.yaml`, 'utf8')) as Record<'review' | 'quiz', Messages>;
const lessonOf = (id: string, types: string[]): object => ({
  id,
  title: `The lesson ${id}`,
  part: 'p',
  address: `/lessons/${id}/`,
  sections: [{ id: 'here', title: 'The section here' }],
  questions: types.map((type) => ({ id: samples[type]!.facts.id, rev: 1, type, topic: 't.t', reread: 'here' })),
});
const courseOf = (...lessons: object[]): object => ({
  version: materialVersion,
  parts: [{ id: 'p', title: 'The part', address: '/parts/p/' }],
  topics: { 't.t': 'The topic' },
  lessons,
});
const questionsOf = (lesson: string, types: string[]): object => ({
  version: materialVersion,
  lesson,
  questions: types.map((type) => samples[type]!),
  links: {},
});
let files: Record<string, unknown> = {};

beforeEach(() => {
  files = {
    '/course.json': courseOf(lessonOf('a', ['one-choice', 'several']), lessonOf('b', ['number'])),
    '/questions/a.json': questionsOf('a', ['one-choice', 'several']),
    '/questions/b.json': questionsOf('b', ['number']),
  };
  vi.stubGlobal('fetch', (address: string) =>
    Promise.resolve(address in files ? Response.json(files[address]) : new Response('', { status: 404 })),
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const day = 86_400_000;
const start = Date.UTC(2026, 10, 20, 12);
let clock = start;
function recordOn(disk: Disk): LearnerRecord {
  return new LearnerRecord({
    open: () => Promise.resolve(disk.store()),
    destroy: () => Promise.resolve(),
    renamed: {},
    now: () => (clock += 1000),
    random: () => '0123456789abcdef',
    tell: () => undefined,
    persist: () => Promise.resolve(),
    after: () => undefined,
  });
}
const attempt = (lesson: string, question: string, right = true): Happening => ({
  kind: 'attempt',
  lesson,
  question,
  rev: 1,
  type: 'one-choice',
  language: 'en',
  answer: 'x',
  right,
  score: right ? 1 : 0,
  confidence: 'fair',
  hints: 0,
  occasion: 'lesson',
  exam: null,
});

async function show(record: LearnerRecord, language = 'en'): Promise<void> {
  const { review, quiz } = words(language);
  render(
    <ReviewIsland
      language={language}
      messages={review}
      quizMessages={quiz}
      course="/course.json"
      questions="/questions/"
      contents="/contents/"
      open={() => record}
      now={() => clock}
    />,
  );
  await waitFor(() => expect(document.querySelector('[data-read]')).toBeTruthy());
}
const press = (name: string | RegExp): boolean => fireEvent.click(screen.getByRole('button', { name }));

it('who has learnt nothing is told how it begins', async () => {
  clock = start;
  await show(recordOn(new Disk()));
  expect(screen.getByRole('heading', { name: 'Nothing to review yet' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'To the contents' })).toBeTruthy();
  expect(screen.queryByRole('heading', { name: 'What you know' })).toBeNull();
});

it('when nothing is due it says when something will be', async () => {
  clock = start;
  const record = recordOn(new Disk());
  await record.append(attempt('a', 'choose', false));
  await show(record);
  expect(screen.getByRole('heading', { name: 'Nothing is due' })).toBeTruthy();
  expect(screen.getByText(/You have learnt one question so far/)).toBeTruthy();
  expect(screen.getByText(/One question comes back (tomorrow|later today)\./)).toBeTruthy();
});

it('asks what is due over all lessons, one by one, and logs the answers apart from first tries', async () => {
  clock = start;
  const record = recordOn(new Disk());
  await record.append(attempt('a', 'choose', false));
  await record.append(attempt('b', 'count', false));
  clock = start + 3 * day;
  await show(record);
  expect(screen.getByText('2 are due')).toBeTruthy();
  const answer = async (): Promise<void> => {
    const field = screen.queryByRole('textbox');
    if (field) fireEvent.change(field, { target: { value: '10' } });
    else fireEvent.click(screen.getByRole('radio', { name: 'the right one' }));
    press('Certain');
    expect(await screen.findByText('Right.')).toBeTruthy();
  };
  await answer();
  press('Next question');
  await waitFor(() => expect(screen.getByText('The last one that is due')).toBeTruthy());
  expect(document.activeElement?.className).toBe('quiz-title');
  await answer();
  press('To the end');
  expect(await screen.findByRole('heading', { name: 'That was all for now' })).toBeTruthy();
  expect(screen.getByText('2 of 2 right at once.')).toBeTruthy();
  const reviews = record.whole().entries.slice(2);
  expect(reviews).toMatchObject([
    { kind: 'attempt', occasion: 'review' },
    { kind: 'attempt', occasion: 'review' },
  ]);
  expect(new Set(reviews.map(({ lesson }) => lesson))).toEqual(new Set(['a', 'b']));
});

it('what is missed can be tried again or shown, and counts as missed', async () => {
  clock = start;
  const record = recordOn(new Disk());
  await record.append(attempt('a', 'choose', false));
  clock = start + 3 * day;
  await show(record);
  fireEvent.click(screen.getByRole('radio', { name: 'the wrong one' }));
  press('I am guessing');
  expect(screen.getByText('Not yet.')).toBeTruthy();
  // Interrupted here, one finds it as one left it.
  cleanup();
  await show(record);
  expect(screen.getByText('Not yet.')).toBeTruthy();
  press('Try again');
  press('Show the answer');
  expect(screen.getByText('Because it is what it is.')).toBeTruthy();
  press('To the end');
  expect(await screen.findByRole('heading', { name: 'Nothing is due' })).toBeTruthy();
  expect(record.whole().entries.at(-1)).toMatchObject({ kind: 'revealed', occasion: 'review' });
});

it('a question can be put off, and is still due the next time', async () => {
  clock = start;
  const record = recordOn(new Disk());
  await record.append(attempt('a', 'choose', false));
  clock = start + 3 * day;
  await show(record);
  press('Later');
  expect(screen.queryByRole('radio')).toBeNull();
  cleanup();
  await show(record);
  expect(screen.getByText('The last one that is due')).toBeTruthy();
});

it('the map says what is known and where to read again', async () => {
  clock = start;
  const record = recordOn(new Disk());
  await record.append(attempt('a', 'choose', true));
  await record.append(attempt('b', 'count', false));
  await show(record);
  const lines = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(lines).toEqual([
    'When you were fairly sure: 1 of 2 right.',
    'The section here1 known, 1 not answered yet',
    'The section here1 shaky',
  ]);
  expect(screen.getAllByRole('link', { name: 'The section here' })[1]?.getAttribute('href')).toBe('/lessons/b/#here');
});

it('without the network it says what is safe, and tries again when asked', async () => {
  clock = start;
  const record = recordOn(new Disk());
  await record.append(attempt('a', 'choose', false));
  clock = start + 3 * day;
  const { '/course.json': course, ...others } = files;
  files = others;
  await show(record);
  expect(screen.getByText(/What you have learnt is safe/)).toBeTruthy();
  files = { '/course.json': course };
  press('Try again');
  expect(await screen.findByText(/The questions of “The lesson a” could not be fetched/)).toBeTruthy();
  files = { ...files, ...others };
  press('Try again');
  expect(await screen.findByRole('radio', { name: 'the right one' })).toBeTruthy();
});

it('files that are not what they should be are not believed', async () => {
  clock = start;
  files['/course.json'] = courseOf({ id: 'a', title: 7 });
  await show(recordOn(new Disk()));
  expect(screen.getByRole('heading', { name: 'The questions could not be fetched' })).toBeTruthy();
});

it('a question that its lesson does not have any more is passed over', async () => {
  clock = start;
  const record = recordOn(new Disk());
  await record.append(attempt('a', 'choose', false));
  await record.append(attempt('a', 'choose-more', false));
  clock = start + 3 * day;
  files['/questions/a.json'] = questionsOf('a', ['several']);
  await show(record);
  expect(await screen.findByRole('checkbox', { name: 'right' })).toBeTruthy();
  expect(screen.getByText('The last one that is due')).toBeTruthy();
});

it('in Korean the review is in Korean', async () => {
  clock = start;
  const record = recordOn(new Disk());
  await record.append(attempt('a', 'choose', false));
  await show(record, 'ko');
  expect(screen.getByRole('heading', { name: '지금은 복습할 문제가 없어요' })).toBeTruthy();
  expect(screen.getByText(/(내일|오늘 안에) 1개가 다시 나와요/)).toBeTruthy();
});
