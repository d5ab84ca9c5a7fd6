/** Reads golden cases by runs, and compares what comes out with what their sources say. */
import { expect, it } from 'vitest';
import { simulate, type Run } from '../index.ts';
import cases from './cases.json' with { type: 'json' };
import { read, type GoldenCase, type Runner } from './golden.ts';

/** Exact values are printed to ten decimals, which no tolerance can better. */
const PRINTED = 5e-11;

/** The cases that a run can tell true from false. */
export const golden = (cases as unknown as GoldenCase[]).filter(({ calibrationOnly }) => !calibrationOnly);

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

/** A test of one case, all its metrics. @param timeout in milliseconds. */
export function itComesOut(testCase: GoldenCase, timeout: number): void {
  it(testCase.id, { timeout }, () => {
    const reading = read(testCase, runner());
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
