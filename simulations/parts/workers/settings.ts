/**
 * What a pool of workers is: its settings, field by field. Work is written in shares of the work it stands beside, so that
 * one dial turns one of them and leaves the rest.
 */
import { choice, field, nullable, number, object, otherwise, whole, z } from '../../fields.ts';

/** Pieces of one job, all workers together, that may be asked for. */
export const MOST_PIECES = 2_000_000;

export const settings = field(
  'Parallel workers on one job at a time. A job begins with a serial piece that only one of them may do; then they take its parallel pieces, one each, until none is left.',
  object({
    kind: z.literal('workers'),
    workers: field('How many workers there are: 1 to 1024.', otherwise(whole({ min: 1, max: 1024 }), 1)),
    job: field(
      'How long one worker alone takes for a job, in units of time; where jobs grow, for the job of one worker.',
      number({ above: 0, max: 1e9 }),
    ),
    serial: field(
      'The share of that time which only one worker may do, while the others stand by: 0 to 1.',
      otherwise(number({ min: 0, max: 1 }), 0),
    ),
    pieces: field(
      'How many pieces the rest is cut into, 1 to 100,000: in all, or for each worker where jobs grow.',
      whole({ min: 1, max: 100_000 }),
    ),
    grows: field(
      'Whether a job grows with the workers: each worker brings as many more pieces, and the serial piece stays.',
      otherwise(z.boolean(), false),
    ),
    unevenness: field(
      'How unlike the pieces are: squared coefficient of variation, 0 to 100. At 0 all alike, at 1 exponential. The mean stays.',
      otherwise(number({ min: 0, max: 100 }), 0),
    ),
    locked: field(
      'The share of a piece that is done under the one lock, 0 to 1: whoever comes to it while another holds it waits, first come, first served.',
      otherwise(number({ min: 0, max: 1 }), 0),
    ),
    exchange: field(
      'How long it takes to bring one other worker up to date after a piece, as a share of a piece: 0 to 1. Each piece pays it for every other worker there is.',
      otherwise(number({ min: 0, max: 1 }), 0),
    ),
    exchanges: field(
      'When the others are brought up to date: `under-lock`, so that no two do it at the same time; or `side-by-side`, after the lock was given back, each for itself.',
      otherwise(choice(['under-lock', 'side-by-side']), 'under-lock'),
    ),
    inStep: field(
      'Whether all workers wait for one another after each piece (a barrier), or each goes on by itself.',
      otherwise(z.boolean(), false),
    ),
    queueLimit: field(
      'How many jobs may wait for the one that is done; one more is refused as `queue-full`. Null for any number.',
      otherwise(nullable(whole({ min: 0, max: 1_000_000 })), null),
    ),
  }),
);

export type WorkersSettings = z.output<typeof settings>;
