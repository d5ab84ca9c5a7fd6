/**
 * What a question is once its facts and its words are joined, and what every type of question must be able to say about an answer.
 * It knows no type by name, no schema library and no view: the browser loads this.
 */

/** Where a reader may look to see why: a heading of the lesson, a run, or both. */
export interface Pointer {
  /** Id of a heading in the lesson's prose. */
  heading?: string | undefined;
  /** A run that shows it. */
  run?: RunSetting | undefined;
}

/** A scenario at a setting: enough to make the run again. */
export interface RunSetting {
  scenario: string;
  design?: string | undefined;
  dials?: Record<string, number> | undefined;
  inputs?: { at: number; fault: string; duration?: number | undefined }[] | undefined;
}

/** The facts that questions of every type have. */
export interface CommonFacts {
  id: string;
  rev: number;
  type: string;
  topic: string;
  reread: string;
  see: Record<string, Pointer>;
  /** A run whose stage stands beside the question, to be tried out. */
  stage?: RunSetting | undefined;
}

/** The words that questions of every type have. */
export interface CommonWords {
  prompt: string;
  because: string;
  /** Shown one by one to a reader who asks for them, the faintest first. */
  hints?: string[] | undefined;
}

/** A number measured by the machine, with the half-width of its 95 percent interval. */
export interface MeasuredValue {
  value: number | null;
  halfWidth: number | null;
  /** False where the runs are too short for the value to be relied on. */
  enough: boolean;
}

/** One call of a followed request; times are in the scenario's unit, from the moment the request was made. */
export interface TracedCall {
  caller: string;
  callee: string;
  /** How many callers stand above it. */
  depth: number;
  /** Which try it was, from 1, and how many there were. */
  attempt: number;
  tries: number;
  end: string;
  stretches: { kind: 'out' | 'waiting' | 'service' | 'back'; from: number; to: number | null }[];
  /** From when on nobody waited for it any more. */
  unwantedFrom: number | null;
}

/** The way of one request through a run. */
export interface RequestWay {
  kind: 'request';
  /** The customer's number in the run. */
  request: number;
  /** When it was made, in the scenario's unit of time. */
  at: number;
  /** When the last of it was over, from that moment on. */
  length: number;
  /** Name of the scenario's unit of time. */
  unit: string;
  calls: TracedCall[];
  /** What the parts are called, where the page knows it. */
  names?: Record<string, string>;
}

/** What a program did, instruction by instruction. */
export interface ProgramWay {
  kind: 'program';
  /** Its text, line by line. */
  lines: string[];
  ended: string;
  /** How many instructions were carried out; `steps` has the first of them. */
  count: number;
  output: number[];
  steps: { line: number; registers: number[]; writes?: { place: string; value: number } }[];
}

/** What was found by following what a question follows, and which options that makes right. */
export interface Traced {
  /** The right option by step. */
  key: Record<string, string>;
  /** What was counted or measured, by step, for those that ask for a number. */
  values: Record<string, number>;
  way: RequestWay | ProgramWay;
}

/** A question: facts written once, words in one language, and what the machine measured where the key comes from a run. */
export interface Question<Facts extends CommonFacts = CommonFacts, Words extends CommonWords = CommonWords> {
  facts: Facts;
  words: Words;
  /** One value for `measured`, one per point for `prediction`, empty for the rest. */
  measured: MeasuredValue[];
  /** Only for `tracing`, once the run has been made. */
  traced?: Traced;
}

/** What became of an answer. */
export interface Verdict {
  /** All of it is right. */
  right: boolean;
  /** From 0 to 1; 1 exactly when right. Mending one part never lowers it. */
  score: number;
  /** The parts that were judged (options, statements, items, points) by id. A part not judged is left out. */
  parts: Record<string, boolean>;
}

/** One thing to tell the reader about an answer. */
export interface Feedback {
  /** Which option, item, distractor or shape it is about: the key under which `see` may point somewhere. */
  key: string;
  /** The option's own text; null when the feedback is about the answer as a whole. */
  about: string | null;
  right: boolean;
  because: string;
}

/** What a type of question says about answers. All of it is pure, and none of it throws, whatever the answer. */
export interface Grading<Q extends Question, Answer> {
  /** What the reader starts from. */
  blank(question: Q): Answer;
  /** Reads an answer from outside (the record, a room): whatever no longer fits the question is left out. */
  read(question: Q, value: unknown): Answer;
  /** Whether there is enough of an answer to be checked. */
  isAnswered(question: Q, answer: Answer): boolean;
  grade(question: Q, answer: Answer): Verdict;
  /** The right answer. */
  key(question: Q): Answer;
  /** What a new try starts from: all that was right stays, the rest is open again. */
  retry(question: Q, answer: Answer, verdict: Verdict): Answer;
  /** What to say: before the answer is revealed only about what the reader did, afterwards about everything. */
  feedback(question: Q, answer: Answer, verdict: Verdict, revealed: boolean): Feedback[];
}

/** The share of `parts` that are right; 1 when there are none. */
export function shareRight(parts: Record<string, boolean>): number {
  const judged = Object.values(parts);
  return judged.length === 0 ? 1 : judged.filter(Boolean).length / judged.length;
}

/** True for plain objects, which is what answers of several parts are kept as. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a property that the object itself has, so that an id such as `constructor` finds nothing by accident. */
export function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
