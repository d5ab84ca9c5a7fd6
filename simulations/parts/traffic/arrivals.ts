/**
 * When customers come. An open pattern is a rate that may change from stretch to stretch, and how much of that rate's
 * time each customer takes: walking an exponential amount of it gives a Poisson stream. It knows no calls.
 */
import { distribution, exponential, sampler } from '../../distributions/index.ts';
import { childPath, type Machine } from '../../engine/machine.ts';
import { uniform } from '../../engine/draws.ts';
import { log, sineOfTurn } from '../../engine/elementary.ts';
import { choice, field, list, number, object, otherwise, whole, z } from '../../fields.ts';

const rate = field('Requests per unit of time.', number({ above: 0, max: 1e7 }));
const orNone = (meaning: string) => field(meaning, number({ min: 0, max: 1e7 }));
const moment = (meaning: string) => field(meaning, number({ min: 0, max: 1e12 }));
const span = (meaning: string) => field(meaning, number({ above: 0, max: 1e12 }));

export const arrivals = field(
  'When requests are made.',
  z.discriminatedUnion('pattern', [
    field('Open: many customers who know nothing of each other.', object({ pattern: z.literal('poisson'), rate })),
    field('Open: one after the other at equal distances.', object({ pattern: z.literal('constant'), rate })),
    field(
      'Open: gaps of any distribution, each independent of the others (a renewal process).',
      object({ pattern: z.literal('renewal'), gap: distribution }),
    ),
    field(
      'Open: groups that come together, the groups as a Poisson stream.',
      object({
        pattern: z.literal('batches'),
        rate: field('Groups per unit of time.', number({ above: 0, max: 1e7 })),
        size: field('How many come together, on average.', number({ min: 1, max: 100_000 })),
        spread: field(
          '`constant`: always so many (a whole number); `geometric`: one with the greatest chance, and any number now and then.',
          otherwise(choice(['constant', 'geometric']), 'constant'),
        ),
      }),
    ),
    field(
      'Open: a Poisson stream whose rate goes evenly from one value to another, and stays there.',
      object({
        pattern: z.literal('ramp'),
        from: orNone('Requests per unit of time at first.'),
        to: orNone('Requests per unit of time at last.'),
        begins: field('When it begins to change.', otherwise(number({ min: 0, max: 1e12 }), 0)),
        lasts: span('How long it takes to change. It does so in 500 steps.'),
      }),
    ),
    field(
      'Open: a Poisson stream with one stretch at another rate.',
      object({
        pattern: z.literal('spike'),
        rate,
        peak: orNone('Requests per unit of time during the spike.'),
        begins: moment('When the spike begins.'),
        lasts: span('How long it lasts.'),
      }),
    ),
    field(
      'Open: a Poisson stream whose rate swings like a sine, as days do.',
      object({
        pattern: z.literal('sine'),
        rate: field('Requests per unit of time, on average.', number({ above: 0, max: 1e7 })),
        swing: field('How far it swings to either side, as a share of that rate.', number({ min: 0, max: 1 })),
        period: span('How long one swing takes. It does so in 200 steps, from the average upwards.'),
      }),
    ),
    field(
      'Open: bursts. A two-state Markov-modulated Poisson process: calm and busy stretches of exponential length, each with its own rate.',
      object({
        pattern: z.literal('bursts'),
        calm: orNone('Requests per unit of time in calm stretches.'),
        busy: orNone('Requests per unit of time in busy stretches.'),
        calmLasts: span('How long a calm stretch lasts, on average.'),
        busyLasts: span('How long a busy stretch lasts, on average.'),
      }),
    ),
    field(
      'Open: at the times of a list, for example from a file.',
      object({
        pattern: z.literal('trace'),
        times: field(
          'When, in units of time from the start of the run; one that stands twice comes twice. In any order.',
          list(
            z.union([
              number({ min: 0, max: 1e12 }),
              object({
                at: moment('When.'),
                count: field('How many come then.', whole({ min: 1, max: 100_000 })),
              }),
            ]),
            { min: 1, max: 100_000 },
          ),
        ),
      }),
    ),
    field(
      'Closed: a fixed number of users, each with at most one request under way.',
      object({
        pattern: z.literal('closed'),
        users: field('How many users there are.', whole({ min: 1, max: 100_000 })),
        think: field('How long a user thinks before each request.', distribution),
      }),
    ),
  ]),
);

export type Arrivals = z.output<typeof arrivals>;
export type OpenArrivals = Exclude<Arrivals, { pattern: 'closed' }>;

/** A rate from stretch to stretch. */
export interface Rate {
  /** Customers per tick in the present stretch. */
  rate: number;
  /** Where the present stretch ends, in ticks; Infinity for never. */
  until: number;
  /** Goes on to the next stretch. */
  advance(): void;
}

const RAMP_STEPS = 500;
const SINE_STEPS = 200;
/** Stretches in a run: each is walked, whether anybody comes in it or not. */
const MOST_STRETCHES = 1e7;

/** What is wrong with a rate that changes too often for a run of this length, in units of time. */
export function* tooFine(
  own: Arrivals,
  horizon: number,
): Generator<{ path: string; message: string; expected: string }> {
  if (own.pattern === 'sine' && (horizon / own.period) * SINE_STEPS > MOST_STRETCHES)
    yield {
      path: 'arrivals.period',
      message: `the rate swings ${horizon / own.period} times in a run`,
      expected: `at most ${MOST_STRETCHES / SINE_STEPS} swings`,
    };
  if (own.pattern === 'bursts' && (2 * horizon) / (own.calmLasts + own.busyLasts) > MOST_STRETCHES)
    yield {
      path: 'arrivals.calmLasts',
      message: `${horizon / (own.calmLasts + own.busyLasts)} bursts in a run`,
      expected: `at most ${MOST_STRETCHES / 2} bursts`,
    };
}

/** A rate that follows a function of the stretch's number. */
function stretches(of: (stretch: number) => { rate: number; until: number }): Rate {
  let stretch = 0;
  const rate = {
    ...of(0),
    advance(): void {
      const next = of(++stretch);
      rate.rate = next.rate;
      rate.until = next.until;
    },
  };
  return rate;
}

/** The rate of an open pattern, from time 0 on. */
export function rateOf(own: OpenArrivals, machine: Machine, id: string, ticks: number): Rate {
  const perTick = (value: number) => value / ticks;
  const inTicks = (value: number) => Math.round(value * ticks);
  switch (own.pattern) {
    case 'poisson':
    case 'constant':
    case 'batches':
      return stretches(() => ({ rate: perTick(own.rate), until: Infinity }));
    case 'renewal':
    case 'trace':
      return stretches(() => ({ rate: perTick(1), until: Infinity }));
    case 'ramp': {
      const { from, to, begins, lasts } = own;
      return stretches((i) => {
        if (i === 0 && begins > 0) return { rate: perTick(from), until: inTicks(begins) };
        const step = begins > 0 ? i - 1 : i;
        if (step >= RAMP_STEPS) return { rate: perTick(to), until: Infinity };
        return {
          rate: perTick(from + ((to - from) * (step + 0.5)) / RAMP_STEPS),
          until: inTicks(begins + (lasts * (step + 1)) / RAMP_STEPS),
        };
      });
    }
    case 'spike': {
      const { rate, peak, begins, lasts } = own;
      return stretches((i) =>
        i === 0
          ? { rate: perTick(rate), until: inTicks(begins) }
          : i === 1
            ? { rate: perTick(peak), until: inTicks(begins + lasts) }
            : { rate: perTick(rate), until: Infinity },
      );
    }
    case 'sine': {
      const { rate, swing, period } = own;
      return stretches((i) => ({
        rate: perTick(rate * (1 + swing * sineOfTurn((i + 0.5) / SINE_STEPS))),
        until: inTicks((period * (i + 1)) / SINE_STEPS),
      }));
    }
    case 'bursts': {
      const lengths = machine.stream(id, 'bursts');
      const calmShare = own.calmLasts / (own.calmLasts + own.busyLasts);
      // it begins as it would be found: calm with the share of time that it is calm
      const beginsCalm = uniform(machine.stream(id, 'bursts-begin'), 0, 0) < calmShare;
      let end = 0;
      return stretches((i) => {
        const isCalm = beginsCalm === (i % 2 === 0);
        end += -log(uniform(lengths, i, 0)) * (isCalm ? own.calmLasts : own.busyLasts) * ticks;
        return { rate: perTick(isCalm ? own.calm : own.busy), until: Math.round(end) };
      });
    }
  }
}

/**
 * How much of the rate's time lies between a customer (or group) and the one before: 1 on average.
 * @returns for the n-th, in customers.
 */
export function gapOf(own: OpenArrivals, machine: Machine, id: string): (n: number) => number {
  const stream = machine.stream(id, 'gap');
  if (own.pattern === 'constant') return () => 1;
  if (own.pattern === 'renewal') {
    const gap = sampler(own.gap, stream);
    return (n) => gap(n, 0);
  }
  const one = exponential(1, stream);
  return (n) => one(n, 0);
}

/** How many come together at the n-th arrival. */
export function groupOf(own: OpenArrivals, machine: Machine, id: string): ((n: number) => number) | null {
  if (own.pattern !== 'batches') return null;
  const { size, spread } = own;
  if (spread === 'constant' || size === 1) return () => Math.round(size);
  const stream = machine.stream(id, 'group');
  const perMore = log(1 - 1 / size);
  return (n) => 1 + Math.floor(log(uniform(stream, n, childPath(0, 1))) / perMore);
}

/** The moments of a trace in order, in ticks, one for each customer. */
export function momentsOf(times: Extract<Arrivals, { pattern: 'trace' }>['times'], ticks: number): Float64Array {
  const all: number[] = [];
  for (const time of times) {
    const at = Math.round((typeof time === 'number' ? time : time.at) * ticks);
    for (let i = 0; i < (typeof time === 'number' ? 1 : time.count); i++) all.push(at);
  }
  return Float64Array.from(all).sort();
}
