/**
 * Which runs stand behind a question whose key is measured, and how their numbers become that key.
 * It makes no run: the build does so through measure.ts, a reader's browser through the worker.
 */
import type { MeasuredValue, Question, RunSetting } from './question.ts';
import type { MeasuredFacts } from './types/measured/grading.ts';
import type { PredictionFacts } from './types/prediction/grading.ts';

/** What to measure: one run, or one divided by another. */
export interface Measurement {
  run: RunSetting;
  measure: string;
  over?: { run?: RunSetting | undefined; measure?: string | undefined } | undefined;
}

/** One number of one setting. */
export interface Reading {
  run: RunSetting;
  measure: string;
}

/** Which luck, and how much of it. */
export interface Luck {
  seed: number;
  /** How many runs the value is the mean of. */
  replications: number;
}

/** The luck behind the numbers that readers are judged by: the same wherever they are measured. */
export const keyLuck: Luck = { seed: 1, replications: 10 };

/** The measurements that a question's key needs: none, one, or one per point of a curve. */
export function measurementsOf({ facts }: Question): Measurement[] {
  if (facts.type === 'measured') {
    const { run, measure, over } = facts as MeasuredFacts;
    return [{ run, measure, over }];
  }
  if (facts.type === 'prediction') {
    const { run, dial, at, measure } = facts as PredictionFacts;
    return at.map((x) => ({ run: { ...run, dials: { ...run.dials, [dial]: x } }, measure }));
  }
  return [];
}

/** The numbers that a measurement is made of: the one, or the one above and the one below the line. */
export function readingsOf({ run, measure, over }: Measurement): Reading[] {
  const top = { run, measure };
  return over === undefined ? [top] : [top, { run: over.run ?? run, measure: over.measure ?? measure }];
}

/** Puts the numbers of a measurement together. A ratio's interval is the sum of the relative ones, which errs on the wide side. */
export function together([top, bottom]: readonly MeasuredValue[]): MeasuredValue {
  if (top === undefined) return { value: null, halfWidth: null, enough: false };
  if (bottom === undefined) return top;
  if (top.value === null || bottom.value === null || bottom.value === 0)
    return { value: null, halfWidth: null, enough: false };
  const value = top.value / bottom.value;
  const relative = (one: MeasuredValue): number => (one.halfWidth ?? 0) / Math.abs(one.value || 1);
  return {
    value,
    halfWidth: Math.abs(value) * (relative(top) + relative(bottom)),
    enough: top.enough && bottom.enough,
  };
}

/** Whether two measurements gave the very same numbers. The machine promises that, so nothing is rounded. */
export function isSame(some: readonly MeasuredValue[], others: readonly MeasuredValue[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ value, halfWidth }, at) => value === others[at]?.value && halfWidth === others[at]?.halfWidth)
  );
}
