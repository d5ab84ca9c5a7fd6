/** An exam and a self-quiz as a reader meets them: begun, answered, left, found again, handed in, reported. */
import { readFileSync } from 'node:fs';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { samples } from '../../core/quiz/samples.fixture.ts';
import { Disk } from '../../storage/disk.fixture.ts';
import { LearnerRecord, type Entry } from '../../storage/index.ts';
import type { Messages } from '../quiz/words.tsx';
import { materialVersion } from '../review/material.ts';
import ExamIsland from './ExamIsland.tsx';
import PartQuizIsland from './PartQuizIsland.tsx';

const words = (language: string): Record<'exam' | 'selfQuiz' | 'quiz', Messages> =>
  parse(readFileSync(`content/interface/${language}.yaml`, 'utf8')) as Record<'exam' | 'selfQuiz' | 'quiz', Messages>;
const lessonOf = (id: string, part: string, topic: string, types: string[]): object => ({
  id,
  title: `The lesson ${id}`,
  part,
  address: `/lessons/${id}/`,
  sections: [{ id: 'here', title: `The section in ${id}` }],
  questions: types.map((type) => ({ id: samples[type]!.facts.id, rev: 1, type, topic, reread: 'here' })),
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
    '/course.json': {
      version: materialVersion,
      parts: ['p', 'q'].map((id) => ({ id, title: `The part ${id}`, address: `/parts/${id}/` })),
      topics: { 't.one': 'The first topic', 't.two': 'The second topic' },
      lessons: [lessonOf('a', 'p', 't.one', ['one-choice', 'kprime']), lessonOf('b', 'q', 't.two', ['number'])],
    },
    '/questions/a.json': questionsOf('a', ['one-choice', 'kprime']),
    '/questions/b.json': questionsOf('b', ['number']),
  };
  vi.stubGlobal('fetch', (address: string) =>
    Promise.resolve(address in files ? Response.json(files[address]) : new Response('', { status: 404 })),
  );
  vi.stubGlobal('scrollTo', () => undefined);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

let clock = Date.UTC(2026, 10, 20, 12);
const recordOn = (disk: Disk): LearnerRecord =>
  new LearnerRecord({
    open: () => Promise.resolve(disk.store()),
    destroy: () => Promise.resolve(),
    renamed: {},
    now: () => (clock += 1000),
    random: () => '0123456789abcdef',
    tell: () => undefined,
    persist: () => Promise.resolve(),
    after: () => undefined,
  });
let exams = 0;

async function show(record: LearnerRecord, language = 'en'): Promise<void> {
  const { exam, quiz } = words(language);
  render(
    <ExamIsland
      language={language}
      messages={exam}
      quizMessages={quiz}
      course="/course.json"
      questions="/questions/"
      review="/review/"
      open={() => record}
      now={() => clock}
      random={() => `seed-${(exams += 1)}`}
    />,
  );
  await waitFor(() => expect(document.querySelector('[data-read]')).toBeTruthy());
}
const press = (name: string | RegExp): boolean => fireEvent.click(screen.getByRole('button', { name }));
const stitches = (): HTMLElement[] =>
  within(screen.getByRole('list', { name: 'Questions' })).getAllByRole('button', { name: /^Question/ });
/** Answers whatever is asked, rightly or not, and says how sure one is. */
function answer(isRight: boolean, sure: string): void {
  const field = screen.queryByRole('textbox');
  if (field !== null) fireEvent.change(field, { target: { value: isRight ? '10' : '250' } });
  else if (screen.queryByRole('radio', { name: 'the right one' }) !== null)
    fireEvent.click(screen.getByRole('radio', { name: isRight ? 'the right one' : 'the wrong one' }));
  else
    for (const [at, one] of screen.getAllByRole('radio', { name: /^True/ }).entries())
      fireEvent.click(at % 2 === 0 || !isRight ? one : screen.getAllByRole('radio', { name: /^False/ })[at]!);
  press(sure);
}
const kinds = (record: LearnerRecord): string[] => record.whole().entries.map(({ kind }) => kind);
const attempts = (record: LearnerRecord): Extract<Entry, { kind: 'attempt' }>[] =>
  record.whole().entries.flatMap((entry) => (entry.kind === 'attempt' ? [entry] : []));

describe('an exam', () => {
  it('says nothing of right and wrong before it is handed in, and then writes ordinary attempts', async () => {
    const record = recordOn(new Disk());
    await show(record);
    expect(screen.getByText('There are 3 questions so far, about 2 topics.')).toBeTruthy();
    press('Begin');
    await screen.findByRole('region', { name: 'The exam' });
    expect(screen.queryByText(/minute/)).toBeNull();
    answer(false, 'Certain');
    expect(await screen.findByText('Your answer is kept. You can change it until you hand in.')).toBeTruthy();
    expect(screen.queryByText('Not yet.')).toBeNull();
    expect(screen.queryByText(/Because it is/)).toBeNull();
    expect(kinds(record)).toEqual(['exam', 'given']);
    press('Next question');
    expect(document.activeElement?.textContent).toBe('Question 2 of 3');
    answer(true, 'Fairly sure');
    press('Hand in');
    expect(screen.getByText(/One question has no answer yet and counts as not right/)).toBeTruthy();
    press('Hand in');
    expect(await screen.findByRole('heading', { name: /^Your exam of/ })).toBeTruthy();
    expect(screen.getByText('1 of 3 right.')).toBeTruthy();
    expect(screen.getByText(/One question was left open/)).toBeTruthy();
    expect(attempts(record)).toMatchObject([
      { occasion: 'exam', exam: expect.stringMatching(/^seed-/) as string, right: false, confidence: 'sure' },
      { occasion: 'exam', right: true, confidence: 'fair' },
    ]);
    expect(kinds(record).at(-1)).toBe('ended');
  });

  it('can be left and is found where it was left, also with an answer that is only half chosen', async () => {
    const disk = new Disk();
    await show(recordOn(disk));
    press('Begin');
    await screen.findByRole('region', { name: 'The exam' });
    answer(true, 'Certain');
    press('Next question');
    const field = screen.queryByRole('textbox');
    if (field !== null) fireEvent.change(field, { target: { value: '7' } });
    else fireEvent.click(screen.getAllByRole('radio')[0]!);
    await waitFor(() => expect(disk.kept.size).toBe(1));
    cleanup();
    await show(recordOn(disk));
    expect(await screen.findByRole('heading', { name: 'Question 2 of 3' })).toBeTruthy();
    expect(stitches().map((one) => one.getAttribute('aria-label'))).toEqual([
      'Question 1, answered',
      'Question 2, not answered yet',
      'Question 3, not answered yet',
    ]);
    const again = screen.queryByRole('textbox') as HTMLInputElement | null;
    if (again !== null) expect(again.value).toBe('7');
    else expect(screen.getAllByRole('radio').some((one) => (one as HTMLInputElement).checked)).toBe(true);
  });

  it('an answer can be changed until it is handed in, and the last one counts', async () => {
    const record = recordOn(new Disk());
    await show(record);
    press('Begin');
    await screen.findByRole('region', { name: 'The exam' });
    answer(false, 'Certain');
    await screen.findByText(/Your answer is kept/);
    expect(screen.getByRole('button', { name: 'Certain', pressed: true })).toBeTruthy();
    answer(true, 'I am guessing');
    press('Hand in');
    press('Hand in');
    await screen.findByRole('heading', { name: /^Your exam of/ });
    expect(attempts(record)).toMatchObject([{ right: true, confidence: 'guess' }]);
  });

  it('judges and explains each answer at once where the reader wants that, with a single try', async () => {
    const record = recordOn(new Disk());
    await show(record);
    fireEvent.click(screen.getByRole('radio', { name: /After each answer/ }));
    press('Begin');
    await screen.findByRole('region', { name: 'The exam' });
    for (let at = 0; at < 3; at += 1) {
      answer(at > 0, 'Certain');
      expect(await screen.findByText(at > 0 ? 'Right.' : /^Not right$|are right\.$/)).toBeTruthy();
      expect(screen.getByText('Because it is what it is.')).toBeTruthy();
      expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
      if (at < 2) press('Next question');
    }
    press('To the report');
    expect(await screen.findByText('2 of 3 right.')).toBeTruthy();
    expect(screen.getByText('You were certain of one answer that was not right. It is marked below.')).toBeTruthy();
  });

  it('given up, nothing of it is judged', async () => {
    const record = recordOn(new Disk());
    await show(record);
    press('Begin');
    await screen.findByRole('region', { name: 'The exam' });
    answer(true, 'Certain');
    press('Give up');
    press('Give up this exam');
    expect(await screen.findByRole('heading', { name: 'A new exam' })).toBeTruthy();
    expect(attempts(record)).toEqual([]);
    expect(screen.queryByRole('heading', { name: 'Your exams' })).toBeNull();
  });

  it('has a clock for whoever asks for one', async () => {
    await show(recordOn(new Disk()));
    press('Begin');
    await screen.findByRole('region', { name: 'The exam' });
    press('Show a clock');
    expect(screen.getByText('Less than a minute on this page')).toBeTruthy();
    press('Hide the clock');
    expect(screen.queryByText(/on this page/)).toBeNull();
  });

  it('reports by topic and part, says what to read again, and stands beside earlier exams', async () => {
    const record = recordOn(new Disk());
    await show(record);
    for (const isRight of [false, true]) {
      press('Begin');
      await screen.findByRole('region', { name: 'The exam' });
      for (let at = 0; at < 3; at += 1) {
        answer(isRight, 'Certain');
        if (at < 2) press('Next question');
      }
      press('Hand in');
      press('Hand in');
      await screen.findByRole('heading', { name: /^Your exam of/ });
      if (!isRight) {
        const topics = screen.getByRole('table', { name: 'By topic' });
        expect(within(topics).getByRole('row', { name: /The first topic.*0 of 2/ })).toBeTruthy();
        expect(within(topics).getByRole('row', { name: /The second topic.*0 of 1/ })).toBeTruthy();
        expect(screen.getByRole('link', { name: 'The part p' }).getAttribute('href')).toBe('/parts/p/');
        expect(screen.getByRole('link', { name: 'The section in a' }).getAttribute('href')).toBe('/lessons/a/#here');
        expect(screen.getByText('Questions that you met here for the first time: 0 of 3 right.')).toBeTruthy();
        press('To the exams');
        await screen.findByRole('heading', { name: 'A new exam' });
      }
    }
    expect(screen.getByText('Questions that you had answered before: 3 of 3 right.')).toBeTruthy();
    const compared = screen.getByRole('table', { name: 'Beside your earlier exams' });
    expect(
      within(compared)
        .getAllByRole('row')
        .map(({ textContent }) => textContent?.match(/\d of \d/)?.[0]),
    ).toEqual([undefined, '3 of 3', '0 of 3']);
    press('To the exams');
    const [, later, earlier] = within(await screen.findByRole('table')).getAllByRole('row');
    expect(later?.textContent).toContain('3 of 3');
    fireEvent.click(within(earlier!).getByRole('button', { name: /Open the report of/ }));
    expect(await screen.findByText('0 of 3 right.')).toBeTruthy();
  });

  it('without the network says what is safe, and tries again when asked', async () => {
    const { '/course.json': course, ...others } = files;
    files = others;
    const { exam, quiz } = words('en');
    const record = recordOn(new Disk());
    render(
      <ExamIsland
        language="en"
        messages={exam}
        quizMessages={quiz}
        course="/course.json"
        questions="/questions/"
        review="/review/"
        open={() => record}
      />,
    );
    expect(await screen.findByText(/What you have answered is safe/)).toBeTruthy();
    files = { ...others, '/course.json': course };
    press('Try again');
    expect(await screen.findByRole('button', { name: 'Begin' })).toBeTruthy();
  });

  it('in Korean is in Korean', async () => {
    await show(recordOn(new Disk()), 'ko');
    expect(screen.getByText('지금까지 나온 문제는 3개, 주제는 2개예요.')).toBeTruthy();
    press('시작하기');
    expect(await screen.findByRole('heading', { name: '문제 1/3' })).toBeTruthy();
    press('제출하기');
    press('제출하기');
    expect(await screen.findByText('3문제 중 0문제를 맞혔어요.')).toBeTruthy();
  });
});

describe('the self-quiz of a part', () => {
  async function quiz(record: LearnerRecord): Promise<void> {
    const { selfQuiz, quiz: quizMessages } = words('en');
    render(
      <PartQuizIsland
        part="p"
        language="en"
        messages={selfQuiz}
        quizMessages={quizMessages}
        course="/course.json"
        questions="/questions/"
        open={() => record}
        now={() => clock}
      />,
    );
    await waitFor(() => expect(document.querySelector('[data-read]')).toBeTruthy());
  }

  it('asks the questions of the part alone, goes on after a reload, and says how it went', async () => {
    const disk = new Disk();
    const record = recordOn(disk);
    await quiz(record);
    expect(screen.getByText('0 of 2 done')).toBeTruthy();
    answer(true, 'Certain');
    expect(await screen.findByText('Right.')).toBeTruthy();
    cleanup();
    const again = recordOn(disk);
    await quiz(again);
    expect(screen.getByText('1 of 2 done')).toBeTruthy();
    answer(false, 'I am guessing');
    press('Show the answer');
    press('To the end');
    expect(screen.getByRole('heading', { name: 'How it went' })).toBeTruthy();
    expect(screen.getByText('1 of 2 right at once.')).toBeTruthy();
    expect(attempts(again).map(({ lesson, occasion, exam }) => [lesson, occasion, exam])).toEqual([
      ['a', 'part', null],
      ['a', 'part', null],
    ]);
    press('Another round');
    expect(screen.getByText('0 of 2 done')).toBeTruthy();
  });

  it('can be stopped after any question, and gone on with', async () => {
    await quiz(recordOn(new Disk()));
    press('Stop here');
    expect(screen.getByText('You have not answered anything in this round yet.')).toBeTruthy();
    expect(screen.getByText('2 questions are left for another time.')).toBeTruthy();
    press('Go on');
    expect(screen.getByRole('region', { name: 'Self-quiz' })).toBeTruthy();
  });

  it('asks last what was put off', async () => {
    await quiz(recordOn(new Disk()));
    const first = screen.getAllByRole('radio').length;
    press('Later');
    expect(screen.getAllByRole('radio').length).not.toBe(first);
    press('Later');
    expect(screen.getAllByRole('radio')).toHaveLength(first);
  });
});
