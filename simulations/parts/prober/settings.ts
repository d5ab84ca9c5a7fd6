/** What a prober is: its settings, field by field. Its state's readings: `restarts` so far, and `failing`, instances that failed their last probe. */
import { field, nullable, number, object, otherwise, text, whole, z } from '../../fields.ts';

export const settings = field(
  'A prober: it asks every instance whether it is alive, and restarts those that are not. Who takes requests is not its affair: that is what the checks of a balancer are for.',
  object({
    kind: z.literal('prober'),
    part: field('The part whose instances it probes.', text(60)),
    every: field(
      'How long from one probe of all instances to the next, in units of time. The first comes after so long.',
      number({ above: 0, max: 1e12 }),
    ),
    failuresNeeded: field(
      'After so many failed probes in a row an instance is killed, and another is started in its place.',
      otherwise(whole({ min: 1, max: 1000 }), 3),
    ),
    startDelay: field(
      'For how long an instance that has become ready is left alone, in units of time.',
      otherwise(number({ min: 0, max: 1e12 }), 0),
    ),
    mostInside: field(
      'An instance with more requests inside than this answers too late, which looks the same as being dead: under load, restarts then take away what is needed most. Null where only an instance that stands still fails its probe.',
      otherwise(nullable(whole({ min: 0, max: 1_000_000 })), null),
    ),
  }),
);

export type ProberSettings = z.output<typeof settings>;
