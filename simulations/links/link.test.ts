import { describe, expect, it } from 'vitest';
import { every, run, takes } from '../by-hand.fixture.ts';
import type { ScenarioSource } from '../index.ts';

describe('link', () => {
  it('takes its time on the way there and back; response holds neither, the round trip both (L1)', () => {
    const far = run({ clients: every(5), server: takes(1) }, 9, {
      links: [{ from: 'clients', to: 'server', latency: 0.5 }],
    });
    const { hops } = far.trace!;
    expect([hops.sentAt[0], hops.arrivedAt[0], hops.endedAt[0], hops.returnedAt[0]]).toEqual([5000, 5500, 6500, 7000]);
    expect(far.measures['server.response.mean']!.value).toBe(1);
    expect(far.measures['clients.roundTrip.mean']!.value).toBe(2);
  });

  it('may vary, and then requests overtake each other', () => {
    const links: ScenarioSource['links'] = [
      { from: 'clients', to: 'server', latency: { law: 'exponential', mean: 5 } },
    ];
    const { hops } = run({ clients: every(0.1), server: takes(0) }, 60, { links }).trace!;
    const arrivals = [...hops.arrivedAt].filter((at) => at >= 0);
    expect(arrivals).not.toEqual(arrivals.toSorted((a, b) => a - b));
  });
});
