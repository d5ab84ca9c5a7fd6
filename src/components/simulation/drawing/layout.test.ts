import { describe, expect, it } from 'vitest';
import { applySetting, connectionsOf, parseScenario, simulate } from '../../../../simulations/index.ts';
import { layoutOf, type Layout } from './layout.ts';

const examples = Object.entries(
  import.meta.glob<unknown>('../../../../simulations/examples/*.json', { import: 'default', eager: true }),
).map(([path, source]): [string, unknown] => [path.split('/').at(-1)!, source]);

function layoutsOf(
  source: unknown,
  change: (scenario: ReturnType<typeof parseScenario>) => object = () => ({}),
): Layout[] {
  const scenario = parseScenario(source as never);
  const design = scenario.designs.at(-1)!.id;
  const { scenario: applied } = applySetting(scenario, { design });
  const { state } = simulate({ ...scenario, horizon: 1, warmUp: 0, inputs: [], show: undefined } as never, {
    design,
    inputs: [],
  });
  const arranged = { ...applied, ...change(scenario) };
  return (['wide', 'tall'] as const).map((each) => layoutOf(arranged, state, each, connectionsOf(applied)));
}

function overlapping({ parts }: Layout): string[] {
  const found: string[] = [];
  for (const [index, a] of parts.entries()) {
    for (const b of parts.slice(index + 1)) {
      const beside = a.x + a.shape.width <= b.x || b.x + b.shape.width <= a.x;
      const above = a.y + a.shape.height <= b.y || b.y + b.shape.height <= a.y;
      if (!beside && !above) found.push(`${a.id} and ${b.id}`);
    }
  }
  return found;
}

describe('the layout of an example', () => {
  it.each(examples)('%s lays no part on another, with and without positions, wide and tall', (_, source) => {
    for (const layout of [...layoutsOf(source), ...layoutsOf(source, () => ({ positions: {} }))]) {
      expect(overlapping(layout)).toEqual([]);
      for (const { x, y, shape } of layout.parts) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + shape.width).toBeLessThanOrEqual(layout.width);
        expect(y + shape.height).toBeLessThanOrEqual(layout.height);
      }
    }
  });

  it.each(examples)('%s has a line for every connection that the machine knows of', (_, source) => {
    const scenario = parseScenario(source as never);
    const { calls, steers } = connectionsOf(applySetting(scenario, { design: scenario.designs.at(-1)!.id }).scenario);
    for (const layout of layoutsOf(source)) {
      expect(layout.links.map(({ from, to }) => [from, to])).toEqual(calls);
      expect(layout.ties.map(({ from, to }) => [from, to])).toEqual(steers);
    }
  });
});

describe('a narrow drawing', () => {
  const part = (kind: string): object => ({ kind });
  const four = {
    parts: { wishes: part('traffic'), web: part('service'), data: part('service'), looks: part('service') },
    links: [],
    positions: { wishes: [0, 0.5], web: [1, 0.5], data: [2, 0], looks: [2, 1] },
  };
  const tall = (positions: object): Layout =>
    layoutOf({ ...four, positions } as never, {}, 'tall', { calls: [], steers: [] });

  it('keeps no column free for what has a row to itself', () => {
    const { width } = tall(four.positions);
    expect(width).toBe(tall({ ...four.positions, wishes: [0, 0], web: [1, 1] }).width);
    const { parts } = tall(four.positions);
    const middle = (id: string): number => {
      const { x, shape } = parts.find((each) => each.id === id)!;
      return x + shape.width / 2;
    };
    expect(middle('web')).toBe(width / 2);
    expect(middle('web')).toBeCloseTo((middle('data') + middle('looks')) / 2, 9);
  });

  it('is as wide as the widest part where each has a row to itself', () => {
    const { parts, width } = tall({ wishes: [0, 0], web: [1, 3], data: [2, 1], looks: [3, 2] });
    expect(width).toBe(Math.max(...parts.map(({ shape }) => shape.width)) + 20);
  });
});

describe('the places of a scenario without positions', () => {
  it('go from the source by the longest way, with what looks after a part below it', () => {
    const source = {
      parts: {
        clients: { kind: 'traffic' },
        c: { kind: 'service' },
        a: { kind: 'service' },
        b: { kind: 'service' },
        scaler: { kind: 'autoscaler' },
      },
      links: [],
      positions: {},
    };
    const layout = layoutOf(source as never, {}, 'wide', {
      calls: [
        ['clients', 'a'],
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'c'],
      ],
      steers: [['scaler', 'b']],
    });
    const at = (id: string) => layout.parts.find((part) => part.id === id)!;
    const columns = ['clients', 'a', 'b', 'c'].map((id) => at(id).x);
    expect(columns).toEqual(columns.toSorted((x, y) => x - y));
    expect(at('scaler').y).toBeGreaterThan(at('b').y + at('b').shape.height);
    expect(overlapping(layout)).toEqual([]);
  });
});
