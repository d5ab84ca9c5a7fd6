/**
 * Which of several two-way choices an outcome hangs on: every mixture is run under the same luck, and the variance between
 * them is split into main effects, pairs and the rest. It knows numbers and dials, not what a choice stands for.
 */
import type { MeasureUnit } from './engine/run.ts';
import { halfWidth95, mean, student95 } from './engine/statistics.ts';
import type { Scenario, ScenarioSource } from './scenario.ts';
import { ScenarioError, type ChosenSetting, type Problem } from './settings.ts';
import { ready, simulateJudged, type SimulateOptions } from './simulate.ts';

/** Factors that are taken apart at most: so many double the mixtures each. */
export const MOST_FACTORS = 10;

/** A dial, and the two places where it stands. */
export interface Factor {
  dial: string;
  low: number;
  high: number;
}

export interface FactorPlan extends Pick<SimulateOptions, 'seed' | 'until' | 'maxEvents'> {
  factors: readonly Factor[];
  measures: readonly string[];
  /** Runs of each mixture; run by run all mixtures share their luck. */
  replications: number;
  /** Where everything else stands. */
  at?: ChosenSetting | undefined;
  /** Asked between two replications: whether to stop with those that were made. */
  isOver?: (() => boolean) | undefined;
}

/** A number with its 95 percent interval; the interval is null with fewer than two replications. */
export interface Between {
  value: number;
  low: number | null;
  high: number | null;
}

export interface Effect {
  /** The factors it belongs to, by their place in the plan: one, or a pair. */
  factors: number[];
  /** Of one factor: by how much the outcome is higher where it stands high, on average over all that the others do. Of a pair: half of how much the one changes the other's effect. */
  effect: Between;
  /** Its share of the variance between the mixtures: 0 to 1. */
  share: Between;
}

/** What one outcome hangs on. */
export interface Attribution {
  measure: string;
  unit: MeasureUnit;
  /** Replications. */
  runs: number;
  /** Mean over all mixtures. */
  mean: number;
  /** Mean of each mixture: factor i stands high where bit i of its number is set. */
  mixtures: number[];
  /** Main effects in the order of the factors, then all pairs. */
  effects: Effect[];
  /** The share of what three or more factors do only together. */
  rest: Between;
  /** Per factor: its share together with everything that it has a hand in. */
  total: Between[];
  /** Of the variance of a single run: how much is luck, and not the mixture. */
  luck: number;
  /** False where luck is too large, or the runs too few, for the shares to say anything. */
  enough: boolean;
}

/** 2 to a whole power, from 0 on. */
const powerOfTwo = (power: number): number => (power === 0 ? 1 : 2 * powerOfTwo(power - 1));
const isSet = (mixture: number, factor: number): boolean => Math.floor(mixture / powerOfTwo(factor)) % 2 === 1;
/** How many factors a set has. */
const orderOf = (mask: number): number => (mask === 0 ? 0 : (mask % 2) + orderOf(Math.floor(mask / 2)));

/** The setting of a mixture. */
export const mixtureAt = (factors: readonly Factor[], mixture: number, at: ChosenSetting = {}): ChosenSetting => ({
  ...at,
  dials: {
    ...at.dials,
    ...Object.fromEntries(factors.map(({ dial, low, high }, i) => [dial, isSet(mixture, i) ? high : low])),
  },
});

/** By Yates: for each set of factors, the mean of the mixtures, each with the sign that the set gives it. */
function contrasts(values: readonly number[]): number[] {
  let line = [...values];
  for (let width = 1; width < line.length; width *= 2) {
    const next = [...line];
    for (let i = 0; i < line.length; i++)
      if (Math.floor(i / width) % 2 === 0) {
        next[i] = line[i]! + line[i + width]!;
        next[i + width] = line[i + width]! - line[i]!;
      }
    line = next;
  }
  return line.map((sum) => sum / values.length);
}

/**
 * Shares of the variance between the mixtures, by set of factors. Squares of noisy contrasts are too large on average by
 * the variance of their noise, which is taken off as far as there are replications to tell it.
 */
function sharesOf(runs: readonly (readonly number[])[]): { shares: number[]; spread: number } {
  const cells = runs[0]!.length;
  const squares = Array.from({ length: cells }, (_, mask) => {
    const values = runs.map((run) => run[mask]!);
    const centre = mean(values);
    const noise =
      values.length < 2
        ? 0
        : values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) /
          (values.length - 1) /
          values.length;
    return mask === 0 ? 0 : Math.max(0, centre * centre - noise);
  });
  const spread = squares.reduce((sum, square) => sum + square, 0);
  return { shares: squares.map((square) => (spread === 0 ? 0 : square / spread)), spread };
}

/** The interval of something worked out from all runs, by leaving out one at a time (jackknife). */
function jackknife(
  of: (runs: readonly (readonly number[])[]) => number,
  runs: readonly (readonly number[])[],
): Between {
  const value = of(runs);
  const n = runs.length;
  if (n < 3) return { value, low: null, high: null };
  const without = runs.map((_, i) => of(runs.filter((_run, j) => j !== i)));
  const centre = mean(without);
  const spread = without.reduce((sum, each) => sum + (each - centre) * (each - centre), 0);
  const half = student95(n - 1) * Math.sqrt(((n - 1) / n) * spread);
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half) };
}

/**
 * Takes one outcome apart.
 * @param outcomes by replication, then by mixture: factor i stands high where bit i of the mixture's number is set.
 */
export function attribute(outcomes: readonly (readonly number[])[]): Omit<Attribution, 'measure' | 'unit' | 'runs'> {
  const cells = outcomes[0]?.length ?? 0;
  let factors = 0;
  while (powerOfTwo(factors) < cells) factors++;
  if (cells < 2 || powerOfTwo(factors) !== cells || outcomes.some((run) => run.length !== cells))
    throw new Error('every replication has one outcome for each of 2^k mixtures');
  const runs = outcomes.map(contrasts);
  const { shares, spread } = sharesOf(runs);
  const shareOf = (belongs: (mask: number) => boolean): Between =>
    jackknife((some) => sharesOf(some).shares.reduce((sum, share, mask) => sum + (belongs(mask) ? share : 0), 0), runs);
  const masks = Array.from({ length: cells }, (_, mask) => mask);
  const effectOf = (mask: number): Effect => {
    // a contrast is half the difference between high and low
    const values = runs.map((run) => 2 * run[mask]!);
    const value = mean(values);
    const half = halfWidth95(values);
    return {
      factors: Array.from({ length: factors }, (_, i) => i).filter((i) => isSet(mask, i)),
      effect: { value, low: half === null ? null : value - half, high: half === null ? null : value + half },
      share: shareOf((each) => each === mask),
    };
  };
  const mixtures = masks.map((mixture) => mean(outcomes.map((run) => run[mixture]!)));
  const within = masks.map((mixture) => {
    const values = outcomes.map((run) => run[mixture]!);
    return values.reduce((sum, value) => sum + (value - mixtures[mixture]!) * (value - mixtures[mixture]!), 0);
  });
  const luck = outcomes.length < 2 ? 0 : mean(within) / (outcomes.length - 1);
  const pairs = masks.filter((mask) => orderOf(mask) === 2);
  const effects = [...Array.from({ length: factors }, (_, i) => powerOfTwo(i)), ...pairs].map(effectOf);
  const widest = Math.max(...effects.map(({ share }) => (share.high ?? 1) - (share.low ?? 0)));
  return {
    mean: mean(mixtures),
    mixtures,
    effects,
    rest: shareOf((mask) => orderOf(mask) > 2),
    total: Array.from({ length: factors }, (_, i) => shareOf((mask) => isSet(mask, i))),
    luck: luck + spread === 0 ? 0 : luck / (luck + spread),
    enough: shares.some((share) => share > 0) && widest <= 0.5,
  };
}

/**
 * Takes outcomes of a scenario apart: runs every mixture of the factors, each replication of all of them under one luck.
 * @throws ScenarioError for a factor or a measure that does not exist, or one that was not observed in every run.
 */
export function attributeFactors(source: ScenarioSource | Scenario, plan: FactorPlan): Attribution[] {
  const scenario = ready(source);
  const { factors, measures, replications, at, isOver, ...common } = plan;
  const problems = factorProblems(scenario, factors);
  if (problems.length > 0) throw new ScenarioError(problems);
  const cells = powerOfTwo(factors.length);
  const outcomes = measures.map((): number[][] => []);
  const units: MeasureUnit[] = [];
  for (let replication = 0; replication < replications; replication++) {
    if (replication > 0 && isOver?.() === true) break;
    for (const each of outcomes) each.push([]);
    for (let mixture = 0; mixture < cells; mixture++) {
      const run = simulateJudged(scenario, {
        ...common,
        ...mixtureAt(factors, mixture, at),
        replication,
        record: 'measures',
      });
      for (const [i, measure] of measures.entries()) {
        const value = valueOf(run.measures, measure);
        if (value === null)
          throw new ScenarioError([
            {
              path: 'measures',
              message: `${measure} is not measured in every mixture`,
              expected: `one of ${Object.keys(run.measures).slice(0, 60).join(', ')}`,
            },
          ]);
        units[i] = measure.includes('/') ? 'number' : (run.units[measure.split('+')[0]!] ?? 'number');
        outcomes[i]![replication]!.push(value);
      }
    }
  }
  return measures.map((measure, i) => ({
    measure,
    unit: units[i]!,
    runs: outcomes[i]!.length,
    ...attribute(outcomes[i]!),
  }));
}

/** The value of a measure; of several joined by `+`, their sum; and of two such sums with `/` between them, the quotient. */
function valueOf(measures: Readonly<Record<string, { value: number | null }>>, measure: string): number | null {
  const [over, under] = measure.split('/');
  const sumOf = (names: string): number | null => {
    let sum = 0;
    for (const name of names.split('+')) {
      const value = Object.hasOwn(measures, name) ? measures[name]!.value : null;
      if (value === null) return null;
      sum += value;
    }
    return sum;
  };
  const value = sumOf(over!);
  if (value === null || under === undefined) return value;
  const whole = sumOf(under);
  return whole === null || whole === 0 ? null : value / whole;
}

function factorProblems({ dials }: Scenario, factors: readonly Factor[]): Problem[] {
  const problems: Problem[] = [];
  if (factors.length === 0 || factors.length > MOST_FACTORS)
    problems.push({
      path: 'factors',
      message: `${factors.length} factors`,
      expected: `1 to ${MOST_FACTORS} of them`,
    });
  for (const [i, { dial, low, high }] of factors.entries()) {
    const own = dials.find(({ id }) => id === dial);
    const path = `factors.${i}`;
    if (own === undefined)
      problems.push({ path, message: `no dial ${dial}`, expected: `one of ${dials.map(({ id }) => id).join(', ')}` });
    else if (low === high || [low, high].some((value) => value < own.min || value > own.max))
      problems.push({
        path,
        message: `${dial} cannot stand at ${low} and at ${high}`,
        expected: `two values from ${own.min} to ${own.max}`,
      });
    if (factors.findIndex((other) => other.dial === dial) < i)
      problems.push({ path, message: `${dial} stands twice`, expected: 'each dial once' });
  }
  return problems;
}

/** The factor that a dial is between its ends. */
export function factorOf({ dials }: Scenario, dial: string): Factor {
  const own = dials.find(({ id }) => id === dial);
  return { dial, low: own?.min ?? 0, high: own?.max ?? 1 };
}
