/** Whether a claim of a scenario holds: its sentence as data, put to runs under many seeds. It does not choose the seeds. */
import type { Claim, Scenario } from './scenario.ts';
import { applySetting, type ChosenSetting } from './settings.ts';
import { pool, type JudgedEstimate } from './engine/statistics.ts';
import { simulateJudged, type JudgedRun, type SimulateOptions } from './simulate.ts';
import { closedForm } from './theory/closed-form.ts';

export interface Verdict {
  holds: boolean;
  /** The measure, or the quotient of two, pooled over the seeds that were run; NaN where there was nothing to measure. */
  measured: number;
  /** What it was held against; NaN for `unsure`. */
  expected: number;
}

/** Seeds that must each agree with `above` or `below`, as a share of all. */
const AGREEING = 0.8;

export interface Judging {
  /** Where the claim is put to the test; at its control it must not hold. */
  where?: 'at' | 'control';
  /** Makes the runs. Whoever judges many claims of one scenario hands in something that remembers: their settings are often the same. */
  run?: (scenario: Scenario, options: SimulateOptions) => JudgedRun;
}

/**
 * Puts a claim to the test at its own place or at its control. At the control it stops as soon as so many seeds disagree that the
 * claim cannot hold any more, whatever the others say.
 * @param seeds the law's seeds; a verdict is over all of them.
 */
export function judge(
  scenario: Scenario,
  claim: Claim,
  seeds: readonly number[],
  { where = 'at', run = simulateJudged }: Judging = {},
): Verdict {
  const at: ChosenSetting = claim[where];
  const otherAt = where === 'control' ? (claim.over?.control ?? claim.over?.at) : claim.over?.at;
  const expected = claim.relation === 'unsure' ? NaN : valueOf(scenario, claim);
  const slack = Math.abs(expected) * claim.margin;
  const agrees = (value: number): boolean =>
    claim.relation === 'above' ? value > expected + slack : value < expected - slack;
  const eachCounts = claim.relation === 'above' || claim.relation === 'below';
  const above: number[] = [];
  const below: number[] = [];
  const estimates: JudgedEstimate[] = [];
  let disagreeing = 0;
  for (const seed of seeds) {
    const here = run(scenario, { ...at, seed });
    const estimate = here.measures[claim.measure];
    if (estimate === undefined)
      throw new Error(`claim ${claim.id}: no measure ${claim.measure} in scenario ${scenario.id}`);
    above.push(estimate.value ?? NaN);
    estimates.push(estimate);
    if (claim.over !== undefined) {
      const other = otherAt === undefined ? here : run(scenario, { ...otherAt, seed });
      below.push(other.measures[claim.over.measure ?? claim.measure]?.value ?? NaN);
    }
    if (eachCounts && !agrees(above.at(-1)! / (below.at(-1) ?? 1))) disagreeing += 1;
    if (where === 'control' && seeds.length - disagreeing < AGREEING * seeds.length) break;
  }
  const measured = sum(above) / (below.length > 0 ? sum(below) : above.length);
  if (claim.relation === 'unsure') return { holds: !pool(estimates).enough, measured, expected };
  if (claim.relation === 'about') return { holds: Math.abs(measured - expected) <= slack, measured, expected };
  const enoughAgree = seeds.length - disagreeing >= AGREEING * seeds.length;
  return { holds: agrees(measured) && enoughAgree, measured, expected };
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
