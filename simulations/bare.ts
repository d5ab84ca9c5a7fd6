/**
 * The door to the machine without its kinds of parts, for whoever fetches them one by one, as a worker does: what it is to run
 * has to be made known first. Everybody else comes in by index.ts, where all kinds are.
 */
export { kindsNamedIn } from './kinds-named.ts';
export { know } from './parts/known.ts';
export type { Kind } from './parts/kind.ts';
export { simulate, simulateJudged, type JudgedRun, type SimulateOptions } from './simulate.ts';
export { applySetting, parseScenario, ScenarioError } from './settings.ts';
export { Gathering, PairedGathering, type Replications } from './experiments.ts';
export { engineVersion } from './engine/version.ts';
export * as theory from './theory/index.ts';
export type { Scenario } from './scenario.ts';
export type { Run } from './engine/run.ts';
