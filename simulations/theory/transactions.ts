/**
 * Times and messages of transactions over several participants, if nothing is lost and nobody fails. Times are in units
 * of time, from the moment the coordinator begins.
 */

/**
 * Two-phase commit with one delay each way. Source: Gray, Notes on data base operating systems (1978); Bernstein,
 * Hadzilacos and Goodman (1987), ch. 7.
 * @param oneWay delay of a message. @param participants n, 1 or more. @param slowest mean work of the slowest participant
 * before it votes: 0, a constant, or slowestMean(mean, n) of fanout.ts when each one's is exponential.
 * @returns when the coordinator decides, participants have committed, and all have acknowledged; how long a participant
 * holds its locks, from the request to prepare on; and messages: prepare, vote, decision and acknowledgement for each.
 */
export function twoPhaseCommit(oneWay: number, participants: number, slowest = 0) {
  const decided = 2 * oneWay + slowest;
  return {
    decided,
    committed: decided + oneWay,
    acknowledged: decided + 2 * oneWay,
    lockHeld: decided,
    messages: 4 * participants,
  };
}

/** The most transactions per unit of time that can change one row, when each holds its lock for so long. */
export function hotRowThroughput(lockHeld: number): number {
  return 1 / lockHeld;
}

/**
 * An orchestrated saga: the orchestrator asks one step after the other. Source: Garcia-Molina and Salem, Sagas, SIGMOD
 * 1987.
 * @param steps n, 1 or more. @param work mean of each step. @returns when it is done, how long a step holds its locks,
 * and messages.
 */
export function orchestratedSaga(oneWay: number, steps: number, work = 0) {
  return { done: steps * (2 * oneWay + work), lockHeld: work, messages: 2 * steps };
}

/** A choreographed saga: each step tells the next. Parameters as above; `done` is when the last step is. */
export function choreographedSaga(oneWay: number, steps: number, work = 0) {
  return { done: steps * (oneWay + work), lockHeld: work, messages: steps };
}
