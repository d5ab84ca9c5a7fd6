/**
 * Distributions of durations: their schema, their mean and squared coefficient of variation, and how a value is drawn.
 * A draw uses only counter-based uniforms, so one customer's value is the same in every design.
 */
import { exp, log, normalQuantile, pow } from '../engine/elementary.ts';
import { uniform, type Stream } from '../engine/draws.ts';
import { field, number, object, z } from '../fields.ts';

const mean = field('The mean, in units of time.', number({ min: 0, max: 1e12 }));
const variation =
  'Squared coefficient of variation: variance divided by the square of the mean. 0 is constant, 1 is as variable as the exponential.';
const cv2 = field(variation, number({ min: 0, max: 1000 }));

export const distribution = field(
  'How long something takes.',
  z.discriminatedUnion('law', [
    field('Always the same.', object({ law: z.literal('constant'), mean })),
    field('Memoryless.', object({ law: z.literal('exponential'), mean })),
    field(
      'Any variability: constant at 0, Erlang at 1/k, exponential at 1.',
      object({ law: z.literal('gamma'), mean, cv2 }),
    ),
    field(
      'A long tail on the right, as many measured service times have.',
      object({ law: z.literal('lognormal'), mean, cv2 }),
    ),
    field(
      'Two kinds of work, short and long, each exponential, with equal shares of the total work (balanced means). cv2 is 1 or more.',
      object({ law: z.literal('hyperexponential'), mean, cv2: field(variation, number({ min: 1, max: 1000 })) }),
    ),
    field(
      'One law for a dial of variability: gamma up to cv2 1, hyperexponential above. Constant at 0, exponential at 1, many short and few long ones beyond.',
      object({ law: z.literal('varied'), mean, cv2 }),
    ),
    field(
      'Anything between two values, all alike.',
      object({
        law: z.literal('uniform'),
        min: field('The least value, in units of time.', number({ min: 0 })),
        max: field('The greatest value, in units of time.', number({ above: 0, max: 1e12 })),
      }),
    ),
  ]),
);

export type Distribution = z.output<typeof distribution>;

/** The mean, in units of time. */
export function meanOf(d: Distribution): number {
  return d.law === 'uniform' ? (d.min + d.max) / 2 : d.mean;
}

/** The squared coefficient of variation. */
export function cv2Of(d: Distribution): number {
  switch (d.law) {
    case 'constant':
      return 0;
    case 'exponential':
      return 1;
    case 'uniform': {
      const middle = (d.min + d.max) / 2;
      return middle === 0 ? 0 : ((d.max - d.min) * (d.max - d.min)) / 12 / (middle * middle);
    }
    default:
      return d.cv2;
  }
}

/** Whether a law is exponential, also under another name. */
export function isExponential(d: Distribution): boolean {
  return (
    d.law === 'exponential' ||
    ((d.law === 'gamma' || d.law === 'hyperexponential' || d.law === 'varied') && d.cv2 === 1)
  );
}

/** Draws one customer's value, in units of time. `index` tells apart several draws for one customer. */
export type Sampler = (request: number, index: number) => number;

/** @param s the stream of the part and purpose that draws. */
export function sampler(d: Distribution, s: Stream): Sampler {
  switch (d.law) {
    case 'constant': {
      const value = d.mean;
      return () => value;
    }
    case 'exponential':
      return exponential(d.mean, s);
    case 'gamma':
      if (d.cv2 === 0) return () => d.mean;
      if (d.cv2 === 1) return exponential(d.mean, s);
      return gamma(1 / d.cv2, d.mean * d.cv2, s);
    case 'lognormal': {
      const variance = log(1 + d.cv2);
      const sigma = Math.sqrt(variance);
      const middle = log(d.mean) - variance / 2;
      return d.mean === 0
        ? () => 0
        : (request, index) => exp(middle + sigma * normalQuantile(uniform(s, request, index)));
    }
    case 'hyperexponential': {
      // balanced means: p·m1 = (1 − p)·m2 = mean / 2
      const p = (1 + Math.sqrt((d.cv2 - 1) / (d.cv2 + 1))) / 2;
      const short = d.mean / (2 * p);
      const long = d.mean / (2 * (1 - p));
      // one uniform tells both which kind it is and how long: the rest of it, stretched to 0…1, is uniform again
      return (request, index) => {
        const u = uniform(s, request, index);
        return u < p ? -short * log(u / p) : -long * log((u - p) / (1 - p));
      };
    }
    case 'varied':
      return sampler({ ...d, law: d.cv2 <= 1 ? 'gamma' : 'hyperexponential' }, s);
    case 'uniform': {
      const { min, max } = d;
      return (request, index) => min + (max - min) * uniform(s, request, index);
    }
  }
}

/** Customers whose draws are made together: a processor overlaps work that does not wait for the run. */
const AHEAD = 32;

/** Exponential values with a mean. Drawn ahead while customers come in order; the values are the same either way. */
export function exponential(mean: number, s: Stream): Sampler {
  const block = new Float64Array(AHEAD);
  let from = 0;
  let filled = 0;
  let expected = 0;
  return (request, index) => {
    const offset = request - from;
    if (index === 0 && offset >= 0 && offset < filled) return block[offset]!;
    if (index !== 0 || request !== expected) {
      if (index === 0 && request > expected) expected = request + 1;
      return -mean * log(uniform(s, request, index));
    }
    from = request;
    filled = AHEAD;
    expected = request + AHEAD;
    for (let i = 0; i < AHEAD; i++) block[i] = -mean * log(uniform(s, request + i, 0));
    return block[0]!;
  };
}

/** Source: Marsaglia and Tsang, A simple method for generating gamma variables, ACM TOMS 26 (2000). */
function gamma(shape: number, scale: number, s: Stream): Sampler {
  const boosted = shape < 1;
  const d = (boosted ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  return (request, index) => {
    // rejection takes as many uniforms as it needs from this customer's own, and from nobody else's
    let next = index * 256;
    for (;;) {
      const x = normalQuantile(uniform(s, request, next++));
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = uniform(s, request, next++);
      if (log(u) < 0.5 * x * x + d - d * v + d * log(v)) {
        const value = d * v * scale;
        return boosted ? value * pow(uniform(s, request, next), 1 / shape) : value;
      }
    }
  };
}

/** Whether a law always gives the same value. */
export function isConstant(d: Distribution): boolean {
  return d.law === 'constant' || ('cv2' in d && d.cv2 === 0);
}
