/** Which tests run where. Tests named `*.long.test.ts` take minutes and run only by `npm run test:long`. */
import { configDefaults, defineConfig } from 'vitest/config';

const long = process.env['SEAMS_LONG'] === '1';
const tests = long ? '*.long.test.ts' : '*.test.ts';
const exclude = [...configDefaults.exclude, 'tests/journeys/**', '.node/**', ...(long ? [] : ['**/*.long.test.ts'])];
const testTimeout = long ? 1_200_000 : 20_000;

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['simulations', 'src/core', 'src/worker', 'src/storage', 'tests/laws', 'scripts', 'benches'].map(
            (room) => `${room}/**/${tests}`,
          ),
          exclude,
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
        test: {
          name: 'components',
          environment: 'happy-dom',
          include: long ? [] : ['src/components/**/*.test.{ts,tsx}'],
          exclude,
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
    ],
  },
});
