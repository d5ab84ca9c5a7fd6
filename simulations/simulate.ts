/** One run: builds the parts of a scenario on the engine, lets it go, and reads the result off. */
import { sampler } from './distributions/index.ts';
import { Machine } from './engine/machine.ts';
import type { Level } from './engine/monitor.ts';
import type { Input, MeasureUnit, Run } from './engine/run.ts';
import type { JudgedEstimate } from './engine/statistics.ts';
import { engineVersion } from './engine/version.ts';
import { kinds } from './parts/index.ts';
import { applySetting, parseScenario, ScenarioError } from './settings.ts';
import type { Scenario, ScenarioSource } from './scenario.ts';

export interface SimulateOptions {
  /** Id of the design; the first when left out. */
  design?: string | undefined;
  /** Dials that are not at their start. */
  dials?: Record<string, number> | undefined;
  /** What the reader did, besides what the scenario itself plans. */
  inputs?: Input[] | undefined;
  /** 0 to 2^32 − 1; the scenario's own when left out. */
  seed?: number | undefined;
  /** Which repetition under that seed, from 0. */
  replication?: number | undefined;
  /** Stop here instead of at the horizon, in units of time: the state is then the state at that moment (rule S1). */
  until?: number | undefined;
  /** A longer or shorter run than the scenario plans, in units of time. */
  horizon?: number | undefined;
  /** `trace` keeps hops, windows and marks; `measures` (the default) only counts. */
  record?: 'trace' | 'measures' | undefined;
  /** Entries of the calendar after which the run is stopped; the machine's own bound when left out. */
  maxEvents?: number | undefined;
}

/** Windows that a traced run is cut into. */
const WINDOWS = 300;

const checked = new WeakSet<object>();

/** Checks a scenario once: what `parseScenario` made is not checked again. */
export function ready(scenario: ScenarioSource | Scenario): Scenario {
  if (checked.has(scenario)) return scenario as Scenario;
  const parsed = parseScenario(scenario);
  checked.add(parsed);
  return parsed;
}

/**
 * Runs a scenario. The same scenario, options and engine version give the same run on every machine (rule R1).
 * @throws ScenarioError when the scenario or the options cannot run.
 */
export function simulate(source: ScenarioSource | Scenario, options: SimulateOptions = {}): Run {
  const judged = simulateJudged(source, options);
  return { ...judged, measures: plain(judged.measures) };
}

/** Estimates without what only pooling needs. */
export function plain(measures: Record<string, JudgedEstimate>): Run['measures'] {
  const result: Run['measures'] = {};
  for (const [name, { value, halfWidth, enough, samples }] of Object.entries(measures))
    result[name] = { value, halfWidth, enough, samples };
  return result;
}

export interface JudgedRun extends Run {
  measures: Record<string, JudgedEstimate>;
  units: Record<string, MeasureUnit>;
}

/** As `simulate`, with estimates that can be pooled over replications. */
export function simulateJudged(source: ScenarioSource | Scenario, options: SimulateOptions): JudgedRun {
  const given = ready(source);
  const { scenario, design, dials, inputs } = applySetting(given, options);
  const { ticks } = scenario.time;
  const inTicks = (time: number) => Math.round(time * ticks);
  const seed = options.seed ?? scenario.seed;
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff))
    throw new ScenarioError([
      { path: 'seed', message: `${seed} is no seed`, expected: 'a whole number from 0 to 4294967295' },
    ]);
  const horizon = inTicks(scenario.horizon);
  const until = Math.min(horizon, options.until === undefined ? horizon : Math.max(0, inTicks(options.until)));
  const machine = new Machine({
    seed,
    replication: options.replication ?? 0,
    horizon,
    warmUp: inTicks(scenario.warmUp),
    ticks,
    record: options.record ?? 'measures',
    windows: WINDOWS,
    maxEvents: options.maxEvents ?? Infinity,
  });

  const rows = new Map(Object.keys(scenario.parts).map((id) => [id, machine.reserve(id)]));
  const books = new Map<string, Level>();
  for (const [id, settings] of Object.entries(scenario.parts)) {
    const row = rows.get(id)!;
    const site = { machine, id, row, ticks, books: (level: Level) => void books.set(id, level) };
    machine.place(row, kinds.get(settings.kind)!.build(settings as never, site));
  }
  for (const { from, to, latency } of scenario.links) {
    if (typeof latency === 'number' || latency.law === 'constant') {
      machine.join(rows.get(from)!, rows.get(to)!, {
        constant: inTicks(typeof latency === 'number' ? latency : latency.mean),
      });
    } else {
      const draw = sampler(latency, machine.stream(`${from}>${to}`, 'latency'));
      machine.join(rows.get(from)!, rows.get(to)!, { draw: (request, index) => inTicks(draw(request, index)) });
    }
  }
  plan(machine, scenario, inputs, inTicks, rows);

  const ended = machine.run(until);
  const { measures, units } = machine.monitor.measures(machine.now);
  const ledger = machine.ledger(books);
  const state = machine.states();
  const trace = machine.tracePart();
  return {
    engine: engineVersion,
    scenario: scenario.id,
    design,
    dials,
    inputs,
    seed,
    replication: options.replication ?? 0,
    time: { unit: scenario.time.unit, ticks },
    horizon,
    endedAt: machine.now,
    ended,
    events: machine.calendar.taken,
    digest: machine.digest(),
    measures,
    units,
    timeShares: machine.monitor.timeShares(),
    ledger,
    state,
    ...(trace === undefined ? {} : { trace }),
  };
}

/** Puts the faults into the calendar, in the order of their times, so that a later one never moves an earlier one. */
function plan(
  machine: Machine,
  scenario: Scenario,
  inputs: Input[],
  inTicks: (time: number) => number,
  rows: Map<string, number>,
): void {
  const faults = inputs.map((input) => {
    const fault = scenario.faults.find(({ id }) => id === input.fault)!;
    return { fault, at: inTicks(input.at), ends: inTicks(input.at + (input.duration ?? fault.duration)) };
  });
  const turn = machine.on((index, begins) => {
    const { fault } = faults[index]!;
    machine.fault(rows.get(fault.part)!, fault.action, begins === 1, fault.amount ?? 1, fault.instance);
    machine.trace?.mark({
      at: machine.now,
      part: fault.part,
      kind: begins === 1 ? 'fault-begins' : 'fault-ends',
      detail: fault.id,
      instance: fault.instance,
    });
  });
  for (const [index, { at, ends }] of faults.entries()) {
    machine.calendar.at(at, turn, index, 1);
    machine.calendar.at(ends, turn, index, 0);
  }
}
