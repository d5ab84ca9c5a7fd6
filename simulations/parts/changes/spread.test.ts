import { describe, expect, it } from 'vitest';
import { stream } from '../../engine/draws.ts';
import { simulate, type ScenarioSource } from '../../index.ts';
import { reachedAlongRow, reachedInCrowd, reachedInStar } from '../../theory/spreading.ts';
import { drawSystem, spreadOf, type SpreadSettings, type System } from './spread.ts';

const plain: SpreadSettings = {
  owned: 'by-team',
  handOff: 0,
  still: [],
  components: 1,
  cluster: 8,
  inside: 3,
  outside: 2,
  chance: 0.3,
  borders: 'none',
  teams: 4,
  leak: 0.2,
  misdrawn: 0,
};

const streams = (seed: number) => ({
  depends: stream(seed, 0, 'code', 'depends'),
  misplaced: stream(seed, 0, 'code', 'misplaced'),
  spreads: stream(seed, 0, 'code', 'spreads'),
  handsOn: stream(seed, 0, 'code', 'handsOn'),
});

/** A system whose dependencies are written down. @param moduleOf all in one when left out. */
function written(
  dependents: number[][],
  settings: Partial<SpreadSettings>,
  moduleOf?: number[],
  clusterOf = moduleOf,
): System {
  return {
    settings: { ...plain, components: dependents.length, ...settings },
    dependents,
    clusterOf: clusterOf ?? dependents.map(() => 0),
    moduleOf: moduleOf ?? dependents.map(() => 0),
    teamOf: dependents.map(() => 0),
    modules: 1,
  };
}

/** Components touched on average, of the changes that begin at one of them, or anywhere. */
function meanSpread(system: System, from: number | null, changes = 40_000): number {
  const { spreads } = streams(7);
  let touched = 0;
  let counted = 0;
  for (let request = 0; counted < changes; request++) {
    const found = spreadOf(system, spreads, request);
    if (from !== null && found[0] !== from) continue;
    counted++;
    touched += found.length;
  }
  return touched / counted;
}

describe('how a change spreads', () => {
  it('goes along a row as a geometric series', () => {
    const row = written([[1], [2], [3], []], { chance: 0.6 });
    expect(meanSpread(row, 0)).toBeCloseTo(reachedAlongRow(4, 0.6), 1);
    expect(meanSpread(row, 3, 1000)).toBe(1);
  });

  it('reaches of a star what each ray lets through, and nothing against the rays', () => {
    const star = written([[1, 2, 3, 4, 5], [], [], [], [], []], { chance: 0.4 });
    expect(meanSpread(star, 0)).toBeCloseTo(reachedInStar(5, 0.4), 1);
    expect(meanSpread(star, 2, 1000)).toBe(1);
  });

  it('reaches of a crowd what the Reed-Frost chain does', () => {
    const crowd = written(
      Array.from({ length: 6 }, (_, from) => [0, 1, 2, 3, 4, 5].filter((to) => to !== from)),
      { chance: 0.25 },
    );
    const expected = reachedInCrowd(6, 0.25);
    expect(Math.abs(meanSpread(crowd, null) - expected)).toBeLessThan(0.02 * expected);
  });

  it('reaches of drawn systems, over many of them, what a crowd with thinned chances does', () => {
    // all in one cluster of 20, each depending on four others on average, which is a dependency with probability 4/19
    const settings = { ...plain, components: 20, cluster: 20, inside: 4, chance: 0.3 };
    let total = 0;
    const systems = 400;
    for (let seed = 1; seed <= systems; seed++) {
      const { spreads, ...rest } = streams(seed);
      const system = drawSystem(settings, rest);
      for (let request = 0; request < 100; request++) total += spreadOf(system, spreads, request).length;
    }
    const expected = reachedInCrowd(20, (0.3 * 4) / 19);
    expect(Math.abs(total / systems / 100 - expected)).toBeLessThan(0.05 * expected);
  });

  it('takes each step with the leaking share of the chance across a border, and only where one is drawn', () => {
    const row = [[1], [2], []];
    const sides = [0, 0, 1];
    const through = (borders: 'none' | 'drawn', leak: number) =>
      meanSpread(written(row, { chance: 0.8, borders, leak }, sides), 0);
    expect(through('drawn', 0.25)).toBeCloseTo(1 + 0.8 + 0.8 * 0.2, 1);
    expect(through('drawn', 0)).toBeCloseTo(1.8, 1);
    expect(through('none', 0)).toBeCloseTo(1 + 0.8 + 0.64, 1);
    expect(through('drawn', 1)).toBe(through('none', 0));
  });

  it('is not held by a border inside what belongs together (U6)', () => {
    const row = written([[1], [2], []], { chance: 0.8, borders: 'drawn', leak: 0 }, [0, 1, 2], [0, 0, 0]);
    expect(meanSpread(row, 0)).toBeCloseTo(reachedAlongRow(3, 0.8), 1);
  });

  it('touches with a border no component that it would not touch without (U5)', () => {
    const { spreads, ...rest } = streams(3);
    const settings = { ...plain, components: 64 };
    const open = drawSystem(settings, rest);
    const kept = drawSystem({ ...settings, borders: 'drawn' }, rest);
    let fewer = 0;
    for (let request = 0; request < 2000; request++) {
      const without = new Set(spreadOf(open, spreads, request));
      const within = spreadOf(kept, spreads, request);
      expect(within.every((component) => without.has(component))).toBe(true);
      fewer += without.size - within.length;
    }
    expect(fewer).toBeGreaterThan(0);
  });
});

describe('a drawn system', () => {
  const { spreads: _, ...rest } = streams(5);

  it('has as many dependencies inside and outside clusters as it says, on average', () => {
    const settings = { ...plain, components: 160, inside: 3, outside: 2 };
    const { dependents } = drawSystem(settings, rest);
    const isInside = (from: number, to: number) => Math.floor(from / 8) === Math.floor(to / 8);
    const pairs = dependents.flatMap((tos, from) => tos.map((to) => isInside(from, to)));
    expect(pairs.filter(Boolean).length / 160).toBeCloseTo(3, 0);
    expect(pairs.filter((inside) => !inside).length / 160 / 152).toBeCloseTo(0.02, 2);
  });

  it('keeps what is between its components when it grows (U5)', () => {
    const small = drawSystem({ ...plain, components: 40 }, rest);
    const large = drawSystem({ ...plain, components: 80 }, rest);
    expect(large.dependents.slice(0, 40).map((tos) => tos.filter((to) => to < 40))).toEqual(small.dependents);
  });

  it('gives each team as many components, and ends a module where a cluster or a team ends', () => {
    const { moduleOf, teamOf, modules } = drawSystem({ ...plain, components: 18, teams: 3 }, rest);
    expect(teamOf).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
    expect(moduleOf).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4]);
    expect(modules).toBe(5);
  });

  it('has no more teams at work than components', () => {
    const { teamOf, modules } = drawSystem({ ...plain, components: 3, teams: 8 }, rest);
    expect([teamOf, modules]).toEqual([[0, 1, 2], 3]);
  });

  it('puts about as many components on the wrong side as it says', () => {
    const right = drawSystem({ ...plain, components: 160 }, rest).moduleOf;
    const wrong = drawSystem({ ...plain, components: 160, misdrawn: 0.5 }, rest).moduleOf;
    const moved = wrong.filter((module, i) => module !== right[i]).length;
    // one in twenty of those that are dealt anew falls into its own module again
    expect(moved / 160).toBeGreaterThan(0.35);
    expect(moved / 160).toBeLessThan(0.6);
  });
});

describe('a part whose changes spread', () => {
  const office = (spread: object, more: object = {}): ScenarioSource => ({
    id: 'office',
    time: { unit: 'day', ticks: 480 },
    horizon: 400,
    parts: {
      wishes: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 1 }, calls: ['code'] },
      upkeep: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 1 }, calls: [{ to: 'code', copies: 3 }] },
      code: {
        kind: 'changes',
        calls: ['left', 'right'],
        pieces: 'per-component',
        spread: {
          components: 16,
          cluster: 8,
          inside: 2,
          outside: 5,
          chance: 0.3,
          teams: 2,
          owned: 'by-team',
          borders: 'drawn',
          leak: 0.5,
          still: ['upkeep'],
          ...spread,
        },
      },
      left: { kind: 'service', threads: null, service: { law: 'constant', mean: 0.1 } },
      right: { kind: 'service', threads: null, service: { law: 'constant', mean: 0.1 } },
      ...more,
    },
  });
  const measured = (spread: object) => {
    const { measures, ledger } = simulate(office(spread), { seed: 3 });
    expect(ledger.conserves).toBe(true);
    return (name: string) => measures[name]?.value ?? 0;
  };

  it('sends a piece for each component that it touches, to its owner', () => {
    const of = measured({});
    const pieces = of('code.touched.mean@wishes') * of('wishes.made') + 3 * of('upkeep.made');
    expect(of('left.arrivals') + of('right.arrivals')).toBeCloseTo(pieces, 6);
    expect(of('code.touched.mean@upkeep')).toBe(1);
  });

  it('sends all to one owner where components are owned together', () => {
    const of = measured({ owned: 'together' });
    expect(of('right.arrivals')).toBe(0);
    expect(of('code.owners.mean@wishes')).toBe(1);
  });

  it('sends every owner but the first as many pieces more as a hand-off takes (U6)', () => {
    const without = measured({});
    const whole = measured({ handOff: 2 });
    const half = measured({ handOff: 0.5 });
    const crossings = (without('code.owners.mean@wishes') - 1) * without('wishes.made');
    const pieces = (of: (name: string) => number) => of('left.arrivals') + of('right.arrivals');
    expect(crossings).toBeGreaterThan(20);
    expect(pieces(whole) - pieces(without)).toBeCloseTo(2 * crossings, 6);
    expect((pieces(half) - pieces(without)) / crossings).toBeGreaterThan(0.3);
    expect((pieces(half) - pieces(without)) / crossings).toBeLessThan(0.7);
  });

  it('asks for the same first component and the same system in every design', () => {
    const open = measured({ borders: 'none' });
    const kept = measured({ leak: 0 });
    expect(kept('code.touched.mean@wishes')).toBeLessThan(open('code.touched.mean@wishes'));
    expect(kept('wishes.made')).toBe(open('wishes.made'));
  });

  it('is refused beside components of its own, and with more teams than there are owners', () => {
    const named = office({});
    (named.parts['code'] as { components: string[] }).components = ['one', 'two'];
    expect(() => simulate(named)).toThrow(/a spread by itself/);
    expect(() => simulate(office({ teams: 3 }))).toThrow(/3 teams/);
  });
});
