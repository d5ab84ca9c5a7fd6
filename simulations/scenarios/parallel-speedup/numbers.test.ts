import { expect, it } from 'vitest';
import { theory } from '../../index.ts';
import scenario from './scenario.ts';

const valueOf = (id: string) => scenario.claims!.find((claim) => claim.id === id)!.value;

it('the numbers of its claims are those of the laws: a scenario is data, and does not compute them itself', () => {
  const values = scenario.claims!.map(({ value }) => value).filter((value) => typeof value === 'number');
  expect(values).toContainEqual(expect.closeTo(theory.amdahl(0.95, 16), 9));
  expect(values).toContainEqual(expect.closeTo(theory.gustafson(0.95, 1024), 9));
  expect(valueOf('barrier-waits-for-the-slowest')).toBeCloseTo(32 / theory.slowestMean(1, 32), 4);
});
