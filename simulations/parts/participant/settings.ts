/**
 * What a participant of transactions is: its settings, field by field. Its readings in a run's state: `isDown`; `locks`
 * held; `prepared`, transactions that it has voted for and not heard of since; `unacknowledged`, events that it sends
 * until they are answered; `done`, steps that count, each as often as it was done.
 */
import { distribution } from '../../distributions/index.ts';
import { field, nullable, number, object, otherwise, whole, z } from '../../fields.ts';

const time = z.union([number({ min: 0, max: 1e12 }), distribution]);

export const settings = field(
  'A participant of transactions: it does a piece of work for each, under a lock on the request’s key, and knows how to prepare, commit, abort and undo it. Whoever else calls it, with a write, has it done at once and for good. It works on any number of requests at a time; only locks make them wait.',
  object({
    kind: z.literal('participant'),
    work: field(
      'How long its work for one transaction takes, in units of time: a number or a distribution. In two-phase commit it is what comes before the vote.',
      otherwise(time, 0),
    ),
    commitWork: field(
      'For two-phase commit: how long it takes to commit once it is told to, in units of time: a number or a distribution. The lock is held meanwhile.',
      otherwise(time, 0),
    ),
    undoWork: field(
      'How long it takes to undo what was done, in units of time: a number or a distribution. Null for as long as the work.',
      otherwise(nullable(time), null),
    ),
    refuses: field(
      'The share of transactions to which it says no after its work, as when there is no money left: a vote of no, or a step that fails as `aborted`.',
      otherwise(number({ min: 0, max: 1 }), 0),
    ),
    locks: field(
      'Whether it holds an exclusive lock on the key: from when its work begins until it is done or undone, in two-phase commit until the decision is here and carried out. Who comes meanwhile waits, first come first served. Reads neither wait nor lock.',
      otherwise(z.boolean(), true),
    ),
    lockTimeout: field(
      'How long one may wait for a lock, in units of time; then it fails as `lock-timeout`. Null for ever.',
      otherwise(nullable(number({ above: 0, max: 1e12 })), null),
    ),
    idempotency: field(
      'Whether it recognises by its key what it has been asked before: it then gives the same answer and does nothing again, and refuses to do what has been undone already. Two-phase commit always does.',
      otherwise(z.boolean(), true),
    ),
    remembers: field(
      'How many keys it recognises, the latest ones: 1 to 1,000,000. What it is still busy with it always does.',
      otherwise(whole({ min: 1, max: 1_000_000 }), 100_000),
    ),
    resendAfter: field(
      'For choreographed sagas: when an event that it has sent is sent again if it has not been acknowledged, in units of time: above 0, up to 1e12; a tick at least.',
      otherwise(number({ above: 0, max: 1e12 }), 1),
    ),
  }),
);

export type ParticipantSettings = z.output<typeof settings>;
