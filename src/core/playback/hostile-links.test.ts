import { describe, expect, it } from 'vitest';
import { decodeRun } from './address.ts';
import { goodLinks, hostileLinks } from './hostile.fixture.ts';
import { linked as scenario } from './linked.fixture.ts';

const links = hostileLinks();

describe('a hostile link', () => {
  it('is one of several hundred, no two of them alike, made from links that are good', () => {
    expect(links.length).toBeGreaterThanOrEqual(500);
    expect(new Set(links.map(({ text }) => text)).size).toBe(links.length);
    for (const link of goodLinks) expect(decodeRun(link, scenario).ok).toBe(true);
  });

  it('is refused, with a place and what was found there in a few letters that can be seen', () => {
    const let_through = links.filter(({ text }) => decodeRun(text, scenario).ok).map(({ what }) => what);
    expect(let_through).toEqual([]);
    for (const { text, what } of links) {
      const decoded = decodeRun(text, scenario);
      const problems = decoded.ok ? [] : decoded.problems;
      expect(problems.length, what).toBeGreaterThan(0);
      for (const { found, expected, where } of problems) {
        expect(found.length, what).toBeLessThanOrEqual(41);
        expect(expected.length, what).toBeLessThanOrEqual(41);
        expect(where, what).toMatch(/^[a-zA-Z-]{1,60}$/);
        expect(found, what).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }
    }
  });

  it('takes no longer than a good one would be noticed', () => {
    const slowest = links.map(({ text, what }) => {
      const began = performance.now();
      decodeRun(text, scenario);
      return { what, took: performance.now() - began };
    });
    expect(slowest.filter(({ took }) => took > 100)).toEqual([]);
  });

  it('changes no prototype', () => {
    for (const { text } of links) decodeRun(text, scenario);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
