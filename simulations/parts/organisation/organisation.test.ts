import { describe, expect, it } from 'vitest';
import { parseScenario, simulate, theory, type Run, type ScenarioSource, type SimulateOptions } from '../../index.ts';
import { at, constant, of, sound, visits } from '../door/door.fixture.ts';
import { stream } from '../../engine/draws.ts';
import { mirroringIndex, PermutationTest, Ties } from './mirror.ts';

/** Two teams of two. A copy and an interface cost so much that all talk, unless said otherwise. */
const firm = (more: object, tasks: object, extra: object = {}): ScenarioSource =>
  ({
    id: 'firm',
    horizon: 200,
    time: { unit: 'day', ticks: 1000 },
    parts: {
      tasks,
      firm: {
        kind: 'organisation',
        charts: { two: [0, 0, 1, 1], crossed: [0, 1, 0, 1], one: [0, 0, 0, 0], each: [0, 1, 2, 3] },
        chart: 'two',
        next: 'crossed',
        work: constant(1),
        needs: 1,
        talk: { inside: 0.1, across: 0.2 },
        interface: 1e6,
        copy: 1e6,
        tested: { every: 10 },
        ...more,
      },
    },
    faults: [
      { id: 'move', part: 'firm', action: 'move', instance: 0, amount: 2, duration: 50 },
      { id: 'reorganise', part: 'firm', action: 'reorganise', duration: 1000 },
    ],
    ...extra,
  }) as ScenarioSource;
const run = (more: object, times: Parameters<typeof at>[0], options: SimulateOptions = {}, extra: object = {}): Run =>
  sound(simulate(firm(more, at(times, ['firm']), extra), { record: 'trace', ...options }));
const stream4: object = { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 1 }, calls: ['firm'] };
const steady = (more: object, options: SimulateOptions = {}): Run =>
  sound(simulate(firm({ work: { law: 'exponential', mean: 2 }, needs: 3, ...more }, stream4), options));
const reading = (whole: Run, name: string): number[] => whole.state['firm']!.readings![name] as number[];

describe('organisation', () => {
  it('gives each task to somebody who is free, and the longest waiting to whoever is free next (O1)', () => {
    const five = run({ needs: 0 }, [0, 0, 0, 0, 0.2]);
    expect(visits(five, 'firm')).toEqual([
      [0, 0, 1],
      [0, 0, 1],
      [0, 0, 1],
      [0, 0, 1],
      [0.2, 1, 2],
    ]);
    expect(of(five, 'firm.queue.max')).toBe(1);
    expect(of(five, 'firm.files.last')).toBe(5);
  });

  it('keeps a task for those who know its domain, where it is so wished (O1)', () => {
    const kept = run(
      { needs: 0, kept: 1, knows: [0, 0, 0, 1] },
      Array.from({ length: 40 }, () => 0),
    );
    const files = reading(kept, 'files');
    // one person does all of one domain, about half
    expect(files[3]).toBeGreaterThan(10);
    expect(files.reduce((a, b) => a + b, 0)).toBe(40);
    const free = run(
      { needs: 0, kept: 0, knows: [0, 0, 0, 1] },
      Array.from({ length: 40 }, () => 0),
    );
    expect(reading(free, 'files')).toEqual([10, 10, 10, 10]);
  });

  it('needs the same of the same tasks, whatever the teams are (O1)', () => {
    const free = { talk: { inside: 0, across: 0 } };
    const [two, crossed] = ['two', 'crossed'].map((chart) => steady({ ...free, chart }));
    expect(reading(two!, 'tight')).toEqual(reading(crossed!, 'tight'));
    expect(of(two!, 'firm.talks')).toBe(of(crossed!, 'firm.talks'));
  });

  it('takes the time of both who talk, of a task or of leisure (O2)', () => {
    // the chart with each alone, so that every talk is across
    const both = run({ chart: 'each', talk: { inside: 0, across: 0.25 } }, [0, 0.5, 10]);
    const [first, second, third] = visits(both, 'firm');
    const talked = of(both, 'firm.talks')!;
    expect(of(both, 'firm.talkTime.mean')).toBeCloseTo((talked * 0.25) / 3, 9);
    // the second needs the first's, who is still at it
    expect(second).toEqual([0.5, 0.5, 1.75]);
    expect(first).toEqual([0, 0, 1.25]);
    expect(third![2]).toBeGreaterThanOrEqual(11);
    const time = (both.measures['firm.busy.mean']!.value ?? 0) * 200;
    expect(time).toBeCloseTo(3 + 2 * 0.25 * talked, 9);
  });

  it('meets a need in the cheapest way: a talk, an interface, or a copy (O2)', () => {
    const counts = (more: object) =>
      ['talks', 'interfaces', 'copies'].map((name) => of(steady(more), `firm.${name}`)! > 0);
    expect(counts({})).toEqual([true, false, false]);
    expect(counts({ interface: 0 })).toEqual([false, true, false]);
    expect(counts({ copy: 0, interface: 1 })).toEqual([false, false, true]);
    expect(counts({ interface: 0.5, copy: 0.5 })).toEqual([true, true, true]);
  });

  it('talks as often as two exponential costs are above the time of two (O2)', () => {
    const everyone = { talk: { inside: 9, across: 9, everyone: 0.25 }, interface: 1, copy: 1 };
    const long = sound(simulate(firm({ ...everyone, needs: 3, work: constant(0.5) }, stream4), { horizon: 4000 }));
    const met = ['talks', 'interfaces', 'copies'].map((name) => of(long, `firm.${name}`)!);
    expect(met[0]! / (met[0]! + met[1]! + met[2]!)).toBeCloseTo(theory.chanceOfTalk(0.25, 1, 1), 1);
    expect(met[1]! / met[2]!).toBeCloseTo(1, 1);
  });

  it('ties tightly by a talk, loosely by an interface, and nobody to themselves (O3)', () => {
    const talked = steady({ interface: 0.5, copy: 0.5 });
    expect(of(talked, 'firm.tight.last')).toBe(of(talked, 'firm.talks'));
    expect(of(talked, 'firm.loose.last')).toBe(of(talked, 'firm.interfaces'));
    for (const name of ['tight', 'loose'])
      for (let person = 0; person < 4; person++) expect(reading(talked, name)[person * 5]).toBe(0);
    const alone = steady({ charts: { two: [0, 1] }, next: null, knows: [0, 1], kept: 1, clustering: 1 });
    expect(of(alone, 'firm.talks')! / tasksOf(alone)).toBeLessThan(0.05);
  });

  it('writes its ties down so that they can be read again at any moment (O3)', () => {
    const traced = steady({ interface: 0.5, copy: 0.5, rework: 0.3 }, { record: 'trace' });
    const { columns, count, isWhole } = traced.trace!.journals!['firm']!;
    expect(isWhole).toBe(true);
    const tight = Array.from({ length: 16 }, () => 0);
    const files = Array.from({ length: 4 }, () => 0);
    for (let row = 0; row < count; row++) {
      const [what, a, b, kind, change] = ['what', 'a', 'b', 'kind', 'change'].map((name) => columns[name]![row]!);
      if (what === 1) files[a!]! += change!;
      if (what !== 2 || kind !== 0) continue;
      tight[a! * 4 + b!]! += change!;
      tight[b! * 4 + a!]! += change!;
    }
    expect(tight).toEqual(reading(traced, 'tight'));
    expect(files).toEqual(reading(traced, 'files'));
  });

  it('adds no file where an old one is written anew, and settles its tight links again (O4)', () => {
    const plain = steady({});
    const redone = steady({ rework: 0.5 });
    expect(of(redone, 'firm.files.last')).toBe(
      of(redone, 'firm.wait.mean') === null ? 0 : tasksOf(redone) - of(redone, 'firm.reworks')!,
    );
    expect(of(redone, 'firm.reworks')).toBeGreaterThan(50);
    // links are settled more often than they are new
    expect(of(redone, 'firm.talks')! / tasksOf(redone)).toBeGreaterThan(of(plain, 'firm.talks')! / tasksOf(plain));
    expect(of(redone, 'firm.tight.last')).toBeLessThan(of(plain, 'firm.tight.last')!);
  });

  it('measures how far links keep to the team, and is nought where there is nothing to compare (O5)', () => {
    const ties = new Ties(4);
    expect(mirroringIndex(ties, [0, 0, 1, 1])).toBe(0);
    ties.add(0, 1, 3);
    ties.add(1, 2, 1);
    // three quarters within, where a third would be by chance
    expect(mirroringIndex(ties, [0, 0, 1, 1])).toBeCloseTo((0.75 - 1 / 3) / (2 / 3), 12);
    expect(mirroringIndex(ties, [0, 1, 0, 1])).toBeCloseTo(-0.5, 12);
    expect(mirroringIndex(ties, [0, 0, 0, 0])).toBe(0);
    expect(of(steady({ chart: 'one' }), 'firm.index.last')).toBe(0);
    expect(of(steady({ chart: 'one' }), 'firm.p.last')).toBe(1);
  });

  it('finds p as exact counting does (O5)', () => {
    const ties = new Ties(6);
    // all within two teams of three: of the ten ways to part six people, one is as good
    for (const [a, b] of [
      [0, 1],
      [1, 2],
      [3, 4],
      [4, 5],
    ] as const)
      ties.add(a, b, 1);
    const test = new PermutationTest(6, 1999, stream(1, 0, 'firm', 'permutations'));
    expect(test.p(ties, [0, 0, 0, 1, 1, 1])).toBeGreaterThan(0.08);
    expect(test.p(ties, [0, 0, 0, 1, 1, 1])).toBeLessThan(0.12);
    expect(test.p(ties, [0, 1, 0, 1, 0, 1])).toBeGreaterThan(0.9);
    expect(test.p(new Ties(6), [0, 0, 0, 1, 1, 1])).toBe(1);
  });

  it('has the index that theory expects (O5)', () => {
    const more = { interface: 1, copy: 1, talk: { inside: 0.1, across: 0.6 }, needs: 5, work: constant(0.5) };
    const long = sound(simulate(firm(more, stream4), { horizon: 4000 }));
    const expected = theory.closedForm('mirroring', parseScenario(firm(more, stream4)))!;
    expect(of(long, 'firm.index.last')! / expected).toBeCloseTo(1, 1);
    expect(theory.closedForm('mirroring', parseScenario(firm({ ...more, rework: 0.1 }, stream4)))).toBeNull();
  });

  it('changes labels and no link when somebody moves, and back (O6)', () => {
    const inputs = [{ at: 50, fault: 'move' }];
    const until = (time: number) => steady({}, { inputs, until: time } as SimulateOptions);
    expect(reading(until(49), 'teams')).toEqual([0, 0, 1, 1]);
    expect(reading(until(51), 'teams')).toEqual([1, 0, 1, 1]);
    expect(reading(until(101), 'teams')).toEqual([0, 0, 1, 1]);
    expect(reading(until(50), 'tight').reduce((a, b) => a + b, 0)).toBeGreaterThan(50);
  });

  it('lags by about the age of its code, where nothing is written anew (O6)', () => {
    const lags = Array.from({ length: 12 }, (_, seed) => {
      const more = { interface: 1, copy: 1, talk: { inside: 0.05, across: 0.8 }, needs: 4, work: constant(1) };
      const inputs = [{ at: 100, fault: 'reorganise' }];
      return simulate(firm(more, stream4), { seed, inputs, horizon: 600 }).measures['firm.lag.mean']!.value!;
    });
    const mean = lags.reduce((a, b) => a + b, 0) / lags.length;
    expect(mean).toBeGreaterThan(80);
    expect(mean).toBeLessThan(120);
  });

  it('moves whom a dial moves while a run goes on (O6)', () => {
    const source = {
      ...firm({}, stream4),
      dials: [{ id: 'first', unit: 'count', min: 0, max: 1, step: 1, start: 0, sets: ['parts.firm.charts.two.0'] }],
    } as ScenarioSource;
    const moved = sound(simulate(source, { inputs: [{ at: 20, dial: 'first', value: 1 }] }));
    expect(reading(moved, 'teams')).toEqual([1, 0, 1, 1]);
    expect(moved.measures['firm.old.last']!.value).toBeGreaterThan(5);
  });

  it('says what is wrong with its charts', () => {
    const wrong = (more: object) => () => parseScenario(firm(more, stream4));
    expect(wrong({ charts: { two: [0, 0], other: [0] } })).toThrow(/charts/);
    expect(wrong({ chart: 'none' })).toThrow(/no chart none/);
    expect(wrong({ knows: [0, 1] })).toThrow(/2 people/);
    expect(wrong({ tested: { every: 0.001 } })).toThrow(/tests in this run/);
  });
});

const tasksOf = (whole: Run): number =>
  whole.measures['firm.files.last']!.value! + whole.measures['firm.reworks']!.value!;
