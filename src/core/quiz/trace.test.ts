/** What a trace says of a followed request: on runs written down by hand, each made for what is asked of it. */
import { describe, expect, it } from 'vitest';
import { fateNames } from '../playback/fates.ts';
import { writtenRun, type HopRow } from '../playback/story.fixture.ts';
import type { RequestWay } from './question.ts';
import { readRequest } from './trace.ts';
import type { Follow, TracingFacts, TracingStep } from './types/tracing/grading.ts';

const parts = ['clients', 'shop', 'bank'];
const fate = (name: (typeof fateNames)[number]): number => fateNames.indexOf(name);
const ANSWERED = fate('answered');

/** A customer's call that is served at once and answered. */
const customer = (row: Partial<HopRow> = {}): HopRow => {
  const sent = row.sent ?? 0;
  return {
    from: 'clients',
    to: 'shop',
    arrived: sent + 1,
    started: sent + 1,
    ended: sent + 90,
    returned: sent + 91,
    fate: ANSWERED,
    ...row,
    sent,
  };
};
const asked = (row: Partial<HopRow>): HopRow => ({ from: 'shop', to: 'bank', parent: 0, sent: 2, ...row });

function read(hops: HopRow[], step: Partial<TracingStep> & Pick<TracingStep, 'asks'>, follow: Partial<Follow> = {}) {
  const facts = {
    id: 'q',
    run: { scenario: 's' },
    seed: 1,
    follow: { which: 'first', nth: 1, ...follow },
    steps: { it: { call: 1, distractors: [], ...step } },
  } as unknown as TracingFacts;
  const { key, values, way } = readRequest(writtenRun({ parts, hops }), facts);
  return { said: values['it'] ?? key['it'], request: (way as RequestWay).request };
}
const said = (...given: Parameters<typeof read>): string | number | undefined => read(...given).said;

describe('at the door a call', () => {
  const door = (row: Partial<HopRow>): unknown => said([customer(row)], { asks: 'door' });
  it('is served where it did not wait', () => expect(door({})).toBe('served'));
  it('is queued where it did, also when it left the line before its turn', () => {
    expect(door({ started: 40 })).toBe('queued');
    expect(door({ started: -1, ended: 50, fate: fate('impatient') })).toBe('queued');
    expect(door({ started: -1, ended: -1, returned: -1, fate: fate('inside') })).toBe('queued');
  });
  it('is refused where it was turned away at once', () =>
    expect(door({ started: -1, ended: 1, fate: fate('queue-full') })).toBe('refused'));
  it('is lost where it never arrived', () =>
    expect(door({ arrived: -1, started: -1, ended: 0, returned: 0, fate: fate('breaker-open') })).toBe('lost'));
});

describe('for its caller a call ends', () => {
  const end = (row: Partial<HopRow>): unknown => said([customer(row)], { asks: 'end' });
  it.each([
    ['answered', { fate: ANSWERED }],
    ['refused', { fate: fate('queue-full') }],
    ['timed-out', { fate: fate('deadline') }],
    ['failed', { fate: fate('crashed') }],
    ['given-up', { fate: ANSWERED, abandoned: true }],
    ['open', { fate: fate('inside'), ended: -1, returned: -1 }],
  ] as const)('as %s', (outcome, row) => expect(end(row)).toBe(outcome));
});

describe('when a call has ended its caller', () => {
  const late = asked({ arrived: 3, started: 40, ended: 70, returned: 71, fate: ANSWERED, abandoned: true });
  const again = asked({ sent: 20, arrived: 21, started: 21, ended: 60, returned: 61, fate: ANSWERED, attempt: 1 });
  const then = (hops: HopRow[], call: number): unknown => said(hops, { asks: 'then', call });
  it('tries again, where it did', () => expect(then([customer(), late, again], 2)).toBe('retries'));
  it('is done, where its own work was answered', () => {
    expect(then([customer(), again], 2)).toBe('done');
    expect(then([customer()], 1)).toBe('done');
  });
  it('calls on, where it had more to ask', () => {
    const next = asked({ sent: 62, arrived: 63, started: 63, ended: 70, returned: 71, fate: ANSWERED });
    expect(then([customer(), asked({ ...again, attempt: 0 }), next], 2)).toBe('calls-on');
  });
  it('fails, where nothing came of it', () => {
    const failed = { fate: fate('error') };
    expect(then([customer(failed), asked({ ...again, ...failed })], 2)).toBe('fails');
    expect(then([customer(failed)], 1)).toBe('fails');
  });
  it('waits, where the run ended before', () => {
    const open = { fate: fate('inside'), ended: -1, returned: -1 };
    expect(then([customer(open)], 1)).toBe('waits');
  });

  it('what nobody waits for any more is worked on, or dropped', () => {
    const unwanted = (hops: HopRow[]): unknown => said(hops, { asks: 'unwanted', call: 2 });
    expect(unwanted([customer(), late, again])).toBe('worked-on');
    const told = asked({ arrived: 3, ended: 20, returned: 21, fate: fate('timeout'), abandoned: true });
    expect(unwanted([customer(), told, again])).toBe('dropped');
    expect(() => unwanted([customer(), again])).toThrow(/steps\.it: the run does not say "unwanted" for call 2/);
  });
});

describe('the numbers are', () => {
  const hops = [
    customer({ request: 0, sent: 0, started: 1, ended: 100 }),
    customer({ request: 1, sent: 10, started: 100, ended: 150, returned: 151 }),
    customer({ request: 2, sent: 20, started: 150, ended: 180, returned: 182 }),
  ];
  const of = (asks: TracingStep['asks'], nth = 3): unknown => said(hops, { asks }, { nth });
  it('how many were there before it, waiting or served', () => {
    expect([of('ahead', 1), of('ahead', 2), of('ahead')]).toEqual([0, 1, 2]);
  });
  it('how long it stood in line, was served and was away, in the unit of the scenario, with two figures', () => {
    expect([of('waited'), of('worked'), of('took')]).toEqual([1.3, 0.3, 1.6]);
  });
  it('how often a call was tried, and how many there were', () => {
    const tries = [0, 1, 2].map((attempt) =>
      asked({ sent: 2 + attempt, arrived: 5, started: 5, ended: 6, returned: 7, attempt, fate: fate('error') }),
    );
    expect(said([customer(), ...tries], { asks: 'tries', call: 2 })).toBe(3);
    expect(said([customer(), ...tries], { asks: 'calls' })).toBe(4);
  });
});

it('a part is named by the call that reaches it', () => {
  const hops = [customer(), asked({ arrived: 3, started: 3, ended: 4, returned: 5, fate: ANSWERED })];
  expect(said(hops, { asks: 'part', call: 2 })).toBe('bank');
  expect(() => said(hops, { asks: 'part', call: 3 })).toThrow(
    /request 0, which makes 2 calls; right would be another call/,
  );
});

describe('a request is chosen', () => {
  const hops = [
    customer({ request: 0 }),
    customer({ request: 1, sent: 100, started: 150 }),
    customer({ request: 2, sent: 200, started: -1, ended: 201, returned: 202, fate: fate('queue-full') }),
    customer({ request: 3, sent: 300, started: 350, returned: 800 }),
  ];
  const chosen = (follow: Partial<Follow>): number => read(hops, { asks: 'calls' }, follow).request;
  it('by who came first', () => expect([chosen({}), chosen({ nth: 2 })]).toEqual([0, 1]));
  it('by who came after a time', () => expect(chosen({ after: 1.5 })).toBe(2));
  it('by who took longest', () =>
    expect([chosen({ which: 'slowest' }), chosen({ which: 'slowest', nth: 2 })]).toEqual([3, 0]));
  it('by how it ended and why', () => {
    expect(chosen({ outcome: 'failed' })).toBe(2);
    expect(chosen({ reason: 'queue-full' })).toBe(2);
  });
  it('by how it was met', () => expect(chosen({ door: 'queued' })).toBe(1));
  it('or not at all, and that is said with question, run and remedy', () => {
    expect(() => chosen({ tries: 2 })).toThrow(
      'question "q", follow: no request of this run is as the rule says; right would be a rule that the run of "s" with seed 1 has a request for',
    );
  });
});
