/**
 * What a store is: its settings, field by field. A node is the primary or a replica of one shard; node n is copy
 * n modulo (replicas + 1) of shard n ÷ (replicas + 1), and copy 0 is the primary. Its readings in a run's state:
 * `connections` in use, `running` (in service) and `arrivals`, each by node; `shards`; `locks`, row locks held;
 * `schemaLock`, `free`, `waiting` or `held`; `behind`, writes that replicas have yet to apply.
 */
import { distribution } from '../../distributions/index.ts';
import { choice, field, nullable, number, object, otherwise, whole, z } from '../../fields.ts';

const time = z.union([number({ min: 0, max: 1e12 }), distribution]);
const atMost = (max: number) => nullable(whole({ min: 1, max }));

export const settings = field(
  'A store, such as a database: a pool of connections, threads that serve, locks, replicas and shards. A read is what is called with the operation `read`, the rest are writes; each is one transaction on one key.',
  object({
    kind: z.literal('store'),
    reads: field(
      'How long the work of a read takes, in units of time: a number or a distribution.',
      otherwise(time, 0),
    ),
    writes: field(
      'How long the work of a write takes, in units of time: a number or a distribution.',
      otherwise(time, 0),
    ),
    threads: field(
      'How many transactions one node works on at a time, 1 to 10,000; null for any number.',
      otherwise(atMost(10_000), 1),
    ),
    pool: field(
      'How many connections one node has, 1 to 100,000. A transaction holds one from its first lock to its end, also while it waits for a lock or a thread. Null for any number.',
      otherwise(atMost(100_000), null),
    ),
    poolQueue: field(
      'How many may wait for a connection of one node, 0 to 1,000,000; one more is refused: `queue-full`. Null for any number.',
      otherwise(nullable(whole({ min: 0, max: 1_000_000 })), null),
    ),
    poolTimeout: field(
      'How long one may wait for a connection, in units of time; then it fails as `pool-timeout`. Null for ever.',
      otherwise(nullable(number({ above: 0, max: 1e12 })), null),
    ),
    rowLocks: field(
      'Whether a write holds an exclusive lock on its key while it is worked on. Without keys all writes are of key 0, and so take turns.',
      otherwise(z.boolean(), true),
    ),
    readersBlock: field(
      'Whether a read on a primary holds a shared lock on its key, so that it waits for a write and a write for it. Else readers block nobody and nobody blocks them (snapshots).',
      otherwise(z.boolean(), false),
    ),
    lockHold: field(
      'How long a write stays open after its work until it commits and answers, in units of time: a number or a distribution. It keeps lock and connection, and no thread.',
      otherwise(time, 0),
    ),
    lockTimeout: field(
      'How long one may wait for locks, in units of time; then it fails as `lock-timeout`. Null for ever.',
      otherwise(nullable(number({ above: 0, max: 1e12 })), null),
    ),
    shards: field(
      'How many shards the keys are spread over, 1 to 1000. Each has nodes, threads and pools of its own.',
      otherwise(whole({ min: 1, max: 1000 }), 1),
    ),
    sharding: field(
      'Which shard a key belongs to. `modulo`: the key modulo the number of shards. `range`: equal ranges of the key space one after the other. `consistent`: the next point on a ring on which each shard has many points by chance.',
      otherwise(choice(['modulo', 'range', 'consistent']), 'modulo'),
    ),
    virtualNodes: field(
      'For `consistent`: how many points each shard has on the ring, 1 to 1000. The more, the more even the shards.',
      otherwise(whole({ min: 1, max: 1000 }), 128),
    ),
    keys: field(
      'How many keys there are, 1 to 1,000,000, numbered from 0: the key space that ranges divide, and of which `moved` is a share.',
      otherwise(whole({ min: 1, max: 1_000_000 }), 1000),
    ),
    replicas: field(
      'How many replicas each shard has besides its primary, 0 to 20.',
      otherwise(whole({ min: 0, max: 20 }), 0),
    ),
    lag: field(
      'How long after its commit a write is applied at a replica, in units of time: a number or a distribution, drawn for each write and replica. A replica applies them in the order of their commits.',
      otherwise(time, 0),
    ),
    readFrom: field(
      'Where reads go: to the `primary`, to one of the `replicas` by chance, or to `any` copy by chance. Writes go to the primary.',
      otherwise(choice(['primary', 'replicas', 'any']), 'primary'),
    ),
  }),
);

export type StoreSettings = z.output<typeof settings>;
