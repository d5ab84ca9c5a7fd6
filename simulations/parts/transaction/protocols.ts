/**
 * The protocols of a transaction: what is asked of whom, and what follows from the answers. How messages are sent, and who
 * waits for the outcome, is the desk's; they know neither calls' ways nor measures.
 */
import { fateOf } from '../../engine/machine.ts';
import { UNDECIDED, type Log } from './log.ts';
import { ABORT, ALL_DONE, COMMIT, DO, GO_ON, PREPARE, UNDO } from './verbs.ts';

/** What a protocol may do. A transaction is named by its row in the log. */
export interface Desk {
  readonly log: Log;
  readonly participants: number;
  /** Asks a participant once; the answer may come before this returns. */
  ask(t: number, i: number, verb: number): void;
  /** Tells a participant until it has acknowledged, which may be before this returns. */
  deliver(t: number, i: number, verb: number): void;
  /** Waits no longer for what was asked and not answered. */
  giveUp(t: number): void;
  /** From now on `timedOut` comes when the coordinator has waited too long, unless this is called again. */
  startTimer(t: number): void;
  /** The outcome is certain. */
  commit(t: number): void;
  abort(t: number, fate: number, by: number): void;
  /** Nothing is left to be done. */
  end(t: number): void;
  /** Nobody knows of it any more. */
  lose(t: number): void;
}

export interface Protocol {
  begin(t: number): void;
  /** A participant has done what it was asked. */
  agreed(t: number, i: number): void;
  /** It has not. @param isRefusal whether it is certain that it has done nothing, and will not. */
  failed(t: number, i: number, isRefusal: boolean, fate: number, by: number): void;
  /** It has acknowledged what it was told. */
  acknowledged(t: number, i: number): void;
  timedOut(t: number): void;
  /** The coordinator has crashed: what it asked is given up already. */
  crashed(t: number): void;
  /** It is back; what it had to tell is being told. */
  resumed(t: number): void;
  /** A choreographed saga has come to its end. */
  told?(t: number, verb: number): void;
  /** The first step of a transaction counts. @param t −1 when the coordinator knows nothing of it any more. */
  firstStepDone?(t: number): void;
}

const CRASHED = fateOf('crashed');
const TIMEOUT = fateOf('timeout');
const ROLLED_BACK = fateOf('aborted');

/**
 * Two-phase commit with a coordinator that presumes nothing but that what is not in its log as decided is aborted.
 * Source: Gray, Notes on data base operating systems (1978); Bernstein, Hadzilacos and Goodman (1987), ch. 7.
 * The first no is enough: the other votes are not waited for. Who has said no need not be told.
 * @param row the coordinator's own, for what it aborts itself.
 */
export function twoPhaseCommit(desk: Desk, row: number): Protocol {
  const { log, participants } = desk;
  /** Tells the decision to all who are marked. */
  function tell(t: number, verb: number): void {
    const tag = log.tag[t]!;
    const marks = log.marks[t]!;
    let pending = 0;
    for (let i = 0; i < participants; i++) if ((marks & (1 << i)) !== 0) pending++;
    log.pending[t] = pending;
    if (pending === 0) desk.end(t);
    for (let i = 0; i < participants && log.tag[t] === tag; i++) if ((marks & (1 << i)) !== 0) desk.deliver(t, i, verb);
  }
  function abort(t: number, fate: number, by: number): void {
    desk.giveUp(t);
    desk.abort(t, fate, by);
    tell(t, ABORT);
  }
  return {
    begin(t) {
      const tag = log.tag[t]!;
      log.pending[t] = participants;
      desk.startTimer(t);
      for (let i = 0; i < participants; i++) {
        // a no that came at once has ended it
        if (log.tag[t] !== tag || log.decision[t] !== UNDECIDED) return;
        log.marks[t]! |= 1 << i;
        desk.ask(t, i, PREPARE);
      }
    },
    agreed(t) {
      if (--log.pending[t]! > 0) return;
      desk.commit(t);
      tell(t, COMMIT);
    },
    failed(t, i, isRefusal, fate, by) {
      if (isRefusal) log.marks[t]! &= ~(1 << i);
      abort(t, fate, by);
    },
    acknowledged(t) {
      if (--log.pending[t]! === 0) desk.end(t);
    },
    timedOut: (t) => abort(t, TIMEOUT, row),
    crashed() {},
    resumed(t) {
      if (log.decision[t] === UNDECIDED) abort(t, CRASHED, row);
    },
  };
}

/**
 * An orchestrated saga: step by step, and back when one fails. Source: Garcia-Molina and Salem, Sagas, SIGMOD 1987.
 * A coordinator that is back asks for the step again that it was at.
 * @param undoes false for plain dual writes: nothing is undone, and nothing is known after a crash.
 */
export function stepByStep(desk: Desk, row: number, undoes: boolean): Protocol {
  const { log, participants } = desk;
  function next(t: number): void {
    desk.startTimer(t);
    desk.ask(t, log.step[t]!, DO);
  }
  function undoFrom(t: number, i: number): void {
    if (i < 0 || !undoes) desk.end(t);
    else desk.deliver(t, i, UNDO);
  }
  return {
    begin: next,
    agreed(t) {
      if (++log.step[t]! < participants) next(t);
      else {
        desk.commit(t);
        desk.end(t);
      }
    },
    failed(t, i, isRefusal, fate, by) {
      desk.abort(t, fate, by);
      undoFrom(t, isRefusal ? i - 1 : i);
    },
    acknowledged: (t, i) => undoFrom(t, i - 1),
    timedOut(t) {
      desk.giveUp(t);
      desk.abort(t, TIMEOUT, row);
      undoFrom(t, log.step[t]!);
    },
    crashed(t) {
      if (!undoes) desk.lose(t);
    },
    resumed(t) {
      if (log.decision[t] === UNDECIDED) next(t);
    },
  };
}

/** A choreographed saga: it is begun here, goes on among the participants, and its end is told here. */
export function choreography(desk: Desk, row: number): Protocol {
  const { log } = desk;
  function endIfOver(t: number): void {
    if (log.decision[t] !== UNDECIDED && log.pending[t] === 0) desk.end(t);
  }
  return {
    begin(t) {
      log.pending[t] = 1;
      desk.deliver(t, 0, GO_ON);
    },
    agreed() {},
    failed() {},
    acknowledged(t) {
      log.pending[t] = 0;
      endIfOver(t);
    },
    timedOut() {},
    crashed() {},
    resumed() {},
    told(t, verb) {
      if (log.decision[t] !== UNDECIDED) return;
      if (verb === ALL_DONE) desk.commit(t);
      else desk.abort(t, ROLLED_BACK, row);
      endIfOver(t);
    },
  };
}

/** Bits of `Log.marks` for an outbox: the row is written, the relay has it, the caller's part is over; it had been forgotten. */
const WRITTEN = 1;
const RELAYED = 2;
const SETTLED = 4;
const REVIVED = 8;

/**
 * A transactional outbox: the row that the relay reads is part of the first step's local transaction, so it is there if
 * and only if that step counts, whatever the coordinator has heard of it. Source: Richardson, Microservices Patterns (2018).
 * @param look asks that `lookNow` be called when the relay looks next. @param revive puts a transaction into the log
 * that was forgotten. @param outboxHas is told how many rows wait for the relay.
 */
export function outbox(
  desk: Desk,
  row: number,
  look: () => void,
  revive: () => number,
  outboxHas: (rows: number) => void,
): Protocol & { lookNow(): void } {
  const { log, participants } = desk;
  const rows: number[] = [];
  function endIfOver(t: number): void {
    const isOver = (log.marks[t]! & (WRITTEN | RELAYED | SETTLED)) === (WRITTEN | RELAYED | SETTLED);
    if (isOver && log.pending[t] === 0) desk.end(t);
  }
  function fail(t: number, fate: number, by: number): void {
    log.marks[t]! |= SETTLED;
    desk.abort(t, fate, by);
    // the row may be there although the answer is not
    if ((log.marks[t]! & WRITTEN) === 0) desk.end(t);
    else endIfOver(t);
  }
  return {
    begin(t) {
      desk.startTimer(t);
      desk.ask(t, 0, DO);
    },
    agreed(t) {
      log.marks[t]! |= SETTLED;
      // it was done before, for a caller who then asked again: the row was written then
      if ((log.marks[t]! & WRITTEN) === 0) log.marks[t]! |= WRITTEN | RELAYED;
      desk.commit(t);
      endIfOver(t);
    },
    failed: (t, _i, _isRefusal, fate, by) => fail(t, fate, by),
    acknowledged(t) {
      log.pending[t]!--;
      endIfOver(t);
    },
    timedOut(t) {
      desk.giveUp(t);
      fail(t, TIMEOUT, row);
    },
    crashed(t) {
      if ((log.marks[t]! & WRITTEN) === 0) desk.lose(t);
      else log.marks[t]! |= SETTLED;
    },
    resumed(t) {
      if (log.decision[t] === UNDECIDED && (log.marks[t]! & REVIVED) === 0) desk.commit(t);
      endIfOver(t);
    },
    firstStepDone(t) {
      if (t < 0) {
        t = revive();
        log.marks[t] = SETTLED | REVIVED;
      }
      // done twice is written twice, and told once: who hears it twice is another matter
      if ((log.marks[t]! & WRITTEN) !== 0) return;
      log.marks[t]! |= WRITTEN;
      rows.push(t);
      outboxHas(rows.length);
      look();
    },
    lookNow() {
      const now = rows.splice(0);
      outboxHas(0);
      for (const t of now) {
        const tag = log.tag[t]!;
        log.marks[t]! |= RELAYED;
        log.pending[t] = participants - 1;
        for (let i = 1; i < participants && log.tag[t] === tag; i++) desk.deliver(t, i, DO);
        if (log.tag[t] === tag) endIfOver(t);
      }
    },
  };
}
