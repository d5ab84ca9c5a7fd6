/**
 * Runs a plan: replications one by one and points of a sweep one by one, so that it can stop between two when its time
 * is up. What comes out is the answer that `--json` prints; it holds no clock, so the same question gives the same bytes.
 */
import {
  applySetting,
  attributeFactors,
  engineVersion,
  factorOf,
  Gathering,
  PairedGathering,
  ScenarioError,
  simulate,
  simulateJudged,
  theory,
  type Attribution,
  type Input,
  type JudgedRun,
  type Ledger,
  type MeasureUnit,
  type PairedDifference,
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

/** One design of a comparison: what it measured by itself, and how that differs from the first design. */
export interface ComparedDesign {
  design: string;
  digest: string;
  measures: Record<string, Measured>;
  /** By measure, as pairs of runs with the same luck; null for the first design. */
  differences: Record<string, PairedDifference> | null;
}

/** What `--json` prints. Fields are added to it, never renamed. */
export interface Answer {
  engine: string;
  scenario: string;
  design: string;
  dials: Record<string, number>;
  /** Dials that turn nothing in this design; when several were compared, in none of them. */
  idleDials: string[];
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
  /** Why requests failed and who dropped them, in all runs together; most frequent first. */
  failures: Run['failures'];
  /** By part: the share of the time with 0, 1, 2, … requests inside, over all runs; the last of 256 holds all above. */
  timeShares: Record<string, number[]>;
  /** Present with `--compare`: the designs in the order in which they were named. The rest of the answer is of the first. */
  compare?: { designs: ComparedDesign[] };
  sweep?: { dial: string; points: Point[] };
}

/** What `--factors` prints as JSON. Fields are added to it, never renamed. */
export interface FactorAnswer {
  engine: string;
  scenario: string;
  design: string;
  dials: Record<string, number>;
  seed: number;
  /** The dials that were taken apart, each with where it stood low and high. */
  factors: { dial: string; low: number; high: number }[];
  replications: number;
  stopped: string | null;
  outcomes: Attribution[];
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
  failures: Run['failures'];
  timeShares: Record<string, number[]>;
  stopped: string | null;
}

/** Takes in the runs of one setting, and reads them together. */
class Bunching {
  #gathering = new Gathering();
  #first: JudgedRun | null = null;
  #ended: Run['ended'] = 'horizon';
  #sum = { made: 0, answered: 0, failed: 0, inside: 0 };
  #conserves = true;
  #little: Record<string, boolean> = {};
  #failures = new Map<string, Run['failures'][number]>();
  #timeShares: Record<string, number[]> = {};
  runs = 0;

  add(run: JudgedRun): void {
    this.runs++;
    this.#gathering.add(run);
    this.#first ??= run;
    if (run.ended !== 'horizon') this.#ended = run.ended;
    for (const name of ['made', 'answered', 'failed', 'inside'] as const) this.#sum[name] += run.ledger[name];
    this.#conserves &&= run.ledger.conserves;
    for (const [part, { holds }] of Object.entries(run.ledger.little))
      this.#little[part] = (this.#little[part] ?? true) && holds;
    for (const { reason, by, source, count } of run.failures) {
      const name = `${reason} ${by} ${source}`;
      const before = this.#failures.get(name)?.count ?? 0;
      this.#failures.set(name, { reason, by, source, count: before + count });
    }
    for (const [name, shares] of Object.entries(run.timeShares)) {
      const sums = (this.#timeShares[name] ??= []);
      for (const [inside, share] of shares.entries()) sums[inside] = (sums[inside] ?? 0) + share;
    }
  }

  read(stopped: string | null): Bunch {
    const gathered = this.#gathering.read();
    const isOne = this.runs === 1;
    return {
      runs: this.runs,
      digest: isOne ? this.#first!.digest : gathered.digest,
      ended: this.#ended,
      events: gathered.events,
      measures: measuredOf(isOne ? this.#first!.measures : gathered.measures, gathered.units),
      ledger: { ...this.#sum, conserves: this.#conserves, little: this.#little },
      failures: [...this.#failures.values()].toSorted((a, b) => b.count - a.count),
      timeShares: Object.fromEntries(
        Object.entries(this.#timeShares).map(([name, sums]) => [name, sums.map((sum) => sum / this.runs)]),
      ),
      stopped,
    };
  }
}

function measuredOf(estimates: Run['measures'], units: Run['units']): Record<string, Measured> {
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
      unit: units[name]!,
    };
  }
  return measures;
}

function runBunch(scenario: Scenario, options: SimulateOptions, replications: number, budget: Budget): Bunch {
  const bunching = new Bunching();
  let stopped: string | null = null;
  for (let replication = 0; replication < replications; replication++) {
    if (replication > 0 && budget.isSpent) {
      stopped = `time was up after ${bunching.runs} of ${replications} runs`;
      break;
    }
    const { run, cut } = budget.run(scenario, { ...options, replication });
    if (cut) {
      stopped =
        replication === 0
          ? `time was up after ${run.events} events, at ${run.endedAt / run.time.ticks} of ${run.horizon / run.time.ticks} ${run.time.unit}`
          : `time was up after ${bunching.runs} of ${replications} runs`;
      // a part of a run is shown where there is nothing else, but never mixed with whole ones
      if (replication > 0) break;
    }
    bunching.add(run);
    if (cut) break;
  }
  return bunching.read(stopped);
}

/** The designs of a comparison, replication by replication: only whole replications, of all designs, are compared. */
function runCompared(
  scenario: Scenario,
  options: SimulateOptions,
  { compare, replications }: RunPlan,
  wanted: string[],
  budget: Budget,
): { bunch: Bunch; designs: ComparedDesign[]; events: number } {
  const bunchings = compare.map(() => new Bunching());
  const pairs = new PairedGathering(compare.length, wanted);
  let stopped: string | null = null;
  for (let replication = 0; replication < replications && stopped === null; replication++) {
    const runs: JudgedRun[] = [];
    for (const design of compare) {
      const isUp = replication > 0 && budget.isSpent;
      const { run, cut } = isUp ? { run: null, cut: true } : budget.run(scenario, { ...options, design, replication });
      if (cut) stopped = `time was up after ${replication} of ${replications} runs of each design`;
      if (run === null || (cut && replication > 0)) break;
      runs.push(run);
    }
    if (runs.length < compare.length) break;
    for (const [i, run] of runs.entries()) bunchings[i]!.add(run);
    pairs.add(runs);
  }
  const bunches = bunchings.map((bunching) => bunching.read(stopped));
  const { differences } = pairs.read();
  const designs = compare.map((design, i): ComparedDesign => {
    const { digest, measures } = bunches[i]!;
    return { design, digest, measures, differences: i === 0 ? null : differences[i - 1]! };
  });
  return { bunch: bunches[0]!, designs, events: bunches.reduce((sum, { events }) => sum + events, 0) };
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
  for (const design of plan.compare) known('design', design, ids(scenario.designs));
  for (const dial of [...Object.keys(plan.dials), ...plan.factors]) known('dial', dial, ids(scenario.dials));
  if (plan.sweep !== undefined) known('dial', plan.sweep.dial, ids(scenario.dials));
  for (const input of plan.inputs)
    if ('dial' in input) known('dial', input.dial, ids(scenario.dials));
    else known('fault', 'fault' in input ? input.fault : input.mend, ids(scenario.faults));
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

/** The design that the answer is of; the first of those that are compared. */
const designOf = ({ design, compare }: RunPlan): string | undefined => compare[0] ?? design;

function optionsOf(plan: RunPlan): SimulateOptions {
  const { dials, inputs, seed, until, horizon, maxEvents } = plan;
  return { design: designOf(plan), dials, inputs, seed, until, horizon, maxEvents };
}

function runChecked(scenario: Scenario, plan: RunPlan, clock: Clock): Answer {
  const options = optionsOf(plan);
  const chosen = { ...plan, design: designOf(plan) };
  const applied = applySetting(scenario, chosen);
  // without an event no time passes, but every measure has its name
  const namesOf = (design: string | undefined) =>
    Object.keys(simulate(scenario, { ...options, design, maxEvents: 0 }).measures);
  const names = plan.compare.length > 0 ? [...new Set(plan.compare.flatMap(namesOf))] : namesOf(plan.design);
  for (const measure of plan.measures)
    if (!names.includes(measure))
      throw new Complaint(`${plan.file}: there is no measure ${quoted(measure)}.${suggestion(measure, names)}`);
  const wanted = plan.measures.length > 0 ? plan.measures : names;
  const pick = (measures: Record<string, Measured>) =>
    Object.fromEntries(wanted.flatMap((name) => (measures[name] === undefined ? [] : [[name, measures[name]]])));

  const sweep = plan.sweep;
  const dial = sweep && scenario.dials.find(({ id }) => id === sweep.dial)!;
  const xs = sweep && dial ? valuesOf(sweep, dial.step) : [];
  if (dial && (xs[0]! < dial.min || xs.at(-1)! > dial.max))
    throw new Complaint(
      `--sweep ${dial.id}: ${xs[0]} to ${xs.at(-1)} leaves the dial, which goes from ${dial.min} to ${dial.max}.`,
    );

  const budget = new Budget(plan.seconds, clock);
  const compared = plan.compare.length > 0 ? runCompared(scenario, options, plan, wanted, budget) : null;
  const bunch = compared?.bunch ?? runBunch(scenario, options, plan.replications, budget);
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
    const setting = applySetting(scenario, { ...chosen, dials });
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
    idleDials: idleIn(scenario, plan),
    inputs: applied.inputs,
    seed: plan.seed ?? applied.scenario.seed,
    replications: bunch.runs,
    time: { unit, warmUp, horizon, until: plan.until ?? horizon },
    digest: bunch.digest,
    ended: bunch.ended,
    stopped,
    events: (compared?.events ?? bunch.events) + points.reduce((all, point) => all + point.events, 0),
    measures: pick(bunch.measures),
    ledger: bunch.ledger,
    theory: theoryBeside(applied.scenario, applied.inputs, wanted),
    failures: bunch.failures,
    timeShares: bunch.timeShares,
    ...(compared === null
      ? {}
      : { compare: { designs: compared.designs.map((one) => ({ ...one, measures: pick(one.measures) })) } }),
    ...(dial === undefined ? {} : { sweep: { dial: dial.id, points } }),
  };
}

function idleIn(scenario: Scenario, plan: RunPlan): string[] {
  const designs = plan.compare.length > 0 ? plan.compare : [designOf(plan)];
  const idle = designs.map((design) => applySetting(scenario, { ...plan, design }).idleDials);
  return idle[0]!.filter((dial) => idle.every((those) => those.includes(dial)));
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

/**
 * Takes the outcomes of a scenario apart to the dials of `--factors`, each between its two ends.
 * @throws Complaint when the scenario does not have what the plan asks for.
 */
export function runFactors(scenario: Scenario, plan: RunPlan, clock: Clock): FactorAnswer {
  checkNames(scenario, plan);
  const measures = plan.measures.length > 0 ? plan.measures : (scenario.show?.measures ?? []);
  if (measures.length === 0) throw new Complaint(`${plan.file}: which outcome? --measure NAME names one.`);
  const factors = plan.factors.map((dial) => factorOf(scenario, dial));
  const chosen = { design: plan.design, dials: plan.dials };
  const until = clock() + plan.seconds * 1000;
  try {
    const { design, dials, scenario: applied } = applySetting(scenario, chosen);
    const outcomes = attributeFactors(scenario, {
      factors,
      measures,
      replications: plan.replications,
      seed: plan.seed,
      maxEvents: plan.maxEvents,
      at: chosen,
      isOver: () => clock() >= until,
    });
    const made = outcomes[0]!.runs;
    return {
      engine: engineVersion,
      scenario: scenario.id,
      design,
      dials: Object.fromEntries(Object.entries(dials).filter(([dial]) => !plan.factors.includes(dial))),
      seed: plan.seed ?? applied.seed,
      factors,
      replications: made,
      stopped:
        made < plan.replications ? `time was up after ${made} of ${plan.replications} runs of each mixture` : null,
      outcomes,
    };
  } catch (error) {
    if (error instanceof ScenarioError) throw complaintOf(error, plan.file);
    throw error;
  }
}
