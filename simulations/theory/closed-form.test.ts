import { describe, expect, it } from 'vitest';
import { parseScenario, applySetting } from '../index.ts';
import * as theory from './index.ts';
import governance from '../scenarios/governance/scenario.ts';
import mobileNetwork from '../scenarios/mobile-network/scenario.ts';
import oneServer from '../scenarios/one-server/scenario.ts';

describe('the closed form of a scenario', () => {
  const scenario = parseScenario(oneServer);
  const at = (design: string, dials: Record<string, number>) => applySetting(scenario, { design, dials }).scenario;

  it('is 2, 5, 10 and 100 service times at 50, 80, 90 and 99 percent', () => {
    for (const [rate, times] of [
      [5, 2],
      [8, 5],
      [9, 10],
      [9.9, 100],
    ] as const)
      expect(theory.closedForm('response', at('one', { arrivalRate: rate }))! / 0.1).toBeCloseTo(times, 6);
  });

  it('takes the design into account', () => {
    expect(theory.closedForm('load', at('two', { arrivalRate: 10 }))).toBeCloseTo(0.5, 12);
    expect(theory.closedForm('response', at('fast', { arrivalRate: 10 }))).toBeCloseTo(0.1, 12);
  });

  it('is that of a board that is asked about every idea: 1 / (pace − ideas)', () => {
    const board = parseScenario(governance);
    const of = (design: string, dials: Record<string, number>) =>
      theory.closedFormOf('board.response.mean', applySetting(board, { design, dials }).scenario);
    expect(of('monarchy', { teams: 8, pace: 1 })).toBeCloseTo(1 / (1 - 0.8), 10);
    expect(of('exceptions', { teams: 12, pace: 1.5 })).toBeCloseTo(1 / (1.5 - 1.2), 10);
    expect(of('monarchy', { teams: 10, pace: 1 })).toBeNull();
    expect(of('democracy', {})).toBeNull();
    expect(
      theory.closedFormOf('houses.response.mean', applySetting(board, { design: 'monarchy' }).scenario),
    ).toBeNull();
  });

  it('is not stretched beyond its assumptions', () => {
    expect(theory.closedForm('response', at('one', { arrivalRate: 12 }))).toBeNull(); // no steady state
    expect(theory.closedForm('response', at('two', { arrivalRate: 10, variability: 4 }))).toBeNull(); // M/G/2 has none
    expect(theory.closedForm('anything', at('one', {}))).toBeNull();
    const limited = {
      ...scenario,
      parts: { ...scenario.parts, server: { ...scenario.parts['server']!, queueLimit: 3 } },
    };
    expect(theory.closedForm('response', parseScenario(limited))).toBeNull();
  });

  it("agrees with Little's law: inside = rate × response", () => {
    const place = at('one', { arrivalRate: 7 });
    expect(theory.closedForm('inside', place)).toBeCloseTo(7 * theory.closedForm('response', place)!, 12);
    expect(theory.closedForm('queue', place)).toBeCloseTo(7 * theory.closedForm('wait', place)!, 12);
  });
});

describe('the closed form of a request that never waits', () => {
  const scenario = parseScenario(mobileNetwork);
  const at = (design: string, dials: Record<string, number>) =>
    theory.closedForm('unhindered', applySetting(scenario, { design, dials }).scenario);

  it('adds up work and ways, in turn or at once', () => {
    expect(at('in-turn', { loss: 0, roundTrip: 0.2, calls: 8 })).toBeCloseTo(8 * 0.22, 12);
    expect(at('at-once', { loss: 0, roundTrip: 0.2, calls: 8 })).toBeCloseTo(0.22, 12);
    expect(at('one-call', { loss: 0, roundTrip: 0.4, calls: 20 })).toBeCloseTo(0.42, 12);
  });

  it('adds what is sent again to each call in turn, and does not guess at the slowest of several', () => {
    expect(at('in-turn', { loss: 0.1, roundTrip: 0.2, calls: 8 })).toBeCloseTo(8 * (0.22 + (2 * 0.1) / 0.8), 12);
    expect(at('one-call', { loss: 0.1 })).toBeCloseTo(0.22 + (2 * 0.1) / 0.8, 12);
    expect(at('at-once', { loss: 0.1 })).toBeNull();
  });

  it('is not there where somebody may wait', () => {
    expect(theory.closedForm('unhindered', parseScenario(oneServer))).toBeNull();
  });
});
