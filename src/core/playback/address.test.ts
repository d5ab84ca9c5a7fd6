import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../simulations/index.ts';
import { readExamples, readScenario, scenarioIds } from '../../markdown/library.ts';
import oneServer from '../../../simulations/scenarios/one-server/scenario.ts';
import { decodeRun, encodeRun, MAX_LENGTH, type Address } from './address.ts';
import { linked as scenario } from './linked.fixture.ts';

const moment = fc.integer({ min: 0, max: 600_000 }).map((ms) => ms / 1000);
const address: fc.Arbitrary<Required<Omit<Address, 'texts' | 'left'>>> = fc.record({
  scenario: fc.constant('one-server'),
  design: fc.constantFrom('one', 'two'),
  compared: fc.subarray(['one', 'two']),
  dials: fc.record({
    arrivalRate: fc.double({ min: 0.5, max: 12, noNaN: true }),
    variability: fc.double({ min: 0.001, max: 10, noNaN: true }),
  }),
  inputs: fc.array(
    fc.oneof(
      fc.record(
        { at: moment, fault: fc.constant('pause'), duration: fc.integer({ min: 1, max: 600 }) },
        { requiredKeys: ['at', 'fault'] },
      ),
      fc.record({ at: moment, mend: fc.constant('pause') }),
      fc.record({
        at: moment,
        dial: fc.constant('arrivalRate'),
        value: fc.double({ min: 0.5, max: 12, noNaN: true }),
      }),
    ),
    { maxLength: 20 },
  ),
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
  at: fc.integer({ min: 0, max: 600_000_000 }).map((us) => us / 1_000_000),
  engine: fc.constantFrom('', '0.1.0'),
  digest: fc.constantFrom('', '0123456789abcdef'),
  view: fc.subarray(['follow:17', 'words', 'why:clients>server']),
});

const good = 'one;arrivalRate:9.9,variability:2;pause@154.2:10;1;154.2;0.1.0;0123456789abcdef';

const folder = join(import.meta.dirname, 'links');
const kept = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .flatMap(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { link: string; means: Partial<Address> }[],
  );

describe('a link of any version', () => {
  it.each(kept)('opens still: $link', ({ link, means }) => {
    expect(decodeRun(link, scenario)).toEqual({
      ok: true,
      address: { scenario: 'one-server', compared: [], engine: '', digest: '', view: [], ...means },
    });
  });

  it("is kept for every version there has been, today's too", () => {
    const written = encodeRun({
      scenario: 'a',
      design: 'b',
      dials: {},
      inputs: [],
      seed: 1,
      at: 0,
      engine: '',
      digest: '',
    });
    const today = Number(written.split(';')[0]);
    const versions = new Set(kept.map(({ link }) => Number(link.split(';')[0])));
    expect([...versions].sort()).toEqual(Array.from({ length: today }, (_, each) => each + 1));
  });

  it('opens as the manual writes it', () => {
    const manual = readFileSync('docs/sharing.md', 'utf8');
    const written = [...manual.matchAll(/(?:^|run=)(3;one-server;[^\s"]+)/gm)].map(([, link]) => link!);
    expect(written).toHaveLength(2);
    for (const link of written) expect(decodeRun(link, parseScenario(oneServer))).toMatchObject({ ok: true });
  });

  it('of today is written as it is kept', () => {
    for (const { link } of kept.filter((each) => each.link.startsWith('3;'))) {
      const decoded = decodeRun(link, scenario);
      expect(decoded.ok && encodeRun(decoded.address)).toBe(link);
    }
  });
});

describe("a run's address", () => {
  it('tells a future without any input from no future that was left', () => {
    const bare = {
      scenario: 'one-server',
      design: 'one',
      dials: {},
      inputs: [],
      seed: 1,
      at: 0,
      engine: '',
      digest: '',
    };
    const leftOf = (left?: Address['left']) => {
      const decoded = decodeRun(encodeRun({ ...bare, ...(left && { left }) }), scenario);
      return decoded.ok ? decoded.address.left : 'refused';
    };
    expect(leftOf()).toBeUndefined();
    expect(leftOf([])).toEqual([]);
    expect(leftOf([{ at: 3, fault: 'pause' }])).toEqual([{ at: 3, fault: 'pause' }]);
  });

  it('comes back as it went', () => {
    fc.assert(
      fc.property(address, (given) => {
        expect(decodeRun(encodeRun(given), scenario)).toEqual({ ok: true, address: given });
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('has room for all that can be done to any simulation there is', async () => {
    const sources = readExamples().map(({ source }) => source);
    for (const id of scenarioIds()) sources.push((await readScenario(id))!);
    expect(sources.length).toBeGreaterThan(10);
    for (const source of sources) {
      const whole = parseScenario(source);
      const longest = <Thing extends { id: string }>(things: readonly Thing[]): Thing =>
        [...things].sort((a, b) => b.id.length - a.id.length)[0]!;
      const fault = whole.faults.length === 0 ? undefined : longest(whole.faults);
      const dial = longest(whole.dials);
      const at = whole.horizon - 1e-6;
      const text = encodeRun({
        scenario: whole.id,
        design: longest(whole.designs).id,
        compared: whole.designs.slice(0, 4).map((each) => each.id),
        dials: Object.fromEntries(whole.dials.map(({ id, min, max }) => [id, min + (max - min) / 3])),
        inputs: Array.from({ length: 100 }, (_, each) =>
          each % 2 === 0 && fault !== undefined
            ? { at, fault: fault.id, duration: at }
            : { at, dial: dial.id, value: dial.min + (dial.max - dial.min) / 3 },
        ),
        seed: 4_294_967_295,
        at,
        engine: '10.10.10',
        digest: '0123456789abcdef',
        view: ['follow:123456789', `why:part.${longest(Object.keys(whole.parts).map((id) => ({ id }))).id}`],
      });
      expect(text.length, whole.id).toBeLessThan(MAX_LENGTH);
      expect(decodeRun(text, whole).ok, whole.id).toBe(true);
    }
  });

  it('survives a query without being escaped', () => {
    fc.assert(
      fc.property(address, (given) => {
        const text = encodeRun(given);
        expect(new URL(`https://example.com/?run=${text}`).searchParams.get('run')).toBe(text);
        expect(text.length).toBeLessThan(MAX_LENGTH);
      }),
      { seed: 8, numRuns: 100 },
    );
  });

  it.each([
    [
      'an unknown design',
      `1;one-server;${good.replace('one;', 'six;')}`,
      { problem: 'unknown', where: 'design', found: 'six', expected: 'one, two' },
    ],
    [
      'a dial out of range',
      `1;one-server;${good.replace('9.9', '99')}`,
      { problem: 'range', where: 'arrivalRate', found: '99', expected: '0.5–12' },
    ],
    [
      'a dial that is no number',
      `1;one-server;${good.replace('9.9', 'NaN')}`,
      { problem: 'number', where: 'arrivalRate' },
    ],
    [
      'a number that overflows',
      `1;one-server;${good.replace('9.9', '1e999')}`,
      { problem: 'number', where: 'arrivalRate' },
    ],
    [
      'an unknown dial',
      `1;one-server;${good.replace('variability', '__proto__')}`,
      { problem: 'unknown', where: 'dials' },
    ],
    [
      'an unknown fault',
      `1;one-server;${good.replace('pause', 'meteor')}`,
      { problem: 'unknown', where: 'faults', expected: 'pause' },
    ],
    [
      'a fault after the end',
      `1;one-server;${good.replace('@154.2', '@601')}`,
      { problem: 'range', where: 'pause', found: '601' },
    ],
    ['a seed with a fraction', `1;one-server;${good.replace(';1;', ';1.5;')}`, { problem: 'number', where: 'seed' }],
    ['a digest that is none', `1;one-server;${good.slice(0, -16)}<script>`, { problem: 'format', where: 'digest' }],
    ['another scenario', `1;retry-storm;${good}`, { problem: 'other-scenario', found: 'retry-storm' }],
    ['a later version of the link', `4;one-server;${good};;;`, { problem: 'newer', found: '4', expected: '3' }],
    ['fields of another version', `2;one-server;${good}`, { problem: 'format', where: 'run' }],
    [
      'a fault without an end',
      `1;one-server;${good.replace(':10', ':0')}`,
      { problem: 'range', where: 'pause', expected: '> 0, ≤ 600' },
    ],
    [
      'a dial that is turned out of its range',
      '2;one-server;one;;arrivalRate=99@3;1;0;;;',
      { problem: 'range', where: 'arrivalRate' },
    ],
    [
      'a dial that is not there',
      '2;one-server;one;;size=9@3;1;0;;;',
      { problem: 'unknown', where: 'dials', found: 'size' },
    ],
    ['mending what cannot break', '2;one-server;one;;mend:roof@3;1;0;;;', { problem: 'unknown', where: 'faults' }],
    [
      'more designs than fit',
      '2;one-server;one,two,one,two,one,two;;;1;0;;;',
      { problem: 'too-many', where: 'design' },
    ],
    ['a view that is none', '2;one-server;one;;;1;0;;;<b>', { problem: 'format', where: 'view', found: '<b>' }],
    [
      'a future that was left with a fault there is not',
      '3;one-server;one;;;1;0;;;;meteor@3',
      { problem: 'unknown', where: 'faults', found: 'meteor' },
    ],
    ['nothing', '', { problem: 'format', where: 'run' }],
    ['a megabyte', 'x'.repeat(1_000_000), { problem: 'too-long', found: '1000000' }],
    [
      'a thousand faults',
      `1;one-server;one;;${Array.from({ length: 300 }, () => 'pause@1').join(',')};1;0;;`,
      { problem: 'too-many' },
    ],
  ])('refuses %s and says where and what instead', (_, text, problem) => {
    const decoded = decodeRun(text, scenario);
    expect(decoded.ok).toBe(false);
    expect(decoded.ok ? [] : decoded.problems).toContainEqual(expect.objectContaining(problem));
  });

  it('never throws and never takes long, whatever it is given', () => {
    const mutated = fc.tuple(address, fc.nat(200), fc.string({ maxLength: 5 })).map(([given, place, text]) => {
      const whole = encodeRun(given);
      return whole.slice(0, place) + text + whole.slice(place + 1);
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 5000 }), mutated), (text) => {
        const decoded = decodeRun(text, scenario);
        expect(decoded.ok || decoded.problems.length > 0).toBe(true);
      }),
      { seed: 9, numRuns: 2000 },
    );
  });
});

describe('a text in a link', () => {
  const written = { ...scenario, texts: [{ id: 'own', most: 200 }] };
  const withText = (own: string): string =>
    encodeRun({
      scenario: 'one-server',
      design: 'one',
      dials: {},
      inputs: [],
      seed: 1,
      at: 0,
      engine: '',
      digest: '',
      texts: { own },
    });

  it('comes back letter by letter, and needs no escaping in a query', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (own) => {
        fc.pre(own !== '');
        const text = withText(own);
        expect(new URLSearchParams(`run=${text}`).get('run')).toBe(text);
        const decoded = decodeRun(text, written);
        expect(decoded.ok && decoded.address.texts).toEqual({ own });
      }),
      { seed: 1, numRuns: 300 },
    );
    expect(withText('SET A, 5 ; 다섯\nHALT')).toMatch(/;own:SET~A\*2C~5~\*3B~\*EB[*0-9A-F]+!HALT$/);
  });

  it('is refused where the scenario has none of that name, where it is too long, and where it is no text', () => {
    const problem = (text: string, of: typeof written = written): string | undefined => {
      const decoded = decodeRun(text, of);
      return decoded.ok ? undefined : decoded.problems[0]!.problem;
    };
    expect(problem(withText('HALT'), { ...written, texts: [] })).toBe('unknown');
    expect(problem(withText('x'.repeat(201)))).toBe('too-long');
    expect(problem(withText('HALT').replace('HALT', 'HA*T'))).toBe('format');
    expect(problem(withText('HALT').replace('HALT', '*FF'))).toBe('format');
    expect(problem(withText('HALT').replace('own:', 'constructor:'))).toBe('unknown');
  });
});
