import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Memory } from './memory.ts';

describe('memory', () => {
  it('remembers the latest and what is held, as a plain list would', () => {
    const step = fc.record({
      what: fc.constantFrom('ask', 'ask', 'ask', 'hold', 'letGo', 'forget'),
      a: fc.constantFrom(0, 1, 2 ** 40, 2 ** 40 + 1),
      b: fc.integer({ min: -1, max: 3 }),
      c: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.array(step, { maxLength: 400 }), (most, steps) => {
        const memory = new Memory(most);
        let list: { key: string; row: number; held: boolean }[] = [];
        for (const { what, a, b, c } of steps) {
          const key = `${a} ${b} ${c}`;
          const known = list.find((one) => one.key === key);
          expect(memory.find(a, b, c)).toBe(known?.row ?? -1);
          if (known === undefined) {
            if (what !== 'ask') continue;
            if (list.length >= most) {
              const oldest = list.findIndex(({ held }) => !held);
              // those that were passed over come after all others
              if (oldest >= 0) list = [...list.slice(oldest + 1), ...list.slice(0, oldest)];
              else list = [...list];
            }
            const row = memory.add(a, b, c);
            expect(list.some((one) => one.row === row)).toBe(false);
            list.push({ key, row, held: false });
          } else if (what === 'hold') {
            memory.hold(known.row);
            known.held = true;
          } else if (what === 'letGo') {
            memory.letGo(known.row);
            known.held = false;
          } else if (what === 'forget') {
            memory.forget(known.row);
            list = list.filter((one) => one !== known);
          }
          expect(memory.count).toBe(list.length);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
