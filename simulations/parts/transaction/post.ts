/**
 * Sends messages, some of them until they are acknowledged: each again and again after a time, as what was sent may be
 * lost, and so at least once. What is yet to be acknowledged survives a crash. What a message says it does not know.
 */
import { wider, type Lane } from '../../engine/calendar.ts';
import { flag } from '../../engine/calls.ts';
import { mixPath, uniform, type Stream } from '../../engine/draws.ts';
import { ANSWERED, fateOf, type Machine } from '../../engine/machine.ts';

const TIMEOUT = fateOf('timeout');

/** What stands in `step` of a call that is this module's own; its owner's calls have 0 or more. */
const DELIVERY = -1;
const DUPLICATE = -2;

/** Tells a message that is sent again, and one that is sent twice, from the first. */
const AGAIN = 0x61676100;
const TWICE = 0x74776963;

const NONE = -1;

/** Told that a message has been acknowledged. */
export type Acknowledged = (owner: number, step: number, call: number) => void;

export class Post {
  /** Messages that are yet to be acknowledged. */
  waiting = 0;

  #machine: Machine;
  #acknowledged: Acknowledged;
  #sent: (call: number) => void;
  #again: Lane;
  #onAgain: number;
  #duplicates = 0;
  #chance: Stream;
  #isStopped = false;

  /** Per message that is yet to be acknowledged. */
  #isOpen = new Uint8Array(16);
  #way = new Int32Array(16);
  #request = new Float64Array(16);
  #cls = new Int32Array(16);
  #path = new Int32Array(16);
  #key = new Int32Array(16);
  #operation = new Uint8Array(16);
  #instance = new Int32Array(16);
  #owner = new Int32Array(16);
  #step = new Int32Array(16);
  #tries = new Int32Array(16);
  /** The first of its tries that have not come back; the others hang on it. The answer to any of them counts. */
  #firstTry = new Int32Array(16);
  /** Entries in the calendar are good only while they bear it. */
  #era = new Int32Array(16);
  #rows = 0;
  #free: number[] = [];
  /** By the rows of calls. */
  #nextTry = new Int32Array(64);

  /**
   * @param resendAfter in ticks, 1 or more. @param sent is told each message as it is sent.
   * @param acknowledged is told of each message that was sent by `deliver`, once.
   */
  constructor(
    machine: Machine,
    id: string,
    resendAfter: number,
    sent: (call: number) => void,
    acknowledged: Acknowledged,
  ) {
    this.#machine = machine;
    this.#sent = sent;
    this.#acknowledged = acknowledged;
    this.#chance = machine.stream(id, 'duplicate');
    this.#onAgain = machine.on((row, era) => {
      if (this.#era[row] === era) this.#send(row);
    });
    this.#again = machine.lane(resendAfter, this.#onAgain);
  }

  /** From now on what is not acknowledged is sent again after so many ticks. */
  resendAfter(ticks: number): void {
    this.#again = this.#machine.lane(ticks, this.#onAgain);
  }

  /** A share of the messages is sent twice from now on. */
  sendTwice(share: number): void {
    this.#duplicates = share;
  }

  /**
   * Sends a message once; its answer is its owner's. It may be back before this returns.
   * @param call made by `machine.call` with a step not below 0, and not yet sent.
   */
  ask(call: number): void {
    const twin = this.#twinOf(call);
    this.#sent(call);
    this.#machine.dispatch(call);
    if (twin !== NONE) {
      this.#sent(twin);
      this.#machine.dispatch(twin);
    }
  }

  /** Sends a message until it is acknowledged. That may be before this returns. */
  deliver(
    way: number,
    request: number,
    cls: number,
    path: number,
    key: number,
    operation: number,
    instance: number,
    owner: number,
    step: number,
  ): void {
    const row = this.#free.length > 0 ? this.#free.pop()! : this.#rows++;
    if (row >= this.#way.length) this.#grow();
    this.#isOpen[row] = 1;
    this.#way[row] = way;
    this.#request[row] = request;
    this.#cls[row] = cls;
    this.#path[row] = path;
    this.#key[row] = key;
    this.#operation[row] = operation;
    this.#instance[row] = instance;
    this.#owner[row] = owner;
    this.#step[row] = step;
    this.#tries[row] = 0;
    this.#firstTry[row] = NONE;
    this.waiting++;
    if (!this.#isStopped) this.#send(row);
  }

  /** A call has come back: true when it was this module's own. */
  answered(call: number): boolean {
    const { calls } = this.#machine;
    const step = calls.step[call]!;
    if (step === DUPLICATE) return true;
    if (step !== DELIVERY) return false;
    const row = calls.note[call]!;
    this.#unlink(row, call);
    // what has failed waits for its time, as does what is lost
    if (calls.fate[call] !== ANSWERED) return true;
    const owner = this.#owner[row]!;
    const its = this.#step[row]!;
    this.#era[row]!++;
    this.#giveUp(row);
    this.#isOpen[row] = 0;
    this.waiting--;
    this.#free.push(row);
    this.#acknowledged(owner, its, call);
    return true;
  }

  /** Whoever sends has crashed: it hears nothing any more, and sends nothing. */
  stop(): void {
    this.#isStopped = true;
    for (let row = 0; row < this.#rows; row++) {
      if (this.#isOpen[row] === 0) continue;
      this.#era[row]!++;
      this.#giveUp(row);
    }
  }

  /** It is back, and sends all that is not acknowledged. */
  goOn(): void {
    this.#isStopped = false;
    const rows = this.#rows;
    for (let row = 0; row < rows; row++)
      // what was sent meanwhile, in answer to an acknowledgement that came at once, is out already
      if (this.#isOpen[row] === 1 && this.#firstTry[row] === NONE) this.#send(row);
  }

  /** Waits no longer for an answer. */
  #giveUp(row: number): void {
    for (let call = this.#firstTry[row]!; call !== NONE; call = this.#firstTry[row]!) {
      this.#firstTry[row] = this.#nextTry[call]!;
      this.#machine.abandon(call, false, TIMEOUT);
    }
  }

  /** Tries of which nothing will ever be heard need not be kept; whoever sends does not know, and so nothing else changes. */
  #forgetLost(row: number): void {
    const { calls } = this.#machine;
    for (let call = this.#firstTry[row]!; call !== NONE;) {
      const next = this.#nextTry[call]!;
      if ((calls.flags[call]! & flag.lost) !== 0) {
        this.#unlink(row, call);
        this.#machine.abandon(call, false, TIMEOUT);
      }
      call = next;
    }
  }

  #unlink(row: number, call: number): void {
    if (this.#firstTry[row] === call) {
      this.#firstTry[row] = this.#nextTry[call]!;
      return;
    }
    let at = this.#firstTry[row]!;
    while (this.#nextTry[at] !== call) at = this.#nextTry[at]!;
    this.#nextTry[at] = this.#nextTry[call]!;
  }

  #send(row: number): void {
    const machine = this.#machine;
    const { calls } = machine;
    const tries = this.#tries[row]!++;
    if (tries > 0) this.#forgetLost(row);
    const path = this.#path[row]!;
    const own = tries === 0 ? path : mixPath(path, AGAIN + tries);
    const call = machine.call(this.#way[row]!, this.#request[row]!, this.#cls[row]!, own, row, DELIVERY, -1);
    calls.key[call] = this.#key[row]!;
    calls.operation[call] = this.#operation[row]!;
    calls.instance[call] = this.#instance[row]!;
    const twin = this.#twinOf(call);
    while (call >= this.#nextTry.length) this.#nextTry = wider(this.#nextTry);
    this.#nextTry[call] = this.#firstTry[row]!;
    this.#firstTry[row] = call;
    this.#again.after(machine.now, row, ++this.#era[row]!);
    this.#sent(call);
    machine.dispatch(call);
    if (twin !== NONE) {
      this.#sent(twin);
      machine.dispatch(twin);
    }
  }

  /** The same message once more, where chance wants it; made before the first is sent, as that may be back at once. */
  #twinOf(call: number): number {
    const machine = this.#machine;
    const { calls } = machine;
    const request = calls.request[call]!;
    const path = calls.path[call]!;
    if (this.#duplicates === 0 || uniform(this.#chance, request, path) >= this.#duplicates) return NONE;
    const own = mixPath(path, TWICE);
    const twin = machine.call(calls.way[call]!, request, calls.cls[call]!, own, NONE, DUPLICATE, -1);
    calls.key[twin] = calls.key[call]!;
    calls.operation[twin] = calls.operation[call]!;
    calls.instance[twin] = calls.instance[call]!;
    return twin;
  }

  #grow(): void {
    this.#isOpen = wider(this.#isOpen);
    this.#way = wider(this.#way);
    this.#request = wider(this.#request);
    this.#cls = wider(this.#cls);
    this.#path = wider(this.#path);
    this.#key = wider(this.#key);
    this.#operation = wider(this.#operation);
    this.#instance = wider(this.#instance);
    this.#owner = wider(this.#owner);
    this.#step = wider(this.#step);
    this.#tries = wider(this.#tries);
    this.#firstTry = wider(this.#firstTry);
    this.#era = wider(this.#era);
  }
}
