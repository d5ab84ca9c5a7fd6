import { describe, expect, it } from 'vitest';
import { every, run, takes, times, type Faults, type Parts } from '../../by-hand.fixture.ts';
import { simulate, type ScenarioSource } from '../../index.ts';
import { at, constant, of, sound, visits } from '../door/door.fixture.ts';

const made = (...args: Parameters<typeof run>) => sound(run(...args));
const bus = (more: object = {}): Parts[string] => ({
  kind: 'bus',
  routes: [{ calls: ['server'] }],
  transform: constant(1),
  ...more,
});
const server = takes(2, { threads: null });
const dial = (id: string, place: string): ScenarioSource['dials'] => [
  { id, unit: 'number', min: 0, max: 100, step: 1, start: 1, sets: [`parts.bus.${place}`] },
];

describe('bus: request and reply', () => {
  it('translates a message, sends it on, and brings the answer back', () => {
    const plain = made({ clients: every(5, ['bus']), bus: bus(), server }, 14);
    expect(of(plain, 'bus.response.mean')).toBe(3);
    expect(of(plain, 'bus.transformed')).toBe(2);
  });

  it('translates the answer too, in the same line as everybody (G5)', () => {
    const both = made({ clients: at([0, 0, 2.5], ['bus']), bus: bus({ transformsAnswers: true }), server }, 14);
    // 0–1 and 1–2 the first two; 2.5–3.5 the third, behind whom the answers of 3 and 4 wait: until 4.5 and 5.5; its own comes at 5.5
    expect(visits(both, 'bus')).toEqual([
      [0, 0, 4.5],
      [0, 1, 5.5],
      [2.5, 2.5, 6.5],
    ]);
    expect(of(both, 'bus.transformed')).toBe(6);
    expect(of(both, 'bus.queue.max')).toBe(1);
  });

  it('takes answers past the limit of its line, and passes failures on untranslated', () => {
    const own = { transformsAnswers: true, queueLimit: 0 };
    const both = made({ clients: at([0, 2.5, 2.6], ['bus']), bus: bus(own), server: takes(2, { errors: 0 }) }, 9);
    expect(of(both, 'bus.failures.queue-full')).toBe(1);
    expect(of(both, 'clients.answered')).toBe(2);
    const failing = made({ clients: at([0], ['bus']), bus: bus(own), server: takes(2, { errors: 1 }) }, 9);
    expect(visits(failing, 'bus')).toEqual([[0, 0, 3]]);
    expect(of(failing, 'bus.transformed')).toBe(1);
    expect(failing.failures).toMatchObject([{ reason: 'error', by: 'server', count: 1 }]);
  });

  it('sends a message on by its class, and takes the time of its class', () => {
    const routed = made(
      {
        orders: at([1], ['bus']),
        bills: at([10], ['bus']),
        strays: at([20], ['bus']),
        bus: bus({
          routes: [
            { classes: ['orders'], calls: ['stock'] },
            { classes: ['bills'], calls: ['books'] },
          ],
          byClass: { bills: constant(4) },
        }),
        stock: takes(1),
        books: takes(1),
      },
      30,
    );
    expect(visits(routed, 'stock')).toEqual([[2, 2, 3]]);
    expect(visits(routed, 'books')).toEqual([[14, 14, 15]]);
    expect(of(routed, 'bus.failures.no-route@strays')).toBe(1);
    expect([of(routed, 'bus.response.mean@orders'), of(routed, 'bus.response.mean@bills')]).toEqual([2, 5]);
  });

  it('lets unrelated pairs slow together when the sum of their work nears its capacity', () => {
    const quiet = (loudRate: number, nodes = 1): ScenarioSource => ({
      id: 'pairs',
      horizon: 20_000,
      warmUp: 500,
      parts: {
        quiet: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 1 }, calls: ['bus'] },
        loud: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: loudRate }, calls: ['bus'] },
        bus: {
          kind: 'bus',
          nodes,
          routes: [{ classes: ['quiet'], calls: ['a'] }, { calls: ['b'] }],
          transform: { law: 'exponential', mean: 0.1 },
        },
        a: { kind: 'service', threads: null, service: constant(0) },
        b: { kind: 'service', threads: null, service: constant(0) },
      },
    });
    const response = (scenario: ScenarioSource) => of(sound(simulate(scenario)), 'bus.response.mean@quiet')!;
    // M/M/1 with the sum of both streams: 1 / (10 − 2) and 1 / (10 − 7); about 20,000 quiet ones are seen
    expect(Math.abs(response(quiet(1)) * 8 - 1)).toBeLessThan(0.03);
    expect(Math.abs(response(quiet(6)) * 3 - 1)).toBeLessThan(0.1);
    // more nodes mend it: M/M/2 at load 0.35 has 1 / μ / (1 − ρ²)
    expect(Math.abs(response(quiet(6, 2)) / (0.1 / (1 - 0.35 * 0.35)) - 1)).toBeLessThan(0.03);
  });

  it('slow, slow for everybody; down, fails what it has and refuses what comes', () => {
    const faults: Faults = [
      { id: 'slow', part: 'bus', action: 'slow', duration: 4, amount: 3 },
      { id: 'down', part: 'bus', action: 'down', duration: 4 },
    ];
    const slow = made({ clients: every(4, ['bus']), bus: bus(), server }, 15, {
      faults,
      inputs: [{ at: 3.5, fault: 'slow' }],
    });
    expect(visits(slow, 'server').map(([arrived]) => arrived)).toEqual([7, 9, 13]);
    const down = made({ clients: every(1, ['bus']), bus: bus(), server }, 8.9, {
      faults,
      inputs: [{ at: 3.5, fault: 'down' }],
    });
    // at 3.5 the one of 1 and that of 2 are with the server, that of 3 at work; those of 4 to 7 find it down
    expect([of(down, 'bus.failures.crashed'), of(down, 'bus.failures.unavailable')]).toEqual([3, 4]);
    expect(of(down, 'server.inside.last')).toBe(0);
  });

  it('is told when a caller waits no longer, wherever the message is', () => {
    const links: ScenarioSource['links'] = [{ from: 'clients', to: 'bus', timeout: 3.5, onTimeout: 'cancel' }];
    const own = bus({ transformsAnswers: true });
    const left = made({ clients: at([0, 0, 0, 0], ['bus']), bus: own, server }, 20, { links });
    // 0: answer at work until 4 – given up; the others are with the server, or on the bus, or in its line
    expect(of(left, 'clients.failures.timeout')).toBe(4);
    expect(
      ['bus.inside.last', 'bus.busy.last', 'bus.queue.last', 'server.inside.last'].map((name) => of(left, name)),
    ).toEqual([0, 0, 0, 0]);
  });
});

describe('bus: one way', () => {
  const oneWay = (more: object = {}) => bus({ mode: 'one-way', ...more });

  it('answers at once, and delivers later', () => {
    const sent = made({ clients: at([1, 1, 1], ['bus']), bus: oneWay(), server }, 9);
    expect(of(sent, 'clients.roundTrip.max')).toBe(0);
    expect(visits(sent, 'server').map(([arrived]) => arrived)).toEqual([2, 3, 4]);
    expect(of(sent, 'bus.delivered')).toBe(3);
    expect(of(sent, 'bus.delivery.mean')).toBe(4);
    expect(of(sent, 'bus.held.last')).toBe(0);
    // held from 1 on: 3 until 4, 2 until 5, 1 until 6
    expect(of(sent, 'bus.held.mean')).toBeCloseTo((3 * 3 + 2 + 1) / 9, 9);
  });

  it('refuses what its line has no room for', () => {
    const sent = made({ clients: at([{ at: 0, count: 5 }], ['bus']), bus: oneWay({ queueLimit: 2 }), server }, 9);
    expect(of(sent, 'bus.failures.queue-full')).toBe(2);
    expect(of(sent, 'bus.delivered')).toBe(3);
  });

  it('hands on keys, operations and draws as the sender’s own call would have (R2)', () => {
    const clients = every(1, ['server']);
    const slow: Parts[string] = { kind: 'service', threads: null, service: { law: 'exponential', mean: 0.5 } };
    const direct = run({ clients, server: slow }, 60);
    const sent = made({ clients: every(1, ['bus']), bus: oneWay({ transform: constant(0) }), server: slow }, 60);
    expect(visits(sent, 'server')).toEqual(visits(direct, 'server'));
  });

  // its first deliveries fail, as the server has no instance until 5
  const opening: Pick<ScenarioSource, 'faults' | 'inputs'> = {
    faults: [{ id: 'shut', part: 'server', action: 'outage', duration: 5 }],
    inputs: [{ at: 0, fault: 'shut' }],
  };

  it('delivers again what has failed, and gives up a message after so many times', () => {
    const again = (most: number) =>
      made({ clients: at([1], ['bus']), bus: oneWay({ redeliver: { most, wait: 1.5 } }), server }, 12, opening);
    // deliveries at 2, 3.5, 5 (when it is back)
    expect(visits(again(2), 'server').map(([arrived]) => arrived)).toEqual([2, 3.5, 5]);
    expect(['delivered', 'redelivered', 'dead'].map((name) => of(again(2), `bus.${name}`))).toEqual([1, 2, 0]);
    expect(['delivered', 'redelivered', 'dead'].map((name) => of(again(1), `bus.${name}`))).toEqual([0, 1, 1]);
    expect(of(again(1), 'bus.held.last')).toBe(0);
    // the sender was told long ago that all is well
    expect(of(again(1), 'clients.failures')).toBe(0);
    const atOnce = made({ clients: at([1], ['bus']), bus: oneWay(), server }, 12, opening);
    expect(of(atOnce, 'bus.dead')).toBe(1);
  });

  it('with one thread that is held, delivers strictly in order; else a message overtakes one that failed', () => {
    const order = (holdsThread: boolean) => {
      const parts = {
        clients: at([2, 4.5], ['bus']),
        bus: oneWay({ holdsThread, redeliver: { most: 5, wait: 3 } }),
        server,
      };
      const { hops, parts: ids } = made(parts, 20, opening).trace!;
      return [...hops.request].filter((_, hop) => ids[hops.to[hop]!] === 'server' && hops.fate[hop] === 1);
    };
    // the first is delivered at 3 in vain and again at 6; the second is ready at 5.5, or stands behind it
    expect(order(false)).toEqual([1, 0]);
    expect(order(true)).toEqual([0, 1]);
  });

  const faults: Faults = [
    { id: 'down', part: 'bus', action: 'down', duration: 5 },
    { id: 'crash', part: 'bus', action: 'crash', duration: 5 },
  ];

  it('down, loses nothing that it has taken: what it had is begun anew, in order', () => {
    const down = made({ clients: at([1, 1, 1, 4], ['bus']), bus: oneWay(), server }, 20, {
      faults,
      inputs: [{ at: 2.5, fault: 'down' }],
    });
    // the first was with the server from 2, the second at work: both begin again at 7.5, and the third after them
    expect(visits(down, 'server').map(([arrived]) => arrived)).toEqual([2, 8.5, 9.5, 10.5]);
    expect(of(down, 'bus.delivered')).toBe(3);
    expect(of(down, 'bus.failures.unavailable')).toBe(1);
    expect(of(down, 'server.completions')).toBe(3);
    const { hops, parts } = down.trace!;
    expect([...hops.request].filter((_, hop) => parts[hops.to[hop]!] === 'server')).toEqual([0, 0, 1, 2]);
  });

  it('with one node dead, the others do its work', () => {
    const crashed = made({ clients: at([1, 1], ['bus']), bus: oneWay({ nodes: 2 }), server }, 20, {
      faults,
      inputs: [{ at: 1.5, fault: 'crash' }],
    });
    expect(visits(crashed, 'server').map(([arrived]) => arrived)).toEqual([2, 3]);
  });

  it('a redelivery that was due does not come when the node that waited for it has died', () => {
    const crashed = made(
      { clients: at([0.2], ['bus']), bus: oneWay({ redeliver: { most: 5, wait: 1 } }), server },
      20,
      {
        faults: [...faults, ...opening.faults!],
        inputs: [...opening.inputs!, { at: 1.6, fault: 'crash', duration: 2 }],
      },
    );
    // in vain at 1.2; dead from 1.6 to 3.6; anew at 4.6, and at 5.6 with success
    expect(visits(crashed, 'server').map(([arrived]) => arrived)).toEqual([1.2, 4.6, 5.6]);
    expect(of(crashed, 'bus.delivered')).toBe(1);
  });

  it('with more nodes by a dial, drains what has piled up', () => {
    const drained = made({ clients: at([{ at: 0, count: 10 }], ['bus']), bus: oneWay(), server: takes(0) }, 6, {
      dials: dial('nodes', 'nodes'),
      inputs: [{ at: 2, dial: 'nodes', value: 4 }],
    });
    // 2 by 2, then those of 4 nodes: 3 new at once and the old one, every second
    expect(visits(drained, 'server').map(([arrived]) => arrived)).toEqual([1, 2, 3, 3, 3, 3, 4, 4, 4, 4]);
  });

  it('messages held are their rate times the time that each is held (Little’s law)', () => {
    const flow = sound(
      simulate({
        id: 'flow',
        horizon: 20_000,
        warmUp: 500,
        parts: {
          clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 5 }, calls: ['bus'] },
          bus: {
            kind: 'bus',
            mode: 'one-way',
            routes: [{ calls: ['server'] }],
            transform: { law: 'exponential', mean: 0.1 },
            redeliver: { most: 3, wait: 0.5 },
          },
          server: { kind: 'service', threads: null, service: { law: 'exponential', mean: 0.2 }, errors: 0.1 },
        },
      }),
    );
    // M/M/1 at load 0.5, then 0.2 a delivery; a tenth fail each time, and wait half a second
    const deliveries = 1 + 0.1 + 0.01 + 0.001;
    const expected = 0.2 + 0.2 * deliveries + 0.5 * (deliveries - 1);
    const time = of(flow, 'bus.held.mean')! / of(flow, 'bus.throughput')!;
    expect(Math.abs(time / expected - 1)).toBeLessThan(0.03);
    const share = of(flow, 'bus.dead')! / of(flow, 'bus.completions')!;
    expect(Math.abs(share - 1e-4)).toBeLessThan(3 * Math.sqrt(1e-4 / 97_500));
  });
});

describe('bus: a run', () => {
  const scenario = (mode: string): ScenarioSource => ({
    id: 'bus',
    horizon: 300,
    time: { unit: 's', ticks: 1000 },
    parts: {
      a: {
        kind: 'traffic',
        arrivals: { pattern: 'poisson', rate: 3 },
        calls: ['bus'],
        keys: { count: 9, law: 'zipf' },
      },
      b: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 2 }, calls: ['bus'], writes: 0.5 },
      bus: {
        kind: 'bus',
        mode: mode as never,
        nodes: 2,
        routes: [{ classes: ['a'], calls: ['x', 'y'] }, { calls: ['y'] }],
        transform: { law: 'exponential', mean: 0.3 },
        transformsAnswers: true,
        redeliver: { most: 2, wait: 0.5 },
        holdsThread: mode === 'one-way',
        queueLimit: 100,
      },
      x: { kind: 'service', service: { law: 'exponential', mean: 0.1 }, errors: 0.1 },
      y: { kind: 'service', service: { law: 'exponential', mean: 0.1 } },
    },
    links: [{ from: 'a', to: 'bus', timeout: 3, onTimeout: 'cancel' }],
    faults: [{ id: 'crash', part: 'bus', action: 'crash', duration: 10, instance: 1 }],
    inputs: [{ at: 50, fault: 'crash' }],
  });

  it.each(['request-reply', 'one-way'])(
    '%s: is the same twice (R1), and stopped at any time has in it what the hops say (S1)',
    (mode) => {
      const whole = sound(simulate(scenario(mode), { record: 'trace' }));
      expect(simulate(scenario(mode)).digest).toBe(whole.digest);
      const { hops, parts } = whole.trace!;
      for (const until of [20, 55, 150.5]) {
        const { state } = sound(simulate(scenario(mode), { until }));
        let inside = 0;
        for (let hop = 0; hop < hops.count; hop++)
          if (
            parts[hops.to[hop]!] === 'bus' &&
            hops.arrivedAt[hop]! >= 0 &&
            hops.arrivedAt[hop]! <= until * 1000 &&
            (hops.endedAt[hop]! < 0 || hops.endedAt[hop]! > until * 1000)
          )
            inside++;
        expect(state['bus']!.inside).toBe(inside);
        expect(state['bus']!.instances).toEqual([true, until !== 55]);
        if (mode === 'one-way') {
          const { held } = state['bus']!.readings as { held: number };
          expect(state['bus']!.queue.length + state['bus']!.slots.filter(({ hop }) => hop >= 0).length).toBe(held);
        }
      }
    },
  );

  it('shows the messages in its line by the hops that brought them', () => {
    const sent = made({ clients: at([1, 1, 1], ['bus']), bus: bus({ mode: 'one-way' }), server }, 1.5);
    const { state } = sent;
    expect(state['bus']!.slots).toEqual([{ instance: 0, hop: 0 }]);
    expect(state['bus']!.queue).toEqual([1, 2]);
    expect(times(sent).map(([, , ended]) => ended)).toEqual([1, 1, 1]);
  });

  it('names no hop for its messages once the trace has left hops out', () => {
    const crowd = { kind: 'traffic' as const, arrivals: { pattern: 'constant' as const, rate: 10_000 } };
    const full = made(
      {
        clients: at([1, 1, 1], ['bus']),
        bus: bus({ mode: 'one-way', transform: { law: 'constant', mean: 1000 } }),
        server,
        crowd: { ...crowd, calls: ['stall'] },
        stall: { kind: 'service', service: { law: 'constant', mean: 0 } },
      },
      60,
    );
    expect(full.trace!.sampled).toBe(true);
    expect(full.state['bus']!.queue).toEqual([-1, -1]);
    expect(full.state['bus']!.readings).toMatchObject({ held: 3 });
  });
});
