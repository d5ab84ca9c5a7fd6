import { describe, expect, it } from 'vitest';
import { stream } from '../engine/draws.ts';
import { finiteTable, placeIn } from './finite-table.ts';
import { keys, keySampler, zipfWeights, type Keys } from './keys.ts';

const N = 200_000;

function frequencies(settings: Keys): Float64Array {
  const draw = keySampler(settings, stream(3, 0, 'clients', 'key'));
  const times = new Float64Array(settings.count);
  for (let request = 0; request < N; request++) times[draw(request, 5)]!++;
  return times;
}

/** Chi-squared, standardised: about normal with mean 0 and variance 1. Keys that are rare go together into one cell. */
function misfit(times: Float64Array, shares: Float64Array): number {
  let chi = 0;
  let cells = 0;
  let seen = 0;
  let expected = 0;
  for (let key = 0; key < times.length; key++) {
    seen += times[key]!;
    expected += shares[key]! * N;
    if (expected < 20 && key < times.length - 1) continue;
    chi += ((seen - expected) * (seen - expected)) / expected;
    cells++;
    seen = 0;
    expected = 0;
  }
  return (chi - (cells - 1)) / Math.sqrt(2 * (cells - 1));
}

describe('keys', () => {
  it("Zipf's shares are those of the harmonic numbers, and add up to 1", () => {
    const shares = zipfWeights(4, 1);
    // 1 + 1/2 + 1/3 + 1/4 = 25/12
    for (const [key, share] of [12 / 25, 6 / 25, 4 / 25, 3 / 25].entries()) expect(shares[key]).toBeCloseTo(share, 14);
    const squares = zipfWeights(1_000_000, 2);
    // Σ 1/k² is π²/6, and what lies beyond a million is 1e-6
    expect(squares[0]).toBeCloseTo(1 / (Math.PI ** 2 / 6 - 1e-6), 11);
    expect(squares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 11);
    expect(Array.from(zipfWeights(5, 0))).toEqual(Array(5).fill(0.2));
  });

  it.each([
    [10, 1],
    [1000, 0.8],
    [1000, 0],
    [777, 2.5],
    [1_000_000, 1],
    [100_000, 10],
    [1, 1],
  ])('of %i keys under exponent %d each is asked for as often as its rank says', (count, exponent) => {
    const times = frequencies({ count, law: 'zipf', exponent });
    if (count > 1 && exponent < 10) expect(Math.abs(misfit(times, zipfWeights(count, exponent)))).toBeLessThan(4);
    expect(times.indexOf(Math.max(...times.subarray(0, 1000)))).toBe(
      exponent === 0 ? times.indexOf(Math.max(...times)) : 0,
    );
  });

  it('the uniform law asks for all keys alike', () => {
    const times = frequencies({ count: 300, law: 'uniform', exponent: 1 });
    expect(Math.abs(misfit(times, new Float64Array(300).fill(1 / 300)))).toBeLessThan(4);
  });

  it('a hot key has its share, and what the law gives it besides', () => {
    const shares = zipfWeights(50, 1).map((share, key) => 0.7 * share + (key === 20 ? 0.3 : 0));
    const times = frequencies({ count: 50, law: 'zipf', exponent: 1, hot: { key: 20, share: 0.3 } });
    expect(Math.abs(misfit(times, shares))).toBeLessThan(4);
    const all = frequencies({ count: 50, law: 'uniform', exponent: 1, hot: { key: 49, share: 1 } });
    expect(all[49]).toBe(N);
  });

  it('a request asks for the same key whoever asked before (R2)', () => {
    const settings: Keys = { count: 1000, law: 'zipf', exponent: 1 };
    const s = stream(3, 0, 'clients', 'key');
    const forwards = keySampler(settings, s);
    const backwards = keySampler(settings, s);
    const inOrder = Array.from({ length: 200 }, (_, request) => forwards(request, -9));
    for (let request = 199; request >= 0; request--) expect(backwards(request, -9)).toBe(inOrder[request]);
  });

  it('the schema fills in the exponent and refuses nonsense', () => {
    expect(keys.parse({ count: 10, law: 'zipf' })).toEqual({ count: 10, law: 'zipf', exponent: 1 });
    for (const nonsense of [
      { law: 'zipf' },
      { count: 0, law: 'zipf' },
      { count: 1_000_001, law: 'zipf' },
      { count: 2.5, law: 'zipf' },
      { count: 10, law: 'normal' },
      { count: 10, law: 'zipf', exponent: -1 },
      { count: 10, law: 'zipf', exponent: 11 },
      { count: 10, law: 'zipf', hot: { key: 10, share: 0.5 } },
      { count: 10, law: 'zipf', hot: { key: -1, share: 0.5 } },
      { count: 10, law: 'zipf', hot: { key: 1, share: 1.5 } },
    ])
      expect(keys.safeParse(nonsense).success).toBe(false);
  });
});

describe('a finite table', () => {
  it('finds the same place as a search from the start, on and beside every edge', () => {
    const weights = Float64Array.from({ length: 37 }, (_, i) => (i % 5 === 0 ? 0 : 1 / (1 + ((i * i) % 11))));
    const table = finiteTable(weights);
    const edges = Array.from(table.cumulative, (sum) => sum / table.total);
    const around = edges.flatMap((edge) => [edge - 2 ** -53, edge, edge + 2 ** -52]);
    for (const u of [2 ** -53, ...around, 0.5, 1 - 2 ** -53].filter((u) => u > 0 && u < 1)) {
      const place = placeIn(table, u);
      expect(place).toBe(table.cumulative.findIndex((sum) => sum > u * table.total));
      expect(weights[place]).toBeGreaterThan(0);
    }
  });
});
