/**
 * What a landscape of choices is: its settings, field by field. Its readings in a run's state: `bits`, what each choice is,
 * team by team; `agreed`, which of them change by agreement only; `pairs`, the teams that are linked, two and two; `choices`
 * of each team; `best`, the greatest worth known of the present span. Its journal is in `journal.ts`.
 */
import { choice, field, nullable, number, object, optional, otherwise, text, whole, z } from '../../fields.ts';

/** Teams and choices at most, and choices of others that one depends on: they bound the tables that are drawn. */
export const MOST_TEAMS = 24;
export const MOST_CHOICES = 6;
export const MOST_COUPLING = 10;

const partId = (meaning: string) =>
  field(
    meaning,
    optional(
      text(60, [/^[a-z][a-zA-Z0-9-]*$/, 'an id starts with a small letter and has only letters, digits and hyphens']),
    ),
  );

export const settings = field(
  'A landscape of choices: teams, each with a few choices of two ways about its stack. What a choice is worth depends on the other choices of its team and on some of other teams (the NK model of Kauffman, with teams). Each request is an idea to change one choice, and is answered when that has been decided.',
  object({
    kind: z.literal('landscape'),
    teams: field(`How many teams there are, 2 to ${MOST_TEAMS}.`, whole({ min: 2, max: MOST_TEAMS })),
    choices: field(
      `How many choices each team has, 1 to ${MOST_CHOICES}. The first is of the same thing in every team, and so on.`,
      otherwise(whole({ min: 1, max: MOST_CHOICES }), 3),
    ),
    coupling: field(
      `On how many choices of other teams each choice depends, 0 to ${MOST_COUPLING}, besides all of its own team. Which, is drawn. As much of its worth comes of them as they are among all that it depends on.`,
      otherwise(whole({ min: 0, max: MOST_COUPLING }), 0),
    ),
    divergence: field(
      'What it costs when two teams that depend on each other have chosen unlike in one thing, for each thing, as a share of what one choice can be worth: 0 to 10. Each of the two bears half.',
      otherwise(number({ min: 0, max: 10 }), 0),
    ),
    linked: field(
      'Whether teams build links to those that they depend on. Without, nothing is had of others, and nothing unlike costs.',
      otherwise(z.boolean(), true),
    ),
    standard: field(
      'Whether an idea is for all teams at once, so that all have one stack; or for the one team that has it.',
      otherwise(z.boolean(), false),
    ),
    decides: field(
      'By what a change is judged: `own`, whether the team that has the idea gains; `whole`, whether all together gain.',
      otherwise(choice(['own', 'whole']), 'own'),
    ),
    asks: partId('The part where deciding takes its time, such as a board; at once when left out.'),
    agreed: field(
      'How many choices of each team are agreed interfaces: those that most other choices depend on. They change only by agreement.',
      otherwise(whole({ min: 0, max: MOST_CHOICES }), 0),
    ),
    consent: field(
      'By what an agreed choice is changed: `most`, when more of the teams concerned gain than lose; `all`, when none of them loses; `whole`, when all together gain.',
      otherwise(choice(['most', 'all', 'whole']), 'most'),
    ),
    agrees: partId('The part where agreeing takes its time; at once when left out.'),
    renewal: field(
      'After how long the ground shifts, again and again, in units of time: what every choice is worth is drawn anew, and the stacks stay as they are. Null for never.',
      otherwise(nullable(number({ above: 0, max: 1e9 })), null),
    ),
    goal: field(
      'The share of the best known at which the teams have arrived: what `reach` and `reached` tell of.',
      otherwise(number({ above: 0, max: 1 }), 0.9),
    ),
  }),
);

export type LandscapeSettings = z.output<typeof settings>;
