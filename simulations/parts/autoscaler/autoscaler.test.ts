import { describe, expect, it } from 'vitest';
import { every, run, takes, type Parts } from '../../by-hand.fixture.ts';
import { parseScenario, simulate, type Run, type ScenarioSource } from '../../index.ts';

const scaler = (more: object): Parts[string] => ({ kind: 'autoscaler', part: 'server', ...more });

/** When the number that is wanted was changed, in seconds, and how. */
const changes = ({ trace }: Run) =>
  trace!.marks.filter(({ kind }) => kind === 'scale').map(({ at, detail }) => [at / 1000, detail]);

function expectSoundBooks({ ledger }: Run): void {
  expect(ledger.conserves).toBe(true);
  for (const { holds } of Object.values(ledger.little)) expect(holds).toBe(true);
}

/** Ten requests a second before instances that do one: whatever there is has all it can do. */
const flooded = (own: object, server: object = {}, horizon = 100, more: Partial<ScenarioSource> = {}) =>
  run({ clients: every(0.1), server: takes(1, server), scaler: scaler(own) }, horizon, more);

const atOnceDown = { window: 0, policies: [{ by: 'percent', value: 100, every: 15 }] };

describe('autoscaler', () => {
  it('doubles while all threads are busy and half of them should be', () => {
    const up = flooded({ target: 0.5, maxInstances: 100 }, {}, 61);
    expect(changes(up)).toEqual([
      [15, '1 to 2'],
      [30, '2 to 4'],
      [45, '4 to 8'],
      [60, '8 to 16'],
    ]);
    expect(up.measures['scaler.scaleUps']!.value).toBe(4);
    expect(up.measures['scaler.scaleDowns']!.value).toBe(0);
    // 1, 2, 4 and 8 for fifteen seconds each, and 16 for one
    expect(up.measures['scaler.desired.mean']!.value).toBeCloseTo((15 * 15 + 16) / 61, 12);
    expect(up.measures['server.instances.max']!.value).toBe(16);
    expect(up.state['scaler']!.readings).toEqual({ desired: 16, recommended: 16, metric: 1 });
    expectSoundBooks(up);
  });

  it('adds no more than four or as many again within fifteen seconds, whatever is asked for', () => {
    // at 15 s 134 wait: 149 have come, 14 are served, and one is in service
    const up = flooded({ metric: 'queue', target: 1, maxInstances: 1000 }, {}, 46);
    expect(changes(up)).toEqual([
      [15, '1 to 5'],
      [30, '5 to 10'],
      [45, '10 to 20'],
    ]);
    expect(changes(flooded({ metric: 'queue', target: 1, maxInstances: 3 }, {}, 46))).toEqual([[15, '1 to 3']]);
  });

  it('by inside, rate or queue counts what each ready instance has', () => {
    // 10 a second and an instance for each three
    expect(changes(flooded({ metric: 'rate', target: 3 }, { instances: 2 }, 31))).toEqual([[15, '2 to 4']]);
    // as 149 have come by then and 30 are served, and two of the others are in service
    const served = { instances: 2 };
    expect(flooded({ metric: 'inside', target: 1000 }, served, 15).state['scaler']!.readings!['metric']).toBe(
      (149 - 28) / 2,
    );
    expect(flooded({ metric: 'queue', target: 1000 }, served, 15).state['scaler']!.readings!['metric']).toBe(
      (149 - 30) / 2,
    );
  });

  it('does not ask twice for what still starts (A1)', () => {
    expect(changes(flooded({ target: 0.5, maxInstances: 100 }, { startUp: 60 }, 140))).toEqual([
      [15, '1 to 2'],
      [75, '2 to 4'],
      [135, '4 to 8'],
    ]);
  });

  it('with a metric that is old, waits for it, and does not count on it for those who came since', () => {
    const late = flooded({ target: 0.5, maxInstances: 100, metricDelay: 30 }, {}, 140);
    expect(changes(late)).toEqual([
      // the first look was at 15 s
      [45, '1 to 2'],
      // at 60 s it sees what was at 30 s, when there was one: the second is taken for idle, and two are enough
      [75, '2 to 4'],
      [105, '4 to 8'],
      [135, '8 to 16'],
    ]);
    expect(changes(flooded({ target: 0.5, maxInstances: 2, metricDelay: 20 }, {}, 60))).toEqual([[30, '1 to 2']]);
  });

  /** Four instances of which three quarters are busy, until 600 s; then a fifth of the load: three each quarter of a minute. */
  const dropping = (own: object, horizon = 1000) =>
    run(
      {
        clients: {
          kind: 'traffic',
          arrivals: {
            pattern: 'trace',
            times: Array.from({ length: 700 }, (_, i) => (i < 598 ? i : 600 + 5 * (i - 598))),
          },
          calls: ['server'],
        },
        server: takes(3, { instances: 4 }),
        scaler: scaler({ target: 0.75, ...own }),
      },
      horizon,
    );

  it('after a drop of load, goes down when the highest recommendation is five minutes old', () => {
    const drop = dropping({});
    expect(changes(drop)).toEqual([[900, '4 to 1']]);
    expectSoundBooks(drop);
  });

  it('goes down with the first look after a drop when it has no window, by steps where a policy says so', () => {
    expect(changes(dropping({ down: atOnceDown }, 700))[0]![0]).toBe(615);
    const down = { window: 0, policies: [{ by: 'instances', value: 1, every: 60 }] };
    expect(changes(dropping({ down }, 800))).toEqual([
      [615, '4 to 3'],
      [675, '3 to 2'],
      [735, '2 to 1'],
    ]);
  });

  it('begins with what is there as a recommendation: it takes nothing away before its window is over (A2)', () => {
    const idle = run({ clients: every(100), server: takes(1, { instances: 4 }), scaler: scaler({ target: 0.5 }) }, 400);
    expect(changes(idle)).toEqual([[300, '4 to 1']]);
  });

  it('brings a number outside its bounds inside them', () => {
    const idle = (instances: number, own: object) =>
      run({ clients: every(10), server: takes(1, { instances }), scaler: scaler({ target: 0.1, ...own }) }, 20);
    expect(changes(idle(1, { minInstances: 3 }))).toEqual([[15, '1 to 3']]);
    expect(changes(idle(9, { maxInstances: 5 }))).toEqual([[15, '9 to 5']]);
  });

  it('stops the last instance when it may, and starts one when something waits', () => {
    const server = takes(1, { waitsForInstances: true, startUp: 2 });
    const own = { target: 0.5, minInstances: 0, down: atOnceDown };
    const asleep = run({ clients: every(100), server, scaler: scaler(own) }, 190);
    expect(changes(asleep)).toEqual([
      [15, '1 to 0'],
      [105, '0 to 1'],
      // at 120 s it sees that the one was busy for a second
      [135, '1 to 0'],
    ]);
    // it came at 100 s
    expect(asleep.measures['server.response.mean']!.value).toBe(8);
    expectSoundBooks(asleep);
  });

  it('blind, keeps the number; seeing again, goes on (A3)', () => {
    const blind = flooded({ target: 0.5, maxInstances: 100 }, {}, 61, {
      faults: [{ id: 'fog', part: 'scaler', action: 'blind', duration: 20 }],
      inputs: [{ at: 20, fault: 'fog' }],
    });
    expect(changes(blind)).toEqual([
      [15, '1 to 2'],
      [45, '2 to 4'],
      [60, '4 to 8'],
    ]);
  });

  it('stuck, does nothing, not even what is on its schedule; blind, it does that', () => {
    const own = {
      rule: 'scheduled',
      schedule: [
        { at: 5, instances: 3 },
        { at: 10, instances: 2 },
        { at: 20, instances: 4 },
      ],
    };
    expect(changes(flooded(own, {}, 30))).toEqual([
      [5, '1 to 3'],
      [10, '3 to 2'],
      [20, '2 to 4'],
    ]);
    const during = (action: string): Partial<ScenarioSource> => ({
      faults: [{ id: 'fault', part: 'scaler', action, duration: 10 }],
      inputs: [{ at: 7, fault: 'fault' }],
    });
    expect(changes(flooded(own, {}, 30, during('stuck')))).toEqual([
      [5, '1 to 3'],
      [20, '3 to 4'],
    ]);
    expect(changes(flooded(own, {}, 30, during('blind')))).toHaveLength(3);
    expect(flooded(own, {}, 10, during('stuck')).state['scaler']!.instances).toEqual([false]);
  });

  it('naive, adds one at every look while those it asked for still start', () => {
    const naive = { rule: 'naive', above: 0.8, below: 0.5, sync: 5 };
    expect(changes(flooded(naive, { startUp: 22 }, 26)).map(([, detail]) => detail)).toEqual([
      '1 to 2',
      '2 to 3',
      '3 to 4',
      '4 to 5',
      '5 to 6',
    ]);
    const idle = run({ clients: every(100), server: takes(1, { instances: 3 }), scaler: scaler(naive) }, 20);
    expect(changes(idle)).toEqual([
      [5, '3 to 2'],
      [10, '2 to 1'],
    ]);
  });

  /** Constant traffic that keeps two and a half instances busy, two hours of it, of which the last one and a half count. */
  const settled = (own: object, startUp: number) => {
    const { measures } = simulate({
      id: 'settled',
      time: { unit: 's', ticks: 1000 },
      horizon: 7200,
      warmUp: 1800,
      parts: {
        clients: every(0.1),
        server: takes(0.25, { startUp }),
        scaler: scaler({ maxInstances: 20, ...own }),
      },
    });
    return measures['scaler.scaleUps']!.value! + measures['scaler.scaleDowns']!.value!;
  };

  it('too eager, with old metrics and slow starts, never comes to rest; calm, it does', () => {
    const naive = { rule: 'naive', above: 0.7, below: 0.5 };
    expect(settled({ ...naive, metricDelay: 60 }, 60)).toBeGreaterThan(100);
    expect(settled({ target: 0.6, tolerance: 0, metricDelay: 60, down: atOnceDown }, 60)).toBeGreaterThan(50);
    expect(settled(naive, 0)).toBe(0);
    expect(settled({ target: 0.6 }, 60)).toBe(0);
  });

  it('looks at what the service bounds: no more than it has room for', () => {
    expect(changes(flooded({ metric: 'queue', target: 1 }, { mostInstances: 3 }, 46))).toEqual([[15, '1 to 3']]);
  });

  it('takes a new target while a run goes on', () => {
    const turned = flooded({ target: 0.99, maxInstances: 100 }, {}, 61, {
      dials: [
        { id: 'target', unit: 'share', min: 0.1, max: 1, step: 0.01, start: 0.99, sets: ['parts.scaler.target'] },
      ],
      inputs: [{ at: 40, dial: 'target', value: 0.5 }],
    });
    expect(changes(turned)).toEqual([
      [45, '1 to 2'],
      [60, '2 to 4'],
    ]);
  });

  it('makes the same run twice, and the same state at a time as a run that stops there', () => {
    const scenario: ScenarioSource = {
      id: 'twice',
      horizon: 600,
      parts: {
        clients: {
          kind: 'traffic',
          arrivals: { pattern: 'sine', rate: 10, swing: 0.9, period: 300 },
          calls: ['server'],
        },
        server: {
          kind: 'service',
          service: { law: 'exponential', mean: 0.3 },
          startUp: { law: 'exponential', mean: 20 },
        },
        scaler: {
          kind: 'autoscaler',
          part: 'server',
          target: 0.6,
          metricDelay: 7,
          down: { window: 30, policies: [{ by: 'percent', value: 100, every: 15 }] },
        },
      },
    };
    const [first, second] = [simulate(scenario), simulate(scenario, { record: 'trace' })];
    expect(first.digest).toBe(second.digest);
    expectSoundBooks(first);
    const until = simulate(scenario, { until: 333 });
    const last = changes(second)
      .map(([at, detail]) => [Number(at) / 1000, detail])
      .filter(([at]) => Number(at) <= 333)
      .at(-1)![1];
    expect(String(last).split(' ').at(-1)).toBe(String(until.state['scaler']!.readings!['desired']));
    expect(until.digest).toBe(simulate(scenario, { until: 333, record: 'trace' }).digest);
  });

  it('refuses settings that contradict each other', () => {
    const problems = (own: object, part = 'server') => {
      try {
        parseScenario({
          id: 'bad',
          horizon: 10,
          parts: { clients: every(1), server: takes(1), scaler: { kind: 'autoscaler', part, ...own } },
        });
        return [];
      } catch (error) {
        return (error as { problems: { path: string }[] }).problems.map(({ path }) => path);
      }
    };
    expect(problems({ target: 0.5 })).toEqual([]);
    expect(problems({})).toEqual(['parts.scaler.target']);
    expect(problems({ rule: 'naive', above: 1, below: 2 })).toEqual(['parts.scaler.above']);
    expect(problems({ rule: 'scheduled' })).toEqual(['parts.scaler.schedule']);
    expect(problems({ target: 1, minInstances: 5, maxInstances: 4 })).toEqual(['parts.scaler.minInstances']);
    expect(problems({ target: 1, sync: 0.001 })).toEqual([
      'parts.scaler.down.window',
      'parts.scaler.up.policies.0.every',
      'parts.scaler.up.policies.1.every',
      'parts.scaler.down.policies.0.every',
    ]);
    expect(problems({ target: 1 }, 'clients')).toEqual(['parts.scaler.part']);
    expect(problems({ target: 1 }, 'nobody')).toEqual(['parts.scaler.part']);
  });
});
