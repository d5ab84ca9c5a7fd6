/**
 * What the address of a run needs of it, while the site is built: prose, quizzes, sheets and exports of every language point at
 * the same runs, so each is made once. It knows no page.
 */
import { simulate, type Run, type ScenarioSource } from '../../../simulations/index.ts';

/** A run without what was measured in it. */
export type AddressedRun = Pick<Run, 'scenario' | 'design' | 'dials' | 'inputs' | 'seed' | 'engine' | 'digest'>;

type Chosen = NonNullable<Parameters<typeof simulate>[1]>;

const made = new Map<string, AddressedRun>();

/** The run of a scenario at a setting. Throws like the machine where that cannot run. */
export function addressedRun(source: ScenarioSource, chosen: Chosen): AddressedRun {
  // the whole source, since an author may change it while the site is served
  const key = JSON.stringify([source, chosen]);
  const known = made.get(key);
  if (known !== undefined) return known;
  const { scenario, design, dials, inputs, seed, engine, digest } = simulate(source, chosen);
  const run = { scenario, design, dials, inputs, seed, engine, digest };
  made.set(key, run);
  return run;
}
