import { describe, expect, it } from 'vitest';
import { simulate, type Run } from '../index.ts';
import cases from './cases.json' with { type: 'json' };
import { read, type GoldenCase, type Runner } from './golden.ts';

/** Exact values are printed to ten decimals, which no tolerance can better. */
const PRINTED = 5e-11;

const golden = cases as unknown as GoldenCase[];

/** Makes each run once, and looks at its books. */
function runner(): Runner {
  const made = new Map<string, Run>();
  return (scenario, options = {}) => {
    const key = JSON.stringify([scenario, options]);
    const known = made.get(key);
    if (known !== undefined) return known;
    const run = simulate(scenario, options);
    expect(run.ended).toBe('horizon');
    expect(run.ledger.conserves).toBe(true);
    for (const { holds } of Object.values(run.ledger.little)) expect(holds).toBe(true);
    made.set(key, run);
    return run;
  };
}

describe('golden cases come out as their sources say', () => {
  for (const testCase of golden) {
    if (testCase.calibrationOnly) continue;
    const reading = read(testCase, runner());
    if ('waitsFor' in reading) {
      it.todo(`${testCase.id} waits for ${String(reading.waitsFor)}`);
      continue;
    }
    it(testCase.id, { timeout: 120_000 }, () => {
      for (const { metric, value, tol } of testCase.expect) {
        const measured = reading[metric];
        expect(measured, `${testCase.id} has no reading of ${metric}`).toBeDefined();
        const got = measured!();
        expect(Math.abs(got - value), `${metric}: ${got} instead of ${value} ± ${tol}`).toBeLessThanOrEqual(
          Math.max(tol, PRINTED),
        );
      }
    });
  }

  it('every case that is not a calibration is run or names the part that it waits for', () => {
    for (const testCase of golden.filter(({ calibrationOnly }) => !calibrationOnly)) {
      const reading = read(testCase, runner());
      if ('waitsFor' in reading) expect(reading.waitsFor).not.toMatch(/nobody/);
    }
  });
});
