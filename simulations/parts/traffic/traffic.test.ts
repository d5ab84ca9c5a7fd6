import { describe, expect, it } from 'vitest';
import { every, run, takes, times, type Faults, type Parts } from '../../by-hand.fixture.ts';

describe('traffic', () => {
  it('an open pattern sends whatever becomes of the earlier requests (P1)', () => {
    expect(times(run({ clients: every(1), server: takes(10) }, 4.5)).map(([sent]) => sent)).toEqual([1, 2, 3, 4]);
  });

  it('a closed pattern has at most one request per user under way, and thinks first (P1)', () => {
    const clients = {
      kind: 'traffic',
      arrivals: { pattern: 'closed', users: 1, think: { law: 'constant', mean: 2 } },
      calls: ['server'],
    } satisfies Parts[string];
    expect(times(run({ clients, server: takes(3) }, 13))).toEqual([
      [2, 2, 5],
      [7, 7, 10],
      [12, 12, null],
    ]);
  });

  it('a surge walks what is left of a gap at the new pace, and the gap that it ends in at the old one (P2)', () => {
    const faults: Faults = [{ id: 'rush', part: 'clients', action: 'surge', duration: 2, amount: 2 }];
    // arrivals every 4 s; pace 2 from 2 to 4: the 4 s gap has 2 left, walked in 1 s; the next 4 s gap has 2 left at 4
    const surged = run({ clients: every(4), server: takes(0.1) }, 12, { faults, inputs: [{ at: 2, fault: 'rush' }] });
    expect(times(surged).map(([sent]) => sent)).toEqual([3, 6, 10]);
  });

  it('stops are visited one after the other, and the round trip is of all of them (Q1)', () => {
    const trip = run({ clients: every(5, ['first', 'second']), first: takes(1), second: takes(2) }, 9.5);
    expect(times(trip)).toEqual([
      [5, 5, 6],
      [6, 6, 8],
    ]);
    expect(trip.measures['clients.roundTrip.mean']!.value).toBe(3);
  });

  it('the first failure ends a request (Q1)', () => {
    const { ledger, trace } = run(
      { clients: every(1, ['first', 'second']), first: takes(10, { queueLimit: 0 }), second: takes(1) },
      5.5,
    );
    expect(ledger).toMatchObject({ made: 5, failed: 4, inside: 1 });
    expect(trace!.hops.count).toBe(5);
  });
});
