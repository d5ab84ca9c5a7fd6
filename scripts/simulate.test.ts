/** The command `simulate`: what it prints, what it refuses, and that strangers' files can neither crash nor hang it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare, engineVersion, replicate, simulate, type Trace } from '../simulations/index.ts';
import oneServer from '../simulations/scenarios/one-server/scenario.ts';
import { answerTo } from './simulate.ts';
import { Complaint, distance, suggestion } from './simulate/complaint.ts';
import { planOf, valuesOf, type RunPlan } from './simulate/plan.ts';
import { scenarioFrom } from './simulate/reading.ts';
import { runFactors, runPlan, type Answer, type FactorAnswer } from './simulate/running.ts';

const command = join(import.meta.dirname, 'simulate.ts');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Puts a file into the folder of this test. */
function file(name: string, holds: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof holds === 'string' || holds instanceof Uint8Array ? holds : JSON.stringify(holds));
  return path;
}

const json = async (...args: string[]): Promise<Answer> => JSON.parse(await answerTo([...args, '--json'])) as Answer;

/** What the command says of bad input. */
async function complaint(...args: string[]): Promise<string> {
  try {
    await answerTo(args);
  } catch (error) {
    if (error instanceof Complaint) return error.message;
    throw error;
  }
  return expect.unreachable('it was taken');
}

/** A run's plan without a command line. */
const plan = (...args: string[]): RunPlan => planOf(['one-server', ...args]) as RunPlan;

/** A small scenario of one's own. */
const tiny = {
  id: 'tiny',
  horizon: 100,
  parts: {
    people: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 5 }, calls: ['desk'] },
    desk: { kind: 'service', service: { law: 'exponential', mean: 0.1 } },
  },
};

describe('an answer', () => {
  it('has the numbers and the digest that the page gets from the machine', async () => {
    const run = simulate(oneServer, { seed: 3, design: 'two', dials: { arrivalRate: 9 } });
    const answer = await json('one-server', '--seed', '3', '--design', 'two', '--set', 'arrivalRate=9');
    expect(answer.digest).toBe(run.digest);
    expect(answer.engine).toBe(engineVersion);
    expect(answer.ended).toBe('horizon');
    expect(answer.dials).toEqual(run.dials);
    for (const [name, { value, halfWidth, enough, samples }] of Object.entries(run.measures))
      expect(answer.measures[name]).toMatchObject({ value, halfWidth, enough, samples, unit: run.units[name] });
  });

  it('pools replications as the machine does', async () => {
    const pooled = replicate(oneServer, { seed: 1, replications: 5 });
    const answer = await json('one-server', '--seed', '1', '--replications', '5');
    expect(answer.digest).toBe(pooled.digest);
    expect(answer.replications).toBe(5);
    const { value, halfWidth, low, high } = answer.measures['server.response.mean']!;
    expect({ value, halfWidth }).toEqual({
      value: pooled.measures['server.response.mean']!.value,
      halfWidth: pooled.measures['server.response.mean']!.halfWidth,
    });
    expect([low, high]).toEqual([value! - halfWidth!, value! + halfWidth!]);
  });

  it('is the same bytes for the same question', async () => {
    const args = ['one-server', '--replications', '3', '--sweep', 'arrivalRate=2..8/3', '--json'];
    expect(await answerTo(args)).toBe(await answerTo(args));
  });

  it('keeps the books over all runs', async () => {
    const { ledger } = await json('one-server', '--replications', '4', '--until', '300');
    expect(ledger.made).toBe(ledger.answered + ledger.failed + ledger.inside);
    expect(ledger.conserves).toBe(true);
    expect(ledger.little).toEqual({ server: true });
  });

  it('puts the closed form beside a measure, and none where somebody breaks something', async () => {
    const { theory } = await json('one-server');
    expect(theory['server.response.mean']).toBeCloseTo(0.5, 10);
    expect(theory['server.utilisation']).toBeCloseTo(0.8, 10);
    expect((await json('one-server', '--input', 'pause@100:20')).theory).toEqual({});
  });

  it('has a point for each value of a swept dial, with the theory of that value', async () => {
    const { sweep } = await json('one-server', '--sweep', 'arrivalRate=2..8/3', '--measure', 'server.response.mean');
    expect(sweep!.points.map(({ x }) => x)).toEqual([2, 5, 8]);
    const theory = sweep!.points.map((point) => point.theory['server.response.mean']!);
    for (const [i, expected] of [0.125, 0.2, 0.5].entries()) expect(theory[i]).toBeCloseTo(expected, 10);
    expect(Object.keys(sweep!.points[0]!.measures)).toEqual(['server.response.mean']);
    const alone = simulate(oneServer, { dials: { arrivalRate: 5 } });
    expect(sweep!.points[1]!.digest).toBe(alone.digest);
  });

  it('is of the state at that moment when stopped early', async () => {
    const answer = await json('one-server', '--until', '200');
    expect(answer.digest).toBe(simulate(oneServer, { until: 200 }).digest);
    expect(answer.time).toEqual({ unit: 's', warmUp: 60, horizon: 600, until: 200 });
  });

  it('may go on for longer than the scenario, with something broken there', async () => {
    const answer = await json('one-server', '--horizon', '900', '--input', 'pause@700:20');
    const run = simulate(oneServer, { horizon: 900, inputs: [{ fault: 'pause', at: 700, duration: 20 }] });
    expect(answer.digest).toBe(run.digest);
  });
});

describe('inputs', () => {
  const taken = (text: string) => plan('--input', text).inputs;

  it('break, mend and turn', () => {
    expect(taken('pause@100')).toEqual([{ fault: 'pause', at: 100 }]);
    expect(taken('pause@100:20')).toEqual([{ fault: 'pause', at: 100, duration: 20 }]);
    expect(taken('mend:pause@110')).toEqual([{ mend: 'pause', at: 110 }]);
    expect(taken('arrivalRate=2.5@200')).toEqual([{ dial: 'arrivalRate', value: 2.5, at: 200 }]);
  });

  it('of all three forms go to the machine and are named above the table', async () => {
    const args = ['pause@100:50', 'mend:pause@110', 'arrivalRate=3@200'].flatMap((text) => ['--input', text]);
    const inputs = [
      { fault: 'pause', at: 100, duration: 50 },
      { mend: 'pause', at: 110 },
      { dial: 'arrivalRate', value: 3, at: 200 },
    ];
    expect((await json('one-server', ...args)).digest).toBe(simulate(oneServer, { inputs }).digest);
    expect(await answerTo(['one-server', ...args])).toContain(
      'pause at 100 for 50\npause mended at 110\narrivalRate to 3 at 200\n',
    );
  });
});

describe('failures', () => {
  /** A desk with room for two, and a second one where nothing ever fails. */
  const full = () => {
    const desk = { ...tiny.parts.desk, queueLimit: 2, service: { law: 'exponential', mean: 0.3 } };
    const people = { ...tiny.parts.people, calls: ['desk', 'exit'] };
    return file('full.json', { ...tiny, parts: { people, desk, exit: tiny.parts.desk } });
  };

  it('are listed with who dropped them, as many as the source counts', async () => {
    const answer = await json(full(), '--replications', '3');
    expect(answer.failures).toMatchObject([{ reason: 'queue-full', by: 'desk', source: 'people' }]);
    expect(answer.failures[0]!.count).toBe(answer.ledger.failed);
    expect(await answerTo([full()])).toMatch(/^failed\n +[\d ]+ {2}queue-full {2}by desk {2}of people$/m);
    expect(await answerTo(['one-server'])).not.toMatch(/^failed/m);
  });

  it('that did not happen have no row, and are counted; --all shows them', async () => {
    const zero = /^exit\.refused +0\b/m;
    const text = await answerTo([full()]);
    expect(text).not.toMatch(zero);
    expect(text).toMatch(/^\d+ more measures, \d+ of them 0: --measure NAME, all with --all or --json$/m);
    const all = await answerTo([full(), '--all']);
    expect(all).toMatch(zero);
    expect(all).not.toContain('more measures');
    expect(await answerTo([full(), '--measure', 'exit.refused'])).toMatch(zero);
  });

  it('stand beside the shares of time with so many inside, which sum to 1', async () => {
    const { timeShares } = await json(full(), '--replications', '3');
    const shares = timeShares['desk.inside']!;
    // one in service and two in line at most
    expect(shares.slice(4).every((share) => share === 0)).toBe(true);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });
});

describe('a comparison', () => {
  it('has the differences in pairs that the machine finds', async () => {
    const answer = await json('one-server', '--compare', 'one,two,fast', '--replications', '4');
    const { differences } = compare(oneServer, { a: { design: 'one' }, b: { design: 'fast' }, replications: 4 });
    const [first, two, fast] = answer.compare!.designs;
    expect([first!.design, two!.design, fast!.design]).toEqual(['one', 'two', 'fast']);
    expect(first!.differences).toBeNull();
    expect(fast!.differences).toEqual(JSON.parse(JSON.stringify(differences)));
    expect(answer.replications).toBe(4);
  });

  it('measures each design as it does by itself', async () => {
    const answer = await json('one-server', '--compare', 'one,two', '--replications', '3', '--set', 'arrivalRate=6');
    for (const { design, digest, measures } of answer.compare!.designs) {
      const alone = await json('one-server', '--design', design, '--replications', '3', '--set', 'arrivalRate=6');
      expect({ digest, measures }).toEqual({ digest: alone.digest, measures: alone.measures });
    }
    expect(answer.digest).toBe(answer.compare!.designs[0]!.digest);
  });

  it('is a row for each design, with the interval of the difference and the variance saved', async () => {
    const text = await answerTo(['one-server', '--compare', 'one,two']);
    expect(text).toMatch(/^ +design +− one +± 95 % +ratio +saved$/m);
    expect(text).toMatch(/^server\.response\.mean +one +0\.\d+ +s$/m);
    expect(text).toMatch(/^ +two +0\.\d+ +-0\.\d+ +± 0\.\d+ +× 0\.\d+ +× \d/m);
    expect(text).toMatch(/^10 pairs of runs/m);
  });

  it('says where a difference may be chance, and where there is none', async () => {
    const people = { ...tiny.parts.people, calls: ['desk', 'exit'] };
    const parts = { people, desk: tiny.parts.desk, exit: tiny.parts.desk };
    const designs = [{ id: 'a' }, { id: 'b', set: { 'parts.exit.speed': 2 } }];
    const path = file('same.json', { ...tiny, parts, designs });
    const text = await answerTo([path, '--compare', 'a,b', '--measure', 'desk.response.mean']);
    expect(text).toMatch(/^ +b +0\.\d+ +0 +× 1\.00 +the same$/m);
  });

  it('of whose runs time has run out keeps whole replications of all designs', () => {
    let now = 0;
    const clock = () => (now += 300);
    const scenario = scenarioFrom(new TextEncoder().encode(JSON.stringify(oneServer)), 'one-server');
    const answer = runPlan(scenario, plan('--compare', 'one,two', '--replications', '50', '--seconds', '4'), clock);
    expect(answer.replications).toBeGreaterThan(0);
    expect(answer.replications).toBeLessThan(50);
    expect(answer.stopped).toBe(`time was up after ${answer.replications} of 50 runs of each design`);
    const { pairs } = answer.compare!.designs[1]!.differences!['server.response.mean']!;
    expect(pairs).toBe(answer.replications);
  });
});

describe('factors', () => {
  const desk = {
    ...tiny,
    dials: [
      { id: 'fast', unit: 'number', min: 1, max: 2, step: 1, start: 1, sets: ['parts.desk.speed'] },
      { id: 'rate', unit: 'rate', min: 1, max: 4, step: 1, start: 1, sets: ['parts.people.arrivals.rate'] },
    ],
  };

  it('are dials whose mixtures are all run: shares of the variance, effects, and what is luck', async () => {
    const path = file('factors.json', desk);
    const asked = [path, '--factors', 'fast,rate', '--measure', 'desk.utilisation', '--replications', '4'];
    const answer = JSON.parse(await answerTo([...asked, '--json'])) as FactorAnswer;
    expect(answer.factors).toEqual([
      { dial: 'fast', low: 1, high: 2 },
      { dial: 'rate', low: 1, high: 4 },
    ]);
    const [outcome] = answer.outcomes;
    expect(outcome!.mixtures).toHaveLength(4);
    expect(outcome!.runs).toBe(4);
    const shares = outcome!.effects.map(({ share }) => share.value);
    expect(shares.reduce((sum, share) => sum + share, outcome!.rest.value)).toBeCloseTo(1, 12);
    const text = await answerTo(asked);
    expect(text).toMatch(/4 mixtures, 4 runs of each/);
    expect(text).toMatch(/^rate +\d+\.\d % /m);
    expect(text).toMatch(/^fast × rate /m);
    expect(text).toMatch(/of the variance of a single run is luck/);
  });

  it('stop between two replications when time is up', () => {
    let now = 0;
    const clock = () => (now += 1500);
    const scenario = scenarioFrom(new TextEncoder().encode(JSON.stringify(oneServer)), 'one-server');
    const asked = plan('--factors', 'arrivalRate', '--measure', 'server.throughput', '--seconds', '4');
    const answer = runFactors(scenario, asked, clock);
    expect(answer.replications).toBeLessThan(10);
    expect(answer.stopped).toBe(`time was up after ${answer.replications} of 10 runs of each mixture`);
  });
});

describe('a table', () => {
  it('shows what the scenario shows, with intervals, theory, books and digest', async () => {
    const text = await answerTo(['one-server', '--seed', '1']);
    expect(text).toMatch(/^one-server · design one · seed 1 · one run · 600 s, measured from 60$/m);
    expect(text).toMatch(/server\.response\.mean +\d\.\d+ +± \d\.\d+ +0\.500 +s/);
    expect(text).toMatch(/requests made = .* answered \+ 0 failed \+ .* inside; Little's law holds in every part/);
    expect(text).toContain(simulate(oneServer, { seed: 1 }).digest);
  });

  it('says so where there is not enough data', async () => {
    const text = await answerTo(['one-server', '--set', 'arrivalRate=9.9']);
    expect(text).toMatch(/server\.response\.mean .*not enough data/);
    expect(await answerTo(['one-server', '--set', 'arrivalRate=2'])).not.toMatch(/response\.mean .*not enough data/);
  });

  it('shows only the measures asked for', async () => {
    const text = await answerTo(['one-server', '--measure', 'server.wait.p99', '--measure', 'server.arrivals']);
    expect(text.match(/^server\.\S+/gm)).toEqual(['server.wait.p99', 'server.arrivals']);
  });

  it('has a line for each point of a sweep', async () => {
    const text = await answerTo(['one-server', '--sweep', 'arrivalRate=1..3/1']);
    expect(text).toMatch(/^arrivalRate +server\.response\.mean +± 95 % +theory$/m);
    expect(text.match(/^ +[123] +0\.1/gm)).toHaveLength(3);
  });

  it('chooses means, p99s, shares and rates where the scenario chooses nothing', async () => {
    const text = await answerTo([file('plain.json', tiny)]);
    expect(text).toMatch(/^desk\.response\.mean/m);
    expect(text).toMatch(/^desk\.utilisation/m);
    expect(text).not.toMatch(/^desk\.response\.p90/m);
  });
});

describe('a scenario', () => {
  it('exported gives the same run as by its id', async () => {
    const path = file('exported.json', await answerTo(['--export', 'one-server']));
    for (const more of [[], ['--design', 'fast', '--input', 'spike@100'], ['--replications', '3']]) {
      const [byFile, byId] = [await json(path, ...more), await json('one-server', ...more)];
      expect(byFile).toEqual(byId);
    }
  });

  it('exported has every default filled in', async () => {
    const exported = JSON.parse(await answerTo(['--export', 'one-server'])) as typeof tiny & { seed: number };
    expect(exported.seed).toBe(1);
    expect(exported.parts).toMatchObject({ server: { instances: 1, threads: 1, queueLimit: null, speed: 1 } });
  });

  it('is found in the list with its designs, dials and faults', async () => {
    expect(await answerTo(['--list'])).toMatch(/^one-server\n {2}designs one, two, fast\n {2}dials +arrivalRate, /m);
  });

  it('may say where its schema is', async () => {
    const path = file('with-schema.json', { $schema: './scenario.schema.json', ...tiny });
    expect((await json(path)).digest).toBe((await json(file('without.json', tiny))).digest);
  });

  it('may begin with a byte order mark', async () => {
    expect((await json(file('bom.json', `\uFEFF${JSON.stringify(tiny)}`))).scenario).toBe('tiny');
  });
});

describe('a trace', () => {
  it('is a file with every hop of the first run', async () => {
    const path = join(folder, 'trace.json');
    const answer = await json('one-server', '--replications', '2', '--until', '100', '--trace', path);
    const traced = JSON.parse(readFileSync(path, 'utf8')) as { digest: string; trace: Trace };
    const run = simulate(oneServer, { until: 100, record: 'trace' });
    expect(traced.digest).toBe(run.digest);
    expect(traced.trace.hops.sentAt).toEqual(Array.from(run.trace!.hops.sentAt));
    expect(traced.trace.hops.count).toBe(run.ledger.made);
    expect(answer.replications).toBe(2);
  });

  it('is refused where it cannot be written', async () => {
    expect(await complaint('one-server', '--trace', join(folder, 'no', 'where.json'))).toMatch(/there is no such file/);
  });
});

describe('an option', () => {
  it.each([
    [['--replicatons', '3'], 'There is no option --replicatons. Did you mean --replications?'],
    [['-x'], 'There is no option -x.'],
    [['--seed'], '--seed takes a value: --seed N.'],
    [['--seed', '--json'], '--seed takes a value: --seed N.'],
    [['--seed', '-1'], '"-1" is not a whole number from 0 to 4294967295'],
    [['--seed', '4294967296'], 'is not a whole number from 0 to 4294967295'],
    [['--seed', '1.5'], 'is not a whole number'],
    [['--seed', '1', '--seed', '2'], '--seed was given twice'],
    [['--json=yes'], '--json takes no value'],
    [['--replications', '0'], 'is not a whole number from 1 to 10000'],
    [['--replications', '1e9'], 'is not a whole number from 1 to 10000'],
    [['--set', 'arrivalRate'], 'does not read like DIAL=VALUE'],
    [['--set', 'arrivalRate=NaN'], '"NaN" is no number'],
    [['--set', 'arrivalRate=1e999'], '"1e999" is no number'],
    [['--set', 'arrivalRate=0x10'], '"0x10" is no number'],
    [['--set', 'arrivalRate='], 'does not read like DIAL=VALUE'],
    [['--set', 'arrivalRate=99'], '99 is outside the dial; expected from 0.5 to 12'],
    [['--set', 'arrivalRte=3'], 'there is no dial "arrivalRte". Did you mean arrivalRate?'],
    [['--set', 'constructor=3'], 'there is no dial "constructor". There are arrivalRate,'],
    [['--set', '__proto__=3'], 'there is no dial "__proto__"'],
    [['--set', 'arrivalRate=3', '--set', 'arrivalRate=4'], 'is turned twice'],
    [['--design', 'tow'], 'there is no design "tow". Did you mean two?'],
    [['--measure', 'server.respnse.mean'], 'Did you mean server.response.mean?'],
    [['--input', 'pause'], 'does not read like FAULT@TIME'],
    [['--input', 'puase@3'], 'there is no fault "puase". Did you mean pause?'],
    [['--input', 'pause@3:0'], '"0" is not above 0'],
    [['--input', 'pause@601'], '601 is outside the run; expected from 0 to 600'],
    [['--until', '601'], '--until 601 is after the end of the run, 600'],
    [['--until', '0'], 'is not above 0'],
    [['--horizon', '50'], 'warmUp: nothing is left to measure'],
    [['--horizon', '1e300'], 'expected between 1000 and 2^50 ticks'],
    [['--input', 'mend:puase@3'], 'there is no fault "puase". Did you mean pause?'],
    [['--input', 'mend:pause@x'], '"x" is no number'],
    [['--input', 'arrivalRte=3@3'], 'there is no dial "arrivalRte". Did you mean arrivalRate?'],
    [['--input', 'arrivalRate=99@3'], '99 is outside the dial; expected from 0.5 to 12'],
    [['--input', 'arrivalRate=3'], 'does not read like FAULT@TIME'],
    [['--input', 'pause@3@4'], 'does not read like FAULT@TIME'],
    [['--compare', 'one'], 'does not read like A,B'],
    [['--compare', 'one,'], 'does not read like A,B'],
    [['--compare', 'one,one'], '"one" stands twice'],
    [['--compare', 'one,tow'], 'there is no design "tow". Did you mean two?'],
    [['--compare', 'one,two', '--design', 'one'], '--compare and --design do not go together'],
    [['--compare', 'one,two', '--sweep', 'arrivalRate=1..3'], '--compare and --sweep do not go together'],
    [['--factors', 'arrivalRate,'], 'does not read like A,B'],
    [['--factors', 'arrivalRate,arrivalRate'], '"arrivalRate" stands twice'],
    [['--factors', 'arrivalRte'], 'there is no dial "arrivalRte". Did you mean arrivalRate?'],
    [['--factors', 'arrivalRate', '--compare', 'one,two'], '--factors and --compare do not go together'],
    [['--sweep', 'arrivalRate'], 'does not read like DIAL=A..B'],
    [['--sweep', 'arrivalRate=5..1'], 'runs backwards'],
    [['--sweep', 'arrivalRate=1..5/0'], '"0" is not above 0'],
    [['--sweep', 'arrivalRate=1..9/0.0001'], 'at most 1000, so take a longer step'],
    [['--sweep', 'arrivalRate=1..50/1'], 'leaves the dial, which goes from 0.5 to 12'],
    [['--sweep', 'rate=1..5/1'], 'there is no dial "rate"'],
    [['--seconds', '0'], 'is not above 0'],
    [['--events', '1e12'], 'is not a whole number from 1 to 200000000'],
    [['another'], 'One scenario at a time: one-server and another were given'],
  ])('%j is refused: %s', async (args, message) => {
    expect(await complaint('one-server', ...args)).toContain(message);
  });

  it('is explained by --help, every one', async () => {
    const text = await answerTo(['--help']);
    for (const kind of ['traffic', 'service', 'broker', 'transaction'])
      expect(text).toMatch(new RegExp(`^ {2}${kind} +\\S.*\\.$`, 'm'));
    for (const form of ['pause@100:20', 'mend:pause@110', 'rate=9@200']) expect(text).toContain(form);
    for (const name of ['design', 'seed', 'sweep', 'compare', 'all', 'json', 'export', 'schema'])
      expect(text).toMatch(new RegExp(`^ {2}--${name}\\b`, 'm'));
  });

  it('is needed: without a scenario it asks which', async () => {
    expect(await complaint()).toContain('Which scenario?');
  });
});

describe('a sweep', () => {
  it('reaches its last value in spite of binary fractions', () => {
    expect(valuesOf({ dial: 'd', from: 0.1, to: 0.3, step: 0.1 }, 1)).toEqual([0.1, 0.2, 0.3]);
    expect(valuesOf({ dial: 'd', from: 0, to: 1, step: undefined }, 0.25)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(valuesOf({ dial: 'd', from: 3, to: 3, step: 1 }, 1)).toEqual([3]);
  });
});

describe('a hostile file', () => {
  const refused = async (name: string, holds: unknown) => complaint(file(name, holds));

  it('that is missing is named, with the scenario that may have been meant', async () => {
    expect(await complaint('one-sever')).toBe('one-sever: there is no such file. Did you mean one-server?');
    expect(await complaint(join(folder, 'none.json'))).toMatch(/none\.json: there is no such file\.$/);
    expect(await complaint(folder)).toMatch(/is a folder; a scenario is one JSON file/);
    expect(await complaint('--export', 'one-sever')).toContain('Did you mean one-server?');
    expect(await complaint('--export', '../one-server')).toContain('There is no scenario');
  });

  it('that is not JSON is refused with the line', async () => {
    expect(await refused('a.json', '')).toContain('a.json: empty');
    expect(await refused('b.json', '{\n  "id": "x",\n  oops\n}')).toMatch(/b\.json:3: not JSON: /);
    expect(await refused('c.json', '{\n  "id": "x"')).toMatch(/c\.json:2: not JSON: /);
    expect(await refused('d.json', '[1, 2]')).toContain('holds a list; a scenario is a JSON object');
    expect(await refused('e.json', '7')).toContain('holds a number');
    expect(await refused('f.json', 'null')).toContain('a scenario is a JSON object');
    expect(await refused('g.json', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d))).toContain('not a text in UTF-8');
    expect(await refused('h.json', '{\n"id": "x",\n"horizon": NaN}')).toMatch(
      /h\.json:3: not JSON: Unexpected token 'N'/,
    );
  });

  it('that is too large, too deep or endless is refused before it is parsed', async () => {
    expect(await refused('large.json', `{"id": "${'x'.repeat(1_000_001)}"}`)).toContain('larger than 1000000 bytes');
    expect(await refused('deep.json', '['.repeat(500_000))).toMatch(/deep\.json:1: nested deeper than 32/);
    expect(await refused('deeper.json', `{"a":`.repeat(40) + '1' + '}'.repeat(40))).toContain('nested deeper than 32');
    // brackets inside a text are no nesting
    expect(await refused('text.json', { ...tiny, id: '[[[['.repeat(12) })).toContain('an id starts with');
  });

  it.runIf(process.platform === 'linux')('that never ends is read only so far', async () => {
    expect(await complaint('/dev/zero')).toContain('larger than 1000000 bytes');
  });

  it('that reaches for what every object has is refused', async () => {
    const text = JSON.stringify(tiny);
    expect(await refused('p1.json', text.replace('{', '{"__proto__":{"polluted":1},'))).toContain('__proto__');
    expect(await refused('p2.json', text.replace('"people":', '"__proto__":{},"people":'))).toContain('__proto__');
    for (const name of ['constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
      const people = { ...tiny.parts.people, calls: [name] };
      expect(await refused('p3.json', { ...tiny, parts: { ...tiny.parts, people } })).toContain(`no part ${name}`);
      const faults = [{ id: 'f', part: name, action: 'pause', duration: 1 }];
      expect(await refused('p4.json', { ...tiny, faults })).toContain(`no part or link ${name}`);
      const actions = [{ id: 'f', part: 'desk', action: name, duration: 1 }];
      expect(await refused('p5.json', { ...tiny, faults: actions })).toContain(`knows no ${name}`);
      const dials = [{ id: 'd', unit: 'rate', min: 1, max: 2, step: 1, start: 1, sets: [`parts.${name}.rate`] }];
      expect(await refused('p6.json', { ...tiny, dials })).toContain('no place');
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('may name its parts and dials like what every object has', async () => {
    const odd = {
      ...tiny,
      parts: { valueOf: { ...tiny.parts.people, calls: ['constructor'] }, constructor: tiny.parts.desk },
      dials: [
        { id: 'toString', unit: 'rate', min: 1, max: 9, step: 1, start: 5, sets: ['parts.valueOf.arrivals.rate'] },
      ],
    };
    const answer = await json(file('odd.json', odd));
    expect(answer.ledger.conserves).toBe(true);
    expect(answer.dials['toString']).toBe(5);
    expect(answer.measures['constructor.response.mean']!.value).toBeGreaterThan(0);
  });

  it('with numbers that are none, or too large, is refused with their place', async () => {
    const text = JSON.stringify(tiny);
    expect(await refused('n1.json', text.replace('"horizon":100', '"horizon":1e999'))).toContain('horizon: ');
    expect(await refused('n2.json', text.replace('"horizon":100', '"horizon":"NaN"'))).toContain('horizon: ');
    expect(await refused('n3.json', text.replace('"horizon":100', '"horizon":1e300'))).toContain('2^50 ticks');
    expect(await refused('n4.json', text.replace('"rate":5', '"rate":-5'))).toContain('parts.people.arrivals.rate');
    expect(await refused('n5.json', text.replace('"rate":5', '"rate":null'))).toContain('parts.people.arrivals.rate');
    expect(await refused('n6.json', text.replace('"mean":0.1', '"mean":1e13'))).toContain('parts.desk.service.mean');
  });

  it('with a misspelt setting is refused with its place', async () => {
    const desk = { ...tiny.parts.desk, thread: 4 };
    expect(await refused('s.json', { ...tiny, parts: { ...tiny.parts, desk } })).toMatch(
      /s\.json: parts\.desk: unknown setting thread; expected only settings that the schema names\./,
    );
  });

  it('with a million parts is refused at once', async () => {
    // three million bytes as a file, so refused by size; a program that hands the value over is refused as well
    const parts = Array.from({ length: 1_000_000 }, (_, i) => `"p${i}":0`).join();
    expect(await refused('many.json', `{"id":"m","horizon":1,"parts":{${parts}}}`)).toContain('larger than');
    const some = Object.fromEntries(Array.from({ length: 9_000 }, (_, i) => [`p${i}`, tiny.parts.desk]));
    expect(await refused('some.json', { ...tiny, parts: some })).toContain('expected at most 500');
  });

  it('that asks for more threads or users than can be kept is refused before anything is set up', async () => {
    const desk = { ...tiny.parts.desk, instances: 1000, threads: 10_000 };
    const message = await refused('threads.json', { ...tiny, parts: { ...tiny.parts, desk } });
    expect(message).toContain('10000001 threads and users in all; expected at most 1000000');
  });

  it('cannot write to the terminal through its own texts', async () => {
    const message = await refused('esc.json', { ...tiny, ['\u001b[2J\u202e']: 1 });
    // eslint-disable-next-line no-control-regex
    expect(message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it('of any shape is refused with a message or runs', () => {
    const bytes = new TextEncoder();
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(() => scenarioFrom(bytes.encode(text), 'any')).toThrow(Complaint);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe('time', () => {
  /** A clock that goes on by so many milliseconds each time it is read. */
  const ticking = (by: number) => {
    let now = 0;
    return () => (now += by);
  };
  const scenario = scenarioFrom(new TextEncoder().encode(JSON.stringify(tiny)), 'tiny');

  it('that is up between two replications ends the bunch there, and says so', () => {
    const answer = runPlan(scenario, plan('--replications', '100', '--seconds', '2'), ticking(300));
    expect(answer.replications).toBeGreaterThan(0);
    expect(answer.replications).toBeLessThan(100);
    expect(answer.stopped).toBe(`time was up after ${answer.replications} of 100 runs`);
    const whole = runPlan(scenario, plan('--replications', String(answer.replications)), ticking(0));
    expect(answer.digest).toBe(whole.digest);
  });

  it('that is up inside a run stops it by its events, and says where', () => {
    const busy = { ...tiny, parts: { ...tiny.parts, people: { ...tiny.parts.people } }, horizon: 1_000_000 };
    const long = scenarioFrom(new TextEncoder().encode(JSON.stringify(busy)), 'long');
    const answer = runPlan(long, plan('--seconds', '1'), ticking(400));
    expect(answer.ended).toBe('event-bound');
    expect(answer.stopped).toMatch(/^time was up after 1000000 events, at \d+\.\d+ of 1000000 s$/);
    expect(answer.ledger.conserves).toBe(true);
  });

  it('that is up in a sweep keeps the points that are whole', () => {
    const swept = scenarioFrom(new TextEncoder().encode(JSON.stringify(oneServer)), 'one-server');
    const answer = runPlan(swept, plan('--sweep', 'arrivalRate=1..9/1', '--seconds', '2'), ticking(300));
    const { points } = answer.sweep!;
    expect(points.length).toBeGreaterThan(0);
    expect(points.length).toBeLessThan(9);
    expect(answer.stopped).toBe(`time was up after ${points.length} of 9 points of the sweep`);
  });

  it('does not change a run that fits into it', () => {
    const long = scenarioFrom(new TextEncoder().encode(JSON.stringify({ ...tiny, horizon: 110_000 })), 'long');
    const answer = runPlan(long, plan(), ticking(10));
    expect(answer.ended).toBe('horizon');
    expect(answer.events).toBeGreaterThan(1_000_000);
    expect(answer.digest).toBe(simulate(long).digest);
  });
});

describe('a misspelling', () => {
  it('is as far from a word as there are letters to change', () => {
    expect(distance('kitten', 'sitting')).toBe(3);
    expect(distance('', 'abc')).toBe(3);
    expect(distance('same', 'same')).toBe(0);
  });

  it('far from everything gets the whole list', () => {
    expect(suggestion('zzzzzz', ['pause', 'spike'])).toBe(' There are pause, spike.');
  });
});

describe('the command', () => {
  const run = (args: string[], input?: string) =>
    spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', ...(input === undefined ? {} : { input }) });

  it('reads a scenario from standard input and prints JSON alone', () => {
    const { status, stdout, stderr } = run(['-', '--json', '--seed', '2'], JSON.stringify(tiny));
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as Answer).digest).toBe(simulate(tiny as never, { seed: 2 }).digest);
  });

  it('ends with 2 and one clear message on bad input, without a stack', () => {
    const { status, stdout, stderr } = run(['-'], '{"id": 3}');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^standard input: id: /);
    expect(stderr).not.toMatch(/\bat .*\.ts:/);
  });

  it('finds a file from where the person stands', () => {
    file('mine.json', tiny);
    const out = execFileSync(process.execPath, [command, 'mine.json', '--json'], {
      encoding: 'utf8',
      env: { ...process.env, INIT_CWD: folder },
    });
    expect((JSON.parse(out) as Answer).scenario).toBe('tiny');
  });
});
