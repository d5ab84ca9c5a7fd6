/**
 * Asks the machine for the keys of questions whose answer is measured, and for the proofs of the others.
 * It runs when the site is built and in tests; the browser measures through the worker instead.
 */
import { replicate, type Scenario, type ScenarioSource } from '../../../simulations/index.ts';
import type { Proof } from './facts.ts';
import type { MeasuredValue, Question, RunSetting } from './question.ts';
import type { MeasuredFacts } from './types/measured/grading.ts';
import type { PredictionFacts } from './types/prediction/grading.ts';

/** Finds a scenario by its id; throws when there is none. */
export type ScenarioNamed = (id: string) => ScenarioSource | Scenario;

/** What to measure: one run, or one divided by another. */
export interface Measurement {
  run: RunSetting;
  measure: string;
  over?: { run?: RunSetting | undefined; measure?: string | undefined } | undefined;
}

/** Which luck, and how much of it. */
export interface Luck {
  seed?: number;
  /** How many runs the value is the mean of. */
  replications: number;
}

/** How many runs stand behind a number that readers are judged by. */
export const keyReplications = 10;

function estimate(run: RunSetting, measure: string, scenarioNamed: ScenarioNamed, luck: Luck): MeasuredValue {
  const { measures } = replicate(scenarioNamed(run.scenario), {
    ...(run.design === undefined ? {} : { design: run.design }),
    dials: run.dials ?? {},
    inputs: (run.inputs ?? []).map(({ at, fault, duration }) =>
      duration === undefined ? { at, fault } : { at, fault, duration },
    ),
    ...luck,
  });
  const found = Object.hasOwn(measures, measure) ? measures[measure] : undefined;
  if (found === undefined)
    throw new Error(`"${run.scenario}" has no measure "${measure}"; it has ${Object.keys(measures).join(', ')}`);
  return { value: found.value, halfWidth: found.halfWidth, enough: found.enough };
}

/** Measures one number. A ratio's interval is the sum of the relative ones, which errs on the wide side. */
export function measureNumber(
  { run, measure, over }: Measurement,
  scenarioNamed: ScenarioNamed,
  luck: Luck,
): MeasuredValue {
  const top = estimate(run, measure, scenarioNamed, luck);
  if (over === undefined) return top;
  const bottom = estimate(over.run ?? run, over.measure ?? measure, scenarioNamed, luck);
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

/** The runs that a question's key needs: none, one, or one per point of a curve. */
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

/** The question with its key measured. */
export function withMeasuredKey(
  question: Question,
  scenarioNamed: ScenarioNamed,
  luck: Luck = { replications: keyReplications },
): Question {
  const measurements = measurementsOf(question);
  return { ...question, measured: measurements.map((one) => measureNumber(one, scenarioNamed, luck)) };
}

/** Whether a proof holds under this luck, and what was measured. */
export function proofHolds(
  proof: Proof,
  scenarioNamed: ScenarioNamed,
  luck: Luck,
): { holds: boolean; value: number | null } {
  const { value } = measureNumber(proof, scenarioNamed, luck);
  if (value === null) return { holds: false, value };
  const slack = Math.abs(proof.value) * proof.margin;
  if (proof.relation === 'above') return { holds: value > proof.value - slack, value };
  if (proof.relation === 'below') return { holds: value < proof.value + slack, value };
  return { holds: Math.abs(value - proof.value) <= slack, value };
}
