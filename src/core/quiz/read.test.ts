/** Reading a quiz: what an author gets wrong is said with file, line, question, what is wrong and what would be right. */
import { describe, expect, it } from 'vitest';
import { QuizError, readQuiz } from './read.ts';

const facts = `questions:
  - id: why
    rev: 1
    type: one-choice
    topic: test.topic
    reread: here
    answer: good
    distractors: [bad, worse]
`;
const words = (extra = ''): string => `questions:
  why:
    prompt: Why?
    because: Because it is so.
    options:
      good: { text: Good, because: It is. }
      bad: { text: Bad, because: It is not. }
      worse: { text: Worse, because: It is not either. }
${extra}`;

const read = (factsText = facts, en = words(), ko = words()): ReturnType<typeof readQuiz> =>
  readQuiz({
    facts: { file: 'quiz.yaml', text: factsText },
    words: { en: { file: 'quiz.en.yaml', text: en }, ko: { file: 'quiz.ko.yaml', text: ko } },
  });

function faults(...texts: Parameters<typeof read>): string[] {
  try {
    read(...texts);
  } catch (error) {
    if (error instanceof QuizError) return error.message.split('\n');
    throw error;
  }
  return [];
}

it('a quiz without fault is read in every language', () => {
  const quiz = read(facts, words(), words().replace('Why?', '왜요?'));
  expect(quiz.in['ko']?.[0]?.words.prompt).toBe('왜요?');
  expect(quiz.in['en']?.[0]?.facts).toBe(quiz.in['ko']?.[0]?.facts);
});

describe('a fault is told with its place and its remedy:', () => {
  it('a type that there is not', () => {
    expect(faults(facts.replace('one-choice', 'one-choise'))).toEqual([
      expect.stringMatching(
        /^quiz\.yaml:4: question "why", type: "one-choise" is no type of question; right would be one-choice, several, /,
      ),
    ]);
  });
  it('a field that there is not', () => {
    expect(faults(facts.replace('reread:', 'read:'))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/quiz\.yaml:\d+: question "why".*there is no field "read"/),
        expect.stringMatching(/quiz\.yaml:\d+: question "why", reread: it is missing; right would be a text/),
      ]),
    );
  });
  it('words that are missing in one language', () => {
    const [fault] = faults(facts, words(), words().replace(/ {6}worse.*\n/, ''));
    expect(fault).toBe(
      'quiz.ko.yaml:5: question "why", options.worse: it has no words; right would be a text and a because under this id',
    );
  });
  it('words for an option that there is not', () => {
    const [fault] = faults(facts, words().replace('worse:', 'wurst:'));
    expect(faults(facts, words().replace('worse:', 'wurst:'))).toHaveLength(2);
    expect(fault).toMatch(/quiz\.en\.yaml/);
  });
  it('a question without words, and words without a question', () => {
    expect(faults(facts, words().replace('  why:', '  who:'))).toEqual([
      'quiz.en.yaml: question "why": it has no words here; right would be an entry "why" under questions',
      'quiz.en.yaml:2: question "who": there is no such question in quiz.yaml; right would be why',
    ]);
  });
  it('a wrong option without a because', () => {
    expect(faults(facts, words().replace('bad: { text: Bad, because: It is not. }', 'bad: { text: Bad }'))[0]).toBe(
      'quiz.en.yaml:7: question "why", options.bad.because: it is missing; right would be a text',
    );
  });
  it('a pointer from nowhere', () => {
    expect(faults(`${facts}    see: { ugly: { heading: here } }\n`)[0]).toMatch(
      /quiz\.yaml:9: question "why", see\.ugly: there is nothing called "ugly" to point from; right would be good, bad, worse/,
    );
  });
  it('the same id twice', () => {
    expect(faults(facts + facts.replace('questions:\n', ''))[0]).toMatch(/quiz\.yaml:9: question "why", id: .*taken/);
  });
  it('YAML that is none', () => {
    expect(faults('questions: [')[0]).toMatch(/^quiz\.yaml:\d+: .*; right would be well-formed YAML$/);
  });
  it('a text that a comma has cut', () => {
    const cut = words().replace('because: It is not.', 'because: It is not, and never was.');
    expect(faults(facts, cut)[0]).toBe(
      'quiz.en.yaml:7: question "why", options.bad: "and never was." was read as a field, since a comma or a colon ends a text here; right would be quotes around the whole text',
    );
  });
  it('a text that a colon has cut', () => {
    expect(faults(facts, words().replace('Why?', 'Why this: and not that?'))[0]).toMatch(
      /^quiz\.en\.yaml:3: .*; right would be quotes around a text with a colon in it$/,
    );
  });
  it('hints that one language lacks', () => {
    const hinted = words().replace('prompt: Why?', 'prompt: Why?\n    hints: [Think., Think again.]');
    expect(faults(facts, hinted, hinted.replace(', Think again.', ''))).toEqual([
      'quiz.ko.yaml:4: question "why", hints: it has 1 hints, and another language has 2; right would be 2 hints in every language',
    ]);
  });
  it('an answer that is among the distractors', () => {
    expect(faults(facts.replace('[bad, worse]', '[bad, good]'))).toContainEqual(
      expect.stringMatching(
        /quiz\.yaml:8: question "why", distractors: "good" is there twice; right would be every id once/,
      ),
    );
  });
  it('an id with capitals', () => {
    expect(
      faults(facts.replace('id: why', 'id: Why'), words().replace('why:', 'Why:'), words().replace('why:', 'Why:'))[0],
    ).toMatch(/question "Why", id: an id is written in small letters, digits and single hyphens/);
  });
  it('a list where a text belongs', () => {
    expect(faults(facts, words().replace('prompt: Why?', 'prompt: [Why?]'))[0]).toBe(
      'quiz.en.yaml:3: question "why", prompt: it is ["Why?"]; right would be a text',
    );
  });
  it('a distractor that would pass for the answer', () => {
    const number = `questions:
  - { id: n, rev: 1, type: number, topic: t.t, reread: here, answer: 10, tolerance: 0.1, distractors: { near: 10.5 } }
`;
    const numberWords = `questions:
  n: { prompt: How many?, because: So many., otherwise: No., distractors: { near: Nearly. } }
`;
    expect(faults(number, numberWords, numberWords)[0]).toMatch(
      /distractors\.near: 10\.5 would be taken for the answer 10/,
    );
  });
});

describe('a followed request', () => {
  const traced = (steps: string): string =>
    `questions:\n  - { id: f, rev: 1, type: tracing, topic: t.t, reread: here, run: { scenario: s }, follow: { which: first }, steps: { ${steps} } }\n`;
  const steps = 'a: { asks: door, distractors: [served] }, b: { asks: took, distractors: { half: 1 } }';
  const told = (
    options = 'queued: { text: Q, because: So. }, served: { text: S, because: No. }',
    more = '',
  ): string => `questions:
  f:
    prompt: What happens?
    because: So.
    steps:
      a: { prompt: At the door?, options: { ${options} } }
      b: { prompt: How long?, shown: '{value} s', options: { traced: { because: So. }, half: { because: No. }${more} } }
`;
  const of = (facts: string, en = told()): string[] => faults(facts, en, told());

  it('is read without its key, which the run gives', () => expect(of(traced(steps))).toEqual([]));
  it('has wrong outcomes of the kind that is asked for', () => {
    expect(of(traced(steps.replace('[served]', '[served, burnt]')))).toContain(
      'quiz.yaml:2: question "f", steps.a.distractors: "burnt" is nothing that "door" can come to; right would be served, queued, refused, lost',
    );
    expect(of(traced(steps.replace('{ half: 1 }', '[half]')))[0]).toMatch(
      /steps\.b\.distractors: "took" is a number; right would be wrong numbers by ids/,
    );
  });
  it('has exactly one option besides the distractors', () => {
    const [fault] = of(traced(steps), told('served: { text: S, because: No. }'));
    expect(fault).toBe(
      'quiz.en.yaml:6: question "f", steps.a.options: besides the distractors it has nothing; right would be one more option: what the run shows',
    );
    expect(of(traced(steps), told(undefined, ', twice: { because: No. }'))[0]).toMatch(
      /steps\.b\.options: besides the distractors it has "traced", "twice"; right would be "traced" alone/,
    );
  });
  it('has a text for each outcome, and a place for each number', () => {
    expect(of(traced(steps), told('queued: { because: So. }, served: { text: S, because: No. }'))[0]).toMatch(
      /steps\.a\.options\.queued\.text: it is missing; right would be what the reader sees/,
    );
    expect(of(traced(steps), told().replace('{value} s', 'seconds'))[0]).toMatch(
      /steps\.b\.shown: it has no place for the number/,
    );
  });
  it('is asked about in one of the ways that there are', () => {
    expect(of(traced(steps.replace('asks: door', 'asks: doors')))[0]).toMatch(
      /question "f", steps\.a\.asks: it has another value; right would be part or door or end/,
    );
  });
});

it('what one language accepts for a short answer, every language accepts', () => {
  const short = 'questions:\n  - { id: s, rev: 1, type: short-answer, topic: t.t, reread: here }\n';
  const en = 'questions:\n  s: { prompt: What?, because: So., otherwise: No., accepts: [microservices] }\n';
  const ko =
    'questions:\n  s: { prompt: 무엇일까요?, because: 그래서요., otherwise: 아니에요., accepts: [마이크로서비스] }\n';
  const quiz = read(short, en, ko);
  expect(quiz.in['en']?.[0]?.words).toHaveProperty('accepts', ['microservices', '마이크로서비스']);
  expect(quiz.in['ko']?.[0]?.words).toHaveProperty('accepts', ['마이크로서비스', 'microservices']);
});
