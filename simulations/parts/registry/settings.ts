/** What a registry is: its settings, field by field. */
import { choice, field, nullable, number, object, otherwise, z } from '../../fields.ts';
import { checkSettings } from '../routing/health.ts';
import { targetList } from '../routing/targets.ts';

export const settings = field(
  'Service discovery: stands for the service that callers look for. A call to it goes to an address of that service, as far as the caller knows the addresses; one where nobody is any more fails there as `unavailable`.',
  object({
    kind: z.literal('registry'),
    of: targetList(
      'Who registers: parts; of a service whose instances have lines of their own (`line: each`), each instance has an address. Weights only say whether somebody is used at all.',
    ),
    mode: field(
      'How callers know the addresses. `fixed`: those of the start, for ever. `dns`: each caller keeps a copy until its time to live is over, and then looks them up again when it next calls. `registry`: every call is looked up. `cached`: a copy that is fetched anew in the background as often as its time to live says, and that goes on serving when the registry does not answer.',
      otherwise(choice(['fixed', 'dns', 'registry', 'cached']), 'registry'),
    ),
    timeToLive: field(
      'For `dns` and `cached`: how long a copy lasts, in units of time.',
      otherwise(number({ min: 0, max: 1e12 }), 30),
    ),
    lookup: field(
      'For `dns` and `registry`: how long a lookup takes, in units of time. Calls that look up at the same time each ask for themselves.',
      otherwise(number({ min: 0, max: 1e12 }), 0),
    ),
    checks: field(
      'How the registry learns of its instances: every so often each renews its lease, and is struck off after so many renewals were missed, entered after so many came; the delay is how long a change takes until a lookup sees it. Null: it always knows who is ready.',
      otherwise(nullable(checkSettings), null),
    ),
    spread: field(
      'Which of several addresses a call goes to. `round-robin`: one after the other. `random`: any. `one`: always the same as long as the copy lasts, then the next.',
      otherwise(choice(['round-robin', 'random', 'one']), 'round-robin'),
    ),
  }),
);

export type RegistrySettings = z.output<typeof settings>;
