import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run, takes, type Faults, type Parts } from '../../by-hand.fixture.ts';
import { simulate, theory, type Run, type ScenarioSource } from '../../index.ts';

/** A broker; a group is called `workers` and has its work done by the part `worker` unless it says otherwise. */
const broker = (groups: object | object[], more: object = {}): Parts[string] =>
  ({
    kind: 'broker',
    groups: [groups].flat().map((group) => ({ id: 'workers', to: 'worker', ...group })),
    ...more,
  }) as Parts[string];

/** Messages at the times of a list, all with one key. */
const sends = (at: number[], key = 0, more: object = {}): Parts[string] =>
  ({
    kind: 'traffic',
    arrivals: { pattern: 'trace', times: at },
    calls: ['broker'],
    ...(key === 0 ? {} : { keys: { count: key + 1, law: 'uniform', hot: { key, share: 1 } } }),
    ...more,
  }) as Parts[string];

const topic = { mode: 'publish-subscribe' };
const anyNumber = { threads: null };
const worker = (mean: number, more: object = {}) => takes(mean, { ...anyNumber, ...more });

/** Of each call to a part: whose it was, when it arrived and when it ended, in seconds. */
function callsTo({ trace }: Run, part: string): (string | number | null)[][] {
  const { hops, parts } = trace!;
  const second = (ticks: number) => (ticks < 0 ? null : ticks / 1000);
  return Array.from({ length: hops.count }, (_, hop) => hop)
    .filter((hop) => parts[hops.to[hop]!] === part)
    .map((hop) => [trace!.classes[hops.cls[hop]!]!, second(hops.arrivedAt[hop]!), second(hops.endedAt[hop]!)]);
}

const begun = (made: Run, part = 'worker') => callsTo(made, part).map(([, at]) => at);
const valueOf = ({ measures }: Run, name: string) => measures[name]!.value;

interface Readings {
  accepted: number;
  lost: number;
  stored: number;
  lag: number[];
  waiting: number[];
  inWork: number[];
  delivered: number[];
  dead: number[];
  expired: number[];
  duplicates: number[];
  redelivered: number[];
  consumers: number[];
  partitionLags: number[];
  owners: number[];
}
const readings = (made: Run) => made.state['broker']!.readings as unknown as Readings;

/** Books of calls and of messages. */
function keepsItsBooks(made: Run): void {
  expect(made.ledger.conserves).toBe(true);
  for (const { holds } of Object.values(made.ledger.little)) expect(holds).toBe(true);
  const { accepted, lost, delivered, dead, expired, waiting, inWork, lag, partitionLags } = readings(made);
  for (const group of delivered.keys())
    expect(lost + delivered[group]! + dead[group]! + expired[group]! + waiting[group]! + inWork[group]!).toBe(accepted);
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
  expect(sum(partitionLags)).toBe(sum(lag));
  expect(valueOf(made, 'broker.lag.last')).toBe(sum(lag));
  expect(Math.max(...partitionLags)).toBe(valueOf(made, 'broker.partitionLag.last'));
}

function made(parts: Parts, horizon: number, more: Partial<ScenarioSource> = {}): Run {
  const result = run(parts, horizon, more);
  keepsItsBooks(result);
  return result;
}

describe('broker', () => {
  it('answers the producer when it has accepted a message, and has it worked on afterwards (K1)', () => {
    const result = made({ clients: sends([1]), broker: broker({}, { acceptTime: 0.5 }), worker: worker(2) }, 10);
    expect(callsTo(result, 'broker')).toEqual([['clients', 1, 1.5]]);
    expect(callsTo(result, 'worker')).toEqual([['clients', 1.5, 3.5]]);
    expect(valueOf(result, 'clients.roundTrip.mean')).toBe(0.5);
    expect(valueOf(result, 'broker.inside.mean')).toBeCloseTo(0.05, 12);
    expect(valueOf(result, 'broker.endToEnd.mean')).toBe(2);
    expect([...result.trace!.hops.parent]).toEqual([-1, -1]);
  });

  it('a time to accept may be drawn', () => {
    const acceptTime = { law: 'uniform', min: 0.1, max: 0.2 };
    const result = made({ clients: sends([1, 2, 3]), broker: broker({}, { acceptTime }), worker: worker(2) }, 10);
    for (const [, arrived, ended] of callsTo(result, 'broker')) {
      expect((ended as number) - (arrived as number)).toBeGreaterThanOrEqual(0.1);
      expect((ended as number) - (arrived as number)).toBeLessThanOrEqual(0.2);
    }
  });

  it('at a queue whichever consumer is free takes the next message (K2)', () => {
    const parts = (group: object) => ({ clients: sends([1, 1, 1, 1, 1]), broker: broker(group), worker: worker(2) });
    expect(begun(made(parts({ consumers: 2 }), 10))).toEqual([1, 1, 3, 3, 5]);
    expect(begun(made(parts({ consumers: 1 }), 20))).toEqual([1, 3, 5, 7, 9]);
    expect(begun(made(parts({ consumers: 1, prefetch: 3 }), 20))).toEqual([1, 1, 1, 3, 3]);
  });

  it('every group gets every message, each at its own pace (K2)', () => {
    const groups = [
      { id: 'mail', to: 'mailer' },
      { id: 'search', to: 'indexer' },
    ];
    const result = made(
      { clients: sends([1, 2]), broker: broker(groups, topic), mailer: worker(1), indexer: worker(5) },
      10,
    );
    expect(begun(result, 'mailer')).toEqual([1, 2]);
    expect(begun(result, 'indexer')).toEqual([1, 6]);
    expect(valueOf(result, 'broker.endToEnd.mail.mean')).toBe(1);
    expect(valueOf(result, 'broker.delivered')).toBe(3);
    expect(valueOf(result, 'broker.delivered.mail')).toBe(2);
    expect(readings(result)).toMatchObject({ stored: 1, lag: [0, 1], delivered: [2, 1] });
  });

  it('a partition belongs to one consumer, and a consumer too many has none (K3)', () => {
    const parts = (partitions: number, consumers: number) => ({
      clients: sends([1, 1, 1, 1, 1, 1]),
      broker: broker({ consumers }, { ...topic, partitions }),
      worker: worker(2),
    });
    const idle = made(parts(2, 3), 20);
    expect(begun(idle)).toEqual([1, 1, 3, 3, 5, 5]);
    expect(readings(idle).owners).toEqual([0, 1]);
    expect(readings(made(parts(8, 6), 20)).owners).toEqual([0, 0, 1, 1, 2, 3, 4, 5]);
    expect(readings(made(parts(12, 5), 20)).owners).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it('by key, messages of one key are worked on one after the other in their order (K3)', () => {
    const result = made(
      {
        red: sends([1, 1.1, 1.2], 3),
        blue: sends([1.05], 1),
        green: sends([1.15], 4),
        broker: broker({ consumers: 3 }, { ...topic, partitions: 3, partitionBy: 'key' }),
        worker: worker(2),
      },
      20,
    );
    // red has partition 0 for itself; blue and green share partition 1
    expect(callsTo(result, 'worker')).toEqual([
      ['red', 1, 3],
      ['blue', 1.05, 3.05],
      ['red', 3, 5],
      ['green', 3.05, 5.05],
      ['red', 5, 7],
    ]);
  });

  it('a consumer takes from its partitions in turn, as far as they have something (K3)', () => {
    const result = made(
      {
        a: sends([1, 1.1, 1.2], 2),
        b: sends([1.3, 1.4], 1),
        broker: broker({}, { ...topic, partitions: 2, partitionBy: 'key' }),
        worker: worker(1),
      },
      20,
    );
    expect(callsTo(result, 'worker').map(([whose]) => whose)).toEqual(['a', 'a', 'b', 'a', 'b']);
  });

  it('holds so many messages and refuses one more as queue-full (K4)', () => {
    const full = made({ clients: sends([1, 1, 1, 4]), broker: broker({}, { capacity: 2 }), worker: worker(2) }, 10);
    expect(full.failures).toEqual([{ reason: 'queue-full', by: 'broker', source: 'clients', count: 1 }]);
    expect(begun(full)).toEqual([1, 3, 5]);
    const accepting = { capacity: 1, acceptTime: 1 };
    expect(made({ clients: sends([1, 1.5]), broker: broker({}, accepting), worker: worker(1) }, 5).ledger.failed).toBe(
      1,
    );
  });

  it('keeps so many messages for each group, and drops the oldest that waits (K4)', () => {
    const old = made(
      { clients: sends([1, 2, 3, 4, 5]), broker: broker({}, { retention: 3 }), worker: worker(4.5) },
      30,
    );
    // the first is in work till 5.5, and two may wait: when the one of 4 comes, that of 2 goes; then that of 3
    expect(readings(old)).toMatchObject({ expired: [2], delivered: [3] });
    expect(begun(old)).toEqual([1, 5.5, 10]);
    expect(valueOf(old, 'broker.age.max')).toBe(5);
  });

  describe('when a delivery fails', () => {
    /** Fails what comes before a time. */
    const failing = (lasts: number): Partial<ScenarioSource> => ({
      faults: [{ id: 'bad', part: 'worker', action: 'fail', duration: lasts }],
      inputs: [{ at: 0, fault: 'bad' }],
    });
    const parts = (group: object, more: object = {}): Parts => ({
      clients: sends([1, 1.5]),
      broker: broker({ redeliverAfter: 3, ...group }, more),
      worker: worker(1),
      grave: worker(0.5),
    });

    it('the message is delivered again after a while, and at a queue others go ahead (K5)', () => {
      const result = made(parts({}), 20, failing(2.5));
      // 1 → 2 fails, due at 5; 1.5 is begun at 2 and goes well
      expect(begun(result)).toEqual([1, 2, 5]);
      expect(readings(result)).toMatchObject({ delivered: [2], redelivered: [1] });
      expect(valueOf(result, 'broker.failedDeliveries')).toBe(1);
    });

    it('its partition waits for it, or goes on without (K5)', () => {
      expect(begun(made(parts({}, topic), 20, failing(2.5)))).toEqual([1, 5, 6]);
      expect(begun(made(parts({ keepsOrder: false }, topic), 20, failing(2.5)))).toEqual([1, 2, 5]);
      // the other partition is not held up
      expect(begun(made(parts({}, { ...topic, partitions: 2 }), 20, failing(2.5)))).toEqual([1, 2, 5]);
    });

    it('it is dead after so many deliveries, and is sent where dead letters go (K5)', () => {
      const result = made(parts({ maxDeliveries: 2, deadLetter: 'grave' }, topic), 20, failing(8.5));
      // 1 fails at 2 and at 6, then it is dead; the other fails at 7 and, begun at 10, goes well
      expect(callsTo(result, 'worker').map(([, at]) => at)).toEqual([1, 5, 6, 10]);
      expect(begun(result, 'grave')).toEqual([6]);
      expect(readings(result)).toMatchObject({ dead: [1], delivered: [1] });
      expect(result.ledger.answered).toBe(2);
    });

    it('a consumer that refuses everything at once holds the broker up neither in time nor in depth', () => {
      const result = made(
        {
          clients: sends(Array.from({ length: 20_000 }, () => 1)),
          broker: broker({ consumers: 5, redeliverAfter: 0, maxDeliveries: 3 }),
          worker: takes(1, { instances: 0 }),
        },
        10,
      );
      expect(readings(result)).toMatchObject({ dead: [20_000], redelivered: [40_000] });
    });
  });

  describe('when an answer does not come in time', () => {
    const slow = (group: object, more: object = {}): Run =>
      made({ clients: sends([1]), broker: broker({ ackTimeout: 2, ...group }, more), worker: worker(5) }, 20);

    it('the message is delivered again at once, the work goes on, and it may be done twice (K6)', () => {
      const result = slow({ maxDeliveries: 2 });
      expect(callsTo(result, 'worker')).toEqual([
        ['clients', 1, 6],
        ['clients', 3, 8],
      ]);
      // after two deliveries without an answer it counts as dead, however well both end
      expect(readings(result)).toMatchObject({ dead: [1], delivered: [0], duplicates: [1] });
      expect(valueOf(result, 'broker.unansweredDeliveries')).toBe(2);
    });

    it('a late answer takes the message away, unless the group does not accept it (K6)', () => {
      // deliveries at 1, 3 and 5; the first ends at 6, while the third is in work
      const accepted = slow({});
      expect(begun(accepted)).toEqual([1, 3, 5]);
      expect(readings(accepted)).toMatchObject({ delivered: [1], duplicates: [2] });
      expect(valueOf(accepted, 'broker.endToEnd.mean')).toBe(5);
      const ignored = slow({ acceptsLateAck: false });
      expect(begun(ignored)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
      // eight have ended at 20, each well
      expect(readings(ignored)).toMatchObject({ delivered: [0], lag: [1], duplicates: [7] });
    });

    it('a late answer takes away also what stands in line again (K6)', () => {
      const result = made(
        { clients: sends([1, 1.5]), broker: broker({ ackTimeout: 2 }), worker: worker(2.5, { queueLimit: 0 }) },
        8.5,
        {
          faults: [{ id: 'stop', part: 'broker', action: 'consumers-stop', duration: 5 }],
          inputs: [{ at: 2, fault: 'stop' }],
        },
      );
      // without an answer at 3 it stands in line, as nothing is taken before 7; it is done at 3.5
      expect(begun(result)).toEqual([1, 7]);
      expect(readings(result)).toMatchObject({ delivered: [1], redelivered: [0], inWork: [1] });
    });

    it('a lost answer is as one that never comes', () => {
      const result = made({ clients: sends([1]), broker: broker({ ackTimeout: 2 }), worker: worker(0.5) }, 20, {
        links: [{ from: 'broker', to: 'worker' }],
        faults: [{ id: 'cut', part: 'broker>worker', action: 'partition', duration: 4.5 }],
        inputs: [{ at: 0, fault: 'cut' }],
      });
      expect(readings(result)).toMatchObject({ delivered: [1], redelivered: [2] });
      expect(valueOf(result, 'broker.endToEnd.mean')).toBe(4.5);
    });
  });

  it('a consumer tries again over its link before the broker hears of a failure', () => {
    const result = made({ clients: sends([1]), broker: broker({}), worker: worker(1, { errors: 1 }) }, 3.5, {
      links: [{ from: 'broker', to: 'worker', retry: { most: 1, backoff: 'none' } }],
    });
    expect(begun(result)).toEqual([1, 2]);
    expect(valueOf(result, 'broker.failedDeliveries')).toBe(1);
  });

  it('a producer that cancels while its message is being accepted has sent none (K1)', () => {
    const result = made({ clients: sends([1, 2]), broker: broker({}, { acceptTime: 1 }), worker: worker(1) }, 10, {
      links: [{ from: 'clients', to: 'broker', timeout: 0.5, onTimeout: 'cancel' }],
    });
    expect(result.ledger.failed).toBe(2);
    expect(readings(result).accepted).toBe(0);
    const zombie = made({ clients: sends([1, 2]), broker: broker({}, { acceptTime: 1 }), worker: worker(1) }, 10, {
      links: [{ from: 'clients', to: 'broker', timeout: 0.5 }],
    });
    expect(readings(zombie)).toMatchObject({ accepted: 2, delivered: [2] });
  });

  describe('faults', () => {
    const broken = (action: string, more: object, parts: Parts, horizon = 20): Run => {
      const faults = [{ id: 'broken', part: 'broker', action, duration: 5, ...more }] as Faults;
      return made(parts, horizon, { faults, inputs: [{ at: 2.5, fault: 'broken' }] });
    };

    it('down, it refuses, also what it is accepting, delivers nothing, and keeps what it has (K7)', () => {
      const result = broken(
        'down',
        {},
        {
          clients: sends([1, 1.2, 2, 4, 8]),
          broker: broker({}, { acceptTime: 1 }),
          worker: worker(1),
        },
      );
      expect(result.failures).toEqual([{ reason: 'unavailable', by: 'broker', source: 'clients', count: 2 }]);
      expect(callsTo(result, 'worker')).toEqual([
        ['clients', 2, 3],
        ['clients', 7.5, 8.5],
        ['clients', 9, 10],
      ]);
      expect(callsTo(result, 'broker').map(([, , ended]) => ended)).toEqual([2, 2.2, 2.5, 4, 9]);
    });

    it('stopped, the consumers of one group take nothing (K7)', () => {
      const groups = [
        { id: 'mail', to: 'mailer' },
        { id: 'search', to: 'indexer' },
      ];
      const result = broken(
        'consumers-stop',
        { instance: 1 },
        {
          clients: sends([1, 3]),
          broker: broker(groups, topic),
          mailer: worker(1),
          indexer: worker(1),
        },
      );
      expect(begun(result, 'mailer')).toEqual([1, 3]);
      expect(begun(result, 'indexer')).toEqual([1, 7.5]);
      expect(result.state['broker']!.instances).toEqual([true, true]);
    });

    it('sends a share of deliveries twice, one after the other (K7)', () => {
      const result = broken(
        'duplicate',
        { amount: 1 },
        {
          clients: sends([1, 3, 3]),
          broker: broker({}, topic),
          worker: worker(1),
        },
      );
      expect(begun(result)).toEqual([1, 3, 4, 5, 6]);
      expect(readings(result)).toMatchObject({ delivered: [3], duplicates: [2], redelivered: [2] });
    });

    it('loses a share of messages after it has accepted them (K7)', () => {
      const times = Array.from({ length: 2000 }, (_, i) => 2.5 + i / 500);
      const result = broken(
        'lose',
        { amount: 0.3 },
        {
          clients: sends(times),
          broker: broker({}),
          worker: worker(0.001),
        },
      );
      expect(result.ledger.answered).toBe(2000);
      expect(Math.abs(readings(result).lost / 2000 - 0.3)).toBeLessThan(3 * Math.sqrt(0.21 / 2000));
    });
  });

  describe('when consumers become more or fewer', () => {
    const turned = (to: number, group: object, more: object, times: number[], mean = 2): Run =>
      made({ clients: sends(times), broker: broker({ consumers: 1, ...group }, more), worker: worker(mean) }, 20, {
        dials: [
          {
            id: 'consumers',
            unit: 'count',
            min: 0,
            max: 10,
            step: 1,
            start: 1,
            sets: ['parts.broker.groups.0.consumers'],
          },
        ],
        inputs: [{ at: 2, dial: 'consumers', value: to }],
      });
    const six = [1, 1, 1, 1, 1, 1];

    it('a queue is worked on by as many as there are (K8)', () => {
      expect(begun(turned(3, {}, {}, six))).toEqual([1, 2, 2, 3, 4, 4]);
      expect(begun(turned(0, {}, {}, six))).toEqual([1]);
      expect(begun(turned(1, {}, {}, six))).toEqual([1, 3, 5, 7, 9, 11]);
    });

    it('a partition goes to its new consumer when the former one is done with what it has of it (K8)', () => {
      const result = turned(2, {}, { ...topic, partitions: 2 }, six);
      // partitions take turns: the first is in work from 1 to 3; the second, which now is the new consumer's, begins at 2
      expect(begun(result)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(readings(result)).toMatchObject({ owners: [0, 1], consumers: [2] });
      const held = turned(2, { prefetch: 2 }, { ...topic, partitions: 2 }, six);
      // both are in work from 1 to 3, so neither is handed over before
      expect(begun(held)).toEqual([1, 1, 3, 3, 3, 3]);
    });

    it('the group takes nothing while it rebalances (K8)', () => {
      expect(begun(turned(2, { rebalance: 4 }, { ...topic, partitions: 2 }, six))).toEqual([1, 6, 6, 8, 8, 10]);
      const scaled = turned(2, { rebalance: 4 }, topic, six).trace!.marks.filter(({ kind }) => kind === 'scale');
      expect(scaled).toEqual([{ at: 2000, part: 'broker', kind: 'scale', detail: '1 to 2', instance: 0 }]);
    });
  });

  describe('a lag that has piled up', () => {
    /** A thousand messages a second; each consumer does two hundred. */
    const lagging = (partitions: number, first: number, then: number, law: 'constant' | 'exponential', more = {}) => {
      const arrivals = { pattern: law === 'constant' ? 'constant' : 'poisson', rate: 1000 };
      return run(
        {
          clients: { kind: 'traffic', arrivals, calls: ['broker'] } as Parts[string],
          broker: broker({ consumers: first }, { ...topic, partitions }),
          worker: { kind: 'service', threads: null, service: { law, mean: 1 / 200 } },
        },
        180,
        {
          time: { unit: 's', ticks: 1_000_000 },
          dials: [
            {
              id: 'consumers',
              unit: 'count',
              min: 0,
              max: 20,
              step: 1,
              start: first,
              sets: ['parts.broker.groups.0.consumers'],
            },
          ],
          inputs: [{ at: 60, dial: 'consumers', value: then }],
          ...more,
        },
      );
    };
    const lagAt = (result: Run, time: number) => {
      const { ticks, columns } = result.trace!.windows;
      return columns['broker.lag']![Math.round((time * 1e6) / ticks)]!;
    };
    const drained = ({ trace }: Run) => trace!.marks.filter(({ kind }) => kind === 'drained').map(({ at }) => at / 1e6);

    it('grows as arrivals exceed what the consumers do, and is gone when it is made up for (K9)', () => {
      const result = lagging(12, 4, 6, 'constant');
      keepsItsBooks(result);
      const piled = theory.backlogAfter(1000, 800, 60);
      expect(Math.abs(valueOf(result, 'broker.lag.max')! - piled)).toBeLessThan(10);
      // marked when a hundredth is left, which is gone in another 0.6 s
      const [at, ...others] = drained(result);
      expect(others).toEqual([]);
      expect(Math.abs(at! - 60 - 0.99 * theory.drainTime(piled, 1000, 1200))).toBeLessThan(0.1);
      expect(lagAt(result, 125)).toBeLessThan(20);
    });

    it('drains by chance about when the fluid does', () => {
      const result = lagging(12, 4, 6, 'exponential');
      keepsItsBooks(result);
      expect(Math.abs(valueOf(result, 'broker.lag.max')! - 12_000)).toBeLessThan(1300);
      expect(Math.abs(drained(result)[0]! - 120)).toBeLessThan(9);
    });

    it('of eight partitions over six consumers never drains: two have twice the work of the others', () => {
      const result = lagging(8, 4, 6, 'constant');
      keepsItsBooks(result);
      expect(drained(result)).toEqual([]);
      // from 60 s on the four partitions of the two consumers grow on together by 100 a second
      expect(theory.lagGrowth(1000, 8, 6, 200)).toBe(100);
      const { partitionLags } = readings(result);
      const late = partitionLags.slice(0, 4).reduce((sum, lag) => sum + lag, 0);
      expect(Math.abs(late - (6000 + 120 * 100))).toBeLessThan(10);
      expect(Math.max(...partitionLags.slice(4))).toBeLessThan(5);
      expect(valueOf(result, 'broker.behind.last')).toBe(1);
    });
  });

  it('the state at a moment is what a run stopped there ends with (S1)', () => {
    const scenario: ScenarioSource = {
      id: 'stopped',
      horizon: 100,
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 5 }, calls: ['broker'] },
        broker: broker({ consumers: 3, ackTimeout: 2, redeliverAfter: 0.5 }, { ...topic, partitions: 4 }),
        worker: { kind: 'service', threads: null, service: { law: 'exponential', mean: 0.7 }, errors: 0.2 },
      },
    };
    const stopped = simulate(scenario, { until: 40, record: 'trace' });
    expect(simulate({ ...scenario, horizon: 40 })).toMatchObject({ digest: stopped.digest, state: stopped.state });
    expect(simulate(scenario).digest).toBe(simulate(scenario).digest);
    keepsItsBooks(stopped);
  });

  it('counts each class of messages for itself', () => {
    const classes = [
      { id: 'gold', weight: 1 },
      { id: 'plain', weight: 3 },
    ];
    const result = made(
      {
        clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 10 }, calls: ['broker'], classes },
        broker: broker({ consumers: 10 }),
        worker: worker(0.05, { byClass: { gold: { law: 'constant', mean: 0.2 } } }),
      },
      100.5,
    );
    expect(valueOf(result, 'broker.endToEnd.mean@gold')).toBeCloseTo(0.2, 12);
    expect(valueOf(result, 'broker.endToEnd.mean@plain')).toBeCloseTo(0.05, 12);
    expect(valueOf(result, 'broker.delivered@gold')! + valueOf(result, 'broker.delivered@plain')!).toBe(
      valueOf(result, 'broker.delivered'),
    );
  });

  it('in order means one after the other and none ahead, whoever fails and however consumers change (K3, K8)', () => {
    const keys = [0, 1, 2, 3];
    const property = fc.property(
      fc.array(fc.record({ at: fc.double({ min: 0, max: 19, noNaN: true }), value: fc.integer({ min: 0, max: 5 }) }), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.constantFrom(0, 0.5),
      fc.nat(1000),
      (turns, rebalance, seed) => {
        const times = Array.from({ length: 60 }, (_, i) => i / 4);
        const result = made(
          {
            ...Object.fromEntries(keys.map((key) => [`key${key}`, sends(times, key)])),
            broker: broker(
              { consumers: 2, redeliverAfter: 0.2, rebalance },
              { ...topic, partitions: 4, partitionBy: 'key' },
            ),
            worker: { kind: 'service', threads: null, service: { law: 'exponential', mean: 0.15 }, errors: 0.2 },
          },
          20,
          {
            seed,
            dials: [
              {
                id: 'consumers',
                unit: 'count',
                min: 0,
                max: 5,
                step: 1,
                start: 2,
                sets: ['parts.broker.groups.0.consumers'],
              },
            ],
            inputs: turns.map(({ at, value }) => ({ at, dial: 'consumers', value })),
          },
        );
        const { hops, parts, classes } = result.trace!;
        for (const key of keys) {
          let last = 0;
          let free = 0;
          for (let hop = 0; hop < hops.count; hop++) {
            if (parts[hops.to[hop]!] !== 'worker' || classes[hops.cls[hop]!] !== `key${key}`) continue;
            expect(hops.request[hop]).toBeGreaterThanOrEqual(last);
            expect(hops.arrivedAt[hop]).toBeGreaterThanOrEqual(free);
            last = hops.request[hop]!;
            free = hops.endedAt[hop]! < 0 ? Infinity : hops.endedAt[hop]!;
          }
        }
      },
    );
    fc.assert(property, { numRuns: 20 });
  });

  it('refuses a queue in partitions, two groups at one queue, and two groups of one name', () => {
    const parts = (groups: object[], more: object) => ({
      clients: sends([1]),
      broker: broker(groups, more),
      worker: worker(1),
    });
    expect(() => run(parts([{}], { partitions: 2 }), 5)).toThrow(/parts.broker.partitions/);
    expect(() => run(parts([{}, { id: 'b' }], {}), 5)).toThrow(/parts.broker.groups: 2 groups at one queue/);
    expect(() => run(parts([{}, {}], topic), 5)).toThrow(/parts.broker.groups.1.id/);
  });

  it('whatever is set and broken, no message vanishes', () => {
    const group = fc.record({
      consumers: fc.integer({ min: 0, max: 6 }),
      prefetch: fc.integer({ min: 1, max: 3 }),
      ackTimeout: fc.constantFrom(null, 0.3, 2),
      acceptsLateAck: fc.boolean(),
      redeliverAfter: fc.constantFrom(0.01, 1),
      maxDeliveries: fc.constantFrom(null, 1, 3),
      keepsOrder: fc.boolean(),
      rebalance: fc.constantFrom(0, 1),
    });
    const system = fc.record({
      groups: fc.array(group, { minLength: 1, maxLength: 3 }),
      partitions: fc.integer({ min: 1, max: 6 }),
      partitionBy: fc.constantFrom('key', 'round-robin'),
      capacity: fc.constantFrom(null, 20),
      acceptTime: fc.constantFrom(0, 0.1),
      retention: fc.constantFrom(5, 1_000_000),
      queueLimit: fc.constantFrom(null, 0),
      inputs: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 29, noNaN: true }),
          fault: fc.constantFrom('down', 'consumers-stop', 'duplicate', 'lose', 'cut'),
        }),
        { maxLength: 4 },
      ),
      turns: fc.array(
        fc.record({ at: fc.double({ min: 0, max: 29, noNaN: true }), value: fc.integer({ min: 0, max: 6 }) }),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(system, ({ groups, queueLimit, inputs, turns, ...settings }) => {
        const actions = ['down', 'consumers-stop', 'duplicate', 'lose'];
        made(
          {
            clients: {
              kind: 'traffic',
              arrivals: { pattern: 'poisson', rate: 8 },
              calls: ['broker'],
              keys: { count: 9, law: 'uniform' },
            },
            broker: broker(
              groups.map((each, i) => ({ ...each, id: `g${i}`, deadLetter: i === 0 ? 'grave' : undefined })),
              { ...topic, ...settings },
            ),
            worker: {
              kind: 'service',
              threads: 4,
              queueLimit,
              service: { law: 'exponential', mean: 0.3 },
              errors: 0.2,
            },
            grave: worker(0),
          },
          30,
          {
            links: [{ from: 'broker', to: 'worker', latency: 0.05 }],
            faults: [
              ...actions.map((action) => ({ id: action, part: 'broker', action, duration: 3, amount: 0.5 })),
              { id: 'cut', part: 'broker>worker', action: 'partition', duration: 3 },
            ],
            dials: [
              {
                id: 'consumers',
                unit: 'count',
                min: 0,
                max: 6,
                step: 1,
                start: groups[0]!.consumers,
                sets: ['parts.broker.groups.0.consumers'],
              },
            ],
            inputs: [...inputs, ...turns.map(({ at, value }) => ({ at, dial: 'consumers', value }))],
          },
        );
      }),
      { numRuns: 60 },
    );
  });
});
