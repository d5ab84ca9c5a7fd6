/** What can be taken back and done again: a list of states before and after the one that holds. It does not know of what. */

/** States before the one that holds, oldest first, and those that were taken back, the next one first. */
export interface History<State> {
  past: readonly State[];
  now: State;
  future: readonly State[];
}

/** So many steps can be taken back. */
export const MOST_STEPS = 100;

export const begin = <State>(now: State): History<State> => ({ past: [], now, future: [] });

/** Another state was made; what had been taken back is gone. */
export const step = <State>({ past, now }: History<State>, next: State): History<State> => ({
  past: [...past, now].slice(-MOST_STEPS),
  now: next,
  future: [],
});

/** The state that holds is replaced, as while a hand is still on a dial: it is no step of its own. */
export const amend = <State>(history: History<State>, next: State): History<State> => ({
  ...history,
  now: next,
  future: [],
});

/** The last step taken back; the same history when there is none. */
export function undo<State>(history: History<State>): History<State> {
  const { past, now, future } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), now: past.at(-1)!, future: [now, ...future] };
}

/** The step that was taken back last, done again; the same history when there is none. */
export function redo<State>(history: History<State>): History<State> {
  const { past, now, future } = history;
  if (future.length === 0) return history;
  return { past: [...past, now], now: future[0]!, future: future.slice(1) };
}
