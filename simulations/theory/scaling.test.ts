import { describe, expect, it } from 'vitest';
import { parseScenario, type ScenarioSource } from '../index.ts';
import * as theory from './index.ts';

describe('speed-up', () => {
  it('of a fixed problem ends at 20 with 5 percent serial, of one that grows it does not', () => {
    expect(theory.amdahl(0.95, 16)).toBeCloseTo(9.1428571429, 9);
    expect(theory.amdahl(0.95, Infinity)).toBeCloseTo(20, 9);
    expect(theory.gustafson(0.95, 16)).toBeCloseTo(15.25, 12);
  });

  it('with coherence cost peaks and falls', () => {
    expect(theory.scalabilityPeak(0.02, 0.0005)).toBeCloseTo(44.2718872424, 9);
    expect(theory.universalScalability(0.02, 0.0005, 10)).toBeCloseTo(8.1632653061, 9);
    expect(theory.universalScalability(0.02, 0.0005, 44)).toBeCloseTo(15.680684248, 9);
    expect(theory.universalScalability(0.02, 0.0005, 100)).toBeCloseTo(12.6103404792, 9);
    // without it, it is Amdahl
    expect(theory.universalScalability(0.05, 0, 16)).toBeCloseTo(theory.amdahl(0.95, 16), 12);
  });

  it('of a pool of workers is the law that its settings make it, and none beyond its assumptions', () => {
    const pool = (more: object) =>
      parseScenario({
        id: 'pool',
        horizon: 300,
        parts: {
          film: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 1 }, calls: ['workers'] },
          workers: { kind: 'workers', workers: 16, job: 100, pieces: 1024, ...more },
        },
      } as ScenarioSource);
    const speedUp = (more: object) => theory.closedForm('speedUp', pool(more));
    expect(speedUp({ serial: 0.05 })).toBeCloseTo(theory.amdahl(0.95, 16), 12);
    expect(speedUp({ serial: 0.05, grows: true })).toBeCloseTo(theory.gustafson(0.95, 16), 12);
    const shared = { locked: 0.02, exchange: 0.001 };
    expect(speedUp({ ...shared, inStep: true })).toBeCloseTo(theory.universalScalability(0.02, 0.001, 16), 12);
    // at their own pace a lock is a queue, and only exponential pieces have a solution
    expect(speedUp(shared)).toBeNull();
    expect(speedUp({ locked: 0.1, unevenness: 1 })).toBeCloseTo(
      theory.meanValueAnalysis([0.1], 0.9, 16).throughput,
      12,
    );
    expect(speedUp({ pieces: 1000 })).toBeNull();
    expect(speedUp({ unevenness: 1 })).toBeNull();

    const peak = (more: object) => theory.closedForm('peak', pool({ ...shared, inStep: true, ...more }));
    expect(peak({ serial: 0.05 })).toBeCloseTo(Math.sqrt(0.98 / 0.001), 12);
    // told side by side, or with nothing to tell, more are never slower
    expect(peak({ exchanges: 'side-by-side' })).toBeNull();
    expect(peak({ exchange: 0 })).toBeNull();
    expect(peak({ inStep: false })).toBeNull();
  });

  it('of people costs a path for each pair', () => {
    expect([5, 10, 50].map(theory.channels)).toEqual([10, 45, 1225]);
  });
});

describe('availability', () => {
  it('falls along a chain and rises with spares, as published', () => {
    expect(theory.serialAvailability(0.999, 10)).toBeCloseTo(0.9900448802, 9);
    expect(theory.serialAvailability(0.9999, 30)).toBeCloseTo(0.9970043459, 9);
    expect(theory.redundantAvailability(0.99, 2)).toBeCloseTo(0.9999, 12);
    expect(theory.redundantAvailability(0.99, 3, 2)).toBeCloseTo(0.999702, 12);
    expect(theory.availability(1000, 10)).toBeCloseTo(0.9900990099, 9);
  });

  it('is that of independent parts when each has a repairer, and less when they wait for one', () => {
    const each = theory.availability(1000, 10);
    const all = theory.repairedAvailability(1000, 10, { parts: 3, needed: 2, repairers: 3 });
    expect(all).toBeCloseTo(theory.redundantAvailability(each, 3, 2), 13);
    expect(theory.repairedAvailability(1000, 10, { parts: 3, needed: 2, repairers: 1 })).toBeLessThan(all);
    // by hand for two parts and one repairer: 1, 2r and 2r² with r = 10/1000
    expect(theory.repairedAvailability(1000, 10, { parts: 2, needed: 1, repairers: 1 })).toBeCloseTo(1.02 / 1.0202, 13);
  });

  it('mean times to failure divide along a chain and add up in parallel', () => {
    expect(theory.serialMeanUp(1000, 4)).toBe(250);
    expect(theory.redundantMeanUp(1000, 2)).toBe(1500);
    expect(theory.redundantMeanUp(1000, 3, 3)).toBeCloseTo(theory.serialMeanUp(1000, 3), 10);
    expect(theory.failureRate(990, 10)).toBe(0.001);
  });

  it('three nines are down 8.76 hours a year', () => {
    expect(theory.downtime(0.999, 365 * 24)).toBeCloseTo(8.76, 10);
  });

  it('traffic to instances that died unnoticed does not depend on how many there are', () => {
    expect(theory.unnoticedShare(995, 5)).toBe(0.005);
  });
});
