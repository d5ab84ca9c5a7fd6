/** What the stage reads off a trace is held against what the machine itself says. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fates, parseScenario, simulate } from '../../../simulations/index.ts';
import oneServer from '../../../simulations/scenarios/one-server/scenario.ts';
import { decodeRun, encodeRun } from './address.ts';
import { curvesOf } from './curves.ts';
import { fateNames } from './fates.ts';
import { readFrames } from './frame.ts';
import { isOverloaded, isChanged, runInWords } from './sentences.ts';
import { settingOf } from './setting.ts';

const scenario = parseScenario(oneServer);
const stops = { stops: scenario.faults.filter((fault) => fault.action === 'pause').map((fault) => fault.id) };

const settings = fc.record({
  design: fc.constantFrom(...scenario.designs.map((design) => design.id)),
  dials: fc.record({
    arrivalRate: fc.integer({ min: 5, max: 120 }).map((tenths) => tenths / 10),
    variability: fc.integer({ min: 0, max: 40 }).map((quarters) => quarters / 4),
  }),
  inputs: fc.array(fc.record({ at: fc.integer({ min: 0, max: 600 }), fault: fc.constantFrom('pause', 'spike') }), {
    maxLength: 4,
  }),
  seed: fc.nat(1000),
});

describe('a frame of a run by the machine', () => {
  it('equals the state of a run that is stopped at that moment (rule S1)', () => {
    fc.assert(
      fc.property(settings, fc.double({ min: 0, max: 600, noNaN: true }), (setting, until) => {
        const whole = simulate(scenario, { ...setting, record: 'trace' });
        const stopped = simulate(scenario, { ...setting, until, record: 'trace' });
        const frame = readFrames(whole, stops).at(stopped.endedAt);
        // what else a part can say of itself, its hops do not
        for (const state of Object.values(stopped.state)) delete state.readings;
        expect(frame.parts).toEqual(stopped.state);
        expect(frame.made).toBe(stopped.ledger.made);
        expect(frame.answered).toBe(stopped.ledger.answered);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('shows as many requests as the books say are inside the system', () => {
    const run = simulate(scenario, { record: 'trace' });
    const frame = readFrames(run, stops).at(run.endedAt);
    const inside = frame.parts['server']!.inside + frame.travelling.length;
    expect(inside).toBe(run.ledger.inside);
  });
});

describe('what the stage knows of the machine', () => {
  it('names the fates in the order in which a trace stores them', () => {
    expect(fateNames).toEqual(fates);
  });

  it('keeps every reading of the windows when it joins them', () => {
    const run = simulate(scenario, { record: 'trace' });
    const curves = curvesOf(run, 'server', 60);
    const column = run.trace!.windows.columns['server.queue']!;
    const mean = (values: ArrayLike<number>): number =>
      Array.from(values).reduce((sum, each) => sum + each, 0) / values.length;
    expect(mean(curves.queue)).toBeCloseTo(mean(column), 9);
  });

  it('says of a run with more work than the server can do that its line grows, and of no other', () => {
    const at = (arrivalRate: number) => simulate(scenario, { dials: { arrivalRate }, record: 'trace' });
    expect([5, 8, 9, 12].map((rate) => isOverloaded(at(rate), 'server'))).toEqual([false, false, false, true]);
    expect(runInWords(at(12), ['server']).map((sentence) => sentence.id)).toContain('run.overload');
    expect(runInWords(at(9.9), []).map((sentence) => sentence.id)).toContain('run.responseUnsure');
  });

  it('does not call a run too short when something was broken or changed in it', () => {
    const whole = simulate(scenario, { dials: { arrivalRate: 9.9 }, record: 'trace' });
    const broken = simulate(scenario, {
      dials: { arrivalRate: 9.9 },
      inputs: [{ at: 100, fault: 'pause', duration: 60 }],
      record: 'trace',
    });
    expect([whole, broken].map((run) => isChanged(run, run.trace!.marks))).toEqual([false, true]);
    const said = runInWords(broken, [], isChanged(broken, broken.trace!.marks)).map((sentence) => sentence.id);
    expect(said).toContain('run.responseChanged');
    expect(said).not.toContain('run.responseUnsure');
  });

  it('makes from a link the very run that the link was made from', () => {
    const setting = { ...settingOf(scenario), dials: { arrivalRate: 9.3, serviceTime: 0.1, variability: 2 } };
    const inputs = [{ at: 154.2, fault: 'pause', duration: 7 }];
    const run = simulate(scenario, { ...setting, inputs });
    const text = encodeRun({
      ...setting,
      inputs,
      scenario: run.scenario,
      at: 12.5,
      engine: run.engine,
      digest: run.digest,
    });
    const decoded = decodeRun(text, scenario);
    if (!decoded.ok) throw new Error('the link was refused');
    expect(simulate(scenario, decoded.address).digest).toBe(run.digest);
  });
});
