/**
 * What a run is, as a value. A run is made by `simulate` and only ever read afterwards:
 * play, pause, step back, scrub, compare, share, quiz and slide are ways of reading one.
 * Everything here survives `structuredClone`, so a run crosses from a Worker to a page whole.
 */

/** Why a request failed. The list is closed: a part or a link that fails a request names one of these. */
export const failureReasons = [
  /** The line was full. */
  'queue-full',
  /** It left the line, as its patience was over. */
  'impatient',
  /** The caller's time limit for one try passed. */
  'timeout',
  /** The time limit of the whole request passed. */
  'deadline',
  /** The part itself answered with an error. */
  'error',
  /** The instance that worked on it died. */
  'crashed',
  /** No instance could take it. */
  'unavailable',
  /** The link was cut, and said so. */
  'unreachable',
  /** Turned away under load to keep the line short. */
  'shed',
  /** More requests than a token bucket allows. */
  'rate-limited',
  /** More requests at a time than a bulkhead or a concurrency limit allows. */
  'bulkhead-full',
  /** The caller's circuit breaker was open. */
  'breaker-open',
  /** No connection of the pool came free in time. */
  'pool-timeout',
  /** A lock was not had in time. */
  'lock-timeout',
  /** Somebody else had changed it first. */
  'conflict',
  /** The token was missing, expired or revoked. */
  'unauthorised',
  /** There was nowhere to send it. */
  'no-route',
  /** A transaction was rolled back. */
  'aborted',
] as const;
export type FailureReason = (typeof failureReasons)[number];

/** What became of a hop: still going on, answered, or failed with a reason. Its index is what `Hops.fate` stores. */
export const fates = ['inside', 'answered', ...failureReasons] as const;
export type Fate = (typeof fates)[number];

/** Something the reader did to a run, and when (in the scenario's unit of time). */
export type Input = FaultInput | MendInput | DialInput;

/** Something is broken. */
export interface FaultInput {
  /** When, in the scenario's unit of time; from 0 to the horizon. */
  at: number;
  /** The id of one of the scenario's faults. */
  fault: string;
  /** How long it lasts, in the scenario's unit of time; the fault's own duration when left out. */
  duration?: number | undefined;
}

/** What was broken is mended before its time: every occurrence of that fault ends. */
export interface MendInput {
  at: number;
  mend: string;
}

/** A dial is turned while the run goes on. */
export interface DialInput {
  at: number;
  dial: string;
  value: number;
}

/** A number read off a run, and how sure it is. */
export interface Estimate {
  /** The measured value; null when nothing was observed. */
  value: number | null;
  /** Half-width of the 95 percent confidence interval (Student t over batch means or replications); null when there is none. */
  halfWidth: number | null;
  /** False where the run is too short, too correlated or too trended for the value to be relied on: "not enough data". */
  enough: boolean;
  /** What the value is made of: observations for a mean per request, batches for a mean over time. */
  samples: number;
}

/** How a measure is to be printed. `time` is in the scenario's unit of time, `rate` per that unit. */
export type MeasureUnit = 'time' | 'rate' | 'count' | 'share' | 'number';

/** The state of one thread of a part at one moment. */
export interface SlotState {
  /** Which instance of the part it belongs to, from 0. */
  instance: number;
  /** The hop it works on (an index into `Trace.hops`), or -1 when it is free. */
  hop: number;
}

/** The state of one part at one moment: all that a stage needs to draw it. */
export interface PartState {
  /** Whether each of its instances works now; a fault (or a deploy, later) may stop one. */
  instances: boolean[];
  slots: SlotState[];
  /** Hops waiting, first in line first. */
  queue: number[];
  /** Requests inside: waiting and in service. */
  inside: number;
  /** What else there is to see of this kind of part, by names that its folder documents; absent where there is nothing. */
  readings?: Record<string, number | string | boolean | number[] | string[]>;
}

/** The state of the caller's policy on one link, where it has one. */
export interface LinkState {
  breaker?: 'closed' | 'open' | 'half-open';
  /** Calls under way by the policy's own count, and calls that wait for a place. */
  underWay: number;
  waiting: number;
  isCut: boolean;
}

/**
 * One row for every call between two parts, kept as columns. A time that has not come yet is -1.
 * sent ≤ arrived ≤ started ≤ ended ≤ returned; between sent and arrived, and between ended and returned,
 * the request is on its link; between arrived and started it waits; between started and ended it is served.
 */
export interface Hops {
  count: number;
  /** The customer's number: the n-th request that its traffic part made, from 0. The same customer in every design. */
  request: Float64Array;
  /** Index into `Trace.parts` of the caller. */
  from: Uint16Array;
  /** Index into `Trace.parts` of the callee. */
  to: Uint16Array;
  /** The hop that the caller was serving by this one, or -1 at a source: what a waterfall hangs its spans on. */
  parent: Int32Array;
  /** Which try it was, from 0; hedges count on. */
  attempt: Uint16Array;
  /** Index into `Trace.classes`. */
  cls: Uint16Array;
  /** Index into `Trace.parts` of the part that dropped it, where it failed. */
  by: Uint16Array;
  /** 1 where the caller had stopped waiting before the answer came. */
  abandoned: Uint8Array;
  sentAt: Float64Array;
  arrivedAt: Float64Array;
  startedAt: Float64Array;
  endedAt: Float64Array;
  returnedAt: Float64Array;
  /** Which slot (index into the callee's `PartState.slots`) served it; -1 while none has. */
  slot: Int32Array;
  /** Index into `fates`. */
  fate: Uint8Array;
  /**
   * Why it is there, in a trace that is `sampled`: 0 as one of the uniform sample, whose request stands for `Trace.weight`
   * requests; 1 because its request has a hop that failed, 2 because it is among the slowest, 3 because it was open at the
   * end: those stand for themselves; 4 because it is recent, and stands for nothing.
   */
  kept?: Uint8Array;
}

/** The closed list of what is marked. */
export const markKinds = [
  /** A fault; `detail` is its id. */
  'fault-begins',
  'fault-ends',
  /** The first failure of a reason that a part or link drops; `detail` is the reason. */
  'first-refusal',
  /** A dial was turned; `detail` reads like `rate=5`. */
  'dial',
  /** A circuit breaker changed its state; `detail` is the state, `part` the link. */
  'breaker',
  /** An instance changed its state; `detail` is the state. */
  'instance',
  /** A control loop changed a number of instances; `detail` reads like `2 to 4`. */
  'scale',
  /** A deployment began, went on, was rolled back or ended; `detail` says which. */
  'deploy',
  /** A health checker or an outlier detector took a target out or put it back; `detail` says which. */
  'health',
  /** A line, a lag or a backlog that had grown is empty again; `detail` says which. */
  'drained',
  /** A cache was emptied, a shard added, a transaction's coordinator is back: `detail` says what. */
  'event',
] as const;
export type MarkKind = (typeof markKinds)[number];

/** Something that happened in a run that a reader should be able to jump to. */
export interface Mark {
  /** When, in ticks. */
  at: number;
  /** The part it happened to. */
  part: string;
  /** What, of a closed list. */
  kind: MarkKind;
  /** The fault's id, the dial and its value, the breaker's or instance's state, the version, the reason: by kind. */
  detail: string;
  /** The instance it happened to, where it was one and not the whole part. */
  instance?: number;
}

/** What one part wrote down of itself beside its hops, in the order of time; its kind's folder says what the columns mean. */
export interface Journal {
  count: number;
  /** False when it was over its bound of rows: then it tells the beginning only. */
  isWhole: boolean;
  /** When, in ticks. */
  at: Float64Array;
  columns: Record<string, Int32Array>;
}

/** All that happened in one run, as columns. */
export interface Trace {
  /** Ids of the parts, in the order in which the scenario names them. */
  parts: string[];
  /** Readings per window of time: `columns['server.queue'][w]` is the time average over window w. */
  windows: {
    /** Width of a window, in ticks. The last one may be cut short by the end of the run. */
    ticks: number;
    count: number;
    columns: Record<string, Float64Array>;
  };
  /** Names of the classes of requests, in the order of their numbers. */
  classes: string[];
  hops: Hops;
  marks: Mark[];
  /** By part, of those that keep one; absent where none does. */
  journals?: Record<string, Journal>;
  /** True when hops were left out because the run was over its budget of bytes; the windows and measures stay whole. */
  sampled: boolean;
  /** How many requests each sampled request stands for: 1 when all are kept. */
  weight: number;
}

/** The two accountings of conservation and of Little's law, kept apart and compared at the end of every run. */
export interface Ledger {
  /** Requests made, answered, failed and still inside at the end; `made = answered + failed + inside` in every run. */
  made: number;
  answered: number;
  failed: number;
  inside: number;
  conserves: boolean;
  /** Per part: request-ticks counted by watching the part, and by adding up each request's own stay. Equal in every run. */
  little: Record<string, { byState: number; byRequest: number; holds: boolean }>;
}

/** One run: all it was made from, and all that came of it. */
export interface Run {
  /** Version of the machine that made it. Two versions may give different traces for the same question. */
  engine: string;
  scenario: string;
  design: string;
  /** The value of every dial, also of those that were left at their start. */
  dials: Record<string, number>;
  /** What was written in place of the scenario's own texts; absent where nothing was. */
  texts?: Record<string, string>;
  /** Dials that turn nothing in this design, because it says itself what stands in their places, or has no such place. */
  idleDials: string[];
  inputs: Input[];
  seed: number;
  /** Which replication of the seed this is, from 0. */
  replication: number;
  /** Name of the unit of time that the scenario is written in, and how many ticks one is. */
  time: { unit: string; ticks: number };
  /** Where the run was to stop and where it did stop, in ticks. */
  horizon: number;
  endedAt: number;
  /** What stopped it: the horizon, or one of the machine's bounds. */
  ended: 'horizon' | 'event-bound' | 'request-bound';
  /** Entries taken from the calendar. */
  events: number;
  /** 16 hexadecimal digits over everything that happened: equal runs have equal digests on every machine. */
  digest: string;
  /** Every measure of the run by its name, for example `server.response.mean` or `server.response.p99`. */
  measures: Record<string, Estimate>;
  /** How each measure is to be printed. */
  units: Record<string, MeasureUnit>;
  /** For each part (as `server.inside`): the share of the measured time with 0, 1, 2, … requests inside; the 256th cell holds all above. */
  timeShares: Record<string, number[]>;
  ledger: Ledger;
  /** Why requests failed, and which part or caller dropped them, since the warm-up; most frequent first. */
  failures: { reason: FailureReason; by: string; source: string; count: number }[];
  /** The state of every part at the end of the run. */
  state: Record<string, PartState>;
  /** The state of every link with a policy, by `caller>callee`. */
  links: Record<string, LinkState>;
  /** Present when the run was made with `record: 'trace'`. */
  trace?: Trace;
}
