/**
 * How sure a measured number is: Student-t intervals over batch means and over replications, and the test of whether
 * a run was long enough at all.
 */
import type { Estimate } from './run.ts';

/** Batches that a run's measured span is cut into. Twenty is the usual compromise: see Schmeiser, Operations Research 30 (1982). */
export const BATCHES = 20;

/** Batch means more alike than this from one to the next show a memory longer than a batch. */
export const LONGEST_MEMORY = 0.5;
/** An interval wider than this share of its value, to either side, says little. */
const WIDEST = 0.5;

/** Upper 2.5 percent points of Student's t for 1 to 30 degrees of freedom (any table of the distribution). */
const STUDENT = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604, 2.1448, 2.1314,
  2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
];

/**
 * The factor of a two-sided 95 percent interval. Beyond 30 degrees of freedom by the first terms of the Cornish-Fisher
 * expansion, which is then within 0.0002.
 */
export function student95(degrees: number): number {
  if (degrees < 1) return Infinity;
  if (degrees <= 30) return STUDENT[Math.floor(degrees) - 1]!;
  const z = 1.959963984540054;
  const g1 = (z * z * z + z) / 4;
  const g2 = (5 * z * z * z * z * z + 16 * z * z * z + 3 * z) / 96;
  return z + g1 / degrees + g2 / (degrees * degrees);
}

export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Half-width of the 95 percent interval of the mean of independent values; null for fewer than two. */
export function halfWidth95(values: readonly number[]): number | null {
  const n = values.length;
  if (n < 2) return null;
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) * (value - centre);
  return student95(n - 1) * Math.sqrt(squares / (n - 1) / n);
}

/** How alike neighbours in a series are: lag-one autocorrelation, 0 for a constant series or fewer than four values. */
export function memory(values: readonly number[]): number {
  const n = values.length;
  if (n < 4) return 0;
  const centre = mean(values);
  let squares = 0;
  let products = 0;
  for (let i = 0; i < n; i++) {
    const d = values[i]! - centre;
    squares += d * d;
    if (i > 0) products += d * (values[i - 1]! - centre);
  }
  return squares === 0 ? 0 : products / squares;
}

/** An estimate with what `pool` needs to judge several runs together. */
export interface JudgedEstimate extends Estimate {
  memory: number;
}

/** The estimate of one run from its batch means. `value` is the whole run's, which empty batches cannot bend. */
export function estimateFromBatches(value: number | null, batches: readonly number[], samples: number): JudgedEstimate {
  const halfWidth = batches.length >= BATCHES / 2 ? halfWidth95(batches) : null;
  const alike = memory(batches);
  const enough =
    value !== null && halfWidth !== null && alike <= LONGEST_MEMORY && halfWidth <= WIDEST * Math.abs(value);
  return { value, halfWidth, enough, samples, memory: alike };
}

/**
 * The estimate over replications of one run. Many short runs give a narrow interval round the wrong value when each is
 * shorter than the system's memory, so the memory within the runs is judged too.
 */
export function pool(runs: readonly JudgedEstimate[]): JudgedEstimate {
  const values: number[] = [];
  let samples = 0;
  let alike = 0;
  for (const run of runs) {
    samples += run.samples;
    alike += run.memory / runs.length;
    if (run.value !== null) values.push(run.value);
  }
  if (values.length === 0) return { value: null, halfWidth: null, enough: false, samples, memory: alike };
  const value = mean(values);
  const halfWidth = halfWidth95(values);
  const enough = halfWidth !== null && alike <= LONGEST_MEMORY && halfWidth <= WIDEST * Math.abs(value);
  return { value, halfWidth, enough, samples, memory: alike };
}
