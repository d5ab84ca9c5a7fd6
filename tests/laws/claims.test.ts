/** Law: every claim of every scenario holds over the law's seeds, and does not hold at its control. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judge, parseScenario, simulate, type ScenarioSource } from '../../simulations/index.ts';
import { seeds } from './seeds.ts';

const folder = new URL('../../simulations/scenarios/', import.meta.url);
const ids = readdirSync(folder).filter((name) => !name.startsWith('_'));
const scenarios = await Promise.all(
  ids.map(
    async (id) =>
      [id, ((await import(new URL(`${id}/scenario.ts`, folder).href)) as { default: ScenarioSource }).default] as const,
  ),
);

describe.each(scenarios)('scenario %s', (id, source) => {
  const scenario = parseScenario(source);

  it('bears the name of its folder', () => {
    expect(scenario.id).toBe(id);
  });

  it('claims something', () => {
    expect(scenario.claims.length).toBeGreaterThan(0);
  });

  it.each(scenario.claims.map((claim) => [claim.id, claim] as const))('%s', { timeout: 120_000 }, (_, claim) => {
    const verdict = judge(scenario, claim, seeds);
    expect(verdict, `measured ${verdict.measured}, expected ${claim.relation} ${verdict.expected}`).toMatchObject({
      holds: true,
    });
    const control = judge(scenario, claim, seeds, 'control');
    expect(control, `the control, where it must not hold, measured ${control.measured}`).toMatchObject({
      holds: false,
    });
  });

  it('runs in every design with its books in order', () => {
    for (const { id: design } of scenario.designs) {
      const { ledger, ended } = simulate(scenario, { design });
      expect(ended).toBe('horizon');
      expect(ledger.conserves).toBe(true);
      for (const { holds } of Object.values(ledger.little)) expect(holds).toBe(true);
    }
  });

  it('has dials that change its first measure over their whole range', () => {
    const name = scenario.show?.measures[0];
    if (name === undefined) return;
    for (const { id: dial, min, max, start } of scenario.dials) {
      // somewhere between the middle and either end: a dial that does nothing would stay within the noise of a common seed, which is 0
      const at = (value: number) => simulate(scenario, { dials: { [dial]: value } }).measures[name]!.value!;
      const middle = at(start);
      if (min !== start) expect(Math.abs(at(min) / middle - 1), `${dial} at ${min}`).toBeGreaterThan(0.05);
      if (max !== start) expect(Math.abs(at(max) / middle - 1), `${dial} at ${max}`).toBeGreaterThan(0.05);
    }
  });

  it('has faults that can be felt', () => {
    for (const { id: fault } of scenario.faults) {
      const name = scenario.show!.measures[0]!;
      const plain = simulate(scenario).measures[name]!.value!;
      const broken = simulate(scenario, { inputs: [{ at: scenario.horizon / 2, fault }] }).measures[name]!.value!;
      expect(Math.abs(broken / plain - 1), fault).toBeGreaterThan(0.01);
    }
  });
});

it('the law can fail: a false claim is found out', () => {
  const scenario = parseScenario(scenarios[0]![1]);
  const claim = { ...scenario.claims[0]!, id: 'planted', relation: 'about' as const, value: 1000, margin: 0.01 };
  expect(judge(scenario, claim, seeds.slice(0, 3)).holds).toBe(false);
});
