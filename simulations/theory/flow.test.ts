import { describe, expect, it } from 'vitest';
import { applySetting, parseScenario } from '../index.ts';
import featureFlow from '../scenarios/feature-flow/scenario.ts';
import * as theory from './index.ts';

describe('the lead time of features', () => {
  it('is 3 / (μ − λ) through three teams in a row', () => {
    expect(theory.inARow(0.8, [1, 1, 1])).toBeCloseTo(15, 10);
    expect(theory.inARow(0.8, [1, 2])).toBeCloseTo(5 + 1 / 1.2, 10);
    expect(theory.inARow(1, [1, 2])).toBeNull();
  });

  it('is 3/μ × (1 + ⅔ ρ/(1 − ρ)) through a team that does all three pieces: 17, 27 and 30 percent less', () => {
    const less = (load: number): number => 1 - theory.inOneGo(load / 3, 3, 1 / 3)! / theory.inARow(load, [1, 1, 1])!;
    expect(theory.inOneGo(0.8 / 3, 3, 1 / 3)).toBeCloseTo(3 * (1 + (2 / 3) * 4), 10);
    expect([0.5, 0.8, 0.9].map((load) => Math.round(100 * less(load)))).toEqual([17, 27, 30]);
    expect(theory.inOneGo(0.4, 3, 1 / 3)).toBeNull();
  });

  it('is read off the scenario, and only where it holds', () => {
    const scenario = parseScenario(featureFlow);
    const at = (design: string, dials: Record<string, number> = {}): number | null =>
      theory.closedForm('flow', applySetting(scenario, { design, dials }).scenario);
    expect(at('layers', { load: 0.5 })).toBeCloseTo(6, 4);
    expect(at('layers', { specialists: 1.5 })).toBeCloseTo(3 / 0.7, 4);
    expect(at('layers', { handOff: 2 })).toBeCloseTo(19, 4);
    expect(at('domains', { load: 0.5 })).toBeCloseTo(5, 4);
    expect(at('domains', { hot: 0.2, load: 0.95 })).toBeNull();
    expect(at('pulled')).toBeNull(); // three people at one queue of such features have no simple form
    expect(at('domains', { crossing: 0.3 })).toBeNull(); // pieces come from two sides
    expect(at('platform')).toBeNull();
    expect(at('layers', { order: 1 })).toBeCloseTo(15, 4); // the order changes no mean
  });
});
