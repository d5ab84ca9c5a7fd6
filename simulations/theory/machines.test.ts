import { describe, expect, it } from 'vitest';
import { parseScenario, type ScenarioSource } from '../index.ts';
import * as theory from './index.ts';

describe('machines with prices', () => {
  it('cost by their size and a link each', () => {
    expect(theory.fleetCost(6, 4, 1.5, 0.5)).toBeCloseTo(6 * 8.5, 10);
  });

  it('are cheaper small from proportional prices on, where they lose nothing and links are free', () => {
    expect(theory.breakEvenExponent(24, 6, 0, 1)).toBeCloseTo(1, 8);
    // 6^(a − 1) × 0.8 = 1
    expect(theory.breakEvenExponent(24, 6, 0, 0.8)).toBeCloseTo(1 + Math.log2(1.25) / Math.log2(6), 8);
    expect(theory.breakEvenExponent(24, 6, 1, 1)!).toBeGreaterThan(1);
    expect(theory.breakEvenExponent(24, 6, 0, 0.01)).toBeNull();
  });

  it('do together no more than the universal scalability law without its exchange allows in step, and more at their own pace', () => {
    for (const shared of [0.01, 0.1, 0.3])
      for (const machines of [2, 6, 24]) {
        const capacity = theory.sharingCapacity(machines, 1 - shared, shared, 1, 0);
        expect(capacity).toBeGreaterThan(theory.universalScalability(shared, 0, machines));
        expect(capacity).toBeLessThan(Math.min(machines, 1 / shared));
      }
    // a tenth of the work shared: in step never more than ten times one machine, and so alone too
    expect(theory.universalScalability(0.1, 0, 24)).toBeCloseTo(24 / 3.3, 10);
    expect(theory.sharingCapacity(1, 0.9, 0.1, 1, 0)).toBeCloseTo(1, 12);
  });

  it('are read off a scenario: cost, capacity and law', () => {
    const system = (more: object, machines: object = {}) =>
      parseScenario({
        id: 'machines',
        horizon: 100,
        parts: {
          users: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 1 }, calls: ['machines'] },
          machines: {
            kind: 'service',
            instances: 6,
            speed: 4,
            service: { law: 'exponential', mean: 0.9 },
            calls: ['book'],
            ...machines,
          },
          book: { kind: 'service', speed: 4, service: { law: 'exponential', mean: 0.1 } },
          bill: { kind: 'bill', items: [{ part: 'machines', size: 4, links: 1 }], base: 2, exponent: 1.5, link: 0.5 },
        },
        links: [{ from: 'machines', to: 'book', latency: 0.01 }],
        ...more,
      } as ScenarioSource);
    const form = (name: string, scenario = system({})) => theory.closedForm(name, scenario);
    expect(form('cost')).toBeCloseTo(6 * 16.5, 10);
    expect(form('capacity')).toBeCloseTo(theory.sharingCapacity(6, 0.9, 0.1, 4, 0.02), 10);
    expect(form('scalability')).toBeCloseTo(4 * theory.universalScalability(0.1, 0, 6), 10);
    expect(form('capacity', system({}, { calls: [], instances: 1 }))).toBeCloseTo(4 / 0.9, 10);
    // beyond its assumptions it says nothing
    expect(form('capacity', system({}, { threads: 2 }))).toBeNull();
    expect(form('capacity', system({}, { holdsThread: false }))).toBeNull();
  });
});
