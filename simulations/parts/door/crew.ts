/**
 * Those who work at a door: instances with threads, and one line before them all, first come first served.
 * It knows those whom it serves only by numbers (rows of calls, or of messages), and nothing of what they want.
 */
import { wider } from '../../engine/calendar.ts';
import { fateOf, type Machine } from '../../engine/machine.ts';
import type { Level, Tally } from '../../engine/monitor.ts';
import type { Fleet, InstanceState } from '../../engine/part.ts';
import type { PartState } from '../../engine/run.ts';
import type { Site } from '../kind.ts';
import { Line, Places } from '../service/line.ts';
import type { Books } from './books.ts';

const QUEUE_FULL = fateOf('queue-full');
const UNAVAILABLE = fateOf('unavailable');
const CRASHED = fateOf('crashed');
const IMPATIENT = fateOf('impatient');

/** Where somebody is. */
const OUT = 0;
const WAITING = 1;
const WORKING = 2;
/** The work is done, and the thread is kept. */
const HOLDING = 3;
/** The work is done, the thread is free, and the instance still has them. */
const SEATED = 4;

/** What an instance is doing. There is no start-up: whoever is started is ready. */
const ABSENT = 0;
const READY = 1;
const STOPPING = 2;
const stateNames: InstanceState[] = ['absent', 'ready', 'stopping'];

/** What a slot is doing. */
const FREE = 0;
const BUSY = 1;
const ASIDE = 2;

const MOST_INSTANCES = 1000;

/** What whoever has a crew tells it, and is told by it. */
export interface Duty {
  classOf(item: number): number;
  /** Work begins on somebody; `slot` is 0 where threads are not counted. @returns how long it takes, in ticks. */
  begins(item: number, slot: number): number;
  /** The work is done. */
  done(item: number): void;
  /**
   * Somebody fails: `crashed` with their instance, `unavailable` as none is left to serve the line, or `impatient`.
   * They must leave.
   */
  fails(item: number, fate: number): void;
  /** How long somebody stands in line before they leave, in ticks; −1 for ever. Absent where nobody ever does. */
  patience?(item: number): number;
  /**
   * Present where the line outlives its instances: who was with one that died is not failed, but put back to the front
   * of the line, and begun anew.
   */
  interrupted?(item: number): void;
}

export interface CrewSettings {
  instances: number;
  threads: number | null;
  queueLimit: number | null;
}

export class Crew {
  readonly fleet: Fleet;

  #machine: Machine;
  #id: string;
  #duty: Duty;
  #threads: number | null;
  #holds: boolean;
  #limit: number;
  #finish: number;
  #leaves: number;

  #line = new Line(1, new Places());
  #taken = 0;
  #present = 0;

  /** Instances. */
  #condition = new Uint8Array(MOST_INSTANCES);
  #aside = new Uint8Array(MOST_INSTANCES);
  #inside = new Int32Array(MOST_INSTANCES);
  #downBy = new Int32Array(MOST_INSTANCES);
  #isMissed = new Uint8Array(MOST_INSTANCES);
  #startedAs = new Float64Array(MOST_INSTANCES);
  #slotsOf: number[][] = [];
  #count = 0;
  #ready = 0;
  #wanted: number;
  #starts = 0;
  #next = 0;
  #listeners: ((instance: number) => void)[] = [];

  /** Slots, the threads of all instances; none where threads are not counted. */
  #slots = 0;
  #slotInstance = new Int32Array(16);
  #busyWith = new Int32Array(16).fill(-1);
  #slotState = new Uint8Array(16);
  /** Free threads as a ring: whoever has been free longest serves next. */
  #free = new Int32Array(16);
  #freeHead = 0;
  #freeCount = 0;

  /** Those inside, by their rows. Entries in the calendar are good only while they bear the row's token. */
  #where = new Uint8Array(64);
  #seat = new Int32Array(64).fill(-1);
  #slotOf = new Int32Array(64);
  #token = new Int32Array(64);
  #since = new Float64Array(64);
  #order = new Float64Array(64);

  #queue: Level;
  #busy: Level;
  #capacity: Level;
  #readyLevel: Level;
  #wait: Tally;

  /** @param holdsThread whether a thread is kept after its work until whoever it was for leaves. */
  constructor({ machine, id }: Site, first: CrewSettings, holdsThread: boolean, books: Books, duty: Duty) {
    this.#machine = machine;
    this.#id = id;
    this.#duty = duty;
    this.#threads = first.threads;
    this.#holds = holdsThread;
    this.#limit = first.queueLimit ?? Infinity;
    this.#wanted = first.instances;
    this.#finish = machine.on((item, token) => {
      if (this.#token[item] === token) this.#workIsDone(item);
    });
    this.#leaves = machine.on((item, token) => {
      if (this.#token[item] === token && this.#where[item] === WAITING) duty.fails(item, IMPATIENT);
    });
    const { monitor } = machine;
    this.#queue = monitor.level(`${id}.queue`);
    this.#busy = monitor.level(`${id}.busy`);
    this.#capacity = monitor.level(`${id}.capacity`);
    this.#readyLevel = monitor.level(`${id}.instances`);
    if (first.threads !== null) monitor.share(`${id}.utilisation`, this.#busy, this.#capacity);
    this.#wait = monitor.tally(`${id}.wait`);
    this.fleet = Crew.#fleetOf(this, books);
    for (let instance = 0; instance < first.instances; instance++) this.#start(instance, true);
  }

  // ── Those who come ───────────────────────────────────────────────────────────────────────────

  /**
   * Whether one more may come in: 0, or the fate that it is refused with.
   * @param instance the one that it was sent to, or −1 for any.
   */
  refusal(instance: number): number {
    if (this.#ready === 0 || (instance >= 0 && !this.#takesWork(instance))) return UNAVAILABLE;
    if (this.#threads === null || (this.#line.size === 0 && this.#hasFree())) return 0;
    return this.#line.size < this.#limit ? 0 : QUEUE_FULL;
  }

  /** Whether an instance is there that takes work. */
  get isOpen(): boolean {
    return this.#ready > 0;
  }

  /** Takes somebody whom `refusal` let in: on a free thread, or into the line. The work may be done before this returns. */
  take(item: number, instance: number): void {
    if (item >= this.#where.length) this.#grow(item);
    this.#order[item] = this.#taken++;
    this.#present++;
    this.#serveOrQueue(item, instance, true);
  }

  /** Somebody whose work is done needs work once more: on the thread that is still theirs, or as one who comes, past any limit. */
  again(item: number): void {
    if (this.#where[item] === HOLDING) {
      this.#since[item] = this.#machine.now;
      this.#work(item, this.#seat[item]!, this.#slotOf[item]!, true);
    } else this.#serveOrQueue(item, this.#seat[item]!, false);
  }

  /** Somebody leaves, wherever they are: their thread, if they have one, takes the next in line. */
  leave(item: number): void {
    const where = this.#where[item]!;
    this.#token[item]!++;
    this.#where[item] = OUT;
    this.#present--;
    if (where === WAITING) {
      this.#line.remove(item, 0);
      this.#queue.set(this.#machine.now, this.#line.size);
    } else if (where === WORKING || where === HOLDING) this.#leaveThread(this.#slotOf[item]!);
    this.#stand(item);
  }

  #serveOrQueue(item: number, instance: number, isNew: boolean): void {
    const { now } = this.#machine;
    this.#since[item] = now;
    const slot = this.#threads === null ? -1 : this.#line.size === 0 ? this.#takeFree() : -1;
    const host = slot >= 0 ? this.#slotInstance[slot]! : this.#threads === null ? this.#hostFor(instance) : -1;
    if (host >= 0) {
      this.#busy.set(now, this.#busy.value + 1);
      this.#work(item, host, slot, true);
      return;
    }
    this.#where[item] = WAITING;
    this.#line.push(item, 0);
    this.#queue.set(now, this.#line.size);
    const patience = isNew ? (this.#duty.patience?.(item) ?? -1) : -1;
    if (patience >= 0) this.#machine.after(patience, this.#leaves, item, this.#token[item]!);
  }

  /**
   * Works on somebody, on a thread that is counted as busy already.
   * @param atOnce whether work that takes no time is done before this returns. From the line it is not: however many
   * wait, each has a turn of its own.
   */
  #work(item: number, instance: number, slot: number, atOnce: boolean): void {
    const machine = this.#machine;
    if (this.#seat[item] !== instance) {
      this.#stand(item);
      this.#seat[item] = instance;
      this.#inside[instance]!++;
    }
    this.#slotOf[item] = slot;
    if (slot >= 0) this.#busyWith[slot] = item;
    this.#where[item] = WORKING;
    this.#wait.add(this.#duty.classOf(item), machine.now - this.#since[item]!);
    const ticks = this.#duty.begins(item, Math.max(slot, 0));
    if (ticks === 0 && atOnce) this.#workIsDone(item);
    else machine.after(ticks, this.#finish, item, this.#token[item]!);
  }

  #workIsDone(item: number): void {
    this.#token[item]!++;
    this.#where[item] = this.#holds ? HOLDING : SEATED;
    if (!this.#holds) this.#leaveThread(this.#slotOf[item]!);
    this.#duty.done(item);
  }

  /** A thread has nothing to do any more: it takes the next in line, or is free. */
  #leaveThread(slot: number): void {
    const { now } = this.#machine;
    if (slot >= 0 && this.#line.size > 0 && this.#takesWork(this.#slotInstance[slot]!)) {
      this.#workOnNext(this.#slotInstance[slot]!, slot);
      return;
    }
    this.#busy.set(now, this.#busy.value - 1);
    if (slot >= 0) this.#release(slot);
  }

  #workOnNext(instance: number, slot: number): void {
    const item = this.#line.shift();
    this.#queue.set(this.#machine.now, this.#line.size);
    this.#work(item, instance, slot, false);
  }

  /** Lets those in line be served while there is somebody to do it. */
  #serveLine(): void {
    while (this.#line.size > 0) {
      const slot = this.#threads === null ? -1 : this.#takeFree();
      const host = slot >= 0 ? this.#slotInstance[slot]! : this.#threads === null ? this.#hostFor(-1) : -1;
      if (host < 0) return;
      this.#busy.set(this.#machine.now, this.#busy.value + 1);
      this.#workOnNext(host, slot);
    }
  }

  #stand(item: number): void {
    const instance = this.#seat[item]!;
    if (instance < 0) return;
    this.#seat[item] = -1;
    this.#inside[instance]!--;
    if (this.#condition[instance] === STOPPING && this.#inside[instance] === 0)
      this.#become(instance, ABSENT, 'absent');
  }

  #grow(item: number): void {
    while (item >= this.#where.length) {
      const from = this.#where.length;
      this.#where = wider(this.#where);
      this.#seat = wider(this.#seat).fill(-1, from);
      this.#slotOf = wider(this.#slotOf);
      this.#token = wider(this.#token);
      this.#since = wider(this.#since);
      this.#order = wider(this.#order);
    }
  }

  // ── Threads ──────────────────────────────────────────────────────────────────────────────────

  #takesWork(instance: number): boolean {
    return this.#condition[instance] === READY && this.#aside[instance] === 0;
  }

  /** Where threads are not counted: the instance somebody was sent to, or each in turn; −1 when none is ready. */
  #hostFor(instance: number): number {
    if (instance >= 0) return instance;
    for (let tries = 0; tries < this.#count; tries++) {
      const host = this.#next;
      this.#next = host + 1 >= this.#count ? 0 : host + 1;
      if (this.#takesWork(host)) return host;
    }
    return -1;
  }

  /** Whether a thread is free; what their instances became has left stale entries in the ring, which go now. */
  #hasFree(): boolean {
    while (this.#freeCount > 0) {
      const slot = this.#free[this.#freeHead]!;
      if (this.#slotState[slot] === FREE) {
        if (this.#takesWork(this.#slotInstance[slot]!)) return true;
        this.#slotState[slot] = ASIDE;
      }
      this.#freeHead = (this.#freeHead + 1) & (this.#free.length - 1);
      this.#freeCount--;
    }
    return false;
  }

  #takeFree(): number {
    if (!this.#hasFree()) return -1;
    const slot = this.#free[this.#freeHead]!;
    this.#freeHead = (this.#freeHead + 1) & (this.#free.length - 1);
    this.#freeCount--;
    this.#slotState[slot] = BUSY;
    return slot;
  }

  #release(slot: number): void {
    this.#busyWith[slot] = -1;
    if (!this.#takesWork(this.#slotInstance[slot]!)) {
      this.#slotState[slot] = ASIDE;
      return;
    }
    this.#slotState[slot] = FREE;
    const { length } = this.#free;
    if (this.#freeCount === length) {
      const wide = new Int32Array(2 * length);
      for (let i = 0; i < length; i++) wide[i] = this.#free[(this.#freeHead + i) & (length - 1)]!;
      this.#free = wide;
      this.#freeHead = 0;
    }
    this.#free[(this.#freeHead + this.#freeCount++) & (this.#free.length - 1)] = slot;
  }

  #addSlots(instance: number): void {
    const own: number[] = (this.#slotsOf[instance] = []);
    for (let t = 0; t < (this.#threads ?? 0); t++) {
      if (this.#slots === this.#busyWith.length) {
        this.#slotInstance = wider(this.#slotInstance);
        this.#busyWith = wider(this.#busyWith).fill(-1, this.#slots);
        this.#slotState = wider(this.#slotState);
      }
      this.#slotInstance[this.#slots] = instance;
      this.#slotState[this.#slots] = ASIDE;
      own.push(this.#slots++);
    }
  }

  // ── Instances ────────────────────────────────────────────────────────────────────────────────

  /** Counts who takes work after a change, and tells those who asked. */
  #changed(instance: number): void {
    const { now } = this.#machine;
    this.#ready = 0;
    for (let i = 0; i < this.#count; i++) if (this.#takesWork(i)) this.#ready++;
    this.#readyLevel.set(now, this.#ready);
    this.#capacity.set(now, this.#ready * (this.#threads ?? 0));
    for (const listener of this.#listeners) listener(instance);
    if (!this.#takesWork(instance)) return;
    for (const slot of this.#slotsOf[instance]!) if (this.#slotState[slot] === ASIDE) this.#release(slot);
    this.#serveLine();
  }

  #become(instance: number, condition: number, mark: string): void {
    this.#condition[instance] = condition;
    if (this.#machine.now > 0) this.#machine.mark(this.#id, 'instance', mark, instance);
    this.#changed(instance);
  }

  #start(instance: number, isInRotation: boolean): void {
    for (; this.#count <= instance; this.#count++) this.#addSlots(this.#count);
    this.#aside[instance] = isInRotation ? 0 : 1;
    this.#startedAs[instance] = this.#starts++;
    this.#become(instance, READY, 'ready');
  }

  #stop(instance: number, graceful: boolean): void {
    if (this.#condition[instance] === ABSENT) return;
    if (!graceful) this.#kill(instance);
    else if (this.#condition[instance] === READY) {
      const isEmpty = this.#inside[instance] === 0;
      this.#become(instance, isEmpty ? ABSENT : STOPPING, isEmpty ? 'absent' : 'stopping');
    }
    this.#failLine();
  }

  /** An instance dies, and whatever it has with it. */
  #kill(instance: number): void {
    this.#become(instance, ABSENT, 'dead');
    const had: number[] = [];
    for (let item = 0; item < this.#seat.length; item++) if (this.#seat[item] === instance) had.push(item);
    if (this.#duty.interrupted === undefined) {
      // one who fails may end another
      for (const item of had) if (this.#seat[item] === instance) this.#duty.fails(item, CRASHED);
      return;
    }
    had.sort((a, b) => this.#order[b]! - this.#order[a]!);
    for (const item of had) {
      const where = this.#where[item]!;
      this.#duty.interrupted(item);
      this.#token[item]!++;
      if (where === WORKING || where === HOLDING) {
        const slot = this.#slotOf[item]!;
        this.#busy.set(this.#machine.now, this.#busy.value - 1);
        if (slot >= 0) this.#release(slot);
      }
      this.#stand(item);
      this.#where[item] = WAITING;
      this.#since[item] = this.#machine.now;
      this.#line.unshift(item, 0);
    }
    this.#queue.set(this.#machine.now, this.#line.size);
    this.#serveLine();
  }

  /** Nobody is left who could ever serve the line: those in it fail. */
  #failLine(): void {
    if (this.#duty.interrupted !== undefined) return;
    for (let i = 0; i < this.#count; i++) if (this.#condition[i] === READY) return;
    for (const item of this.#line.list()) if (this.#where[item] === WAITING) this.#duty.fails(item, UNAVAILABLE);
  }

  /** A fault takes an instance down, or lets it come back if it was there. */
  down(instance: number, begins: boolean): void {
    if (instance >= this.#count) return;
    if (begins) {
      if (++this.#downBy[instance]! > 1) return;
      this.#isMissed[instance] = this.#condition[instance] === READY ? 1 : 0;
      this.#stop(instance, false);
    } else if (this.#downBy[instance]! > 0 && --this.#downBy[instance]! === 0 && this.#isMissed[instance] === 1)
      this.#start(instance, true);
  }

  /** As `down`, all of them at once. */
  allDown(begins: boolean): void {
    for (let instance = 0; instance < this.#count; instance++) this.down(instance, begins);
  }

  adopt({ instances, queueLimit }: CrewSettings, before: CrewSettings): void {
    this.#limit = queueLimit ?? Infinity;
    if (instances !== before.instances) this.fleet.scale(instances);
  }

  /** How it stands. @param hopOf the hop of whom a row is. */
  state(hopOf: (item: number) => number): Pick<PartState, 'instances' | 'slots' | 'queue'> & { states: string[] } {
    return {
      instances: Array.from({ length: this.#count }, (_, i) => this.#takesWork(i)),
      slots: Array.from({ length: this.#slots }, (_, slot) => ({
        instance: this.#slotInstance[slot]!,
        hop: this.#busyWith[slot]! < 0 ? -1 : hopOf(this.#busyWith[slot]!),
      })),
      queue: this.#line.list().map(hopOf),
      states: Array.from({ length: this.#count }, (_, i) => stateNames[this.#condition[i]!]!),
    };
  }

  static #fleetOf(crew: Crew, books: Books): Fleet {
    const fleet: Fleet = {
      get count() {
        return crew.#count;
      },
      get ready() {
        return crew.#ready;
      },
      get present() {
        let sum = 0;
        for (let i = 0; i < crew.#count; i++) if (crew.#condition[i] !== ABSENT) sum++;
        return sum;
      },
      get wanted() {
        return crew.#wanted;
      },
      stateOf: (instance) => (instance < crew.#count ? stateNames[crew.#condition[instance]!]! : 'absent'),
      onChange: (listener) => void crew.#listeners.push(listener),
      isReady: (instance) => instance < crew.#count && crew.#takesWork(instance),
      isPaused: () => false,
      inside: (instance) => crew.#inside[instance]!,
      get load() {
        return crew.#present;
      },
      get waiting() {
        return crew.#line.size;
      },
      busyTicks: () => crew.#busy.areaSeenAt(crew.#machine.now),
      readyTicks: () => crew.#capacity.areaSeenAt(crew.#machine.now),
      get arrived() {
        return books.arrivals.total;
      },
      get finished() {
        return books.finished;
      },
      get errors() {
        return books.refused.total;
      },
      scale(to) {
        let change = Math.max(0, Math.min(MOST_INSTANCES, to)) - crew.#wanted;
        crew.#wanted += change;
        for (; change > 0 && fleet.launch(0) >= 0; change--);
        for (; change < 0; change++) {
          let newest = -1;
          for (let i = 0; i < crew.#count; i++)
            if (crew.#condition[i] === READY && (newest < 0 || crew.#startedAs[i]! > crew.#startedAs[newest]!))
              newest = i;
          if (newest >= 0) crew.#stop(newest, true);
        }
      },
      launch(_version, isInRotation = true) {
        // the number of an instance that a fault still holds is not used again
        for (let instance = 0; instance < MOST_INSTANCES; instance++)
          if (crew.#condition[instance] === ABSENT && crew.#downBy[instance] === 0) {
            crew.#start(instance, isInRotation);
            return instance;
          }
        return -1;
      },
      stop: (instance, graceful) => crew.#stop(instance, graceful),
      versionOf: () => 0,
      versions: ['v1'],
      prefer() {},
      setInRotation(instance, isIn) {
        if (instance >= crew.#count || crew.#aside[instance] === (isIn ? 0 : 1)) return;
        crew.#aside[instance] = isIn ? 0 : 1;
        crew.#changed(instance);
      },
      finishedBy: () => fleet.finished,
      errorsBy: () => fleet.errors,
    };
    return fleet;
  }
}
