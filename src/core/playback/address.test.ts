import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRun, encodeRun, MAX_LENGTH, type Address } from './address.ts';
import type { Frameable } from './setting.ts';

const scenario: Frameable = {
  id: 'one-server',
  horizon: 600,
  seed: 1,
  designs: [
    { id: 'one', set: {} },
    { id: 'two', set: {} },
  ],
  dials: [
    { id: 'arrivalRate', unit: 'rate', min: 0.5, max: 12, step: 0.1, start: 8, sets: ['parts.a.b'] },
    { id: 'variability', unit: 'number', min: 0, max: 10, step: 0.25, start: 1, sets: ['parts.a.c'] },
  ],
  faults: [{ id: 'pause' }],
};

const address: fc.Arbitrary<Address> = fc.record({
  scenario: fc.constant('one-server'),
  design: fc.constantFrom('one', 'two'),
  dials: fc.record({
    arrivalRate: fc.double({ min: 0.5, max: 12, noNaN: true }),
    variability: fc.double({ min: 0.001, max: 10, noNaN: true }),
  }),
  inputs: fc.array(
    fc.record(
      {
        at: fc.integer({ min: 0, max: 600_000 }).map((ms) => ms / 1000),
        fault: fc.constant('pause'),
        duration: fc.integer({ min: 1, max: 600 }),
      },
      { requiredKeys: ['at', 'fault'] },
    ),
    { maxLength: 20 },
  ),
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
  at: fc.integer({ min: 0, max: 600_000_000 }).map((us) => us / 1_000_000),
  engine: fc.constantFrom('', '0.1.0'),
  digest: fc.constantFrom('', '0123456789abcdef'),
});

const good = 'one;arrivalRate:9.9,variability:2;pause@154.2:10;1;154.2;0.1.0;0123456789abcdef';

describe("a run's address", () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(address, (given) => {
        expect(decodeRun(encodeRun(given), scenario)).toEqual({ ok: true, address: given });
      }),
      { seed: 7, numRuns: 300 },
    );
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
    ['a later version of the link', `2;one-server;${good}`, { problem: 'format', where: 'run' }],
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
