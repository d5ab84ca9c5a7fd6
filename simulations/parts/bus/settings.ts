/** What a bus is: its settings, field by field. */
import { distribution } from '../../distributions/index.ts';
import { choice, field, nullable, number, object, otherwise, text, whole, z } from '../../fields.ts';
import { crewFields, instances, routeList } from '../door/settings.ts';

export const settings = field(
  'An enterprise service bus: all messages between systems go through it; it translates each, and sends it on by its class. Its nodes serve one line, whoever the message is from or for.',
  object({
    kind: z.literal('bus'),
    mode: field(
      '`request-reply`: the sender waits until the receiver has answered. `one-way`: the bus takes the message, answers at once, and delivers it later; a message that it has taken survives the nodes. It keeps 1,000,000 messages at most.',
      otherwise(choice(['request-reply', 'one-way']), 'request-reply'),
    ),
    routes: field(
      'Who receives a message, by its class; the first route that names the class is taken. One whose class no route names fails as `no-route`.',
      routeList('The receivers that such a message is sent to.'),
    ),
    transform: field('How long translating one message takes, whatever the size of the request.', distribution),
    byClass: field(
      'Other times for some classes, by the name of the class.',
      otherwise(z.record(text(60), distribution), {}),
    ),
    transformsAnswers: field(
      'For `request-reply`: whether an answer is translated on its way back, too; it stands in the same line, past its limit. A failure is passed on as it is.',
      otherwise(z.boolean(), false),
    ),
    nodes: instances('How many nodes the bus has: 0 to 1000.'),
    ...crewFields(1),
    holdsThread: field(
      'Whether a thread is held while the bus waits for the receivers, and between deliveries of one message. With one thread in all, `one-way` then delivers strictly in order; otherwise it only begins in order.',
      otherwise(z.boolean(), false),
    ),
    redeliver: field(
      'For `one-way`: what becomes of a message whose delivery has failed; null for nothing: it is dead at once.',
      otherwise(
        nullable(
          object({
            most: field(
              'How many times more it is delivered, 0 to 1000; then it is dead.',
              whole({ min: 0, max: 1000 }),
            ),
            wait: field(
              'How long until it is delivered again, in units of time: 0 to 1e12.',
              otherwise(number({ min: 0, max: 1e12 }), 1),
            ),
          }),
        ),
        null,
      ),
    ),
  }),
);

export type BusSettings = z.output<typeof settings>;
