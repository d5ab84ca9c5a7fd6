/** Progress is read off the log: what was first stays first, what was found stays found, rounds and revisions are told apart. */
import { expect, it } from 'vitest';
import { progressOf, summaryPlace, type Attempt, type QuizEvent } from './progress.ts';

const questions = [
  { id: 'one', rev: 1 },
  { id: 'two', rev: 2 },
];
const attempt = (question: string, right: boolean, more: Partial<Attempt> = {}): Attempt => ({
  kind: 'attempt',
  question,
  rev: question === 'two' ? 2 : 1,
  answer: 'x',
  right,
  score: right ? 1 : 0,
  confidence: 'fair',
  ...more,
});
const stateOf = (events: QuizEvent[], question = 'one'): string | undefined =>
  progressOf(questions, events).questions.find((each) => each.question === question)?.state;

it('an unanswered question is new, a missed one open, a found one right', () => {
  expect(stateOf([])).toBe('new');
  expect(stateOf([attempt('one', false)])).toBe('wrong');
  expect(stateOf([attempt('one', false), attempt('one', true)])).toBe('right');
  expect(stateOf([attempt('one', false), { kind: 'revealed', question: 'one', rev: 1 }])).toBe('revealed');
});

it('the first try is kept apart from the later ones', () => {
  const {
    questions: [one],
    firstRight,
  } = progressOf(questions, [attempt('one', false), attempt('one', true)]);
  expect(one?.first?.right).toBe(false);
  expect(one?.latest?.right).toBe(true);
  expect(firstRight).toBe(0);
});

it('an answer after a hint is right, and counted apart', () => {
  const helped = [attempt('one', true, { hints: 1 }), attempt('two', true, { hints: 0 })];
  expect(progressOf(questions, helped)).toMatchObject({ firstRight: 1, firstHelped: 1, done: 2 });
  // What was found alone at first is not made worse by a hint in a later round.
  const again: QuizEvent[] = [
    attempt('one', true),
    { kind: 'again', questions: ['one'] },
    attempt('one', true, { hints: 2 }),
  ];
  expect(progressOf(questions, again)).toMatchObject({ firstRight: 1, firstHelped: 0 });
});

it('asking again begins a new round and leaves the first try what it was', () => {
  const events: QuizEvent[] = [attempt('one', false), attempt('one', true), { kind: 'again', questions: ['one'] }];
  const [one] = progressOf(questions, events).questions;
  expect(one).toMatchObject({ state: 'new', latest: null, first: { right: false } });
  expect(one?.attempts).toHaveLength(2);
  expect(stateOf([...events, attempt('one', true)])).toBe('right');
});

it('an answer to an earlier revision is kept and not counted', () => {
  const progress = progressOf(questions, [attempt('two', true, { rev: 1 })]);
  expect(progress.questions[1]).toMatchObject({ state: 'new', first: null });
  expect(progress.questions[1]?.earlier).toHaveLength(1);
});

it('the reader is where they last were, else at the first open question', () => {
  expect(progressOf(questions, []).atHand).toBe('one');
  expect(progressOf(questions, [attempt('one', true)]).atHand).toBe('two');
  expect(progressOf(questions, [{ kind: 'arrival', question: 'two' }]).atHand).toBe('two');
  expect(progressOf(questions, [{ kind: 'arrival', question: summaryPlace }]).atHand).toBe(summaryPlace);
  expect(progressOf(questions, [{ kind: 'arrival', question: 'gone' }]).atHand).toBe('one');
  expect(progressOf(questions, [attempt('one', true), attempt('two', true)]).atHand).toBe(null);
});

it('calibration counts first tries by how sure they were', () => {
  const { calibration } = progressOf(questions, [
    attempt('one', false, { confidence: 'sure' }),
    attempt('one', true, { confidence: 'guess' }),
    attempt('two', true, { confidence: 'sure' }),
  ]);
  expect(calibration).toEqual({
    guess: { tries: 0, right: 0 },
    fair: { tries: 0, right: 0 },
    sure: { tries: 2, right: 1 },
  });
});

it('events about questions that are no more disturb nothing', () => {
  expect(progressOf(questions, [attempt('gone', true)])).toEqual(progressOf(questions, []));
});
