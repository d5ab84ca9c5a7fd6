import { describe, expect, it } from 'vitest';
import { stream, uniform, uniforms } from './draws.ts';

const N = 200_000;

/** Chi-squared over equal cells, standardised: about normal with mean 0 and variance 1. */
function evenness(cells: Float64Array, total: number): number {
  const expected = total / cells.length;
  let chi = 0;
  for (const cell of cells) chi += ((cell - expected) * (cell - expected)) / expected;
  return (chi - (cells.length - 1)) / Math.sqrt(2 * (cells.length - 1));
}

function correlation(pairs: Iterable<readonly [number, number]>): number {
  let n = 0;
  let sum = 0;
  for (const [x, y] of pairs) {
    sum += (x - 0.5) * (y - 0.5);
    n++;
  }
  return (sum / n) * 12 * Math.sqrt(n); // standardised
}

describe('draws depend on seed, replication, part, purpose, request and index only (R2)', () => {
  it('the same question gets the same answer, in any order', () => {
    const a = stream(1, 0, 'server', 'demand');
    const forwards = Array.from({ length: 100 }, (_, i) => uniform(a, i, 0));
    const b = stream(1, 0, 'server', 'demand');
    const backwards = Array.from({ length: 100 }, (_, i) => uniform(b, 99 - i, 0)).reverse();
    expect(backwards).toEqual(forwards);
  });

  it('draws made by the block are those that are made one by one, whatever the index and beyond 2^32 requests', () => {
    const s = stream(1, 0, 'server', 'demand');
    const block = new Float64Array(40).fill(-1);
    for (const request of [0, 1, 977, 2 ** 31 - 5, 2 ** 32 - 32, 2 ** 32 - 7, 2 ** 32, 2 ** 40 + 3])
      for (const index of [0, 1, -1, 0x7fffffff, -0x80000000, 0x6d2b79f5]) {
        uniforms(s, request, index, block, 32);
        for (let i = 0; i < 32; i++) expect(block[i]).toBe(uniform(s, request + i, index));
      }
    expect(block[32]).toBe(-1);
  });

  it('a change of any of the six gives another value', () => {
    const values = [
      uniform(stream(1, 0, 'server', 'demand'), 7, 0),
      uniform(stream(2, 0, 'server', 'demand'), 7, 0),
      uniform(stream(1, 1, 'server', 'demand'), 7, 0),
      uniform(stream(1, 0, 'other', 'demand'), 7, 0),
      uniform(stream(1, 0, 'server', 'gap'), 7, 0),
      uniform(stream(1, 0, 'server', 'demand'), 8, 0),
      uniform(stream(1, 0, 'server', 'demand'), 7, 1),
      uniform(stream(1, 0, 'server', 'demand'), 7 + 2 ** 32, 0),
    ];
    expect(new Set(values).size).toBe(values.length);
  });
});

describe('draws are uniform and independent as far as can be told (R3)', () => {
  const keys = [
    ['plain', stream(1, 0, 'server', 'demand')],
    ['seed 0', stream(0, 0, 'a', 'b')],
    ['greatest seed', stream(0xffffffff, 3, 'clients', 'gap')],
  ] as const;

  it.each(keys)('values fill a thousand cells evenly: %s', (_, s) => {
    const high = new Float64Array(1000);
    const low = new Float64Array(1000);
    let least = 1;
    let greatest = 0;
    for (let i = 0; i < N; i++) {
      const u = uniform(s, i, 0);
      high[Math.floor(u * 1000)]!++;
      low[Math.floor(((u * 2 ** 20) % 1) * 1000)]!++; // the lower half of the bits as well
      least = Math.min(least, u);
      greatest = Math.max(greatest, u);
    }
    expect(least).toBeGreaterThan(0);
    expect(greatest).toBeLessThan(1);
    expect(Math.abs(evenness(high, N))).toBeLessThan(4);
    expect(Math.abs(evenness(low, N))).toBeLessThan(4);
  });

  it.each(keys)('neighbours fill a square evenly: %s', (_, s) => {
    for (const step of [1, 2, 3, 16, 256]) {
      const cells = new Float64Array(64 * 64);
      for (let i = 0; i < N; i++)
        cells[Math.floor(uniform(s, i, 0) * 64) * 64 + Math.floor(uniform(s, i + step, 0) * 64)]!++;
      expect(Math.abs(evenness(cells, N))).toBeLessThan(4.5);
    }
  });

  it('purposes, parts, seeds, replications and indexes do not resemble each other', () => {
    const base = stream(7, 0, 'server', 'demand');
    const others = [
      stream(7, 0, 'server', 'gap'),
      stream(7, 0, 'servers', 'demand'),
      stream(8, 0, 'server', 'demand'),
      stream(7, 1, 'server', 'demand'),
    ];
    for (const other of others) {
      expect(Math.abs(correlation(pairs((i) => [uniform(base, i, 0), uniform(other, i, 0)])))).toBeLessThan(4);
      expect(Math.abs(correlation(pairs((i) => [uniform(base, i + 1, 0), uniform(other, i, 0)])))).toBeLessThan(4);
    }
    for (const index of [1, -1, 0x6d2b79f5, -0x61c88647])
      expect(Math.abs(correlation(pairs((i) => [uniform(base, i, 0), uniform(base, i, index)])))).toBeLessThan(4);
  });

  it('the first draw of many seeds and of many replications is as even as many draws of one', () => {
    const bySeed = new Float64Array(256);
    const byReplication = new Float64Array(256);
    for (let i = 0; i < 50_000; i++) {
      bySeed[Math.floor(uniform(stream(i, 0, 'clients', 'gap'), 0, 0) * 256)]!++;
      byReplication[Math.floor(uniform(stream(1, i, 'clients', 'gap'), 0, 0) * 256)]!++;
    }
    expect(Math.abs(evenness(bySeed, 50_000))).toBeLessThan(4);
    expect(Math.abs(evenness(byReplication, 50_000))).toBeLessThan(4);
  });

  it('runs up and down are as long as chance makes them', () => {
    const s = stream(3, 0, 'server', 'demand');
    let ups = 0;
    let last = 0;
    let turns = 0;
    for (let i = 0; i < N; i++) {
      const u = uniform(s, i, 0);
      const up = u > last ? 1 : 0;
      if (i > 1 && up !== ups) turns++;
      ups = up;
      last = u;
    }
    // expected (2n − 4)/3 turning points with variance (16n − 29)/90 (Kendall)
    expect(Math.abs(turns - (2 * N) / 3) / Math.sqrt((16 * N) / 90)).toBeLessThan(4);
  });
});

function* pairs(pair: (i: number) => [number, number]): Generator<[number, number]> {
  for (let i = 0; i < N; i++) yield pair(i);
}
