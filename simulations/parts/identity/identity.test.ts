import { describe, expect, it } from 'vitest';
import { every, run, takes, times, type Faults, type Parts } from '../../by-hand.fixture.ts';
import { simulate, type ScenarioSource } from '../../index.ts';
import { at, constant, of, sound, visits } from '../door/door.fixture.ts';

const made = (...args: Parameters<typeof run>) => sound(run(...args));

const faults: Faults = [
  { id: 'down', part: 'auth', action: 'down', duration: 5 },
  { id: 'slow', part: 'auth', action: 'slow', duration: 5, amount: 3 },
  { id: 'crash', part: 'auth', action: 'crash', duration: 5 },
  { id: 'revoke', part: 'auth', action: 'revoke', duration: 16, amount: 1 },
];
const broken = (at: number, fault: string) => ({ faults, inputs: [{ at, fault }] });

describe('identity: a session is asked about each time', () => {
  const auth = (more: object = {}): Parts[string] => ({ kind: 'identity', checks: constant(1), ...more });

  it('answers yes after the time of a check, and no as unauthorised after the same time', () => {
    const asked = made(
      { clients: every(2, ['auth']), thieves: every(3, ['auth']), auth: auth({ badTokens: { thieves: 1 } }) },
      7.5,
    );
    expect(times(asked)).toEqual([
      [2, 2, 3],
      [3, 3, 4],
      [4, 4, 5],
      [6, 6, 7],
      [6, 6, 7],
    ]);
    expect(of(asked, 'auth.checks')).toBe(5);
    expect(of(asked, 'auth.refused@thieves')).toBe(1);
    expect(of(asked, 'auth.response.mean@clients')).toBe(1);
    expect(asked.failures).toMatchObject([{ reason: 'unauthorised', by: 'auth', source: 'thieves', count: 2 }]);
  });

  it('is one line with so many threads, and refuses one more than it may hold', () => {
    const asked = made({ clients: at([0, 0, 0, 0], ['auth']), auth: auth({ threads: 2, queueLimit: 1 }) }, 5);
    expect(times(asked)).toEqual([
      [0, 0, 1],
      [0, 0, 1],
      [0, 1, 2],
      [0, null, 0],
    ]);
    expect(of(asked, 'auth.utilisation')).toBeCloseTo(0.3, 9);
  });

  it('honours a revocation at once, also for those who stand in line already', () => {
    const asked = made({ clients: at([0, 0, 0], ['auth']), auth: auth({ threads: 1 }) }, 30, broken(1.5, 'revoke'));
    expect(of(asked, 'clients.answered')).toBe(1);
    expect(of(asked, 'auth.failures.unauthorised')).toBe(2);
    expect(of(asked, 'auth.acceptedAfterRevocation')).toBe(0);
    expect([of(asked, 'auth.exposure.mean'), asked.measures['auth.exposure.mean']!.samples]).toEqual([0, 1]);
  });

  it('says yes again when a revocation is over', () => {
    const asked = made({ clients: at([2, 16, 19], ['auth']), auth: auth() }, 30, broken(1.5, 'revoke'));
    expect(of(asked, 'clients.answered')).toBe(1);
  });

  it('down, refuses what comes and fails what it has; slow, takes the amount of times as long', () => {
    const down = made({ clients: every(1, ['auth']), auth: auth() }, 12.5, broken(3.5, 'down'));
    expect([of(down, 'auth.failures.crashed'), of(down, 'auth.failures.unavailable')]).toEqual([1, 5]);
    const slow = made({ clients: every(4, ['auth']), auth: auth() }, 13, broken(3.5, 'slow'));
    expect(times(slow).map(([sent, , ended]) => ended! - sent!)).toEqual([3, 3, 1]);
  });

  it('is told when a caller waits no longer', () => {
    const links: ScenarioSource['links'] = [{ from: 'clients', to: 'auth', timeout: 0.5, onTimeout: 'cancel' }];
    const left = made({ clients: at([0, 0], ['auth']), auth: auth({ threads: 1 }) }, 5, { links });
    expect([of(left, 'auth.inside.last'), of(left, 'auth.busy.last'), of(left, 'auth.checks')]).toEqual([0, 0, 0]);
  });
});

describe('identity: tokens are good for a while', () => {
  const auth = (more: object = {}): Parts[string] => ({
    kind: 'identity',
    mode: 'token',
    issues: constant(0.5),
    life: 5,
    signedIn: false,
    routes: [{ calls: ['server'] }],
    ...more,
  });
  const given = (moments: number[], horizon: number, more: object = {}, own: object = {}, clients: object = {}) =>
    made(
      { clients: at(moments, ['auth'], clients), auth: auth(own), server: takes(0.25, { threads: null }) },
      horizon,
      more,
    );

  it('issues one to whoever has none, and lets pass at once who has one that has not expired', () => {
    const issued = given([1, 2, 6.4, 6.5, 12], 14);
    // issued at 1.5 until 6.5, at 7 until 12, and at 12.5
    expect(visits(issued, 'server').map(([arrived]) => arrived)).toEqual([1.5, 2, 6.4, 7, 12.5]);
    expect(of(issued, 'auth.issued')).toBe(3);
    expect(of(issued, 'auth.fresh')).toBe(0.4);
    expect(of(issued, 'auth.response.mean')).toBeCloseTo((3 * 0.75 + 2 * 0.25) / 5, 9);
  });

  it('issues one for each request that comes before the first is there', () => {
    expect(of(given([1, 1.2, 1.6], 4), 'auth.issued')).toBe(2);
  });

  it('tells users by their keys, modulo how many there are, and sources apart', () => {
    const keys = { keys: { count: 6, law: 'uniform' } };
    const many = Array.from({ length: 100 }, (_, i) => 1 + i * 0.01);
    const issued = (users: number) => of(given(many, 4, {}, { users, issues: constant(0) }, keys), 'auth.issued');
    expect(issued(6)).toBe(6);
    expect(issued(3)).toBe(3);
    const two = made(
      { clients: at([1, 2], ['auth']), others: at([1, 2], ['auth']), auth: auth(), server: takes(0) },
      4,
    );
    expect(of(two, 'auth.issued')).toBe(2);
  });

  it('down, harms only those whose token runs out (G3)', () => {
    const down = given([1, 4, 7, 9], 12, broken(3, 'down'));
    expect(of(down, 'auth.failures.unavailable')).toBe(1);
    expect(visits(down, 'server').map(([arrived]) => arrived)).toEqual([1.5, 4, 9.5]);
  });

  it('honours a revocation when the token expires, and issues no other while it lasts', () => {
    const revoked = given([1, 5, 7, 9, 21], 24, broken(4, 'revoke'));
    expect(of(revoked, 'auth.acceptedAfterRevocation')).toBe(1);
    expect(of(revoked, 'auth.failures.unauthorised')).toBe(2);
    // good until 6.5, revoked at 4: told when the user is first turned down, and only then
    expect([of(revoked, 'auth.exposure.mean'), revoked.measures['auth.exposure.mean']!.samples]).toEqual([2.5, 1]);
    expect(visits(revoked, 'auth').filter(([, , ended]) => ended === 7.5)).toHaveLength(1);
    expect(of(revoked, 'auth.issued')).toBe(2);
  });

  it('revokes only what is stolen', () => {
    const parts = {
      clients: at([1, 8], ['auth']),
      thief: at([1, 8], ['auth']),
      auth: auth({ stolen: ['thief'] }),
      server: takes(0),
    };
    const revoked = made(parts, 12, broken(4, 'revoke'));
    expect([of(revoked, 'auth.refused@thief'), of(revoked, 'auth.refused@clients')]).toEqual([0.5, 0]);
  });

  it('lets pass who brings a bad token: whoever verifies it behind turns it away', () => {
    const forged = given([1, 2], 4, {}, { badTokens: { clients: 1 } });
    expect([of(forged, 'auth.issued'), of(forged, 'server.arrivals')]).toEqual([0, 2]);
  });

  it('turns away a class without a route, and is refused without any', () => {
    const classes = [{ id: 'lost' }, { id: 'others' }];
    const lost = given([1, 1, 1, 1, 1], 4, {}, { routes: [{ classes: ['others'], calls: ['server'] }] }, { classes });
    expect(of(lost, 'auth.failures.no-route')).toBeGreaterThan(0);
    expect(of(lost, 'auth.failures.no-route')).toBe(of(lost, 'clients.made@lost'));
    expect(() => given([1], 4, {}, { routes: [] })).toThrow(/parts\.auth\.routes: it leads nowhere/);
  });

  it('is told when a caller waits no longer, while it issues and behind it', () => {
    const links: ScenarioSource['links'] = [{ from: 'clients', to: 'auth', timeout: 0.6, onTimeout: 'cancel' }];
    const left = given([1, 1.2, 1.3], 4, { links }, { issues: constant(0.5), threads: 1 });
    expect([of(left, 'auth.inside.last'), of(left, 'server.inside.last'), of(left, 'auth.busy.last')]).toEqual([
      0, 0, 0,
    ]);
    // the first is issued at 1.5 and given up behind it at 1.6; the second, given up at 1.8, frees the thread for the third
    expect(of(left, 'auth.issued')).toBe(1);
    expect(of(left, 'clients.failures.timeout')).toBe(3);
  });

  it('crashed with an instance, fails what it was issuing', () => {
    const crashed = given([3.4, 3.6], 6, broken(3.5, 'crash'), { instances: 2 });
    expect([of(crashed, 'auth.failures.crashed'), of(crashed, 'auth.issued')]).toEqual([1, 1]);
  });

  it('turned to a longer life, issues tokens of that life from then on', () => {
    const dials: ScenarioSource['dials'] = [
      { id: 'life', unit: 'time', min: 1, max: 100, step: 1, start: 5, sets: ['parts.auth.life'] },
    ];
    const turned = given([1, 7, 13], 15, { dials, inputs: [{ at: 2, dial: 'life', value: 10 }] });
    expect(of(turned, 'auth.issued')).toBe(2);
  });
});

describe('identity: what it costs, and whom it spares', () => {
  const USERS = 1000;
  const GAP = 0.25;
  const LIFE = 50;
  /** Users who come once in each gap, on average. */
  const crowd = (inputs: ScenarioSource['inputs'], amount = 1): ScenarioSource => ({
    id: 'crowd',
    time: { unit: 's', ticks: 1000 },
    horizon: 115,
    parts: {
      clients: {
        kind: 'traffic',
        arrivals: { pattern: 'poisson', rate: USERS / GAP },
        keys: { count: USERS, law: 'uniform' },
        calls: ['auth'],
      },
      auth: { kind: 'identity', mode: 'token', life: LIFE, users: USERS, routes: [{ calls: ['server'] }] },
      server: { kind: 'service', threads: null, service: constant(0) },
    },
    faults: [
      { id: 'out', part: 'auth', action: 'down', duration: 20 },
      { id: 'revoke', part: 'auth', action: 'revoke', duration: 100, amount },
    ],
    inputs: inputs!,
  });
  // a user holds a token for its life, and then for one gap on average none
  const heldShare = LIFE / (LIFE + GAP);

  it('tokens honour a revocation after half their life on average, and after their life at last', () => {
    const revoked = sound(simulate(crowd([{ at: 60, fault: 'revoke' }])));
    const exposure = revoked.measures['auth.exposure.mean']!;
    expect(exposure.samples).toBe(USERS);
    // what is left of a life is uniform, 0 where none is held: its standard deviation is about LIFE / √12
    const error = LIFE / Math.sqrt(12 * USERS);
    expect(Math.abs(exposure.value! - (LIFE / 2) * heldShare)).toBeLessThan(3 * error);
    expect(of(revoked, 'auth.exposure.max')).toBeLessThanOrEqual(LIFE);
  }, 20_000);

  it('a share of users is revoked, the same ones however large it is', () => {
    const share = (amount: number) =>
      simulate(crowd([{ at: 60, fault: 'revoke' }], amount)).measures['auth.exposure.mean']!.samples / USERS;
    expect(Math.abs(share(0.3) - 0.3)).toBeLessThan(3 * Math.sqrt((0.3 * 0.7) / USERS));
  }, 20_000);

  it('an outage of the provider fails only those whose tokens run out in it', () => {
    const out = sound(simulate(crowd([{ at: 60, fault: 'out' }])));
    // t seconds into the outage a share of (GAP + t) / (LIFE + GAP) has no token any more
    const expected = (GAP + 20 / 2) / (LIFE + GAP);
    const share = of(out, 'clients.failures.unavailable')! / ((20 / GAP) * USERS);
    // a user's share of failures has a standard deviation of at most √(20 / LIFE / 3)
    expect(Math.abs(share - expected)).toBeLessThan(3 * Math.sqrt(20 / LIFE / 3 / USERS));
  }, 20_000);
});

describe('identity: the four designs of access tokens', () => {
  const scenario: ScenarioSource = {
    id: 'access-tokens',
    time: { unit: 's', ticks: 1000 },
    horizon: 120,
    parts: {
      clients: {
        kind: 'traffic',
        arrivals: { pattern: 'poisson', rate: 100 },
        keys: { count: 200, law: 'uniform' },
        calls: ['gateway'],
      },
      thief: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 10 }, calls: ['gateway'] },
      // it comes past the gateway, without a token
      intruder: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 10 }, calls: ['inside'] },
      auth: {
        kind: 'identity',
        checks: constant(0.02),
        issues: constant(0.02),
        life: 30,
        users: 200,
        stolen: ['thief'],
        routes: [{ calls: ['gateway'] }],
      },
      gateway: {
        kind: 'gateway',
        routes: [{ calls: ['inside'] }],
        checks: { how: 'remote', to: 'auth', takes: constant(0.001) },
      },
      inside: {
        kind: 'gateway',
        routes: [{ calls: ['shop'] }],
        checks: { how: 'local', takes: constant(0.001), badTokens: { intruder: 1 } },
      },
      shop: { kind: 'service', threads: null, service: constant(0.01) },
    },
    designs: [
      { id: 'session', set: { 'parts.inside.checks': null } },
      ...['local', 'gateway', 'both'].map((id) => ({
        id,
        set: {
          'parts.auth.mode': 'token',
          'parts.clients.calls.0': 'auth',
          'parts.thief.calls.0': 'auth',
          'parts.gateway.checks.how': 'local',
          ...(id === 'local' ? { 'parts.gateway.checks': null } : {}),
          ...(id === 'gateway' ? { 'parts.inside.checks': null } : {}),
        },
      })),
    ],
    faults: [
      { id: 'out', part: 'auth', action: 'down', duration: 12 },
      { id: 'revoke', part: 'auth', action: 'revoke', duration: 100 },
    ],
  };
  const measured = (design: string, measure: string, inputs: { at: number; fault: string }[] = []) =>
    of(sound(simulate(scenario, { design, inputs })), measure)!;

  it('the check in the middle adds its time to every call, and its outage to every call', () => {
    expect(measured('session', 'clients.roundTrip.mean')).toBeCloseTo(0.03, 9);
    expect(measured('both', 'clients.roundTrip.p50')).toBeCloseTo(0.012, 4);
    const out = [{ at: 50, fault: 'out' }];
    expect(measured('session', 'clients.failures', out)).toBeCloseTo(0.1, 1);
    expect(measured('local', 'clients.failures', out)).toBeLessThan(0.04);
  });

  it('a stolen token is of no more use at once where a session is looked up, and else when it expires', () => {
    const revoke = [{ at: 50.05, fault: 'revoke' }];
    const gotIn = (design: string) => measured(design, 'shop.arrivals@thief', revoke);
    // its requests of 0.1, 0.2 … 50.0; that of 50.0 was asked about before
    expect(gotIn('session')).toBe(500);
    const late = measured('both', 'auth.acceptedAfterRevocation', revoke);
    expect(gotIn('both')).toBe(500 + late);
    expect(late).toBeGreaterThan(0);
    expect(late / 10).toBeLessThanOrEqual(30);
    expect(measured('both', 'auth.exposure.mean', revoke)).toBeCloseTo(late / 10, 0);
  });

  it('whoever comes past the gateway gets in where nobody checks inside', () => {
    const gotIn = (design: string) => measured(design, 'shop.arrivals@intruder');
    expect(['session', 'local', 'gateway', 'both'].map(gotIn)).toEqual([1200, 0, 1200, 0]);
  });

  it('is the same twice (R1), and stopped at any time is as it was then (S1)', () => {
    const inputs = [{ at: 50, fault: 'out' }];
    const whole = simulate(scenario, { design: 'both', inputs, record: 'trace' });
    expect(simulate(scenario, { design: 'both', inputs }).digest).toBe(whole.digest);
    const { hops, parts } = whole.trace!;
    const { state } = sound(simulate(scenario, { design: 'both', inputs, until: 55 }));
    let inside = 0;
    for (let hop = 0; hop < hops.count; hop++)
      if (parts[hops.to[hop]!] === 'auth' && hops.arrivedAt[hop]! <= 55_000 && hops.endedAt[hop]! > 55_000) inside++;
    expect(state['auth']!.inside).toBe(inside);
    expect(state['auth']!.instances).toEqual([false]);
    const { holding } = state['auth']!.readings as { holding: number };
    // of the clients (one user stands for all thieves) a share of 30 / 32 held one, and for 5 of 30 s nobody was issued any
    expect(holding).toBeGreaterThan(130);
    expect(holding).toBeLessThan(180);
  });
});
