import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';
import { poissonTail } from './special-functions.ts';

describe('customers who leave the line', () => {
  it('with patience as long as service the number inside is that of servers without end (Erlang A)', () => {
    for (const [rate, servers] of [
      [3, 4],
      [9, 4],
    ] as const) {
      const { abandoned, delayed, wait } = theory.erlangA(rate, 1, servers, 1);
      expect(delayed).toBeCloseTo(poissonTail(rate, servers - 1), 12);
      let queue = 0;
      for (let n = servers; n < 100; n++) queue += poissonTail(rate, n);
      expect(wait).toBeCloseTo(queue / rate, 12);
      expect(abandoned).toBeCloseTo(queue / rate, 12);
    }
  });

  it('Erlang A is its birth-and-death chain summed', () => {
    const [rate, service, servers, patience] = [5, 0.7, 3, 2.5];
    const states = theory.birthAndDeath(
      () => rate,
      (n) => Math.min(n, servers) / service + Math.max(0, n - servers) / patience,
      400,
    );
    const served = states.reduce((sum, share, n) => sum + (share * Math.min(n, servers)) / service, 0);
    expect(theory.erlangA(rate, service, servers, patience).abandoned).toBeCloseTo(1 - served / rate, 12);
  });

  it('without end of patience nobody leaves, and with next to none it is Erlang B', () => {
    expect(theory.erlangA(3.6, 1, 4, Infinity)).toEqual({
      abandoned: 0,
      delayed: theory.erlangC(3.6, 4),
      wait: theory.waitMMc(3.6, 1, 4),
    });
    expect(theory.erlangA(3.6, 1, 4, 1e6).wait).toBeCloseTo(theory.waitMMc(3.6, 1, 4), 3);
    expect(theory.erlangA(3.6, 1, 4, 1e-9).abandoned).toBeCloseTo(theory.erlangB(3.6, 4), 8);
    expect(theory.deadlineMMc(3.6, 1, 4, 1e4).wait).toBeCloseTo(theory.waitMMc(3.6, 1, 4), 10);
    expect(theory.deadlineMMc(3.6, 1, 4, 1e4).delayed).toBeCloseTo(theory.erlangC(3.6, 4), 12);
    expect(theory.deadlineMMc(3.6, 1, 4, 0).abandoned).toBeCloseTo(theory.erlangB(3.6, 4), 13);
    expect(theory.deadlineMMc(3.6, 1, 4, 0).wait).toBe(0);
  });

  it('with one server and a deadline the share who leave is the published one', () => {
    expect(theory.deadlineMMc(0.9, 1, 1, 5).abandoned).toBeCloseTo(0.107306209, 9);
    for (const [rho, patience] of [
      [0.5, 2],
      [0.99, 3],
      [1.5, 4],
    ] as const) {
      const e = Math.exp(-(1 - rho) * patience);
      expect(theory.deadlineMMc(rho, 1, 1, patience).abandoned).toBeCloseTo(
        ((1 - rho) * rho * e) / (1 - rho * rho * e),
        12,
      );
    }
    // at a load of exactly 1 the fraction has no value, but a limit
    expect(theory.deadlineMMc(1, 1, 1, 5).abandoned).toBeCloseTo(1 / 7, 14);
    expect(theory.deadlineMMc(2, 1, 1, 1e5).abandoned).toBeCloseTo(0.5, 12);
    // half are served, and they wait on average one service time less than the deadline
    expect(theory.deadlineMMc(2, 1, 1, 1e5).wait).toBeCloseTo(1e5 - 0.5, 6);
  });

  it('waits with a deadline change smoothly through a load of 1', () => {
    const at = (rate: number) => theory.deadlineMMc(rate, 1, 3, 2).wait;
    expect(at(3)).toBeCloseTo((at(3.001) + at(2.999)) / 2, 6);
    expect(at(3.2501)).toBeCloseTo((at(3.25) + at(3.2502)) / 2, 8);
  });
});

describe('callers who give up without cancelling', () => {
  it('have 63 percent of the answers in time, and 46 percent of the work is for nobody', () => {
    const { goodput, wasted } = theory.zombiesMM1(0.8, 1, 5);
    expect(goodput).toBeCloseTo(0.6321205588, 9);
    expect(wasted).toBeCloseTo(0.458, 3);
  });

  it('the wasted work is the integral over sizes of being late', () => {
    const [rate, mean, timeout] = [3, 0.2, 0.7];
    const rho = rate * mean;
    const drain = 1 / mean - rate;
    const steps = 200_000;
    let sum = 0;
    for (let i = 0; i < steps; i++) {
      const size = ((i + 0.5) * 20 * mean) / steps;
      const late = size >= timeout ? 1 : rho * Math.exp(-drain * (timeout - size));
      sum += ((size * late * Math.exp(-size / mean)) / mean) * ((20 * mean) / steps);
    }
    expect(theory.zombiesMM1(rate, mean, timeout).wasted).toBeCloseTo(sum / mean, 5);
  });

  it('with no time all is wasted, with all time nothing, and over capacity all in the end', () => {
    expect(theory.zombiesMM1(0.8, 1, 0)).toEqual({ goodput: 0, wasted: 1 });
    expect(theory.zombiesMM1(0.8, 1, 1e4).wasted).toBe(0);
    expect(theory.zombiesMM1(1, 1, 5)).toEqual({ goodput: 0, wasted: 1 });
    // alone in the system only the size counts: (1 + t) e^−t
    expect(theory.zombiesMM1(0, 1, 2).wasted).toBeCloseTo(3 * Math.exp(-2), 13);
  });
});
