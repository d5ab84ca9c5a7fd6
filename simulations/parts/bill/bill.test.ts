import { describe, expect, it } from 'vitest';
import { every, run, takes, type Parts } from '../../by-hand.fixture.ts';
import type { ScenarioSource } from '../../index.ts';
import { pow } from '../../engine/elementary.ts';

const bill = (more: object = {}): Parts[string] =>
  ({
    kind: 'bill',
    items: [{ part: 'server', size: 4, links: 2 }],
    base: 3,
    exponent: 1.5,
    link: 0.5,
    ...more,
  }) as never;

const billed = (own: object = {}, server: object = {}, more: Partial<ScenarioSource> = {}) =>
  run({ clients: every(1), server: takes(0.5, { instances: 3, ...server }), bill: bill(own) }, 20, more);

const crash = (startsFor: number): Partial<ScenarioSource> => ({
  faults: [{ id: 'crash', part: 'server', action: 'crash', duration: startsFor }],
  inputs: [{ at: 5.5, fault: 'crash' }],
});

describe('bill', () => {
  it('charges base × size^exponent for each machine, and its links, busy or idle (E1)', () => {
    const { measures } = billed();
    // 4^1.5 is 8
    const each = 3 * pow(4, 1.5) + 2 * 0.5;
    expect(each).toBeCloseTo(25, 10);
    expect(measures['bill.cost.mean']!.value).toBeCloseTo(3 * each, 10);
    expect(measures['bill.spent']!.value).toBeCloseTo(20 * 3 * each, 8);
    expect(billed({ exponent: 1 }).measures['bill.cost.mean']!.value).toBeCloseTo(3 * 13, 10);
  });

  it('charges for a broken machine that was bought, and not for one that was rented (E1)', () => {
    const bought = billed({}, {}, crash(10)).measures['bill.cost.mean']!.value;
    const rented = billed({ charges: 'present' }, {}, crash(10)).measures['bill.cost.mean']!.value;
    expect(bought).toBeCloseTo(75, 10);
    // it is away from 5.5 s to 15.5 s, which the periods see from 6 s to 16 s
    expect(rented).toBeCloseTo(75 - 25 / 2, 10);
  });

  it('charges for messages at the end of the period in which they came (E1)', () => {
    const { measures } = billed({ base: 0, link: 0, message: 2, every: 5 });
    expect(measures['bill.cost.mean']!.value).toBeCloseTo(1.9, 10);
    // the one of the last tick comes after the last charge
    expect(measures['bill.spent']!.value).toBeCloseTo(38, 10);
  });

  it('is divided by what was answered: what fails is paid for and counts for nothing (E2)', () => {
    const per = (server: object) => billed({ every: 4 }, server).measures['bill.perAnswer']!;
    const whole = billed({ every: 4 });
    const answered = whole.measures['bill.answered']!.value!;
    expect(whole.measures['bill.perAnswer']!.value).toBeCloseTo((20 * 75) / answered, 8);
    expect(answered).toBe(19);
    expect(per({ instances: 3, errors: 1 }).value).toBeNull();
  });

  it('says which share of the money stood for machines with something to do', () => {
    // one request a second for half a second each: at every whole second one of three has something to do
    expect(billed({}).measures['bill.used']!.value).toBeCloseTo(1 / 3, 1);
    expect(billed({ every: 0.25 }).measures['bill.used']!.value).toBeCloseTo(1 / 6, 1);
  });

  it('changes nothing of what it looks at', () => {
    const without = run({ clients: every(1), server: takes(0.5, { instances: 3 }) }, 20);
    const { measures } = billed();
    for (const name of ['server.response.mean', 'server.utilisation', 'clients.answered'])
      expect(measures[name]!.value).toBe(without.measures[name]!.value);
  });

  it('takes a new price in the middle of a run', () => {
    const turned = billed(
      {},
      {},
      {
        dials: [{ id: 'link', unit: 'number', min: 0, max: 10, step: 0.5, start: 0.5, sets: ['parts.bill.link'] }],
        inputs: [{ at: 10, dial: 'link', value: 2.5 }],
      },
    );
    expect(turned.state['bill']!.readings!['cost']).toBeCloseTo(3 * 29, 10);
    expect(turned.measures['bill.cost.mean']!.value).toBeCloseTo(81, 0);
  });
});
