/**
 * A participant of transactions: does its share of each under a lock, and keeps what it has promised. It knows the verbs,
 * not the coordinator, and nothing of the other participants but that an event goes to the next.
 */
import { durationSampler, type Distribution, type Sampler } from '../../distributions/index.ts';
import { wider } from '../../engine/calendar.ts';
import { mixPath, uniform } from '../../engine/draws.ts';
import { ANSWERED, fateOf } from '../../engine/machine.ts';
import type { FailureReason } from '../../engine/run.ts';
import { Books } from '../door/books.ts';
import { KeyRows } from '../key-rows.ts';
import { defineKind } from '../kind.ts';
import { Locks } from '../store/locks.ts';
import { Waiting } from '../store/waiting.ts';
import { Memory } from '../transaction/memory.ts';
import { Post } from '../transaction/post.ts';
import { slipsOf } from '../transaction/slips.ts';
import * as verbs from '../transaction/verbs.ts';
import { settings, type ParticipantSettings } from './settings.ts';

const ABORTED = fateOf('aborted');
const LOCK_TIMEOUT = fateOf('lock-timeout');
const UNAVAILABLE = fateOf('unavailable');
const CRASHED = fateOf('crashed');

const { READ, DO, PREPARE, COMMIT, ABORT, UNDO, GO_ON, GO_BACK, ALL_DONE, ALL_UNDONE } = verbs;

/** Where a job is. */
const WAITING = 1;
const WORKING = 2;
/** It has voted yes, and waits for the decision. */
const PREPARED = 3;
/** It is over, and those who wait for it are being answered. */
const ENDING = 4;

/** What has become of a step, as far as it is recognised. */
const UNKNOWN = 0;
const DONE = 1;
const UNDONE = 2;
const REFUSED = 3;

const NONE = -1;
const LONGEST = 2 ** 50;

function reasonsOf({ lockTimeout }: ParticipantSettings): FailureReason[] {
  return lockTimeout === null
    ? ['aborted', 'crashed', 'unavailable']
    : ['aborted', 'crashed', 'unavailable', 'lock-timeout'];
}

export const participant = defineKind({
  kind: 'participant',
  settings,
  actions: {
    crash:
      'kills it: what it works on or waits for is undone and fails as `crashed`, what comes is refused as `unavailable`; what it has done or voted for it still knows afterwards, with the locks',
    slow: 'multiplies the time of all its work by the amount',
    refuse: 'lets it say no to the amount (a share) of transactions, besides those it refuses anyway',
    duplicate: 'sends the amount (a share) of its events twice',
  },
  adopts: ['work', 'commitWork', 'undoWork', 'refuses', 'lockTimeout', 'resendAfter'],
  takesCalls: true,
  callees: () => [],
  size: () => 1,
  reasons: reasonsOf,
  build(first, site) {
    let own: ParticipantSettings = first;
    const { machine, id, row, ticks } = site;
    const { calls, classes, monitor } = machine;
    const inTicks = (time: number) => Math.min(LONGEST, Math.max(1, Math.round(time * ticks)));

    const books = new Books(site, reasonsOf(own));
    const counted = (name: string) => monitor.count(`${id}.${name}`, 'count', monitor.counter(), null, true);
    const queue = monitor.level(`${id}.queue`);
    const locked = monitor.level(`${id}.locks`);
    const prepared = monitor.level(`${id}.prepared`);
    const lockWait = monitor.tally(`${id}.lockWait`);
    const lockHold = monitor.tally(`${id}.lockHold`);
    const inDoubt = monitor.tally(`${id}.inDoubt`);
    const repeats = counted('repeats');
    const doubled = counted('doubled');
    const wronglyUndone = counted('wronglyUndone');
    const compensations = counted('compensations');
    const reads = counted('reads');
    const intermediate = monitor.count(`${id}.intermediate`, 'share', monitor.counter(), reads, true);

    const workStream = machine.stream(id, 'work');
    const refusalStream = machine.stream(id, 'refuses');
    let working: Sampler;
    let committing: Sampler;
    let undoing: Sampler;
    function takeSettings(): void {
      const law = (time: number | Distribution): Distribution =>
        typeof time === 'number' ? { law: 'constant', mean: time } : time;
      const sampled = (time: number | Distribution) => durationSampler(law(time), workStream, ticks);
      working = sampled(own.work);
      committing = sampled(own.commitWork);
      undoing = own.undoWork === null ? working : sampled(own.undoWork);
    }
    takeSettings();
    let slowed = 1;
    let moreRefusals = 0;
    let downBy = 0;

    const slips = slipsOf(machine);
    slips.participants.add(row);
    const post = new Post(
      machine,
      id,
      inTicks(own.resendAfter),
      (call) => slips.list[verbs.slipOf(calls.instance[call]!)]!.messages.add(calls.cls[call]!),
      () => {},
    );

    /** Steps that are recognised: what became of each, and the job that is busy with it, or −1. */
    const named = new Memory(own.remembers);
    let outcome = new Uint8Array(64);
    let jobOf = new Int32Array(64);
    /** How often each step counts, however often it was asked for and under whatever name. */
    const effects = new Memory(own.remembers);
    let times = new Int32Array(64);
    let doneInAll = 0;

    const waitingLines = new Waiting();
    const locks = new Locks(waitingLines, hasLock);
    const lockRows = new KeyRows();
    let lockRowCount = 0;

    // Jobs: what it is busy with, or has promised
    let stage = new Uint8Array(16);
    let task = new Uint8Array(16);
    let request = new Float64Array(16);
    let cls = new Int32Array(16);
    let path = new Int32Array(16);
    let key = new Int32Array(16);
    let tag = new Int32Array(16);
    /** Its row among the steps that are recognised, or −1. */
    let name = new Int32Array(16);
    let lockRow = new Int32Array(16);
    let inLine = new Uint8Array(16);
    let since = new Float64Array(16);
    let lockedAt = new Float64Array(16);
    /** Entries in the calendar are good only while they bear it. */
    let token = new Int32Array(16);
    /** The first of the calls that wait for it; the others hang on it. */
    let firstCall = new Int32Array(16).fill(NONE);
    let jobs = 0;
    const free: number[] = [];

    // Calls, by their rows
    let jobFor = new Int32Array(64).fill(NONE);
    let nextCall = new Int32Array(64);

    const workIsDone = machine.on((job, forToken) => {
      if (token[job] === forToken) done(job);
    });
    const waitedTooLong = machine.on((job, forToken) => {
      if (token[job] !== forToken || stage[job] !== WAITING) return;
      // a vote is final, so that whoever has said no need not be told the decision
      if (task[job] === PREPARE) close(job, REFUSED, LOCK_TIMEOUT);
      else giveUp(job, LOCK_TIMEOUT);
    });

    // ── Jobs ───────────────────────────────────────────────────────────────────────────────────

    function newJob(): number {
      const job = free.length > 0 ? free.pop()! : jobs++;
      if (job >= stage.length) {
        stage = wider(stage);
        task = wider(task);
        request = wider(request);
        cls = wider(cls);
        path = wider(path);
        key = wider(key);
        tag = wider(tag);
        name = wider(name);
        lockRow = wider(lockRow);
        inLine = wider(inLine);
        since = wider(since);
        lockedAt = wider(lockedAt);
        token = wider(token);
        firstCall = wider(firstCall).fill(NONE, job);
      }
      return job;
    }

    /** Begins what a call asks for, as soon as the lock is had. @param step its row among those that are recognised, or −1. */
    function begin(call: number, verb: number, step: number): void {
      const job = newJob();
      task[job] = verb;
      request[job] = calls.request[call]!;
      cls[job] = calls.cls[call]!;
      path[job] = calls.path[call]!;
      key[job] = calls.key[call]!;
      tag[job] = calls.instance[call]!;
      name[job] = step;
      lockRow[job] = NONE;
      since[job] = machine.now;
      if (step !== NONE) {
        jobOf[step] = job;
        named.hold(step);
      }
      stage[job] = WAITING;
      books.enter(call);
      attach(call, job);
      if (!own.locks) {
        work(job, verb === UNDO || verb === GO_BACK ? undoing : working);
        return;
      }
      lockRow[job] = rowOfKey(key[job]!);
      if (locks.take(lockRow[job]!, job, true)) hasLock(job);
      else {
        inLine[job] = 1;
        queue.set(machine.now, queue.value + 1);
        if (own.lockTimeout !== null) machine.after(inTicks(own.lockTimeout), waitedTooLong, job, token[job]!);
      }
    }

    function rowOfKey(of: number): number {
      const known = lockRows.of(of);
      if (known >= 0) return known;
      lockRows.set(of, lockRowCount);
      return lockRowCount++;
    }

    function hasLock(job: number): void {
      const { now } = machine;
      leaveLine(job);
      lockWait.add(cls[job]!, now - since[job]!);
      lockedAt[job] = now;
      locked.set(now, locks.held);
      work(job, task[job] === UNDO || task[job] === GO_BACK ? undoing : working);
    }

    function leaveLine(job: number): void {
      if (inLine[job] === 1) queue.set(machine.now, queue.value - 1);
      inLine[job] = 0;
    }

    function work(job: number, time: Sampler): void {
      stage[job] = WORKING;
      for (let call = firstCall[job]!; call !== NONE; call = nextCall[call]!) machine.begins(call, 0);
      let duration = time(request[job]!, path[job]!);
      const size = classes[cls[job]!]!.size;
      if (slowed !== 1 || size !== undefined)
        duration = Math.round(duration * slowed * (size === undefined ? 1 : size(request[job]!, path[job]!)));
      machine.after(Math.min(duration, LONGEST), workIsDone, job, token[job]!);
    }

    /** Whether it says no. */
    function refuses(job: number): boolean {
      const share = 1 - (1 - own.refuses) * (1 - moreRefusals);
      return share > 0 && uniform(refusalStream, request[job]!, path[job]!) < share;
    }

    function done(job: number): void {
      const verb = task[job]!;
      if (verb === UNDO || verb === GO_BACK) {
        effect(job, -1);
        tell(job, GO_BACK);
        close(job, UNDONE, ANSWERED);
      } else if (verb === COMMIT) {
        effect(job, 1);
        close(job, DONE, ANSWERED);
      } else if (refuses(job)) {
        // for whoever sent an event, it has been dealt with
        if (verb === GO_ON) tell(job, GO_BACK);
        close(job, REFUSED, verb === GO_ON ? ANSWERED : ABORTED);
      } else if (verb === PREPARE) {
        stage[job] = PREPARED;
        token[job]!++;
        since[job] = machine.now;
        prepared.set(machine.now, prepared.value + 1);
        answerAll(job, ANSWERED);
      } else {
        effect(job, 1);
        tell(job, GO_ON);
        close(job, DONE, ANSWERED);
      }
    }

    /** A step has come to count, or does so no longer. */
    function effect(job: number, more: number): void {
      const of = tag[job]!;
      const step = of < 0 ? NONE : verbs.stepOf(of);
      let place = effects.find(request[job]!, cls[job]!, step);
      if (place < 0) {
        place = effects.add(request[job]!, cls[job]!, step);
        while (place >= times.length) times = wider(times);
        times[place] = 0;
      }
      const now = (times[place]! += more);
      doneInAll += more;
      if (more > 0 && now > 1) doubled.add(cls[job]!);
      if (more < 0) compensations.add(cls[job]!);
      if (more < 0 && now < 0) wronglyUndone.add(cls[job]!);
      if (of >= 0)
        slips.list[verbs.slipOf(of)]!.orders.effect(request[job]!, cls[job]!, of, more, path[job]!, key[job]!);
    }

    /** An event of a choreographed saga goes to the next, or to the one before; from the last of them, to where it began. */
    function tell(job: number, verb: number): void {
      if (task[job] !== GO_ON && task[job] !== GO_BACK) return;
      const of = tag[job]!;
      const step = verbs.stepOf(of);
      const slip = slips.list[verbs.slipOf(of)]!;
      const goesOn = verb === GO_ON;
      const way = (goesOn ? slip.onward : slip.back)[step]!;
      const isLast = way === NONE;
      const its = path[job]!;
      post.deliver(
        isLast ? slip.home[step]! : way,
        request[job]!,
        cls[job]!,
        goesOn && !isLast ? verbs.nextPath(its) : mixPath(its, isLast ? ALL_DONE : GO_BACK),
        key[job]!,
        isLast ? (goesOn ? ALL_DONE : ALL_UNDONE) : verb,
        isLast ? of : verbs.withStep(of, goesOn ? step + 1 : step - 1),
        0,
        0,
      );
    }

    /** A job is over: its lock is free, what became of the step is remembered, and those who wait are told. */
    function close(job: number, became: number, fate: number): void {
      const { now } = machine;
      const step = name[job]!;
      if (step !== NONE) {
        jobOf[step] = NONE;
        named.letGo(step);
        if (became !== UNKNOWN) outcome[step] = became;
        else if (outcome[step] === UNKNOWN) named.forget(step);
      }
      const wasWaiting = stage[job] === WAITING;
      stage[job] = ENDING;
      token[job]!++;
      const at = lockRow[job]!;
      if (at !== NONE) {
        if (wasWaiting) {
          leaveLine(job);
          locks.leave(at, job);
        } else {
          lockHold.add(cls[job]!, now - lockedAt[job]!);
          locks.release(at, job);
          locked.set(now, locks.held);
        }
      }
      answerEach(job, fate);
      stage[job] = 0;
      free.push(job);
    }

    /** What is waiting or in work is rolled back, as if it had never been asked for. */
    function giveUp(job: number, fate: number): void {
      close(job, UNKNOWN, fate);
    }

    // ── Those who wait for a job ───────────────────────────────────────────────────────────────

    function attach(call: number, job: number): void {
      while (call >= jobFor.length) {
        const from = jobFor.length;
        jobFor = wider(jobFor).fill(NONE, from);
        nextCall = wider(nextCall);
      }
      jobFor[call] = job;
      nextCall[call] = firstCall[job]!;
      firstCall[job] = call;
    }

    function detach(call: number): void {
      const job = jobFor[call]!;
      jobFor[call] = NONE;
      if (firstCall[job] === call) {
        firstCall[job] = nextCall[call]!;
        return;
      }
      let at = firstCall[job]!;
      while (nextCall[at] !== call) at = nextCall[at]!;
      nextCall[at] = nextCall[call]!;
    }

    function answerEach(job: number, fate: number): void {
      for (let call = firstCall[job]!; call !== NONE; call = firstCall[job]!) {
        detach(call);
        if (fate === ANSWERED) books.end(call, ANSWERED, row);
        else books.fail(call, fate);
      }
    }

    /** Answers all who wait for a job that goes on; who comes meanwhile waits for something else. */
    function answerAll(job: number, fate: number): void {
      const those = newJob();
      stage[those] = ENDING;
      firstCall[those] = firstCall[job]!;
      firstCall[job] = NONE;
      for (let call = firstCall[those]!; call !== NONE; call = nextCall[call]!) jobFor[call] = those;
      answerEach(those, fate);
      stage[those] = 0;
      free.push(those);
    }

    /** One more waits for what is being done already. */
    function join(call: number, job: number): void {
      repeats.add(calls.cls[call]!);
      books.enter(call);
      attach(call, job);
      if (stage[job] === WORKING) machine.begins(call, 0);
    }

    /** Answers a call at once. */
    function answer(call: number, fate = ANSWERED): void {
      if (fate !== ANSWERED) {
        books.turnAway(call, fate);
        return;
      }
      machine.begins(call, 0);
      books.enter(call);
      books.end(call, ANSWERED, row);
    }

    // ── What it is asked ───────────────────────────────────────────────────────────────────────

    const stepFor = (call: number): number => named.find(calls.request[call]!, calls.cls[call]!, calls.instance[call]!);

    function newStep(call: number, became: number): number {
      const step = named.add(calls.request[call]!, calls.cls[call]!, calls.instance[call]!);
      while (step >= outcome.length) {
        outcome = wider(outcome);
        jobOf = wider(jobOf);
      }
      outcome[step] = became;
      jobOf[step] = NONE;
      return step;
    }

    /** Do, prepare, or do and tell the next. */
    function forward(call: number, verb: number): void {
      if (!own.idempotency && verb !== PREPARE) {
        begin(call, verb, NONE);
        return;
      }
      const step = stepFor(call);
      if (step < 0) {
        begin(call, verb, newStep(call, UNKNOWN));
        return;
      }
      const job = jobOf[step]!;
      const isBack = job !== NONE && (task[job] === UNDO || task[job] === GO_BACK);
      if (job !== NONE && !isBack && (stage[job] === WAITING || stage[job] === WORKING) && task[job] !== COMMIT) {
        join(call, job);
        return;
      }
      if (job === NONE && outcome[step] === UNKNOWN) {
        begin(call, verb, step);
        return;
      }
      repeats.add(calls.cls[call]!);
      const stands = !isBack && (job !== NONE || outcome[step] === DONE);
      // an event that comes again has been dealt with, however that went
      answer(call, stands || verb === GO_ON ? ANSWERED : ABORTED);
    }

    /** Undo, or undo and tell the one before. */
    function backward(call: number, verb: number): void {
      if (!own.idempotency) {
        begin(call, verb, NONE);
        return;
      }
      const known = stepFor(call);
      // what is not known to be done will not be done any more, should it come after all
      const step = known >= 0 ? known : newStep(call, UNDONE);
      const job = jobOf[step]!;
      if (job !== NONE && (task[job] === UNDO || task[job] === GO_BACK)) join(call, job);
      else if (job !== NONE) {
        close(job, UNDONE, ABORTED);
        answer(call);
      } else if (outcome[step] === DONE) begin(call, verb, step);
      else {
        if (outcome[step] === UNKNOWN) outcome[step] = UNDONE;
        answer(call);
      }
    }

    function commit(call: number): void {
      const step = stepFor(call);
      const job = step < 0 ? NONE : jobOf[step]!;
      if (job !== NONE && stage[job] === PREPARED) {
        leaveDoubt(job);
        task[job] = COMMIT;
        path[job] = calls.path[call]!;
        books.enter(call);
        attach(call, job);
        work(job, committing);
      } else if (job !== NONE && task[job] === COMMIT) join(call, job);
      else answer(call);
    }

    function abort(call: number): void {
      const known = stepFor(call);
      const step = known >= 0 ? known : newStep(call, UNDONE);
      const job = jobOf[step]!;
      if (job !== NONE && task[job] === PREPARE) {
        if (stage[job] === PREPARED) leaveDoubt(job);
        close(job, UNDONE, ABORTED);
      }
      answer(call);
    }

    function leaveDoubt(job: number): void {
      const { now } = machine;
      prepared.set(now, prepared.value - 1);
      inDoubt.add(cls[job]!, now - since[job]!);
    }

    function read(call: number): void {
      reads.add(calls.cls[call]!);
      if (slips.isExposed(calls.key[call]!)) intermediate.add(calls.cls[call]!);
      answer(call);
    }

    return {
      receive(call) {
        books.arrivals.add(calls.cls[call]!);
        const verb = calls.operation[call]!;
        if (downBy > 0) books.turnAway(call, UNAVAILABLE);
        else if (verb === READ) read(call);
        else if (verb === UNDO || verb === GO_BACK) backward(call, verb);
        else if (verb === COMMIT) commit(call);
        else if (verb === ABORT) abort(call);
        else forward(call, verb === PREPARE || verb === GO_ON ? verb : DO);
      },
      answered: (call) => void post.answered(call),
      cancel(call) {
        const job = jobFor[call]!;
        detach(call);
        books.drop(call);
        // what others than its caller count on goes on
        const isOnlyItsCaller = task[job] === DO || task[job] === PREPARE;
        const isRunning = stage[job] === WAITING || stage[job] === WORKING;
        if (isRunning && isOnlyItsCaller && firstCall[job] === NONE) giveUp(job, ABORTED);
      },
      faults: {
        crash(begins) {
          downBy += begins ? 1 : -1;
          if (!begins) {
            if (downBy === 0) post.goOn();
            return;
          }
          if (downBy > 1) return;
          post.stop();
          // those in line go first, so that nobody gets a lock that is given back
          for (const which of [WAITING, WORKING])
            for (let job = 0; job < jobs; job++) if (stage[job] === which) breakOff(job);
        },
        slow(begins, amount) {
          slowed = begins ? slowed * amount : slowed / amount;
        },
        refuse(begins, amount) {
          moreRefusals = begins ? Math.min(1, amount) : 0;
        },
        duplicate(begins, amount) {
          post.sendTwice(begins ? Math.min(1, amount) : 0);
        },
      },
      adopt(changed: ParticipantSettings) {
        if (changed.resendAfter !== own.resendAfter) post.resendAfter(inTicks(changed.resendAfter));
        own = changed;
        takeSettings();
      },
      state() {
        const inLine = [];
        for (let job = 0; job < jobs; job++)
          if (stage[job] === WAITING)
            for (let call = firstCall[job]!; call !== NONE; call = nextCall[call]!) inLine.push(call);
        return {
          instances: [downBy === 0],
          slots: [],
          queue: inLine.toSorted((a, b) => calls.hop[a]! - calls.hop[b]!).map((call) => machine.hopOf(call)),
          inside: books.inside.value,
          readings: {
            isDown: downBy > 0,
            locks: locks.held,
            prepared: prepared.value,
            unacknowledged: post.waiting,
            done: doneInAll,
          },
        };
      },
    };

    function breakOff(job: number): void {
      if (task[job] !== COMMIT) {
        giveUp(job, CRASHED);
        return;
      }
      // it has voted, and knows no decision any more
      task[job] = PREPARE;
      stage[job] = PREPARED;
      token[job]!++;
      since[job] = machine.now;
      prepared.set(machine.now, prepared.value + 1);
      answerAll(job, CRASHED);
    }
  },
});
