/** What a stream of changes and the borders it meets are: their settings, field by field. */
import { choice, field, list, nullable, number, object, otherwise, text, whole, z } from '../../fields.ts';
import { spreadSettings } from './spread.ts';

/** Components with names, and changes that are written down, at most. */
export const MOST_NAMED = 60;
export const MOST_RECORDED = 2000;

const name: [RegExp, string] = [
  /^[a-z][a-zA-Z0-9-]*$/,
  'a name starts with a small letter and has only letters, digits and hyphens',
];

const component = (meaning: string) => field(meaning, whole({ min: 0, max: MOST_NAMED - 1 }));

const cause = object({
  touches: field(
    'The components that this cause of change may touch, by their numbers from 0.',
    list(component('A component.'), { min: 1, max: MOST_NAMED }),
  ),
  weight: field('How often it comes, against the others: 0 to 1,000.', otherwise(number({ min: 0, max: 1000 }), 1)),
});

const causes = (meaning: string) => field(meaning, list(cause, { max: 60 }));

const clusters = object({
  causes: causes(
    'Causes of change. Each change has one, drawn by weight, and touches some of its components, drawn without preference.',
  ),
  later: otherwise(causes('New causes, which come after `learn`.'), []),
  drift: field(
    'The share of changes after `learn` that have one of the new causes, 0 to 1.',
    otherwise(number({ min: 0, max: 1 }), 0),
  ),
  least: field(
    'How many components a change touches at least, 1 to 60; no more than its cause has.',
    otherwise(whole({ min: 1, max: MOST_NAMED }), 1),
  ),
  most: field(
    'And at most, 1 to 60. Every number between is as likely.',
    otherwise(whole({ min: 1, max: MOST_NAMED }), 3),
  ),
  strays: field(
    'With which probability each of them is not one of its cause, but any component at all that the change does not touch yet: 0 to 1.',
    otherwise(number({ min: 0, max: 1 }), 0),
  ),
});

export const settings = field(
  'Changes come to a system of components, and each touches some of them. Borders give every component to an owner; a change goes to all owners concerned, and is done when all are.',
  object({
    kind: z.literal('changes'),
    components: field(
      `The components by name, 2 to ${MOST_NAMED}; none where changes spread, which says how many there are. They are numbered from 0 in this order.`,
      otherwise(list(text(60, name), { max: MOST_NAMED }), []),
    ),
    clusters: field('Which components a change touches, where that is drawn.', otherwise(nullable(clusters), null)),
    record: field(
      `Which components changes have touched in fact, 1 to ${MOST_RECORDED} of them, one after the other: request n is number n of these, and after the last comes the first again.`,
      otherwise(
        nullable(list(list(component('A component.'), { min: 1, max: MOST_NAMED }), { min: 1, max: MOST_RECORDED })),
        null,
      ),
    ),
    from: field(
      'Which of the two is taken where there are clusters and a record: `clusters` or `record`.',
      otherwise(choice(['clusters', 'record']), 'clusters'),
    ),
    spread: field(
      'How changes spread from component to component, where that is what is drawn; then it also says whose the components are.',
      otherwise(nullable(spreadSettings), null),
    ),
    drawings: field(
      'Ways of drawing borders, by name: for each component, in order, the number of its owner from 0.',
      otherwise(z.record(text(60, name), list(component('The owner.'), { max: MOST_NAMED })), {}),
    ),
    borders: field(
      'Which borders hold: the name of a drawing; `blind`, dealt by lot in equal shares; `found`, drawn at `learn` from what has changed together until then; or `foreseen`, drawn at `learn` from what will change together afterwards, which nobody can know.',
      otherwise(text(60, name), 'blind'),
    ),
    learn: field(
      'When borders are found or foreseen, in units of time; changes before it are the ones learnt from.',
      otherwise(number({ min: 0, max: 1e12 }), 0),
    ),
    before: field(
      'The drawing that holds until then, where borders are found or foreseen; one owner for all when left out.',
      otherwise(nullable(text(60, name)), null),
    ),
    limit: field(
      'How many components one owner may have where borders are blind, found or foreseen: 1 to 60.',
      otherwise(whole({ min: 1, max: MOST_NAMED }), MOST_NAMED),
    ),
    owners: field(
      'How many owners there may be, 1 to 60; where there are calls, no more than these.',
      otherwise(whole({ min: 1, max: MOST_NAMED }), MOST_NAMED),
    ),
    ahead: field(
      'How many changes are looked at from `learn` on for the borders that nobody can know: 0 to 20,000. At 0 there is no hindsight.',
      otherwise(whole({ min: 0, max: 20_000 }), 0),
    ),
    calls: field(
      'The parts that the owners are, by their numbers from 0. Without, a change is done as soon as it comes.',
      otherwise(list(text(60, name), { max: MOST_NAMED }), []),
    ),
    order: field(
      'How the owners of one change are called: `in-a-row`, one after the other by number, or `at-once`.',
      otherwise(choice(['in-a-row', 'at-once']), 'at-once'),
    ),
    pieces: field(
      'What is sent: one piece to each owner, or one for each component to its owner.',
      otherwise(choice(['per-owner', 'per-component']), 'per-owner'),
    ),
  }),
);

export type ChangesSettings = z.output<typeof settings>;
export type Clusters = z.output<typeof clusters>;
