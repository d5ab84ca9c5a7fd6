/** Acting in a run: what is the same before, what is left as a ghost, what can be taken back, and what changes nothing. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario, simulate, type Input, type Run, type Scenario } from '../../../simulations/index.ts';
import oneServer from '../../../simulations/scenarios/one-server/scenario.ts';
import { dialAt, scheduleOf, withDeed, withDuration, withTime, withoutDeed, withValue } from './deeds.ts';
import { forkedAt, ghostAfter, isStillTurning, type Ghost } from './fork.ts';
import { amend, begin, MOST_STEPS, redo, step, undo } from './history.ts';
import { nothingChanged, whyDialIdle, whyIdle } from './no-effect.ts';
import { settingOf, type StageSetting } from './setting.ts';

const server = parseScenario(oneServer);
const example = (name: string): Scenario =>
  parseScenario(
    JSON.parse(readFileSync(new URL(`../../../simulations/examples/${name}.json`, import.meta.url), 'utf8')),
  );
const plain = settingOf(server);
const doing = (...inputs: Input[]): StageSetting => ({ ...plain, inputs });
const run = (scenario: Scenario, setting: StageSetting): Run => simulate(scenario, { ...setting, record: 'trace' });

/** All of a trace that had happened before a time, in ticks. */
function before({ trace }: Run, at: number): unknown {
  const { hops, marks } = trace!;
  const rows = [];
  for (let row = 0; row < hops.count; row += 1) {
    if (hops.sentAt[row]! >= at) continue;
    const times = [hops.sentAt, hops.arrivedAt, hops.startedAt, hops.endedAt, hops.returnedAt];
    rows.push([hops.from[row], hops.to[row], ...times.map((column) => (column[row]! < at ? column[row] : -1))]);
  }
  return { rows, marks: marks.filter((mark) => mark.at < at) };
}

describe('acting at a moment', () => {
  const slow = example('slow-dependency');
  it.each<[string, Scenario, Input, Input[]]>([
    ['a fault', server, { at: 100, fault: 'pause' }, []],
    ['a mend', server, { at: 105, mend: 'pause' }, [{ at: 100, fault: 'pause' }]],
    ['a dial of the traffic', server, { at: 100, dial: 'arrivalRate', value: 4 }, []],
    ['a mend of what the scenario plans', slow, { at: 90, mend: 'slow-payments' }, []],
    ['a cut of a link', slow, { at: 50, fault: 'cut' }, []],
    ['a dial of a link', slow, { at: 50, dial: 'places', value: 2 }, []],
  ])('leaves all that was before it as it was: %s', (_, scenario, input, inputs) => {
    const setting = { ...settingOf(scenario, { design: scenario.designs.at(-1)!.id }), inputs };
    const after = { ...setting, inputs: [...inputs, input] };
    const [was, is] = [run(scenario, setting), run(scenario, after)];
    expect(is.digest).not.toBe(was.digest);
    const at = input.at * scenario.time.ticks;
    expect(before(is, at)).toEqual(before(was, at));
    expect(forkedAt(setting, after)).toBe(input.at);
  });

  it('forks where the lists first differ, and a fault of another length where the shorter one ends', () => {
    const both = doing({ at: 10, fault: 'pause', duration: 5 }, { at: 50, fault: 'pause' });
    expect(forkedAt(both, both)).toBeNull();
    expect(forkedAt(both, { ...both, inputs: both.inputs.toReversed() })).toBeNull();
    expect(forkedAt(both, doing(both.inputs[0]!))).toBe(50);
    expect(forkedAt(both, doing({ at: 10, fault: 'pause', duration: 8 }, both.inputs[1]!))).toBe(15);
    expect(forkedAt(both, doing({ at: 12, fault: 'pause', duration: 5 }, both.inputs[1]!))).toBe(10);
  });

  it('does not fork when the whole run becomes another', () => {
    expect(forkedAt(plain, { ...doing({ at: 1, fault: 'pause' }), seed: 2 })).toBeNull();
    expect(forkedAt(plain, { ...plain, dials: { ...plain.dials, arrivalRate: 5 } })).toBeNull();
  });
});

describe('the ghost', () => {
  const shown = (setting: StageSetting, reading: string) => ({ setting, reading });
  const fault: Input = { at: 100, fault: 'pause' };

  it('is what was shown before the reader acted', () => {
    expect(ghostAfter(null, shown(plain, 'calm'), doing(fault))).toEqual({
      setting: plain,
      reading: 'calm',
      from: 100,
    });
  });

  it('is the undone future after an undo, and is gone when the whole run is another', () => {
    const ghost: Ghost<string> = { setting: plain, reading: 'calm', from: 100 };
    expect(ghostAfter(ghost, shown(doing(fault), 'broken'), plain)?.reading).toBe('broken');
    expect(ghostAfter(ghost, shown(doing(fault), 'broken'), { ...doing(fault), seed: 9 })).toBeNull();
    expect(ghostAfter(ghost, shown(doing(fault), 'broken'), doing(fault))).toBe(ghost);
  });

  it('stays what it was while a dial is still being turned', () => {
    const at = (value: number) => doing(fault, { at: 200, dial: 'arrivalRate', value });
    const first = ghostAfter(null, shown(doing(fault), 'broken'), at(5));
    expect(isStillTurning(at(5).inputs, at(6).inputs)).toBe(true);
    expect(ghostAfter(first, shown(at(5), 'half way'), at(6))).toEqual(first);
  });
});

describe('the list of what was done', () => {
  const planned = example('cache-database');

  it('stands in the order of its times, with what the scenario plans, and knows who did it', () => {
    const list = scheduleOf(planned, [
      { at: 120, fault: 'flush' },
      { at: 20, mend: 'slow-database' },
    ]);
    expect(list.map(({ place, input }) => [place, input.at])).toEqual([
      [1, 20],
      [-1, 90],
      [0, 120],
    ]);
  });

  it('takes another time and duration within the run, and refuses what is none', () => {
    const list: Input[] = [{ at: 10, fault: 'pause' }];
    expect(withTime(list, 0, 700, 600)[0]!.at).toBe(600);
    expect(withTime(list, 0, Number.NaN, 600)).toEqual(list);
    expect(withDuration(list, 0, 3, 600)).toEqual([{ at: 10, fault: 'pause', duration: 3 }]);
    expect(withDuration(list, 0, -3, 600)).toEqual(list);
    expect(withDuration([{ at: 1, mend: 'pause' }], 0, 3, 600)).toEqual([{ at: 1, mend: 'pause' }]);
    expect(withoutDeed(list, 0)).toEqual([]);
  });

  it('holds a dial that is turned on at the same moment once', () => {
    const once = withDeed([], { at: 5, dial: 'arrivalRate', value: 4 });
    expect(withDeed(once, { at: 5, dial: 'arrivalRate', value: 6 })).toEqual([
      { at: 5, dial: 'arrivalRate', value: 6 },
    ]);
    expect(withDeed(once, { at: 6, dial: 'arrivalRate', value: 6 })).toHaveLength(2);
    expect(withValue(once, 0, 7)).toEqual([{ at: 5, dial: 'arrivalRate', value: 7 }]);
  });

  it('says where a dial stands at a moment', () => {
    const setting = doing({ at: 50, dial: 'arrivalRate', value: 3 }, { at: 20, dial: 'arrivalRate', value: 5 });
    expect([0, 20, 49, 50].map((at) => dialAt(server, setting, 'arrivalRate', at))).toEqual([8, 5, 5, 3]);
  });
});

describe('taking back', () => {
  it('goes back and forth through every state, and forgets what was taken back when something new is done', () => {
    const three = [1, 2, 3].reduce((history, each) => step(history, each), begin(0));
    expect(undo(undo(three)).now).toBe(1);
    expect(redo(undo(undo(three))).now).toBe(2);
    expect(redo(redo(redo(undo(undo(three))))).now).toBe(3);
    expect(redo(step(undo(three), 9)).now).toBe(9);
    expect(undo(begin(0)).now).toBe(0);
  });

  it('does not stop at what was amended, and has an end', () => {
    expect(undo(amend(step(begin(0), 1), 2)).now).toBe(0);
    const many = Array.from({ length: 300 }, (_, each) => each + 1).reduce((all, each) => step(all, each), begin(0));
    expect(many.past).toHaveLength(MOST_STEPS);
  });
});

describe('what changes nothing', () => {
  const ran = run(server, plain);
  const why = (scenario: Scenario, setting: StageSetting, place = 0) =>
    whyIdle(scenario, setting, place, run(scenario, setting))?.why ?? null;

  it('says nothing of a fault that does change something', () => {
    expect(why(server, doing({ at: 100, fault: 'pause' }))).toBeNull();
    expect(why(server, doing({ at: 100, dial: 'arrivalRate', value: 5 }))).toBeNull();
    expect(why(server, doing({ at: 100, fault: 'pause' }, { at: 105, mend: 'pause' }), 1)).toBeNull();
  });

  it.each<[string, StageSetting, number, string]>([
    ['begins after the end', doing({ at: 600, fault: 'pause' }), 0, 'after-end'],
    ['mends what is whole', doing({ at: 50, mend: 'pause' }), 0, 'nothing-to-mend'],
    [
      'mends what is over',
      doing({ at: 50, fault: 'pause', duration: 5 }, { at: 60, mend: 'pause' }),
      1,
      'nothing-to-mend',
    ],
    [
      'mends twice',
      doing({ at: 50, fault: 'pause', duration: 20 }, { at: 55, mend: 'pause' }, { at: 60, mend: 'pause' }),
      2,
      'nothing-to-mend',
    ],
    ['is mended as it begins', doing({ at: 50, fault: 'pause' }, { at: 50, mend: 'pause' }), 0, 'never-begun'],
    ['turns to where it stands', doing({ at: 50, dial: 'arrivalRate', value: 8 }), 0, 'same-value'],
    [
      'pauses what is paused',
      doing({ at: 50, fault: 'pause', duration: 20 }, { at: 55, fault: 'pause', duration: 5 }),
      1,
      'already-broken',
    ],
  ])('says why, and the run is indeed the same without it: it %s', (_, setting, place, reason) => {
    expect(why(server, setting, place)).toBe(reason);
    const rest = { ...setting, inputs: withoutDeed(setting.inputs, place) };
    expect(run(server, rest).digest).toBe(run(server, setting).digest);
  });

  it('says that a design fixes what a dial turns, or takes it away', () => {
    const base = example('slow-dependency');
    const [places] = base.dials;
    const apart = parseScenario({
      ...base,
      dials: [places!, { ...places!, id: 'probes', sets: ['links.2.breaker.probes'] }],
    });
    const reason = (design: string, place: number) => {
      const setting = { ...settingOf(apart), design };
      return whyDialIdle(apart, setting, apart.dials[place]!, run(apart, setting))?.why ?? null;
    };
    expect([reason('time-limit', 0), reason('time-limit', 1)]).toEqual(['fixed', 'taken-away']);
    expect([reason('both', 0), reason('both', 1)]).toEqual([null, null]);
  });

  it('says of two runs that are the same to the last request what was turned, and knows when no reason is certain', () => {
    const balanced = example('load-balancing');
    const setting = settingOf(balanced);
    const other = { ...setting, dials: { ...setting.dials, choices: 4 } };
    const [was, is] = [run(balanced, setting), run(balanced, other)];
    expect(is.digest).toBe(was.digest);
    expect(nothingChanged(balanced, setting, other, is)).toMatchObject({ what: 'dial', dial: 'choices', reason: null });
    expect(nothingChanged(balanced, setting, setting, is)).toBeNull();
    expect(nothingChanged(server, plain, doing({ at: 1, mend: 'pause' }), ran)).toMatchObject({
      what: 'deed',
      reason: { why: 'nothing-to-mend' },
    });
  });

  it('says that no request ever comes to the part', () => {
    const base = example('slow-dependency');
    const apart = {
      ...base,
      parts: { ...base.parts, archive: { ...base.parts['catalogue']! } },
      faults: [{ ...base.faults[0]!, id: 'no-archive', part: 'archive', action: 'pause' }],
      inputs: [],
    } as Scenario;
    const setting = { ...settingOf(apart), inputs: [{ at: 10, fault: 'no-archive' }] };
    const made = run(parseScenario(apart), setting);
    expect(whyIdle(apart, setting, 0, made, true)).toMatchObject({ why: 'unvisited', values: { part: 'archive' } });
  });
});
