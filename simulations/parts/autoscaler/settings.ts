/**
 * What an autoscaler is: its settings, field by field. Its state's readings: `desired`, what it asks for; `recommended`,
 * what its rule gave last, before any window, policy or bound; `metric`, as it last saw it, absent before.
 */
import { choice, field, list, number, object, optional, otherwise, text, whole, z } from '../../fields.ts';

const span = (meaning: string, standard: number) => field(meaning, otherwise(number({ min: 0, max: 1e12 }), standard));

const policy = object({
  by: field(
    'Whether `value` is so many `instances` or so many `percent` of those at the beginning of the stretch.',
    choice(['instances', 'percent']),
  ),
  value: field('How many, or how many percent, may come or go within the stretch.', number({ above: 0, max: 100_000 })),
  every: field('How long the stretch is, in units of time: it always ends now.', number({ above: 0, max: 1e12 })),
});

/** One way, up or down. */
const way = (meaning: string, window: number, policies: readonly z.input<typeof policy>[]) =>
  field(
    meaning,
    otherwise(
      object({
        window: span(
          'Stabilisation window, in units of time: of all recommendations that are younger than this, the one that changes least counts.',
          window,
        ),
        policies: field(
          'How fast it may go. A percentage rounds towards the greater change upwards, and towards the smaller number downwards.',
          otherwise(list(policy, { min: 1, max: 5 }), policies as never),
        ),
        change: field(
          'Of several policies, the one that allows the `most` change counts, or the one that allows the `least`; `none`: it never goes this way.',
          otherwise(choice(['most', 'least', 'none']), 'most'),
        ),
      }),
      { window, policies: policies as never, change: 'most' },
    ),
  );

export const settings = field(
  'An autoscaler: it looks at a service every now and then, and changes how many instances are wanted.',
  object({
    kind: z.literal('autoscaler'),
    part: field('The part whose instances it counts and changes.', text(60)),
    rule: field(
      '`kubernetes`: the rule of the Kubernetes horizontal autoscaler, current × metric ÷ target rounded up, with tolerance, windows and policies. `naive`: one more when the metric is above a threshold, one fewer when it is below another, each time it looks, whatever happened before. `scheduled`: by the clock.',
      otherwise(choice(['kubernetes', 'naive', 'scheduled']), 'kubernetes'),
    ),
    metric: field(
      'What it looks at, per instance that is ready. `utilisation`: the share of the time since the last look that threads were busy, 1 at most. `inside`: requests inside at that moment. `queue`: requests waiting at that moment. `rate`: arrivals per unit of time since the last look.',
      otherwise(choice(['utilisation', 'inside', 'queue', 'rate']), 'utilisation'),
    ),
    target: field(
      'For `kubernetes`: where the metric is to be, in its own unit; a utilisation is from 0 to 1.',
      optional(number({ above: 0, max: 1e9 })),
    ),
    tolerance: field(
      'For `kubernetes`: how far metric ÷ target may be from 1 before anything is done.',
      otherwise(number({ min: 0, max: 0.99 }), 0.1),
    ),
    above: field(
      'For `naive`: one more instance when the metric is above this.',
      optional(number({ min: 0, max: 1e9 })),
    ),
    below: field('For `naive`: one fewer when it is below this.', optional(number({ min: 0, max: 1e9 }))),
    minInstances: field(
      'How many are wanted at least. With 0 it may stop the last one, and starts one again when it sees that something has arrived or waits; for that, requests must wait for instances.',
      otherwise(whole({ min: 0, max: 1000 }), 1),
    ),
    maxInstances: field('How many are wanted at most.', otherwise(whole({ min: 1, max: 1000 }), 10)),
    sync: field(
      'How long from one look to the next, in units of time. The first is after one such time. 15 as in Kubernetes, where the unit is a second.',
      otherwise(number({ above: 0, max: 1e12 }), 15),
    ),
    metricDelay: span(
      'How old the metric is when it looks at it, in units of time. Before the first has come it does nothing.',
      0,
    ),
    up: way(
      'For `kubernetes`: how it goes up. As in Kubernetes, where the unit is a second: at once, by four or to twice as many within 15.',
      0,
      [
        { by: 'instances', value: 4, every: 15 },
        { by: 'percent', value: 100, every: 15 },
      ],
    ),
    down: way(
      'For `kubernetes`: how it goes down. As in Kubernetes, where the unit is a second: by the highest recommendation of the last 300, then by any number.',
      300,
      [{ by: 'percent', value: 100, every: 15 }],
    ),
    schedule: field(
      'For `scheduled`: from when on how many instances are wanted.',
      otherwise(
        list(
          object({
            at: field('When, in units of time.', number({ min: 0, max: 1e12 })),
            instances: field('How many from then on.', whole({ min: 0, max: 1000 })),
          }),
          { max: 1000 },
        ),
        [],
      ),
    ),
  }),
);

export type AutoscalerSettings = z.output<typeof settings>;
export type Policies = AutoscalerSettings['up'];
