import { describe, expect, it } from 'vitest';
import { parseScenario, applySetting } from '../settings.ts';
import * as theory from './index.ts';
import oneServer from '../scenarios/one-server/scenario.ts';

describe('single queues', () => {
  it('Erlang B gives the values of the published tables', () => {
    // 5 erlangs: 10 circuits block 1.84 percent; 7 erlangs on 10 block 7.87; 1 erlang on 1 blocks half
    expect(theory.erlangB(1, 1)).toBeCloseTo(0.5, 12);
    expect(theory.erlangB(5, 10)).toBeCloseTo(0.018385, 6);
    expect(theory.erlangB(7, 10)).toBeCloseTo(0.078741, 6);
    expect(theory.erlangB(80, 100)).toBeCloseTo(0.003992, 5);
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
    expect(theory.responseQuantileMM1(1.2, 1, 0.5)).toBe(Infinity);
    expect(theory.responseTailMMc(5, 1, 4, 3)).toBe(1);
  });

  it('quantiles of M/M/1 are those of an exponential', () => {
    expect(theory.responseQuantileMM1(0.8, 1, 0.5)).toBeCloseTo(3.4657359028, 9);
    expect(theory.responseQuantileMM1(0.8, 1, 0.99)).toBeCloseTo(23.0258509299, 8);
  });

  it('the tail of M/M/c at its known quantiles is what is left beyond them', () => {
    expect(theory.responseTailMMc(3.6, 1, 4, 2.254503693)).toBeCloseTo(0.5, 7);
    expect(theory.responseTailMMc(3.6, 1, 4, 12.1931674362)).toBeCloseTo(0.01, 8);
    // the two rates of the convolution meet when one server is left over
    expect(theory.responseTailMMc(3, 1, 4, 2)).toBeCloseTo(theory.responseTailMMc(3 + 1e-6, 1, 4, 2), 5);
  });

  it('M/M/1/K refuses and stays empty as birth and death balance', () => {
    const states = theory.statesMM1K(0.9, 1, 10);
    expect(states[10]).toBeCloseTo(0.0508137313, 9);
    expect(states[0]).toBeCloseTo(0.1457323582, 9);
    expect(states.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});

describe('networks', () => {
  it('mean value analysis gives the published values', () => {
    const one = theory.meanValueAnalysis([0.05, 0.08, 0.04], 1, 1);
    expect(one.throughput).toBeCloseTo(0.8547008547, 9);
    const twenty = theory.meanValueAnalysis([0.05, 0.08, 0.04], 1, 20);
    expect(twenty.throughput).toBeCloseTo(11.8974333063, 8);
    expect(twenty.response).toBeCloseTo(0.6810348489, 8);
    expect(twenty.inside[1]).toBeCloseTo(5.8502751936, 7);
    expect(twenty.throughput).toBeLessThan(theory.throughputBound([0.05, 0.08, 0.04], 1, 20));
  });

  it('a chain of queues adds up, and one that cannot keep up holds up all', () => {
    expect(theory.tandemResponse(0.6, [1, 0.8, 1.2])).toBeCloseTo(9.1666666667, 9);
    expect(theory.tandemResponse(0.9, [1, 0.8])).toBe(Infinity);
  });
});

describe('the closed form of a scenario', () => {
  const scenario = parseScenario(oneServer);
  const at = (design: string, dials: Record<string, number>) => applySetting(scenario, { design, dials }).scenario;

  it('is 2, 5, 10 and 100 service times at 50, 80, 90 and 99 percent', () => {
    for (const [rate, times] of [
      [5, 2],
      [8, 5],
      [9, 10],
      [9.9, 100],
    ] as const)
      expect(theory.closedForm('response', at('one', { arrivalRate: rate }))! / 0.1).toBeCloseTo(times, 6);
  });

  it('takes the design into account', () => {
    expect(theory.closedForm('load', at('two', { arrivalRate: 10 }))).toBeCloseTo(0.5, 12);
    expect(theory.closedForm('response', at('fast', { arrivalRate: 10 }))).toBeCloseTo(0.1, 12);
  });

  it('is not stretched beyond its assumptions', () => {
    expect(theory.closedForm('response', at('one', { arrivalRate: 12 }))).toBeNull(); // no steady state
    expect(theory.closedForm('response', at('two', { arrivalRate: 10, variability: 4 }))).toBeNull(); // M/G/2 has none
    expect(theory.closedForm('anything', at('one', {}))).toBeNull();
    const limited = {
      ...scenario,
      parts: { ...scenario.parts, server: { ...scenario.parts['server']!, queueLimit: 3 } },
    };
    expect(theory.closedForm('response', parseScenario(limited))).toBeNull();
  });

  it("agrees with Little's law: inside = rate × response", () => {
    const place = at('one', { arrivalRate: 7 });
    expect(theory.closedForm('inside', place)).toBeCloseTo(7 * theory.closedForm('response', place)!, 12);
    expect(theory.closedForm('queue', place)).toBeCloseTo(7 * theory.closedForm('wait', place)!, 12);
  });
});
