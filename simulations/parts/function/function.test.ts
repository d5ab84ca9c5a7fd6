import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { run, takes, times, type Faults, type Parts } from '../../by-hand.fixture.ts';
import { simulate, theory, type Run, type ScenarioSource } from '../../index.ts';

const constant = (mean: number) => ({ law: 'constant' as const, mean });
const exponential = (mean: number) => ({ law: 'exponential' as const, mean });

/** Work of a second after a cold start of two, kept for ten, unless it says otherwise. */
const fn = (more: object = {}): Parts[string] =>
  ({ kind: 'function', service: constant(1), coldStart: constant(2), keepAlive: 10, ...more }) as Parts[string];

const asks = (at: number[], more: object = {}): Parts[string] =>
  ({ kind: 'traffic', arrivals: { pattern: 'trace', times: at }, calls: ['fn'], ...more }) as Parts[string];

function keepsItsBooks({ ledger }: Run): void {
  expect(ledger.conserves).toBe(true);
  for (const { holds } of Object.values(ledger.little)) expect(holds).toBe(true);
}

function made(at: number[], more: object, horizon = 50, rest: Partial<ScenarioSource> = {}, parts: Parts = {}): Run {
  const result = run({ clients: asks(at), fn: fn(more), ...parts }, horizon, rest);
  keepsItsBooks(result);
  return result;
}

/** When each request began and ended, in seconds. */
const spans = (result: Run) => times(result).map(([, began, ended]) => [began, ended]);
const valueOf = ({ measures }: Run, name: string) => measures[name]!.value;
const last = (result: Run, name: string) => valueOf(result, `fn.${name}.last`);
const slots = ({ trace }: Run) => [...trace!.hops.slot];

describe('function', () => {
  it('starts an instance for a request that finds none, and uses it again while it is warm (F1)', () => {
    const result = made([1, 5, 20], {}, 25);
    expect(spans(result)).toEqual([
      [3, 4],
      [5, 6],
      [22, 23],
    ]);
    expect(valueOf(result, 'fn.coldShare')).toBeCloseTo(2 / 3, 12);
    expect(valueOf(result, 'fn.coldStarts')).toBe(2);
    expect(valueOf(result, 'fn.delayed')).toBeCloseTo(2 / 3, 12);
    expect(valueOf(result, 'fn.wait.mean')).toBeCloseTo(4 / 3, 12);
    expect(last(result, 'idle')).toBe(1);
  });

  it('stops an instance at the tick at which it has been idle for so long, at once, or never (F2)', () => {
    // idle from 4 on
    const cold = (at: number, keepAlive: unknown) => valueOf(made([1, at], { keepAlive }), 'fn.coldStarts');
    expect(cold(13.999, 10)).toBe(1);
    expect(cold(14.001, 10)).toBe(2);
    expect(cold(4.001, 0)).toBe(2);
    expect(cold(49, null)).toBe(1);
    expect(cold(13, constant(10))).toBe(1);
    expect(last(made([1], {}, 13.9), 'instances')).toBe(1);
    expect(last(made([1], {}, 14), 'instances')).toBe(0);
  });

  it('works on one request per instance, so that requests at the same time start as many (F1)', () => {
    const result = made([1, 1, 1, 4.5], {}, 6);
    expect(spans(result)).toEqual([
      [3, 4],
      [3, 4],
      [3, 4],
      [4.5, 5.5],
    ]);
    expect(last(result, 'instances')).toBe(3);
    expect(last(result, 'idle')).toBe(3);
  });

  it('works on several per instance where it may, also on one that is starting (F1)', () => {
    const result = made([1, 1, 1, 4.5, 4.5], { perInstance: 2 }, 5);
    expect(spans(result)).toEqual([
      [3, 4],
      [3, 4],
      [3, 4],
      [4.5, null],
      [4.5, null],
    ]);
    expect(valueOf(result, 'fn.coldStarts')).toBe(2);
    expect(valueOf(result, 'fn.coldShare')).toBeCloseTo(2 / 5, 12);
    expect(result.state['fn']!.slots.map(({ hop }) => hop >= 0)).toHaveLength(4);
    expect(result.state['fn']!.slots.filter(({ hop }) => hop >= 0)).toHaveLength(2);
  });

  it('takes the instance that was used last, or the one used longest ago (F3)', () => {
    // the first instance is used till 4, the second till 5
    const used = (reuse: string) => slots(made([1, 2, 6, 8, 10], { reuse }, 12));
    expect(used('newest')).toEqual([0, 1, 1, 1, 1]);
    expect(used('oldest')).toEqual([0, 1, 0, 1, 0]);
    // the newest lets the other stop
    expect(last(made([1, 2, 6, 8, 10, 14], { reuse: 'newest' }, 16), 'instances')).toBe(1);
    expect(last(made([1, 2, 6, 8, 10, 14], { reuse: 'oldest' }, 16), 'instances')).toBe(2);
  });

  describe('an instance that starts', () => {
    // one is warm and busy from 3 till 4; a second request comes at 3.5, and the start for it ends at 5.5
    it('belongs to its request, which waits for it (F4)', () => {
      expect(spans(made([1, 3.5, 4.2], {}, 10))).toEqual([
        [3, 4],
        [5.5, 6.5],
        [4.2, 5.2],
      ]);
    });

    it('or to the line, whose first takes whichever is free first (F4)', () => {
      const result = made([1, 3.5, 4.2], { coldStartFor: 'line' }, 10);
      expect(spans(result)).toEqual([
        [3, 4],
        [4, 5],
        [5, 6],
      ]);
      // the request of 4.2 starts no third: the second is on its way for whoever waits
      expect(valueOf(result, 'fn.coldStarts')).toBe(2);
      expect(last(result, 'idle')).toBe(2);
    });

    it('stays when its request is gone, and is used by the next (F4)', () => {
      const result = made([1, 2], { coldStart: constant(5) }, 20, {
        links: [{ from: 'clients', to: 'fn', timeout: 3, onTimeout: 'cancel' }],
      });
      expect(result.ledger.failed).toBe(2);
      expect(last(result, 'instances')).toBe(0);
      const later = run({ clients: asks([1]), others: asks([7]), fn: fn({ coldStart: constant(5) }) }, 20, {
        links: [{ from: 'clients', to: 'fn', timeout: 3, onTimeout: 'cancel' }],
      });
      keepsItsBooks(later);
      expect(spans(later)).toEqual([
        [null, 4],
        [7, 8],
      ]);
    });
  });

  describe('at the limit of instances', () => {
    const at = [1, 1, 1, 1, 1];

    it('a request is turned away at once as throttled (F5)', () => {
      const result = made(at, { concurrency: 2 });
      expect(result.failures).toEqual([{ reason: 'bulkhead-full', by: 'fn', source: 'clients', count: 3 }]);
      expect(valueOf(result, 'fn.throttled')).toBeCloseTo(3 / 5, 12);
      expect(result.trace!.marks).toMatchObject([{ kind: 'first-refusal', detail: 'bulkhead-full' }]);
      expect(made(at, { concurrency: 0 }).ledger.failed).toBe(5);
    });

    it('or waits in line, as far as there is room (F5)', () => {
      const result = made(at, { concurrency: 2, queueLimit: 2 });
      expect(spans(result)).toEqual([
        [3, 4],
        [3, 4],
        [4, 5],
        [4, 5],
        [null, 1],
      ]);
      expect(result.failures).toEqual([{ reason: 'queue-full', by: 'fn', source: 'clients', count: 1 }]);
      const shared = made(at, { concurrency: 2, queueLimit: 2, coldStartFor: 'line' });
      expect(spans(shared)).toEqual(spans(result));
      expect(made(at, { concurrency: 2, queueLimit: null }).ledger.answered).toBe(5);
    });

    it('who has lost patience leaves, from the line and from a start (F5)', () => {
      const impatient = { patience: constant(1.5) };
      const parts = { clients: asks([1, 1, 1, 2], impatient), fn: fn({ concurrency: 2, queueLimit: null }) };
      const result = run(parts, 10);
      keepsItsBooks(result);
      // all of 1 are gone at 2.5; that of 2 stands in line till 3.5 and begins at 3, on an instance that was started for another
      expect(spans(result)).toEqual([
        [null, 2.5],
        [null, 2.5],
        [null, 2.5],
        [3, 4],
      ]);
      expect(result.failures).toEqual([{ reason: 'impatient', by: 'fn', source: 'clients', count: 3 }]);
    });
  });

  it('what is provisioned is warm from the start and never stops (F6)', () => {
    const result = made([1, 1, 1, 40], { minimum: 2 });
    expect(spans(result)).toEqual([
      [1, 2],
      [1, 2],
      [3, 4],
      [40, 41],
    ]);
    expect(valueOf(result, 'fn.coldShare')).toBe(0.25);
    expect(last(result, 'instances')).toBe(2);
    expect(valueOf(result, 'fn.instances.max')).toBe(3);
  });

  it('its work may be followed by calls, during which the instance is held (F7)', () => {
    const result = made([1, 1], { calls: ['store'], concurrency: 1, queueLimit: null }, 20, {}, { store: takes(3) });
    expect(times(result).filter((_, hop) => result.trace!.hops.from[hop] === 0)).toEqual([
      [1, 3, 7],
      [1, 7, 11],
    ]);
    const failing = made([1], { calls: ['store'] }, 20, {}, { store: takes(1, { errors: 1 }) });
    expect(failing.failures).toEqual([{ reason: 'error', by: 'store', source: 'clients', count: 1 }]);
  });

  it('stops what takes too long as timeout, and goes on with the instance (F7)', () => {
    const result = made([1, 6], { service: constant(3), maxDuration: 2 }, 20);
    expect(spans(result)).toEqual([
      [3, 5],
      [6, 8],
    ]);
    expect(result.failures).toEqual([{ reason: 'timeout', by: 'fn', source: 'clients', count: 2 }]);
    expect(made([1], { service: constant(2), maxDuration: 2 }).ledger.answered).toBe(1);
    const calling = made([1], { maxDuration: 2, calls: ['store'] }, 20, {}, { store: takes(5) });
    expect(times(calling)).toEqual([
      [1, 3, 5],
      [4, 4, 5],
    ]);
  });

  it('a request that is cancelled gives its place back (F7)', () => {
    const cancelling: Partial<ScenarioSource> = {
      links: [{ from: 'clients', to: 'fn', timeout: 4, onTimeout: 'cancel' }],
    };
    // the first works from 3 on and is cancelled at 5; who waits in line takes its place then
    const result = made([1, 4], { service: constant(3), concurrency: 1, queueLimit: null }, 20, cancelling);
    expect(spans(result)).toEqual([
      [3, 5],
      [5, 8],
    ]);
    const calling = made([1], { calls: ['store'] }, 20, cancelling, { store: takes(5) });
    expect(times(calling)).toEqual([
      [1, 3, 5],
      [4, 4, 5],
    ]);
  });

  it('costs for each request, for the time of work, and for what is provisioned (F8)', () => {
    const price = { perRequest: 3, perTimeUnit: 5, idlePerTimeUnit: 0.5 };
    const total = (more: object) => valueOf(made([1, 10], more, 50), 'fn.cost.mean')! * 50;
    expect(total({ price })).toBeCloseTo(2 * (3 + 5), 9);
    expect(total({ price: { ...price, billsColdStart: true } })).toBeCloseTo(2 * (3 + 5) + 2 * 5, 9);
    expect(total({ price, minimum: 2 })).toBeCloseTo(2 * (3 + 5) + 50, 9);
  });

  describe('faults', () => {
    const broken = (action: string, at: number, asked: number[], more: object, extra: object = {}): Run => {
      const faults = [{ id: 'broken', part: 'fn', action, duration: 5, ...extra }] as Faults;
      return made(asked, more, 20, { faults, inputs: [{ at, fault: 'broken' }] });
    };

    it('a crash kills all instances with what they have; the line goes on with new ones (F9)', () => {
      const more = { concurrency: 2, queueLimit: null };
      const result = broken('crash', 3.5, [1, 2, 2.5, 7], more);
      // the first is in service, the second waits for its start, the third stands in line and gets a start of its own
      expect(spans(result)).toEqual([
        [3, 3.5],
        [null, 3.5],
        [5.5, 6.5],
        [7, 8],
      ]);
      expect(result.failures).toEqual([{ reason: 'crashed', by: 'fn', source: 'clients', count: 2 }]);
      const shared = broken('crash', 3.5, [1, 2, 2.5, 7], { ...more, coldStartFor: 'line' });
      expect(spans(shared)).toEqual([
        [3, 3.5],
        [5.5, 6.5],
        [5.5, 6.5],
        [7, 8],
      ]);
      // what was provisioned starts again at once
      expect(spans(broken('crash', 3, [4], { minimum: 1 }))).toEqual([[5, 6]]);
    });

    it('a request that crashed may be asked again at once', () => {
      const result = made([1, 1, 1], { concurrency: 2 }, 20, {
        faults: [{ id: 'broken', part: 'fn', action: 'crash', duration: 5 }],
        inputs: [{ at: 3.5, fault: 'broken' }],
        links: [{ from: 'clients', to: 'fn', retry: { most: 1, backoff: 'none' } }],
      });
      expect(result.ledger).toMatchObject({ answered: 2, failed: 1 });
    });

    it('down, it refuses what comes, and finishes what is inside (F9)', () => {
      const result = broken('down', 2, [1, 4, 8], {});
      expect(spans(result)).toEqual([
        [3, 4],
        [null, 4],
        [8, 9],
      ]);
      expect(result.failures).toMatchObject([{ reason: 'unavailable', count: 1 }]);
    });

    it('slow multiplies the work, slow-start the starts (F9)', () => {
      expect(spans(broken('slow', 0, [1], {}, { amount: 3 }))).toEqual([[3, 6]]);
      expect(spans(broken('slow-start', 0, [1], {}, { amount: 3 }))).toEqual([[7, 8]]);
    });
  });

  describe('dials', () => {
    const turned = (place: string, start: number, value: number, at: number[], more: object): Run =>
      made(at, more, 20, {
        dials: [{ id: 'dial', unit: 'number', min: 0, max: 100, step: 1, start, sets: [`parts.fn.${place}`] }],
        inputs: [{ at: 2, dial: 'dial', value }],
      });

    it('more provisioned instances start at once, fewer stop when they have been idle', () => {
      const more = turned('minimum', 0, 2, [5, 5], {});
      expect(spans(more)).toEqual([
        [5, 6],
        [5, 6],
      ]);
      expect(last(more, 'instances')).toBe(2);
      expect(last(turned('minimum', 2, 0, [1], { minimum: 2, keepAlive: 17.9 }), 'instances')).toBe(0);
      expect(last(turned('minimum', 2, 0, [1], { minimum: 2, keepAlive: 18.1 }), 'instances')).toBe(2);
    });

    it('with more concurrency the line gets instances, with less those that are idle stop', () => {
      const result = turned('concurrency', 1, 3, [1, 1, 1], { concurrency: 1, queueLimit: null });
      expect(spans(result)).toEqual([
        [3, 4],
        [4, 5],
        [4, 5],
      ]);
      const fewer = turned('concurrency', 4, 1, [0, 0, 0], { concurrency: 4, coldStart: constant(0), keepAlive: null });
      expect(last(fewer, 'instances')).toBe(1);
      const busy = turned('concurrency', 4, 1, [1.5, 1.5, 4], { concurrency: 4, coldStart: constant(0) });
      expect(spans(busy)).toEqual([
        [1.5, 2.5],
        [1.5, 2.5],
        [4, 5],
      ]);
      expect(valueOf(busy, 'fn.instances.max')).toBe(2);
    });
  });

  it('keeps what its own link refuses out of its own failures', () => {
    const cut = made(
      [1],
      { calls: ['behind'] },
      20,
      {
        links: [{ from: 'fn', to: 'behind', rateLimit: { rate: 1e-9, burst: 0.5 } }],
      },
      { behind: takes(1) },
    );
    expect(cut.ledger.failed).toBe(1);
    expect(valueOf(cut, 'fn.refused')).toBe(0);
    expect(cut.failures.map(({ by }) => by)).toEqual(['fn']);
  });

  it('refuses more provisioned instances than there may be', () => {
    expect(() => made([1], { minimum: 3, concurrency: 2 })).toThrow(/parts.fn.minimum/);
    expect(() => made([1], { concurrency: 100_000, perInstance: 1000 })).toThrow(/parts.fn.concurrency/);
  });

  it('with times of nothing at all it answers everything at once', () => {
    const nothing = { service: constant(0), coldStart: constant(0), keepAlive: 0 };
    for (const coldStartFor of ['request', 'line']) {
      const result = made(
        Array.from({ length: 1000 }, () => 1),
        { ...nothing, coldStartFor },
        5,
      );
      expect(result.ledger.answered).toBe(1000);
      expect(last(result, 'instances')).toBe(0);
    }
  });

  describe('against theory', () => {
    /** One instance that stops at once and starts for whoever comes: a queue with setup. */
    const setup = (coldStart: object, customers: number, keepAlive: unknown = 0) =>
      simulate({
        id: 'setup',
        horizon: customers / 0.5,
        parts: {
          clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 0.5 }, calls: ['fn'] },
          fn: fn({
            service: exponential(1),
            coldStart,
            keepAlive,
            concurrency: 1,
            queueLimit: null,
            coldStartFor: 'line',
          }),
        },
      });

    it('waits as M/M/1 with a constant setup does, and meets it off as often (F4)', () => {
      const result = setup(constant(5), 400_000);
      keepsItsBooks(result);
      expect(theory.responseSetupMG1(0.5, 1, 1, { mean: 5, cv2: 0 })).toBeCloseTo(5.2142857143, 9);
      expect(Math.abs(valueOf(result, 'fn.response.mean')! - 5.2142857143)).toBeLessThan(0.12);
      expect(Math.abs(valueOf(result, 'fn.coldShare')! - 1 / 7)).toBeLessThan(0.005);
      expect(Math.abs(valueOf(result, 'fn.busy.mean')! - 0.5)).toBeLessThan(0.01);
    });

    it('waits as M/M/1 with an exponential setup does: that without, and one setup more', () => {
      const result = setup(exponential(5), 400_000);
      expect(theory.responseSetupMG1(0.5, 1, 1, { mean: 5, cv2: 1 })).toBeCloseTo(1 / (1 - 0.5) + 5, 9);
      expect(Math.abs(valueOf(result, 'fn.response.mean')! - 7)).toBeLessThan(0.2);
    });

    it('kept alive for a while, it meets fewer off', () => {
      const result = setup(constant(5), 300_000, 2);
      const shares = theory.setupShares(0.5, 1, { mean: 5, cv2: 0, keepAlive: 2 });
      expect(Math.abs(valueOf(result, 'fn.coldShare')! - shares.off)).toBeLessThan(0.005);
      expect(Math.abs(valueOf(result, 'fn.starting.mean')! - shares.starting)).toBeLessThan(0.01);
      expect(Math.abs(valueOf(result, 'fn.idle.mean')! - shares.idle)).toBeLessThan(0.01);
      const expected = theory.responseSetupMG1(0.5, 1, 1, { mean: 5, cv2: 0, keepAlive: 2 });
      expect(Math.abs(valueOf(result, 'fn.response.mean')! - expected)).toBeLessThan(0.1);
    });

    it('one request at a time and far between, it is cold as often as nobody comes for so long (F2)', () => {
      const rare = (keepAlive: unknown) =>
        simulate({
          id: 'rare',
          horizon: 200_000,
          time: { unit: 's', ticks: 1_000_000 },
          parts: {
            clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 0.5 }, calls: ['fn'] },
            fn: fn({ service: constant(1e-5), coldStart: constant(1e-5), keepAlive }),
          },
        });
      // kept for a time that is itself exponential, the share is the mean of that over the times
      for (const [keepAlive, expected] of [
        [3, theory.coldStartShare(0.5, 3)],
        [exponential(3), 1 / (1 + 0.5 * 3)],
      ] as const) {
        const deviation = Math.sqrt((expected * (1 - expected)) / 100_000);
        expect(Math.abs(valueOf(rare(keepAlive), 'fn.coldShare')! - expected)).toBeLessThan(3 * deviation + 1e-4);
      }
    });

    it('with a warm place for everybody it is busy by Little’s law', () => {
      const result = simulate({
        id: 'wide',
        horizon: 20_000,
        parts: {
          clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 10 }, calls: ['fn'] },
          fn: fn({ service: exponential(0.5), keepAlive: null }),
        },
      });
      expect(Math.abs(valueOf(result, 'fn.busy.mean')! - 5)).toBeLessThan(0.1);
      expect(valueOf(result, 'fn.coldStarts')).toBe(valueOf(result, 'fn.instances.max'));
    });
  });

  it('the state at a moment is what a run stopped there ends with (S1)', () => {
    const scenario: ScenarioSource = {
      id: 'stopped',
      horizon: 100,
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 3 }, calls: ['fn'] },
        fn: fn({
          service: exponential(1),
          coldStart: exponential(2),
          keepAlive: exponential(3),
          concurrency: 4,
          queueLimit: 5,
        }),
      },
    };
    const stopped = simulate(scenario, { until: 40, record: 'trace' });
    expect(simulate({ ...scenario, horizon: 40 }, { record: 'trace' })).toMatchObject({
      digest: stopped.digest,
      state: stopped.state,
    });
    expect(simulate(scenario).digest).toBe(simulate(scenario).digest);
    const waiting = [...stopped.trace!.hops.startedAt].flatMap((at, hop) =>
      at < 0 && stopped.trace!.hops.endedAt[hop]! < 0 ? [hop] : [],
    );
    expect(stopped.state['fn']!.queue).toEqual(waiting);
  });

  it('counts each class of requests for itself', () => {
    const classes = [
      { id: 'small', weight: 1, size: constant(0.5) },
      { id: 'large', weight: 1, size: constant(2) },
    ];
    const result = run(
      { clients: { ...asks(Array.from({ length: 300 }, (_, i) => i / 10)), classes } as Parts[string], fn: fn() },
      40,
    );
    keepsItsBooks(result);
    expect(valueOf(result, 'fn.service.mean@small')).toBeCloseTo(0.5, 12);
    expect(valueOf(result, 'fn.service.mean@large')).toBeCloseTo(2, 12);
  });

  it('whatever is set and broken, its instances and requests add up', () => {
    const law = fc.constantFrom(constant(0), constant(0.3), exponential(0.4));
    const system = fc.record({
      service: law,
      coldStart: law,
      keepAlive: fc.constantFrom<unknown>(null, 0, 0.5, exponential(1)),
      perInstance: fc.integer({ min: 1, max: 3 }),
      concurrency: fc.integer({ min: 2, max: 6 }),
      minimum: fc.integer({ min: 0, max: 2 }),
      reuse: fc.constantFrom('newest', 'oldest'),
      coldStartFor: fc.constantFrom('request', 'line'),
      queueLimit: fc.constantFrom(null, 0, 3),
      maxDuration: fc.constantFrom(null, 0.5),
      calls: fc.constantFrom([], ['store'], [{ parallel: ['store', 'cupboard'] }]),
      onTimeout: fc.constantFrom('cancel' as const, 'zombie' as const),
      patient: fc.boolean(),
      inputs: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 29, noNaN: true }),
          fault: fc.constantFrom('crash', 'down', 'slow', 'slow-start'),
        }),
        { maxLength: 4 },
      ),
      turns: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 29, noNaN: true }),
          dial: fc.constantFrom('minimum', 'concurrency'),
          value: fc.integer({ min: 0, max: 4 }),
        }),
        { maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(system, ({ onTimeout, patient, inputs, turns, ...settings }) => {
        const dial = (id: 'minimum' | 'concurrency', min: number, max: number) => ({
          id,
          unit: 'count' as const,
          min,
          max,
          step: 1,
          start: settings[id],
          sets: [`parts.fn.${id}`],
        });
        const result = run(
          {
            clients: {
              kind: 'traffic',
              arrivals: { pattern: 'poisson', rate: 8 },
              calls: [{ parallel: ['fn', 'fn'], need: 1 }],
              ...(patient ? {} : { patience: exponential(0.5) }),
            },
            fn: fn(settings),
            store: takes(0.1, { threads: 2 }),
            cupboard: takes(0.2, { errors: 0.2, queueLimit: 3 }),
          },
          30,
          {
            links: [{ from: 'clients', to: 'fn', timeout: 1, onTimeout, retry: { most: 2, backoff: 'none' } }],
            faults: ['crash', 'down', 'slow', 'slow-start'].map((action) => ({
              id: action,
              part: 'fn',
              action,
              duration: 3,
              amount: 2,
            })),
            dials: [dial('minimum', 0, 2), dial('concurrency', 2, 6)],
            inputs: [
              ...inputs,
              ...turns.map(({ at, dial: which, value }) => ({
                at,
                dial: which,
                value: which === 'minimum' ? Math.min(2, value) : value + 2,
              })),
            ],
          },
        );
        keepsItsBooks(result);
        const { slots: places, queue, inside, readings } = result.state['fn']!;
        const states = readings!['states'] as string[];
        const inWork = places.filter(({ hop }) => hop >= 0).length;
        expect(inWork + queue.length).toBe(inside);
        expect(last(result, 'busy')).toBe(inWork);
        expect(last(result, 'queue')).toBe(queue.length);
        expect(last(result, 'instances')).toBe(states.filter((state) => state !== 'absent').length);
        expect(last(result, 'starting')).toBe(states.filter((state) => state === 'starting').length);
        expect(last(result, 'capacity')).toBe(states.filter((state) => state === 'warm').length * settings.perInstance);
        const idle = states.filter(
          (state, instance) =>
            state === 'warm' && !places.some((place) => place.instance === instance && place.hop >= 0),
        );
        expect(last(result, 'idle')).toBe(idle.length);
        // nobody waits in line where there is room
        if (readings!['line'] !== 0) expect(inWork).toBe(last(result, 'capacity'));
      }),
      { numRuns: 60 },
    );
  });
});
