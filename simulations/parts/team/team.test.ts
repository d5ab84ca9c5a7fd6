import { describe, expect, it } from 'vitest';
import { parseScenario, simulate, theory, type ScenarioSource, type SimulateOptions } from '../../index.ts';
import { at, constant, of, sound, visits } from '../door/door.fixture.ts';

/** A team of one, who takes a day for everything, unless said otherwise. */
const scenario = (more: object, changes: object, rest: object = {}, top: object = {}): ScenarioSource =>
  ({
    id: 'team',
    horizon: 100,
    time: { unit: 'day', ticks: 1000 },
    parts: { changes, team: { kind: 'team', people: [{}], effort: constant(1), ...more }, ...rest },
    faults: [
      { id: 'away', part: 'team', action: 'away', instance: 0, duration: 5 },
      { id: 'all', part: 'team', action: 'all-away', duration: 5 },
      { id: 'slow', part: 'team', action: 'slow', amount: 3, duration: 100 },
    ],
    ...top,
  }) as ScenarioSource;
const run = (more: object, times: number[], options: SimulateOptions = {}, rest: object = {}) =>
  sound(simulate(scenario(more, at(times, ['team']), rest), { record: 'trace', ...options }));
/** Two kinds of work, by turns, that come at given times. */
const mixed = (times: number[], classes: object[]) => at(times, ['team'], { classes }) as unknown as object;
const poisson = (rate: number, classes?: object[]) => ({
  kind: 'traffic',
  arrivals: { pattern: 'poisson', rate },
  calls: ['team'],
  ...(classes && { classes }),
});
/** Another team, which has any number of people. */
const others = (days: number) => ({
  others: { kind: 'service', threads: null, service: constant(days) },
});

describe('a team', () => {
  it('takes the next piece as soon as somebody who can do it is free (J1)', () => {
    expect(visits(run({}, [0, 0.5, 3]), 'team')).toEqual([
      [0, 0, 1],
      [0.5, 1, 2],
      [3, 3, 4],
    ]);
    expect(visits(run({ people: [{ count: 2 }] }, [0, 0.5, 0.6]), 'team')).toEqual([
      [0, 0, 1],
      [0.5, 0.5, 1.5],
      [0.6, 1, 2],
    ]);
  });

  it('gives a piece to whoever is fastest at it, and to nobody who cannot do it (J1)', () => {
    const classes = [{ id: 'ui' }];
    const people = [
      { speed: 1, skills: { ui: 0.5 } },
      { speed: 1, skills: { ui: 2 } },
      { speed: 9, skills: { logic: 1 }, only: true },
    ];
    const made = sound(simulate(scenario({ people }, mixed([0, 0.1, 0.2], classes)), { record: 'trace' }));
    expect(visits(made, 'team')).toEqual([
      [0, 0, 0.5],
      [0.1, 0.1, 2.1],
      [0.2, 0.5, 1],
    ]);
    expect([...made.trace!.hops.slot]).toEqual([1, 0, 1]);
  });

  it('is M/M/c where all are alike and nothing comes between', () => {
    const made = sound(
      simulate(
        scenario(
          { people: [{ count: 3 }], effort: { law: 'exponential', mean: 1 } },
          poisson(2.1),
          {},
          {
            horizon: 60_000,
            warmUp: 200,
          },
        ),
      ),
    );
    const expected = 1 + theory.waitMMc(2.1, 1, 3);
    expect(Math.abs(of(made, 'team.response.mean')! / expected - 1)).toBeLessThan(0.03);
    expect(Math.abs(of(made, 'team.utilisation')! - 0.7)).toBeLessThan(0.01);
  });

  it('takes the oldest change, its own choice or the most urgent class first where it says so (J2)', () => {
    const ids = ({ trace }: ReturnType<typeof run>) => {
      const { hops } = trace!;
      return [...hops.startedAt]
        .map((started, hop) => [started, hops.request[hop]!] as const)
        .filter(([started]) => started >= 0)
        .sort(([a], [b]) => a - b)
        .map(([, request]) => request);
    };
    const times = [0, 0.1, 0.2, 0.3, 0.4, 0.5];
    expect(ids(run({}, times))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(ids(run({ next: 'own-order' }, times))).not.toEqual([0, 1, 2, 3, 4, 5]);
    expect(ids(run({ next: 'own-order' }, times)).toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    const urgent = [
      { id: 'plain', weight: 1, priority: 1 },
      { id: 'urgent', weight: 1, priority: 0 },
    ];
    const made = sound(simulate(scenario({ next: 'priority' }, mixed(times, urgent)), { record: 'trace' }));
    const { hops, classes } = made.trace!;
    const order = [...hops.startedAt.keys()].sort((a, b) => hops.startedAt[a]! - hops.startedAt[b]!);
    const kinds = order.slice(1).map((hop) => classes[hops.cls[hop]!]!);
    expect(kinds).toEqual([...kinds].sort((a, b) => Number(a !== 'urgent') - Number(b !== 'urgent')));
    // what was asked for first goes first, although it came here last
    const late = { pattern: 'trace', times: [0, 0.2, 0.3] };
    const two = simulate(
      {
        ...scenario({ next: 'oldest-first' }, at([0.1], ['slowly'])),
        parts: {
          old: { kind: 'traffic', arrivals: { pattern: 'trace', times: [0.1] }, calls: ['slowly'] },
          young: { kind: 'traffic', arrivals: late, calls: ['team'] },
          slowly: { kind: 'service', threads: null, service: constant(0.5), calls: ['team'] },
          team: { kind: 'team', people: [{}], effort: constant(1), next: 'oldest-first' },
        },
        faults: [],
      } as ScenarioSource,
      { record: 'trace' },
    );
    expect(visits(sound(two), 'team')).toEqual([
      [0, 0, 1],
      [0.2, 2, 3],
      [0.3, 3, 4],
      [0.6, 1, 2],
    ]);
  });

  it('loses and wins nothing on the mean by an order of its own, and makes the unlucky wait longer', () => {
    const long = (next: string) =>
      simulate(
        scenario({ next, effort: { law: 'exponential', mean: 1 } }, poisson(0.7), {}, { horizon: 40_000, warmUp: 100 }),
      );
    const [first, lot] = [long('first-come'), long('own-order')];
    const mean = (made: typeof first) => of(made, 'team.response.mean')!;
    expect(Math.abs(mean(lot) / mean(first) - 1)).toBeLessThan(0.02);
    expect(of(lot, 'team.response.p99')!).toBeGreaterThan(1.2 * of(first, 'team.response.p99')!);
  });

  it('hands a piece over when its own work is done, and has it in hand until it is back (J3)', () => {
    const free = run({ calls: ['others'] }, [0, 0.5], {}, others(3));
    expect(visits(free, 'team')).toEqual([
      [0, 0, 4],
      [0.5, 1, 5],
    ]);
    const standsBy = run({ calls: ['others'], inHand: 1 }, [0, 0.5], {}, others(3));
    expect(visits(standsBy, 'team')).toEqual([
      [0, 0, 4],
      [0.5, 4, 8],
    ]);
    expect(of(standsBy, 'team.handedOver.mean')).toBeCloseTo(0.06, 10);
    expect(of(standsBy, 'team.busy.mean')).toBeCloseTo(0.02, 10);
  });

  it('finishes what is back by the same person, who has to find the way back into it (J3)', () => {
    const made = run({ calls: ['others'], finish: constant(0.5), pickUp: 0.25 }, [0], {}, others(3));
    expect(visits(made, 'team')).toEqual([[0, 0, 4.75]]);
    // busy with the second piece when the first is back
    const busy = run({ calls: ['others'], finish: constant(0.5), pickUp: 0.25 }, [0, 0], {}, others(0.5));
    expect(visits(busy, 'team').map((visit) => visit[2])).toEqual([2.75, 3.5]);
    expect(visits(run({ finish: constant(0.5) }, [0]), 'team')).toEqual([[0, 0, 1.5]]);
  });

  it('lays a piece down for an interrupt and takes it up again, with what was done of it (J4)', () => {
    const classes = [{ id: 'feature' }, { id: 'repair' }];
    const made = sound(
      simulate(
        {
          ...scenario({ interrupts: ['repair'], pickUp: 0.1 }, at([0], ['team'], { classes: [classes[0]] })),
          parts: {
            changes: at([0], ['team'], { classes: [classes[0]] }),
            alarms: at([0.4], ['team'], { classes: [classes[1]] }),
            team: { kind: 'team', people: [{}], effort: constant(1), interrupts: ['repair'], pickUp: 0.1 },
          },
        } as ScenarioSource,
        { record: 'trace' },
      ),
    );
    expect(visits(made, 'team')).toEqual([
      [0, 0, 2.1],
      [0.4, 0.4, 1.4],
    ]);
    expect(of(made, 'team.interrupted')).toBe(1);
  });

  it('does nothing in a meeting, and goes on afterwards where it was (J5)', () => {
    const made = run({ meetings: { every: 2, lasts: 0.5 } }, [1.5, 1.6]);
    expect(visits(made, 'team')).toEqual([
      [1.5, 1.5, 3],
      [1.6, 3, 4.5],
    ]);
    expect(of(made, 'team.inMeeting.mean')).toBeCloseTo(0.245, 10);
    expect(() => parseScenario(scenario({ meetings: { every: 1, lasts: 1 } }, at([0], ['team'])))).toThrow(
      /over before the next begins/,
    );
  });

  it('has less time left for work the more team-mates each talks to (J5)', () => {
    const made = run({ people: [{ count: 4 }], talk: 0.1 }, [0]);
    expect(visits(made, 'team')[0]![2]).toBeCloseTo(1 / 0.7, 3);
    expect(visits(run({ people: [{ count: 100 }], talk: 0.1 }, [0]), 'team')[0]![2]).toBe(20);
  });

  it('keeps what those have in hand who are away, and counts who is there', () => {
    const away = run({}, [0, 0.5], { inputs: [{ at: 0.5, fault: 'away' }] });
    expect(visits(away, 'team')).toEqual([
      [0, 0, 6],
      [0.5, 6, 7],
    ]);
    const all = run({ people: [{ count: 2 }] }, [0, 1], { inputs: [{ at: 0.5, fault: 'all', duration: 2 }] });
    expect(visits(all, 'team')).toEqual([
      [0, 0, 3],
      [1, 2.5, 3.5],
    ]);
    expect(visits(run({}, [0, 2], { inputs: [{ at: 1, fault: 'slow' }] }), 'team')).toEqual([
      [0, 0, 1],
      [2, 2, 5],
    ]);
  });

  it('lets a piece go that is taken back, wherever it is, and goes on with the next', () => {
    const link = { from: 'changes', to: 'team', timeout: 1.5, onTimeout: 'cancel' };
    const made = sound(
      simulate(
        scenario({ calls: ['others'], finish: constant(1) }, at([0, 0.1, 0.2], ['team']), others(3), { links: [link] }),
        { record: 'trace' },
      ),
    );
    expect(made.ledger.failed).toBe(3);
    expect(made.state['team']!.inside).toBe(0);
    expect(of(made, 'team.busy.max')).toBe(1);
  });

  it('refuses more people than fit', () => {
    expect(() => parseScenario(scenario({ people: [{ count: 150 }, { count: 150 }] }, at([0], ['team'])))).toThrow(
      /at most 200 in all/,
    );
  });
});
