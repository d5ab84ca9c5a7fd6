import { describe, expect, it, vi } from 'vitest';
import { compareAll, replicate, simulate, sweepPoint } from '../../simulations/index.ts';
import oneServer from '../../simulations/scenarios/one-server/scenario.ts';
import { makeAnswerer } from './answering.ts';
import { questionProblem, type Answer } from './protocol.ts';

const setting = { design: 'one', dials: { arrivalRate: 8 }, inputs: [], seed: 1 };
const sweep = { ask: 'sweep', setting, dial: 'arrivalRate', measure: 'server.response.mean', replications: 2 } as const;

/** Asks everything at once and collects what is answered, until nothing more comes. */
async function asked(...questions: unknown[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  const answer = makeAnswerer((each) => answers.push(each), {
    pause: () => new Promise((resolve) => setTimeout(resolve)),
    now: () => 0,
  });
  for (const question of questions) answer(question);
  // All is computed on this thread, so turns of its loop count, not time: twenty without an answer, and there is none to come.
  for (let quiet = 0; quiet < 20; quiet += 1) {
    const before = answers.length;
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (answers.length > before) quiet = -1;
  }
  return answers;
}
const hold = { ask: 'hold', id: 1, scenario: oneServer };

describe('the answerer', () => {
  it('makes the run that the machine makes, with closed forms beside it', async () => {
    const [held, run] = await asked(hold, { ask: 'run', id: 2, setting });
    expect(held).toMatchObject({ answer: 'held', id: 1 });
    if (run?.answer !== 'run') throw new Error('there was no run');
    expect(run.run.digest).toBe(simulate(oneServer, setting).digest);
    expect(run.theory['server.response.mean']).toBeCloseTo(0.5, 9);
  });

  it('answers only the newest of several runs asked for at once', async () => {
    const answers = await asked(hold, ...[2, 3, 4].map((id) => ({ ask: 'run', id, setting })));
    expect(answers.filter((each) => each.answer === 'run').map((each) => each.id)).toEqual([4]);
  });

  it('breaks off a sweep when another is asked for', async () => {
    const answers = await asked(hold, { ...sweep, id: 2, at: [1, 2, 3] }, { ...sweep, id: 3, at: [4, 5] });
    const points = answers.filter((each) => each.answer === 'point');
    expect(points.map((each) => [each.id, each.left])).toEqual([
      [3, 1],
      [3, 0],
    ]);
  });

  it('makes no more of a curve while the reader moves through the run, and answers a run all the same', async () => {
    let time = 0;
    const answers: Answer[] = [];
    const answer = makeAnswerer((each) => answers.push(each), {
      pause: () => new Promise((resolve) => setTimeout(resolve)),
      now: () => time,
    });
    const points = () => answers.filter((each) => each.answer === 'point').length;
    answer(hold);
    answer({ ...sweep, id: 2, at: [1, 2, 3] });
    answer({ ask: 'hush', id: -1 });
    answer({ ask: 'run', id: 3, setting });
    await vi.waitFor(() => expect(answers.at(-1)).toMatchObject({ answer: 'run', id: 3 }));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(points()).toBe(0);
    time = 1000;
    await vi.waitFor(() => expect(points()).toBe(3), 2000);
  });

  it('says the same of every question when the scenario that it was handed is refused', async () => {
    const answers = await asked({ ...hold, scenario: { id: 'a', parts: {} } }, { ask: 'run', id: 2, setting });
    expect(answers.map((each) => [each.id, each.answer === 'error' && each.kind])).toEqual([
      [1, 'bad-scenario'],
      [2, 'bad-scenario'],
    ]);
  });

  it('answers about the scenario that was handed over last', async () => {
    const other = { ...oneServer, id: 'another', seed: 7 };
    const answers = await asked(hold, { ...hold, id: 2, scenario: other }, { ask: 'run', id: 3, setting });
    const run = answers.at(-1);
    expect(run).toMatchObject({ answer: 'run', id: 3, run: { scenario: 'another' } });
    expect(answers.filter((each) => each.answer === 'held').map((each) => each.id)).toEqual([2]);
  });

  it('finds the same points on a curve as the machine does in one go', async () => {
    const answers = await asked(hold, { ...sweep, id: 2, theory: 'response', at: [3] });
    const { dial, measure, replications } = sweep;
    const point = sweepPoint(oneServer, { dial, measure, replications, theory: 'response', design: 'one', seed: 1 }, 3);
    expect(answers.at(-1)).toEqual({ answer: 'point', id: 2, point, left: 0 });
  });

  it('lets a run in between two of many repetitions, which then are moot', async () => {
    const answers: Answer[] = [];
    const answer = makeAnswerer((each) => answers.push(each), {
      pause: () => new Promise((resolve) => setTimeout(resolve)),
      now: () => 0,
    });
    answer(hold);
    answer({ ask: 'repeat', id: 2, setting, replications: 50 });
    await vi.waitFor(() => expect(answers.some((each) => each.answer === 'repeated')).toBe(true));
    answer({ ask: 'run', id: 3, setting });
    await vi.waitFor(() => expect(answers.at(-1)).toMatchObject({ answer: 'run', id: 3 }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(answers.at(-1)).toMatchObject({ answer: 'run', id: 3 });
  });

  it('reads repetitions together as the machine does', async () => {
    const answers = await asked(hold, { ask: 'repeat', id: 2, setting, replications: 3 });
    const { measures } = replicate(oneServer, { ...setting, replications: 3 });
    expect(answers.slice(1)).toEqual([
      { answer: 'repeated', id: 2, done: 1, together: null },
      { answer: 'repeated', id: 2, done: 2, together: null },
      { answer: 'repeated', id: 2, done: 3, together: { runs: 3, measures } },
    ]);
  });

  it('runs the compared designs with the one that is shown, under the same luck', async () => {
    const [, answer] = await asked(hold, { ask: 'run', id: 2, setting: { ...setting, compared: ['two', 'fast'] } });
    if (answer?.answer !== 'run') throw new Error('there was no run');
    expect(answer.beside.map(({ design, digest }) => [design, digest])).toEqual(
      ['two', 'fast'].map((design) => [design, simulate(oneServer, { ...setting, design }).digest]),
    );
    expect(
      answer.beside.every(({ trace, ledger }) => trace !== undefined && ledger.made === answer.run.ledger.made),
    ).toBe(true);
  });

  const compare = {
    ask: 'compare',
    setting: { ...setting, compared: ['two'] },
    measures: ['server.response.mean'],
    pairs: 3,
  };

  it('compares designs in pairs as the machine does, and says how far it is', async () => {
    const answers = await asked(hold, { ...compare, id: 2 });
    const settings = ['one', 'two'].map((design) => ({ design, dials: setting.dials, seed: 1 }));
    const { differences } = compareAll(oneServer, { settings, replications: 3, measures: compare.measures, seed: 1 });
    expect(answers.slice(1)).toEqual([
      { answer: 'compared', id: 2, done: 1, differences: null },
      { answer: 'compared', id: 2, done: 2, differences: null },
      { answer: 'compared', id: 2, done: 3, differences },
    ]);
    expect(differences[0]!['server.response.mean']!.isSure).toBe(true);
  });

  it('breaks off comparing when a run is asked for', async () => {
    const answers = await asked(hold, { ...compare, id: 2, pairs: 50 }, { ask: 'run', id: 3, setting });
    expect(answers.filter((each) => each.answer === 'compared')).toEqual([]);
    expect(answers.at(-1)).toMatchObject({ answer: 'run', id: 3 });
  });

  it('refuses to compare with a design that there is not', async () => {
    const answers = await asked(hold, { ...compare, id: 2, setting: { ...setting, compared: ['ten'] } });
    expect(answers.at(-1)).toMatchObject({ answer: 'error', id: 2, kind: 'bad-scenario' });
  });

  it('refuses a bad scenario and a bad setting with the place of the fault, and goes on', async () => {
    const bad = await asked({ ...hold, scenario: { ...oneServer, horizon: -1 } });
    expect(bad).toMatchObject([{ answer: 'error', kind: 'bad-scenario', path: 'horizon' }]);
    const answers = await asked(hold, { ask: 'run', id: 2, setting: { ...setting, dials: { arrivalRate: 99 } } });
    expect(answers[1]).toMatchObject({ answer: 'error', id: 2, kind: 'bad-scenario', path: 'dials.arrivalRate' });
  });

  it('runs what was broken, mended and turned on the way', async () => {
    const inputs = [
      { at: 100, fault: 'pause', duration: 20 },
      { at: 105, mend: 'pause' },
      { at: 200, dial: 'arrivalRate', value: 4 },
    ];
    const [, answer] = await asked(hold, { ask: 'run', id: 2, setting: { ...setting, inputs } });
    expect(answer).toMatchObject({ answer: 'run', run: { inputs } });
  });

  it.each([
    [null, 'question'],
    [{ ask: 'run' }, 'id'],
    [{ ask: 'dance', id: 1 }, 'ask'],
    [{ ask: 'run', id: 1, setting: { ...setting, dials: { arrivalRate: 'x' } } }, 'setting.dials'],
    [
      {
        ask: 'run',
        id: 1,
        setting: { ...setting, inputs: Array.from({ length: 101 }, () => ({ at: 1, fault: 'pause' })) },
      },
      'setting.inputs',
    ],
    [{ ask: 'run', id: 1, setting: { ...setting, inputs: [{ at: 1, dial: 'arrivalRate' }] } }, 'setting.inputs'],
    [{ ask: 'run', id: 1, setting: { ...setting, inputs: [{ at: 1, mend: 7 }] } }, 'setting.inputs'],
    [
      { ask: 'run', id: 1, setting: { ...setting, inputs: [{ at: 1, fault: 'pause', mend: 'pause' }] } },
      'setting.inputs',
    ],
    [{ ask: 'run', id: 1, setting: { ...setting, inputs: [{ fault: 'pause' }] } }, 'setting.inputs'],
    [{ ask: 'run', id: 1, setting: { ...setting, compared: ['a', 'b', 'c', 'd', 'e'] } }, 'setting.compared'],
    [{ ask: 'run', id: 1, setting: { ...setting, compared: [7] } }, 'setting.compared'],
    [{ ask: 'compare', id: 1, setting, measures: [], pairs: 3 }, 'setting.compared'],
    [{ ask: 'compare', id: 1, setting: { ...setting, compared: ['two'] }, measures: 'all', pairs: 3 }, 'measures'],
    [{ ask: 'compare', id: 1, setting: { ...setting, compared: ['two'] }, measures: [], pairs: 1e9 }, 'pairs'],
    [
      { ask: 'compare', id: 1, setting: { ...setting, compared: ['two'], dials: 3 }, measures: [], pairs: 3 },
      'setting.dials',
    ],
    [{ ...sweep, id: 1, at: [Number.NaN] }, 'at'],
    [{ ...sweep, id: 1, at: [1], replications: 1e9 }, 'replications'],
  ])('answers a message that is no question with the place where it stops being one: %j', async (message, place) => {
    expect(questionProblem(message)).toBe(place);
    expect(await asked(message)).toMatchObject([{ answer: 'error', kind: 'bad-question', path: place }]);
  });
});
