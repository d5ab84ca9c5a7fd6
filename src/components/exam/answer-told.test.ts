/** An answer in words, for the report of an exam and for paper. */
import { expect, it } from 'vitest';
import type { Question } from '../../core/quiz/question.ts';
import { samples } from '../../core/quiz/samples.fixture.ts';
import { amount, toldParts, toldText, withUnit } from './answer-told.ts';

const telling = { language: 'en', judgements: { true: 'True', false: 'False' } };
const of = (type: string): Question => samples[type]!;

it('a choice is told by its text, several in a row, an order by its places', () => {
  expect(toldText('right', of('one-choice'), telling)).toBe('the right one');
  expect(toldText(['right', 'third'], of('several'), telling)).toBe('right; right as well');
  expect(toldText(['b', 'a'], of('ordering'), telling)).toBe('1. Beta  2. Alpha');
  expect(toldText(null, of('one-choice'), telling)).toBe('');
});

it('what was typed stays as it was typed, and a key has its unit', () => {
  expect(toldText('500 ms', of('measured'), telling)).toBe('500 ms');
  expect(withUnit('0.5', of('measured'))).toBe('0.5 s');
  expect(withUnit('utilisation', of('short-answer'))).toBe('utilisation');
  expect([amount('10', '개'), amount('3', 's'), amount('7')]).toEqual(['10개', '3 s', '7']);
});

it('an answer of parts is told part by part, what was left out as nothing', () => {
  const key = { a: true, b: false, c: true, d: false };
  expect(toldParts({ a: false }, key, of('kprime'), telling)?.map(({ name, value }) => [name, value])).toEqual([
    ['A holds', 'False'],
    ['B holds', null],
    ['C holds', null],
    ['D holds', null],
  ]);
  expect(toldParts({ a: 'left' }, { a: 'left' }, of('matching'), telling)).toEqual([
    { key: 'a', name: 'Alpha', value: 'Left' },
  ]);
  expect(toldParts({ 3: 0.14159 }, { 3: 0.1 }, of('prediction'), telling)).toEqual([
    { key: '3', name: 'requests a second: 3', value: '0.142 s' },
  ]);
  expect(toldParts('x', 'y', of('one-choice'), telling)).toBeNull();
});
