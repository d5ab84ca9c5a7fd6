/** What a balancer is: its settings, field by field. */
import { failureReasons } from '../../engine/run.ts';
import { choice, field, list, nullable, number, object, otherwise, whole, z } from '../../fields.ts';
import { checkSettings } from '../routing/health.ts';
import { targetList } from '../routing/targets.ts';

const none = <Schema extends z.core.$ZodType>(meaning: string, schema: Schema) =>
  field(meaning, otherwise(nullable(schema), null as never));

const time = { min: 0, max: 1e12 };

export const settings = field(
  'A load balancer: passes each call on to one of several targets. A retry of its own caller is a new call and may go elsewhere; a retry on the link from the balancer goes to the same target.',
  object({
    kind: z.literal('balancer'),
    targets: targetList(
      'Where calls may go: parts; of a service whose instances have lines of their own (`line: each`), each instance is a target.',
    ),
    policy: field(
      'How a target is chosen. `random`: by chance, in proportion to the weights. `round-robin`: one after the other. `weighted`: smooth weighted round robin, so that a heavy target does not get its calls in one go. `least-connections`: where the balancer has the fewest calls under way. `power-of-choices`: the less loaded of a few drawn by chance. `join-shortest-queue`: where the fewest are inside, as the targets themselves say. `consistent-hash`: by the key of the call, on a ring of hashes. `modulo-hash`: by the key of the call, modulo the number of targets that are up. `sticky`: where the same key went before, as long as that target is up. The less loaded is the one that would have the lower load per weight with this call.',
      otherwise(
        choice([
          'random',
          'round-robin',
          'weighted',
          'least-connections',
          'power-of-choices',
          'join-shortest-queue',
          'consistent-hash',
          'modulo-hash',
          'sticky',
        ]),
        'round-robin',
      ),
    ),
    choices: field('For `power-of-choices`: how many targets are drawn.', otherwise(whole({ min: 1, max: 1000 }), 2)),
    replacement: field(
      'For `power-of-choices`: whether a target may be drawn twice for one call, as in the supermarket model of Mitzenmacher (2001); else the targets drawn are different ones.',
      otherwise(z.boolean(), false),
    ),
    sees: field(
      'For `power-of-choices`: whether the load it compares is its `own` count of calls under way, or the `true` number inside the target. The true one leaves out calls that are still on their link.',
      otherwise(choice(['own', 'true']), 'own'),
    ),
    staleFor: none(
      'For policies that compare loads: they are read so often only, all at the same time, and stand in between, in units of time; null for always fresh. With old loads everybody runs to the same target.',
      number({ above: 0, max: 1e12 }),
    ),
    ties: field(
      'For `least-connections` and `join-shortest-queue`: which of several equally loaded targets it is. `random`: by chance. `rotate`: the next after the one chosen last. `first`: the first of the list, which wears the first ones out.',
      otherwise(choice(['random', 'rotate', 'first']), 'random'),
    ),
    virtualNodes: field(
      'For `consistent-hash`: how many places on the ring a target has, times its weight (at least one).',
      otherwise(whole({ min: 1, max: 1000 }), 100),
    ),
    boundedLoad: none(
      'For `consistent-hash`: a target takes no more than this many times its even share of the calls under way; beyond that the next on the ring does. Null for no bound.',
      number({ above: 1, max: 1000 }),
    ),
    firstChoice: field(
      'For `sticky`: how a key that has no target yet, or has lost it, gets one.',
      otherwise(
        choice(['random', 'round-robin', 'weighted', 'least-connections', 'power-of-choices', 'join-shortest-queue']),
        'round-robin',
      ),
    ),
    takes: field(
      'How long a call spends in the balancer before it is passed on, in units of time.',
      otherwise(number(time), 0),
    ),
    knows: field(
      'What it knows of which targets take calls. `truth`: at once who is ready. `checks`: what health checks have shown, so that calls go to a dead target until it is noticed. `nothing`: it goes on with the targets that were there at the start.',
      otherwise(choice(['truth', 'checks', 'nothing']), 'truth'),
    ),
    checks: none(
      'Health checks, where it knows by `checks`. A check sees whether a target is ready and does not stand still; not that it is slow or answers with errors.',
      checkSettings,
    ),
    seesFailures: field(
      'Whether it can tell a failure that comes back from an answer. If not, `failurePenalty` and `outliers` do nothing.',
      otherwise(z.boolean(), true),
    ),
    counts: field(
      'Which failures it holds against the target.',
      otherwise(list(choice(failureReasons), { max: failureReasons.length }), [
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
    failurePenalty: field(
      'How long a call that failed goes on counting as under way at its target, in units of time. With 0 a target that fails fast looks idle, and by its own count the balancer sends it more and more (a black hole).',
      otherwise(number(time), 0),
    ),
    outliers: none(
      'Outlier ejection: who fails too often in a row is left out for a while. Null for not.',
      object({
        consecutive: field('After so many failures in a row.', whole({ min: 1, max: 1_000_000 })),
        ejectFor: field('For how long, in units of time.', number({ above: 0, max: 1e12 })),
        mostShare: field(
          'At most this share of the targets that count as up is left out at a time; one more stays in, however it fails.',
          otherwise(number({ min: 0, max: 1 }), 0.5),
        ),
      }),
    ),
    slowStart: none(
      'A target that has become ready after the start, or comes back from an ejection, is given less at first. Policies by weight and by load take its weight as lower; `round-robin` passes over it by chance; policies by key do not know it. Null for not.',
      object({
        lasts: field('How long until it has its full weight, in units of time.', number({ above: 0, max: 1e12 })),
        from: field(
          'Its weight at first, as a share of the full one; this grows evenly to 1.',
          otherwise(number({ min: 0.001, max: 1 }), 0.1),
        ),
      }),
    ),
  }),
);

export type BalancerSettings = z.output<typeof settings>;
