import { describe, expect, it } from 'vitest';
import { parseScenario } from '../index.ts';
import { closedForm } from './closed-form.ts';
import { reachedAlongRow, reachedInCrowd, reachedInStar } from './spreading.ts';

describe('spreading', () => {
  it('reaches all of a row when each step is sure, and only the first when none is', () => {
    expect(reachedAlongRow(5, 1)).toBe(5);
    expect(reachedAlongRow(5, 0)).toBe(1);
    expect(reachedAlongRow(3, 0.5)).toBe(1.75);
  });

  it('reaches of a star what each ray lets through', () => {
    expect(reachedInStar(8, 0.25)).toBe(3);
  });

  it('reaches of a crowd of three what can be counted by hand', () => {
    // two are reached each directly, or past the other: p + (1 - p) p², twice
    for (const p of [0.1, 0.5, 0.9]) expect(reachedInCrowd(3, p)).toBeCloseTo(1 + 2 * (p + (1 - p) * p * p), 12);
  });

  it('is near 1 / (1 - m) in a large crowd in which each reaches fewer than one other', () => {
    expect(reachedInCrowd(200, 0.5 / 199)).toBeCloseTo(2, 1);
  });

  it('reaches most of a large crowd with the probability that most are reached', () => {
    // each reaches two others on average: the root z of z = 1 - e^(-2z) is 0.7968, both for the share and for its chance
    expect(reachedInCrowd(200, 2 / 199) / 200).toBeCloseTo(0.7968 * 0.7968, 1);
  });
});

describe('the closed form of a scenario whose changes spread', () => {
  const office = (spread: object) =>
    parseScenario({
      id: 'office',
      horizon: 10,
      parts: {
        wishes: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 1 }, calls: ['code'] },
        code: {
          kind: 'changes',
          spread: { components: 16, cluster: 8, inside: 2, outside: 0, chance: 0.2, ...spread },
        },
      },
    });

  it('is that of a crowd with thinned chances where nothing leads out of a cluster', () => {
    expect(closedForm('reached', office({}))).toBeCloseTo(reachedInCrowd(8, (0.2 * 2) / 7), 12);
    const tight = { outside: 3, borders: 'drawn', leak: 0 };
    expect(closedForm('reached', office(tight))).toBe(closedForm('reached', office({})));
    expect(closedForm('reached', office({ cluster: 1 }))).toBe(1);
  });

  it('is none where changes leak, or a cluster is not whole', () => {
    expect(closedForm('reached', office({ outside: 3 }))).toBeNull();
    expect(closedForm('reached', office({ outside: 3, borders: 'drawn', leak: 0.1 }))).toBeNull();
    expect(closedForm('reached', office({ components: 12 }))).toBeNull();
  });
});
