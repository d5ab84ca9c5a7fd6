/**
 * What a deployer is: its settings, field by field. Its state's readings: `phase`, one of `waiting`, `going`, `done`,
 * `rolling-back` and `rolled-back`; `step`, from 1, of a canary's; `fresh` and `available`, instances of the version that
 * it brings, and those of them that may serve; `others`, instances of any other version. What is on its way out counts no more.
 */
import { choice, field, list, nullable, number, object, otherwise, text, whole, z } from '../../fields.ts';

const span = (meaning: string) => field(meaning, otherwise(number({ min: 0, max: 1e12 }), 0));

const share = field('A share of the instances that are wanted.', number({ min: 0, max: 1 }));
const countOrShare = (meaning: string, standard: number | { share: number }) =>
  field(meaning, otherwise(z.union([whole({ min: 0, max: 1000 }), object({ share })]), standard));

const strategy = field(
  'How the old instances give way to new ones.',
  z.discriminatedUnion('how', [
    field(
      'All old ones are stopped at once, and as many new ones are started.',
      object({ how: z.literal('all-at-once') }),
    ),
    field(
      'New ones replace old ones bit by bit, as a Deployment of Kubernetes does. What starts counts as there and as not available, what stops counts as neither.',
      object({
        how: z.literal('rolling'),
        surge: countOrShare('How many more than are wanted may be there meanwhile; a share rounds up.', {
          share: 0.25,
        }),
        unavailable: countOrShare(
          'How many fewer than are wanted may be available meanwhile; a share rounds down. When both come to 0, this is 1.',
          { share: 0.25 },
        ),
      }),
    ),
    field(
      'A full second set is started out of rotation; once all of it is available, it takes over in one moment.',
      object({
        how: z.literal('blue-green'),
        keepOld: span(
          'How long the old set is kept, out of rotation, to be able to go back at once; in units of time.',
        ),
      }),
    ),
    field(
      'Few first, then more. At each step new ones are added, and as they become available as many old ones are stopped, so that the new have that share of the instances.',
      object({
        how: z.literal('canary'),
        steps: field(
          'How many instances run the new version at each step, the last step with all of them comes by itself; a share rounds up.',
          list(z.union([whole({ min: 1, max: 1000 }), object({ share })]), { min: 1, max: 20 }),
        ),
      }),
    ),
  ]),
);

export const settings = field(
  'A deployer: it brings another version to the instances of a service, and takes it back when it fails.',
  object({
    kind: z.literal('deployer'),
    part: field('The part whose instances it replaces.', text(60)),
    version: field("Which of that part's versions it brings; the part as written is `v1`.", text(60)),
    at: field(
      'When it begins, in units of time; null for only when it is told by `deploy`.',
      nullable(number({ min: 0, max: 1e12 })),
    ),
    strategy,
    stop: field(
      'How an instance is stopped. `kill`: at once; what it has fails as `crashed`. `drain`: it takes no more and finishes what it has. `out-then-drain`: it is taken out of rotation first and still serves what comes, until those who send requests have heard of it; then it drains.',
      otherwise(choice(['kill', 'drain', 'out-then-drain']), 'drain'),
    ),
    outFor: span('For `out-then-drain`: how long it is out of rotation before it drains, in units of time.'),
    readyAfter: span('How long an instance must have been ready before it counts as available, in units of time.'),
    pause: span(
      'How long it waits between steps, in units of time: after each step of a canary; before the sets of blue-green change places; in a rolling deployment after each batch, which is then waited for as a whole. Going back, it waits for nothing.',
    ),
    watch: field(
      'What it looks at to see that the new version is bad; it then goes back by itself. Null for not at all.',
      otherwise(
        nullable(
          object({
            every: field('How long from one look to the next, in units of time.', number({ above: 0, max: 1e12 })),
            least: field(
              'How many requests the new version must have finished before it is judged.',
              otherwise(whole({ min: 0, max: 1e9 }), 0),
            ),
            most: field(
              'How many errors it may make: so many, or such a share of what it has finished since the deployment began. One more, and it goes back.',
              z.union([
                whole({ min: 0, max: 1e9 }),
                object({
                  share: field(
                    'A share of the requests that the new version has finished.',
                    number({ min: 0, max: 1 }),
                  ),
                }),
              ]),
            ),
            keepsOn: span('How long it goes on looking when all is done, in units of time.'),
          }),
        ),
        null,
      ),
    ),
  }),
);

export type DeployerSettings = z.output<typeof settings>;
export type CountOrShare = number | { share: number };
