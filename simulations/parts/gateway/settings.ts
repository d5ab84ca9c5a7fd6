/** What a gateway is: its settings, field by field. */
import { distribution } from '../../distributions/index.ts';
import { choice, field, list, nullable, number, object, optional, otherwise, text, whole, z } from '../../fields.ts';
import { badTokenShares, crewFields, instances, routeList } from '../door/settings.ts';

export const settings = field(
  'A gateway: the one door in front of other parts. It routes requests, may put several answers into one, turns away what comes too fast, and checks tokens.',
  object({
    kind: z.literal('gateway'),
    routes: field(
      'Where requests go, by their class; the first route that names the class is taken. One whose class no route names fails as `no-route`.',
      routeList(
        'What the gateway calls for such a request: one part to pass it on, several in sequence or parallel to put their answers into one. Nothing: it answers by itself.',
      ),
    ),
    limits: field(
      'Token buckets that a request is paid from before anything is done for it: one that finds a bucket empty fails as `rate-limited`. They are asked in this order; a token that was taken is spent even if a later bucket is empty.',
      otherwise(
        list(
          object({
            rate: field('Tokens that are added per unit of time: 0 to 1e9.', number({ min: 0, max: 1e9 })),
            burst: field(
              'Tokens that a bucket holds at most, and has at the start: 0 to 1e6.',
              number({ min: 0, max: 1e6 }),
            ),
            per: field(
              'Who has a bucket of their own, which says who the client is: `all` share one; each traffic part (`source`); each `class`; or each `key` of a source.',
              otherwise(choice(['all', 'source', 'class', 'key']), 'all'),
            ),
            clients: field(
              "For `key`: how many clients a source has, 1 to 100,000; a client is the request's key modulo this.",
              otherwise(whole({ min: 1, max: 100_000 }), 1000),
            ),
          }),
          { max: 10 },
        ),
        [],
      ),
    ),
    checks: field(
      'How it checks the token that a request brings; null for not at all.',
      otherwise(
        nullable(
          object({
            how: field(
              '`local`: it verifies a signed token by itself, and asks nobody; whether a token was revoked it cannot know. `remote`: it asks another part for each request, and passes on why it is refused.',
              choice(['local', 'remote']),
            ),
            takes: field(
              'For `local`: how long verifying a token takes, in units of time; it is part of the work.',
              otherwise(distribution, { law: 'constant', mean: 0 }),
            ),
            to: field(
              'For `remote`: the part that is asked, as a rule one of kind `identity` in mode `session`.',
              optional(text(60)),
            ),
            failsOpen: field(
              'For `remote`: whether a request is let in when the answer is a failure and not a no (anything but `unauthorised`).',
              otherwise(z.boolean(), false),
            ),
            badTokens: badTokenShares,
          }),
        ),
        null,
      ),
    ),
    work: field(
      'How long its own work on a request takes, whatever the size of the request.',
      otherwise(distribution, { law: 'constant', mean: 0 }),
    ),
    instances: instances('How many copies of the gateway run: 0 to 1000.'),
    ...crewFields(null),
    holdsThread: field(
      'Whether a thread is held while the gateway waits for the parts that it calls.',
      otherwise(z.boolean(), false),
    ),
  }),
);

export type GatewaySettings = z.output<typeof settings>;
