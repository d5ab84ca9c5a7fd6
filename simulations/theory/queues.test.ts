import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

describe('single queues', () => {
  it('Erlang B gives the values of the published tables', () => {
    // 5 erlangs: 10 circuits block 1.84 percent; 7 erlangs on 10 block 7.87; 1 erlang on 1 blocks half
    expect(theory.erlangB(1, 1)).toBeCloseTo(0.5, 12);
    expect(theory.erlangB(5, 10)).toBeCloseTo(0.018385, 6);
    expect(theory.erlangB(7, 10)).toBeCloseTo(0.078740883, 9);
    expect(theory.erlangB(80, 100)).toBeCloseTo(0.003992, 5);
    expect(theory.carriedLoad(7, 10)).toBeCloseTo(6.4488138192, 9);
    expect(theory.carriedLoad(0.9, 1)).toBeCloseTo(0.4736842105, 9);
  });

  it('Erlang C is the load itself for one server, and 1 when there is more work than servers', () => {
    expect(theory.erlangC(0.8, 1)).toBeCloseTo(0.8, 12);
    expect(theory.erlangC(3.6, 4)).toBeCloseTo(0.7877532643, 9);
    expect(theory.erlangC(5, 4)).toBe(1);
  });

  it('M/M/1 is both M/M/c with one server and M/G/1 with variation 1', () => {
    for (const rate of [0.1, 0.5, 0.9, 0.99]) {
      expect(theory.waitMMc(rate, 1, 1)).toBeCloseTo(rate / (1 - rate), 9);
      expect(theory.waitMG1(rate, 1, 1)).toBeCloseTo(rate / (1 - rate), 9);
    }
  });

  it('constant service halves the wait of exponential service (Pollaczek and Khinchine)', () => {
    expect(theory.waitMG1(0.9, 1, 0)).toBeCloseTo(4.5, 12);
    expect(theory.waitMG1(0.7, 1, 2.25)).toBeCloseTo(3.7916666667, 9);
  });

  it('two servers wait longer than one twice as fast by 2 / (1 + utilisation), service included', () => {
    for (const rho of [0.05, 0.5, 0.9]) {
      const two = theory.waitMMc(2 * rho, 1, 2) + 1;
      const fast = theory.waitMMc(2 * rho, 0.5, 1) + 0.5;
      expect(two / fast).toBeCloseTo(2 / (1 + rho), 9);
    }
  });

  it('a queue that cannot keep up has no steady state', () => {
    expect(theory.waitMMc(1, 1, 1)).toBe(Infinity);
    expect(theory.waitMG1(1.2, 1, 1)).toBe(Infinity);
    expect(theory.waitSquareMG1(1, 1, 1, 6)).toBe(Infinity);
    expect(theory.responseQuantileMM1(1.2, 1, 0.5)).toBe(Infinity);
    expect(theory.responseQuantileMMc(4, 1, 4, 0.5)).toBe(Infinity);
    expect(theory.waitQuantileMMc(4, 1, 4, 0.5)).toBe(Infinity);
    expect(theory.responseTailMMc(5, 1, 4, 3)).toBe(1);
    expect(theory.statesMD1(1.5, 1, 1)).toEqual([0, 0]);
  });

  it("Little's law is read both ways", () => {
    expect(theory.leadTime(30, 6)).toBe(5);
    expect(theory.little(6, theory.leadTime(30, 6))).toBe(30);
  });
});

describe('quantiles', () => {
  it('quantiles of M/M/1 are those of an exponential', () => {
    expect(theory.responseQuantileMM1(0.8, 1, 0.5)).toBeCloseTo(3.4657359028, 9);
    expect(theory.responseQuantileMM1(0.8, 1, 0.99)).toBeCloseTo(23.0258509299, 8);
    for (const p of [0.01, 0.5, 0.999])
      expect(theory.responseQuantileMMc(0.8, 1, 1, p)).toBeCloseTo(theory.responseQuantileMM1(0.8, 1, p), 9);
  });

  it('quantiles of M/M/c are the published ones', () => {
    expect(theory.responseQuantileMMc(3.6, 1, 4, 0.5)).toBeCloseTo(2.254503693, 9);
    expect(theory.responseQuantileMMc(3.6, 1, 4, 0.95)).toBeCloseTo(8.1655248184, 9);
    expect(theory.responseQuantileMMc(3.6, 1, 4, 0.99)).toBeCloseTo(12.1931674362, 9);
    expect(theory.responseQuantileMMc(9, 1, 10, 0.5)).toBeCloseTo(1.3290918686, 9);
    expect(theory.responseQuantileMMc(9, 1, 10, 0.95)).toBeCloseTo(4.3608665678, 9);
    expect(theory.responseQuantileMMc(9, 1, 10, 0.99)).toBeCloseTo(6.2498766989, 9);
    expect(theory.responseQuantileMMc(3.6, 1, 4, 0)).toBe(0);
  });

  it('the tail stands where the rates of wait and service meet', () => {
    // 3 customers a unit of time before 4 servers: what is left over is one server
    const at = (rate: number) => theory.responseTailMMc(rate, 1, 4, 2);
    expect(at(3)).toBeCloseTo((at(3 + 1e-4) + at(3 - 1e-4)) / 2, 8);
    expect(at(3 + 1e-10)).toBeCloseTo(at(3), 9);
    expect(at(3)).toBeCloseTo(Math.exp(-2) * (1 + 2 * theory.erlangC(3, 4)), 12);
  });

  it('the wait is 0 for those who need not wait, and its quantile undoes its tail', () => {
    expect(theory.waitQuantileMMc(3.6, 1, 4, 0.2)).toBe(0);
    const late = theory.waitQuantileMMc(3.6, 1, 4, 0.95);
    expect(theory.waitTailMMc(3.6, 1, 4, late)).toBeCloseTo(0.05, 12);
    expect(theory.waitTailMMc(3.6, 1, 4, 0)).toBeCloseTo(0.7877532643, 9);
  });

  it('the second moment of the wait in M/M/1 is 2ρ / (μ − λ)²', () => {
    expect(theory.waitSquareMG1(0.8, 1, 1, 6)).toBeCloseTo(40, 10);
    expect(theory.waitSquareMG1(0.5, 1, 1, 6)).toBeCloseTo(4, 12);
  });
});

describe('states', () => {
  it('M/M/1/K refuses and stays empty as birth and death balance', () => {
    const states = theory.statesMM1K(0.9, 1, 10);
    expect(states[10]).toBeCloseTo(0.0508137313, 9);
    expect(states[0]).toBeCloseTo(0.1457323582, 9);
    expect(states.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const queue = theory.queueMMcK(0.9, 1, 1, 10);
    expect(queue.inside).toBeCloseTo(3.9694405986, 9);
    expect(queue.response).toBeCloseTo(4.6466006721, 9);
    expect(queue.throughput).toBeCloseTo(0.8542676418, 9);
    expect(queue.response - queue.wait).toBeCloseTo(1, 12);
  });

  it('room for c customers is Erlang B, room for many is M/M/c', () => {
    expect(theory.queueMMcK(7, 1, 10, 10).refused).toBeCloseTo(theory.erlangB(7, 10), 13);
    expect(theory.queueMMcK(7, 1, 10, 10).wait).toBe(0);
    expect(theory.queueMMcK(3.6, 1, 4, 600).wait).toBeCloseTo(theory.waitMMc(3.6, 1, 4), 9);
  });

  it('room keeps a queue steady that is offered more than it can do', () => {
    // at a load of 1 all states are alike
    for (const share of theory.statesMM1K(1, 1, 4)) expect(share).toBeCloseTo(0.2, 14);
    const far = theory.queueMMcK(50, 1, 1, 400);
    expect(far.throughput).toBeCloseTo(1, 12);
    expect(far.refused).toBeCloseTo(0.98, 12);
  });

  it('without waiting the number inside is Poisson', () => {
    expect(theory.insideMGInfinity(20, 0.5)).toEqual({ mean: 10, variance: 10 });
    expect(theory.insideTailMGInfinity(20, 0.5, 15)).toBeCloseTo(0.0487404033, 9);
    // M/M/c with more servers than are ever needed
    expect(theory.statesMMcK(20, 0.5, 200, 200)[12]).toBeCloseTo(
      theory.insideTailMGInfinity(20, 0.5, 11) - theory.insideTailMGInfinity(20, 0.5, 12),
      12,
    );
  });

  it("the states of M/D/1 are Crommelin's, and their mean is that of Pollaczek and Khinchine", () => {
    const states = theory.statesMD1(0.6, 1, 200);
    expect(states[0]).toBeCloseTo(0.4, 14);
    expect(states[1]).toBeCloseTo(0.4 * (Math.exp(0.6) - 1), 13);
    expect(states[2]).toBeCloseTo(0.4 * Math.exp(0.6) * (Math.exp(0.6) - 1 - 0.6), 13);
    expect(theory.meanOfStates(states)).toBeCloseTo(0.6 * (theory.waitMG1(0.6, 1, 0) + 1), 12);
  });
});
