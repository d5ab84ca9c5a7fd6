/** What a processor writes down of itself: the columns of its journal, and what its rows tell. */

export const processorColumns = ['what', 'counter', 'word', 'a', 'b', 'c', 'd'] as const;

/** Values of the column `what`. In every row the registers stand as they are from then on. */
export const processorRow = {
  /** A program starts: `counter` is 0, `word` the number of the run. */
  starts: 0,
  /** The instruction at `counter` is asked for. */
  fetches: 1,
  /** It is there, and is being carried out: `word`. */
  executes: 2,
  /** It has been carried out, and waits for what it reads or writes: `word`. */
  accesses: 3,
  /** It is done: `word`. */
  done: 4,
  /** The program has ended. */
  halted: 5,
  /** The `word` is no instruction: the program has ended. */
  stuck: 6,
} as const;
