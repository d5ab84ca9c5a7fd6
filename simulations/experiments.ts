/** Many runs read together: replications of one setting, and a sweep over a dial with the closed form beside it. */
import type { Estimate, Run } from './engine/run.ts';
import { Digest } from './engine/digest.ts';
import { pool, type JudgedEstimate } from './engine/statistics.ts';
import type { Scenario, ScenarioSource } from './scenario.ts';
import { applySetting } from './settings.ts';
import { plain, ready, simulateJudged, type JudgedRun, type SimulateOptions } from './simulate.ts';
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

/** Takes the runs of one setting one by one and reads them together, so that whoever makes many can stop between two. */
export class Gathering {
  #runs = 0;
  #events = 0;
  #conserves = true;
  #units: Run['units'] = {};
  #digest = new Digest();
  #byMeasure = new Map<string, JudgedEstimate[]>();

  add(run: JudgedRun): void {
    this.#runs++;
    this.#events += run.events;
    this.#units = run.units;
    this.#conserves &&= run.ledger.conserves && Object.values(run.ledger.little).every(({ holds }) => holds);
    const { digest } = run;
    this.#digest.add(parseInt(digest.slice(0, 8), 16), parseInt(digest.slice(8), 16), run.replication, 0);
    for (const [name, estimate] of Object.entries(run.measures)) {
      const list = this.#byMeasure.get(name);
      if (list === undefined) this.#byMeasure.set(name, [estimate]);
      else list.push(estimate);
    }
  }

  read(): Replications {
    const pooled: Record<string, JudgedEstimate> = {};
    for (const [name, estimates] of this.#byMeasure) pooled[name] = pool(estimates);
    return {
      runs: this.#runs,
      measures: plain(pooled),
      units: this.#units,
      events: this.#events,
      digest: this.#digest.toString(),
      conserves: this.#conserves,
    };
  }
}

/** Runs a setting several times and pools what was measured. */
export function replicate(source: ScenarioSource | Scenario, options: ReplicateOptions): Replications {
  const scenario = ready(source);
  const gathering = new Gathering();
  for (let replication = 0; replication < options.replications; replication++)
    gathering.add(simulateJudged(scenario, { ...options, replication, record: 'measures' }));
  return gathering.read();
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
