/** Whether a claim of a scenario holds: its sentence as data, put to runs under many seeds. It does not choose the seeds. */
import type { Claim, Scenario } from './scenario.ts';
import { applySetting, type ChosenSetting } from './settings.ts';
import { pool, type JudgedEstimate } from './engine/statistics.ts';
import { simulateJudged } from './simulate.ts';
import { closedForm } from './theory/closed-form.ts';

export interface Verdict {
  holds: boolean;
  /** The measure, or the quotient of two, pooled over the seeds; NaN where there was nothing to measure. */
  measured: number;
  /** What it was held against; NaN for `unsure`. */
  expected: number;
}

/** Seeds that must each agree with `above` or `below`, as a share of all. */
const AGREEING = 0.8;

/**
 * Puts a claim to the test at its own place or at its control.
 * @param seeds the law's seeds; a verdict is over all of them.
 */
export function judge(
  scenario: Scenario,
  claim: Claim,
  seeds: readonly number[],
  where: 'at' | 'control' = 'at',
): Verdict {
  const at: ChosenSetting = claim[where];
  const above: number[] = [];
  const below: number[] = [];
  const estimates: JudgedEstimate[] = [];
  const otherAt = where === 'control' ? (claim.over?.control ?? claim.over?.at) : claim.over?.at;
  for (const seed of seeds) {
    const run = simulateJudged(scenario, { ...at, seed });
    const estimate = run.measures[claim.measure];
    if (estimate === undefined)
      throw new Error(`claim ${claim.id}: no measure ${claim.measure} in scenario ${scenario.id}`);
    above.push(estimate.value ?? NaN);
    estimates.push(estimate);
    if (claim.over === undefined) continue;
    const other = otherAt === undefined ? run : simulateJudged(scenario, { ...otherAt, seed });
    below.push(other.measures[claim.over.measure ?? claim.measure]?.value ?? NaN);
  }
  const values = above.map((value, i) => value / (below[i] ?? 1));
  const measured = sum(above) / (below.length > 0 ? sum(below) : above.length);
  if (claim.relation === 'unsure') return { holds: !pool(estimates).enough, measured, expected: NaN };
  const expected = valueOf(scenario, claim);
  const agree = (holds: (value: number) => boolean) =>
    holds(measured) && values.filter(holds).length >= AGREEING * values.length;
  const slack = Math.abs(expected) * claim.margin;
  const holds =
    claim.relation === 'about'
      ? Math.abs(measured - expected) <= slack
      : claim.relation === 'above'
        ? agree((value) => value > expected + slack)
        : agree((value) => value < expected - slack);
  return { holds, measured, expected };
}

/** The value that a claim names: its own, or a closed form where the claim stands (not where its control does). */
function valueOf(scenario: Scenario, claim: Claim): number {
  if (claim.value === undefined) throw new Error(`claim ${claim.id}: \`${claim.relation}\` needs a value`);
  if (typeof claim.value === 'number') return claim.value;
  const value = closedForm(claim.value.theory, applySetting(scenario, claim.at).scenario);
  if (value === null) throw new Error(`claim ${claim.id}: no closed form ${claim.value.theory} at its setting`);
  return value * claim.value.times;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
