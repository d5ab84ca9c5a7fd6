import { describe, expect, it } from 'vitest';
import { simulate, type Run } from '../../../simulations/index.ts';
import governance from '../../../simulations/scenarios/governance/scenario.ts';
import { readLandscape } from './landscape.ts';

const run = (design: string, horizon = 600): Run => simulate(governance, { design, horizon, record: 'trace' });
const endOf = (made: Run): number[] => made.state['land']!.readings!['bits'] as number[];

describe('the choices of teams at a moment', () => {
  it('are those with which a run ends that stops at that moment', () => {
    for (const design of ['democracy', 'monarchy', 'exceptions', 'feudal', 'veto']) {
      const reader = readLandscape(run(design), 'land')!;
      // there and back: what is read does not depend on what was read before
      for (const day of [500, 40, 320, 0, 600])
        if (day > 0) expect(reader.at(day * 480).bits).toEqual(endOf(run(design, day)));
    }
  });

  it('come with what was decided last, whether it was changed, and what stands still', () => {
    const made = run('democracy');
    const reader = readLandscape(made, 'land')!;
    expect(reader.at(0)).toMatchObject({ last: -1, choices: 3 });
    const { bits, agreed, pairs, last } = reader.at(made.endedAt);
    expect(bits).toHaveLength(24);
    expect(agreed.reduce((sum, each) => sum + each, 0)).toBe(8);
    expect(pairs.length / 2).toBe(made.measures['land.links.last']!.value);
    expect(last).toBeGreaterThanOrEqual(0);
    expect(readLandscape(run('feudal'), 'land')!.at(0).pairs).toEqual([]);
  });

  it('change only when something has been written down', () => {
    const made = run('democracy');
    const reader = readLandscape(made, 'land')!;
    expect(reader.rows(made.endedAt)).toBe(made.trace!.journals!['land']!.count);
    expect(reader.rows(100 * 480)).toBeLessThan(reader.rows(200 * 480));
  });

  it('are not there for other parts, nor in a run without a trace', () => {
    expect(readLandscape(run('democracy'), 'board')).toBeNull();
    expect(readLandscape(simulate(governance), 'land')).toBeNull();
  });
});
