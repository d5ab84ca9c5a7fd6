/** The record, with a store that can be slow, full, blocked or taken away: whatever happens, nothing that was done is lost. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EntryIds, inOrder, readEntry, type Happening } from './entry.ts';
import type { Loss, LogStore } from './log-store.ts';
import { LearnerRecord, type Surroundings } from './record.ts';

/** A disk in memory that several tabs may share, and that can be told to fail. */
class Disk {
  log = new Map<string, { id: string; lesson: string; kind: string }>();
  kept = new Map<string, unknown>();
  failing: string | null = null;
  isSlow = false;

  #may(): Promise<void> {
    if (this.failing !== null) throw Object.assign(new Error('no'), { name: this.failing });
    return this.isSlow ? new Promise((resolve) => setTimeout(resolve, 5)) : Promise.resolve();
  }

  store(): LogStore {
    return {
      logged: async (lesson) => {
        await this.#may();
        return [...this.log.values()].filter((entry) => entry.lesson === lesson).map((entry) => structuredClone(entry));
      },
      add: async (entry) => {
        await this.#may();
        this.log.set(entry.id, structuredClone(entry));
      },
      count: (kind) => Promise.resolve([...this.log.values()].filter((entry) => entry.kind === kind).length),
      drafts: async () => {
        await this.#may();
        return Object.fromEntries(this.kept);
      },
      keepDraft: async (_lesson, question, answer) => {
        await this.#may();
        if (answer === undefined) this.kept.delete(question);
        else this.kept.set(question, structuredClone(answer));
      },
    };
  }
}

interface Tab {
  record: LearnerRecord;
  told: string[];
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
    tell: (lesson) => opened.told.push(lesson),
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
  expect(disk.kept.has('q')).toBe(true);
  one.record.keepDraft('a', 'q', undefined);
  await settled();
  expect(one.record.of('a').drafts).toEqual({});
  expect(disk.kept.has('q')).toBe(false);
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
  expect(one.told).toHaveLength(5);
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

describe('entries', () => {
  it('of version 1 are read as they were written', () => {
    const stored = JSON.parse(readFileSync(`${import.meta.dirname}/fixtures/v1.json`, 'utf8')) as unknown[];
    expect(stored.map(readEntry)).toEqual(stored);
    expect(new Set(stored.map((entry) => readEntry(entry)?.kind)).size).toBe(5);
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
    const stored = JSON.parse(readFileSync(`${import.meta.dirname}/fixtures/v1.json`, 'utf8')) as Parameters<
      typeof inOrder
    >[0];
    const entries = [...stored];
    expect(inOrder([...entries.toReversed(), ...entries])).toEqual(entries);
  });
});
