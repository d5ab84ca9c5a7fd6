/** The one door to the machine: everybody else imports from here. */
export { simulate, simulateJudged, type JudgedRun, type SimulateOptions } from './simulate.ts';
export {
  parseScenario,
  applySetting,
  ScenarioError,
  type AppliedSetting,
  type ChosenSetting,
  type Problem,
} from './settings.ts';
export {
  Gathering,
  replicate,
  sweep,
  sweepPoint,
  type ReplicateOptions,
  type Replications,
  type Sweep,
  type SweepPlan,
  type SweepPoint,
} from './experiments.ts';
export { scenarioSchema } from './scenario.ts';
export type { Claim, Dial, Fault, Scenario, ScenarioSource, Setting } from './scenario.ts';
export { failureReasons, fates } from './engine/run.ts';
export type {
  Estimate,
  FailureReason,
  Fate,
  Hops,
  Input,
  Ledger,
  Mark,
  MeasureUnit,
  PartState,
  Run,
  SlotState,
  Trace,
} from './engine/run.ts';
export { judge, type Verdict } from './claims.ts';
export { engineVersion } from './engine/version.ts';
export * as theory from './theory/index.ts';
