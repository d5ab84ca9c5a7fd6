/** Optimistic writers who contend for one row: the model of the AWS backoff simulator, in the public format. */
import { simulate, type ScenarioSource } from '../../index.ts';

/** How the cases call the ways to wait before the next try. */
export const backoffs: Record<string, object> = {
  None: { backoff: 'none' },
  Exponential: { backoff: 'exponential' },
  FullJitter: { backoff: 'exponential', jitter: 'full' },
  EqualJitter: { backoff: 'exponential', jitter: 'equal' },
  Decorr: { backoff: 'exponential', jitter: 'decorrelated' },
};

/**
 * So many clients each read the row and write it if unchanged, until they have. Times are in milliseconds.
 * @param base of the simulator, whose attempts start at 1: its first exponential wait is twice that.
 */
export function contention(clients: number, kind: string, base: number, cap: number): ScenarioSource {
  const waits = { ...backoffs[kind], base: kind === 'Decorr' ? base : 2 * base, factor: 2, cap };
  return {
    id: 'contention',
    time: { unit: 'ms', ticks: 1000 },
    horizon: 300_000,
    parts: {
      clients: {
        kind: 'traffic',
        arrivals: { pattern: 'trace', times: [{ at: 0, count: clients }] },
        calls: ['client'],
      },
      client: {
        kind: 'service',
        threads: null,
        service: { law: 'constant', mean: 0 },
        calls: [
          { to: 'row', operation: 'read' },
          { to: 'row', operation: 'write-if-unchanged' },
        ],
      },
      row: { kind: 'store', threads: null },
    },
    links: [
      { from: 'clients', to: 'client', retry: { most: 100, ...waits } as never },
      { from: 'client', to: 'row', latency: { law: 'normal', mean: 10, deviation: 2 } },
    ],
  };
}

/** Writes tried, and when the last client was done, as means over replications. */
export function contend(clients: number, kind: string, base: number, cap: number, replications: number) {
  const scenario = contention(clients, kind, base, cap);
  let calls = 0;
  let timeMs = 0;
  for (let replication = 0; replication < replications; replication++) {
    const { measures, ledger } = simulate(scenario, { replication });
    if (!ledger.conserves || ledger.answered !== clients) throw new Error('not all clients have written');
    calls += measures['row.writes']!.value! / replications;
    timeMs += measures['clients.roundTrip.max']!.value! / replications;
  }
  return { calls, timeMs };
}
