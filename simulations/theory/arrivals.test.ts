import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

describe('batches', () => {
  it('of one are M/G/1', () => {
    expect(theory.waitBatchMG1(0.7, { mean: 1, meanSquare: 1 }, 1, 2.25)).toBeCloseTo(theory.waitMG1(0.7, 1, 2.25), 12);
  });

  it('of k are one customer with k pieces of work: the first waits as in M/E_k/1', () => {
    const [rate, k, piece] = [0.2, 3, 1];
    const behindOthers = ((k - 1) / 2) * piece;
    expect(theory.waitBatchMG1(rate, { mean: k, meanSquare: k * k }, piece, 1) - behindOthers).toBeCloseTo(
      theory.waitMG1(rate, k * piece, 1 / k),
      12,
    );
  });

  it('that bring more than can be done wait without end', () => {
    expect(theory.waitBatchMG1(0.5, { mean: 2, meanSquare: 4 }, 1, 1)).toBe(Infinity);
  });
});

describe('G/M/1', () => {
  it('with Poisson arrivals is M/M/1', () => {
    const gaps = theory.gammaGaps(0.8, 1);
    expect(theory.delayedGM1(gaps, 0.8, 1)).toBeCloseTo(0.8, 12);
    expect(theory.responseGM1(gaps, 0.8, 1)).toBeCloseTo(5, 10);
    expect(theory.waitGM1(gaps, 0.8, 1)).toBeCloseTo(4, 10);
    expect(theory.responseQuantileGM1(gaps, 0.8, 1, 0.5)).toBeCloseTo(3.4657359028, 9);
  });

  it('with constant gaps at half load finds 20.3 percent busy: the root of σ = e^(−2(1 − σ))', () => {
    expect(theory.delayedGM1(theory.gammaGaps(0.5, 0), 0.5, 1)).toBeCloseTo(0.20318786997997992, 13);
  });

  it('with Erlang gaps comes near constant gaps as their number grows', () => {
    const even = theory.responseGM1(theory.gammaGaps(0.9, 0), 0.9, 1);
    expect(theory.responseGM1(theory.erlangGaps(0.9, 4), 0.9, 1)).toBeCloseTo(6.3830495185, 9);
    expect(theory.responseGM1(theory.erlangGaps(0.9, 100_000), 0.9, 1)).toBeCloseTo(even, 3);
  });

  it('cannot keep up at a load of 1', () => {
    const gaps = theory.erlangGaps(1, 2);
    expect(theory.responseGM1(gaps, 1, 1)).toBe(Infinity);
    expect(theory.waitGM1(gaps, 1, 1)).toBe(Infinity);
    expect(theory.delayedGM1(gaps, 1, 1)).toBe(1);
  });
});

describe('bursts', () => {
  it('of equal pace are M/M/1', () => {
    const { inside, response, empty } = theory.burstsMM1({ rates: [0.8, 0.8], stays: [7, 3] }, 1);
    expect(inside).toBeCloseTo(4, 10);
    expect(response).toBeCloseTo(5, 10);
    expect(empty).toBeCloseTo(0.2, 12);
  });

  it('with silence between them are hyperexponential gaps (Kuczura 1973)', () => {
    const [rate, on, off] = [1.5, 4, 6];
    const { response, empty } = theory.burstsMM1({ rates: [rate, 0], stays: [on, off] }, 1);
    const sum = rate + 1 / on + 1 / off;
    const root = Math.sqrt(sum * sum - (4 * rate) / off);
    const [fast, slow] = [(sum + root) / 2, (sum - root) / 2];
    const share = (rate - slow) / (fast - slow);
    const gaps = theory.hyperexponentialGaps([
      { share, rate: fast },
      { share: 1 - share, rate: slow },
    ]);
    const mean = theory.meanRate({ rates: [rate, 0], stays: [on, off] });
    expect(mean).toBeCloseTo(0.6, 14);
    expect(response).toBeCloseTo(theory.responseGM1(gaps, mean, 1), 10);
    expect(empty).toBeCloseTo(0.4, 12);
  });

  it('that change quickly are felt as their mean, and slow ones as their parts', () => {
    const quick = theory.burstsMM1({ rates: [0.2, 1.4], stays: [1e-6, 1e-6] }, 1);
    expect(quick.response).toBeCloseTo(5, 4);
    const slow = theory.burstsMM1({ rates: [0.2, 0.8], stays: [1e6, 1e6] }, 1);
    // numbers inside of 1/4 and 4, each half of the time
    expect(slow.inside).toBeCloseTo((0.25 + 4) / 2, 3);
  });

  it('of more than capacity on average never drain', () => {
    const { inside, response, empty } = theory.burstsMM1({ rates: [0.5, 3], stays: [1, 1] }, 1);
    expect([inside, response, empty]).toEqual([Infinity, Infinity, 0]);
  });
});

describe('quasi-birth-death processes', () => {
  it('service in two stages gives the mean of Pollaczek and Khinchine', () => {
    const rate = 0.9;
    const solved = theory.longRun({
      up: [
        [rate, 0],
        [0, rate],
      ],
      stay: [
        [0, 2],
        [0, 0],
      ],
      down: [
        [0, 0],
        [2, 0],
      ],
      stayAtZero: [
        [0, 0],
        [0, 0],
      ],
    })!;
    expect(solved.meanLevel).toBeCloseTo(rate * (theory.waitMG1(rate, 1, 0.5) + 1), 9);
    expect(solved.atZero[0]).toBeCloseTo(0.1, 12);
    expect(solved.phases[0]! + solved.phases[1]!).toBeCloseTo(1, 13);
  });

  it('one that drifts upwards has no long run', () => {
    expect(theory.longRun({ up: [[1]], stay: [[0]], down: [[1]] })).toBeNull();
    expect(theory.longRun({ up: [[0.5]], stay: [[0]], down: [[1]] })!.meanLevel).toBeCloseTo(1, 12);
  });
});
