/**
 * A group of consumers: takes what waits for it, has it worked on by the part it names, and delivers again what failed or
 * was not answered. It knows no producer, and no other group.
 */
import { wider, type Lane } from '../../engine/calendar.ts';
import { mixPath, uniform, type Stream } from '../../engine/draws.ts';
import { ANSWERED, childPath, type Machine } from '../../engine/machine.ts';
import type { Site } from '../kind.ts';
import { Backlog } from './backlog.ts';
import { Consumers } from './consumers.ts';
import { ASIDE, DEAD, DONE, EXPIRED, WAITING, WORKING, type Messages } from './messages.ts';
import type { BrokerSettings, GroupSettings } from './settings.ts';
import type { Watch } from './watch.ts';

/** The note of a call that delivers no message, but a dead one to where those go. */
export const DEAD_LETTER = -1;
/** Tells the call with a dead letter from the deliveries. */
const DEAD_PATH = 0x64656164;
/** Of the most that have waited, this part is left when a group has drained. */
const DRAINED = 100;

export class Group {
  /** The greatest lag of a partition. */
  get worst(): number {
    return this.#backlog.worst;
  }
  /** Whether it has fallen behind and not drained since. */
  isBehind = false;
  /** Since time 0. */
  delivered = 0;
  dead = 0;
  expired = 0;
  duplicates = 0;
  redelivered = 0;
  /** Messages that nobody has in work, those set aside included, and messages in work. */
  waiting = 0;
  inWork = 0;

  #machine: Machine;
  #broker: { id: string; row: number; ticks: number };
  #index: number;
  #own!: GroupSettings;
  #way: number;
  #deadWay: number;
  #messages: Messages;
  #backlog: Backlog;
  #consumers: Consumers;
  #watches: readonly Watch[];
  #changed: () => void;
  #competes: boolean;
  /** How many messages of a partition are kept. */
  #room = 0;
  #drainedFrom = 0;
  /** The most that have waited since it fell behind, and the least since it last drained. */
  #most = 0;
  #least = 0;

  /** Per partition: deliveries in work, failed messages that hold it up, and whether it waits for a former consumer to finish. */
  #underWay: Int32Array;
  #blockedBy: Int32Array;
  #isHandedOver: Uint8Array;
  /** Per place: the delivery that has it, and its message's row; −1 when it is free. */
  #callAt = new Int32Array(16).fill(-1);
  #rowAt = new Int32Array(16).fill(-1);
  /** Members that are being served with messages just now. */
  #isServing = new Uint8Array(1);
  /** Why the group takes nothing at present: so many faults and rebalancings. */
  #stops = 0;
  /** The rebalancing that goes on, counted from 1; 0 for none. */
  #rebalance = 0;
  #rebalances = 0;
  /** What the levels show of its consumers. */
  #shown = { consumers: 0, places: 0 };
  #copies = 0;
  #copyStream: Stream;
  #again: Lane;
  #onAgain: number;
  #unanswered: Lane | null = null;
  #onUnanswered: number;
  #onRebalanced: number;

  /** @param changed told when something about its lag has changed. */
  constructor(
    { machine, id, row, ticks }: Site,
    broker: BrokerSettings,
    index: number,
    messages: Messages,
    watches: readonly Watch[],
    changed: () => void,
  ) {
    const own = broker.groups[index]!;
    this.#competes = broker.mode === 'queue';
    this.#machine = machine;
    this.#broker = { id, row, ticks };
    this.#index = index;
    this.#take(broker);
    this.#way = machine.way(row, machine.rowOf(own.to));
    this.#deadWay = own.deadLetter === undefined ? -1 : machine.way(row, machine.rowOf(own.deadLetter));
    this.#messages = messages;
    this.#backlog = new Backlog(messages, broker.partitions);
    this.#consumers = new Consumers(broker.partitions, this.#competes);
    this.#watches = watches;
    this.#changed = changed;
    this.#underWay = new Int32Array(broker.partitions);
    this.#blockedBy = new Int32Array(broker.partitions);
    this.#isHandedOver = new Uint8Array(broker.partitions);
    this.#copyStream = machine.stream(id, 'duplicate');
    this.#onAgain = machine.on((again) => this.#isDueAgain(again));
    this.#onUnanswered = machine.on((call, hop) => this.#wasNotAnswered(call, hop));
    this.#onRebalanced = machine.on((_, token) => {
      if (token !== this.#rebalance) return;
      this.#stops--;
      this.#rebalance = 0;
      this.#assign();
      this.#resume();
    });
    this.#again = machine.lane(this.#inTicks(own.redeliverAfter), this.#onAgain);
    if (own.ackTimeout !== null) this.#unanswered = machine.lane(this.#inTicks(own.ackTimeout), this.#onUnanswered);
    this.#assign();
  }

  /** A message has been accepted: it stands last in its partition. Nothing is delivered before `offer`. */
  append(message: number): void {
    const partition = this.#messages.partition[message]!;
    const row = message * this.#messages.groups + this.#index;
    this.#changeWaiting(1);
    this.#changeLag(partition, 1);
    this.#backlog.append(row, partition);
    if (this.#backlog.lag[partition]! > this.#room) this.#finish(this.#backlog.takeOldest(partition), EXPIRED);
  }

  /** Lets the consumer that a partition belongs to take what waits there, if it has a place. */
  offer(partition: number): void {
    this.#standInTurn(partition);
    this.#serve(this.#consumers.memberOf[partition]!);
  }

  /** One of this group's deliveries has come back. */
  answered(call: number): void {
    const machine = this.#machine;
    const messages = this.#messages;
    const { calls } = machine;
    const row = calls.note[call]!;
    const place = calls.step[call]!;
    const message = messages.of(row);
    const isHeld = this.#callAt[place] === call;
    const wentWell = calls.fate[call] === ANSWERED;
    const cls = calls.cls[call]!;
    if (wentWell) {
      if (messages.hasGoneWell[row] === 1) {
        this.duplicates++;
        for (const { duplicates } of this.#watches) duplicates.add(cls);
      }
      messages.hasGoneWell[row] = 1;
    } else for (const { failed } of this.#watches) failed.add(cls);
    if (isHeld) {
      const wasWorking = messages.state[row] === WORKING;
      if (wasWorking && wentWell) {
        this.#finish(row, DONE);
        if (this.#copies > 0 && uniform(this.#copyStream, calls.request[call]!, calls.path[call]!) < this.#copies) {
          this.#send(row, place);
          messages.letGo(message);
          return;
        }
      }
      const partition = messages.partition[message]!;
      this.#release(place, partition);
      if (wasWorking && !wentWell) this.#hasFailed(row, false);
      this.#serveAfter(place, partition);
    } else if (wentWell && this.#own.acceptsLateAck && messages.state[row]! <= ASIDE) this.#settleLate(row);
    messages.letGo(message);
  }

  /** A fault begins or ends by which the group takes nothing. */
  stop(): void {
    this.#stops++;
  }

  goOn(): void {
    this.#stops--;
    this.#resume();
  }

  get isStopped(): boolean {
    return this.#stops > 0;
  }

  /** From now on this share of deliveries that went well is sent once more. */
  sendTwice(share: number): void {
    this.#copies = share;
  }

  /** A dial has been turned. */
  adopt(broker: BrokerSettings): void {
    const before = this.#own;
    const own = broker.groups[this.#index]!;
    this.#take(broker);
    const machine = this.#machine;
    if (own.redeliverAfter !== before.redeliverAfter)
      this.#again = machine.lane(this.#inTicks(own.redeliverAfter), this.#onAgain);
    if (own.ackTimeout !== before.ackTimeout)
      this.#unanswered =
        own.ackTimeout === null ? null : machine.lane(this.#inTicks(own.ackTimeout), this.#onUnanswered);
    if (own.consumers === before.consumers && own.prefetch === before.prefetch) return;
    if (own.consumers !== before.consumers) {
      machine.mark(this.#broker.id, 'scale', `${before.consumers} to ${own.consumers}`, this.#index);
      const pause = Math.round(own.rebalance * this.#broker.ticks);
      if (pause > 0) {
        if (this.#rebalance === 0) this.#stops++;
        machine.after(pause, this.#onRebalanced, 0, ++this.#rebalances);
        this.#rebalance = this.#rebalances;
        return;
      }
    }
    // what is being rebalanced is dealt out at its end
    if (this.#rebalance > 0) return;
    this.#assign();
    this.#resume();
  }

  /** Serves every consumer, after a time in which nothing was taken. */
  #resume(): void {
    for (let member = 0; member < this.#consumers.members; member++) this.#serve(member);
  }

  get consumers(): number {
    return this.#consumers.count;
  }

  get partitionLags(): Int32Array {
    return this.#backlog.lag;
  }

  /** The consumer that each partition belongs to; where consumers compete, 0. */
  get owners(): Int32Array {
    return this.#consumers.memberOf;
  }

  // ── Taking ───────────────────────────────────────────────────────────────────────────────────

  #take(broker: BrokerSettings): void {
    this.#own = broker.groups[this.#index]!;
    this.#room = Math.max(1, Math.floor(broker.retention / broker.partitions));
    this.#drainedFrom = broker.drainedFrom;
  }

  #inTicks(time: number): number {
    return Math.min(2 ** 50, Math.max(1, Math.round(time * this.#broker.ticks)));
  }

  #assign(): void {
    const { consumers, prefetch } = this.#own;
    const { now } = this.#machine;
    const before = Int32Array.from(this.#consumers.memberOf);
    this.#consumers.assign(consumers, prefetch);
    while (this.#isServing.length < this.#consumers.members) this.#isServing = wider(this.#isServing);
    for (const watch of this.#watches) {
      watch.consumers.set(now, watch.consumers.value + consumers - this.#shown.consumers);
      watch.places.set(now, watch.places.value + this.#consumers.places - this.#shown.places);
    }
    this.#shown = { consumers, places: this.#consumers.places };
    for (let partition = 0; partition < before.length; partition++) {
      // in order also from one consumer to the next: what the former one has in work comes first
      if (this.#underWay[partition]! > 0 && before[partition] !== this.#consumers.memberOf[partition])
        this.#isHandedOver[partition] = 1;
      this.#standInTurn(partition);
    }
  }

  #isOpen(partition: number): boolean {
    if (this.#competes) return true;
    return (this.#blockedBy[partition] === 0 || !this.#own.keepsOrder) && this.#isHandedOver[partition] === 0;
  }

  #standInTurn(partition: number): void {
    if (this.#backlog.has(partition) && this.#isOpen(partition)) this.#consumers.standInTurn(partition);
  }

  /** Gives a member messages as long as it has places, from one of its partitions after the other. */
  #serve(member: number): void {
    // a delivery may be back before it is sent, which serves the member again: the loop outside goes on with that
    if (member < 0 || this.#stops > 0 || this.#isServing[member] === 1) return;
    const consumers = this.#consumers;
    this.#isServing[member] = 1;
    while (consumers.hasFree(member)) {
      const partition = consumers.nextInTurn(member);
      if (partition < 0) break;
      if (!this.#isOpen(partition)) continue;
      const row = this.#backlog.take(partition);
      if (row < 0) continue;
      const place = consumers.takePlace(member);
      this.#standInTurn(partition);
      this.#begin(row, place, partition);
    }
    this.#isServing[member] = 0;
  }

  #begin(row: number, place: number, partition: number): void {
    const messages = this.#messages;
    const message = messages.of(row);
    const { now } = this.#machine;
    messages.state[row] = WORKING;
    this.#changeWaiting(-1);
    this.inWork++;
    this.#underWay[partition]!++;
    const isFirst = messages.deliveries[row] === 0;
    for (const { busy, age } of this.#watches) {
      busy.set(now, busy.value + 1);
      if (isFirst) age.add(messages.cls[message]!, now - messages.acceptedAt[message]!);
    }
    this.#send(row, place);
  }

  /** Makes a delivery on a place that is taken. */
  #send(row: number, place: number): void {
    const machine = this.#machine;
    const messages = this.#messages;
    const { calls } = machine;
    const message = messages.of(row);
    const cls = messages.cls[message]!;
    const delivery = messages.deliveries[row]!++;
    if (delivery > 0) this.redelivered++;
    for (const watch of this.#watches) {
      watch.deliveries.add(cls);
      if (delivery > 0) watch.redelivered.add(cls);
    }
    const own = childPath(messages.path[message]!, this.#index);
    const path = delivery === 0 ? own : mixPath(own, delivery);
    const call = machine.call(this.#way, messages.request[message]!, cls, path, row, place, -1);
    calls.key[call] = messages.key[message]!;
    calls.operation[call] = messages.operation[message]!;
    while (place >= this.#callAt.length) {
      const from = this.#callAt.length;
      this.#callAt = wider(this.#callAt).fill(-1, from);
      this.#rowAt = wider(this.#rowAt).fill(-1, from);
    }
    this.#callAt[place] = call;
    this.#rowAt[place] = row;
    messages.hold(message);
    if (this.#unanswered !== null) this.#unanswered.after(machine.now, call, calls.hop[call]!);
    machine.dispatch(call);
  }

  // ── What becomes of it ───────────────────────────────────────────────────────────────────────

  #release(place: number, partition: number): void {
    const { now } = this.#machine;
    this.#callAt[place] = -1;
    this.#rowAt[place] = -1;
    for (const { busy } of this.#watches) busy.set(now, busy.value - 1);
    if (--this.#underWay[partition]! === 0) this.#isHandedOver[partition] = 0;
    this.#consumers.release(place);
  }

  /** A place has come free: its consumer goes on, and so does whoever the partition belongs to now. */
  #serveAfter(place: number, partition: number): void {
    this.#standInTurn(partition);
    const member = this.#consumers.memberAt(place);
    this.#serve(member);
    const owner = this.#consumers.memberOf[partition]!;
    if (owner !== member) this.#serve(owner);
  }

  /** A delivery of a message in work has not gone well. @param atOnce whether it may be delivered again without a wait. */
  #hasFailed(row: number, atOnce: boolean): void {
    const messages = this.#messages;
    const message = messages.of(row);
    const partition = messages.partition[message]!;
    if (this.#own.maxDeliveries !== null && messages.deliveries[row]! >= this.#own.maxDeliveries) {
      this.#finish(row, DEAD);
      this.#bury(message);
      return;
    }
    this.inWork--;
    this.#changeWaiting(1);
    if (atOnce) {
      messages.state[row] = WAITING;
      this.#backlog.putBack(row, partition);
      return;
    }
    messages.state[row] = ASIDE;
    this.#blockedBy[partition]!++;
    messages.hold(message);
    this.#again.after(this.#machine.now, row, 0);
  }

  #isDueAgain(row: number): void {
    const messages = this.#messages;
    const message = messages.of(row);
    if (messages.state[row] === ASIDE) {
      const partition = messages.partition[message]!;
      messages.state[row] = WAITING;
      this.#blockedBy[partition]!--;
      this.#backlog.putBack(row, partition);
      this.offer(partition);
    }
    messages.letGo(message);
  }

  #wasNotAnswered(call: number, hop: number): void {
    const { calls } = this.#machine;
    if (calls.hop[call] !== hop) return;
    const place = calls.step[call]!;
    if (this.#callAt[place] !== call) return;
    const messages = this.#messages;
    const row = this.#rowAt[place]!;
    const partition = messages.partition[messages.of(row)]!;
    for (const { late } of this.#watches) late.add(calls.cls[call]!);
    this.#release(place, partition);
    if (messages.state[row] === WORKING) this.#hasFailed(row, true);
    this.#serveAfter(place, partition);
  }

  /** An answer has come after its time, for a message that is not done yet. */
  #settleLate(row: number): void {
    const messages = this.#messages;
    const message = messages.of(row);
    const partition = messages.partition[message]!;
    const state = messages.state[row]!;
    if (state === ASIDE) this.#blockedBy[partition]!--;
    // it still stands in its line, which lets go of it when its turn comes
    if (state === WAITING) messages.hold(message);
    this.#finish(row, DONE);
    if (state === ASIDE) this.offer(partition);
  }

  /** The group is done with a message. */
  #finish(row: number, as: number): void {
    const messages = this.#messages;
    const message = messages.of(row);
    const cls = messages.cls[message]!;
    const { now } = this.#machine;
    if (messages.state[row] === WORKING) this.inWork--;
    else this.#changeWaiting(-1);
    messages.state[row] = as;
    if (as === DONE) this.delivered++;
    else if (as === DEAD) this.dead++;
    else this.expired++;
    for (const watch of this.#watches)
      if (as === DONE) {
        watch.delivered.add(cls);
        watch.endToEnd.add(cls, now - messages.acceptedAt[message]!);
      } else (as === DEAD ? watch.dead : watch.expired).add(cls);
    messages.finish(message);
    this.#changeLag(messages.partition[message]!, -1);
  }

  /** Sends a dead message to where dead letters go. */
  #bury(message: number): void {
    if (this.#deadWay < 0) return;
    const machine = this.#machine;
    const messages = this.#messages;
    const path = mixPath(childPath(messages.path[message]!, this.#index), DEAD_PATH);
    const request = messages.request[message]!;
    const call = machine.call(this.#deadWay, request, messages.cls[message]!, path, DEAD_LETTER, 0, -1);
    machine.calls.key[call] = messages.key[message]!;
    machine.calls.operation[call] = 1;
    machine.dispatch(call);
  }

  // ── Keeping count ────────────────────────────────────────────────────────────────────────────

  #changeLag(partition: number, by: 1 | -1): void {
    const { now } = this.#machine;
    this.#backlog.changeLag(partition, by);
    for (const { lag } of this.#watches) lag.set(now, lag.value + by);
    this.#changed();
  }

  #changeWaiting(by: 1 | -1): void {
    this.waiting += by;
    for (const { waiting } of this.#watches) waiting.set(this.#machine.now, waiting.value + by);
    if (!this.isBehind) {
      // from its lowest, not from 0: where it drained it would else be behind again at once
      this.#least = Math.min(this.#least, this.waiting);
      if (this.waiting - this.#least <= this.#drainedFrom) return;
      this.isBehind = true;
      this.#most = 0;
    }
    this.#most = Math.max(this.#most, this.waiting);
    if (this.waiting * DRAINED > this.#most) return;
    this.#least = this.waiting;
    this.isBehind = false;
    this.#machine.mark(this.#broker.id, 'drained', this.#own.id, this.#index);
  }
}
