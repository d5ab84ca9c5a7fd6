/** What a message broker is: its settings, field by field. */
import { distribution } from '../../distributions/index.ts';
import { choice, field, list, nullable, number, object, optional, otherwise, text, whole, z } from '../../fields.ts';

const none = <Schema extends z.core.$ZodType>(meaning: string, schema: Schema) =>
  field(meaning, otherwise(nullable(schema), null as never));

const group = field(
  'Consumers that share the messages among them: each message is handled by one of them.',
  object({
    id: field(
      'Its name: where there are several groups, those measures that are of one bear it, as in `broker.lag.GROUP.mean`.',
      text(60, [/^[a-z][a-zA-Z0-9-]*$/, 'an id starts with a small letter and has only letters, digits and hyphens']),
    ),
    to: field('The part that does the work: it is called once for each delivery.', text(60)),
    consumers: field(
      'How many consumers there are: 0 to 1000. May be turned in a run.',
      otherwise(whole({ min: 0, max: 1000 }), 1),
    ),
    prefetch: field(
      'How many deliveries one consumer has in work at a time: 1 to 1000. With 1, the messages of a partition are worked on strictly one after the other, in their order.',
      otherwise(whole({ min: 1, max: 1000 }), 1),
    ),
    ackTimeout: none(
      'How long the broker waits for the answer to a delivery, in units of time. Then the message is there for delivery again at once, and the consumer has its place back; the work goes on all the same, so that a message may be done twice. Null for ever.',
      number({ above: 0, max: 1e12 }),
    ),
    acceptsLateAck: field(
      'Whether an answer that comes after that time still takes the message away. When not, it is delivered again however well the work went.',
      otherwise(z.boolean(), true),
    ),
    redeliverAfter: field(
      'How long a message waits after a delivery has failed before it may be delivered again, in units of time; a tick at least.',
      otherwise(number({ min: 0, max: 1e12 }), 1),
    ),
    maxDeliveries: none(
      'How often a message is delivered at most: 1 to 1,000,000. It is dead when the last of these has failed. Null for any number.',
      whole({ min: 1, max: 1_000_000 }),
    ),
    deadLetter: field(
      'A part that is called with each dead message, as a write. They are only counted when left out.',
      optional(text(60)),
    ),
    keepsOrder: field(
      'For publish-subscribe: whether what is behind a failed message in its partition waits until that has been done or is dead, so that the order holds. Else, and always in a queue, the others go ahead.',
      otherwise(z.boolean(), true),
    ),
    rebalance: field(
      'How long the group takes nothing when its consumers become more or fewer, in units of time. What is in work goes on.',
      otherwise(number({ min: 0, max: 1e12 }), 0),
    ),
  }),
);

export const settings = field(
  'A message broker: it accepts messages from producers, and delivers them to consumers afterwards. Every call to it is a message.',
  object({
    kind: z.literal('broker'),
    mode: field(
      '`queue`: one group, whose consumers compete: whichever is free takes the next message. `publish-subscribe`: every group gets every message, and each partition belongs to one consumer of the group.',
      otherwise(choice(['queue', 'publish-subscribe']), 'queue'),
    ),
    partitions: field(
      'For publish-subscribe: how many partitions the messages are spread over: 1 to 1000. They are dealt out to the consumers in ranges, as evenly as it goes; where there are more consumers than partitions, some have none.',
      otherwise(whole({ min: 1, max: 1000 }), 1),
    ),
    partitionBy: field(
      'Where a message goes: `round-robin` takes one partition after the other, `key` the key of the request modulo the partitions. Without keys in the traffic, `key` puts all into the first.',
      otherwise(choice(['round-robin', 'key']), 'round-robin'),
    ),
    groups: field('The groups of consumers: 1 to 10.', list(group, { min: 1, max: 10 })),
    acceptTime: field(
      'How long it takes to accept a message, in units of time: a number or a distribution. Then the producer has its answer. Any number are accepted at the same time.',
      otherwise(z.union([number({ min: 0, max: 1e12 }), distribution]), 0),
    ),
    capacity: none(
      'How many messages it holds at most, those included that are being accepted: 0 to 1,000,000. A message is held until every group is done with it. One more is refused as `queue-full`. Null for no limit but the retention.',
      whole({ min: 0, max: 1_000_000 }),
    ),
    retention: field(
      'How many messages are kept for each group at most, an equal share of them (at least 1) in each partition: 1 to 1,000,000. When one more comes, the oldest there that waits for its first delivery is dropped, and counts as expired.',
      otherwise(whole({ min: 1, max: 1_000_000 }), 1_000_000),
    ),
    drainedFrom: field(
      'By how many waiting messages it takes for a group to be behind, from the fewest that waited before: 0 to 1,000,000. It is marked as drained when no more wait than a hundredth of the most that have waited meanwhile.',
      otherwise(whole({ min: 0, max: 1_000_000 }), 100),
    ),
  }),
);

export type BrokerSettings = z.output<typeof settings>;
export type GroupSettings = BrokerSettings['groups'][number];
