import { describe, expect, it } from 'vitest';
import { every, run, takes, type Parts } from '../../by-hand.fixture.ts';
import { simulate, type Run, type ScenarioSource } from '../../index.ts';

const deployer = (strategy: object, more: object = {}): Parts[string] =>
  ({ kind: 'deployer', part: 'server', version: 'v2', at: 100, strategy, ...more }) as Parts[string];

const bad = { versions: [{ id: 'v2', errors: 1 }] };
const good = { versions: [{ id: 'v2' }] };

function expectSoundBooks({ ledger }: Run): void {
  expect(ledger.conserves).toBe(true);
  for (const { holds } of Object.values(ledger.little)) expect(holds).toBe(true);
}

/** When the deployer did what, in seconds. */
const deploys = ({ trace }: Run) =>
  trace!.marks.filter(({ kind }) => kind === 'deploy').map(({ at, detail }) => [at / 1000, detail]);

/** How many instances start and are ready, after each moment at which that changed, from `instances` ready ones on. */
function census({ trace }: Run, instances: number): [number, number, number][] {
  const states = new Map<number, string>(Array.from({ length: instances }, (_, i) => [i, 'ready']));
  const moments = new Map<number, [number, number, number]>();
  for (const { at, kind, detail, instance } of trace!.marks) {
    // it was neither of the two before it was gone
    if (kind !== 'instance' || detail === 'absent') continue;
    states.set(instance!, detail);
    const count = (state: string) => [...states.values()].filter((one) => one === state).length;
    moments.set(at, [at / 1000, count('starting'), count('ready')]);
  }
  return [...moments.values()];
}

/** A request a second that takes half of one. */
const quiet = (
  strategy: object,
  more: object = {},
  server: object = {},
  horizon = 300,
  rest: Partial<ScenarioSource> = {},
) =>
  run(
    {
      clients: every(1),
      server: takes(0.5, { instances: 4, startUp: 10, ...good, ...server }),
      deployer: deployer(strategy, more),
    },
    horizon,
    rest,
  );

const rolling = { how: 'rolling', surge: 1, unavailable: 1 };

describe('deployer', () => {
  it('rolling, keeps between its fences, with every instance that starts (A5)', () => {
    const rolled = quiet(rolling);
    expect(census(rolled, 4)).toEqual([
      // one may be more: it starts; one may be missing: it stops, and another starts in its place
      [100, 2, 3],
      // two are new: two old ones may go, and the last two start
      [110, 2, 3],
      [120, 0, 4],
    ]);
    expect(deploys(rolled)).toEqual([
      [100, 'v2 begins'],
      [120, 'v2 done'],
    ]);
    expect(rolled.measures['deployer.duration.mean']!.value).toBe(20);
    expect(rolled.measures['deployer.deployments']!.value).toBe(1);
    expect(rolled.measures['clients.failed']!.value).toBe(0);
    expect(rolled.state['deployer']!.readings).toEqual({ phase: 'done', step: 1, fresh: 4, available: 4, others: 0 });
    expectSoundBooks(rolled);
  });

  it('rolling by default may have a quarter more, rounded up, and a quarter fewer, rounded down', () => {
    const seen = census(quiet({ how: 'rolling' }, {}, { instances: 10 }), 10);
    // 13 at most and 8 at least: three start, two stop and make room for two more
    expect(seen[0]).toEqual([100, 5, 8]);
    for (const [, starting, ready] of seen) {
      expect(starting + ready).toBeLessThanOrEqual(13);
      expect(ready).toBeGreaterThanOrEqual(8);
    }
    expect(seen.at(-1)!.slice(1)).toEqual([0, 10]);
  });

  it('rolling without a surge, lets one be missing at a time; with nobody missing, has one more at a time', () => {
    expect(census(quiet({ how: 'rolling', surge: 0, unavailable: 0 }), 4)).toEqual([
      [100, 1, 3],
      [110, 1, 3],
      [120, 1, 3],
      [130, 1, 3],
      [140, 0, 4],
    ]);
    expect(census(quiet({ how: 'rolling', surge: 1, unavailable: 0 }), 4)).toEqual([
      [100, 1, 4],
      [110, 1, 4],
      [120, 1, 4],
      [130, 1, 4],
      [140, 0, 4],
    ]);
  });

  it('counts an instance as available once it has been ready for a while', () => {
    const slow = quiet({ how: 'rolling', surge: 4, unavailable: 0 }, { readyAfter: 5 });
    expect(census(slow, 4)).toEqual([
      [100, 4, 4],
      [110, 0, 8],
      [115, 0, 4],
    ]);
    expect(slow.measures['deployer.duration.mean']!.value).toBe(15);
  });

  it('with a pause, waits for each batch as a whole and then rests', () => {
    const paused = quiet(rolling, { pause: 7 });
    expect(census(paused, 4)).toEqual([
      [100, 2, 3],
      [110, 0, 5],
      [117, 2, 3],
      [127, 0, 5],
      [134, 0, 4],
    ]);
  });

  it('all at once, is away for as long as they start', () => {
    const gap = quiet({ how: 'all-at-once' });
    expect(census(gap, 4)).toEqual([
      [100, 4, 0],
      [110, 0, 4],
    ]);
    // those of 100 to 109 s, as the deployment comes before the request of the same moment
    expect(gap.failures).toEqual([{ reason: 'unavailable', by: 'server', source: 'clients', count: 10 }]);
    expectSoundBooks(gap);
  });

  it('killed, an instance loses what it has; drained, it finishes it (A7)', () => {
    const busy = (stop: string) =>
      run(
        {
          clients: every(1),
          server: takes(3.5, { instances: 4, startUp: 10, ...good }),
          deployer: deployer(rolling, { stop }),
        },
        200,
      );
    // of four instances three and a half are busy: 97, 98 and 99 s are in service at 100 s
    const killed = busy('kill');
    expect(killed.failures.map(({ reason, by }) => [reason, by])).toEqual([['crashed', 'server']]);
    expect(busy('drain').failures).toEqual([]);
    expectSoundBooks(killed);
  });

  it('taken out of rotation for longer than a balancer takes to notice, and then drained, fails nobody', () => {
    // it checks every two seconds; the deployment begins between two checks
    const balanced = (stop: object) =>
      run(
        {
          clients: every(0.1, ['balancer']),
          balancer: { kind: 'balancer', targets: ['server'], knows: 'checks', checks: { every: 2 } },
          server: takes(0.25, { instances: 4, line: 'each', startUp: 10, ...good }),
          deployer: deployer({ how: 'rolling', surge: 1, unavailable: 0 }, { at: 100.95, ...stop }),
        },
        200,
      );
    const reasons = (stop: object) => [...new Set(balanced(stop).failures.map(({ reason }) => reason))].toSorted();
    expect(reasons({ stop: 'kill' })).toEqual(['crashed', 'unavailable']);
    expect(reasons({ stop: 'drain' })).toEqual(['unavailable']);
    expect(reasons({ stop: 'out-then-drain', outFor: 0.5 })).toEqual(['unavailable']);
    expect(reasons({ stop: 'out-then-drain', outFor: 2.5 })).toEqual([]);
    expectSoundBooks(balanced({ stop: 'out-then-drain', outFor: 2.5 }));
  });

  it('blue-green, starts a full set that serves nothing, and changes places in one moment (A6)', () => {
    const switched = quiet({ how: 'blue-green', keepOld: 20 });
    expect(census(switched, 4)).toEqual([
      [100, 4, 4],
      [110, 0, 8],
      [130, 0, 4],
    ]);
    expect(deploys(switched)).toEqual([
      [100, 'v2 begins'],
      [110, 'v2 takes over'],
      [130, 'v2 done'],
    ]);
    const { hops } = switched.trace!;
    const { slots } = switched.state['server']!;
    for (let hop = 0; hop < hops.count; hop++)
      if (hops.startedAt[hop]! >= 0) expect(slots[hops.slot[hop]!]!.instance >= 4).toBe(hops.startedAt[hop]! > 110_000);
    // a set that is out of rotation is there and paid for, and takes no requests
    expect(switched.measures['server.billed.max']!.value).toBe(8);
    expect(switched.measures['server.instances.mean']!.value).toBe(4);
    expect(switched.measures['clients.failed']!.value).toBe(0);
    expectSoundBooks(switched);
  });

  const watch = { every: 5, least: 3, most: { share: 0.5 } };

  it('blue-green, goes back in no time while the old set is kept', () => {
    const back = quiet({ how: 'blue-green', keepOld: 60 }, { watch }, bad);
    expect(deploys(back)).toEqual([
      [100, 'v2 begins'],
      [110, 'v2 takes over'],
      // at 115 s those of 111 to 114 s have failed: that of 110 s came before they changed places
      [115, 'v2 rolled back'],
      [115, 'v1 takes over'],
      [115, 'v1 back'],
    ]);
    expect(back.measures['clients.failures.error']!.value).toBe(4);
    expect(back.measures['deployer.exposed']!.value).toBe(4);
    expect(back.measures['deployer.errors']!.value).toBe(4);
    expect(back.measures['deployer.errorShare']!.value).toBe(1);
    expect(back.measures['deployer.rollbacks']!.value).toBe(1);
    expect(back.measures['deployer.detection.mean']!.value).toBe(15);
    expect(census(back, 4).at(-1)).toEqual([115, 0, 4]);
    expectSoundBooks(back);
  });

  it('rolls a rolling deployment back by rolling, and starts no more of the bad version', () => {
    const back = quiet(rolling, { watch }, { ...bad, line: 'each' });
    expect(deploys(back).map(([, what]) => what)).toEqual(['v2 begins', 'v2 rolled back', 'v1 back']);
    for (const [, starting, ready] of census(back, 4)) {
      expect(starting + ready).toBeLessThanOrEqual(5);
      expect(ready).toBeGreaterThanOrEqual(3);
    }
    expect(back.state['deployer']!.readings).toEqual({
      phase: 'rolled-back',
      step: 1,
      fresh: 4,
      available: 4,
      others: 0,
    });
  });

  it('canary, gives few to the new version first, then more', () => {
    const steps = quiet({ how: 'canary', steps: [1, { share: 0.5 }] }, { pause: 30 });
    expect(deploys(steps)).toEqual([
      [100, 'v2 begins'],
      [140, 'v2 step 2'],
      [180, 'v2 step 3'],
      [190, 'v2 done'],
    ]);
    expect(census(steps, 4)).toEqual([
      [100, 1, 4],
      [110, 0, 4],
      [140, 1, 4],
      [150, 0, 4],
      [180, 2, 4],
      [190, 0, 4],
    ]);
    const { columns, ticks } = steps.trace!.windows;
    const newAt = (second: number) => columns['deployer.newInstances']![(second * 1000) / ticks];
    expect([105, 120, 160, 200].map(newAt)).toEqual([0, 1, 2, 4]);
  });

  /** Ten a second, to four instances in turn, of which one is bad. */
  const canary = (own: object, horizon = 300) =>
    run(
      {
        clients: every(0.1),
        server: takes(0.05, { instances: 4, startUp: 10, line: 'each', ...bad }),
        deployer: deployer({ how: 'canary', steps: [1] }, { pause: 100, ...own }),
      },
      horizon,
    );

  it('a canary that fails is taken back, at the price of rate × share × errors × time', () => {
    for (const [check, seconds] of [
      [20, 10],
      [40, 30],
    ] as const) {
      const back = canary({ watch: { every: check, least: 10, most: { share: 0.5 } } });
      expect(deploys(back).slice(0, 2)).toEqual([
        [100, 'v2 begins'],
        [100 + check, 'v2 rolled back'],
      ]);
      // it serves from 110 s on; where the turn was when it came may be one more or less
      expect(Math.abs(back.measures['deployer.exposed']!.value! - 10 * (1 / 4) * 1 * seconds)).toBeLessThanOrEqual(1);
      expect(back.measures['deployer.errors']!.value).toBe(back.measures['clients.failures.error']!.value);
      expect(back.state['server']!.readings!['states']).toEqual(expect.arrayContaining(['ready']));
      expectSoundBooks(back);
    }
  });

  it('with customers who come by chance, too, the price is rate × share × errors × time', () => {
    const { measures } = simulate({
      id: 'price',
      horizon: 400,
      time: { unit: 's', ticks: 1000 },
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 100 }, calls: ['server'] },
        server: takes(0.005, { instances: 10, startUp: 10, line: 'each', versions: [{ id: 'v2', errors: 0.3 }] }),
        deployer: deployer(
          { how: 'canary', steps: [{ share: 0.2 }] },
          { pause: 300, watch: { every: 60, least: 100, most: { share: 0.1 } } },
        ),
      },
    });
    // two of ten serve from 110 s to 160 s
    const expected = 100 * 0.2 * 0.3 * 50;
    expect(Math.abs(measures['deployer.errors']!.value! - expected)).toBeLessThan(3 * Math.sqrt(expected));
    expect(measures['deployer.errors']!.value).toBe(measures['clients.failed']!.value);
    expect(Math.abs(measures['deployer.errorShare']!.value! - 0.3)).toBeLessThan(3 * Math.sqrt((0.3 * 0.7) / 1000));
  });

  it('judges by a number of errors, and not before enough has been seen', () => {
    // two and a half errors a second from 110 s on: by 115 s it has more than ten, by 120 s more than twenty
    const after = (own: object) => deploys(canary({ watch: { every: 5, ...own } }))[1];
    expect(after({ most: 10 })).toEqual([115, 'v2 rolled back']);
    expect(after({ most: 20 })).toEqual([120, 'v2 rolled back']);
    expect(after({ least: 30, most: 0 })).toEqual([125, 'v2 rolled back']);
    expect(after({ least: 1000, most: 0 })).toEqual([210, 'v2 step 2']);
  });

  it('goes on watching when all is done, for as long as it is told', () => {
    const late = (keepsOn: number) =>
      deploys(quiet({ how: 'all-at-once' }, { watch: { every: 30, most: 3, keepsOn } }, bad)).map(
        ([at, what]) => `${at} ${what}`,
      );
    expect(late(60)).toContain('130 v2 rolled back');
    expect(late(10)).toEqual(['100 v2 begins', '110 v2 done']);
  });

  it('follows a number of instances that changes meanwhile', () => {
    const grown = quiet(rolling, {}, {}, 300, {
      dials: [{ id: 'instances', unit: 'count', min: 1, max: 10, step: 1, start: 4, sets: ['parts.server.instances'] }],
      inputs: [{ at: 105, dial: 'instances', value: 6 }],
    });
    expect(grown.state['deployer']!.readings).toEqual({ phase: 'done', step: 1, fresh: 6, available: 6, others: 0 });
    expect(census(grown, 4).at(-1)!.slice(1)).toEqual([0, 6]);
  });

  it('replaces a new instance that dies, and goes on', () => {
    const hurt = quiet(rolling, {}, {}, 300, {
      faults: [{ id: 'crash', part: 'server', action: 'crash', duration: 100, instance: 4 }],
      inputs: [{ at: 105, fault: 'crash' }],
    });
    expect(hurt.state['deployer']!.readings!['phase']).toBe('done');
    // what was replaced does not come back
    expect(census(hurt, 4).at(-1)!.slice(1)).toEqual([0, 4]);
    expectSoundBooks(hurt);
  });

  it('begins and goes back when it is told to', () => {
    const told = quiet({ how: 'all-at-once' }, { at: null }, {}, 300, {
      faults: [
        { id: 'go', part: 'deployer', action: 'deploy', duration: 1 },
        { id: 'undo', part: 'deployer', action: 'roll-back', duration: 1 },
      ],
      inputs: [
        { at: 50, fault: 'undo' },
        { at: 150, fault: 'go' },
        { at: 155, fault: 'go' },
        { at: 200, fault: 'undo' },
      ],
    });
    expect(deploys(told)).toEqual([
      [150, 'v2 begins'],
      [160, 'v2 done'],
      [200, 'v2 rolled back'],
      [210, 'v1 back'],
    ]);
  });

  it('is refused where there is no such version, and brings nothing where nobody runs another', () => {
    expect(() => quiet(rolling, { version: 'v9' })).toThrow(/no version v9; expected one of v1, v2/);
    expect(deploys(quiet(rolling, { version: 'v1' }))).toEqual([
      [100, 'v1 begins'],
      [100, 'v1 done'],
    ]);
    expect(deploys(quiet(rolling, {}, { instances: 0 })).at(-1)).toEqual([100, 'v2 done']);
  });

  it('waits where there is no room for more', () => {
    const stuck = quiet({ how: 'rolling', surge: 1, unavailable: 0 }, {}, { mostInstances: 4 });
    expect(stuck.state['deployer']!.readings).toEqual({ phase: 'going', step: 1, fresh: 0, available: 0, others: 4 });
  });

  it('makes the same run twice, and the same state at a time as a run that stops there', () => {
    const scenario: ScenarioSource = {
      id: 'twice',
      horizon: 400,
      parts: {
        clients: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 20 }, calls: ['server'] },
        server: {
          kind: 'service',
          instances: 6,
          line: 'each',
          service: { law: 'exponential', mean: 0.2 },
          startUp: { law: 'exponential', mean: 15 },
          versions: [{ id: 'v2', errors: 0.3 }],
        },
        deployer: {
          kind: 'deployer',
          part: 'server',
          version: 'v2',
          at: 100,
          strategy: { how: 'canary', steps: [1, 3] },
          stop: 'out-then-drain',
          outFor: 3,
          pause: 40,
          watch: { every: 1, most: 60 },
        },
      },
    };
    const [first, second] = [simulate(scenario), simulate(scenario, { record: 'trace' })];
    expect(first.digest).toBe(second.digest);
    expectSoundBooks(first);
    expect(first.state['deployer']!.readings!['phase']).toBe('rolled-back');
    const until = simulate(scenario, { until: 130 });
    expect(until.digest).toBe(simulate(scenario, { until: 130, record: 'trace' }).digest);
    expect(until.state['deployer']!.readings!['phase']).toBe('going');
  });
});
