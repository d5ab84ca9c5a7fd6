/**
 * What the page asks of the simulation's worker and what it gets back. Everything here is plain data.
 * Questions are checked where they arrive, so that a stale page or a damaged message is an answer, not a crash;
 * what is inside a scenario and a setting the machine itself checks.
 */
import type { Input, PairedDifference, Run, ScenarioSource, SweepPoint } from '../../simulations/index.ts';

/** What a run is made from; the machine checks it against the scenario. */
export interface AskedSetting {
  design: string;
  dials: Record<string, number>;
  /** What the reader wrote, by the names of the scenario's texts. */
  texts?: Record<string, string>;
  inputs: Input[];
  seed: number;
  /** Designs to be run beside it, under the same customers, faults and luck. */
  compared?: string[];
}

/** A question. `id` comes back with every answer to it; a newer question of the same kind makes older ones moot. */
export type Question =
  /** Holds a scenario for the questions that follow. */
  | { ask: 'hold'; id: number; scenario: ScenarioSource }
  /** Lets whatever can wait wait a little: the reader moves through the run, and needs the processor. Nothing is answered. */
  | { ask: 'hush'; id: number }
  /** One run with its trace, and one of each design that it is compared with. */
  | { ask: 'run'; id: number; setting: AskedSetting }
  /** A curve over a dial, point by point. */
  | {
      ask: 'sweep';
      id: number;
      setting: AskedSetting;
      dial: string;
      measure: string;
      theory?: string | undefined;
      at: number[];
      replications: number;
    }
  /** The same setting with other luck, again and again, read together. */
  | { ask: 'repeat'; id: number; setting: AskedSetting; replications: number }
  /** How the compared designs differ from the setting's own, in pairs of runs under the same luck. */
  | { ask: 'compare'; id: number; setting: AskedSetting; measures: string[]; pairs: number };

const MOST_POINTS = 200;
const MOST_REPLICATIONS = 50;
const MOST_INPUTS = 100;
const MOST_COMPARED = 4;
const MOST_MEASURES = 20;
const MOST_LETTERS = 4000;

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= MOST_LETTERS;
const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= 120;

/** Whether something has one of the three forms of an input: a fault, a mend, or a dial turned on the way. */
function isInput(input: unknown): boolean {
  if (!isFields(input) || !isNumber(input['at'])) return false;
  const forms = ['fault', 'mend', 'dial'].filter((form) => input[form] !== undefined);
  if (forms.length !== 1 || !isName(input[forms[0]!])) return false;
  if (forms[0] === 'dial') return isNumber(input['value']);
  return input['duration'] === undefined || isNumber(input['duration']);
}

function settingProblem(setting: unknown): string | null {
  if (!isFields(setting)) return 'setting';
  if (!isName(setting['design'])) return 'setting.design';
  if (!isFields(setting['dials']) || !Object.values(setting['dials']).every(isNumber)) return 'setting.dials';
  if (!isNumber(setting['seed'])) return 'setting.seed';
  const { inputs, compared = [], texts = {} } = setting;
  if (!isFields(texts) || !Object.values(texts).every(isText)) return 'setting.texts';
  if (!Array.isArray(compared) || compared.length > MOST_COMPARED || !compared.every(isName)) return 'setting.compared';
  if (!Array.isArray(inputs) || inputs.length > MOST_INPUTS) return 'setting.inputs';
  return inputs.every(isInput) ? null : 'setting.inputs';
}

function compareProblem({ setting, measures, pairs }: Fields): string | null {
  if (!isNumber(pairs) || pairs < 2 || pairs > MOST_REPLICATIONS) return 'pairs';
  if (!Array.isArray(measures) || measures.length > MOST_MEASURES || !measures.every(isName)) return 'measures';
  const problem = settingProblem(setting);
  if (problem !== null) return problem;
  return (setting as Fields)['compared'] === undefined ? 'setting.compared' : null;
}

/** The place in a message at which it stops being a question; null when it is one. */
export function questionProblem(message: unknown): string | null {
  if (!isFields(message)) return 'question';
  if (!isNumber(message['id'])) return 'id';
  if (message['ask'] === 'hold') return isFields(message['scenario']) ? null : 'scenario';
  if (message['ask'] === 'hush') return null;
  if (message['ask'] === 'run') return settingProblem(message['setting']);
  const { at, replications } = message;
  const isCount = isNumber(replications) && replications >= 2 && replications <= MOST_REPLICATIONS;
  if (message['ask'] === 'repeat') return isCount ? settingProblem(message['setting']) : 'replications';
  if (message['ask'] === 'compare') return compareProblem(message);
  if (message['ask'] !== 'sweep') return 'ask';
  if (!isName(message['dial'])) return 'dial';
  if (!isName(message['measure'])) return 'measure';
  if (message['theory'] !== undefined && !isName(message['theory'])) return 'theory';
  if (!Array.isArray(at) || at.length > MOST_POINTS || !at.every(isNumber)) return 'at';
  if (!isCount) return 'replications';
  return settingProblem(message['setting']);
}

export type Answer =
  | { answer: 'held'; id: number; engine: string }
  /**
   * `theory`: for measures that have a closed form at this setting, its value. `took`: milliseconds.
   * `beside`: the runs of the compared designs, in the order in which they were asked for.
   */
  | { answer: 'run'; id: number; run: Run; beside: Run[]; theory: Record<string, number>; took: number }
  | { answer: 'point'; id: number; point: SweepPoint; left: number }
  /** `together` comes with the last of them. */
  | { answer: 'repeated'; id: number; done: number; together: Together | null }
  /** `differences` comes with the last pair: for each compared design, its measures against the setting's own. */
  | { answer: 'compared'; id: number; done: number; differences: Record<string, PairedDifference>[] | null }
  /** What went wrong, where in the scenario or setting if that is known, and whether asking again could help. */
  | { answer: 'error'; id: number; kind: ErrorKind; message: string; path: string };

/** What came of several runs of one setting, read together. */
export interface Together {
  runs: number;
  measures: Run['measures'];
}

export type ErrorKind = 'bad-question' | 'bad-scenario' | 'not-fetched' | 'failed' | 'too-slow' | 'gone';

/** The columns of a run that can be handed over to another thread instead of being copied. */
export function transferables(run: Run): ArrayBuffer[] {
  const { trace } = run;
  if (trace === undefined) return [];
  const columns: unknown[] = [
    ...Object.values(trace.hops),
    ...Object.values(trace.windows.columns),
    ...Object.values(trace.journals ?? {}).flatMap(({ at, columns: own }) => [at, ...Object.values(own)]),
  ];
  const buffers = new Set<ArrayBuffer>();
  for (const column of columns) {
    if (ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer) buffers.add(column.buffer);
  }
  return [...buffers];
}
