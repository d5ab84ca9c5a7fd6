import { describe, expect, it } from 'vitest';
import { run, takes, times, type Parts } from '../../by-hand.fixture.ts';
import type { Run, ScenarioSource } from '../../index.ts';

type Traffic = Omit<Extract<Parts[string], { kind: 'traffic' }>, 'kind' | 'arrivals'>;

/** Customers at the times given, before one service. */
const served = (
  when: number[],
  server: Parts[string],
  horizon = 60,
  traffic: Partial<Traffic> = {},
  more: Partial<ScenarioSource> = {},
): Run => {
  const made = run(
    {
      clients: { kind: 'traffic', arrivals: { pattern: 'trace', times: when }, calls: ['server'], ...traffic },
      server,
    },
    horizon,
    more,
  );
  expect(made.ledger.conserves).toBe(true);
  for (const { holds } of Object.values(made.ledger.little)) expect(holds).toBe(true);
  return made;
};
const started = (made: Run) => times(made).map(([, at]) => at);
const ended = (made: Run) => times(made).map(([, , at]) => at);
const value = (made: Run, name: string) => made.measures[name]!.value;
/** Of one customer each: whose turn it is by class. */
const classed = (classes: { id: string; at: number; priority: number }[], server: Parts[string], horizon = 60): Run => {
  const parts: Parts = { server };
  for (const { id, at, priority } of classes)
    parts[id] = { kind: 'traffic', arrivals: { pattern: 'trace', times: [at] }, calls: ['server'], priority };
  return run(parts, horizon);
};
const endOf = (made: Run, source: string) => {
  const { hops, parts } = made.trace!;
  const hop = [...hops.from].indexOf(parts.indexOf(source));
  return hops.endedAt[hop]! / 1000;
};

describe('who is served next', () => {
  it('last come is first served by `lifo`, and whoever is in service stays (P8)', () => {
    expect(started(served([1, 2, 3, 4], takes(5, { discipline: 'lifo' })))).toEqual([1, 16, 11, 6]);
  });

  it('`adaptive-lifo` serves the newest first only while the line is long (P8)', () => {
    const made = served([1, 2, 3, 4, 5], takes(5, { discipline: 'adaptive-lifo', newestFirstAbove: 2 }));
    // at 6 four wait: the newest; at 11 three: the newest; then two: the oldest first
    expect(started(made)).toEqual([1, 16, 21, 11, 6]);
  });

  it('the most urgent goes first by `priority`, and nobody is interrupted (P9)', () => {
    const made = classed(
      [
        { id: 'low', at: 1, priority: 5 },
        { id: 'middle', at: 2, priority: 3 },
        { id: 'high', at: 3, priority: 0 },
      ],
      takes(5, { discipline: 'priority' }),
    );
    expect([endOf(made, 'low'), endOf(made, 'high'), endOf(made, 'middle')]).toEqual([6, 11, 16]);
  });

  it('the most urgent takes the thread by `priority-preemptive`, and the other goes on later with what was left (P9)', () => {
    const made = classed(
      [
        { id: 'low', at: 1, priority: 5 },
        { id: 'middle', at: 2, priority: 3 },
        { id: 'high', at: 3, priority: 0 },
      ],
      takes(5, { discipline: 'priority-preemptive' }),
    );
    expect([endOf(made, 'high'), endOf(made, 'middle'), endOf(made, 'low')]).toEqual([8, 12, 16]);
    expect(made.ledger.little['server']!.holds).toBe(true);
  });

  it('all share the processor by `processor-sharing`, each as fast as the others (P10)', () => {
    // alone for a second, then two at half speed: the first has 3 left at 2, done at 8; the other has 1 left
    const made = served([1, 2], takes(4, { discipline: 'processor-sharing', threads: null }));
    expect(ended(made)).toEqual([8, 9]);
    expect(value(made, 'server.slowdown.mean')).toBeCloseTo((7 / 4 + 7 / 4) / 2, 3);
  });

  it('up to as many as there are cores are worked on at full speed (P10)', () => {
    expect(ended(served([1, 1, 1], takes(4, { discipline: 'processor-sharing', threads: null, cores: 3 })))).toEqual([
      5, 5, 5,
    ]);
    expect(ended(served([1, 1, 1], takes(4, { discipline: 'processor-sharing', threads: null, cores: 1.5 })))).toEqual([
      9, 9, 9,
    ]);
  });

  it('threads bound how many share the processor; the others wait (P10)', () => {
    expect(started(served([1, 1, 1], takes(4, { discipline: 'processor-sharing', threads: 2 })))).toEqual([1, 1, 9]);
  });

  it('a request that is cancelled leaves the processor to the others (P10)', () => {
    const links = [{ from: 'clients', to: 'server', timeout: 4, onTimeout: 'cancel' as const }];
    const made = served([1, 2], takes(4, { discipline: 'processor-sharing', threads: null }), 60, {}, { links });
    // the first has had 1 + 1.5 when its caller leaves at 5; the second has 2.5 left and is alone, but its time is up at 6
    expect(ended(made)).toEqual([5, 6]);
    expect(value(made, 'server.inside.last')).toBe(0);
  });
});

describe('the line', () => {
  it('has room per service or per ready instance (P5)', () => {
    const when = [1, 1, 1, 1, 1, 1, 1];
    expect(value(served(when, takes(9, { instances: 2, queueLimit: 1 })), 'server.failures.queue-full')).toBe(4);
    expect(
      value(
        served(when, takes(9, { instances: 2, queueLimit: 1, queueLimitPer: 'instance' })),
        'server.failures.queue-full',
      ),
    ).toBe(3);
    const own = { instances: 2, line: 'each', queueLimit: 2 } as const;
    expect(value(served(when, takes(9, own)), 'server.failures.queue-full')).toBe(3);
    expect(value(served(when, takes(9, { ...own, queueLimitPer: 'instance' })), 'server.failures.queue-full')).toBe(1);
  });

  it('of its own keeps a request at its instance, though another is free (P4)', () => {
    const made = served([1, 2, 3], takes(5, { instances: 2, line: 'each' }));
    // round robin: the third goes to the first instance, which is busy until 6
    expect(started(made)).toEqual([1, 2, 6]);
    expect(started(served([1, 2, 7], takes(5, { instances: 2, line: 'each', spread: 'shortest' })))).toEqual([1, 2, 7]);
  });

  it('is left by whoever loses patience; once served one stays (P11)', () => {
    const made = served([1, 2, 3], takes(5), 60, { patience: { law: 'constant', mean: 4.5 } });
    expect(times(made)).toEqual([
      [1, 1, 6],
      [2, 6, 11],
      [3, null, 7.5],
    ]);
    expect(made.failures).toEqual([{ reason: 'impatient', by: 'server', source: 'clients', count: 1 }]);
  });

  it('turns away who has waited too long, at that moment (P11)', () => {
    const made = served([1, 2], takes(5, { maxWait: 2 }));
    expect(times(made)[1]).toEqual([2, null, 4]);
    expect(made.failures[0]!.reason).toBe('shed');
  });

  it('with controlled delay turns away the stale once the line has stood for an interval (P11)', () => {
    const server = takes(2, { controlledDelay: { target: 1, interval: 5 } });
    const made = served([1, 1, 1, 1, 1, 1], server);
    // served at 1, 3, 5; at 7 the line has stood for 6: whoever waited more than 1 goes
    expect(started(made)).toEqual([1, 3, 5, null, null, null]);
    expect(value(made, 'server.failures.shed')).toBe(3);
  });

  it('lets requests wait for an instance only where it says so (P14)', () => {
    const more = {
      faults: [{ id: 'crash', part: 'server', action: 'crash', duration: 4 }],
      inputs: [{ at: 1, fault: 'crash' }],
    };
    expect(served([2], takes(1), 60, {}, more).failures[0]!.reason).toBe('unavailable');
    expect(times(served([2], takes(1, { waitsForInstances: true }), 60, {}, more))).toEqual([[2, 5, 6]]);
  });
});

describe('a thread', () => {
  const parts = (front: object): Parts => ({
    clients: { kind: 'traffic', arrivals: { pattern: 'trace', times: [1, 1] }, calls: ['front'] },
    front: takes(1, { calls: ['back'], ...front }),
    back: takes(3, { threads: null }),
  });

  it('is held while it waits downstream, or not (P12)', () => {
    const held = run(parts({}), 60);
    expect(times(held).map(([, at]) => at)).toEqual([1, 5, 2, 6]);
    const free = run(parts({ holdsThread: false }), 60);
    expect(times(free).map(([, at]) => at)).toEqual([1, 2, 2, 3]);
    expect(value(free, 'front.busy.mean')).toBeCloseTo(2 / 60, 12);
  });

  it('is needed again for the work that is left afterwards (P12)', () => {
    const finish = { law: 'constant', mean: 2 } as const;
    expect(times(run(parts({ finish }), 60)).map(([, , at]) => at)).toEqual([7, 13, 5, 11]);
    const free = run(parts({ holdsThread: false, finish }), 60);
    // the first is back at 5 and finishes at 7; the second is back at 6 and has to wait
    expect(times(free).map(([, , at]) => at)).toEqual([7, 9, 5, 6]);
    expect(free.ledger.little['front']!.holds).toBe(true);
  });
});

describe('an instance', () => {
  const crash = (more: object = {}) => ({
    faults: [{ id: 'crash', part: 'server', action: 'crash', duration: 3, ...more }],
    inputs: [{ at: 2, fault: 'crash' }],
  });

  it('that crashes fails what it has, and starts anew afterwards (P13)', () => {
    const made = served([1, 1, 6, 9], takes(2, { startUp: 3 }), 60, {}, crash());
    expect(made.failures).toEqual(
      [
        { reason: 'unavailable', by: 'server', source: 'clients', count: 1 },
        { reason: 'crashed', by: 'server', source: 'clients', count: 1 },
      ].toSorted((a, b) => (a.reason < b.reason ? -1 : 1)),
    );
    // the second waited in the shared line, and is served when the instance is there again: ready at 8
    expect(started(made)).toEqual([1, 8, null, 10]);
  });

  it('with a line of its own takes the line down with it (P13)', () => {
    const made = served([1, 1, 1], takes(2, { line: 'each' }), 60, {}, crash());
    expect(made.failures).toEqual([{ reason: 'crashed', by: 'server', source: 'clients', count: 3 }]);
  });

  it('that is starting is paid for, or not, and does not serve (P14)', () => {
    const billed = (startBilled: boolean) =>
      value(served([1], takes(1, { startUp: 4, startBilled }), 10, {}, crash()), 'server.billed.mean');
    // there for 2 s, gone for 3, starting for 4, there for 1
    expect(billed(true)).toBeCloseTo(0.7, 12);
    expect(billed(false)).toBeCloseTo(0.3, 12);
  });

  it('that is cold takes longer at first (P15)', () => {
    const made = served([0, 10], takes(1, { warmUp: { lasts: 4, factor: 3 } }));
    expect(ended(made)).toEqual([3, 11]);
  });

  it('that leaks gets slower, dies when it is full, and starts anew (P15)', () => {
    const made = served([0, 10, 20, 30], takes(1, { leak: { limit: 2, slower: 3 } }));
    expect(ended(made)).toEqual([1, 12, 21, 32]);
    expect(made.trace!.marks.filter(({ detail }) => detail === 'dead')).toHaveLength(2);
  });

  it('answers its share of errors, also for nothing (P16)', () => {
    const many = Array.from({ length: 5000 }, (_, i) => i);
    const made = served(many, takes(0.5, { errors: 0.2 }), 5001);
    expect(Math.abs(made.ledger.failed / 5000 - 0.2)).toBeLessThan(4 * Math.sqrt(0.16 / 5000));
    const quick = served([1], takes(5, { errors: 1, errorsTake: 'nothing' }));
    expect(ended(quick)).toEqual([1]);
  });
});

describe('a service in a run that goes on', () => {
  const turned = (
    server: Parts[string],
    dial: string,
    place: string,
    value: number,
    when: number[] = [1, 2, 3, 4],
  ): Run =>
    served(
      when,
      server,
      60,
      {},
      {
        dials: [{ id: dial, unit: 'number', min: 0, max: 100, step: 1, start: 1, sets: [place] }],
        inputs: [{ at: 2.5, dial, value }],
      },
    );

  it('serves with more threads once more instances run, and with fewer when they have finished (S2)', () => {
    const more = turned(takes(10), 'instances', 'parts.server.instances', 3);
    expect(started(more)).toEqual([1, 2.5, 3, 11]);
    expect(more.trace!.marks[0]).toMatchObject({ at: 2500, kind: 'dial', detail: 'instances=3' });
  });

  it('takes other times from the next request on (S2)', () => {
    expect(ended(turned(takes(1), 'time', 'parts.server.service.mean', 4))).toEqual([2, 3, 7, 11]);
  });

  it('refuses to turn what cannot change meanwhile, and says so', () => {
    expect(() => turned(takes(1), 'threads', 'parts.server.threads', 4)).toThrow(
      /parts.server.threads cannot change while a run goes on/,
    );
  });
});
