/**
 * Runs a plan: replications one by one and points of a sweep one by one, so that it can stop between two when its time
 * is up. What comes out is the answer that `--json` prints; it holds no clock, so the same question gives the same bytes.
 */
import {
  applySetting,
  engineVersion,
  Gathering,
  ScenarioError,
  simulate,
  simulateJudged,
  theory,
  type Input,
  type JudgedRun,
  type Ledger,
  type MeasureUnit,
  type Run,
  type Scenario,
  type SimulateOptions,
} from '../../simulations/index.ts';
import { Complaint, suggestion } from './complaint.ts';
import { quoted, valuesOf, type RunPlan } from './plan.ts';
import { complaintOf } from './reading.ts';

/** A measured number as it is printed. */
export interface Measured {
  value: number | null;
  /** Of the 95 percent interval. */
  halfWidth: number | null;
  low: number | null;
  high: number | null;
  /** False: there is not enough data to rely on it. */
  enough: boolean;
  samples: number;
  unit: MeasureUnit;
}

export interface Point {
  x: number;
  replications: number;
  digest: string;
  events: number;
  measures: Record<string, Measured>;
  theory: Record<string, number>;
}

/** What `--json` prints. Fields are added to it, never renamed. */
export interface Answer {
  engine: string;
  scenario: string;
  design: string;
  dials: Record<string, number>;
  inputs: Input[];
  seed: number;
  /** Runs that were made; fewer than asked for when time was up. */
  replications: number;
  time: { unit: string; warmUp: number; horizon: number; until: number };
  /** Of the run; of all runs together when there were several. */
  digest: string;
  ended: Run['ended'];
  /** Why it did less than it was asked to; null when it did all. */
  stopped: string | null;
  events: number;
  measures: Record<string, Measured>;
  ledger: Omit<Ledger, 'little'> & { little: Record<string, boolean> };
  /** Closed forms of this setting, by the measure they stand beside. */
  theory: Record<string, number>;
  sweep?: { dial: string; points: Point[] };
}

/** Milliseconds since some moment. */
export type Clock = () => number;

/** Events of a first try. A run that needs more is begun again with more, as long as there is time for it. */
const FIRST_TRY = 1_000_000;
const MOST_EVENTS = 200_000_000;

/** Time that may be used, and runs made within it. */
class Budget {
  readonly #clock: Clock;
  readonly #until: number;
  #tried = FIRST_TRY;

  constructor(seconds: number, clock: Clock) {
    this.#clock = clock;
    this.#until = clock() + seconds * 1000;
  }

  get isSpent(): boolean {
    return this.#clock() >= this.#until;
  }

  /**
   * One run, and whether it was cut short because there is no time for the whole of it.
   * Nothing inside a run may look at a clock, so it is bounded by events, of which it gets as many as the time will bear.
   */
  run(scenario: Scenario, options: SimulateOptions): { run: JudgedRun; cut: boolean } {
    const most = options.maxEvents ?? MOST_EVENTS;
    for (;;) {
      const began = this.#clock();
      const tried = Math.min(most, this.#tried);
      const run = simulateJudged(scenario, { ...options, maxEvents: tried });
      if (run.ended !== 'event-bound' || tried >= most) return { run, cut: false };
      const now = this.#clock();
      const affordable = (tried / Math.max(1, now - began)) * (this.#until - now) * 0.8;
      const next = Math.min(most, tried * 8, Math.floor(affordable));
      if (next < tried * 1.5 && next < most) return { run, cut: true };
      this.#tried = next;
    }
  }
}

/** All runs of one setting. */
interface Bunch {
  runs: number;
  digest: string;
  ended: Run['ended'];
  events: number;
  measures: Record<string, Measured>;
  ledger: Answer['ledger'];
  stopped: string | null;
}

function runBunch(scenario: Scenario, options: SimulateOptions, replications: number, budget: Budget): Bunch {
  const gathering = new Gathering();
  let first: JudgedRun | null = null;
  let runs = 0;
  let ended: Run['ended'] = 'horizon';
  let stopped: string | null = null;
  const sum = { made: 0, answered: 0, failed: 0, inside: 0 };
  let conserves = true;
  const little: Record<string, boolean> = {};
  for (let replication = 0; replication < replications; replication++) {
    if (replication > 0 && budget.isSpent) {
      stopped = `time was up after ${runs} of ${replications} runs`;
      break;
    }
    const { run, cut } = budget.run(scenario, { ...options, replication });
    if (cut) {
      stopped =
        replication === 0
          ? `time was up after ${run.events} events, at ${run.endedAt / run.time.ticks} of ${run.horizon / run.time.ticks} ${run.time.unit}`
          : `time was up after ${runs} of ${replications} runs`;
      // a part of a run is shown where there is nothing else, but never mixed with whole ones
      if (replication > 0) break;
    }
    runs++;
    gathering.add(run);
    first ??= run;
    if (run.ended !== 'horizon') ended = run.ended;
    for (const name of ['made', 'answered', 'failed', 'inside'] as const) sum[name] += run.ledger[name];
    conserves &&= run.ledger.conserves;
    for (const [part, { holds }] of Object.entries(run.ledger.little)) little[part] = (little[part] ?? true) && holds;
    if (cut) break;
  }
  const gathered = gathering.read();
  const estimates = runs === 1 ? first!.measures : gathered.measures;
  const measures: Record<string, Measured> = {};
  for (const [name, { value, halfWidth, enough, samples }] of Object.entries(estimates)) {
    const isBand = value !== null && halfWidth !== null;
    measures[name] = {
      value,
      halfWidth,
      low: isBand ? value - halfWidth : null,
      high: isBand ? value + halfWidth : null,
      enough,
      samples,
      unit: gathered.units[name]!,
    };
  }
  return {
    runs,
    digest: runs === 1 ? first!.digest : gathered.digest,
    ended,
    events: gathered.events,
    measures,
    ledger: { ...sum, conserves, little },
    stopped,
  };
}

/** Closed forms of a setting by the measures they stand beside; none where somebody breaks something. */
function theoryBeside(scenario: Scenario, inputs: Input[], measures: Iterable<string>): Record<string, number> {
  const found: Record<string, number> = {};
  if (inputs.length > 0) return found;
  for (const measure of measures) {
    const value = theory.closedFormOf(measure, scenario);
    if (value !== null && Number.isFinite(value)) found[measure] = value;
  }
  return found;
}

/** Refuses what the scenario does not have, with the name that may have been meant. */
function checkNames(scenario: Scenario, plan: RunPlan): void {
  const known = (what: string, asked: string, names: string[]): void => {
    if (names.includes(asked)) return;
    const none = names.length === 0 ? ` ${scenario.id} has none.` : suggestion(asked, names);
    throw new Complaint(`${plan.file}: there is no ${what} ${quoted(asked)}.${none}`);
  };
  const ids = (things: { id: string }[]) => things.map(({ id }) => id);
  if (plan.design !== undefined) known('design', plan.design, ids(scenario.designs));
  for (const dial of Object.keys(plan.dials)) known('dial', dial, ids(scenario.dials));
  if (plan.sweep !== undefined) known('dial', plan.sweep.dial, ids(scenario.dials));
  for (const { fault } of plan.inputs) known('fault', fault, ids(scenario.faults));
  const horizon = plan.horizon ?? scenario.horizon;
  if (plan.until !== undefined && plan.until > horizon)
    throw new Complaint(`--until ${plan.until} is after the end of the run, ${horizon}; --horizon makes a run longer.`);
}

/**
 * Runs a plan.
 * @param clock bounds the time; what is measured does not depend on it unless time runs out.
 * @throws Complaint when the scenario does not have what the plan asks for.
 */
export function runPlan(scenario: Scenario, plan: RunPlan, clock: Clock): Answer {
  checkNames(scenario, plan);
  try {
    return runChecked(scenario, plan, clock);
  } catch (error) {
    if (error instanceof ScenarioError) throw complaintOf(error, plan.file);
    throw error;
  }
}

function optionsOf(plan: RunPlan): SimulateOptions {
  const { design, dials, inputs, seed, until, horizon, maxEvents } = plan;
  return { design, dials, inputs, seed, until, horizon, maxEvents };
}

function runChecked(scenario: Scenario, plan: RunPlan, clock: Clock): Answer {
  const options = optionsOf(plan);
  const applied = applySetting(scenario, plan);
  // without an event no time passes, but every measure has its name
  const names = Object.keys(simulate(scenario, { ...options, maxEvents: 0 }).measures);
  for (const measure of plan.measures)
    if (!names.includes(measure))
      throw new Complaint(`${plan.file}: there is no measure ${quoted(measure)}.${suggestion(measure, names)}`);
  const wanted = plan.measures.length > 0 ? plan.measures : names;
  const pick = (measures: Record<string, Measured>) =>
    Object.fromEntries(wanted.map((name) => [name, measures[name]!] as const));

  const sweep = plan.sweep;
  const dial = sweep && scenario.dials.find(({ id }) => id === sweep.dial)!;
  const xs = sweep && dial ? valuesOf(sweep, dial.step) : [];
  if (dial && (xs[0]! < dial.min || xs.at(-1)! > dial.max))
    throw new Complaint(
      `--sweep ${dial.id}: ${xs[0]} to ${xs.at(-1)} leaves the dial, which goes from ${dial.min} to ${dial.max}.`,
    );

  const budget = new Budget(plan.seconds, clock);
  const bunch = runBunch(scenario, options, plan.replications, budget);
  let { stopped } = bunch;
  const points: Point[] = [];
  for (const x of xs) {
    if (stopped !== null || budget.isSpent) {
      stopped ??= `time was up after ${points.length} of ${xs.length} points of the sweep`;
      break;
    }
    const dials = { ...plan.dials, [dial!.id]: x };
    const at = runBunch(scenario, { ...options, dials }, plan.replications, budget);
    if (at.stopped !== null) {
      stopped = `time was up after ${points.length} of ${xs.length} points of the sweep`;
      break;
    }
    const setting = applySetting(scenario, { ...plan, dials });
    points.push({
      x,
      replications: at.runs,
      digest: at.digest,
      events: at.events,
      measures: pick(at.measures),
      theory: theoryBeside(setting.scenario, setting.inputs, wanted),
    });
  }

  const { unit } = applied.scenario.time;
  const { warmUp, horizon } = applied.scenario;
  return {
    engine: engineVersion,
    scenario: scenario.id,
    design: applied.design,
    dials: applied.dials,
    inputs: applied.inputs,
    seed: plan.seed ?? applied.scenario.seed,
    replications: bunch.runs,
    time: { unit, warmUp, horizon, until: plan.until ?? horizon },
    digest: bunch.digest,
    ended: bunch.ended,
    stopped,
    events: bunch.events + points.reduce((all, point) => all + point.events, 0),
    measures: pick(bunch.measures),
    ledger: bunch.ledger,
    theory: theoryBeside(applied.scenario, applied.inputs, wanted),
    ...(dial === undefined ? {} : { sweep: { dial: dial.id, points } }),
  };
}

/** The first run of a plan with all that happened in it; it is stopped where the answer's own run was. */
export function traceOf(scenario: Scenario, plan: RunPlan, answer: Answer): Run {
  const maxEvents = Math.min(plan.maxEvents ?? MOST_EVENTS, answer.events);
  return simulate(scenario, { ...optionsOf(plan), maxEvents, record: 'trace' });
}

/** A traced run as JSON: columns become lists, and a mean over no requests (NaN) becomes null. */
export function traceText(run: Run): string {
  return `${JSON.stringify(run, (_key, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value))}\n`;
}
