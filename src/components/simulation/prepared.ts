/** The first picture of a stage, as it is made when the site is built and handed to the page as text. */
import type { Connections, Mark, Run, Scenario, SweepPoint } from '../../../simulations/index.ts';
import type { Language } from '../../../languages.ts';
import type { Messages } from '../../interface.ts';
import type { Chart } from '../../core/playback/charts.ts';
import type { Curves } from '../../core/playback/curves.ts';
import type { FaultSpan, Frame } from '../../core/playback/frame.ts';
import type { StageSetting } from '../../core/playback/setting.ts';
import type { ScenarioWords } from './scenario-words.ts';

/** A run without its hops: all that charts, numbers and words need. */
export type RunSummary = Omit<Run, 'trace'>;

/** What of a run is on the page besides the moving requests. */
export interface Reading {
  run: RunSummary;
  parts: string[];
  /** Of the parts that the scenario wants shown, what can be guessed. */
  curves: Curves[];
  /** The charts of the run that come up by themselves. */
  charts: Chart[];
  marks: Mark[];
  faults: FaultSpan[];
  /** Closed forms by measure, at the run's own setting. */
  theory: Record<string, number>;
  /** Width of one reading, in ticks. */
  window: number;
  isSampled: boolean;
  overloaded: string[];
}

export interface Prepared {
  language: Language;
  scenario: Scenario;
  /** Who calls and who steers whom, in each design: only the machine knows where each kind of part says so. */
  connections: Record<string, Connections>;
  words: ScenarioWords;
  messages: Messages;
  setting: StageSetting;
  reading: Reading;
  frame: Frame;
  /** How much of its service each hop in a slot has had. */
  done: [number, number][];
  sweep: SweepPoint[];
  /** Where this simulation has a page of its own, and where its stage stands alone for a frame. */
  addresses: { page: string; embed: string };
  /** Dials that can also be turned while a run goes on. */
  turnable: string[];
  /** Which optional sections the author left out. */
  show: string[] | null;
}

/** Strips a run of what the page does not need before the machine runs there, and reads its charts. */
export const sections = ['drawing', 'time', 'dials', 'faults', 'charts', 'sweep', 'numbers', 'words'] as const;
