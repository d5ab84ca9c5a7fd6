/** What a service is: its settings, field by field. */
import { distribution } from '../../distributions/index.ts';
import { choice, field, list, nullable, number, object, optional, otherwise, text, whole, z } from '../../fields.ts';
import { callPlan } from '../../plans/settings.ts';

const none = <Schema extends z.core.$ZodType>(meaning: string, schema: Schema) =>
  field(meaning, otherwise(nullable(schema), null as never));

const id: [RegExp, string] = [/^[a-zA-Z][a-zA-Z0-9-]*$/, 'letters, digits and hyphens'];

export const settings = field(
  'A service: instances and threads that serve requests, and a line before them.',
  object({
    kind: z.literal('service'),
    instances: field('How many copies of the service run.', otherwise(whole({ min: 0, max: 1000 }), 1)),
    mostInstances: field(
      'How many may run at most, where something scales it.',
      otherwise(whole({ min: 1, max: 1000 }), 1000),
    ),
    threads: field(
      'How many requests one instance serves at a time; null for any number, so that nobody ever waits.',
      otherwise(nullable(whole({ min: 1, max: 10_000 })), 1),
    ),
    cores: field(
      'For processor sharing: how many requests an instance works on at full speed; more than that share it equally.',
      otherwise(number({ above: 0, max: 1000 }), 1),
    ),
    line: field(
      '`shared`: one line for the whole service, whichever thread is free takes the first. `each`: every instance has a line of its own, and a request stays in the one it was sent to.',
      otherwise(choice(['shared', 'each']), 'shared'),
    ),
    spread: field(
      'With lines of their own: to which instance a request goes that no balancer has sent to one. `round-robin`, `random`, or `shortest`: where fewest are inside (ties by chance).',
      otherwise(choice(['round-robin', 'random', 'shortest']), 'round-robin'),
    ),
    queueLimit: field(
      'How many may wait; null for no limit. One more is refused: `queue-full`.',
      otherwise(nullable(whole({ min: 0, max: 1_000_000 })), null),
    ),
    queueLimitPer: field(
      'Whether the limit is for the `service` as a whole or for each `instance`; a shared line then has room for the limit times the instances that are ready.',
      otherwise(choice(['service', 'instance']), 'service'),
    ),
    discipline: field(
      'Who is next. `fifo`: first come, first served. `lifo`: last come, first served. `priority`: the most urgent class, and within it first come first served; who is in service stays. `priority-preemptive`: the most urgent also takes the thread of a less urgent one, who goes on later with the work that is left. `processor-sharing`: all in service at the same time, each slower. `adaptive-lifo`: first come first served while the line is short, newest first when it is long.',
      otherwise(
        choice(['fifo', 'lifo', 'priority', 'priority-preemptive', 'processor-sharing', 'adaptive-lifo']),
        'fifo',
      ),
    ),
    newestFirstAbove: field(
      'For `adaptive-lifo`: how many must wait before the newest goes first.',
      otherwise(whole({ min: 0, max: 1_000_000 }), 10),
    ),
    controlledDelay: none(
      'Controlled delay: who has waited too long is turned away as `shed` when its turn comes. Null for not.',
      object({
        target: field(
          'How long one may wait while the line has not been empty for an interval, in units of time.',
          number({ min: 0, max: 1e12 }),
        ),
        interval: field(
          'That interval, and how long one may wait otherwise, in units of time.',
          number({ above: 0, max: 1e12 }),
        ),
      }),
    ),
    maxWait: none(
      'Who has waited so long is turned away as `shed` at that moment, in units of time; null for never.',
      number({ above: 0, max: 1e12 }),
    ),
    checksDeadline: field(
      'Whether a request whose deadline has passed is dropped as `deadline` when its turn comes. It must have been told: see `propagates` of a link.',
      otherwise(z.boolean(), false),
    ),
    waitsForInstances: field(
      'Whether requests wait in the line while no instance is ready; else they fail as `unavailable`.',
      otherwise(z.boolean(), false),
    ),
    service: field('How long one request takes on a server of speed 1.', distribution),
    byClass: field(
      'Other times for some classes of request, by the name of the class.',
      otherwise(z.record(text(60, id), distribution), {}),
    ),
    speed: field(
      'How fast the servers are: 2 halves every service time.',
      otherwise(number({ above: 0, max: 1e6 }), 1),
    ),
    errors: field('The share of requests that it answers with an `error`.', otherwise(number({ min: 0, max: 1 }), 0)),
    errorsTake: field(
      'Whether an error comes after the `work`, or takes `nothing` but a thread for a moment.',
      otherwise(choice(['work', 'nothing']), 'work'),
    ),
    calls: otherwise(callPlan('What it calls for each request, after its own work.'), []),
    holdsThread: field(
      'Whether the thread is held while it waits for those calls. When it is not, the work that may be left afterwards needs a thread again.',
      otherwise(z.boolean(), true),
    ),
    finish: field('How long its work takes after those calls; nothing when left out.', optional(distribution)),
    startUp: field(
      'How long an instance that is started takes until it serves, in units of time: a number or a distribution.',
      otherwise(z.union([number({ min: 0, max: 1e12 }), distribution]), 0),
    ),
    startBilled: field('Whether an instance is paid for while it starts.', otherwise(z.boolean(), true)),
    warmUp: none(
      'A cold instance is slower at first; null when it is not.',
      object({
        lasts: field(
          'How long until it is warm, in units of time after it began to serve.',
          number({ above: 0, max: 1e12 }),
        ),
        factor: field(
          'How many times as long a request takes at first; this falls evenly to 1.',
          number({ min: 1, max: 1000 }),
        ),
      }),
    ),
    leak: none(
      'A memory leak; null for none.',
      object({
        limit: field(
          'After so many requests an instance is full and dies; what it had in service fails as `crashed`. It then starts anew.',
          whole({ min: 1, max: 1e9 }),
        ),
        slower: field(
          'How many times as long a request takes just before that; this grows evenly from 1.',
          otherwise(number({ min: 1, max: 1000 }), 1),
        ),
      }),
    ),
    gracePeriod: none(
      'How long an instance that is stopped gracefully may take to finish what it has, in units of time; what is left then fails as `crashed`. Null for as long as it takes.',
      number({ min: 0, max: 1e12 }),
    ),
    zones: field(
      'How many zones the instances are spread over: instance i is in zone i modulo this.',
      otherwise(whole({ min: 1, max: 100 }), 1),
    ),
    versions: field(
      'Other versions that a deployer may start. The service as written is version `v1`.',
      otherwise(
        list(
          object({
            id: field('Its name.', text(60, id)),
            speed: field('How fast it is.', optional(number({ above: 0, max: 1e6 }))),
            errors: field(
              'The share of requests that it answers with an `error`.',
              optional(number({ min: 0, max: 1 })),
            ),
          }),
          { max: 10 },
        ),
        [],
      ),
    ),
  }),
);

export type ServiceSettings = z.output<typeof settings>;
