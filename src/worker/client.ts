/**
 * The page's side of the simulation's worker: asks, keeps only what answers the newest question, gives up on what takes
 * too long, and starts a new worker where one has died. Where there are no workers the machine runs on the page itself.
 */
import type { PairedDifference, Run, ScenarioSource, SweepPoint } from '../../simulations/index.ts';
import type { StageSetting } from '../core/playback/setting.ts';
import type { Answer, ErrorKind, Together } from './protocol.ts';

/** What the page hears back. Answers to questions that are no longer the newest are not passed on. */
export interface Listener {
  /** `beside`: the runs of the designs that the setting is compared with. */
  run(run: Run, theory: Record<string, number>, took: number, beside: Run[]): void;
  point(point: SweepPoint, left: number): void;
  /** So many repetitions are done; `together` comes with the last. */
  repeated(done: number, together: Together | null): void;
  /** So many pairs are done; the differences, one set for each compared design, come with the last. */
  compared?(done: number, differences: Record<string, PairedDifference>[] | null): void;
  error(kind: ErrorKind, message: string, path: string): void;
  /** There is no worker: the machine runs on the page, and heavy runs will be felt. */
  slow(): void;
}

export interface SweepQuestion {
  setting: StageSetting;
  dial: string;
  measure: string;
  theory?: string | undefined;
  at: number[];
  replications: number;
}

export interface CompareQuestion {
  setting: StageSetting;
  measures: string[];
  pairs: number;
}

export interface Simulator {
  run(setting: StageSetting): void;
  sweep(question: SweepQuestion): void;
  /** The same setting with other luck, so many times. A run that is asked for breaks it off. */
  repeat(setting: StageSetting, replications: number): void;
  /** How the designs that a setting is compared with differ from it. A run that is asked for breaks it off. */
  compare(question: CompareQuestion): void;
  /** Says that the reader moves through the run: what can wait waits, so that the drawing keeps up. */
  hush?(): void;
  close(): void;
}

interface Line {
  ask(message: unknown): void;
  end(): void;
}

/** How long a run may take before it is stopped, in milliseconds: lesson runs take a few. */
const PATIENCE = 8000;
/** How often the machine is asked to keep quiet at most, in milliseconds between two times. */
const SELDOM = 100;

type Hear = (answer: Answer) => void;

function workerLine(hear: Hear, broken: () => void): Line {
  const worker = new Worker(new URL('./simulation.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', (event: MessageEvent<Answer>) => hear(event.data));
  worker.addEventListener('error', broken);
  worker.addEventListener('messageerror', broken);
  return { ask: (message) => worker.postMessage(message, []), end: () => worker.terminate() };
}

function pageLine(hear: Hear, broken: () => void): Line {
  let ended = false;
  const answering = import('./answering.ts').then(({ makeAnswerer }) =>
    makeAnswerer((answer) => !ended && hear(answer), {
      pause: () => new Promise((resolve) => setTimeout(resolve)),
      now: () => performance.now(),
    }),
  );
  return {
    // Cloning keeps the page from sharing objects with the machine, as a worker would.
    ask: (message) => {
      const hand = async (): Promise<void> => {
        const answer = await answering;
        if (!ended) answer(structuredClone(message));
      };
      hand().catch(broken);
    },
    end: () => {
      ended = true;
    },
  };
}

/** Opens a line to the machine for one scenario. Nothing is computed until something is asked. */
export function openSimulator(scenario: ScenarioSource, listener: Listener): Simulator {
  let id = 0;
  let line: Line | null = null;
  const latest = { run: -1, sweep: -1, repeat: -1, compare: -1, hold: -1 };
  let pending: { setting: StageSetting; timer: ReturnType<typeof setTimeout> } | null = null;
  let wanted: SweepQuestion | null = null;
  let repeating: { setting: StageSetting; replications: number } | null = null;
  let comparing: CompareQuestion | null = null;
  let deaths = 0;
  let closed = false;
  let withoutWorker = typeof Worker === 'undefined';

  const settle = (): void => {
    if (pending !== null) clearTimeout(pending.timer);
    pending = null;
  };

  const hear: Hear = (answer) => {
    if (closed) return;
    if (answer.answer === 'run' && answer.id === latest.run) {
      settle();
      deaths = 0;
      listener.run(answer.run, answer.theory, answer.took, answer.beside);
    } else if (answer.answer === 'point' && answer.id === latest.sweep) {
      if (answer.left === 0) wanted = null;
      listener.point(answer.point, answer.left);
    } else if (answer.answer === 'repeated' && answer.id === latest.repeat) {
      if (answer.together !== null) repeating = null;
      listener.repeated(answer.done, answer.together);
    } else if (answer.answer === 'compared' && answer.id === latest.compare) {
      if (answer.differences !== null) comparing = null;
      listener.compared?.(answer.done, answer.differences);
    } else if (answer.answer === 'error') {
      if (answer.id === latest.run || answer.id === latest.hold) settle();
      else if (![latest.sweep, latest.repeat, latest.compare, -1].includes(answer.id)) return;
      if (answer.id === latest.repeat) repeating = null;
      if (answer.id === latest.compare) comparing = null;
      // What did not come is asked for again by a new worker: this one may remember that it did not.
      if (answer.kind === 'not-fetched') drop();
      listener.error(answer.kind, answer.message, answer.path);
    }
  };

  const drop = (): void => {
    line?.end();
    line = null;
  };

  /** A worker that died is replaced, and asked again what was left unanswered; one that keeps dying is given up. */
  const broken = (): void => {
    if (closed) return;
    const unanswered = pending?.setting;
    const unfinished = wanted;
    const interrupted = repeating;
    const between = comparing;
    settle();
    drop();
    deaths += 1;
    if (deaths > 1 && withoutWorker) {
      listener.error('gone', '', '');
      return;
    }
    withoutWorker ||= deaths > 1;
    if (unanswered !== undefined) run(unanswered);
    if (unfinished !== null) sweep(unfinished);
    if (interrupted !== null) repeat(interrupted.setting, interrupted.replications);
    if (between !== null) compare(between);
  };

  const connect = (): Line => {
    if (line !== null) return line;
    if (!withoutWorker) {
      try {
        line = workerLine(hear, broken);
      } catch {
        withoutWorker = true;
      }
    }
    if (line === null) {
      listener.slow();
      line = pageLine(hear, broken);
    }
    latest.hold = id += 1;
    line.ask({ ask: 'hold', id: latest.hold, scenario });
    return line;
  };

  const run = (setting: StageSetting): void => {
    settle();
    const to = connect();
    latest.run = id += 1;
    latest.repeat = -1;
    latest.compare = -1;
    repeating = null;
    comparing = null;
    const timer = setTimeout(
      () => {
        pending = null;
        wanted = null;
        repeating = null;
        comparing = null;
        drop();
        listener.error('too-slow', '', '');
        // Every design beside it is a run more.
      },
      PATIENCE * (1 + (setting.compared?.length ?? 0)),
    );
    pending = { setting, timer };
    to.ask({ ask: 'run', id: latest.run, setting });
  };

  const sweep = (question: SweepQuestion): void => {
    const to = connect();
    wanted = question;
    latest.sweep = id += 1;
    to.ask({ ask: 'sweep', id: latest.sweep, ...question });
  };

  const repeat = (setting: StageSetting, replications: number): void => {
    const to = connect();
    repeating = { setting, replications };
    latest.repeat = id += 1;
    to.ask({ ask: 'repeat', id: latest.repeat, setting, replications });
  };

  const compare = (question: CompareQuestion): void => {
    const to = connect();
    comparing = question;
    latest.compare = id += 1;
    to.ask({ ask: 'compare', id: latest.compare, ...question });
  };

  let hushed = 0;
  const hush = (): void => {
    const now = performance.now();
    if (line === null || (wanted ?? repeating ?? comparing) === null || now - hushed < SELDOM) return;
    hushed = now;
    line.ask({ ask: 'hush', id: -1 });
  };

  return {
    hush,
    run,
    sweep,
    repeat,
    compare,
    close: () => {
      closed = true;
      settle();
      drop();
    },
  };
}
