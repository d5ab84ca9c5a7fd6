/** Which tests run where. Tests named `*.long.test.ts` take minutes and run only by `npm run test:long`. */
import { configDefaults, defineConfig } from 'vitest/config';

const roomsOfNode = ['simulations', 'src/core', 'src/worker', 'src/storage', 'tests/laws', 'scripts', 'benches'];

export default defineConfig(({ mode }) => {
  const long = mode === 'long';
  const patience = long ? 1_200_000 : 20_000;
  const shared = {
    exclude: [...configDefaults.exclude, 'tests/journeys/**', '.node/**', ...(long ? [] : ['**/*.long.test.ts'])],
    testTimeout: patience,
    hookTimeout: patience,
  };
  return {
    test: {
      // the runner itself has next to nothing to do: two cores are two workers
      maxWorkers: 2,
      projects: [
        {
          test: {
            ...shared,
            name: 'node',
            environment: 'node',
            // These leave nothing behind them, so that files may share a worker and what it has loaded.
            isolate: long,
            include: roomsOfNode.map((room) => `${room}/**/*${long ? '.long' : ''}.test.ts`),
          },
        },
        {
          oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
          test: {
            ...shared,
            name: 'components',
            environment: 'happy-dom',
            include: long ? [] : ['src/components/**/*.test.{ts,tsx}'],
          },
        },
      ],
    },
  };
});
