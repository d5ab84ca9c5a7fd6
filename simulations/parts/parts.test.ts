/** What parts mean by their settings, in small systems that can be followed by hand. Times are in seconds, a tick is a millisecond. */
import { describe, expect, it } from 'vitest';
import { simulate, type Run, type ScenarioSource } from '../index.ts';

type Parts = ScenarioSource['parts'];
type Faults = NonNullable<ScenarioSource['faults']>;

const run = (parts: Parts, horizon: number, more: Partial<ScenarioSource> = {}): Run =>
  simulate({ id: 'by-hand', time: { unit: 's', ticks: 1000 }, horizon, parts, ...more }, { record: 'trace' });

/** Of each hop: when it was sent, started and ended, in seconds. */
function times({ trace }: Run): (number | null)[][] {
  const { hops } = trace!;
  const second = (ticks: number) => (ticks < 0 ? null : ticks / 1000);
  return Array.from({ length: hops.count }, (_, hop) => [
    second(hops.sentAt[hop]!),
    second(hops.startedAt[hop]!),
    second(hops.endedAt[hop]!),
  ]);
}

const every = (gap: number, calls = ['server']): Parts[string] => ({
  kind: 'traffic',
  arrivals: { pattern: 'constant', rate: 1 / gap },
  calls,
});
const takes = (mean: number, more: object = {}): Parts[string] => ({
  kind: 'service',
  service: { law: 'constant', mean },
  ...more,
});

describe('traffic', () => {
  it('an open pattern sends whatever becomes of the earlier requests (P1)', () => {
    expect(times(run({ clients: every(1), server: takes(10) }, 4.5)).map(([sent]) => sent)).toEqual([1, 2, 3, 4]);
  });

  it('a closed pattern has at most one request per user under way, and thinks first (P1)', () => {
    const clients = {
      kind: 'traffic',
      arrivals: { pattern: 'closed', users: 1, think: { law: 'constant', mean: 2 } },
      calls: ['server'],
    } as const;
    expect(times(run({ clients, server: takes(3) }, 13))).toEqual([
      [2, 2, 5],
      [7, 7, 10],
      [12, 12, null],
    ]);
  });

  it('a surge walks what is left of a gap at the new pace, and the gap that it ends in at the old one (P2)', () => {
    const faults: Faults = [{ id: 'rush', part: 'clients', action: 'surge', duration: 2, amount: 2 }];
    // arrivals every 4 s; pace 2 from 2 to 4: the 4 s gap has 2 left, walked in 1 s; the next 4 s gap has 2 left at 4
    const surged = run({ clients: every(4), server: takes(0.1) }, 12, { faults, inputs: [{ at: 2, fault: 'rush' }] });
    expect(times(surged).map(([sent]) => sent)).toEqual([3, 6, 10]);
  });

  it('stops are visited one after the other, and the round trip is of all of them (P3)', () => {
    const trip = run({ clients: every(5, ['first', 'second']), first: takes(1), second: takes(2) }, 9.5);
    expect(times(trip)).toEqual([
      [5, 5, 6],
      [6, 6, 8],
    ]);
    expect(trip.measures['clients.roundTrip.mean']!.value).toBe(3);
  });

  it('the first failure ends a request (P3)', () => {
    const { ledger, trace } = run(
      { clients: every(1, ['first', 'second']), first: takes(10, { queueLimit: 0 }), second: takes(1) },
      5.5,
    );
    expect(ledger).toMatchObject({ made: 5, failed: 4, inside: 1 });
    expect(trace!.hops.count).toBe(5);
  });
});

describe('service', () => {
  it('serves first come first served on one line for all its instances (P4)', () => {
    expect(
      times(run({ clients: every(1), server: takes(3, { instances: 2 }) }, 9.5)).map(([, started]) => started),
    ).toEqual([1, 2, 4, 5, 7, 8, null, null, null]);
  });

  it('of several free threads the one that has been free longest serves next (P4)', () => {
    const { trace } = run({ clients: every(2), server: takes(1, { instances: 3 }) }, 9);
    expect([...trace!.hops.slot]).toEqual([0, 1, 2, 0]);
  });

  it('refuses one more than the line may hold, at once (P5)', () => {
    const full = run({ clients: every(1), server: takes(10, { queueLimit: 2 }) }, 5.5);
    expect(times(full)).toEqual([
      [1, 1, null],
      [2, null, null],
      [3, null, null],
      [4, null, 4],
      [5, null, 5],
    ]);
    expect(full.trace!.marks).toEqual([{ at: 4000, part: 'server', kind: 'first-refusal', detail: 'queue-full' }]);
    expect(full.measures['server.failures.queue-full']!.value).toBe(2);
  });

  const pause: Faults = [{ id: 'pause', part: 'server', action: 'pause', duration: 5 }];

  it('paused, keeps its work and goes on with what was left (P6)', () => {
    const paused = run({ clients: every(10), server: takes(4) }, 30, {
      faults: pause,
      inputs: [{ at: 12, fault: 'pause' }],
    });
    expect(times(paused).slice(0, 2)).toEqual([
      [10, 10, 19],
      [20, 20, 24],
    ]);
    expect(paused.trace!.marks.map(({ at, kind }) => [at, kind])).toEqual([
      [12000, 'fault-begins'],
      [17000, 'fault-ends'],
    ]);
  });

  it('paused while idle, takes up the line when it goes on (P6)', () => {
    const paused = run({ clients: every(1), server: takes(0.5) }, 4, {
      faults: pause,
      inputs: [{ at: 0.5, fault: 'pause', duration: 2 }],
    });
    expect(times(paused).slice(0, 3)).toEqual([
      [1, 2.5, 3],
      [2, 3, 3.5],
      [3, 3.5, 4],
    ]);
  });

  it('with one instance paused, the other serves the line (P6)', () => {
    const halved = run({ clients: every(1), server: takes(1, { instances: 2 }) }, 6.5, {
      faults: pause,
      inputs: [{ at: 0.5, fault: 'pause' }],
    });
    expect(Array.from(halved.trace!.hops.slot).filter((slot) => slot >= 0)).toEqual([1, 1, 1, 1, 1, 0]);
    expect(simulateState(halved)).toEqual([true, true]);
  });

  it('two pauses that overlap end with the later (P6)', () => {
    const inputs = [
      { at: 1, fault: 'pause', duration: 3 },
      { at: 2, fault: 'pause', duration: 4 },
    ];
    const paused = run({ clients: every(0.5), server: takes(0.1) }, 8, { faults: pause, inputs });
    const started = times(paused).map(([, at]) => at!);
    expect(started.filter((at) => at > 1 && at < 6)).toEqual([]);
    expect(started).toContain(6);
  });

  it('speed divides the service time', () => {
    expect(times(run({ clients: every(5), server: takes(2, { speed: 4 }) }, 6))).toEqual([[5, 5, 5.5]]);
  });
});

describe('link', () => {
  it('takes its time on the way there and back; response holds neither, the round trip both (P7)', () => {
    const far = run({ clients: every(5), server: takes(1) }, 9, {
      links: [{ from: 'clients', to: 'server', latency: 0.5 }],
    });
    const { hops } = far.trace!;
    expect([hops.sentAt[0], hops.arrivedAt[0], hops.endedAt[0], hops.returnedAt[0]]).toEqual([5000, 5500, 6500, 7000]);
    expect(far.measures['server.response.mean']!.value).toBe(1);
    expect(far.measures['clients.roundTrip.mean']!.value).toBe(2);
  });

  it('may vary, and then requests overtake each other', () => {
    const links: ScenarioSource['links'] = [
      { from: 'clients', to: 'server', latency: { law: 'exponential', mean: 5 } },
    ];
    const { hops } = run({ clients: every(0.1), server: takes(0) }, 60, { links }).trace!;
    const arrivals = [...hops.arrivedAt].filter((at) => at >= 0);
    expect(arrivals).not.toEqual(arrivals.toSorted((a, b) => a - b));
  });
});

function simulateState({ state }: Run): boolean[] {
  return state['server']!.instances;
}
