/**
 * Many runs read together: replications of one setting, settings compared in pairs of runs under the same luck, and a sweep
 * over a dial with the closed form beside it. It knows no clock: who makes many runs can stop between two.
 */
import type { Estimate, Run } from './engine/run.ts';
import { Digest } from './engine/digest.ts';
import { comparePairs, pool, type JudgedEstimate, type PairedDifference } from './engine/statistics.ts';
import type { Scenario, ScenarioSource } from './scenario.ts';
import { applySetting, ScenarioError, type ChosenSetting } from './settings.ts';
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

/** Several settings, each by itself, and how each but the first differs from the first. */
export interface Compared {
  /** Every setting's own replications, in the order in which they were given. */
  settings: Replications[];
  /** For each setting after the first: its measures against the first's, for every measure that both have. */
  differences: Record<string, PairedDifference>[];
}

/**
 * Takes the runs of several settings replication by replication and compares them in pairs with the first setting's, so
 * that whoever makes many can stop between two. The runs of one replication share seed and replication, and with them all
 * luck (rule R2): the same customers, sizes and chances in each setting.
 */
export class PairedGathering {
  #gatherings: Gathering[];
  #measures: readonly string[] | undefined;
  /** By setting, then by replication. */
  #estimates: Record<string, JudgedEstimate>[][];

  /** @param settings how many are compared. @param measures which; all when left out. */
  constructor(settings: number, measures?: readonly string[]) {
    this.#gatherings = Array.from({ length: settings }, () => new Gathering());
    this.#estimates = Array.from({ length: settings }, () => []);
    this.#measures = measures;
  }

  /**
   * Takes in one replication.
   * @param runs one of each setting. @throws when they do not share their luck: then they are no pairs.
   */
  add(runs: readonly JudgedRun[]): void {
    const [first] = runs;
    if (runs.length !== this.#gatherings.length) throw new Error('a replication has one run of each setting');
    if (runs.some(({ seed, replication }) => seed !== first!.seed || replication !== first!.replication))
      throw new Error('runs that are compared in pairs share seed and replication');
    for (const [i, run] of runs.entries()) {
      this.#gatherings[i]!.add(run);
      this.#estimates[i]!.push(run.measures);
    }
  }

  read(): Compared {
    const settings = this.#gatherings.map((gathering) => gathering.read());
    const [first, ...others] = this.#estimates;
    const of = (runs: Record<string, JudgedEstimate>[], name: string) => runs.map((run) => run[name] ?? unseen);
    const differences = others.map((runs, i) => {
      const found: Record<string, PairedDifference> = {};
      for (const name of this.#measures ?? Object.keys(settings[0]!.measures)) {
        if ([settings[0]!, settings[i + 1]!].every(({ measures }) => Object.hasOwn(measures, name)))
          found[name] = comparePairs(of(first!, name), of(runs, name));
      }
      return found;
    });
    return { settings, differences };
  }
}

/** A measure that a run does not have, such as a reason for which nothing failed. */
const unseen: JudgedEstimate = { value: null, halfWidth: null, enough: false, samples: 0, memory: 0 };

/** What the compared settings have in common. */
export interface CompareOptions extends Pick<SimulateOptions, 'seed' | 'until' | 'maxEvents'> {
  /** How many runs of each setting. */
  replications: number;
  /** Which measures to compare; all that both settings have when left out. */
  measures?: readonly string[] | undefined;
}

/**
 * Compares settings with the first of them by runs in pairs under common random numbers.
 * @throws ScenarioError for a setting that cannot run, or a measure that no pair of settings has.
 */
export function compareAll(
  source: ScenarioSource | Scenario,
  { settings, replications, measures, ...common }: CompareOptions & { settings: readonly ChosenSetting[] },
): Compared {
  const scenario = ready(source);
  const gathering = new PairedGathering(settings.length, measures);
  for (let replication = 0; replication < replications; replication++)
    gathering.add(
      settings.map((at) => simulateJudged(scenario, { ...common, ...at, replication, record: 'measures' })),
    );
  const compared = gathering.read();
  const missing = (measures ?? []).filter((name) => !compared.differences.some((found) => Object.hasOwn(found, name)));
  if (missing.length > 0)
    throw new ScenarioError(
      missing.map((name) => ({
        path: 'measures',
        message: `no measure ${name} to compare`,
        expected: `one of ${Object.keys(compared.settings[0]?.measures ?? {}).join(', ')}`,
      })),
    );
  return compared;
}

/** Two settings, each by itself, and how b differs from a. */
export interface Comparison {
  a: Replications;
  b: Replications;
  differences: Record<string, PairedDifference>;
}

/**
 * Compares two settings: designs, dials, inputs, horizons. See `compareAll`.
 * @throws ScenarioError for a setting that cannot run, or a measure that they do not both have.
 */
export function compare(
  source: ScenarioSource | Scenario,
  { a, b, ...options }: CompareOptions & { a: ChosenSetting; b: ChosenSetting },
): Comparison {
  const { settings, differences } = compareAll(source, { ...options, settings: [a, b] });
  return { a: settings[0]!, b: settings[1]!, differences: differences[0]! };
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
      : closedForm(plan.theory, applySetting(scenario, { design: plan.design, dials, texts: plan.texts }).scenario);
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
