/**
 * What a link is, and what a caller does about its calls over it: the settings, field by field.
 * It knows no part: a link only names the two that it joins.
 */
import { distribution } from '../distributions/index.ts';
import { failureReasons } from '../engine/run.ts';
import { choice, field, list, nullable, number, object, optional, otherwise, text, whole, z } from '../fields.ts';

const share = (meaning: string) => field(meaning, number({ min: 0, max: 1 }));
const time = (meaning: string) => field(meaning, number({ above: 0, max: 1e12 }));
const none = <Schema extends z.core.$ZodType>(meaning: string, schema: Schema) =>
  field(meaning, otherwise(nullable(schema), null as never));

const reasons = list(choice(failureReasons), { min: 1, max: failureReasons.length });

export const retrySettings = object({
  most: field('How many times more a call is tried after its first try.', whole({ min: 0, max: 100 })),
  backoff: field(
    '`none` tries again at once, `fixed` always waits the base, `exponential` waits base × factor^(n − 1) before the n-th retry, never more than the cap.',
    otherwise(choice(['none', 'fixed', 'exponential']), 'exponential'),
  ),
  base: field('The wait before the first retry, in units of time.', otherwise(number({ min: 0, max: 1e12 }), 0.1)),
  factor: field('By what the wait grows from retry to retry.', otherwise(number({ min: 1, max: 100 }), 2)),
  cap: field(
    'The longest wait, in units of time; null for no cap.',
    otherwise(nullable(number({ above: 0, max: 1e12 })), null),
  ),
  jitter: field(
    '`none` waits just so long; `full` anything from 0 to that; `equal` half of it and anything up to the other half; `decorrelated` anything from the base to three times the last wait, within the cap (the first from the base to three times the base).',
    otherwise(choice(['none', 'full', 'equal', 'decorrelated']), 'none'),
  ),
  on: field(
    'Which failures are tried again.',
    otherwise(reasons, [
      'timeout',
      'error',
      'queue-full',
      'crashed',
      'unavailable',
      'unreachable',
      'shed',
      'impatient',
      'conflict',
      'pool-timeout',
      'lock-timeout',
    ]),
  ),
  budget: none(
    'A token bucket that retries are paid from; without a token a failure is final. Null for no budget.',
    object({
      deposit: field('Tokens that are put in each time, as a share of a retry.', number({ min: 0, max: 100 })),
      on: field(
        'When they are put in: for each `success` (adaptive retry), or for each new `call` (a retry ratio).',
        otherwise(choice(['success', 'call']), 'success'),
      ),
      cost: field('Tokens that one retry costs.', otherwise(number({ above: 0, max: 100 }), 1)),
      capacity: field('Tokens that the bucket holds at most.', otherwise(number({ min: 0, max: 1e9 }), 10)),
      start: field('Tokens at the start of the run.', otherwise(number({ min: 0, max: 1e9 }), 0)),
    }),
  ),
});

export const hedgeSettings = object({
  after: field(
    'How long a try may take before another is sent beside it, in units of time. Whichever is answered first counts.',
    number({ min: 0, max: 1e12 }),
  ),
  most: field('How many more may be sent beside the first.', otherwise(whole({ min: 1, max: 10 }), 1)),
  cancels: field(
    'Whether the tries that lost are cancelled at their callee once one has been answered.',
    otherwise(z.boolean(), true),
  ),
  share: none('Hedges at most, as a share of all calls so far; null for no bound.', number({ above: 0, max: 10 })),
});

export const breakerSettings = object({
  trip: field(
    'What opens it.',
    z.union([
      object({ consecutive: field('So many failures in a row.', whole({ min: 1, max: 1_000_000 })) }),
      object({
        share: share('At least this share of failures …'),
        window: field('… among so many last calls …', whole({ min: 1, max: 100_000 })),
        least: field('… once at least so many have been counted.', otherwise(whole({ min: 1, max: 100_000 }), 1)),
      }),
    ]),
  ),
  open: time('How long it stays open, in units of time. The first call after that finds it half-open.'),
  probes: field(
    'How many calls are let through half-open. When all of them succeed it closes; when one fails it opens again.',
    otherwise(whole({ min: 1, max: 1000 }), 1),
  ),
  around: field(
    '`try`: the breaker stands inside the retries and sees every try. `call`: it stands outside, and sees only what is left after all retries.',
    otherwise(choice(['try', 'call']), 'try'),
  ),
  counts: field(
    'Which failures it counts.',
    otherwise(reasons, [
      'timeout',
      'deadline',
      'error',
      'queue-full',
      'crashed',
      'unavailable',
      'unreachable',
      'shed',
      'impatient',
      'pool-timeout',
      'lock-timeout',
    ]),
  ),
});

export const bulkheadSettings = object({
  most: field(
    'How many tries may be under way at a time. A try that has timed out no longer counts.',
    whole({ min: 1, max: 1_000_000 }),
  ),
  queue: field(
    'How many more may wait for a place, first come first served; one more fails as `bulkhead-full`.',
    otherwise(whole({ min: 0, max: 1_000_000 }), 0),
  ),
});

export const tokenBucketSettings = object({
  rate: field('Tokens that are added per unit of time.', number({ min: 0, max: 1e9 })),
  burst: field('Tokens that the bucket holds at most, and has at the start.', number({ min: 0, max: 1e9 })),
});

export const linkSettings = field(
  'A link between two parts, and what the caller does about its calls over it. Two parts without one are joined by a link that costs no time, and the caller waits for ever.',
  object({
    from: field('The part that calls.', text(60)),
    to: field('The part that is called.', text(60)),
    latency: field(
      'Time on the way, each way, in units of time: a number for a constant, or a distribution.',
      otherwise(z.union([number({ min: 0, max: 1e12 }), distribution]), 0),
    ),
    loss: field('The share of messages that get lost, each way.', otherwise(number({ min: 0, max: 1 }), 0)),
    retransmit: none(
      'The transport sends a lost message again; null where it does not, so that only a timeout notices.',
      object({
        after: time('How long until the first is sent again, in units of time.'),
        factor: field('By what this wait grows each time.', otherwise(number({ min: 1, max: 10 }), 2)),
        most: field(
          'How many times at most; then the message is lost for good.',
          otherwise(whole({ min: 1, max: 100 }), 15),
        ),
      }),
    ),
    bandwidth: none(
      'How much of message size passes per unit of time, each way; messages of a way pass one after the other. Null for no limit.',
      number({ above: 0, max: 1e12 }),
    ),
    timeout: none(
      'How long the caller waits for one try, in units of time; null for ever.',
      number({ above: 0, max: 1e12 }),
    ),
    onTimeout: field(
      'What becomes of a try that the caller gave up: `zombie` lets the callee work on for nobody; `cancel` tells it, and it stops at once.',
      otherwise(choice(['zombie', 'cancel']), 'zombie'),
    ),
    deadline: none(
      'How long the caller waits for the whole call with all its tries, in units of time; null for ever. It fails as `deadline`.',
      number({ above: 0, max: 1e12 }),
    ),
    propagates: field(
      'Deadline propagation: whether the callee is told by when the answer is needed. It then passes on no later deadline, and may refuse what is too late.',
      otherwise(z.boolean(), false),
    ),
    retry: none('What the caller does when a try fails; null for nothing.', retrySettings),
    hedge: none('Whether it sends another try beside a slow one; null for not.', hedgeSettings),
    breaker: none('A circuit breaker; null for none.', breakerSettings),
    bulkhead: none('How many tries may be under way at a time; null for any number.', bulkheadSettings),
    rateLimit: none(
      'A token bucket that calls are paid from: one without a token fails as `rate-limited`. Null for none.',
      tokenBucketSettings,
    ),
    fallback: none(
      'What the caller makes do with when a call has failed for good: a substitute such as a stale copy, which counts as answered and as degraded. Null for nothing.',
      object({
        takes: field(
          'How long making the substitute takes, in units of time.',
          otherwise(number({ min: 0, max: 1e12 }), 0),
        ),
        on: field('For which failures.', optional(reasons)),
      }),
    ),
  }),
);

export type LinkSettings = z.output<typeof linkSettings>;

/** What may be broken about a link, each with a sentence. */
export const linkActions: Record<string, string> = {
  partition: 'cuts the link: every message on it gets lost, and nobody is told',
  refuse: 'cuts the link so that the caller notices: a call fails at once as `unreachable`',
  lose: 'loses the amount (a share) of all messages besides what the link loses anyway',
  delay: 'multiplies the latency by the amount',
};

/** Settings of a link that may be turned while a run goes on. */
export const linkAdopts = [
  'latency',
  'loss',
  'bandwidth',
  'timeout',
  'deadline',
  'retry',
  'hedge',
  'breaker',
  'bulkhead',
  'rateLimit',
  'onTimeout',
] as const;

/** Whether a caller has any policy of its own on a link. */
export function hasPolicy(link: LinkSettings): boolean {
  return (
    link.timeout !== null ||
    link.deadline !== null ||
    link.propagates ||
    link.retry !== null ||
    link.hedge !== null ||
    link.breaker !== null ||
    link.bulkhead !== null ||
    link.rateLimit !== null ||
    link.fallback !== null
  );
}

/** The reasons for which this link itself may fail a call. */
export function linkReasons(link: LinkSettings): (typeof failureReasons)[number][] {
  return [
    ...(link.timeout === null ? [] : (['timeout'] as const)),
    ...(link.deadline === null && !link.propagates ? [] : (['deadline'] as const)),
    ...(link.breaker === null ? [] : (['breaker-open'] as const)),
    ...(link.bulkhead === null ? [] : (['bulkhead-full'] as const)),
    ...(link.rateLimit === null ? [] : (['rate-limited'] as const)),
    'unreachable',
  ];
}
