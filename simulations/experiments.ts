/** Many runs read together: replications of one setting, and a sweep over a dial with the closed form beside it. */
import type { Estimate, Run } from './engine/run.ts';
import { Digest } from './engine/digest.ts';
import { pool, type JudgedEstimate } from './engine/statistics.ts';
import type { Scenario, ScenarioSource } from './scenario.ts';
import { applySetting } from './settings.ts';
import { plain, ready, simulateJudged, type SimulateOptions } from './simulate.ts';
import { closedForm } from './theory/closed-form.ts';

export interface ReplicateOptions extends SimulateOptions {
  /** How many runs, each with its own luck under the same seed. */
  replications: number;
}

export interface Replications {
  runs: number;
  /** Means over the runs with Student-t intervals. */
  measures: Record<string, Estimate>;
  units: Run['units'];
  events: number;
  /** Over the digests of all runs. */
  digest: string;
  /** True when every run kept its books. */
  conserves: boolean;
}

/** Runs a setting several times and pools what was measured. */
export function replicate(source: ScenarioSource | Scenario, options: ReplicateOptions): Replications {
  const scenario = ready(source);
  const digest = new Digest();
  const byMeasure = new Map<string, JudgedEstimate[]>();
  let events = 0;
  let conserves = true;
  let units: Run['units'] = {};
  for (let replication = 0; replication < options.replications; replication++) {
    const run = simulateJudged(scenario, { ...options, replication, record: 'measures' });
    events += run.events;
    units = run.units;
    conserves &&= run.ledger.conserves && Object.values(run.ledger.little).every(({ holds }) => holds);
    digest.add(parseInt(run.digest.slice(0, 8), 16), parseInt(run.digest.slice(8), 16), replication, 0);
    for (const [name, estimate] of Object.entries(run.measures)) {
      const list = byMeasure.get(name);
      if (list === undefined) byMeasure.set(name, [estimate]);
      else list.push(estimate);
    }
  }
  const pooled: Record<string, JudgedEstimate> = {};
  for (const [name, estimates] of byMeasure) pooled[name] = pool(estimates);
  return { runs: options.replications, measures: plain(pooled), units, events, digest: digest.toString(), conserves };
}

export interface SweepPoint {
  x: number;
  estimate: Estimate;
  /** The closed form at this setting; null where there is none. */
  theory: number | null;
}

export interface SweepPlan extends ReplicateOptions {
  dial: string;
  measure: string;
  /** Name of a closed form to put beside it. */
  theory?: string | undefined;
}

/** One point of a sweep, so that whoever computes many can stop between two. */
export function sweepPoint(source: ScenarioSource | Scenario, plan: SweepPlan, x: number): SweepPoint {
  const scenario = ready(source);
  const dials = { ...plan.dials, [plan.dial]: x };
  const { measures } = replicate(scenario, { ...plan, dials });
  const estimate = measures[plan.measure] ?? { value: null, halfWidth: null, enough: false, samples: 0 };
  const theory =
    plan.theory === undefined
      ? null
      : closedForm(plan.theory, applySetting(scenario, { design: plan.design, dials }).scenario);
  return { x, estimate, theory };
}

export interface Sweep {
  dial: string;
  measure: string;
  points: SweepPoint[];
}

/** A run for each setting of a dial. @param xs the dial's values. */
export function sweep(source: ScenarioSource | Scenario, plan: SweepPlan, xs: readonly number[]): Sweep {
  return { dial: plan.dial, measure: plan.measure, points: xs.map((x) => sweepPoint(source, plan, x)) };
}
