/**
 * A pool of parallel workers: a serial piece, parallel pieces, a lock that is really queued for, and updates that are really
 * passed on. It knows no law of speed-up; what comes of waiting and telling is measured.
 */
import { durationSampler, type Sampler } from '../../distributions/index.ts';
import { ANSWERED, childPath, fateOf } from '../../engine/machine.ts';
import type { FailureReason } from '../../engine/run.ts';
import { Books } from '../door/books.ts';
import { defineKind } from '../kind.ts';
import { MOST_PIECES, settings, type WorkersSettings } from './settings.ts';

const QUEUE_FULL = fateOf('queue-full');
const NONE = -1;
const LONGEST = 2 ** 50;

/** What a worker is at. */
const IDLE = 0;
const WORKING = 1;
const WAITING = 2;
const EXCHANGING = 3;

/** What of a piece is over, when the calendar says so. */
const SERIAL = 0;
const OWN = 1;
const LOCKED = 2;
const TOLD = 3;
const STEPS = 4;

const reasonsOf = ({ queueLimit }: WorkersSettings): FailureReason[] => (queueLimit === null ? [] : ['queue-full']);

const piecesOf = ({ pieces, grows, workers: count }: WorkersSettings): number => (grows ? pieces * count : pieces);

export const workers = defineKind({
  kind: 'workers',
  settings,
  actions: {
    slow: 'multiplies the time of all that any worker begins by the amount',
    'slow-instance': 'multiplies the time of all that the worker numbered `instance` begins by the amount',
  },
  adopts: ['job', 'serial', 'unevenness', 'locked', 'exchange'],
  takesCalls: true,
  callees: () => [],
  size: (own) => own.workers,
  reasons: reasonsOf,
  contradictions: (own) =>
    piecesOf(own) <= MOST_PIECES
      ? []
      : [{ path: 'pieces', message: `${piecesOf(own)} pieces in a job`, expected: `at most ${MOST_PIECES} in all` }],
  build(first, site) {
    let own: WorkersSettings = first;
    const { machine, id, ticks } = site;
    const { calls, classes, monitor } = machine;
    const count = own.workers;
    const books = new Books(site, reasonsOf(own));
    const queue = monitor.level(`${id}.queue`);
    const wait = monitor.tally(`${id}.wait`);
    const pieces = monitor.count(`${id}.pieces`, 'count');
    const lockWait = monitor.tally(`${id}.lockWait`);
    /** Workers in each state, in the order of the states. */
    const levels = ['idle', 'busy', 'lockQueue', 'exchanging'].map((name) => monitor.level(`${id}.${name}`));
    monitor.share(`${id}.utilisation`, levels[WORKING]!, count);
    const capacity = monitor.level(`${id}.capacity`);
    const lock = monitor.level(`${id}.lock`);
    monitor.share(`${id}.lockHeld`, lock, 1);
    /** Of finished jobs: what one worker alone would have taken, and how long they took. */
    const alone = monitor.counter();
    const taken = monitor.counter();
    monitor.count(`${id}.speedUp`, 'number', alone, taken);
    /** Of finished jobs, too: the time of all workers, and what they spent it on, in the order of the states. */
    const allTime = monitor.counter();
    const spent = ['standingBy', 'atPieces', 'atLock', 'inExchange'].map((name) =>
      monitor.count(`${id}.${name}`, 'share', monitor.counter(), allTime),
    );
    const areas = new Float64Array(spent.length);

    const workStream = machine.stream(id, 'work');
    const lockStream = machine.stream(id, 'locked');
    let serialTime = 0;
    let ownTime: Sampler;
    let lockedTime: Sampler;
    let tellTime = 0;
    function takeSettings(): void {
      const piece = (own.job * (1 - own.serial)) / own.pieces;
      const law = (mean: number) => ({ law: 'varied', mean, cv2: own.unevenness }) as const;
      serialTime = Math.min(LONGEST, Math.round(own.job * own.serial * ticks));
      ownTime = durationSampler(law(piece * (1 - own.locked)), workStream, ticks);
      lockedTime = durationSampler(law(piece * own.locked), lockStream, ticks);
      tellTime = Math.min(LONGEST, Math.round(piece * own.exchange * (count - 1) * ticks));
    }
    takeSettings();

    let slowed = 1;
    const lag = new Float64Array(count).fill(1);
    const state = new Uint8Array(count);
    /** What each worker's piece is: its number within the job, the work in it so far, and when it came to the lock. */
    const piece = new Int32Array(count);
    const worked = new Float64Array(count);
    const cameAt = new Float64Array(count);

    let job = NONE;
    let begunAt = 0;
    /** How much work its request is, as a factor. */
    let size = 1;
    let next = 0;
    let left = 0;
    /** Pieces of this round that are not done, where all go in step. */
    let inRound = 0;
    let doneWork = 0;
    /** Entries of the calendar are good only while they bear it: a job that was taken back leaves some behind. */
    let token = 0;
    let holder = NONE;
    const lockLine = new Int32Array(count);
    let lineHead = 0;
    let lineLength = 0;

    // Jobs in line; those taken back leave a hole.
    const line: number[] = [];
    let lineFrom = 0;

    const handler = machine.on((what, forToken) => {
      if (forToken !== token) return;
      const worker = Math.floor(what / STEPS);
      switch (what % STEPS) {
        case SERIAL:
          doneWork += worked[worker]!;
          turn(worker, IDLE);
          spread();
          return;
        case OWN:
          comeToLock(worker);
          return;
        case LOCKED:
          if (own.exchanges === 'under-lock' && tellTime > 0) tell(worker);
          else {
            giveLockBack();
            if (own.exchanges === 'side-by-side' && tellTime > 0) tell(worker);
            else pieceIsDone(worker);
          }
          return;
        default:
          if (holder === worker) giveLockBack();
          pieceIsDone(worker);
      }
    });

    function turn(worker: number, to: number): void {
      const from = state[worker]!;
      if (from === to) return;
      state[worker] = to;
      const { now } = machine;
      levels[from]!.set(now, levels[from]!.value - 1);
      levels[to]!.set(now, levels[to]!.value + 1);
    }

    const times = (time: number, factor: number): number =>
      factor === 1 ? time : Math.min(LONGEST, Math.round(time * factor));

    /** Lets a worker be at something for so long, as slow as it is now. */
    function spend(worker: number, what: number, time: number): void {
      machine.after(times(time, slowed * lag[worker]!), handler, worker * STEPS + what, token);
    }

    function beginNext(): void {
      while (job === NONE && lineFrom < line.length) {
        const call = line[lineFrom++]!;
        if (call === NONE) continue;
        if (lineFrom > 1024 && lineFrom * 2 > line.length) {
          line.splice(0, lineFrom);
          lineFrom = 0;
        }
        queue.set(machine.now, queue.value - 1);
        begin(call);
      }
    }

    function begin(call: number): void {
      job = call;
      begunAt = machine.now;
      for (const [state, level] of levels.entries()) areas[state] = level.areaAt(begunAt);
      next = 0;
      left = piecesOf(own);
      doneWork = 0;
      size = classes[calls.cls[call]!]!.size?.(calls.request[call]!, calls.path[call]!) ?? 1;
      wait.add(calls.cls[call]!, machine.now - calls.arrivedAt[call]!);
      machine.begins(call, NONE);
      if (serialTime > 0) {
        turn(0, WORKING);
        worked[0] = times(serialTime, size);
        spend(0, SERIAL, worked[0]);
      } else spread();
    }

    /** Hands out pieces to all who are free; who is in step waits until the round is over. */
    function spread(): void {
      const total = piecesOf(own);
      const many = Math.min(count, total - next);
      if (own.inStep) inRound = many;
      for (let worker = 0; worker < many; worker++) take(worker);
    }

    function take(worker: number): void {
      piece[worker] = next++;
      turn(worker, WORKING);
      const time = times(ownTime(calls.request[job]!, childPath(calls.path[job]!, piece[worker]!)), size);
      worked[worker] = time;
      spend(worker, OWN, time);
    }

    /** Whether a piece has anything to do with the lock. */
    const locks = (): boolean => own.locked > 0 || (own.exchange > 0 && own.exchanges === 'under-lock');

    function comeToLock(worker: number): void {
      if (!locks()) {
        if (tellTime > 0) tell(worker);
        else pieceIsDone(worker);
        return;
      }
      cameAt[worker] = machine.now;
      if (holder === NONE) haveLock(worker);
      else {
        turn(worker, WAITING);
        lockLine[(lineHead + lineLength++) % count] = worker;
      }
    }

    function haveLock(worker: number): void {
      holder = worker;
      lock.set(machine.now, 1);
      lockWait.add(calls.cls[job]!, machine.now - cameAt[worker]!);
      turn(worker, WORKING);
      const time = times(lockedTime(calls.request[job]!, childPath(calls.path[job]!, piece[worker]!)), size);
      worked[worker]! += time;
      spend(worker, LOCKED, time);
    }

    function giveLockBack(): void {
      holder = NONE;
      if (lineLength === 0) {
        lock.set(machine.now, 0);
        return;
      }
      const worker = lockLine[lineHead]!;
      lineHead = (lineHead + 1) % count;
      lineLength--;
      haveLock(worker);
    }

    function tell(worker: number): void {
      turn(worker, EXCHANGING);
      spend(worker, TOLD, times(tellTime, size));
    }

    function pieceIsDone(worker: number): void {
      doneWork += worked[worker]!;
      pieces.add(0);
      left--;
      if (left === 0) {
        turn(worker, IDLE);
        jobIsDone();
      } else if (own.inStep) {
        turn(worker, IDLE);
        if (--inRound === 0) spread();
      } else if (next < piecesOf(own)) take(worker);
      else turn(worker, IDLE);
    }

    function jobIsDone(): void {
      const call = job;
      const cls = calls.cls[call]!;
      alone.cells[cls]! += doneWork;
      taken.cells[cls]! += machine.now - begunAt;
      allTime.cells[cls]! += (machine.now - begunAt) * count;
      for (const [state, level] of levels.entries())
        spent[state]!.cells[cls]! += level.areaAt(machine.now) - areas[state]!;
      job = NONE;
      books.end(call, ANSWERED, 0);
      beginNext();
    }

    /** The job is taken back: nobody works for it any more. */
    function dropJob(): void {
      token++;
      job = NONE;
      holder = NONE;
      lineLength = 0;
      lock.set(machine.now, 0);
      for (let worker = 0; worker < count; worker++) turn(worker, IDLE);
    }

    return {
      start() {
        levels[IDLE]!.set(0, count);
        capacity.set(0, count);
      },
      receive(call) {
        books.arrivals.add(calls.cls[call]!);
        const waiting = queue.value;
        if (job !== NONE && own.queueLimit !== null && waiting >= own.queueLimit) {
          books.turnAway(call, QUEUE_FULL);
          return;
        }
        books.enter(call);
        line.push(call);
        queue.set(machine.now, waiting + 1);
        beginNext();
      },
      cancel(call) {
        if (call === job) {
          dropJob();
          books.drop(call);
          beginNext();
          return;
        }
        line[line.indexOf(call, lineFrom)] = NONE;
        queue.set(machine.now, queue.value - 1);
        books.drop(call);
      },
      faults: {
        slow: (begins, amount) => void (slowed = begins ? slowed * amount : slowed / amount),
        'slow-instance'(begins, amount, instance) {
          if (instance < count) lag[instance] = begins ? lag[instance]! * amount : lag[instance]! / amount;
        },
      },
      adopt(settingsNow: WorkersSettings) {
        own = settingsNow;
        takeSettings();
      },
      state: () => ({
        instances: Array.from({ length: count }, () => true),
        slots: [],
        queue: line
          .slice(lineFrom)
          .filter((call) => call !== NONE)
          .map((call) => machine.hopOf(call)),
        inside: books.inside.value,
        readings: {
          working: levels[WORKING]!.value,
          waiting: levels[WAITING]!.value,
          exchanging: levels[EXCHANGING]!.value,
          holder,
        },
      }),
    };
  },
});
