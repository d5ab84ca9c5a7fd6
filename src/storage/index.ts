/** The one record of this browser, opened when it is first asked for. */
import { openLogStore } from './log-store.ts';
import { LearnerRecord } from './record.ts';

export type { AttemptEntry, Entry, Happening } from './entry.ts';
export { LearnerRecord, type Keeping, type LessonRecord } from './record.ts';

const databaseName = 'seams';
let opened: LearnerRecord | null = null;

/** 16 hexadecimal digits. `crypto.randomUUID` is missing where the site is served without https, as in a classroom. */
function randomDigits(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The learner's record. Only for browsers. */
export function learnerRecord(): LearnerRecord {
  if (opened !== null) return opened;
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(databaseName) : null;
  const record = new LearnerRecord({
    open: (onLost) => openLogStore(databaseName, onLost),
    now: () => Date.now(),
    random: randomDigits,
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin only
    tell: (lesson) => channel?.postMessage({ lesson }),
    async persist() {
      // Without https there is no storage manager.
      const storage = navigator.storage as StorageManager | undefined;
      if ((await storage?.persisted?.()) === false) await storage?.persist?.();
    },
    after: (milliseconds, then) => void setTimeout(then, milliseconds),
  });
  channel?.addEventListener('message', ({ data }: MessageEvent<{ lesson?: unknown }>) => {
    if (typeof data?.lesson === 'string') void record.reread(data.lesson);
  });
  // Channels sleep in tabs that the phone has put away; looking again on return finds what was missed.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') record.rereadAll();
  });
  opened = record;
  return record;
}
