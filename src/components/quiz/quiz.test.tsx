/** The quiz as a reader meets it, found by role and name: asked, missed, tried again, found, summed up, and remembered. */
import { readFileSync } from 'node:fs';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { samples } from '../../core/quiz/samples.fixture.ts';
import { programTraced } from '../../core/quiz/trace-program.ts';
import type { TracingFacts } from '../../core/quiz/types/tracing/grading.ts';
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

describe('a followed request', () => {
  const group = (name: RegExp): HTMLElement => screen.getByRole('radiogroup', { name });
  const choose = (name: RegExp, option: string): boolean =>
    fireEvent.click(within(group(name)).getByRole('radio', { name: option }));

  it('opens a step when the one before is answered, and is checked when all are', () => {
    ask(['tracing']);
    expect(screen.getByText('Step 1 of 3. The next one opens when you have answered.')).toBeTruthy();
    expect(screen.queryByRole('radiogroup', { name: /How long/ })).toBeNull();
    press('Certain');
    expect(screen.getByText('Answer every step first.')).toBeTruthy();
    choose(/What happens/, 'it is served');
    choose(/How long/, '0.1 s');
    choose(/How does it end/, 'it is answered');
    press('Certain');
    expect(screen.getByText('1 of 3 are right. Not all yet.')).toBeTruthy();
    expect(screen.getByText('What there is to say about it is served.')).toBeTruthy();
    expect(screen.getByText('That is the work alone.')).toBeTruthy();
    expect(screen.queryByText('What there is to say about it waits.')).toBeNull();
  });

  it('asks only the wrong steps again, and then shows the way of that very request', () => {
    ask(['tracing']);
    choose(/What happens/, 'it waits');
    choose(/How long/, '9 s');
    choose(/How does it end/, 'it is answered');
    press('Fairly sure');
    expect(screen.queryByText(/the way of customer/)).toBeNull();
    press('Try again');
    const radios = (name: RegExp): HTMLInputElement[] => within(group(name)).getAllByRole('radio');
    expect(radios(/What happens/).every(({ disabled }) => disabled)).toBe(true);
    expect(radios(/How long/).some(({ disabled, checked }) => disabled || checked)).toBe(false);
    choose(/How long/, '0.72 s');
    press('Certain');
    expect(screen.getByText('Right now.')).toBeTruthy();
    expect(screen.getByText(/This is the way of customer 17, 900 ms in all/)).toBeTruthy();
    expect(screen.getByText('Buyers to Shop')).toBeTruthy();
    expect(screen.getByText(/on its way 40 ms, in line 720 ms, served 100 ms, on its way back 40 ms/)).toBeTruthy();
  });

  it('leads to the run, with that request followed', () => {
    render(
      <QuizIsland
        lesson="a"
        language="en"
        questions={[samples['tracing']!]}
        links={{ follow: { '#trace': { run: { href: '?run=follow:16' } } } }}
        messages={messages('en')}
        open={recordOn()}
      />,
    );
    for (const [name, option] of [
      [/What happens/, 'it waits'],
      [/How long/, '0.72 s'],
      [/How does it end/, 'it is answered'],
    ] as const)
      choose(name, option);
    press('Certain');
    expect(screen.getByRole('link', { name: 'Follow it in the run' }).getAttribute('href')).toBe('?run=follow:16');
  });
});

it('a program is followed by its lines, and listed step by step when it is over', () => {
  const program = 'SET A, 2\nADD A, 3\nSTORE A, OUT\nHALT';
  const steps = {
    out: { asks: 'output', call: 1, distractors: { product: 6 } },
    next: { asks: 'line', call: 1, after: 1, distractors: { last: 4 } },
  };
  const facts = {
    ...samples['tracing']!.facts,
    run: undefined,
    follow: undefined,
    program,
    steps,
  } as unknown as TracingFacts;
  const options = (wrong: string) => ({ traced: { because: 'So it is.' }, [wrong]: { because: 'You multiplied.' } });
  const question = {
    facts,
    words: {
      prompt: 'What does it do?',
      because: 'It adds.',
      steps: {
        out: { prompt: 'What is put out?', options: options('product') },
        next: { prompt: 'Which line is next?', options: options('last') },
      },
    },
    measured: [],
    traced: programTraced(facts),
  };
  render(
    <QuizIsland
      lesson="a"
      language="en"
      questions={[question]}
      links={{}}
      messages={messages('en')}
      open={recordOn()}
    />,
  );
  expect(within(screen.getByRole('list', { name: 'The program, line by line' })).getByText('ADD A, 3')).toBeTruthy();
  fireEvent.click(screen.getByRole('radio', { name: '5' }));
  fireEvent.click(screen.getByRole('radio', { name: '2' }));
  expect(screen.queryByRole('table')).toBeNull();
  press('Certain');
  expect(screen.getByText(/It halted after 4 instructions\. It put out 5\./)).toBeTruthy();
  expect(screen.getByRole('row', { name: '3 STORE A, OUT 5 0 0 0 OUT = 5' })).toBeTruthy();
});

describe('hints', () => {
  const hinted = {
    ...samples['one-choice']!,
    words: { ...samples['one-choice']!.words, hints: ['A faint one.', 'A plain one.'] },
  };
  const askHinted = (open = recordOn()): (() => LearnerRecord) => {
    render(
      <QuizIsland lesson="a" language="en" questions={[hinted]} links={{}} messages={messages('en')} open={open} />,
    );
    return open;
  };

  it('come one by one, for whoever asks, and are counted with the answer', () => {
    const open = askHinted();
    expect(screen.queryByText('A faint one.')).toBeNull();
    press('Show a hint (2 there)');
    expect(screen.getByText('A faint one.')).toBeTruthy();
    expect(screen.queryByText('A plain one.')).toBeNull();
    press('Show another hint (1 left)');
    fireEvent.click(screen.getByRole('radio', { name: 'the right one' }));
    press('Certain');
    expect(screen.getByText('Right, after 2 hints.')).toBeTruthy();
    expect(open().of('a').entries.at(-1)).toMatchObject({ kind: 'attempt', right: true, hints: 2 });
    press('To the summary');
    expect(screen.getByText('0 of 1 right at the first try.')).toBeTruthy();
    expect(screen.getByText('One more was right at the first try, after a hint.')).toBeTruthy();
  });

  it('that were shown are still shown, and counted, when the page is loaded again', () => {
    const open = recordOn();
    askHinted(open);
    press('Show a hint (2 there)');
    cleanup();
    askHinted(open);
    expect(screen.getByText('A faint one.')).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: 'the right one' }));
    press('Certain');
    expect(open().of('a').entries.at(-1)).toMatchObject({ hints: 1 });
    expect(open().of('a').drafts).toEqual({});
  });

  it('are not offered where there are none, nor when the answer is there', () => {
    ask(['one-choice']);
    expect(screen.queryByRole('button', { name: /hint/i })).toBeNull();
    cleanup();
    askHinted();
    fireEvent.click(screen.getByRole('radio', { name: 'the right one' }));
    press('Certain');
    expect(screen.queryByRole('button', { name: /hint/i })).toBeNull();
  });
});

it('a stage may stand beside a question: the ordinary one, in a frame, fetched when one comes near', () => {
  const html = renderToStaticMarkup(
    <QuizIsland
      lesson="a"
      language="en"
      questions={[samples['one-choice']!]}
      links={{ choose: { '#stage': { run: { href: '/embed/one-server/?run=x' } } } }}
      messages={messages('en')}
      open={recordOn()}
    />,
  );
  expect(html).toContain(
    '<iframe src="/embed/one-server/?run=x" title="A simulation to try out for this question" loading="lazy">',
  );
});

it('the summary says how often one was right when certain and when guessing, and what to make of it', () => {
  const questions = ['p', 'q', 'r', 's'].map((id) => ({
    ...samples['one-choice']!,
    facts: { ...samples['one-choice']!.facts, id },
  }));
  render(
    <QuizIsland
      lesson="a"
      language="en"
      questions={questions}
      links={{}}
      messages={messages('en')}
      open={recordOn()}
    />,
  );
  for (const [at, option] of ['the right one', 'the wrong one', 'the wrong one', 'another'].entries()) {
    fireEvent.click(screen.getByRole('radio', { name: option }));
    press('Certain');
    press(at === 0 ? 'Next question' : at === 3 ? 'To the summary' : 'Later');
  }
  expect(screen.getByText('When you were certain: 1 of 4 right.')).toBeTruthy();
  expect(screen.getByText(/You were often certain of what was not so/)).toBeTruthy();
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
  const right = {
    answer: 'right',
    right: true,
    score: 1,
    confidence: 'sure',
    hints: 0,
    occasion: 'review',
    exam: null,
  } as const;
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
