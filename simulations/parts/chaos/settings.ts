/**
 * What a chaos schedule is: its settings, field by field. Its state's readings: `faults` so far, `underWay` of them, and
 * `up`, how many instances are ready and not broken by it.
 */
import { distribution } from '../../distributions/index.ts';
import { choice, field, nullable, number, object, otherwise, text, whole, z } from '../../fields.ts';

export const settings = field(
  'Chaos: it breaks a part now and then, by chance, and mends it again. The same seed breaks the same things at the same times.',
  object({
    kind: z.literal('chaos'),
    part: field('What it breaks: a part, or a link that stands in `links`, as `from>to`.', text(121)),
    action: field(
      'What happens: one of the actions that this kind of part knows, such as `crash`, `slow-instance` or `zone-outage` of a service, or `partition`, `refuse`, `lose` or `delay` of a link.',
      text(60, [
        /^[a-z][a-zA-Z0-9-]*$/,
        'an action starts with a small letter and has only letters, digits and hyphens',
      ]),
    ),
    which: field(
      'What breaks. `each`: every instance has a life of its own and breaks and is mended whatever the others do, also one that is started later. `random`: now and then one of the instances that are ready and not broken by this, each as likely as the others. `zone`: now and then a zone, named to the action as its instance. `all`: the part as a whole breaks and is mended, for actions that ask for no instance.',
      otherwise(choice(['each', 'random', 'zone', 'all']), 'each'),
    ),
    every: field(
      'How long until it breaks. For `each` and `all`: how long from when it was mended (or from the beginning) until it breaks, a lifetime. For `random` and `zone`: how long from one fault to the next, also while the last one lasts.',
      distribution,
    ),
    lasts: field('How long until it is mended.', distribution),
    amount: field('How strong it is, for actions that take an amount.', otherwise(number({ above: 0, max: 1e6 }), 1)),
    zones: field(
      'For `zone`: how many zones there are, as many as the part has.',
      otherwise(whole({ min: 1, max: 100 }), 1),
    ),
    from: field('From when on, in units of time.', otherwise(number({ min: 0, max: 1e12 }), 0)),
    until: field(
      'After this nothing more breaks, in units of time; null for never. What is broken by then is mended in its time.',
      otherwise(nullable(number({ min: 0, max: 1e12 })), null),
    ),
    needed: field(
      'How many instances must be ready, and not broken by this, for the part to count as available. A part without instances counts as one, and so does a link.',
      otherwise(whole({ min: 1, max: 1000 }), 1),
    ),
  }),
);

export type ChaosSettings = z.output<typeof settings>;
