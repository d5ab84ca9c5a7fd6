/**
 * Experiments over many settings of a scenario: what one gave is kept beside the scenario as experiment.json, written by a
 * script and never by hand. Its key says of which scenario, engine and plan it is; a law holds it to them. It runs nothing.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const kept = z.strictObject({
  /** The command that writes this file. */
  command: z.string(),
  /** Of which scenario, engine and plan: see `experimentKey`. */
  key: z.string(),
  /** How many settings were tried. */
  settings: z.int().positive(),
  /** What was counted or measured over all of them, by name. */
  numbers: z.record(z.string(), z.number()),
  /** What each setting gave, in the order in which they were drawn, for whoever wants to count something else. */
  rows: z.array(z.unknown()),
});

export type Experiment = z.output<typeof kept>;

/** What a scenario's experiment gave; null where it has none. */
export function readExperiment(scenario: string, root = process.cwd()): Experiment | null {
  const path = join(root, 'simulations/scenarios', scenario, 'experiment.json');
  if (!/^[a-z][a-z0-9-]*$/.test(scenario) || !existsSync(path)) return null;
  return kept.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** The name of all that an experiment's outcome depends on, given as text: the scenario's behaviour, the engine, the plan. */
export function experimentKey(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
