/** One request with all its calls, by hand and from the machine. */
import { describe, expect, it } from 'vitest';
import { parseScenario, simulate } from '../../../simulations/index.ts';
import retryStorm from '../../../simulations/examples/retry-storm.json' with { type: 'json' };
import { familyOf, fateInWords, middleOf } from './family.ts';
import { fateNames } from './fates.ts';
import { steps, writtenRun, type HopRow } from './story.fixture.ts';

const TIMEOUT = fateNames.indexOf('timeout');
const BREAKER = fateNames.indexOf('breaker-open');
const parts = ['clients', 'shop', 'bank'];
const client: HopRow = {
  from: 'clients',
  to: 'shop',
  sent: 0,
  arrived: 1,
  started: 1,
  ended: 90,
  returned: 91,
  fate: 1,
};
const asked = (row: Partial<HopRow>): HopRow => ({ from: 'shop', to: 'bank', parent: 0, sent: 2, ...row });
/** A try of the shop's at the bank that ended well. */
const good = asked({ sent: 60, arrived: 61, started: 61, ended: 80, returned: 81, fate: 1, attempt: 1 });
const late = asked({ arrived: 3, started: 40, ended: 70, returned: 71, fate: 1, abandoned: true });

describe('a request with all its calls', () => {
  it('is a tree in which each call stands before what was called for it', () => {
    const other: HopRow = { ...client, request: 7, sent: 5 };
    const family = familyOf(writtenRun({ parts, hops: [client, late, other, good] }), 0)!;
    expect(family.members.map(({ hop, depth }) => [hop, depth])).toEqual([
      [0, 0],
      [1, 1],
      [3, 1],
    ]);
    expect(family.outcome).toBe('answered');
    expect([family.from, family.to]).toEqual([0, 91]);
  });

  it('counts the tries of a call, and begins anew with the next call to the same part', () => {
    const second = asked({ sent: 82, arrived: 83, started: 83, ended: 85, returned: 86, fate: 1 });
    const { members } = familyOf(writtenRun({ parts, hops: [client, late, good, second] }), 0)!;
    expect(members.map(({ attempt, tries }) => [attempt, tries])).toEqual([
      [1, 1],
      [1, 2],
      [2, 2],
      [1, 1],
    ]);
  });

  it('knows work for nobody from the next try on: what it waited and was served after that', () => {
    const early = { ...good, sent: 20 };
    const [, zombie] = familyOf(writtenRun({ parts, hops: [client, late, early] }), 0)!.members;
    expect(zombie!.unwantedFrom).toBe(20);
    expect(zombie!.wasted).toBe(20 + 30);
    expect(fateInWords(zombie!).id).toBe('why.fate.zombie');
  });

  it('knows work for nobody from the end of the caller, where there was no other try', () => {
    const [, zombie] = familyOf(
      writtenRun({ parts, hops: [{ ...client, ended: 50, returned: 51, fate: TIMEOUT }, late] }),
      0,
    )!.members;
    expect(zombie!.unwantedFrom).toBe(50);
    expect(zombie!.wasted).toBe(20);
  });

  it('claims no such moment where the trace shows none: the last try of a source, or a link that hedges', () => {
    const source: HopRow = { ...client, abandoned: true };
    expect(familyOf(writtenRun({ parts, hops: [source] }), 0)!.members[0]!.unwantedFrom).toBeNull();
    const columns = { 'shop>bank.hedges': steps([60, 1]) };
    const hedged = familyOf(
      writtenRun({ parts, columns, hops: [{ ...client, ended: 200 }, late, { ...good, sent: 20 }] }),
      0,
    )!;
    expect(hedged.members[1]!.unwantedFrom).toBe(200);
    expect(hedged.members[1]!.wasted).toBe(0);
  });

  it('says of each call who dropped it, and whether it was ever sent', () => {
    const unsent = asked({ sent: 5, ended: 5, returned: 5, fate: BREAKER, by: 'shop' });
    const failed = { ...client, fate: TIMEOUT, by: 'shop' };
    const { members, outcome } = familyOf(writtenRun({ parts, hops: [failed, unsent] }), 0)!;
    expect(outcome).toBe('failed');
    expect(members.map((member) => fateInWords(member))).toEqual([
      { id: 'why.fate.dropped', values: { caller: 'clients', callee: 'shop', by: 'shop', reason: 'timeout' } },
      { id: 'why.fate.unsent', values: { caller: 'shop', callee: 'bank', by: 'shop', reason: 'breaker-open' } },
    ]);
    const passed = familyOf(writtenRun({ parts, hops: [{ ...client, fate: TIMEOUT, by: 'bank' }] }), 0)!.members[0]!;
    expect(fateInWords(passed).id).toBe('why.fate.passedOn');
  });

  it('is open where the run ended before it did, and says where it was', () => {
    const family = familyOf(writtenRun({ parts, hops: [{ from: 'clients', to: 'shop', sent: 0, arrived: 1 }] }), 0)!;
    expect(family.outcome).toBe('open');
    expect(family.to).toBe(3000);
    expect(fateInWords(family.members[0]!).id).toBe('why.fate.open.waiting');
  });

  it('is nothing where the run has no such request', () => {
    expect(familyOf(writtenRun({ parts, hops: [client] }), 3)).toBeNull();
  });

  it('of a retry storm has all three times three times three tries, each under its caller', () => {
    const run = simulate(parseScenario(retryStorm), { design: 'retry', record: 'trace' });
    const { hops, parts: names } = run.trace!;
    const row = Array.from({ length: hops.count }, (_, each) => each).find(
      (each) => hops.sentAt[each]! > 70 * run.time.ticks && hops.parent[each]! < 0,
    )!;
    const family = familyOf(run, hops.request[row]!)!;
    expect(family.outcome).toBe('failed');
    expect(family.members.length + family.hidden).toBe(3 + 9 + 27);
    for (const member of family.members) {
      const parent = hops.parent[member.hop]!;
      expect(parent < 0 ? 'clients' : names[hops.to[parent]!]).toBe(member.caller);
      expect(member.isAbandoned).toBe(true);
    }
  });
});

describe('when to look at what held a request up', () => {
  it('is half-way through the time that its source waited for it', () => {
    expect(middleOf(familyOf(writtenRun({ parts, hops: [client, late, good] }), 0)!)).toBe(91 / 2);
    const tries: HopRow[] = [
      { ...client, abandoned: true },
      { ...client, sent: 40, attempt: 1, ended: 95, returned: 96 },
    ];
    expect(middleOf(familyOf(writtenRun({ parts, hops: tries }), 0)!)).toBe(48);
  });
});
