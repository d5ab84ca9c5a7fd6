/** What an identity provider is: its settings, field by field. */
import { distribution } from '../../distributions/index.ts';
import { choice, field, list, number, object, optional, otherwise, text, whole, z } from '../../fields.ts';
import { badTokenShares, crewFields, instances, routeList } from '../door/settings.ts';

export const settings = field(
  'An identity provider: it says whether a session is good, or issues tokens that others can verify without it.',
  object({
    kind: z.literal('identity'),
    mode: field(
      '`session`: it stands beside, and every call to it asks about one session; it says yes, or no as `unauthorised`. `token`: it stands between the clients and what they call, as their wallets and the provider in one; a request whose user holds a token that has not expired passes straight on, also while the provider is down; any other is issued one first.',
      otherwise(choice(['session', 'token']), 'session'),
    ),
    checks: field(
      'For `session`: how long looking up one session takes.',
      otherwise(distribution, { law: 'constant', mean: 0 }),
    ),
    issues: field(
      'For `token`: how long issuing one token takes. Requests of one user that come before it is issued are each issued one of their own.',
      otherwise(distribution, { law: 'constant', mean: 0 }),
    ),
    life: field(
      'For `token`: how long a token is good after it was issued, in units of time: above 0, up to 1e12.',
      otherwise(number({ above: 0, max: 1e12 }), 300),
    ),
    users: field(
      'How many users each source of requests has: 1 to 1,000,000. The user of a request is its key modulo this.',
      otherwise(whole({ min: 1, max: 1_000_000 }), 1000),
    ),
    signedIn: field(
      'For `token`: whether all users hold a token at the start, each of an age that is drawn evenly between 0 and its life; else nobody does.',
      otherwise(z.boolean(), true),
    ),
    routes: field(
      'For `token`: where requests go on, by their class; the first route that names the class is taken. One whose class no route names fails as `no-route`.',
      otherwise(routeList('What such a request calls.'), []),
    ),
    stolen: field(
      'The classes of request that come with stolen tokens, by their names: whose users `revoke` is about. All when left out.',
      optional(list(text(60), { min: 1, max: 100 })),
    ),
    badTokens: badTokenShares,
    instances: instances('How many copies of the provider run: 0 to 1000.'),
    ...crewFields(null),
  }),
);

export type IdentitySettings = z.output<typeof settings>;
