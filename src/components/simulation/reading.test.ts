/** What the drawing is told of a scenario, so that what comes by chance is seen as what it is. */
import { describe, expect, it } from 'vitest';
import { parseScenario, simulate } from '../../../simulations/index.ts';
import { readFrames } from '../../core/playback/frame.ts';
import { sourceOf } from './catalogue.ts';
import { knowledgeOf } from './reading.ts';

describe('an instance that chaos lets hang', () => {
  const scenario = parseScenario(sourceOf('service-discovery')!);
  const run = simulate(scenario, { design: 'dns', record: 'trace' });
  const frames = readFrames(run, knowledgeOf(scenario));
  const { ticks } = run.time;
  const [hangs] = run.trace!.marks.filter(({ kind }) => kind === 'fault-begins');
  const states = (at: number) => frames.at(at).standing['search']!.instances;

  it('is paused, and not dead, until the prober has put another in its place', () => {
    const replaced = run.trace!.marks.find(
      ({ detail, instance }) => detail === 'restarted' && instance === hangs!.instance,
    );
    expect(states(hangs!.at - 1)[hangs!.instance!]).toBe('ready');
    expect(states(hangs!.at + ticks / 10)[hangs!.instance!]).toBe('stopped');
    expect(states(replaced!.at + ticks)[hangs!.instance!]).toBe('absent');
  });

  it('is never drawn as dead', () => {
    for (let at = 0; at <= 600; at += 5) expect(states(at * ticks)).not.toContain('dead');
  });
});
