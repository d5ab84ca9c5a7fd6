import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ScenarioSource } from '../../simulations/index.ts';

const scenarios = import.meta.glob<ScenarioSource>(
  ['../../simulations/scenarios/*/scenario.ts', '../../simulations/examples/*.json'],
  { eager: true, import: 'default' },
);
const setting = (scenario: ScenarioSource) => ({ until: scenario.horizon / 20, seed: 3 });
/** A machine that has not met a kind yet. */
const bare = async () => ({
  ...(await import('../../simulations/bare.ts')),
  ...(await import('./kinds.ts')),
  known: (await import('../../simulations/parts/known.ts')).kinds,
});

beforeEach(() => vi.resetModules());

describe('the kinds of parts in a worker', () => {
  it.each(Object.entries(scenarios))(
    'are those that %s names, and it runs as it does with all',
    async (_, scenario) => {
      const machine = await bare();
      expect(machine.known.size).toBe(0);
      await machine.fetchKinds(scenario);
      const named = new Set(Object.values(scenario.parts).map(({ kind }) => kind));
      expect([...machine.known.keys()].sort()).toEqual([...named].sort());
      const parsed = machine.parseScenario(scenario);
      const alone = (scenario.designs ?? [{ id: undefined }]).map(
        ({ id: design }) => machine.simulate(parsed, { ...setting(scenario), design }).digest,
      );
      vi.resetModules();
      const whole = await import('../../simulations/index.ts');
      const together = (scenario.designs ?? [{ id: undefined }]).map(
        ({ id: design }) => whole.simulate(scenario, { ...setting(scenario), design }).digest,
      );
      expect(alone).toEqual(together);
    },
  );

  it('include those that only a design brings', async () => {
    const { kindsNamedIn } = await bare();
    const parts = { clients: { kind: 'traffic' }, server: { kind: 'service' } };
    const designs = [
      { id: 'plain', set: { 'parts.server.threads': 3 } },
      { id: 'stored', set: { 'parts.server': { kind: 'store' } } },
      { id: 'cached', set: { 'parts.server.kind': 'cache', 'parts.server.calls': [{ kind: 'nobody' }] } },
    ];
    expect([...kindsNamedIn({ parts, designs })]).toEqual(['traffic', 'service', 'store', 'cache']);
  });

  it.each([
    null,
    7,
    'text',
    [],
    {},
    { parts: 3, designs: 'x' },
    { parts: [null, 4, { kind: {} }], designs: [3, { set: 1 }] },
  ])('are none where %j stands instead of a scenario', async (scenario) => {
    const machine = await bare();
    await machine.fetchKinds(scenario);
    expect(machine.known.size).toBe(0);
    expect(() => machine.parseScenario(scenario)).toThrow(machine.ScenarioError);
  });

  it.each(['nothing', '../service', 'constructor', '__proto__'])(
    'are not looked for under the name %s, and the check of the scenario says so',
    async (kind) => {
      const machine = await bare();
      const scenario = { id: 'a', horizon: 10, parts: { clients: { kind } } };
      await machine.fetchKinds(scenario);
      expect(machine.known.size).toBe(0);
      expect(() => machine.parseScenario(scenario)).toThrow(machine.ScenarioError);
    },
  );

  it('are said to be missing when one did not come', async () => {
    const machine = await bare();
    const gone = new Map([['service', () => Promise.reject(new TypeError('Failed to fetch'))]]);
    const asked = machine.fetchKinds({ parts: { server: { kind: 'service' } } }, gone);
    await expect(asked).rejects.toThrow(machine.NotFetched);
  });
});
