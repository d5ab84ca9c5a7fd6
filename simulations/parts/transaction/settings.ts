/**
 * What a transaction is: its settings, field by field. Its readings in a run's state: `open`, transactions that are not
 * over; `isDown`; `unacknowledged`, messages that it sends until they are answered; `outbox`, rows that wait for the relay.
 */
import { choice, field, list, nullable, number, object, optional, otherwise, text, whole, z } from '../../fields.ts';
import { MOST_STEPS } from './verbs.ts';

export const settings = field(
  'A business transaction over several participants, and whoever coordinates it. Every call to it is one such transaction; how it ends is the answer. It takes no time of its own. Nothing but a link may stand between it and its participants.',
  object({
    kind: z.literal('transaction'),
    protocol: field(
      '`two-phase-commit`: all prepare and vote, and all commit if every vote is yes. `orchestrated-saga`: one step after the other is done for good, and undone in reverse order when one fails. `choreographed-saga`: the same, but each participant tells the next, and nobody is in charge. `dual-write`: one step after the other, and nothing is undone or made up for. `outbox`: the first step also writes what the others must be told, and a relay tells them until they have heard.',
      choice(['two-phase-commit', 'orchestrated-saga', 'choreographed-saga', 'dual-write', 'outbox']),
    ),
    participants: field(
      `Who takes part, in the order of the steps, 1 to ${MOST_STEPS}. A part of kind \`participant\` knows what it is asked. Another part does each as a plain write: it holds no lock, takes each message for a new one, and what it has done is known when its answer is here.`,
      list(
        object({
          to: field('The part that does this step.', text(60)),
          compensates: field(
            'For an orchestrated saga: the part that is called to undo this step, when it is another.',
            optional(text(60)),
          ),
        }),
        { min: 1, max: MOST_STEPS },
      ),
    ),
    answersAfter: field(
      'When the caller has its answer: after the `decision`, or when all is `acknowledged`: everybody has committed, or all is undone, or the copies are written. Of a saga that goes well both are the same.',
      otherwise(choice(['decision', 'acknowledged']), 'decision'),
    ),
    answerTimeout: field(
      'How long the coordinator waits for all votes, or for the answer to a step, in units of time; then it decides to abort, as `timeout`. A step that was not answered may have been done: a saga undoes it, too. Null for ever. A choreographed saga has nobody who would wait.',
      otherwise(nullable(number({ above: 0, max: 1e12 })), null),
    ),
    resendAfter: field(
      'When a message that must arrive (a decision, a compensation, an event, a row of the outbox) is sent again if it has not been acknowledged, in units of time after it was sent: above 0, up to 1e12; a tick at least.',
      otherwise(number({ above: 0, max: 1e12 }), 1),
    ),
    pollEvery: field(
      'For the outbox: how often the relay looks, in units of time: at all multiples of this. Null when it is told at once.',
      otherwise(nullable(number({ above: 0, max: 1e12 })), null),
    ),
    idempotency: field(
      'Whether a request that is made again, as by its caller’s retry, is recognised: it then gets the answer of the transaction that is under way or has been committed. Else it begins another one.',
      otherwise(z.boolean(), true),
    ),
    remembers: field(
      'How many requests are recognised, the latest ones: 1 to 1,000,000.',
      otherwise(whole({ min: 1, max: 1_000_000 }), 100_000),
    ),
    mostOpen: field(
      'How many transactions may be under way, whether or not their callers still wait: 1 to 1,000,000. One more is refused as `bulkhead-full`.',
      otherwise(whole({ min: 1, max: 1_000_000 }), 100_000),
    ),
  }),
);

export type TransactionSettings = z.output<typeof settings>;
