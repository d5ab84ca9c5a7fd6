/** Law: every claim of every scenario holds over the law's seeds, and does not hold at its control. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import {
  judge,
  parseScenario,
  simulateJudged,
  type ScenarioSource,
  type SimulateOptions,
} from '../../simulations/index.ts';
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
  // Many claims and dials look at the same setting: each is run once.
  const runs = new Map<string, ReturnType<typeof simulateJudged>>();
  const atStart = Object.fromEntries(scenario.dials.map(({ id: dial, start }) => [dial, start]));
  const run = (_: unknown, options: SimulateOptions): ReturnType<typeof simulateJudged> => {
    const { design = scenario.designs[0]!.id, dials, ...others } = options;
    const key = JSON.stringify([design, { ...atStart, ...dials }, Object.entries(others).sort()]);
    const known = runs.get(key) ?? simulateJudged(scenario, options);
    runs.set(key, known);
    return known;
  };
  afterAll(() => runs.clear());

  it('bears the name of its folder', () => {
    expect(scenario.id).toBe(id);
  });

  it('claims something', () => {
    expect(scenario.claims.length).toBeGreaterThan(0);
  });

  it.each(scenario.claims.map((claim) => [claim.id, claim] as const))('%s', { timeout: 120_000 }, (_, claim) => {
    const verdict = judge(scenario, claim, seeds, { run });
    expect(verdict, `measured ${verdict.measured}, expected ${claim.relation} ${verdict.expected}`).toMatchObject({
      holds: true,
    });
    const control = judge(scenario, claim, seeds, { where: 'control', run });
    expect(control, `the control, where it must not hold, measured ${control.measured}`).toMatchObject({
      holds: false,
    });
  });

  it('runs in every design with its books in order', () => {
    for (const { id: design } of scenario.designs) {
      const { ledger, ended } = run(scenario, { design });
      expect(ended).toBe('horizon');
      expect(ledger.conserves).toBe(true);
      for (const { holds } of Object.values(ledger.little)) expect(holds).toBe(true);
    }
  });

  /** The largest relative change of a shown measure, over all designs. */
  const felt = (changed: SimulateOptions): number =>
    Math.max(
      ...scenario.designs.flatMap(({ id: design }) => {
        const plain = run(scenario, { design }).measures;
        const other = run(scenario, { design, ...changed }).measures;
        return (scenario.show?.measures ?? []).map((name) => {
          const [a, b] = [plain[name]?.value ?? 0, other[name]?.value ?? 0];
          return a === b ? 0 : Math.abs(b - a) / Math.max(Math.abs(a), Math.abs(b));
        });
      }),
    );

  it('has dials that can be felt over their whole range', () => {
    for (const { id: dial, min, max, start } of scenario.dials)
      for (const end of [min, max])
        if (end !== start) expect(felt({ dials: { [dial]: end } }), `${dial} at ${end}`).toBeGreaterThan(0.05);
  });

  it('has faults that can be felt', () => {
    for (const { id: fault } of scenario.faults) {
      const inputs = [{ at: scenario.horizon / 2, fault }];
      expect(felt({ inputs }), fault).toBeGreaterThan(0.01);
    }
  });
});

it('a scenario is data: it brings nothing of the machine into a page', () => {
  for (const id of ids)
    expect(readFileSync(new URL(`${id}/scenario.ts`, folder), 'utf8'), id).not.toMatch(/^import (?!type )/m);
});

it('the law can fail: a false claim is found out', () => {
  const scenario = parseScenario(scenarios[0]![1]);
  const claim = { ...scenario.claims[0]!, id: 'planted', relation: 'about' as const, value: 1000, margin: 0.01 };
  expect(judge(scenario, claim, seeds.slice(0, 3)).holds).toBe(false);
});
