/** Settings that several doors have in common: who works there, and where requests of a class go from there. */
import { field, list, nullable, number, object, optional, otherwise, text, whole, z } from '../../fields.ts';
import { callPlan } from '../../plans/settings.ts';

const className = text(60);

/** How many work at a door: instances (under a name of the kind's own), threads and the line before them. */
export const crewFields = (threads: number | null) => ({
  threads: field(
    'How many requests one of them works on at a time: 1 to 10,000; null for any number, so that nobody ever waits.',
    otherwise(nullable(whole({ min: 1, max: 10_000 })), threads),
  ),
  queueLimit: field(
    'How many may wait in the one line before them all: 0 to 1,000,000; null for no limit. One more is refused: `queue-full`.',
    otherwise(nullable(whole({ min: 0, max: 1_000_000 })), null),
  ),
});

export const instances = (meaning: string) => field(meaning, otherwise(whole({ min: 0, max: 1000 }), 1));

export const routeList = (meaning: string) =>
  list(
    object({
      classes: field(
        'The classes of request that it is for, by their names; a source without classes is a class of its own name. All when left out.',
        optional(list(className, { min: 1, max: 100 })),
      ),
      calls: callPlan(meaning),
    }),
    { max: 100 },
  );

/** Shares of bad tokens by class. */
export const badTokenShares = field(
  'The share of requests that come with a bad token (forged, or none at all), 0 to 1, by the name of the class; the tokens of other classes are good. It is drawn once for each request, so every part that looks finds the same ones bad.',
  otherwise(z.record(className, number({ min: 0, max: 1 })), {}),
);
