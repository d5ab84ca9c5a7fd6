/**
 * The pool: questions about a simulation that no lesson has taken over yet. A set of them is a folder under pool/ that bears the
 * simulation's name; it is asked on the simulation's page, and kept in the record under that name. It knows no file.
 */

/** Where on the page of a simulation `reread` and `see` may lead: the stage, and what its model leaves out. */
export const poolPlaces = ['the-stage', 'model-card'] as const;
export type PoolPlace = (typeof poolPlaces)[number];

/** The id under which the sets of the pool stand together where the parts of the course are told apart. */
export const poolPart = 'pool';
