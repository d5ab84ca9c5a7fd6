import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

describe('balancing', () => {
  it('four servers at 90 percent: random, in turn, one line', () => {
    expect(theory.responseRandom(3.6, 1, 4)).toBeCloseTo(10, 10);
    expect(theory.responseRoundRobin(3.6, 1, 4)).toBeCloseTo(6.3830495185, 9);
    expect(theory.responseCentralQueue(3.6, 1, 4)).toBeCloseTo(2.9693831607, 9);
  });

  it('two servers: the shorter line comes between turns and one line, as published', () => {
    expect(theory.responseShorterOfTwo(1, 1)).toBeCloseTo(1.4263207512, 9);
    expect(theory.responseRoundRobin(1, 1, 2)).toBeCloseTo(1.6180339887, 9);
    expect(theory.responseCentralQueue(1, 1, 2)).toBeCloseTo(1.3333333333, 9);
    expect(theory.responseShorterOfTwo(1.8, 1)).toBeCloseTo(5.4749128212, 9);
    expect(theory.responseRoundRobin(1.8, 1, 2)).toBeCloseTo(7.5882836287, 9);
    expect(theory.responseCentralQueue(1.8, 1, 2)).toBeCloseTo(5.2631578947, 9);
  });

  it('random is worse than turns, turns than the shorter line, and that than one line, at every load', () => {
    for (const load of [0.05, 0.3, 0.6, 0.95, 0.999]) {
      const of = [
        theory.responseRandom(2 * load, 1, 2),
        theory.responseRoundRobin(2 * load, 1, 2),
        theory.responseShorterOfTwo(2 * load, 1),
        theory.responseCentralQueue(2 * load, 1, 2),
      ];
      expect(of).toEqual(of.toSorted((a, b) => b - a));
    }
    // time has no unit of its own
    expect(theory.responseShorterOfTwo(180, 0.01)).toBeCloseTo(0.054749128212, 11);
  });

  it('the shorter of two lines costs little over one line when both are nearly always busy', () => {
    const ratio = theory.responseShorterOfTwo(1.998, 1) / theory.responseCentralQueue(1.998, 1, 2);
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(1.001);
  });

  it('turns give a response that is exponential, and meet fewer busy servers than chance', () => {
    const mean = theory.responseRoundRobin(1.8, 1, 2);
    expect(theory.responseQuantileRoundRobin(1.8, 1, 2, 0.9)).toBeCloseTo(Math.log(10) * mean, 9);
    expect(theory.delayedRoundRobin(1.8, 1, 2)).toBeCloseTo(1 - 1 / mean, 11);
    expect(theory.delayedRoundRobin(1.8, 1, 2)).toBeLessThan(0.9);
  });

  it("Mitzenmacher's table of d choices comes out", () => {
    const published = new Map([
      [0.5, [2, 1.2656860361, 1.1252441406, 1.0312500009]],
      [0.8, [5, 1.9473633859, 1.5808856302, 1.32891794]],
      [0.9, [10, 2.6140573773, 2.027855969, 1.6328812391]],
      [0.99, [100, 5.4319965792, 3.8578465197, 2.9016828292]],
    ]);
    for (const [load, means] of published)
      for (const [i, choices] of [1, 2, 3, 5].entries())
        expect(theory.responseChoices(load, 1, choices)).toBeCloseTo(means[i]!, 9);
  });

  it('the shares of servers with at least so many add up to the mean number inside', () => {
    let inside = 0;
    for (let n = 1; n < 40; n++) inside += theory.atLeastWithChoices(0.9, 2, n);
    expect(inside).toBeCloseTo(0.9 * theory.responseChoices(0.9, 1, 2), 12);
    expect(theory.atLeastWithChoices(0.9, 2, 3)).toBeCloseTo(0.9 ** 7, 14);
    expect(theory.atLeastWithChoices(0.9, 1, 3)).toBeCloseTo(0.9 ** 3, 14);
  });

  it('over capacity no way of spreading helps', () => {
    const responses = [
      theory.responseRandom(2, 1, 2),
      theory.responseRoundRobin(2, 1, 2),
      theory.responseShorterOfTwo(2, 1),
      theory.responseCentralQueue(2, 1, 2),
      theory.responseChoices(1, 1, 2),
    ];
    for (const response of responses) expect(response).toBe(Infinity);
  });
});
