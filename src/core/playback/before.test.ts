/** What came just before a moment, by hand. */
import { describe, expect, it } from 'vitest';
import type { Mark } from '../../../simulations/index.ts';
import { beforeAt } from './before.ts';
import { steps, writtenRun } from './story.fixture.ts';

const parts = ['clients', 'shop', 'bank'];
const mark = (at: number, kind: Mark['kind'], detail: string, part = 'shop'): Mark => ({ at, part, kind, detail });
const ids = (sentences: readonly { id: string }[]): string[] => sentences.map(({ id }) => id);

describe('what came just before', () => {
  it('is what was marked in the twelfth of the run before the moment, the latest first', () => {
    const marks = [
      mark(100, 'dial', 'rate=5', ''),
      mark(900, 'first-refusal', 'queue-full'),
      mark(950, 'scale', '2 to 4'),
    ];
    const { happened, since } = beforeAt(writtenRun({ parts, marks }), 1000);
    expect(since).toBe(750);
    expect(happened).toEqual([
      { id: 'why.mark.scale', values: { at: 9.5, part: 'shop', from: '2', to: '4' } },
      {
        id: 'why.mark.refusal',
        values: { at: 9, reason: 'queue-full', part: 'shop', caller: 'shop', callee: '' },
      },
    ]);
  });

  it('is also a fault that began earlier and is still on', () => {
    const marks = [mark(100, 'fault-begins', 'slow'), mark(2000, 'fault-ends', 'slow')];
    expect(beforeAt(writtenRun({ parts, marks }), 1000).happened).toEqual([
      { id: 'why.before.stillOn', values: { part: 'shop', fault: 'slow', at: 1 } },
    ]);
    expect(beforeAt(writtenRun({ parts, marks }), 2900).happened).toEqual([]);
  });

  it('says once that an instance died, not also that it is gone', () => {
    const marks: Mark[] = [
      { ...mark(900, 'instance', 'dead'), instance: 2 },
      { ...mark(900, 'instance', 'absent'), instance: 2 },
    ];
    expect(beforeAt(writtenRun({ parts, marks }), 1000).happened).toEqual([
      { id: 'why.mark.instance', values: { at: 9, part: 'shop', number: 3, state: 'dead' } },
    ]);
  });

  it('is a reading that rose by half or fell by a third, and no smaller change', () => {
    const columns = {
      'clients.made': steps([30, 10], [30, 16]),
      'shop>bank.calls': steps([60, 10]),
      'shop>bank.tries': steps([30, 10], [30, 25]),
      'shop.service.mean': steps([30, 0.3], [30, 0.1]),
      'bank.service.mean': steps([30, 0.3], [30, 0.4]),
    };
    const { changed } = beforeAt(writtenRun({ parts, columns }), 34 * 50 + 10);
    expect(ids(changed)).toEqual(['why.before.rate', 'why.before.tries', 'why.before.service']);
    expect(changed[0]!.values).toEqual({ part: 'clients', rate: 32, rateBefore: 20 });
    expect(changed[1]!.values).toMatchObject({ per: 2.5, perBefore: 1 });
    expect(changed[2]!.values['part']).toBe('shop');
  });

  it('compares nothing with less than ten requests, or at the beginning of the run', () => {
    const columns = { 'clients.made': steps([30, 0.5], [30, 1]) };
    expect(beforeAt(writtenRun({ parts, columns }), 34 * 50 + 10).changed).toEqual([]);
    expect(beforeAt(writtenRun({ parts, columns: { 'clients.made': steps([60, 50]) } }), 20).changed).toEqual([]);
  });
});
