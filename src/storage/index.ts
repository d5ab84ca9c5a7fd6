/** The one record of this browser, opened when it is first asked for. */
import { destroyLogStore, openLogStore } from './log-store.ts';
import { databaseName } from './names.ts';
import { LearnerRecord } from './record.ts';

export { examsPlace, wholeCourse, type AttemptEntry, type Entry, type Happening, type Occasion } from './entry.ts';
export type { Draft } from './log-store.ts';
export { LearnerRecord, type Keeping, type LessonRecord, type WholeRecord } from './record.ts';

let opened: LearnerRecord | null = null;

/** 16 hexadecimal digits. `crypto.randomUUID` is missing where the site is served without https, as in a classroom. */
function randomDigits(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Lessons that have another name now, as the page says. */
function renamedLessons(): Record<string, string> {
  return JSON.parse(document.documentElement.dataset['renamed'] ?? '{}') as Record<string, string>;
}

/** The learner's record. Only for browsers. */
export function learnerRecord(): LearnerRecord {
  if (opened !== null) return opened;
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(databaseName) : null;
  const record = new LearnerRecord({
    open: (onLost) => openLogStore(databaseName, onLost),
    destroy: () => destroyLogStore(databaseName),
    renamed: renamedLessons(),
    now: () => Date.now(),
    random: randomDigits,
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin only
    tell: (news) => channel?.postMessage(news),
    async persist() {
      // Without https there is no storage manager.
      const storage = navigator.storage as StorageManager | undefined;
      if ((await storage?.persisted?.()) === false) await storage?.persist?.();
    },
    after: (milliseconds, then) => void setTimeout(then, milliseconds),
  });
  channel?.addEventListener('message', ({ data }: MessageEvent<{ grown?: unknown; forgotten?: unknown } | null>) => {
    const { grown, forgotten } = data ?? {};
    if (typeof grown === 'string') void record.reread(grown);
    if (typeof forgotten === 'string' || forgotten === null) record.hearForgotten(forgotten);
  });
  // Channels sleep in tabs that the phone has put away; looking again on return finds what was missed.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') record.rereadAll();
  });
  opened = record;
  return record;
}
