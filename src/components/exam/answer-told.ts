/** An answer in words: one text, or a value for each of its parts where these have names of their own. It knows no view. */
import { isRecord, own, type Question } from '../../core/quiz/question.ts';
import type { Prediction } from '../../core/quiz/types/prediction/grading.ts';
import { stepsShown, type Tracing } from '../../core/quiz/types/tracing/grading.ts';
import { plain } from '../quiz/words.tsx';
import { textOf } from '../record/words.ts';

export interface TellingAnswer {
  language: string;
  /** The words for true and false. */
  judgements: { true: string; false: string };
}

/** One part of an answer. `value` is null where it was left out. */
export interface ToldPart {
  key: string;
  name: string;
  value: string | null;
}

/** A number and its unit: with a space between them, but for Korean counters and percent. */
export const amount = (number: string, unit = ''): string =>
  unit === '' ? number : `${number}${/^[가-힣%]/.test(unit) ? '' : ' '}${unit}`;

/** The unit of a number that is stated as the key; what a reader typed has its own. */
export function withUnit(key: string, { facts, words }: Question): string {
  const { units } = words as { units?: Record<string, { short: string }> };
  if (facts.type !== 'number' && facts.type !== 'measured') return key;
  // The first unit of the facts is the one in which the key is stated.
  const [first = ''] = Object.keys((facts as unknown as { units: object }).units);
  return amount(key, own(units ?? {}, first)?.short);
}

function valueOf(value: unknown, question: Question, { language, judgements }: TellingAnswer): string {
  if (typeof value === 'boolean') return judgements[`${value}`];
  if (typeof value === 'string') return textOf(value, question);
  if (typeof value !== 'number') return '';
  if (question.facts.type !== 'prediction') return String(value);
  const { facts, words } = question as Prediction;
  const digits = facts.axis.digits + 1;
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: digits });
  return amount(format.format(value), words.unit);
}

/** The parts of an answer, in the order of `parts` (the keys of the right answer); null for answers that are one text. */
export function toldParts(
  answer: unknown,
  parts: unknown,
  question: Question,
  telling: TellingAnswer,
): ToldPart[] | null {
  if (!isRecord(parts)) return null;
  const given = isRecord(answer) ? answer : {};
  if (question.facts.type === 'tracing')
    return stepsShown(question as Tracing).map(({ id, prompt, options }) => {
      const chosen = options.find((option) => option.id === own(given, id));
      return { key: id, name: plain(prompt), value: chosen === undefined ? null : plain(chosen.text) };
    });
  const x = (question.words as { x?: string }).x;
  // Ids that look like numbers come in the order of the numbers: the points of a curve, left to right.
  return Object.keys(parts).map((key) => ({
    key,
    name: question.facts.type === 'prediction' && x !== undefined ? `${x}: ${key}` : textOf(key, question),
    value: Object.hasOwn(given, key) ? valueOf(given[key], question, telling) : null,
  }));
}

/** An answer that is one text: a choice, several, an order, or what was typed. */
export function toldText(answer: unknown, question: Question, telling: TellingAnswer): string {
  if (!Array.isArray(answer)) return answer === null ? '' : valueOf(answer, question, telling);
  const texts = answer.map((one) => valueOf(one, question, telling));
  return question.facts.type === 'ordering'
    ? texts.map((text, at) => `${at + 1}. ${text}`).join('  ')
    : texts.join('; ');
}
