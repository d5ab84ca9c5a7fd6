/** What an accelerator that serves in batches is: its settings, field by field. */
import { field, nullable, number, object, otherwise, whole, z } from '../../fields.ts';

const time = (meaning: string) => field(meaning, number({ min: 0, max: 1e9 }));

export const settings = field(
  'An accelerator, such as a graphics processor that runs a neural network: it takes several requests at once as a batch, whose time is a fixed cost and a cost for each.',
  object({
    kind: z.literal('accelerator'),
    devices: field(
      'How many devices it has, 1 to 64. All take from one line, and each is on one batch at a time.',
      otherwise(whole({ min: 1, max: 64 }), 1),
    ),
    fixed: time('What a batch costs however few are in it, in units of time: 0 to 1e9.'),
    perItem: time('What each request in it adds, in units of time, times how much work the request is: 0 to 1e9.'),
    unevenness: field(
      'How much the time of a batch varies about that: squared coefficient of variation, 0 to 100. At 0 not at all. The mean stays.',
      otherwise(number({ min: 0, max: 100 }), 0),
    ),
    batchLimit: field(
      'How many requests a batch holds at most, 1 to 1000. 1 serves them one by one.',
      otherwise(whole({ min: 1, max: 1000 }), 1),
    ),
    waitLimit: field(
      'How long the oldest may wait for its batch to fill while a device is free, in units of time. 0 takes what waits as soon as a device is free (greedy); null waits until the batch is full, for ever if need be.',
      otherwise(nullable(number({ min: 0, max: 1e9 })), 0),
    ),
    queueLimit: field(
      'How many may wait; one more is refused as `queue-full`. Null for any number.',
      otherwise(nullable(whole({ min: 0, max: 1_000_000 })), null),
    ),
  }),
);

export type AcceleratorSettings = z.output<typeof settings>;
