/** The one door to the machine: everybody else imports from here, and a worker from bare.ts. */
import './parts/index.ts';

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
  compare,
  compareAll,
  Gathering,
  PairedGathering,
  replicate,
  sweep,
  sweepPoint,
  type Compared,
  type CompareOptions,
  type Comparison,
  type ReplicateOptions,
  type Replications,
  type Sweep,
  type SweepPlan,
  type SweepPoint,
} from './experiments.ts';
export {
  attribute,
  attributeFactors,
  factorOf,
  mixtureAt,
  type Attribution,
  type Between,
  type Effect,
  type Factor,
  type FactorPlan,
} from './factors.ts';
export { connectionsOf, type Connections } from './connections.ts';
export { scenarioSchema } from './scenario.ts';
export type { Board, Claim, Dial, Fault, Scenario, ScenarioSource, Setting } from './scenario.ts';
export { failureReasons, fates, markKinds } from './engine/run.ts';
export type {
  DialInput,
  Estimate,
  FailureReason,
  Fate,
  FaultInput,
  Hops,
  Input,
  Journal,
  Ledger,
  LinkState,
  Mark,
  MarkKind,
  MeasureUnit,
  MendInput,
  PartState,
  Run,
  SlotState,
  Trace,
} from './engine/run.ts';
export { suggestWarmUp, type PairedDifference } from './engine/statistics.ts';
export { assemble } from './parts/computer/assembler.ts';
export { loaded as loadProgram, traceProgram } from './parts/computer/tracing.ts';
export { judge, type Verdict } from './claims.ts';
export { engineVersion } from './engine/version.ts';
export * as theory from './theory/index.ts';
