/**
 * What an organisation is: its settings, field by field. Its readings in a run's state: `teams`, the team of each person,
 * `files`, how many each has written last, `tight` and `loose`, links between each two, row by row. Its journal is in `journal.ts`.
 */
import { distribution } from '../../distributions/index.ts';
import { field, list, nullable, number, object, otherwise, text, whole, z } from '../../fields.ts';

/** People that one organisation may have. */
export const MOST_PEOPLE = 24;

const name = text(60, [
  /^[a-z][a-zA-Z0-9-]*$/,
  'a name starts with a small letter and has only letters, digits and hyphens',
]);
const teamsOf = list(whole({ min: 0, max: MOST_PEOPLE - 1 }), { min: 2, max: MOST_PEOPLE });

const talkSettings = object({
  inside: field('How long two of one team talk, in units of time; each of the two.', number({ min: 0, max: 1e6 })),
  across: field('How long two of different teams do.', number({ min: 0, max: 1e6 })),
  everyone: field(
    'How long any two do, whatever their teams, where everyone may talk to everyone in the same way. Null where the teams decide.',
    otherwise(nullable(number({ min: 0, max: 1e6 })), null),
  ),
});

const testSettings = object({
  every: field('How often, in units of time.', number({ above: 0, max: 1e9 })),
  permutations: field(
    'How often the team labels are dealt out anew, 99 to 1,999. The least p that can be found is one over one more than this.',
    otherwise(whole({ min: 99, max: 1999 }), 999),
  ),
});

export const settings = field(
  'People in teams who write code. A call to it is a task for one person. What a task needs from the code of earlier tasks is drawn beforehand and knows nothing of teams.',
  object({
    kind: z.literal('organisation'),
    charts: field(
      'Charts by their names: the team of each person, a number from 0. All have the same people, 2 to 24.',
      z.record(name, teamsOf),
    ),
    chart: field('Which of the charts holds.', name),
    next: field(
      'Which holds instead while a fault `reorganise` lasts; null for none.',
      otherwise(nullable(name), null),
    ),
    knows: field(
      'The domain that each person knows, a number from 0. Empty where there is only one.',
      otherwise(list(whole({ min: 0, max: MOST_PEOPLE - 1 }), { max: MOST_PEOPLE }), []),
    ),
    work: field('How long a task takes by itself, in units of time.', distribution),
    kept: field(
      'The share of tasks that only people who know their domain may take; the rest goes to whoever is free.',
      otherwise(number({ min: 0, max: 1 }), 0),
    ),
    needs: field(
      'What a task needs from other code: how many files, on average, 0 to 20. Each has the whole part, and some have one more.',
      number({ min: 0, max: 20 }),
    ),
    clustering: field(
      'The share of needs that are for code of the task’s own domain; the rest are for any.',
      otherwise(number({ min: 0, max: 1 }), 0),
    ),
    rework: field(
      'The share of tasks that write an old file anew instead of adding one.',
      otherwise(number({ min: 0, max: 1 }), 0),
    ),
    reach: field(
      'How many tasks back a need or a rework may go, 1 to 50,000; each of them as likely as the other.',
      otherwise(whole({ min: 1, max: 50_000 }), 50_000),
    ),
    talk: field('How long it takes to talk to whoever wrote what is needed; both lose as much.', talkSettings),
    interface: field(
      'How long it takes to build an interface instead, on average, in units of time; each need draws its own (exponential).',
      number({ min: 0, max: 1e6 }),
    ),
    copy: field(
      'How long it takes to write again what is needed, on average: its size; each need draws its own (exponential).',
      number({ min: 0, max: 1e6 }),
    ),
    mates: field(
      "The share of a person's time that goes for each team-mate, 0 to 0.04: a task takes longer by as much.",
      otherwise(number({ min: 0, max: 0.04 }), 0),
    ),
    tested: field('When the mirror is tested.', testSettings),
  }),
);

export type OrganisationSettings = z.output<typeof settings>;
