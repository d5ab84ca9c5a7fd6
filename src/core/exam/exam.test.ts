/** Questions are drawn fairly, an exam is read off the log, and its report says what the log says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../review/schedule.ts';
import { askedAs, drawExam, examSizes, interleave, type Askable } from './draw.ts';
import { comparison, reportOf, toRead, type Placed } from './report.ts';
import { currentRound, roundOrder } from './round.ts';
import { isAnsweredIn, openSitting, sittingsIn, type ExamLogEntry } from './sitting.ts';

const pools = fc
  .uniqueArray(
    fc.record({
      lesson: fc.constantFrom('a', 'b', 'c'),
      question: fc.nat(20).map((n) => `q${n}`),
      rev: fc.constant(1),
      topic: fc.constantFrom('x.one', 'x.two', 'y.one', 'y.two', 'z'),
      type: fc.constantFrom('one-choice', 'several', 'number', 'ordering'),
    }),
    { selector: askedAs, maxLength: 60 },
  )
  .map((pool): Askable[] => pool);
const count = (all: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
};

describe('a draw', () => {
  it('has as many questions as wished, or all there are, and none twice', () => {
    fc.assert(
      fc.property(pools, fc.nat(70), fc.string(), (pool, wanted, seed) => {
        const drawn = drawExam(pool, wanted, seed);
        expect(drawn).toHaveLength(Math.min(wanted, pool.length));
        expect(new Set(drawn.map(askedAs)).size).toBe(drawn.length);
        for (const one of drawn) expect(pool).toContain(one);
      }),
    );
  });

  it('is the same for the same seed, whatever the order of the pool', () => {
    fc.assert(
      fc.property(pools, fc.nat(70), fc.string(), (pool, wanted, seed) => {
        expect(drawExam(pool.toReversed(), wanted, seed)).toEqual(drawExam(pool, wanted, seed));
      }),
    );
  });

  it('asks about no topic twice before it has asked about each once, as long as a topic has questions', () => {
    fc.assert(
      fc.property(pools, fc.nat(70), fc.string(), (pool, wanted, seed) => {
        const drawn = drawExam(pool, wanted, seed);
        const there = count(pool.map(({ topic }) => topic));
        for (let end = 1; end <= drawn.length; end += 1) {
          const so = count(drawn.slice(0, end).map(({ topic }) => topic));
          const most = Math.max(...so.values());
          for (const [topic, all] of there) expect(so.get(topic) ?? 0).toBeGreaterThanOrEqual(Math.min(all, most - 1));
        }
      }),
    );
  });

  it('never asks about the same topic twice in a row while another has questions', () => {
    fc.assert(
      fc.property(pools, fc.string(), (pool, seed) => {
        const drawn = drawExam(pool, pool.length, seed);
        for (let at = 1; at < drawn.length; at += 1)
          if (drawn[at]?.topic === drawn[at - 1]?.topic)
            expect(new Set(drawn.slice(at).map(({ topic }) => topic)).size).toBe(1);
      }),
    );
  });

  it('mixes the types: of one topic with three types, the first three questions have three', () => {
    const pool = ['number', 'several', 'ordering'].flatMap((type) =>
      [1, 2, 3].map((n) => ({ lesson: 'a', question: `${type}-${n}`, rev: 1, topic: 'x', type })),
    );
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(new Set(drawExam(pool, 3, seed).map(({ type }) => type)).size).toBe(3);
      }),
    );
  });

  it('differs from seed to seed, also for ids that are nearly alike', () => {
    const pool = Array.from({ length: 10 }, (_, n) => ({
      lesson: 'a',
      question: `q${n}`,
      rev: 1,
      topic: 'x',
      type: 'number',
    }));
    const orders = Array.from({ length: 50 }, (_, seed) => drawExam(pool, 10, String(seed)).map(askedAs).join());
    expect(new Set(orders).size).toBeGreaterThan(45);
    const first = count(Array.from({ length: 300 }, (_, seed) => askedAs(drawExam(pool, 1, `s${seed}`)[0] as Askable)));
    for (const one of pool) expect(first.get(askedAs(one)) ?? 0).toBeGreaterThan(8);
  });

  it('for a part lets the lessons take turns', () => {
    const pool = ['a', 'b'].flatMap((lesson) =>
      [1, 2, 3].map((n) => ({ lesson, question: `q${n}`, rev: 1, topic: 'x', type: 'number' })),
    );
    const lessons = interleave(pool, 'seed').map(({ lesson }) => lesson);
    expect(lessons).toHaveLength(6);
    for (let at = 1; at < 6; at += 1) expect(lessons[at]).not.toBe(lessons[at - 1]);
  });

  it('offers round sizes, and all of a small pool', () => {
    expect([0, 4, 10, 14, 25, 40, 90].map(examSizes)).toEqual([
      [],
      [4],
      [10],
      [10, 14],
      [10, 20, 25],
      [10, 20, 40],
      [10, 20, 40],
    ]);
  });
});

const course: Placed[] = [
  { lesson: 'a', question: 'one', rev: 1, topic: 'x.one', type: 'number', part: 'p', reread: 'here' },
  { lesson: 'a', question: 'two', rev: 1, topic: 'x.two', type: 'several', part: 'p', reread: 'here' },
  { lesson: 'b', question: 'one', rev: 1, topic: 'x.one', type: 'number', part: 'q', reread: 'there' },
];
const begin = (exam = 'e', more: Partial<ExamLogEntry> = {}): ExamLogEntry => ({
  kind: 'exam',
  lesson: '#exams',
  at: 1,
  exam,
  questions: course.map(askedAs),
  atOnce: false,
  ...more,
});
const give = (lesson: string, question: string, answer: unknown, exam = 'e'): ExamLogEntry => ({
  kind: 'given',
  lesson,
  at: 2,
  exam,
  question,
  rev: 1,
  answer,
  confidence: 'fair',
});
const attempt = (
  lesson: string,
  question: string,
  right: boolean,
  exam: string | null = 'e',
  confidence: 'guess' | 'fair' | 'sure' = 'fair',
): ExamLogEntry => ({
  kind: 'attempt',
  lesson,
  at: 3,
  exam,
  question,
  rev: 1,
  answer: 'x',
  right,
  score: right ? 1 : 0.5,
  confidence,
});
const end = (handedIn: boolean, exam = 'e'): ExamLogEntry => ({
  kind: 'ended',
  lesson: '#exams',
  at: 4,
  exam,
  handedIn,
});

describe('a sitting', () => {
  it('goes on where it was left, with the last answer given to each question', () => {
    const sitting = openSitting(sittingsIn([begin(), give('a', 'one', 1), give('a', 'one', 2)]));
    expect(sitting?.given.get('a/one')?.answer).toBe(2);
    expect(sitting && course.map((one) => isAnsweredIn(sitting, askedAs(one)))).toEqual([true, false, false]);
  });

  it('is over when it is handed in, given up, or when another one begins', () => {
    expect(sittingsIn([begin(), end(true)])[0]?.state).toBe('handed-in');
    expect(sittingsIn([begin(), end(false)])[0]?.state).toBe('left');
    expect(sittingsIn([begin(), begin('f')]).map(({ state }) => state)).toEqual(['left', 'open']);
    expect(openSitting(sittingsIn([begin(), end(true)]))).toBeNull();
  });

  it('keeps the first judgement when two tabs hand it in', () => {
    const [sitting] = sittingsIn([
      begin(),
      attempt('a', 'one', false),
      end(true),
      attempt('a', 'one', true),
      end(false),
    ]);
    expect(sitting?.judged.get('a/one')?.right).toBe(false);
    expect(sitting?.state).toBe('handed-in');
  });

  it('finds its questions under the names that lessons have now', () => {
    const [sitting] = sittingsIn([begin('e', { questions: ['old/one', 'pool/rest/one'] })], (name) =>
      name === 'old' ? 'a' : name,
    );
    expect(sitting?.questions).toEqual([
      { lesson: 'a', question: 'one' },
      { lesson: 'pool/rest', question: 'one' },
    ]);
  });

  it('passes over whatever else a log holds', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record(
            {
              kind: fc.constantFrom('exam', 'given', 'attempt', 'ended', 'reading'),
              lesson: fc.string(),
              at: fc.nat(),
              exam: fc.constantFrom('e', 'f', null),
              question: fc.string(),
              questions: fc.array(fc.string()),
            },
            { requiredKeys: ['kind', 'lesson', 'at'] },
          ),
        ),
        (log) => {
          for (const sitting of sittingsIn(log as ExamLogEntry[])) reportOf(sitting, course);
        },
      ),
    );
  });
});

describe('the report of an exam', () => {
  const log = [
    attempt('a', 'one', false, null),
    begin(),
    attempt('a', 'one', true, 'e', 'sure'),
    attempt('a', 'two', false, 'e', 'guess'),
    end(true),
  ];
  const [sitting] = sittingsIn(log);
  const report = reportOf(sitting!, course);

  it('counts what was right, what was missed and what was left open', () => {
    expect(report).toMatchObject({ right: 1, of: 3, open: 1, score: 0.5 });
    expect(report.byTopic).toEqual([
      { id: 'x.one', right: 1, of: 2 },
      { id: 'x.two', right: 0, of: 1 },
    ]);
    expect(report.byPart).toEqual([
      { id: 'p', right: 1, of: 2 },
      { id: 'q', right: 0, of: 1 },
    ]);
  });

  it('tells questions met for the first time from those met before', () => {
    expect(report.firstMet).toEqual({ right: 0, of: 1 });
    expect(report.metBefore).toEqual({ right: 1, of: 1 });
  });

  it('holds confidence against what was right', () => {
    expect(report.calibration).toEqual({
      guess: { right: 0, of: 1 },
      fair: { right: 0, of: 0 },
      sure: { right: 1, of: 1 },
    });
  });

  it('says once for each place what to read again', () => {
    expect(toRead(report, course).map(({ placed, missed }) => [placed.reread, missed.map(({ key }) => key)])).toEqual([
      ['here', ['a/two']],
      ['there', ['b/one']],
    ]);
  });

  it('still counts questions that the course does not have any more', () => {
    const later = reportOf(sitting!, course.slice(1));
    expect(later).toMatchObject({ right: 1, of: 3 });
    expect(later.lines[0]?.placed).toBeNull();
  });

  it('is compared with the exams that were handed in before it', () => {
    const all = sittingsIn([
      ...log,
      begin('f'),
      end(false, 'f'),
      begin('g'),
      attempt('a', 'one', true, 'g'),
      end(true, 'g'),
    ]);
    expect(comparison(all, 'g').map(({ exam, right, of }) => [exam, right, of])).toEqual([
      ['e', 1, 3],
      ['g', 1, 3],
    ]);
    expect(comparison(all, 'e')).toHaveLength(1);
  });
});

describe('the self-quiz of a part', () => {
  const hour = 3_600_000;
  const answer = (question: string, right: boolean, at: number): LogEntry => ({
    kind: 'attempt',
    lesson: 'a',
    question,
    rev: 1,
    at,
    right,
    occasion: 'part',
  });
  const questions = course.slice(0, 2);
  const now = 10 * hour;

  it('goes on where it was left, also after a reload', () => {
    const round = currentRound([answer('one', true, now)], questions, now, false);
    expect([...round.done]).toEqual(['a/one']);
    expect(round).toMatchObject({ number: 0, isOver: false });
  });

  it('asks what was missed until it is found or shown', () => {
    const missed = [answer('one', false, now)];
    expect(currentRound(missed, questions, now, false).done.size).toBe(0);
    const shown: LogEntry = { kind: 'revealed', lesson: 'a', question: 'one', rev: 1, at: now, occasion: 'part' };
    expect(currentRound([...missed, shown], questions, now, false).done.size).toBe(1);
  });

  it('begins anew, in another order, when all are done or after hours', () => {
    const all = [answer('one', true, now), answer('two', true, now)];
    expect(currentRound(all, questions, now, true)).toMatchObject({ number: 0, isOver: true });
    expect(currentRound(all, questions, now, false)).toMatchObject({ number: 1, events: [] });
    expect(currentRound([...all, answer('one', true, now)], questions, now, true)).toMatchObject({
      number: 1,
      isOver: false,
    });
    expect(currentRound([answer('one', true, now)], questions, now + 9 * hour, false)).toMatchObject({ number: 1 });
    const many = Array.from({ length: 12 }, (_, n) => ({ ...questions[0]!, question: `q${n}` }));
    const order = (number: number): string => roundOrder(many, 'p', number).map(askedAs).join();
    expect(order(0)).not.toBe(order(1));
  });

  it('leaves answers alone that were given in lessons, reviews and exams, or to an earlier revision', () => {
    const others = [
      { ...answer('one', true, now), occasion: 'lesson' as const },
      { ...answer('one', true, now), occasion: 'exam' as const },
      { ...answer('one', true, now), rev: 7 },
      { ...answer('gone', true, now) },
    ];
    expect(currentRound(others, questions, now, false).events).toEqual([]);
  });
});
