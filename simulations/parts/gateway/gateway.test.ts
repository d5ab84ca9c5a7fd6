import { describe, expect, it } from 'vitest';
import { every, run, takes, times, type Faults, type Parts } from '../../by-hand.fixture.ts';
import { simulate, type ScenarioSource } from '../../index.ts';
import { at, constant, of, sound, visits } from '../door/door.fixture.ts';

const gateway = (more: object = {}): Parts[string] => ({ kind: 'gateway', routes: [{ calls: ['server'] }], ...more });
const made = (...args: Parameters<typeof run>) => sound(run(...args));

describe('gateway: routes', () => {
  const classes = ['browse', 'buy', 'lost'].map((id) => ({ id }));

  it('takes the first route that names the class, and fails what no route names as no-route', () => {
    const routed = made(
      {
        clients: at([{ at: 1, count: 200 }], ['gateway'], { classes }),
        gateway: {
          kind: 'gateway',
          routes: [
            { classes: ['buy'], calls: ['orders'] },
            { classes: ['browse', 'buy'], calls: ['catalogue'] },
          ],
        },
        orders: takes(1, { threads: null }),
        catalogue: takes(2, { threads: null }),
      },
      10,
    );
    const arrived = (id: string) => of(routed, `gateway.arrivals@${id}`)!;
    expect(arrived('browse') + arrived('buy') + arrived('lost')).toBe(200);
    expect(of(routed, 'gateway.routed.0')).toBe(arrived('buy'));
    expect(of(routed, 'gateway.routed.1')).toBe(arrived('browse'));
    expect(of(routed, 'gateway.routed.1@buy')).toBe(0);
    expect(of(routed, 'gateway.failures.no-route')).toBe(arrived('lost'));
    expect(of(routed, 'gateway.refused@lost')).toBe(1);
    expect(of(routed, 'gateway.refused@buy')).toBe(0);
    expect(of(routed, 'gateway.response.mean@buy')).toBe(1);
    expect(of(routed, 'gateway.response.mean@browse')).toBe(2);
    expect(routed.failures).toMatchObject([{ reason: 'no-route', by: 'gateway', count: arrived('lost') }]);
  });

  const parallel = [{ parallel: ['a', 'b', 'c'] }] as never;
  const three = { a: takes(1), b: takes(3), c: takes(2) };

  it('puts answers into one: asked in parallel the slowest counts, in sequence the sum', () => {
    const response = (calls: never) =>
      of(
        made({ clients: every(5, ['gateway']), gateway: gateway({ routes: [{ calls }] }), ...three }, 14),
        'gateway.response.mean',
      );
    expect(response(parallel)).toBe(3);
    expect(response(['a', 'b', 'c'] as never)).toBe(6);
  });

  it('goes without what is optional, and says that the answer is degraded', () => {
    const calls = ['a', { to: 'b', optional: true }];
    const degraded = made(
      {
        clients: every(5, ['gateway']),
        gateway: gateway({ routes: [{ calls }] }),
        a: takes(1),
        b: takes(1, { instances: 0 }),
      },
      14,
    );
    expect(of(degraded, 'clients.answered')).toBe(2);
    expect(of(degraded, 'clients.degraded')).toBe(1);
  });

  it('answers by itself where a route calls nothing', () => {
    const own = made(
      { clients: every(5, ['gateway']), gateway: gateway({ routes: [{ calls: [] }], work: constant(1) }) },
      12,
    );
    expect(times(own)).toEqual([
      [5, 5, 6],
      [10, 10, 11],
    ]);
  });

  it('passes a failure from behind on with the name of who dropped it', () => {
    const failed = made({ clients: every(5, ['gateway']), gateway: gateway(), server: takes(1, { instances: 0 }) }, 14);
    expect(failed.failures).toMatchObject([{ reason: 'unavailable', by: 'server', count: 2 }]);
    expect(of(failed, 'gateway.refused')).toBe(0);
  });

  it('in between, changes no draw behind it (R2)', () => {
    const server: Parts[string] = { kind: 'service', service: { law: 'exponential', mean: 0.5 } };
    const direct = run({ clients: every(1), server }, 100);
    const behind = made({ clients: every(1, ['gateway']), gateway: gateway(), server }, 100);
    expect(visits(behind, 'server')).toEqual(visits(direct, 'server'));
  });
});

describe('gateway: limits', () => {
  const bucket = { rate: 5, burst: 10 };
  const door = (limits: object[], more: object = {}): Parts[string] =>
    gateway({ routes: [{ calls: [] }], limits, ...more });

  it('lets in the burst, and then what has flowed in since', () => {
    const limited = made(
      {
        clients: at(
          [
            { at: 0, count: 100 },
            { at: 2, count: 100 },
          ],
          ['gateway'],
        ),
        gateway: door([bucket]),
      },
      4,
    );
    const { hops } = limited.trace!;
    const admitted = [0, 0];
    for (let hop = 0; hop < hops.count; hop++) if (hops.fate[hop] === 1) admitted[hops.sentAt[hop]! / 2000]!++;
    expect(admitted).toEqual([10, 10]);
    expect(of(limited, 'gateway.admitted')).toBe(20);
    expect(of(limited, 'gateway.failures.rate-limited')).toBe(180);
    expect(of(limited, 'gateway.refused')).toBe(0.9);
  });

  it.each([0.1, 0.16, 0.3125, 5, 8, 10, 12.5, 125])(
    'at the very pace of its rate turns nobody away: %d a second',
    (rate) => {
      const limited = made({ clients: every(1 / rate, ['gateway']), gateway: door([{ rate, burst: 1 }]) }, 300 / rate);
      expect(of(limited, 'gateway.admitted')).toBe(300);
      expect(of(limited, 'gateway.refused')).toBe(0);
    },
  );

  const greedy = {
    greedy: at([{ at: 0, count: 100 }], ['gateway']),
    modest: at([{ at: 0.001, count: 3 }], ['gateway']),
  };

  it('shared by all, is emptied by the greedy for everybody', () => {
    const limited = made({ ...greedy, gateway: door([{ ...bucket, per: 'all' }]) }, 2);
    expect(of(limited, 'gateway.admitted@greedy')).toBe(10);
    expect(of(limited, 'gateway.admitted@modest')).toBe(0);
  });

  it('for each source, lets the modest in whatever the greedy does', () => {
    const limited = made({ ...greedy, gateway: door([{ ...bucket, per: 'source' }]) }, 2);
    expect(of(limited, 'gateway.admitted@greedy')).toBe(10);
    expect(of(limited, 'gateway.admitted@modest')).toBe(3);
  });

  it('for each class, tells the classes of one source apart', () => {
    const clients = at([{ at: 0, count: 100 }], ['gateway'], { classes: [{ id: 'a' }, { id: 'b' }] });
    const limited = made({ clients, gateway: door([{ ...bucket, per: 'class' }]) }, 2);
    expect([of(limited, 'gateway.admitted@a'), of(limited, 'gateway.admitted@b')]).toEqual([10, 10]);
  });

  it('for each key, counts a client by the key modulo their number', () => {
    const clients = at([{ at: 0, count: 1000 }], ['gateway'], { keys: { count: 8, law: 'uniform' } });
    const admitted = (clientCount: number) =>
      of(made({ clients, gateway: door([{ ...bucket, per: 'key', clients: clientCount }]) }, 2), 'gateway.admitted');
    expect(admitted(8)).toBe(80);
    expect(admitted(4)).toBe(40);
  });

  it('several are asked in order, and a token that was taken is spent (G1)', () => {
    const clients = at(
      [
        { at: 0, count: 100 },
        { at: 1, count: 100 },
      ],
      ['gateway'],
    );
    // the first lets 20 pass, of whom the second takes 5; a second later the first has 1, the second 5 more
    const limits = [
      { rate: 1, burst: 20 },
      { rate: 5, burst: 5 },
    ];
    expect(of(made({ clients, gateway: door(limits) }, 2), 'gateway.admitted')).toBe(6);
  });

  it('turned by a dial, keep what is in them, also for clients who have not come yet', () => {
    const twice = [
      { at: 0, count: 50 },
      { at: 4, count: 50 },
    ];
    const seen = at(twice, ['gateway']);
    const late = at([{ at: 4, count: 50 }], ['gateway']);
    const limited = (clients: Parts[string], per: string) =>
      of(
        made({ clients, gateway: door([{ rate: 1, burst: 10, per }]) }, 6, {
          dials: [
            {
              id: 'burst',
              unit: 'count',
              min: 0,
              max: 100,
              step: 1,
              start: 10,
              sets: ['parts.gateway.limits.0.burst'],
            },
          ],
          inputs: [{ at: 2, dial: 'burst', value: 20 }],
        }),
        'gateway.admitted',
      );
    // 10 at once; then 4 have flowed in. Who came late had 10 until the dial was turned, and 2 more
    expect(limited(seen, 'all')).toBe(14);
    expect(limited(late, 'key')).toBe(12);
  });

  it('costs no token what finds no open door', () => {
    const clients = at(
      [
        { at: 0, count: 10 },
        { at: 1, count: 10 },
      ],
      ['gateway'],
    );
    const faults: Faults = [{ id: 'down', part: 'gateway', action: 'down', duration: 0.5 }];
    const limited = made({ clients, gateway: door([{ rate: 0, burst: 10 }]) }, 2, {
      faults,
      inputs: [{ at: 0, fault: 'down' }],
    });
    expect(of(limited, 'gateway.failures.unavailable')).toBe(10);
    expect(of(limited, 'gateway.admitted')).toBe(10);
  });
});

describe('gateway: work', () => {
  it('serves one line first come first served, and refuses one more than it may hold', () => {
    const own = { routes: [{ calls: [] }], work: constant(3), threads: 1, queueLimit: 1 };
    const busy = made({ clients: every(1, ['gateway']), gateway: gateway(own) }, 7.5);
    expect(times(busy)).toEqual([
      [1, 1, 4],
      [2, 4, 7],
      [3, null, 3],
      [4, 7, null],
      [5, null, 5],
      [6, null, 6],
      [7, null, null],
    ]);
    expect(of(busy, 'gateway.failures.queue-full')).toBe(3);
    expect(of(busy, 'gateway.utilisation')).toBeCloseTo(6.5 / 7.5, 9);
    expect(of(busy, 'gateway.wait.mean')).toBe((0 + 2 + 3) / 3);
    expect(of(busy, 'gateway.queue.last')).toBe(1);
  });

  it('lets a thread go while it waits for others, or holds it', () => {
    const started = (holdsThread: boolean) =>
      visits(
        made(
          {
            clients: at([0, 0, 0], ['gateway']),
            gateway: gateway({ work: constant(1), threads: 1, holdsThread }),
            server: takes(5, { threads: null }),
          },
          20,
        ),
        'server',
      );
    expect(started(false)).toEqual([
      [1, 1, 6],
      [2, 2, 7],
      [3, 3, 8],
    ]);
    expect(started(true)).toEqual([
      [1, 1, 6],
      [7, 7, 12],
      [13, 13, 18],
    ]);
  });

  it('is a queue like any other: M/M/1 has the mean response 1 / (μ − λ)', () => {
    const queue = simulate({
      id: 'mm1',
      horizon: 40_000,
      warmUp: 1000,
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 5 }, calls: ['gateway'] },
        gateway: { kind: 'gateway', routes: [{ calls: [] }], work: { law: 'exponential', mean: 0.1 }, threads: 1 },
      },
    });
    sound(queue);
    // M/M/1 at load 0.5: 1 / (μ − λ) = 0.2; the standard error over 195,000 customers is 0.8 %
    expect(Math.abs(of(queue, 'gateway.response.mean')! / 0.2 - 1)).toBeLessThan(3 * 0.008);
    expect(Math.abs(of(queue, 'gateway.utilisation')! - 0.5)).toBeLessThan(0.01);
  });

  it('lets the impatient leave its line', () => {
    const patience = constant(1.5);
    const clients = at([0, 0, 0], ['gateway'], { patience });
    const left = made({ clients, gateway: gateway({ routes: [{ calls: [] }], work: constant(1), threads: 1 }) }, 5);
    expect(times(left)).toEqual([
      [0, 0, 1],
      [0, 1, 2],
      [0, null, 1.5],
    ]);
    expect(of(left, 'gateway.failures.impatient')).toBe(1);
  });
});

describe('gateway: token checks', () => {
  const checks = (more: object) => ({
    how: 'local',
    takes: constant(0.5),
    to: 'auth',
    badTokens: { thieves: 1 },
    ...more,
  });
  const parts = (own: object, auth: object = {}): Parts => ({
    clients: every(2, ['gateway']),
    thieves: every(5, ['gateway']),
    gateway: gateway({ checks: own }),
    server: takes(1, { threads: null }),
    auth: { kind: 'identity', checks: constant(0.25), ...auth },
  });

  it('verified by itself, a token costs its time, and a bad one goes no further', () => {
    const local = made(parts(checks({})), 12);
    expect(of(local, 'gateway.response.mean@clients')).toBe(1.5);
    expect(of(local, 'gateway.failures.unauthorised@thieves')).toBe(2);
    expect(of(local, 'server.arrivals@thieves')).toBe(0);
    expect(of(local, 'auth.arrivals')).toBe(0);
  });

  it('asked elsewhere, it costs a call for each request, with its way (G2)', () => {
    const remote = made(parts(checks({ how: 'remote' })), 12, {
      links: [{ from: 'gateway', to: 'auth', latency: 0.1 }],
    });
    expect(of(remote, 'gateway.response.mean@clients')).toBeCloseTo(1.45, 9);
    expect(of(remote, 'auth.checks')).toBe(7);
    expect(of(remote, 'server.arrivals@thieves')).toBe(0);
  });

  it('a no from elsewhere is passed on with the name of who said it', () => {
    const remote = made(parts(checks({ how: 'remote', badTokens: {} }), { badTokens: { thieves: 1 } }), 12);
    expect(remote.failures).toMatchObject([{ reason: 'unauthorised', by: 'auth', source: 'thieves', count: 2 }]);
  });

  const faults: Faults = [{ id: 'out', part: 'auth', action: 'down', duration: 5 }];
  const out = { faults, inputs: [{ at: 3, fault: 'out' }] };

  it('whoever is asked is one more factor: while it is down nobody gets in, unless the gateway fails open', () => {
    const closed = made(parts(checks({ how: 'remote' })), 12, out);
    expect(of(closed, 'clients.failures.unavailable')).toBe(2);
    expect(closed.failures.find(({ reason }) => reason === 'unavailable')).toMatchObject({ by: 'auth' });
    const open = made(parts(checks({ how: 'remote', failsOpen: true })), 12, out);
    expect(of(open, 'clients.failures')).toBe(0);
    // the thieves are still found out: their tokens are not even signed
    expect(of(open, 'server.arrivals@thieves')).toBe(0);
    expect(of(made(parts(checks({})), 12, out), 'clients.failures')).toBe(0);
  });

  it('a share of bad tokens is the same requests for every part that looks (G4)', () => {
    const badTokens = { clients: 0.3 };
    const refusedAt = (own: object, auth: object = {}) => {
      const { hops, parts: ids } = made({ ...parts(own, auth), clients: every(0.1, ['gateway']) }, 100).trace!;
      return Array.from(hops.request).filter(
        (_, hop) =>
          ids[hops.to[hop]!] === 'gateway' && hops.fate[hop]! > 1 && hops.cls[hop] === 0 && hops.request[hop]! < 980,
      );
    };
    const local = refusedAt(checks({ badTokens }));
    expect(local.length).toBeGreaterThan(250);
    expect(local.length).toBeLessThan(350);
    expect(refusedAt(checks({ how: 'remote', badTokens: {} }), { badTokens })).toEqual(local);
  });

  it('without anybody to ask is refused', () => {
    expect(() => run(parts({ how: 'remote' }), 5)).toThrow(/parts\.gateway\.checks\.to: nobody is asked/);
  });
});

describe('gateway: faults', () => {
  const broken = (action: string, more: object = {}, fault: object = {}) =>
    made(
      {
        clients: every(1, ['gateway']),
        gateway: gateway({ work: constant(0.5), ...more }),
        server: takes(1, { threads: null }),
      },
      10,
      {
        faults: [{ id: 'broken', part: 'gateway', action, duration: 2, ...fault }],
        inputs: [{ at: 3.2, fault: 'broken' }],
      },
    );

  it('down, fails what it has as crashed and what comes as unavailable', () => {
    const down = broken('down');
    // at 3.2 the request of 2 is behind it and the one of 3 at work; those of 4 and 5 come while it is down
    expect(of(down, 'gateway.failures.crashed')).toBe(2);
    expect(of(down, 'gateway.failures.unavailable')).toBe(2);
    expect(visits(down, 'gateway').filter(([, , ended]) => ended === 3.2)).toHaveLength(2);
    // what it had asked for is given up: the server worked for nobody no longer
    expect(of(down, 'server.completions')).toBe(of(down, 'clients.answered'));
  });

  it('down with a line: those who wait find nobody left', () => {
    const down = broken('down', { work: constant(2), threads: 1 });
    expect(of(down, 'gateway.failures.crashed')).toBe(2);
    expect(of(down, 'gateway.failures.unavailable')).toBe(3);
    expect(down.state['gateway']!.instances).toEqual([true]);
  });

  it('with two instances, loses only what the dead one had', () => {
    const halved = broken('crash', { instances: 2, threads: 1 });
    expect(of(halved, 'gateway.failures.unavailable')).toBe(0);
    // requests take the threads in turn: instance 0 had the one of 3, instance 1 the one of 2
    expect(of(halved, 'gateway.failures.crashed')).toBe(1);
    expect(of(halved, 'gateway.instances.last')).toBe(2);
  });

  it('two outages that overlap end with the later', () => {
    const twice = made({ clients: every(1, ['gateway']), gateway: gateway(), server: takes(0) }, 10.5, {
      faults: [
        { id: 'long', part: 'gateway', action: 'down', duration: 5 },
        { id: 'short', part: 'gateway', action: 'crash', duration: 1 },
      ],
      inputs: [
        { at: 1.5, fault: 'long' },
        { at: 3, fault: 'short' },
      ],
    });
    expect(of(twice, 'gateway.failures.unavailable')).toBe(5);
    expect(of(twice, 'clients.answered')).toBe(5);
  });

  it('slow, takes the amount of times as long for what begins then', () => {
    const slow = broken('slow', {}, { amount: 4 });
    const spans = visits(slow, 'gateway').map(([arrived, , ended]) => (ended === null ? null : ended! - arrived!));
    expect(spans).toEqual([1.5, 1.5, 1.5, 3, 3, 1.5, 1.5, 1.5, null, null]);
  });

  it('of one instance is one more factor in the product of availabilities', () => {
    // down for 20 of 100 s, the server for 20 others, and 4 in both
    const series = made({ clients: every(0.1, ['gateway']), gateway: gateway(), server: takes(0) }, 100.05, {
      faults: [
        { id: 'gateway', part: 'gateway', action: 'down', duration: 20 },
        { id: 'server', part: 'server', action: 'outage', duration: 20 },
      ],
      inputs: [
        { at: 10.05, fault: 'gateway' },
        { at: 26.05, fault: 'server' },
      ],
    });
    expect(of(series, 'clients.failures')).toBeCloseTo(1 - 0.8 * 0.8, 9);
    expect(of(series, 'gateway.failures.unavailable')).toBe(200);
  });
  it('that asks for each request is up with the product of both availabilities, by chance too', () => {
    const ups = (part: string): Parts[string] => ({
      kind: 'chaos',
      part,
      action: 'down',
      which: 'all',
      every: { law: 'exponential', mean: 9 },
      lasts: { law: 'exponential', mean: 1 },
    });
    const { measures } = sound(
      simulate({
        id: 'series',
        time: { unit: 's', ticks: 1000 },
        horizon: 20_000,
        parts: {
          clients: every(0.2, ['gateway']),
          gateway: gateway({ routes: [{ calls: [] }], checks: { how: 'remote', to: 'auth' } }),
          auth: { kind: 'identity' },
          chaos: ups('gateway'),
          more: ups('auth'),
        },
      }),
    );
    // a share of time in two exponential states: variance 2 · 0.9 · 0.1 · 0.9 s / 20,000 s each, so 0.0036 for the product
    expect(Math.abs(measures['clients.failures']!.value! - (1 - 0.9 * 0.9))).toBeLessThan(3 * 0.0036);
  });
});

describe('gateway: a caller that gives up', () => {
  const links: ScenarioSource['links'] = [{ from: 'clients', to: 'gateway', timeout: 1.5, onTimeout: 'cancel' }];
  const given = (own: object, more: Parts = {}) =>
    made({ clients: at([0, 0], ['gateway']), gateway: gateway(own), server: takes(5), ...more }, 10, { links });

  it('takes its request out of the line and off the thread', () => {
    const left = given({ work: constant(4), threads: 1 });
    expect(of(left, 'gateway.inside.last')).toBe(0);
    expect(of(left, 'gateway.busy.last')).toBe(0);
    expect(of(left, 'server.arrivals')).toBe(0);
    expect(of(left, 'clients.failures.timeout')).toBe(2);
  });

  it('takes what was asked of others back with it', () => {
    const left = given({ work: constant(1), holdsThread: true, threads: 1 });
    expect(visits(left, 'server')).toEqual([[1, 1, 1.5]]);
    expect(of(left, 'server.inside.last')).toBe(0);
  });

  it('takes a check elsewhere back with it', () => {
    const left = given(
      { checks: { how: 'remote', to: 'auth' } },
      { auth: { kind: 'identity', checks: constant(3), threads: 1 } },
    );
    expect(of(left, 'auth.inside.last')).toBe(0);
    expect(of(left, 'auth.checks')).toBe(0);
    expect(left.state['gateway']!.readings).toMatchObject({ atCheck: 0, atWork: 0, onRoute: 0 });
  });
});

describe('gateway: a run', () => {
  const scenario: ScenarioSource = {
    id: 'shop',
    horizon: 200,
    time: { unit: 's', ticks: 1000 },
    parts: {
      clients: {
        kind: 'traffic',
        arrivals: { pattern: 'poisson', rate: 8 },
        calls: ['gateway'],
        classes: [{ id: 'page' }, { id: 'order' }],
        keys: { count: 50, law: 'zipf' },
      },
      gateway: {
        kind: 'gateway',
        routes: [{ classes: ['page'], calls: [{ parallel: ['a', 'b'] }] }, { calls: ['b'] }],
        limits: [{ rate: 1, burst: 5, per: 'key' }],
        checks: { how: 'remote', to: 'auth', takes: constant(0) },
        work: { law: 'exponential', mean: 0.2 },
        instances: 2,
        threads: 1,
        queueLimit: 20,
      },
      auth: { kind: 'identity', checks: { law: 'exponential', mean: 0.05 }, threads: 1, badTokens: { page: 0.1 } },
      a: { kind: 'service', service: { law: 'exponential', mean: 0.1 }, threads: 2 },
      b: { kind: 'service', service: { law: 'exponential', mean: 0.1 }, threads: 2 },
    },
    links: [{ from: 'clients', to: 'gateway', timeout: 1, onTimeout: 'cancel', retry: { most: 1 } }],
    faults: [{ id: 'crash', part: 'gateway', action: 'crash', duration: 10, instance: 1 }],
    inputs: [{ at: 50, fault: 'crash' }],
  };

  it('is the same twice (R1), with and without a trace (S3)', () => {
    const once = sound(simulate(scenario));
    expect(simulate(scenario).digest).toBe(once.digest);
    expect(simulate(scenario, { record: 'trace' }).digest).toBe(once.digest);
  });

  it('stopped at any time, has in it what the hops say (S1)', () => {
    const whole = simulate(scenario, { record: 'trace' });
    const { hops, parts } = whole.trace!;
    for (const until of [10, 49.9, 55, 123.456]) {
      const { state } = sound(simulate(scenario, { until }));
      const now = until * 1000;
      let inside = 0;
      for (let hop = 0; hop < hops.count; hop++)
        if (
          parts[hops.to[hop]!] === 'gateway' &&
          hops.arrivedAt[hop]! >= 0 &&
          hops.arrivedAt[hop]! <= now &&
          (hops.endedAt[hop]! < 0 || hops.endedAt[hop]! > now)
        )
          inside++;
      const { gateway: own } = state;
      expect(own!.inside).toBe(inside);
      const { atWork, atCheck, onRoute } = own!.readings as Record<string, number>;
      expect(atWork! + atCheck! + onRoute!).toBe(inside);
      expect(own!.slots.filter(({ hop }) => hop >= 0).length + own!.queue.length).toBe(atWork);
      expect(own!.instances).toEqual([true, until !== 55]);
    }
  });

  it('with more instances by a dial, serves with more from then on', () => {
    const scaled = made(
      { clients: every(1, ['gateway']), gateway: gateway({ routes: [{ calls: [] }], work: constant(4), threads: 1 }) },
      12,
      {
        dials: [{ id: 'copies', unit: 'count', min: 1, max: 10, step: 1, start: 1, sets: ['parts.gateway.instances'] }],
        inputs: [
          { at: 2.5, dial: 'copies', value: 4 },
          { at: 9.5, dial: 'copies', value: 1 },
        ],
      },
    );
    expect(times(scaled).map(([, started]) => started)).toEqual([1, 2.5, 3, 4, 5, 6.5, 7, 8, 9, null, null, null]);
    expect(of(scaled, 'gateway.instances.last')).toBe(1);
  });
});
