import { describe, expect, it } from 'vitest';
import { simulate } from '../index.ts';
import cases from './cases.json' with { type: 'json' };
import { read, type GoldenCase } from './golden.ts';

/** Exact values are printed to ten decimals, which no tolerance can better. */
const PRINTED = 5e-11;

const golden = cases as unknown as GoldenCase[];

describe('golden cases come out as their sources say', () => {
  for (const testCase of golden) {
    if (testCase.calibrationOnly) continue;
    const reading = read(testCase);
    if ('waitsFor' in reading) {
      it.todo(`${testCase.id} waits for ${reading.waitsFor}`);
      continue;
    }
    it(testCase.id, { timeout: 120_000 }, () => {
      const run = reading.scenario === null ? null : simulate(reading.scenario);
      if (run !== null) {
        expect(run.ended).toBe('horizon');
        expect(run.ledger.conserves).toBe(true);
        for (const { holds } of Object.values(run.ledger.little)) expect(holds).toBe(true);
      }
      for (const { metric, value, tol } of testCase.expect) {
        const measured = reading.metrics[metric];
        expect(measured, `${testCase.id} has no reading of ${metric}`).toBeDefined();
        expect(
          Math.abs(measured!(run!) - value),
          `${metric}: ${measured!(run!)} instead of ${value} ± ${tol}`,
        ).toBeLessThanOrEqual(Math.max(tol, PRINTED));
      }
    });
  }

  it('every case that is not a calibration is run or names the part that it waits for', () => {
    for (const testCase of golden.filter(({ calibrationOnly }) => !calibrationOnly)) {
      const reading = read(testCase);
      if ('waitsFor' in reading) expect(reading.waitsFor).not.toMatch(/nobody/);
    }
  });
});
