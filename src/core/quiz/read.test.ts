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
        expect.stringMatching(/quiz\.yaml:\d+: question "why", reread: it is missing; right would be a string/),
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
      'quiz.en.yaml:7: question "why", options.bad.because: it is missing; right would be a string',
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

it('what one language accepts for a short answer, every language accepts', () => {
  const short = 'questions:\n  - { id: s, rev: 1, type: short-answer, topic: t.t, reread: here }\n';
  const en = 'questions:\n  s: { prompt: What?, because: So., otherwise: No., accepts: [microservices] }\n';
  const ko =
    'questions:\n  s: { prompt: 무엇일까요?, because: 그래서요., otherwise: 아니에요., accepts: [마이크로서비스] }\n';
  const quiz = read(short, en, ko);
  expect(quiz.in['en']?.[0]?.words).toHaveProperty('accepts', ['microservices', '마이크로서비스']);
  expect(quiz.in['ko']?.[0]?.words).toHaveProperty('accepts', ['마이크로서비스', 'microservices']);
});
