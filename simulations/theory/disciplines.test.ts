import { describe, expect, it } from 'vitest';
import * as theory from './index.ts';

const exponential = (rate: number, serviceTime = 1) => ({ rate, serviceTime, cv2: 1 });

describe('orders of service', () => {
  it('processor sharing slows all sizes alike', () => {
    expect(theory.responsePS(0.8, 1)).toBeCloseTo(5, 12);
    expect(theory.slowdownPS(0.8, 1)).toBeCloseTo(5, 12);
    expect(theory.responsePS(0.8, 1, 2)).toBeCloseTo(10, 12);
    expect(theory.responsePS(3, 1 / 5)).toBeCloseTo(0.5, 12);
    expect(theory.responsePS(4, 1 / 5)).toBeCloseTo(1, 12);
    expect(theory.responsePS(5, 1 / 5)).toBe(Infinity);
  });

  it('last in first out spreads the wait 1/(1 − ρ) times as far, random order 2/(2 − ρ) times', () => {
    expect(theory.waitSquareLIFO(0.8, 1, 1, 6)).toBeCloseTo(200, 9);
    expect(theory.waitSquareRandom(0.8, 1, 1, 6)).toBeCloseTo(40 / 0.6, 10);
    expect(theory.waitSquareLIFO(1.1, 1, 1, 6)).toBe(Infinity);
    expect(theory.waitSquareRandom(1.1, 1, 1, 6)).toBe(Infinity);
  });
});

describe('priorities', () => {
  it("Cobham's two classes respond in 2 and 6", () => {
    const [first, second] = theory.responsesByPriority([exponential(0.2), exponential(0.6)]);
    expect(first).toBeCloseTo(2, 12);
    expect(second).toBeCloseTo(6, 12);
  });

  it('what one class gains another pays: the waits weighted by load are those of first in first out', () => {
    const classes = [
      { rate: 0.2, serviceTime: 0.5, cv2: 0 },
      { rate: 0.1, serviceTime: 2, cv2: 1 },
      { rate: 0.3, serviceTime: 1, cv2: 3 },
    ];
    const weighted = theory
      .responsesByPriority(classes)
      .reduce(
        (sum, response, i) => sum + classes[i]!.rate * classes[i]!.serviceTime * (response - classes[i]!.serviceTime),
        0,
      );
    const load = 0.6;
    const residual = classes.reduce((sum, c) => sum + (c.rate * c.serviceTime * c.serviceTime * (1 + c.cv2)) / 2, 0);
    expect(weighted).toBeCloseTo((load * residual) / (1 - load), 12);
  });

  it('the most urgent of an interrupting order feels nobody else', () => {
    const [first, second] = theory.responsesByPreemption([exponential(0.2), exponential(0.6)]);
    expect(first).toBeCloseTo(1 / 0.8, 12);
    // equal exponential work: both classes together are M/M/1
    expect(0.2 * first! + 0.6 * second!).toBeCloseTo(4, 12);
  });

  it('one class is M/G/1, with and without interruption', () => {
    const response = theory.waitMG1(0.7, 1, 2) + 1;
    expect(theory.responsesByPriority([{ rate: 0.7, serviceTime: 1, cv2: 2 }])[0]).toBeCloseTo(response, 12);
    expect(theory.responsesByPreemption([{ rate: 0.7, serviceTime: 1, cv2: 2 }])[0]).toBeCloseTo(response, 12);
  });

  it('those above a class that cannot keep up stay finite', () => {
    const calm = theory.responsesByPriority([exponential(0.5), exponential(0.9)]);
    // they wait for one customer of the class below, always: (0.5 + 0.5) / (1 − 0.5)
    expect(calm[0]).toBeCloseTo(3, 12);
    expect(calm[1]).toBe(Infinity);
    expect(theory.responsesByPreemption([exponential(0.5), exponential(0.9)])).toEqual([2, Infinity]);
  });

  it('over several servers the classes add up to M/M/c, and one server is the case above', () => {
    const rates = [1, 0.8, 0.8];
    const all = 2.6 * (theory.waitMMc(2.6, 1, 3) + 1);
    const total = (responses: number[]) => responses.reduce((sum, response, i) => sum + rates[i]! * response, 0);
    expect(total(theory.responsesByPriorityMMc(rates, 1, 3))).toBeCloseTo(all, 11);
    expect(total(theory.responsesByPreemptionMMc(rates, 1, 3))).toBeCloseTo(all, 11);
    expect(theory.responsesByPreemptionMMc(rates, 1, 3)[0]).toBeCloseTo(theory.waitMMc(1, 1, 3) + 1, 12);
    const [a, b] = theory.responsesByPriorityMMc([0.2, 0.6], 1, 1);
    expect([a, b]).toEqual([expect.closeTo(2, 12), expect.closeTo(6, 12)]);
    const [c, d] = theory.responsesByPreemptionMMc([0.2, 0.6], 1, 1);
    const [e, f] = theory.responsesByPreemption([exponential(0.2), exponential(0.6)]);
    expect([c, d]).toEqual([expect.closeTo(e!, 12), expect.closeTo(f!, 11)]);
    expect(theory.responsesByPreemptionMMc([1, 3], 1, 3)[1]).toBe(Infinity);
  });
});
