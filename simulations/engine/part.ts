/**
 * What the engine asks of a part: to take calls, to take answers, to be broken, and to say how it stands.
 * It knows no kind of part; kinds are under parts/, one folder each.
 */
import type { PartState } from './run.ts';

/** A thing in a running system. */
export interface Part {
  /** Called once at time 0, before anything else happens. */
  start?(): void;
  /** A call has arrived over its link. The part must answer it, now or later, exactly once, unless it is cancelled. */
  receive?(call: number): void;
  /** A call that this part made has come back; the engine closes it afterwards. */
  answered?(call: number): void;
  /**
   * The caller waits no longer and says so. The part forgets the call, cancels what it asked of others for it, and
   * calls `machine.drop`. A part without this goes on working for nobody.
   */
  cancel?(call: number): void;
  /** A fault begins or ends. `amount` is the scenario's, 1 when it names none. */
  faults?: Record<string, (begins: boolean, amount: number, instance: number) => void>;
  /** A reader has turned a dial: the part's settings from now on. Its kind says which of them may change in a run. */
  adopt?(settings: never): void;
  /** Present on a part that consists of instances, for balancers, health checks, autoscalers and deployers. */
  fleet?: Fleet;
  state(): PartState;
}

/** What an instance is doing. */
export type InstanceState = 'absent' | 'starting' | 'ready' | 'stopping';

/** The instances of a part, as others may see and steer them. Instances are numbered from 0; a number is used again. */
export interface Fleet {
  /** Whether every instance has a line of its own, so that others may choose among them for a call. */
  readonly hasOwnLines?: boolean;
  /** One more than the highest number of an instance that is there in any state. */
  readonly count: number;
  /** Instances that take requests now: ready and in rotation. */
  readonly ready: number;
  /** Instances that are there: starting, ready or stopping. */
  readonly present: number;
  /** How many are to be there: what the settings say, or what `scale` was last told. A fault or a deployment changes it not. */
  readonly wanted: number;
  /** What an instance is doing; a number that was never used is absent. */
  stateOf(instance: number): InstanceState;
  /**
   * Has a listener told whenever an instance has changed its state or its place in rotation. It is told in the middle of
   * the change: it may look, and act by asking the calendar for a turn of its own.
   */
  onChange(listener: (instance: number) => void): void;
  /** Whether an instance takes requests now. */
  isReady(instance: number): boolean;
  /** Whether an instance stands still, so that it would answer no check. */
  isPaused(instance: number): boolean;
  /** Requests waiting and in service at an instance (in service only, where all share one line). */
  inside(instance: number): number;
  /** Requests inside the whole part. */
  readonly load: number;
  /** Requests waiting in the whole part. */
  readonly waiting: number;
  /** Thread-ticks spent working since time 0, brought up to now: what utilisation is computed from. */
  busyTicks(): number;
  /** Thread-ticks that ready instances could have worked since time 0, brought up to now. */
  readyTicks(): number;
  /** Requests that have arrived since time 0. */
  readonly arrived: number;
  /** Requests finished since time 0, and those that ended as an error of the part itself. */
  readonly finished: number;
  readonly errors: number;
  /**
   * Says how many are wanted, and starts or stops as many as that is more or fewer than before: what a deployment has
   * there beyond that stays. Those that a fault has taken down go first, then those that still start, then the newest,
   * gracefully. What there is no room for starts as soon as there is.
   */
  scale(to: number): void;
  /**
   * Starts one more instance of a version; -1 when there is no room. `version` is an index into the part's own versions.
   * @param isInRotation false for one that takes no requests until it is put into rotation.
   */
  launch(version: number, isInRotation?: boolean): number;
  /** Stops an instance: gracefully it takes no more and finishes what it has, else what it has fails as `crashed`. */
  stop(instance: number, graceful: boolean): void;
  /** Which version an instance runs. */
  versionOf(instance: number): number;
  /** Names of the versions, the present one first. */
  readonly versions: readonly string[];
  /** The version that instances started by `scale` will run from now on. */
  prefer(version: number): void;
  /**
   * Takes an instance out of rotation, or puts it back, without stopping it. Out of rotation it takes nothing from a line
   * that all share; with a line of its own it still serves what is sent to it.
   */
  setInRotation(instance: number, isIn: boolean): void;
  /** Requests finished and failed by instances of a version since time 0. */
  finishedBy(version: number): number;
  errorsBy(version: number): number;
}
