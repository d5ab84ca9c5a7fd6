import { describe, expect, it } from 'vitest';
import { every, run, takes, type Parts } from '../../by-hand.fixture.ts';
import { parseScenario, simulate, theory, type Run, type ScenarioSource } from '../../index.ts';

const constant = (mean: number) => ({ law: 'constant', mean });
const exponential = (mean: number) => ({ law: 'exponential', mean });

const chaos = (more: object): Parts[string] =>
  ({
    kind: 'chaos',
    part: 'server',
    action: 'crash',
    every: constant(10),
    lasts: constant(3),
    ...more,
  }) as Parts[string];

function expectSoundBooks({ ledger }: Run): void {
  expect(ledger.conserves).toBe(true);
  for (const { holds } of Object.values(ledger.little)) expect(holds).toBe(true);
}

/** When what broke and was mended, in seconds. */
const faults = ({ trace }: Run) =>
  trace!.marks
    .filter(({ kind, part }) => kind.startsWith('fault-') && part !== 'chaos')
    .map(({ at, kind, instance }) => [at / 1000, kind === 'fault-begins' ? 'breaks' : 'is mended', instance]);

const quiet = (own: object, server: object = {}, horizon = 40, more: Partial<ScenarioSource> = {}) =>
  run({ clients: every(1), server: takes(0.25, server), chaos: chaos(own) }, horizon, more);

describe('chaos', () => {
  it('lets each instance live and be mended by itself, one life after the other', () => {
    const broken = quiet({}, { instances: 2 }, 30);
    expect(faults(broken)).toEqual([
      [10, 'breaks', 0],
      [10, 'breaks', 1],
      [13, 'is mended', 0],
      [13, 'is mended', 1],
      [23, 'breaks', 0],
      [23, 'breaks', 1],
      [26, 'is mended', 0],
      [26, 'is mended', 1],
    ]);
    expect(broken.measures['chaos.faults']!.value).toBe(4);
    expect(broken.measures['chaos.down.mean']!.value).toBeCloseTo(12 / 30, 12);
    expect(broken.measures['chaos.up.mean']!.value).toBeCloseTo(2 - 12 / 30, 12);
    expect(broken.measures['chaos.available']!.value).toBeCloseTo(1 - 6 / 30, 12);
    expect(broken.measures['chaos.lifetime.mean']!.value).toBe(10);
    expect(broken.measures['chaos.repair.mean']!.value).toBe(3);
    // in the dark are the requests of 11, 12, 13, 24, 25 and 26 s, or those of 10 and 23 s: three each time
    expect(broken.failures).toEqual([{ reason: 'unavailable', by: 'server', source: 'clients', count: 6 }]);
    expect(broken.state['chaos']!.readings).toEqual({ faults: 4, underWay: 0, up: 2 });
    expectSoundBooks(broken);
  });

  it('counts an instance as up when it is ready again, and not while it starts', () => {
    const slow = quiet({}, { startUp: 2 }, 30);
    // of each cycle of 13 s it is mended after three, and ready two later
    expect(slow.measures['chaos.available']!.value).toBeCloseTo(1 - (5 + 5) / 30, 12);
    expect(slow.measures['chaos.down.mean']!.value).toBeCloseTo(6 / 30, 12);
  });

  it('breaks one at random that is up, and goes on while that is broken', () => {
    const random = quiet({ which: 'random', every: constant(2), lasts: constant(5) }, { instances: 2 }, 13);
    const seen = faults(random);
    expect(seen.map(([at, what]) => [at, what])).toEqual([
      [2, 'breaks'],
      [4, 'breaks'],
      // at 6 s nobody is left; at 7 and 9 s they are back
      [7, 'is mended'],
      [8, 'breaks'],
      [9, 'is mended'],
      [10, 'breaks'],
      [13, 'is mended'],
    ]);
    expect(new Set([seen[0]![2], seen[1]![2]])).toEqual(new Set([0, 1]));
    expectSoundBooks(random);
    const picked = faults(quiet({ which: 'random', every: constant(2), lasts: constant(1) }, { instances: 4 }, 400));
    const often = [0, 1, 2, 3].map(
      (i) => picked.filter(([, what, instance]) => what === 'breaks' && instance === i).length,
    );
    // 199 draws of four: three standard errors are 18
    for (const times of often) expect(Math.abs(times - 199 / 4)).toBeLessThan(18);
  });

  it('breaks a zone with all that is in it', () => {
    const zoned = quiet(
      { which: 'zone', action: 'zone-outage', zones: 2, needed: 3, lasts: constant(4) },
      { instances: 5, zones: 2 },
      19,
    );
    const [[at, , zone]] = faults(zoned) as [[number, string, number]];
    expect(at).toBe(10);
    expect(zoned.measures['chaos.up.mean']!.value).toBeCloseTo(5 - ((zone === 0 ? 3 : 2) * 4) / 19, 12);
    expect(zoned.measures['chaos.available']!.value).toBeCloseTo(zone === 0 ? 15 / 19 : 1, 12);
    expect(zoned.trace!.marks.filter(({ detail }) => detail === 'dead').map(({ instance }) => instance! % 2)).toEqual(
      zone === 0 ? [0, 0, 0] : [1, 1],
    );
  });

  it('breaks the part as a whole, by any action it knows and as strongly as it is told', () => {
    const slowed = run(
      {
        clients: every(10),
        server: takes(1),
        chaos: chaos({ which: 'all', action: 'slow', amount: 4, every: constant(15), lasts: constant(10) }),
      },
      45,
    );
    expect([...slowed.trace!.hops.endedAt].map((at, i) => at - slowed.trace!.hops.startedAt[i]!)).toEqual([
      1000, 4000, 1000, 4000,
    ]);
    expect(slowed.measures['chaos.available']!.value).toBeCloseTo(1 - 15 / 45, 12);
    expect(faults(slowed)[0]).toEqual([15, 'breaks', undefined]);
    const surge = run(
      {
        clients: every(1),
        server: takes(0),
        chaos: chaos({ part: 'clients', which: 'all', action: 'surge', amount: 10 }),
      },
      13,
    );
    expect(surge.measures['clients.made']!.value).toBe(10 + 30);
  });

  it('an instance that stands still is ready and yet not up', () => {
    const paused = quiet({ action: 'pause', needed: 2 }, { instances: 2 }, 13);
    expect(paused.measures['server.instances.mean']!.value).toBe(2);
    expect(paused.measures['chaos.available']!.value).toBeCloseTo(10 / 13, 12);
  });

  it('gives a life to what is started later', () => {
    const grown = run(
      {
        clients: every(1),
        server: takes(0.25),
        scaler: { kind: 'autoscaler', part: 'server', rule: 'scheduled', schedule: [{ at: 4, instances: 2 }] },
        chaos: chaos({}),
      },
      20,
    );
    expect(faults(grown)).toEqual([
      [10, 'breaks', 0],
      [13, 'is mended', 0],
      [14, 'breaks', 1],
      [17, 'is mended', 1],
    ]);
  });

  it('begins and ends when it is told; in a calm nothing more breaks', () => {
    expect(faults(quiet({ from: 5, until: 20 })).map(([at]) => at)).toEqual([15, 18]);
    expect(faults(quiet({ from: 5, until: 15 })).map(([at]) => at)).toEqual([15, 18]);
    const calm = quiet({}, {}, 40, {
      faults: [{ id: 'calm', part: 'chaos', action: 'calm', duration: 14 }],
      inputs: [{ at: 11, fault: 'calm' }],
    });
    // the life that ends at 23 s goes on as a new one
    expect(faults(calm).map(([at]) => at)).toEqual([10, 13, 33, 36]);
  });

  it('with lives and repairs of no time still lets the run come to its end', () => {
    const mad = simulate({
      id: 'mad',
      horizon: 10,
      time: { unit: 's', ticks: 1000 },
      parts: {
        clients: every(1),
        server: takes(0.5, { instances: 3 }),
        chaos: chaos({ every: constant(0), lasts: constant(0) }),
      },
    });
    expect(mad.ended).toBe('horizon');
    expectSoundBooks(mad);
  });

  /** A service that nobody needs to call often, so that a run is made of faults only. */
  const long = (instances: number, own: object, horizon = 1_000_000) =>
    simulate({
      id: 'long',
      horizon,
      time: { unit: 's', ticks: 1000 },
      parts: { clients: every(horizon / 10), server: takes(1, { instances }), chaos: chaos(own) },
    });

  it('with a mean time to fail of 1000 and to repair of 10, works 99.0099 percent of the time', () => {
    const { measures } = long(100, { every: exponential(1000), lasts: exponential(10) }, 300_000);
    const downShare = measures['chaos.down.mean']!.value! / 100;
    // each of about 29,700 cycles adds a fault and its length: the relative error of what is missing is √(2 ÷ cycles)
    const error = 0.0099 * Math.sqrt(2 / 29_700);
    expect(Math.abs(1 - downShare - 0.9900990099)).toBeLessThan(3 * error);
    expect(theory.availability(1000, 10)).toBeCloseTo(0.9900990099, 10);
    // a count of independent lives, whose error is the root of their number
    expect(Math.abs(measures['chaos.faults']!.value! - 3e7 * theory.failureRate(1000, 10))).toBeLessThan(
      3 * Math.sqrt(29_700),
    );
  });

  it('two of three work for as long as the binomial says', () => {
    const own = { every: exponential(100), lasts: exponential(20), needed: 2 };
    const value = long(3, own).measures['chaos.available']!;
    const expected = theory.redundantAvailability(theory.availability(100, 20), 3, 2);
    expect(value.halfWidth).toBeLessThan(0.005);
    // the half-width is 2.09 standard errors
    expect(Math.abs(value.value! - expected)).toBeLessThan((3 / 2.09) * value.halfWidth!);
    // independent of each other, and of how lives are distributed, as long as their means are the same
    const even = long(3, { ...own, every: { law: 'weibull', shape: 3, scale: 100 / 0.8929795115692493 } }).measures[
      'chaos.available'
    ]!;
    expect(Math.abs(even.value! - expected)).toBeLessThan((3 / 2.09) * even.halfWidth! + 0.002);
  });

  it('lifetimes by Weibull have the mean that the gamma function says', () => {
    for (const [shape, mean, deviation] of [
      [0.5, 200, 447],
      [1, 100, 100],
      [3, 89.2979511569, 32.5],
    ] as const) {
      const { measures } = long(50, { every: { law: 'weibull', shape, scale: 100 }, lasts: constant(0) }, 50_000);
      const lives = measures['chaos.lifetime.mean']!;
      expect(lives.samples).toBeGreaterThan(12_000);
      expect(Math.abs(lives.value! - mean)).toBeLessThan((3 * deviation) / Math.sqrt(lives.samples));
    }
  });

  it('breaks the same instances at the same times under every design (A8)', () => {
    const own = { every: exponential(20), lasts: exponential(5) };
    const few = faults(quiet(own, { instances: 2 }, 300));
    const many = faults(
      run({ more: every(0.1), clients: every(1), chaos: chaos(own), server: takes(0.1, { instances: 3 }) }, 300),
    );
    expect(many.filter(([, , instance]) => instance !== 2)).toEqual(few);
  });

  it('with autoscaler, deployer and chaos at one service at the same time, the books hold and a run can be repeated', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const scenario: ScenarioSource = {
        id: 'storm',
        horizon: 600,
        seed,
        time: { unit: 's', ticks: 1000 },
        parts: {
          clients: {
            kind: 'traffic',
            arrivals: { pattern: 'sine', rate: 12, swing: 0.8, period: 200 },
            calls: ['server'],
          },
          server: {
            kind: 'service',
            instances: 3,
            mostInstances: 8,
            line: seed % 2 === 0 ? 'each' : 'shared',
            threads: seed % 3 === 0 ? null : 2,
            holdsThread: seed % 5 !== 0,
            calls: ['store'],
            finish: { law: 'exponential', mean: 0.05 },
            waitsForInstances: seed % 7 === 0,
            startUp: exponential(8) as never,
            gracePeriod: seed % 4 === 0 ? 1 : null,
            service: { law: 'exponential', mean: 0.3 },
            leak: seed % 6 === 0 ? { limit: 200, slower: 2 } : null,
            versions: [{ id: 'v2', errors: 0.2 }],
          },
          store: { kind: 'service', threads: 3, service: { law: 'exponential', mean: 0.05 } },
          scaler: {
            kind: 'autoscaler',
            part: 'server',
            metric: 'inside',
            target: 3,
            maxInstances: 8,
            minInstances: seed % 2,
            sync: 5,
            down: { window: 20, policies: [{ by: 'percent', value: 100, every: 15 }] },
          },
          deployer: {
            kind: 'deployer',
            part: 'server',
            version: 'v2',
            at: 200,
            strategy: [
              { how: 'all-at-once' as const },
              { how: 'rolling' as const },
              { how: 'blue-green' as const, keepOld: 30 },
              { how: 'canary' as const, steps: [1, { share: 0.5 }] },
            ][seed % 4]!,
            stop: (['kill', 'drain', 'out-then-drain'] as const)[seed % 3]!,
            outFor: 4,
            readyAfter: 2,
            pause: 20,
            watch: { every: 10, least: 20, most: { share: 0.05 }, keepsOn: 60 },
          },
          chaos: chaos({ every: exponential(60), lasts: exponential(10), action: seed % 3 === 1 ? 'pause' : 'crash' }),
        },
        links: [{ from: 'clients', to: 'server', timeout: 2, onTimeout: seed % 2 === 0 ? 'cancel' : 'zombie' }],
      };
      const [first, second] = [simulate(scenario), simulate(scenario, { record: 'trace' })];
      expect(first.digest, `seed ${seed}`).toBe(second.digest);
      expect(first.ended).toBe('horizon');
      expectSoundBooks(first);
      expect(first.measures['server.instances.max']!.value).toBeLessThanOrEqual(8);
    }
  });

  it('breaks a link as it breaks a part that has no instances (A10)', () => {
    const own = { part: 'clients>server', action: 'refuse' };
    const links = [{ from: 'clients', to: 'server', latency: 0.1 }];
    for (const which of ['each', 'all', 'random']) {
      // a fault each ten seconds; what breaks by itself lives ten seconds from when it was mended
      const second = which === 'random' ? 20 : 23;
      const cut = quiet({ ...own, which }, {}, 30, { links });
      expect(faults(cut).map(([at, what]) => [at, what])).toEqual([
        [10, 'breaks'],
        [13, 'is mended'],
        [second, 'breaks'],
        [second + 3, 'is mended'],
        ...(which === 'random' ? [[30, 'breaks']] : []),
      ]);
      expect(cut.trace!.marks.filter(({ kind }) => kind === 'fault-begins')[0]!.part).toBe('clients>server');
      // the requests of three whole seconds each time, and of the last moment
      const { reason, by, count } = cut.failures[0]!;
      expect([reason, by]).toEqual(['unreachable', 'clients']);
      expect(count).toBeGreaterThanOrEqual(6);
      expect(cut.measures['chaos.available']!.value).toBeCloseTo(1 - 6 / 30, 12);
      expect(cut.links['clients>server']!.isCut).toBe(which === 'random');
      expectSoundBooks(cut);
    }
  });

  it('refuses a link that is not there, and an action that a link does not know', () => {
    const problems = (own: object, links: ScenarioSource['links']) => {
      try {
        const parts = { clients: every(1), server: takes(1), chaos: chaos(own) };
        parseScenario({ id: 'bad', horizon: 10, parts, links: links! });
        return [];
      } catch (error) {
        return (error as { problems: { path: string }[] }).problems.map(({ path }) => path);
      }
    };
    const links = [{ from: 'clients', to: 'server' }];
    const part = 'clients>server';
    expect(problems({ part, action: 'lose', amount: 0.5 }, links)).toEqual([]);
    expect(problems({ part, action: 'lose' }, [])).toEqual(['parts.chaos.part']);
    expect(problems({ part, action: 'crash' }, links)).toEqual(['parts.chaos.action']);
  });

  it('refuses settings that contradict each other', () => {
    const problems = (own: object) => {
      try {
        parseScenario({ id: 'bad', horizon: 10, parts: { clients: every(1), server: takes(1), chaos: chaos(own) } });
        return [];
      } catch (error) {
        return (error as { problems: { path: string }[] }).problems.map(({ path }) => path);
      }
    };
    expect(problems({})).toEqual([]);
    expect(problems({ from: 5, until: 4 })).toEqual(['parts.chaos.until']);
    expect(problems({ part: 'nobody' })).toEqual(['parts.chaos.part']);
  });
});
