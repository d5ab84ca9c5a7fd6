/** How changes go live: its settings, field by field. */
import { distribution } from '../../distributions/index.ts';
import { choice, field, nullable, number, object, otherwise, text, whole, z } from '../../fields.ts';
import { callPlan } from '../../plans/settings.ts';

const time = (meaning: string, least = 0) =>
  field(
    `${meaning} A number of units of time or a law.`,
    z.union([number(least > 0 ? { above: 0, max: 1e9 } : { min: 0, max: 1e9 }), distribution]),
  );
const share = (meaning: string) => field(meaning, otherwise(number({ min: 0, max: 1 }), 0));

export const settings = field(
  'A way of going live: changes wait for their release, go through a pipeline, and are live. A bad change is found on the way, or escapes and is found afterwards.',
  object({
    kind: z.literal('release'),
    when: field(
      'Which changes go together, and when. `each`: every change by itself, as soon as the pipeline is free. `together`: all that wait, as soon as it is free. `train`: all that wait when the timetable says so.',
      otherwise(choice(['each', 'together', 'train']), 'each'),
    ),
    interval: otherwise(time('For `train`: from one departure to the next.', 1), 1),
    pipeline: time('How long one thing that is deployed takes to be built, tested and deployed.'),
    deployables: field(
      'How many things go out in one release, 1 to 1000. Each takes a time of its own through the pipeline, and the release is live when the slowest is.',
      otherwise(whole({ min: 1, max: 1000 }), 1),
    ),
    touches: field(
      'How many things stand bad with a release that is live and bad, for the measure `touched`: 0 to 1000; as many as are deployed when null.',
      otherwise(nullable(whole({ min: 0, max: 1000 })), null),
    ),
    lanes: field(
      'How many releases are in the pipeline at a time, 1 to 1000; null for any number. A train that finds none free leaves as soon as one is.',
      otherwise(nullable(whole({ min: 1, max: 1000 })), 1),
    ),
    batchLimit: field(
      'How many changes one release holds, 1 to 100,000; null for any number. Those that came first go first.',
      otherwise(nullable(whole({ min: 1, max: 100_000 })), null),
    ),
    bad: share('With which probability a change is bad: drawn once, and again after each repair.'),
    byClass: field(
      'Other such probabilities for some classes, by name.',
      otherwise(z.record(text(60), number({ min: 0, max: 1 })), {}),
    ),
    caught: share('With which probability the pipeline finds a bad change, at its end. What it does not find escapes.'),
    whenCaught: field(
      'What a release does in which a bad change was found. `hold`: nothing of it goes live, and all of it waits for the next. `drop`: only the bad go back, and the others go live.',
      otherwise(choice(['hold', 'drop']), 'hold'),
    ),
    foundAfter: otherwise(time('How long after a release went live its escaped bad changes are found.'), 0),
    repairs: otherwise(
      callPlan('Whom the repair of a bad change calls; without a plan it is repaired as soon as it is found.'),
      [],
    ),
    fixes: field(
      'How the repair of an escaped change goes live. `at-once`: through a pipeline of its own, past everybody. `next`: with the next release.',
      otherwise(choice(['at-once', 'next']), 'at-once'),
    ),
  }),
);

export type ReleaseSettings = z.output<typeof settings>;
