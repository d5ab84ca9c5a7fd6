import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate, type Run, type ScenarioSource } from './index.ts';
import { bounds } from './engine/machine.ts';
import { anySystem } from './random-systems.fixture.ts';

/** Fixed, so that a failure can be met again. */
const runs = { seed: 20_261_122, numRuns: 12 };
const moment = fc.double({ min: 0, max: 40, noNaN: true });

/** All that happened up to a time, hop by hop; what comes later reads as not yet. */
function past(run: Run, until: number): string[] {
  const hops = run.trace!.hops;
  const seen = (time: number) => (time < 0 || time > until ? '' : String(time));
  const lines: string[] = [];
  for (let hop = 0; hop < hops.count; hop++) {
    if (hops.sentAt[hop]! > until) continue;
    const started = hops.startedAt[hop]! >= 0 && hops.startedAt[hop]! <= until;
    const ended = hops.endedAt[hop]! >= 0 && hops.endedAt[hop]! <= until;
    lines.push(
      [
        run.trace!.parts[hops.from[hop]!],
        run.trace!.parts[hops.to[hop]!],
        hops.request[hop],
        ...[hops.sentAt, hops.arrivedAt, hops.startedAt, hops.endedAt, hops.returnedAt].map((column) =>
          seen(column[hop]!),
        ),
        started ? hops.slot[hop] : '',
        ended ? hops.fate[hop] : '',
      ].join(' '),
    );
  }
  return lines;
}

const traced = (system: ScenarioSource, options = {}) => simulate(system, { ...options, record: 'trace' });

describe('the rules hold on random systems of up to 50 parts of every kind', () => {
  it('the same question gives the same run twice (R1)', () => {
    fc.assert(
      fc.property(anySystem, (system) => {
        expect(traced(system)).toEqual(traced(structuredClone(system)));
      }),
      { ...runs, numRuns: 8 },
    );
  });

  it('calls a run by the version of the machine that made it (V1)', () => {
    const run = simulate(fc.sample(anySystem, { seed: 1, numRuns: 1 })[0]!);
    expect(run.engine).toMatch(/^\d+\.\d+\.\d+$/);
    expect(run.digest).toMatch(/^[0-9a-f]{16}$/);
  });

  it('another seed gives another run (R1)', () => {
    fc.assert(
      fc.property(anySystem, (system) => {
        const run = simulate(system);
        // a system whose every time is constant is the same under any luck
        if (run.events < 40 || JSON.stringify(system).match(/exponential|poisson/) === null) return;
        expect(simulate(system, { seed: (run.seed + 1) % 4294967296 }).digest).not.toBe(run.digest);
      }),
      runs,
    );
  });

  it('with and without a trace, digest, measures and books are the same (S3)', () => {
    fc.assert(
      fc.property(anySystem, (system) => {
        const { trace, ...withTrace } = traced(system);
        expect(trace).toBeDefined();
        // a state names its calls by their rows in the trace, where there is one
        const anonymous = (run: Omit<Run, 'trace'>) => ({
          ...run,
          measures: run.measures,
          state: Object.fromEntries(
            Object.entries(run.state).map(([id, { slots, queue, ...rest }]) => [
              id,
              { ...rest, busy: slots.map(({ hop }) => hop >= 0), waiting: queue.length },
            ]),
          ),
        });
        expect(anonymous(simulate(system))).toEqual(anonymous(withTrace));
      }),
      runs,
    );
  });

  it('every request is answered, failed or still inside (C1)', () => {
    fc.assert(
      fc.property(anySystem, moment, (system, until) => {
        const { ledger } = simulate(system, { until });
        expect(ledger.made).toBe(ledger.answered + ledger.failed + ledger.inside);
        expect(ledger.conserves).toBe(true);
      }),
      { ...runs, numRuns: 25 },
    );
  });

  it('above 2^53 request-ticks the two accountings agree but for rounding, and below to the last bit (C2)', () => {
    const crowd = (horizon: number): ScenarioSource => ({
      id: 'crowd',
      horizon,
      parts: {
        clients: {
          kind: 'traffic',
          arrivals: { pattern: 'batches', rate: 100 / horizon, size: 300 },
          calls: ['server'],
        },
        server: { kind: 'service', threads: null, service: { law: 'exponential', mean: horizon / 3 } },
      },
    });
    const little = (horizon: number) => simulate(crowd(horizon)).ledger.little['server']!;
    const exact = little(1);
    expect(exact.byState).toBeLessThan(2 ** 53);
    expect(exact.byState).toBe(exact.byRequest);
    const huge = little(1e8);
    expect(huge.byState).toBeGreaterThan(2 ** 59);
    expect(Math.abs(huge.byState / huge.byRequest - 1)).toBeLessThan(1e-11);
    expect(huge.holds).toBe(true);
  });

  it("Little's law is an equality of two accountings in every part (C2)", () => {
    fc.assert(
      fc.property(anySystem, moment, (system, until) => {
        for (const { byState, byRequest } of Object.values(simulate(system, { until }).ledger.little))
          expect(byState).toBe(byRequest);
      }),
      { ...runs, numRuns: 25 },
    );
  });

  it('a run stopped at t is the beginning of the whole run (S1)', () => {
    fc.assert(
      fc.property(anySystem, moment, (system, until) => {
        const stopped = traced(system, { until });
        expect(past(stopped, stopped.endedAt)).toEqual(past(traced(system), stopped.endedAt));
      }),
      runs,
    );
  });

  it('the state at t is what the hops of the whole run say of t (S1)', () => {
    fc.assert(
      fc.property(anySystem, moment, (system, until) => {
        const stopped = traced(system, { until });
        const { trace } = traced(system);
        const { hops, parts } = trace!;
        const now = stopped.endedAt;
        for (const [row, id] of parts.entries()) {
          const inside: number[] = [];
          for (let hop = 0; hop < hops.count; hop++) {
            const arrived = hops.arrivedAt[hop]!;
            const ended = hops.endedAt[hop]!;
            if (hops.to[hop] === row && arrived >= 0 && arrived <= now && !(ended >= 0 && ended <= now))
              inside.push(hop);
          }
          const { slots, queue, inside: count } = stopped.state[id]!;
          const own = system.parts[id]!;
          if (own.kind === 'traffic') continue;
          expect(count).toBe(inside.length);
          // whoever waits for others without a thread stands nowhere
          const seen = [...queue, ...slots.map(({ hop }) => hop).filter((hop) => hop >= 0)];
          expect(new Set(seen).size).toBe(seen.length);
          // a message that a bus keeps stands for the call that brought it, which is over
          if (own.kind === 'bus' && own.mode === 'one-way') continue;
          for (const hop of seen) expect(inside).toContain(hop);
          for (const hop of inside)
            if (hops.startedAt[hop]! < 0 || hops.startedAt[hop]! > now) expect(queue).toContain(hop);
        }
      }),
      runs,
    );
  });

  it('an input at t changes nothing before t (S2)', () => {
    fc.assert(
      fc.property(anySystem, moment, fc.nat(1000), (system, at, which) => {
        const fault = system.faults![which % system.faults!.length]!.id;
        const plain = traced(system);
        const forked = traced(system, { inputs: [{ at, fault }] });
        const before = Math.round(at * plain.time.ticks) - 1;
        expect(past(forked, before)).toEqual(past(plain, before));
      }),
      runs,
    );
  });

  it('a part that is added changes no other part of the run (R2)', () => {
    fc.assert(
      fc.property(anySystem, fc.boolean(), (system, first) => {
        const bystanders: ScenarioSource['parts'] = {
          crowd: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 3 }, calls: ['stall'] },
          stall: { kind: 'service', service: { law: 'gamma', mean: 0.2, cv2: 3 }, errors: 0.3 },
        };
        const links = [
          ...system.links!,
          { from: 'crowd', to: 'stall', timeout: 0.3, loss: 0.1, retry: { most: 2, jitter: 'full' as const } },
        ];
        const parts = first ? { ...bystanders, ...system.parts } : { ...system.parts, ...bystanders };
        const known = (run: Run) =>
          past(run, run.horizon)
            .filter((line) => !line.startsWith('crowd'))
            .toSorted();
        expect(known(traced({ ...system, parts, links }))).toEqual(known(traced(system)));
      }),
      runs,
    );
  });

  it('two designs meet the same customers at the same moments with the same sizes (R2)', () => {
    fc.assert(
      fc.property(anySystem, (system) => {
        const slower = structuredClone(system);
        for (const part of Object.values(slower.parts))
          if (part.kind === 'service') part.instances = (part.instances ?? 1) + 1;
        const first = (run: Run) => {
          const { hops, parts } = run.trace!;
          const seen = new Map<string, string>();
          for (let hop = 0; hop < hops.count; hop++) {
            const from = parts[hops.from[hop]!]!;
            const part = system.parts[from]!;
            // the moment at which an open customer sets out; a closed one's depends on the answers before
            if (part.kind !== 'traffic' || part.arrivals.pattern === 'closed') continue;
            const key = `${from} ${hops.request[hop]}`;
            if (!seen.has(key)) seen.set(key, String(hops.sentAt[hop]));
          }
          return [...seen].toSorted();
        };
        expect(first(traced(slower))).toEqual(first(traced(system)));
      }),
      runs,
    );
  });

  it('time never runs backwards along a hop (T1)', () => {
    fc.assert(
      fc.property(anySystem, (system) => {
        const { hops } = traced(system).trace!;
        for (let hop = 0; hop < hops.count; hop++) {
          const times = [hops.sentAt, hops.arrivedAt, hops.startedAt, hops.endedAt, hops.returnedAt]
            .map((column) => column[hop]!)
            .filter((time) => time >= 0);
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          expect(times.every(Number.isInteger)).toBe(true);
        }
      }),
      runs,
    );
  });
});

describe('a run is measured', () => {
  const busy = (more: Partial<ScenarioSource>): Run =>
    simulate({
      id: 'busy',
      horizon: 100,
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 1 }, calls: ['server'] },
        server: { kind: 'service', service: { law: 'constant', mean: 0.5 } },
      },
      ...more,
    });

  it('without what happens before the warm-up (C3)', () => {
    const { measures } = busy({ warmUp: 40.2 });
    expect(measures['server.arrivals']!.value).toBe(60);
    expect(measures['server.utilisation']!.value).toBeCloseTo((59 * 0.5 + 0.3) / 59.8, 9);
    expect(busy({}).measures['server.arrivals']!.value).toBe(100);
  });

  it('with durations rounded to ticks and a rate that rounding does not bend (T3)', () => {
    const run = busy({
      time: { unit: 's', ticks: 10 },
      horizon: 1000,
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 3 }, calls: ['server'] },
        server: { kind: 'service', service: { law: 'constant', mean: 0.14 } },
      },
    });
    expect(run.ledger.made).toBe(3000);
    expect(run.measures['server.service.mean']!.value).toBeCloseTo(0.1, 9);
  });
});

describe('a run is bounded (B1)', () => {
  const flood: ScenarioSource = {
    id: 'flood',
    horizon: 1e6,
    parts: {
      clients: { kind: 'traffic', arrivals: { pattern: 'constant', rate: 1000 }, calls: ['server'] },
      server: { kind: 'service', service: { law: 'constant', mean: 1000 } },
    },
  };

  it('says so when it stops at a bound of events', () => {
    const run = simulate(flood, { maxEvents: 5000 });
    expect(run).toMatchObject({ ended: 'event-bound', events: 5000 });
    expect(run.ledger.conserves).toBe(true);
    expect(run.endedAt).toBeLessThan(run.horizon);
  });

  it('says so when too many requests are open at once', () => {
    const run = simulate(flood);
    expect(run.ended).toBe('request-bound');
    expect(run.ledger.inside).toBeGreaterThan(bounds.openCalls);
    expect(run.ledger.conserves).toBe(true);
  });

  it('a trace over its budget says that hops were left out, and its counts stay whole', () => {
    const many = {
      ...flood,
      horizon: 600,
      parts: {
        ...flood.parts,
        server: { kind: 'service' as const, service: { law: 'constant' as const, mean: 0.0005 } },
      },
    };
    const run = simulate(many, { record: 'trace' });
    expect(run.trace!.sampled).toBe(true);
    expect(run.trace!.hops.count).toBeLessThan(run.ledger.made);
    const { windows } = run.trace!;
    expect(windows.columns['clients.made']!.reduce((sum, count) => sum + count, 0)).toBe(run.ledger.made);
  });
});
