/** The record, with a store that can be slow, full, blocked or taken away: whatever happens, nothing that was done is lost. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Disk } from './disk.fixture.ts';
import { EntryIds, entryVersion, examsPlace, inOrder, readEntry, type Entry, type Happening } from './entry.ts';
import type { Loss, LogStore } from './log-store.ts';
import { LearnerRecord, type News, type Surroundings } from './record.ts';

interface Tab {
  record: LearnerRecord;
  told: News[];
  asked: number;
  lose(loss: Loss): void;
  runOutOfPatience(): void;
}

function tab(disk: Disk, more: Partial<Surroundings> = {}): Tab {
  let later: (() => void) | null = null;
  let lose: (loss: Loss) => void = () => undefined;
  const opened: Tab = {
    told: [],
    asked: 0,
    lose: (loss) => lose(loss),
    runOutOfPatience: () => later?.(),
    record: undefined as unknown as LearnerRecord,
  };
  opened.record = new LearnerRecord({
    open: async (onLost) => {
      lose = onLost;
      return Promise.resolve(disk.store());
    },
    now: () => 1_795_000_000_000,
    random: () => '0123456789abcdef',
    destroy: () => Promise.reject(new Error('no')),
    renamed: {},
    tell: (news) => opened.told.push(news),
    persist: async () => {
      opened.asked += 1;
      return Promise.resolve();
    },
    after: (_milliseconds, then) => {
      later = then;
    },
    ...more,
  });
  return opened;
}

const attempt = (question: string, answer: unknown = 'x'): Happening => ({
  kind: 'attempt',
  lesson: 'a',
  question,
  rev: 1,
  type: 'one-choice',
  language: 'en',
  answer,
  right: true,
  score: 1,
  confidence: 'sure',
  hints: 0,
  occasion: 'lesson',
  exam: null,
});
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
const questionsIn = ({ record }: Tab): unknown[] =>
  record.of('a').entries.flatMap((entry) => (entry.kind === 'attempt' ? [entry.question] : []));

it('what is appended counts at once, and is on disk when the promise says so', async () => {
  const disk = new Disk();
  const one = tab(disk);
  const isWritten = one.record.append(attempt('first'));
  expect(questionsIn(one)).toEqual(['first']);
  expect(await isWritten).toBe(true);
  expect(disk.log.size).toBe(1);
});

it('a new tab finds what an earlier one left, drafts too', async () => {
  const disk = new Disk();
  const one = tab(disk);
  await one.record.append(attempt('first'));
  one.record.keepDraft('a', 'second', ['half']);
  await settled();
  const other = tab(disk);
  other.record.of('a');
  await settled();
  expect(other.record.of('a')).toMatchObject({ isRead: true, keeping: 'kept', drafts: { second: ['half'] } });
  expect(questionsIn(other)).toEqual(['first']);
});

it('a draft may be null, and goes only when it is let go', async () => {
  const disk = new Disk();
  const one = tab(disk);
  one.record.keepDraft('a', 'q', null);
  await settled();
  expect(one.record.of('a').drafts).toEqual({ q: null });
  expect(disk.kept.has('a/q')).toBe(true);
  one.record.keepDraft('a', 'q', undefined);
  await settled();
  expect(one.record.of('a').drafts).toEqual({});
  expect(disk.kept.has('a/q')).toBe(false);
});

it('two tabs that write at once lose nothing and agree on the order', async () => {
  const disk = new Disk();
  disk.isSlow = true;
  let digit = 0;
  const own = { random: () => String((digit += 1)).padStart(16, '0') };
  const [one, other] = [tab(disk, own), tab(disk, own)];
  one.record.of('a');
  other.record.of('a');
  await Promise.all(
    [1, 2, 3, 4, 5].flatMap((n) => [
      one.record.append(attempt(`one ${n}`)),
      other.record.append(attempt(`other ${n}`)),
    ]),
  );
  expect(one.told).toContainEqual({ grown: 'a' });
  await Promise.all([one.record.reread('a'), other.record.reread('a')]);
  expect(questionsIn(one)).toHaveLength(10);
  expect(questionsIn(one)).toEqual(questionsIn(other));
});

describe('when the disk', () => {
  it('is blocked, work goes on in memory and is said so', async () => {
    const one = tab(new Disk(), {
      open: () => Promise.reject(Object.assign(new Error('no'), { name: 'SecurityError' })),
    });
    one.record.of('a');
    await settled();
    expect(await one.record.append(attempt('first'))).toBe(false);
    expect(one.record.of('a')).toMatchObject({ keeping: 'blocked', isRead: true });
    expect(questionsIn(one)).toEqual(['first']);
  });

  it('is full, what was not written is written once there is room', async () => {
    const disk = new Disk();
    const one = tab(disk);
    await one.record.append(attempt('first'));
    disk.failing = 'QuotaExceededError';
    expect(await one.record.append(attempt('second'))).toBe(false);
    expect(one.record.of('a').keeping).toBe('full');
    disk.failing = null;
    expect(await one.record.append(attempt('third'))).toBe(true);
    expect(one.record.of('a').keeping).toBe('kept');
    expect(disk.log.size).toBe(3);
  });

  it('belongs to a later version of the site, it is left alone', async () => {
    const disk = new Disk();
    const one = tab(disk);
    await one.record.append(attempt('first'));
    one.lose('outdated');
    expect(await one.record.append(attempt('second'))).toBe(false);
    expect(one.record.of('a').keeping).toBe('outdated');
    expect(questionsIn(one)).toEqual(['first', 'second']);
  });

  it('was closed by the browser, it is opened again and nothing is missing', async () => {
    const disk = new Disk();
    const one = tab(disk);
    await one.record.append(attempt('first'));
    one.lose('closed');
    await one.record.append(attempt('second'));
    await settled();
    expect(disk.log.size).toBe(2);
    expect(one.record.of('a').keeping).toBe('kept');
  });

  it('does not answer for long, the page goes on, and writes everything when it does', async () => {
    const disk = new Disk();
    let answer: (store: LogStore) => void = () => undefined;
    const one = tab(disk, { open: () => new Promise((resolve) => (answer = resolve)) });
    one.record.of('a');
    one.runOutOfPatience();
    expect(one.record.of('a')).toMatchObject({ keeping: 'blocked', isRead: true });
    void one.record.append(attempt('first'));
    answer(disk.store());
    await settled();
    expect(disk.log.size).toBe(1);
    expect(one.record.of('a').keeping).toBe('kept');
  });

  it('is read after the first answers were given, they stay', async () => {
    const disk = new Disk();
    await tab(disk).record.append(attempt('old'));
    disk.isSlow = true;
    const one = tab(disk, { now: () => 1_795_000_009_999 });
    await one.record.append(attempt('new'));
    await settled();
    expect(questionsIn(one)).toEqual(['old', 'new']);
  });
});

it('lasting storage is asked for at the first real save, and only then', async () => {
  const disk = new Disk();
  const one = tab(disk);
  await one.record.append({ kind: 'arrival', lesson: 'a', question: 'q' });
  expect(one.asked).toBe(0);
  await one.record.append(attempt('first'));
  await one.record.append(attempt('second'));
  expect(one.asked).toBe(1);
  const later = tab(disk);
  await later.record.append(attempt('third'));
  expect(later.asked).toBe(0);
});

const fixture = (name: string): unknown[] =>
  JSON.parse(readFileSync(`${import.meta.dirname}/fixtures/${name}.json`, 'utf8')) as unknown[];

describe('entries', () => {
  it('of version 1 are read as answers given in the lesson, without hints', () => {
    const stored = fixture('v1') as object[];
    const added: Record<string, object> = {
      attempt: { hints: 0, occasion: 'lesson', exam: null },
      revealed: { occasion: 'lesson' },
    };
    expect(stored.map(readEntry)).toEqual(
      stored.map((entry) => ({ ...entry, ...added[(entry as { kind: string }).kind], v: entryVersion })),
    );
    expect(new Set(stored.map((entry) => readEntry(entry)?.kind)).size).toBe(5);
  });

  it('of version 2 are read as they were written, in no exam', () => {
    const stored = fixture('v2') as { kind: string }[];
    expect(stored.map(readEntry)).toEqual(
      stored.map((entry) => ({ ...entry, ...(entry.kind === 'attempt' ? { exam: null } : {}), v: entryVersion })),
    );
    expect(new Set(stored.map((entry) => readEntry(entry)?.kind)).size).toBe(6);
  });

  it('of version 3 are read as they were written', () => {
    const stored = fixture('v3');
    expect(stored.map(readEntry)).toEqual(stored);
    expect(new Set(stored.map((entry) => readEntry(entry)?.kind)).size).toBe(9);
  });

  it('of several kinds that belong together are on disk together, in their order', async () => {
    const disk = new Disk();
    const one = tab(disk);
    await settled();
    disk.room = 1;
    const together: Happening[] = [
      { kind: 'exam', lesson: examsPlace, exam: 'x', questions: ['a/first'], atOnce: false },
      { kind: 'given', lesson: 'a', exam: 'x', question: 'first', rev: 1, answer: 'y', confidence: 'fair' },
    ];
    expect(await one.record.appendAll(together)).toBe(false);
    expect(one.record.whole().entries.map(({ kind }) => kind)).toEqual(['exam', 'given']);
    disk.room = Infinity;
    expect(await one.record.append(attempt('first'))).toBe(true);
    expect([...disk.log.values()].map(({ kind }) => kind)).toEqual(['exam', 'given', 'attempt']);
  });

  it('that cannot be understood are passed over, and stay on disk', async () => {
    const disk = new Disk();
    disk.log.set('x', { id: 'x', lesson: 'a', v: 99, kind: 'attempt' } as never);
    disk.log.set('y', { id: 'y', lesson: 'a', v: 1, kind: 'attempt', question: 7 } as never);
    const one = tab(disk);
    await one.record.append(attempt('first'));
    await one.record.reread('a');
    expect(questionsIn(one)).toEqual(['first']);
    expect(disk.log.size).toBe(3);
  });

  it('have ids that grow although the clock stands still or is put back', () => {
    let now = 1_795_000_000_000;
    const ids = new EntryIds(
      () => now,
      () => 'f'.repeat(16),
    );
    const made = [ids.next(), ids.next()];
    now -= 60_000;
    made.push(ids.next());
    ids.follow('zzzzzzzzz-0007-0000000000000000');
    made.push(ids.next());
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(4);
  });

  it('come out in order and once, however they were mixed', () => {
    const entries = fixture('v3') as Entry[];
    expect(inOrder([...entries.toReversed(), ...entries])).toEqual(entries);
  });
});

it('ids go on growing when their count is full', () => {
  const ids = new EntryIds(
    () => 1_795_000_000_000,
    () => 'f'.repeat(16),
  );
  ids.follow('zzzzzzzz0-zzzz-0000000000000000');
  expect(ids.next() > 'zzzzzzzz0-zzzz-0000000000000000').toBe(true);
});

describe('the whole record', () => {
  const renamed = { 'old-a': 'a' };
  const settledTab = async (disk: Disk, more: Partial<Surroundings> = {}): Promise<Tab> => {
    const one = tab(disk, more);
    one.record.whole();
    await settled();
    return one;
  };

  it('holds every lesson, drafts too, and grows with each answer', async () => {
    const disk = new Disk();
    const one = tab(disk);
    await one.record.append(attempt('first'));
    await one.record.append({ ...attempt('second'), lesson: 'b' });
    one.record.keepDraft('b', 'third', [1]);
    await settled();
    const other = await settledTab(disk);
    expect(other.record.whole()).toMatchObject({
      isRead: true,
      entries: [{ question: 'first' }, { question: 'second' }],
      drafts: [{ lesson: 'b', question: 'third', answer: [1] }],
    });
    const before = other.record.whole();
    expect(other.record.whole()).toBe(before);
    await other.record.append({ ...attempt('fourth'), lesson: 'c' });
    expect(other.record.whole().entries).toHaveLength(3);
  });

  it('counts for a lesson what was logged under its earlier name, drafts too', async () => {
    const disk = new Disk();
    const before = tab(disk);
    await before.record.append({ ...attempt('first'), lesson: 'old-a' });
    before.record.keepDraft('old-a', 'second', ['half']);
    await settled();
    const after = tab(disk, { renamed });
    after.record.of('a');
    await settled();
    expect(questionsIn(after)).toEqual(['first']);
    expect(after.record.of('a').drafts).toEqual({ second: ['half'] });
    await after.record.append(attempt('third'));
    const whole = (await settledTab(disk, { renamed })).record.whole();
    expect(whole.entries.map(({ lesson }) => lesson)).toEqual(['a', 'a']);
    expect(whole.drafts).toEqual([{ lesson: 'a', question: 'second', answer: ['half'] }]);
    // On disk the old name stays: nothing that was written is changed.
    expect([...disk.log.values()].map(({ lesson }) => lesson)).toEqual(['old-a', 'a']);
  });

  it('is deleted by lesson, under all of its names, or as a whole', async () => {
    const disk = new Disk();
    const before = tab(disk);
    await before.record.append({ ...attempt('first'), lesson: 'old-a' });
    await before.record.append(attempt('second'));
    await before.record.append({ ...attempt('other'), lesson: 'b' });
    before.record.keepDraft('a', 'third', 1);
    await settled();
    const one = await settledTab(disk, { renamed });
    expect(await one.record.forget('a')).toBe(true);
    expect(one.record.whole()).toMatchObject({ entries: [{ question: 'other' }], drafts: [] });
    expect(disk.log.size).toBe(1);
    expect(disk.kept.size).toBe(0);
    expect(one.told.at(-1)).toEqual({ forgotten: 'a' });
    expect(await one.record.forget(null)).toBe(true);
    expect(one.record.whole().entries).toEqual([]);
    expect(disk.log.size).toBe(0);
  });

  it('that was deleted in one tab is gone in the other, and does not come back from there', async () => {
    const disk = new Disk();
    const one = await settledTab(disk);
    const other = await settledTab(disk, { now: () => 1_795_000_500_000 });
    await one.record.append(attempt('first'));
    await other.record.reread('a');
    expect(questionsIn(other)).toEqual(['first']);
    await one.record.forget(null);
    other.record.hearForgotten(null);
    await other.record.append(attempt('second'));
    other.record.rereadAll();
    await settled();
    expect(questionsIn(other)).toEqual(['second']);
    expect(disk.log.size).toBe(1);
  });

  it('takes over many entries at once, and as many as fit where not all do', async () => {
    const disk = new Disk();
    const source = tab(new Disk());
    for (let n = 0; n < 2500; n += 1) void source.record.append(attempt(`q${n}`));
    const entries = source.record.of('a').entries;
    const one = await settledTab(disk);
    expect(await one.record.take(entries, [{ lesson: 'a', question: 'x', answer: 1 }])).toBe(true);
    expect(disk.log.size).toBe(2500);
    expect(one.record.of('a').drafts).toEqual({ x: 1 });
    disk.room = 2507;
    const more = tab(new Disk(), { now: () => 1_795_000_900_000 });
    for (let n = 0; n < 20; n += 1) void more.record.append(attempt(`more ${n}`));
    expect(await one.record.take(more.record.of('a').entries, [])).toBe(false);
    expect(disk.log.size).toBe(2507);
    expect(one.record.whole()).toMatchObject({ keeping: 'full' });
    expect(one.record.whole().entries).toHaveLength(2520);
    disk.room = Infinity;
    await one.record.append(attempt('last'));
    expect(disk.log.size).toBe(2521);
  });

  it('that is damaged is said so, and can be deleted to begin afresh', async () => {
    const disk = new Disk();
    let isDamaged = true;
    const one = await settledTab(disk, {
      open: () =>
        isDamaged
          ? Promise.reject(Object.assign(new Error('no'), { name: 'UnknownError' }))
          : Promise.resolve(disk.store()),
      destroy: () => {
        isDamaged = false;
        return Promise.resolve();
      },
    });
    expect(one.record.whole()).toMatchObject({ keeping: 'damaged', isRead: true });
    await one.record.append(attempt('in memory'));
    expect(one.record.whole().entries).toHaveLength(1);
    expect(await one.record.forget(null)).toBe(true);
    expect(one.record.whole()).toMatchObject({ keeping: 'kept', entries: [] });
    expect(await one.record.append(attempt('afresh'))).toBe(true);
  });

  it('keeps and hands on what it cannot understand', async () => {
    const disk = new Disk();
    disk.log.set('x', { id: 'x', lesson: 'a', v: 99, kind: 'attempt' } as never);
    const one = await settledTab(disk);
    expect(one.record.whole()).toMatchObject({ entries: [], strange: [{ id: 'x', v: 99 }] });
  });
});
