/** One small question of each type, for tests of grading and views. Measured keys are made up: no run stands behind them. */
import type { Question } from './question.ts';

const common = { rev: 1, topic: 'test.topic', reread: 'here', see: {} };
const words = { prompt: 'What is it?', because: 'Because it is what it is.' };
const option = (text: string): { text: string; because: string } => ({
  text,
  because: `What there is to say about ${text}.`,
});
const sure = (value: number): { value: number; halfWidth: number; enough: boolean } => ({
  value,
  halfWidth: 0.01,
  enough: true,
});

const all: (Question & { facts: Record<string, unknown>; words: Record<string, unknown> })[] = [
  {
    facts: { ...common, id: 'choose', type: 'one-choice', answer: 'right', distractors: ['wrong', 'other'] },
    words: {
      ...words,
      options: { right: option('the right one'), wrong: option('the wrong one'), other: option('another') },
    },
    measured: [],
  },
  {
    facts: {
      ...common,
      id: 'choose-more',
      type: 'several',
      answers: ['right', 'third'],
      distractors: ['wrong', 'other'],
    },
    words: {
      ...words,
      options: {
        right: option('right'),
        third: option('right as well'),
        wrong: option('wrong'),
        other: option('wrong, too'),
      },
    },
    measured: [],
  },
  {
    facts: { ...common, id: 'judge', type: 'kprime', statements: { a: true, b: false, c: true, d: false } },
    words: {
      ...words,
      statements: { a: option('A holds'), b: option('B holds'), c: option('C holds'), d: option('D holds') },
    },
    measured: [],
  },
  {
    facts: { ...common, id: 'order', type: 'ordering', order: ['a', 'b', 'c', 'd'] },
    words: {
      ...words,
      first: 'first',
      last: 'last',
      items: { a: option('Alpha'), b: option('Beta'), c: option('Gamma'), d: option('Delta') },
    },
    measured: [],
  },
  {
    facts: { ...common, id: 'sort', type: 'matching', groups: { left: ['a', 'b'], right: ['c'] } },
    words: {
      ...words,
      groups: { left: 'Left', right: 'Right' },
      items: { a: option('Alpha'), b: option('Beta'), c: option('Gamma') },
    },
    measured: [],
  },
  {
    facts: {
      ...common,
      id: 'count',
      type: 'number',
      answer: 10,
      tolerance: 0.01,
      units: { requests: 1 },
      distractors: { divided: 250 },
    },
    words: {
      ...words,
      units: { requests: { short: 'requests', names: ['request', '건'] } },
      distractors: { divided: 'You divided where you should multiply.' },
      otherwise: 'Think of one second.',
    },
    measured: [],
  },
  {
    facts: { ...common, id: 'name', type: 'short-answer', distractors: ['throughput'] },
    words: {
      ...words,
      accepts: ['utilisation', 'utilization', '이용률'],
      distractors: { throughput: { accepts: ['throughput'], because: 'That is how many are answered.' } },
      otherwise: 'It is a share.',
    },
    measured: [],
  },
  {
    facts: {
      ...common,
      id: 'draw',
      type: 'prediction',
      run: { scenario: 'one-server' },
      dial: 'arrivalRate',
      at: [1, 3, 5, 7, 9],
      given: 1,
      measure: 'server.response.mean',
      axis: { max: 1.2, step: 0.02, digits: 2 },
      tolerance: 0.4,
    },
    words: {
      ...words,
      x: 'requests a second',
      y: 'mean response',
      unit: 's',
      shapes: {
        close: 'You had it.',
        straight: 'You drew a line.',
        'too-low': 'It is more than that.',
        'too-high': 'It is less than that.',
      },
    },
    measured: [sure(0.11), sure(0.14), sure(0.2), sure(0.33), sure(0.95)],
  },
  {
    facts: {
      ...common,
      id: 'measure',
      type: 'measured',
      run: { scenario: 'one-server' },
      measure: 'server.response.mean',
      answer: 0.5,
      margin: 0.2,
      tolerance: 0.1,
      units: { s: 1, ms: 0.001 },
      distractors: { linear: 0.2 },
    },
    words: {
      ...words,
      units: { s: { short: 's', names: ['seconds'] }, ms: { short: 'ms', names: [] } },
      distractors: { linear: 'You took it to grow evenly.' },
      otherwise: 'Not that.',
    },
    measured: [sure(0.5)],
  },
  {
    facts: {
      ...common,
      id: 'follow',
      type: 'tracing',
      run: { scenario: 'one-server' },
      seed: 1,
      follow: { which: 'first', nth: 1 },
      steps: {
        a: { asks: 'door', call: 1, distractors: ['served', 'refused'] },
        b: { asks: 'waited', call: 1, distractors: { right: 9, wrong: 0.1 } },
        c: { asks: 'end', call: 1, distractors: ['timed-out'] },
      },
    },
    words: {
      ...words,
      steps: {
        a: {
          prompt: 'What happens at the door?',
          options: { queued: option('it waits'), served: option('it is served'), refused: option('it is turned away') },
        },
        b: {
          prompt: 'How long does it wait?',
          shown: '{value} s',
          options: {
            traced: { because: 'That is what the run shows.' },
            right: { because: 'That would be the others’ wait, too.' },
            wrong: { because: 'That is the work alone.' },
          },
        },
        c: {
          prompt: 'How does it end?',
          options: { answered: option('it is answered'), 'timed-out': option('it takes too long') },
        },
      },
    },
    measured: [],
    traced: {
      key: { a: 'queued', b: 'traced', c: 'answered' },
      values: { b: 0.72 },
      way: {
        kind: 'request',
        request: 16,
        at: 3.2,
        length: 0.9,
        unit: 's',
        calls: [
          {
            caller: 'clients',
            callee: 'server',
            depth: 0,
            attempt: 1,
            tries: 1,
            end: 'answered',
            stretches: [
              { kind: 'out', from: 0, to: 0.04 },
              { kind: 'waiting', from: 0.04, to: 0.76 },
              { kind: 'service', from: 0.76, to: 0.86 },
              { kind: 'back', from: 0.86, to: 0.9 },
            ],
            unwantedFrom: null,
          },
        ],
        names: { clients: 'Buyers', server: 'Shop' },
      },
    },
  },
];

/** The samples by the name of their type. */
export const samples: Record<string, Question> = Object.fromEntries(
  all.map((question) => [question.facts.type, question]),
);
