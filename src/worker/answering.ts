/**
 * Answers questions to the machine, one after the other, and drops what a newer question has made moot.
 * It knows no Worker: the worker and, where there is none, the page itself hand it questions and a way to answer.
 */
import './no-eval.ts';
import {
  engineVersion,
  parseScenario,
  ScenarioError,
  Gathering,
  PairedGathering,
  simulate,
  simulateJudged,
  theory,
  applySetting,
  type JudgedRun,
  type Replications,
  type Run,
  type Scenario,
  type SimulateOptions,
} from '../../simulations/bare.ts';
import { closedFormFor } from '../core/playback/closed-forms.ts';
import { fetchKinds, NotFetched } from './kinds.ts';
import { questionProblem, transferables, type Answer, type Question } from './protocol.ts';

/** Hands an answer over, with the buffers that may be moved instead of copied. */
export type Reply = (answer: Answer, moved: ArrayBuffer[]) => void;

/** A few million events take about a second; no lesson's run comes near. */
const MAX_EVENTS = 5_000_000;

/** How long a reader who moves through the run keeps the machine quiet, in milliseconds after each move. */
const QUIET = 250;

/** The closed forms of a scenario at its own setting, by measure; those that do not exist there are left out. */
export function closedFormsOf(scenario: Scenario): Record<string, number> {
  const found: Record<string, number> = {};
  for (const measure of scenario.show?.measures ?? []) {
    const form = closedFormFor(measure);
    if (
      form === undefined ||
      !['service', 'processor', 'workers', 'accelerator'].includes(scenario.parts[measure.split('.')[0]!]?.kind ?? '')
    )
      continue;
    const value = theory.closedForm(form, scenario);
    if (value !== null && Number.isFinite(value)) found[measure] = value;
  }
  return found;
}

/** Makes an answerer. `pause` lets newer questions in between two pieces of work. */
export function makeAnswerer(
  reply: Reply,
  { pause, now }: { pause: () => Promise<void>; now: () => number },
): (question: unknown) => void {
  let scenario: Scenario | null = null;
  /** Settled once the scenario that was handed over last can be asked about, or has been refused. */
  let holding = Promise.resolve();
  /** Why it was refused: whoever asks about it hears the same. */
  let refusal: unknown = null;
  let latestHold = -1;
  /** Until then whatever can wait waits, by this one's clock: the reader's hand is on the run. */
  let quietUntil = 0;
  let latestRun = -1;
  let latestSweep = -1;
  let latestRepeat = -1;
  let latestCompare = -1;

  const fail = (id: number, error: unknown): void => {
    const problem = error instanceof ScenarioError ? error.problems[0] : undefined;
    reply(
      {
        answer: 'error',
        id,
        kind: error instanceof NotFetched ? 'not-fetched' : problem === undefined ? 'failed' : 'bad-scenario',
        message: problem?.message ?? (error instanceof Error ? error.message : String(error)),
        path: problem?.path ?? '',
      },
      [],
    );
  };

  const hold = async (question: Extract<Question, { ask: 'hold' }>): Promise<void> => {
    scenario = null;
    refusal = null;
    await fetchKinds(question.scenario);
    // Another scenario may have been handed over meanwhile.
    if (question.id !== latestHold) return;
    scenario = parseScenario(question.scenario);
    reply({ answer: 'held', id: question.id, engine: engineVersion }, []);
  };

  /** Waits until the scenario is held, and lets in what has been asked meanwhile. @throws why it was refused. */
  const ready = async (): Promise<void> => {
    await pause();
    for (let awaited: unknown; awaited !== holding; await holding) awaited = holding;
    if (refusal !== null) throw refusal;
  };

  /** Waits for a moment at which work that nobody waits for with a finger on it disturbs nobody. */
  const turn = async (): Promise<void> => {
    await ready();
    for (let left = quietUntil - now(); left > 0; left = quietUntil - now())
      await new Promise((resolve) => setTimeout(resolve, left));
  };

  /** Of several turns of a dial, or several while the scenario is being fetched, only the last is worth a run. */
  const runIfNewest = async (question: Extract<Question, { ask: 'run' }>): Promise<void> => {
    await ready();
    if (question.id === latestRun) run(question);
  };

  const run = (question: Extract<Question, { ask: 'run' }>): void => {
    const begun = now();
    const { design, dials, texts, inputs, seed, compared = [] } = question.setting;
    const make = (each: string): Run =>
      simulate(scenario!, { design: each, dials, texts, inputs, seed, record: 'trace', maxEvents: MAX_EVENTS });
    const made = make(design);
    const beside = compared.map(make);
    const forms = closedFormsOf(applySetting(scenario!, { design, dials, texts }).scenario);
    reply(
      { answer: 'run', id: question.id, run: made, beside, theory: forms, took: now() - begun },
      [made, ...beside].flatMap(transferables),
    );
  };

  /** Several runs read together, one at a time, so that a question meanwhile waits for one of them at most; null when broken off. */
  const gather = async (
    options: SimulateOptions,
    replications: number,
    isWanted: () => boolean,
    tell?: (done: number) => void,
  ): Promise<Replications | null> => {
    const gathering = new Gathering();
    for (let replication = 0; replication < replications; replication += 1) {
      await turn();
      if (!isWanted()) return null;
      gathering.add(simulateJudged(scenario!, { ...options, replication, record: 'measures', maxEvents: MAX_EVENTS }));
      tell?.(replication + 1);
    }
    return gathering.read();
  };

  const sweep = async (question: Extract<Question, { ask: 'sweep' }>): Promise<void> => {
    const { design, dials, texts, seed } = question.setting;
    let left = question.at.length;
    for (const x of question.at) {
      const turned = { ...dials, [question.dial]: x };
      const options = { design, dials: turned, texts, seed };
      const gathered = await gather(options, question.replications, () => question.id === latestSweep);
      if (gathered === null) return;
      const estimate = gathered.measures[question.measure] ?? {
        value: null,
        halfWidth: null,
        enough: false,
        samples: 0,
      };
      const form =
        question.theory === undefined
          ? null
          : theory.closedForm(question.theory, applySetting(scenario!, options).scenario);
      left -= 1;
      reply({ answer: 'point', id: question.id, point: { x, estimate, theory: form }, left }, []);
    }
  };

  const repeat = async (question: Extract<Question, { ask: 'repeat' }>): Promise<void> => {
    const { design, dials, texts, inputs, seed } = question.setting;
    const gathered = await gather(
      { design, dials, texts, inputs, seed },
      question.replications,
      () => question.id === latestRepeat,
      (done) => {
        if (done < question.replications) reply({ answer: 'repeated', id: question.id, done, together: null }, []);
      },
    );
    if (gathered === null) return;
    const { runs, measures } = gathered;
    reply({ answer: 'repeated', id: question.id, done: runs, together: { runs, measures } }, []);
  };

  /** Pair after pair, one run at a time, so that a question meanwhile waits for one of them at most. */
  const compare = async (question: Extract<Question, { ask: 'compare' }>): Promise<void> => {
    const { design, dials, texts, inputs, seed, compared = [] } = question.setting;
    const designs = [design, ...compared];
    const gathering = new PairedGathering(designs.length, question.measures);
    for (let replication = 0; replication < question.pairs; replication += 1) {
      const runs: JudgedRun[] = [];
      for (const each of designs) {
        await turn();
        if (question.id !== latestCompare) return;
        const options = { design: each, dials, texts, inputs, seed, replication, maxEvents: MAX_EVENTS };
        runs.push(simulateJudged(scenario!, { ...options, record: 'measures' }));
      }
      gathering.add(runs);
      const done = replication + 1;
      if (done < question.pairs) reply({ answer: 'compared', id: question.id, done, differences: null }, []);
    }
    const { differences } = gathering.read();
    reply({ answer: 'compared', id: question.id, done: question.pairs, differences }, []);
  };

  return (message) => {
    const problem = questionProblem(message);
    if (problem !== null) {
      const id = (message as { id?: unknown } | null)?.id;
      reply(
        { answer: 'error', id: typeof id === 'number' ? id : -1, kind: 'bad-question', message: '', path: problem },
        [],
      );
      return;
    }
    const question = message as Question;
    if (question.ask === 'hush') {
      quietUntil = now() + QUIET;
      return;
    }
    if (question.ask === 'hold') {
      latestHold = question.id;
      latestSweep = -1;
      latestRepeat = -1;
      latestCompare = -1;
      holding = hold(question).catch((error: unknown) => {
        if (question.id === latestHold) refusal = error;
        fail(question.id, error);
      });
      return;
    }
    if (latestHold < 0) {
      reply({ answer: 'error', id: question.id, kind: 'bad-question', message: 'no scenario is held', path: '' }, []);
      return;
    }
    const asked = (): Promise<void> => {
      if (question.ask === 'run') {
        latestRun = question.id;
        // Repetitions and comparisons belong to the run that they are made for.
        latestRepeat = -1;
        latestCompare = -1;
        return runIfNewest(question);
      }
      if (question.ask === 'repeat') {
        latestRepeat = question.id;
        return repeat(question);
      }
      if (question.ask === 'compare') {
        latestCompare = question.id;
        return compare(question);
      }
      latestSweep = question.id;
      return sweep(question);
    };
    asked().catch((error: unknown) => fail(question.id, error));
  };
}
