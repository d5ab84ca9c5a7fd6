/** What a function as a service is: its settings, field by field. */
import { distribution } from '../../distributions/index.ts';
import { choice, field, nullable, number, object, otherwise, whole, z } from '../../fields.ts';
import { callPlan } from '../../plans/settings.ts';

const price = (meaning: string) => field(meaning, otherwise(number({ min: 0, max: 1e9 }), 0));

export const settings = field(
  'A function as a service: instances that start when a request comes and stop when none has come for a while. It scales itself.',
  object({
    kind: z.literal('function'),
    service: field('How long the work on one request takes at speed 1.', distribution),
    coldStart: field('How long an instance takes from being asked for until it can serve.', distribution),
    keepAlive: field(
      'How long an instance that has nothing to do is kept, in units of time: a number, or a distribution. 0 stops it at once, null never.',
      nullable(z.union([number({ min: 0, max: 1e12 }), distribution])),
    ),
    speed: field(
      'How fast an instance works: 2 halves every service time. Cold starts stay as they are.',
      otherwise(number({ above: 0, max: 1e6 }), 1),
    ),
    perInstance: field(
      'How many requests one instance works on at a time: 1 to 1000.',
      otherwise(whole({ min: 1, max: 1000 }), 1),
    ),
    concurrency: field(
      'How many instances there may be at most, those included that are starting: 0 to 100,000.',
      otherwise(whole({ min: 0, max: 100_000 }), 1000),
    ),
    minimum: field(
      'Provisioned concurrency: so many instances are warm from the start and are never stopped. 0 to 100,000, not more than `concurrency`.',
      otherwise(whole({ min: 0, max: 100_000 }), 0),
    ),
    reuse: field(
      'Which of the warm instances with room takes a request: the one used last (`newest`), so that the others may stop, or the one used longest ago (`oldest`). An instance is used whenever a request begins or ends on it.',
      otherwise(choice(['newest', 'oldest']), 'newest'),
    ),
    coldStartFor: field(
      'To whom an instance that starts belongs. `request`: to the request that it was started for, which waits for it even when another comes free before. `line`: to nobody; requests wait in one line, and whichever instance is free or ready first takes the first of them.',
      otherwise(choice(['request', 'line']), 'request'),
    ),
    queueLimit: field(
      'How many may wait in line when no more instances may be started; those who wait for a start do not count. 0 turns a request away at once as `bulkhead-full` (throttled); with any other number one more is refused as `queue-full`. Null for no limit.',
      otherwise(nullable(whole({ min: 0, max: 1_000_000 })), 0),
    ),
    calls: otherwise(
      callPlan('What it calls for each request, after its own work. The request keeps its place meanwhile.'),
      [],
    ),
    maxDuration: field(
      'How long one request may take from its begin, its calls included, in units of time; then it is stopped and fails as `timeout`. The instance stays. Null for any time.',
      otherwise(nullable(number({ above: 0, max: 1e12 })), null),
    ),
    price: field(
      'What it costs. Any currency.',
      otherwise(
        object({
          perRequest: price('For each request that begins, also one that fails later.'),
          perTimeUnit: price('For each unit of time that a request is worked on.'),
          idlePerTimeUnit: price('For each provisioned instance and unit of time, whether it has work or not.'),
          billsColdStart: field(
            'Whether the time in which an instance starts costs as much as work does.',
            otherwise(z.boolean(), false),
          ),
        }),
        { perRequest: 0, perTimeUnit: 0, idlePerTimeUnit: 0, billsColdStart: false },
      ),
    ),
  }),
);

export type FunctionSettings = z.output<typeof settings>;
