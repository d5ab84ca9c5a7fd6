import { describe } from 'vitest';
import { golden, itComesOut } from './golden.fixture.ts';
import { long } from './golden.ts';

describe('golden cases come out as their sources say', () => {
  for (const testCase of golden.filter(({ id }) => !long.has(id))) itComesOut(testCase, 60_000);
});
