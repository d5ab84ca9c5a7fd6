/**
 * A number in the prose: what is asked of the machine, what it answers, and how the answer is printed.
 * It knows no tag, no file and no language's words; it formats numerals and leaves sentences to the views.
 */
import {
  applySetting,
  attributeFactors,
  factorOf,
  parseScenario,
  replicate,
  simulate,
  theory,
  type Attribution,
  type FaultInput,
  type MeasureUnit,
  type Run,
  type Scenario,
  type ScenarioSource,
} from '../../../simulations/index.ts';

/** What a `<Measured>`, `<Theory>`, `<Factors>` or `<Share>` asks. */
export interface Ask {
  /** `run` measures; `theory` evaluates a closed form; `factors` takes a measure apart over all mixtures of some dials. */
  of: 'run' | 'theory' | 'factors';
  scenario: string;
  /** A design's id; the scenario's first when empty. */
  design: string;
  dials: Record<string, number>;
  inputs: FaultInput[];
  /** Name of the measure, or of the closed form. */
  name: string;
  /** Divide by the same of this design; empty for none. */
  over: string;
  /** Divide by the value of this dial; empty for none. */
  per: string;
  /** How many runs; 1 is the very run that the page shows. */
  runs: number;
  /** Of `factors`: the dials whose mixtures are all run, each between its ends. */
  factors?: string[];
}

/** What came of it. Times are in the scenario's unit. */
export interface Answer {
  value: number;
  /** Half-width of the 95 percent interval; null where there is none. */
  halfWidth: number | null;
  /** False where the machine says that it has not enough data. */
  enough: boolean;
  unit: MeasureUnit;
  /** The unit of time that the scenario is written in. */
  timeUnit: string;
  runs: number;
  /** Of `factors`: what the value, a mean over all mixtures, hangs on. */
  attribution?: Pick<Attribution, 'effects' | 'rest' | 'total' | 'luck'>;
  /** The run that the link opens: the only one, or the first of them. */
  first: {
    design: string;
    dials: Record<string, number>;
    inputs: FaultInput[];
    seed: number;
    digest: string;
    engine: string;
  };
}

/** Runs what is asked when no `runs` is given. Enough for an interval, few enough for a build. */
export const usualRuns = 20;

/** The runs of one setting of a scenario: a table asks for several of their measures. */
interface Ran {
  first: Run;
  /** Measures over so many runs, by their number. */
  together: Map<number, ReturnType<typeof replicate>>;
}
const ranAt = new WeakMap<ScenarioSource, Map<string, Ran>>();
/** Settings of one scenario that are remembered at a time: as many as a lesson has. */
const REMEMBERED = 100;

function ranOf(source: ScenarioSource, scenario: Scenario, setting: ReturnType<typeof settingOf>): Ran {
  const known = ranAt.get(source) ?? new Map<string, Ran>();
  ranAt.set(source, known);
  const key = JSON.stringify(setting);
  let ran = known.get(key);
  if (ran === undefined) {
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value!);
    ran = { first: simulate(scenario, { ...setting, seed: scenario.seed }), together: new Map() };
    known.set(key, ran);
  }
  return ran;
}

/** Asks the machine. Throws a sentence that says what is wrong and what would be right. */
export function answer(source: ScenarioSource, ask: Ask): Answer {
  const scenario = parseScenario(source);
  const setting = settingOf(scenario, ask, ask.design);
  const ran = ranOf(source, scenario, setting);
  const { first } = ran;
  const divisor = ask.per === '' ? 1 : first.dials[ask.per];
  if (divisor === undefined)
    throw new Error(`there is no dial "${ask.per}"; the dials are ${Object.keys(first.dials).join(', ')}`);
  const link = {
    design: first.design,
    dials: first.dials,
    inputs: ask.inputs,
    seed: first.seed,
    digest: first.digest,
    engine: first.engine,
  };
  const common = { timeUnit: scenario.time.unit, runs: ask.of === 'theory' ? 0 : ask.runs, first: link };
  if (ask.of === 'factors') return { ...common, ...takenApart(scenario, ask) };
  if (ask.of === 'theory') {
    const value =
      closedForm(scenario, ask, ask.design) / divisor / (ask.over === '' ? 1 : closedForm(scenario, ask, ask.over));
    return {
      ...common,
      value,
      halfWidth: null,
      enough: true,
      unit: ask.over || ask.per ? 'number' : unitOfForm(ask.name),
    };
  }
  const unit = first.units[ask.name];
  if (!unit)
    throw new Error(
      `there is no measure "${ask.name}"; the measures are ${Object.keys(first.measures).sort().join(', ')}`,
    );
  const bare = ask.over || ask.per ? 'number' : unit;
  if (ask.over !== '') return { ...common, ...ratio(scenario, ask), unit: bare };
  if (ask.runs !== 1 && !ran.together.has(ask.runs))
    ran.together.set(ask.runs, replicate(scenario, { ...setting, seed: scenario.seed, replications: ask.runs }));
  const { measures } = ask.runs === 1 ? first : ran.together.get(ask.runs)!;
  const estimate = measures[ask.name];
  if (!estimate || estimate.value === null) throw new Error(`the run gives no value for "${ask.name}" at this setting`);
  return {
    ...common,
    value: estimate.value / divisor,
    halfWidth: estimate.halfWidth === null ? null : estimate.halfWidth / divisor,
    enough: estimate.enough,
    unit: bare,
  };
}

/** A measure over all mixtures of some dials. */
function takenApart(
  scenario: Scenario,
  ask: Ask,
): Pick<Answer, 'value' | 'halfWidth' | 'enough' | 'unit' | 'attribution'> {
  const [found] = attributeFactors(scenario, {
    factors: (ask.factors ?? []).map((dial) => factorOf(scenario, dial)),
    measures: [ask.name],
    replications: ask.runs,
    seed: scenario.seed,
    at: settingOf(scenario, ask, ask.design),
  });
  const { mean, unit, enough, effects, rest, total, luck } = found!;
  return { value: mean, halfWidth: null, enough, unit, attribution: { effects, rest, total, luck } };
}

function settingOf(
  scenario: Scenario,
  ask: Ask,
  design: string,
): { design?: string; dials: Record<string, number>; inputs: FaultInput[] } {
  const known = scenario.designs.map(({ id }) => id);
  if (design !== '' && !known.includes(design))
    throw new Error(`there is no design "${design}"; the designs are ${known.join(', ')}`);
  return { ...(design === '' ? {} : { design }), dials: ask.dials, inputs: ask.inputs };
}

function closedForm(scenario: Scenario, ask: Ask, design: string): number {
  const value = theory.closedForm(ask.name, applySetting(scenario, settingOf(scenario, ask, design)).scenario);
  if (value === null)
    throw new Error(
      `there is no closed form "${ask.name}" at this setting; closed forms are ${theory.closedForms.join(', ')}, each for Poisson traffic below full load`,
    );
  return value;
}

/** Closed forms of times have the names of the measures they predict. */
function unitOfForm(name: string): MeasureUnit {
  if (['response', 'wait', 'unhindered', 'missPenalty', 'slowest', 'departure'].includes(name)) return 'time';
  if (name === 'throughput' || name === 'mostThroughput') return 'rate';
  return name === 'load' || name === 'delayed' ? 'share' : 'count';
}

/**
 * The ratio of the means of two designs that met the same luck run by run. A mean of ratios would be pulled up by quiet runs,
 * so the interval is that of the ratio estimator (Student's t over a_i − r·b_i; Cochran, Sampling Techniques, chapter 6).
 */
function ratio(scenario: Scenario, ask: Ask): { value: number; halfWidth: number | null; enough: boolean } {
  const pairs = Array.from({ length: ask.runs }, (_, replication) =>
    [ask.design, ask.over].map((design) => {
      const run = simulate(scenario, { ...settingOf(scenario, ask, design), seed: scenario.seed, replication });
      const estimate = run.measures[ask.name];
      if (!estimate || estimate.value === null)
        throw new Error(`a run gives no value for "${ask.name}" at this setting`);
      return estimate.value;
    }),
  );
  const sum = (read: (pair: number[]) => number): number => pairs.reduce((total, pair) => total + read(pair), 0);
  const count = pairs.length;
  const below = sum(([, b]) => b!) / count;
  if (below === 0) throw new Error(`"${ask.name}" is nothing in "${ask.over}", so nothing can be divided by it`);
  const value = sum(([a]) => a!) / count / below;
  if (count < 2) return { value, halfWidth: null, enough: false };
  const variance = sum(([a, b]) => (a! - value * b!) ** 2) / (count - 1);
  const halfWidth = (studentT(count - 1) * Math.sqrt(variance / count)) / below;
  return { value, halfWidth, enough: halfWidth <= value / 2 };
}

/** The 97.5 percent point of Student's t, by the expansion of Cornish and Fisher: within 0.1 percent from 4 degrees on. */
function studentT(degrees: number): number {
  const z = 1.959963984540054;
  const g = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return g.reduce((sum, term, index) => sum + term / degrees ** (index + 1), z);
}

/** The units a tag may ask for; each is a message of its own in every language. */
export const printedUnits = [
  's',
  'ms',
  'us',
  'min',
  'h',
  'day',
  'week',
  'cycle',
  'per-second',
  'per-day',
  'per-week',
  'percent',
  'times',
  'count',
  'plain',
] as const;
export type PrintedUnit = (typeof printedUnits)[number];

export interface Printed {
  unit: PrintedUnit;
  /** The numerals of the value, of both ends of its interval and of its half-width, in the language's own style. */
  value: string;
  low: string | null;
  high: string | null;
  half: string | null;
}

/** How an answer is printed. Without `digits`, as many decimals as the interval supports (two figures of the half-width). */
export function print(given: Answer, options: { language: string; unit?: string; digits?: number }): Printed {
  const unit = unitFor(given, options.unit);
  const factor = factorFor(given, unit);
  const value = given.value * factor;
  // Where luck has no say all runs agree, and an interval of nought would only look like one.
  const isExact = given.halfWidth === null || given.halfWidth <= Math.abs(given.value) * 1e-9;
  const half = isExact ? null : given.halfWidth! * factor;
  const decimals = options.digits ?? decimalsFor(value, half);
  const format = new Intl.NumberFormat(options.language, {
    signDisplay: 'negative',
    // Trailing zeros say how sure a number is; an exact one needs none.
    minimumFractionDigits: half === null && options.digits === undefined ? 0 : decimals,
    maximumFractionDigits: decimals,
  });
  // The ends of an interval that is narrower than the last digit asked for are told with the digits that it supports.
  const isNarrow = half !== null && Number(half.toFixed(decimals)) === 0;
  const ends = isNarrow
    ? new Intl.NumberFormat(options.language, {
        signDisplay: 'negative',
        maximumFractionDigits: decimalsFor(value, half),
      })
    : format;
  return {
    unit,
    value: withMinus(format.format(value)),
    low: half === null ? null : withMinus(ends.format(value - half)),
    high: half === null ? null : withMinus(ends.format(value + half)),
    // "± 0" would say that there is no doubt at all
    half: half === null || isNarrow ? null : format.format(half),
  };
}

/** A minus sign is as wide as a plus; the hyphen that formats give is not, and may stand alone at the end of a line. */
const withMinus = (numerals: string): string => numerals.replace('-', '−');

function unitFor(given: Answer, asked: string | undefined): PrintedUnit {
  if (asked !== undefined) {
    const known = printedUnits.find((unit) => unit === asked);
    if (!known) throw new Error(`there is no unit "${asked}"; the units are ${printedUnits.join(', ')}`);
    return known;
  }
  if (given.unit === 'time') return printedUnits.find((unit) => unit === given.timeUnit) ?? 'plain';
  if (given.unit === 'rate' && (given.timeUnit === 'day' || given.timeUnit === 'week')) return `per-${given.timeUnit}`;
  return ({ rate: 'per-second', share: 'percent', count: 'count', number: 'plain' } as const)[given.unit];
}

const seconds: Record<string, number> = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, day: 86_400, week: 604_800 };

function factorFor(given: Answer, unit: PrintedUnit): number {
  if (unit === 'percent') return 100;
  const [from, to] = [seconds[given.timeUnit], seconds[unit]];
  if (given.unit === 'time' && from && to) return from / to;
  if (given.unit === 'rate' && unit === 'per-second' && from) return 1 / from;
  // How many working days make a week, no simulation says.
  if ((unit === 'per-day' || unit === 'per-week') && unit !== `per-${given.timeUnit}`)
    throw new Error(`the rates of this simulation are per ${given.timeUnit}, and cannot be printed as "${unit}"`);
  return 1;
}

function decimalsFor(value: number, half: number | null): number {
  const figure = half !== null && half > 0 ? half / 10 : Math.abs(value) / 100;
  if (figure === 0) return 0;
  return Math.min(4, Math.max(0, -Math.floor(Math.log10(figure) + 1e-9)));
}
