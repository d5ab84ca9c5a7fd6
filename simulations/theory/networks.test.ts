import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

describe('closed networks', () => {
  it('mean value analysis gives the published values', () => {
    const one = theory.meanValueAnalysis([0.05, 0.08, 0.04], 1, 1);
    expect(one.throughput).toBeCloseTo(0.8547008547, 9);
    const twenty = theory.meanValueAnalysis([0.05, 0.08, 0.04], 1, 20);
    expect(twenty.throughput).toBeCloseTo(11.8974333063, 8);
    expect(twenty.response).toBeCloseTo(0.6810348489, 8);
    expect(twenty.inside[1]).toBeCloseTo(5.8502751936, 7);
    expect(twenty.throughput).toBeLessThan(theory.throughputBound([0.05, 0.08, 0.04], 1, 20));
  });

  it('the bottleneck takes over where the two bounds meet', () => {
    const knee = theory.saturationPoint([0.05, 0.08, 0.04], 1);
    expect(knee).toBeCloseTo(14.625, 12);
    expect(theory.throughputBound([0.05, 0.08, 0.04], 1, knee)).toBeCloseTo(12.5, 12);
  });

  it('one station of one server is the same by its states and by mean value analysis', () => {
    const byStates = theory.finiteSource(12, 3, 0.4, 1);
    const byMeans = theory.meanValueAnalysis([0.4], 3, 12);
    expect(byStates.throughput).toBeCloseTo(byMeans.throughput, 12);
    expect(byStates.response).toBeCloseTo(byMeans.response, 12);
    expect(byStates.utilisation).toBeCloseTo(byMeans.utilisations[0]!, 12);
  });

  it('with a server for each user nobody waits', () => {
    const { wait, throughput } = theory.finiteSource(5, 3, 2, 5);
    expect(wait).toBeCloseTo(0, 12);
    expect(throughput).toBeCloseTo(1, 12);
  });
});

describe('open networks', () => {
  it('a chain of queues adds up, and one that cannot keep up holds up all', () => {
    expect(theory.tandemResponse(0.6, [1, 0.8, 1.2])).toBeCloseTo(9.1666666667, 9);
    expect(theory.tandemResponse(0.9, [1, 0.8])).toBe(Infinity);
  });

  it('customers who come back load the server like more customers', () => {
    const { visits, rate, load, response } = theory.feedbackMM1(0.5, 1, 0.2);
    expect([visits, rate, load]).toEqual([1.25, 0.625, 0.625]);
    expect(response).toBeCloseTo(3.3333333333, 9);
    expect(theory.feedbackMM1(0.5, 1, 0.5).response).toBe(Infinity);
  });

  it("Jackson's network holds the chain and the feedback as special cases", () => {
    const chain = theory.jacksonNetwork(
      [1, 0.8, 1.2].map((mu, i) => ({ rate: i === 0 ? 0.6 : 0, serviceTime: 1 / mu, servers: 1 })),
      [
        [0, 1, 0],
        [0, 0, 1],
        [0, 0, 0],
      ],
    );
    for (const [i, inside] of [1.5, 3, 1].entries()) expect(chain.inside[i]).toBeCloseTo(inside, 9);
    expect(chain.response).toBeCloseTo(9.1666666667, 9);
    const back = theory.jacksonNetwork([{ rate: 0.5, serviceTime: 1, servers: 1 }], [[0.2]]);
    expect(back.response).toBeCloseTo(theory.feedbackMM1(0.5, 1, 0.2).response, 12);
  });

  it('traffic equations give what each station gets, by hand', () => {
    // a sends half to b and half out; b sends a fifth back to a: a = 1 + b/5, b = a/2
    const { rates, loads, responses } = theory.jacksonNetwork(
      [
        { rate: 1, serviceTime: 0.5, servers: 1 },
        { rate: 0, serviceTime: 2, servers: 3 },
      ],
      [
        [0, 0.5],
        [0.2, 0],
      ],
    );
    expect(rates[0]).toBeCloseTo(10 / 9, 13);
    expect(rates[1]).toBeCloseTo(5 / 9, 13);
    expect(loads[1]).toBeCloseTo(10 / 27, 13);
    expect(responses[1]).toBeCloseTo(theory.waitMMc(5 / 9, 2, 3) + 2, 12);
    const forever = () => theory.jacksonNetwork([{ rate: 1, serviceTime: 1, servers: 1 }], [[1]]);
    expect(forever).toThrow('singular');
  });
});
