/** The schedule of the review is read off the log alone; what is known is told from what is shaky. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rating } from 'ts-fsrs';
import {
  dueNow,
  gradeOf,
  isDue,
  learnt,
  nextDue,
  roundOf,
  type Asked,
  type Learnt,
  type LogEntry,
} from './schedule.ts';
import { topicMap } from './topics.ts';

const day = 24 * 3_600_000;
const start = Date.UTC(2026, 10, 1, 20);
const questions: Asked[] = ['one', 'two', 'three'].map((question) => ({ lesson: 'a', question, rev: 1 }));
const attempt = (days: number, right: boolean, more: Partial<LogEntry> = {}): LogEntry => ({
  kind: 'attempt',
  lesson: 'a',
  question: 'one',
  rev: 1,
  at: start + days * day,
  right,
  confidence: 'fair',
  hints: 0,
  occasion: 'lesson',
  ...more,
});
const review = { occasion: 'review' } as const;
const one = (log: LogEntry[]): Learnt => learnt(log, questions)[0] as Learnt;
const daysUntil = (log: LogEntry[]): number => Math.round((one(log).due - log.at(-1)!.at) / day);

describe('the grade', () => {
  it('follows from right and wrong, confidence and hints', () => {
    expect(gradeOf({ right: false, confidence: 'sure' })).toBe(Rating.Again);
    expect(gradeOf({ right: true, confidence: 'guess' })).toBe(Rating.Hard);
    expect(gradeOf({ right: true, confidence: 'sure', hints: 1 })).toBe(Rating.Hard);
    expect(gradeOf({ right: true, confidence: 'fair' })).toBe(Rating.Good);
    expect(gradeOf({ right: true, confidence: null })).toBe(Rating.Good);
    expect(gradeOf({ right: true, confidence: 'sure' })).toBe(Rating.Easy);
  });

  it('the surer a right answer, the later it is asked again; a wrong one comes soonest', () => {
    const after = (right: boolean, confidence: 'guess' | 'fair' | 'sure'): number =>
      daysUntil([attempt(0, right, { confidence })]);
    const waits = [after(false, 'sure'), after(true, 'guess'), after(true, 'fair'), after(true, 'sure')];
    expect(waits.toSorted((a, b) => a - b)).toEqual(waits);
    expect(waits[0]).toBe(1);
    expect(waits[3]).toBeGreaterThan(waits[1]!);
  });
});

describe('the schedule', () => {
  it('has only what was answered, and nothing that is no more', () => {
    expect(learnt([], questions)).toEqual([]);
    expect(learnt([attempt(0, true, { question: 'gone' })], questions)).toEqual([]);
    expect(learnt([attempt(0, true)], questions)).toMatchObject([{ question: 'one', tries: 1 }]);
  });

  it('begins anew when a question comes to ask for something else', () => {
    const asked = [{ lesson: 'a', question: 'one', rev: 2 }];
    expect(learnt([attempt(0, true)], asked)).toEqual([]);
    expect(learnt([attempt(0, true), attempt(1, false, { rev: 2 })], asked)).toMatchObject([
      { tries: 1, right: false },
    ]);
  });

  it('asks later and later what is known each time', () => {
    const log = [attempt(0, true)];
    const waits: number[] = [];
    for (let time = 0; time < 4; time += 1) {
      const wait = daysUntil(log);
      waits.push(wait);
      log.push(attempt((log.at(-1)!.at - start) / day + wait, true, review));
    }
    expect(waits.every((wait, at) => at === 0 || wait > waits[at - 1]!)).toBe(true);
  });

  it('asks soon again what was forgotten', () => {
    const long = [attempt(0, true, { confidence: 'sure' }), attempt(9, true, { ...review, confidence: 'sure' })];
    expect(daysUntil([...long, attempt(60, false, review)])).toBeLessThan(
      daysUntil([...long, attempt(60, true, review)]),
    );
    expect(one([...long, attempt(60, false, review)]).lapses).toBe(1);
  });

  it('passes over what was tried again at once', () => {
    const missed = [attempt(0, false)];
    expect(one([...missed, attempt(0.01, true)]).due).toBe(one(missed).due);
    expect(one([...missed, attempt(1, true, review)]).due).toBeGreaterThan(one(missed).due);
  });

  it('is the same whenever and wherever it is derived, and no clock breaks it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            at: fc.double({ min: -1000, max: 1000, noNaN: true }),
            right: fc.boolean(),
            confidence: fc.constantFrom('guess', 'fair', 'sure', null),
            question: fc.constantFrom('one', 'two', 'three', 'gone'),
            occasion: fc.constantFrom('lesson', 'review'),
          }),
          { maxLength: 40 },
        ),
        (events) => {
          const log = events.map(({ at, right, ...more }) => attempt(at, right, more as Partial<LogEntry>));
          const first = learnt(log, questions);
          expect(learnt(structuredClone(log), questions)).toEqual(first);
          for (const { due } of first) expect(Number.isFinite(due)).toBe(true);
        },
      ),
    );
  });

  it('never waits longer than a year', () => {
    const log = Array.from({ length: 12 }, (_, n) => attempt(n * 400, true, { confidence: 'sure' }));
    expect(daysUntil(log)).toBeLessThanOrEqual(365);
  });
});

describe('what is due', () => {
  const log = [attempt(0, false), attempt(0, true, { question: 'two', confidence: 'sure' })];
  const at = (days: number): number => start + days * day;

  it('is what has come to its time, a little early', () => {
    const all = learnt(log, questions);
    expect(dueNow(all, at(0.1))).toEqual([]);
    expect(dueNow(all, at(0.7)).map(({ question }) => question)).toEqual(['one']);
    expect(dueNow(all, at(40))).toHaveLength(2);
  });

  it('comes in the same order all day, and in another on another day', () => {
    const many = Array.from({ length: 30 }, (_, n) => ({ lesson: 'a', question: `q${n}`, rev: 1 }));
    const all = learnt(
      many.map(({ question }) => attempt(0, false, { question })),
      many,
    );
    const order = (now: number): string[] => dueNow(all, now).map(({ question }) => question);
    expect(order(at(5))).toEqual(order(at(5.05)));
    expect(order(at(5))).not.toEqual(order(at(6)));
    expect(order(at(5)).toSorted()).toEqual(order(at(6)).toSorted());
  });

  it('that was missed in a review and left stays open, and comes first, until it is found or shown', () => {
    const left = [...log, attempt(2, false, review)];
    expect(dueNow(learnt(left, questions), at(2.01)).map(({ question }) => question)).toEqual(['one']);
    const found = [...left, attempt(2.02, true, review)];
    expect(dueNow(learnt(found, questions), at(2.03))).toEqual([]);
    const shown: LogEntry[] = [...left, { ...attempt(2.02, false, review), kind: 'revealed' }];
    expect(dueNow(learnt(shown, questions), at(2.03))).toEqual([]);
  });

  it('next is told with how many come together', () => {
    const all = learnt(log, questions);
    const next = nextDue(all, at(0.1));
    expect(next?.count).toBe(1);
    expect(isDue(all[0]!, next!.at)).toBe(true);
    expect(isDue(all[0]!, next!.at - 1)).toBe(false);
    expect(nextDue([], at(0))).toBe(null);
  });

  it('is asked afresh: what happened in earlier reviews is not part of the round', () => {
    const round = (events: LogEntry[], days: number): LogEntry[] => roundOf(events, one(events), at(days));
    expect(round(log, 2)).toEqual([]);
    const going = [...log, attempt(2, false, review), attempt(2.01, false, review)];
    expect(round(going, 2.02)).toHaveLength(2);
    const done = [...going, attempt(5, true, review)];
    expect(round(done, 5.01)).toHaveLength(1);
    expect(round(done, 400)).toEqual([]);
  });
});

it('the map tells known from shaky and unseen, by the heading that explains', () => {
  const explained = [
    { ...questions[0]!, topic: 't', reread: 'first' },
    { ...questions[1]!, topic: 't', reread: 'first' },
    { ...questions[2]!, topic: 't', reread: 'second' },
  ];
  const map = (log: LogEntry[], days = 0.1): string[] =>
    topicMap(explained, learnt(log, questions), start + days * day).map(({ standing }) => standing);
  expect(map([])).toEqual(['unseen', 'unseen']);
  expect(map([attempt(0, true)])).toEqual(['unseen', 'unseen']);
  expect(map([attempt(0, false)])).toEqual(['shaky', 'unseen']);
  const both = [attempt(0, true), attempt(0, true, { question: 'two' })];
  expect(map(both)).toEqual(['known', 'unseen']);
  expect(map([both[0]!, attempt(0, true, { question: 'two', confidence: 'guess' })])).toEqual(['shaky', 'unseen']);
  expect(map(both, 300)).toEqual(['shaky', 'unseen']);
});
