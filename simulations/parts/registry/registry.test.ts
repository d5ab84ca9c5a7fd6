import { describe, expect, it } from 'vitest';
import { every, run as runSystem, takes, type Faults, type Parts } from '../../by-hand.fixture.ts';
import { simulate, type Run, type ScenarioSource } from '../../index.ts';

/** The books of every run must balance. */
function balanced(run: Run): Run {
  expect(run.ledger.conserves).toBe(true);
  for (const { holds } of Object.values(run.ledger.little)) expect(holds).toBe(true);
  return run;
}
const run = (parts: Parts, horizon: number, more: Partial<ScenarioSource> = {}): Run =>
  balanced(runSystem(parts, horizon, more));
const value = (of: Run, measure: string): number => of.measures[measure]!.value!;

const clients = every(1, ['registry']);
const registry = (more: object = {}, of: unknown = ['server']): Parts[string] =>
  ({ kind: 'registry', of, ...more }) as Parts[string];
/** Two instances, each with a line of its own and one thread: slot i is instance i. */
const server = (instances = 2) => takes(0.1, { instances, line: 'each' });
const crash = (duration: number, instance = 0): Faults[number] => ({
  id: 'crash',
  part: 'server',
  action: 'crash',
  duration,
  instance,
});
const down = (duration: number): Faults[number] => ({ id: 'down', part: 'registry', action: 'down', duration });

/** When requests of a source were made that a part failed. */
function failedAt({ trace }: Run, by: string, source = 'clients'): number[] {
  const { hops, parts } = trace!;
  const at: number[] = [];
  for (let hop = 0; hop < hops.count; hop++)
    if (parts[hops.from[hop]!] === source && hops.fate[hop]! > 1 && parts[hops.by[hop]!] === by)
      at.push(hops.sentAt[hop]! / 1000);
  return at;
}

/** Which slot of the server each call went to; −1 for nobody. */
const slots = ({ trace }: Run): number[] => {
  const { hops, parts } = trace!;
  return [...hops.slot].slice(0, hops.count).filter((_, hop) => parts[hops.to[hop]!] === 'server');
};
const scaling: Partial<ScenarioSource> = {
  dials: [{ id: 'n', unit: 'count', min: 0, max: 9, step: 1, start: 2, sets: ['parts.server.instances'] }],
};

describe('how callers know the addresses', () => {
  it('fixed: those of the start, dead or not, and no other ever (P31)', () => {
    const fixed = run({ clients, registry: registry({ mode: 'fixed' }), server: server() }, 8.5, {
      ...scaling,
      faults: [crash(4), down(1)],
      inputs: [
        { at: 2.5, fault: 'crash' },
        { at: 3.5, dial: 'n', value: 3 },
        // nobody asks it
        { at: 7.5, fault: 'down' },
      ],
    });
    expect(slots(fixed)).toEqual([0, 1, -1, 1, -1, 1, 0, 1]);
    expect(failedAt(fixed, 'server')).toEqual([3, 5]);
    expect(fixed.failures).toEqual([{ reason: 'unavailable', by: 'server', source: 'clients', count: 2 }]);
    expect(value(fixed, 'registry.stale')).toBe(2 / 8);
    expect(value(fixed, 'registry.lookups')).toBe(0);
    expect(value(fixed, 'registry.hits')).toBe(1);
    expect(value(fixed, 'registry.age.max')).toBe(8);
  });

  it('dns: a copy until its time to live is over; then it is looked up by the next call (P31)', () => {
    const dns = run({ clients, registry: registry({ mode: 'dns', timeToLive: 4 }), server: server() }, 12.5, {
      ...scaling,
      faults: [crash(100)],
      inputs: [
        { at: 2.5, fault: 'crash' },
        { at: 6.5, dial: 'n', value: 3 },
      ],
    });
    // looked up at 1, 5 and 9, when the turn is the second address's
    expect(slots(dns)).toEqual([0, 1, -1, 1, 1, 1, 1, 1, 2, 1, 2, 1]);
    expect(failedAt(dns, 'server')).toEqual([3]);
    expect(value(dns, 'registry.lookups')).toBe(3);
    expect(value(dns, 'registry.hits')).toBe(9 / 12);
    // ages 0, 1, 2 and 3 in turn
    expect(value(dns, 'registry.age.mean')).toBe(1.5);
    expect(value(dns, 'registry.age.max')).toBe(3);
  });

  it('dns: every calling part has a copy of its own (P31)', () => {
    const two = run(
      {
        clients,
        others: every(2.5, ['registry']),
        registry: registry({ mode: 'dns', timeToLive: 4, spread: 'one' }),
        server: server(),
      },
      9.5,
      { faults: [crash(100)], inputs: [{ at: 2.9, fault: 'crash' }] },
    );
    // clients look up at 1 and 5, the others at 2.5 and 7.5: each goes on with the dead address until then
    expect(failedAt(two, 'server')).toEqual([3, 4]);
    expect(failedAt(two, 'server', 'others')).toEqual([5]);
    expect(value(two, 'registry.lookups')).toBe(5);
  });

  it('dns: a registry that is down is noticed when the copy is over (P33)', () => {
    const outage = run({ clients, registry: registry({ mode: 'dns', timeToLive: 4 }), server: server() }, 12.5, {
      faults: [down(5)],
      inputs: [{ at: 2.5, fault: 'down' }],
    });
    // down from 2.5 to 7.5; the copy of 1 lasts until 5
    expect(failedAt(outage, 'registry')).toEqual([5, 6, 7]);
    expect(outage.failures).toEqual([{ reason: 'no-route', by: 'registry', source: 'clients', count: 3 }]);
    expect(value(outage, 'registry.noRoute')).toBe(3 / 12);
  });

  it('registry: every call is looked up, so a dead address is never used, and an outage stops all (P31, P33)', () => {
    const asked = run({ clients, registry: registry(), server: server() }, 10.5, {
      ...scaling,
      faults: [crash(100), down(2)],
      inputs: [
        { at: 2.5, fault: 'crash' },
        { at: 4.5, dial: 'n', value: 3 },
        { at: 6.5, fault: 'down' },
      ],
    });
    expect(slots(asked)).toEqual([0, 1, 1, 1, 2, 1, 2, 1]);
    expect(failedAt(asked, 'registry')).toEqual([7, 8]);
    expect(value(asked, 'registry.lookups')).toBe(8);
    expect(value(asked, 'registry.hits')).toBe(0);
    expect(value(asked, 'registry.age.max')).toBe(0);
    expect(value(asked, 'registry.stale')).toBe(0);
  });

  it('a lookup takes its time, and goes by what is known at its end (P31)', () => {
    const slow = run({ clients, registry: registry({ lookup: 0.25 }), server: server() }, 4.9, {
      faults: [crash(100), down(0.3)],
      inputs: [
        { at: 2.1, fault: 'crash' },
        { at: 4.1, fault: 'down' },
      ],
    });
    expect(slots(slow)).toEqual([0, 1, 1]);
    expect(failedAt(slow, 'registry')).toEqual([4]);
    expect(value(slow, 'clients.answered')).toBe(3);
    expect(value(slow, 'registry.response.max')).toBeCloseTo(0.35, 9);
  });

  it('cached: the copy is fetched in the background, and survives the outage of the registry (P31, P33)', () => {
    const cached = run({ clients, registry: registry({ mode: 'cached', timeToLive: 3 }), server: server() }, 14.5, {
      faults: [crash(100), down(6)],
      inputs: [
        { at: 4.5, fault: 'down' },
        { at: 6.5, fault: 'crash' },
      ],
    });
    // fetched at 0 and 3; not at 6 and 9; again at 12, just before the call of that moment
    expect(failedAt(cached, 'registry')).toEqual([]);
    expect(slots(cached)).toEqual([0, 1, 0, 1, 0, 1, -1, 1, -1, 1, -1, 1, 1, 1]);
    expect(value(cached, 'registry.lookups')).toBe(2);
    expect(value(cached, 'registry.hits')).toBe(1);
    // the copy of 3 at the call of 11
    expect(value(cached, 'registry.age.max')).toBe(8);
    const healthy = run({ clients, registry: registry({ mode: 'cached', timeToLive: 3 }), server: server() }, 14.5, {
      faults: [crash(100)],
      inputs: [{ at: 6.5, fault: 'crash' }],
    });
    expect(failedAt(healthy, 'server')).toEqual([7]);
  });

  it('with no address to give, it fails as no-route (P33)', () => {
    const nobody = run({ clients, registry: registry(), server: server(0) }, 2.5);
    expect(nobody.failures).toEqual([{ reason: 'no-route', by: 'registry', source: 'clients', count: 2 }]);
  });
});

describe('how the registry knows its instances', () => {
  const leased = (checks: object, more: object = {}): Parts => ({
    clients,
    registry: registry({ checks: { every: 2, ...checks }, ...more }),
    server: server(),
  });

  it('who misses so many renewals is struck off, who renews so often is entered, and both are seen later (P32)', () => {
    // dead from 2.5 to 8.2; renewals at 2, 4, 6 …
    const events = (checks: object) => {
      const died = run(leased(checks), 16.5, { faults: [crash(5.7)], inputs: [{ at: 2.5, fault: 'crash' }] });
      const marks = died.trace!.marks.flatMap(({ at, kind, detail, instance }) =>
        kind === 'health' ? [`${at / 1000} ${detail} ${instance}`] : [],
      );
      return { marks, failed: failedAt(died, 'server'), registered: died.measures['registry.registered.last']!.value };
    };
    expect(events({})).toEqual({ marks: ['4 struck off 0', '10 registered 0'], failed: [3], registered: 2 });
    expect(events({ unhealthyAfter: 3 })).toEqual({
      marks: ['8 struck off 0', '10 registered 0'],
      failed: [3, 5, 7],
      registered: 2,
    });
    expect(events({ healthyAfter: 3 }).marks).toEqual(['4 struck off 0', '14 registered 0']);
    expect(events({ delay: 3.5 })).toEqual({
      marks: ['7.5 struck off 0', '13.5 registered 0'],
      failed: [3, 5, 7],
      registered: 2,
    });
  });

  it('leases and copies add up: an address may be stale for both together (P32)', () => {
    const both = run(leased({ unhealthyAfter: 2 }, { mode: 'dns', timeToLive: 4 }), 16.5, {
      faults: [crash(100)],
      inputs: [{ at: 2.5, fault: 'crash' }],
    });
    // struck off at 6, in the copy of 5 until 9
    expect(failedAt(both, 'server')).toEqual([3, 5, 7]);
    const late = run(leased({ unhealthyAfter: 2 }, { mode: 'dns', timeToLive: 4 }), 16.5, {
      faults: [crash(100)],
      inputs: [{ at: 0.5, fault: 'crash' }],
    });
    // missed at 2 and 4: the copy of 1 still has it, that of 5 no longer
    expect(failedAt(late, 'server')).toEqual([1, 3]);
  });

  it('a dead address is used for half its time to live on average, and never longer than all of it (P32)', () => {
    const timeToLive = 10;
    const phases = 40;
    let sum = 0;
    let most = 0;
    for (let phase = 0; phase < phases; phase++) {
      const at = 15 + (timeToLive * (phase + 0.5)) / phases;
      const moved = runSystem(
        {
          clients: every(0.02, ['registry']),
          registry: registry({ mode: 'dns', timeToLive }),
          server: takes(0, { instances: 2, line: 'each' }),
        },
        40,
        { faults: [crash(100)], inputs: [{ at, fault: 'crash' }] },
      );
      const lasted = (failedAt(moved, 'server').at(-1) ?? at) - at;
      sum += lasted;
      most = Math.max(most, lasted);
    }
    // every second call goes there, each 0.04: the last one comes so much before the end at most
    expect(Math.abs(sum / phases - timeToLive / 2)).toBeLessThan(0.05);
    expect(most).toBeLessThanOrEqual(timeToLive);
    expect(most).toBeGreaterThan(timeToLive - 0.3);
  });

  it('a copy that is asked all the time is half its time to live old on average (P32)', () => {
    const dense = balanced(
      simulate({
        id: 'dense',
        horizon: 1000,
        parts: {
          clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 50 }, calls: ['registry'] },
          registry: registry({ mode: 'dns', timeToLive: 8 }),
          server: takes(0, { instances: 2, line: 'each' }),
        },
      }),
    );
    // a copy lasts 8 and the gap to the next call, 0.02 on average: ages from 0 to 8, uniform; within three standard errors
    expect(Math.abs(value(dense, 'registry.age.mean') - 4)).toBeLessThan(0.04);
    expect(value(dense, 'registry.age.max')).toBeLessThan(8);
  });
});

describe('which address it is', () => {
  it('in turn, by chance, or always the same as long as the copy lasts (P34)', () => {
    const sent = (spread: string) =>
      slots(run({ clients, registry: registry({ mode: 'dns', timeToLive: 3, spread }), server: server(3) }, 12.5));
    expect(sent('round-robin')).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]);
    expect(sent('one')).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 0]);
    const random = slots(run({ clients, registry: registry({ spread: 'random' }), server: server(3) }, 900.5));
    // 900 calls with chance 1/3: a standard error of 14
    for (const one of [0, 1, 2]) expect(Math.abs(random.filter((slot) => slot === one).length - 300)).toBeLessThan(57);
  });

  it('parts as a whole have one address each, and a weight of 0 takes one out (P34)', () => {
    const parts = run(
      {
        clients,
        registry: registry({}, ['a', 'b', { to: 'c', weight: 0 }]),
        a: takes(0.1),
        b: takes(0.1),
        c: takes(0.1),
      },
      6.5,
    );
    expect(['a', 'b', 'c'].map((id) => value(parts, `registry.sent.${id}`))).toEqual([3, 3, 0]);
    expect(parts.state['registry']!.readings).toEqual({
      targets: ['a', 'b', 'c'],
      listed: ['a', 'b'],
      sent: [3, 3, 0],
      isDown: false,
    });
  });
});

describe('every run with a registry', () => {
  const busy = (mode: string): ScenarioSource => ({
    id: 'busy',
    horizon: 60,
    parts: {
      clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 8 }, calls: ['registry'] },
      others: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 2 }, calls: ['registry'] },
      registry: registry({ mode, timeToLive: 4, lookup: 0.2, checks: { every: 1.5, unhealthyAfter: 2, delay: 0.3 } }),
      server: {
        kind: 'service',
        service: { law: 'exponential', mean: 0.3 },
        instances: 4,
        line: 'each',
        errors: 0.05,
      },
    },
    links: [
      { from: 'clients', to: 'registry', timeout: 0.5, onTimeout: 'cancel', retry: { most: 2 } },
      { from: 'others', to: 'registry', timeout: 0.15 },
      { from: 'registry', to: 'server', latency: 0.02, timeout: 2, loss: 0.01 },
    ],
    faults: [crash(12, 1), down(6)],
    inputs: [
      { at: 10, fault: 'crash' },
      { at: 20, fault: 'down' },
      { at: 24, fault: 'down' },
    ],
  });

  it.each(['fixed', 'dns', 'registry', 'cached'])(
    'keeps its books, is the same twice, and stopped at t is its own beginning: %s (C1, C2, R1, S1)',
    (mode) => {
      const system = busy(mode);
      const whole = balanced(simulate(system, { record: 'trace' }));
      expect(simulate(system).digest).toBe(whole.digest);
      const { hops, parts } = whole.trace!;
      for (const until of [11, 26.5, 47.123]) {
        const { state } = balanced(simulate(system, { until }));
        const now = until * 1e6;
        let inside = 0;
        for (let hop = 0; hop < hops.count; hop++) {
          const isThere = hops.arrivedAt[hop]! >= 0 && hops.arrivedAt[hop]! <= now;
          const hasLeft = hops.endedAt[hop]! >= 0 && hops.endedAt[hop]! <= now;
          if (parts[hops.to[hop]!] === 'registry' && isThere && !hasLeft) inside++;
        }
        expect(state['registry']!.inside).toBe(inside);
      }
    },
  );

  it('does not change what the service draws (R2)', () => {
    const traffic = (calls: string[]): Parts[string] => ({
      kind: 'traffic',
      arrivals: { pattern: 'poisson', rate: 1 },
      calls,
    });
    const own: Parts[string] = { kind: 'service', service: { law: 'exponential', mean: 0.6 } };
    const plain = run({ clients: traffic(['server']), server: own }, 200);
    const found = run({ clients: traffic(['registry']), registry: registry(), server: own }, 200);
    expect(value(found, 'server.response.mean')).toBe(value(plain, 'server.response.mean'));
  });

  it('and a lookup that its caller gives up is not passed on (L2)', () => {
    const given = run({ clients, registry: registry({ lookup: 0.5 }), server: server() }, 5.9, {
      links: [{ from: 'clients', to: 'registry', timeout: 0.3, onTimeout: 'cancel' }],
    });
    expect(value(given, 'server.arrivals')).toBe(0);
    expect(value(given, 'registry.lookups')).toBe(0);
    expect(given.state['registry']!.inside).toBe(0);
  });

  it('follows dials that are turned: time to live and how long a lookup takes', () => {
    const dials: ScenarioSource['dials'] = [
      { id: 'ttl', unit: 'time', min: 0, max: 99, step: 1, start: 2, sets: ['parts.registry.timeToLive'] },
      { id: 'lookup', unit: 'time', min: 0, max: 9, step: 0.1, start: 0, sets: ['parts.registry.lookup'] },
    ];
    const turned = (mode: string) =>
      run({ clients, registry: registry({ mode, timeToLive: 2 }), server: server() }, 10.9, {
        dials,
        inputs: [
          { at: 4.5, dial: 'ttl', value: 5 },
          { at: 7.5, dial: 'lookup', value: 0.25 },
        ],
      });
    // dns: at 1 and 3, then at 8 with its quarter, and at 8.25 + 5 no more
    expect(value(turned('dns'), 'registry.lookups')).toBe(3);
    expect(value(turned('dns'), 'registry.response.max')).toBeCloseTo(0.35, 9);
    // cached: at 2 and 4, then at 9.5
    expect(value(turned('cached'), 'registry.lookups')).toBe(3);
  });

  it('keeps to what its settings cannot mean (B2)', () => {
    const refused = (of: unknown) => () =>
      simulate({ id: 'x', horizon: 1, parts: { clients, registry: registry({}, of), server: takes(1) } });
    expect(refused(['server', 'server'])).toThrow('stands twice');
    expect(refused(['nobody'])).toThrow('no part nobody');
    expect(refused([])).toThrow('too small');
  });
});
