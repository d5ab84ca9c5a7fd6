import { describe, expect, it } from 'vitest';
import { every, run as runSystem, takes, times, type Faults, type Parts } from '../../by-hand.fixture.ts';
import { simulate, theory, type Run, type ScenarioSource } from '../../index.ts';

/** The books of every run must balance. */
function balanced(run: Run): Run {
  expect(run.ledger.conserves).toBe(true);
  for (const { holds } of Object.values(run.ledger.little)) expect(holds).toBe(true);
  return run;
}
const run = (parts: Parts, horizon: number, more: Partial<ScenarioSource> = {}): Run =>
  balanced(runSystem(parts, horizon, more));

const clients = every(1, ['balancer']);
const balancer = (more: object = {}, targets: unknown = ['server']): Parts[string] =>
  ({ kind: 'balancer', targets, ...more }) as Parts[string];
/** A service whose instances each have a line of their own, and one thread: slot i is instance i. */
const fleet = (mean: number, instances: number, more: object = {}) => takes(mean, { instances, line: 'each', ...more });

/** Of each call that the balancer passed on: to which part it went, or to which slot. */
const chosen = ({ trace }: Run): (string | number)[] => {
  const { hops, parts } = trace!;
  const names: (string | number)[] = [];
  for (let hop = 0; hop < hops.count; hop++)
    if (parts[hops.from[hop]!] === 'balancer')
      names.push(parts[hops.to[hop]!] === 'server' ? hops.slot[hop]! : parts[hops.to[hop]!]!);
  return names;
};
const value = (of: Run, measure: string): number => of.measures[measure]!.value!;
const three: Parts = { a: takes(0.1), b: takes(0.1), c: takes(0.1) };
const crash = (instance = 0, duration = 5): Faults => [
  { id: 'crash', part: 'server', action: 'crash', duration, instance },
];

describe('a balancer passes calls on', () => {
  it('to each of its targets, parts or instances, one after the other', () => {
    const parts = run({ clients, balancer: balancer({}, ['a', 'b', 'c']), ...three }, 7.5);
    expect(chosen(parts)).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a']);
    expect(value(parts, 'balancer.sent.a')).toBe(3);
    const instances = run({ clients, balancer: balancer(), server: fleet(0.1, 3) }, 7.5);
    expect(chosen(instances)).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect(instances.state['balancer']!.readings).toMatchObject({
      targets: ['server.0', 'server.1', 'server.2'],
      sent: [3, 2, 2],
    });
  });

  it('in no time, or after the time that it takes (P20)', () => {
    const system = (takes: number) =>
      run({ clients, balancer: balancer({ takes }), server: fleet(0.5, 1) }, 1.9, {
        links: [{ from: 'balancer', to: 'server', latency: 0.1 }],
      });
    expect(times(system(0))).toEqual([
      [1, 1, 1.7],
      [1, 1.1, 1.6],
    ]);
    expect(times(system(0.125))).toEqual([
      [1, 1, 1.825],
      [1.125, 1.225, 1.725],
    ]);
  });

  it('without changing what its targets draw (R2)', () => {
    const traffic: Parts[string] = {
      kind: 'traffic',
      arrivals: { pattern: 'poisson', rate: 1 },
      calls: ['server'],
    };
    const server: Parts[string] = { kind: 'service', service: { law: 'exponential', mean: 0.6 } };
    const plain = run({ clients: traffic, server }, 200);
    const balanced = run(
      { clients: { ...traffic, calls: ['balancer'] } as Parts[string], balancer: balancer(), server },
      200,
    );
    expect(value(balanced, 'server.response.mean')).toBe(value(plain, 'server.response.mean'));
  });

  it('and what fails there keeps its reason and its part (C4)', () => {
    const failing = run({ clients, balancer: balancer(), server: takes(0.1, { errors: 1 }) }, 3.5);
    expect(failing.failures).toEqual([{ reason: 'error', by: 'server', source: 'clients', count: 3 }]);
    expect(value(failing, 'balancer.failed')).toBe(1);
    expect(value(failing, 'balancer.refused')).toBe(0);
  });

  it('and a call that its caller takes back, it takes back too (L2)', () => {
    const cancelled = run({ clients: every(2, ['balancer']), balancer: balancer(), server: takes(5) }, 7, {
      links: [{ from: 'clients', to: 'balancer', timeout: 1, onTimeout: 'cancel' }],
    });
    // each is stopped before the next comes: none ever waits
    expect(value(cancelled, 'server.wait.max')).toBe(0);
    expect(value(cancelled, 'server.completions')).toBe(0);
    expect(cancelled.state['balancer']).toMatchObject({ inside: 0, readings: { underWay: [0] } });
    const early = run({ clients: every(2, ['balancer']), balancer: balancer({ takes: 1.5 }), server: takes(5) }, 7, {
      links: [{ from: 'clients', to: 'balancer', timeout: 1, onTimeout: 'cancel' }],
    });
    expect(chosen(early)).toEqual([]);
  });

  it('and a call that timed out on its own link no longer counts, though its zombie works on (P21)', () => {
    const timedOut = run(
      { clients, balancer: balancer({ policy: 'least-connections', ties: 'first' }), server: fleet(10, 2) },
      3.9,
      { links: [{ from: 'balancer', to: 'server', timeout: 0.5 }] },
    );
    // the first looks free each time although it is busy with the first call
    expect(timedOut.state['balancer']!.readings).toMatchObject({ sent: [3, 0] });
  });

  it('and with nobody to pass them on to it fails them as unavailable (P20)', () => {
    const none = run({ clients, balancer: balancer(), server: fleet(0.1, 0) }, 2.5);
    expect(none.failures).toEqual([{ reason: 'unavailable', by: 'balancer', source: 'clients', count: 2 }]);
    const weightless = run({ clients, balancer: balancer({}, [{ to: 'server', weight: 0 }]), server: takes(0.1) }, 2.5);
    expect(weightless.failures[0]).toMatchObject({ reason: 'unavailable', by: 'balancer', count: 2 });
    for (const policy of [
      'random',
      'weighted',
      'least-connections',
      'power-of-choices',
      'join-shortest-queue',
      'consistent-hash',
      'modulo-hash',
      'sticky',
    ])
      expect(
        value(run({ clients, balancer: balancer({ policy }), server: fleet(0.1, 0) }, 2.5), 'balancer.refused'),
      ).toBe(1);
  });

  it('not while it is down: what comes fails, what is with a target goes on (P28)', () => {
    const faults: Faults = [{ id: 'down', part: 'balancer', action: 'down', duration: 2 }];
    const down = run({ clients, balancer: balancer(), server: fleet(2.2, 4) }, 6.5, {
      faults,
      inputs: [{ at: 1.5, fault: 'down' }],
    });
    expect(times(down).filter((_, i) => down.trace!.parts[down.trace!.hops.to[i]!] === 'balancer')).toEqual([
      [1, 1, 3.2],
      [2, 2, 2],
      [3, 3, 3],
      [4, 4, 6.2],
      [5, 5, null],
      [6, 6, null],
    ]);
    expect(down.failures).toEqual([{ reason: 'unavailable', by: 'balancer', source: 'clients', count: 2 }]);
  });
});

describe('its policies', () => {
  it('by smooth weighted round robin a heavy target does not get its calls in one go (P22)', () => {
    const targets = [{ to: 'a', weight: 5 }, 'b', 'c'];
    const smooth = run({ clients, balancer: balancer({ policy: 'weighted' }, targets), ...three }, 14.5);
    // the published example of nginx
    expect(chosen(smooth)).toEqual(['a', 'a', 'b', 'a', 'c', 'a', 'a', 'a', 'a', 'b', 'a', 'c', 'a', 'a']);
  });

  it('instances may have weights of their own (P22)', () => {
    const targets = [{ to: 'server', weight: 1, instanceWeights: [2, 0] }];
    const weighted = run({ clients, balancer: balancer({ policy: 'weighted' }, targets), server: fleet(0.1, 3) }, 6.5);
    expect(chosen(weighted)).toEqual([0, 2, 0, 0, 2, 0]);
  });

  it('the fewest connections: its own count with this call, divided by the weight (P21)', () => {
    // a: (0+1)/3, then 2/3, then 1; of equals the first
    const targets = [{ to: 'a', weight: 3 }, 'b'];
    const busy = { a: takes(50), b: takes(50) };
    const least = (ties: string) =>
      chosen(run({ clients, balancer: balancer({ policy: 'least-connections', ties }, targets), ...busy }, 8.5));
    expect(least('first')).toEqual(['a', 'a', 'a', 'b', 'a', 'a', 'a', 'b']);
    expect(least('rotate')).toEqual(['a', 'a', 'b', 'a', 'a', 'a', 'b', 'a']);
  });

  it('ties go to the first, to the next, or by chance (P21)', () => {
    const idle = (ties: string) =>
      chosen(run({ clients, balancer: balancer({ policy: 'least-connections', ties }), server: fleet(0.1, 3) }, 300.5));
    expect(new Set(idle('first'))).toEqual(new Set([0]));
    expect(idle('rotate').slice(0, 5)).toEqual([0, 1, 2, 0, 1]);
    const counts = [0, 1, 2].map((slot) => idle('random').filter((one) => one === slot).length);
    // each has 300 calls with chance 1/3: a standard error of 8.2
    for (const count of counts) expect(Math.abs(count - 100)).toBeLessThan(30);
  });

  it('the shortest queue is the true one, whoever filled it (P21)', () => {
    const others: Parts = { others: every(1.4, ['server']) };
    const system = (policy: string): Parts => ({
      clients: every(1.5, ['balancer']),
      ...others,
      // without a balancer all of its calls go to the first instance
      balancer: balancer({ policy, ties: 'first' }),
      server: fleet(10, 2),
    });
    // at 1.4 the other clients have taken the first instance
    expect(run(system('join-shortest-queue'), 1.6).state['balancer']!.readings).toMatchObject({ sent: [0, 1] });
    expect(run(system('least-connections'), 1.6).state['balancer']!.readings).toMatchObject({ sent: [1, 0] });
  });

  it('by chance, in proportion to the weights (P22)', () => {
    const targets = [{ to: 'a', weight: 3 }, 'b', { to: 'c', weight: 0 }];
    const random = run({ clients, balancer: balancer({ policy: 'random' }, targets), ...three }, 1000.5);
    // 1000 calls with chance 3/4: a standard error of 13.7
    expect(Math.abs(value(random, 'balancer.sent.a') - 750)).toBeLessThan(55);
    expect(value(random, 'balancer.sent.a') + value(random, 'balancer.sent.b')).toBe(1000);
  });

  it('by chance, a target that is gone changes only the choices that would have met it (R2)', () => {
    const system: Parts = { clients, balancer: balancer({ policy: 'random' }), server: fleet(0.1, 5) };
    const whole = chosen(run(system, 200.5));
    const halved = chosen(run(system, 200.5, { faults: crash(2, 1000), inputs: [{ at: 0.5, fault: 'crash' }] }));
    expect(halved.filter((slot, i) => slot !== whole[i]).length).toBe(whole.filter((slot) => slot === 2).length);
    expect(halved).not.toContain(2);
  });

  it('draws different targets for one call, or with replacement perhaps the same twice (P23)', () => {
    const system = (replacement: boolean, choices: number): Parts => ({
      clients: every(1, ['balancer']),
      balancer: balancer({ policy: 'power-of-choices', choices, replacement }, ['a', 'b']),
      a: takes(1e6),
      b: takes(1e6),
    });
    /** Of the calls that met two lines of unequal length, the share that joined the longer one. */
    const toLonger = (of: Run) => {
      const lengths = { a: 0, b: 0 };
      let unequal = 0;
      let longer = 0;
      for (const one of chosen(of) as ('a' | 'b')[]) {
        const other = one === 'a' ? 'b' : 'a';
        if (lengths[one] !== lengths[other]) unequal++;
        if (lengths[one] > lengths[other]) longer++;
        lengths[one]++;
      }
      return longer / unequal;
    };
    expect(toLonger(run(system(false, 2), 2000.5))).toBe(0);
    // more than there are: all of them
    expect(toLonger(run(system(false, 50), 2000.5))).toBe(0);
    // both draws hit the longer one: a quarter, with a standard error of 0.011
    expect(Math.abs(toLonger(run(system(true, 2), 2000.5)) - 1 / 4)).toBeLessThan(0.04);
    // one choice is no choice
    expect(Math.abs(toLonger(run(system(false, 1), 2000.5)) - 1 / 2)).toBeLessThan(0.04);
  });

  it('finds the few that are up among many that are not', () => {
    for (const policy of ['random', 'power-of-choices', 'consistent-hash', 'modulo-hash']) {
      const few = run({ clients, balancer: balancer({ policy, choices: 3 }), server: fleet(0.1, 40) }, 60.5, {
        faults: Array.from({ length: 38 }, (_, i) => ({ ...crash(i, 1e3)[0]!, id: `crash${i}` })).slice(0, 30),
        inputs: Array.from({ length: 30 }, (_, i) => ({ at: 0.5, fault: `crash${i}` })),
      });
      expect(value(few, 'clients.answered')).toBe(60);
      expect(value(few, 'balancer.stale')).toBe(0);
    }
  });

  it('with old loads everybody runs to the target that was least loaded (P24)', () => {
    const herd = run(
      {
        clients: every(0.25, ['balancer']),
        balancer: balancer({ policy: 'join-shortest-queue', ties: 'first', staleFor: 1 }, ['a', 'b']),
        a: takes(100),
        b: takes(100),
      },
      4.1,
    );
    // at 1, 2 and 3 the loads are read before the call of that moment is sent
    expect(chosen(herd).join('')).toBe('aaabbbbaaaabbbba');
    const fresh = run(
      {
        clients: every(0.25, ['balancer']),
        balancer: balancer({ policy: 'join-shortest-queue', ties: 'first' }, ['a', 'b']),
        a: takes(100),
        b: takes(100),
      },
      4.1,
    );
    expect(chosen(fresh).join('')).toBe('abababababababab');
  });

  it('frozen, it goes by the loads of the moment when that began (P28)', () => {
    const frozen = run(
      {
        clients,
        balancer: balancer({ policy: 'least-connections', ties: 'first' }, ['a', 'b']),
        a: takes(100),
        b: takes(100),
      },
      9.5,
      {
        faults: [{ id: 'freeze', part: 'balancer', action: 'freeze', duration: 4 }],
        inputs: [{ at: 1.5, fault: 'freeze' }],
      },
    );
    expect(chosen(frozen).join('')).toBe('abbbbaaaa');
  });
});

describe('by key', () => {
  const keyed = (count: number, rate = 1000): Parts[string] => ({
    kind: 'traffic',
    arrivals: { pattern: 'constant', rate },
    keys: { count, law: 'uniform' },
    calls: ['balancer'],
  });
  const scale: Partial<ScenarioSource> = {
    dials: [{ id: 'instances', unit: 'count', min: 0, max: 100, step: 1, start: 9, sets: ['parts.server.instances'] }],
  };
  /** Ten thousand calls with nine instances, then as many with ten: about each of 1000 keys is met in both. */
  const grown = (policy: string, more: object = {}) =>
    balanced(
      simulate(
        {
          id: 'grown',
          horizon: 20,
          parts: { clients: keyed(1000), balancer: balancer({ policy, ...more }), server: fleet(1e-6, 9) },
          ...scale,
          inputs: [{ at: 10, dial: 'instances', value: 10 }],
        },
        {},
      ),
    );

  it('consistent hashing moves only the keys of the new target, modulo hashing nearly all (P25)', () => {
    // every key is mapped anew once: moved keys are the share of 20 000 calls that is remapped, times 20
    const moved = (of: Run) => 20 * value(of, 'balancer.remapped');
    // a tenth of the keys; with 100 places each, its share of the ring has a standard deviation of about a tenth of that
    expect(Math.abs(moved(grown('consistent-hash')) - 0.1)).toBeLessThan(0.05);
    // all but a tenth: a standard error of 0.01
    expect(Math.abs(moved(grown('modulo-hash')) - 0.9)).toBeLessThan(0.04);
    expect(value(grown('sticky'), 'balancer.remapped')).toBe(0);
  });

  it('the keys of a target that is gone go to the next ones on the ring, and come back (P25)', () => {
    const system: ScenarioSource = {
      id: 'gone',
      horizon: 40,
      parts: { clients: keyed(500, 250), balancer: balancer({ policy: 'consistent-hash' }), server: fleet(1e-6, 5) },
      faults: crash(3, 10),
      inputs: [{ at: 20, fault: 'crash' }],
    };
    const whole = chosen(runSystem(system.parts, 40));
    const broken = balanced(simulate(system, { record: 'trace' }));
    const moved = chosen(broken).flatMap((slot, i) => (slot === whole[i] ? [] : [whole[i]]));
    expect(new Set(moved)).toEqual(new Set([3]));
    expect(chosen(broken).slice(0, 4900)).toEqual(whole.slice(0, 4900));
    expect(chosen(broken).slice(7600)).toEqual(whole.slice(7600));
  });

  it('with a bound on the load no target has more than so many times its even share (P25)', () => {
    const oneKey = (boundedLoad: number | null) =>
      run(
        { clients: keyed(1, 1), balancer: balancer({ policy: 'consistent-hash', boundedLoad }), server: fleet(1e4, 4) },
        40.5,
      ).state['balancer']!.readings!['sent'] as number[];
    expect(oneKey(null).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 40]);
    // when the 40th comes 39 are under way: at most ceil(1.25 × 40 / 4) each
    expect(Math.max(...oneKey(1.25))).toBe(13);
  });

  it('a sticky key stays where it is until that target is gone, and does not come back (P25)', () => {
    const sticky = run(
      { clients: keyed(1, 1), balancer: balancer({ policy: 'sticky' }), server: fleet(0.1, 3) },
      10.5,
      { faults: crash(0, 3), inputs: [{ at: 3.5, fault: 'crash' }] },
    );
    expect(chosen(sticky)).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
    expect(value(sticky, 'balancer.remapped')).toBe(0.1);
  });

  it('sticky keys are shared out evenly at first (P25)', () => {
    const sticky = balanced(
      simulate({
        id: 's',
        horizon: 20,
        parts: { clients: keyed(100), balancer: balancer({ policy: 'sticky' }), server: fleet(1e-6, 4) },
      }),
    );
    // 100 keys in turn: 25 each, which are then asked for equally often; 5000 calls each, with a standard error of 61
    for (const sent of sticky.state['balancer']!.readings!['sent'] as number[])
      expect(Math.abs(sent - 5000)).toBeLessThan(250);
  });
});

describe('what it knows of its targets', () => {
  it('the truth: a target that dies gets nothing more, one that is started is used at once (P26)', () => {
    const died = run({ clients, balancer: balancer(), server: fleet(0.1, 2) }, 9.5, {
      faults: crash(0, 3),
      inputs: [{ at: 2.5, fault: 'crash' }],
    });
    expect(chosen(died)).toEqual([0, 1, 1, 1, 1, 0, 1, 0, 1]);
    expect(value(died, 'clients.failed')).toBe(0);
    const scaled = run({ clients, balancer: balancer(), server: fleet(0.1, 1, { startUp: 2 }) }, 7.5, {
      dials: [{ id: 'n', unit: 'count', min: 0, max: 9, step: 1, start: 1, sets: ['parts.server.instances'] }],
      inputs: [{ at: 2.5, dial: 'n', value: 2 }],
    });
    expect(chosen(scaled)).toEqual([0, 0, 0, 0, 1, 0, 1]);
    expect(scaled.measures['balancer.healthy.max']!.value).toBe(2);
  });

  const checked = (checks: object, more: object = {}): Parts => ({
    clients,
    balancer: balancer({ knows: 'checks', checks: { every: 2, ...checks }, ...more }),
    server: fleet(0.1, 2),
  });
  /** The calls that failed, by when they were sent. */
  const failedAt = (of: Run) => {
    const { hops, parts } = of.trace!;
    const at: number[] = [];
    for (let hop = 0; hop < hops.count; hop++)
      if (parts[hops.from[hop]!] === 'clients' && hops.fate[hop]! > 1) at.push(hops.sentAt[hop]! / 1000);
    return at;
  };

  it('by checks: calls go to a dead target until enough of them have failed (P26)', () => {
    const died = (checks: object) =>
      run(checked(checks), 20.5, { faults: crash(0, 8.2), inputs: [{ at: 2.5, fault: 'crash' }] });
    // dead from 2.5 to 10.7; checks at 2, 4, 6 … A check comes before the call of the same moment, which was planned later
    const one = died({});
    expect(failedAt(one)).toEqual([3]);
    expect(one.failures).toEqual([{ reason: 'unavailable', by: 'server', source: 'clients', count: 1 }]);
    expect(value(one, 'balancer.stale')).toBe(1 / 20);
    expect(one.trace!.marks.flatMap(({ at, kind, detail }) => (kind === 'health' ? [[at, detail]] : []))).toEqual([
      [4000, 'unhealthy'],
      [12000, 'healthy'],
    ]);
    expect(failedAt(died({ unhealthyAfter: 2 }))).toEqual([3, 5]);
    expect(failedAt(died({ unhealthyAfter: 3 }))).toEqual([3, 5, 7]);
    // noticed at 4, and known at 7.5
    expect(failedAt(died({ delay: 3.5 }))).toEqual([3, 5, 7]);
    // it is up at 12 and 14, and used again from then on
    const back = chosen(died({ healthyAfter: 2 }));
    expect(back.slice(3, 13)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(back.slice(13)).toContain(0);
  });

  it('a check sees a target that stands still, and a target that is new only after enough good checks (P26)', () => {
    const paused = run(checked({}), 8.5, {
      faults: [{ id: 'pause', part: 'server', action: 'pause', duration: 5, instance: 0 }],
      inputs: [{ at: 2.5, fault: 'pause' }],
    });
    expect(paused.trace!.marks.flatMap(({ at, detail, kind }) => (kind === 'health' ? [[at, detail]] : []))).toEqual([
      [4000, 'unhealthy'],
      [8000, 'healthy'],
    ]);
    const scaled = run(checked({ healthyAfter: 2 }), 9.5, {
      dials: [{ id: 'n', unit: 'count', min: 0, max: 9, step: 1, start: 2, sets: ['parts.server.instances'] }],
      inputs: [{ at: 2.5, dial: 'n', value: 3 }],
    });
    // good at 4 and at 6: the turn at 6 is the second one's, and the new one's comes after it
    expect(chosen(scaled)).toEqual([0, 1, 0, 1, 0, 1, 2, 0, 1]);
  });

  it('nothing: it goes on with the targets of the start, dead or not, and never finds another (P26)', () => {
    const system: Parts = { clients, balancer: balancer({ knows: 'nothing' }), server: fleet(0.1, 2) };
    const blind = run(system, 8.5, {
      faults: crash(0, 1e3),
      dials: [{ id: 'n', unit: 'count', min: 0, max: 9, step: 1, start: 2, sets: ['parts.server.instances'] }],
      inputs: [
        { at: 2.5, fault: 'crash' },
        { at: 3.5, dial: 'n', value: 3 },
      ],
    });
    expect(failedAt(blind)).toEqual([3, 5, 7]);
    expect(value(blind, 'balancer.stale')).toBe(3 / 8);
  });

  it('what has just become ready is given less at first (P27)', () => {
    const slow = (policy: string) =>
      balanced(
        simulate({
          id: 'slow-start',
          horizon: 200,
          parts: {
            clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 100 }, calls: ['balancer'] },
            balancer: balancer({ policy, slowStart: { lasts: 100, from: 0.2 } }),
            server: fleet(1e-6, 2),
          },
          faults: crash(0, 100),
          inputs: [{ at: 0, fault: 'crash' }],
        }),
      ).state['balancer']!.readings!['sent'] as number[];
    // of 10 000 calls of the second half: weight w against 1, w from 0.2 to 1: the mean of w / (1 + w), by hand:
    // 1 − ln(2 / 1.2) / 0.8 = 0.3615
    expect(Math.abs(slow('weighted')[0]! - 3615)).toBeLessThan(5);
    // by chance: a standard error of 47
    expect(Math.abs(slow('random')[0]! - 3615)).toBeLessThan(190);
    // in turn, passed over: each time it comes up with chance w, so also w / (1 + w)
    expect(Math.abs(slow('round-robin')[0]! - 3615)).toBeLessThan(190);
  });
});

describe('what it makes of failures', () => {
  /** `a` fails at once, `b` takes its time; either could take all of the ten calls a second. */
  const blackHole = (more: object): Parts => ({
    clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 10 }, calls: ['balancer'] },
    balancer: balancer({ policy: 'least-connections', ties: 'first', ...more }, ['b', 'a']),
    a: takes(0, { errors: 1 }),
    b: takes(0.95, { threads: null }),
  });

  it('by its own count a target that fails fast attracts all: a black hole (P29)', () => {
    const hole = run(blackHole({}), 20.05);
    // b is free again each 0.95 s, when one call goes there; the other nine go into the hole
    expect(value(hole, 'balancer.sent.a')).toBe(180);
    expect(value(hole, 'clients.failures.error')).toBe(180);
  });

  it('a failed call that goes on counting for a while fills the hole, if failures are seen at all (P29)', () => {
    const penalty = (more: object) => value(run(blackHole({ failurePenalty: 4, ...more }), 20.05), 'balancer.sent.a');
    expect(penalty({ seesFailures: false })).toBe(180);
    expect(penalty({ counts: ['timeout'] })).toBe(180);
    // b then carries about ten, and a as many in four seconds: 2.5 a second
    const filled = penalty({});
    expect(filled).toBeGreaterThan(20);
    expect(filled).toBeLessThan(60);
  });

  it('who fails so often in a row is left out for a while (P30)', () => {
    const outliers = { consecutive: 3, ejectFor: 4 };
    const ejected = run(
      { clients, balancer: balancer({ outliers }, ['a', 'b']), a: takes(0, { errors: 1 }), b: takes(0.1) },
      14.5,
    );
    // a fails at 1, 3 and 5, is out until 9, and then anew after three
    expect(chosen(ejected).join('')).toBe('abababbbababab');
    expect(
      ejected.trace!.marks.flatMap(({ at, kind, detail, part }) => (kind === 'health' ? [[at, part, detail]] : [])),
    ).toEqual([
      [5000, 'a', 'ejected'],
      [9000, 'a', 'put back'],
      [13000, 'a', 'ejected'],
    ]);
    const blind = run(
      {
        clients,
        balancer: balancer({ outliers, seesFailures: false }, ['a', 'b']),
        a: takes(0, { errors: 1 }),
        b: takes(0.1),
      },
      14.5,
    );
    expect(value(blind, 'clients.failures.error')).toBe(7);
  });

  it('an answer ends the row of failures, and no more than the share is left out (P30)', () => {
    const failing = takes(0, { errors: 1 });
    const all = (mostShare: number) =>
      run(
        {
          clients: every(0.1, ['balancer']),
          balancer: balancer({ outliers: { consecutive: 2, ejectFor: 1e6, mostShare } }, ['a', 'b', 'c', 'd']),
          a: failing,
          b: failing,
          c: failing,
          d: failing,
        },
        20.05,
      ).measures['balancer.ejected.last']!.value;
    expect(all(0)).toBe(0);
    expect(all(0.3)).toBe(1);
    expect(all(0.5)).toBe(2);
    expect(all(1)).toBe(4);
    const wavering = run(
      {
        clients: every(0.1, ['balancer']),
        balancer: balancer({ outliers: { consecutive: 100, ejectFor: 1 } }, ['a', 'b']),
        a: takes(0, { errors: 0.5 }),
        b: takes(0),
      },
      100.05,
    );
    expect(wavering.measures['balancer.ejected.max']!.value).toBe(0);
  });
});

describe('every run with a balancer', () => {
  const busy = (policy: string): ScenarioSource => ({
    id: 'busy',
    horizon: 60,
    parts: {
      clients: {
        kind: 'traffic',
        arrivals: { pattern: 'poisson', rate: 8 },
        keys: { count: 50, law: 'zipf' },
        calls: ['balancer'],
      },
      balancer: balancer({
        policy,
        takes: 0.01,
        knows: 'checks',
        checks: { every: 1.5, unhealthyAfter: 2, delay: 0.3 },
        staleFor: 0.7,
        failurePenalty: 2,
        outliers: { consecutive: 3, ejectFor: 5 },
        slowStart: { lasts: 10 },
        boundedLoad: 1.5,
      }),
      server: fleet(0.4, 4, { service: { law: 'exponential', mean: 0.4 }, errors: 0.1 }),
    },
    links: [
      { from: 'clients', to: 'balancer', timeout: 3, onTimeout: 'cancel', retry: { most: 2 } },
      { from: 'balancer', to: 'server', latency: 0.02, timeout: 2, loss: 0.01 },
    ],
    faults: [
      ...crash(1, 12),
      { id: 'freeze', part: 'balancer', action: 'freeze', duration: 6 },
      { id: 'down', part: 'balancer', action: 'down', duration: 2 },
    ],
    inputs: [
      { at: 10, fault: 'crash' },
      { at: 12, fault: 'freeze' },
      { at: 30, fault: 'down' },
      { at: 31, fault: 'down' },
    ],
  });
  const policies = [
    'random',
    'round-robin',
    'weighted',
    'least-connections',
    'power-of-choices',
    'join-shortest-queue',
    'consistent-hash',
    'modulo-hash',
    'sticky',
  ];

  it.each(policies)(
    'keeps its books, is the same twice, and stopped at t is its own beginning: %s (C1, C2, R1, S1)',
    (policy) => {
      const system = busy(policy);
      const whole = balanced(simulate(system, { record: 'trace' }));
      expect(simulate(system).digest).toBe(whole.digest);
      for (const until of [11, 30.5, 47.123]) {
        const { state } = balanced(simulate(system, { until }));
        const { hops, parts } = whole.trace!;
        const now = until * 1e6;
        let inside = 0;
        for (let hop = 0; hop < hops.count; hop++)
          if (
            parts[hops.to[hop]!] === 'balancer' &&
            hops.arrivedAt[hop]! >= 0 &&
            hops.arrivedAt[hop]! <= now &&
            !(hops.endedAt[hop]! >= 0 && hops.endedAt[hop]! <= now)
          )
            inside++;
        expect(state['balancer']!.inside).toBe(inside);
      }
    },
  );

  it('follows a dial that is turned: weights, time, choices and how old the loads are', () => {
    const turned = run(
      {
        clients,
        balancer: balancer({ policy: 'weighted', takes: 0 }, [
          { to: 'a', weight: 1 },
          { to: 'b', weight: 1 },
        ]),
        a: takes(0),
        b: takes(0),
      },
      8.9,
      {
        dials: [
          {
            id: 'weight',
            unit: 'number',
            min: 0,
            max: 9,
            step: 1,
            start: 1,
            sets: ['parts.balancer.targets.0.weight'],
          },
          { id: 'takes', unit: 'time', min: 0, max: 9, step: 0.1, start: 0, sets: ['parts.balancer.takes'] },
        ],
        inputs: [
          { at: 4.5, dial: 'weight', value: 0 },
          { at: 6.5, dial: 'takes', value: 0.2 },
        ],
      },
    );
    expect(chosen(turned).join('')).toBe('ababbbbb');
    expect(value(turned, 'balancer.response.max')).toBeCloseTo(0.2, 9);
    const two = (policy: string, more: object, place: string, start: number, value: number) =>
      chosen(
        run(
          { clients, balancer: balancer({ policy, ties: 'first', ...more }, ['a', 'b']), a: takes(1e6), b: takes(1e6) },
          40.5,
          {
            dials: [{ id: 'dial', unit: 'number', min: 0, max: 99, step: 1, start, sets: [`parts.balancer.${place}`] }],
            inputs: [{ at: 20.5, dial: 'dial', value }],
          },
        ),
      ).join('');
    // the luck of one choice leaves the lines unequal; two choices even them out, and then take turns
    expect(two('power-of-choices', { choices: 1 }, 'choices', 1, 2)).toMatch(/(abab|baba|abba|baab)$/);
    // read at every moment, the loads are even at 20; from 20.5 on they are read each 5
    expect(two('join-shortest-queue', { staleFor: 1 }, 'staleFor', 1, 5)).toMatch(/^(ab){10}a{5}b{5}/);
  });

  it('keeps to what its settings cannot all mean at once (B2)', () => {
    const refused = (more: object, targets: unknown) => () =>
      simulate({ id: 'x', horizon: 1, parts: { clients, balancer: balancer(more, targets), server: takes(1) } });
    expect(refused({ knows: 'checks' }, ['server'])).toThrow('parts.balancer.checks');
    expect(refused({}, ['server', 'server'])).toThrow('stands twice');
    expect(refused({}, ['nobody'])).toThrow('no part nobody');
    expect(refused({}, [])).toThrow('too small');
  });
});

describe('published and exact values', () => {
  const system = (
    policy: string,
    rate: number,
    instances: number,
    customers: number,
    more: object = {},
  ): ScenarioSource => ({
    id: 'golden',
    horizon: (1.05 * customers) / rate,
    warmUp: (0.05 * customers) / rate,
    parts: {
      clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate }, calls: ['balancer'] },
      balancer: balancer({ policy, ...more }),
      server: { kind: 'service', service: { law: 'exponential', mean: 1 }, instances, line: 'each' },
    },
  });
  const response = (...given: Parameters<typeof system>) =>
    balanced(simulate(system(...given))).measures['server.response.mean']!;

  it('two lines, the shorter joined: within two half-widths of the exact mean', () => {
    const { value, halfWidth } = response('join-shortest-queue', 1, 2, 150_000);
    expect(theory.responseShorterOfTwo(1, 1)).toBeCloseTo(1.4263207512, 6);
    expect(Math.abs(value! - 1.4263207512)).toBeLessThan(Math.min(0.04, 2 * halfWidth!));
  });

  it('by chance each line is M/M/1, in turn E2/M/1', () => {
    const random = response('random', 1, 2, 150_000);
    expect(Math.abs(random.value! - theory.responseRandom(1, 1, 2))).toBeLessThan(2 * random.halfWidth!);
    const turns = response('round-robin', 1, 2, 150_000);
    expect(Math.abs(turns.value! - 1.6180339887)).toBeLessThan(2 * turns.halfWidth!);
  });

  it.each([
    [0.5, 2, 0.0127],
    [0.5, 5, 0.0103],
    [0.8, 3, 0.0237],
  ])('the supermarket model at a load of %d with %d choices (Mitzenmacher 2001)', (load, choices, tolerance) => {
    const more = { choices, sees: 'true', replacement: true };
    const { value } = response('power-of-choices', 500 * load, 500, 600_000, more);
    expect(Math.abs(value! - theory.responseChoices(load, 1, choices))).toBeLessThan(tolerance);
  });
});
