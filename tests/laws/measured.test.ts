/**
 * Laws over the numbers in the prose: what is kept beside a lesson is what the machine gives today, to the last digit, and
 * what the machine doubts is doubted in print. Also the printing of numbers itself.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { numbersIn } from '../../scripts/measure.ts';
import { answer, print, printedUnits, type Answer, type Ask } from '../../src/core/words/numbers.ts';
import { parseDials, parseInputs } from '../../src/core/words/setting.ts';
import { askOf } from '../../src/markdown/asks.ts';
import { keyOf, lessonFiles, readKept, readScenario } from '../../src/markdown/library.ts';
import { languages } from '../../languages.ts';
import { parse } from 'yaml';

const lessons = await numbersIn(lessonFiles());
const source = (await readScenario('one-server'))!;
const asked = (change: Partial<Ask> = {}): Ask => ({
  ...askOf('Measured', { scenario: 'one-server', measure: 'server.response.mean', runs: 3 }),
  ...change,
});

describe.each([...lessons.keys()])('the numbers of %s', (folder) => {
  const kept = readKept(folder);
  const numbers = [...lessons.get(folder)!];

  it('are kept, each, and none is kept that nobody asks (npm run measure)', () => {
    expect(Object.keys(kept).sort()).toEqual(numbers.map(([key]) => key).sort());
  });

  it('are what the machine gives today', () => {
    for (const [key, { run, where }] of numbers) expect(kept[key], `${where}: run "npm run measure"`).toEqual(run());
  }, 120_000);
});

describe('a kept number', () => {
  it('goes by another name when the question, the scenario or the design changes', () => {
    const key = keyOf(source, asked());
    expect(keyOf(source, asked())).toBe(key);
    expect(keyOf(source, asked({ dials: { arrivalRate: 9 } }))).not.toBe(key);
    expect(keyOf({ ...source, seed: 2 }, asked())).not.toBe(key);
    expect(keyOf({ ...source, horizon: 599 }, asked())).not.toBe(key);
  });

  it('keeps its name when only the claims or the drawing of the scenario change', () => {
    expect(keyOf({ ...source, claims: [], positions: {} }, asked())).toBe(keyOf(source, asked()));
  });

  it('that is altered by hand is found', () => {
    const [folder] = [...lessons.keys()];
    const [key, { run }] = [...lessons.get(folder!)!][0]!;
    const altered = structuredClone(readKept(folder!)[key]!);
    altered.answer.value *= 1.001;
    expect(altered).not.toEqual(run());
  });
});

describe('an answer', () => {
  it('of one run is that run: the value that the page shows at that address', async () => {
    const { simulate } = await import('../../simulations/index.ts');
    const one = answer(source, asked({ runs: 1, dials: { arrivalRate: 9 } }));
    const run = simulate(source, { dials: { arrivalRate: 9 } });
    expect(one.value).toBe(run.measures['server.response.mean']!.value);
    expect(one.first.digest).toBe(run.digest);
  });

  it('over another design is a ratio under the same luck: a design over itself is exactly one', () => {
    const same = answer(source, asked({ design: 'two', over: 'two', runs: 3 }));
    expect(same.value).toBe(1);
    expect(same.halfWidth).toBe(0);
  });

  it('per dial is in units of that dial', () => {
    const plain = answer(source, asked());
    const inServiceTimes = answer(source, asked({ per: 'serviceTime' }));
    expect(inServiceTimes.value).toBeCloseTo(plain.value / 0.1, 10);
  });

  it('of theory is the closed form, and is refused where there is none', () => {
    const theory = (dials: Record<string, number>): Answer =>
      answer(source, asked({ of: 'theory', name: 'response', dials, runs: 0 }));
    expect(theory({ arrivalRate: 9 }).value).toBeCloseTo(1, 10);
    expect(() => theory({ arrivalRate: 12 })).toThrow(/no closed form "response" at this setting/);
  });

  it('says what exists when a measure, design or dial does not', () => {
    expect(() => answer(source, asked({ name: 'server.respones.mean' }))).toThrow(
      /the measures are .*server\.response\.mean/,
    );
    expect(() => answer(source, asked({ design: 'three' }))).toThrow(/the designs are one, two, fast/);
    expect(() => answer(source, asked({ per: 'speed' }))).toThrow(/the dials are arrivalRate/);
  });

  it('carries the doubt of the machine: near full load there is not enough data', () => {
    expect(answer(source, asked({ dials: { arrivalRate: 9.9 }, runs: 1 })).enough).toBe(false);
    expect(answer(source, asked({ dials: { arrivalRate: 9.9 }, runs: 20 })).enough).toBe(false);
    expect(answer(source, asked({ dials: { arrivalRate: 5 }, runs: 1 })).enough).toBe(true);
  });
});

describe('an answer of factors', () => {
  it('is a mean over all mixtures, with the shares of what they differ by', () => {
    const found = answer(source, asked({ of: 'factors', factors: ['arrivalRate', 'variability'], runs: 3 }));
    const { effects, rest, total, luck } = found.attribution!;
    expect(effects.map(({ factors }) => factors)).toEqual([[0], [1], [0, 1]]);
    expect(effects.reduce((sum, { share }) => sum + share.value, rest.value)).toBeCloseTo(1, 12);
    expect(total).toHaveLength(2);
    expect(luck).toBeGreaterThan(0);
    expect(found.value).toBeGreaterThan(0);
  });

  it('asks for as many runs of each mixture as its tag says, ten when it says nothing', () => {
    const tag = { scenario: 'one-server', measure: 'server.throughput', factors: 'arrivalRate, variability' };
    expect(askOf('Factors', tag)).toMatchObject({ of: 'factors', factors: ['arrivalRate', 'variability'], runs: 10 });
    // a share in a sentence is one of the same runs, kept once
    expect(askOf('Share', { ...tag, of: 'arrivalRate' })).toEqual(askOf('Factors', tag));
  });
});

describe('printing a number', () => {
  const given = (change: Partial<Answer> = {}): Answer => ({
    ...answer(source, asked({ runs: 1 })),
    value: 0.4873,
    halfWidth: 0.0281,
    ...change,
  });

  it('shows as many decimals as the interval supports', () => {
    expect(print(given(), { language: 'en' })).toMatchObject({
      value: '0.487',
      half: '0.028',
      low: '0.459',
      high: '0.515',
      unit: 's',
    });
    expect(print(given({ halfWidth: 0.3 }), { language: 'en' })).toMatchObject({ value: '0.49', half: '0.30' });
  });

  it('turns a time into the unit that is asked for', () => {
    expect(print(given(), { language: 'ko', unit: 'ms', digits: 0 })).toMatchObject({
      value: '487',
      half: '28',
      unit: 'ms',
    });
  });

  it('shows an exact number without idle zeros', () => {
    expect(print(given({ value: 10.000000000000103, halfWidth: null }), { language: 'en' }).value).toBe('10');
    expect(print(given({ value: 0.2622, halfWidth: 0.0035 }), { language: 'en', digits: 2 })).toMatchObject({
      value: '0.26',
      half: null,
      low: '0.2587',
      high: '0.2657',
    });
    expect(print(given({ value: 12.5, halfWidth: 0 }), { language: 'en' })).toMatchObject({ half: null, low: null });
    expect(print(given({ value: 0.9, halfWidth: null, unit: 'share' }), { language: 'en' })).toMatchObject({
      value: '90',
      unit: 'percent',
    });
  });

  it('refuses a unit that does not exist, and names those that do', () => {
    expect(() => print(given(), { language: 'en', unit: 'seconds' })).toThrow(/the units are s, ms/);
  });

  it.each(languages)('has words for every unit in $name', ({ id }) => {
    const words = parse(readFileSync(`content/interface/${id}.yaml`, 'utf8')) as {
      words: { unit: Record<string, string> };
    };
    expect(Object.keys(words.words.unit).sort()).toEqual([...printedUnits].sort());
  });
});

describe('a setting in a tag', () => {
  it('is read as names and numbers, faults with their time', () => {
    expect(parseDials('arrivalRate=9 variability=0.25')).toEqual({ arrivalRate: 9, variability: 0.25 });
    expect(parseInputs('pause@120 spike@3.5:20')).toEqual([
      { fault: 'pause', at: 120 },
      { fault: 'spike', at: 3.5, duration: 20 },
    ]);
    expect(parseDials(undefined)).toEqual({});
  });

  it.each(['arrivalRate', 'arrivalRate=', '=9', 'arrivalRate=nine', 'a=1=2'])(
    '%s is refused with an example of what is right',
    (bad) => {
      expect(() => parseDials(bad)).toThrow(/write dials="arrivalRate=9/);
    },
  );

  it.each(['pause', 'pause@', 'pause@x', '@120'])('%s is refused likewise', (bad) => {
    expect(() => parseInputs(bad)).toThrow(/write inputs="pause@120"/);
  });

  it('a number of runs that makes no sense is refused', () => {
    expect(() => askOf('Measured', { scenario: 'one-server', measure: 'x', runs: 0 })).toThrow(/1 to 200/);
  });
});
