/** From a run with its trace to what the page shows of it beside the moving requests. */
import type { Run, Scenario } from '../../../simulations/index.ts';
import { arguing } from '../../core/course/arguments.ts';
import { chartOf, firstCharts, type Chart } from '../../core/playback/charts.ts';
import { curvesOf } from '../../core/playback/curves.ts';
import { stepsOf, valueAfter, type Values } from '../../core/playback/dial-values.ts';
import { faultSpans, type FrameReader, type Knowledge } from '../../core/playback/frame.ts';
import { isOverloaded } from '../../core/playback/sentences.ts';
import type { Reading } from './prepared.ts';

/** Ids of the faults that stop a part, and the action itself, which is how chaos marks them: what a reader of frames has to be told. */
export const stopsOf = (scenario: Pick<Scenario, 'faults'>): string[] => [
  ...scenario.faults.filter((fault) => fault.action === 'pause').map((fault) => fault.id),
  ...(scenario.faults.some((fault) => fault.id === 'pause') ? [] : ['pause']),
];

/** Faults of a link while which nothing gets through. */
const CUTS = ['partition', 'refuse'];
/** Faults of a part that strike the one instance they name. */
const STRIKES_ONE = ['crash', 'slow-instance'];
/** Faults that take down what they strike. */
const KILLS = ['crash', 'down'];

/** Kinds of parts that are people: of these the drawing shows for how much they wait at others. */
const PEOPLE = ['team', 'release', 'organisation', 'landscape', 'changes'];

/** What a reader of frames has to be told of a scenario. Chaos marks its faults by the action and not by an id. */
export function knowledgeOf(
  scenario: Pick<Scenario, 'faults' | 'parts'> & Partial<Pick<Scenario, 'family'>>,
): Knowledge {
  const having = (actions: readonly string[]): string[] => [
    ...scenario.faults.filter((fault) => actions.includes(fault.action)).map((fault) => fault.id),
    ...actions,
  ];
  return {
    stops: stopsOf(scenario),
    cuts: having(CUTS),
    strikesOne: having(STRIKES_ONE),
    kills: having(KILLS),
    ...(scenario.family === arguing && {
      waits: Object.keys(scenario.parts).filter((id) => PEOPLE.includes(scenario.parts[id]!.kind)),
    }),
    kinds: Object.fromEntries(Object.entries(scenario.parts).map(([id, { kind }]) => [id, kind])),
  };
}

/** The parts whose readings the scenario wants drawn, in the order in which it names them. */
function partsShown(run: Run, scenario: Pick<Scenario, 'show'>): string[] {
  const named = (scenario.show?.series ?? []).map((name) => name.split('.')[0]!);
  return [...new Set(named)].filter((part) => run.trace!.parts.includes(part));
}

/** The run with its trace behind a reading, for what is only read when it is asked for. The first reading of a page has none. */
const runs = new WeakMap<Reading, Run>();
export const runBehind = (reading: Reading): Run | null => runs.get(reading) ?? null;

/** A chart of a reading, one that came with it or any other; null where there is none. */
export function chartIn(reading: Reading, id: string): Chart | null {
  const run = runBehind(reading);
  return reading.charts.find((chart) => chart.id === id) ?? (run === null ? null : chartOf(run, id));
}

export function readingOf(
  run: Run,
  scenario: Pick<Scenario, 'show'>,
  theory: Record<string, number>,
  room: number,
): Reading {
  const { trace, ...summary } = run;
  const parts = partsShown(run, scenario);
  const reading: Reading = {
    run: summary,
    parts: trace!.parts,
    curves: parts.map((part) => curvesOf(run, part, room)),
    charts: firstCharts(run, scenario.show?.series ?? []).flatMap((id) => chartOf(run, id, room) ?? []),
    marks: trace!.marks,
    faults: faultSpans(trace!.marks),
    theory,
    window: trace!.windows.ticks,
    isSampled: trace!.sampled,
    overloaded: parts.filter((part) => isOverloaded(run, part)),
  };
  runs.set(reading, run);
  return reading;
}

/** A moment worth a first look: after the warm-up, when somebody has to wait. */
export function tellingMoment(reader: FrameReader, from: number): number {
  const { run } = reader;
  const hops = run.trace!.hops;
  for (let row = 0; row < hops.count; row += 1) {
    const at = hops.arrivedAt[row]!;
    if (at < from || at > run.endedAt * 0.9) continue;
    const frame = reader.at(at);
    const waiting = Object.values(frame.parts).some((part) => part.queue.length >= 4);
    if (waiting && frame.travelling.length > 0) return at;
  }
  // Where nobody ever has to wait, at least something has begun.
  return Math.min(Math.max(from, Math.round(run.endedAt / 10)), run.endedAt);
}

/** The settings of a swept dial, coarse first, so that a curve can be seen before it is whole. */
export function sweepPlan(dial: Values, points = 24): number[] {
  const steps = stepsOf(dial);
  const count = Math.min(points, steps);
  const even = Array.from({ length: count + 1 }, (_, each) => valueAfter(dial, Math.round((each * steps) / count)));
  const order: number[] = [];
  for (let stride = 8; stride >= 1; stride /= 2) {
    for (let each = 0; each < even.length; each += stride) if (!order.includes(even[each]!)) order.push(even[each]!);
  }
  return order;
}

/** Replications per point of a curve: enough for an interval, few enough to follow a finger. */
export const REPLICATIONS = 5;
