import { describe, expect, it } from 'vitest';
import { connectionsOf, parseScenario, simulate, type ScenarioSource } from '../../../../simulations/index.ts';
import { layoutOf } from './layout.ts';
import { firstPart, partBy } from './roving.ts';

const scenarios = import.meta.glob<ScenarioSource>(
  ['../../../../simulations/scenarios/*/scenario.ts', '../../../../simulations/examples/*.json'],
  { eager: true, import: 'default' },
);
const arrows = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp'];
const at = (id: string, x: number, y: number) => ({ id, x, y, shape: { width: 100, height: 60 } });
const square = [
  at('low', 0, 200),
  at('clients', 0, 0),
  at('server', 300, 10),
  at('store', 600, 200),
  at('cache', 600, 0),
];

describe('the parts of a drawing by keyboard', () => {
  it('are entered at the first as one reads, which Home comes back to; End goes to the last', () => {
    expect(firstPart(square)).toBe('clients');
    expect(partBy('Home', 'store', square)).toBe('clients');
    expect(partBy('End', 'clients', square)).toBe('store');
    expect(firstPart([])).toBeNull();
  });

  it('are gone through in the direction of the arrow, straight ahead before aside', () => {
    expect(partBy('ArrowRight', 'clients', square)).toBe('server');
    expect(partBy('ArrowRight', 'server', square)).toBe('cache');
    expect(partBy('ArrowDown', 'cache', square)).toBe('store');
    expect(partBy('ArrowLeft', 'store', square)).toBe('low');
    expect(partBy('ArrowUp', 'low', square)).toBe('clients');
  });

  it('keep the focus where nothing stands that way, and leave other keys alone', () => {
    expect(partBy('ArrowLeft', 'clients', square)).toBe('clients');
    expect(partBy('ArrowRight', 'store', square)).toBe('store');
    for (const key of ['a', 'Enter', 'Tab', ' ', 'constructor', 'PageDown'])
      expect(partBy(key, 'store', square)).toBeNull();
  });

  it.each(Object.entries(scenarios))(
    'are all reached by arrows in %s, on wide screens and on narrow ones',
    (_, source) => {
      const scenario = parseScenario(source);
      const { state } = simulate(scenario, { until: 0 });
      for (const orientation of ['wide', 'tall'] as const) {
        const { parts } = layoutOf(scenario, state, orientation, connectionsOf(scenario));
        const reached = new Set([firstPart(parts)!]);
        for (const id of reached) for (const key of arrows) reached.add(partBy(key, id, parts)!);
        expect([...reached].sort()).toEqual(parts.map(({ id }) => id).sort());
        // and from everywhere Home leads back
        for (const { id } of parts) expect(partBy('Home', id, parts)).toBe(firstPart(parts));
      }
    },
  );
});
