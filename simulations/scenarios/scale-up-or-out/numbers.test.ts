import { expect, it } from 'vitest';
import { theory } from '../../index.ts';
import scenario from './scenario.ts';

it('its break-even exponents are those of theory: a scenario is data, and does not compute them itself', () => {
  const exponents = new Set(scenario.claims!.map(({ at }) => at.dials?.['exponent']));
  const capacity = theory.sharingCapacity(6, 0.8, 0.2, 4, 0.01);
  for (const carried of [1, capacity / 20])
    expect([...exponents]).toContainEqual(expect.closeTo(theory.breakEvenExponent(24, 6, 0.3, carried)!, 6));
});
