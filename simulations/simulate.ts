/** One run: builds the parts of a scenario on the engine, lets it go, and reads the result off. */
import { isConstant, meanOf } from './distributions/index.ts';
import { stream } from './engine/draws.ts';
import { Machine, type RequestClass } from './engine/machine.ts';
import type { Level } from './engine/monitor.ts';
import { failureReasons, type FailureReason, type Input, type MeasureUnit, type Run } from './engine/run.ts';
import type { JudgedEstimate } from './engine/statistics.ts';
import { engineVersion } from './engine/version.ts';
import { CallPolicy } from './links/policy.ts';
import { hasPolicy, linkReasons, type LinkSettings } from './links/settings.ts';
import { Transport } from './links/transport.ts';
import { kinds } from './parts/known.ts';
import type { Site } from './parts/kind.ts';
import { applySetting, parseScenario, placesOf, ScenarioError } from './settings.ts';
import type { Scenario, ScenarioSource } from './scenario.ts';

export interface SimulateOptions {
  /** Id of the design; the first when left out. */
  design?: string | undefined;
  /** Dials that are not at their start. */
  dials?: Record<string, number> | undefined;
  /** What was written, by the names of the scenario's texts. */
  texts?: Record<string, string> | undefined;
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
  const { scenario, design, dials, idleDials, inputs } = applySetting(given, options);
  const { ticks } = scenario.time;
  const inTicks = (time: number) => Math.round(time * ticks);
  const seed = options.seed ?? scenario.seed;
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff))
    throw new ScenarioError([
      { path: 'seed', message: `${seed} is no seed`, expected: 'a whole number from 0 to 4294967295' },
    ]);
  const horizon = inTicks(scenario.horizon);
  const until = Math.min(horizon, options.until === undefined ? horizon : Math.max(0, inTicks(options.until)));
  const replication = options.replication ?? 0;
  const ids = Object.keys(scenario.parts);
  const classes = ids.flatMap((id, row): RequestClass[] => {
    const settings = scenario.parts[id]!;
    const site = {
      id,
      row,
      ticks,
      stream: (part: string, purpose: string) => stream(seed, replication, part, purpose),
    };
    return kinds.get(settings.kind)!.classes?.(settings as never, site) ?? [];
  });
  const machine = new Machine({
    seed,
    replication,
    horizon,
    warmUp: inTicks(scenario.warmUp),
    ticks,
    record: options.record ?? 'measures',
    windows: WINDOWS,
    maxEvents: options.maxEvents ?? Infinity,
    classes,
  });

  const rows = new Map(ids.map((id) => [id, machine.reserve(id)]));
  const books = new Map<string, Level>();
  const reasons = reasonsOf(scenario);
  for (const [id, settings] of Object.entries(scenario.parts)) {
    const row = rows.get(id)!;
    const site: Site = {
      machine,
      id,
      row,
      ticks,
      reasons,
      books: (level) => void books.set(id, level),
      strikeAt: (other, action) => strikeOf(machine, rows, links, other, action),
    };
    machine.place(row, kinds.get(settings.kind)!.build(settings as never, site));
  }
  const touched = new Set([
    ...scenario.faults.map(({ part }) => part),
    ...Object.values(scenario.parts).flatMap((own) =>
      (kinds.get(own.kind)!.steers?.(own as never) ?? []).map(({ id }) => id),
    ),
    ...inputs
      .flatMap((input) => ('dial' in input ? placesOf(scenario.dials.find(({ id }) => id === input.dial)!) : []))
      .filter((place) => place.startsWith('links.'))
      .map((place) => linkId(scenario.links[Number(place.split('.')[1])]!)),
  ]);
  const links = new Map(
    scenario.links.map((link) => [linkId(link), join(machine, rows, link, ticks, touched.has(linkId(link)))]),
  );
  const { texts } = options;
  plan(machine, given, scenario, { design, dials, texts }, inputs, inTicks, rows, links);

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
    ...(texts === undefined ? {} : { texts }),
    idleDials,
    inputs,
    seed,
    replication,
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
    failures: machine.failures(),
    state,
    links: linkStates(machine, links),
    ...(trace === undefined ? {} : { trace }),
  };
}

const linkId = ({ from, to }: { from: string; to: string }): string => `${from}>${to}`;

/** What makes up a link in a run; either may be missing. */
interface OwnLink {
  transport: Transport | null;
  policy: CallPolicy | null;
}

/** @param isTouched whether a fault or a dial may change it in this run: then it cannot go by plain lanes. */
function join(
  machine: Machine,
  rows: Map<string, number>,
  link: LinkSettings,
  ticks: number,
  isTouched: boolean,
): OwnLink {
  const way = machine.way(rows.get(link.from)!, rows.get(link.to)!);
  const own = machine.wayAt(way);
  const { latency } = link;
  const constant = typeof latency === 'number' ? latency : isConstant(latency) ? meanOf(latency) : null;
  const isPlain =
    constant !== null && link.loss === 0 && link.bandwidth === null && link.retransmit === null && !isTouched;
  const transport = isPlain ? null : new Transport(machine, linkId(link), ticks, link);
  if (isPlain) machine.joinByLanes(way, Math.round(constant * ticks));
  else own.carrier = transport;
  const policy = hasPolicy(link) || isTouched ? new CallPolicy(machine, way, linkId(link), ticks, link) : null;
  own.policy = policy;
  return { transport, policy };
}

/** What breaks and mends a part or a link. */
function strikeOf(
  machine: Machine,
  rows: Map<string, number>,
  links: Map<string, OwnLink>,
  id: string,
  action: string,
): (begins: boolean, amount: number, instance: number) => void {
  const link = links.get(id);
  return link === undefined
    ? (begins, amount, instance) => machine.fault(rows.get(id)!, action, begins, amount, instance)
    : (begins, amount) => link.transport!.fault(action, begins, amount);
}

function linkStates(machine: Machine, links: Map<string, OwnLink>): Run['links'] {
  const states = machine.linkStates();
  for (const [id, { transport, policy }] of links)
    if (transport !== null)
      states[id] = { ...(policy?.state() ?? { underWay: 0, waiting: 0 }), isCut: transport.isCut };
  return states;
}

/** Every reason for which something in a scenario may fail, in the order of the closed list. */
function reasonsOf(scenario: Scenario): FailureReason[] {
  const may = new Set<FailureReason>();
  for (const settings of Object.values(scenario.parts))
    for (const reason of kinds.get(settings.kind)!.reasons(settings as never)) may.add(reason);
  for (const link of scenario.links) for (const reason of linkReasons(link)) may.add(reason);
  return failureReasons.filter((reason) => may.has(reason));
}

/** Puts what happens to the run into the calendar, in the order of its times, so that something later never moves something earlier. */
function plan(
  machine: Machine,
  given: Scenario,
  scenario: Scenario,
  chosen: { design: string; dials: Record<string, number>; texts: Record<string, string> | undefined },
  inputs: Input[],
  inTicks: (time: number) => number,
  rows: Map<string, number>,
  links: Map<string, OwnLink>,
): void {
  const faults = inputs.flatMap((input) => {
    if (!('fault' in input)) return [];
    const fault = scenario.faults.find(({ id }) => id === input.fault)!;
    return [
      { fault, at: inTicks(input.at), ends: inTicks(input.at + (input.duration ?? fault.duration)), isOn: false },
    ];
  });
  const turn = machine.on((index, begins) => {
    const own = faults[index]!;
    // mended before its time, it does not end twice
    if (own.isOn === (begins === 1)) return;
    own.isOn = begins === 1;
    const { fault } = own;
    strikeOf(machine, rows, links, fault.part, fault.action)(own.isOn, fault.amount ?? 1, fault.instance);
    machine.mark(fault.part, own.isOn ? 'fault-begins' : 'fault-ends', fault.id, fault.instance);
  });
  const mended = inputs.flatMap((input) => ('mend' in input ? [input.mend] : []));
  const mend = machine.on((which) => {
    for (const [index, { fault, isOn }] of faults.entries())
      if (isOn && fault.id === mended[which]) machine.calendar.at(machine.now, turn, index, 0);
  });
  const turned = dialTurns(given, chosen, inputs);
  const adopt = machine.on((which) => {
    const { before, after, dial, value } = turned[which]!;
    machine.mark('', 'dial', `${dial}=${value}`);
    for (const [id, settings] of Object.entries(after.parts))
      if (JSON.stringify(settings) !== JSON.stringify(before.parts[id]))
        machine.partAt(rows.get(id)!).adopt?.(settings as never);
    for (const [i, link] of after.links.entries()) {
      if (JSON.stringify(link) === JSON.stringify(before.links[i])) continue;
      const own = links.get(linkId(link))!;
      own.transport?.adopt(link);
      own.policy?.adopt(link);
    }
  });
  let fault = 0;
  let mending = 0;
  let turning = 0;
  for (const input of inputs) {
    if ('fault' in input) {
      const { at, ends } = faults[fault]!;
      machine.calendar.at(at, turn, fault, 1);
      machine.calendar.at(ends, turn, fault++, 0);
    } else if ('mend' in input) machine.calendar.at(inTicks(input.at), mend, mending++, 0);
    else
      machine.calendar.at(
        inTicks(input.at),
        adopt,
        turned.findIndex(({ place }) => place === turning),
        turning++,
      );
  }
}

/** What each turn of a dial makes of the scenario, in the order of their times. */
function dialTurns(
  given: Scenario,
  chosen: { design: string; dials: Record<string, number>; texts: Record<string, string> | undefined },
  inputs: Input[],
): { place: number; dial: string; value: number; before: Scenario; after: Scenario }[] {
  const turns = inputs
    .flatMap((input) => ('dial' in input ? [input] : []))
    .map((input, place) => ({ ...input, place }));
  const dials = { ...chosen.dials };
  let before = applySetting(given, { ...chosen, dials }).scenario;
  return turns
    .toSorted((a, b) => a.at - b.at || a.place - b.place)
    .map(({ dial, value, place }) => {
      dials[dial] = value;
      const { scenario: after } = applySetting(given, { ...chosen, dials: { ...dials } });
      const turned = { place, dial, value, before, after };
      before = after;
      return turned;
    });
}
