/** Calibration over everything is counted from the log: each question once per sitting, whatever came of trying again. */
import { expect, it } from 'vitest';
import { calibrationOf } from './calibration.ts';
import { apart, type LogEntry } from './schedule.ts';

const attempt = (at: number, right: boolean, more: Partial<LogEntry> = {}): LogEntry => ({
  kind: 'attempt',
  lesson: 'a',
  question: 'one',
  rev: 1,
  at,
  right,
  confidence: 'sure',
  ...more,
});

it('counts how often one was right, by how sure one was', () => {
  const log = [
    attempt(0, true),
    attempt(1, false, { question: 'two' }),
    attempt(2, true, { question: 'three', confidence: 'guess' }),
    attempt(3, true, { question: 'four', confidence: null }),
    { kind: 'revealed', lesson: 'a', question: 'two', at: 4 },
  ];
  expect(calibrationOf(log)).toEqual({
    guess: { tries: 1, right: 1 },
    fair: { tries: 0, right: 0 },
    sure: { tries: 2, right: 1 },
  });
});

it('passes over what was tried again at once, and counts what was asked again days later', () => {
  const log = [attempt(0, false), attempt(1000, true), attempt(apart, true)];
  expect(calibrationOf(log).sure).toEqual({ tries: 2, right: 1 });
});

it('counts a question that came to ask for something else anew', () => {
  expect(calibrationOf([attempt(0, false), attempt(1, true, { rev: 2 })]).sure).toEqual({ tries: 2, right: 1 });
});
