import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate, type ScenarioSource } from '../../index.ts';
import { constant, of, sound } from './door.fixture.ts';

const time = fc.oneof(
  fc.constant(constant(0)),
  fc.double({ min: 0.01, max: 1, noNaN: true }).map((mean) => constant(mean)),
  fc.double({ min: 0.01, max: 1, noNaN: true }).map((mean) => ({ law: 'exponential' as const, mean })),
);
const crew = {
  threads: fc.constantFrom(null, 1, 2),
  queueLimit: fc.constantFrom(null, 0, 3),
};
const copies = fc.integer({ min: 1, max: 3 });

/** Customers until 30 s, then nobody, through all doors there are, which break now and then. */
const anyDoors = fc
  .record({
    seed: fc.nat(),
    rate: fc.constantFrom(0.5, 3, 10),
    gateway: fc.record({ ...crew, instances: copies, work: time, holdsThread: fc.boolean() }),
    how: fc.constantFrom('local', 'remote', null),
    failsOpen: fc.boolean(),
    limit: fc.constantFrom(null, 'all', 'key'),
    auth: fc.record({ ...crew, instances: copies, checks: time, issues: time }),
    isToken: fc.boolean(),
    bus: fc.record({
      ...crew,
      nodes: copies,
      transform: time,
      transformsAnswers: fc.boolean(),
      holdsThread: fc.boolean(),
      mode: fc.constantFrom('request-reply' as const, 'one-way' as const),
      redeliver: fc.constantFrom(null, { most: 3, wait: 0 }, { most: 2, wait: 0.7 }),
    }),
    timeout: fc.constantFrom(null, 0.3, 2),
    onTimeout: fc.constantFrom('cancel' as const, 'zombie' as const),
    patience: fc.constantFrom(null, 0.5),
    broken: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 30, noNaN: true }),
        part: fc.constantFrom('gateway', 'auth', 'bus', 'server'),
        action: fc.constantFrom('down', 'crash', 'slow'),
        duration: fc.double({ min: 0.1, max: 10, noNaN: true }),
        instance: fc.nat(2),
      }),
      { maxLength: 6 },
    ),
    turns: fc.array(fc.record({ at: fc.double({ min: 0, max: 30, noNaN: true }), value: fc.nat(3) }), { maxLength: 3 }),
  })
  .map(({ how, failsOpen, limit, isToken, timeout, onTimeout, patience, broken, turns, ...own }): ScenarioSource => {
    const front = isToken ? 'auth' : 'gateway';
    const times = Array.from({ length: 30 * own.rate }, (_, i) => i / own.rate);
    const faults = broken.map(({ part, action, duration, instance }, i) => ({
      id: `fault${i}`,
      part,
      action: part === 'server' && action === 'down' ? 'outage' : action,
      duration,
      instance,
      amount: 3,
    }));
    return {
      id: 'doors',
      seed: own.seed % 1000,
      time: { unit: 's', ticks: 1000 },
      horizon: 2000,
      parts: {
        clients: {
          kind: 'traffic',
          arrivals: { pattern: 'trace', times },
          keys: { count: 5, law: 'uniform' },
          calls: [front],
          ...(patience === null ? {} : { patience: constant(patience) }),
        },
        auth: {
          kind: 'identity',
          mode: isToken ? 'token' : 'session',
          life: 5,
          badTokens: { clients: 0.1 },
          routes: [{ calls: ['gateway'] }],
          ...own.auth,
        },
        gateway: {
          kind: 'gateway',
          routes: [{ calls: [{ parallel: ['bus', { to: 'server', optional: true }] }] }],
          limits: limit === null ? [] : [{ rate: 1, burst: 3, per: limit as never }],
          checks:
            how === null || (how === 'remote' && isToken)
              ? null
              : { how: how as never, to: 'auth', failsOpen, takes: constant(0.01), badTokens: { clients: 0.05 } },
          ...own.gateway,
        },
        bus: { kind: 'bus', routes: [{ calls: ['server', 'server'] }], ...own.bus },
        server: { kind: 'service', service: constant(0.1), threads: 3, errors: 0.1 },
      },
      links: [
        { from: 'clients', to: front, timeout, onTimeout, retry: { most: 1, backoff: 'none' } },
        { from: 'gateway', to: 'bus', timeout, onTimeout },
        { from: 'bus', to: 'server', latency: 0.05 },
      ],
      faults,
      dials: ['gateway.instances', 'auth.instances', 'bus.nodes'].map((place, i) => ({
        id: `dial${i}`,
        unit: 'count' as const,
        min: 0,
        max: 3,
        step: 1,
        start: 1,
        sets: [`parts.${place}`],
      })),
      inputs: [
        ...broken.map(({ at }, i) => ({ at, fault: `fault${i}` })),
        ...turns.map(({ at, value }, i) => ({ at, dial: `dial${i}`, value })),
      ],
    };
  });

describe('doors', () => {
  it('keep their books whatever happens to them, and are empty when all is over (C1, C2, R1)', () => {
    fc.assert(
      fc.property(anyDoors, (scenario) => {
        const whole = sound(simulate(scenario));
        expect(simulate(scenario, { record: 'trace' }).digest).toBe(whole.digest);
        sound(simulate(scenario, { until: 17.3 }));
        const isShut = ['gateway', 'auth', 'bus'].filter((id) => of(whole, `${id}.instances.last`) === 0);
        for (const id of ['gateway', 'auth', 'bus']) {
          expect([id, of(whole, `${id}.inside.last`)]).toEqual([id, 0]);
          if (isShut.includes(id)) continue;
          expect([id, of(whole, `${id}.busy.last`), of(whole, `${id}.queue.last`)]).toEqual([id, 0, 0]);
        }
        if (whole.measures['bus.held.last'] !== undefined && !isShut.includes('bus'))
          expect(of(whole, 'bus.held.last')).toBe(0);
      }),
      { numRuns: 100, seed: 7 },
    );
  }, 60_000);
});
