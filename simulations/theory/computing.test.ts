import { describe, expect, it } from 'vitest';
import source from '../scenarios/stored-program/scenario.ts';
import { applySetting, parseScenario, simulate, theory } from '../index.ts';

const scenario = parseScenario(source);
const form = (name: string, setting: object): number | null =>
  theory.closedForm(name, applySetting(scenario, setting).scenario);

describe('the closed forms of a computer', () => {
  it('are a straight line in the latency on one port, as steep as an instruction has accesses', () => {
    const at = (latency: number) => form('cpi', { design: 'one', dials: { latency } })!;
    expect((at(50) - at(10)) / 40).toBeCloseTo((at(20) - at(10)) / 10, 12);
    expect(at(1) - 1).toBeCloseTo((at(50) - 1) / 50, 12);
    expect(theory.cyclesOnOnePort(1, 20, 1.5)).toBe(31);
  });

  it.each([1, 2, 3, 4, 5])(
    'agree within one percent with what program %i is measured to take on one port',
    (program) => {
      const setting = { design: 'one', dials: { program, latency: 30 } };
      const measured = simulate(scenario, { ...setting, horizon: 100_000 }).measures['processor.cpi.mean']!.value!;
      expect(Math.abs(measured / form('cpi', setting)! - 1)).toBeLessThan(0.01);
    },
  );

  it('leave only the fetch where the memories are separate', () => {
    expect(form('cpi', { design: 'separate', dials: { latency: 30 } })).toBe(theory.cyclesOnTwoPorts(1, 30));
  });

  it('know what a miss costs, and what an access takes at a measured share of misses', () => {
    const penalty = form('missPenalty', { design: 'cached' })!;
    expect(penalty).toBe(theory.missPenalty(20, 4, 1));
    const { measures } = simulate(scenario, { design: 'cached', horizon: 50_000 });
    const expected = theory.accessTime(1, measures['memory.missRate']!.value!, penalty);
    expect(measures['memory.readTime.mean']!.value).toBeCloseTo(expected, 9);
  });

  it('are silent where a cache decides, where a program never ends, and where there is no computer', () => {
    expect(form('cpi', { design: 'cached' })).toBeNull();
    expect(form('missPenalty', { design: 'one' })).toBeNull();
    expect(form('cpi', { design: 'one', texts: { own: 'loop: JUMP loop' } })).toBeNull();
    expect(form('response', { design: 'one' })).toBeNull();
  });

  it('follow a program that a reader wrote', () => {
    expect(form('cpi', { design: 'one', texts: { own: 'SET A, 1\nHALT' } })).toBe(21);
  });
});
