import { describe, expect, it } from 'vitest';
import { every, run, takes, times } from '../../by-hand.fixture.ts';
import type { Run, ScenarioSource } from '../../index.ts';

function expectSoundBooks({ ledger }: Run): void {
  expect(ledger.conserves).toBe(true);
  for (const { holds } of Object.values(ledger.little)) expect(holds).toBe(true);
}

/** A dial for the number of instances, turned to a value at each of some times. */
const turned = (...turns: [number, number][]): Partial<ScenarioSource> => ({
  dials: [{ id: 'instances', unit: 'count', min: 0, max: 10, step: 1, start: 2, sets: ['parts.server.instances'] }],
  inputs: turns.map(([at, value]) => ({ at, dial: 'instances', value })),
});

/** What became of which instance, and when in seconds. */
const instances = ({ trace }: Run) =>
  trace!.marks
    .filter(({ kind }) => kind === 'instance')
    .map(({ at, detail, instance }) => [at / 1000, detail, instance]);

describe('the instances of a service', () => {
  it('stopped gracefully, work off the line of their own first', () => {
    const one = run({ clients: every(1), server: takes(10, { instances: 2, line: 'each' }) }, 60, turned([5.5, 1]));
    // the second instance was given those of 2 and 4 s
    expect(times(one).slice(0, 5)).toEqual([
      [1, 1, 11],
      [2, 2, 12],
      [3, 11, 21],
      [4, 12, 22],
      [5, 21, 31],
    ]);
    expect(instances(one)).toEqual([
      [5.5, 'stopping', 1],
      [22, 'absent', 1],
    ]);
    expect(one.failures).toEqual([]);
    expectSoundBooks(one);
  });

  it('that still start are stopped before those that serve, and then the newest', () => {
    const few = run(
      { clients: every(1), server: takes(0.1, { instances: 2, startUp: 10 }) },
      60,
      turned([1, 3], [15, 4], [20, 3], [30, 2], [40, 1]),
    );
    expect(instances(few)).toEqual([
      [1, 'starting', 2],
      [11, 'ready', 2],
      [15, 'starting', 3],
      [20, 'dead', 3],
      [20, 'absent', 3],
      [30, 'stopping', 2],
      [30, 'absent', 2],
      [40, 'stopping', 1],
      [40, 'absent', 1],
    ]);
  });

  it('that a fault has taken down are the first that are no longer wanted (A4)', () => {
    const crash: Partial<ScenarioSource> = {
      faults: [{ id: 'crash', part: 'server', action: 'crash', duration: 20, instance: 0 }],
    };
    const parts = { clients: every(1), server: takes(0.1, { instances: 2 }) };
    const fewer = turned([10, 1]);
    const gone = run(parts, 60, { ...fewer, ...crash, inputs: [{ at: 5, fault: 'crash' }, ...fewer.inputs!] });
    expect(instances(gone)).toEqual([
      [5, 'dead', 0],
      [5, 'absent', 0],
    ]);
    expect(gone.state['server']!.readings!['states']).toEqual(['absent', 'ready']);
    const same = run(parts, 60, { ...crash, inputs: [{ at: 5, fault: 'crash' }] });
    expect(instances(same)).toEqual([
      [5, 'dead', 0],
      [5, 'absent', 0],
      [25, 'ready', 0],
    ]);
  });

  it('that are wanted and find no room start as soon as there is some', () => {
    const more = turned([10, 2]);
    const cramped = run({ clients: every(1), server: takes(0.1, { instances: 1, mostInstances: 2, startUp: 1 }) }, 60, {
      dials: [{ ...more.dials![0]!, start: 1 }],
      faults: [{ id: 'pause', part: 'server', action: 'pause', duration: 20, instance: 1 }],
      inputs: [{ at: 5, fault: 'pause' }, ...more.inputs!],
    });
    expect(instances(cramped)).toEqual([
      [25, 'starting', 1],
      [26, 'ready', 1],
    ]);
  });

  it('all stopped and started again, serve on', () => {
    const none = run(
      { clients: every(1), server: takes(0.5, { instances: 2, waitsForInstances: true, startUp: 2 }) },
      30,
      turned([5, 0], [10, 2]),
    );
    expect(none.failures).toEqual([]);
    // that of 5 s comes after the dial was turned
    expect(times(none)[4]).toEqual([5, 12, 12.5]);
    expect(none.measures['server.billed.last']!.value).toBe(2);
    expectSoundBooks(none);
  });
});
