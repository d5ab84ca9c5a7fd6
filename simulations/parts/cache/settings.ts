/**
 * What a cache is: its settings, field by field. Its readings in a run's state: `entries`, how many it holds, also
 * those that have expired and were not asked for since; `keys`, the first of them, the newest first; `fetching`, the
 * first of the keys that are being read from behind.
 */
import { distribution } from '../../distributions/index.ts';
import { choice, field, nullable, number, object, otherwise, text, whole, z } from '../../fields.ts';

const time = z.union([number({ min: 0, max: 1e12 }), distribution]);

export const settings = field(
  'A cache before another part: it answers a read whose key it holds, and asks that part for all else. It never makes anybody wait in a line.',
  object({
    kind: z.literal('cache'),
    behind: field('The part that it stands before: it is asked for what is not held, and for every write.', text(60)),
    livesIn: field(
      'The service in whose instances it lives, in the memory of each: what an instance has filled only that instance finds, and it is lost with the instance, in a crash, a stop or a deployment; a pause loses nothing. Which instance calls it knows from the balancer before a service whose instances have lines of their own. `size` is of all together; what is `warm` at the start belongs to the first instance that asks for it. Null for one that stands by itself.',
      otherwise(nullable(text(60)), null),
    ),
    hitTime: field(
      'How long an answer takes whose key is held, in units of time: a number or a distribution. A miss takes what the part behind takes.',
      otherwise(time, 0),
    ),
    size: field(
      'How many entries it holds, 0 to 1,000,000; one more evicts another. Null for any number.',
      otherwise(nullable(whole({ min: 0, max: 1_000_000 })), null),
    ),
    eviction: field(
      'Which entry goes when room is needed. `lru`: the one used least recently. `fifo`: the one filled longest ago. `random`: any.',
      otherwise(choice(['lru', 'fifo', 'random']), 'lru'),
    ),
    ttl: field(
      'Time to live: how long an entry is good, in units of time; a distribution is drawn at each fill, so that what was filled together does not expire together. Null for ever.',
      otherwise(nullable(time), null),
    ),
    ttlFrom: field(
      'Whether the time to live counts from the `fill` (fixed), or anew from each `use` (sliding).',
      otherwise(choice(['fill', 'use']), 'fill'),
    ),
    coalesce: field(
      'Request coalescing: whether a miss for a key that is being fetched waits for that fetch; else each miss asks the part behind by itself.',
      otherwise(z.boolean(), false),
    ),
    whenFetchFails: field(
      'What becomes of those who wait for a fetch that fails: `all-fail` with it, or `each-tries` by itself; whoever it was made for fails in any case.',
      otherwise(choice(['all-fail', 'each-tries']), 'all-fail'),
    ),
    refreshAhead: field(
      'A hit in this last share of an entry’s life, 0 to 1, also fetches it anew in the background, once at a time; 0 for not. Only for a life that counts from the fill.',
      otherwise(number({ min: 0, max: 1 }), 0),
    ),
    refreshByChance: field(
      'Probabilistic early expiration (XFetch): how eager it is, 0 to 100; 1 is the usual, 0 is off. A hit fetches its entry anew in the background when the time left is less than this factor times what the last fetch took times −ln u, with u drawn between 0 and 1. Only for a life that counts from the fill.',
      otherwise(number({ min: 0, max: 100 }), 0),
    ),
    staleOnError: field(
      'Whether an expired copy is answered with, as degraded, when the part behind fails. An expired entry then stays until it is filled anew or evicted.',
      otherwise(z.boolean(), false),
    ),
    writes: field(
      'What a write does to the entry of its key once the part behind has answered. `through`: it holds what was written. `around`: nothing, so an old copy may be read until it expires. `invalidate`: it is dropped, also when the write failed, as that may have been done all the same.',
      otherwise(choice(['through', 'around', 'invalidate']), 'invalidate'),
    ),
    fills: field(
      'Whether what is fetched is also kept when everybody who asked for it has given up before it came. `in-time`: no; and where they say that they gave up, the fetch is cancelled with them: so does a cache that its clients fill themselves (look-aside). `late-too`: yes; the fetch goes on without them. What the cache’s own link to the part behind has given up is never kept.',
      otherwise(choice(['in-time', 'late-too']), 'late-too'),
    ),
    warm: field(
      'How many keys it holds at the start of the run, 0 to 1,000,000 and at most its size: 0, 1, 2 and so on, the most popular ones under a Zipf law. All are filled at time 0, so a constant time to live makes them expire together.',
      otherwise(whole({ min: 0, max: 1_000_000 }), 0),
    ),
    whenDown: field(
      'What becomes of calls while the cache is down: they go `past-it` straight to the part behind, and fill nothing; or they `fail` as `unavailable`.',
      otherwise(choice(['past-it', 'fail']), 'past-it'),
    ),
  }),
);

export type CacheSettings = z.output<typeof settings>;
