/** The whole record as a view sees it: read, and kept up to date. */
import { useCallback, useSyncExternalStore } from 'react';
import { learnerRecord, type LearnerRecord, type WholeRecord } from '../../storage/index.ts';

/** What is known while the page is built and until it is hydrated. */
const unread: WholeRecord = { keeping: 'opening', isRead: false, entries: [], drafts: [], strange: [] };

export function useWhole(open: () => LearnerRecord = learnerRecord): WholeRecord {
  const subscribe = useCallback((listener: () => void) => open().subscribe(listener), [open]);
  return useSyncExternalStore(
    subscribe,
    () => open().whole(),
    () => unread,
  );
}
