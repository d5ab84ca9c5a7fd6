import { describe, expect, it } from 'vitest';
import { every, run, takes, type Parts } from '../../by-hand.fixture.ts';
import type { Run, ScenarioSource } from '../../index.ts';

const prober = (more: object): Parts[string] =>
  ({ kind: 'prober', part: 'server', every: 5, ...more }) as Parts[string];

const standstill = (duration: number): Partial<ScenarioSource> => ({
  faults: [{ id: 'pause', part: 'server', action: 'pause', duration }],
  inputs: [{ at: 12.25, fault: 'pause' }],
});

const probed = (own: object, server: object = {}, more: Partial<ScenarioSource> = standstill(1000)) =>
  run({ clients: every(1), server: takes(0.5, { startUp: 3, ...server }), prober: prober(own) }, 60, more);

const restarts = ({ trace }: Run) =>
  trace!.marks.filter(({ kind }) => kind === 'health').map(({ at, detail, instance }) => [at / 1000, detail, instance]);

function expectSoundBooks({ ledger }: Run): void {
  expect(ledger.conserves).toBe(true);
  for (const { holds } of Object.values(ledger.little)) expect(holds).toBe(true);
}

describe('prober', () => {
  it('kills an instance that stands still, after so many failed probes in a row, and starts another', () => {
    const cured = probed({});
    expect(restarts(cured)).toEqual([[25, 'restarted', 0]]);
    expect(cured.measures['prober.restarts']!.value).toBe(1);
    // that of 12 s was in service; those up to 25 s wait in the line for the other, which is ready at 28 s
    expect(cured.failures.map(({ reason, count }) => [reason, count])).toEqual([
      ['unavailable', 3],
      ['crashed', 1],
    ]);
    const { hops } = cured.trace!;
    expect([hops.startedAt[12], hops.endedAt[12]]).toEqual([28_000, 28_500]);
    expect(cured.state['prober']!.readings).toEqual({ restarts: 1, failing: 0 });
    expect(cured.state['server']!.readings!['states']).toEqual(['absent', 'ready']);
    expectSoundBooks(cured);
    expect(probed({}).digest).toBe(cured.digest);
  });

  it('leaves one alone that goes on in time, and one that is young (A9)', () => {
    expect(restarts(probed({}, {}, standstill(12)))).toEqual([]);
    expect(restarts(probed({ failuresNeeded: 1 }, {}, standstill(1)))).toEqual([]);
    const young: Partial<ScenarioSource> = {
      faults: [
        { id: 'crash', part: 'server', action: 'crash', duration: 1 },
        { id: 'pause', part: 'server', action: 'pause', duration: 1000 },
      ],
      inputs: [
        { at: 1, fault: 'crash' },
        // it is ready at 5 s
        { at: 6, fault: 'pause' },
      ],
    };
    expect(restarts(probed({ failuresNeeded: 1 }, {}, young))).toEqual([[10, 'restarted', 0]]);
    expect(restarts(probed({ failuresNeeded: 1, startDelay: 18 }, {}, young))).toEqual([[25, 'restarted', 0]]);
  });

  it('where there is no room, starts the other as soon as there is', () => {
    const full = probed({ failuresNeeded: 1 }, { mostInstances: 1 }, standstill(10));
    expect(restarts(full)).toEqual([[15, 'restarted', 0]]);
    // the fault ends at 22.25 s, it looks again at 25 s, and that starts until 28 s
    expect(
      full.trace!.marks.filter(({ kind }) => kind === 'instance').map(({ at, detail }) => [at / 1000, detail]),
    ).toEqual([
      [15, 'dead'],
      [15, 'absent'],
      [25, 'starting'],
      [28, 'ready'],
    ]);
  });

  it('that asks instances too busy to answer, kills what is needed most', () => {
    const busy = (own: object) =>
      run(
        {
          clients: every(0.25),
          server: takes(1, { instances: 3, line: 'each', startUp: 10 }),
          prober: prober({ failuresNeeded: 2, ...own }),
        },
        200,
      );
    const calm = busy({});
    const cruel = busy({ mostInside: 3 });
    expect(restarts(calm)).toEqual([]);
    expect(restarts(cruel).length).toBeGreaterThan(10);
    expect(cruel.measures['clients.answered']!.value!).toBeLessThan(0.8 * calm.measures['clients.answered']!.value!);
    expectSoundBooks(cruel);
  });

  it('stuck, probes nothing', () => {
    const { faults, inputs } = standstill(1000);
    const stuck: Partial<ScenarioSource> = {
      faults: [...faults!, { id: 'stuck', part: 'prober', action: 'stuck', duration: 20 }],
      inputs: [...inputs!, { at: 14, fault: 'stuck' }],
    };
    expect(restarts(probed({}, {}, stuck))).toEqual([[45, 'restarted', 0]]);
  });
});
