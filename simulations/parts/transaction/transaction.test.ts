import { describe, expect, it } from 'vitest';
import cases from '../../golden/cases.json' with { type: 'json' };
import type { GoldenCase } from '../../golden/golden.ts';
import { simulate, theory, type Run, type ScenarioSource } from '../../index.ts';
import { of, sound } from '../door/door.fixture.ts';
import { protocols, ran, shop, stays, three, type Protocol } from './transactions.fixture.ts';

const exponential = (mean: number) => ({ law: 'exponential' as const, mean });
const readings = (run: Run, part: string) => run.state[part]!.readings!;
/** That nothing is under way, nothing held, and every transaction accounted for. */
function isQuiet(run: Run): void {
  const ended = ['commits', 'aborts', 'lost'].reduce((sum, name) => sum + of(run, `tx.${name}`)!, 0);
  expect(of(run, 'tx.started')).toBe(ended);
  expect(readings(run, 'tx')).toEqual({ open: 0, isDown: false, unacknowledged: 0, outbox: 0 });
  for (const part of three)
    expect(readings(run, part)).toMatchObject({ isDown: false, locks: 0, prepared: 0, unacknowledged: 0 });
}
/** That orders are done whole or not at all, and once. */
function isWhole(run: Run): void {
  for (const name of ['doubled', 'wronglyUndone', 'halfDone.last', 'exposed.last'])
    expect(of(run, `tx.${name}`)).toBe(0);
}

describe('two-phase commit', () => {
  it('takes the times and messages of the golden case', () => {
    const golden = (cases as unknown as GoldenCase[]).find(({ id }) => id === '2pc')!;
    const run = ran('two-phase-commit');
    const measured: Record<string, number | null> = {
      coordinatorDecisionMs: of(run, 'tx.decision.mean'),
      participantsCommittedMs: of(run, 'tx.committed.mean'),
      allAckedMs: of(run, 'tx.acknowledged.mean'),
      lockHoldMs: of(run, 'payment.lockHold.mean'),
      messages: of(run, 'tx.messages'),
    };
    expect(golden.params).toEqual({ oneWayMs: 10, participants: 3 });
    for (const { metric, value } of golden.expect) expect([metric, measured[metric]]).toEqual([metric, value]);
    expect(stays(run, 'payment')).toEqual([
      [10, 10],
      [30, 30],
    ]);
    isQuiet(run);
  });

  it('answers its caller at the decision, or when all have acknowledged', () => {
    expect(of(ran('two-phase-commit'), 'clients.roundTrip.mean')).toBe(20);
    expect(of(ran('two-phase-commit', { tx: { answersAfter: 'acknowledged' } }), 'clients.roundTrip.mean')).toBe(40);
  });

  it('decides when the slowest has voted; whoever voted keeps its lock until the decision is there (P70)', () => {
    const run = ran('two-phase-commit', { payment: { work: 7 }, all: { commitWork: 3 } });
    expect(of(run, 'tx.decision.mean')).toBe(27);
    expect(of(run, 'stock.inDoubt.mean')).toBe(27);
    expect(of(run, 'payment.inDoubt.mean')).toBe(20);
    // prepared at 10, told at 37, committed at 40
    expect(of(run, 'stock.lockHold.mean')).toBe(30);
    expect(of(run, 'tx.committed.mean')).toBe(40);
  });

  it('decides at 2d + the mean of the slowest when work is exponential', () => {
    const transactions = 20_000;
    const run = sound(
      simulate(
        shop('two-phase-commit', {
          clients: { arrivals: { pattern: 'constant', rate: 0.1 }, keys: { count: 100_000, law: 'uniform' } },
          all: { work: exponential(6), locks: false },
          horizon: transactions * 10,
        }),
      ),
    );
    const expected = theory.twoPhaseCommit(10, 3, theory.slowestMean(6, 3));
    // the slowest of three has a deviation of 6 × √(1 + 1/4 + 1/9)
    const error = (6 * Math.sqrt(1 + 1 / 4 + 1 / 9)) / Math.sqrt(transactions);
    expect(Math.abs(of(run, 'tx.decision.mean')! - expected.decided)).toBeLessThan(4 * error);
    expect(Math.abs(of(run, 'tx.committed.mean')! - expected.committed)).toBeLessThan(4 * error);
    expect(Math.abs(of(run, 'tx.acknowledged.mean')! - expected.acknowledged)).toBeLessThan(4 * error);
    expect(of(run, 'tx.messages')).toBeCloseTo(expected.messages, 2);
  });

  it('lets one transaction after the other change a row, each for as long as it holds the lock', () => {
    // every order is for the one key: the next is prepared when the decision on the one before is there
    const run = ran('two-phase-commit', { when: [0, 1, 2], payment: { work: 5 } });
    const held = theory.twoPhaseCommit(10, 3, 5).lockHeld;
    expect(stays(run, 'payment')).toEqual([
      [10, 15],
      [11, 15 + held],
      [12, 15 + 2 * held],
      [35, 35],
      [35 + held, 35 + held],
      [35 + 2 * held, 35 + 2 * held],
    ]);
    const hot = sound(
      simulate(
        shop('two-phase-commit', {
          clients: { arrivals: { pattern: 'closed', users: 20, think: exponential(1) } },
          all: { work: 5 },
          horizon: 100_000,
          more: { warmUp: 1000 },
        }),
      ),
    );
    expect(of(hot, 'tx.throughput')! / theory.hotRowThroughput(held)).toBeCloseTo(1, 3);
    const saga = sound(
      simulate(
        shop('orchestrated-saga', {
          clients: { arrivals: { pattern: 'closed', users: 20, think: exponential(1) } },
          all: { work: 5 },
          horizon: 100_000,
          more: { warmUp: 1000 },
        }),
      ),
    );
    expect(of(saga, 'tx.throughput')! / theory.hotRowThroughput(5)).toBeCloseTo(1, 3);
  });

  it('aborts at the first no, and tells it to all who have not said no (P70)', () => {
    const run = ran('two-phase-commit', { stock: { work: 50 }, payment: { refuses: 1 } });
    expect(of(run, 'tx.decision.mean')).toBe(20);
    // stock was at work and is told to stop at 30
    expect(stays(run, 'stock')).toEqual([
      [10, 30],
      [30, 30],
    ]);
    expect(stays(run, 'payment')).toEqual([[10, 10]]);
    expect(of(run, 'tx.rolledBack.mean')).toBe(40);
    expect(run.failures).toEqual([{ reason: 'aborted', by: 'payment', source: 'clients', count: 1 }]);
    expect(readings(run, 'shipping')['done']).toBe(0);
    isQuiet(run);
  });

  it('aborts as `timeout` when a vote does not come, and an abort that overtakes its order to prepare is kept', () => {
    const cut = ran('two-phase-commit', {
      tx: { answerTimeout: 60 },
      faults: { 'tx>payment partition': { at: 0, lasts: 200 } },
      when: [1],
    });
    expect(of(cut, 'tx.decision.mean')).toBe(60);
    expect(cut.failures).toEqual([{ reason: 'timeout', by: 'tx', source: 'clients', count: 1 }]);
    // the abort is lost twice, at 61 and 161, and heard at 261 + 10
    expect(stays(cut, 'payment')).toEqual([[271, 271]]);
    isQuiet(cut);
    // what is delayed to 100 ms finds the abort before it: it was sent when the link was quick again
    const late = ran('two-phase-commit', {
      tx: { answerTimeout: 30 },
      faults: { 'tx>payment delay': { at: 0, lasts: 20, amount: 10 } },
      when: [1],
    });
    expect(stays(late, 'payment')).toEqual([
      [41, 41],
      [101, 101],
    ]);
    isQuiet(late);
    isWhole(late);
  });

  it('keeps all locks while its coordinator is down after the votes, and takes back what was undecided (P71)', () => {
    // prepared at 10, votes on their way; the coordinator is down from 15 to 515
    const run = ran('two-phase-commit', { faults: { 'tx crash': { at: 15, lasts: 500 } }, when: [0, 5] });
    expect(of(run, 'stock.lockHold.max')).toBe(515);
    expect(of(run, 'stock.inDoubt.max')).toBe(515);
    expect(of(run, 'stock.prepared.max')).toBe(1);
    expect(of(run, 'tx.aborts')).toBe(2);
    expect(run.failures).toEqual([{ reason: 'crashed', by: 'tx', source: 'clients', count: 2 }]);
    expect(run.trace!.marks.some(({ kind, detail }) => kind === 'event' && detail === 'recovered')).toBe(true);
    isQuiet(run);
    isWhole(run);
  });

  it('tells a decision again that was in its log before the crash (P71)', () => {
    // decided at 20, told at 30; the acknowledgements of 40 are not heard
    const run = ran('two-phase-commit', { faults: { 'tx crash': { at: 35, lasts: 100 } } });
    expect(of(run, 'tx.commits')).toBe(1);
    expect(of(run, 'tx.acknowledged.mean')).toBe(155);
    expect(of(run, 'stock.lockHold.mean')).toBe(20);
    expect(readings(run, 'stock')['done']).toBe(1);
    isQuiet(run);
  });

  it('sends a decision again that was lost, however often, and once is enough (P72)', () => {
    const run = ran('two-phase-commit', { faults: { 'tx>stock partition': { at: 20, lasts: 150 } }, when: [0.5] });
    // lost at 20.5 and 120.5; sent again at 220.5
    expect(stays(run, 'stock')).toEqual([
      [10.5, 10.5],
      [230.5, 230.5],
    ]);
    expect(of(run, 'tx.acknowledged.mean')).toBe(240);
    isQuiet(run);
    // an acknowledgement that takes longer than the time until the next try still counts
    const slow = ran('two-phase-commit', { tx: { resendAfter: 3 } });
    expect(of(slow, 'tx.acknowledged.mean')).toBe(40);
    expect(readings(slow, 'stock')['done']).toBe(1);
    isQuiet(slow);
  });
});

describe('a saga', () => {
  it('takes its steps one after the other, each with a lock for its own work only (P73)', () => {
    const run = ran('orchestrated-saga', { all: { work: 5 } });
    const expected = theory.orchestratedSaga(10, 3, 5);
    expect(of(run, 'tx.decision.mean')).toBe(expected.done);
    expect(of(run, 'stock.lockHold.mean')).toBe(expected.lockHeld);
    expect(of(run, 'tx.messages')).toBe(expected.messages);
    // the first counts at 15, the last at 65
    expect(of(run, 'tx.exposure.mean')).toBe(50);
    expect(of(run, 'tx.exposed.mean')).toBe(50 / 1000);
    isQuiet(run);
  });

  it('undoes in reverse order what was done before the step that failed (P73)', () => {
    const run = ran('orchestrated-saga', { all: { work: 5, undoWork: 2 }, shipping: { refuses: 1 } });
    expect(stays(run, 'payment')).toEqual([
      [35, 40],
      [85, 87],
    ]);
    expect(stays(run, 'stock')).toEqual([
      [10, 15],
      [107, 109],
    ]);
    expect(stays(run, 'shipping')).toEqual([[60, 65]]);
    expect(of(run, 'tx.decision.mean')).toBe(75);
    expect(of(run, 'tx.rolledBack.mean')).toBe(119);
    expect(of(run, 'tx.compensations')).toBe(2);
    expect(of(run, 'tx.exposure.mean')).toBe(109 - 15);
    expect(of(run, 'tx.staleness.mean')).toBe(null);
    expect(run.failures).toEqual([{ reason: 'aborted', by: 'shipping', source: 'clients', count: 1 }]);
    isQuiet(run);
    isWhole(run);
  });

  it('undoes a step, too, of which it does not know whether it was done (P73)', () => {
    // payment was done at 40, and its answer is lost
    const own = {
      all: { work: 5 },
      faults: { 'tx>payment partition': { at: 38, lasts: 60 } },
      tx: { answerTimeout: 40 },
    };
    const run = ran('orchestrated-saga', own);
    // given up at 65; lost at 65, and sent again
    expect(stays(run, 'payment').map(([arrived]) => arrived)).toEqual([35, 175]);
    expect(of(run, 'payment.compensations')).toBe(1);
    expect(of(run, 'tx.rolledBack.mean')).toBe(190 + 20 + 5);
    expect(run.failures).toEqual([{ reason: 'timeout', by: 'tx', source: 'clients', count: 1 }]);
    isQuiet(run);
    isWhole(run);
    // it was never asked: what undoes nothing sees to it that nothing is done later
    const never = ran('orchestrated-saga', { ...own, faults: { 'tx>payment partition': { at: 20, lasts: 60 } } });
    expect(of(never, 'payment.compensations')).toBe(0);
    isQuiet(never);
    isWhole(never);
  });

  it('compensates by another part where it says so, and by parts of any kind', () => {
    const server = { kind: 'service', threads: null, service: { law: 'constant', mean: 5 } } as const;
    const run = ran('orchestrated-saga', {
      tx: { participants: [{ to: 'stock', compensates: 'refund' }, { to: 'server' }, { to: 'payment' }] },
      payment: { refuses: 1 },
      parts: { refund: server, server },
    });
    expect(stays(run, 'server').length).toBe(2);
    expect(stays(run, 'refund').length).toBe(1);
    expect(of(run, 'tx.compensations')).toBe(2);
    expect(readings(run, 'stock')['done']).toBe(1);
    isWhole(run);
  });

  it('goes on from its log after a crash: the step that it was at is asked for again (P71)', () => {
    const own = { all: { work: 5 }, faults: { 'tx crash': { at: 45, lasts: 100 } } };
    const run = ran('orchestrated-saga', own);
    // payment was done at 40; its answer of 50 is not heard
    expect(stays(run, 'payment')).toEqual([
      [35, 40],
      [155, 155],
    ]);
    expect(of(run, 'tx.acknowledged.mean')).toBe(190);
    isQuiet(run);
    isWhole(run);
    const twice = ran('orchestrated-saga', { ...own, all: { work: 5, idempotency: false } });
    expect(of(twice, 'payment.doubled')).toBe(1);
    expect(of(twice, 'tx.doubled')).toBe(1);
  });

  it('that is choreographed goes from one to the next, and its end is told (P74)', () => {
    const run = ran('choreographed-saga', { all: { work: 5 } });
    const expected = theory.choreographedSaga(10, 3, 5);
    expect(of(run, 'tx.committed.mean')).toBe(expected.done);
    expect(of(run, 'tx.decision.mean')).toBe(expected.done + 10);
    expect(of(run, 'tx.messages')).toBe(expected.messages + 1);
    expect(of(run, 'tx.exposure.mean')).toBe(30);
    isQuiet(run);
  });

  it('that is choreographed goes back the way it came (P74)', () => {
    const run = ran('choreographed-saga', { all: { work: 5, undoWork: 2 }, shipping: { refuses: 1 } });
    // refused at 45; undone at payment at 57, at stock at 69, told at 79
    expect(of(run, 'tx.decision.mean')).toBe(79);
    expect(of(run, 'tx.messages')).toBe(6);
    expect(of(run, 'tx.exposure.mean')).toBe(69 - 15);
    expect(run.failures).toEqual([{ reason: 'aborted', by: 'tx', source: 'clients', count: 1 }]);
    isQuiet(run);
    isWhole(run);
  });

  it('that is choreographed needs nobody in charge: it goes on while it is down where it began (P74)', () => {
    const run = ran('choreographed-saga', { all: { work: 5 }, faults: { 'tx crash': { at: 12, lasts: 200 } } });
    expect(of(run, 'tx.committed.mean')).toBe(45);
    // its end is told at 55 and 155 to nobody, and at 255 to it
    expect(of(run, 'tx.decision.mean')).toBe(255);
    isQuiet(run);
    // an event that nobody could deal with is sent again, at 115
    const down = ran('choreographed-saga', { all: { work: 5 }, faults: { 'payment crash': { at: 27, lasts: 90 } } });
    expect(of(down, 'tx.committed.mean')).toBe(125 + 5 + 10 + 5);
    isQuiet(down);
    isWhole(down);
  });

  it('is refused to the same customers whatever the protocol', () => {
    const orders = Array.from({ length: 200 }, (_, i) => i * 200);
    const own = { when: orders, horizon: 50_000, all: { work: exponential(5), refuses: 0.1 } };
    const commits = protocols.slice(0, 3).map((protocol) => of(ran(protocol, own), 'tx.commits'));
    expect(new Set(commits).size).toBe(1);
    expect(commits[0]).toBeGreaterThan(120);
    expect(commits[0]).toBeLessThan(170);
  });
});

describe('keys of idempotency', () => {
  const twice = { when: Array.from({ length: 50 }, (_, i) => i * 20), all: { work: 3 }, horizon: 2000 };
  const duplicated = (protocol: Protocol, idempotency: boolean) =>
    ran(protocol, {
      ...twice,
      all: { work: 3, idempotency },
      faults: {
        'tx duplicate': { at: 0, lasts: 2000, amount: 0.5 },
        'stock duplicate': { at: 0, lasts: 2000, amount: 0.5 },
        'payment duplicate': { at: 0, lasts: 2000, amount: 0.5 },
      },
    });

  it.each(['orchestrated-saga', 'choreographed-saga'] as const)(
    'let no message count twice in the %s; without them orders are paid twice (P75)',
    (protocol) => {
      const safe = duplicated(protocol, true);
      isQuiet(safe);
      isWhole(safe);
      expect(of(safe, 'payment.repeats')).toBeGreaterThan(10);
      const unsafe = duplicated(protocol, false);
      expect(of(unsafe, 'payment.doubled')).toBeGreaterThan(10);
      expect(of(unsafe, 'tx.doubled')).toBe(three.reduce((sum, part) => sum + of(unsafe, `${part}.doubled`)!, 0));
    },
  );

  it('are part of two-phase commit in any case (P75)', () => {
    const run = duplicated('two-phase-commit', false);
    isQuiet(run);
    isWhole(run);
  });

  it('let a request that its caller makes again have one transaction and one answer (P76)', () => {
    // each try waits for 30 ms, and the saga takes 75
    const own = { all: { work: 5 }, asks: { timeout: 30, retry: { most: 3, backoff: 'none' } } };
    const safe = ran('orchestrated-saga', own);
    expect([of(safe, 'tx.started'), of(safe, 'tx.repeats'), of(safe, 'clients.answered')]).toEqual([1, 2, 1]);
    expect(of(safe, 'clients.roundTrip.mean')).toBe(75);
    isWhole(safe);
    const unsafe = ran('orchestrated-saga', { ...own, tx: { idempotency: false } });
    expect(of(unsafe, 'tx.started')).toBe(4);
    expect(of(unsafe, 'payment.doubled')).toBe(3);
    expect(of(unsafe, 'clients.failed')).toBe(1);
    isQuiet(unsafe);
  });

  it('let a request begin anew when nothing is left of it, and have its answer when it was committed (P76)', () => {
    const retry = { most: 3, backoff: 'fixed', base: 200, on: ['timeout', 'crashed', 'lock-timeout'] };
    const again = ran('orchestrated-saga', {
      asks: { retry },
      tx: { answerTimeout: 25 },
      faults: { 'payment slow': { at: 0, lasts: 100, amount: 100 } },
      all: { work: 1 },
    });
    // 11, 22, 32 … asked at 21, given up at 46; the next try at 246 meets a payment that is quick
    expect([of(again, 'tx.aborts'), of(again, 'tx.commits'), of(again, 'clients.answered')]).toEqual([1, 1, 1]);
    isQuiet(again);
    isWhole(again);
    const known = ran('two-phase-commit', { asks: { latency: 1, timeout: 21, retry }, horizon: 500 });
    // the answer of 22 comes too late; asked again at 221, it is there at once
    expect([of(known, 'tx.started'), of(known, 'clients.roundTrip.mean')]).toEqual([1, 223]);
  });
});

describe('copies', () => {
  const copies = { participants: [{ to: 'stock' }, { to: 'shipping' }] };
  const work = { all: { work: 5 } };

  it('that are written one after the other drift apart when the writer crashes in between (P77)', () => {
    const run = ran('dual-write', { ...work, tx: copies, faults: { 'tx crash': { at: 20, lasts: 100 } } });
    expect(of(run, 'tx.lost')).toBe(1);
    expect([readings(run, 'stock')['done'], readings(run, 'shipping')['done']]).toEqual([1, 0]);
    expect(of(run, 'tx.halfDone.last')).toBe(1);
    expect(of(run, 'tx.halfDone.mean')).toBe((1000 - 20) / 1000);
    // a crash before or after harms nobody
    for (const at of [12, 47]) {
      const harmless = ran('dual-write', { ...work, tx: copies, faults: { 'tx crash': { at, lasts: 100 } } });
      expect(of(harmless, 'tx.halfDone.last')).toBe(at === 12 ? 1 : 0);
    }
  });

  it('drift apart, too, when the second is not written', () => {
    const run = ran('dual-write', { ...work, tx: copies, shipping: { ...work.all, refuses: 1 } });
    expect([of(run, 'tx.aborts'), of(run, 'tx.halfDone.last'), of(run, 'tx.compensations')]).toEqual([1, 1, 0]);
  });

  it('that an outbox feeds are written in the end, whenever the crash comes (P77)', () => {
    for (const at of [3, 12, 20, 27, 33, 47]) {
      const run = ran('outbox', { ...work, tx: copies, faults: { 'tx crash': { at, lasts: 100 } } });
      // the row is there from 15 on, whether or not the coordinator hears of it
      expect([readings(run, 'stock')['done'], readings(run, 'shipping')['done']]).toEqual([1, 1]);
      isQuiet(run);
      isWhole(run);
      expect(of(run, 'tx.staleness.mean')).toBe(at < 15 ? at + 100 + 10 + 5 - 15 : 15);
    }
  });

  it('are as stale as the relay is slow to look, and the message on its way (P77)', () => {
    const run = ran('outbox', { ...work, tx: { ...copies, pollEvery: 50 } });
    // written at 15, seen at 50, copied at 65; the caller has its answer at 25
    expect(of(run, 'tx.staleness.mean')).toBe(50);
    expect(of(run, 'tx.acknowledged.mean')).toBe(75);
    expect(of(run, 'clients.roundTrip.mean')).toBe(25);
    const many = 20_000;
    const drawn = sound(
      simulate(
        shop('outbox', {
          clients: { arrivals: { pattern: 'poisson', rate: 0.1 }, keys: { count: 100_000, law: 'uniform' } },
          all: { work: 5, locks: false },
          tx: { ...copies, pollEvery: 50 },
          horizon: many * 10,
        }),
      ),
    );
    // uniform over a period: its deviation is 50 / √12
    expect(Math.abs(of(drawn, 'tx.staleness.mean')! - 40)).toBeLessThan((4 * 50) / Math.sqrt(12 * many));
  });

  it('are told again until they are written, and once is enough', () => {
    const run = ran('outbox', { ...work, tx: copies, faults: { 'shipping crash': { at: 20, lasts: 150 } } });
    // refused at 25 and 125, taken at 225
    expect(of(run, 'tx.staleness.mean')).toBe(225 + 5 - 15);
    isQuiet(run);
  });

  it('are counted as written when a part of another kind has answered', () => {
    const server = { kind: 'service', threads: null, service: { law: 'constant', mean: 5 } } as const;
    const run = ran('outbox', { tx: { participants: [{ to: 'a' }, { to: 'b' }] }, parts: { a: server, b: server } });
    expect([of(run, 'tx.commits'), of(run, 'tx.staleness.mean'), of(run, 'tx.halfDone.last')]).toEqual([1, 5, 0]);
    expect(readings(run, 'tx')).toMatchObject({ open: 0, outbox: 0 });
  });
});

describe('readers', () => {
  it('see intermediate states for the share of time that orders are half done (P78)', () => {
    const share = (protocol: Protocol) => {
      const run = sound(
        simulate(
          shop(protocol, {
            clients: { arrivals: { pattern: 'constant', rate: 0.005 } },
            all: { work: 5 },
            parts: {
              readers: { kind: 'traffic', arrivals: { pattern: 'poisson', rate: 0.1 }, calls: ['stock'] },
            },
            horizon: 200_000,
          }),
        ),
      );
      return of(run, 'stock.intermediate')!;
    };
    // of every 200 ms an order is half done for 50, 30 and 0; 20,000 readers look
    const error = (p: number) => 4 * Math.sqrt((p * (1 - p)) / 20_000);
    expect(Math.abs(share('orchestrated-saga') - 0.25)).toBeLessThan(error(0.25));
    expect(Math.abs(share('choreographed-saga') - 0.15)).toBeLessThan(error(0.15));
    expect(share('two-phase-commit')).toBe(0);
  });
});

describe('a transaction', () => {
  it('goes on to its end when its caller gives up', () => {
    const run = ran('orchestrated-saga', { all: { work: 5 }, asks: { timeout: 30, onTimeout: 'cancel' } });
    expect(of(run, 'tx.inside.max')).toBe(1);
    expect(of(run, 'tx.inside.mean')).toBe(0.03);
    expect([of(run, 'tx.commits'), of(run, 'clients.failed')]).toEqual([1, 1]);
    isQuiet(run);
  });

  it('is refused where too many are under way, and while the coordinator is down', () => {
    const run = ran('two-phase-commit', {
      when: [0, 1, 90],
      tx: { mostOpen: 1 },
      faults: { 'tx crash': { at: 80, lasts: 20 } },
    });
    expect(run.failures.map(({ reason }) => reason).toSorted()).toEqual(['bulkhead-full', 'unavailable']);
  });

  it('takes other time limits from a turned dial on', () => {
    const dial = (id: string, start: number) => ({
      id,
      unit: 'time' as const,
      min: 1,
      max: 1000,
      step: 1,
      start,
      sets: [`parts.tx.${id}`],
    });
    const run = ran('outbox', {
      when: [0, 300],
      tx: { participants: [{ to: 'stock' }, { to: 'shipping' }], pollEvery: 50 },
      faults: { 'shipping crash': { at: 355, lasts: 100 } },
      more: {
        dials: [dial('pollEvery', 50), dial('resendAfter', 100)],
        inputs: [
          { at: 200, dial: 'pollEvery', value: 7 },
          { at: 200, dial: 'resendAfter', value: 30 },
          { at: 315, fault: 'fault0' },
        ],
      },
    });
    // seen at 50; and at 315, refused at 325 … 415 (at the end of the crash), taken at the next try
    expect(of(run, 'tx.staleness.max')).toBeLessThan(150);
    expect(of(run, 'tx.staleness.max')).toBeGreaterThan(100);
    const slow = ran('two-phase-commit', {
      tx: { answerTimeout: 500 },
      all: { work: 100 },
      when: [0, 300],
      more: { dials: [dial('answerTimeout', 500)], inputs: [{ at: 200, dial: 'answerTimeout', value: 50 }] },
    });
    expect([of(slow, 'tx.commits'), of(slow, 'tx.aborts')]).toEqual([1, 1]);
  });

  it('is refused as a scenario where its participants do not fit', () => {
    const problems = (protocol: Protocol, tx: object) => {
      try {
        simulate(shop(protocol, { tx, parts: { server: { kind: 'service', service: { law: 'constant', mean: 1 } } } }));
      } catch (error) {
        return (error as { problems: { path: string }[] }).problems.map(({ path }) => path);
      }
      return [];
    };
    const service = { participants: [{ to: 'stock' }, { to: 'server' }] };
    expect(problems('two-phase-commit', service)).toEqual(['parts.tx.participants.1.to']);
    expect(problems('choreographed-saga', service)).toEqual(['parts.tx.participants.1.to']);
    expect(problems('orchestrated-saga', service)).toEqual([]);
    const twice = { participants: [{ to: 'stock' }, { to: 'stock' }] };
    expect(problems('two-phase-commit', twice)).toEqual(['parts.tx.participants.1.to']);
    expect(problems('orchestrated-saga', twice)).toEqual([]);
    const other = { participants: [{ to: 'stock', compensates: 'payment' }] };
    expect(problems('dual-write', other)).toEqual(['parts.tx.participants.0.compensates']);
    expect(problems('orchestrated-saga', { participants: [{ to: 'nobody' }] })).toEqual(['parts.tx.participants.0.to']);
  });
});

describe('under everything at once', () => {
  /** Hot keys, varying times, locks that time out, callers that retry, crashes, losses and duplicates; and then a calm end. */
  function busy(protocol: Protocol, seed: number, link: object, latency: object | number): ScenarioSource {
    const shopped = shop(protocol, {
      when: Array.from({ length: 600 }, (_, i) => i * 30),
      clients: { keys: { count: 20, law: 'zipf' } },
      all: { work: exponential(10), refuses: protocol === 'outbox' ? 0 : 0.05, lockTimeout: 400, resendAfter: 300 },
      tx: { resendAfter: 300, answerTimeout: 1000, answersAfter: seed % 2 === 0 ? 'decision' : 'acknowledged' },
      asks: { timeout: 2000, onTimeout: seed % 2 === 0 ? 'cancel' : 'zombie', retry: { most: 3, base: 300 } },
      horizon: 120_000,
      faults: {
        'tx crash': { at: 2000, lasts: 1000 },
        'tx duplicate': { at: 3000, lasts: 10_000, amount: 0.5 },
        'payment duplicate': { at: 3000, lasts: 10_000, amount: 0.5 },
        'payment crash': { at: 4000, lasts: 1000 },
        'tx>payment partition': { at: 6000, lasts: 1000 },
        'tx>stock lose': { at: 8000, lasts: 5000, amount: 0.3 },
        'stock>payment lose': { at: 8000, lasts: 5000, amount: 0.3 },
        'shipping slow': { at: 9000, lasts: 1000, amount: 5 },
        'stock crash': { at: 10_500, lasts: 800 },
      },
    });
    shopped.inputs!.push(
      { at: 11_000, fault: 'fault0' },
      { at: 14_000, fault: 'fault0' },
      { at: 14_500, fault: 'fault3' },
    );
    const links = shopped.links!.map((own) => ({
      ...own,
      ...(own.from === 'clients' ? {} : { latency: latency as number }),
      ...(own.from === 'tx' ? link : {}),
    }));
    return { ...shopped, seed, links };
  }
  const links: [string, object, object | number][] = [
    ['plain links', {}, exponential(10)],
    ['retries and zombies', { timeout: 100, retry: { most: 2, base: 50 } }, exponential(10)],
    ['retries and cancelling', { timeout: 200, onTimeout: 'cancel', retry: { most: 2, base: 50 } }, 0],
    ['hedges', { hedge: { after: 20 } }, 0],
  ];

  it.each(protocols.flatMap((protocol) => links.map(([name, link, latency]) => ({ protocol, name, link, latency }))))(
    '$protocol over $name: all transactions end, and the correct designs keep orders whole (C1)',
    ({ protocol, link, latency }) => {
      for (const seed of [1, 2]) {
        const run = sound(simulate(busy(protocol, seed, link, latency), { record: 'trace' }));
        isQuiet(run);
        expect(simulate(busy(protocol, seed, link, latency)).digest).toBe(run.digest);
        if (protocol !== 'dual-write') isWhole(run);
        else expect(of(run, 'tx.halfDone.last')).toBeGreaterThan(0);
      }
    },
  );

  it.each(['two-phase-commit', 'orchestrated-saga', 'dual-write', 'outbox'] as const)(
    '%s: what its own link gives up keeps its reason, which is none of the coordinator’s own (C4)',
    (protocol) => {
      const run = ran(protocol, { when: [1], faults: { 'tx>stock refuse': { at: 0, lasts: 500 } } });
      expect(run.failures).toEqual([{ source: 'clients', reason: 'unreachable', by: 'tx', count: 1 }]);
      expect(of(run, 'tx.refused')).toBe(0);
    },
  );

  it('the state at a moment is that of a run stopped there, and what the trace says of it (S1)', () => {
    for (const protocol of protocols) {
      const scenario = busy(protocol, 1, {}, exponential(10));
      const { hops, parts } = simulate(scenario, { record: 'trace' }).trace!;
      for (const until of [1900, 2500, 3500, 4300]) {
        const { state } = simulate(scenario, { until });
        const now = until * 1000;
        for (const [row, part] of parts.entries()) {
          if (part === 'clients') continue;
          let inside = 0;
          for (let hop = 0; hop < hops.count; hop++)
            if (hops.to[hop] === row && hops.arrivedAt[hop]! >= 0 && hops.arrivedAt[hop]! <= now)
              if (hops.endedAt[hop]! < 0 || hops.endedAt[hop]! > now) inside++;
          expect([part, state[part]!.inside]).toEqual([part, inside]);
        }
      }
    }
  });
});
