/** What a memory writes down of itself: the columns of its journal, and what its rows tell. */

export const memoryColumns = ['what', 'port', 'operation', 'address', 'value', 'hit'] as const;

/** Values of the column `what`. */
export const memoryRow = {
  /** All words are 0 and the cache is empty: a program is about to be loaded. `value` is the number of the run. */
  cleared: 0,
  /** A word was loaded: `address`, `value`. */
  loaded: 1,
  /** An access begins at a `port`: `operation`, `address`; `hit` is 1 or 0 where there is a cache, and −1 else. */
  begins: 2,
  /** A miss has looked in vain, and now occupies the port of the memory. */
  missed: 3,
  /** An access is over: `value` was read or written. After a miss the line is filled. */
  ends: 4,
} as const;

/** Values of the column `operation`. */
export const access = { fetch: 0, read: 1, write: 2 } as const;
