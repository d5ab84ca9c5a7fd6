import { describe, expect, it } from 'vitest';
import cases from '../../golden/cases.json' with { type: 'json' };
import type { GoldenCase } from '../../golden/golden.ts';
import { backoffs, contend } from './contention.fixture.ts';

const golden = (cases as unknown as GoldenCase[]).find(({ id }) => id === 'aws-backoff-jitter')!;
const { base, cap } = golden.params as unknown as { base: number; cap: number };

/**
 * The source has 100 replications. Where the last client is done varies by a tenth from one to the next, so its own
 * figure is a percent off either way: ours has more replications, lest two such errors add up beyond the tolerance.
 */
const REPLICATIONS = 400;

describe('optimistic writers who contend for one row, as the AWS simulator says', () => {
  it.each(Object.keys(backoffs).flatMap((kind) => [100, 190].map((clients) => [kind, clients] as const)))(
    '%s, %d clients',
    (kind, clients) => {
      const measured = contend(clients, kind, base, cap, REPLICATIONS);
      for (const [metric, ours] of Object.entries(measured)) {
        const expected = golden.expect.find((one) => one.metric === `${kind}-${clients}clients-${metric}`)!;
        const { value, tol } = expected;
        expect(Math.abs(ours - value), `${metric}: ${ours} instead of ${value} ± ${tol}`).toBeLessThanOrEqual(tol);
      }
    },
  );
});
