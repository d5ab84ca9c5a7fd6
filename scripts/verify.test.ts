import { expect, it } from 'vitest';
import { countsOf } from './verify.ts';

it('counts of Vitest are read, and a file that could not be read counts as a failure', () => {
  const read = { status: 'passed', assertionResults: [{}, {}] };
  const unread = { status: 'failed', assertionResults: [] };
  const report = { numPassedTests: 2, numFailedTests: 1, numFailedTestSuites: 2, testResults: [read, unread] };
  expect(countsOf(report)).toEqual({ passed: 2, failed: 2 });
});

it('counts of Playwright are read, and a test that passed when tried again has passed', () => {
  expect(countsOf({ stats: { expected: 5, unexpected: 2, flaky: 1, skipped: 3 } })).toEqual({ passed: 6, failed: 2 });
});

it('anything else is not taken for a report', () => {
  expect(() => countsOf({})).toThrow('no report');
});
