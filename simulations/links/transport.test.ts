import { describe, expect, it } from 'vitest';
import { every, run, takes, times, type Parts } from '../by-hand.fixture.ts';
import type { Run, ScenarioSource } from '../index.ts';

type Link = NonNullable<ScenarioSource['links']>[number];
const over = (
  link: Partial<Link>,
  horizon: number,
  clients: Parts[string],
  more: Partial<ScenarioSource> = {},
): Run => {
  const made = run({ clients, server: takes(1, { threads: null }) }, horizon, {
    links: [{ from: 'clients', to: 'server', ...link }],
    ...more,
  });
  expect(made.ledger.conserves).toBe(true);
  return made;
};
const at = (...times: number[]): Parts[string] => ({
  kind: 'traffic',
  arrivals: { pattern: 'trace', times },
  calls: ['server'],
});
const returned = ({ trace }: Run) => Array.from(trace!.hops.returnedAt, (time) => time / 1000);

describe('a link', () => {
  it('loses its share of messages each way, and nobody is told (L11)', () => {
    const made = over({ loss: 0.2 }, 20_000, every(1));
    const arrived = made.measures['server.arrivals']!.value! / made.ledger.made;
    const answered = made.ledger.answered / made.ledger.made;
    expect(arrived).toBeCloseTo(0.8, 1);
    expect(Math.abs(arrived - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / 20_000));
    expect(Math.abs(answered - 0.64)).toBeLessThan(4 * Math.sqrt(0.23 / 20_000));
    expect(made.ledger.inside).toBe(made.ledger.made - made.ledger.answered);
  });

  it('sends a lost message again when the transport does so, each time after a longer wait (L11)', () => {
    const made = over({ loss: 1, retransmit: { after: 1, factor: 2, most: 3 }, timeout: 100 }, 200, at(1));
    // lost at 1, 2, 4 and 8: then for good, and the time limit notices
    expect(made.failures[0]).toMatchObject({ reason: 'timeout' });
    const sometimes = over({ loss: 0.3, retransmit: { after: 1, factor: 1, most: 100 } }, 20_000, every(1));
    // each way waits p / (1 − p) on average
    const wait = sometimes.measures['clients.roundTrip.mean']!.value! - 1;
    expect(Math.abs(wait - (2 * 0.3) / 0.7)).toBeLessThan(0.04);
  });

  it('lets messages pass one after the other where it is narrow (L12)', () => {
    const made = over({ bandwidth: 0.5, latency: 1 }, 30, at(1, 1, 1));
    // two seconds each on the way there: arrived at 4, 6, 8; served a second; the same on the way back
    expect(Array.from(made.trace!.hops.arrivedAt, (time) => time / 1000)).toEqual([4, 6, 8]);
    expect(returned(made)).toEqual([8, 10, 12]);
  });

  const faults = (action: string, amount?: number) => [
    { id: 'cut', part: 'clients>server', action, duration: 5, ...(amount === undefined ? {} : { amount }) },
  ];
  const inputs = [{ at: 2, fault: 'cut' }];

  it('that is cut loses what is on it and tells nobody (L13)', () => {
    const made = over({ latency: 0.5 }, 20.2, at(1, 3, 8), { faults: faults('partition'), inputs });
    // the first was served when the link was cut: its answer is lost
    expect(returned(made)).toEqual([-0.001, -0.001, 10]);
    expect(made.ledger).toMatchObject({ answered: 1, inside: 2 });
  });

  it('that refuses fails a call at once (L13)', () => {
    const made = over({ latency: 0.5 }, 20.2, at(3, 8), { faults: faults('refuse'), inputs });
    expect(made.failures).toEqual([{ reason: 'unreachable', by: 'clients', source: 'clients', count: 1 }]);
    expect(returned(made)).toEqual([3, 10]);
  });

  it('that is slowed or made lossy is so as long as the fault lasts (L13)', () => {
    const slow = over({ latency: 0.5 }, 20.2, at(3, 8), { faults: faults('delay', 4), inputs });
    expect(returned(slow)).toEqual([8, 10]);
    const lossy = over({}, 20.2, at(3, 8), { faults: faults('lose', 1), inputs });
    expect(returned(lossy)).toEqual([-0.001, 9]);
  });

  it('is what it was for all that a fault did not touch (S2)', () => {
    const plain = over({ latency: 0.5 }, 20.2, at(1, 3, 8));
    const touched = over({ latency: 0.5 }, 20.2, at(1, 3, 8), { faults: faults('delay', 4) });
    expect(times(touched)).toEqual(times(plain));
  });
});
