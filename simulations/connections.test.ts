import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applySetting, connectionsOf, parseScenario, simulate } from './index.ts';

const folder = new URL('examples/', import.meta.url);
const examples = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file): [string, unknown] => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]);

describe('the connections of a scenario', () => {
  it.each(examples)(
    'of %s hold every call that is made in a run of it',
    (_, source) => {
      const scenario = parseScenario(source as never);
      for (const { id: design } of scenario.designs) {
        const { calls } = connectionsOf(applySetting(scenario, { design }).scenario);
        const known = new Set(calls.map(([from, to]) => `${from} ${to}`));
        const { hops, parts } = simulate(scenario, { design, record: 'trace' }).trace!;
        const made = new Set(Array.from(hops.from, (from, hop) => `${parts[from]} ${parts[hops.to[hop]!]}`));
        expect([...made].filter((pair) => !known.has(pair))).toEqual([]);
      }
    },
    60_000,
  );

  it('say what a control part looks after, which it does not call', () => {
    const [, source] = examples.find(([file]) => file === 'autoscaling-spike.json')!;
    const { calls, steers } = connectionsOf(parseScenario(source as never));
    expect(steers).toEqual([['scaler', 'web']]);
    expect(calls).toEqual([['clients', 'web']]);
  });

  it('leave out a part that is named only in steps that are never made', () => {
    const never = (probability: number) =>
      parseScenario({
        id: 'switched',
        horizon: 10,
        parts: {
          people: {
            kind: 'traffic',
            arrivals: { pattern: 'poisson', rate: 1 },
            calls: [{ to: 'desk' }, { parallel: [{ to: 'desk' }, { to: 'other', probability }] }],
          },
          desk: { kind: 'service', service: { law: 'constant', mean: 1 } },
          other: { kind: 'service', service: { law: 'constant', mean: 1 } },
        },
      });
    expect(connectionsOf(never(0)).calls).toEqual([['people', 'desk']]);
    expect(connectionsOf(never(0.1)).calls).toEqual([
      ['people', 'desk'],
      ['people', 'other'],
    ]);
  });
});
