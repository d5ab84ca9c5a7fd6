/**
 * Distributions of durations: their schema, their mean and squared coefficient of variation, and how a value is drawn.
 * A draw uses only counter-based uniforms, so one customer's value is the same in every design.
 */
import { log } from '../engine/elementary.ts';
import type { Stream } from '../engine/draws.ts';
import { field, list, number, object, optional, whole, z } from '../fields.ts';
import { drawAhead, type Fill, type Sampler } from './ahead.ts';
import { finiteTable } from './finite-table.ts';
import * as laws from './laws.ts';
import { foldedExcess, paretoMoment, weibullMoment } from './moments.ts';

export type { Sampler } from './ahead.ts';

const duration = (meaning: string) => field(meaning, number({ min: 0, max: 1e12 }));
const mean = duration('The mean, in units of time: 0 to 1e12.');
const variation =
  'Squared coefficient of variation: variance divided by the square of the mean. 0 is constant, 1 is as variable as the exponential.';
const cv2 = field(`${variation} 0 to 1000.`, number({ min: 0, max: 1000 }));

export const distribution = field(
  'How long something takes.',
  z.discriminatedUnion('law', [
    field('Always the same.', object({ law: z.literal('constant'), mean })),
    field('Memoryless.', object({ law: z.literal('exponential'), mean })),
    field(
      'Several phases one after the other, each exponential and all alike: the more phases, the more even.',
      object({
        law: z.literal('erlang'),
        mean: duration('The mean of all phases together, in units of time: 0 to 1e12.'),
        phases: field('How many phases: 1 to 1000. 1 is the exponential.', whole({ min: 1, max: 1000 })),
      }),
    ),
    field(
      'Any variability: constant at 0, Erlang at 1/k, exponential at 1.',
      object({ law: z.literal('gamma'), mean, cv2 }),
    ),
    field(
      'A long tail on the right, as many measured service times have.',
      object({ law: z.literal('lognormal'), mean, cv2 }),
    ),
    field(
      'The bell curve, made a duration by taking the absolute value, as the AWS simulator of backoff does. Where the deviation is more than a third of the mean, what lies below 0 is folded up and lifts the mean.',
      object({
        law: z.literal('normal'),
        mean: duration('The mean before the absolute value is taken, in units of time: 0 to 1e12.'),
        deviation: duration('The standard deviation before the absolute value is taken, in units of time: 0 to 1e12.'),
      }),
    ),
    field(
      'Two kinds of work, short and long, each exponential, with equal shares of the total work (balanced means). cv2 is 1 or more.',
      object({
        law: z.literal('hyperexponential'),
        mean,
        cv2: field(`${variation} 1 to 1000.`, number({ min: 1, max: 1000 })),
      }),
    ),
    field(
      'One law for a dial of variability: gamma up to cv2 1, hyperexponential above. Constant at 0, exponential at 1, many short and few long ones beyond.',
      object({ law: z.literal('varied'), mean, cv2 }),
    ),
    field(
      'Lifetimes: shape below 1 for what fails early or lasts, 1 for the exponential, above 1 for what wears out.',
      object({
        law: z.literal('weibull'),
        shape: field('The shape, a pure number: 0.1 to 100.', number({ min: 0.1, max: 100 })),
        scale: duration('The time by which 63 percent (1 − 1/e) are over, in units of time: 0 to 1e12.'),
      }),
    ),
    field(
      'A power law: twice as long is 2^shape times as rare. The mean is infinite for shape 1 and below, the variance for 2 and below, unless there is a `max`.',
      object({
        law: z.literal('pareto'),
        shape: field('The exponent of the tail, a pure number: 0.1 to 100.', number({ min: 0.1, max: 100 })),
        min: field('The least value, in units of time: 1e-9 to 1e12.', number({ min: 1e-9, max: 1e12 })),
        max: optional(
          field(
            'The greatest value, in units of time, above `min` and up to 1e12: longer ones do not occur, and all others are as much likelier. Left out, there is no end.',
            number({ above: 0, max: 1e12 }),
          ),
        ),
      }).check(z.refine(({ min, max }) => max === undefined || max > min, { error: 'not above `min`', path: ['max'] })),
    ),
    field(
      'Anything between two values, all alike.',
      object({
        law: z.literal('uniform'),
        min: field('The least value, in units of time: 0 to 1e12.', number({ min: 0, max: 1e12 })),
        max: field(
          'The greatest value, in units of time: not less than `min`, up to 1e12.',
          number({ above: 0, max: 1e12 }),
        ),
      }).check(z.refine(({ min, max }) => max >= min, { error: 'less than `min`', path: ['max'] })),
    ),
    field(
      'Values that were measured, or thought up: each as it stands, none between them.',
      object({
        law: z.literal('empirical'),
        values: field(
          'What it may take: 1 to 1000 entries, a number alone counting with weight 1.',
          list(
            z.union([
              duration('A value, in units of time: 0 to 1e12.'),
              object({
                value: duration('A value, in units of time: 0 to 1e12.'),
                weight: field(
                  'How often it occurs, in proportion to the others: 0 to 1e9, not 0 for all.',
                  number({ min: 0, max: 1e9 }),
                ),
              }),
            ]),
            { min: 1, max: 1000 },
          ).check(
            z.refine((values) => values.some((entry) => typeof entry === 'number' || entry.weight > 0), {
              error: 'no value has a weight',
            }),
          ),
        ),
      }),
    ),
  ]),
);

export type Distribution = z.output<typeof distribution>;
type Empirical = Extract<Distribution, { law: 'empirical' }>;

/** The entries of an empirical law that occur, from the greatest value to the least. */
function entriesOf({ values }: Empirical): { value: number; weight: number }[] {
  return values
    .map((entry) => (typeof entry === 'number' ? { value: entry, weight: 1 } : entry))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.value - a.value);
}

/** The mean of `of` over the entries of an empirical law. */
function empiricalMean(d: Empirical, of: (value: number) => number): number {
  const entries = entriesOf(d);
  const total = entries.reduce((sum, { weight }) => sum + weight, 0);
  return entries.reduce((sum, { value, weight }) => sum + (weight / total) * of(value), 0);
}

/** The mean, in units of time; Infinity for a Pareto law without one. */
export function meanOf(d: Distribution): number {
  switch (d.law) {
    case 'uniform':
      return (d.min + d.max) / 2;
    case 'normal':
      return d.deviation === 0 ? d.mean : d.mean + foldedExcess(d.mean, d.deviation);
    case 'weibull':
      return d.scale * weibullMoment(d.shape, 1);
    case 'pareto':
      return paretoMoment(d.shape, d.min, d.max ?? Infinity, 1);
    case 'empirical': {
      const least = entriesOf(d).at(-1)!.value;
      return least + empiricalMean(d, (value) => value - least);
    }
    default:
      return d.mean;
  }
}

/** The squared coefficient of variation; Infinity for a Pareto law without a variance, 0 where the mean is 0. */
export function cv2Of(d: Distribution): number {
  switch (d.law) {
    case 'constant':
      return 0;
    case 'exponential':
      return 1;
    case 'erlang':
      return 1 / d.phases;
    case 'weibull': {
      const first = weibullMoment(d.shape, 1);
      return weibullMoment(d.shape, 2) / (first * first) - 1;
    }
    case 'pareto': {
      const { shape, min, max = Infinity } = d;
      const first = paretoMoment(shape, min, max, 1);
      const second = paretoMoment(shape, min, max, 2);
      return second === Infinity ? Infinity : second / (first * first) - 1;
    }
    case 'normal':
    case 'uniform':
    case 'empirical': {
      const middle = meanOf(d);
      return middle === 0 ? 0 : varianceOf(d, middle) / (middle * middle);
    }
    default:
      return d.cv2;
  }
}

function varianceOf(d: Extract<Distribution, { law: 'normal' | 'uniform' | 'empirical' }>, middle: number): number {
  switch (d.law) {
    case 'normal': {
      // the second moment is the same with and without the sign
      const excess = middle - d.mean;
      return d.deviation * d.deviation - excess * (2 * d.mean + excess);
    }
    case 'uniform':
      return ((d.max - d.min) * (d.max - d.min)) / 12;
    case 'empirical':
      return empiricalMean(d, (value) => (value - middle) * (value - middle));
  }
}

/** Whether a law is exponential, also under another name. */
export function isExponential(d: Distribution): boolean {
  switch (d.law) {
    case 'exponential':
      return true;
    case 'gamma':
    case 'hyperexponential':
    case 'varied':
      return d.cv2 === 1;
    case 'erlang':
      return d.phases === 1;
    case 'weibull':
      return d.shape === 1;
    default:
      return false;
  }
}

/** Whether a law always gives the same value, which is then `meanOf`. */
export function isConstant(d: Distribution): boolean {
  switch (d.law) {
    case 'constant':
      return true;
    case 'normal':
      return d.deviation === 0;
    case 'weibull':
      return d.scale === 0;
    case 'pareto':
      return false;
    case 'uniform':
      return d.min === d.max;
    case 'empirical': {
      const entries = entriesOf(d);
      return entries[0]!.value === entries.at(-1)!.value;
    }
    default:
      return d.mean === 0 || ('cv2' in d && d.cv2 === 0);
  }
}

/**
 * Draws in units of time, not negative. One customer's value depends only on stream, request and index.
 * @param s the stream of the part and purpose that draws.
 */
export function sampler(d: Distribution, s: Stream): Sampler {
  if (isConstant(d)) {
    const value = meanOf(d);
    return () => value;
  }
  return drawAhead(lawOf(d, s));
}

/** Exponential values with a mean, in units of time. */
export function exponential(mean: number, s: Stream): Sampler {
  return drawAhead(laws.exponentialLaw(mean, s));
}

/** Beyond this many ticks a time is no longer exact in a double, and no run is as long. */
const MOST_TICKS = 2 ** 50;

/**
 * Draws in whole ticks, from 0 to 2^50: rounded to the nearest (rule T3).
 * @param ticksPerUnit ticks in a unit of time, divided by the speed of whoever does the work.
 */
export function durationSampler(d: Distribution, s: Stream, ticksPerUnit: number): Sampler {
  const inTicks = (time: number) => Math.min(MOST_TICKS, Math.round(time * ticksPerUnit));
  if (isConstant(d)) {
    const value = inTicks(meanOf(d));
    return () => value;
  }
  const fill = lawOf(d, s);
  return drawAhead((into, count, request, index) => {
    fill(into, count, request, index);
    for (let n = 0; n < count; n++) into[n] = inTicks(into[n]!);
  });
}

/** How a law that is not constant is drawn. */
function lawOf(d: Distribution, s: Stream): Fill {
  if (isExponential(d)) return laws.exponentialLaw(d.law === 'weibull' ? d.scale : meanOf(d), s);
  switch (d.law) {
    case 'erlang':
      return laws.erlangLaw(d.phases, d.mean / d.phases, s);
    case 'gamma':
      return laws.gammaLaw(1 / d.cv2, d.mean * d.cv2, s);
    case 'lognormal': {
      const variance = log(1 + d.cv2);
      return laws.lognormalLaw(log(d.mean) - variance / 2, Math.sqrt(variance), s);
    }
    case 'normal':
      return laws.absoluteNormalLaw(d.mean, d.deviation, s);
    case 'hyperexponential': {
      // balanced means: p·m1 = (1 − p)·m2 = mean / 2
      const long = (1 - Math.sqrt((d.cv2 - 1) / (d.cv2 + 1))) / 2;
      return laws.hyperexponentialLaw(long, d.mean / (2 * long), d.mean / (2 * (1 - long)), s);
    }
    case 'varied':
      return lawOf({ ...d, law: d.cv2 <= 1 ? 'gamma' : 'hyperexponential' }, s);
    case 'weibull':
      return laws.weibullLaw(d.shape, d.scale, s);
    case 'pareto':
      return laws.paretoLaw(d.shape, d.min, d.max ?? Infinity, s);
    case 'uniform':
      return laws.uniformLaw(d.min, d.max, s);
    case 'empirical': {
      const entries = entriesOf(d);
      const weights = Float64Array.from(entries, ({ weight }) => weight);
      return laws.empiricalLaw(
        Float64Array.from(entries, ({ value }) => value),
        finiteTable(weights),
        s,
      );
    }
    default:
      throw new Error(`${d.law} is not drawn here`);
  }
}
