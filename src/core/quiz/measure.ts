/**
 * Asks the machine for the keys of questions whose answer is measured, and for the proofs of the others.
 * It runs when the site is built and in tests; the browser measures through the worker instead.
 */
import { replicate, type Replications, type Scenario, type ScenarioSource } from '../../../simulations/index.ts';
import type { Proof } from './facts.ts';
import { keyLuck, measurementsOf, readingsOf, together, type Luck, type Measurement } from './measurement.ts';
import { own, type MeasuredValue, type Question, type RunSetting } from './question.ts';

/** Finds a scenario by its id; throws when there is none. */
export type ScenarioNamed = (id: string) => ScenarioSource | Scenario;

/** Runs a setting under some luck and gives all that was measured. */
export type Measuring = (run: RunSetting, luck: Luck) => Replications['measures'];

/** Measures each setting once, however many questions and proofs ask for it. */
export function makeMeasuring(scenarioNamed: ScenarioNamed): Measuring {
  const known = new Map<string, Replications['measures']>();
  return (run, { seed, replications }) => {
    const dials = Object.fromEntries(Object.entries(run.dials ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
    const inputs = (run.inputs ?? []).map(({ at, fault, duration }) =>
      duration === undefined ? { at, fault } : { at, fault, duration },
    );
    const scenario = scenarioNamed(run.scenario);
    const design = run.design ?? scenario.designs?.[0]?.id;
    const key = JSON.stringify([run.scenario, design, dials, inputs, seed, replications]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const { measures } = replicate(scenario, { design, dials, inputs, seed, replications });
    known.set(key, measures);
    return measures;
  };
}

/** Measures one number. */
export function measureNumber(measurement: Measurement, measuring: Measuring, luck: Luck): MeasuredValue {
  return together(
    readingsOf(measurement).map(({ run, measure }) => {
      const measures = measuring(run, luck);
      const found = own(measures, measure);
      if (found === undefined)
        throw new Error(`"${run.scenario}" has no measure "${measure}"; it has ${Object.keys(measures).join(', ')}`);
      return { value: found.value, halfWidth: found.halfWidth, enough: found.enough };
    }),
  );
}

/** The question with its key measured. */
export function withMeasuredKey(question: Question, measuring: Measuring, luck: Luck = keyLuck): Question {
  return { ...question, measured: measurementsOf(question).map((one) => measureNumber(one, measuring, luck)) };
}

/** Whether a proof holds under this luck, and what was measured. */
export function proofHolds(proof: Proof, measuring: Measuring, luck: Luck): { holds: boolean; value: number | null } {
  const { value } = measureNumber(proof, measuring, luck);
  if (value === null) return { holds: false, value };
  const slack = Math.abs(proof.value) * proof.margin;
  if (proof.relation === 'above') return { holds: value > proof.value - slack, value };
  if (proof.relation === 'below') return { holds: value < proof.value + slack, value };
  return { holds: Math.abs(value - proof.value) <= slack, value };
}
