/** The quiz as a reader meets it, found by role and name: asked, missed, tried again, found, summed up, and remembered. */
import { readFileSync } from 'node:fs';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { samples } from '../../core/quiz/samples.fixture.ts';
import { LearnerRecord } from '../../storage/index.ts';
import type { LogStore } from '../../storage/log-store.ts';
import PredictIsland from './PredictIsland.tsx';
import QuizIsland from './QuizIsland.tsx';
import type { Messages } from './words.tsx';

const messages = (language: string): Messages =>
  (parse(readFileSync(`content/interface/${language}.yaml`, 'utf8')) as { quiz: Messages }).quiz;

afterEach(cleanup);

/** A record without a disk behind it, or with one that refuses. */
function recordOn(open: () => Promise<LogStore> = () => new Promise(() => undefined)): () => LearnerRecord {
  const record = new LearnerRecord({
    open,
    destroy: () => Promise.resolve(),
    renamed: {},
    now: () => 1_795_000_000_000,
    random: () => '0'.repeat(16),
    tell: () => undefined,
    persist: () => Promise.resolve(),
    after: () => undefined,
  });
  return () => record;
}

function ask(types: string[], open = recordOn(), language = 'en'): () => LearnerRecord {
  render(
    <QuizIsland
      lesson="a"
      language={language}
      questions={types.map((type) => samples[type]!)}
      links={{ choose: { wrong: { heading: { href: '#why', text: 'Why' } } } }}
      messages={messages(language)}
      open={open}
    />,
  );
  return open;
}
const press = (name: string | RegExp): boolean => fireEvent.click(screen.getByRole('button', { name }));

describe('one choice', () => {
  it('says why a choice is wrong, where to read, and not which one is right', () => {
    ask(['one-choice']);
    fireEvent.click(screen.getByRole('radio', { name: 'the wrong one' }));
    press('Certain');
    expect(screen.getByText('Not yet.')).toBeTruthy();
    expect(screen.getByText('What there is to say about the wrong one.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Read again: Why' }).getAttribute('href')).toBe('#why');
    expect(screen.queryByText('What there is to say about the right one.')).toBeNull();
    expect(screen.queryByText('Because it is what it is.')).toBeNull();
  });

  it('strikes the wrong option and leaves the others to be tried', () => {
    ask(['one-choice']);
    fireEvent.click(screen.getByRole('radio', { name: 'the wrong one' }));
    press('Certain');
    press('Try again');
    expect((screen.getByRole('radio', { name: /the wrong one/ }) as HTMLInputElement).disabled).toBe(true);
    fireEvent.click(screen.getByRole('radio', { name: 'the right one' }));
    press('Fairly sure');
    expect(screen.getByText('Right now.')).toBeTruthy();
    expect(screen.getByText('Because it is what it is.')).toBeTruthy();
  });

  it('asks for an answer before it checks one', () => {
    const open = ask(['one-choice']);
    press('Certain');
    expect(screen.getByText('Choose an answer first.')).toBeTruthy();
    expect(open().of('a').entries).toEqual([]);
  });

  it('keeps what was chosen, how sure the reader was, and each try', () => {
    const open = ask(['one-choice']);
    fireEvent.click(screen.getByRole('radio', { name: 'the wrong one' }));
    press('I am guessing');
    press('Show the answer');
    expect(open().of('a').entries).toMatchObject([
      { kind: 'arrival', question: 'choose' },
      {
        kind: 'attempt',
        question: 'choose',
        rev: 1,
        answer: 'wrong',
        right: false,
        confidence: 'guess',
        language: 'en',
      },
      { kind: 'revealed', question: 'choose', rev: 1 },
    ]);
    expect((screen.getByRole('radio', { name: /the right one/ }) as HTMLInputElement).checked).toBe(true);
  });
});

it('a half-finished answer is there again when the page is', () => {
  const open = recordOn();
  ask(['several'], open);
  fireEvent.click(screen.getByRole('checkbox', { name: 'right' }));
  cleanup();
  ask(['several'], open);
  expect((screen.getByRole('checkbox', { name: 'right' }) as HTMLInputElement).checked).toBe(true);
});

it('of several, what was found stays and how many are missing is said', () => {
  ask(['several']);
  fireEvent.click(screen.getByRole('checkbox', { name: 'right' }));
  fireEvent.click(screen.getByRole('checkbox', { name: 'wrong' }));
  press('Certain');
  expect(screen.getByText('One right answer is still to be found.')).toBeTruthy();
  press('Try again');
  const found = screen.getByRole('checkbox', { name: /^right \(right\)/ }) as HTMLInputElement;
  expect([found.checked, found.disabled]).toEqual([true, true]);
});

it('four judgements are checked together, and only the wrong ones are asked again', () => {
  ask(['kprime']);
  for (const name of ['A holds', 'B holds', 'C holds', 'D holds'])
    fireEvent.click(within(screen.getByRole('radiogroup', { name })).getByRole('radio', { name: 'True' }));
  press('Certain');
  expect(screen.getByText('2 of 4 are right. Not all yet.')).toBeTruthy();
  press('Try again');
  const judged = (name: RegExp): HTMLInputElement[] =>
    within(screen.getByRole('radiogroup', { name })).getAllByRole('radio');
  expect(judged(/^A holds/).every(({ disabled }) => disabled)).toBe(true);
  expect(judged(/^B holds/).some(({ disabled, checked }) => disabled || checked)).toBe(false);
});

it('an order is made with buttons alone, and every move is said', () => {
  ask(['ordering']);
  const shown = (): string[] =>
    screen.getAllByRole('listitem').flatMap((item) => /Alpha|Beta|Gamma|Delta/.exec(item.textContent)?.[0] ?? []);
  const wanted = ['Alpha', 'Beta', 'Gamma', 'Delta'];
  for (const [place, item] of wanted.entries()) {
    while (shown().indexOf(item) > place) press(`Move up: ${item}`);
  }
  expect(shown()).toEqual(wanted);
  expect(screen.getAllByRole('status').some(({ textContent }) => /place \d of 4/.test(textContent))).toBe(true);
  press('Certain');
  expect(screen.getByText('Right.')).toBeTruthy();
});

it('an item of an order can be picked and put where another one is', () => {
  ask(['ordering']);
  const first = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  const names = first.flatMap((text) => /Alpha|Beta|Gamma|Delta/.exec(text)?.[0] ?? []);
  press(names[0]!);
  expect(screen.getByRole('button', { name: names[0]! }).getAttribute('aria-pressed')).toBe('true');
  press(names[3]!);
  const after = screen
    .getAllByRole('listitem')
    .flatMap(({ textContent }) => /Alpha|Beta|Gamma|Delta/.exec(textContent)?.[0] ?? []);
  expect(after).toEqual([names[1], names[2], names[3], names[0]]);
});

it('items are sorted by picking one and then its group', () => {
  ask(['matching']);
  for (const [item, group] of [
    ['Alpha', 'Left'],
    ['Beta', 'Right'],
    ['Gamma', 'Right'],
  ] as const) {
    press(item);
    press(new RegExp(`^Put here ?: ${group}$`));
  }
  press('Certain');
  expect(screen.getByText('2 of 3 are right. Not all yet.')).toBeTruthy();
  press('Try again');
  press('Beta');
  press(/^Put here ?: Left$/);
  press('Certain');
  expect(screen.getByText('Right now.')).toBeTruthy();
});

it('a number in a unit that there is not is not taken for an answer', () => {
  ask(['number']);
  const field = screen.getByRole('textbox', { name: /What is it\?/ });
  fireEvent.change(field, { target: { value: '10 apples' } });
  expect(screen.getByText(/one of these units: requests/)).toBeTruthy();
  press('Certain');
  expect(screen.getByText('Write a number first.')).toBeTruthy();
  fireEvent.change(field, { target: { value: '250' } });
  press('Certain');
  expect(screen.getByText('You divided where you should multiply.')).toBeTruthy();
});

it('a measured answer shows what was measured, once it is found', () => {
  ask(['measured']);
  fireEvent.change(screen.getByRole('textbox', { name: /What is it\?/ }), { target: { value: '0.52' } });
  expect(screen.queryByText(/Measured/)).toBeNull();
  press('Certain');
  expect(screen.getByText('Measured over ten runs: 0.5 ± 0.01 s.')).toBeTruthy();
});

it('a short answer is taken in either language', () => {
  ask(['short-answer']);
  fireEvent.change(screen.getByRole('textbox', { name: 'What is it?' }), { target: { value: ' 이용률 ' } });
  press('Certain');
  expect(screen.getByText('Right.')).toBeTruthy();
});

it('a prediction is drawn with sliders, and then laid beside what was measured', () => {
  const open = recordOn();
  render(
    <PredictIsland
      lesson="a"
      language="en"
      question={samples['prediction']!}
      links={{}}
      messages={messages('en')}
      open={open}
    />,
  );
  const sliders = screen.getAllByRole('slider');
  expect(sliders.map((slider) => slider.getAttribute('aria-valuetext'))).toEqual(Array(4).fill('not set yet'));
  expect(screen.queryByRole('table')).toBeNull();
  press('Certain');
  expect(screen.getByText('Set every point of the curve first.')).toBeTruthy();
  for (const [at, slider] of sliders.entries())
    fireEvent.change(slider, { target: { value: String(0.14 + 0.04 * at) } });
  expect(screen.getAllByRole('slider')[3]?.getAttribute('aria-valuetext')).toBe('0.26 s');
  press('Certain');
  expect(screen.getByText('You drew a line.')).toBeTruthy();
  const rows = within(screen.getByRole('table')).getAllByRole('row');
  expect(rows.at(-1)?.textContent).toMatch(/9.*0\.26 s.*off.*0\.950 s.*0\.010/);
  // What was drawn is done: the run has been seen.
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});

it('a point can be set where it stands, without moving it', () => {
  render(
    <PredictIsland
      lesson="a"
      language="en"
      question={samples['prediction']!}
      links={{}}
      messages={messages('en')}
      open={recordOn()}
    />,
  );
  fireEvent.keyDown(screen.getAllByRole('slider')[0]!, { key: 'Enter' });
  expect(screen.getAllByRole('slider')[0]?.getAttribute('aria-valuetext')).toBe('0.11 s');
});

it('the summary tells first tries from later ones and offers only what was missed', () => {
  const open = ask(['one-choice', 'number']);
  fireEvent.click(screen.getByRole('radio', { name: 'the right one' }));
  press('Certain');
  press('Next question');
  fireEvent.change(screen.getByRole('textbox', { name: /What is it\?/ }), { target: { value: '7' } });
  press('Certain');
  press('Show the answer');
  press('To the summary');
  expect(screen.getByText('1 of 2 right at the first try.')).toBeTruthy();
  expect(screen.getByText('When you were certain: 1 of 2 right.')).toBeTruthy();
  press('Try the one you missed');
  expect(screen.getByRole('textbox', { name: /What is it\?/ })).toBeTruthy();
  expect(screen.getByText('1 of 2 done')).toBeTruthy();
  expect(
    open()
      .of('a')
      .entries.filter(({ kind }) => kind === 'attempt'),
  ).toHaveLength(2);
});

it('what was answered in a review changes nothing in the quiz', async () => {
  const open = recordOn();
  const attempt = {
    kind: 'attempt',
    lesson: 'a',
    question: 'choose',
    rev: 1,
    type: 'one-choice',
    language: 'en',
  } as const;
  const right = { answer: 'right', right: true, score: 1, confidence: 'sure', hints: 0, occasion: 'review' } as const;
  await open().append({ ...attempt, ...right });
  ask(['one-choice'], open);
  expect(screen.getByText('0 of 1 done')).toBeTruthy();
  press('To the summary');
  expect((await screen.findByText(/right at the first try/)).textContent).toBe('0 of 1 right at the first try.');
});

it('a better wording drops no answer: it is kept under id and revision', () => {
  const open = recordOn();
  ask(['one-choice'], open);
  fireEvent.click(screen.getByRole('radio', { name: 'the right one' }));
  press('Certain');
  cleanup();
  const question = samples['one-choice']!;
  render(
    <QuizIsland
      lesson="a"
      language="en"
      questions={[{ ...question, words: { ...question.words, prompt: 'What would it be?' } }]}
      links={{}}
      messages={messages('en')}
      open={open}
    />,
  );
  expect(screen.getByText('What would it be?')).toBeTruthy();
  expect(screen.getByText('Right.')).toBeTruthy();
  expect(screen.getByText('1 of 1 done')).toBeTruthy();
});

it('where nothing can be kept, a banner says so and the quiz works', async () => {
  ask(
    ['one-choice'],
    recordOn(() => Promise.reject(new Error('no storage here'))),
  );
  expect(await screen.findByText(/does not let this page keep anything/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Save what there is as a file' })).toBeTruthy();
  fireEvent.click(screen.getByRole('radio', { name: 'the right one' }));
  press('Certain');
  expect(screen.getByText('Right.')).toBeTruthy();
});

it('in Korean the same question is asked and answered in Korean', () => {
  ask(['one-choice'], recordOn(), 'ko');
  fireEvent.click(screen.getByRole('radio', { name: 'the wrong one' }));
  press('확실해요');
  expect(screen.getByText('아직 아니에요.')).toBeTruthy();
  press('다시 풀기');
  expect(screen.getAllByRole('radio')).toHaveLength(3);
});
