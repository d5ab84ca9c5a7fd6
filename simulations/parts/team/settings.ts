/** What a team is: its settings, field by field. */
import { distribution } from '../../distributions/index.ts';
import { choice, field, list, nullable, number, object, optional, otherwise, text, whole, z } from '../../fields.ts';
import { callPlan } from '../../plans/settings.ts';

/** People in one team at most. */
export const MOST_PEOPLE = 200;

const speed = (meaning: string) => field(meaning, number({ min: 0, max: 1000 }));

export const settings = field(
  'A team: people who take pieces of work from one backlog, each what they can do, and hand pieces over to other teams.',
  object({
    kind: z.literal('team'),
    people: field(
      'Who they are: groups of people who are alike, at most 200 in all.',
      list(
        object({
          count: field('How many of them there are.', otherwise(whole({ min: 0, max: MOST_PEOPLE }), 1)),
          speed: field(
            'How fast they work: 2 halves the time of every piece.',
            otherwise(number({ above: 0, max: 1000 }), 1),
          ),
          skills: field(
            'How much faster they are at some classes of work, by name, beside their speed: 1 is as it says, 0.5 takes twice as long, 0 means that they cannot do it. Classes that are not named are done at their speed, or not at all where `only` is true.',
            otherwise(z.record(text(60), speed('A factor.')), {}),
          ),
          only: field('Whether they do nothing but the classes named in `skills`.', otherwise(z.boolean(), false)),
        }),
        { min: 1, max: 20 },
      ),
    ),
    effort: field('How long one piece takes somebody of speed 1.', distribution),
    byClass: field(
      'Other such times for some classes of work, by name.',
      otherwise(z.record(text(60), distribution), {}),
    ),
    next: field(
      'Which piece is taken next. `first-come`: the one that came here first. `oldest-first`: the one whose change was asked for first, wherever it has been. `own-order`: by lot, as a team that has its own ideas of what matters. `priority`: the most urgent class, and within it the first that came.',
      otherwise(choice(['first-come', 'oldest-first', 'own-order', 'priority']), 'first-come'),
    ),
    interrupts: field(
      'Classes of work that wait for nobody: where all who can do such a piece are at something else, one of them lays it down, and takes it up again afterwards.',
      otherwise(list(text(60), { max: 20 }), []),
    ),
    inHand: field(
      'How many pieces one person may have in hand, those laid down or handed over and not yet back counted: 1 means that they stand by until it is back. Null for any number. An interrupt comes on top.',
      otherwise(nullable(whole({ min: 1, max: 1000 })), null),
    ),
    pickUp: field(
      'How long it takes to find the way back into a piece that was laid down or handed over, in units of time.',
      otherwise(number({ min: 0, max: 1e6 }), 0),
    ),
    meetings: field(
      'Meetings of the whole team, in which nobody works; null for none.',
      otherwise(
        nullable(
          object({
            every: field(
              'From the beginning of one to that of the next, in units of time.',
              number({ above: 0, max: 1e9 }),
            ),
            lasts: field('How long one lasts, in units of time; less than that.', number({ min: 0, max: 1e9 })),
          }),
        ),
        null,
      ),
    ),
    talk: field(
      'The share of their time that each spends talking to each of their team-mates: 0 to 1. What is left for work is 1 minus this for every other, and never less than a twentieth.',
      otherwise(number({ min: 0, max: 1 }), 0),
    ),
    calls: otherwise(callPlan('Whom a piece is handed over to when its own work is done, and waited for.'), []),
    finish: field(
      'How long the same person works on it once it is back; nothing when left out.',
      optional(distribution),
    ),
  }),
);

export type TeamSettings = z.output<typeof settings>;
